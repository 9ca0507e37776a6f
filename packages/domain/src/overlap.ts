/**
 * Overlap 重复参保: the cases of one person in one family of schemes, one case per pair of relations (or of benefit claims).
 * Detection never decides: it opens a case and proposes; an agency decides; refunds follow; a retroactive payment can open or
 * dissolve a case long after.
 */
import { left, right } from "fp-ts/lib/Either.js"
import { type Decision, withEntry } from "./decider.js"
import type { DateText, Instant, PersonKey } from "./ids.js"
import { type MonthRange, difference, equals, isEmpty, ofRanges, type MonthSet } from "./month-set.js"
import type { Fen } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Overlap"
export type OverlapFamily = "pension" | "medical" | "unemployment" | "benefit"
export const streamOf = (person: PersonKey, family: OverlapFamily): StreamName => streamName(category, person, family)

// Events ---------------------------------------------------------------------------------------
export type OverlapKind =
  "EMP-EMP" | "EMP-PUB" | "EMP-RES" | "RES-RES" | "MED-MED" | "UNEMP-UNEMP" | "PENSION-PENSION" | "PENSION-RES"
/** How the person's choice came: in the app, at the counter, by telephone, in writing. */
export const choiceChannels = ["app", "counter", "phone", "letter"] as const
export type ChoiceChannel = (typeof choiceChannels)[number]
/** One side of a case: `{province}_{scheme}`, for benefits `{province}_{scheme}_{claim}`. */
export type Side = string
/** Two sides in alphabetic order joined by `~`: the same pair always makes the same case. */
export const caseIdOf = (x: Side, y: Side): string => (x < y ? `${x}~${y}` : `${y}~${x}`)

export type Option = {
  readonly keep: Side
  readonly drop: Side
  readonly months: readonly MonthRange[]
  readonly refund_fen: Fen
  readonly legal: string
}

export type OverlapEvent =
  | {
      readonly type: "OverlapDetected"
      readonly case: string
      readonly kind: OverlapKind
      readonly sides: readonly [Side, Side]
      readonly months: readonly MonthRange[]
    }
  | { readonly type: "OverlapChanged"; readonly case: string; readonly months: readonly MonthRange[] }
  | { readonly type: "OverlapDissolved"; readonly case: string }
  | { readonly type: "OverlapNotified"; readonly case: string; readonly provinces: readonly string[] }
  | {
      readonly type: "ResolutionProposed"
      readonly case: string
      readonly recommended: Side | null
      readonly options: readonly Option[]
    }
  /** What the person says they want; by which way they said it. */
  | {
      readonly type: "OverlapChoiceRecorded"
      readonly case: string
      readonly keep: Side
      readonly channel: ChoiceChannel
      readonly on: DateText
    }
  /** Above the limit of one officer: asked by the first, and decided when a second one decides the same. */
  | {
      readonly type: "OverlapApprovalAsked"
      readonly case: string
      readonly keep: Side
      readonly reason: string
      readonly officer: string
      readonly refund_fen: Fen
    }
  | {
      readonly type: "OverlapDecided"
      readonly case: string
      readonly keep: Side
      readonly reason: string
      /** Until this moment it may be withdrawn and nothing is cleared; null: it stands at once. */
      readonly undoUntil: Instant | null
    }
  | { readonly type: "OverlapDecisionWithdrawn"; readonly case: string; readonly reason: string }
  | { readonly type: "OverlapCleared"; readonly case: string; readonly months: readonly MonthRange[]; readonly refund_fen: Fen }
  | { readonly type: "OverlapDismissed"; readonly case: string; readonly reason: string }
  | { readonly type: "OverlapReopened"; readonly case: string; readonly months: readonly MonthRange[]; readonly reason: string }

// State and fold ---------------------------------------------------------------------------------
export type OverlapCase = {
  readonly kind: OverlapKind
  readonly sides: readonly [Side, Side]
  readonly months: MonthSet
  readonly status: "open" | "decided" | "cleared" | "dismissed" | "dissolved"
  readonly proposal: { readonly recommended: Side | null; readonly options: readonly Option[] } | null
  readonly notified: boolean
  readonly keep: Side | null
  /** How often it has been decided: a reopened case is cleared by a refund of its own. */
  readonly decisions: number
  // Absent rather than null: what was folded before these existed stays the same, byte for byte.
  readonly undoUntil?: Instant
  readonly choice?: { readonly keep: Side; readonly channel: ChoiceChannel; readonly on: DateText }
  readonly asked?: { readonly keep: Side; readonly reason: string; readonly officer: string }
}
export type Overlap = { readonly cases: ReadonlyMap<string, OverlapCase> }
export const initial: Overlap = { cases: new Map() }

const replace = (state: Overlap, id: string, next: (found: OverlapCase) => OverlapCase): Overlap => {
  const found = state.cases.get(id)
  if (found === undefined) throw new Error(`event for unknown overlap case ${id}`)
  return { cases: withEntry(state.cases, id, next(found)) }
}
const change = (state: Overlap, id: string, part: (found: OverlapCase) => Partial<OverlapCase>): Overlap =>
  replace(state, id, (found) => ({ ...found, ...part(found) }))

export const evolve = (state: Overlap, event: OverlapEvent): Overlap => {
  switch (event.type) {
    case "OverlapDetected": {
      const { kind, sides } = event
      const opened = {
        kind,
        sides,
        months: ofRanges(event.months),
        status: "open",
        proposal: null,
        notified: false,
        keep: null,
        decisions: 0,
      } as const
      return { cases: withEntry(state.cases, event.case, opened) }
    }
    case "OverlapChanged":
      return change(state, event.case, () => ({ months: ofRanges(event.months), proposal: null }))
    case "OverlapDissolved":
      return change(state, event.case, () => ({ status: "dissolved" }))
    case "OverlapNotified":
      return change(state, event.case, () => ({ notified: true }))
    case "ResolutionProposed":
      return change(state, event.case, () => ({ proposal: { recommended: event.recommended, options: event.options } }))
    case "OverlapChoiceRecorded":
      return change(state, event.case, () => ({ choice: { keep: event.keep, channel: event.channel, on: event.on } }))
    case "OverlapApprovalAsked":
      return change(state, event.case, () => ({ asked: { keep: event.keep, reason: event.reason, officer: event.officer } }))
    case "OverlapDecided":
      return replace(state, event.case, ({ asked: _asked, undoUntil: _undoUntil, ...found }) => ({
        ...found,
        status: "decided",
        keep: event.keep,
        decisions: found.decisions + 1,
        ...(event.undoUntil === null ? {} : { undoUntil: event.undoUntil }),
      }))
    case "OverlapDecisionWithdrawn":
      return replace(state, event.case, ({ undoUntil: _undoUntil, ...found }) => ({ ...found, status: "open", keep: null }))
    case "OverlapCleared":
      return change(state, event.case, () => ({ status: "cleared" }))
    case "OverlapDismissed":
      return change(state, event.case, () => ({ status: "dismissed" }))
    case "OverlapReopened":
      // Other months are another question: what the person chose, and an officer asked for, was about the old ones.
      return replace(state, event.case, ({ choice: _choice, asked: _asked, undoUntil: _undoUntil, ...found }) => ({
        ...found,
        status: "open",
        months: ofRanges(event.months),
        proposal: null,
        notified: false,
        keep: null,
      }))
  }
}

// Decisions --------------------------------------------------------------------------------------
export type OverlapRefusal =
  | { readonly code: "CASE_UNKNOWN"; readonly case: string }
  | { readonly code: "CASE_CLOSED"; readonly case: string; readonly status: OverlapCase["status"] }
  | { readonly code: "CASE_NOT_DECIDED"; readonly case: string }
  | { readonly code: "SIDE_NOT_IN_CASE"; readonly side: Side; readonly sides: readonly [Side, Side] }
  | { readonly code: "DECIDED_DIFFERENTLY"; readonly keep: Side }
  | { readonly code: "UNDO_WINDOW_RUNS"; readonly case: string; readonly undoUntil: Instant }
  | { readonly code: "UNDO_WINDOW_OVER"; readonly case: string; readonly undoUntil: Instant | null }

export type Decided = Decision<OverlapRefusal, OverlapEvent>

export type DetectOverlap = {
  readonly case: string
  readonly kind: OverlapKind
  readonly sides: readonly [Side, Side]
  /** Every month both sides now count; empty when they no longer overlap. Benefit cases give the months both run. */
  readonly months: readonly MonthRange[]
}

/** Tells the case what the bitmaps now say: opens, widens, narrows, dissolves or reopens it. */
export const detectOverlap =
  (command: DetectOverlap) =>
  (state: Overlap): Decided => {
    const months = ofRanges(command.months)
    const found = state.cases.get(command.case)
    if (found === undefined) return right(isEmpty(months) ? [] : [{ type: "OverlapDetected", ...command }])
    switch (found.status) {
      case "open":
        if (isEmpty(months)) return right([{ type: "OverlapDissolved", case: command.case }])
        return right(equals(found.months, months) ? [] : [{ type: "OverlapChanged", case: command.case, months: command.months }])
      case "decided":
        return right([])
      case "cleared":
      case "dissolved":
        if (isEmpty(months)) return right([])
        return right([{ type: "OverlapReopened", case: command.case, months: command.months, reason: "months overlap again" }])
      case "dismissed":
        // Somebody said "no duplicate" of exactly these months: only further months reopen the case.
        if (isEmpty(difference(months, found.months))) return right([])
        return right([
          { type: "OverlapReopened", case: command.case, months: command.months, reason: "further months since the dismissal" },
        ])
    }
  }

export const withCase = (state: Overlap, id: string, next: (found: OverlapCase) => Decided): Decided => {
  const found = state.cases.get(id)
  return found === undefined ? left({ code: "CASE_UNKNOWN", case: id }) : next(found)
}

export const notifyOverlap =
  (command: { readonly case: string; readonly provinces: readonly string[] }) =>
  (state: Overlap): Decided =>
    withCase(state, command.case, (found) =>
      right(found.notified || found.status !== "open" ? [] : [{ type: "OverlapNotified", ...command }]),
    )

export const proposeResolution =
  (command: { readonly case: string; readonly recommended: Side | null; readonly options: readonly Option[] }) =>
  (state: Overlap): Decided =>
    withCase(state, command.case, (found) =>
      right(found.proposal !== null || found.status !== "open" ? [] : [{ type: "ResolutionProposed", ...command }]),
    )

export const dismissOverlap =
  (command: { readonly case: string; readonly reason: string }) =>
  (state: Overlap): Decided =>
    withCase(state, command.case, (found) => {
      if (found.status === "dismissed") return right([])
      return found.status === "open"
        ? right([{ type: "OverlapDismissed", ...command }])
        : left({ code: "CASE_CLOSED", case: command.case, status: found.status })
    })
