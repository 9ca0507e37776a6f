/**
 * Working days by the yearly calendar of the State Council, with its make-up days (调休): a Sunday can be a working day. The
 * calendar of a year is published late in the year before; until the library knows it, Monday to Friday stands in.
 */
import type { DateText } from "@tongzhang/domain/ids"
import chineseDays from "chinese-days"

// A CommonJS bundle: Node finds its functions on the default export only.
// oxlint-disable-next-line import/no-named-as-default-member
const { getDayDetail, isWorkday } = chineseDays
const day_ms = 86_400_000

/** Dates are calendar days, so they are moved in UTC, where no day is 23 hours long. */
const shifted = (date: DateText, days: number): DateText =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * day_ms).toISOString().slice(0, 10) as DateText

const known = new Map<number, boolean>()

/** True when the official calendar of that year is in the library: the National Day then has its name. */
export const calendarKnown = (year: number): boolean => {
  const cached = known.get(year)
  if (cached !== undefined) return cached
  const answer = getDayDetail(`${year}-10-01`).name.includes("国庆")
  known.set(year, answer)
  return answer
}

const isMondayToFriday = (date: DateText): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday >= 1 && weekday <= 5
}

// A board asks for the same few hundred days again and again; the library parses a date each time.
const answers = new Map<DateText, boolean>()

export const isWorkingDay = (date: DateText): boolean => {
  const cached = answers.get(date)
  if (cached !== undefined) return cached
  const answer = calendarKnown(Number(date.slice(0, 4))) ? isWorkday(date) : isMondayToFriday(date)
  if (answers.size > 20_000) answers.clear()
  answers.set(date, answer)
  return answer
}

/** The n-th working day after (n > 0) or before (n < 0) the date; the date itself is not counted. */
export const addWorkingDays = (date: DateText, n: number): DateText => {
  const step = n < 0 ? -1 : 1
  let left = Math.abs(n)
  let at = date
  while (left > 0) {
    at = shifted(at, step)
    if (isWorkingDay(at)) left--
  }
  return at
}

/** Working days after `a` up to and with `b`; negative when `b` lies before `a`. */
export const workingDaysBetween = (a: DateText, b: DateText): number => {
  if (b < a) return 0 - workingDaysBetween(b, a)
  let count = 0
  for (let at = a; at < b;) {
    at = shifted(at, 1)
    if (isWorkingDay(at)) count++
  }
  return count
}
