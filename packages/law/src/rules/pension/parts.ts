/**
 * The parts of the employee pension 基础养老金, 个人账户养老金, 过渡性养老金 and their sum: each as arithmetic, and as an explained result.
 * Amounts are fen; index, years, divisor and rate exact text. Formulas and articles: `part-rules.ts`.
 */
import type { Fraction } from "fraction.js"
import { exact, exactText, fenOf, type Rounding, applyRounding, roundExact } from "../../explain/exact.js"
import type { Explained, Operand, Ruling, Valued } from "../../explain/explained.js"
import { explained, versionInForce } from "../../explain/rule.js"
import { monthsRule, yearsRule } from "./counting-rules.js"
import { accountRule, basicRule, divisorRule, totalRule, transitionalRule } from "./part-rules.js"
import type { Practice, PracticeValue } from "./practice.js"
import { since2006, since2025 } from "./versions.js"

const partRounding: Readonly<Record<PracticeValue<"part-rounding">, Rounding>> = {
  fen: [{ step: "1", mode: "half_up" }],
  jiao: [{ step: "10", mode: "half_up" }],
  "jiao-up": [
    { step: "1", mode: "down" },
    { step: "10", mode: "up" },
  ],
}
const totalRounding: Readonly<Record<PracticeValue<"total-rounding">, Rounding>> = {
  fen: [],
  "jiao-up": [{ step: "10", mode: "up" }],
  "yuan-up": [{ step: "100", mode: "up" }],
}
const yearsRounding: Readonly<Record<PracticeValue<"years">, Rounding>> = {
  exact: [],
  "two-decimals": [{ step: "0.01", mode: "half_up" }],
  "two-decimals-down": [{ step: "0.01", mode: "down" }],
  "two-decimals-up": [{ step: "0.01", mode: "up" }],
  "four-decimals": [{ step: "0.0001", mode: "half_up" }],
  "tenth-up": [{ step: "0.1", mode: "up" }],
}

const toPart = (amount: Fraction, rounding: PracticeValue<"part-rounding">): number =>
  fenOf(applyRounding(amount, partRounding[rounding]))

export const yearsOf = (months: number, practice: PracticeValue<"years">): Fraction =>
  applyRounding(exact(months).div(12), yearsRounding[practice])

export type BasicAmounts = {
  readonly ruleDate: string
  readonly base: number
  readonly indexBase: number
  readonly index: Fraction
  readonly years: Fraction
  readonly lowIndex: PracticeValue<"low-index">
  readonly indexedWage: PracticeValue<"indexed-wage">
  readonly rounding: PracticeValue<"part-rounding">
}

const indexedWageOf = (base: number, index: Fraction, practice: PracticeValue<"indexed-wage">): Fraction => {
  const wage = index.mul(base)
  return practice === "fen" ? roundExact(wage, { step: "1", mode: "half_up" }) : wage
}

/** Before any rounding: what a form's total is sometimes made of. */
export const basicExact = (from: BasicAmounts): Fraction => {
  if (from.ruleDate < since2006) return exact(from.base).div(5)
  const { base, indexBase, index, years, lowIndex, indexedWage } = from
  const low = lowIndex === "proportional" && index.compare("0.6") < 0
  const first = low ? roundExact(index.div("0.6"), { step: "0.0001", mode: "half_up" }).mul(base) : exact(base)
  return first
    .add(indexedWageOf(indexBase, index, indexedWage))
    .mul(years)
    .div(200)
}
export const basicAmount = (from: BasicAmounts): number => toPart(basicExact(from), from.rounding)

export const accountAmount = (balance: number, divisor: Fraction, rounding: PracticeValue<"part-rounding">): number =>
  toPart(exact(balance).div(divisor), rounding)

export type TransitionalAmounts = {
  readonly base: number
  readonly index: Fraction
  readonly years: Fraction
  readonly rate: Fraction
  readonly formula: PracticeValue<"transitional-formula">
  readonly indexedWage: PracticeValue<"indexed-wage">
  readonly rounding: PracticeValue<"part-rounding">
}
export const transitionalAmount = (from: TransitionalAmounts): number => {
  const wage = from.formula === "base-only" ? exact(from.base) : indexedWageOf(from.base, from.index, from.indexedWage)
  return toPart(wage.mul(from.years).mul(from.rate), from.rounding)
}

export const totalAmount = (sum: number, rounding: PracticeValue<"total-rounding">): number =>
  fenOf(applyRounding(exact(sum), totalRounding[rounding]))

export type Divisors = {
  readonly age: number
  readonly before: string
  readonly after: string
  /** Another one that the province is known to have used for this age and month. */
  readonly own: string | null
}

/** Between two whole ages in proportion of the months, from 2025; of the whole age before; 120 before 2006. */
export const divisorAmount = (ruleDate: string, { age, before, after, own }: Divisors): Fraction => {
  if (ruleDate < since2006) return exact(120)
  if (ruleDate < since2025) return exact(before)
  if (own !== null) return exact(own)
  const months = age % 12
  const between = exact(before).sub(exact(before).sub(after).mul(months).div(12))
  return roundExact(between, { step: "0.1", mode: "half_up" })
}

const text = (operand: { readonly value: unknown }): Fraction => exact(String(operand.value))

export const explainMonths = (ruleDate: string, paid: readonly Operand[], deemed: readonly Operand[]): Explained<number> => {
  const sum = [...paid, ...deemed].reduce((total, { value }) => total + Number(value), 0)
  return explained(monthsRule, versionInForce(monthsRule, ruleDate), { paid, deemed }, sum)
}

export const explainYears = (ruleDate: string, months: Valued<number>, practice: Practice<"years">): Explained<string> => {
  const years = exactText(yearsOf(months.value, practice.value))
  return explained(yearsRule, versionInForce(yearsRule, ruleDate), { months, practice: practice.operand }, years)
}

export type BasicQuestion = {
  readonly ruleDate: string
  readonly base: Valued<number>
  readonly indexBase: Valued<number>
  readonly index: Valued<string>
  readonly years: Valued<string>
  readonly practices: {
    readonly "low-index": Practice<"low-index">
    readonly "indexed-wage": Practice<"indexed-wage">
    readonly "part-rounding": Practice<"part-rounding">
  }
}

export const basicPension = (question: BasicQuestion, ruling: Ruling | null = null): Explained<number> => {
  const { ruleDate, base, indexBase, index, years, practices } = question
  const version = versionInForce(basicRule, ruleDate)
  const value = basicAmount({
    ruleDate,
    base: base.value,
    indexBase: indexBase.value,
    index: text(index),
    years: text(years),
    lowIndex: practices["low-index"].value,
    indexedWage: practices["indexed-wage"].value,
    rounding: practices["part-rounding"].value,
  })
  const operands = {
    base,
    indexBase,
    index,
    years,
    lowIndex: practices["low-index"].operand,
    indexedWage: practices["indexed-wage"].operand,
    rounding: practices["part-rounding"].operand,
  }
  return explained(basicRule, version, version.from < since2006 ? { base } : operands, value, ruling)
}

export type DivisorOperands = {
  readonly age: Valued<number>
  readonly before: Valued<string>
  readonly after: Valued<string>
  readonly own: Operand & { readonly value: string | null }
}

export const payoutDivisor = (ruleDate: string, operands: DivisorOperands | null): Explained<string> => {
  const version = versionInForce(divisorRule, ruleDate)
  if (operands === null) return explained(divisorRule, version, {}, "120")
  const { age, before, after, own } = operands
  const value = divisorAmount(ruleDate, { age: age.value, before: before.value, after: after.value, own: own.value })
  const used = version.from < since2025 ? { age, before, after } : operands
  return explained(divisorRule, version, used, exactText(value))
}

export const accountPension = (
  ruleDate: string,
  balance: Valued<number>,
  divisor: Valued<string>,
  rounding: Practice<"part-rounding">,
): Explained<number> => {
  const value = accountAmount(balance.value, text(divisor), rounding.value)
  return explained(accountRule, versionInForce(accountRule, ruleDate), { balance, divisor, rounding: rounding.operand }, value)
}

export type TransitionalQuestion = {
  readonly ruleDate: string
  readonly base: Valued<number>
  readonly index: Valued<string>
  readonly years: Valued<string>
  readonly rate: Valued<string>
  readonly practices: {
    readonly "transitional-formula": Practice<"transitional-formula">
    readonly "indexed-wage": Practice<"indexed-wage">
    readonly "part-rounding": Practice<"part-rounding">
  }
}

export const transitionalPension = (question: TransitionalQuestion, ruling: Ruling | null = null): Explained<number> => {
  const { ruleDate, base, index, years, rate, practices } = question
  const value = transitionalAmount({
    base: base.value,
    index: text(index),
    years: text(years),
    rate: text(rate),
    formula: practices["transitional-formula"].value,
    indexedWage: practices["indexed-wage"].value,
    rounding: practices["part-rounding"].value,
  })
  const operands = {
    base,
    index,
    years,
    rate,
    formula: practices["transitional-formula"].operand,
    indexedWage: practices["indexed-wage"].operand,
    rounding: practices["part-rounding"].operand,
  }
  return explained(transitionalRule, versionInForce(transitionalRule, ruleDate), operands, value, ruling)
}

export const totalPension = (
  ruleDate: string,
  parts: readonly Valued<number>[],
  rounding: Practice<"total-rounding">,
  ruling: Ruling | null = null,
): Explained<number> => {
  const sum = parts.reduce((total, { value }) => total + value, 0)
  const version = versionInForce(totalRule, ruleDate)
  return explained(totalRule, version, { parts, rounding: rounding.operand }, totalAmount(sum, rounding.value), ruling)
}
