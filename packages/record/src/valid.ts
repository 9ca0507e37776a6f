/**
 * A person as valid at a month: the facts known, each taken only as far as it holds by then, folded again.
 *
 * - What has a period holds from its first month on: terms of a relation, contributions (the payment is one act: its money stands
 *   from its first month 费款所属期起, its months as far as they are reached), interest and subsidies of a year, benefits.
 * - A correction, reversal or merger is as old as what it corrects: the wrong figure never held.
 * - An act holds from its own day: a transfer, a refund 清退, a case. The day is the fact's own; then `validFrom` of its envelope;
 *   then the day it was recorded.
 */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { applyFact } from "./fold.js"
import { newState, type PersonState } from "./person-state.js"
import { type Replayed, replayRecords } from "./replay.js"

const china_ms = 8 * 3_600_000

const recordedMonth = (recordedAt: number): string => new Date(recordedAt + china_ms).toISOString().slice(0, 7)

const envelopeMonth = (record: RecordedEvent): string | null => {
  try {
    return decodeMetadata(record.metadata).validFrom ?? null
  } catch {
    return null
  }
}

/** Month in which an act without a period of its own was done. */
const actMonth = (record: RecordedEvent, event: LedgerEvent): string =>
  "on" in event ? event.on.slice(0, 7) : (envelopeMonth(record) ?? recordedMonth(record.recordedAt))

type Known = { readonly record: RecordedEvent; readonly event: LedgerEvent }

/** `{transferId} in {province}` or `… out {province}` -> month of the booking or of the origin's statement, from the transfer itself. */
const transferMonths = (known: readonly Known[]): ReadonlyMap<string, string> => {
  const months = new Map<string, string>()
  for (const { record, event } of known) {
    const id = record.stream.slice("Transfer-".length)
    if (event.type === "LegBooked") months.set(`${id} in ${event.leg}`, event.on.slice(0, 7))
    if (event.type === "StatementReceived") months.set(`${id} out ${event.leg}`, event.on.slice(0, 7))
  }
  return months
}

type Cut = {
  readonly validAt: YearMonth
  readonly transfers: ReadonlyMap<string, string>
  /** `{stream} {line}`: whether the newest line of that name holds. */
  readonly lines: Map<string, boolean>
  /** Case streams of which an act came after the month: what follows it in the stream is later still. */
  readonly over: Set<string>
  /** `{stream} {claim}` of benefits that have begun. */
  readonly claims: Set<string>
}

const enrollmentHolds = (cut: Cut, { record, event }: Known): boolean => {
  const { validAt, lines, transfers } = cut
  const { stream } = record
  const mark = (line: string, holds: boolean): boolean => {
    lines.set(`${stream} ${line}`, holds)
    return holds
  }
  switch (event.type) {
    case "EnrollmentOpened":
    case "EnrollmentSuspended":
    case "EnrollmentResumed":
    case "CapacityChanged":
      return event.from <= validAt
    case "EnrollmentClosed":
      // Its last month still belongs to the relation.
      return event.to < validAt
    case "ContributionRecorded":
      return mark(event.line, event.from <= validAt)
    case "ContributionCorrected":
      return mark(event.line, lines.get(`${stream} ${event.corrects}`) ?? false)
    case "ContributionReversed":
      return mark(event.line, lines.get(`${stream} ${event.reverses}`) ?? false)
    case "SubsidyCredited":
      return `${event.year}-01` <= validAt
    case "InterestCredited":
      // Credited for a whole year, at its end 每年末计息.
      return `${event.year}-12` <= validAt
    case "TransferredOut":
      return (transfers.get(`${event.transferId} out ${stream.slice(11, 13)}`) ?? actMonth(record, event)) <= validAt
    case "TransferredIn":
      return (transfers.get(`${event.transferId} in ${event.from}`) ?? actMonth(record, event)) <= validAt
    default:
      return actMonth(record, event) <= validAt
  }
}

const benefitHolds = (cut: Cut, { record, event }: Known): boolean => {
  if (!("claim" in event)) return false
  const { validAt, claims } = cut
  const claim = `${record.stream} ${event.claim}`
  if (event.type === "BenefitClaimed") {
    if (event.from > validAt) return false
    claims.add(claim)
    return true
  }
  if (!claims.has(claim)) return false
  switch (event.type) {
    case "BenefitAwarded":
    case "BenefitRecalculated":
      return event.from <= validAt
    case "BenefitPaid":
      return event.month <= validAt
    case "BenefitEnded":
      return event.to < validAt
    default:
      return actMonth(record, event) <= validAt
  }
}

const personHolds = ({ validAt }: Cut, { event }: Known): boolean => !("on" in event) || event.on.slice(0, 7) <= validAt

const caseHolds = ({ validAt, over }: Cut, { record, event }: Known): boolean => {
  if (over.has(record.stream)) return false
  if (actMonth(record, event) <= validAt) return true
  over.add(record.stream)
  return false
}

const holds = (cut: Cut, known: Known): boolean => {
  const { stream } = known.record
  if (stream.startsWith("Enrollment-")) return enrollmentHolds(cut, known)
  if (stream.startsWith("Benefit-")) return benefitHolds(cut, known)
  return stream.startsWith("Person-") ? personHolds(cut, known) : caseHolds(cut, known)
}

const decodedOf = (facts: readonly RecordedEvent[]): Known[] =>
  facts.flatMap((record) => {
    const decoded = decodeEvent(record)
    return decoded.ok ? [{ record, event: decoded.event }] : []
  })

const cutAt = (known: readonly Known[], validAt: YearMonth): Cut => ({
  validAt,
  transfers: transferMonths(known),
  lines: new Map(),
  over: new Set(),
  claims: new Set(),
})

/** The facts that hold at a month, in their order; their revisions have gaps where one does not. */
export const factsHolding = (facts: readonly RecordedEvent[], validAt: YearMonth): RecordedEvent[] => {
  const known = decodedOf(facts)
  const cut = cutAt(known, validAt)
  return known.filter((one) => holds(cut, one)).map(({ record }) => record)
}

/**
 * Gives each fact of a selection the revision it would have if what was left out had never been: folding then finds no gap. One
 * counter for one walk, in the order of the log.
 */
export const countingAnew = (): ((record: RecordedEvent) => RecordedEvent) => {
  const next = new Map<string, number>()
  return (record) => {
    const revision = next.get(record.stream) ?? 0
    next.set(record.stream, revision + 1)
    return { ...record, revision }
  }
}

const foldHolding = (person: PersonKey, known: readonly Known[], validAt: YearMonth): PersonState => {
  const state = newState(person, Number.POSITIVE_INFINITY)
  const cut = cutAt(known, validAt)
  const revisions = new Map<string, number>()
  for (const one of known) {
    if (!holds(cut, one)) continue
    const { stream, recordedAt, position } = one.record
    // Counted anew: what does not hold leaves no gap in the stream.
    const revision = revisions.get(stream) ?? 0
    const outcome = applyFact(state, { stream, revision, event: one.event, recordedAt, position })
    if (outcome.kind === "applied") revisions.set(stream, revision + 1)
  }
  return state
}

/**
 * Folds the facts that hold at a month; give them to `unifiedRecord` with the same `validAt`.
 * @param facts known facts in the order of the log
 * @returns the number of facts, position and time are those of all known facts; `problem` as in `replayRecords`
 */
export const replayValid = (person: PersonKey, facts: readonly RecordedEvent[], validAt: YearMonth): Replayed => {
  const whole = replayRecords(person, facts)
  const known = decodedOf(facts.slice(0, whole.state.events))
  const state = foldHolding(person, known, validAt)
  const { events, position, recordedAt } = whole.state
  return { state: { ...state, events, position, recordedAt }, problem: whole.problem }
}
