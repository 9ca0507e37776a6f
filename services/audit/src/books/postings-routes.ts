/** `GET /books/postings`: the events behind one line of the trial balance, newest first, each with all its entries. */
import type { ServerResponse } from "node:http"
import type { PersonKey } from "@tongzhang/domain/ids"
import { personOf } from "@tongzhang/domain/stream-name"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import { type AccountCode, accountCodes } from "@tongzhang/record/books/accounts"
import { createBooks } from "@tongzhang/record/books/books"
import type { Posting } from "@tongzhang/record/books/postings"
import { requireCaller, requirePurpose } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { needsLine } from "../conservation.js"
import { lineBefore } from "../facts.js"
import { knownAtOf, knownAtText } from "../known-at.js"
import type { RouteDeps } from "../routes.js"
import { moneyPrefixes, scanFacts } from "../scan.js"
import { provinceText } from "./books-routes.js"

const shown_max = 200

const query = z.object({
  account: z.enum(accountCodes as [AccountCode, ...AccountCode[]]),
  province: provinceText.optional(),
  scheme: z
    .string()
    .regex(/^\d{3}$/u)
    .optional(),
  payer: z.string().max(80).optional(),
  knownAt: knownAtText.optional(),
  limit: z.coerce.number().int().min(1).max(shown_max).default(50).describe("newest events shown; the sums are of all"),
})
type Query = z.infer<typeof query>

const posting = z.object({
  account: z.string(),
  province: z.string(),
  scheme: z.string().nullable(),
  payer: z.string(),
  amount_fen: z.int().describe("debit positive, credit negative"),
})
const answer = z.object({
  events: z.int().describe("that touch the account"),
  debit_fen: z.int(),
  credit_fen: z.int(),
  position: z.string().nullable().describe("last fact taken in"),
  shown: z
    .array(
      z.object({
        event: z.string(),
        type: z.string(),
        stream: z.string(),
        revision: z.int(),
        position: z.string(),
        recordedAt: z.iso.datetime(),
        person: z.string().nullable(),
        entries: z.array(posting).readonly().describe("all entries of the event: they sum to zero"),
      }),
    )
    .readonly(),
})

const matches = (one: Posting, { account, province, scheme, payer }: Query): boolean =>
  one.account === account &&
  (province === undefined || one.province === province) &&
  (scheme === undefined || one.scheme === scheme) &&
  (payer === undefined || one.payer === payer)

type Touching = { readonly fact: RecordedEvent; readonly entries: readonly Posting[] }

const found = async (store: EventStore, wanted: Query, signal: AbortSignal) => {
  const books = createBooks()
  let [events, debit_fen, credit_fen] = [0, 0, 0]
  let position: string | null = null
  let newest: Touching[] = []
  for await (const scanned of scanFacts({ store, knownAt: knownAtOf(wanted.knownAt), prefixes: moneyPrefixes, signal })) {
    const { fact } = scanned
    position = fact.position
    // What cannot be read is named by the balance itself.
    if (!scanned.ok) continue
    const name = needsLine(scanned.event)
    const line = name === null ? null : await lineBefore(store, fact.stream, name, fact.revision)
    const entries = books.add(fact.stream, fact.revision, scanned.event, line)
    const mine = entries.filter((one) => matches(one, wanted))
    if (mine.length === 0) continue
    events++
    for (const { amount_fen } of mine) {
      if (amount_fen > 0) debit_fen += amount_fen
      else credit_fen -= amount_fen
    }
    newest.push({ fact, entries })
    if (newest.length >= 2 * shown_max) newest = newest.slice(-shown_max)
  }
  signal.throwIfAborted()
  return { events, debit_fen, credit_fen, position, newest: newest.slice(-wanted.limit).reverse() }
}

/** Auditors only; every person whose events are shown is noted as read before the answer. */
export const addPostingsRoutes = (server: Server, deps: Pick<RouteDeps, "store" | "clock" | "logAccess">): void => {
  const aborted = (raw: ServerResponse): AbortSignal => {
    const gone = new AbortController()
    raw.once("close", () => gone.abort())
    return gone.signal
  }
  server.get(
    "/books/postings",
    {
      schema: {
        tags: ["books"],
        summary: "The events behind one account of the trial balance, newest first",
        querystring: query,
        response: { 200: answer },
      },
    },
    async (request, reply) => {
      const caller = requireCaller(request, "auditor")
      const purpose = requirePurpose(request, "audit")
      const { newest, ...sums } = await found(deps.store, request.query, aborted(reply.raw))
      const shown = newest.map(({ fact: { id, type, stream, revision, position, recordedAt }, entries }) => ({
        event: id,
        type,
        stream,
        revision,
        position,
        recordedAt: new Date(recordedAt).toISOString(),
        person: personOf(stream),
        entries,
      }))
      for (const person of new Set(shown.flatMap((one) => one.person ?? [])))
        await deps.logAccess({ person: person as PersonKey, caller, purpose, what: "postings", at: deps.clock.now() })
      return { ...sums, shown }
    },
  )
}
