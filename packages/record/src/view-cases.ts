/** Transfers, overlap cases and benefits of a person, as shown. */
import { size } from "@tongzhang/domain/month-set"
import { ofRanges } from "@tongzhang/domain/month-set"
import { type Leg, stepOf } from "@tongzhang/domain/transfer"
import type { PersonState, TransferPart } from "./person-state.js"
import { countMonths, rangesOf } from "./month-bits.js"
import type { BenefitView, OverlapView, TransferView, UnifiedRecord } from "./view-schema.js"

const byKey = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1))

const legView = (part: TransferPart, leg: Leg): TransferView["legs"][number] => {
  const dates = part.dates.get(leg.planned.from)
  const stated = leg.statement ?? leg.planned
  return {
    from: leg.planned.from,
    outcome: leg.outcome,
    waitsFor: stepOf(leg),
    due: leg.due,
    escalated: leg.escalated.size > 0,
    letterNo: leg.letterNo,
    months: size(ofRanges(stated.months)),
    account_fen: stated.account_fen,
    pooled_fen: stated.pooled_fen,
    received_fen: leg.account_fen + leg.pooled_fen,
    mismatch_fen: dates?.mismatch_fen ?? null,
    disputed: leg.disputed,
    failure: dates?.failure ?? null,
    lettered: dates?.lettered ?? null,
    stated: dates?.stated ?? null,
    received: dates?.received ?? null,
    reconciled: dates?.reconciled ?? null,
    booked: dates?.booked ?? null,
  }
}

export const transferViews = (state: PersonState): TransferView[] =>
  byKey(state.transfers).map(([transferId, part]) => ({
    transferId,
    scheme: part.state.scheme ?? "",
    to: part.state.to ?? "",
    status: part.state.status,
    open: part.state.status === "requested" || part.state.status === "planned",
    requestedOn: part.requestedOn,
    endedOn: part.endedOn,
    returned: part.returned,
    placeOfReceipt: part.placeOfReceipt,
    legs: byKey(part.state.legs).map(([, leg]) => legView(part, leg)),
  }))

export const overlapViews = (state: PersonState): OverlapView[] =>
  byKey(state.overlaps).flatMap(([family, part]) =>
    byKey(part.state.cases).map(([id, found]) => ({
      case: id,
      family,
      kind: found.kind,
      status: found.status,
      open: found.status === "open" || found.status === "decided",
      sides: [...found.sides],
      months: countMonths(found.months),
      ranges: rangesOf(found.months),
      recommended: found.proposal?.recommended ?? null,
      options: (found.proposal?.options ?? []).map((option) => ({ ...option, months: [...option.months] })),
      keep: found.keep,
      refunded_fen: part.refunds.get(id) ?? null,
    })),
  )

export const benefitViews = (state: PersonState): BenefitView[] =>
  byKey(state.benefits).flatMap(([scheme, part]) =>
    byKey(part.state.claims).map(([claim, found]) => ({
      scheme,
      claim,
      province: found.province,
      status: found.status,
      held: found.held,
      heldFor: found.held === null ? null : (part.heldFor.get(claim) ?? null),
      from: found.from,
      to: found.to,
      monthly_fen: found.award?.monthly_fen ?? null,
      basic_fen: found.award?.basic_fen ?? null,
      account_fen: found.award?.account_fen ?? null,
      transitional_fen: found.award?.transitional_fen ?? null,
      months_paid: countMonths(found.paid),
      paid_fen: found.paid_fen,
      overpaid_fen: found.overpaid_fen,
      recovered_fen: found.recovered_fen,
    })),
  )

export const holdsOf = (benefits: readonly BenefitView[]): UnifiedRecord["cases"]["holds"] =>
  benefits.flatMap(({ scheme, claim, province, held, heldFor }) =>
    held === null ? [] : [{ scheme, claim, province, reason: held, other: heldFor }],
  )
