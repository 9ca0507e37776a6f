/** The rows of a feed that need somebody's eye: where, what stands there, which rule, what to do. */
import { describeRefusal, type Refusal } from "@tongzhang/contracts/refusals"
import type { RowWarning } from "@tongzhang/contracts/refusals-intake"
import type { IntakeLimits } from "../limits.js"
import { assign, type Assigned, columnKeys } from "../reading/columns.js"
import { titleOf } from "../reading/header-names.js"
import { maskedCell } from "../reading/proposals.js"
import type { FeedFolder, FeedNote } from "./folder.js"
import { openResults } from "./results.js"

export type ProblemRow = {
  readonly row: number
  readonly refused: boolean
  readonly column: string | null
  readonly value: string | null
  readonly code: string
  readonly hint_zh: string
  readonly hint_en: string
  readonly article: string | null
}

/** Names of command fields that a column of another name fills. */
const columnOfField: Readonly<Record<string, Assigned>> = {
  to: "to",
  from: "from",
  employer_fen: "employerPaid",
  base_fen: "base",
}

/** At most `max`: refused rows first, each kind in the order of the file. Reads no further than it must. */
export const problemRows = async (
  folder: FeedFolder,
  note: FeedNote,
  limits: IntakeLimits,
  max: number,
): Promise<readonly ProblemRow[]> => {
  const { header, rows, isNdjson } = await openResults(folder, note, limits)
  const columns = isNdjson ? [] : assign(header, note.columns ?? {})
  /** A rule names a command's field, a row's reader the file's header. */
  const placeOf = (field: string | undefined): number => {
    if (field === undefined) return -1
    const byHeader = header.findIndex((cell) => cell.trim() === field)
    return byHeader >= 0 ? byHeader : columns.findIndex((key) => key !== null && key === (columnOfField[field] ?? field))
  }
  const view = (row: number, cells: readonly string[], about: Refusal | RowWarning, refused: boolean): ProblemRow => {
    const { field, hint_zh, hint_en, article = null } = describeRefusal(about)
    const place = placeOf(field)
    const wanted = columnKeys.find((key) => key === field)
    const column = place >= 0 ? (header[place]?.trim() ?? null) : wanted === undefined ? null : titleOf(wanted)
    const value = place < 0 ? null : maskedCell(cells[place] ?? "", columns[place] ?? "none")
    return { row, refused, column, value, code: about.code, hint_zh, hint_en, article }
  }
  const bad: ProblemRow[] = []
  const warned: ProblemRow[] = []
  const { refused: wanted = 0, warned: alsoWanted = 0 } = note.result ?? {}
  let row = 0
  for await (const { cells, outcome } of rows) {
    row++
    if (outcome.status === "refused" && bad.length < max) bad.push(view(row, cells, outcome.refusal, true))
    const [first] = outcome.status === "accepted_with_warning" ? outcome.warnings : []
    if (first !== undefined && warned.length < max) warned.push(view(row, cells, first, false))
    if (bad.length >= Math.min(max, wanted) && warned.length >= Math.min(max - bad.length, alsoWanted)) break
  }
  return [...bad, ...warned].slice(0, max)
}
