/** A workbook's first sheet as rows of cell texts, written as a person would type them. */
import { readSheet } from "read-excel-file/node"
import type { RawRow } from "./csv.js"
import { FileProblem } from "./problem.js"

const pad = (value: number): string => String(value).padStart(2, "0")

/**
 * Excel keeps 15 significant digits: an ID number stored as a number has lost the rest, so it is written the way Excel shows it
 * (4.20104199001011E+17) and refused by that name instead of by a check digit.
 */
const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return ""
  if (typeof value === "string") return value
  if (typeof value === "boolean") return value ? "是" : "否"
  if (typeof value === "number") return Math.abs(value) >= 1e15 ? value.toExponential().toUpperCase() : String(value)
  if (value instanceof Date) return `${value.getUTCFullYear()}-${pad(value.getUTCMonth() + 1)}-${pad(value.getUTCDate())}`
  return ""
}

/** The header as row 0, then every row that is not blank. Throws `FileProblem`. */
export async function* xlsxRows(path: string): AsyncGenerator<readonly RawRow[]> {
  let sheet: readonly (readonly unknown[])[]
  try {
    sheet = await readSheet(path)
  } catch {
    throw new FileProblem({ code: "FILE_XLSX_BROKEN" })
  }
  const rows: RawRow[] = []
  for (const values of sheet) {
    const cells = values.map(cellText)
    if (cells.some((cell) => cell.trim() !== "")) rows.push({ row: rows.length, cells })
  }
  yield rows
}
