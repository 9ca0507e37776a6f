/** The tree of an assessment, from the same inputs that `assessFast` computes with. */
import { type Explained, given, type Operand, type Ruling, type Valued } from "../../explain/explained.js"
import { explained, versionInForce } from "../../explain/rule.js"
import { type Parameter, parameterOperand } from "../../parameters/parameter.js"
import { ageAt, minimumContribution, statutoryMonth } from "../retirement.js"
import type { Inputs } from "./assess.js"
import { eligibleRule } from "./counting-rules.js"
import { divisorOperands } from "./divisor.js"
import { explainAverage, explainBeforeAccount, explainPaid } from "./history.js"
import {
  accountPension,
  basicPension,
  explainMonths,
  explainYears,
  payoutDivisor,
  totalPension,
  transitionalPension,
} from "./parts.js"
import type { Assessment, Missing, PensionQuestion } from "./question.js"
import { rulings } from "./rulings.js"

const amountOf = (parameter: Parameter): Valued<number> => parameterOperand(parameter) as Valued<number>

/** Whether the minimum is met, by the chosen month where it is earlier than the statutory one. */
const eligibility = (question: PensionQuestion, months: Explained<number>): Explained<boolean> => {
  const { ruleDate, retirement } = question
  const statutory = statutoryMonth(question)
  const early = retirement.value < statutory.value
  const minimum = minimumContribution(ruleDate, early ? retirement : statutory)
  const other = minimumContribution(ruleDate, statutory)
  const silent = early && minimum.value !== other.value ? rulings.minimumYear : null
  const met = months.value >= minimum.value
  return explained(eligibleRule, versionInForce(eligibleRule, ruleDate), { months, minimum }, met, silent)
}

const divisorTree = (question: PensionQuestion, { divisors, age_months }: Inputs): Valued<string> => {
  const { ruleDate, birth, retirement } = question
  if (question.divisor !== undefined) return question.divisor
  if (divisors === null) return payoutDivisor(ruleDate, null)
  const age = ageAt(ruleDate, birth, retirement)
  if (age.value !== age_months) throw new Error(`an age of ${age.value} months, not ${age_months}`)
  return payoutDivisor(ruleDate, divisorOperands(age, divisors))
}

/** Only under the rules of before 2006, which ask for none. */
const noIndex = given("0", "index", "不需要指数", "no index is asked for")
const noRate = given("0", "rate", "无建账前年限", "no years before the account")

const transitionalTree = (question: PensionQuestion, inputs: Inputs, index: Valued<string>): Explained<number> | null => {
  const { practices, rate, history, transitional_months, indexBase } = inputs
  const { ruleDate } = question
  if (transitional_months > 0 && rate === null) return null
  const deemed = question.deemed.map(({ months }) => months)
  const months = explainMonths(ruleDate, explainBeforeAccount(ruleDate, history), deemed)
  const own = practices["transitional-index"].value === "own" && question.transitionalIndex === undefined
  const ruling = transitional_months === 0 ? null : own ? rulings.ownIndex : accountStart(question, inputs)
  return transitionalPension(
    {
      ruleDate,
      base: amountOf(indexBase),
      index: question.transitionalIndex ?? index,
      years: explainYears(ruleDate, months, practices.years),
      rate: rate === null || transitional_months === 0 ? noRate : (parameterOperand(rate) as Valued<string>),
      practices,
    },
    ruling,
  )
}

/** The month of the account is a reading where it decides: paid months near it, and no fact. */
const accountStart = ({ accountFrom }: PensionQuestion, { history }: Inputs): Ruling | null =>
  accountFrom === undefined && history.beforeAccount_months > 0 ? rulings.accountStart : null

/** Every ruling of a tree once, by its question. */
const rulingsIn = (roots: readonly Operand[]): readonly Ruling[] => {
  const found = new Map<string, Ruling>()
  const seen = new Set<Operand>()
  const visit = (operand: Operand): void => {
    if (operand.kind !== "explained" || seen.has(operand)) return
    seen.add(operand)
    if (operand.needsRuling !== null) found.set(operand.needsRuling.question, operand.needsRuling)
    for (const one of Object.values(operand.operands))
      if ("kind" in one) visit(one)
      else one.forEach(visit)
  }
  roots.forEach(visit)
  return [...found.values()]
}

export const explainAssessment = (question: PensionQuestion, inputs: Inputs): Assessment => {
  const { ruleDate, province } = question
  const { practices, history } = inputs
  const paid = explainPaid(ruleDate, history.years)
  const deemed = question.deemed.map(({ months }) => months)
  const months = explainMonths(ruleDate, paid, deemed)
  const known = history.years.some((year) => year.index !== null)
  const index = question.averageIndex ?? (known ? explainAverage(ruleDate, history, paid, practices, inputs.index) : noIndex)
  const basic = basicPension(
    {
      ruleDate,
      base: amountOf(inputs.base),
      indexBase: amountOf(inputs.indexBase),
      index,
      years: explainYears(ruleDate, months, practices.years),
      practices,
    },
    inputs.award === "provisional" ? rulings.provisional : null,
  )
  const account = accountPension(ruleDate, question.account, divisorTree(question, inputs), practices["part-rounding"])
  const transitional = transitionalTree(question, inputs, index)
  const parts = [basic, account, ...(transitional === null ? [] : [transitional])]
  const unknown = transitional === null ? rulings.transitional : null
  const total = totalPension(ruleDate, parts, practices["total-rounding"], unknown)
  const eligible = eligibility(question, months)
  const rate: readonly Missing[] = transitional === null ? [{ family: "transitional-rate", province, on: ruleDate }] : []
  return {
    kind: "assessed",
    award: inputs.award,
    eligible,
    basic,
    account,
    transitional,
    total,
    rulings: rulingsIn([total, eligible]),
    missing: [...history.missing, ...rate],
  }
}
