/** What a figure shows, apart from its picture: a table, its downloads, and the address that shows the same figures again. */
import { yuan } from "./amounts.js"

/** `fen`: whole fen, shown in yuan; `share`: 0 to 1, shown in percent; `count`, `days`: a number; `text`: as it is. */
export type ColumnKind = "text" | "count" | "fen" | "share" | "days"
export type Column = { readonly label: string; readonly kind?: ColumnKind }
/** null: not known, held back or not asked; never to be read as zero. */
export type Value = string | number | null
/** The first column names the row. */
export type FigureTable = { readonly columns: readonly Column[]; readonly rows: readonly (readonly Value[])[] }

const numeric = (kind: ColumnKind | undefined): boolean => kind !== undefined && kind !== "text"
export const isNumeric = ({ kind }: Column): boolean => numeric(kind)

/** As people read it: `¥1,509.60`, `12.5%`, `1,234`; `—` where there is none. */
export const shown = (value: Value, kind: ColumnKind = "text"): string => {
  if (value === null) return "—"
  if (typeof value === "string") return value
  switch (kind) {
    case "fen":
      return yuan(value)
    case "share":
      return `${(value * 100).toFixed(1)}%`
    case "days":
      return Number.isInteger(value) ? String(value) : value.toFixed(1)
    case "count":
      return value.toLocaleString("en")
    case "text":
      return String(value)
  }
}

/** As a program reads it: yuan with two decimals, a share of 1, an empty cell where there is none. */
export const plain = (value: Value, kind: ColumnKind = "text"): string | number => {
  if (value === null) return ""
  return kind === "fen" && typeof value === "number" ? value / 100 : value
}

/** A heading says the unit that the cells of a file do not show. */
export const fileHeading = ({ label, kind }: Column): string => (kind === "fen" ? `${label} (yuan 元)` : label)

const csvCell = (value: string | number): string => {
  // A text that a spreadsheet would take for a formula is marked as text (OWASP, CSV injection).
  const text = typeof value === "number" ? String(value) : /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180 with the mark by which Excel knows UTF-8: a heading, then the rows, nothing else. */
export const csvOf = ({ columns, rows }: FigureTable): string =>
  `\uFEFF${[columns.map(fileHeading), ...rows.map((row) => row.map((value, i) => plain(value, columns[i]?.kind)))]
    .map((cells) => cells.map(csvCell).join(","))
    .join("\r\n")}\r\n`

/**
 * The address with what is pinned in it and the figure's place on the page. What the address says already stays; `pins` give what it
 * leaves to "now" (the month, the known date), so that the link shows these figures and not those of the day it is opened.
 */
export const permalinkOf = (address: string, pins: Readonly<Record<string, string>>, id: string): string => {
  const url = new URL(address)
  for (const [name, value] of Object.entries(pins)) if (!url.searchParams.has(name)) url.searchParams.set(name, value)
  url.hash = id
  return url.href
}

/** `tongzhang-coverage-2026-11-22.csv`; without a date when the figures have none. */
export const fileName = (id: string, dataOf: string | null, extension: string): string =>
  `tongzhang-${id}${dataOf === null ? "" : `-${dataOf.slice(0, 10)}`}.${extension}`

/** Breaks a line where `width` says it grows too long: at spaces, or anywhere inside a word longer than the line (Chinese has no spaces). */
export const wrapped = (text: string, width: (line: string) => number, room: number): string[] => {
  const lines: string[] = []
  let line = ""
  for (const part of text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+/gu) ?? []) {
    if (line !== "" && width(line + part) > room) {
      lines.push(line.trimEnd())
      line = part.trimStart()
    } else line += part
  }
  return line === "" ? lines : [...lines, line]
}

/** Eight colours that people who confuse red and green can tell apart (Okabe and Ito 2008), darkened to 3:1 on white. */
export const palette = ["#0b5c8c", "#b45309", "#00795c", "#a3457e", "#4b5563", "#2b6cb0", "#8a6d00", "#c2410c"] as const
