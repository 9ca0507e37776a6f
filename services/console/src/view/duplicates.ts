/** Duplicates as people compare them: which months both sides paid, who reported them, how long a decision may be taken back. Pure. */
import { addMonths, type YearMonth } from "@tongzhang/domain/month"
import { months, ofRanges } from "@tongzhang/domain/month-set"

type Range = { readonly from: string; readonly to: string }

export const monthsIn = (ranges: readonly Range[]): readonly string[] =>
  months(ofRanges(ranges as Parameters<typeof ofRanges>[0]))

/** `44_110_claim` -> the relation behind it. */
export const relationOf = (side: string): string => side.split("_").slice(0, 2).join("_")

export type YearRow = {
  readonly year: string
  /** Twelve months: counted by A, by B, by both and in the case, or by nobody. */
  readonly cells: readonly ("a" | "b" | "both" | "none")[]
}

/** The years of the case with one year around it, so that one sees how each side went on. */
export const overlapMatrix = (overlap: readonly Range[], a: readonly Range[], b: readonly Range[]): readonly YearRow[] => {
  const [both, mine, theirs] = [new Set(monthsIn(overlap)), new Set(monthsIn(a)), new Set(monthsIn(b))]
  const all = [...both].toSorted()
  const [first, last] = [all[0], all.at(-1)]
  if (first === undefined || last === undefined) return []
  const from = Number(addMonths(first as YearMonth, -12).slice(0, 4))
  const to = Number(addMonths(last as YearMonth, 12).slice(0, 4))
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const year = String(from + i)
    const cells = Array.from({ length: 12 }, (_none, m) => {
      const at = `${year}-${String(m + 1).padStart(2, "0")}`
      return both.has(at)
        ? ("both" as const)
        : mine.has(at)
          ? ("a" as const)
          : theirs.has(at)
            ? ("b" as const)
            : ("none" as const)
    })
    return { year, cells }
  })
}

/** A fact's months (`2023-01..2023-03 2023-05`) as ranges. */
const rangesOf = (text: string): Range[] =>
  text
    .split(" ")
    .filter((one) => one !== "")
    .map((one) => {
      const [from = "", to = from] = one.split("..")
      return { from, to }
    })

/** The facts of a relation that paid a month of the case. */
export const evidenceOf = <T extends { readonly months: string | null }>(parts: readonly T[], overlap: readonly Range[]): T[] =>
  parts.filter(({ months: text }) =>
    rangesOf(text ?? "").some((one) => overlap.some(({ from, to }) => one.from <= to && from <= one.to)),
  )

/** `1799` seconds -> `29:59`. */
export const countdown = (seconds: number): string => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60]
  const two = (value: number): string => String(value).padStart(2, "0")
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
