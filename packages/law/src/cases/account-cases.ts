/** Worked cases about personal accounts and the samples of the auditors' standard (GB/T 40217-2021). */
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import { applyRounding, exact, fenOf, toFen } from "../explain/exact.js"
import { given, type Valued } from "../explain/explained.js"
import type { Parameters } from "../parameters/parameter.js"
import { accountStatement, type Deposit } from "../rules/pension/interest.js"
import { explainMonths } from "../rules/pension/parts.js"
import type { CaseAnswer, CaseHandler } from "./case.js"
import type { Tables } from "./form-parts.js"
import { exactOf, fenFrom, type Fields, fieldsOf, numberOf, pick, textOf, yuanText } from "./read.js"

/** Of an example that states its rate instead of a year. */
const usualYear = 2024

const amount = (value: number, what: string): Valued<number> => given(value, "fen", "题目所给", what)

/** A rate that the case states instead of the published one. */
const withRate = (tables: Parameters, input: Fields): Parameters => {
  const percent = numberOf(input, "ratePercent")
  const stated = numberOf(input, "rate", "interestRate")
  const rate = percent?.div(100) ?? (stated !== null && stated.compare("0.5") > 0 ? stated.div(100) : stated)
  const method = /whole|annual|年度/.test(textOf(input, "method") ?? "") ? "whole-year" : null
  return {
    find: (question) => {
      const found = tables.find(question)
      const value =
        question.family === "account-interest" && rate !== null
          ? rate.toFraction()
          : question.family === "pension-practice" && question.key === "account-interest"
            ? method
            : null
      return value === null
        ? found
        : {
            ...(found ?? {
              family: question.family,
              province: null,
              region: null,
              key: question.key ?? null,
              validFrom: question.on,
              validTo: null,
            }),
            id: `case/${question.family}`,
            value,
            unit: "rate",
            document: null,
            source: "the case",
            confidence: "constructed",
          }
    },
  }
}

/** Deposits as a list of amounts by month, one amount a month, or one sum for the year. */
const depositsOf = (input: Fields, year: number): readonly Deposit[] => {
  const list = pick(input, "deposits", "contributions", "months", "monthly")
  const entry = (month: number, employer: number, personal: number): Deposit => ({
    month: given(`${year}-${String(month).padStart(2, "0")}`, "month", "题目所给", "month"),
    employer: amount(employer, "employer"),
    personal: amount(personal, "personal"),
  })
  if (Array.isArray(list))
    return list.flatMap((item, i) => {
      const fields = fieldsOf(item)
      const month = Number((textOf(fields, "month") ?? String(i + 1)).slice(-2))
      const employer = fenFrom(numberOf(fields, "employer")) ?? 0
      const personal = fenFrom(exactOf(item) ?? numberOf(fields, "personal", "individual", "amount")) ?? 0
      return employer === 0 && personal === 0 ? [] : [entry(month, employer, personal)]
    })
  const monthly = fenFrom(exactOf(list) ?? numberOf(input, "monthlyDeposit", "monthlyAmount"))
  return monthly === null ? [] : Array.from({ length: 12 }, (_, i) => entry(i + 1, 0, monthly))
}

export const accountCase =
  (tables: Tables): CaseHandler =>
  (example) => {
    const input = fieldsOf(example["input"])
    const opening = fenFrom(numberOf(input, "opening", "openingBalance", "balance", "yearStart"))
    if (opening === null) return auditAccount(input)
    const stated = numberOf(input, "ratePercent", "rate", "interestRate")
    const year = numberOf(input, "year")?.valueOf() ?? (stated === null ? null : usualYear)
    if (year === null) return { unsupported: "neither a year nor a rate" }
    const code = textOf(input, "province") ?? ""
    const province: ProvinceCode = isProvince(code) ? code : "11"
    const last = numberOf(input, "lastMonth", "monthsOfInterest")
    const statement = accountStatement(
      {
        ruleDate: `${year + 1}-12-31`,
        province,
        year,
        opening: amount(opening, "opening balance"),
        deposits: depositsOf(input, year),
        ...(last === null ? {} : { lastMonth: given(last.valueOf(), "count", "题目所给", "last month that earns") }),
      },
      withRate(tables, input),
    )
    if (statement.state === "without-rate") return { unsupported: `no interest rate of ${year} is known for ${province}` }
    const openingInterest = statement.openingInterest?.value ?? 0
    const principalInterest = (statement.employerInterest?.value ?? 0) + (statement.personalInterest?.value ?? 0)
    const principal = statement.employer_fen + statement.personal_fen
    const closing = yuanText(statement.closing.value)
    return {
      got: {
        openingInterest: yuanText(openingInterest),
        interestOnOpening: yuanText(openingInterest),
        principalInterest: yuanText(principalInterest),
        interestOnPrincipal: yuanText(principalInterest),
        interest: yuanText(openingInterest + principalInterest),
        principal: yuanText(principal),
        closing,
        closingBalance: closing,
        balance: closing,
        yearEnd: closing,
      },
    }
  }

/** A year of an account as the auditors receive it: opening, principal and interest in, paid out. */
const auditAccount = (input: Fields): CaseAnswer => {
  const opening = fenFrom(numberOf(input, "opening", "openingBalance", "yearStart"))
  const principal = fenFrom(numberOf(input, "principal", "principalIn", "deposits")) ?? 0
  const interest = fenFrom(numberOf(input, "interest", "interestIn")) ?? 0
  const paid = fenFrom(numberOf(input, "paid", "paidOut", "expenditure", "out", "spent")) ?? 0
  if (opening === null) return { unsupported: "no opening balance" }
  const closing = yuanText(opening + principal + interest - paid)
  return { got: { closing, closingBalance: closing, yearEnd: closing, balance: closing, total: closing } }
}

const shareOf = (base: number, rate: string): number => fenOf(applyRounding(exact(base).mul(rate), toFen))

/** Contributions of a unit or a person, an account's year, a transfer's sum, a retired person's months. */
export const auditCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const base = fenFrom(numberOf(input, "base", "unitBaseTotal", "baseTotal", "personBaseTotal"))
  const employerRate = numberOf(input, "employerRate")
  const individualRate = numberOf(input, "individualRate", "personalRate")
  if (base !== null && (employerRate !== null || individualRate !== null)) {
    const employer = shareOf(base, employerRate?.toFraction() ?? "0")
    const individual = shareOf(base, individualRate?.toFraction() ?? "0")
    const accountRate = numberOf(input, "accountRate")
    const account = accountRate === null ? individual : shareOf(base, accountRate.toFraction())
    return {
      got: {
        employer: yuanText(employer),
        individual: yuanText(individual),
        total: yuanText(employer + individual),
        account: yuanText(account),
        pooled: yuanText(employer + individual - account),
      },
    }
  }
  if (numberOf(input, "paidMonths") !== null && numberOf(input, "account", "individual") === null) return retireeMonths(input)
  if (numberOf(input, "opening", "openingBalance", "yearStart") !== null) return auditAccount(input)
  return sumCase(input)
}

/** Amounts that a table's total adds up; months and years are none. */
const sumCase = (input: Fields): CaseAnswer => {
  const parts = Object.entries(input).filter(([key]) => !/month|year|person|rate|^count$/i.test(key))
  const amounts = parts.map(([, value]) => fenFrom(exactOf(value)))
  if (amounts.length < 2 || amounts.some((part) => part === null))
    return { unsupported: "these inputs are no table of the standard" }
  const total = yuanText(amounts.reduce<number>((sum, part) => sum + (part ?? 0), 0))
  return { got: { total, account: total, accountIn: total } }
}

/** Months that count, of a retired person. */
export const retireeMonths = (input: Fields): CaseAnswer => {
  const months = (name: string): Valued<number> | null => {
    const value = numberOf(input, name)
    return value === null ? null : given(value.valueOf(), "months", "题目所给", name)
  }
  const paid = months("paidMonths")
  const deemed = months("deemedMonths")
  if (paid === null && deemed === null) return { unsupported: "neither paid nor deemed months" }
  const total = explainMonths("2025-01-01", paid === null ? [] : [paid], deemed === null ? [] : [deemed]).value
  return { got: { totalMonths: total, months: total, years: exact(total).div(12).toFraction() } }
}
