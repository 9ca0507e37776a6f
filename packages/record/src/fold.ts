/**
 * Facts -> one person's state. Skips revisions it has seen; at a gap, at a fact it cannot apply, or at a correction of a line it
 * no longer holds, it leaves the state untouched and says so: the caller sets that person aside, or fetches the line.
 */
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { initial as noBenefit, type BenefitEvent } from "@tongzhang/domain/benefit"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import type { LineId, TransferId } from "@tongzhang/domain/ids"
import { initial as noOverlap, type OverlapEvent } from "@tongzhang/domain/overlap"
import type { PersonEvent } from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { initial as noTransfer, type TransferEvent } from "@tongzhang/domain/transfer"
import type { Position } from "@tongzhang/event-store/port"
import { foldBenefit, foldOverlap, foldTransfer } from "./fold-cases.js"
import { findLine, foldEnrollment, lineNeededBy } from "./fold-enrollment.js"
import { type KeptLine, newRelation, type PersonState, type Relation, touch } from "./person-state.js"

export type Fact = {
  readonly stream: StreamName
  readonly revision: number
  readonly event: LedgerEvent
  /** Store's clock, ms since 1970. */
  readonly recordedAt: number
  readonly position: Position
}

export type FoldOutcome =
  | { readonly kind: "applied" }
  /** This revision was folded before. */
  | { readonly kind: "seen" }
  /** Revisions between are missing. */
  | { readonly kind: "gap"; readonly expected: number; readonly got: number }
  /** A correction of a line that is not in memory: fetch it from the stream (`lineOf` in replay.ts) and apply again with it. */
  | { readonly kind: "line_needed"; readonly line: LineId }
  /** The fact contradicts what stands before it. */
  | { readonly kind: "broken"; readonly cause: string }

const applied: FoldOutcome = { kind: "applied" }
const seen: FoldOutcome = { kind: "seen" }

/** Null when the revision is the next one. */
const outOfTurn = (last: number, revision: number): FoldOutcome | null =>
  revision === last + 1 ? null : revision <= last ? seen : { kind: "gap", expected: last + 1, got: revision }

const done = (state: PersonState, fact: Fact, touched: number): FoldOutcome => {
  state.touched |= touched
  state.events++
  // Streams of one person may be read one after the other (replay): the newest wins.
  if (state.position === null || fact.position > state.position) state.position = fact.position
  if (fact.recordedAt > state.recordedAt) state.recordedAt = fact.recordedAt
  return applied
}

const applyPerson = (state: PersonState, fact: Fact): FoldOutcome => {
  const { person } = state
  const turn = outOfTurn(person.revision, fact.revision)
  if (turn !== null) return turn
  const event = fact.event as PersonEvent
  switch (event.type) {
    case "PersonRegistered":
      person.registered = true
      person.sex = event.sex
      person.birthMonth = event.birthMonth
      person.hukou = event.hukou
      person.nameIndex = event.nameIndex
      person.sealed = event.sealed
      break
    case "IdentityCorrected":
      person.nameIndex = event.nameIndex
      person.sealed = event.sealed
      break
    case "IdentitiesMerged":
      person.merged.push(event.other)
      break
    case "HukouMoved":
      person.hukou = event.to
      break
    case "PersonDied":
      person.diedOn = event.on
      break
  }
  person.revision = fact.revision
  return done(state, fact, touch.person)
}

const lineOrProblem = (
  state: PersonState,
  relation: Relation,
  event: EnrollmentEvent,
  given: KeptLine | null | undefined,
): KeptLine | FoldOutcome | null => {
  const needed = lineNeededBy(event)
  if (needed === null) return null
  const line = findLine(relation, needed) ?? given ?? null
  if (line !== null) return line.standing ? line : { kind: "broken", cause: `line ${needed} is not standing` }
  const all = given === null || state.linesKept_max === Number.POSITIVE_INFINITY
  return all ? { kind: "broken", cause: `line ${needed} is unknown` } : { kind: "line_needed", line: needed }
}

/** Facts that change amounts and months, not the terms of the relation. */
const payments: ReadonlySet<string> = new Set([
  "ContributionRecorded",
  "ContributionCorrected",
  "ContributionReversed",
  "ContributionRefunded",
  "SubsidyCredited",
  "InterestCredited",
])

const enrollmentAt = "Enrollment-".length

const applyEnrollment = (state: PersonState, fact: Fact, given?: KeptLine | null): FoldOutcome => {
  const { stream } = fact
  const key = stream.slice(enrollmentAt, stream.lastIndexOf("_"))
  const known = state.relations.get(key)
  const turn = outOfTurn(known === undefined ? -1 : known.revision, fact.revision)
  if (turn !== null) return turn
  const relation = known ?? newRelation(key.slice(0, 2) as ProvinceCode, key.slice(3) as SchemeCode)
  const event = fact.event as EnrollmentEvent
  const line = lineOrProblem(state, relation, event, given)
  if (line !== null && "kind" in line) return line
  foldEnrollment(relation, event, line, state.linesKept_max)
  relation.revision = fact.revision
  if (relation.dirty !== "terms") relation.dirty = payments.has(event.type) ? "payment" : "terms"
  if (known === undefined) state.relations.set(key, relation)
  return done(state, fact, touch.relation)
}

type Cased = { revision: number }

const applyCase = <Part extends Cased>(
  state: PersonState,
  fact: Fact,
  parts: Map<string, Part>,
  id: string,
  touched: number,
  fresh: () => Part,
  fold: (part: Part) => void,
): FoldOutcome => {
  const part = parts.get(id) ?? fresh()
  const turn = outOfTurn(part.revision, fact.revision)
  if (turn !== null) return turn
  try {
    fold(part)
  } catch (error) {
    return { kind: "broken", cause: error instanceof Error ? error.message : String(error) }
  }
  part.revision = fact.revision
  parts.set(id, part)
  return done(state, fact, touched)
}

const applyTransfer = (state: PersonState, fact: Fact): FoldOutcome =>
  applyCase(
    state,
    fact,
    state.transfers,
    fact.stream.slice("Transfer-".length) as TransferId,
    touch.transfer,
    () => ({
      revision: -1,
      state: noTransfer,
      requestedOn: null,
      endedOn: null,
      placeOfReceipt: null,
      returned: null,
      dates: new Map(),
    }),
    (part) => foldTransfer(part, fact.event as TransferEvent),
  )

const lastPart = (stream: string): string => stream.slice(stream.lastIndexOf("_") + 1)

/**
 * Folds one fact of this person into the state, in place.
 * @param line for a fact that was answered with `line_needed`: the line, or null when the stream does not hold it
 */
export const applyFact = (state: PersonState, fact: Fact, line?: KeptLine | null): FoldOutcome => {
  const { stream } = fact
  switch (stream.charCodeAt(0)) {
    case 69: // Enrollment
      return applyEnrollment(state, fact, line)
    case 80: // Person; policies are about nobody
      return stream.startsWith("Person-") ? applyPerson(state, fact) : seen
    case 84: // Transfer
      return applyTransfer(state, fact)
    case 79: // Overlap
      return applyCase(
        state,
        fact,
        state.overlaps,
        lastPart(stream),
        touch.overlap,
        () => ({ revision: -1, state: noOverlap, seen: new Map(), refunds: new Map() }),
        (part) => foldOverlap(part, fact.event as OverlapEvent, fact.recordedAt),
      )
    case 66: // Benefit
      return applyCase(
        state,
        fact,
        state.benefits,
        lastPart(stream),
        touch.benefit,
        () => ({ revision: -1, state: noBenefit, heldFor: new Map() }),
        (part) => foldBenefit(part, fact.event as BenefitEvent),
      )
    default:
      return seen
  }
}

/** Invariants that hold after every fact (architecture §4); the first that does not, in words, or null. */
export const brokenInvariant = (state: PersonState): string | null => {
  for (const [key, relation] of state.relations) {
    const { account_fen, pooled_fen, bases_fen } = relation
    if (!Number.isSafeInteger(account_fen) || !Number.isSafeInteger(pooled_fen) || !Number.isSafeInteger(bases_fen))
      return `${key}: amounts are not whole fen`
    if (account_fen < 0) return `${key}: the personal account is ${account_fen} fen`
    if (bases_fen < 0) return `${key}: the sum of bases is ${bases_fen} fen`
    if (relation.status === "none" && relation.revision >= 0) return `${key}: facts without an opening`
  }
  return null
}
