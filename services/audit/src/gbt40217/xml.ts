/**
 * The tables as XML (Appendix B) in GB 18030. GB 18030 can write every character of Unicode, four bytes for the rare ones, so that
 * no name is changed on its way; what XML itself forbids (control characters) is left out.
 */
import iconv from "iconv-lite"
import { elementOf } from "./elements.js"
import { namespace, type Table } from "./tables.js"

export type Row = Readonly<Record<string, string>>

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
// XML 1.0 §2.2: tab, line feed, carriage return and everything from space on, without halves of pairs and the two non-characters.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/gu

export const escaped = (text: string): string =>
  text.replaceAll(forbidden, "").replaceAll(/[&<>"]/gu, (character) => named[character] ?? character)

const opening = ({ root }: Table): string =>
  `<?xml version="1.0" encoding="GB18030"?>\n<${root} xsi:schemaLocation="${namespace} ${root}.xsd" xmlns:养老保险基金="${namespace}" xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n`

const rowXml = ({ row, columns }: Table, values: Row): string => {
  const cells = columns.map((name) => {
    const { zh, locId } = elementOf(name)
    return `<${zh} locID="${locId}">${escaped(values[name] ?? "")}</${zh}>`
  })
  return `<${row}>\n${cells.join("\n")}\n</${row}>\n`
}

export const gb18030 = (text: string): Buffer => iconv.encode(text, "gb18030")

/** The file, piece by piece. */
export async function* xmlOf(table: Table, rows: AsyncIterable<Row>): AsyncGenerator<Buffer> {
  yield gb18030(opening(table))
  for await (const row of rows) yield gb18030(rowXml(table, row))
  yield gb18030(`</${table.root}>\n`)
}
