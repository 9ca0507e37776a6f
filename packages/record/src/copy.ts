/** Rows for COPY, in its text format: tab between columns, one row a line, \\N for null. */
import type { Row, TableShape } from "./shapes.js"

/** Bytes of one message to the server: large enough that their number does not matter, small beside the rows themselves. */
const chunk_bytes = 256 * 1024

const special = /[\\\t\n\r]/
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" }
const escaped = (text: string): string =>
  special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : text

const valueOf = (value: Row[string] | undefined): string => {
  if (value === null || value === undefined) return "\\N"
  return typeof value === "string" ? escaped(value) : String(value)
}

export type Copy = { readonly statement: string; readonly chunks: (rows: readonly Row[]) => Buffer[] }

/** Faster than any upsert, but only for rows of whom the table holds none: a key that is there already makes it fail. */
export const copyOf = ({ table, columns }: TableShape): Copy => {
  const names = Object.keys(columns)
  const line = (row: Row): string => `${names.map((name) => valueOf(row[name])).join("\t")}\n`
  return {
    statement: `copy ${table} (${names.join(", ")}) from stdin`,
    chunks: (rows) => {
      const chunks: Buffer[] = []
      let text = ""
      for (const row of rows) {
        text += line(row)
        if (text.length < chunk_bytes) continue
        chunks.push(Buffer.from(text))
        text = ""
      }
      return text === "" ? chunks : [...chunks, Buffer.from(text)]
    },
  }
}
