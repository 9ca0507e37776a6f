/**
 * Interest on the personal account 个人账户记账利息, one dated step a year: the rate of a year appears in the next one, so a statement may
 * first be made without it and be restated later. Interest of the opening balance and of the year's principal stay apart, as the
 * statements of the agencies show them.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { exact, fenOf, applyRounding, toFen } from "../../explain/exact.js"
import { type Explained, given, type Valued } from "../../explain/explained.js"
import { explained, versionInForce } from "../../explain/rule.js"
import { type Parameters, parameterOperand } from "../../parameters/parameter.js"
import { closingRule, earningMonthsRule, openingInterestRule, principalInterestRule, restatementRule } from "./interest-rules.js"
import { type Practice, practiceOf } from "./practice.js"
import { rulings } from "./rulings.js"

/** What was booked for one month, fen; `month` `YYYY-MM` in the year of the statement. */
export type Deposit = { readonly month: Valued<string>; readonly employer: Valued<number>; readonly personal: Valued<number> }

export type AccountYear = {
  readonly ruleDate: string
  readonly province: ProvinceCode
  readonly year: number
  readonly opening: Valued<number>
  readonly deposits: readonly Deposit[]
  /** Paid out in the year, fen: pensions, clearances. */
  readonly paidOut?: readonly Valued<number>[]
  /** Last month of the year that earns: 12, or the month before the pension starts. */
  readonly lastMonth?: Valued<number>
  /** A year without a published rate: at this one meanwhile (the last published one, at retirement). Absent: no interest yet. */
  readonly rateMeanwhile?: Valued<string>
}

export type AccountStatement = {
  readonly year: number
  /** `without-rate`: no rate of the year was known; `meanwhile`: at another year's rate. Both are restated when the rate appears. */
  readonly state: "final" | "meanwhile" | "without-rate"
  readonly opening: Valued<number>
  readonly employer_fen: number
  readonly personal_fen: number
  readonly openingInterest: Explained<number> | null
  readonly employerInterest: Explained<number> | null
  readonly personalInterest: Explained<number> | null
  readonly closing: Explained<number>
}

/** Months from which a payment of the year's n-th month earns, as the province counts. */
const earningMonths = (method: Practice<"account-interest">["value"], monthOfYear: number, last: number): number => {
  if (method === "from-next-month") return Math.max(0, last - monthOfYear)
  if (method === "from-same-month") return Math.max(0, last + 1 - monthOfYear)
  return method === "whole-year" ? last : 0
}

const earningOf = (
  ruleDate: string,
  month: Valued<string>,
  last: Valued<number>,
  method: Practice<"account-interest">,
): Explained<number> => {
  const months = earningMonths(method.value, Number(month.value.slice(5, 7)), last.value)
  const version = versionInForce(earningMonthsRule, ruleDate)
  return explained(earningMonthsRule, version, { month, last, method: method.operand }, months, rulings.interest)
}

const principalInterest = (
  ruleDate: string,
  amounts: readonly Valued<number>[],
  months: readonly Explained<number>[],
  rate: Valued<string>,
): Explained<number> => {
  const products = amounts.reduce((sum, amount, i) => sum + amount.value * (months[i]?.value ?? 0), 0)
  const interest = fenOf(applyRounding(exact(products).mul(rate.value).div(12), toFen))
  const version = versionInForce(principalInterestRule, ruleDate)
  return explained(principalInterestRule, version, { amounts, months, rate }, interest, rulings.interest)
}

const rateOf = (parameters: Parameters, { province, year }: AccountYear): Valued<string> | null => {
  const found = parameters.find({ family: "account-interest", province, on: `${year}-12` })
  return found === null ? null : (parameterOperand(found) as Valued<string>)
}

const sumOf = (amounts: readonly Valued<number>[]): number => amounts.reduce((sum, { value }) => sum + value, 0)

/** The account's statement of one year 个人账户年度对账单, with what is known of the rate now. */
export const accountStatement = (account: AccountYear, parameters: Parameters): AccountStatement => {
  const { ruleDate, province, year, opening, deposits } = account
  for (const { month } of deposits)
    if (Number(month.value.slice(0, 4)) !== year) throw new Error(`a payment of ${month.value} in the statement of ${year}`)
  const published = rateOf(parameters, account)
  const rate = published ?? account.rateMeanwhile ?? null
  const last = account.lastMonth ?? given(12, "count", "全年计息", "the whole year earns")
  const method = practiceOf(parameters, "account-interest", province, undefined, ruleDate)
  const employer = deposits.map((deposit) => deposit.employer)
  const personal = deposits.map((deposit) => deposit.personal)
  const months = method === null ? [] : deposits.map(({ month }) => earningOf(ruleDate, month, last, method))
  const earns = rate !== null && method !== null
  const openingInterest = earns ? interestOnOpening(ruleDate, opening, rate, last) : null
  const employerInterest = earns ? principalInterest(ruleDate, employer, months, rate) : null
  const personalInterest = earns ? principalInterest(ruleDate, personal, months, rate) : null
  const interest = [openingInterest, employerInterest, personalInterest].filter((part) => part !== null)
  const principal = [...employer, ...personal]
  const paidOut = account.paidOut ?? []
  const closing = opening.value + sumOf(principal) + sumOf(interest) - sumOf(paidOut)
  return {
    year,
    state: !earns ? "without-rate" : published === null ? "meanwhile" : "final",
    opening,
    employer_fen: sumOf(employer),
    personal_fen: sumOf(personal),
    openingInterest,
    employerInterest,
    personalInterest,
    closing: explained(closingRule, versionInForce(closingRule, ruleDate), { opening, principal, interest, paidOut }, closing),
  }
}

const interestOnOpening = (
  ruleDate: string,
  opening: Valued<number>,
  rate: Valued<string>,
  last: Valued<number>,
): Explained<number> => {
  const interest = fenOf(applyRounding(exact(rate.value).mul(opening.value).mul(last.value).div(12), toFen))
  return explained(openingInterestRule, versionInForce(openingInterestRule, ruleDate), { opening, rate, last }, interest)
}

/** Statements of years one after the other: each opens with the closing balance of the one before. */
export const accountStatements = (
  years: readonly Omit<AccountYear, "opening">[],
  opening: Valued<number>,
  parameters: Parameters,
): readonly AccountStatement[] => {
  const statements: AccountStatement[] = []
  for (const year of years) {
    const last = statements.at(-1)
    if (last !== undefined && year.year <= last.year)
      throw new Error(`${year.year} after ${last.year}: years in order, each once`)
    statements.push(accountStatement({ ...year, opening: last?.closing ?? opening }, parameters))
  }
  return statements
}

export type Restatement = { readonly statement: AccountStatement; readonly change: Explained<number> }

/** What a late rate changes: the statement as it is now, and the difference as a step of its own. The earlier one stays as it was. */
export const restate = (ruleDate: string, stated: AccountStatement, restated: AccountStatement): Restatement => {
  if (stated.year !== restated.year) throw new Error(`the statement of ${stated.year} restated by that of ${restated.year}`)
  const operands = { restated: restated.closing, stated: stated.closing }
  const change = restated.closing.value - stated.closing.value
  return { statement: restated, change: explained(restatementRule, versionInForce(restatementRule, ruleDate), operands, change) }
}
