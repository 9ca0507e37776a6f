/**
 * Finds what a decision table leaves open. Every axis is cut at every bound of every row, into points and the stretches between them;
 * inside a piece all values are alike, so looking at one of each finds everything.
 */
import type { Fraction } from "fraction.js"
import { type Ambiguity, type Axis, type DecisionTable, type Interval, rulingFor, verdictAt, within } from "./decision-table.js"
import { exact, exactText } from "./explain/exact.js"
import type { Ruling } from "./explain/explained.js"

/** A stretch of an axis: a single value, or what lies strictly between two; null is endless. */
export type Piece = {
  readonly from: string | null
  readonly to: string | null
  readonly fromClosed: boolean
  readonly toClosed: boolean
}

export type TableFinding = {
  readonly table: string
  readonly kind: Ambiguity
  /** Where, by axis. */
  readonly where: Readonly<Record<string, Piece>>
  readonly where_text: string
  readonly outcomes: readonly string[]
  readonly needsRuling: Ruling
}

type Cut = Piece & { readonly sample: Fraction }

const byValue = (a: Fraction, b: Fraction): number => a.compare(b)

const cutsOf = (intervals: readonly Interval[]): Fraction[] => {
  const values = intervals.flatMap(({ from, to }) => [from, to].flatMap((bound) => (bound === null ? [] : [exact(bound.at)])))
  return values.sort(byValue).filter((value, i) => i === 0 || !value.equals(values[i - 1] ?? value.add(1)))
}

/** A value strictly between two; whole where only whole ones exist; null where there is none. */
const sampleBetween = (low: Fraction | null, high: Fraction | null, whole: boolean): Fraction | null => {
  if (low === null && high === null) return exact(0)
  if (low === null) return whole ? (high?.ceil().sub(1) ?? null) : (high?.sub(1) ?? null)
  if (high === null) return whole ? low.floor().add(1) : low.add(1)
  if (!whole) return low.add(high).div(2)
  const next = low.floor().add(1)
  return next.compare(high) < 0 ? next : null
}

const textOf = (value: Fraction | null): string | null => (value === null ? null : exactText(value))

const piecesOf = (axis: Axis, name: string, table: DecisionTable<unknown>): Cut[] => {
  const cuts = cutsOf([axis.domain, ...table.rows.flatMap((row) => row.when[name] ?? [])])
  const pieces: Cut[] = []
  const add = (sample: Fraction | null, from: Fraction | null, to: Fraction | null, point: boolean): void => {
    if (sample === null || within(axis.domain, sample) === "out") return
    pieces.push({ sample, from: textOf(from), to: textOf(to), fromClosed: point, toClosed: point })
  }
  cuts.forEach((cut, i) => {
    const before = cuts[i - 1] ?? null
    add(sampleBetween(before, cut, axis.whole), before, cut, false)
    if (!axis.whole || cut.d === 1n) add(cut, cut, cut, true)
  })
  const last = cuts.at(-1) ?? null
  add(sampleBetween(last, null, axis.whole), last, null, false)
  return pieces
}

/** Two pieces that lie side by side are one. */
const joined = (a: Piece, b: Piece): Piece => ({ from: a.from, fromClosed: a.fromClosed, to: b.to, toClosed: b.toClosed })

const pieceText = ({ from, to, fromClosed, toClosed }: Piece, unit: string): string => {
  if (from !== null && from === to) return `= ${from} ${unit}`.trim()
  const low = from === null ? "(-∞" : `${fromClosed ? "[" : "("}${from}`
  return `∈ ${low}, ${to === null ? "∞)" : `${to}${toClosed ? "]" : ")"}`} ${unit}`.trim()
}

type Cell = { readonly kind: Ambiguity; readonly outcomes: readonly string[]; readonly where: readonly Piece[] }

const sameBut = (a: Cell, b: Cell, axis: number): boolean =>
  a.kind === b.kind &&
  a.outcomes.join("|") === b.outcomes.join("|") &&
  a.where.every((piece, i) => i === axis || JSON.stringify(piece) === JSON.stringify(b.where[i]))

/** Joins cells along the last axis, on which neighbours come one after the other. */
const joinedCells = (cells: readonly (Cell | null)[], axis: number): Cell[] => {
  const found: Cell[] = []
  cells.forEach((cell, i) => {
    if (cell === null) return
    const before = cells[i - 1] === null ? undefined : found.at(-1)
    const [piece, earlier] = [cell.where[axis], before?.where[axis]]
    if (before === undefined || piece === undefined || earlier === undefined || !sameBut(before, cell, axis)) found.push(cell)
    else
      found[found.length - 1] = { ...before, where: before.where.map((each, k) => (k === axis ? joined(earlier, piece) : each)) }
  })
  return found
}

/** Every gap, overlap and unstated bound; empty for a table that decides each value exactly once. */
export const lintTable = (table: DecisionTable): readonly TableFinding[] => {
  const names = Object.keys(table.axes)
  const axes = names.map((name) => {
    const axis = table.axes[name]
    if (axis === undefined) throw new Error(`no axis ${name}`)
    return { name, axis, pieces: piecesOf(axis, name, table) }
  })
  const cellAt = (cuts: readonly Cut[]): Cell | null => {
    const point = Object.fromEntries(cuts.map((cut, i) => [names[i] ?? "", cut.sample]))
    const { ambiguity, outcomes } = verdictAt(table, point)
    if (ambiguity === null) return null
    const where = cuts.map(({ from, to, fromClosed, toClosed }) => ({ from, to, fromClosed, toClosed }))
    return { kind: ambiguity, outcomes, where }
  }
  const walk = (chosen: readonly Cut[]): Cell[] => {
    const axis = axes[chosen.length]
    if (axis === undefined) return []
    if (chosen.length < axes.length - 1) return axis.pieces.flatMap((piece) => walk([...chosen, piece]))
    return joinedCells(
      axis.pieces.map((piece) => cellAt([...chosen, piece])),
      chosen.length,
    )
  }
  return walk([]).map(({ kind, outcomes, where }) => {
    const where_text = where.map((piece, i) => `${names[i]} ${pieceText(piece, axes[i]?.axis.unit ?? "")}`).join(", ")
    return {
      table: table.id,
      kind,
      where: Object.fromEntries(where.map((piece, i) => [names[i] ?? "", piece])),
      where_text,
      outcomes,
      needsRuling: rulingFor(table, kind, where_text),
    }
  })
}
