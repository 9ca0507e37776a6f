/** Counts of a feed, row by row. */
import type { RowResult } from "./engine.js"

export type Tally = {
  readonly rows: number
  readonly accepted: number
  readonly warned: number
  readonly unchanged: number
  readonly refused: number
  readonly events: number
  /** Of the accepted rows, those whose act alters what was on record: corrections, reversals, suspensions, ends, moves. */
  readonly changed: number
  /** Contributions recorded, all parts together. */
  readonly paid_fen: number
}

export const emptyTally: Tally = { rows: 0, accepted: 0, warned: 0, unchanged: 0, refused: 0, events: 0, changed: 0, paid_fen: 0 }

/** What an accepted row adds to the counts besides itself. */
export type Weight = { readonly paid_fen: number; readonly isChange: boolean }
export const weightless: Weight = { paid_fen: 0, isChange: false }

/** `accepted` counts the rows with warnings too. */
export const counted = (tally: Tally, { outcome, events }: RowResult, { paid_fen, isChange }: Weight): Tally => {
  const warned = outcome.status === "accepted_with_warning" ? 1 : 0
  const accepted = outcome.status === "accepted" ? 1 : warned
  return {
    rows: tally.rows + 1,
    accepted: tally.accepted + accepted,
    warned: tally.warned + warned,
    unchanged: tally.unchanged + (outcome.status === "unchanged" ? 1 : 0),
    refused: tally.refused + (outcome.status === "refused" ? 1 : 0),
    events: tally.events + events,
    changed: tally.changed + (accepted === 1 && isChange ? 1 : 0),
    paid_fen: tally.paid_fen + (accepted === 1 ? paid_fen : 0),
  }
}
