/**
 * Tables 16 and 17: the codes that the other tables are written in, the pension parameters published for the province and for the
 * nation by then, and the kinds of benefit that table 13 pays.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { ParameterValue, PolicyEvent } from "@tongzhang/domain/policy"
import { openPolicyLog, type PolicyFact } from "@tongzhang/event-store/policy-log"
import type { EventStore } from "@tongzhang/event-store/port"
import type { ParameterFamily } from "@tongzhang/law/parameters/parameter"
import type { KnownAt } from "../known-at.js"
import { elementOf } from "./elements.js"
import { dayOf, digits, type PensionScheme, pensionSchemes, schemeOf, yuanOf } from "./person-facts.js"
import { dueTypes, type Period, placed } from "./rows.js"
import type { Row } from "./xml.js"

/** Element whose codes these are -> code and its word, as the other tables write them. */
const codeLists: Readonly<Record<string, readonly (readonly [code: string, zh: string])[]>> = {
  AAA029: [["01", "居民身份证"]],
  AAA115: Object.values(dueTypes),
  AAC004: [
    ["1", "男性"],
    ["2", "女性"],
    ["9", "未说明"],
  ],
  AAC016: [["01", "在业"]],
  AAC031: [
    ["1", "参保缴费"],
    ["2", "暂停缴费（中断）"],
    ["3", "终止缴费"],
  ],
  AAC050: [["22", "中断缴费"]],
  AAE078: [["1", "是"]],
  AAE140: pensionSchemes.map((scheme) => [scheme, schemeOf(scheme)["AAE140N"] ?? ""]),
  EAC040: [
    ["1", "正常结息"],
    ["3", "异地转出"],
    ["4", "退休"],
  ],
  EAC071: [
    ["1", "转出"],
    ["2", "转入"],
  ],
  EAE004: [["0", "固定"]],
}

type Family = { readonly zh: string; readonly scheme: PensionScheme | null }
const employee = (zh: string): Family => ({ zh, scheme: "110" })
const resident = (zh: string): Family => ({ zh, scheme: "170" })
/** Families about pensions; the standard is about nothing else. */
const families: Readonly<Partial<Record<ParameterFamily, Family>>> = {
  "base-floor": employee("缴费基数下限"),
  "base-ceiling": employee("缴费基数上限"),
  "average-wage": { zh: "全口径城镇单位就业人员月平均工资", scheme: null },
  "pension-base": employee("养老金计发基数"),
  "contribution-rate": employee("缴费比例"),
  "account-interest": employee("个人账户记账利率"),
  "payout-months": { zh: "个人账户养老金计发月数", scheme: null },
  "transitional-rate": employee("过渡性养老金计发比例"),
  "resident-basic": resident("城乡居民基础养老金"),
  "resident-account-interest": resident("城乡居民个人账户记账利率"),
  "resident-subsidy": resident("城乡居民缴费补贴"),
  "resident-tiers": resident("城乡居民缴费档次"),
  "pension-practice": employee("养老金计发办法"),
  "minimum-months": employee("最低缴费年限（月）"),
}

const schemeCells = (scheme: PensionScheme | null): Row => (scheme === null ? {} : schemeOf(scheme))
/** The form of a value and of a name, C..128: what is longer is cut, and stands in full in the Policy stream. */
const cut = (text: string): string => text.slice(0, 128)

/** Money in yuan like everywhere in the standard; a list with commas between. */
const valueText = (value: ParameterValue, unit: Published["unit"]): string => {
  if (typeof value === "number" && unit === "fen") return yuanOf(value)
  if (typeof value === "object" && value !== null) return value.map((one) => valueText(one, unit)).join(",")
  return String(value)
}

type Published = Extract<PolicyEvent, { readonly type: "ParameterPublished" }>

const overlaps = ({ validFrom, validTo }: Published, { from, to }: Period): boolean =>
  digits(validFrom) <= to.slice(0, digits(validFrom).length) &&
  (validTo === null || digits(validTo) >= from.slice(0, digits(validTo).length))

const known = ({ position, recordedAt }: PolicyFact, knownAt: KnownAt): boolean => {
  if (knownAt === null) return true
  return "position" in knownAt ? position <= knownAt.position : recordedAt <= knownAt.at_ms
}

/** Published by then and holding within the period; one that was withdrawn by then is told as not in force. */
const published = async (store: EventStore, province: ProvinceCode, period: Period, knownAt: KnownAt): Promise<Row[]> => {
  const log = openPolicyLog(store)
  const facts = [...(await log.readPlace(null)), ...(await log.readPlace(province))].filter((fact) => known(fact, knownAt))
  const withdrawn = new Map(
    facts.flatMap(({ event, position }) => (event.type === "ParameterWithdrawn" ? [[event.id, position]] : [])),
  )
  return facts.flatMap(({ event, position, recordedAt }) => {
    if (event.type !== "ParameterPublished" || !overlaps(event, period)) return []
    const family = families[event.family as ParameterFamily]
    if (family === undefined) return []
    const until = withdrawn.get(event.id)
    return [
      {
        ...placed(province, period, recordedAt),
        ...schemeCells(family.scheme),
        AAA002: event.family,
        AAA101: family.zh,
        AAA102: cut(valueText(event.value, event.unit)),
        EAA023: cut(event.id),
        AAE035: dayOf(recordedAt),
        AAE100: until !== undefined && until > position ? "否" : "是",
      },
    ]
  })
}

const codes = (province: ProvinceCode, period: Period): Row[] =>
  Object.entries(codeLists).flatMap(([element, list]) =>
    list.map(([code, zh]) => ({
      ...placed(province, period, 0),
      AAA002: element,
      AAA101: elementOf(element).zh,
      AAA102: code,
      EAA023: zh,
      AAE100: "是",
    })),
  )

export const parameterRows = async (
  store: EventStore,
  province: ProvinceCode,
  period: Period,
  knownAt: KnownAt,
): Promise<Row[]> => [...codes(province, period), ...(await published(store, province, period, knownAt))]

/** The one kind of benefit that table 13 writes, for each scheme. */
export const benefitKinds = (province: ProvinceCode, period: Period): Row[] =>
  pensionSchemes.map((scheme) => ({
    ...placed(province, period, 0),
    ...schemeOf(scheme),
    AAA037: "基本养老金",
    EAE004: "0",
    EAE004N: "固定",
    AAE100: "是",
  }))
