/** Coverage by month: the map of one month, the trend of one province. */
import { dateText, province, scheme, yearMonth } from "@tongzhang/contracts/primitives"
import { addMonths, type YearMonth } from "@tongzhang/domain/month"
import type { Queries } from "@tongzhang/record/queries"
import type { Db } from "@tongzhang/record/tables"
import { requireCaller } from "@tongzhang/service-kit/auth"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import { z } from "zod"
import { coverageOf, coverageSchema, trendOf, trendSchema } from "./coverage.js"
import { freshnessOf } from "./freshness.js"
import { dateAt } from "./moments.js"
import { newestOf } from "./newest.js"

export type CoverageRouteDeps = { readonly db: Db; readonly queries: Queries; readonly clock: Clock }

const limits = {
  /** Months of a trend: forty years. */
  months_max: 480,
  months_default: 36,
} as const

const knownOn = dateText.optional().describe("as known at the end of this day; left out: now")
const mapQuery = z.object({
  month: yearMonth.optional().describe("left out: the last in which anybody has paid"),
  scheme: scheme.default("110"),
  knownOn,
})
const trendQuery = z.object({
  province,
  scheme: scheme.default("110"),
  knownOn,
  months: z.coerce.number().int().min(1).max(limits.months_max).default(limits.months_default),
})

/** `/statistics/coverage`, `/statistics/coverage/trend`. */
export const addCoverageRoutes = (server: Server, { db, queries, clock }: CoverageRouteDeps): void => {
  server.get(
    "/statistics/coverage",
    {
      schema: {
        tags: ["boards"],
        summary: "Coverage of one month by province, channel and sex, as known on any day",
        querystring: mapQuery,
        response: { 200: coverageSchema },
      },
    },
    async (request) => {
      const caller = requireCaller(request, "agency", "center", "auditor")
      const { query } = request
      const asked = { scheme: query.scheme, knownOn: query.knownOn ?? null }
      const span = await queries.coverageSpan(asked)
      const month = query.month ?? span?.last ?? null
      return coverageOf({
        scheme: query.scheme,
        knownOn: query.knownOn ?? dateAt(clock.now()),
        isPast: query.knownOn !== undefined && query.knownOn < dateAt(clock.now()),
        month,
        rows: month === null ? [] : await queries.coverageOfMonth(asked, month),
        heard: await queries.coverageHeard(asked),
        freshness: freshnessOf(await queries.freshness(), clock.now()),
        persons: (await queries.totals()).persons,
        dataOf: (await newestOf(db))?.recordedAt ?? null,
        span,
        whole: caller.kind === "center",
      })
    },
  )
  server.get(
    "/statistics/coverage/trend",
    {
      schema: {
        tags: ["boards"],
        summary: "Coverage of one province, month by month",
        querystring: trendQuery,
        response: { 200: trendSchema },
      },
    },
    async (request) => {
      const caller = requireCaller(request, "agency", "center", "auditor")
      const { query } = request
      const asked = { scheme: query.scheme, knownOn: query.knownOn ?? null }
      const span = await queries.coverageSpan(asked)
      const from = span === null ? null : addMonths(span.last as YearMonth, 1 - query.months)
      return trendOf({
        ...asked,
        knownOn: query.knownOn ?? dateAt(clock.now()),
        province: query.province,
        rows:
          span === null || from === null
            ? []
            : await queries.coverageOfMonths(asked, query.province, {
                from: from > span.first ? from : span.first,
                to: span.last,
              }),
        dataOf: (await newestOf(db))?.recordedAt ?? null,
        span,
        whole: caller.kind === "center",
      })
    },
  )
}
