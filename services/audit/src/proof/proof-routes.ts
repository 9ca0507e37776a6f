/** The proof log over HTTP: the static log as anybody may fetch it, and receipts for those who may see the event. */
import { parseStreamName, type StreamName, subjectOf } from "@tongzhang/domain/stream-name"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { receiptPage } from "@tongzhang/proof/assets"
import { toBase64 } from "@tongzhang/proof/bytes"
import { witnessedPath } from "@tongzhang/proof/cosign"
import { qrParts } from "@tongzhang/proof/qr"
import { checkpointFor, eventAtIndex, eventOf, indexOf, receiptOf } from "@tongzhang/proof/find"
import type { ProofLog } from "@tongzhang/proof/log"
import { formatVkey } from "@tongzhang/proof/note"
import { checkpointPath, isLogPath } from "@tongzhang/proof/tile-path"
import { requireCaller, requirePersonAccess, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import type { FastifyReply } from "fastify"
import { z } from "zod"
import type { RouteDeps } from "../routes.js"
import type { ProofKeeper } from "./keeper.js"

export type ProofRouteDeps = Pick<RouteDeps, "clock" | "logAccess"> & { readonly proof: ProofKeeper }

const open = { public: true } as const
const immutable = "public, max-age=31536000, immutable"
const moments = "public, max-age=1"
const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const notYet = () =>
  problem({
    status: 503,
    rule: "PROOF_NOT_READY",
    hint_zh: "证明日志尚未建立，请稍后再试",
    hint_en: "The proof log is not open yet: ask again in a moment",
  })
const notFound = (what: string) =>
  problem({
    status: 404,
    rule: "PROOF_NOT_FOUND",
    detail: what,
    hint_zh: "证明日志中没有此项",
    hint_en: "The log holds no such thing",
  })
const notPublished = (event: RecordedEvent) =>
  problem({
    status: 409,
    rule: "EVENT_NOT_PROVEN",
    detail: `event ${event.id} of ${event.stream}, revision ${event.revision}`,
    hint_zh: "该事件尚未写入证明日志；若持续如此，说明事件与已公布的内容不一致，请运行 fsck",
    hint_en: "The event is not in the published log yet; if this lasts, it is not what was published: run fsck",
  })

const opened = (proof: ProofKeeper): ProofLog => {
  const log = proof.log()
  if (log === null) throw notYet()
  return log
}

const addStaticLog = (server: Server, { find: { tiles } }: ProofKeeper): void => {
  const send = async (reply: FastifyReply, path: string, type: string, caching: string): Promise<FastifyReply> => {
    const bytes = await tiles.read(path)
    if (bytes === null) throw notFound(path)
    return reply.header("content-type", type).header("cache-control", caching).send(Buffer.from(bytes))
  }
  const text = "text/plain; charset=utf-8"
  for (const path of [checkpointPath, witnessedPath])
    server.get(
      `/proof/${path}`,
      { config: open, schema: { tags: ["proof"], summary: `Signed ${path} (c2sp.org/tlog-checkpoint)` } },
      (_request, reply) => send(reply, path, text, moments),
    )
  server.get(
    "/proof/tile/*",
    { config: open, schema: { tags: ["proof"], summary: "Tiles and entry bundles (c2sp.org/tlog-tiles)" } },
    (request, reply) => {
      const path = `tile/${(request.params as { readonly "*": string })["*"]}`
      if (!isLogPath(path)) throw notFound(path)
      return send(reply, path, "application/octet-stream", immutable)
    },
  )
  server.get(
    "/proof/checkpoints",
    {
      config: open,
      schema: {
        tags: ["proof"],
        summary: "Days with a checkpoint kept",
        response: { 200: z.object({ days: z.array(z.string()).readonly() }) },
      },
    },
    async () => ({
      days: await tiles.list("checkpoints"),
    }),
  )
  const day = z.object({ day: z.iso.date() })
  server.get(
    "/proof/checkpoints/:day",
    { config: open, schema: { tags: ["proof"], summary: "Last checkpoint of a day", params: day } },
    (request, reply) => send(reply, `checkpoints/${request.params.day}`, text, moments),
  )
}

const refusal = z.object({ witness: z.string(), status: z.int().nullable(), what: z.string() })

const addLogRoutes = (server: Server, { proof }: ProofRouteDeps): void => {
  server.get(
    "/proof/log",
    {
      config: open,
      schema: {
        tags: ["proof"],
        summary: "What the log is, its key, how far it is, who witnesses it",
        response: {
          200: z.object({
            origin: z.string(),
            vkey: z.string(),
            size: z.int(),
            root: z.string(),
            witnesses: z.array(z.string()),
            publishedAt: z.iso.datetime(),
            lag_seconds: z.number().describe("how long the ledger has been ahead of the log"),
            round: z
              .object({ at: z.iso.datetime(), signed: z.array(z.string()).readonly(), refused: z.array(refusal).readonly() })
              .nullable()
              .describe("the last time the witnesses were asked; null: not yet, or there are none"),
          }),
        },
      },
    },
    async () => {
      const { size, root } = opened(proof).published()
      const witnesses = (await proof.witnesses()).map(formatVkey)
      const { publishedAt, lag_seconds, round } = await proof.status()
      return {
        origin: proof.key.name,
        vkey: formatVkey(proof.key),
        size,
        root: toBase64(root),
        witnesses,
        publishedAt: new Date(publishedAt).toISOString(),
        lag_seconds,
        round: round === null ? null : { ...round, at: new Date(round.at).toISOString() },
      }
    },
  )
  server.get(
    "/proof/verify.html",
    {
      config: open,
      schema: { tags: ["proof"], summary: "The offline page that checks a receipt: save it, it needs no network" },
    },
    async (_request, reply) => {
      const page = receiptPage([proof.key, ...(await proof.witnesses())].map(formatVkey))
      return reply.type("text/html; charset=utf-8").send(page)
    },
  )
  server.get(
    "/proof/consistency",
    {
      config: open,
      schema: {
        tags: ["proof"],
        summary: "RFC 6962 proof that the log of one size begins with the log of an earlier one",
        querystring: z.object({ from: size, to: size.optional() }),
        response: {
          200: z.object({ from: z.int(), to: z.int(), rootFrom: z.string(), rootTo: z.string(), proof: z.array(z.string()) }),
        },
      },
    },
    async (request) => {
      const log = opened(proof)
      const { from, to = log.published().size } = request.query
      if (from > to || to > log.published().size) throw notFound(`sizes ${from} and ${to}; the log has ${log.published().size}`)
      const reader = log.reader()
      const hashes = await reader.consistency(from, to)
      return {
        from,
        to,
        rootFrom: toBase64(await reader.rootAt(from)),
        rootTo: toBase64(await reader.rootAt(to)),
        proof: hashes.map(toBase64),
      }
    },
  )
  const round = z.object({ signed: z.array(z.string()), refused: z.array(refusal).readonly(), checkpoint: z.string().nullable() })
  server.post(
    "/proof/cosign",
    { schema: { tags: ["proof"], summary: "Ask the witnesses now, not in a minute", response: { 200: round } } },
    async (request) => {
      requireCaller(request, "auditor", "center")
      const done = await proof.cosign()
      return {
        signed: (done?.signed ?? []).map(({ name }) => name),
        refused: done?.refused ?? [],
        checkpoint: done?.text ?? null,
      }
    },
  )
}

/** An auditor for an audit, a person for themself, an agency for its feeds; reads about persons are noted before anything is answered. */
const mayRead = async ({ clock, logAccess }: ProofRouteDeps, request: WithCaller, event: RecordedEvent): Promise<void> => {
  const person = subjectOf(event.stream)
  // What an auditor writes is the auditors' own until it is in a report.
  if (parseStreamName(event.stream)?.category === "Workpaper") return void requireCaller(request, "auditor")
  if (person === null) {
    const caller = requireCaller(request, "auditor", "center", "agency")
    // An agency's own feeds are its receipts; of the rest of the ledger it gets none here.
    if (caller.kind !== "agency" || event.stream.startsWith(`Feed-${caller.province}_`)) return
    return void requireCaller(request, "auditor", "center")
  }
  const caller = requireCaller(request, "auditor", "person")
  requirePersonAccess(request, person as Parameters<typeof requirePersonAccess>[1])
  const purpose = requirePurpose(request, "audit", "self")
  await logAccess({
    person: person as Parameters<typeof requirePersonAccess>[1],
    caller,
    purpose,
    what: "receipt",
    at: clock.now(),
  })
}

const addReceiptRoutes = (server: Server, deps: ProofRouteDeps): void => {
  const { proof } = deps
  const answer = z.object({
    event: z.string(),
    index: z.int(),
    size: z.int(),
    receipt: z.string().describe("c2sp.org/tlog-proof, checked offline by verify.html or `tongzhang proof verify`"),
    qr: z.array(z.string()).describe("the receipt in texts for QR codes, which verify.html joins in any order"),
  })
  const receipt = async (event: RecordedEvent, index: number | null): Promise<z.infer<typeof answer>> => {
    const log = opened(proof)
    if (index === null) throw notPublished(event)
    const checkpoint = await checkpointFor(proof.find.tiles, log, proof.key, index)
    const { text } = await receiptOf(proof.find, event, index, checkpoint, log.published().size)
    return { event: event.id, index, size: checkpoint.size, receipt: text, qr: [...qrParts(text)] }
  }
  server.get(
    "/proof/events/:id",
    {
      schema: {
        tags: ["proof"],
        summary: "Receipt of one event, by its id",
        params: z.object({ id: z.uuid() }),
        response: { 200: answer },
      },
    },
    async (request) => {
      requireCaller(request, "auditor", "person", "center", "agency")
      const log = opened(proof)
      const index = await proof.ids.indexOf(log.reader(), request.params.id)
      if (index === null) throw notFound(`event ${request.params.id}`)
      const event = await eventAtIndex(proof.find, log.reader(), index)
      if (event === null)
        throw notFound(`event ${request.params.id} is published at ${index}, but the ledger holds another there: run fsck`)
      await mayRead(deps, request, event)
      return receipt(event, index)
    },
  )
  server.get(
    "/proof/streams/:stream/:revision",
    {
      schema: {
        tags: ["proof"],
        summary: "Receipt of one event, by its place in its stream",
        params: z.object({ stream: z.string().max(200), revision: z.coerce.number().int().min(0) }),
        response: { 200: answer },
      },
    },
    async (request) => {
      requireCaller(request, "auditor", "person", "center", "agency")
      const { stream, revision } = request.params
      const event = await eventOf(proof.find, stream as StreamName, revision)
      if (event === null) throw notFound(`${stream}, revision ${revision}`)
      await mayRead(deps, request, event)
      return receipt(event, await indexOf(proof.find, opened(proof).reader(), event))
    },
  )
}

export const addProofRoutes = (server: Server, deps: ProofRouteDeps): void => {
  addStaticLog(server, deps.proof)
  addLogRoutes(server, deps)
  addReceiptRoutes(server, deps)
}
