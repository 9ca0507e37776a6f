/** The center's boards: transfers, overlaps, statistics, freshness, quarantine. */
import { province, scheme } from "@tongzhang/contracts/primitives"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { EventStore } from "@tongzhang/event-store/port"
import type { Queries } from "@tongzhang/record/queries"
import type { Db } from "@tongzhang/record/tables"
import { requireCaller, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { addCoverageRoutes } from "./coverage-routes.js"
import { type Cursor, readCursor, writeCursor } from "./cursor.js"
import { freshnessOf, freshnessSchema } from "./freshness.js"
import { dateAt } from "./moments.js"
import { newestOf } from "./newest.js"
import { qualityOf, qualitySchema } from "./overlap-quality.js"
import { queueOf, queueSchema, stages } from "./overlaps.js"
import { statisticsOf, statisticsSchema } from "./statistics.js"
import { boardOf, boardSchema } from "./transfers.js"

export type BoardRouteDeps = {
  readonly db: Db
  readonly store: EventStore
  readonly queries: Queries
  readonly clock: Clock
}

const limit = z.coerce.number().int().min(1).max(500).default(100)
const cursor = z.string().max(600).optional()
const afterOf = (text: string | undefined): Cursor | null => (text === undefined ? null : readCursor(text))
const nextOf = (last: Cursor | null): string | null => (last === null ? null : writeCursor(last))

/** An agency sees its own province's part, whatever it asks for; center and auditor see what they ask for. */
const scopeOf = (request: WithCaller, wanted: ProvinceCode | undefined): { readonly province?: ProvinceCode } => {
  const caller = requireCaller(request, "agency", "center", "auditor")
  const mine = caller.kind === "agency" ? caller.province : wanted
  return mine === undefined ? {} : { province: mine }
}

const given = <T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

const addCases = (server: Server, { db, clock }: BoardRouteDeps): void => {
  const boardQuery = z.object({
    province: province.optional(),
    status: z.string().max(20).optional(),
    overdue: z.enum(["true"]).optional(),
    limit,
    cursor,
  })
  server.get(
    "/transfers",
    {
      schema: {
        tags: ["boards"],
        summary: "Transfers: counts, bottlenecks, and the list with the most urgent first",
        querystring: boardQuery,
        response: { 200: boardSchema },
      },
    },
    async (request) => {
      const { query } = request
      const filter = {
        ...scopeOf(request, query.province),
        ...given({ status: query.status }),
        overdue: query.overdue === "true",
        limit: query.limit,
        after: afterOf(query.cursor),
      }
      const { board, last } = await boardOf(db, dateAt(clock.now()), filter)
      return { ...board, next: nextOf(last) }
    },
  )
  const queueQuery = z.object({
    province: province.optional(),
    status: z.string().max(20).optional(),
    kind: z.string().max(20).optional(),
    stage: z.enum(stages).optional(),
    limit,
    cursor,
  })
  server.get(
    "/overlaps",
    {
      schema: {
        tags: ["boards"],
        summary: "Overlap cases by the money at risk",
        querystring: queueQuery,
        response: { 200: queueSchema },
      },
    },
    async (request) => {
      const { status, kind, stage, limit: limit_rows, cursor: text, province: wanted } = request.query
      const filter = { ...scopeOf(request, wanted), ...given({ status, kind, stage }), limit: limit_rows, after: afterOf(text) }
      const { queue, last } = await queueOf(db, clock.now(), filter)
      return { ...queue, next: nextOf(last) }
    },
  )
}

const addQuality = (server: Server, { db, store, clock }: BoardRouteDeps): void => {
  server.get(
    "/overlaps/quality",
    {
      schema: {
        tags: ["boards"],
        summary: "How good the alarms are: observed precision, cases by month, latency, benefits held",
        response: { 200: qualitySchema },
      },
    },
    async (request) => {
      requireCaller(request, "center", "auditor")
      return qualityOf(db, store, clock.now(), (await newestOf(db))?.recordedAt ?? null)
    },
  )
}

const addFigures = (server: Server, { db, queries, clock }: BoardRouteDeps): void => {
  const querystring = z.object({ province: province.optional(), scheme: scheme.optional() })
  server.get(
    "/statistics",
    {
      schema: {
        tags: ["boards"],
        summary: "Coverage by province, scheme and sex",
        querystring,
        response: { 200: statisticsSchema },
      },
    },
    async (request) => {
      const caller = requireCaller(request, "agency", "center", "auditor")
      const { query } = request
      const [rows, persons, fresh, newest] = [
        await queries.coverage(),
        await queries.totals(),
        await queries.freshness(),
        await newestOf(db),
      ]
      const freshness = freshnessOf(fresh, clock.now())
      return statisticsOf({
        rows,
        persons,
        freshness,
        newest,
        whole: caller.kind === "center",
        ...given({ province: query.province, scheme: query.scheme }),
      })
    },
  )
  server.get(
    "/freshness",
    { schema: { tags: ["boards"], summary: "How old each province's data is", response: { 200: z.array(freshnessSchema) } } },
    async (request) => {
      requireCaller(request, "agency", "center", "auditor", "person")
      return freshnessOf(await queries.freshness(), clock.now())
    },
  )
  const stuck = z.object({
    person: z.string(),
    stream: z.string(),
    revision: z.int(),
    cause: z.string(),
    since: z.iso.datetime(),
    attempts: z.int(),
  })
  server.get(
    "/quarantine",
    {
      schema: {
        tags: ["boards"],
        summary: "Persons set aside because a fact could not be folded",
        response: { 200: z.array(stuck) },
      },
    },
    async (request) => {
      requireCaller(request, "center")
      const rows = await queries.quarantined()
      return rows.map(({ person_key, since, ...row }) => ({ person: person_key, since: new Date(since).toISOString(), ...row }))
    },
  )
}

/** `/transfers`, `/overlaps`, `/statistics` and below, `/freshness`, `/quarantine`. */
export const addBoardRoutes = (server: Server, deps: BoardRouteDeps): void => {
  addCases(server, deps)
  addQuality(server, deps)
  addFigures(server, deps)
  addCoverageRoutes(server, deps)
}
