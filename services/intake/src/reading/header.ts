/** Which column of the file is which: by the ledger's names for them, or as the agency has assigned them. */
import type { ColumnKey } from "@tongzhang/contracts/feed-columns"
import { assign, type Columns } from "./columns.js"
import { nearestHeader, titleOf } from "./header-names.js"
import { FileProblem } from "./problem.js"

export type Header = {
  readonly cells: readonly string[]
  /** Position of each known column. */
  readonly at: ReadonlyMap<ColumnKey, number>
  /** Headers nobody here knows; their cells are kept in the result and otherwise left alone. */
  readonly unknown: readonly string[]
}

/** Without these no row of any act can be read; what else an act needs is asked of its row. */
const required: readonly ColumnKey[] = ["citizenId"]
/** At least one of them, or nothing says what happened. */
const telling: readonly ColumnKey[] = ["act", "base", "capacity", "claim", "amount"]

/** Columns without which the file cannot be read at all. */
export const missingColumns = (known: { readonly has: (key: ColumnKey) => boolean }): readonly ColumnKey[] => {
  const missing = required.filter((key) => !known.has(key))
  return telling.some((key) => known.has(key)) ? missing : [...missing, "act"]
}

/** Throws `FileProblem` HEADER_MISSING with the nearest guesses, HEADER_DUPLICATE. */
export const readHeader = (cells: readonly string[], columns: Columns): Header => {
  const at = new Map<ColumnKey, number>()
  const unknown: string[] = []
  for (const [position, key] of assign(cells, columns).entries()) {
    const cell = cells[position]?.trim() ?? ""
    if (cell === "") continue
    if (key === null) {
      unknown.push(cell)
      continue
    }
    const before = at.get(key)
    if (before !== undefined)
      throw new FileProblem({ code: "HEADER_DUPLICATE", column: titleOf(key), headers: [cells[before]?.trim() ?? "", cell] })
    at.set(key, position)
  }
  const missing = missingColumns(at)
  if (missing.length > 0) {
    const guesses = missing.flatMap((key) => {
      const near = nearestHeader(key, unknown)
      return near === null ? [] : [`${near} → ${titleOf(key)}`]
    })
    throw new FileProblem({ code: "HEADER_MISSING", missing: missing.map(titleOf), guesses })
  }
  return { cells, at, unknown }
}
