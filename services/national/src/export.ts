/** The months matrix as a table people can open: CSV (UTF-8 with a mark, so that Excel reads it) and XLSX. */
import { provinces } from "@tongzhang/domain/codes"
import type { Cell, UnifiedRecord } from "@tongzhang/record/view-schema"
import writeExcelFile from "write-excel-file/node"

const name = (code: string): string => (Object.hasOwn(provinces, code) ? provinces[code as keyof typeof provinces].zh : code)

const cellText = (cell: Cell): string => {
  switch (cell.kind) {
    case "none":
      return ""
    case "counted":
      return `${name(cell.province)}${cell.scheme}`
    case "transferred":
      return `${name(cell.province)}${cell.scheme}（${name(cell.paidIn)}转入）`
    case "in_transit":
      return `转移中 ${name(cell.from)}→${name(cell.to)}`
    case "overlap":
      return `重复：${cell.parties.map((party) => `${name(party.province)}${party.scheme}`).join("、")}`
  }
}

const header = ["险种 family", "年 year", ...Array.from({ length: 12 }, (_none, i) => `${i + 1}月`)]

/** Rows of text: a header, then one row per family and year. */
export const matrixRows = (record: UnifiedRecord): string[][] => [
  header,
  ...Object.entries(record.months).flatMap(([family, years]) =>
    Object.entries(years).map(([year, cells]) => [family, year, ...cells.map(cellText)]),
  ),
]

const csvCell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** RFC 4180. Only the ledger's own words are in it, so no cell can start a formula. */
export const matrixCsv = (record: UnifiedRecord): string =>
  `\uFEFF${matrixRows(record)
    .map((row) => row.map(csvCell).join(","))
    .join("\r\n")}\r\n`

export const matrixXlsx = (record: UnifiedRecord): Promise<Buffer> =>
  writeExcelFile(
    matrixRows(record).map((row) => row.map((text) => ({ value: text, type: String }))),
    { sheet: "months" },
  ).toBuffer()
