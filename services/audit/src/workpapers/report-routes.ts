/** `/workpapers/{engagement}/report.json`, `report.html`, `papers.zip`, and the key that signs. */
import type { ServerResponse } from "node:http"
import { formatVkey } from "@tongzhang/proof/note"
import type { NoteSigner } from "@tongzhang/proof/signer"
import type { RecordDb } from "@tongzhang/record/database"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import type { KeptBooks } from "../books/kept-books.js"
import { workbookOf, zipOf } from "./export.js"
import { pageOf } from "./report/page.js"
import { reportOf } from "./report/report.js"
import { fileOf, signReport, type SignedReport } from "./report/signed.js"
import * as schemas from "./schemas.js"
import { auditing, type WorkpaperDeps } from "./workpaper-routes.js"

export type ReportRouteDeps = WorkpaperDeps & {
  readonly record: RecordDb
  readonly books: KeptBooks
  /** Signs reports; null: this process makes drafts only. */
  readonly signer: NoteSigner | null
}

const tags = ["workpapers"]
const query = z.object({
  draft: z.enum(["true", "false"]).default("false").describe("an unsigned draft of an engagement that is still open"),
})

const stillOpen = () =>
  problem({
    status: 409,
    rule: "ENGAGEMENT_OPEN",
    hint_zh: "审计项目尚未结项，只能出具未签名的草稿（draft=true）；请先结项",
    hint_en: "The engagement is still open: close it first, or ask for an unsigned draft with draft=true",
  })
const noKey = () =>
  problem({
    status: 503,
    rule: "REPORT_KEY_MISSING",
    hint_zh: "本服务未配置报告签名密钥 REPORT_KEY，不能签发报告",
    hint_en: "This service has no REPORT_KEY to sign reports with: set one, or ask for a draft",
  })

/** Reports stand for ever; a draft is of the moment. */
const named = (engagement: string, end: string, draft: boolean): string =>
  `attachment; filename="${engagement}${draft ? "-draft" : ""}.${end}"`

export const addReportRoutes = (server: Server, deps: ReportRouteDeps): void => {
  const { papers, signer } = deps
  const made = async (
    engagement: z.infer<typeof schemas.params>["engagement"],
    draft: boolean,
    raw: ServerResponse,
  ): Promise<SignedReport> => {
    const gone = new AbortController()
    raw.once("close", () => gone.abort())
    const paper = await papers.read(engagement)
    if (paper.closing === null && !draft) throw stillOpen()
    if (paper.closing !== null && signer === null) throw noKey()
    return signReport(await reportOf(deps, paper, gone.signal), signer)
  }
  server.get(
    "/workpapers/key",
    {
      config: { public: true },
      schema: { tags, summary: "Verifier key of the reports", response: { 200: z.object({ vkey: z.string().nullable() }) } },
    },
    async () => ({ vkey: signer === null ? null : formatVkey(signer.key) }),
  )
  server.get(
    "/workpapers/:engagement/report.json",
    {
      schema: {
        tags,
        summary: "The signed report (RFC 8785); the same bytes at any time",
        params: schemas.params,
        querystring: query,
      },
    },
    async (request, reply) => {
      auditing(request)
      const { engagement } = request.params
      const signed = await made(engagement, request.query.draft === "true", reply.raw)
      const draft = signed.signature === null
      return reply
        .type("application/json; charset=utf-8")
        .header("content-disposition", named(engagement, "json", draft))
        .send(fileOf(signed))
    },
  )
  server.get(
    "/workpapers/:engagement/report.html",
    {
      schema: {
        tags,
        summary: "The signed report as a page to print, which carries the signed file",
        params: schemas.params,
        querystring: query,
      },
    },
    async (request, reply) => {
      auditing(request)
      const { engagement } = request.params
      const signed = await made(engagement, request.query.draft === "true", reply.raw)
      const draft = signed.signature === null
      return reply
        .type("text/html; charset=utf-8")
        .header("content-disposition", named(engagement, "html", draft))
        .send(pageOf(signed, fileOf(signed)))
    },
  )
  server.get(
    "/workpapers/:engagement/papers.xlsx",
    {
      schema: {
        tags,
        summary: "The workpaper as a workbook: every table with event ids",
        params: schemas.params,
        querystring: query,
      },
    },
    async (request, reply) => {
      auditing(request)
      const { engagement } = request.params
      const signed = await made(engagement, request.query.draft === "true", reply.raw)
      return reply
        .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .header("content-disposition", named(engagement, "xlsx", signed.signature === null))
        .send(await workbookOf(signed.report))
    },
  )
  server.get(
    "/workpapers/:engagement/papers.zip",
    {
      schema: {
        tags,
        summary: "Workbook, report (JSON and page) and a manifest of their hashes",
        params: schemas.params,
        querystring: query,
      },
    },
    async (request, reply) => {
      auditing(request)
      const { engagement } = request.params
      const signed = await made(engagement, request.query.draft === "true", reply.raw)
      return reply
        .type("application/zip")
        .header("content-disposition", named(engagement, "zip", signed.signature === null))
        .send(Buffer.from(await zipOf(signed)))
    },
  )
}
