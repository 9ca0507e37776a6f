/** Coverage as it is read: cells chosen and added up, classes of the map's scale, and never a zero where nothing is known. */
import type { CoverageAnswer, CoverageCell, CoverageProvince } from "./types.js"

export const measures = ["enrolled", "paid", "share"] as const
/** `enrolled`: participations in force; `paid`: those of them with the month paid; `share`: paid of enrolled, 0 to 1. */
export type Measure = (typeof measures)[number]
export const sexes = ["female", "male", "unregistered"] as const satisfies readonly CoverageCell["sex"][]
export const channels = ["employee", "flexible", "resident", "unstated"] as const satisfies readonly CoverageCell["channel"][]

/** Null: everybody. */
export type Chosen = { readonly sex: CoverageCell["sex"] | null; readonly channel: CoverageCell["channel"] | null }

export type Sum = {
  /** Of the shown cells; null when all there are are held back. */
  readonly enrolled: number | null
  readonly paid: number | null
  readonly share: number | null
  /** Cells held back, because they are small. */
  readonly held: number
}

export const chosenOf = (cells: readonly CoverageCell[], { sex, channel }: Chosen): CoverageCell[] =>
  cells.filter((cell) => (sex === null || cell.sex === sex) && (channel === null || cell.channel === channel))

/** Adds up what is shown. Both counts of a cell are held back together, so the share is one of shown cells only. */
export const sumOf = (cells: readonly CoverageCell[]): Sum => {
  const open = cells.filter(({ enrolled, paid }) => enrolled !== null && paid !== null)
  const held = cells.length - open.length
  if (open.length === 0 && held > 0) return { enrolled: null, paid: null, share: null, held }
  const enrolled = open.reduce((sum, cell) => sum + (cell.enrolled ?? 0), 0)
  const paid = open.reduce((sum, cell) => sum + (cell.paid ?? 0), 0)
  return { enrolled, paid, share: enrolled === 0 ? null : paid / enrolled, held }
}

/** Nothing is known, which is no zero. */
export const unknown: Sum = { enrolled: null, paid: null, share: null, held: 0 }

/**
 * A province's part. Where there is no cell at all, only a province that sends its data and is up to date has nobody (zero): of the
 * others it is not known.
 */
export const provinceSum = ({ cells, state }: CoverageProvince, chosen: Chosen): Sum =>
  cells.length === 0 && state !== "fresh" ? unknown : sumOf(chosenOf(cells, chosen))

export const nationCells = ({ provinces }: CoverageAnswer): CoverageCell[] => provinces.flatMap(({ cells }) => cells)

/** How many provinces stand in which state. */
export const statesOf = ({ provinces }: CoverageAnswer): Readonly<Record<CoverageProvince["state"], number>> => {
  const count = { fresh: 0, partial: 0, stale: 0, none: 0, never: 0 }
  for (const { state } of provinces) count[state]++
  return count
}

/** Light to dark; ink is dark on the first three and white on the last two, each at 4.5 : 1 or better (WCAG 1.4.3). */
export const scale = [
  { fill: "#e6f0f7", ink: "#16212c" },
  { fill: "#bcd9ea", ink: "#16212c" },
  { fill: "#83b8d8", ink: "#16212c" },
  { fill: "#22719f", ink: "#ffffff" },
  { fill: "#0a3f61", ink: "#ffffff" },
] as const

/** Upper ends of the five classes: fifths of a round number that the largest value fits under; of a share: fifths of 1. */
export const classEnds = (measure: Measure, values: readonly (number | null)[]): number[] => {
  if (measure === "share") return [0.2, 0.4, 0.6, 0.8, 1]
  const largest = Math.max(scale.length, ...values.map((value) => value ?? 0))
  const power = 10 ** Math.floor(Math.log10(largest / scale.length))
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => Number.isInteger(one) && one * scale.length >= largest)
  const width = step ?? Math.ceil(largest / scale.length)
  return scale.map((_, i) => (i + 1) * width)
}

/** 0 to 4; a value on the border belongs below. */
export const classOf = (value: number, ends: readonly number[]): number => {
  const at = ends.findIndex((end) => value <= end)
  return at === -1 ? ends.length - 1 : at
}

/** Short enough for a tile: `985`, `1.2万`, `34万` / `12k`, `3.4M`; a share as `86%`. */
export const onTile = (value: number | null, measure: Measure, language: "zh" | "en"): string => {
  if (value === null) return "—"
  // A share is cut, not rounded: 99.6 % is not everybody.
  if (measure === "share") return `${value === 1 ? 100 : Math.floor(value * 100)}%`
  const units =
    language === "zh"
      ? ([
          [1e8, "亿"],
          [1e4, "万"],
        ] as const)
      : ([
          [1e6, "M"],
          [1e3, "k"],
        ] as const)
  const [size, name] = units.find(([one]) => value >= one) ?? [1, ""]
  if (size === 1) return String(value)
  const scaled = value / size
  return `${scaled < 100 ? Number((Math.floor(scaled * 10) / 10).toFixed(1)) : Math.floor(scaled)}${name}`
}
