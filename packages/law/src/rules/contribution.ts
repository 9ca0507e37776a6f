/** Where a payment goes: personal account (个人账户) or pooled fund (统筹), and between which limits its base may lie. */
import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { addMonths, type YearMonth } from "@tongzhang/domain/month"
import { basisPoints, type Fen, fen, fraction, share, zero } from "@tongzhang/domain/money"
import { type Citation, citations, type Confidence } from "../citation.js"
import { exact } from "../explain/exact.js"
import { builtInParameters } from "../parameters/built-in.js"
import type { Parameter, ParameterFamily } from "../parameters/parameter.js"

/** One payment; amounts in fen for all its months together, `base_fen` for one month. */
export type Payment = {
  readonly scheme: SchemeCode
  readonly capacity: Capacity
  readonly province: ProvinceCode
  /** First month paid for. */
  readonly month: YearMonth
  readonly base_fen: Fen
  /** How many months in a row, 1 or more. */
  readonly months: number
  readonly employer_fen: Fen
  readonly personal_fen: Fen
  readonly subsidy_fen: Fen
}

export type Split = { readonly account_fen: Fen; readonly pooled_fen: Fen; readonly citation: Citation }

/** `account_fen + pooled_fen` is what was paid, to the fen, whatever the input. */
export const splitContribution = (payment: Payment): Split => {
  const paid_fen = fen(payment.employer_fen + payment.personal_fen + payment.subsidy_fen)
  const { wanted_fen, citation } = accountPart(payment, paid_fen)
  const account_fen = fen(Math.max(0, Math.min(wanted_fen, paid_fen)))
  return { account_fen, pooled_fen: fen(paid_fen - account_fen), citation }
}

const accountPart = (payment: Payment, paid_fen: Fen): { readonly wanted_fen: Fen; readonly citation: Citation } => {
  switch (payment.scheme) {
    case "110":
    case "120":
      return ofBase(payment)
    case "170":
      return { wanted_fen: paid_fen, citation: citations.residentAccount }
    case "310":
      // A flexible worker's own medical payment is pooled unless the place says otherwise: only an employee's share is the account.
      return { wanted_fen: payment.capacity === "employee" ? payment.personal_fen : zero, citation: citations.medicalAccount }
    case "210":
    case "390":
    case "410":
    case "510":
      return { wanted_fen: zero, citation: citations.pooledOnly }
  }
}

/** Share of the base that goes to the personal account of the employee scheme, by month (个人账户记账规模). */
type AccountRate = {
  /** Null: the account holds what the person paid, and no rate of the base. */
  readonly rate_bp: number | null
  /** The employer's payment fills an employee's account up to the rate; otherwise it holds the own payment alone. */
  readonly toppedUp: boolean
  readonly citation: Citation
}

const bpOf = (parameter: Parameter | null): number | null =>
  typeof parameter?.value === "string" ? exact(parameter.value).mul(10_000).valueOf() : null

const accountRate = (on: string): number | null =>
  bpOf(builtInParameters.find({ family: "contribution-rate", province: null, key: "account", on }))

const before1998: AccountRate = { rate_bp: null, toppedUp: false, citation: citations.accountBefore1998 }
const before2006: AccountRate = { rate_bp: accountRate("1998-01"), toppedUp: true, citation: citations.accountRateBefore2006 }
const from2006: AccountRate = { rate_bp: accountRate("2006-01"), toppedUp: false, citation: citations.accountRate }

const rateOf = (month: YearMonth): AccountRate => (month < "1998-01" ? before1998 : month < "2006-01" ? before2006 : from2006)

/** How many of the months each rate covers, in order; a payment over New Year 2006 falls under two. */
const monthsByRate = (payment: Payment): ReadonlyMap<AccountRate, number> => {
  const counts = new Map<AccountRate, number>()
  for (let i = 0; i < payment.months; i++) {
    const rate = rateOf(addMonths(payment.month, i))
    counts.set(rate, (counts.get(rate) ?? 0) + 1)
  }
  return counts
}

/**
 * Employee scheme. A flexible worker's account gets the rate of the base; an employee's gets the own payment (8 % from 2006), which
 * in 1998-2005 the employer's part topped up to 11 %; before 1998 the account held own payments only.
 */
const ofBase = (payment: Payment): { readonly wanted_fen: Fen; readonly citation: Citation } => {
  let wanted_fen = zero
  let citation: Citation = citations.accountRate
  for (const [rate, count] of monthsByRate(payment)) {
    citation = rate.citation
    const own_fen = fraction(payment.personal_fen, count, payment.months, "half_up")
    const byRate_fen = rate.rate_bp === null ? own_fen : share(fen(payment.base_fen * count), basisPoints(rate.rate_bp))
    const employee_fen = rate.toppedUp ? fen(Math.max(own_fen, byRate_fen)) : own_fen
    wanted_fen = fen(wanted_fen + (payment.capacity === "flexible" ? byRate_fen : employee_fen))
  }
  return { wanted_fen, citation }
}

export type BaseLimits = {
  readonly floor_fen: Fen
  readonly ceiling_fen: Fen
  readonly source: string
  readonly confidence: Confidence
}

const limitOf = (family: ParameterFamily, province: ProvinceCode, on: YearMonth): Parameter | null =>
  builtInParameters.find({ family, province, on })

/** Floor and ceiling of the monthly base of employee pension; null where the material has no record for that month. */
export const baseLimits = (province: ProvinceCode, month: YearMonth): BaseLimits | null => {
  const floor = limitOf("base-floor", province, month)
  const ceiling = limitOf("base-ceiling", province, month)
  if (typeof floor?.value !== "number" || typeof ceiling?.value !== "number") return null
  const { source, document, confidence } = floor
  return {
    floor_fen: fen(floor.value),
    ceiling_fen: fen(ceiling.value),
    source: document === null ? source : `${source} · ${document}`,
    confidence,
  }
}

/** 60 % and 300 % of the average wage: what a province would publish, for a month that has no record yet. */
export const limitsFromAverageWage = (average_fen: Fen): BaseLimits => ({
  floor_fen: share(average_fen, basisPoints(6_000)),
  ceiling_fen: share(average_fen, basisPoints(30_000)),
  source: citations.baseLimits.article,
  confidence: "derived",
})

export type Clamped = { readonly base_fen: Fen; readonly clamped: "floor" | "ceiling" | null }

/** The base a wage counts as (低于下限按下限, 高于上限按上限). */
export const clampBase = (base_fen: Fen, limits: Pick<BaseLimits, "floor_fen" | "ceiling_fen">): Clamped => {
  if (base_fen < limits.floor_fen) return { base_fen: limits.floor_fen, clamped: "floor" }
  if (base_fen > limits.ceiling_fen) return { base_fen: limits.ceiling_fen, clamped: "ceiling" }
  return { base_fen, clamped: null }
}
