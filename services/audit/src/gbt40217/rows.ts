/** Rows of each table out of one person's facts. Empty text: no fact (see `tables.ts` and docs/gbt40217.md). */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import { type Amounts, countedMonths, type Line } from "@tongzhang/domain/enrollment-ledger"
import { monthsBetween } from "@tongzhang/domain/month"
import { ofRanges, size } from "@tongzhang/domain/month-set"
import { accountYears } from "./account-years.js"
import {
  codeOf,
  dayOf,
  digits,
  employerAt,
  firstDay,
  type PersonFacts,
  rateOf,
  regionName,
  regionOf,
  type RelationFacts,
  schemeOf,
  type Told,
  yuanOf,
} from "./person-facts.js"
import type { Row } from "./xml.js"

/** `YYYYMMDD`, both counted. */
export type Period = { readonly from: string; readonly to: string }
export type Make = (facts: PersonFacts, period: Period) => Row[]

export const within = ({ from, to }: Period, day: string): boolean => day >= from && day <= to

/** What every row of every table begins and ends with. */
export const placed = (province: ProvinceCode, { from, to }: Period, changedAt: number): Row => ({
  ZZZ001: `${from}${to}`,
  ZZZ002: regionOf(province),
  AAB301: regionOf(province),
  AAA146: regionName(province),
  ZZZ003: changedAt === 0 ? "" : dayOf(changedAt),
})

export const common = ({ province, key, identity, person }: PersonFacts, period: Period, changedAt: number): Row => ({
  ...placed(province, period, changedAt),
  AAC001: codeOf(key),
  AAC002: identity.citizenId ?? "",
  AAC003: identity.name ?? "",
  AAA029: "01",
  AAA029N: "居民身份证",
  AAE135: identity.citizenId ?? "",
  AAC004: person.sex === "male" ? "1" : person.sex === "female" ? "2" : "9",
  AAC004N: person.sex === "male" ? "男性" : person.sex === "female" ? "女性" : "未说明",
})

export const lastOf = (facts: readonly Told<unknown>[]): number => facts.at(-1)?.recordedAt ?? 0
const lastChange = ({ relations, benefits }: PersonFacts): number =>
  Math.max(0, ...relations.map(({ facts }) => lastOf(facts)), ...benefits.map(({ facts }) => lastOf(facts)))

const birthOf = ({ identity, person }: PersonFacts): string =>
  identity.state === "revealed" && identity.citizenId !== null ? identity.citizenId.slice(6, 14) : firstDay(person.birthMonth)

const drawsPension = ({ benefits }: PersonFacts): boolean =>
  benefits.some(({ state }) => [...state.claims.values()].some(({ status }) => status === "awarded"))
const working = (facts: PersonFacts): Row => (drawsPension(facts) ? { AAC016N: "退休" } : { AAC016: "01", AAC016N: "在业" })

export const persons: Make = (facts, period) => [
  {
    ...common(facts, period, lastChange(facts)),
    ...working(facts),
    AAC006: birthOf(facts),
    AAC010: facts.person.hukou === null ? "" : regionName(facts.person.hukou),
    AAE138: digits(facts.person.diedOn),
  },
]

export const dead: Make = (facts, period) => {
  const { diedOn } = facts.person
  if (diedOn === null || !within(period, digits(diedOn))) return []
  const months = facts.relations.reduce((sum, { state }) => sum + size(countedMonths(state.ledger)), 0)
  const account_fen = facts.relations.reduce((sum, { state }) => sum + state.ledger.account_fen, 0)
  return [
    { ...common(facts, period, lastChange(facts)), AAE138: digits(diedOn), AAE201: String(months), AIC268: yuanOf(account_fen) },
  ]
}

const statusWords = {
  none: ["未参保", "3", "终止缴费"],
  open: ["正常参保", "1", "参保缴费"],
  suspended: ["暂停参保", "2", "暂停缴费（中断）"],
  closed: ["终止参保", "3", "终止缴费"],
  moved: ["终止参保", "3", "终止缴费"],
} as const

const standingLines = ({ state }: RelationFacts): [string, Line][] =>
  [...state.ledger.lines].filter(([, line]) => line.act === "payment" && line.current !== null)
const lastBase = (relation: RelationFacts): string => {
  const newest = standingLines(relation).toSorted(([, a], [, b]) => (a.to < b.to ? 1 : -1))[0]
  return newest?.[1].current === undefined || newest[1].current === null ? "" : yuanOf(newest[1].current.base_fen)
}

export const enrollments: Make = (facts, period) =>
  facts.relations.map((relation) => {
    const { state, scheme, facts: told } = relation
    const [AAC008, AAC031, AAC031N] = statusWords[state.status]
    return {
      ...common(facts, period, lastOf(told)),
      ...schemeOf(scheme),
      AAB001: state.employer ?? "",
      AAC049: digits(relation.first),
      AAC008,
      AAC031,
      AAC031N,
      AAE180: state.status === "open" ? lastBase(relation) : "",
      AAE030: firstDay(state.from),
      AAE031: state.status === "open" ? "" : firstDay(state.to),
      AAE011: told.at(-1)?.actor ?? "",
      AAE036: dayOf(lastOf(told)),
    }
  })

export const accounts: Make = (facts, period) =>
  facts.relations.flatMap((relation) =>
    accountYears(relation.facts).flatMap((year) =>
      !within(period, `${year.year}1231`) && !within(period, `${year.year}0101`)
        ? []
        : [
            {
              ...common(facts, period, lastOf(relation.facts)),
              ...schemeOf(relation.scheme),
              ...working(facts),
              AAE001: year.year,
              AIC200: yuanOf(year.before_fen),
              ZZB001: yuanOf(year.principal_fen),
              ZZB002: yuanOf(year.interest_fen),
              AIC340: yuanOf(year.spent_fen),
              ZZB005: yuanOf(year.after_fen),
              AIC042: String(year.months),
              ...(relation.state.status === "moved"
                ? { EAC040: "3", EAC040N: "异地转出" }
                : drawsPension(facts)
                  ? { EAC040: "4", EAC040N: "退休" }
                  : { EAC040: "1", EAC040N: "正常结息" }),
            },
          ],
    ),
  )

export const transfers: Make = (facts, period) =>
  facts.relations.flatMap(({ scheme, facts: told }) =>
    told.flatMap(({ event, recordedAt, actor }) => {
      if ((event.type !== "TransferredOut" && event.type !== "TransferredIn") || !within(period, dayOf(recordedAt))) return []
      const other = event.type === "TransferredOut" ? event.to : event.from
      return [
        {
          ...common(facts, period, recordedAt),
          ...schemeOf(scheme),
          EAC071: event.type === "TransferredOut" ? "1" : "2",
          EAC071N: event.type === "TransferredOut" ? "转出" : "转入",
          AAE201: String(size(ofRanges(event.months))),
          AIC099: yuanOf(event.account_fen),
          AIC102: yuanOf(event.account_fen + event.pooled_fen),
          AIC103: yuanOf(event.pooled_fen),
          AAE011: actor,
          AAE036: dayOf(recordedAt),
          OAA027: regionOf(other),
          OAA027N: regionName(other),
        },
      ]
    }),
  )

/** 应缴类型 (GB/T 31594-2015 table A.3): `late` and `lump_sum` are read as 中断补收 and 一次性补收. */
export const dueTypes = { regular: ["10", "正常应缴"], late: ["31", "中断补收"], lump_sum: ["32", "一次性补收"] } as const
type Recorded = Extract<EnrollmentEvent, { readonly type: "ContributionRecorded" }>

export type Payment = {
  readonly relation: RelationFacts
  readonly told: Told<unknown>
  readonly event: Recorded
  readonly current: Amounts
}

/** Every standing line with the fact that recorded it; amounts as corrected since. */
export const payments = (facts: PersonFacts, period: Period, scheme: string): Payment[] =>
  facts.relations
    .filter((relation) => relation.scheme === scheme)
    .flatMap((relation) => {
      const lines = new Map(standingLines(relation))
      return relation.facts.flatMap((told) => {
        const { event } = told
        if (event.type !== "ContributionRecorded" || !within(period, digits(event.paidOn))) return []
        const current = lines.get(event.line)?.current ?? null
        return current === null ? [] : [{ relation, told, event: event as Recorded, current }]
      })
    })

const paidCommon = (facts: PersonFacts, period: Period, { event, told }: { event: Recorded; told: Told<unknown> }): Row => {
  const [AAA115, AAA115N] = dueTypes[event.kind]
  return {
    ...common(facts, period, told.recordedAt),
    AAA115,
    AAA115N,
    AAE002: digits(event.paidOn).slice(0, 6),
    AAE078: "1",
    AAE078N: "是",
    EAD131: digits(event.paidOn),
  }
}

export const residents: Make = (facts, period) =>
  payments(facts, period, "170").map((payment) => ({
    ...paidCommon(facts, period, payment),
    ...schemeOf("170"),
    AAE101: payment.event.from.slice(0, 4),
    AAE022: yuanOf(payment.current.personal_fen),
    AAE082: yuanOf(payment.current.personal_fen),
    AAF027: yuanOf(payment.current.account_fen),
    AIC079: String(monthsBetween(payment.event.from, payment.event.to)),
  }))

/** Which part of a line filled the account: the person's own money first, then the subsidy, then the employer's. */
export const accountParts = ({ account_fen, personal_fen, subsidy_fen }: Amounts) => {
  const own_fen = Math.min(personal_fen, account_fen)
  const subsidised_fen = Math.min(subsidy_fen, account_fen - own_fen)
  return { own_fen, subsidised_fen, employers_fen: account_fen - own_fen - subsidised_fen }
}

export const employees =
  (scheme: "110" | "120"): Make =>
  (facts, period) =>
    payments(facts, period, scheme).map((payment) => {
      const { event, current, relation, told } = payment
      const bases_fen = current.base_fen * monthsBetween(event.from, event.to)
      const { own_fen, subsidised_fen, employers_fen } = accountParts(current)
      return {
        ...paidCommon(facts, period, payment),
        ...schemeOf(scheme),
        EAZ058: event.line.slice(0, 20),
        AAE003: digits(event.from),
        AAB001: employerAt(relation, event.from) ?? "",
        AAE058: yuanOf(current.employer_fen + current.personal_fen),
        AAE180: yuanOf(current.base_fen),
        AAA042: rateOf(current.employer_fen, bases_fen),
        AAE020: yuanOf(current.employer_fen),
        AAE021: yuanOf(employers_fen),
        AAA041: rateOf(current.personal_fen, bases_fen),
        AAE022: yuanOf(current.personal_fen),
        AAE082: yuanOf(current.personal_fen),
        AAE023: yuanOf(own_fen),
        AAE025: yuanOf(subsidised_fen),
        AAE017: "未核销",
        AAE011: told.actor,
        AAE036: dayOf(told.recordedAt),
      }
    })
