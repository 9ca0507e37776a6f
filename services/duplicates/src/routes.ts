/** HTTP door of the duplicates service: the queue, one case with its options side by side, what people say about it. */
import type { AccessLog } from "@tongzhang/engines/access-log"
import { province } from "@tongzhang/contracts/primitives"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { requireCaller, requirePersonAccess, requirePurpose } from "@tongzhang/service-kit/auth"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { z } from "zod"
import { caseParams, type CaseViewDependencies, detail, viewOf } from "./case-view.js"
import { addDecisions, assertConcerned } from "./routes-decide.js"

export type CaseSummary = {
  readonly person: string
  readonly family: string
  readonly case: string
  readonly kind: string
  readonly status: string
  readonly months: number
  readonly recommended: string | null
}
export type CaseQuery = {
  readonly province: ProvinceCode | null
  readonly status: string | null
  readonly kind: string | null
  readonly offset: number
  readonly limit: number
}
/** The queue is a read model: a little behind the cases themselves. */
export type CaseIndex = {
  readonly cases: (query: CaseQuery) => Promise<{ readonly cases: readonly CaseSummary[]; readonly total: number }>
}

export type RouteDependencies = Omit<CaseViewDependencies, "now_ms"> & {
  readonly logAccess: AccessLog["append"]
  readonly clock: Clock
  readonly cases: CaseIndex
}

const summary = z.object({
  person: z.string(),
  family: z.string(),
  case: z.string(),
  kind: z.string(),
  status: z.string(),
  months: z.number(),
  recommended: z.string().nullable(),
})
const queueQuery = z.object({
  province: province.optional(),
  status: z.enum(["open", "decided", "cleared", "dismissed", "dissolved"]).optional(),
  kind: z.string().max(20).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})

export const duplicatesRoutes = (given: RouteDependencies): ServicePlugin => {
  const { cases, logAccess, clock } = given
  const deps = { ...given, now_ms: clock.now }
  return async (server) => {
    server.get(
      "/cases",
      {
        schema: {
          summary: "Overlap queue, oldest first",
          querystring: queueQuery,
          response: { 200: z.object({ cases: z.array(summary), total: z.number() }) },
        },
      },
      async (request) => {
        const caller = requireCaller(request, "agency", "center", "auditor")
        const query = request.query
        const own = caller.kind === "agency" ? caller.province : (query.province ?? null)
        const { status = null, kind = null, offset, limit } = query
        const page = await cases.cases({ province: own, status, kind, offset, limit })
        return { cases: [...page.cases], total: page.total }
      },
    )
    server.get(
      "/cases/:person/:family/:case",
      { schema: { summary: "One case with its options side by side", params: caseParams, response: { 200: detail } } },
      async (request) => {
        const caller = requireCaller(request, "agency", "center", "auditor", "person")
        const purpose = requirePurpose(request, "duplicate-check", "audit", "service", "self")
        const { person, case: id } = request.params
        requirePersonAccess(request, person)
        assertConcerned(caller, id)
        await logAccess({ person, caller, purpose, what: `overlap case ${id}`.slice(0, 200), at: clock.now() })
        return viewOf(deps, request.params)
      },
    )
    addDecisions(server, deps)
  }
}
