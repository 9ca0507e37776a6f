/** The auditors' door. Every read of a person's history is itself on record. */
import { personKey, yearMonth } from "@tongzhang/contracts/primitives"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { Position } from "@tongzhang/event-store/port"
import { requireCaller, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Caller, Purpose } from "@tongzhang/service-kit/caller"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import { addJobRoutes, jobOwner, jobSchema } from "@tongzhang/service-kit/job-routes"
import type { Jobs } from "@tongzhang/service-kit/jobs"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import { cellChangeSchema } from "./cells.js"
import { audited, type HistoryDeps, recordsOf, stepsOf, type Until } from "./history.js"
import type { VerifyOptions, VerifyReport } from "./verify.js"

export type AccessEntry = {
  readonly person: PersonKey
  readonly caller: Caller
  readonly purpose: Purpose
  readonly what: string
  /** ms since 1970 */
  readonly at: number
}

export type RouteDeps = HistoryDeps & {
  readonly clock: Clock
  readonly jobs: Jobs
  readonly verify: (options: VerifyOptions) => Promise<VerifyReport>
  /** Must be durable when it resolves: the answer is sent only then. */
  readonly logAccess: (entry: AccessEntry) => Promise<void>
}

const words = z.object({ zh: z.string(), en: z.string() })
const identity = z.object({
  state: z.enum(["masked", "revealed", "erased", "unreadable"]),
  name: z.string().nullable(),
  citizenId: z.string().nullable(),
})
const auditedEvent = z.object({
  id: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.int(),
  position: z.string(),
  recordedAt: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
  identity: identity.optional(),
  words,
  deed: z
    .object({ who: words, why: words, rule: z.string().nullable(), words })
    .nullable()
    .describe("who, why and under which rule"),
  metadata: z
    .looseObject({})
    .nullable()
    .describe("actor, channel, purpose, commandId, causationId, source {feedId, row, fileHash}, ruleVersion …"),
})
const value = z.union([z.number(), z.string()]).nullable()
const change = z.object({
  about: z.string(),
  what: z.string(),
  before: value,
  after: value,
  unit: z.enum(["fen", "months", "text"]),
  label: words.describe("what changed, without its values"),
  words,
})
const step = z.object({
  n: z.int(),
  event: auditedEvent,
  changes: z.array(change).readonly(),
  problem: z.string().nullable(),
  months: z.array(cellChangeSchema).readonly().optional().describe("months that stand otherwise after this fact"),
})

const params = z.object({ key: personKey })
const query = z.object({
  upTo: z
    .string()
    .regex(/^[\w.:-]{1,80}$/u)
    .optional()
    .describe("log position, inclusive"),
  knownAt: z.iso.datetime({ offset: true }).optional().describe("only what the ledger knew at this moment"),
  reveal: z.enum(["true", "false"]).default("false").describe("show name and ID number in full; needs the purpose audit"),
})
type Query = z.infer<typeof query>
const count = z.coerce.number().int().min(1).max(1_000_000).optional()
const stepQuery = query.extend({
  validAt: yearMonth.optional().describe("only facts that hold in this month"),
  at: count.describe("this step only, counted from 1"),
  from: count.describe("first step shown"),
  to: count.describe("last step shown"),
  months: z.enum(["true", "false"]).default("false").describe("also which months each fact changed"),
})

const untilOf = ({ upTo, knownAt }: Query): Until => ({
  ...(upTo === undefined ? {} : { upTo: upTo as Position }),
  ...(knownAt === undefined ? {} : { knownAt: Date.parse(knownAt) }),
})

const nobody = () =>
  problem({
    status: 404,
    rule: "PERSON_UNKNOWN",
    field: "key",
    hint_zh: "账本中没有该参保人的任何事件，请核对参保人标识",
    hint_en: "The ledger holds no fact about this person: check the person key",
  })

/** Only auditors, and only for an audit; noted before anything is read. */
const enter = async (deps: RouteDeps, request: WithCaller, person: PersonKey, what: string): Promise<void> => {
  const caller = requireCaller(request, "auditor")
  const purpose = requirePurpose(request, "audit")
  await deps.logAccess({ person, caller, purpose, what, at: deps.clock.now() })
}

/** `GET /persons/:key/events`, `GET /persons/:key/replay`, `POST /verify` and the job routes. */
export const addAuditRoutes = (server: Server, deps: RouteDeps): void => {
  const { jobs, clock } = deps
  server.get(
    "/persons/:key/events",
    {
      schema: {
        tags: ["history"],
        summary: "Every fact about one person, as recorded",
        params,
        querystring: query,
        response: { 200: z.object({ person: z.string(), events: z.array(auditedEvent) }) },
      },
    },
    async (request) => {
      const { key } = request.params
      const reveal = request.query.reveal === "true"
      await enter(deps, request, key, reveal ? "events, revealed" : "events")
      const records = await recordsOf(deps, key, untilOf(request.query))
      if (records.length === 0) throw nobody()
      return { person: key, events: await Promise.all(records.map((record) => audited(deps, key, record, reveal))) }
    },
  )
  for (const path of ["/persons/:key/replay", "/persons/:key/history"])
    server.get(
      path,
      {
        schema: {
          tags: ["history"],
          summary: "Step by step: what each fact changed",
          params,
          querystring: stepQuery,
          response: { 200: z.object({ person: z.string(), steps: z.array(step) }) },
        },
      },
      async (request) => {
        const { key } = request.params
        const reveal = request.query.reveal === "true"
        await enter(deps, request, key, reveal ? "replay, revealed" : "replay")
        const records = await recordsOf(deps, key, untilOf(request.query))
        if (records.length === 0) throw nobody()
        const { validAt, at, from = at, to = at } = request.query
        const months = request.query.months === "true"
        return { person: key, steps: await stepsOf(deps, key, records, reveal, { validAt, from, to, months }) }
      },
    )
  server.post(
    "/verify",
    {
      schema: {
        tags: ["integrity"],
        summary: "Fold the whole log again and compare: a job; the report is its result",
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      const caller = requireCaller(request, "auditor", "center")
      const job = jobs.start(
        "verify",
        null,
        async ({ signal, advance, setTotal }) => {
          setTotal(await countEvents(deps))
          return deps.verify({ signal, onProgress: advance })
        },
        { owner: jobOwner(caller) },
      )
      return reply.code(202).send(job)
    },
  )
  addJobRoutes(server, jobs, clock)
}

/** What the record says it holds: good enough for a bar of progress. */
const countEvents = async ({ record }: RouteDeps): Promise<number> => {
  const { count } = await record.db
    .selectFrom("person_record")
    .select(({ fn }) => fn.sum<number | null>("events").as("count"))
    .executeTakeFirstOrThrow()
  return count ?? 0
}
