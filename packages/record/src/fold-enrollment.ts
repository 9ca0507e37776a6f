/**
 * The hot half of the fold: one relation's facts, in place. Must agree with the domain's `evolve` (enrollment.ts): a property test
 * folds random histories with both.
 */
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import type { LineId } from "@tongzhang/domain/ids"
import { fromIndex, indexOf } from "@tongzhang/domain/month"
import { difference, ofRanges } from "@tongzhang/domain/month-set"
import { addMonths, clearMonths, noBits, removeMonths, spanOf } from "./month-bits.js"
import type { KeptLine, Relation, Spell } from "./person-state.js"

type Event<T extends EnrollmentEvent["type"]> = Extract<EnrollmentEvent, { readonly type: T }>

/** The line a correction or reversal is about, if this fact needs one. */
export const lineNeededBy = (event: EnrollmentEvent): LineId | null =>
  event.type === "ContributionCorrected" ? event.corrects : event.type === "ContributionReversed" ? event.reverses : null

/** Newest first: a line id used again means the later one. */
export const findLine = (relation: Relation, line: LineId): KeptLine | null => {
  for (let i = relation.lines.length - 1; i >= 0; i--) {
    const kept = relation.lines[i]
    if (kept?.line === line) return kept
  }
  return null
}

/** Arrays stay exactly as long as they are: a pushed-to array keeps room for 17 (measured: a quarter of the memory of a state). */
const keepLine = (relation: Relation, line: KeptLine, kept_max: number): void => {
  const { lines } = relation
  if (kept_max === Number.POSITIVE_INFINITY) lines.push(line)
  else if (lines.length < kept_max) relation.lines = [...lines, line]
  else {
    lines.copyWithin(0, 1)
    lines[kept_max - 1] = line
  }
}

const recorded = (relation: Relation, event: Event<"ContributionRecorded">, kept_max: number): void => {
  const first = indexOf(event.from)
  const last = event.to === event.from ? first : indexOf(event.to)
  const { line, base_fen, pooled_fen, account_fen } = event
  addMonths(relation.months, first, last)
  relation.account_fen += account_fen
  relation.pooled_fen += pooled_fen
  relation.bases_fen += base_fen * (last - first + 1)
  if (event.kind !== "regular") addMonths((relation.late ??= noBits()), first, last)
  // One string per month for all persons, not one per event.
  const from = fromIndex(first)
  relation.lastLine = { line, from, to: last === first ? from : fromIndex(last), base_fen, paidOn: event.paidOn }
  keepLine(relation, { line, first, last, base_fen, pooled_fen, account_fen, standing: true }, kept_max)
}

const corrected = (relation: Relation, event: Event<"ContributionCorrected">, wrong: KeptLine, kept_max: number): void => {
  const { first, last } = wrong
  const { line, base_fen, pooled_fen, account_fen } = event
  relation.account_fen += account_fen - wrong.account_fen
  relation.pooled_fen += pooled_fen - wrong.pooled_fen
  relation.bases_fen += (base_fen - wrong.base_fen) * (last - first + 1)
  if (relation.lastLine?.line === wrong.line) relation.lastLine = { ...relation.lastLine, base_fen }
  wrong.base_fen = base_fen
  wrong.pooled_fen = pooled_fen
  wrong.account_fen = account_fen
  keepLine(relation, { line, first, last, base_fen, pooled_fen, account_fen, standing: false }, kept_max)
}

const reversed = (relation: Relation, event: Event<"ContributionReversed">, wrong: KeptLine, kept_max: number): void => {
  const { first, last } = wrong
  relation.account_fen -= wrong.account_fen
  relation.pooled_fen -= wrong.pooled_fen
  relation.bases_fen -= wrong.base_fen * (last - first + 1)
  removeMonths(relation.months, first, last)
  if (relation.late !== null) removeMonths(relation.late, first, last)
  if (relation.lastLine?.line === wrong.line) relation.lastLine = null
  wrong.standing = false
  keepLine(relation, { line: event.line, first, last, base_fen: 0, pooled_fen: 0, account_fen: 0, standing: false }, kept_max)
}

const refunded = (relation: Relation, event: Event<"ContributionRefunded">): void => {
  relation.account_fen -= event.refund_fen
  relation.bases_fen -= event.bases_fen
  for (const range of event.months) {
    const first = indexOf(range.from)
    const last = indexOf(range.to)
    addMonths((relation.refunded ??= noBits()), first, last)
    if (event.source === null) removeMonths(relation.months, first, last)
  }
  if (event.source === null) return
  const gone = ofRanges(event.months)
  for (const part of relation.received) if (part.province === event.source) part.months = difference(part.months, gone)
}

const endSpell = (relation: Relation, to: number, ended: NonNullable<Spell["ended"]>, reason: string | null): void => {
  const spell = relation.spells.at(-1)
  if (spell === undefined) return
  spell.to ??= to
  spell.ended = ended
  spell.reason = reason
}

const beginSpell = (relation: Relation, from: number): void => {
  const { capacity, employer, temporary } = relation
  if (capacity === null) return
  // A change from the same month on (or earlier) replaces what it changes.
  while ((relation.spells.at(-1)?.from ?? -1) >= from) relation.spells.pop()
  const spell: Spell = { from, to: null, capacity, employer, temporary, ended: null, reason: null }
  relation.spells = [...relation.spells, spell]
}

const changedCapacity = (relation: Relation, event: Event<"CapacityChanged">): void => {
  relation.capacity = event.capacity
  relation.employer = event.employer
  const from = indexOf(event.from)
  // While suspended there is no spell to change: the next one begins on the new terms.
  if (relation.spells.at(-1)?.to !== null) return
  endSpell(relation, from - 1, "changed", null)
  beginSpell(relation, from)
}

const opened = (relation: Relation, event: Event<"EnrollmentOpened">): void => {
  relation.status = "open"
  if (relation.from === null || event.from <= relation.from) relation.from = event.from
  relation.to = null
  relation.capacity = event.capacity
  relation.employer = event.employer
  relation.temporary = event.temporary
  beginSpell(relation, indexOf(event.from))
}

const sentAway = (relation: Relation, event: Event<"TransferredOut">): void => {
  const { transferId, account_fen, pooled_fen, bases_fen } = event
  const months = ofRanges(event.months)
  const span = spanOf(months)
  relation.status = "moved"
  relation.to ??= span === null ? null : fromIndex(span.last)
  relation.sent.push({ transferId, province: event.to, months, account_fen, pooled_fen, bases_fen })
  clearMonths(relation.months)
  relation.received = []
  relation.account_fen -= account_fen
  relation.pooled_fen -= pooled_fen
  relation.bases_fen -= bases_fen
  const spell = relation.spells.at(-1)
  // A spell that was closed before keeps the province's reason.
  if (spell?.to === null) endSpell(relation, Math.max(span?.last ?? spell.from, spell.from), "moved", null)
}

const broughtIn = (relation: Relation, event: Event<"TransferredIn">): void => {
  const { transferId, account_fen, pooled_fen, bases_fen } = event
  const months = ofRanges(event.months)
  relation.received.push({ transferId, province: event.from, months, account_fen, pooled_fen, bases_fen })
  relation.account_fen += account_fen
  relation.pooled_fen += pooled_fen
  relation.bases_fen += bases_fen
}

/**
 * Applies one fact.
 * @param wrong the line that a correction or reversal names, standing; null for all others
 */
export const foldEnrollment = (relation: Relation, event: EnrollmentEvent, wrong: KeptLine | null, kept_max: number): void => {
  switch (event.type) {
    case "ContributionRecorded":
      return recorded(relation, event, kept_max)
    case "ContributionCorrected":
      return wrong === null ? undefined : corrected(relation, event, wrong, kept_max)
    case "ContributionReversed":
      return wrong === null ? undefined : reversed(relation, event, wrong, kept_max)
    case "ContributionRefunded":
      return refunded(relation, event)
    case "SubsidyCredited":
      relation.account_fen += event.amount_fen
      relation.subsidy_fen += event.amount_fen
      return
    case "InterestCredited":
      relation.account_fen += event.amount_fen
      relation.interest_fen += event.amount_fen
      return
    case "TransferredOut":
      return sentAway(relation, event)
    case "TransferredIn":
      return broughtIn(relation, event)
    case "EnrollmentOpened":
      return opened(relation, event)
    case "EnrollmentSuspended":
      relation.status = "suspended"
      relation.to = fromIndex(indexOf(event.from) - 1)
      return endSpell(relation, indexOf(event.from) - 1, "suspended", event.reason)
    case "EnrollmentResumed":
      relation.status = "open"
      relation.to = null
      return beginSpell(relation, indexOf(event.from))
    case "EnrollmentClosed":
      relation.status = "closed"
      relation.to = event.to
      return endSpell(relation, indexOf(event.to), "closed", event.reason)
    case "CapacityChanged":
      return changedCapacity(relation, event)
  }
}
