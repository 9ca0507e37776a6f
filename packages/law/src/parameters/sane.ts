/** What a number of each family can possibly be, so that a slip of the pen (yuan for fen, percent for a fraction) is found. */
import type { ParameterFamily } from "./parameter.js"

/** Fen, months or fractions; both ends allowed. */
export type Sane = { readonly min: number; readonly max: number }

const yuan = (min: number, max: number): Sane => ({ min: min * 100, max: max * 100 })

/** Wide on purpose: 1998 to 2045, the poorest and the richest place. A family that is missing holds no number. */
export const saneValues: Partial<Readonly<Record<ParameterFamily, Sane>>> = {
  "base-floor": yuan(100, 40_000),
  "base-ceiling": yuan(500, 200_000),
  "average-wage": yuan(300, 70_000),
  "pension-base": yuan(300, 70_000),
  "contribution-rate": { min: 0.01, max: 0.4 },
  "account-interest": { min: 0, max: 0.15 },
  // 国发〔2005〕38号: 233 at 40 to 56 at 70.
  "payout-months": { min: 56, max: 233 },
  "transitional-rate": { min: 0.005, max: 0.02 },
  "resident-basic": yuan(50, 10_000),
  "resident-account-interest": { min: 0, max: 0.15 },
  "resident-subsidy": yuan(10, 5_000),
  "minimum-months": { min: 120, max: 240 },
  "unemployment-months": { min: 0, max: 24 },
  "unemployment-rate": { min: 0.001, max: 0.03 },
  "injury-per-order": { min: 0.1, max: 200 },
}
/** Keys of `medical-flexible-rate` that are amounts, and all of its others. */
export const saneMedical = { amount: yuan(50, 100_000), rate: { min: 0.01, max: 0.2 } } as const
