/** Days and moments as requests write them, in China (+08:00). */
import type { DateText } from "@tongzhang/domain/ids"
import { addMonths, type YearMonth } from "@tongzhang/domain/month"
import type { Position } from "@tongzhang/event-store/port"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"

const china_ms = 8 * 3_600_000
const day_ms = 86_400_000

/** Calendar date in China. */
export const dateAt = (now: number): DateText => new Date(now + china_ms).toISOString().slice(0, 10) as DateText
/** The last month that is over. */
export const lastFullMonth = (now: number): YearMonth => addMonths(dateAt(now).slice(0, 7) as YearMonth, -1)
export const daysBetween = (from_ms: number, to_ms: number): number => Math.floor((to_ms - from_ms) / day_ms)

/** A day (its end, in China), a moment with its offset, or a log position. */
export const knownAtText = z
  .string()
  .regex(/^[\w.:+-]{1,80}$/u)
  .describe("YYYY-MM-DD (end of that day, +08:00), an ISO moment with offset, or a log position")

export type Known = { readonly knownAt: number } | { readonly upTo: Position }

const moment = z.iso.datetime({ offset: true })

/** Throws KNOWN_AT_FORMAT for a day or moment that does not exist. */
export const knownOf = (text: string): Known => {
  // A plus sign in a query arrives as a space unless it was escaped.
  if (/^\d{4}-\d\d-\d\d$/u.test(text) && z.iso.date().safeParse(text).success)
    return { knownAt: Date.parse(`${text}T23:59:59.999+08:00`) }
  if (moment.safeParse(text).success) return { knownAt: Date.parse(text) }
  if (!/^\d{4}-/u.test(text)) return { upTo: text as Position }
  throw problem({
    status: 400,
    rule: "KNOWN_AT_FORMAT",
    field: "knownAt",
    hint_zh: "请使用日期 2023-05-01、带时区的时间 2023-05-01T12:00:00Z，或事件位置",
    hint_en: "Write a day 2023-05-01, a moment with offset 2023-05-01T12:00:00Z, or a log position",
  })
}
