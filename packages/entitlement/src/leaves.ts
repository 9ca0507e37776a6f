/** Facts as operands, and the two things every rule of the record is asked with: its version and its scope. */
import { monthsOf, type YearMonth } from "@tongzhang/domain/month"
import type { MonthRange } from "@tongzhang/domain/month-set"
import {
  type Explained,
  type FactOperand,
  type GivenOperand,
  given,
  type Unit,
  type Value,
} from "@tongzhang/law/explain/explained"
import { explained, type Rule, versionInForce } from "@tongzhang/law/explain/rule"
import type { FactEvent } from "./facts.js"

export const leaf = (fact: FactEvent, field: string, value: Value, unit: Unit): FactOperand => ({
  kind: "fact",
  eventId: fact.id,
  stream: fact.stream,
  field,
  value,
  unit,
})

/** A month of an event that is about several; its own range, or the ranges in `field`. */
export const monthLeaf = (fact: FactEvent, month: YearMonth, field?: string): FactOperand => ({
  ...leaf(fact, field ?? (fact.event.type === "ContributionRecorded" ? "from..to" : "months"), month, "month"),
  month,
})

/** An amount in fen of an event, by its field. */
export const amountLeaf = (fact: FactEvent, field: string, month?: YearMonth): FactOperand & { readonly value: number } => {
  const value = (fact.event as Readonly<Record<string, unknown>>)[field]
  if (typeof value !== "number") throw new Error(`${fact.event.type} has no amount ${field}`)
  return { ...leaf(fact, field, value, "fen"), value, ...(month === undefined ? {} : { month }) }
}

/** Months of ranges, each once, in the order they are written. */
export const monthsIn = (ranges: readonly MonthRange[]): YearMonth[] => [
  ...new Set(ranges.flatMap(({ from, to }) => monthsOf(from, to))),
]

export const sumOf = (leaves: readonly { readonly value: number }[]): number => leaves.reduce((sum, one) => sum + one.value, 0)

/** What is asked about, in the words of the question: given, and the same wherever it appears. */
export const asked = {
  stream: (value: string): GivenOperand => given(value, "text", "所问事件流", "stream asked about"),
  family: (value: string): GivenOperand => given(value, "code", "所问险种大类", "family asked about"),
  scheme: (value: string | null): GivenOperand => given(value, "code", "所问险种", "scheme asked about"),
  from: (value: string | null): GivenOperand => given(value, "month", "所问起始月", "first month asked about"),
  until: (value: string | null): GivenOperand => given(value, "month", "所问截止月", "last month asked about"),
  province: (value: string): GivenOperand => given(value, "code", "所问省份", "province asked about"),
  text: (value: string): GivenOperand => given(value, "text", "所问事项", "item asked about"),
}

/** @param on the date of the rules */
export const answer = <T extends Value>(rule: Rule, on: string, operands: Explained["operands"], value: T): Explained<T> =>
  explained(rule, versionInForce(rule, on), operands, value)
