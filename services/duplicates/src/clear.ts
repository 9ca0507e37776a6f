/**
 * Carries out a decision: the months of the dropped side are refunded where they now are (they may have been transferred
 * meanwhile: 先转后清), a dropped benefit ends and the kept one is released. Every step may be run again.
 */
import * as Benefit from "@tongzhang/domain/benefit"
import { type EnrollmentId, refundContribution, streamOf } from "@tongzhang/domain/enrollment"
import { receivedFrom } from "@tongzhang/domain/enrollment-ledger"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { type Instant, instantOf, type PersonKey } from "@tongzhang/domain/ids"
import { intersection, isEmpty, type MonthSet, ranges } from "@tongzhang/domain/month-set"
import { type Fen, zero } from "@tongzhang/domain/money"
import * as Overlap from "@tongzhang/domain/overlap"
import { clearOverlap, undoRuns } from "@tongzhang/domain/overlap-decision"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import { isLeft } from "fp-ts/lib/Either.js"
import { endBeforeOverlap } from "./detect.js"
import { processMetadata } from "./metadata.js"
import { enrollment, isBenefit, refundOf, relationOf } from "./propose.js"

export type Cleared =
  { readonly status: "cleared"; readonly refund_fen: Fen } | { readonly status: "waiting"; readonly why: string }

/** Why a fresh decision is not cleared yet; until when stands in the case itself. */
export const mayBeUndone = "the decision may still be withdrawn"

type Place = { readonly at: EnrollmentId; readonly source: ProvinceCode | null; readonly months: MonthSet }

/** Follows the months from the relation that earned them to the one that holds them now; null while money is on the way. */
const whereAre = async (aggregates: AggregateStore, earned: EnrollmentId, months: MonthSet): Promise<Place | null> => {
  let at = earned
  let source: ProvinceCode | null = null
  for (let hop = 0; hop < 32; hop++) {
    const { state } = await aggregates.load(enrollment, streamOf(at))
    const here = intersection(source === null ? state.ledger.months : receivedFrom(state.ledger, source), months)
    if (!isEmpty(here)) return { at, source, months: here }
    if (state.movedTo === null) return null
    source = at.province
    at = { ...at, province: state.movedTo }
  }
  return null
}

const relationFamilies: readonly Overlap.OverlapFamily[] = ["pension", "medical", "unemployment"]

/** Paid again after a first clearing, the same months are a refund of their own. */
const refundNameOf = (caseId: string, decisions: number): string => (decisions > 1 ? `${caseId}#${decisions}` : caseId)

const dropRelation = async (
  aggregates: AggregateStore,
  person: PersonKey,
  caseId: string,
  { months, decisions }: Overlap.OverlapCase,
  drop: string,
  causationId: string,
): Promise<Cleared> => {
  const earned = relationOf(drop, person)
  const found = await whereAre(aggregates, earned, months)
  if (found === null) return { status: "waiting", why: `months of ${drop} are not booked anywhere yet` }
  const gone = ranges(found.months)
  const { refund_fen, bases_fen } = await refundOf(aggregates, earned, gone)
  const legal = earned.scheme === "170" ? "人社部发〔2014〕17号 Art 7" : "人社部发〔2009〕187号, 〔2010〕70号"
  const command = {
    overlapCase: refundNameOf(caseId, decisions),
    source: found.source,
    months: gone,
    refund_fen,
    bases_fen,
    legal,
  }
  const metadata = processMetadata(`overlap:${caseId}:refund:${causationId}`, caseId, causationId)
  const done = await aggregates.execute(enrollment, streamOf(found.at), refundContribution(command), metadata)
  return isLeft(done) ? { status: "waiting", why: `refund refused: ${done.left.code}` } : { status: "cleared", refund_fen }
}

const dropBenefit = async (
  aggregates: AggregateStore,
  person: PersonKey,
  caseId: string,
  found: Overlap.OverlapCase,
  drop: string,
  causationId: string,
): Promise<Cleared> => {
  const to = endBeforeOverlap(ranges(found.months))
  if (to === null) return { status: "waiting", why: "the case names no month" }
  const run = async (side: string, step: string, decide: Parameters<typeof execute>[1]): Promise<string | null> => {
    const { scheme } = relationOf(side, person)
    return execute(scheme, decide, `overlap:${caseId}:${step}:${causationId}`)
  }
  const execute = async (
    scheme: EnrollmentId["scheme"],
    decide: (state: Benefit.Benefit) => ReturnType<ReturnType<typeof Benefit.endBenefit>>,
    commandId: string,
  ): Promise<string | null> => {
    const done = await aggregates.execute(
      Benefit,
      Benefit.streamOf(person, scheme),
      decide,
      processMetadata(commandId, caseId, causationId),
    )
    return isLeft(done) ? done.left.code : null
  }
  const claimOf = (side: string): string => side.split("_").slice(2).join("_")
  const keep = found.sides.find((side) => side !== drop) ?? drop
  const reason = `one pension only (人社部规〔2016〕5号 §5), case ${caseId}`
  const refusal =
    (await run(drop, "end", Benefit.endBenefit({ claim: claimOf(drop), to, reason }))) ??
    (await run(keep, "release", Benefit.releaseBenefit({ claim: claimOf(keep), reason })))
  return refusal === null ? { status: "cleared", refund_fen: zero } : { status: "waiting", why: refusal }
}

/**
 * Clears one decided case whose decision can no longer be taken back; a case in any other state is left as it is.
 * @param causationId the event, or the end of the window, that asked for it
 * @param now_ms since 1970
 */
export const clearCase = async (
  aggregates: AggregateStore,
  person: PersonKey,
  family: Overlap.OverlapFamily,
  caseId: string,
  causationId: string,
  now_ms: number,
): Promise<Cleared | null> => {
  const at = instantOf(now_ms)
  const stream = Overlap.streamOf(person, family)
  const { state } = await aggregates.load(Overlap, stream)
  const found = state.cases.get(caseId)
  if (found === undefined || found.status !== "decided" || found.keep === null) return null
  const drop = found.sides.find((side) => side !== found.keep)
  if (drop === undefined) return null
  if (undoRuns(found, at)) return { status: "waiting", why: mayBeUndone }
  const cleared = isBenefit(found.kind)
    ? await dropBenefit(aggregates, person, caseId, found, drop, causationId)
    : await dropRelation(aggregates, person, caseId, found, drop, causationId)
  if (cleared.status === "waiting") return cleared
  const metadata = processMetadata(`overlap:${caseId}:cleared:${causationId}`, caseId, causationId)
  const command = { case: caseId, months: ranges(found.months), refund_fen: cleared.refund_fen, at }
  const done = await aggregates.execute(Overlap, stream, clearOverlap(command), metadata)
  return isLeft(done) ? { status: "waiting", why: done.left.code } : cleared
}

/**
 * A refund stands in the books: the case it belongs to is cleared. It mostly is already; not when the process ended between the two,
 * as the months can then be found nowhere any more.
 * @returns the case that was told, or null
 */
export const clearRefunded = async (
  aggregates: AggregateStore,
  person: PersonKey,
  refund: { readonly overlapCase: string; readonly refund_fen: Fen },
  causationId: string,
  now_ms: number,
): Promise<string | null> => {
  const [caseId = ""] = refund.overlapCase.split("#")
  for (const family of relationFamilies) {
    const stream = Overlap.streamOf(person, family)
    const { state } = await aggregates.load(Overlap, stream)
    const found = state.cases.get(caseId)
    if (found?.status !== "decided" || refundNameOf(caseId, found.decisions) !== refund.overlapCase) continue
    // The refund was made after the window: a clock that is a little behind does not open it again.
    const at: Instant = [instantOf(now_ms), found.undoUntil ?? instantOf(0)].reduce((a, b) => (a > b ? a : b))
    const command = { case: caseId, months: ranges(found.months), refund_fen: refund.refund_fen, at }
    const metadata = processMetadata(`overlap:${caseId}:cleared:${causationId}`, caseId, causationId)
    const done = await aggregates.execute(Overlap, stream, clearOverlap(command), metadata)
    if (isLeft(done)) throw new Error(`clearing of ${caseId} refused: ${done.left.code}`)
    return caseId
  }
  return null
}

/** A dismissed benefit case: somebody has said that both claims are right, so nothing holds them any more. */
export const releaseClaims = async (
  aggregates: AggregateStore,
  person: PersonKey,
  caseId: string,
  causationId: string,
): Promise<void> => {
  for (const side of caseId.split("~")) {
    const claim = side.split("_").slice(2).join("_")
    const { scheme } = relationOf(side, person)
    const command = { claim, reason: `no duplicate, case ${caseId}` }
    const metadata = processMetadata(`overlap:${caseId}:dismissed:${causationId}`, caseId, causationId)
    await aggregates.execute(Benefit, Benefit.streamOf(person, scheme), Benefit.releaseBenefit(command), metadata)
  }
}
