/** `GET /export/gbt40217` and its quality report: streamed, as known at any position, every person's read noted before it happens. */
import { Readable } from "node:stream"
import type { ServerResponse } from "node:http"
import { provinceText } from "../books/books-routes.js"
import { requireCaller, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { knownAtOf, knownAtText } from "../known-at.js"
import type { AccessEntry } from "../routes.js"
import { csvLine, csvMark, xlsxOf, xlsxRows_max } from "../sheet.js"
import { elementOf } from "./elements.js"
import { type ExportAsked, type ExportDeps, exportRows, qualityOf } from "./export.js"
import { dayOf, digits } from "./person-facts.js"
import { type Table, type TableNumber, tableNumbers, tables } from "./tables.js"
import { type Row, xmlOf } from "./xml.js"

const query = z.object({
  table: z.enum(tableNumbers as [TableNumber, ...TableNumber[]]).describe("number of the table in GB/T 40217-2021 §5.2"),
  province: provinceText.optional(),
  from: z.iso.date().default("1950-01-01"),
  to: z.iso.date().optional().describe("default: today"),
  knownAt: knownAtText.optional(),
  format: z.enum(["xml", "csv", "xlsx"]).default("xml"),
  reveal: z.enum(["true", "false"]).default("false").describe("names and ID numbers in full; the standard asks for them"),
})
type Query = z.infer<typeof query>

export type ExportRouteDeps = ExportDeps & {
  readonly clock: Clock
  readonly logAccess: (entry: AccessEntry) => Promise<void>
}

const titles = ({ columns }: Table): string[] => columns.map((name) => `${elementOf(name).zh} ${name}`)
const cells = ({ columns }: Table, row: Row): string[] => columns.map((name) => row[name] ?? "")

async function* csvOf(table: Table, rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield csvMark + csvLine(titles(table))
  for await (const row of rows) yield csvLine(cells(table, row))
}

const sheetOf = async (table: Table, rows: AsyncIterable<Row>): Promise<Buffer> => {
  const lines: string[][] = [titles(table)]
  for await (const row of rows) {
    if (lines.length >= xlsxRows_max)
      throw new Error(`more than ${xlsxRows_max} rows: ask for one province or a shorter period, or for CSV`)
    lines.push(cells(table, row))
  }
  return xlsxOf([{ name: `表${table.number}`, rows: lines }])
}

export const addExportRoutes = (server: Server, deps: ExportRouteDeps): void => {
  const askedOf = (request: WithCaller, asked: Query, raw: ServerResponse, what: string): ExportAsked => {
    const caller = requireCaller(request, "auditor")
    const purpose = requirePurpose(request, "audit")
    const gone = new AbortController()
    raw.once("close", () => gone.abort())
    return {
      table: asked.table,
      province: asked.province,
      period: { from: digits(asked.from), to: asked.to === undefined ? dayOf(deps.clock.now()) : digits(asked.to) },
      knownAt: knownAtOf(asked.knownAt),
      reveal: asked.reveal === "true",
      signal: gone.signal,
      onPerson: (person) => deps.logAccess({ person, caller, purpose, what, at: deps.clock.now() }),
    }
  }
  const schema = { tags: ["export"], querystring: query }
  server.get(
    "/export/gbt40217",
    { schema: { ...schema, summary: "A table of GB/T 40217-2021 as GB 18030 XML, CSV or XLSX, streamed" } },
    async (request, reply) => {
      const { table: number, format, reveal } = request.query
      const what = `export GB/T 40217 table ${number}${reveal === "true" ? ", revealed" : ""}`
      const asked = askedOf(request, request.query, reply.raw, what)
      const table = tables[number]
      const rows = exportRows(deps, asked)
      const name = encodeURIComponent(`${table.row}.${format}`)
      reply.header("content-disposition", `attachment; filename="gbt40217-${number}.${format}"; filename*=UTF-8''${name}`)
      if (format === "xml") return reply.type("application/xml; charset=GB18030").send(Readable.from(xmlOf(table, rows)))
      if (format === "csv") return reply.type("text/csv; charset=utf-8").send(Readable.from(csvOf(table, rows)))
      return reply.type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").send(await sheetOf(table, rows))
    },
  )
  server.get(
    "/export/gbt40217/quality",
    { schema: { ...schema, summary: "The standard's quality rules on every row of a table: which are broken, where" } },
    async (request, reply) =>
      qualityOf(deps, askedOf(request, request.query, reply.raw, `quality of GB/T 40217 table ${request.query.table}`)),
  )
}
