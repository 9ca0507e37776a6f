/**
 * A whole pension from a person's history 养老保险待遇核定: `assess` with the tree that explains every number, `assessFast` with the same
 * numbers only. Both read one `Inputs`: the parameters, practices and months that apply on the rules' date.
 */
import { addMonths, indexOf, type YearMonth, yearOf } from "@tongzhang/domain/month"
import type { Fraction } from "fraction.js"
import { exact, exactText } from "../../explain/exact.js"
import type { Parameter, Parameters } from "../../parameters/parameter.js"
import { delayMonths, minimumMonths, originalAge_months } from "../retirement.js"
import { reform } from "../retirement-rules.js"
import { type DivisorParameters, divisorParameters } from "./divisor.js"
import { explainAssessment } from "./explain-assessment.js"
import { averageIndex, type History, readHistory } from "./history.js"
import { accountAmount, basicAmount, divisorAmount, totalAmount, transitionalAmount, yearsOf } from "./parts.js"
import { type Practices, practicesOf } from "./practice.js"
import type { Assessment, Award, FastAssessment, Missing, PensionQuestion, PensionRefusal } from "./question.js"
import { since1998, since2006 } from "./versions.js"

export type Inputs = {
  readonly kind: "inputs"
  readonly award: Award
  readonly practices: Practices
  readonly history: History
  /** Base of the first half, and the one that the index multiplies. */
  readonly base: Parameter
  readonly indexBase: Parameter
  readonly index: Fraction
  readonly transitionalIndex: Fraction
  readonly age_months: number
  /** Null: the divisor was decided already, or is the flat one of before 2006. */
  readonly divisors: DivisorParameters | null
  readonly divisor: Fraction
  readonly deemed_months: number
  readonly transitional_months: number
  readonly rate: Parameter | null
  readonly statutory: YearMonth
  readonly minimum_months: number
}

const refuse = (reason: PensionRefusal["reason"], missing: readonly Missing[] = []): PensionRefusal => ({
  kind: "refused",
  reason,
  missing,
})

type Bases = { readonly award: Award; readonly base: Parameter; readonly indexBase: Parameter }

/** The base of the year of retirement, else that of the year before: provisional. */
const basesOf = (question: PensionQuestion, parameters: Parameters, practices: Practices): Bases | PensionRefusal => {
  const { province, region, retirement } = question
  const asked = { family: "pension-base", province } as const
  const own = region === undefined ? {} : { region }
  for (const back of [0, 1]) {
    const on = addMonths(retirement.value as YearMonth, -12 * back)
    const base = parameters.find({ ...asked, ...own, on })
    const whole = practices["two-bases"].value === "city-and-province" ? parameters.find({ ...asked, on }) : base
    if (base !== null && whole !== null) return { award: back === 0 ? "final" : "provisional", base, indexBase: whole }
  }
  return refuse("no-pension-base", [{ ...asked, on: retirement.value }])
}

const statutoryOf = ({ ruleDate, group, birth }: PensionQuestion): YearMonth => {
  const delay = ruleDate < reform ? 0 : delayMonths(group.value, birth.value as YearMonth)
  return addMonths(birth.value as YearMonth, originalAge_months(group.value) + delay)
}

/** The month whose year decides the minimum: the chosen one when it is earlier than the statutory one. */
export const countingMonth = (retirement: string, statutory: string): YearMonth =>
  (retirement < statutory ? retirement : statutory) as YearMonth

type Divisor = { readonly divisors: DivisorParameters | null; readonly divisor: Fraction }

const divisorFor = (question: PensionQuestion, parameters: Parameters, age_months: number): Divisor | PensionRefusal => {
  const { ruleDate, province, retirement } = question
  if (question.divisor !== undefined) return { divisors: null, divisor: exact(question.divisor.value) }
  if (ruleDate < since2006) return { divisors: null, divisor: exact(120) }
  const divisors = divisorParameters(parameters, province, ruleDate, age_months, retirement.value)
  if (divisors === null)
    return refuse("no-divisor", [{ family: "payout-months", province, on: ruleDate, key: String(age_months) }])
  const { before, after, own } = divisors
  const texts = { age: age_months, before: String(before.value), after: String(after.value) }
  return { divisors, divisor: divisorAmount(ruleDate, { ...texts, own: own === null ? null : String(own.value) }) }
}

const none = exact(0)

const inputsOf = (question: PensionQuestion, parameters: Parameters): Inputs | PensionRefusal => {
  const { ruleDate, province, region, birth, retirement } = question
  if (ruleDate < since1998) return refuse("before-the-rules")
  const practices = practicesOf(parameters, province, region, ruleDate)
  if (practices === null) return refuse("before-the-rules", [{ family: "pension-practice", province, on: ruleDate }])
  const history = readHistory(question, parameters, question.averageIndex === undefined)
  const index = question.averageIndex === undefined ? averageIndex(history, practices) : exact(question.averageIndex.value)
  // The flat 20 % of before 2006 asks for no index.
  if (index === null && ruleDate >= since2006) return refuse("no-index", history.missing)
  const bases = basesOf(question, parameters, practices)
  if ("kind" in bases) return bases
  const age_months = indexOf(retirement.value as YearMonth) - indexOf(birth.value as YearMonth)
  const divisor = divisorFor(question, parameters, age_months)
  if ("kind" in divisor) return divisor
  const deemed_months = question.deemed.reduce((sum, { months }) => sum + months.value, 0)
  const statutory = statutoryOf(question)
  const minimum_months = ruleDate < reform ? 180 : minimumMonths(yearOf(countingMonth(retirement.value, statutory)))
  return {
    kind: "inputs",
    ...bases,
    ...divisor,
    practices,
    history,
    index: index ?? none,
    transitionalIndex: question.transitionalIndex === undefined ? (index ?? none) : exact(question.transitionalIndex.value),
    age_months,
    deemed_months,
    transitional_months: deemed_months + history.beforeAccount_months,
    rate: index === null ? null : parameters.find({ family: "transitional-rate", province, on: ruleDate }),
    statutory,
    minimum_months,
  }
}

const transitionalFen = (inputs: Inputs): number | null => {
  const { practices, indexBase, rate, transitional_months, transitionalIndex } = inputs
  if (transitional_months === 0) return 0
  if (rate === null) return null
  return transitionalAmount({
    base: Number(indexBase.value),
    index: transitionalIndex,
    years: yearsOf(transitional_months, practices.years.value),
    rate: exact(String(rate.value)),
    formula: practices["transitional-formula"].value,
    indexedWage: practices["indexed-wage"].value,
    rounding: practices["part-rounding"].value,
  })
}

/** The figures alone, for mass runs; the same rules, parameters and readings as `assess`. */
export const assessFast = (question: PensionQuestion, parameters: Parameters): FastAssessment | PensionRefusal => {
  const inputs = inputsOf(question, parameters)
  if (inputs.kind === "refused") return inputs
  const { practices, history, index, divisor } = inputs
  const rounding = practices["part-rounding"].value
  const total_months = history.paid_months + inputs.deemed_months
  const years = yearsOf(total_months, practices.years.value)
  const basic_fen = basicAmount({
    ruleDate: question.ruleDate,
    base: Number(inputs.base.value),
    indexBase: Number(inputs.indexBase.value),
    index,
    years,
    lowIndex: practices["low-index"].value,
    indexedWage: practices["indexed-wage"].value,
    rounding,
  })
  const account_fen = accountAmount(question.account.value, divisor, rounding)
  const transitional_fen = transitionalFen(inputs)
  const sum = basic_fen + account_fen + (transitional_fen ?? 0)
  return {
    kind: "assessed",
    award: inputs.award,
    eligible: total_months >= inputs.minimum_months,
    basic_fen,
    account_fen,
    transitional_fen,
    total_fen: totalAmount(sum, practices["total-rounding"].value),
    total_months,
    index: exactText(index),
    years: exactText(years),
    divisor: exactText(divisor),
  }
}

/** With the tree: every number down to facts, parameters and what the question supposes. */
export const assess = (question: PensionQuestion, parameters: Parameters): Assessment | PensionRefusal => {
  const inputs = inputsOf(question, parameters)
  return inputs.kind === "refused" ? inputs : explainAssessment(question, inputs)
}
