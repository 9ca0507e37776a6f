/**
 * The options of a case, side by side: keep A or keep B, which months go, what comes back to the person, and by which article.
 * Amounts come from the relations' own ledgers, so that the proposal is what clearing will do.
 */
import { type EnrollmentId, initial, evolve, fold, streamOf } from "@tongzhang/domain/enrollment"
import { earnedMonths, sumOver } from "@tongzhang/domain/enrollment-ledger"
import { isProvince, isScheme } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import { type MonthRange, ofRanges, size } from "@tongzhang/domain/month-set"
import { type Fen, zero } from "@tongzhang/domain/money"
import type { Option, OverlapKind, Side } from "@tongzhang/domain/overlap"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import { recommendKeep } from "@tongzhang/law/rules/overlaps"
import type { Finding } from "./detect.js"
import type { PersonSides } from "./sides.js"

export const enrollment = { initial, evolve, fold }

/** `31_110` or `31_110_claim` as a relation. Throws on a text that no case can contain. */
export const relationOf = (side: Side, person: PersonKey): EnrollmentId => {
  const [province = "", scheme = ""] = side.split("_")
  if (!isProvince(province) || !isScheme(scheme)) throw new Error(`not a side of a case: ${side}`)
  return { province, scheme, person }
}

export type Refund = { readonly refund_fen: Fen; readonly bases_fen: Fen }

/**
 * What clearing `months` of a relation gives back: of a resident relation the person's own payment (government subsidy stays,
 * 人社部发〔2014〕17号 Art 7), of any other the share that went to the personal account (人社部发〔2009〕187号).
 */
export const refundOf = async (aggregates: AggregateStore, id: EnrollmentId, months: readonly MonthRange[]): Promise<Refund> => {
  const { state } = await aggregates.load(enrollment, streamOf(id))
  const set = ofRanges(months)
  const field = id.scheme === "170" || id.scheme === "390" ? "personal_fen" : "account_fen"
  return {
    refund_fen: sumOver(state.ledger, set, field, earnedMonths),
    bases_fen: sumOver(state.ledger, set, "base_fen", earnedMonths),
  }
}

export type Proposal = { readonly recommended: Side | null; readonly options: readonly Option[] }

export const propose = async (
  aggregates: AggregateStore,
  person: PersonKey,
  sides: PersonSides,
  found: Finding,
): Promise<Proposal> => {
  const [x, y] = found.sides
  const advice = recommendKeep({ kind: found.kind, sides: [describe(sides, x), describe(sides, y)] })
  const option = async (keep: Side, drop: Side): Promise<Option> => {
    const refund_fen = isBenefit(found.kind)
      ? zero
      : (await refundOf(aggregates, relationOf(drop, person), found.months)).refund_fen
    return { keep, drop, months: found.months, refund_fen, legal: advice.legal }
  }
  return { recommended: advice.keep, options: [await option(x, y), await option(y, x)] }
}

export const isBenefit = (kind: OverlapKind): boolean => kind === "PENSION-PENSION" || kind === "PENSION-RES"

const describe = (sides: PersonSides, side: Side): Parameters<typeof recommendKeep>[0]["sides"][number] => {
  const claim = sides.claims[side]
  const relation = sides.relations[side]
  const [province = "", scheme = ""] = side.split("_")
  if (!isProvince(province) || !isScheme(scheme)) throw new Error(`not a side of a case: ${side}`)
  return {
    side,
    scheme,
    province,
    hukou: sides.hukou,
    capacity: relation?.capacity ?? null,
    months: relation === undefined ? 0 : size(relation.months),
    openedFrom: relation?.openedFrom ?? claim?.from ?? null,
    active: relation?.active ?? claim?.to === null,
  }
}
