/** The rare half of the fold: transfers, overlap cases and benefits are kept as the domain's own states, with their dates beside. */
import { type BenefitEvent, evolve as evolveBenefit } from "@tongzhang/domain/benefit"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { type OverlapEvent, evolve as evolveOverlap } from "@tongzhang/domain/overlap"
import { type TransferEvent, evolve as evolveTransfer } from "@tongzhang/domain/transfer"
import type { BenefitPart, LegDates, OverlapPart, TransferPart } from "./person-state.js"

const datesOf = (part: TransferPart, leg: ProvinceCode): LegDates => {
  const known = part.dates.get(leg)
  if (known !== undefined) return known
  const fresh: LegDates = {
    lettered: null,
    stated: null,
    received: null,
    reconciled: null,
    booked: null,
    escalatedOn: null,
    remindedOn: null,
    mismatch_fen: null,
    failure: null,
  }
  part.dates.set(leg, fresh)
  return fresh
}

const dateTransfer = (part: TransferPart, event: TransferEvent): void => {
  switch (event.type) {
    case "TransferRequested":
      part.requestedOn = event.on
      return
    case "TransferPlanned":
      part.placeOfReceipt = event.placeOfReceipt
      return
    case "ContactLetterIssued":
      datesOf(part, event.leg).lettered = event.on
      return
    case "StatementReceived":
      datesOf(part, event.leg).stated = event.on
      return
    case "MoneyReceived":
      datesOf(part, event.leg).received = event.on
      return
    case "MoneyMismatchFound":
      datesOf(part, event.leg).mismatch_fen = event.received_fen - event.stated_fen
      return
    case "LegReconciled": {
      const dates = datesOf(part, event.leg)
      dates.reconciled = event.on
      dates.mismatch_fen = null
      return
    }
    case "ReminderSent":
      datesOf(part, event.leg).remindedOn = event.on
      return
    case "LegEscalated":
      datesOf(part, event.leg).escalatedOn = event.on
      return
    case "LegBooked":
      datesOf(part, event.leg).booked = event.on
      return
    case "LegFailed":
      datesOf(part, event.leg).failure = event.reason
      return
    case "TransferCompleted":
      part.endedOn = event.on
      return
    case "TransferReturned":
      part.endedOn = event.on
      part.returned = event.reason
      return
    case "LegDisputed":
    case "DisputeSettled":
      return
  }
}

export const foldTransfer = (part: TransferPart, event: TransferEvent): void => {
  part.state = evolveTransfer(part.state, event)
  dateTransfer(part, event)
}

export const foldOverlap = (part: OverlapPart, event: OverlapEvent, recordedAt: number): void => {
  part.state = evolveOverlap(part.state, event)
  const seen = part.seen.get(event.case)
  if (seen === undefined) part.seen.set(event.case, { since: recordedAt, last: recordedAt })
  else seen.last = recordedAt
  if (event.type === "OverlapCleared") part.refunds.set(event.case, event.refund_fen)
}

export const foldBenefit = (part: BenefitPart, event: BenefitEvent): void => {
  part.state = evolveBenefit(part.state, event)
  if (event.type === "BenefitHeld" && event.other !== null) part.heldFor.set(event.claim, event.other)
}
