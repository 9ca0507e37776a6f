/** `GET /sample`: a reproducible sample of money facts, by seed and position. It names facts and keys, nobody's identity. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import { parseStreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { requireCaller, requirePurpose } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { amountOf, bandOf, drawMonetary, drawStratified, type Item } from "./draw.js"

export const sampleLimits = { size_max: 1_000, page_events: 2_000 } as const

const provinceOf = (record: RecordedEvent, data: object): string => {
  const name = parseStreamName(record.stream)
  if (name?.category === "Enrollment") return name.parts[0] ?? ""
  return "province" in data && typeof data.province === "string" ? data.province : ""
}

const itemOf = (record: RecordedEvent): Item | null => {
  const decoded = decodeEvent(record)
  if (!decoded.ok) return null
  const amount_fen = amountOf(decoded.event)
  if (amount_fen === null) return null
  const name = parseStreamName(record.stream)
  const { id, type, stream, revision, position } = record
  const [province, scheme] = [provinceOf(record, decoded.event), name?.parts[1] ?? ""]
  const stratum = `${province === "" ? "--" : province} ${scheme} ${decoded.event.type} ${bandOf(amount_fen)}`
  return { event: id, type, stream, revision, position, province, scheme, amount_fen, stratum }
}

type Scope = { readonly upTo: Position; readonly province?: string | undefined; readonly scheme?: string | undefined }

/** Money facts in the order of the log, up to and including a position. */
const population = async function* (store: EventStore, { upTo, province, scheme }: Scope): AsyncGenerator<Item> {
  const prefixes = [
    province === undefined ? "Enrollment-" : `Enrollment-${province}_`,
    ...(province === undefined ? ["Benefit-"] : []),
  ]
  for (let after: Position | null = null; ;) {
    const page = await store.readAll({ after, max: sampleLimits.page_events, prefixes })
    for (const record of page.events) {
      if (record.position > upTo) return
      const item = itemOf(record)
      if (item !== null && (scheme === undefined || item.scheme === scheme)) yield item
    }
    if (page.atEnd) return
    after = page.next
  }
}

const query = z.object({
  seed: z.string().min(1).max(100).describe("same seed, same position: the same sample, for everybody"),
  size: z.coerce.number().int().min(1).max(sampleLimits.size_max).default(25),
  method: z.enum(["stratified", "monetary"]).default("stratified").describe("monetary: the chance of a fact is its amount"),
  upTo: z.string().max(80).optional().describe("log position, inclusive; left out: the newest, which the answer names"),
  province: z
    .string()
    .regex(/^\d{2}$/u)
    .optional()
    .describe("facts of this province's relations only"),
  scheme: z
    .string()
    .regex(/^\d{3}$/u)
    .optional(),
})
const item = z.object({
  event: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.int(),
  position: z.string(),
  province: z.string(),
  scheme: z.string(),
  amount_fen: z.int(),
  stratum: z.string(),
  hits: z.int(),
})
const stratum = z.object({ stratum: z.string(), facts: z.int(), amount_fen: z.int(), drawn: z.int() })
const answer = z.object({
  seed: z.string(),
  method: z.string(),
  size: z.int(),
  upTo: z.string().nullable(),
  facts: z.int(),
  amount_fen: z.int(),
  strata: z.array(stratum).readonly(),
  items: z.array(item).readonly(),
})

export const addSampleRoutes = (server: Server, { store }: { readonly store: EventStore }): void => {
  server.get(
    "/sample",
    {
      schema: {
        tags: ["sample"],
        summary: "Draw a reproducible sample of money facts",
        querystring: query,
        response: { 200: answer },
      },
    },
    async (request) => {
      requireCaller(request, "auditor")
      requirePurpose(request, "audit")
      const { seed, size, method, upTo: asked, province, scheme } = request.query
      const upTo = (asked as Position | undefined) ?? (await store.head())
      if (upTo === null) return { seed, method, size, upTo, facts: 0, amount_fen: 0, strata: [], items: [] }
      const read = (): AsyncIterable<Item> => population(store, { upTo, province, scheme })
      const drawn = method === "monetary" ? await drawMonetary(read, seed, size) : await drawStratified(read(), seed, size)
      return { seed, method, size, upTo, ...drawn }
    },
  )
}
