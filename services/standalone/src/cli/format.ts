/** Tables and texts of the command line: widths count Chinese characters as two, numbers stand right. */
import Table from "cli-table3"
import { provinces } from "@tongzhang/domain/codes"
import { type Fen, formatYuan } from "@tongzhang/domain/money"

export type Column<Row> = { readonly head: string; readonly right?: boolean; readonly of: (row: Row) => string | number }

export const table = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string => {
  const drawn = new Table({
    head: columns.map((column) => column.head),
    colAligns: columns.map((column) => (column.right === true ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  })
  for (const row of rows) drawn.push(columns.map((column) => String(column.of(row))))
  return drawn.toString()
}

export const yuan = (amount_fen: number): string => formatYuan(amount_fen as Fen)
export const provinceName = (code: string): string => {
  const known = (provinces as Readonly<Record<string, { readonly zh: string }>>)[code]
  return known === undefined ? code : `${known.zh}(${code})`
}
export const count = (value: number): string => value.toLocaleString("en-US")
/** `31_110` -> `上海(31) 110`. */
export const sideName = (side: string): string => {
  const [province = "", ...rest] = side.split("_")
  return `${provinceName(province)} ${rest.join(" ")}`
}
export const rangesText = (ranges: readonly { readonly from: string; readonly to: string }[]): string =>
  ranges.map((range) => (range.from === range.to ? range.from : `${range.from}…${range.to}`)).join(", ")

/** `[####----] 45 %`: one bar for a whole transfer. */
export const bar = (done: number, total: number, width = 24): string => {
  const part = total === 0 ? 0 : done / total
  const filled = Math.round(part * width)
  return `[${"█".repeat(filled)}${"░".repeat(width - filled)}] ${Math.round(part * 100)} %`
}
