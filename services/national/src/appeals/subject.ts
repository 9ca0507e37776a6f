/** What an appeal may be about: the numbers that the console shows, by name; whose they are; and what the ledger says of them. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { Holder } from "@tongzhang/domain/appeal"
import { familyOf, isProvince, isScheme, type ProvinceCode, provinces, type SchemeCode, schemes } from "@tongzhang/domain/codes"
import { formatYuan, isFen } from "@tongzhang/domain/money"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import { type ExplainedNumber, explainedNumbers } from "../explain.js"

export type Words = { readonly zh: string; readonly en: string }
const families = ["pension", "medical", "unemployment", "injury", "maternity"] as const
type FamilyName = (typeof families)[number]
const familyNumbers = ["account_fen", "pooled_fen", "months_standing"] as const

export type Subject =
  | { readonly kind: "relation"; readonly relation: string; readonly number: ExplainedNumber; readonly month: string | null }
  | { readonly kind: "family"; readonly family: FamilyName; readonly number: (typeof familyNumbers)[number] }
  /** A month that should have been paid, or was paid otherwise. */
  | { readonly kind: "paid"; readonly relation: string; readonly month: string }
  | { readonly kind: "gap"; readonly family: FamilyName; readonly month: string }
  | { readonly kind: "transfer"; readonly id: string }
  /** A number computed by rules from all provinces' facts. */
  | { readonly kind: "estimate"; readonly name: string }

const isMonth = (text: string | undefined): text is string => text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/u.test(text)
const isRelation = (text: string | undefined): text is string => {
  const [province = "", scheme = ""] = text?.split("_") ?? []
  return isProvince(province) && isScheme(scheme)
}
const isOneOf = <T extends string>(list: readonly T[], text: string | undefined): text is T =>
  (list as readonly (string | undefined)[]).includes(text)

/** `relation:44_110:account_fen[:2025-03]`, `family:pension:months_standing`, `paid:44_110:2026-03`, `gap:pension:2026-03`, `transfer:{id}`, `estimate:{name}`; null for anything else. */
export const parseSubject = (text: string): Subject | null => {
  const [kind, first, second, third] = text.split(":")
  switch (kind) {
    case "relation":
      if (!isRelation(first) || !isOneOf(explainedNumbers, second)) return null
      return third === undefined || isMonth(third) ? { kind, relation: first, number: second, month: third ?? null } : null
    case "family":
      return isOneOf(families, first) && isOneOf(familyNumbers, second) ? { kind, family: first, number: second } : null
    case "paid":
      return isRelation(first) && isMonth(second) ? { kind, relation: first, month: second } : null
    case "gap":
      return isOneOf(families, first) && isMonth(second) ? { kind, family: first, month: second } : null
    case "transfer":
      return first !== undefined && /^[0-9a-f]{32}_\w{1,32}$/u.test(first) ? { kind, id: first } : null
    case "estimate":
      return first !== undefined && /^[\w.-]{1,80}$/u.test(first) ? { kind, name: first } : null
    default:
      return null
  }
}

const numberWords: Readonly<Record<ExplainedNumber, Words>> = {
  account_fen: { zh: "个人账户", en: "personal account" },
  pooled_fen: { zh: "统筹基金", en: "pooled fund" },
  bases_fen: { zh: "缴费基数合计", en: "sum of bases" },
  months_standing: { zh: "缴费月数", en: "months" },
  interest_fen: { zh: "利息", en: "interest" },
  subsidy_fen: { zh: "补贴", en: "subsidy" },
}
const familyWords: Readonly<Record<FamilyName, Words>> = {
  pension: { zh: "养老", en: "pension" },
  medical: { zh: "医疗", en: "medical" },
  unemployment: { zh: "失业", en: "unemployment" },
  injury: { zh: "工伤", en: "injury" },
  maternity: { zh: "生育", en: "maternity" },
}

const relationWords = (relation: string): Words => {
  const [province, scheme] = relation.split("_") as [ProvinceCode, SchemeCode]
  return { zh: `${provinces[province].zh} ${schemes[scheme].zh}`, en: `${provinces[province].en}, ${schemes[scheme].en}` }
}

export const subjectWords = (subject: Subject): Words => {
  switch (subject.kind) {
    case "relation": {
      const [relation, number] = [relationWords(subject.relation), numberWords[subject.number]]
      const month = subject.month === null ? "" : ` ${subject.month}`
      return { zh: `${relation.zh}${month} ${number.zh}`, en: `${relation.en}${month}: ${number.en}` }
    }
    case "family": {
      const [family, number] = [familyWords[subject.family], numberWords[subject.number]]
      return { zh: `${family.zh}合计 ${number.zh}`, en: `${family.en}, total: ${number.en}` }
    }
    case "paid": {
      const relation = relationWords(subject.relation)
      return { zh: `${relation.zh} ${subject.month} 的缴费`, en: `${relation.en}: payment for ${subject.month}` }
    }
    case "gap": {
      const family = familyWords[subject.family]
      return { zh: `${family.zh} ${subject.month} 的缺口`, en: `${family.en}: gap in ${subject.month}` }
    }
    case "transfer":
      return { zh: "转移申请", en: "transfer application" }
    case "estimate":
      return { zh: `测算：${subject.name}`, en: `estimate: ${subject.name}` }
  }
}

const provinceOf = (relation: string): ProvinceCode => relation.slice(0, 2) as ProvinceCode

/** Province that reported the newest fact of the family; null when nobody did. */
const newestReporter = (facts: readonly RecordedEvent[], family: FamilyName): ProvinceCode | null => {
  for (const { stream } of facts.toReversed()) {
    if (!stream.startsWith("Enrollment-")) continue
    const [province = "", scheme = ""] = stream.slice("Enrollment-".length).split("_")
    if (isProvince(province) && isScheme(scheme) && familyOf(scheme) === family) return province
  }
  return null
}

/** Receiving province of an application: it answers for all its legs. */
const receiverOf = (facts: readonly RecordedEvent[], id: string): ProvinceCode | null => {
  const found = facts.find(({ stream, revision }) => stream === `Transfer-${id}` && revision === 0)
  const decoded = found === undefined ? null : decodeEvent(found)
  return decoded?.ok === true && decoded.event.type === "TransferRequested" ? decoded.event.to : null
}

export type Owner = { readonly holder: Holder; readonly why: string }

const reported: Owner["why"] = "该数字的最新事实由其报送 / reported the number's newest fact"

/** Who has to answer. Null: the ledger knows nothing such of this person. */
export const ownerOf = (subject: Subject, facts: readonly RecordedEvent[]): Owner | null => {
  switch (subject.kind) {
    case "relation":
    case "paid": {
      const known = facts.some(({ stream }) => stream.startsWith(`Enrollment-${subject.relation}_`))
      return known ? { holder: provinceOf(subject.relation), why: reported } : null
    }
    case "family":
    case "gap": {
      const holder = newestReporter(facts, subject.family)
      return holder === null ? null : { holder, why: reported }
    }
    case "transfer": {
      const holder = receiverOf(facts, subject.id)
      return holder === null
        ? null
        : { holder, why: "转入地经办机构对整个申请负责 / the receiving agency answers for the application" }
    }
    case "estimate":
      return { holder: "CN", why: "由多省事实按规则计算 / computed by rules from several provinces' facts" }
  }
}

const months = (count: number): Words => ({ zh: `${count} 个月`, en: `${count} months` })
const money = (amount: number): Words => {
  const text = isFen(amount) ? formatYuan(amount) : String(amount)
  return { zh: text, en: text }
}
const paidIn = (record: UnifiedRecord, relation: string, month: string): Words => {
  const found = record.relations.find((one) => `${one.province}_${one.scheme}` === relation)
  const paid = found?.ranges.some(({ from, to }) => from <= month && month <= to) === true
  return paid ? { zh: "已入账", en: "credited" } : { zh: "无入账", en: "nothing credited" }
}

/** The same number out of a record; null for what a record does not hold. */
export const valueIn = (subject: Subject, record: UnifiedRecord): Words | null => {
  switch (subject.kind) {
    case "relation": {
      const found = record.relations.find((one) => `${one.province}_${one.scheme}` === subject.relation)
      if (found === undefined) return null
      return subject.number === "months_standing" ? months(found.months_standing) : money(found[subject.number])
    }
    case "family": {
      const found = record.totals.families.find((one) => one.family === subject.family)
      if (found === undefined) return null
      return subject.number === "months_standing" ? months(found.months_total) : money(found[subject.number])
    }
    case "paid":
      return paidIn(record, subject.relation, subject.month)
    case "gap": {
      const open = record.gaps.some(
        (gap) => gap.family === subject.family && gap.from <= subject.month && subject.month <= gap.to,
      )
      return open ? { zh: "缺口", en: "a gap" } : { zh: "不再是缺口", en: "no gap" }
    }
    case "transfer":
    case "estimate":
      return null
  }
}
