/** A person's history as steps: where each stands on the scrubber, what the months were then, what was known on a day. */
import type { Language } from "./places.js"
import type { Cell, HistoryStep, MonthChange, UnifiedRecord } from "./types.js"

/** Kinds of fact by which the scrubber's marks are coloured. */
export const eventKinds = ["identity", "relation", "money", "transfer", "overlap", "benefit"] as const
export type EventKind = (typeof eventKinds)[number]

const moneyTypes = /^(Contribution|Subsidy|Interest|Transferred)/u

export const kindOf = ({ stream, type }: { readonly stream: string; readonly type: string }): EventKind => {
  const category = stream.slice(0, stream.indexOf("-"))
  switch (category) {
    case "Enrollment":
      return moneyTypes.test(type) ? "money" : "relation"
    case "Transfer":
      return "transfer"
    case "Overlap":
      return "overlap"
    case "Benefit":
      return "benefit"
    default:
      return "identity"
  }
}

/** The last moment of a day in China, ms since 1970. */
const endOfDay = (day: string): number => Date.parse(`${day}T23:59:59.999+08:00`)

/** How many steps were known at the end of a day; 0: nothing. Steps are in the order of the log. */
export const stepKnownOn = (steps: readonly HistoryStep[], day: string): number => {
  const end = endOfDay(day)
  const at = steps.findLastIndex((step) => Date.parse(step.event.recordedAt) <= end)
  return at + 1
}

/** The day in China on which the ledger learned of a step. */
export const dayOf = (recordedAt: string): string => new Date(Date.parse(recordedAt) + 8 * 3_600_000).toISOString().slice(0, 10)

type Months = UnifiedRecord["months"]

/** The months matrix as the first `n` steps leave it. */
export const monthsAfter = (steps: readonly HistoryStep[], n: number): Months => {
  const months: Record<string, Record<string, Cell[]>> = {}
  for (const { family, month, after } of steps.slice(0, n).flatMap((step) => step.months ?? [])) {
    const [year = "", number = ""] = month.split("-")
    const years = (months[family] ??= {})
    const cells = (years[year] ??= Array.from({ length: 12 }, (): Cell => ({ kind: "none" })))
    cells[Number(number) - 1] = after
  }
  return months
}

/** Families that ever have a month, in the order in which they appear. */
export const familiesOf = (steps: readonly HistoryStep[]): string[] => [
  ...new Set(steps.flatMap((step) => (step.months ?? []).map((change) => change.family))),
]

/** Provinces that ever stand in the matrix, in the order in which they appear: the colours stay the same while it plays. */
export const provincesOfSteps = (steps: readonly HistoryStep[]): string[] => {
  const of = ({ after }: MonthChange): string[] => {
    if (after.kind === "none") return []
    if (after.kind === "in_transit") return [after.to]
    return after.kind === "overlap" ? after.parties.map(({ province }) => province) : [after.province]
  }
  return [...new Set(steps.flatMap((step) => (step.months ?? []).flatMap(of)))]
}

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split("-").map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`
}

/** Consecutive months as `2023-01 – 2023-03`; the months come in order. */
export const runsOf = (months: readonly string[]): string[] => {
  const runs: { from: string; to: string }[] = []
  for (const month of months) {
    const last = runs.at(-1)
    if (last !== undefined && nextMonth(last.to) === month) last.to = month
    else runs.push({ from: month, to: month })
  }
  return runs.map(({ from, to }) => (from === to ? from : `${from} – ${to}`))
}

export type MonthsMoved = {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly altered: readonly string[]
}

/** Months a step added, took away, or marked otherwise (an overlap, a transfer), of one family. */
export const monthsMoved = (step: HistoryStep | undefined, family: string): MonthsMoved => {
  const changes = (step?.months ?? []).filter((change) => change.family === family)
  const which = (fits: (change: MonthChange) => boolean): string[] => changes.filter(fits).map(({ month }) => month)
  return {
    added: which(({ before, after }) => before.kind === "none" && after.kind !== "none"),
    removed: which(({ before, after }) => before.kind !== "none" && after.kind === "none"),
    altered: which(({ before, after }) => before.kind !== "none" && after.kind !== "none"),
  }
}

/** Step that a key leads to from `at`; null: the key is none of the player's. 0 is before the first fact. */
export const stepByKey = (key: string, at: number, last: number): number | null => {
  switch (key) {
    case "ArrowRight":
      return Math.min(at + 1, last)
    case "ArrowLeft":
      return Math.max(at - 1, 0)
    case "PageDown":
      return Math.min(at + 10, last)
    case "PageUp":
      return Math.max(at - 10, 0)
    case "Home":
      return 0
    case "End":
      return last
    default:
      return null
  }
}

/** Steps a second at which a history plays. */
export const speeds = [1, 2, 5, 10, 25] as const

const eventNames: Readonly<Record<EventKind, Readonly<Record<Language, string>>>> = {
  identity: { zh: "身份与户籍", en: "identity, hukou" },
  relation: { zh: "参保关系", en: "enrolment" },
  money: { zh: "缴费与资金", en: "money" },
  transfer: { zh: "转移接续", en: "transfer" },
  overlap: { zh: "重复参保", en: "overlap" },
  benefit: { zh: "待遇", en: "benefit" },
}
export const kindName = (kind: EventKind, language: Language): string => eventNames[kind][language]
