/** Reading cases defensively: a file from outside may hold numbers as text or numbers, and other fields than the ones seen so far. */
import { Fraction } from "fraction.js"

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value)

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

const numeral = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?%?$/i

/** A number, or text that is one (`"1432.40"`, `"1,432.40"`, `"8%"`); null for anything else. */
export const exactOf = (value: unknown): Fraction | null => {
  if (typeof value === "number") return Number.isFinite(value) ? new Fraction(String(value)) : null
  if (typeof value !== "string") return null
  const text = value.replace(/[,，\s]/g, "").replace(/(元|yuan)$/i, "")
  if (!numeral.test(text)) return null
  return text.endsWith("%") ? new Fraction(text.slice(0, -1)).div(100) : new Fraction(text)
}

/** The first of the names that is there and not null. */
export const pick = (from: Fields, ...names: readonly string[]): unknown => {
  for (const name of names) {
    const value = from[name]
    if (value !== undefined && value !== null && value !== "") return value
  }
  return undefined
}

export const numberOf = (from: Fields, ...names: readonly string[]): Fraction | null => exactOf(pick(from, ...names))

export const textOf = (from: Fields, ...names: readonly string[]): string | null => {
  const value = pick(from, ...names)
  return typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : null
}

/** Yuan to whole fen; null when it is no amount or has a part of a fen. */
export const fenFrom = (yuan: Fraction | null): number | null => {
  if (yuan === null) return null
  const amount = yuan.mul(100)
  return amount.d === 1n ? Number(amount.s * amount.n) : null
}

/** Yuan to fen, parts of a fen kept: nothing that a rule computes is equal to such an amount, and nothing may pass for want of one. */
export const printedFenFrom = (yuan: Fraction | null): number | null => (yuan === null ? null : yuan.mul(100).valueOf())

/** Fen as the cases print amounts: `"1432.40"`. */
export const yuanText = (fen: number): string => (fen / 100).toFixed(2)

/** Digits after the point of a number as printed; 0 for whole ones. */
export const decimalsOf = (value: unknown): number => {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : ""
  return text.includes(".") ? text.length - text.indexOf(".") - 1 : 0
}

/** Whether two values say the same: numbers by value (`"1432.40"` is 1432.4), lists and objects entry by entry. */
export const same = (expected: unknown, got: unknown): boolean => {
  const a = exactOf(expected)
  const b = exactOf(got)
  if (a !== null && b !== null) return a.equals(b)
  if (Array.isArray(expected) && Array.isArray(got))
    return expected.length === got.length && expected.every((value, i) => same(value, got[i]))
  if (isFields(expected) && isFields(got)) return Object.keys(expected).every((key) => same(expected[key], got[key]))
  return typeof expected === "string" && typeof got === "string" ? expected.trim() === got.trim() : expected === got
}
