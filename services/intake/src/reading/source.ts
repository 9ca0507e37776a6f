/** A file opened for reading: its header and its rows, whatever the format. */
import type { IntakeLimits } from "../limits.js"
import { csvRows, type RawRow } from "./csv.js"
import type { FileFacts } from "./file-facts.js"
import type { Columns } from "./columns.js"
import { type Header, readHeader } from "./header.js"
import { ndjsonRows } from "./ndjson.js"
import { bytesText, FileProblem } from "./problem.js"
import { textOf } from "./text.js"
import { xlsxRows } from "./xlsx.js"

export type Source = {
  /** Null for NDJSON, where every line names its own fields. */
  readonly header: Header | null
  /** Rows from 1 on, in pieces; may throw `FileProblem` late (an open quote shows at the end only). */
  readonly rows: AsyncIterable<readonly RawRow[]>
}

const checkSize = (facts: FileFacts, limits: IntakeLimits): void => {
  if (facts.size_bytes > limits.file_bytes_max)
    throw new FileProblem({ code: "FILE_TOO_LARGE", limit: bytesText(limits.file_bytes_max) })
  if (facts.format === "xlsx" && facts.size_bytes > limits.xlsx_bytes_max)
    throw new FileProblem({ code: "FILE_XLSX_TOO_LARGE", limit: bytesText(limits.xlsx_bytes_max) })
}

const piecesOf = (path: string, facts: FileFacts, limits: IntakeLimits): AsyncGenerator<readonly RawRow[]> => {
  if (facts.format === "xlsx") return xlsxRows(path)
  const text = textOf(path, facts.encoding)
  return facts.format === "csv" ? csvRows(text, limits) : ndjsonRows(text, limits)
}

async function* after(first: readonly RawRow[], rest: AsyncIterable<readonly RawRow[]>): AsyncGenerator<readonly RawRow[]> {
  yield first
  yield* rest
}

/** The file's head: cells of its header row (null for NDJSON) and a few rows, however its columns are called. Throws `FileProblem`. */
export const peek = async (
  path: string,
  facts: FileFacts,
  limits: IntakeLimits,
  rows: number,
): Promise<{ readonly header: readonly string[] | null; readonly rows: readonly RawRow[] }> => {
  checkSize(facts, limits)
  const first: RawRow[] = []
  for await (const piece of piecesOf(path, facts, limits)) {
    first.push(...piece.slice(0, rows + 1))
    if (first.length > rows) break
  }
  const [head, ...under] = first
  if (head === undefined) throw new FileProblem({ code: "FILE_EMPTY" })
  if (facts.format === "ndjson") return { header: null, rows: first.slice(0, rows) }
  if (under.length === 0) throw new FileProblem({ code: "FILE_NO_ROWS" })
  return { header: head.cells, rows: under.slice(0, rows) }
}

/** Reads as far as the header and the first row. Throws `FileProblem` when the file as a whole cannot be taken. */
export const openSource = async (path: string, facts: FileFacts, limits: IntakeLimits, columns: Columns): Promise<Source> => {
  checkSize(facts, limits)
  const pieces = piecesOf(path, facts, limits)
  const first: RawRow[] = []
  const wanted = facts.format === "ndjson" ? 1 : 2
  for (;;) {
    const { value, done } = await pieces.next()
    if (done === true) break
    for (const row of value) first.push(row)
    if (first.length >= wanted) break
  }
  const head = first[0]
  if (head === undefined) throw new FileProblem({ code: "FILE_EMPTY" })
  if (facts.format === "ndjson") return { header: null, rows: after(first, pieces) }
  const header = readHeader(head.cells, columns)
  if (first.length === 1) throw new FileProblem({ code: "FILE_NO_ROWS" })
  return { header, rows: after(first.slice(1), pieces) }
}
