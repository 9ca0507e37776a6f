/**
 * Assessment of a pension beside the award that an agency recorded: part by part, with the reasons of both. Nothing follows from a
 * difference by itself: the agency has papers (deemed years, old accounts) that no event holds.
 */
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained } from "@tongzhang/law/explain/explained"
import { awardDifferenceRule } from "@tongzhang/law/rules/pension/counting-rules"
import type { Award } from "@tongzhang/law/rules/pension/question"
import { documentOf, type ExplanationDocument } from "./document.js"
import { type ExplainRefusal, refusal } from "./explain.js"
import { eventsOf, type Facts } from "./facts.js"
import { employeeSchemes } from "./history.js"
import { answer } from "./leaves.js"
import { explainPension, type PensionAsked } from "./pension.js"
import { awardAmount, type AwardField } from "./record/cases.js"

export type AwardRecorded = { readonly stream: string; readonly claim: string; readonly from: YearMonth }

/** Awards of employee pensions with the month in which the pension starts; a recalculation changes amounts, not that month. */
export const awardsOf = (facts: Facts): readonly AwardRecorded[] => {
  const found = new Map<string, AwardRecorded>()
  for (const stream of facts.streams.keys()) {
    if (!employeeSchemes.some((scheme) => stream === `Benefit-${facts.person}_${scheme}`)) continue
    for (const { event } of eventsOf(facts, stream, "BenefitAwarded"))
      found.set(`${stream} ${event.claim}`, { stream, claim: event.claim, from: event.from })
  }
  return [...found.values()]
}

export type PartName = "monthly" | "basic" | "account" | "transitional"
const fields: Readonly<Record<PartName, AwardField>> = {
  monthly: "monthly_fen",
  basic: "basic_fen",
  account: "account_fen",
  transitional: "transitional_fen",
}

export type AssessmentFound = {
  /** `final`: on the base of the year; `provisional`: on that of the year before, a recalculation follows. */
  readonly award: Award
  readonly from: string
  readonly document: ExplanationDocument
  /** Claims of the same first month, which the answers `awards.{claim}.*` compare. */
  readonly compared: readonly string[]
  /** Readings where the text is silent, on which the assessment rests. */
  readonly rulings: readonly { readonly zh: string; readonly en: string; readonly reading_en: string }[]
}

const compare = (
  facts: Facts,
  on: string,
  { stream, claim }: AwardRecorded,
  assessed: ReadonlyMap<PartName, Explained<number>>,
): readonly (readonly [string, Explained])[] =>
  (Object.keys(fields) as PartName[]).flatMap((part) => {
    const awarded = awardAmount(facts, on, stream, claim, fields[part])
    const own = assessed.get(part)
    if (awarded === null) return []
    const path = `awards.${claim}.${part}`
    if (own === undefined) return [[`${path}.awarded_fen`, awarded] as const]
    const difference = answer(awardDifferenceRule, on, { awarded, assessed: own }, awarded.value - own.value)
    return [[`${path}.awarded_fen`, awarded] as const, [`${path}.difference_fen`, difference] as const]
  })

/** @param asked `retirement` null: the month of the newest award, else the statutory month */
export const assessBenefit = (asked: PensionAsked): AssessmentFound | ExplainRefusal => {
  const { facts, on } = asked
  const awards = awardsOf(facts)
  const retirement = asked.retirement ?? awards.at(-1)?.from ?? null
  const found = explainPension({ ...asked, retirement })
  if ("refused" in found) return refusal(found.refused)
  if ("reason" in found) return refusal(found.reason)
  const { assessment, place, months, complete, statutory } = found
  const { total, basic, account, transitional, eligible } = assessment
  const parts = new Map<PartName, Explained<number>>([
    ["monthly", total],
    ["basic", basic],
    ["account", account],
    ...(transitional === null ? [] : [["transitional", transitional] as const]),
  ])
  const from = found.retirement.value
  const same = awards.filter((award) => award.from === from)
  const answers = new Map<string, Explained>([
    ...[...parts].map(([part, value]) => [`assessed.${part}_fen`, value] as const),
    ["eligible", eligible],
    ["place", place],
    ["months", months],
    ["all_months_used", complete],
    ["statutory_month", statutory],
    ...same.flatMap((award) => compare(facts, on, award, parts)),
  ])
  return {
    award: assessment.award,
    from,
    document: documentOf({ person: facts.person, question: "assessment", ruleDate: on }, answers),
    compared: same.map(({ claim }) => claim),
    rulings: assessment.rulings.map(({ question_zh, question_en, reading_en }) => ({
      zh: question_zh,
      en: question_en,
      reading_en,
    })),
  }
}
