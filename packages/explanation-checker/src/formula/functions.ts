/** The functions of the formula language. Arguments come evaluated; `if` and `round`, whose arguments are special, are in evaluate.ts. */
import { Fraction } from "fraction.js"
import { addDays, addMonths, daysBetween, monthOfYear, monthsBetween, monthsOf, yearOf } from "./calendar.js"
import { flagOf, FormulaError, isList, isNumber, listOf, numberOf, same, show, textOf, type Val, wholeOf } from "./value.js"

export const zero = new Fraction(0)

/** -1, 0 or 1; numbers with numbers, text with text. */
export const compare = (a: Val, b: Val): number => {
  if (isNumber(a) && isNumber(b)) return a.compare(b)
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0
  throw new FormulaError(`cannot compare ${show(a)} and ${show(b)}`)
}

/** Whole numbers, by far the most, are added without reducing a fraction at each step. */
export const sumOf = (list: readonly Val[]): Fraction => {
  let whole = 0n
  let rest = zero
  for (const one of list) {
    const number = numberOf(one)
    if (number.d === 1n) whole += number.s * number.n
    else rest = rest.add(number)
  }
  return rest.add(new Fraction(whole))
}

const members = (args: readonly Val[]): readonly Val[] => {
  const [only] = args
  return args.length === 1 && only !== undefined && isList(only) ? only : args
}
const extreme = (args: readonly Val[], sign: 1 | -1): Val => {
  const all = members(args)
  if (all.length === 0) throw new FormulaError("min or max of nothing")
  return all.reduce((best, one) => (compare(one, best) * sign > 0 ? one : best))
}

const dot = (a: readonly Val[], b: readonly Val[]): Fraction => {
  if (a.length !== b.length) throw new FormulaError(`lists of ${a.length} and ${b.length}`)
  return sumOf(a.map((one, i) => numberOf(one).mul(numberOf(b[i] ?? null))))
}

const at = (list: readonly Val[], position: number): Val => {
  const found = list[position - 1]
  if (found === undefined) throw new FormulaError(`no position ${position} in a list of ${list.length}`)
  return found
}

const first = (list: readonly Val[], tests: readonly Val[]): Val => {
  if (list.length !== tests.length) throw new FormulaError(`lists of ${list.length} and ${tests.length}`)
  return list[tests.findIndex((test) => flagOf(test))] ?? null
}

const lookup = (x: Val, froms: readonly Val[], values: readonly Val[]): Val => {
  if (froms.length !== values.length) throw new FormulaError(`lists of ${froms.length} and ${values.length}`)
  const position = froms.findLastIndex((from) => compare(from, x) <= 0)
  return position < 0 ? null : (values[position] ?? null)
}

/** Of one range, or of all ranges of two lists: each month once, in order. */
const monthsIn = (from: Val, to: Val): Val => {
  if (!isList(from) && !isList(to)) return monthsOf(textOf(from), textOf(to))
  const [starts, ends] = [listOf(from), listOf(to)]
  if (starts.length !== ends.length) throw new FormulaError(`lists of ${starts.length} and ${ends.length}`)
  return [...new Set(starts.flatMap((start, i) => monthsOf(textOf(start), textOf(ends[i] ?? null))))].sort()
}

/** What makes two entries one: their kind and value. */
const keyOf = (value: Val): string => `${isNumber(value) ? "number" : typeof value} ${show(value)}`
const chosen = (a: readonly Val[], b: readonly Val[], wanted: boolean): Val => {
  const keys = new Set(b.map(keyOf))
  return a.filter((one) => keys.has(keyOf(one)) === wanted)
}
const either = (a: readonly Val[], b: readonly Val[]): Val => {
  const found = new Map([...a, ...b].map((one) => [keyOf(one), one]))
  return [...found.values()].sort(compare)
}

const leading = (text: string): Fraction => {
  const found = /^-?\d+/.exec(text)
  if (found === null) throw new FormulaError(`no number at the start of ${text}`)
  return new Fraction(found[0])
}
const joined = (parts: readonly Val[]): string => parts.map((part) => (typeof part === "string" ? part : show(part))).join("")

const whole = (value: number): Fraction => new Fraction(value)

const power = (x: Fraction, n: number): Fraction => {
  if (n < 0) throw new FormulaError(`a power of ${n}`)
  return Array.from({ length: n }).reduce<Fraction>((product) => product.mul(x), new Fraction(1))
}

type Call = { readonly args: number | null; readonly run: (args: readonly Val[]) => Val }
const nothing: Val = null
const call = (args: number | null, run: (...args: Val[]) => Val): Call => ({
  args,
  run: (given) => run(...given.map((one) => one ?? nothing)),
})

export const functions: ReadonlyMap<string, Call> = new Map<string, Call>([
  ["min", { args: null, run: (args) => extreme(args, -1) }],
  ["max", { args: null, run: (args) => extreme(args, 1) }],
  ["sum", call(1, (list = nothing) => sumOf(listOf(list)))],
  ["count", call(1, (list = nothing) => whole(listOf(list).length))],
  ["dot", call(2, (a = nothing, b = nothing) => dot(listOf(a), listOf(b)))],
  ["floor", call(1, (x = nothing) => numberOf(x).floor())],
  ["power", call(2, (x = nothing, n = nothing) => power(numberOf(x), wholeOf(n)))],
  ["abs", call(1, (x = nothing) => numberOf(x).abs())],
  ["at", call(2, (list = nothing, i = nothing) => at(listOf(list), wholeOf(i)))],
  ["first", call(2, (list = nothing, tests = nothing) => first(listOf(list), listOf(tests)))],
  ["lookup", call(3, (x = nothing, froms = nothing, values = nothing) => lookup(x, listOf(froms), listOf(values)))],
  ["contains", call(2, (list = nothing, x = nothing) => listOf(list).some((one) => same(one, x)))],
  ["both", call(2, (a = nothing, b = nothing) => chosen(listOf(a), listOf(b), true))],
  ["without", call(2, (a = nothing, b = nothing) => chosen(listOf(a), listOf(b), false))],
  ["either", call(2, (a = nothing, b = nothing) => either(listOf(a), listOf(b)))],
  ["months_of", call(2, (from = nothing, to = nothing) => monthsIn(from, to))],
  ["number", call(1, (text = nothing) => leading(textOf(text)))],
  ["text", { args: null, run: joined }],
  ["add_days", call(2, (date = nothing, n = nothing) => addDays(textOf(date), wholeOf(n)))],
  ["add_months", call(2, (month = nothing, n = nothing) => addMonths(textOf(month), wholeOf(n)))],
  ["months_between", call(2, (from = nothing, to = nothing) => whole(monthsBetween(textOf(from), textOf(to))))],
  ["days_between", call(2, (from = nothing, to = nothing) => whole(daysBetween(textOf(from), textOf(to))))],
  ["year", call(1, (month = nothing) => whole(yearOf(textOf(month))))],
  ["month_of", call(1, (month = nothing) => whole(monthOfYear(textOf(month))))],
])
