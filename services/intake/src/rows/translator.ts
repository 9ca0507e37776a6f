/** Raw rows of any format to commands or refusals. */
import { acts, command as commandSchema } from "@tongzhang/contracts/commands"
import type { RowRefusal } from "@tongzhang/contracts/refusals-intake"
import { fieldPath } from "@tongzhang/service-kit/schema-problem"
import type { RawRow } from "../reading/csv.js"
import type { Header } from "../reading/header.js"
import { columnOf, titleOf } from "../reading/header-names.js"
import type { RowCommand } from "./row-command.js"
import { createRowReader, quoted, type RowReader } from "./row-reader.js"
import { translateRow } from "./translate.js"

export type Translated = { readonly command: RowCommand } | { readonly refusal: RowRefusal }
export type Translator = (raw: RawRow) => Translated

const byReader = (reader: RowReader, cells: readonly string[]): Translated => {
  reader.start(cells)
  const command = translateRow(reader)
  const refusal = reader.problem()
  if (refusal !== null) return { refusal }
  if (command === null) throw new Error("a row without problem has no command")
  return { command }
}

const cellsTranslator = (header: Header): Translator => {
  const reader = createRowReader(header)
  const width = header.cells.length
  return ({ cells }) => {
    const extra = cells.length > width && cells.slice(width).some((cell) => cell.trim() !== "")
    return extra ? { refusal: { code: "ROW_TOO_WIDE", cells: cells.length, columns: width } } : byReader(reader, cells)
  }
}

type Json = Readonly<Record<string, unknown>>

const parseObject = (line: string): Json | null => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null
  } catch {
    return null
  }
}

/** A line in the words of the API (`"act": "contribute"`, amounts in fen) is checked by the very schema of the API. */
const asCommand = (line: Json): Translated => {
  const checked = commandSchema.safeParse(line)
  if (checked.success) return { command: checked.data }
  const issue = checked.error.issues[0]
  const detail = quoted(issue === undefined ? "" : `${fieldPath(issue.path)} ${issue.message}`)
  return { refusal: { code: "ROW_SHAPE", detail } }
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : ""

/** A line in the columns of a file (`"AAC002": …`, amounts in yuan): read as a row with that header. */
const createByColumns = (): ((line: Json) => Translated) => {
  const readers = new Map<string, RowReader>()
  const readerFor = (keys: readonly string[]): RowReader => {
    const signature = keys.join("\u0000")
    let reader = readers.get(signature)
    if (reader === undefined) {
      const at = new Map(keys.flatMap((key, position) => (columnOf(key) === null ? [] : [[columnOf(key)!, position] as const])))
      reader = createRowReader({ cells: keys, at, unknown: [] })
      if (readers.size > 1_000) readers.clear()
      readers.set(signature, reader)
    }
    return reader
  }
  return (line) => {
    const keys = Object.keys(line)
    const id = keys.find((key) => columnOf(key) === "citizenId")
    // 18 digits as a JSON number have lost their end, as in Excel.
    if (id !== undefined && typeof line[id] === "number") return { refusal: { code: "ID_EXCEL_FLOAT" } }
    if (id === undefined) return { refusal: { code: "FIELD_MISSING", field: titleOf("citizenId") } }
    return byReader(
      readerFor(keys),
      keys.map((key) => textOf(line[key])),
    )
  }
}

const ndjsonTranslator = (): Translator => {
  const byColumns = createByColumns()
  return ({ cells }) => {
    const line = parseObject(cells[0] ?? "")
    if (line === null) return { refusal: { code: "ROW_NOT_JSON" } }
    const inOurWords = (acts as readonly unknown[]).includes(line["act"]) && "citizenId" in line
    return inOurWords ? asCommand(line) : byColumns(line)
  }
}

export const createTranslator = (header: Header | null): Translator =>
  header === null ? ndjsonTranslator() : cellsTranslator(header)
