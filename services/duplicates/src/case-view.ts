/** One case as people decide it: the options, what the person wants, until when a decision may be taken back, and what has happened. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import { deedOf } from "@tongzhang/contracts/deed"
import type { Metadata } from "@tongzhang/contracts/envelope"
import { dateText, fenAmount, instant, personKey } from "@tongzhang/contracts/primitives"
import { describeRefusal } from "@tongzhang/contracts/refusals"
import { instantOf } from "@tongzhang/domain/ids"
import { ranges, size } from "@tongzhang/domain/month-set"
import type { Fen } from "@tongzhang/domain/money"
import * as Overlap from "@tongzhang/domain/overlap"
import { undoRuns } from "@tongzhang/domain/overlap-decision"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import { agreed } from "@tongzhang/law/rules/overlaps"
import { problem } from "@tongzhang/service-kit/problem"
import { z } from "zod"

export const family = z.enum(["pension", "medical", "unemployment", "benefit"])
export const caseParams = z.object({ person: personKey, family, case: z.string().max(160) })
export type CaseParams = z.infer<typeof caseParams>

const range = z.object({ from: z.string(), to: z.string() })
const words = z.object({ zh: z.string(), en: z.string() })
const deed = z.object({
  id: z.string(),
  type: z.string(),
  at: z.iso.datetime(),
  who: words,
  what: words,
  why: words,
})

export const detail = z.object({
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
  agreementNeeded: z.boolean().describe("187号: the person has to agree before anybody decides"),
  choice: z
    .object({ keep: z.string(), channel: z.enum(Overlap.choiceChannels), on: dateText })
    .nullable()
    .describe("what the person wants"),
  approval: z
    .object({
      limit_fen: fenAmount.nullable().describe("above this refund a second officer decides; null: one is enough"),
      asked: z.object({ keep: z.string(), reason: z.string(), officer: z.string() }).nullable(),
    })
    .describe("a decision that waits for a second officer"),
  undo: z
    .object({ until: instant, seconds_left: z.int() })
    .nullable()
    .describe("the decision may still be withdrawn; nothing is cleared before"),
  undo_seconds: z.int().describe("how long a decision made now may be taken back"),
  history: z.array(deed).describe("of this case, oldest first"),
})
export type Detail = z.infer<typeof detail>

export type CaseViewDependencies = {
  readonly aggregates: AggregateStore
  readonly store: Pick<EventStore, "readStream">
  readonly undo_seconds: number
  readonly approval_limit_fen: Fen | null
  /** Why a decided case has not been cleared yet. */
  readonly waiting: (person: string, caseId: string) => Promise<string | null>
  readonly now_ms: () => number
}

export const refuse = (refusal: Overlap.OverlapRefusal): never => {
  const { status, rule, hint_zh, hint_en } = describeRefusal(refusal)
  throw problem({ status, rule, hint_zh, hint_en })
}

const metadataOf = (record: RecordedEvent): Metadata | null => {
  try {
    return decodeMetadata(record.metadata)
  } catch {
    return null
  }
}

const page = 500

const historyOf = async (
  store: CaseViewDependencies["store"],
  { person, family: name, case: caseId }: CaseParams,
): Promise<Detail["history"]> => {
  const history: Detail["history"] = []
  const stream = Overlap.streamOf(person, name)
  for (let from = 0; ; from += page) {
    const records = await store.readStream(stream, { direction: "forwards", from, max: page })
    for (const record of records) {
      const decoded = decodeEvent(record)
      if (!decoded.ok || !("case" in decoded.event) || decoded.event.case !== caseId) continue
      const { who, what, why, when } = deedOf(decoded.event, metadataOf(record), record.recordedAt)
      history.push({ id: record.id, type: decoded.event.type, at: when, who, what, why })
    }
    if (records.length < page) return history
  }
}

/** Throws CASE_UNKNOWN (404). */
export const viewOf = async (deps: CaseViewDependencies, params: CaseParams): Promise<Detail> => {
  const { person, family: name, case: caseId } = params
  const { state } = await deps.aggregates.load(Overlap, Overlap.streamOf(person, name))
  const found = state.cases.get(caseId)
  if (found === undefined) return refuse({ code: "CASE_UNKNOWN", case: caseId })
  const now_ms = deps.now_ms()
  const { undoUntil } = found
  const runs = undoUntil !== undefined && undoRuns(found, instantOf(now_ms))
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
    waiting: found.status === "decided" && !runs ? await deps.waiting(person, caseId) : null,
    agreementNeeded: agreed.includes(found.kind),
    choice: found.choice ?? null,
    approval: { limit_fen: deps.approval_limit_fen, asked: found.asked ?? null },
    undo: runs ? { until: undoUntil, seconds_left: Math.ceil((Date.parse(undoUntil) - now_ms) / 1_000) } : null,
    undo_seconds: deps.undo_seconds,
    history: await historyOf(deps.store, params),
  }
}
