/**
 * Month 费款所属期 (AAE003): the month a payment is *for*, never the day it arrived. The unit of every entitlement.
 * Text `YYYY-MM`, so that comparing two with `<` is comparing their dates.
 */
import { type Either, left, right } from "fp-ts/lib/Either.js"

export type YearMonth = string & { readonly YearMonth: unique symbol }

export const monthMin = "1950-01" as YearMonth
export const monthMax = "2149-12" as YearMonth

const pattern = /^(\d{4})-(0[1-9]|1[0-2])$/

export const isYearMonth = (text: string): text is YearMonth => pattern.test(text) && text >= monthMin && text <= monthMax

export const parseMonth = (text: string): Either<string, YearMonth> =>
  isYearMonth(text) ? right(text) : left(`not a month YYYY-MM between ${monthMin} and ${monthMax}: ${text}`)

/** For constants and tests: throws on a malformed month. */
export const month = (text: string): YearMonth => {
  if (!isYearMonth(text)) throw new Error(`not a month: ${text}`)
  return text
}

/** Months since 0000-01, for arithmetic and bitmaps. */
export const indexOf = (value: YearMonth): number =>
  (value.charCodeAt(0) - 48) * 12_000 +
  (value.charCodeAt(1) - 48) * 1_200 +
  (value.charCodeAt(2) - 48) * 120 +
  (value.charCodeAt(3) - 48) * 12 +
  (value.charCodeAt(5) - 48) * 10 +
  (value.charCodeAt(6) - 48) -
  1

// One string per month for the whole process: 2,400 short strings instead of millions.
const names = new Map<number, YearMonth>()

export const fromIndex = (index: number): YearMonth => {
  const known = names.get(index)
  if (known !== undefined) return known
  const text = `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}` as YearMonth
  names.set(index, text)
  return text
}

export const addMonths = (value: YearMonth, count: number): YearMonth => fromIndex(indexOf(value) + count)
/** Months from `from` to `to`, both counted; 0 or less when `to` is before `from`. */
export const monthsBetween = (from: YearMonth, to: YearMonth): number => indexOf(to) - indexOf(from) + 1
export const yearOf = (value: YearMonth): number => Number(value.slice(0, 4))
export const monthOfDate = (date: string): YearMonth => date.slice(0, 7) as YearMonth

/** Every month of the closed range, in order. */
export const monthsOf = (from: YearMonth, to: YearMonth): YearMonth[] => {
  const months: YearMonth[] = []
  for (let index = indexOf(from); index <= indexOf(to); index++) months.push(fromIndex(index))
  return months
}
