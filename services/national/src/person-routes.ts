/** One person over HTTP. No ID number is ever part of an address. */
import { personKey, yearMonth } from "@tongzhang/contracts/primitives"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { Selectable } from "kysely"
import type { QuarantineTable } from "@tongzhang/record/tables"
import { unifiedRecordSchema } from "@tongzhang/record/view-schema"
import { requireCaller, requirePersonAccess, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import type { AccessLog } from "@tongzhang/engines/access-log"
import { note, readerOf, requireReveal } from "./access.js"
import { addDiff } from "./diff-routes.js"
import { addExplain } from "./explain-routes.js"
import { matrixCsv, matrixXlsx } from "./export.js"
import { freshnessOf, freshnessSchema } from "./freshness.js"
import { identityOf, identitySchema } from "./identity.js"
import { type Known, knownAtText, knownOf } from "./moments.js"
import {
  type AsOf,
  findById,
  findByName,
  type PeopleDeps,
  type Person,
  personAt,
  provincesOf,
  unknownPerson,
  viewOf,
  waitFor,
} from "./people.js"
import { addLaw } from "./law-routes.js"
import { addPaid } from "./paid/routes.js"
import { addSimulate } from "./simulate-routes.js"

export type PersonRouteDeps = PeopleDeps & { readonly access: AccessLog }

const params = z.object({ key: personKey })
const asOf = z.object({
  validAt: yearMonth.optional().describe("the record as it held in this month: months, amounts, statuses, benefits"),
  knownAt: knownAtText.optional(),
  minPosition: z.string().max(80).optional().describe("wait until the record holds this position (read your own write)"),
  reveal: z.enum(["true", "false"]).default("false").describe("name and ID number in full"),
})
type AsOfQuery = z.infer<typeof asOf>

const trouble = z.object({ stream: z.string(), revision: z.int(), cause: z.string() }).nullable()
const answer = z.object({
  record: unifiedRecordSchema,
  identity: identitySchema,
  freshness: z.array(freshnessSchema).describe("of the provinces that hold something of this person"),
  asKnown: z.object({ knownAt: z.string().nullable(), problem: trouble }),
  quarantine: trouble.describe("not null: a fact could not be folded, and the record stands before it"),
})

const troubleOf = (row: Selectable<QuarantineTable> | null): z.infer<typeof trouble> =>
  row === null ? null : { stream: row.stream, revision: row.revision, cause: row.cause }

/** Access, waiting, as-of: what every read of a record has in common. */
const enter = async (
  deps: PersonRouteDeps,
  request: WithCaller,
  key: PersonKey,
  query: AsOfQuery,
  what: string,
): Promise<{ person: Person; at: AsOf; reveal: boolean }> => {
  const reader = readerOf(request, key)
  await waitFor(deps, query.minPosition)
  const known: Known | null = query.knownAt === undefined ? null : knownOf(query.knownAt)
  const at = { known, validAt: query.validAt }
  const person = await personAt(deps, key, at)
  if (person === null) throw unknownPerson()
  const reveal = query.reveal === "true"
  // Who may see the name follows from today's record, not from the one of the past.
  if (reveal)
    requireReveal(
      reader,
      known === null && query.validAt === undefined ? person.state : ((await deps.queries.recordOf(key)) ?? person.state),
    )
  await note(deps.access, deps.clock, reader, key, reveal ? `${what}, revealed` : what)
  return { person, at, reveal }
}

const addRecord = (server: Server, deps: PersonRouteDeps): void => {
  server.get(
    "/persons/:key/record",
    {
      schema: {
        tags: ["person"],
        summary: "Unified record across provinces, as valid and as known",
        params,
        querystring: asOf,
        response: { 200: answer },
      },
    },
    async (request) => {
      const { key } = request.params
      const { knownAt } = request.query
      const { person, at, reveal } = await enter(deps, request, key, request.query, "record")
      const { state } = person
      const mine = provincesOf(state)
      const [view, identity, heard, aside] = await Promise.all([
        viewOf(deps, state, at),
        identityOf(deps.keys, key, state.person.sealed, reveal),
        deps.queries.freshness(),
        deps.queries.quarantineOf(key),
      ])
      return {
        record: view,
        identity,
        freshness: freshnessOf(heard, deps.clock.now()).filter(({ province }) => mine.has(province as ProvinceCode)),
        asKnown: { knownAt: knownAt ?? null, problem: person.problem },
        quarantine: troubleOf(aside),
      }
    },
  )
  const table = { tags: ["person"], params, querystring: asOf }
  server.get("/persons/:key/record.csv", { schema: { ...table, summary: "Months matrix as CSV" } }, async (request, reply) => {
    const { key } = request.params
    const { person, at } = await enter(deps, request, key, request.query, "record.csv")
    const csv = matrixCsv(await viewOf(deps, person.state, at))
    return reply.type("text/csv; charset=utf-8").header("content-disposition", `attachment; filename="${key}.csv"`).send(csv)
  })
  server.get("/persons/:key/record.xlsx", { schema: { ...table, summary: "Months matrix as XLSX" } }, async (request, reply) => {
    const { key } = request.params
    const { person, at } = await enter(deps, request, key, request.query, "record.xlsx")
    const bytes = await matrixXlsx(await viewOf(deps, person.state, at))
    return reply
      .type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .header("content-disposition", `attachment; filename="${key}.xlsx"`)
      .send(bytes)
  })
}

const addAccesses = (server: Server, deps: PersonRouteDeps): void => {
  const line = z.object({
    id: z.int(),
    event: z.string().describe("the fact in the ledger: /audit/proof gives a receipt for it"),
    position: z.string(),
    caller: z.object({ kind: z.string(), id: z.string(), province: z.string().nullable() }),
    purpose: z.string(),
    what: z.string(),
    at: z.iso.datetime(),
  })
  const querystring = z.object({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    before: z.coerce.number().int().optional(),
  })
  const response = z.object({ person: z.string(), accesses: z.array(line), next: z.int().nullable() })
  // `access` is the name in the plan; `accesses` came first and stays.
  for (const path of ["/persons/:key/access", "/persons/:key/accesses"])
    server.get(
      path,
      {
        schema: {
          tags: ["person"],
          summary: "Who has seen this record, when and for what",
          params,
          querystring,
          response: { 200: response },
        },
      },
      async (request) => {
        const { key } = request.params
        const { limit, before } = request.query
        requireCaller(request, "person", "center", "auditor")
        requirePersonAccess(request, key)
        const reader = readerOf(request, key)
        // A person looking at their own list is no news to them.
        if (reader.caller.kind !== "person") await note(deps.access, deps.clock, reader, key, "accesses")
        const accesses = [...(await deps.access.list(key, { limit, ...(before === undefined ? {} : { before }) }))]
        return { person: key, accesses, next: accesses.length === limit ? (accesses.at(-1)?.id ?? null) : null }
      },
    )
}

const addLookup = (server: Server, deps: PersonRouteDeps): void => {
  const text = z.string().min(1).max(64)
  const body = z
    .object({ citizenId: z.string().min(1).max(24).optional(), name: text.optional() })
    .refine((given) => given.citizenId !== undefined || given.name !== undefined, "give citizenId, name, or both")
  const match = z.object({
    state: z.enum(["matched", "possible"]),
    person: z.string(),
    sex: z.string().nullable(),
    birthMonth: z.string().nullable(),
    identity: identitySchema,
  })
  const response = z.object({
    state: z
      .enum(["matched", "possible", "none"])
      .describe("matched: this number; possible: the name alone, or number and name of different persons"),
    matches: z.array(match),
  })
  server.post(
    "/persons/lookup",
    { schema: { tags: ["person"], summary: "Person key by ID number or exact name", body, response: { 200: response } } },
    async (request) => {
      const caller = requireCaller(request, "agency", "center", "auditor")
      const purpose = requirePurpose(request, "service", "transfer", "duplicate-check", "audit")
      const { citizenId, name } = request.body
      const matches = citizenId === undefined ? await findByName(deps, name ?? "") : await findById(deps, citizenId, name)
      for (const one of matches) await note(deps.access, deps.clock, { caller, purpose }, one.person, "lookup")
      const state = matches.length === 0 ? "none" : matches.some((one) => one.state === "matched") ? "matched" : "possible"
      return { state, matches } as const
    },
  )
}

/** The masked names of a queue's page; each of them a read of its own in the person's list. */
const addNames = (server: Server, deps: PersonRouteDeps): void => {
  const body = z.object({ persons: z.array(personKey).min(1).max(100) })
  const response = z.object({
    persons: z.record(z.string(), identitySchema).describe("by person key; nobody knows a key that is left out"),
  })
  server.post(
    "/persons/identities",
    {
      schema: {
        tags: ["person"],
        summary: "Masked identities of up to 100 persons, for queues",
        body,
        response: { 200: response },
      },
    },
    async (request) => {
      const caller = requireCaller(request, "agency", "center", "auditor")
      const purpose = requirePurpose(request, "service", "transfer", "duplicate-check", "audit")
      const found = await deps.queries.recordsOf([...new Set(request.body.persons)])
      // Side by side: the entries of a page share one commit.
      const named = await Promise.all(
        [...found.values()].map(async ({ key, person }) => {
          await note(deps.access, deps.clock, { caller, purpose }, key, "masked name in a list")
          return [key, await identityOf(deps.keys, key, person.sealed, false)] as const
        }),
      )
      return { persons: Object.fromEntries(named) }
    },
  )
}

/** Everything under `/persons`. */
export const addPersonRoutes = (server: Server, deps: PersonRouteDeps): void => {
  addRecord(server, deps)
  addDiff(server, deps)
  addExplain(server, deps)
  addSimulate(server, deps)
  addLaw(server, deps)
  addPaid(server, deps)
  addAccesses(server, deps)
  addLookup(server, deps)
  addNames(server, deps)
}
