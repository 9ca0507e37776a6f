/** Tables for people: CSV (RFC 4180, UTF-8 with a mark so that Excel reads it) and XLSX. */
import writeExcelFile from "write-excel-file/node"

export type CellValue = string | number | null

/** A text that a spreadsheet would run as a formula is shown as text: reasons and names come from outside. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text)

const csvCell = (value: CellValue): string => {
  const text = value === null ? "" : typeof value === "number" ? String(value) : harmless(value)
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvMark = "\uFEFF"
export const csvLine = (row: readonly CellValue[]): string => `${row.map(csvCell).join(",")}\r\n`

/** Most rows that one sheet can hold; the format's own bound. */
export const xlsxRows_max = 1_048_576

/** @param sheets name (at most 31 characters) and rows */
export const xlsxOf = (
  sheets: readonly { readonly name: string; readonly rows: readonly (readonly CellValue[])[] }[],
): Promise<Buffer> =>
  writeExcelFile(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      data: rows.map((row) =>
        row.map((value) =>
          value === null ? null : typeof value === "number" ? { value, type: Number } : { value: harmless(value), type: String },
        ),
      ),
    })),
  ).toBuffer()
