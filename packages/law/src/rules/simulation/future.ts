/** The steps of a simulation, each with its reasons: `rules.ts` has the formulas. Months `YYYY-MM`, amounts fen, rates exact text. */
import { addMonths, monthsBetween, type YearMonth, yearOf } from "@tongzhang/domain/month"
import { applyRounding, exact, fenOf, toFen } from "../../explain/exact.js"
import { type Explained, given, type Valued } from "../../explain/explained.js"
import { beginning, concluded } from "../describe.js"
import * as rules from "./rules.js"

type Number = Valued<number>
type Range = { readonly from: YearMonth; readonly to: YearMonth }

const month = (value: YearMonth, zh: string, en: string): Valued<string> => given(value, "month", zh, en)
const rangeOf = ({ from, to }: Range) => ({
  from: month(from, "假定的起始月", "first month supposed"),
  to: month(to, "假定的末月", "last month supposed"),
})
const sumOf = (parts: readonly Number[]): number => parts.reduce((sum, one) => sum + one.value, 0)

/** `amount` of the month `from`, as it would be in the year of `at`. */
export const grown = (amount: Number, growth: Valued<string>, from: YearMonth, at: YearMonth): Explained<number> => {
  const operands = {
    amount,
    growth,
    from: month(from, "已知金额所属月", "month of the known amount"),
    month: month(at, "推算月份", "month it is supposed for"),
  }
  return concluded(rules.grownRule, beginning, operands, () => {
    const years = Math.max(0, yearOf(at) - yearOf(from))
    const factor = Array.from({ length: years }).reduce<ReturnType<typeof exact>>(
      (product) => product.mul(exact(growth.value).add(1)),
      exact(1),
    )
    return fenOf(applyRounding(factor.mul(amount.value), toFen))
  })
}

export type Booked = Range & { readonly opening: Number; readonly payment: Number; readonly rate: Valued<string> }

/** Months of one calendar year, paid alike. */
export const accountAfter = ({ from, to, opening, payment, rate }: Booked): Explained<number> =>
  concluded(rules.futureAccountRule, beginning, { opening, payment, ...rangeOf({ from, to }), rate }, () => {
    const n = monthsBetween(from, to)
    const earning = exact(opening.value)
      .mul(n)
      .add(exact(payment.value).mul((n * (n - 1)) / 2))
    return opening.value + payment.value * n + fenOf(applyRounding(earning.mul(rate.value).div(12), toFen))
  })

/** Months of one calendar year, paid for once. */
export const residentAccountAfter = (booked: Booked & { readonly subsidy: Number }): Explained<number> => {
  const { from, to, opening, payment, subsidy, rate } = booked
  const operands = { opening, payment, subsidy, ...rangeOf({ from, to }), rate }
  return concluded(rules.futureResidentAccountRule, beginning, operands, () => {
    const interest = exact(opening.value).mul(monthsBetween(from, to)).mul(rate.value).div(12)
    return opening.value + payment.value + subsidy.value + fenOf(applyRounding(interest, toFen))
  })
}

export const futureMonths = (range: Range): Explained<number> =>
  concluded(rules.futureMonthsRule, beginning, rangeOf(range), () => monthsBetween(range.from, range.to))

export const allMonths = (parts: readonly Number[]): Explained<number> =>
  concluded(rules.allMonthsRule, beginning, { parts }, () => sumOf(parts))

export const allAccounts = (parts: readonly Number[]): Explained<number> =>
  concluded(rules.allAccountsRule, beginning, { parts }, () => sumOf(parts))

export type Payments = { readonly payment: Number; readonly times: number }
export const futurePaid = (made: readonly Payments[]): Explained<number> => {
  const times = made.map((one) => given(one.times, "count", "假定的缴费次数", "how often it is paid, as supposed"))
  const payments = made.map((one) => one.payment)
  return concluded(rules.futurePaidRule, beginning, { payments, times }, () =>
    made.reduce((sum, one) => sum + one.payment.value * one.times, 0),
  )
}

export const monthlyCost = (payment: Number, months: number): Explained<number> => {
  const operands = { payment, months: given(months, "months", "一次缴费所含月数", "months that one payment is for") }
  return concluded(rules.monthlyCostRule, beginning, operands, () =>
    fenOf(applyRounding(exact(payment.value).div(months), toFen)),
  )
}

export const monthsShort = (minimum: Number, months: Number): Explained<number> =>
  concluded(rules.shortRule, beginning, { minimum, months }, () => Math.max(0, minimum.value - months.value))

/** One future, as it is compared: what a month pays and costs, what is paid in all, when the pension starts. */
export type Outlook = {
  readonly monthly: Number
  readonly paid: Number
  readonly cost: Number
  readonly start: Valued<string>
}
export type Comparison = {
  readonly gain: Explained<number>
  readonly extra: Explained<number>
  readonly extraMonthly: Explained<number>
  readonly lead: Explained<number>
  readonly months: Explained<number | null>
  readonly month: Explained<string | null>
}

const leadOf = (extra: number, scenario: Outlook, compared: Outlook): number => {
  const [start, other] = [scenario.start.value as YearMonth, compared.start.value as YearMonth]
  if (start > other) return extra + compared.monthly.value * (monthsBetween(other, start) - 1)
  return start < other ? extra - scenario.monthly.value * (monthsBetween(start, other) - 1) : extra
}

/** A scenario beside what it is compared with. */
export const compareOutlooks = (scenario: Outlook, compared: Outlook): Comparison => {
  const less = (rule: (typeof rules)["gainRule"], of: "monthly" | "paid" | "cost") =>
    concluded(rule, beginning, { scenario: scenario[of], compared: compared[of] }, () => scenario[of].value - compared[of].value)
  const gain = less(rules.gainRule, "monthly")
  const extra = less(rules.extraPaidRule, "paid")
  const starts = { start: scenario.start, compared_start: compared.start }
  const operands = { extra, scenario: scenario.monthly, compared: compared.monthly, ...starts }
  const lead = concluded(rules.leadRule, beginning, operands, () => leadOf(extra.value, scenario, compared))
  const months = concluded(rules.breakEvenRule, beginning, { lead, gain }, () =>
    gain.value === 0 || lead.value / gain.value <= 0 ? null : exact(lead.value).div(gain.value).ceil().valueOf(),
  )
  const later = scenario.start.value > compared.start.value ? scenario.start.value : compared.start.value
  const month = concluded(rules.breakEvenMonthRule, beginning, { ...starts, months }, () =>
    months.value === null || months.value > 1_200 ? null : (addMonths(later as YearMonth, months.value) as string),
  )
  return { gain, extra, extraMonthly: less(rules.extraMonthlyRule, "cost"), lead, months, month }
}
