/** Engagements in the ledger: open, read, list, and one decision at a time. Every refusal is a problem with the way out. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { Metadata } from "@tongzhang/contracts/envelope"
import { describeRefusal } from "@tongzhang/contracts/refusals"
import type { Decision } from "@tongzhang/domain/decider"
import * as Workpaper from "@tongzhang/domain/workpaper"
import * as Register from "@tongzhang/domain/workpaper-register"
import { type AggregateStore, openAggregateStore, StoreUnavailable } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import { problem } from "@tongzhang/service-kit/problem"
import { isLeft } from "fp-ts/lib/Either.js"
import { streamFacts } from "../facts.js"
import { type Paper, type PaperFact, paperOf } from "./paper.js"

type Decide = (state: Workpaper.Workpaper) => Decision<Workpaper.WorkpaperRefusal, Workpaper.WorkpaperEvent>
/** Whose act it is, and the request that asked for it. */
export type Act = { readonly auditor: string; readonly requestId: string }

export type Papers = {
  /** Throws ENGAGEMENT_UNKNOWN (404). */
  readonly read: (engagement: Workpaper.EngagementId) => Promise<Paper>
  readonly stateOf: (engagement: Workpaper.EngagementId) => Promise<Workpaper.Workpaper>
  /** Newest first. */
  readonly list: () => Promise<readonly Paper[]>
  readonly open: (engagement: Workpaper.EngagementId, scope: Workpaper.Scope, act: Act) => Promise<Paper>
  /** Decides, appends, and reads the paper as it then is; throws the refusal as a problem. */
  readonly write: (engagement: Workpaper.EngagementId, step: string, decide: Decide, act: Act) => Promise<Paper>
}

export const refusalProblem = (refusal: Workpaper.WorkpaperRefusal) => {
  const { status, rule, field, hint_zh, hint_en } = describeRefusal(refusal)
  return problem({ status, rule, ...(field === undefined ? {} : { field }), hint_zh, hint_en })
}

const actor_id_max = 64

const metadataOf = (engagement: string, step: string, { auditor, requestId }: Act): Metadata => ({
  actor: { kind: "auditor", id: auditor.slice(0, actor_id_max) },
  channel: "api",
  purpose: "audit",
  commandId: `workpaper:${engagement}:${step}:${requestId}`.slice(0, 200),
  correlationId: engagement,
})

const busy = () =>
  problem({
    status: 503,
    rule: "STORE_BUSY",
    hint_zh: "账本暂不可写，请稍后重试；重试不会重复记录",
    hint_en: "The ledger cannot be written just now: send it again, it is recorded once",
    retry_after_seconds: 1,
  })

const factsOf = async (store: EventStore, engagement: Workpaper.EngagementId): Promise<PaperFact[]> => {
  const facts: PaperFact[] = []
  for await (const record of streamFacts(store, Workpaper.streamOf(engagement))) {
    const decoded = decodeEvent(record)
    if (!decoded.ok) throw new Error(`${record.stream} revision ${record.revision}: ${decoded.cause}`)
    const { id: event, revision, position, recordedAt } = record
    const place = { at: new Date(recordedAt).toISOString(), event, revision, position }
    facts.push({ said: decoded.event as Workpaper.WorkpaperEvent, place })
  }
  return facts
}

export const openPapers = (
  store: EventStore,
  aggregates: AggregateStore = openAggregateStore(store, { cached_max: 200 }),
): Papers => {
  const find = async (engagement: Workpaper.EngagementId): Promise<Paper | null> =>
    paperOf(engagement, await factsOf(store, engagement))
  const read: Papers["read"] = async (engagement) => {
    const paper = await find(engagement)
    if (paper === null) throw refusalProblem({ code: "ENGAGEMENT_UNKNOWN" })
    return paper
  }
  const execute = async <Outcome>(work: Promise<Outcome>): Promise<Outcome> => {
    try {
      return await work
    } catch (error) {
      throw error instanceof StoreUnavailable ? busy() : error
    }
  }
  const write: Papers["write"] = async (engagement, step, decide, act) => {
    const stream = Workpaper.streamOf(engagement)
    const done = await execute(aggregates.execute(Workpaper, stream, decide, metadataOf(engagement, step, act)))
    if (isLeft(done)) throw refusalProblem(done.left)
    return read(engagement)
  }
  return {
    read,
    write,
    stateOf: async (engagement) => (await aggregates.load(Workpaper, Workpaper.streamOf(engagement))).state,
    list: async () => {
      const { state } = await aggregates.load(Register, Register.registerStream)
      const papers = await Promise.all([...state].map(find))
      return papers.filter((paper) => paper !== null).toSorted((a, b) => (a.stamp.position < b.stamp.position ? 1 : -1))
    },
    open: async (engagement, scope, act) => {
      const enter = Register.registerEngagement(engagement)
      await execute(aggregates.execute(Register, Register.registerStream, enter, metadataOf(engagement, "register", act)))
      return write(engagement, "open", Workpaper.openEngagement({ ...scope, auditor: act.auditor }), act)
    },
  }
}
