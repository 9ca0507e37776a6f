/** A file coming in over HTTP: to disk as it comes, and then to work. */
import { createWriteStream } from "node:fs"
import { type Readable, Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import multipart from "@fastify/multipart"
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import { requireCaller, requireProvince, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { jobOwner } from "@tongzhang/service-kit/job-routes"
import { refusalProblem } from "../commands.js"
import type { Upload } from "../feeds/feeds.js"
import { bytesText, FileProblem } from "../reading/problem.js"
import type { IntakeParts } from "../service.js"
import { type FeedView, viewOf } from "./feed-view.js"

/** Routes inside it take files: they go to disk as they come, nothing parses them on the way. */
export const withFiles = async (server: Server, { limits }: IntakeParts, add: (scope: Server) => void): Promise<void> => {
  await server.register(async (context) => {
    context.removeAllContentTypeParsers()
    context.addContentTypeParser("*", (_request, payload, done) => done(null, payload))
    await context.register(multipart, { limits: { files: 1, fileSize: limits.file_bytes_max + 1 } })
    add(context as unknown as Server)
  })
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

export const provinceFor = (request: WithCaller, asked: string | undefined): ProvinceCode => {
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

/** The file of a request, on disk. */
export const taken = async (
  request: Uploading & { readonly body: unknown },
  parts: IntakeParts,
  asked: string | undefined,
): Promise<{ readonly incoming: string; readonly fileName: string }> => {
  try {
    const coming = await incomingOf(request, asked)
    return { incoming: await receive(parts, coming), fileName: coming.fileName }
  } catch (error) {
    throw refusedFile(error)
  }
}

/** A file that cannot be read is a refusal of the request; everything else stays what it is. */
export const refusedFile = (error: unknown): unknown => (error instanceof FileProblem ? refusalProblem(error.refusal) : error)

/** Throws FEEDS_WAITING when the line is full: before a file is received for nothing. */
export const mayWait = ({ jobs, limits }: IntakeParts): void => {
  const waiting = jobs.list().filter((job) => job.state === "queued").length
  if (waiting >= limits.feeds_waiting_max) throw refusalProblem({ code: "FEEDS_WAITING", limit: limits.feeds_waiting_max })
}

/** Puts a feed in the line in the name of the caller. */
export const begin = async (
  request: WithCaller,
  parts: IntakeParts,
  upload: () => Promise<Omit<Upload, "actor">>,
): Promise<FeedView> => {
  const caller = requireCaller(request, "agency")
  const actor = { kind: "agency" as const, id: caller.id.slice(0, 64), province: caller.province }
  try {
    const { note } = await parts.submit({ ...(await upload()), actor }, jobOwner(caller))
    return viewOf(note, parts)
  } catch (error) {
    throw refusedFile(error)
  }
}
