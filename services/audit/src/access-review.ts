/**
 * `GET /accesses`: who read whose record, over everybody: by reader, purpose and hour. It names person keys and readers, no record;
 * what it counts are the `Access-` facts of the ledger itself, which nobody can take out again (ADR 11).
 */
import type { ServerResponse } from "node:http"
import type { DateText } from "@tongzhang/domain/ids"
import { subjectOf } from "@tongzhang/domain/stream-name"
import type { EventStore } from "@tongzhang/event-store/port"
import { isWorkingDay } from "@tongzhang/law/working-days"
import { requireCaller, requirePurpose } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { scanFacts } from "./scan.js"

/** Agencies' usual hours; a read before or after them, or on a day off, is worth a look and no offence. */
export const officeHours = { from: "08:00", to: "18:00" } as const
const china_ms = 8 * 3_600_000

/** Whether a moment lies outside office hours of China, or on a day that is no working day there. */
export const outOfHours = (at_ms: number): boolean => {
  const [date = "", time = ""] = new Date(at_ms + china_ms).toISOString().split("T")
  return !isWorkingDay(date as DateText) || time < officeHours.from || time >= officeHours.to
}

const query = z.object({
  from: z.iso.date().optional().describe("first day, of China"),
  to: z.iso.date().optional().describe("last day, of China"),
  kind: z.enum(["agency", "center", "auditor", "person", "platform"]).optional(),
  reader: z.string().max(80).optional().describe("the reader's id, exactly"),
  purpose: z.string().max(40).optional(),
  outOfHours: z.enum(["true", "false"]).default("false").describe("only reads outside office hours or on days off"),
  revealed: z.enum(["true", "false"]).default("false").describe("only reads that showed the full identity"),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
type Query = z.infer<typeof query>

const reader = z.object({ kind: z.string(), id: z.string(), province: z.string().nullable() })
const line = z.object({
  event: z.string(),
  position: z.string(),
  at: z.iso.datetime(),
  person: z.string(),
  reader,
  purpose: z.string(),
  what: z.string(),
  outOfHours: z.boolean(),
})
type Line = z.infer<typeof line>
const sums = z.object({
  reader,
  reads: z.int(),
  persons: z.int(),
  outOfHours: z.int(),
  revealed: z.int(),
})
const answer = z.object({
  officeHours: z.object({ from: z.string(), to: z.string() }),
  reads: z.int().describe("that fit the question"),
  total: z.int().describe("all reads of the days asked for"),
  readers: z.array(sums).describe("who read most first"),
  lines: z.array(line).describe("newest first"),
})

const isReveal = (what: string): boolean => what.endsWith("revealed")
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)
const day_ms = 86_400_000

const fits = (one: Line, wanted: Query): boolean =>
  (wanted.kind === undefined || one.reader.kind === wanted.kind) &&
  (wanted.reader === undefined || one.reader.id === wanted.reader) &&
  (wanted.purpose === undefined || one.purpose === wanted.purpose) &&
  (wanted.outOfHours === "false" || one.outOfHours) &&
  (wanted.revealed === "false" || isReveal(one.what))

type Sum = { readonly reader: Line["reader"]; reads: number; readonly persons: Set<string>; outOfHours: number; revealed: number }

async function* reads(store: EventStore, { from, to }: Query, signal: AbortSignal): AsyncGenerator<Line> {
  const first = from === undefined ? -Infinity : startOf(from)
  const last = to === undefined ? Infinity : startOf(to) + day_ms
  for await (const scanned of scanFacts({ store, knownAt: null, prefixes: ["Access-"], signal })) {
    if (!scanned.ok || scanned.event.type !== "RecordRead") continue
    const { id, position, recordedAt, stream } = scanned.fact
    if (recordedAt < first || recordedAt >= last) continue
    const { reader: who, purpose, what } = scanned.event
    yield {
      event: id,
      position,
      at: new Date(recordedAt).toISOString(),
      person: subjectOf(stream) ?? "",
      reader: who,
      purpose,
      what,
      outOfHours: outOfHours(recordedAt),
    }
  }
}

export const review = async (store: EventStore, wanted: Query, signal: AbortSignal): Promise<z.infer<typeof answer>> => {
  const found = new Map<string, Sum>()
  let total = 0
  let count = 0
  let lines: Line[] = []
  for await (const one of reads(store, wanted, signal)) {
    total++
    if (!fits(one, wanted)) continue
    count++
    const name = `${one.reader.kind} ${one.reader.id}`
    const sum = found.get(name) ?? { reader: one.reader, reads: 0, persons: new Set(), outOfHours: 0, revealed: 0 }
    found.set(name, sum)
    sum.reads++
    sum.persons.add(one.person)
    if (one.outOfHours) sum.outOfHours++
    if (isReveal(one.what)) sum.revealed++
    lines.push(one)
    if (lines.length >= 2 * wanted.limit) lines = lines.slice(-wanted.limit)
  }
  signal.throwIfAborted()
  const readers = [...found.values()].sort((a, b) => b.reads - a.reads || (a.reader.id < b.reader.id ? -1 : 1))
  return {
    officeHours,
    reads: count,
    total,
    readers: readers.map((one) => ({ ...one, persons: one.persons.size })),
    lines: lines.slice(-wanted.limit).reverse(),
  }
}

export const addReviewRoutes = (server: Server, { store }: { readonly store: EventStore }): void => {
  const signalOf = (raw: ServerResponse): AbortSignal => {
    const gone = new AbortController()
    raw.once("close", () => gone.abort())
    return gone.signal
  }
  server.get(
    "/accesses",
    {
      schema: {
        tags: ["accesses"],
        summary: "Who read whose record, over everybody: by reader, purpose and hour",
        querystring: query,
        response: { 200: answer },
      },
    },
    async (request, reply) => {
      requireCaller(request, "auditor")
      requirePurpose(request, "audit")
      return review(store, request.query, signalOf(reply.raw))
    },
  )
}
