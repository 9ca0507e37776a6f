/** Months `YYYY-MM` and dates `YYYY-MM-DD` as text, counted without a clock or a time zone. */
import { FormulaError } from "./value.js"

const monthPattern = /^(\d{4})-(0[1-9]|1[0-2])$/
const datePattern = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** Months since year 0. */
export const monthIndex = (month: string): number => {
  const found = monthPattern.exec(month)
  if (found === null) throw new FormulaError(`not a month: ${month}`)
  return Number(found[1]) * 12 + Number(found[2]) - 1
}
export const monthText = (index: number): string =>
  `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`

const lastDay = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()

/** A month gives a month; a date gives a date, not later than that month's last day. */
export const addMonths = (text: string, count: number): string => {
  const month = monthText(monthIndex(text.slice(0, 7)) + count)
  if (text.length === 7) return month
  const day = dayIndex(text) - dayIndex(`${text.slice(0, 7)}-01`) + 1
  return `${month}-${String(Math.min(day, lastDay(month))).padStart(2, "0")}`
}
/** Both ends count. */
export const monthsBetween = (from: string, to: string): number => monthIndex(to) - monthIndex(from) + 1

/** Every month of a closed range; none when it is backwards. */
export const monthsOf = (from: string, to: string): string[] => {
  const months: string[] = []
  for (let index = monthIndex(from); index <= monthIndex(to); index++) months.push(monthText(index))
  return months
}

/** Days since 1970-01-01, in a calendar where every day has 24 hours. */
const dayIndex = (date: string): number => {
  const time = datePattern.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  // `2025-02-30` is a date to the parser, and another day.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) throw new FormulaError(`not a date: ${date}`)
  return Math.round(time / 86_400_000)
}
export const addDays = (date: string, count: number): string =>
  new Date((dayIndex(date) + count) * 86_400_000).toISOString().slice(0, 10)
/** The first day is not counted. */
export const daysBetween = (from: string, to: string): number => dayIndex(to) - dayIndex(from)

export const yearOf = (text: string): number => {
  const found = /^(\d{4})-/.exec(text)
  if (found === null) throw new FormulaError(`not a month: ${text}`)
  return Number(found[1])
}
/** 1 January … 12 December. */
export const monthOfYear = (month: string): number => (monthIndex(month.slice(0, 7)) % 12) + 1
