/** Every number of one relation, explained. */
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained } from "@tongzhang/law/explain/explained"
import * as rules from "@tongzhang/law/rules/record/relation"
import { amountLeaf, answer, asked, monthLeaf, sumOf } from "../leaves.js"
import { type RelationFacts, standingLines, standingMonths } from "../relation-facts.js"

type Number = Explained<number>

/** Months up to `until` and from `from` on, as leaves. */
const within = (
  months: Iterable<readonly [YearMonth, Parameters<typeof monthLeaf>[0]]>,
  from: string | null,
  until: string | null,
) =>
  [...months].flatMap(([month, fact]) =>
    (from === null || from <= month) && (until === null || month <= until) ? [monthLeaf(fact, month)] : [],
  )

export const monthsPaid = (relation: RelationFacts, on: string, until: YearMonth | null = null): Number => {
  const months = within(relation.own, null, until)
  return answer(
    rules.monthsPaidRule,
    on,
    { stream: asked.stream(relation.stream), until: asked.until(until), months },
    months.length,
  )
}

/** Months the relation counts, own and brought in, between two months (null: no limit). */
export const monthsStanding = (
  relation: RelationFacts,
  on: string,
  from: YearMonth | null = null,
  until: YearMonth | null = null,
): Number => {
  const months = within(standingMonths(relation), from, until)
  const operands = { stream: asked.stream(relation.stream), from: asked.from(from), until: asked.until(until), months }
  return answer(rules.monthsStandingRule, on, operands, months.length)
}

export const lateMonths = (relation: RelationFacts, on: string): Number => {
  const months = within(relation.late, null, null)
  return answer(rules.lateMonthsRule, on, { stream: asked.stream(relation.stream), months }, months.length)
}

export const accountOf = (relation: RelationFacts, on: string): Number => {
  const operands = {
    lines: standingLines(relation).map(({ current }) => amountLeaf(current, "account_fen")),
    subsidies: relation.subsidies.map((fact) => amountLeaf(fact, "amount_fen")),
    interest: relation.interest.map((fact) => amountLeaf(fact, "amount_fen")),
    received: relation.transfersIn.map((fact) => amountLeaf(fact, "account_fen")),
    refunded: relation.refunds.map((fact) => amountLeaf(fact, "refund_fen")),
    sent: relation.sent.map(({ fact }) => amountLeaf(fact, "account_fen")),
  }
  const { lines, subsidies, interest, received, refunded, sent } = operands
  const value = sumOf(lines) + sumOf(subsidies) + sumOf(interest) + sumOf(received) - sumOf(refunded) - sumOf(sent)
  return answer(rules.accountRule, on, { stream: asked.stream(relation.stream), ...operands }, value)
}

export const pooledOf = (relation: RelationFacts, on: string): Number => {
  const lines = standingLines(relation).map(({ current }) => amountLeaf(current, "pooled_fen"))
  const received = relation.transfersIn.map((fact) => amountLeaf(fact, "pooled_fen"))
  const sent = relation.sent.map(({ fact }) => amountLeaf(fact, "pooled_fen"))
  const operands = { stream: asked.stream(relation.stream), lines, received, sent }
  return answer(rules.pooledRule, on, operands, sumOf(lines) + sumOf(received) - sumOf(sent))
}

export const basesOf = (relation: RelationFacts, on: string): Number => {
  const bases = standingLines(relation).flatMap(({ current, months }) =>
    months.map((month) => amountLeaf(current, "base_fen", month)),
  )
  const received = relation.transfersIn.map((fact) => amountLeaf(fact, "bases_fen"))
  const refunded = relation.refunds.map((fact) => amountLeaf(fact, "bases_fen"))
  const sent = relation.sent.map(({ fact }) => amountLeaf(fact, "bases_fen"))
  const operands = { stream: asked.stream(relation.stream), bases, received, refunded, sent }
  return answer(rules.basesRule, on, operands, sumOf(bases) + sumOf(received) - sumOf(refunded) - sumOf(sent))
}

export const interestOf = (relation: RelationFacts, on: string): Number => {
  const interest = relation.interest.map((fact) => amountLeaf(fact, "amount_fen"))
  return answer(rules.interestCreditedRule, on, { stream: asked.stream(relation.stream), interest }, sumOf(interest))
}

export const subsidiesOf = (relation: RelationFacts, on: string): Number => {
  const subsidies = relation.subsidies.map((fact) => amountLeaf(fact, "amount_fen"))
  return answer(rules.subsidiesRule, on, { stream: asked.stream(relation.stream), subsidies }, sumOf(subsidies))
}

export const lineBaseOf = (relation: RelationFacts, on: string, line: string): Number => {
  const current = relation.lines.get(line)?.current
  if (current === undefined || current === null) throw new Error(`line ${line} does not stand`)
  const base = amountLeaf(current, "base_fen")
  return answer(
    rules.lineBaseRule,
    on,
    { stream: asked.stream(relation.stream), line: asked.text(line), base: [base] },
    base.value,
  )
}

type Moved = "account_fen" | "pooled_fen" | "bases_fen"
export type PartAsked = { readonly transferId: string; readonly province: string; readonly direction: "in" | "out" }

const partOf = (relation: RelationFacts, { transferId, province, direction }: PartAsked) => {
  const found =
    direction === "in"
      ? relation.received.findLast(({ fact }) => fact.event.transferId === transferId && fact.event.from === province)
      : relation.sent.findLast(({ fact }) => fact.event.transferId === transferId && fact.event.to === province)
  if (found === undefined) throw new Error(`no part of ${transferId} in ${relation.stream}`)
  return found
}

const partScope = (relation: RelationFacts, { transferId, province }: PartAsked) => ({
  stream: asked.stream(relation.stream),
  transfer: asked.text(transferId),
  province: asked.province(province),
})

export const partMonths = (relation: RelationFacts, on: string, part: PartAsked, until: YearMonth | null = null): Number => {
  const { fact, months: all } = partOf(relation, part)
  const months = within(
    [...all].map((month) => [month, fact] as const),
    null,
    until,
  )
  const rule = part.direction === "in" ? rules.broughtInMonthsRule : rules.sentMonthsRule
  return answer(rule, on, { ...partScope(relation, part), until: asked.until(until), months }, months.length)
}

export const partAmount = (relation: RelationFacts, on: string, part: PartAsked, field: Moved): Number => {
  const amount = amountLeaf(partOf(relation, part).fact, field)
  const rule = part.direction === "in" ? rules.broughtInAmountRule : rules.sentAmountRule
  return answer(rule, on, { ...partScope(relation, part), field: asked.text(field), amount: [amount] }, amount.value)
}
