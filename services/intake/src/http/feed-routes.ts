/** Sending files and watching them: `POST /feeds`, `GET /feeds`, `GET /feeds/:feedId`, `POST /feeds/:feedId/run`. */
import { z } from "zod"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { requireCaller, requireProvince } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { refusalProblem } from "../commands.js"
import { type Columns, headerFingerprint } from "../reading/columns.js"
import { fileFacts } from "../reading/file-facts.js"
import { peek } from "../reading/source.js"
import type { IntakeParts } from "../service.js"
import { addressOf, feedFor, feedSchema, viewOf } from "./feed-view.js"
import { begin, mayWait, provinceFor, taken, withFiles } from "./incoming.js"

const query = z.object({
  province: z.string().optional().describe("Two-digit code; default the caller's own province"),
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
  fileName: z.string().max(200).optional(),
  columns: z
    .enum(["own", "remembered"])
    .default("own")
    .describe("own: headers by the ledger's names; remembered: as this agency has assigned this header row in the console"),
})

type Place = { readonly path: string; readonly fileName: string; readonly province: ProvinceCode }

/** What this agency assigned to the file's very header row before; nothing where it is new. */
const rememberedFor = async (parts: IntakeParts, { path, fileName, province }: Place): Promise<Columns> => {
  const { header } = await peek(path, await fileFacts(path, fileName), parts.limits, 1)
  if (header === null) return {}
  const fingerprint = headerFingerprint(header)
  return (await parts.columnMemory.of(province)).find((one) => one.fingerprint === fingerprint)?.columns ?? {}
}

export const addFeedRoutes = async (server: Server, parts: IntakeParts): Promise<void> => {
  await withFiles(server, parts, (scope) =>
    scope.post(
      "/feeds",
      {
        bodyLimit: parts.limits.file_bytes_max,
        schema: {
          tags: ["feeds"],
          summary: "Send a file of rows (CSV, XLSX, NDJSON; UTF-8 or GBK)",
          description: "As the body or as a multipart file. Answers with a job at once; the same file again is the same feed.",
          querystring: query,
          response: { 202: feedSchema },
        },
      },
      async (request, reply) => {
        const province = provinceFor(request, request.query.province)
        const { dryRun, columns: reading } = request.query
        mayWait(parts)
        const { incoming, fileName } = await taken(request, parts, request.query.fileName)
        const feed = await begin(request, parts, async () => {
          const columns = reading === "own" ? {} : await rememberedFor(parts, { path: incoming, fileName, province })
          return { incoming, fileName, province, dryRun, columns }
        })
        return reply.code(202).header("location", addressOf(feed)).send(feed)
      },
    ),
  )

  server.get(
    "/feeds",
    { schema: { tags: ["feeds"], summary: "Feeds, newest first", response: { 200: z.array(feedSchema) } } },
    async (request) => {
      const caller = requireCaller(request, "agency", "center", "auditor")
      const notes = await parts.folder.notes()
      const mine = notes.filter((note) => caller.kind !== "agency" || note.province === caller.province)
      return mine.slice(0, parts.limits.feedsListed_max).map((note) => viewOf(note, parts))
    },
  )

  server.get(
    "/feeds/:feedId",
    {
      schema: {
        tags: ["feeds"],
        summary: "One feed: progress, counts, receipt",
        params: z.object({ feedId: z.string() }),
        response: { 200: feedSchema },
      },
    },
    async (request) => viewOf(await feedFor(request, parts, request.params.feedId), parts),
  )

  server.post(
    "/feeds/:feedId/run",
    {
      schema: {
        tags: ["feeds"],
        summary: "Book the file of a finished dry run, read as it was read there; go on with a feed that was interrupted",
        params: z.object({ feedId: z.string() }),
        response: { 202: feedSchema },
      },
    },
    async (request, reply) => {
      const { feedId } = request.params
      const note = await feedFor(request, parts, feedId)
      requireProvince(request, note.province)
      const { state } = viewOf(note, parts)
      if (note.dryRun && state !== "done")
        throw refusalProblem({ code: state === "running" || state === "queued" ? "FEED_RUNNING" : "FEED_FAILED", feedId })
      if (!note.dryRun && (state === "done" || state === "running" || state === "queued"))
        throw refusalProblem({ code: "FEED_NOT_CONTINUED", feedId })
      mayWait(parts)
      const feed = await begin(request, parts, async () => {
        const { fileName, province, columns = {} } = note
        return { incoming: await parts.folder.linkIn(parts.folder.source(feedId)), fileName, province, dryRun: false, columns }
      })
      return reply.code(202).header("location", addressOf(feed)).send(feed)
    },
  )
}
