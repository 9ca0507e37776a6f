/** `GET /books`: the trial balance as known at any position or date, for one province or all, as JSON, CSV or XLSX. */
import type { ServerResponse } from "node:http"
import { isProvince, type ProvinceCode, provinces, schemes } from "@tongzhang/domain/codes"
import { accounts } from "@tongzhang/record/books/accounts"
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { knownAtOf, knownAtText } from "../known-at.js"
import { type CellValue, csvLine, csvMark, xlsxOf } from "../sheet.js"
import { type BalanceDeps, type BooksReport, trialBalance } from "./trial-balance.js"

export const provinceText = z
  .custom<ProvinceCode>((value) => typeof value === "string" && isProvince(value))
  .meta({ type: "string", description: "GB/T 2260 two-digit province code" })

const query = z.object({
  knownAt: knownAtText.optional(),
  province: provinceText.optional(),
  recount: z.enum(["true", "false"]).default("false").describe("walk from the first fact, taking nothing from what is kept"),
})

const row = z.object({
  account: z.string(),
  province: z.string(),
  scheme: z.string().nullable(),
  payer: z.string(),
  debit_fen: z.int(),
  credit_fen: z.int(),
  balance_fen: z.int().describe("debit - credit"),
})
const report = z.object({
  rows: z.array(row).readonly(),
  debit_fen: z.int(),
  credit_fen: z.int(),
  posted: z.int().describe("events that moved money"),
  unposted: z
    .array(z.object({ stream: z.string(), revision: z.int(), cause: z.string() }))
    .readonly()
    .describe("events that could not be posted, or whose entries do not sum to zero"),
  province: z.string().nullable(),
  position: z.string().nullable(),
  events: z.int(),
  ok: z.boolean(),
  record: z.enum(["compared", "not at this position"]),
  differences: z.array(z.object({ what: z.string(), books_fen: z.int(), other_fen: z.int() })).readonly(),
})

const head = [
  "科目代码",
  "科目 account",
  "区划",
  "地区",
  "险种",
  "险种名称",
  "付款方 payer",
  "借方 debit_fen",
  "贷方 credit_fen",
  "余额 balance_fen",
]

/** A header, a row per account, and the sums. */
export const sheetOf = ({ rows, debit_fen, credit_fen }: BooksReport): CellValue[][] => [
  head,
  ...rows.map((one) => [
    one.account,
    accounts[one.account].zh,
    one.province,
    provinces[one.province].zh,
    one.scheme ?? "",
    one.scheme === null ? "" : schemes[one.scheme].zh,
    one.payer,
    one.debit_fen,
    one.credit_fen,
    one.balance_fen,
  ]),
  ["", "合计 total", "", "", "", "", "", debit_fen, credit_fen, debit_fen - credit_fen],
]

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

type Query = z.infer<typeof query>

/** `GET /books`, `/books.csv`, `/books.xlsx`. A caller who hangs up ends the walk over the log. */
export const addBooksRoutes = (server: Server, deps: BalanceDeps): void => {
  const found = ({ knownAt, province, recount }: Query, raw: ServerResponse): Promise<BooksReport> => {
    const gone = new AbortController()
    raw.once("close", () => gone.abort())
    return trialBalance(deps, { knownAt: knownAtOf(knownAt), province, signal: gone.signal, recount: recount === "true" })
  }
  const named = ({ province }: Query, end: string): string => `attachment; filename="books-${province ?? "all"}.${end}"`
  const summary = "Trial balance: every money event as balanced entries, as known at a position or date"
  const table = { tags: ["books"], querystring: query }
  server.get("/books", { schema: { ...table, summary, response: { 200: report } } }, async (request, reply) => {
    requireCaller(request, "auditor", "center")
    return found(request.query, reply.raw)
  })
  server.get("/books.csv", { schema: { ...table, summary: `${summary}, CSV` } }, async (request, reply) => {
    requireCaller(request, "auditor", "center")
    const rows = sheetOf(await found(request.query, reply.raw))
    return reply
      .type("text/csv; charset=utf-8")
      .header("content-disposition", named(request.query, "csv"))
      .send(csvMark + rows.map(csvLine).join(""))
  })
  server.get("/books.xlsx", { schema: { ...table, summary: `${summary}, XLSX` } }, async (request, reply) => {
    requireCaller(request, "auditor", "center")
    const rows = sheetOf(await found(request.query, reply.raw))
    return reply
      .type(xlsxType)
      .header("content-disposition", named(request.query, "xlsx"))
      .send(await xlsxOf([{ name: "试算平衡", rows }]))
  })
}
