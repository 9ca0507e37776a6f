/** What people say about a case: the person's choice, the agency's decision and its withdrawal, "no duplicate". */
import type { Metadata } from "@tongzhang/contracts/envelope"
import { instantOf } from "@tongzhang/domain/ids"
import * as Overlap from "@tongzhang/domain/overlap"
import { decideOverlap, recordChoice, withdrawDecision } from "@tongzhang/domain/overlap-decision"
import { ruleVersion } from "@tongzhang/law/rules/overlaps"
import { requireCaller, requirePersonAccess } from "@tongzhang/service-kit/auth"
import type { Caller } from "@tongzhang/service-kit/caller"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import { problem } from "@tongzhang/service-kit/problem"
import { isLeft } from "fp-ts/lib/Either.js"
import { z } from "zod"
import { caseParams, type CaseParams, type CaseViewDependencies, detail, type Detail, refuse, viewOf } from "./case-view.js"

const actorOf = (caller: Caller): Metadata["actor"] =>
  caller.kind === "agency" ? { kind: "agency", id: caller.id, province: caller.province } : { kind: caller.kind, id: caller.id }

/** An agency sees and decides cases in which its province has a side; the center all of them. */
export const assertConcerned = (caller: Caller, caseId: string): void => {
  if (caller.kind !== "agency") return
  if (caseId.split("~").some((side) => side.startsWith(`${caller.province}_`))) return
  throw problem({
    status: 403,
    rule: "FORBIDDEN_PROVINCE",
    hint_zh: "只有与本省有关的重复参保可以由本省处理",
    hint_en: "An agency handles only the cases that concern its own province",
  })
}

/** Calendar date in China (+08:00). */
const dateInChina = (now_ms: number): string => new Date(now_ms + 8 * 3_600_000).toISOString().slice(0, 10)

const reasoned = z.object({ reason: z.string().min(1).max(200) })
const keep = z.string().max(80)
const path = (action: string): string => `/cases/:person/:family/:case/${action}`
const about = (summary: string) => ({ summary, params: caseParams, response: { 200: detail } })

type Deps = CaseViewDependencies & { readonly clock: Clock }
type Command = (state: Overlap.Overlap) => Overlap.Decided

const actOn = async (deps: Deps, caller: Caller, requestId: string, params: CaseParams, step: string, command: Command) => {
  assertConcerned(caller, params.case)
  const done = await deps.aggregates.execute(Overlap, Overlap.streamOf(params.person, params.family), command, {
    actor: actorOf(caller),
    channel: "api",
    purpose: "duplicate-check",
    commandId: `overlap:${params.case}:${step}:${requestId}`,
    correlationId: params.case,
    ruleVersion,
  })
  return isLeft(done) ? refuse(done.left) : viewOf(deps, params)
}

const addDecision = (server: Server, deps: Deps): void => {
  const { clock, undo_seconds, approval_limit_fen } = deps
  server.post(
    path("decision"),
    {
      schema: {
        ...about("Decides which side is kept; clearing follows by itself once the decision can no longer be withdrawn"),
        body: reasoned.extend({ keep }),
      },
    },
    async (request): Promise<Detail> => {
      const caller = requireCaller(request, "agency", "center")
      const { body, params } = request
      const undoUntil = undo_seconds === 0 ? null : instantOf(clock.now() + undo_seconds * 1_000)
      const approval = approval_limit_fen === null ? {} : { approval: { officer: caller.id, limit_fen: approval_limit_fen } }
      const command = decideOverlap({ case: params.case, keep: body.keep, reason: body.reason, undoUntil, ...approval })
      return actOn(deps, caller, request.id, params, `decide:${body.keep}`, command)
    },
  )
  server.post(
    path("withdrawal"),
    { schema: { ...about("Takes the decision back while its window runs; the case is open again"), body: reasoned } },
    async (request): Promise<Detail> => {
      const caller = requireCaller(request, "agency", "center")
      const { params, body } = request
      const command = withdrawDecision({ case: params.case, reason: body.reason, at: instantOf(clock.now()) })
      return actOn(deps, caller, request.id, params, "withdraw", command)
    },
  )
}

/** Adds the routes that change a case. */
export const addDecisions = (server: Server, deps: Deps): void => {
  addDecision(server, deps)
  server.post(
    path("choice"),
    {
      schema: {
        ...about("The person says which side to keep; an agency notes what they said at the counter, by telephone or in writing"),
        body: z.object({
          keep,
          channel: z.enum(["counter", "phone", "letter"]).optional().describe("for agencies; a person's own choice comes by app"),
        }),
      },
    },
    async (request): Promise<Detail> => {
      const caller = requireCaller(request, "person", "agency", "center")
      const { params, body } = request
      requirePersonAccess(request, params.person)
      const channel = caller.kind === "person" ? "app" : (body.channel ?? "counter")
      const on = dateInChina(deps.clock.now()) as Parameters<typeof recordChoice>[0]["on"]
      const command = recordChoice({ case: params.case, keep: body.keep, channel, on })
      return actOn(deps, caller, request.id, params, `choose:${body.keep}`, command)
    },
  )
  server.post(
    path("dismissal"),
    { schema: { ...about("Says that exactly these months are no duplicate"), body: reasoned } },
    async (request): Promise<Detail> => {
      const caller = requireCaller(request, "agency", "center")
      const { params, body } = request
      const command = Overlap.dismissOverlap({ case: params.case, reason: body.reason })
      return actOn(deps, caller, request.id, params, "dismiss", command)
    },
  )
}
