/** HTTP door of the duplicates service: the queue, one case with its options side by side, the agency's decision. */
import type { AccessLog } from "@tongzhang/engines/access-log"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { ProvinceCode } from "@tongzhang/domain/codes"

import { ranges, size } from "@tongzhang/domain/month-set"
import * as Overlap from "@tongzhang/domain/overlap"
import { personKey, province } from "@tongzhang/contracts/primitives"
import { describeRefusal } from "@tongzhang/contracts/refusals"
import type { Metadata } from "@tongzhang/contracts/envelope"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import { requireCaller, requirePurpose } from "@tongzhang/service-kit/auth"
import type { Caller } from "@tongzhang/service-kit/caller"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { problem } from "@tongzhang/service-kit/problem"
import { ruleVersion } from "@tongzhang/law/rules/overlaps"
import { isLeft } from "fp-ts/lib/Either.js"
import { z } from "zod"

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

export type RouteDependencies = {
  readonly logAccess: AccessLog["append"]
  readonly clock: Clock
  readonly aggregates: AggregateStore
  readonly cases: CaseIndex
  /** Why a decided case has not been cleared yet. */
  readonly waiting: (person: string, caseId: string) => Promise<string | null>
}

const family = z.enum(["pension", "medical", "unemployment", "benefit"])
const caseParams = z.object({ person: personKey, family, case: z.string().max(160) })
const range = z.object({ from: z.string(), to: z.string() })
const summary = z.object({
  person: z.string(),
  family: z.string(),
  case: z.string(),
  kind: z.string(),
  status: z.string(),
  months: z.number(),
  recommended: z.string().nullable(),
})
const detail = z.object({
  person: z.string(),
  family: z.string(),
  case: z.string(),
  kind: z.string(),
  status: z.string(),
  sides: z.array(z.string()),
  months: z.array(range),
  months_total: z.number(),
  keep: z.string().nullable(),
  recommended: z.string().nullable(),
  options: z.array(
    z.object({ keep: z.string(), drop: z.string(), months: z.array(range), refund_fen: z.number(), legal: z.string() }),
  ),
  waiting: z.string().nullable(),
})

const actorOf = (caller: Caller): Metadata["actor"] =>
  caller.kind === "agency" ? { kind: "agency", id: caller.id, province: caller.province } : { kind: caller.kind, id: caller.id }

/** An agency sees and decides cases in which its province has a side; the center all of them. */
const assertConcerned = (caller: Caller, caseId: string): void => {
  if (caller.kind !== "agency") return
  if (caseId.split("~").some((side) => side.startsWith(`${caller.province}_`))) return
  throw problem({
    status: 403,
    rule: "FORBIDDEN_PROVINCE",
    hint_zh: "只有与本省有关的重复参保可以由本省处理",
    hint_en: "An agency handles only the cases that concern its own province",
  })
}

const refuse = (refusal: Overlap.OverlapRefusal): never => {
  const { status, rule, hint_zh, hint_en } = describeRefusal(refusal)
  throw problem({ status, rule, hint_zh, hint_en })
}

export const duplicatesRoutes = ({ aggregates, cases, waiting, logAccess, clock }: RouteDependencies): ServicePlugin => {
  type Params = z.infer<typeof caseParams>
  const load = async ({ person, family: name, case: caseId }: Params): Promise<z.infer<typeof detail>> => {
    const { state } = await aggregates.load(Overlap, Overlap.streamOf(person, name))
    const found = state.cases.get(caseId)
    if (found === undefined) return refuse({ code: "CASE_UNKNOWN", case: caseId })
    return {
      person,
      family: name,
      case: caseId,
      kind: found.kind,
      status: found.status,
      sides: [...found.sides],
      months: ranges(found.months),
      months_total: size(found.months),
      keep: found.keep,
      recommended: found.proposal?.recommended ?? null,
      options: (found.proposal?.options ?? []).map((option) => ({ ...option, months: [...option.months] })),
      waiting: await waiting(person, caseId),
    }
  }
  const decide = async (
    caller: Caller,
    requestId: string,
    params: Params,
    step: string,
    command: (state: Overlap.Overlap) => ReturnType<ReturnType<typeof Overlap.decideOverlap>>,
  ): Promise<z.infer<typeof detail>> => {
    assertConcerned(caller, params.case)
    const commandId = `overlap:${params.case}:${step}:${requestId}`
    const done = await aggregates.execute(Overlap, Overlap.streamOf(params.person, params.family), command, {
      actor: actorOf(caller),
      channel: "api",
      purpose: "duplicate-check",
      commandId,
      correlationId: params.case,
      ruleVersion,
    })
    return isLeft(done) ? refuse(done.left) : load(params)
  }

  return async (server) => {
    server.get(
      "/cases",
      {
        schema: {
          summary: "Overlap queue, oldest first",
          querystring: z.object({
            province: province.optional(),
            status: z.enum(["open", "decided", "cleared", "dismissed", "dissolved"]).optional(),
            kind: z.string().max(20).optional(),
            offset: z.coerce.number().int().min(0).default(0),
            limit: z.coerce.number().int().min(1).max(500).default(50),
          }),
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
        const caller = requireCaller(request, "agency", "center", "auditor")
        const purpose = requirePurpose(request, "duplicate-check", "audit", "service")
        assertConcerned(caller, request.params.case)
        const { person, case: id } = request.params
        await logAccess({ person, caller, purpose, what: `overlap case ${id}`.slice(0, 200), at: clock.now() })
        return load(request.params)
      },
    )
    server.post(
      "/cases/:person/:family/:case/decision",
      {
        schema: {
          summary: "Decides which side is kept; clearing follows by itself",
          params: caseParams,
          body: z.object({ keep: z.string().max(80), reason: z.string().min(1).max(200) }),
          response: { 200: detail },
        },
      },
      async (request) => {
        const caller = requireCaller(request, "agency", "center")
        const { keep, reason } = request.body
        return decide(
          caller,
          request.id,
          request.params,
          `decide:${keep}`,
          Overlap.decideOverlap({ case: request.params.case, keep, reason }),
        )
      },
    )
    server.post(
      "/cases/:person/:family/:case/dismissal",
      {
        schema: {
          summary: "Says that exactly these months are no duplicate",
          params: caseParams,
          body: z.object({ reason: z.string().min(1).max(200) }),
          response: { 200: detail },
        },
      },
      async (request) => {
        const caller = requireCaller(request, "agency", "center")
        return decide(
          caller,
          request.id,
          request.params,
          "dismiss",
          Overlap.dismissOverlap({ case: request.params.case, reason: request.body.reason }),
        )
      },
    )
  }
}
