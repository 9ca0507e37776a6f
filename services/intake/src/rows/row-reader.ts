/** Reads the cells of one row by column; the first thing found wrong is kept and ends the row. One reader serves a whole file. */
import type { ColumnKey } from "@tongzhang/contracts/feed-columns"
import type { RowRefusal } from "@tongzhang/contracts/refusals-intake"
import { redactIds } from "@tongzhang/service-kit/redact"
import type { Header } from "../reading/header.js"
import { titleOf } from "../reading/header-names.js"
import { cellText, type Value } from "../reading/values.js"

export type RowReader = {
  readonly start: (cells: readonly string[]) => void
  readonly problem: () => RowRefusal | null
  readonly fail: (refusal: RowRefusal) => null
  /** Empty when blank or absent. */
  readonly text: (key: ColumnKey) => string
  /** A value read from the cell; null when blank, or wrong (then `problem` says so). */
  readonly value: <T>(key: ColumnKey, read: (text: string) => Value<T>) => T | null
  /** As `value`, a blank cell being wrong. */
  readonly needed: <T>(key: ColumnKey, read: (text: string) => Value<T>) => T | null
  readonly neededText: (key: ColumnKey, max: number) => string | null
  readonly shortText: (key: ColumnKey, max: number) => string | null
  /** The column as the file calls it. */
  readonly title: (key: ColumnKey) => string
}

/** What a hint repeats of a cell: short, and never an ID number. */
export const quoted = (text: string): string => redactIds(text.length > 40 ? `${text.slice(0, 40)}…` : text)

export const createRowReader = (header: Header): RowReader => {
  let cells: readonly string[] = []
  let found: RowRefusal | null = null
  const title = (key: ColumnKey): string => {
    const at = header.at.get(key)
    return at === undefined ? titleOf(key) : (header.cells[at]?.trim() ?? titleOf(key))
  }
  const fail = (refusal: RowRefusal): null => {
    found ??= refusal
    return null
  }
  const text = (key: ColumnKey): string => {
    const at = header.at.get(key)
    return at === undefined ? "" : cellText(cells[at])
  }
  const value = <T>(key: ColumnKey, read: (text: string) => Value<T>): T | null => {
    const cell = text(key)
    if (cell === "") return null
    const result = read(cell)
    return result.ok ? result.value : fail({ code: result.problem, field: title(key), value: quoted(cell) })
  }
  const missing = (key: ColumnKey): null => fail({ code: "FIELD_MISSING", field: title(key) })
  const shortText = (key: ColumnKey, max: number): string | null => {
    const cell = text(key)
    if (cell === "") return null
    if (cell.includes("\uFFFD")) return fail({ code: "TEXT_UNREADABLE", field: title(key) })
    return cell.length > max ? fail({ code: "TEXT_TOO_LONG", field: title(key), length: cell.length, max }) : cell
  }
  return {
    start: (next) => {
      cells = next
      found = null
    },
    problem: () => found,
    fail,
    text,
    value,
    needed: (key, read) => (text(key) === "" ? missing(key) : value(key, read)),
    shortText,
    neededText: (key, max) => (text(key) === "" ? missing(key) : shortText(key, max)),
    title,
  }
}
