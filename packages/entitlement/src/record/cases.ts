/** Numbers of transfers, overlap cases and benefits, explained by their own events. */
import type { Explained } from "@tongzhang/law/explain/explained"
import type { Rule } from "@tongzhang/law/explain/rule"
import * as rules from "@tongzhang/law/rules/record/cases"
import { eventsOf, type FactEvent, type Facts } from "../facts.js"
import { amountLeaf, answer, asked, leaf, monthLeaf, monthsIn, sumOf } from "../leaves.js"

type Number = Explained<number>

/** Where a leg's months and amounts stand: its statement, else its place in the plan. */
const statedIn = (facts: Facts, stream: string, leg: string) => {
  const statement = eventsOf(facts, stream, "StatementReceived").findLast(({ event }) => event.leg === leg)
  if (statement !== undefined) return { fact: statement as FactEvent, path: "", moved: statement.event }
  const plan = eventsOf(facts, stream, "TransferPlanned").at(-1)
  const at = plan?.event.legs.findIndex((planned) => planned.from === leg) ?? -1
  const moved = plan?.event.legs[at]
  if (plan === undefined || moved === undefined) throw new Error(`no leg ${leg} in ${stream}`)
  return { fact: plan as FactEvent, path: `legs.${at}.`, moved }
}

const legScope = (stream: string, leg: string) => ({ stream: asked.stream(stream), leg: asked.province(leg) })

export const legMonths = (facts: Facts, on: string, stream: string, leg: string): Number => {
  const { fact, path, moved } = statedIn(facts, stream, leg)
  const months = monthsIn(moved.months).map((month) => monthLeaf(fact, month, `${path}months`))
  return answer(rules.legMonthsRule, on, { ...legScope(stream, leg), months }, months.length)
}

export const legAmount = (
  facts: Facts,
  on: string,
  stream: string,
  leg: string,
  field: "account_fen" | "pooled_fen" | "bases_fen",
) => {
  const { fact, path, moved } = statedIn(facts, stream, leg)
  const amount = leaf(fact, `${path}${field}`, moved[field], "fen")
  return answer(rules.legAmountRule, on, { ...legScope(stream, leg), field: asked.text(field), amount: [amount] }, moved[field])
}

export const legReceived = (facts: Facts, on: string, stream: string, leg: string): Number => {
  const money = eventsOf(facts, stream, "MoneyReceived").filter(({ event }) => event.leg === leg)
  const account = money.map((fact) => amountLeaf(fact, "account_fen"))
  const pooled = money.map((fact) => amountLeaf(fact, "pooled_fen"))
  return answer(rules.legReceivedRule, on, { ...legScope(stream, leg), account, pooled }, sumOf(account) + sumOf(pooled))
}

export const legMismatch = (facts: Facts, on: string, stream: string, leg: string): Number => {
  const fact = eventsOf(facts, stream, "MoneyMismatchFound").findLast(({ event }) => event.leg === leg)
  if (fact === undefined) throw new Error(`no mismatch of ${leg} in ${stream}`)
  const [received, stated] = [amountLeaf(fact, "received_fen"), amountLeaf(fact, "stated_fen")]
  const operands = { ...legScope(stream, leg), received: [received], stated: [stated] }
  return answer(rules.legMismatchRule, on, operands, received.value - stated.value)
}

const caseScope = (stream: string, id: string) => ({ stream: asked.stream(stream), case: asked.text(id) })

export const overlapCaseMonths = (facts: Facts, on: string, stream: string, id: string): Number => {
  const fact = eventsOf(facts, stream, "OverlapDetected", "OverlapChanged", "OverlapReopened").findLast(
    ({ event }) => event.case === id,
  )
  const months = fact === undefined ? [] : monthsIn(fact.event.months).map((month) => monthLeaf(fact, month))
  return answer(rules.overlapMonthsRule, on, { ...caseScope(stream, id), months }, months.length)
}

export const optionRefund = (facts: Facts, on: string, stream: string, id: string, keep: string, drop: string): Number => {
  const fact = eventsOf(facts, stream, "ResolutionProposed").findLast(({ event }) => event.case === id)
  const at = fact?.event.options.findIndex((option) => option.keep === keep && option.drop === drop) ?? -1
  const option = fact?.event.options[at]
  if (fact === undefined || option === undefined) throw new Error(`no option to keep ${keep} in ${id}`)
  const refund = leaf(fact, `options.${at}.refund_fen`, option.refund_fen, "fen")
  const operands = { ...caseScope(stream, id), keep: asked.text(keep), drop: asked.text(drop), refund: [refund] }
  return answer(rules.overlapOptionRefundRule, on, operands, option.refund_fen)
}

export const caseRefunded = (facts: Facts, on: string, stream: string, id: string): Number => {
  const fact = eventsOf(facts, stream, "OverlapCleared").findLast(({ event }) => event.case === id)
  if (fact === undefined) throw new Error(`${id} was never cleared`)
  const refund = amountLeaf(fact, "refund_fen")
  return answer(rules.overlapRefundedRule, on, { ...caseScope(stream, id), refund: [refund] }, refund.value)
}

const claimScope = (stream: string, claim: string) => ({ stream: asked.stream(stream), claim: asked.text(claim) })

export type AwardField = "monthly_fen" | "basic_fen" | "account_fen" | "transitional_fen"

/** Null while nothing was awarded. */
export const awardAmount = (facts: Facts, on: string, stream: string, claim: string, field: AwardField): Number | null => {
  const fact = eventsOf(facts, stream, "BenefitAwarded", "BenefitRecalculated").findLast(({ event }) => event.claim === claim)
  if (fact === undefined) return null
  const amount = amountLeaf(fact, field)
  return answer(
    rules.awardAmountRule,
    on,
    { ...claimScope(stream, claim), field: asked.text(field), amount: [amount] },
    amount.value,
  )
}

export const benefitMonths = (facts: Facts, on: string, stream: string, claim: string): Number => {
  const paid = eventsOf(facts, stream, "BenefitPaid").filter(({ event }) => event.claim === claim)
  const months = paid.map((fact) => leaf(fact, "month", fact.event.month, "month"))
  return answer(rules.benefitMonthsRule, on, { ...claimScope(stream, claim), months }, months.length)
}

const sums = {
  paid: ["BenefitPaid", rules.benefitPaidRule],
  overpaid: ["BenefitOverpaid", rules.benefitOverpaidRule],
  recovered: ["BenefitRecovered", rules.benefitRecoveredRule],
} as const satisfies Readonly<Record<string, readonly [string, Rule]>>

export const benefitSum = (facts: Facts, on: string, stream: string, claim: string, which: keyof typeof sums): Number => {
  const [type, rule] = sums[which]
  const events = eventsOf(facts, stream, type).filter(({ event }) => event.claim === claim)
  const amounts = events.map((fact) => amountLeaf(fact, "amount_fen"))
  return answer(rule, on, { ...claimScope(stream, claim), amounts }, sumOf(amounts))
}
