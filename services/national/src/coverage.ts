/**
 * Coverage of one month by province, channel and sex, as known on any day. Two counts stand beside each other, one the denominator of the
 * other: participations in force (formal coverage), and those of them with the month paid (effective coverage).
 */
import { type ProvinceCode, provinceCodes, provinces, type SchemeCode, schemes } from "@tongzhang/domain/codes"
import type { CoverageOfMonth, CoverageOfMonths } from "@tongzhang/record/coverage-queries"
import { z } from "zod"
import { type Freshness, freshnessLimits } from "./freshness.js"
import { statisticsLimits } from "./statistics.js"

const held = z.int().nullable().describe("null: held back, because the cell or a part of it is smaller than 5")
const cell = z.object({
  sex: z.enum(["male", "female", "unregistered"]),
  channel: z.enum(["employee", "flexible", "resident", "unstated"]),
  enrolled: held,
  paid: held,
})
export const dataStates = ["fresh", "partial", "stale", "none", "never"] as const

const about = {
  scheme: z.string(),
  scheme_zh: z.string(),
  knownOn: z.string().describe("what was recorded up to the end of this day, in China"),
  dataOf: z.iso.datetime().nullable().describe("time of the newest fact folded"),
  definitions: z.object({ zh: z.string(), en: z.string() }),
  protection: z.object({ zh: z.string(), en: z.string() }).nullable().describe("null where nothing is held back"),
  span: z.object({ first: z.string(), last: z.string() }).nullable().describe("months in which anybody has paid"),
}
export const coverageSchema = z.object({
  ...about,
  month: z.string().nullable().describe("null: nothing is known of the scheme"),
  persons: z.int().describe("persons in the ledger now, in any scheme"),
  provinces: z.array(
    z.object({
      province: z.string(),
      zh: z.string(),
      en: z.string(),
      state: z
        .enum(dataStates)
        .describe(
          "partial: last heard of before the month was over; none: sends data, but none of this scheme; stale, never: silent",
        ),
      lastHeard: z.string().nullable(),
      cells: z.array(cell),
      suppressed: z.int(),
    }),
  ),
})
export const trendSchema = z.object({
  ...about,
  province: z.string(),
  months: z.array(z.object({ month: z.string(), cells: z.array(cell), suppressed: z.int() })),
})
export type Coverage = z.infer<typeof coverageSchema>
export type Trend = z.infer<typeof trendSchema>
type Cell = z.infer<typeof cell>

export const definitions = {
  zh: "参保：当月处于参保期内的关系（按各省报送的参保、停保、变更）；实缴：其中当月在该省已缴费入账的关系。一人在两省或两险种参保计两次；转移不改变过去月份在哪里缴的费",
  en: "enrolled: participations in force in the month, by the terms the province reported; paid: relations with that month paid there. A person with two relations counts twice; a transfer does not change where past months were paid",
}
export const protection = {
  zh: "少于 5 的单元（或参保与实缴之差少于 5 的单元）不公布，合计只加已公布的单元，因此按性别、渠道、省份增减筛选不能倒推。不能防止：对同一单元比较相邻月份或相邻已知日期",
  en: "cells below 5 (or whose enrolled and paid differ by less than 5) are held back and sums add shown cells only, so no choice of sex, channel or province gives one away. Not protected: the same cell compared between two months or two known days",
}

const toCell = ({ sex, capacity, enrolled, paid }: CoverageOfMonth): Cell => ({
  sex: sex ?? "unregistered",
  channel: capacity ?? "unstated",
  enrolled,
  paid,
})

const isSmall = (count: number): boolean => count > 0 && count < statisticsLimits.smallest_cell
const mustHide = ({ enrolled, paid }: CoverageOfMonth): boolean =>
  isSmall(enrolled) || isSmall(paid) || isSmall(Math.abs(enrolled - paid))

/**
 * Holds small cells back. Where what is hidden of one sex in one province would follow from a total known from elsewhere (`/statistics`
 * gives the sum of its channels), the smallest cell beside it is hidden, too.
 */
export const withheld = (rows: readonly CoverageOfMonth[]): { readonly cells: Cell[]; readonly suppressed: number } => {
  const hidden = new Set(rows.filter(mustHide))
  for (const sex of new Set(rows.map((row) => row.sex))) {
    const group = rows.filter((row) => row.sex === sex)
    const gone = group.filter((row) => hidden.has(row))
    const sum = gone.reduce((all, row) => all + row.enrolled, 0)
    const [smallest] = group.filter((row) => !hidden.has(row)).sort((a, b) => a.enrolled - b.enrolled)
    if (gone.length > 0 && (gone.length === 1 || isSmall(sum)) && smallest !== undefined) hidden.add(smallest)
  }
  const cells = rows.map((row) => (hidden.has(row) ? { ...toCell(row), enrolled: null, paid: null } : toCell(row)))
  return { cells, suppressed: hidden.size }
}

const day_ms = 86_400_000
const daysBetween = (a: string, b: string): number => Math.round((Date.parse(b) - Date.parse(a)) / day_ms)

type Known = {
  readonly knownOn: string
  /** Whether a day was asked for: freshness is known for now only, and a past day is judged by what was booked until then. */
  readonly isPast: boolean
  readonly month: string
  readonly heard: ReadonlyMap<string, string>
  readonly freshness: readonly Freshness[]
}

/** How far a province's figures of the month can be trusted; a silent province is no zero. */
export const dataStateOf = (
  province: ProvinceCode,
  { knownOn, isPast, month, heard, freshness }: Known,
): { readonly state: (typeof dataStates)[number]; readonly lastHeard: string | null } => {
  const inScheme = heard.get(province) ?? null
  const now = freshness.find((one) => one.province === province)?.lastHeard?.slice(0, 10) ?? null
  const last = isPast ? inScheme : now
  if (last === null) return { state: "never", lastHeard: null }
  if (inScheme === null) return { state: "none", lastHeard: last }
  const state =
    daysBetween(last, knownOn) > freshnessLimits.stale_after_days ? "stale" : last.slice(0, 7) <= month ? "partial" : "fresh"
  return { state, lastHeard: last }
}

type Options = Omit<Known, "month"> & {
  readonly scheme: SchemeCode
  readonly month: string | null
  readonly rows: readonly CoverageOfMonth[]
  readonly persons: number
  readonly dataOf: number | null
  readonly span: { readonly first: string; readonly last: string } | null
  /** The center sees every record anyway. */
  readonly whole: boolean
}

const aboutOf = ({
  scheme,
  knownOn,
  dataOf,
  span,
  whole,
}: Pick<Options, "scheme" | "knownOn" | "dataOf" | "span" | "whole">) => ({
  scheme,
  scheme_zh: schemes[scheme].zh,
  knownOn,
  dataOf: dataOf === null ? null : new Date(dataOf).toISOString(),
  definitions,
  protection: whole ? null : protection,
  span,
})

const shownCells = (rows: readonly CoverageOfMonth[], whole: boolean): { readonly cells: Cell[]; readonly suppressed: number } =>
  whole ? { cells: rows.map(toCell), suppressed: 0 } : withheld(rows)

/** Every province of the country has its line, also those of which nothing is known. */
export const coverageOf = (options: Options): Coverage => {
  const { rows, month, persons, whole } = options
  return {
    ...aboutOf(options),
    month,
    persons,
    provinces: provinceCodes.map((province) => ({
      province,
      ...provinces[province],
      ...dataStateOf(province, { ...options, month: month ?? "" }),
      ...shownCells(
        rows.filter((row) => row.province === province),
        whole,
      ),
    })),
  }
}

/** One province month by month. */
export const trendOf = (
  options: Pick<Options, "scheme" | "knownOn" | "dataOf" | "span" | "whole"> & {
    readonly province: ProvinceCode
    readonly rows: readonly CoverageOfMonths[]
  },
): Trend => {
  const byMonth = new Map<string, CoverageOfMonths[]>()
  for (const row of options.rows) byMonth.set(row.month, [...(byMonth.get(row.month) ?? []), row])
  return {
    ...aboutOf(options),
    province: options.province,
    months: [...byMonth].map(([month, rows]) => ({ month, ...shownCells(rows, options.whole) })),
  }
}
