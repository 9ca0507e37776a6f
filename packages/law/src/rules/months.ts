/** Months of relations: how many were counted, which two relations share (each calendar month once). */
import { type MonthSet, intersection, months as listOf, ofRanges, size } from "@tongzhang/domain/month-set"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained, Operand, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { beginning, concluded, op } from "./describe.js"

const article = "社会保险法 Art 19: 缴费年限累计计算; 同一费款所属期只计一次"
const source = "社会保险法, full text"
const version = (formula: string) => ({ from: beginning, formula, article, source, confidence: "official" }) as const

const ranges = {
  from: op("各段起始月", "first months", "month"),
  to: op("各段终止月", "last months", "month"),
}

export const countedMonthsRule: Rule = {
  id: "months/counted",
  title: { zh: "计入月数", en: "months that count" },
  summary: { zh: "各段缴费月份合并，每个月只计一次。", en: "Months of all ranges together, each month once." },
  unit: "months",
  operands: ranges,
  versions: [version("count(months_of(from, to))")],
  examples: [
    {
      version: beginning,
      operands: { from: ["2019-01", "2020-03"], to: ["2020-03", "2021-02"] },
      value: 26,
      basis: "constructed (DUP-02)",
    },
  ],
}

export const overlapMonthsRule: Rule = {
  id: "overlap/months",
  title: { zh: "重复月份", en: "months in two relations" },
  summary: { zh: "两个关系都有缴费的月份。", en: "The months that both relations count." },
  unit: "month",
  operands: {
    a_from: op("甲起始月", "first months of the one", "month"),
    a_to: op("甲终止月", "last months of the one", "month"),
    b_from: op("乙起始月", "first months of the other", "month"),
    b_to: op("乙终止月", "last months of the other", "month"),
  },
  versions: [version("both(months_of(a_from, a_to), months_of(b_from, b_to))")],
  examples: [
    {
      version: beginning,
      operands: { a_from: ["2019-01"], a_to: ["2020-03"], b_from: ["2020-03"], b_to: ["2021-02"] },
      value: ["2020-03"],
      basis: "constructed (DUP-02)",
    },
  ],
}

export const allOverlapsRule: Rule = {
  id: "overlap/all-months",
  title: { zh: "全部重复月份", en: "months in two relations or more" },
  summary: { zh: "任意两个关系的重复月份合在一起。", en: "The shared months of every pair together." },
  unit: "month",
  operands: { one: op("重复月份", "shared months", "month"), other: op("另一对的重复月份", "of another pair", "month") },
  versions: [version("either(one, other)")],
  examples: [
    {
      version: beginning,
      operands: { one: ["2020-03"], other: ["2020-02", "2020-03"] },
      value: ["2020-02", "2020-03"],
      basis: "constructed",
    },
  ],
}

export const overlapCountRule: Rule = {
  id: "overlap/count",
  title: { zh: "重复月数", en: "number of shared months" },
  summary: { zh: "重复月份的个数。", en: "How many months are shared." },
  unit: "months",
  operands: { months: op("重复月份", "shared months", "month") },
  versions: [version("count(months)")],
  examples: [{ version: beginning, operands: { months: ["2020-03"] }, value: 1, basis: "constructed (DUP-02)" }],
}

/** A closed range whose ends come from somewhere: the `from` and `to` of an event, or what somebody supposes. */
export type ExplainedRange = { readonly from: Valued<string>; readonly to: Valued<string> }

const froms = (ranges: readonly ExplainedRange[]): readonly Operand[] => ranges.map(({ from }) => from)
const tos = (ranges: readonly ExplainedRange[]): readonly Operand[] => ranges.map(({ to }) => to)

export const setOf = (ranges: readonly ExplainedRange[]): MonthSet =>
  ofRanges(ranges.map(({ from, to }) => ({ from: from.value as YearMonth, to: to.value as YearMonth })))

/** Months of all ranges, each once. */
export const countedMonths = (ranges: readonly ExplainedRange[]): Explained<number> =>
  concluded(countedMonthsRule, beginning, { from: froms(ranges), to: tos(ranges) }, () => size(setOf(ranges)))

/** The months that both relations count, in order. */
export const overlapMonths = (a: readonly ExplainedRange[], b: readonly ExplainedRange[]): Explained<readonly YearMonth[]> =>
  concluded(overlapMonthsRule, beginning, { a_from: froms(a), a_to: tos(a), b_from: froms(b), b_to: tos(b) }, () =>
    listOf(intersection(setOf(a), setOf(b))),
  )

/** Months that two or more of the relations count. */
export const allOverlapMonths = (relations: readonly (readonly ExplainedRange[])[]): Explained<readonly YearMonth[]> => {
  const pairs = relations.flatMap((a, i) => relations.slice(i + 1).map((b) => overlapMonths(a, b)))
  const merged = (one: Explained<readonly YearMonth[]>, other: Explained<readonly YearMonth[]>) =>
    concluded(allOverlapsRule, beginning, { one, other }, () => [...new Set([...one.value, ...other.value])].sort())
  return pairs.length === 0 ? overlapMonths(relations[0] ?? [], []) : pairs.reduce(merged)
}

export const overlapCount = (months: Valued<readonly string[]>): Explained<number> =>
  concluded(overlapCountRule, beginning, { months }, () => months.value.length)
