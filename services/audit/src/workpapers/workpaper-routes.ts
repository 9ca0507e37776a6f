/**
 * `/workpapers`: an auditor's engagement from opening to closing. For auditors, for an audit. Whoever's facts are drawn or named as
 * evidence finds it in the list of reads; a list or a paper itself shows keys and amounts, nobody's identity (ADR 11).
 */
import type { PersonKey } from "@tongzhang/domain/ids"
import { personOf, type StreamName } from "@tongzhang/domain/stream-name"
import * as Workpaper from "@tongzhang/domain/workpaper"
import type { EventStore, Position } from "@tongzhang/event-store/port"
import { requireCaller, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Server } from "@tongzhang/service-kit/http"
import type { Jobs } from "@tongzhang/service-kit/jobs"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"
import type { ProofKeeper } from "../proof/keeper.js"
import type { AccessEntry } from "../routes.js"
import { drawSample } from "../sample/population.js"
import { checkOf } from "./checks.js"
import { findEvidence } from "./evidence.js"
import type { Paper } from "./paper.js"
import { type Act, type Papers, refusalProblem } from "./papers.js"
import { redraw } from "./redraw.js"
import * as schemas from "./schemas.js"
import { standingOf } from "./standing.js"

export type WorkpaperDeps = {
  readonly store: EventStore
  readonly clock: Clock
  readonly jobs: Jobs
  readonly papers: Papers
  readonly proof?: ProofKeeper | undefined
  readonly logAccess: (entry: AccessEntry) => Promise<void>
}
type Request = WithCaller & { readonly id: string }

const tags = ["workpapers"]

/** The auditor who asks, and for an audit only. */
export const auditing = (request: Request): Act => {
  const { id } = requireCaller(request, "auditor")
  requirePurpose(request, "audit")
  return { auditor: id, requestId: request.id }
}

const summaryOf = (paper: Paper): z.infer<typeof schemas.summary> => {
  const standing = paper.findings.filter(({ status }) => status !== "withdrawn")
  return {
    ...paper,
    samples: paper.samples.length,
    items: paper.samples.reduce((sum, { items }) => sum + items.length, 0),
    tested: paper.samples.reduce((sum, { tested }) => sum + tested, 0),
    notes: paper.notes.length,
    findings: paper.findings.length,
    findings_open: paper.findings.filter(({ status }) => status === "open").length,
    amount_fen: standing.reduce((sum, { amount_fen }) => sum + amount_fen, 0),
  }
}

const positionAhead = (upTo: string, head: string | null) =>
  problem({
    status: 422,
    rule: "POSITION_AHEAD",
    field: "upTo",
    hint_zh: `账本只到 ${head ?? "（空）"}，尚无位置 ${upTo}；请填写不晚于账本末尾的位置`,
    hint_en: `The ledger ends at ${head ?? "nothing"} and has no position ${upTo} yet: name one that it holds`,
  })

/** Enters every person whose fact is looked at in their list of reads, before anything of it is answered. */
const noteReads = async (deps: WorkpaperDeps, request: Request, streams: readonly string[], what: string): Promise<void> => {
  const caller = requireCaller(request, "auditor")
  const at = deps.clock.now()
  const persons = new Set(streams.map((stream) => personOf(stream as StreamName) as PersonKey | null))
  const known = [...persons].filter((person) => person !== null)
  await Promise.all(known.map((person) => deps.logAccess({ person, caller, purpose: "audit", what: what.slice(0, 200), at })))
}

const addReading = (server: Server, deps: WorkpaperDeps): void => {
  const { papers, store } = deps
  server.get(
    "/workpapers",
    {
      schema: {
        tags,
        summary: "Engagements, newest first",
        response: { 200: z.object({ engagements: z.array(schemas.summary) }) },
      },
    },
    async (request) => {
      auditing(request)
      return { engagements: (await papers.list()).map(summaryOf) }
    },
  )
  server.get(
    "/workpapers/:engagement",
    {
      schema: {
        tags,
        summary: "One engagement: samples, notes, findings, checks, reviews, each with who and when",
        params: schemas.params,
        response: { 200: schemas.paper },
      },
    },
    async (request) => {
      auditing(request)
      return papers.read(request.params.engagement)
    },
  )
  server.get(
    "/workpapers/:engagement/samples/:sample/redraw",
    {
      schema: {
        tags,
        summary: "Draw the sample again from the ledger: equal, or the first difference",
        params: schemas.sampleParams,
        response: { 200: schemas.redrawn },
      },
    },
    async (request) => {
      auditing(request)
      const { engagement, sample } = request.params
      const found = (await papers.read(engagement)).samples.find((one) => one.sample === sample)
      if (found === undefined) throw refusalProblem({ code: "SAMPLE_UNKNOWN", sample })
      return redraw(store, found)
    },
  )
}

const addOpening = (server: Server, { papers }: WorkpaperDeps): void => {
  server.post(
    "/workpapers",
    {
      schema: {
        tags,
        summary: "Open an engagement; the same again changes nothing",
        body: schemas.openBody,
        response: { 200: schemas.paper },
      },
    },
    async (request) => {
      const act = auditing(request)
      const { engagement, ...scope } = request.body
      return papers.open(engagement, scope, act)
    },
  )
}

const addSampling = (server: Server, deps: WorkpaperDeps): void => {
  const { papers, store } = deps
  server.post(
    "/workpapers/:engagement/samples",
    {
      schema: {
        tags,
        summary: "Draw a sample into the paper: the draw is a fact, so that every draw is seen",
        description: "The same draw again answers the one that stands; the whole paper is answered.",
        params: schemas.params,
        body: schemas.drawBody,
        response: { 200: schemas.paper },
      },
    },
    async (request) => {
      const act = auditing(request)
      const { engagement } = request.params
      const paper = await papers.read(engagement)
      const { seed, size, method, upTo: asked = null, province = paper.province, scheme = paper.scheme, recorded } = request.body
      const question = { seed, method, size, province, scheme, recorded }
      if (Workpaper.drawnBefore(await papers.stateOf(engagement), { ...question, upTo: asked }) !== null) return paper
      if (paper.closing !== null) throw refusalProblem({ code: "ENGAGEMENT_CLOSED", conclusion: paper.closing.conclusion })
      const head = await store.head()
      if (head === null || (asked !== null && asked > head)) throw positionAhead(asked ?? "", head)
      const upTo = (asked as Position | null) ?? head
      const drawn = await drawSample(store, {
        ...question,
        upTo,
        province: province ?? undefined,
        scheme: scheme ?? undefined,
        recorded: recorded ?? undefined,
      })
      const items = drawn.items.map(({ province: _province, scheme: _scheme, ...item }) => item as Workpaper.DrawnItem)
      await noteReads(
        deps,
        request,
        items.map(({ stream }) => stream),
        `workpaper ${engagement}: drawn`,
      )
      const amount_fen = drawn.amount_fen as Workpaper.DrawnItem["amount_fen"]
      const command = { ...question, upTo, facts: drawn.facts, amount_fen, items, by: act.auditor }
      return papers.write(engagement, "draw", Workpaper.recordSample(command), act)
    },
  )
}

const addWriting = (server: Server, deps: WorkpaperDeps): void => {
  const { papers, jobs } = deps
  const answer = { response: { 200: schemas.paper } }
  server.post(
    "/workpapers/:engagement/notes",
    {
      schema: {
        tags,
        summary: "Write a note on a drawn item, a fact, a finding, or free",
        params: schemas.params,
        body: schemas.noteBody,
        ...answer,
      },
    },
    async (request) => {
      const act = auditing(request)
      const { engagement } = request.params
      const { about: asked, result, text } = request.body
      const about: Workpaper.Subject =
        asked.kind === "event"
          ? { kind: "event", ...(await findEvidence(deps, await papers.read(engagement), asked.event)) }
          : asked
      if (about.kind === "event") await noteReads(deps, request, [about.stream], `workpaper ${engagement}: note`)
      return papers.write(engagement, "note", Workpaper.writeNote({ about, result, text, by: act.auditor }), act)
    },
  )
  server.post(
    "/workpapers/:engagement/findings",
    {
      schema: {
        tags,
        summary: "Raise a finding, with events as its evidence",
        params: schemas.params,
        body: schemas.findingBody,
        ...answer,
      },
    },
    async (request) => {
      const act = auditing(request)
      const { engagement } = request.params
      const paper = await papers.read(engagement)
      const named = await Promise.all(request.body.evidence.map((one) => findEvidence(deps, paper, one)))
      const evidence = [...new Map(named.map((one) => [one.event, one])).values()]
      await noteReads(
        deps,
        request,
        evidence.map(({ stream }) => stream),
        `workpaper ${engagement}: evidence`,
      )
      const command = { ...request.body, evidence, by: act.auditor }
      return papers.write(engagement, "finding", Workpaper.raiseFinding(command), act)
    },
  )
  for (const [path, summary, decide] of [
    ["resolve", "What was found has been put right", Workpaper.resolveFinding],
    ["withdraw", "It was no finding; it stays in the report as withdrawn", Workpaper.withdrawFinding],
  ] as const)
    server.post(
      `/workpapers/:engagement/findings/:finding/${path}`,
      { schema: { tags, summary, params: schemas.findingParams, body: schemas.reasonBody, ...answer } },
      async (request) => {
        const act = auditing(request)
        const { engagement, finding } = request.params
        return papers.write(engagement, `${path}:${finding}`, decide({ finding, ...request.body, by: act.auditor }), act)
      },
    )
  server.post(
    "/workpapers/:engagement/checks",
    {
      schema: {
        tags,
        summary: "Enter what a finished fsck or verify job of yours has said",
        params: schemas.params,
        body: schemas.checkBody,
        ...answer,
      },
    },
    async (request) => {
      const act = auditing(request)
      const { job } = request.body
      const check = checkOf(jobs.get(job), requireCaller(request, "auditor"))
      return papers.write(request.params.engagement, "check", Workpaper.recordCheck({ ...check, job, by: act.auditor }), act)
    },
  )
}

const addEnding = (server: Server, deps: WorkpaperDeps): void => {
  const { papers } = deps
  const answer = { response: { 200: schemas.paper } }
  server.post(
    "/workpapers/:engagement/reviews",
    {
      schema: {
        tags,
        summary: "Second reader: an auditor who has written nothing in it",
        params: schemas.params,
        body: schemas.reviewBody,
        ...answer,
      },
    },
    async (request) => {
      const act = auditing(request)
      const command = { ...request.body, by: act.auditor }
      return papers.write(request.params.engagement, "review", Workpaper.reviewEngagement(command), act)
    },
  )
  server.post(
    "/workpapers/:engagement/close",
    {
      schema: {
        tags,
        summary: "Conclude: nothing is taken in afterwards, and the report can be signed",
        params: schemas.params,
        body: schemas.closeBody,
        ...answer,
      },
    },
    async (request) => {
      const act = auditing(request)
      const { engagement } = request.params
      await papers.read(engagement)
      const standing = await standingOf(deps)
      const command = { ...request.body, ...standing, by: act.auditor }
      return papers.write(engagement, "close", Workpaper.closeEngagement(command), act)
    },
  )
}

export const addWorkpaperRoutes = (server: Server, deps: WorkpaperDeps): void => {
  addReading(server, deps)
  addOpening(server, deps)
  addSampling(server, deps)
  addWriting(server, deps)
  addEnding(server, deps)
}
