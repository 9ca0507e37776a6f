/** A file looked at before it is judged: what its columns seem to be, and its dry run once they are assigned. */
import { z } from "zod"
import { requireCaller, requireProvince, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { refusalProblem } from "../commands.js"
import type { UploadNote } from "../feeds/uploads.js"
import { essential, headerFingerprint } from "../reading/columns.js"
import { titleOf } from "../reading/header-names.js"
import { missingColumns } from "../reading/header.js"
import { maskedCell, type Proposal, proposals } from "../reading/proposals.js"
import { peek } from "../reading/source.js"
import type { IntakeParts } from "../service.js"
import { addressOf, assignedSchema, columnsSchema, feedSchema } from "./feed-view.js"
import { begin, mayWait, provinceFor, refusedFile, taken, withFiles } from "./incoming.js"

const column = z.object({
  header: z.string(),
  key: z.string().describe("As an assignment names this header"),
  column: assignedSchema.describe("What it seems to be"),
  by: z
    .enum(["known", "remembered", "seen", "similar", "nothing"])
    .describe(
      "known: the ledger's name; remembered: assigned by this agency for this header row; seen: for another; similar: a guess",
    ),
  examples: z.array(z.string()).describe("Of the first rows; ID numbers and names masked"),
})

export const uploadSchema = z.object({
  uploadId: z.string(),
  province: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  size_bytes: z.number(),
  lines: z.number().nullable(),
  format: z.string(),
  encoding: z.string(),
  receivedAt: z.number(),
  keptUntil: z.number(),
  columns: z.array(column).nullable().describe("Null for NDJSON, where every line names its own fields"),
  missing: z.array(z.string()).describe("Columns without which nothing can be read, while the proposals stand as they are"),
  remembered: z.object({ by: z.string(), at: z.number() }).nullable(),
  earlier: z
    .array(z.object({ feedId: z.string(), receivedAt: z.number(), receiptNo: z.string().nullable() }))
    .describe("Feeds of this very file"),
})
type UploadView = z.infer<typeof uploadSchema>

const examples = 3

const viewOfUpload = async (note: UploadNote, parts: IntakeParts): Promise<UploadView> => {
  const { facts, province, uploadId, fileName, receivedAt } = note
  const { header, rows } = await peek(parts.uploads.source(uploadId), facts, parts.limits, examples)
  const memory = await parts.columnMemory.of(province)
  const fingerprint = header === null ? "" : headerFingerprint(header)
  const same = memory.find((one) => one.fingerprint === fingerprint) ?? null
  const others = memory.filter((one) => one !== same).map(({ columns }) => columns)
  const proposed = header === null ? null : proposals(header, { same: same?.columns ?? null, others })
  const known = new Set((proposed ?? []).map((one) => one.column))
  const feeds = (await parts.folder.notes()).filter(
    (feed) => !feed.dryRun && feed.province === province && feed.facts.hash === facts.hash,
  )
  return {
    uploadId,
    province,
    fileName,
    fileHash: facts.hash,
    size_bytes: facts.size_bytes,
    lines: facts.lines,
    format: facts.format,
    encoding: facts.encoding,
    receivedAt,
    keptUntil: receivedAt + parts.limits.uploads_kept_ms,
    columns:
      proposed === null || header === null
        ? null
        : withExamples(
            proposed,
            header,
            rows.map(({ cells }) => cells),
          ),
    missing: proposed === null ? [] : missingColumns(known).map(titleOf),
    remembered: same === null ? null : { by: same.by, at: same.at },
    earlier: feeds.map(({ feedId, receivedAt: at, result }) => ({
      feedId,
      receivedAt: at,
      receiptNo: result?.receiptNo ?? null,
    })),
  }
}

/** Proposals stand in the order of the header's cells that are not empty. */
const withExamples = (
  proposed: readonly Proposal[],
  header: readonly string[],
  rows: readonly (readonly string[])[],
): NonNullable<UploadView["columns"]> => {
  const places = header.flatMap((cell, position) => (cell.trim() === "" ? [] : [position]))
  return proposed.map((one, i) => ({
    ...one,
    examples: rows.map((cells) => maskedCell(cells[places[i] ?? -1] ?? "", one.column)),
  }))
}

/** The upload, for the agency of its province; another's is answered as none. */
const uploadFor = async (request: WithCaller, parts: IntakeParts, uploadId: string): Promise<UploadNote> => {
  const caller = requireCaller(request, "agency")
  const note = await parts.uploads.note(uploadId)
  if (note === null || note.province !== caller.province)
    throw refusalProblem({ code: "UPLOAD_UNKNOWN", uploadId: uploadId.slice(0, 40) })
  return note
}

const addRehearsal = (server: Server, parts: IntakeParts): void => {
  server.post(
    "/uploads/:uploadId/rehearsal",
    {
      schema: {
        tags: ["uploads"],
        summary: "Dry run of an uploaded file with these columns; the agency remembers them for the same header row",
        params: z.object({ uploadId: z.string() }),
        body: z.object({ columns: columnsSchema.default({}) }),
        response: { 202: feedSchema },
      },
    },
    async (request, reply) => {
      const note = await uploadFor(request, parts, request.params.uploadId)
      const caller = requireProvince(request, note.province)
      mayWait(parts)
      const source = parts.uploads.source(note.uploadId)
      const { columns } = request.body
      const feed = await begin(request, parts, async () => {
        const { fileName, province } = note
        return { incoming: await parts.folder.linkIn(source), fileName, province, dryRun: true, columns }
      })
      const { header } = await peek(source, note.facts, parts.limits, 1)
      if (header !== null)
        await parts.columnMemory.remember(note.province, {
          fingerprint: headerFingerprint(header),
          columns: essential(header, columns),
          by: caller.id.slice(0, 64),
          at: parts.clock.now(),
        })
      return reply.code(202).header("location", addressOf(feed)).send(feed)
    },
  )
}

export const addUploadRoutes = async (server: Server, parts: IntakeParts): Promise<void> => {
  await withFiles(server, parts, (scope) =>
    scope.post(
      "/uploads",
      {
        bodyLimit: parts.limits.file_bytes_max,
        schema: {
          tags: ["uploads"],
          summary: "Send a file to be looked at: nothing is judged yet",
          querystring: z.object({ fileName: z.string().max(200).optional() }),
          response: { 201: uploadSchema },
        },
      },
      async (request, reply) => {
        const province = provinceFor(request, undefined)
        const { incoming, fileName } = await taken(request, parts, request.query.fileName)
        try {
          return await reply.code(201).send(await viewOfUpload(await parts.uploads.keep(incoming, fileName, province), parts))
        } catch (error) {
          throw refusedFile(error)
        }
      },
    ),
  )
  server.get(
    "/uploads/:uploadId",
    {
      schema: {
        tags: ["uploads"],
        summary: "What the file's columns seem to be, and whether it was sent before",
        params: z.object({ uploadId: z.string() }),
        response: { 200: uploadSchema },
      },
    },
    async (request) => viewOfUpload(await uploadFor(request, parts, request.params.uploadId), parts),
  )
  addRehearsal(server, parts)
}
