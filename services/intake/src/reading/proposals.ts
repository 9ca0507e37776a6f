/** What each column of a file seems to be: known by name, assigned before in this agency, or like a name the ledger knows. */
import type { ColumnKey } from "@tongzhang/contracts/feed-columns"
import { redactIds } from "@tongzhang/service-kit/redact"
import { type Assigned, columnKeys, type Columns, headerKeys } from "./columns.js"
import { columnOf, nearestColumns } from "./header-names.js"

export type Proposal = {
  /** As the file writes it. */
  readonly header: string
  /** As an assignment names it. */
  readonly key: string
  readonly column: Assigned
  /** `known`: the ledger's own name; `remembered`: of this very header row; `seen`: of the same header in another table. */
  readonly by: "known" | "remembered" | "seen" | "similar" | "nothing"
}

export type Memory = {
  /** What was assigned to this very header row; null when it is new. */
  readonly same: Columns | null
  /** Assignments of other header rows, newest first. */
  readonly others: readonly Columns[]
}

/** One proposal for each cell of the header that is not empty; no column is proposed twice. */
export const proposals = (cells: readonly string[], { same, others }: Memory): readonly Proposal[] => {
  const keys = headerKeys(cells)
  const taken = new Set<ColumnKey>()
  const take = (column: Assigned): boolean => {
    if (column === "none") return true
    if (taken.has(column)) return false
    taken.add(column)
    return true
  }
  const first = cells.map((cell, position): Proposal | null => {
    const key = keys[position] ?? ""
    if (key === "") return null
    const header = cell.trim()
    const said = same?.[key]
    if (said !== undefined && take(said)) return { header, key, column: said, by: "remembered" }
    const known = columnOf(cell)
    if (known !== null && take(known)) return { header, key, column: known, by: "known" }
    const before = others.find((columns) => columns[key] !== undefined)?.[key]
    if (before !== undefined && take(before)) return { header, key, column: before, by: "seen" }
    return { header, key, column: "none", by: same === null ? "nothing" : "remembered" }
  })
  const found = first.filter((one) => one !== null)
  // A row that was mapped before is left as it was mapped: what it left alone is not guessed at again.
  const open = found.filter(({ by }) => by === "nothing")
  const guesses = nearestColumns(
    open.map(({ header }) => header),
    columnKeys.filter((key) => !taken.has(key)),
  )
  const guessed = new Map(open.map(({ key }, i) => [key, guesses[i] ?? null]))
  return found.map((one) => {
    const guess = guessed.get(one.key) ?? null
    return guess === null ? one : { ...one, column: guess, by: "similar" }
  })
}

/** A cell as it may be shown: ID numbers, right or wrong, without their middle; of a name only the first character. */
export const maskedCell = (text: string, column: Assigned): string => {
  const cell = text.trim()
  if (column === "name" && cell.length > 1) return cell.replaceAll(/(?<!^)./gsu, "＊").slice(0, 5)
  const short = cell.length > 40 ? `${cell.slice(0, 40)}…` : cell
  const middle = (digits: string): string => `${digits.slice(0, 4)}${"*".repeat(digits.length - 8)}${digits.slice(-4)}`
  return redactIds(short.replaceAll(/\d{12,}[\dXx]?/gu, middle))
}
