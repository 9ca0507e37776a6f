/** A feed's receipt as the ledger holds it, and the rows that were not simply taken. */
import { z } from "zod"
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { FeedEvent } from "@tongzhang/domain/feed"
import * as feed from "@tongzhang/domain/feed"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { Server } from "@tongzhang/service-kit/http"
import { refusalProblem } from "../commands.js"
import type { FeedNote } from "../feeds/folder.js"
import { problemRows } from "../feeds/problem-rows.js"
import type { IntakeParts } from "../service.js"
import { columnsSchema, feedFor } from "./feed-view.js"

const receiptSchema = z.object({
  receiptNo: z.string(),
  feedId: z.string(),
  province: z.string(),
  fileName: z.string(),
  fileHash: z.string().describe("SHA-256 of the file"),
  size_bytes: z.number(),
  format: z.string(),
  encoding: z.string(),
  columns: columnsSchema.describe("Headers that the agency assigned"),
  receivedAt: z.number(),
  issuedAt: z.number(),
  rows: z.number(),
  accepted: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  events: z.number(),
  paid_fen: z.number(),
  resultHash: z.string(),
  stream: z.string(),
  revision: z.number().describe("Of the receipt's own event: its proof is /audit/proof/streams/{stream}/{revision}"),
  position: z.string(),
  eventId: z.string(),
})
type ReceiptView = z.infer<typeof receiptSchema>

type Found = { readonly record: RecordedEvent; readonly event: FeedEvent }

const eventsOf = async (note: FeedNote, parts: IntakeParts): Promise<readonly Found[]> => {
  const records = await parts.store.readStream(feed.streamOf(note.province, note.feedId), { direction: "forwards", max: 10 })
  return records.map((record) => {
    const decoded = decodeEvent(record)
    if (!decoded.ok) throw new Error(`${record.stream} revision ${record.revision}: ${decoded.cause}`)
    return { record, event: decoded.event as FeedEvent }
  })
}

const receiptOf = (note: FeedNote, found: readonly Found[]): ReceiptView | null => {
  let view: Partial<ReceiptView> = {}
  for (const { record, event } of found) {
    switch (event.type) {
      case "FeedReceived": {
        const { type: _type, columns = {}, ...said } = event
        view = { ...view, ...said, columns: columns as ReceiptView["columns"], receivedAt: record.recordedAt }
        break
      }
      case "FeedSettled": {
        const { type: _type, ...counts } = event
        view = { ...view, ...counts }
        break
      }
      case "ReceiptIssued": {
        const { type: _type, ...said } = event
        const { stream, revision, position, id: eventId, recordedAt: issuedAt } = record
        return { ...view, ...said, feedId: note.feedId, stream, revision, position, eventId, issuedAt } as ReceiptView
      }
    }
  }
  return null
}

const problemSchema = z.object({
  row: z.number().describe("1 = first row under the header"),
  refused: z.boolean().describe("False: taken, with a warning"),
  column: z.string().nullable().describe("As the file calls it"),
  value: z.string().nullable().describe("Masked"),
  code: z.string(),
  hint_zh: z.string(),
  hint_en: z.string(),
  article: z.string().nullable(),
})

export const addReceiptRoutes = (server: Server, parts: IntakeParts): void => {
  const params = z.object({ feedId: z.string() })
  server.get(
    "/feeds/:feedId/receipt",
    {
      schema: {
        tags: ["feeds"],
        summary: "The receipt as the ledger holds it: of the first time the file was booked",
        params,
        response: { 200: receiptSchema },
      },
    },
    async (request) => {
      const note = await feedFor(request, parts, request.params.feedId)
      const receipt = note.dryRun ? null : receiptOf(note, await eventsOf(note, parts))
      if (receipt === null) throw refusalProblem({ code: "FEED_NO_RECEIPT", feedId: note.feedId })
      return receipt
    },
  )
  server.get(
    "/feeds/:feedId/problems",
    {
      schema: {
        tags: ["feeds"],
        summary: "The first rows that were refused, then those with warnings; all of them are in the result file",
        params,
        querystring: z.object({ max: z.coerce.number().int().min(1).max(parts.limits.problemsShown_max).default(50) }),
        response: { 200: z.array(problemSchema).readonly() },
      },
    },
    async (request) => {
      const note = await feedFor(request, parts, request.params.feedId)
      if (note.result === null) throw refusalProblem({ code: "FEED_RUNNING", feedId: note.feedId })
      return problemRows(parts.folder, note, parts.limits, request.query.max)
    },
  )
}
