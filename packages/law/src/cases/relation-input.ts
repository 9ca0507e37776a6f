/** Reading the inputs of cases about relations: provinces under any name, months, flags, ranges. */
import { isProvince, type ProvinceCode, provinces } from "@tongzhang/domain/codes"
import { isYearMonth, type YearMonth } from "@tongzhang/domain/month"
import { given, type Unit, type Valued, type Value } from "../explain/explained.js"
import type { ExplainedRange } from "../rules/months.js"
import type { CaseAnswer } from "./case.js"
import { exactOf, fenFrom, type Fields, isFields, numberOf, pick } from "./read.js"

export const unsupported = (why: string): CaseAnswer => ({ unsupported: why })

/** What the case states, as an operand. */
export const stated = <T extends Value>(value: T, unit: Unit, what = "input"): Valued<T> => given(value, unit, "题目所给", what)
export const amount = (value: number, what = "amount"): Valued<number> => stated(value, "fen", what)
export const count = (value: number, unit: Unit = "months"): Valued<number> => stated(value, unit)

/** The one-character names of provinces in numbers of documents (京人社发). */
const shortNames =
  "京11津12冀13晋14蒙15辽21吉22黑23沪31苏32浙33皖34闽35赣36鲁37豫41鄂42湘43粤44桂45琼46渝50川51黔52云53藏54陕61甘62青63宁64新65"
const byShortName = new Map(
  Array.from(shortNames.matchAll(/(\p{Script=Han})(\d\d)/gu), ([, name = "", code = ""]) => [name, code]),
)

/** `51`, `5101`, `510000`, `四川省成都市`, `Sichuan`; null for anything else. */
export const provinceIn = (value: unknown): ProvinceCode | null => {
  if (typeof value !== "string" && typeof value !== "number") return null
  const text = String(value).trim()
  const digits = /^(\d{2})(\d{2}|\d{4})?$/.exec(text)?.[1]
  if (digits !== undefined) return isProvince(digits) ? digits : null
  const named = Object.entries(provinces).findLast(
    ([, { zh, en }]) => text.startsWith(zh) || text.toLowerCase().startsWith(en.toLowerCase()),
  )
  return named !== undefined && isProvince(named[0]) ? named[0] : null
}

export const provinceOf = (input: Fields, ...names: readonly string[]): ProvinceCode | null => provinceIn(pick(input, ...names))

/** The province that issued a document: 京人社发〔2025〕11号 is 北京's. */
export const provinceOfDocument = (text: unknown): ProvinceCode | null => {
  const name = typeof text === "string" ? /^(\p{Script=Han})(?=人社|医保|政|府|劳社)/u.exec(text)?.[1] : undefined
  const code = name === undefined ? undefined : byShortName.get(name)
  return code !== undefined && isProvince(code) ? code : null
}

/** `2019-03`, `2019-3`, `2019-03-15`, `201903`; null for anything else. */
export const monthIn = (value: unknown): YearMonth | null => {
  const found =
    typeof value === "string" || typeof value === "number" ? /^(\d{4})[-./]?(\d{1,2})(?!\d{3})/.exec(String(value)) : null
  const month = found === null ? "" : `${found[1]}-${found[2]?.padStart(2, "0")}`
  return isYearMonth(month) ? month : null
}

/** A day; a month is its first day, a year its first month's. */
export const dayIn = (value: unknown): string | null => {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : ""
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const month = /^\d{4}$/.test(text) ? monthIn(`${text}-01`) : monthIn(text)
  return month === null ? null : `${month}-01`
}

const yes = /^(true|yes|y|1|是)$/i
const no = /^(false|no|n|0|否|none)$/i
/** A flag however it is written; null when it is not there. */
export const flagIn = (value: unknown): boolean | null => {
  if (typeof value === "boolean") return value
  const text = typeof value === "string" || typeof value === "number" ? String(value) : ""
  return yes.test(text) ? true : no.test(text) ? false : null
}
export const flagOf = (input: Fields, ...names: readonly string[]): boolean | null => flagIn(pick(input, ...names))

export const wholeOf = (input: Fields, ...names: readonly string[]): number | null => {
  const value = numberOf(input, ...names)
  return value !== null && value.d === 1n ? value.valueOf() : null
}
export const fenOf = (input: Fields, ...names: readonly string[]): number | null => fenFrom(numberOf(input, ...names))

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])
export const fieldsIn = (value: unknown): readonly Fields[] => listOf(value).filter(isFields)

/** Ranges of a relation: `from`/`to`, a list of ranges, or a list of single months. */
export const rangesOf = (relation: Fields): readonly ExplainedRange[] => {
  const from = monthIn(pick(relation, "from", "start", "since"))
  const to = monthIn(pick(relation, "to", "end", "until"))
  if (from !== null && to !== null) return [{ from: stated<string>(from, "month"), to: stated<string>(to, "month") }]
  return listOf(pick(relation, "months", "ranges", "periods", "segments")).flatMap((one) => {
    if (isFields(one)) return rangesOf(one)
    const month = monthIn(one)
    return month === null ? [] : [{ from: stated<string>(month, "month"), to: stated<string>(month, "month") }]
  })
}

/** Day whose law is asked for. */
export const ruleDateOf = (input: Fields, otherwise = "2026-01-01"): string =>
  dayIn(pick(input, "ruleDate", "on", "asOf", "date", "applicationDate")) ?? otherwise

export const rateIn = (value: unknown): string | null => exactOf(value)?.toFraction() ?? null
export const rateOf = (input: Fields, ...names: readonly string[]): string | null => rateIn(pick(input, ...names))
