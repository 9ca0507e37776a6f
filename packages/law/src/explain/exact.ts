/**
 * Exact numbers of the law: rates, indices and years are fractions, never floats (0.7219 is 7219/10000, 367 months are 367/12 years).
 * Amounts stay whole fen; a rule turns an exact number into fen once, by the rounding it names.
 */
import { fen, type Fen } from "@tongzhang/domain/money"
import { Fraction } from "fraction.js"

/** A fraction in an explanation: `"0.7219"`, `"367/12"`, `"-3"`. */
export type ExactText = string

/** Steps in fen; the `jiao_up` of 广西 (见分进角) is cut to the fen and then raised to the jiao. */
export type RoundingMode = "half_up" | "down" | "up"
export type RoundingStep = { readonly step: ExactText; readonly mode: RoundingMode }
/** One after the other; `[]` leaves the number exact. */
export type Rounding = readonly RoundingStep[]

export const toFen: Rounding = [{ step: "1", mode: "half_up" }]

/** `"367/12"` and `"0.7219"` both, and whole numbers; throws on anything else (a broken invariant). */
export const exact = (value: ExactText | number | bigint | Fraction): Fraction => new Fraction(value)

/** The shortest text that is exact: decimal where it ends, a fraction where it does not. */
export const exactText = (value: Fraction): ExactText => {
  const text = value.toString()
  return text.includes("(") ? value.toFraction() : text
}

/** To a multiple of `step`; half_up mirrors for negative amounts, as `domain/money`. */
export const roundExact = (value: Fraction, { step, mode }: RoundingStep): Fraction => {
  const size = new Fraction(step)
  const steps = value.abs().div(size)
  const whole = mode === "half_up" ? steps.add("1/2").floor() : mode === "up" ? steps.ceil() : steps.floor()
  const rounded = whole.mul(size)
  return value.s < 0n ? rounded.neg() : rounded
}

export const applyRounding = (value: Fraction, rounding: Rounding): Fraction => rounding.reduce(roundExact, value)

/** An exact number of fen that has been rounded to whole fen. */
export const fenOf = (value: Fraction): Fen => fen(value.valueOf())
