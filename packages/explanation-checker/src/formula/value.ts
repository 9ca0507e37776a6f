/** What a formula computes with: exact numbers, text (months, dates, codes), flags, nothing, and lists of these. */
import { Fraction } from "fraction.js"

export type Val = Fraction | string | boolean | null | readonly Val[]

/** A formula or an operand that cannot be evaluated; the checker turns it into a problem of the step. */
export class FormulaError extends Error {}

export const isList = (value: Val): value is readonly Val[] => Array.isArray(value)
export const isNumber = (value: Val): value is Fraction => value instanceof Fraction

export const numberOf = (value: Val): Fraction => {
  if (isNumber(value)) return value
  throw new FormulaError(`not a number: ${show(value)}`)
}
export const textOf = (value: Val): string => {
  if (typeof value === "string") return value
  throw new FormulaError(`not a text: ${show(value)}`)
}
export const flagOf = (value: Val): boolean => {
  if (typeof value === "boolean") return value
  throw new FormulaError(`not a flag: ${show(value)}`)
}
export const listOf = (value: Val): readonly Val[] => {
  if (isList(value)) return value
  throw new FormulaError(`not a list: ${show(value)}`)
}
/** Whole numbers only: positions in lists, counts of months. */
export const wholeOf = (value: Val): number => {
  const number = numberOf(value)
  if (number.d !== 1n) throw new FormulaError(`not a whole number: ${show(value)}`)
  return Number(number.s * number.n)
}

/** For people, and as the shortest exact text: a decimal where it ends, a fraction where it does not. */
export const show = (value: Val): string => {
  if (isList(value)) return `[${value.map(show).join(", ")}]`
  if (!isNumber(value)) return typeof value === "string" ? `"${value}"` : String(value)
  const text = value.toString()
  return text.includes("(") ? value.toFraction() : text
}

/** Equal in kind and value; a list equals a list of the same length and members. */
export const same = (a: Val, b: Val): boolean => {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((one, i) => same(one, b[i] ?? null))
  if (isNumber(a)) return isNumber(b) && a.equals(b)
  return a === b
}

const numeric: ReadonlySet<string> = new Set(["fen", "months", "years", "rate", "index", "days", "count"])
const exactPattern = /^-?\d+(\.\d+)?(\/[1-9]\d*)?$/

/**
 * A value of a document as the formula sees it. Numbers that are not whole are text there (`"0.7219"`, `"367/12"`): the unit says
 * whether a text is a number.
 * @throws FormulaError when value and unit do not agree: an amount in fen is whole, a float never appears
 */
export const valueIn = (value: unknown, unit: string): Val => {
  if (Array.isArray(value)) return value.map((one) => valueIn(one, unit))
  if (value === null || typeof value === "boolean") return value
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new FormulaError(`not an exact number: ${value}`)
    if (!numeric.has(unit)) throw new FormulaError(`a number where the unit is ${unit}: ${value}`)
    return new Fraction(value)
  }
  if (typeof value !== "string") throw new FormulaError(`no value: ${JSON.stringify(value)}`)
  if (!numeric.has(unit)) return value
  if (!exactPattern.test(value)) throw new FormulaError(`not an exact number: ${value}`)
  return new Fraction(value)
}
