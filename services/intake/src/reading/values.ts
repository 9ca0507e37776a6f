/**
 * One cell's text into one value, as forgiving about writing as a clerk would be and never about meaning. Results are memoised:
 * a province's month has 10 million rows and a few hundred different months, dates and amounts.
 */
import { isYearMonth, type YearMonth } from "@tongzhang/domain/month"
import type { DateText } from "@tongzhang/domain/ids"
import type { Fen } from "@tongzhang/domain/money"

/** What is wrong with a cell; the caller adds the column's name. */
export type ValueProblem =
  | "MONTH_FORMAT"
  | "MONTH_RANGE"
  | "DATE_FORMAT"
  | "AMOUNT_FORMAT"
  | "AMOUNT_DECIMALS"
  | "AMOUNT_NEGATIVE"
  | "AMOUNT_TOO_LARGE"
  | "NUMBER_FORMAT"
  | "RATE_FORMAT"
  | "FLAG_FORMAT"
export type Value<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ValueProblem }

const good = <T>(value: T): Value<T> => ({ ok: true, value })
const bad = (problem: ValueProblem): Value<never> => ({ ok: false, problem })

const remembered_max = 50_000

const memo = <T>(parse: (text: string) => Value<T>): ((text: string) => Value<T>) => {
  const known = new Map<string, Value<T>>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = parse(text)
    if (known.size >= remembered_max) known.clear()
    known.set(text, value)
    return value
  }
}

const blanks = new Set(["-", "--", "—", "/", "\\N", "NULL", "null", "N/A", "无"])

/** Trimmed, half-width; empty for a blank cell and for the marks people type into one. */
export const cellText = (raw: string | undefined): string => {
  if (raw === undefined || raw === "") return ""
  // oxlint-disable-next-line no-control-regex
  const text = (/^[\x21-\x7e]+$/.test(raw) ? raw : raw.normalize("NFKC").trim()).replace(/^\uFEFF/, "")
  // Excel's trick to keep a number as text: ="0123" or a leading apostrophe.
  const plain = text.startsWith("=") ? text.replace(/^="?(.*?)"?$/, "$1") : text.startsWith("'") ? text.slice(1) : text
  return plain.length <= 4 && blanks.has(plain) ? "" : plain
}

// Days since 1899-12-30; 1950-01-01 is 18264, 2149-12-31 is 91312.
const excelDate = (text: string): string | null => {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return null
  const serial = Math.floor(Number(text))
  if (serial < 18_264 || serial > 91_312) return null
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
}

const datePattern = /^(\d{4})([-/.年]?)(\d{1,2})([-/.月]?)(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?$/

const dateParts = (text: string): string | null => {
  const serial = excelDate(text)
  if (serial !== null) return serial
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const match = compact ?? datePattern.exec(text)
  if (match === null) return null
  const [year, month, day] = compact === null ? [match[1], match[3], match[5]] : [match[1], match[2], match[3]]
  if (compact === null && (match[2] === "" || match[4] === "")) return null
  const date = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`
  const parsed = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date ? null : date
}

export const dateOf = memo<DateText>((text) => {
  const date = dateParts(text)
  return date === null ? bad("DATE_FORMAT") : good(date as DateText)
})

// Without a separator a month has two digits: 45292 is a day of Excel, not February 4529.
const monthPattern = /^(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))月?$/

/** A full date counts as its month: many systems export the first day of it. */
export const monthOf = memo<YearMonth>((text) => {
  const match = monthPattern.exec(text)
  const month = match === null ? dateParts(text)?.slice(0, 7) : `${match[1]}-${(match[2] ?? match[3])?.padStart(2, "0")}`
  if (month === undefined || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return bad("MONTH_FORMAT")
  return isYearMonth(month) ? good(month) : bad("MONTH_RANGE")
})

const oneMonth = String.raw`\d{4}(?:[-/.]\d{1,2}|年\d{1,2}月?|\d{2})`
const rangePattern = new RegExp(`^(${oneMonth})\\s*(?:-|~|～|—|–|至|到)+\\s*(${oneMonth})$`, "u")

export type Months = { readonly from: YearMonth; readonly to: YearMonth }

/** One month, or a range `202401-202412`, `2024年1月至2024年12月`. */
export const monthsOf = memo<Months>((text) => {
  const single = monthOf(text)
  if (single.ok) return good({ from: single.value, to: single.value })
  const range = rangePattern.exec(text)
  if (range === null) return single
  const from = monthOf(range[1] ?? "")
  const to = monthOf(range[2] ?? "")
  return from.ok ? (to.ok ? good({ from: from.value, to: to.value }) : to) : from
})

/** Below this a sum of all lines of a person stays a safe integer by a wide margin: ten billion yuan. */
const fen_max = 1_000_000_000_000

/** Yuan as people write them (`1,509.60`, `¥1509.6`, `1509.60元`) into whole fen, digit by digit: no float touches money. */
export const fenOf = memo<Fen>((text) => {
  const plain = text.replaceAll(/[¥￥,\s元]/gu, "")
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(plain)
  if (match === null) return bad("AMOUNT_FORMAT")
  // A comma that does not stand between groups of three is a decimal comma or a slip: 1509,60
  if (text.includes(",") && !/\d{1,3}(,\d{3})+(?!\d)/.test(text)) return bad("AMOUNT_FORMAT")
  const [, sign = "", yuan = "0", decimals = ""] = match
  if (/[1-9]/.test(decimals.slice(2))) return bad("AMOUNT_DECIMALS")
  if (yuan.length > 13) return bad("AMOUNT_TOO_LARGE")
  const fen = Number(yuan) * 100 + Number(decimals.slice(0, 2).padEnd(2, "0"))
  if (sign === "-" && fen !== 0) return bad("AMOUNT_NEGATIVE")
  return fen > fen_max ? bad("AMOUNT_TOO_LARGE") : good(fen as Fen)
})

export const wholeOf = memo<number>((text) => (/^\d{1,9}(\.0+)?$/.test(text) ? good(Number(text)) : bad("NUMBER_FORMAT")))

/** `8.31%` and `8.31` are 831 basis points; a bare 0.0831 is what a percent cell of a workbook holds. */
export const rateOf = memo<number>((text) => {
  const match = /^(\d{1,2}(?:\.\d{1,4})?)(%?)$/.exec(text)
  if (match === null) return bad("RATE_FORMAT")
  const number = Number(match[1])
  const percent = match[2] === "" && number < 0.3 ? number * 100 : number
  const points = Math.round(percent * 1e6) / 1e4
  return Number.isInteger(points) ? good(points) : bad("RATE_FORMAT")
})

const flags: Readonly<Record<string, boolean>> = {
  是: true,
  Y: true,
  YES: true,
  TRUE: true,
  "1": true,
  否: false,
  N: false,
  NO: false,
  FALSE: false,
  "0": false,
}
export const flagOf = (text: string): Value<boolean> => {
  const flag = flags[text.toUpperCase()]
  return flag === undefined ? bad("FLAG_FORMAT") : good(flag)
}
