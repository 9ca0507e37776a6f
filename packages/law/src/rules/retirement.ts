/**
 * When a person may retire and how many months that takes: 渐进式延迟法定退休年龄 from 2025-01-01, 60/55/50 and 180 months before it
 * (国发〔1978〕104号). The rules' texts are in `retirement-rules.ts`; here is the arithmetic, over calendar months.
 */
import { addMonths, indexOf, type YearMonth, yearOf } from "@tongzhang/domain/month"
import type { Explained, Valued } from "../explain/explained.js"
import { explained, versionInForce } from "../explain/rule.js"
import {
  ageRule,
  choiceRule,
  delayRule,
  earliestRule,
  flexibleRulings,
  latestRule,
  minimumMonthsRule,
  noticeRule,
  reform,
  residentMonthRule,
  specialEarlyRule,
  statutoryMonthRule,
} from "./retirement-rules.js"

/** Men; women of management and technical posts (原 55); women workers (原 50). The women's group is a fact about the job: an input. */
export type RetirementGroup = "male" | "female55" | "female50"

/** Grounds of retiring early that the reform keeps (办法 Art 8), and 病退: facts that an agency has established. */
export type SpecialGround = "hazardous-work" | "high-altitude" | "disability"

type Row = { readonly age_months: number; readonly start: number; readonly step: number; readonly cap_months: number }

const month = (text: string): number => indexOf(text as YearMonth)

const rows: Readonly<Record<RetirementGroup, Row>> = {
  male: { age_months: 720, start: month("1965-01"), step: 4, cap_months: 36 },
  female55: { age_months: 660, start: month("1970-01"), step: 4, cap_months: 36 },
  female50: { age_months: 600, start: month("1975-01"), step: 2, cap_months: 60 },
}

/** Age in months at which the group retires without any delay. */
export const originalAge_months = (group: RetirementGroup): number => rows[group].age_months

/** Months of delay under the reform. */
export const delayMonths = (group: RetirementGroup, birth: YearMonth): number => {
  const { start, step, cap_months } = rows[group]
  const after = indexOf(birth) - start
  return after < 0 ? 0 : Math.min(cap_months, Math.floor(after / step) + 1)
}

/** 180 months to 2029, then 6 more each year, 240 from 2039. */
export const minimumMonths = (year: number): number => Math.min(240, 180 + 6 * Math.max(0, year - 2029))

export type RetirementQuestion = {
  /** Date of the rules: before 2025-01-01 nobody is delayed. */
  readonly ruleDate: string
  readonly group: Valued<RetirementGroup>
  readonly birth: Valued<string>
}

export const retirementDelay = ({ ruleDate, group, birth }: RetirementQuestion): Explained<number> => {
  const version = versionInForce(delayRule, ruleDate)
  const months = version.from < reform ? 0 : delayMonths(group.value, birth.value as YearMonth)
  return explained(delayRule, version, { group, birth }, months)
}

/** First month of the pension's month of right: the month in which the statutory age is reached. */
export const statutoryMonth = (question: RetirementQuestion): Explained<YearMonth> => {
  const { ruleDate, group, birth } = question
  const delay = retirementDelay(question)
  const month = addMonths(birth.value as YearMonth, originalAge_months(group.value) + delay.value)
  return explained(statutoryMonthRule, versionInForce(statutoryMonthRule, ruleDate), { group, birth, delay }, month)
}

/** Paid and deemed months that a monthly pension takes; `month` is the statutory month. */
export const minimumContribution = (ruleDate: string, month: Valued<string>): Explained<number> => {
  const version = versionInForce(minimumMonthsRule, ruleDate)
  const months = version.from < reform ? 180 : minimumMonths(yearOf(month.value as YearMonth))
  return explained(minimumMonthsRule, version, { month }, months)
}

/** 弹性提前退休: three years at most, never before the old age; null for whom the reform does not touch. */
export const earliestMonth = (question: RetirementQuestion): Explained<YearMonth | null> => {
  const { ruleDate, group, birth } = question
  const statutory = statutoryMonth(question)
  const version = versionInForce(earliestRule, ruleDate)
  const old = addMonths(birth.value as YearMonth, originalAge_months(group.value))
  const three = addMonths(statutory.value, -36)
  const none = version.from < reform || statutory.value < "2025-01"
  return explained(earliestRule, version, { group, birth, statutory }, none ? null : old > three ? old : three)
}

/** 弹性延迟退休: three years at most, by agreement with the employer. */
export const latestMonth = (question: RetirementQuestion): Explained<YearMonth | null> => {
  const statutory = statutoryMonth(question)
  const version = versionInForce(latestRule, question.ruleDate)
  const none = version.from < reform || statutory.value < "2025-01"
  return explained(latestRule, version, { statutory }, none ? null : addMonths(statutory.value, 36))
}

/** Last month in which the written notice of an early, or the agreement on a late, retirement can be given. */
export const noticeMonth = (ruleDate: string, statutory: Valued<string>, chosen: Valued<string>): Explained<YearMonth> => {
  const before = chosen.value < statutory.value ? 3 : chosen.value > statutory.value ? 1 : 0
  const month = addMonths(chosen.value as YearMonth, -before)
  return explained(noticeRule, versionInForce(noticeRule, ruleDate), { statutory, chosen }, month)
}

export type RetirementChoice = "statutory" | "early" | "late" | "too-early" | "too-late" | "minimum-not-met" | "no-choice"

const choiceOf = (
  chosen: string,
  statutory: string,
  earliest: string | null,
  latest: string | null,
  met: boolean,
): RetirementChoice => {
  if (chosen === statutory) return "statutory"
  if (earliest === null || latest === null) return "no-choice"
  if (chosen < earliest) return "too-early"
  if (chosen > latest) return "too-late"
  if (chosen > statutory) return "late"
  return met ? "early" : "minimum-not-met"
}

/**
 * Whether the person may take the pension from `chosen` on, with `months` that count: `early` and `late` are allowed, everything after
 * them is a refusal. For rules from 2025 on.
 */
export const flexibleChoice = (
  question: RetirementQuestion & { readonly chosen: Valued<string>; readonly months: Valued<number> },
): Explained<RetirementChoice> => {
  const { ruleDate, chosen, months } = question
  const statutory = statutoryMonth(question)
  const earliest = earliestMonth(question)
  const latest = latestMonth(question)
  const early = chosen.value < statutory.value
  const minimum = minimumContribution(ruleDate, early ? chosen : statutory)
  const value = choiceOf(chosen.value, statutory.value, earliest.value, latest.value, months.value >= minimum.value)
  const silent = early && minimum.value !== minimumContribution(ruleDate, statutory).value ? flexibleRulings.minimumYear : null
  const operands = { chosen, statutory, earliest, latest, months, minimum }
  return explained(choiceRule, versionInForce(choiceRule, ruleDate), operands, value, silent)
}

/** 城乡居民: 60 for everybody, not delayed by the reform. */
export const residentMonth = (ruleDate: string, birth: Valued<string>): Explained<YearMonth> =>
  explained(residentMonthRule, versionInForce(residentMonthRule, ruleDate), { birth }, addMonths(birth.value as YearMonth, 720))

const specialAge = (ground: SpecialGround, man: boolean): number => (man ? (ground === "disability" ? 600 : 660) : 540)

/** Earliest month on a ground that an agency has established; the person may also stay. */
export const specialEarlyMonth = (
  question: RetirementQuestion & { readonly ground: Valued<SpecialGround> },
): Explained<YearMonth> => {
  const { ruleDate, group, birth, ground } = question
  const month = addMonths(birth.value as YearMonth, specialAge(ground.value, group.value === "male"))
  const version = versionInForce(specialEarlyRule, ruleDate)
  const silent = version.from >= reform && ground.value === "disability" ? flexibleRulings.disability : null
  return explained(specialEarlyRule, version, { group, birth, ground }, month, silent)
}

/** Age in whole months at a month. */
export const ageAt = (ruleDate: string, birth: Valued<string>, at: Valued<string>): Explained<number> =>
  explained(
    ageRule,
    versionInForce(ageRule, ruleDate),
    { birth, at },
    indexOf(at.value as YearMonth) - indexOf(birth.value as YearMonth),
  )
