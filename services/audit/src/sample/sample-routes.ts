/** `GET /sample`: a reproducible sample of money facts, by seed and position. It names facts and keys, nobody's identity. */
import type { EventStore, Position } from "@tongzhang/event-store/port"
import { requireCaller, requirePurpose } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { drawSample, sampleLimits } from "./population.js"

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
  recordedFrom: z.iso.date().optional().describe("only what the ledger was told on this day of China or later"),
  recordedTo: z.iso.date().optional().describe("or on this day or earlier"),
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
      const {
        seed,
        size,
        method,
        upTo: asked,
        province,
        scheme,
        recordedFrom = "0000-01-01",
        recordedTo = "9999-12-31",
      } = request.query
      const recorded = { from: recordedFrom, to: recordedTo }
      const upTo = (asked as Position | undefined) ?? (await store.head())
      if (upTo === null) return { seed, method, size, upTo, facts: 0, amount_fen: 0, strata: [], items: [] }
      return { seed, method, size, upTo, ...(await drawSample(store, { seed, method, size, upTo, province, scheme, recorded })) }
    },
  )
}
