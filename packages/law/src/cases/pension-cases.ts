/** Worked cases about pensions, retirement, accounts and the auditors' samples, by the start of their topic. */
import { isProvince } from "@tongzhang/domain/codes"
import { isYearMonth } from "@tongzhang/domain/month"
import { exact } from "../explain/exact.js"
import { given } from "../explain/explained.js"
import { residentPension } from "../rules/pension/resident.js"
import { divisorOf } from "../rules/pension/divisor.js"
import { earliestMonth, latestMonth, minimumContribution, retirementDelay, statutoryMonth } from "../rules/retirement.js"
import type { RetirementGroup } from "../rules/retirement.js"
import { accountCase, auditCase, retireeMonths } from "./account-cases.js"
import type { Amounts, Case, CaseAnswer, CaseHandler } from "./case.js"
import { type Form, formOf, type Tables } from "./form-parts.js"
import { accountReadings, agreed, basicFor, exactTotals, totalReadings, transitionalReadings } from "./forms.js"
import { exactOf, fenFrom, type Fields, fieldsOf, numberOf, pick, textOf, yuanText } from "./read.js"

const rulesOf = (input: Fields): string => textOf(input, "ruleDate", "on", "asOf", "date") ?? "2025-06-01"

const unsupported = (why: string): CaseAnswer => ({ unsupported: why })

/** Parts that the input does not let anybody compute are operands of the total, as printed. */
const pensionCase =
  (tables: Tables): CaseHandler =>
  (example) => {
    const form = withDivisor(tables, formOf(tables, example), fieldsOf(example["input"]))
    const expected = fieldsOf(example["expected"])
    const wanted = form.printed
    const basic = agreed(basicFor(tables, form), wanted.basic)
    const account = form.divisor === null ? null : agreed(accountReadings(tables, form, form.divisor), wanted.account)
    const computed = form.transitional === null ? null : agreed(transitionalReadings(tables, form), wanted.transitional)
    const transitional = form.transitional?.stated === true ? computed : wanted.transitional
    if (basic === null && account === null && computed === null)
      return unsupported("no part of the pension can be computed from these inputs")
    const parts = [basic ?? wanted.basic ?? 0, account ?? wanted.account ?? 0, transitional ?? 0, wanted.other]
    const readings = [...totalReadings(tables, form, parts), ...exactTotals(tables, form, [transitional ?? 0, wanted.other])]
    const total = agreed(readings, wanted.total)
    const printedKeys = Object.entries(expected).filter(([key]) => !["basic", "account", "transitional", "total"].includes(key))
    return { got: asTexts({ basic, account, transitional, total }, Object.fromEntries(printedKeys) as Amounts) }
  }

const asTexts = (amounts: Readonly<Record<string, number | null>>, more: Amounts): Amounts => ({
  ...more,
  ...Object.fromEntries(Object.entries(amounts).flatMap(([key, value]) => (value === null ? [] : [[key, yuanText(value)]]))),
})

/** A case may give the age instead of the payout months. */
const withDivisor = (tables: Tables, form: Form, input: Fields): Form => {
  if (form.divisor !== null) return form
  const age = ageOf(input)
  const divisor =
    age === null ? null : divisorOf(tables, form.province, rulesOf(input), given(age, "months", "年龄", "age"), form.on)
  return divisor === null ? form : { ...form, divisor: exact(divisor.value) }
}

const ageOf = (input: Fields): number | null => {
  const months = numberOf(input, "ageMonths")
  if (months !== null) return months.valueOf()
  const text = textOf(input, "age", "ageYears") ?? ""
  const written = /^(\d+)\s*(?:y|岁|years?)\s*(?:(\d+)\s*(?:m|个月|months?)?)?$/i.exec(text)
  if (written !== null) return Number(written[1]) * 12 + Number(written[2] ?? 0)
  const years = numberOf(input, "age", "ageYears")
  return years === null ? null : Math.round(years.valueOf() * 12)
}

const residentCase =
  (tables: Tables): CaseHandler =>
  (example) => {
    const input = fieldsOf(example["input"])
    const balance = fenFrom(numberOf(input, "account", "accountBalance", "balance"))
    const basic = fenFrom(numberOf(input, "basic", "basicPension", "base"))
    if (balance === null) return unsupported("no balance of the account")
    const known = new Set([
      "basic",
      "basicPension",
      "base",
      "account",
      "accountBalance",
      "balance",
      "province",
      "month",
      "year",
      "months",
    ])
    const additions = Object.entries(input).flatMap(([key, value]) => {
      const amount = known.has(key) || key.toLowerCase().includes("year") ? null : fenFrom(exactOf(value))
      return amount === null ? [] : [given(amount, "fen", "地方加发", key)]
    })
    const code = (textOf(input, "province") ?? "").slice(0, 2)
    if (basic === null && !isProvince(code)) return unsupported("neither a basic amount nor a province")
    // The province matters for a published basic amount only.
    const province = isProvince(code) ? code : "11"
    const month = textOf(input, "month") ?? `${textOf(input, "year") ?? "2025"}-01`
    const pension = residentPension(
      {
        ruleDate: `${month}-01`,
        province,
        month,
        balance: given(balance, "fen", "个人账户储存额", "balance"),
        ...(basic === null ? {} : { basic: given(basic, "fen", "基础养老金", "basic amount") }),
        additions,
      },
      tables,
    )
    if (pension === null) return unsupported(`no basic amount of ${province} is known for ${month}`)
    const [first, second] = pension.lines
    return {
      got: {
        basic: yuanText(first?.amount.value ?? 0),
        account: yuanText(second?.amount.value ?? 0),
        total: yuanText(pension.total.value),
      },
    }
  }

const groupOf = (input: Fields): RetirementGroup | null => {
  const text = (textOf(input, "category", "group", "sex", "gender", "type") ?? "").toLowerCase()
  const original = numberOf(input, "originalAge", "originalAgeYears")?.valueOf()
  if (/^(male|man|m|男)/.test(text)) return "male"
  if (/55|干部|管理|cadre/.test(text) || original === 55) return "female55"
  if (/50|工人|worker/.test(text) || original === 50) return "female50"
  return null
}

const monthOf = (text: string | null): string | null => {
  const found = /^(\d{4})-?(0[1-9]|1[0-2])/.exec(text ?? "")
  const month = found === null ? "" : `${found[1]}-${found[2]}`
  return isYearMonth(month) ? month : null
}

/** Statutory month and the bounds of choice, under the names of the printed samples. */
const retirementCase: CaseHandler = (example) => {
  const input = fieldsOf(pick(example, "input") ?? example)
  const group = groupOf(input)
  const birth = monthOf(textOf(input, "birth", "birthMonth", "born"))
  if (group === null || birth === null) return unsupported("no group (male, female55, female50) or no month of birth")
  const ruleDate = rulesOf(input)
  const question = {
    ruleDate,
    group: given(group, "code", "类别", "group"),
    birth: given<string>(birth, "month", "出生年月", "month of birth"),
  }
  const month = statutoryMonth(question)
  const delay = retirementDelay(question).value
  const age = delay + { male: 720, female55: 660, female50: 600 }[group]
  const minimum = minimumContribution(ruleDate, month).value
  const earliest = earliestMonth(question).value
  const latest = latestMonth(question).value
  const written = `${Math.floor(age / 12)}y${age % 12}m`
  return {
    got: {
      delayMonths: delay,
      delay,
      statutoryAge: written,
      age: written,
      ageMonths: age,
      statutoryMonth: month.value,
      month: month.value,
      retire: month.value,
      retirementMonth: month.value,
      minContributionMonths: minimum,
      minMonths: minimum,
      minimumMonths: minimum,
      earliestFlexibleMonth: earliest,
      earliest,
      latestFlexibleMonth: latest,
      latest,
    },
  }
}

const divisorCase =
  (tables: Tables): CaseHandler =>
  (example) => {
    const input = fieldsOf(example["input"])
    const age = ageOf(input)
    if (age === null) return unsupported("no age")
    const on = monthOf(textOf(input, "retire", "month", "on")) ?? "2025-06"
    const form = formOf(tables, example)
    const divisor = divisorOf(
      tables,
      form.province,
      rulesOf({ on: `${on}-01`, ...input }),
      given(age, "months", "年龄", "age"),
      on,
    )
    return divisor === null
      ? unsupported(`no payout months are known for an age of ${age} months`)
      : { got: { months: divisor.value, divisor: divisor.value, payoutMonths: divisor.value } }
  }

/** A retired person: months that count, or the month of retirement. */
const retireeCase: CaseHandler = (example: Case) => {
  const input = fieldsOf(example["input"])
  return numberOf(input, "paidMonths", "deemedMonths") === null ? retirementCase(example) : retireeMonths(input)
}

export const pensionCases = (tables: Tables): Readonly<Record<string, CaseHandler>> => ({
  pension: pensionCase(tables),
  "employee pension": pensionCase(tables),
  "resident pension": residentCase(tables),
  retirement: retirementCase,
  retiree: retireeCase,
  "statutory retirement": retirementCase,
  "payout months": divisorCase(tables),
  divisor: divisorCase(tables),
  "account interest": accountCase(tables),
  interest: accountCase(tables),
  "account statement": accountCase(tables),
  "audit sample": auditCase,
  "audit sample retiree": retireeCase,
})
