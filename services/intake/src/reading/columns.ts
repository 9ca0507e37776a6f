/** Which header of a file an agency says is which column, where the ledger's own names do not tell. */
import { createHash } from "node:crypto"
import { type ColumnKey, feedColumns } from "@tongzhang/contracts/feed-columns"
import { columnOf, normaliseHeader } from "./header-names.js"

/** `none`: the column is left alone, though its name is known. */
export type Assigned = ColumnKey | "none"
/** By header (`headerKeys`); only what differs from the ledger's own reading. */
export type Columns = Readonly<Record<string, Assigned>>

export const columnKeys: readonly ColumnKey[] = feedColumns.map(({ key }) => key)

/**
 * One name for each cell of a header row: its text, and from the second on of the same text its number (`金额#2`), since merged
 * heads leave such pairs. Empty for an empty cell.
 */
export const headerKeys = (cells: readonly string[]): readonly string[] => {
  const seen = new Map<string, number>()
  return cells.map((cell) => {
    const text = normaliseHeader(cell).slice(0, 120)
    if (text === "") return ""
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    return times === 1 ? text : `${text}#${times}`
  })
}

/** The same header row has the same fingerprint, whatever file and month it stands over. 20 hex characters. */
export const headerFingerprint = (cells: readonly string[]): string =>
  createHash("sha256").update(headerKeys(cells).join("\u0000")).digest("hex").slice(0, 20)

/** The column of each cell of the header; null where nobody knows it or it is to be left alone. */
export const assign = (cells: readonly string[], columns: Columns): readonly (ColumnKey | null)[] => {
  const keys = headerKeys(cells)
  return cells.map((cell, position) => {
    const said = columns[keys[position] ?? ""]
    if (said !== undefined) return said === "none" ? null : said
    return columnOf(cell)
  })
}

/** What was chosen, without what the ledger would have read by itself, in the order of the header: equal readings are equal texts. */
export const essential = (cells: readonly string[], chosen: Columns): Columns => {
  const keys = headerKeys(cells)
  const kept: Record<string, Assigned> = {}
  for (const [position, key] of keys.entries()) {
    const said = key === "" ? undefined : chosen[key]
    if (said !== undefined && said !== (columnOf(cells[position] ?? "") ?? "none")) kept[key] = said
  }
  return kept
}
