/**
 * Reconciling a leg: the statement says what was sent, remittances say what arrived, in any order. And the sum of it all, once
 * the last leg has ended.
 */
import type { ProvinceCode } from "./codes.js"
import type { Moved } from "./enrollment.js"
import type { DateText } from "./ids.js"
import { equals, ofRanges, size } from "./month-set.js"
import { type Fen, fen, sum } from "./money.js"
import type { Leg, Money, Transfer, TransferEvent } from "./transfer.js"

export type Dated = { readonly on: DateText; readonly due: DateText }

export const totalOf = (part: Money): Fen => fen(part.account_fen + part.pooled_fen)
export const sameMoney = (a: Money, b: Money): boolean => a.account_fen === b.account_fen && a.pooled_fen === b.pooled_fen

/** The same months, however they are cut into ranges, and the same amounts. */
export const sameStatement = (a: Moved, b: Moved): boolean =>
  sameMoney(a, b) && a.bases_fen === b.bases_fen && equals(ofRanges(a.months), ofRanges(b.months))

/** The second of the two arrivals reconciles the leg, or says by how much they differ. */
export const reconcile = (leg: Leg, statement: Moved, money: Money, dated: Dated): readonly TransferEvent[] => {
  const province = leg.planned.from
  if (sameMoney(money, statement)) return [{ type: "LegReconciled", leg: province, on: dated.on, due: dated.due }]
  return [{ type: "MoneyMismatchFound", leg: province, stated_fen: totalOf(statement), received_fen: totalOf(money) }]
}

/** The completion of a transfer whose leg `last` now ends, booked or failed; nothing while another leg is open. */
export const completion = (state: Transfer, on: DateText, last: ProvinceCode, lastFailed: boolean): readonly TransferEvent[] => {
  const legs = [...state.legs.values()]
  if (legs.some((leg) => leg.outcome === "open" && leg.planned.from !== last)) return []
  const failed = (leg: Leg): boolean => (leg.planned.from === last ? lastFailed : leg.outcome === "failed")
  const statements = legs.flatMap((leg) => (failed(leg) || leg.statement === null ? [] : [leg.statement]))
  return [
    {
      type: "TransferCompleted",
      on,
      months_total: statements.reduce((total, statement) => total + size(ofRanges(statement.months)), 0),
      account_fen: sum(statements.map((statement) => statement.account_fen)),
      pooled_fen: sum(statements.map((statement) => statement.pooled_fen)),
      failedLegs: legs.filter(failed).map((leg) => leg.planned.from),
    },
  ]
}
