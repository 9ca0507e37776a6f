/** What a person's paid months come to: months of each year, index of each year, the mean. Formulas: `index-rules.ts`, `counting-rules.ts`. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { indexOf, type YearMonth } from "@tongzhang/domain/month"
import { Fraction } from "fraction.js"
import { exactText, roundExact } from "../../explain/exact.js"
import { type Explained, given, type Operand, type Valued } from "../../explain/explained.js"
import { explained, versionInForce } from "../../explain/rule.js"
import { type Parameter, type Parameters, parameterOperand } from "../../parameters/parameter.js"
import { monthsOfYearRule } from "./counting-rules.js"
import { gapMonthsRule, indexAverageRule, indexYearRule } from "./index-rules.js"
import type { Practice, Practices } from "./practice.js"
import type { HistoryMonth, Missing, PensionQuestion } from "./question.js"
import { rulings } from "./rulings.js"

/** Of one calendar year. `index` in ten-thousandths; null where the wage of the year before is not known. */
type Year = {
  readonly months: readonly HistoryMonth[]
  readonly wage: Parameter | null
  readonly index: number | null
}

export type History = {
  readonly years: readonly Year[]
  readonly paid_months: number
  readonly first: YearMonth | null
  readonly last: YearMonth | null
  /** Paid months before the personal account began. */
  readonly beforeAccount_months: number
  readonly beforeAccount: readonly HistoryMonth[]
  /** Whether a month was paid in another province than that of receipt. */
  readonly elsewhere: boolean
  readonly missing: readonly Missing[]
}

const inOrder = (history: readonly HistoryMonth[]): readonly HistoryMonth[] => {
  for (let i = 1; i < history.length; i++)
    if ((history[i - 1]?.month ?? "") >= (history[i]?.month ?? ""))
      return history.toSorted((a, b) => (a.month < b.month ? -1 : 1))
  return history
}

/** Mean base of the months over the wage, between 0.6 and 3, in ten-thousandths; exact: every product is a safe integer. */
const indexOfYear = (bases_fen: number, months: number, wage_fen: number): number => {
  const numerator = bases_fen * 10_000
  const denominator = months * wage_fen
  if (numerator >= 30_000 * denominator) return 30_000
  if (numerator <= 6_000 * denominator) return 6_000
  return Math.floor((2 * numerator + denominator) / (2 * denominator))
}

const yearOf = (months: readonly HistoryMonth[], wage: Parameter | null): Year => {
  if (wage === null) return { months, wage, index: null }
  let bases_fen = 0
  for (const { base } of months) bases_fen += base.value
  return { months, wage, index: indexOfYear(bases_fen, months.length, Number(wage.value)) }
}

/** Statistical year before, of the place of receipt (国办发〔2009〕66号 Art 7). */
const wageAsked = (year: string, province: ProvinceCode): Missing => ({
  family: "average-wage",
  province,
  on: `${Number(year) - 1}-12`,
})

/** Throws when a month occurs twice: months that several places counted are settled before a pension is asked for. */
export const readHistory = (question: PensionQuestion, parameters: Parameters, withIndex: boolean): History => {
  const { province, accountFrom } = question
  const accountStart = accountFrom?.value ?? usualAccountStart
  const months = inOrder(question.history)
  const years: Year[] = []
  const missing: Missing[] = []
  let elsewhere = false
  let count = 0
  let before = 0
  for (let from = 0; from < months.length;) {
    const first = months[from]
    if (first === undefined || first.month >= question.retirement.value) break
    const year = first.month.slice(0, 4)
    let to = from
    let last = ""
    for (; to < months.length; to++) {
      const one = months[to]
      if (one === undefined || !one.month.startsWith(year) || one.month >= question.retirement.value) break
      if (one.month === last) throw new Error(`${one.month} counts twice`)
      last = one.month
      if (one.province !== province) elsewhere = true
      if (one.month < accountStart) before += 1
    }
    const asked = wageAsked(year, province)
    const wage = withIndex ? parameters.find(asked) : null
    if (withIndex && wage === null) missing.push(asked)
    years.push(yearOf(months.slice(from, to), wage))
    count += to - from
    from = to
  }
  return {
    years,
    paid_months: count,
    first: months[0]?.month ?? null,
    last: months[count - 1]?.month ?? null,
    beforeAccount_months: before,
    beforeAccount: months.slice(0, before),
    elsewhere,
    missing,
  }
}

/** 国发〔1995〕6号 introduced personal accounts; provinces began between 1993 and 1998. */
export const usualAccountStart = "1996-01"

/** Months between the first and the last paid one that were not paid. */
export const gapMonths = ({ first, last, paid_months }: History): number =>
  first === null || last === null ? 0 : indexOf(last) - indexOf(first) + 1 - paid_months

type IndexPractices = Pick<Practices, "gap-months" | "index-step">

/** Null where the wage of no year is known. */
export const averageIndex = (history: History, practices: IndexPractices): Fraction | null => {
  let points = 0
  let months = 0
  for (const year of history.years)
    if (year.index !== null) {
      points += year.index * year.months.length
      months += year.months.length
    }
  if (months === 0) return null
  const all = practices["gap-months"].value === "as-zero" ? months + gapMonths(history) : months
  return roundExact(new Fraction(points, all * 10_000), { step: practices["index-step"].value, mode: "half_up" })
}

const basesOf = (months: readonly HistoryMonth[]): readonly Valued<number>[] => months.map(({ base }) => base)

/** Months paid of each year, in order. */
export const explainPaid = (ruleDate: string, years: readonly Pick<Year, "months">[]): readonly Explained<number>[] => {
  const version = versionInForce(monthsOfYearRule, ruleDate)
  return years.map(({ months }) => explained(monthsOfYearRule, version, { bases: basesOf(months) }, months.length))
}

/** Paid months before the account, year by year. */
export const explainBeforeAccount = (ruleDate: string, history: History): readonly Explained<number>[] => {
  const byYear = new Map<string, HistoryMonth[]>()
  for (const one of history.beforeAccount) {
    const year = one.month.slice(0, 4)
    byYear.set(year, [...(byYear.get(year) ?? []), one])
  }
  return explainPaid(
    ruleDate,
    [...byYear.values()].map((months) => ({ months })),
  )
}

const monthOperand = (month: string | null, zh: string, en: string): Operand => given(month, "month", zh, en)

/** `value` is what `averageIndex` gave: the tree says how. `paid`: the months of every year (`explainPaid`), shared with the sum of months. */
export const explainAverage = (
  ruleDate: string,
  history: History,
  paid: readonly Explained<number>[],
  practices: { readonly "gap-months": Practice<"gap-months">; readonly "index-step": Practice<"index-step"> },
  value: Fraction,
): Explained<string> => {
  const known = history.years.filter((year) => year.index !== null)
  const elsewhere = history.elsewhere ? rulings.elsewhere : null
  const version = versionInForce(indexYearRule, ruleDate)
  const indices = known.flatMap(({ months, wage, index }) => {
    if (wage === null || index === null) return []
    const operands = { bases: basesOf(months), wage: parameterOperand(wage) }
    return [explained(indexYearRule, version, operands, exactText(new Fraction(index, 10_000)), elsewhere)]
  })
  const gap = explained(
    gapMonthsRule,
    versionInForce(gapMonthsRule, ruleDate),
    {
      first: monthOperand(history.first, "首次缴费年月", "first month of the history above"),
      last: monthOperand(history.last, "末次缴费年月", "last month of the history above"),
      paid,
    },
    gapMonths(history),
  )
  const operands = {
    indices,
    months: paid.filter((_, i) => history.years[i]?.index !== null),
    gap,
    gaps: practices["gap-months"].operand,
    step: practices["index-step"].operand,
  }
  const ruling = history.missing.length > 0 ? rulings.wageUnknown : null
  return explained(indexAverageRule, versionInForce(indexAverageRule, ruleDate), operands, exactText(value), ruling)
}
