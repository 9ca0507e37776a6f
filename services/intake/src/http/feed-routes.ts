/** Sending files and watching them: `POST /feeds`, `GET /feeds`, `GET /feeds/:feedId`. */
import { createWriteStream } from "node:fs"
import { Transform, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import multipart from "@fastify/multipart"
import { z } from "zod"
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import { requireCaller, requireProvince, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { jobOwner, jobSchema } from "@tongzhang/service-kit/job-routes"
import { refusalProblem } from "../commands.js"
import { bytesText, FileProblem } from "../reading/problem.js"
import type { FeedNote } from "../feeds/folder.js"
import { isFeedId } from "../feeds/folder.js"
import type { IntakeParts } from "../service.js"

const counts = z.object({
  rows: z.number(),
  accepted: z.number().describe("Rows taken, those with warnings included"),
  warned: z.number(),
  unchanged: z.number().describe("Rows on record already"),
  refused: z.number(),
  events: z.number(),
  paid_fen: z.number(),
  receiptNo: z.string().nullable(),
  resultHash: z.string().describe("SHA-256 over the rows' outcomes"),
  position: z.string().nullable().describe("End of the log when the feed was settled"),
  seconds: z.number(),
})

export const feedSchema = z.object({
  feedId: z.string(),
  province: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  size_bytes: z.number(),
  format: z.string(),
  encoding: z.string(),
  dryRun: z.boolean(),
  receivedAt: z.number(),
  state: z.enum(["queued", "running", "done", "failed", "interrupted"]),
  unknownColumns: z.array(z.string()).describe("Columns nobody here knows: kept in the result, otherwise left alone"),
  failure: z.string().nullable(),
  result: counts.nullable(),
  job: jobSchema.nullable(),
})
type FeedView = z.infer<typeof feedSchema>

export const viewOf = (note: FeedNote, parts: IntakeParts): FeedView => {
  const job = parts.jobOf(note.feedId)
  const { facts, unknownColumns, actor: _actor, ...rest } = note
  // The note was read a moment before the job ended: it will say how in the next answer.
  const unsaid = note.result === null && note.failure === null && (job?.state === "done" || job?.state === "failed")
  const live = job !== null && (job.endedAt === null || unsaid)
  const state = live
    ? job.state === "queued"
      ? "queued"
      : "running"
    : note.result !== null
      ? "done"
      : note.failure !== null
        ? "failed"
        : "interrupted"
  return {
    ...rest,
    fileHash: facts.hash,
    size_bytes: facts.size_bytes,
    format: facts.format,
    encoding: facts.encoding,
    unknownColumns: [...unknownColumns],
    state,
    job,
  }
}

/** The feed, if the caller may see it: its own province's agency, the centre, an auditor. Another's is answered as none. */
export const feedFor = async (request: WithCaller, parts: IntakeParts, feedId: string): Promise<FeedNote> => {
  const caller = requireCaller(request, "agency", "center", "auditor")
  const note = isFeedId(feedId) ? await parts.folder.note(feedId) : null
  if (note === null || (caller.kind === "agency" && caller.province !== note.province))
    throw refusalProblem({ code: "FEED_UNKNOWN", feedId: feedId.slice(0, 40) })
  return note
}

/** Passes bytes on up to the limit; the next one ends the upload. */
const limited = (max: number): Transform => {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > max) done(new FileProblem({ code: "FILE_TOO_LARGE", limit: bytesText(max) }))
      else done(null, chunk)
    },
  })
}

type Incoming = { readonly fileName: string; readonly bytes: Readable }

const receive = async (parts: IntakeParts, incoming: Incoming): Promise<string> => {
  const path = parts.folder.incoming()
  try {
    await pipeline(incoming.bytes, limited(parts.limits.file_bytes_max), createWriteStream(path))
    return path
  } catch (error) {
    await parts.folder.discard(path)
    throw error
  }
}

const query = z.object({
  province: z.string().optional().describe("Two-digit code; default the caller's own province"),
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
  fileName: z.string().max(200).optional(),
})

const provinceFor = (request: WithCaller, asked: string | undefined): ProvinceCode => {
  const caller = requireCaller(request, "agency")
  if (asked === undefined) return caller.province
  if (!isProvince(asked)) throw refusalProblem({ code: "PROVINCE_UNKNOWN", field: "province", value: asked.slice(0, 20) })
  requireProvince(request, asked)
  return asked
}

type Uploading = { isMultipart: () => boolean; file: () => Promise<{ filename: string; file: Readable } | undefined> }

const incomingOf = async (request: Uploading & { readonly body: unknown }, asked: string | undefined): Promise<Incoming> => {
  if (request.isMultipart()) {
    const part = await request.file()
    if (part === undefined) throw refusalProblem({ code: "UPLOAD_NO_FILE" })
    return { fileName: asked ?? part.filename, bytes: part.file }
  }
  const body = request.body as Readable | null | undefined
  if (body === null || body === undefined) throw refusalProblem({ code: "UPLOAD_NO_FILE" })
  return { fileName: asked ?? "upload", bytes: body }
}

export const addFeedRoutes = async (server: Server, parts: IntakeParts): Promise<void> => {
  await server.register(async (scope) => {
    // Files go to disk as they come; nothing parses them on the way.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload))
    await scope.register(multipart, { limits: { files: 1, fileSize: parts.limits.file_bytes_max + 1 } })
    ;(scope as unknown as Server).post(
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
        const caller = requireCaller(request, "agency")
        const waiting = parts.jobs.list().filter((job) => job.state === "queued").length
        if (waiting >= parts.limits.feeds_waiting_max)
          throw refusalProblem({ code: "FEEDS_WAITING", limit: parts.limits.feeds_waiting_max })
        try {
          const coming = await incomingOf(request, request.query.fileName)
          const incoming = await receive(parts, coming)
          const actor = { kind: "agency" as const, id: caller.id.slice(0, 64), province: caller.province }
          const upload = { incoming, fileName: coming.fileName, province, actor, dryRun: request.query.dryRun }
          const { note } = await parts.submit(upload, jobOwner(caller))
          return await reply.code(202).header("location", `/intake/feeds/${note.feedId}`).send(viewOf(note, parts))
        } catch (error) {
          throw error instanceof FileProblem ? refusalProblem(error.refusal) : error
        }
      },
    )
  })

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
}
