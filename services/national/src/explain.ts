/** One number of a record taken apart: every fact that moved it, by how much, from which row of which file, under which rule (N2). */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import { articleOf } from "@tongzhang/contracts/deed"
import type { Metadata } from "@tongzhang/contracts/envelope"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import { type MonthSet, size, union } from "@tongzhang/domain/month-set"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { newState, type PersonState, type Relation } from "@tongzhang/record/person-state"
import { countingAnew, factsHolding } from "@tongzhang/record/valid"
import { applyRecord, problemOf } from "@tongzhang/record/replay"
import { z } from "zod"

export const explainedNumbers = [
  "account_fen",
  "pooled_fen",
  "bases_fen",
  "months_standing",
  "interest_fen",
  "subsidy_fen",
] as const
export type ExplainedNumber = (typeof explainedNumbers)[number]

const part = z.object({
  eventId: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.int(),
  position: z.string(),
  recordedAt: z.iso.datetime(),
  by: z.int().describe("how much this fact moved the number"),
  value: z.int().describe("the number after it"),
  months: z.string().nullable(),
  line: z.string().nullable(),
  ruleVersion: z.string().nullable(),
  article: z.string().nullable(),
  actor: z.string().nullable(),
  source: z.object({ feedId: z.string(), row: z.int(), fileHash: z.string() }).nullable(),
})
export const explanationSchema = z.object({
  person: z.string(),
  relation: z.string(),
  number: z.enum(explainedNumbers),
  value: z.int(),
  parts: z.array(part).describe("their `by` add up to `value`"),
})
export type Explanation = z.infer<typeof explanationSchema>

const countedMonths = (relation: Relation): number =>
  size(relation.received.reduce<MonthSet>((set, part) => union(set, part.months), relation.months))

const numberOf = (state: PersonState, relation: string, number: ExplainedNumber): number => {
  const found = state.relations.get(relation)
  if (found === undefined) return 0
  return number === "months_standing" ? countedMonths(found) : found[number]
}

const spans = (months: readonly { readonly from: string; readonly to: string }[]): string =>
  months.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(" ")

const monthsOf = (event: LedgerEvent): string | null =>
  event.type === "ContributionRecorded"
    ? spans([event])
    : "months" in event && Array.isArray(event.months)
      ? spans(event.months)
      : null

const metadataOf = (record: RecordedEvent): Metadata | null => {
  try {
    return decodeMetadata(record.metadata)
  } catch {
    return null
  }
}

const partOf = (record: RecordedEvent, by: number, value: number): Explanation["parts"][number] => {
  const { id, type, stream, revision, position } = record
  const decoded = decodeEvent(record)
  const metadata = metadataOf(record)
  const event = decoded.ok ? decoded.event : null
  return {
    eventId: id,
    type,
    stream,
    revision,
    position,
    recordedAt: new Date(record.recordedAt).toISOString(),
    by,
    value,
    months: event === null ? null : monthsOf(event),
    line: event !== null && "line" in event ? event.line : null,
    ruleVersion: metadata?.ruleVersion ?? null,
    article: event === null ? null : articleOf(event),
    actor:
      metadata === null
        ? null
        : `${metadata.actor.kind} ${metadata.actor.province ?? ""} ${metadata.actor.id}`.replaceAll(/ +/gu, " "),
    source: metadata?.source ?? null,
  }
}

/**
 * Folds the facts again and keeps those that moved the number. Null when a fact cannot be folded: then no number is explained.
 * @param validAt only the facts that hold at this month; undefined: all
 */
export const explain = (
  person: PersonKey,
  facts: readonly RecordedEvent[],
  relation: string,
  number: ExplainedNumber,
  validAt?: YearMonth,
): Explanation | null => {
  const state = newState(person, Number.POSITIVE_INFINITY)
  const parts: Explanation["parts"] = []
  let value = 0
  const anew = countingAnew()
  for (const record of validAt === undefined ? facts : factsHolding(facts, validAt)) {
    if (problemOf(applyRecord(state, validAt === undefined ? record : anew(record))) !== null) return null
    const now = numberOf(state, relation, number)
    if (now !== value) parts.push(partOf(record, now - value, now))
    value = now
  }
  return { person, relation, number, value, parts }
}
