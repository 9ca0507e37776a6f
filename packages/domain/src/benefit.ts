/**
 * Benefit 待遇: the claims of one person under one scheme, in whatever province. A second claim in the same stream is held before
 * it is paid (人社部规〔2016〕5号 §5: nobody draws two pensions); one under another scheme is held by the duplicates service.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { ProvinceCode, SchemeCode } from "./codes.js"
import { type Decision, withEntry, withMember } from "./decider.js"
import type { PersonKey } from "./ids.js"
import type { YearMonth } from "./month.js"
import { type MonthSet, add, empty, has } from "./month-set.js"
import { type Fen, fen, sum, zero } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Benefit"
export const streamOf = (person: PersonKey, scheme: SchemeCode): StreamName => streamName(category, person, scheme)

// Events ---------------------------------------------------------------------------------------
export type HoldReason = "SECOND_BENEFIT" | "DEATH_REPORTED" | "UNDER_REVIEW"
/** The three parts of the award (国发〔2005〕38号) and their sum, per month, in fen. */
export type Award = {
  readonly basic_fen: Fen
  readonly account_fen: Fen
  readonly transitional_fen: Fen
  readonly monthly_fen: Fen
}

export type BenefitEvent =
  | { readonly type: "BenefitClaimed"; readonly claim: string; readonly province: ProvinceCode; readonly from: YearMonth }
  | ({ readonly type: "BenefitAwarded"; readonly claim: string; readonly from: YearMonth } & Award)
  | ({ readonly type: "BenefitRecalculated"; readonly claim: string; readonly from: YearMonth; readonly reason: string } & Award)
  | { readonly type: "BenefitHeld"; readonly claim: string; readonly reason: HoldReason; readonly other: string | null }
  | { readonly type: "BenefitReleased"; readonly claim: string; readonly reason: string }
  | { readonly type: "BenefitPaid"; readonly claim: string; readonly month: YearMonth; readonly amount_fen: Fen }
  | { readonly type: "BenefitEnded"; readonly claim: string; readonly to: YearMonth; readonly reason: string }
  | { readonly type: "BenefitOverpaid"; readonly claim: string; readonly amount_fen: Fen; readonly reason: string }
  | { readonly type: "BenefitRecovered"; readonly claim: string; readonly receipt: string; readonly amount_fen: Fen }

// State and fold ---------------------------------------------------------------------------------
export type Claim = {
  readonly province: ProvinceCode
  readonly status: "claimed" | "awarded" | "ended"
  readonly held: HoldReason | null
  /** The other claim of a hold as second benefit. */
  readonly heldAgainst: string | null
  /** Other claims against which a person has looked at a hold as second benefit, and released it. */
  readonly releasedAgainst: ReadonlySet<string | null>
  readonly from: YearMonth
  readonly to: YearMonth | null
  /** The award last decided. */
  readonly award: Award | null
  /** Every award with the month from which it holds: a month is paid by the one in force in it. */
  readonly awards: readonly (Award & { readonly from: YearMonth })[]
  readonly paid: MonthSet
  /** What was paid for each month: an award may have changed since. */
  readonly payments: ReadonlyMap<YearMonth, Fen>
  readonly paid_fen: Fen
  readonly overpaid_fen: Fen
  readonly recovered_fen: Fen
  readonly receipts: readonly string[]
}
export type Benefit = { readonly claims: ReadonlyMap<string, Claim> }
export const initial: Benefit = { claims: new Map() }

const change = (state: Benefit, id: string, next: (claim: Claim) => Claim): Benefit => {
  const claim = state.claims.get(id)
  if (claim === undefined) throw new Error(`event for unknown benefit claim ${id}`)
  return { claims: withEntry(state.claims, id, next(claim)) }
}

/** The detector names the other benefit as a side, `{province}_{scheme}_{claim}`; a claim held on arrival names the claim alone. */
const claimIn = (other: string | null): string | null => other?.replace(/^\d{2}_\d{3}_/, "") ?? null

const awardOf = ({ basic_fen, account_fen, transitional_fen, monthly_fen }: Award): Award => ({
  basic_fen,
  account_fen,
  transitional_fen,
  monthly_fen,
})

const awarded = (claim: Claim, event: Award & { readonly from: YearMonth }): Pick<Claim, "award" | "awards"> => ({
  award: awardOf(event),
  awards: [...claim.awards, { ...awardOf(event), from: event.from }],
})

/** The award in force in a month: the one with the latest start, of several with the same start the one decided last. */
export const awardFor = (claim: Claim, month: YearMonth): Award | null => {
  let found: (Award & { readonly from: YearMonth }) | null = null
  for (const award of claim.awards) if (award.from <= month && (found === null || award.from >= found.from)) found = award
  return found
}

export const evolve = (state: Benefit, event: BenefitEvent): Benefit => {
  switch (event.type) {
    case "BenefitClaimed": {
      const { claim, province, from } = event
      const money = { paid_fen: zero, overpaid_fen: zero, recovered_fen: zero }
      const fresh: Claim = {
        province,
        status: "claimed",
        held: null,
        heldAgainst: null,
        releasedAgainst: new Set(),
        from,
        to: null,
        award: null,
        awards: [],
        paid: empty,
        payments: new Map(),
        receipts: [],
        ...money,
      }
      return { claims: withEntry(state.claims, claim, fresh) }
    }
    case "BenefitAwarded":
      return change(state, event.claim, (claim) => ({ ...claim, ...awarded(claim, event), status: "awarded", from: event.from }))
    case "BenefitRecalculated":
      return change(state, event.claim, (claim) => ({ ...claim, ...awarded(claim, event) }))
    case "BenefitHeld":
      return change(state, event.claim, (claim) => ({ ...claim, held: event.reason, heldAgainst: event.other }))
    case "BenefitReleased":
      return change(state, event.claim, (claim) => ({
        ...claim,
        held: null,
        heldAgainst: null,
        releasedAgainst:
          claim.held === "SECOND_BENEFIT" ? withMember(claim.releasedAgainst, claimIn(claim.heldAgainst)) : claim.releasedAgainst,
      }))
    case "BenefitPaid":
      return change(state, event.claim, (claim) => ({
        ...claim,
        paid: add(claim.paid, event.month),
        payments: withEntry(claim.payments, event.month, event.amount_fen),
        paid_fen: fen(claim.paid_fen + event.amount_fen),
      }))
    case "BenefitEnded":
      return change(state, event.claim, (claim) => ({ ...claim, status: "ended", to: event.to }))
    case "BenefitOverpaid":
      return change(state, event.claim, (claim) => ({ ...claim, overpaid_fen: fen(claim.overpaid_fen + event.amount_fen) }))
    case "BenefitRecovered":
      return change(state, event.claim, (claim) => ({
        ...claim,
        recovered_fen: fen(claim.recovered_fen + event.amount_fen),
        receipts: [...claim.receipts, event.receipt],
      }))
  }
}

// Decisions --------------------------------------------------------------------------------------
export type BenefitRefusal =
  | { readonly code: "CLAIM_UNKNOWN"; readonly claim: string }
  | { readonly code: "CLAIM_DIFFERS"; readonly claim: string }
  | { readonly code: "CLAIM_ENDED"; readonly claim: string; readonly to: YearMonth }
  | { readonly code: "NOT_AWARDED"; readonly claim: string }
  | { readonly code: "BENEFIT_HELD"; readonly claim: string; readonly reason: HoldReason }
  | { readonly code: "AWARD_DOES_NOT_ADD_UP"; readonly sum_fen: Fen; readonly monthly_fen: Fen }
  | { readonly code: "MONTH_OUTSIDE_BENEFIT"; readonly month: YearMonth; readonly from: YearMonth; readonly to: YearMonth | null }
  | { readonly code: "AMOUNT_NOT_AWARDED"; readonly awarded_fen: Fen; readonly amount_fen: Fen }
  | { readonly code: "RECOVERED_TOO_MUCH"; readonly open_fen: Fen; readonly amount_fen: Fen }

type Decided = Decision<BenefitRefusal, BenefitEvent>

const withClaim = (state: Benefit, id: string, next: (claim: Claim) => Decided): Decided => {
  const claim = state.claims.get(id)
  return claim === undefined ? left({ code: "CLAIM_UNKNOWN", claim: id }) : next(claim)
}

/** A claim for months in which another one of the scheme runs is taken, and held before any payment. */
export const claimBenefit =
  (command: { readonly claim: string; readonly province: ProvinceCode; readonly from: YearMonth }) =>
  (state: Benefit): Decided => {
    const { claim, province, from } = command
    const known = state.claims.get(claim)
    if (known !== undefined) return known.province === province ? right([]) : left({ code: "CLAIM_DIFFERS", claim })
    const claimed: BenefitEvent = { type: "BenefitClaimed", claim, province, from }
    const running = [...state.claims].find(([, other]) => other.to === null || from <= other.to)
    if (running === undefined) return right([claimed])
    return right([claimed, { type: "BenefitHeld", claim, reason: "SECOND_BENEFIT", other: running[0] }])
  }

const sameAward = (a: Award | null, b: Award): boolean =>
  a !== null &&
  a.monthly_fen === b.monthly_fen &&
  a.basic_fen === b.basic_fen &&
  a.account_fen === b.account_fen &&
  a.transitional_fen === b.transitional_fen

const awardSum = (award: Award): Fen => fen(award.basic_fen + award.account_fen + award.transitional_fen)

/** 待遇核定. A second award of the same claim is a recalculation (预发, 重核). Printed totals may be rounded up (law.md §6.4), at most 1 yuan. */
export const awardBenefit =
  (command: { readonly claim: string; readonly from: YearMonth; readonly reason: string } & Award) =>
  (state: Benefit): Decided =>
    withClaim(state, command.claim, (claim) => {
      const again = claim.awards.some((award) => award.from === command.from && sameAward(award, command))
      if (again || sameAward(awardFor(claim, command.from), command)) return right([])
      if (claim.status === "ended") return left({ code: "CLAIM_ENDED", claim: command.claim, to: claim.to ?? claim.from })
      const sum_fen = awardSum(command)
      if (command.monthly_fen < sum_fen || command.monthly_fen >= sum_fen + 100)
        return left({ code: "AWARD_DOES_NOT_ADD_UP", sum_fen, monthly_fen: command.monthly_fen })
      const base = { claim: command.claim, from: command.from, ...awardOf(command) }
      return right([
        claim.award === null
          ? { type: "BenefitAwarded", ...base }
          : { type: "BenefitRecalculated", ...base, reason: command.reason },
      ])
    })

export const holdBenefit =
  (command: { readonly claim: string; readonly reason: HoldReason; readonly other: string | null }) =>
  (state: Benefit): Decided =>
    withClaim(state, command.claim, (claim) => {
      if (claim.status === "ended" || claim.held === command.reason) return right([])
      // A death outweighs every other hold: releasing that one must not pay the dead. No other hold replaces one that stands.
      if (claim.held !== null && command.reason !== "DEATH_REPORTED") return right([])
      // A person has looked at this very hold and released it: the detector must not hold again for the same reason.
      if (command.reason === "SECOND_BENEFIT" && claim.releasedAgainst.has(claimIn(command.other))) return right([])
      return right([{ type: "BenefitHeld", claim: command.claim, reason: command.reason, other: command.other }])
    })

export const releaseBenefit =
  (command: { readonly claim: string; readonly reason: string }) =>
  (state: Benefit): Decided =>
    withClaim(state, command.claim, (claim) => right(claim.held === null ? [] : [{ type: "BenefitReleased", ...command }]))

export const payBenefit =
  (command: { readonly claim: string; readonly month: YearMonth; readonly amount_fen: Fen }) =>
  (state: Benefit): Decided =>
    withClaim(state, command.claim, (claim) => {
      const { month, amount_fen } = command
      if (has(claim.paid, month)) return right([])
      if (claim.award === null) return left({ code: "NOT_AWARDED", claim: command.claim })
      if (claim.held !== null) return left({ code: "BENEFIT_HELD", claim: command.claim, reason: claim.held })
      if (month < claim.from || (claim.to !== null && month > claim.to))
        return left({ code: "MONTH_OUTSIDE_BENEFIT", month, from: claim.from, to: claim.to })
      const awarded_fen = (awardFor(claim, month) ?? claim.award).monthly_fen
      if (amount_fen !== awarded_fen) return left({ code: "AMOUNT_NOT_AWARDED", awarded_fen, amount_fen })
      return right([{ type: "BenefitPaid", claim: command.claim, month, amount_fen }])
    })

/**
 * Ends a claim; what was paid for later months becomes an overpayment to recover (社会保险经办条例 Art 46). An end told later may
 * be earlier (a death reported late): the further months are overpaid too. A later end changes nothing.
 */
export const endBenefit =
  (command: { readonly claim: string; readonly to: YearMonth; readonly reason: string }) =>
  (state: Benefit): Decided =>
    withClaim(state, command.claim, (claim) => {
      if (claim.to !== null && claim.to <= command.to) return right([])
      const ended: BenefitEvent = { type: "BenefitEnded", ...command }
      const amount_fen = paidBetween(claim, command.to, claim.to)
      if (amount_fen === 0) return right([ended])
      return right([ended, { type: "BenefitOverpaid", claim: command.claim, amount_fen, reason: command.reason }])
    })

/** Paid for the months after `after`, up to `to` (what is later was overpaid already). */
const paidBetween = (claim: Claim, after: YearMonth, to: YearMonth | null): Fen =>
  sum([...claim.payments].flatMap(([month, amount_fen]) => (month > after && (to === null || month <= to) ? [amount_fen] : [])))

export const recoverBenefit =
  (command: { readonly claim: string; readonly receipt: string; readonly amount_fen: Fen }) =>
  (state: Benefit): Decided =>
    withClaim(state, command.claim, (claim) => {
      if (claim.receipts.includes(command.receipt)) return right([])
      const open_fen = fen(claim.overpaid_fen - claim.recovered_fen)
      if (command.amount_fen > open_fen) return left({ code: "RECOVERED_TOO_MUCH", open_fen, amount_fen: command.amount_fen })
      return right([{ type: "BenefitRecovered", ...command }])
    })
