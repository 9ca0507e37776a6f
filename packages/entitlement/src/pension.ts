/** A pension assessed from a person's recorded events: history, account, place of receipt, month of retirement, then the law's `assess`. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { addMonths, type YearMonth } from "@tongzhang/domain/month"
import { type Explained, given, type Operand, type Valued } from "@tongzhang/law/explain/explained"
import type { Parameters } from "@tongzhang/law/parameters/parameter"
import { assess } from "@tongzhang/law/rules/pension/assess"
import type { Assessment, PensionQuestion, PensionRefusal } from "@tongzhang/law/rules/pension/question"
import { wholeHistoryRule } from "@tongzhang/law/rules/record/moving"
import type { Facts } from "./facts.js"
import { baseMonths, collectedAccount, employeeSchemes, monthsRecorded } from "./history.js"
import { answer } from "./leaves.js"
import { currentProvince, type DeemedStay, placeOf } from "./place.js"
import { type Post, type RetirementRefusal, retiringOf } from "./retirement.js"

export type PensionAsked = {
  readonly facts: Facts
  readonly parameters: Parameters
  /** Date of the rules. */
  readonly on: string
  readonly post: Post | null
  /** Month in which the pension is to start; null: the statutory one. */
  readonly retirement: YearMonth | null
  /** City with a base of its own. */
  readonly region?: string
  readonly deemed?: readonly DeemedStay[]
}

export type PensionRefused = PensionRefusal | RetirementRefusal | { readonly refused: "never-insured" }

export type PensionExplained = {
  readonly assessment: Assessment
  readonly place: Explained<ProvinceCode | null>
  readonly retirement: Valued<string>
  readonly statutory: Explained<string>
  /** Months of the record before retirement; `complete` says that the assessment used them all. */
  readonly months: Explained<number>
  readonly complete: Explained<boolean>
}

/** The question that `assess` is asked, built from the facts; the second half (place, months) is answered beside it. */
export const pensionQuestion = (
  asked: PensionAsked,
): { readonly question: PensionQuestion; readonly rest: Omit<PensionExplained, "assessment" | "complete"> } | PensionRefused => {
  const { facts, on, post, deemed = [] } = asked
  const current = currentProvince(facts, employeeSchemes)
  if (current === null) return { refused: "never-insured" }
  const retiring = retiringOf(facts, on, post)
  if ("refused" in retiring) return retiring
  const { birth, group, statutory } = retiring
  const retirement: Valued<string> =
    asked.retirement === null ? statutory : given(asked.retirement, "month", "所问退休月", "month of retirement asked about")
  const { place } = placeOf({ facts, on, schemes: employeeSchemes, current, deemed })
  const province = place.value ?? current
  const months = baseMonths(facts, on, retirement.value, province)
  const question: PensionQuestion = {
    ruleDate: on,
    province,
    ...(asked.region === undefined ? {} : { region: asked.region }),
    group,
    birth,
    retirement,
    history: months.map(({ month, province: paidIn, base }) => ({ month, province: paidIn, base })),
    deemed: deemed.map((stay) => ({
      province: stay.province,
      months: given(stay.months, "months", "视同缴费月数", "deemed months"),
    })),
    account: collectedAccount(facts, on),
  }
  const until = addMonths(retirement.value as YearMonth, -1)
  return { question, rest: { place, retirement, statutory, months: monthsRecorded(on, until, months) } }
}

const stepOf = (operand: Operand, rule: string): Explained | null => {
  if (operand.kind !== "explained") return null
  if (operand.rule === rule) return operand
  for (const found of Object.values(operand.operands))
    for (const one of "kind" in found ? [found] : found) {
      const step = stepOf(one, rule)
      if (step !== null) return step
    }
  return null
}

/** That no month was left out: the months of the assessment are those of the record and the deemed ones. */
const completeOf = (asked: PensionAsked, months: Explained<number>, assessment: Assessment, question: PensionQuestion) => {
  const assessed = stepOf(assessment.eligible, "pension/months") ?? stepOf(assessment.basic, "pension/months")
  if (assessed === null) throw new Error("an assessment without its months")
  const deemed = question.deemed.map((one) => one.months)
  const whole = assessed.value === months.value + deemed.reduce((sum, one) => sum + one.value, 0)
  return answer(wholeHistoryRule, asked.on, { assessed, recorded: months, deemed }, whole)
}

export const explainPension = (asked: PensionAsked): PensionExplained | PensionRefused => {
  const built = pensionQuestion(asked)
  if (!("question" in built)) return built
  const assessment = assess(built.question, asked.parameters)
  if (assessment.kind === "refused") return assessment
  const complete = completeOf(asked, built.rest.months, assessment, built.question)
  return { assessment, complete, ...built.rest }
}
