/** What a part of the benchmark has found, and the arithmetic of it. */

export type Aim = { readonly of: "ratio" | "value"; readonly kind: "at least" | "at most"; readonly bound: number }

export type Figure = {
  /** Stable name for programs, e.g. `intake.new_persons`. */
  readonly name: string
  readonly label: string
  readonly value: number
  readonly unit: string
  /** What it is held against, measured in the same run. */
  readonly against?: { readonly label: string; readonly value: number; readonly unit: string }
  /** Ours to the yardstick's; 1 = as fast. */
  readonly ratio?: number
  /** Lowest and highest ratio of one round. */
  readonly spread?: readonly [number, number]
  readonly aim?: Aim
  readonly note?: string
}

/** @param share 0 … 1; the nearest-rank percentile. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))]
  if (found === undefined) throw new Error("no values, no percentile")
  return found
}
export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Two figures of one series of latencies in ms. */
export const latencies = (name: string, label: string, values_ms: readonly number[], aimP99_ms?: number): Figure[] => [
  { name: `${name}.p50`, label: `${label}, p50`, value: median(values_ms), unit: "ms", note: `${values_ms.length} samples` },
  {
    name: `${name}.p99`,
    label: `${label}, p99`,
    value: percentile(values_ms, 0.99),
    unit: "ms",
    ...(aimP99_ms === undefined ? {} : { aim: { of: "value", kind: "at most", bound: aimP99_ms } as const }),
  },
]

/** Null: no aim was set. */
export const reached = ({ value, ratio, aim }: Figure): boolean | null => {
  if (aim === undefined) return null
  const found = aim.of === "ratio" ? ratio : value
  if (found === undefined) throw new Error("an aim of a ratio needs the ratio")
  return aim.kind === "at least" ? found >= aim.bound : found <= aim.bound
}

export const verdictOf = (figures: readonly Figure[]): string => {
  const missed = figures.filter((figure) => reached(figure) === false)
  if (missed.length === 0) return "Every aim was reached."
  return `Missed: ${missed.map(({ label, name }) => `${label} (${name})`).join("; ")}.`
}

const grouped = new Intl.NumberFormat("en-US")
export const shown = (value: number): string =>
  Math.abs(value) >= 100 ? grouped.format(Math.round(value)) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2)

export const ratioOf = ({ ratio, spread }: Figure): string => {
  if (ratio === undefined) return ""
  return spread === undefined ? ratio.toFixed(2) : `${ratio.toFixed(2)} (${spread.map((one) => one.toFixed(2)).join("-")})`
}

const cellsOf = (figure: Figure): string[] => {
  const { label, value, unit, against, aim } = figure
  const met = reached(figure)
  return [
    label,
    `${shown(value)} ${unit}`,
    against === undefined ? "" : `${shown(against.value)} ${against.unit}`,
    ratioOf(figure),
    aim === undefined ? "" : `${aim.kind === "at least" ? "≥" : "≤"} ${aim.bound}`,
    met === null ? "" : met ? "✓ reached" : "✗ missed",
  ]
}

const head = ["What", "Figure", "Yardstick", "Ratio", "Aim", ""]

/** A table for people, notes beneath it. */
export const table = (figures: readonly Figure[]): string => {
  const rows = [head, ...figures.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd()
  const rule = widths.map((width) => "─".repeat(width)).join("  ")
  const notes = figures.flatMap(({ label, against, note }) => [
    ...(against === undefined ? [] : [`  ${label}: held against ${against.label}`]),
    ...(note === undefined ? [] : [`  ${label}: ${note}`]),
  ])
  return [line(head), rule, ...rows.slice(1).map(line), "", "Notes", ...notes].join("\n")
}
