/**
 * What people do with a case of overlap: the person says what they want, an officer decides (a second one above the limit), may take
 * the decision back while its window runs, and the decision is cleared afterwards, never before.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { DateText, Instant } from "./ids.js"
import type { MonthRange } from "./month-set.js"
import { type Fen, zero } from "./money.js"
import { type ChoiceChannel, type Decided, type Overlap, type OverlapCase, type Side, withCase } from "./overlap.js"

/** The decision may still be withdrawn at this moment. */
export const undoRuns = ({ status, undoUntil }: OverlapCase, at: Instant): boolean =>
  status === "decided" && undoUntil !== undefined && at < undoUntil

/** The person's choice (187号: 与本人协商确定), as often as they change their mind, until somebody has decided. */
export const recordChoice =
  (command: { readonly case: string; readonly keep: Side; readonly channel: ChoiceChannel; readonly on: DateText }) =>
  (state: Overlap): Decided =>
    withCase(state, command.case, (found) => {
      if (!found.sides.includes(command.keep)) return left({ code: "SIDE_NOT_IN_CASE", side: command.keep, sides: found.sides })
      const { choice } = found
      if (choice?.keep === command.keep && choice.channel === command.channel && choice.on === command.on) return right([])
      if (found.status !== "open") return left({ code: "CASE_CLOSED", case: command.case, status: found.status })
      return right([{ type: "OverlapChoiceRecorded", ...command }])
    })

export type DecideOverlap = {
  readonly case: string
  readonly keep: Side
  readonly reason: string
  readonly undoUntil: Instant | null
  /** Who decides, and up to which refund alone; left out: one officer decides whatever it costs. */
  readonly approval?: { readonly officer: string; readonly limit_fen: Fen }
}

const refundOf = (found: OverlapCase, keep: Side): Fen =>
  found.proposal?.options.find((option) => option.keep === keep)?.refund_fen ?? zero

/** The agency's decision. The law asks for the person's agreement in EMP-EMP cases (187号): the reason says so. */
export const decideOverlap =
  ({ approval, ...command }: DecideOverlap) =>
  (state: Overlap): Decided =>
    withCase(state, command.case, (found) => {
      const { keep, reason } = command
      if (!found.sides.includes(keep)) return left({ code: "SIDE_NOT_IN_CASE", side: keep, sides: found.sides })
      if (found.status === "decided" || found.status === "cleared")
        return found.keep === keep ? right([]) : left({ code: "DECIDED_DIFFERENTLY", keep: found.keep ?? keep })
      if (found.status !== "open") return left({ code: "CASE_CLOSED", case: command.case, status: found.status })
      const refund_fen = refundOf(found, keep)
      if (approval !== undefined && refund_fen > approval.limit_fen) {
        const { officer } = approval
        // Another side than the one asked for is another question, whoever puts it.
        if (found.asked?.keep !== keep)
          return right([{ type: "OverlapApprovalAsked", case: command.case, keep, reason, officer, refund_fen }])
        if (found.asked.officer === officer) return right([])
      }
      return right([{ type: "OverlapDecided", ...command }])
    })

/** Takes a decision back while its window runs; the case is open again as if nobody had decided. */
export const withdrawDecision =
  (command: { readonly case: string; readonly reason: string; readonly at: Instant }) =>
  (state: Overlap): Decided =>
    withCase(state, command.case, (found) => {
      if (found.status === "open") return found.decisions > 0 ? right([]) : left({ code: "CASE_NOT_DECIDED", case: command.case })
      if (undoRuns(found, command.at))
        return right([{ type: "OverlapDecisionWithdrawn", case: command.case, reason: command.reason }])
      return left({ code: "UNDO_WINDOW_OVER", case: command.case, undoUntil: found.undoUntil ?? null })
    })

/** The months are refunded: the case is done. Refused while somebody may still take the decision back. */
export const clearOverlap =
  ({
    at,
    ...command
  }: {
    readonly case: string
    readonly months: readonly MonthRange[]
    readonly refund_fen: Fen
    readonly at: Instant
  }) =>
  (state: Overlap): Decided =>
    withCase(state, command.case, (found) => {
      if (found.status === "cleared") return right([])
      if (found.status !== "decided") return left({ code: "CASE_NOT_DECIDED", case: command.case })
      return undoRuns(found, at) && found.undoUntil !== undefined
        ? left({ code: "UNDO_WINDOW_RUNS", case: command.case, undoUntil: found.undoUntil })
        : right([{ type: "OverlapCleared", ...command }])
    })
