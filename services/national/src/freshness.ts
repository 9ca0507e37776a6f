/** How old each province's data is: a province that is silent is shown as stale, never as zero. */
import { type ProvinceCode, provinceCodes, provinces } from "@tongzhang/domain/codes"
import type { FreshnessTable } from "@tongzhang/record/tables"
import { z } from "zod"
import { daysBetween } from "./moments.js"

export const freshnessLimits = {
  /** Provinces send once a month; a week later somebody should ask. */
  stale_after_days: 40,
} as const

export const freshnessSchema = z.object({
  province: z.string(),
  zh: z.string(),
  en: z.string(),
  state: z.enum(["fresh", "stale", "never"]),
  /** Of the newest feed or fact; null when there was none. */
  lastHeard: z.iso.datetime().nullable(),
  days: z.int().nullable(),
  feeds: z.int(),
  rows: z.int(),
})
export type Freshness = z.infer<typeof freshnessSchema>

const one = (province: ProvinceCode, row: FreshnessTable | undefined, now: number): Freshness => {
  const heard = [row?.received_at, row?.settled_at, row?.last_event_at].filter((at) => typeof at === "number")
  const last = heard.length === 0 ? null : Math.max(...heard)
  const days = last === null ? null : Math.max(daysBetween(last, now), 0)
  return {
    province,
    ...provinces[province],
    state: days === null ? "never" : days > freshnessLimits.stale_after_days ? "stale" : "fresh",
    lastHeard: last === null ? null : new Date(last).toISOString(),
    days,
    feeds: row?.feeds ?? 0,
    rows: row?.rows ?? 0,
  }
}

/** One line per province of the country, whether it ever sent anything or not. `now` in ms since 1970. */
export const freshnessOf = (rows: readonly FreshnessTable[], now: number): Freshness[] => {
  const byProvince = new Map(rows.map((row) => [row.province, row]))
  return provinceCodes.map((province) => one(province, byProvince.get(province), now))
}
