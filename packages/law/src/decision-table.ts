/**
 * Rules that a text states by cases ("below 50 %: half; 50-80 %: 30 %") as data: rows with numeric bounds and an outcome. Texts leave
 * values out, name them twice, or do not say to which side a bound belongs; a table keeps that visible: deciding such a value gives a
 * `Ruling`, never one of the readings in silence (features X4, N11).
 */
import type { Fraction } from "fraction.js"
import { exact, type ExactText, exactText } from "./explain/exact.js"
import type { Ruling } from "./explain/explained.js"

/** `unstated`: the text does not say whether the bound itself belongs to the row. */
export type Ending = "closed" | "open" | "unstated"
export type Bound = { readonly at: ExactText; readonly end: Ending }
/** Null: no bound on that side. */
export type Interval = { readonly from: Bound | null; readonly to: Bound | null }

export type Axis = {
  readonly zh: string
  readonly en: string
  readonly unit: string
  /** What can be asked at all; outside of it a table has nothing to answer for. */
  readonly domain: Interval
  /** Only whole values exist (months): between 1 and 2 is nothing. */
  readonly whole: boolean
}

export type DecisionRow<Outcome> = { readonly when: Readonly<Record<string, Interval>>; readonly outcome: Outcome }

export type DecisionTable<Outcome = string> = {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly article: string
  readonly axes: Readonly<Record<string, Axis>>
  /** An axis that a row does not name does not matter to it. */
  readonly rows: readonly DecisionRow<Outcome>[]
}

const closed = (at: ExactText): Bound => ({ at, end: "closed" })
const open = (at: ExactText): Bound => ({ at, end: "open" })
const unstated = (at: ExactText): Bound => ({ at, end: "unstated" })

/** `[a, b]` and its kin, to write tables down with. */
export const between = (from: Bound | null, to: Bound | null): Interval => ({ from, to })
export const bounds = { closed, open, unstated }
export const only = (at: ExactText): Interval => between(closed(at), closed(at))

type Membership = "in" | "out" | "unstated"

const sideOf = (bound: Bound | null, distance: (at: Fraction) => number): Membership => {
  if (bound === null) return "in"
  const past = distance(exact(bound.at))
  if (past !== 0) return past > 0 ? "in" : "out"
  return bound.end === "closed" ? "in" : bound.end === "open" ? "out" : "unstated"
}

const both = (a: Membership, b: Membership): Membership =>
  a === "out" || b === "out" ? "out" : a === "unstated" || b === "unstated" ? "unstated" : "in"

export const within = ({ from, to }: Interval, value: Fraction): Membership =>
  both(
    sideOf(from, (at) => value.compare(at)),
    sideOf(to, (at) => at.compare(value)),
  )

export type Ambiguity = "gap" | "overlap" | "unstated"
export type Decided<Outcome> =
  | { readonly kind: "one"; readonly outcome: Outcome; readonly row: number }
  | { readonly kind: "outside" }
  | { readonly kind: Ambiguity; readonly outcomes: readonly Outcome[]; readonly needsRuling: Ruling }

type Point = Readonly<Record<string, Fraction>>

const memberOf = <Outcome>(row: DecisionRow<Outcome>, point: Point): Membership => {
  let membership: Membership = "in"
  for (const name in row.when) {
    const interval = row.when[name]
    const value = point[name]
    if (interval === undefined || value === undefined) throw new Error(`a decision needs a value for ${name}`)
    membership = both(membership, within(interval, value))
  }
  return membership
}

export type Verdict<Outcome> = {
  readonly ambiguity: Ambiguity | null
  /** The readings: what the rows say that take the point, or may take it. */
  readonly outcomes: readonly Outcome[]
  readonly row: number
}

/** What the rows say at a point. Rows that agree do not contradict each other. */
export const verdictAt = <Outcome>(table: DecisionTable<Outcome>, point: Point): Verdict<Outcome> => {
  const sure: number[] = []
  const perhaps: number[] = []
  table.rows.forEach((row, i) => {
    const membership = memberOf(row, point)
    if (membership === "in") sure.push(i)
    else if (membership === "unstated") perhaps.push(i)
  })
  const outcomes = [...new Set([...sure, ...perhaps].flatMap((i) => table.rows[i]?.outcome ?? []))]
  const row = sure[0] ?? -1
  if (sure.length === 0 && perhaps.length === 0) return { ambiguity: "gap", outcomes, row }
  if (outcomes.length > 1) return { ambiguity: perhaps.length > 0 ? "unstated" : "overlap", outcomes, row }
  // One outcome, but nobody says that it is meant here.
  return { ambiguity: sure.length === 0 ? "unstated" : null, outcomes, row }
}

const ambiguityText = {
  gap: { zh: "条文未规定", en: "the text says nothing about it" },
  overlap: { zh: "条文两处规定不一致", en: "the text says two things about it" },
  unstated: { zh: "条文未说明界限值属于哪一档", en: "the text does not say to which side the bound belongs" },
} as const

export const rulingFor = (table: DecisionTable<unknown>, ambiguity: Ambiguity, where: string): Ruling => ({
  question: `${table.id}:${ambiguity}:${where}`,
  question_zh: `${table.zh}（${where}）：${ambiguityText[ambiguity].zh}，须由主管部门裁定。`,
  question_en: `${table.en} at ${where}: ${ambiguityText[ambiguity].en}; the authority has to rule.`,
  reading_en: "none: no outcome is taken until somebody rules",
})

/** Decides a point of the table; values exact. */
export const decide = <Outcome>(
  table: DecisionTable<Outcome>,
  values: Readonly<Record<string, ExactText | number>>,
): Decided<Outcome> => {
  const point: Record<string, Fraction> = {}
  for (const [name, axis] of Object.entries(table.axes)) {
    const value = values[name]
    if (value === undefined) throw new Error(`a decision needs a value for ${name}`)
    const fraction = exact(value)
    point[name] = fraction
    if (within(axis.domain, fraction) === "out" || (axis.whole && fraction.d !== 1n)) return { kind: "outside" }
  }
  const { ambiguity, outcomes, row } = verdictAt(table, point)
  const [outcome] = outcomes
  if (ambiguity === null && outcome !== undefined) return { kind: "one", outcome, row }
  const where = Object.entries(point)
    .map(([name, value]) => `${name} = ${exactText(value)}`)
    .join(", ")
  const kind = ambiguity ?? "gap"
  return { kind, outcomes, needsRuling: rulingFor(table, kind, where) }
}
