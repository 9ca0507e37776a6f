/** Result files: the province's own rows with three columns behind them, so that a clerk finds the row where they left it. */
import iconv from "iconv-lite"
import Papa from "papaparse"
import writeXlsxFile from "write-excel-file/node"
import { describeRefusal, type Refusal } from "@tongzhang/contracts/refusals"
import type { RowWarning } from "@tongzhang/contracts/refusals-intake"
import { readOutcomes } from "../batch/outcomes.js"
import type { IntakeLimits } from "../limits.js"
import type { RawRow } from "../reading/csv.js"
import { sniffDelimiter } from "../reading/csv.js"
import type { Encoding } from "../reading/file-facts.js"
import { openSource } from "../reading/source.js"
import { textOf } from "../reading/text.js"
import type { RowOutcome } from "../rows/outcome.js"
import type { FeedFolder, FeedNote } from "./folder.js"

export type Language = "zh" | "en"
export type ResultRow = { readonly cells: readonly string[]; readonly outcome: RowOutcome }

const words: Readonly<Record<Language, Readonly<Record<RowOutcome["status"], string>>>> = {
  zh: { accepted: "接受", accepted_with_warning: "接受（有提示）", unchanged: "未变化", refused: "拒绝" },
  en: {
    accepted: "accepted",
    accepted_with_warning: "accepted_with_warning",
    unchanged: "unchanged",
    refused: "refused",
  },
}
const titles: Readonly<Record<Language, readonly string[]>> = { zh: ["状态", "代码", "提示"], en: ["status", "code", "hint"] }

/** Status, codes and hints of a row, in one language. */
export const outcomeCells = (outcome: RowOutcome, language: Language): readonly string[] => {
  const found: readonly (Refusal | RowWarning)[] =
    outcome.status === "refused" ? [outcome.refusal] : outcome.status === "accepted_with_warning" ? outcome.warnings : []
  const hints = found.map((refusal) => describeRefusal(refusal)[language === "zh" ? "hint_zh" : "hint_en"])
  return [words[language][outcome.status], found.map(({ code }) => code).join(" "), hints.join("; ")]
}

/** Rows and outcomes side by side. A file that broke off has one outcome more than it has rows. */
async function* paired(rows: AsyncIterable<readonly RawRow[]>, outcomes: AsyncIterable<RowOutcome>): AsyncGenerator<ResultRow> {
  const next = outcomes[Symbol.asyncIterator]()
  try {
    for await (const piece of rows)
      for (const { cells } of piece) {
        const { value, done } = await next.next()
        if (done === true) return
        yield { cells, outcome: value }
      }
  } catch {
    // The row where the file breaks off was noted as refused; it follows below.
  }
  for (let last = await next.next(); last.done !== true; last = await next.next()) yield { cells: [], outcome: last.value }
}

export type Results = {
  /** Header cells of the file; for NDJSON one cell, the line itself. */
  readonly header: readonly string[]
  readonly rows: AsyncIterable<ResultRow>
  readonly delimiter: string
  readonly encoding: Encoding
  readonly isNdjson: boolean
}

export const openResults = async (folder: FeedFolder, note: FeedNote, limits: IntakeLimits): Promise<Results> => {
  const path = folder.source(note.feedId)
  const source = await openSource(path, note.facts, limits, note.columns ?? {})
  const isNdjson = note.facts.format === "ndjson"
  const rows = paired(source.rows, readOutcomes(folder.outcomes(note.feedId)))
  const header = source.header?.cells ?? ["原文"]
  const delimiter = note.facts.format === "csv" ? await delimiterOf(path, note.facts.encoding) : ","
  return { header, rows, delimiter, encoding: note.facts.encoding, isNdjson }
}

const delimiterOf = async (path: string, encoding: Encoding): Promise<string> => {
  for await (const piece of textOf(path, encoding)) return sniffDelimiter(/^[^\r\n]*/.exec(piece)?.[0] ?? "")
  return ","
}

const bom = "\uFEFF"

/** Bytes in the encoding the file came in; UTF-8 always with a mark, or Excel would not know it. */
const encode = (text: string, encoding: Encoding): Buffer =>
  encoding === "gb18030" || encoding === "utf-16le" ? iconv.encode(text, encoding) : Buffer.from(text, "utf8")

/** A text beginning with = + - @ would be a formula in Excel: names and remarks come from outside. Numbers stay numbers. */
const harmless = (cell: string): string => (/^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell)

const csvLine = (cells: readonly string[], delimiter: string): string =>
  `${Papa.unparse([cells.map(harmless)], { delimiter, newline: "\r\n" })}\r\n`

const padded = (cells: readonly string[], width: number): readonly string[] =>
  cells.length >= width ? cells : [...cells, ...Array.from({ length: width - cells.length }, () => "")]

/** `result.csv`: every row, in order, with status, code and hint. */
export async function* resultCsv(results: Results, language: Language): AsyncGenerator<Buffer> {
  const { header, rows, delimiter, encoding } = results
  const mark = encoding === "gb18030" ? "" : bom
  yield encode(mark + csvLine([...header, ...titles[language]], delimiter), encoding)
  for await (const text of batched(rows, ({ cells, outcome }) =>
    csvLine([...padded(cells, header.length), ...outcomeCells(outcome, language)], delimiter),
  ))
    yield encode(text, encoding)
}

/** The refused rows alone, in the file's own format: correct them and send them again. */
export async function* failedRows(results: Results): AsyncGenerator<Buffer> {
  const { header, rows, delimiter, encoding, isNdjson } = results
  if (!isNdjson) yield encode((encoding === "gb18030" ? "" : bom) + csvLine(header, delimiter), encoding)
  for await (const text of batched(rows, ({ cells, outcome }) => {
    if (outcome.status !== "refused" || cells.length === 0) return ""
    return isNdjson ? `${cells[0] ?? ""}\n` : csvLine(cells, delimiter)
  }))
    yield encode(text, encoding)
}

const batch_characters = 64 * 1024

async function* batched(rows: AsyncIterable<ResultRow>, line: (row: ResultRow) => string): AsyncGenerator<string> {
  let text = ""
  for await (const row of rows) {
    text += line(row)
    if (text.length < batch_characters) continue
    yield text
    text = ""
  }
  if (text !== "") yield text
}

/** `result.xlsx`; every cell is text, so that Excel cannot turn an ID number into 4.2E+17 again. */
export const resultXlsx = async (results: Results, language: Language): Promise<Buffer> => {
  const sheet: (readonly string[])[] = [[...results.header, ...titles[language]]]
  for await (const { cells, outcome } of results.rows)
    sheet.push([...padded(cells, results.header.length), ...outcomeCells(outcome, language)])
  return textSheets([{ sheet: "结果", rows: sheet }])
}

type Sheet = { readonly sheet: string; readonly rows: readonly (readonly string[])[] }

const textCells = (rows: Sheet["rows"]) =>
  rows.map((cells, row) =>
    cells.map((value) => ({ value, type: String, format: "@", ...(row === 0 ? { fontWeight: "bold" as const } : {}) })),
  )

/** A workbook of texts. */
export const textSheets = (sheets: readonly Sheet[]): Promise<Buffer> =>
  writeXlsxFile(sheets.map(({ sheet, rows }) => ({ sheet, data: textCells(rows) }))).toBuffer()
