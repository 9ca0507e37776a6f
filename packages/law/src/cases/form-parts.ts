/**
 * A determination form 核定表 as it is printed, and the readings under which its numbers are computed again: what the form shows, then what
 * the province is known to do (`parameters/data/pension-practice.ts`). Where the province is not named, every practice known is a reading.
 */
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import { Fraction } from "fraction.js"
import { given } from "../explain/explained.js"
import { type PracticeTopic, type Practice, practiceValues, type PracticeValue } from "../rules/pension/practice.js"
import { yearsOf } from "../rules/pension/parts.js"
import type { ParameterTable } from "../parameters/table.js"
import type { Parameters } from "../parameters/parameter.js"
import { decimalsOf, exactOf, fenFrom, type Fields, fieldsOf, numberOf, pick, printedFenFrom, textOf } from "./read.js"

export type Tables = Parameters & Pick<ParameterTable, "all">

export type Form = {
  /** Whether the formula of the nation, to the fen, is the first reading: of forms that are not known to follow a practice. */
  readonly plain: boolean
  readonly province: ProvinceCode | null
  readonly region: string | null
  /** Month of retirement, or a month of the present rules. */
  readonly on: string
  readonly retire: string | null
  readonly base: number | null
  readonly base2: number | null
  readonly index: Fraction | null
  readonly indexDecimals: number
  readonly years: readonly Fraction[]
  /** Whole months that the printed years stand for. */
  readonly months: number | null
  readonly balance: number | null
  readonly divisor: Fraction | null
  readonly transitional: Transitional | null
  readonly printed: Printed
}
export type Transitional = {
  readonly base: number
  readonly index: Fraction
  readonly years: readonly Fraction[]
  readonly rate: Fraction
  readonly indexDecimals: number
  /** The form's own formula, or the province's from the tables. */
  readonly stated: boolean
}
export type Printed = {
  readonly basic: number | null
  readonly account: number | null
  readonly transitional: number | null
  readonly total: number | null
  /** Parts that no rule computes: additions by the province, as printed. */
  readonly other: number
  /** Rest of the total that the form does not name. */
  readonly rest: number | null
}

/** A month without a form's own: the year of most forms. */
const usualMonth = "2025-06"

const monthOf = (value: string | null): string | null => {
  const found = /^(\d{4})-?(\d{2})/.exec(value ?? "")
  return found === null ? null : `${found[1]}-${found[2]}`
}

/** Known by its base: a city that has one of its own. */
const regionOf = (tables: Tables, province: ProvinceCode | null, base: number | null): string | null =>
  tables.all.find(
    (parameter) =>
      parameter.family === "pension-base" &&
      parameter.province === province &&
      parameter.region !== null &&
      parameter.value === base,
  )?.region ?? null

/**
 * Values of a practice to try, the likeliest first: the national one where nothing else is expected, that of the place, those of its
 * cities, and the national one again next to a practice that is not well known.
 */
export const readingsOf = <T extends PracticeTopic>(tables: Tables, form: Form, topic: T): readonly PracticeValue<T>[] => {
  const { province, region, on, plain } = form
  if (province === null) return practiceValues[topic]
  const own = tables.find({ family: "pension-practice", province, key: topic, on, ...(region === null ? {} : { region }) })
  const cities = tables.all.filter(
    (parameter) =>
      parameter.family === "pension-practice" &&
      parameter.province === province &&
      parameter.key === topic &&
      parameter.region !== null &&
      region === null &&
      parameter.validFrom <= on,
  )
  const known = [own, ...cities].filter((parameter) => parameter !== null)
  const national = practiceValues[topic][0]
  const doubtful = known.some(({ confidence }) => confidence !== "secondary")
  const values = [...(plain ? [national] : []), ...known.map(({ value }) => value), ...(doubtful ? [national] : [])]
  return [...new Set(values)] as readonly PracticeValue<T>[]
}

/** A practice taken for a reading, as an operand of the rules. */
export const asPractice = <T extends PracticeTopic>(value: PracticeValue<T>): Practice<T> => ({
  value,
  operand: { kind: "parameter", id: `reading/${value}`, value, unit: "text" },
})

/** A form's number as an operand. */
export const printed = (value: Fraction | number): ReturnType<typeof given<string>> =>
  given(typeof value === "number" ? String(value) : value.toFraction(), "index", "表上所载", "as printed on the form")
export const printedFen = (value: number): ReturnType<typeof given<number>> =>
  given(value, "fen", "表上所载", "as printed on the form")

/** Whole months that a printed number of years stands for: within what its decimals can hide, rounded or cut. */
const wholeMonths = (years: Fraction, decimals: number): number | null => {
  const months = years.mul(12)
  const nearest = months.add("1/2").floor()
  // Fifteen decimals are a division that was written out: its last digit is no more exact than a float is.
  const hidden = new Fraction(12).div(new Fraction(10).pow(Math.min(decimals, 9)) ?? 1)
  return months.sub(nearest).abs().compare(hidden) <= 0 ? nearest.valueOf() : null
}

const distinct = (values: readonly Fraction[]): readonly Fraction[] =>
  values.filter((value, i) => values.findIndex((other) => other.equals(value)) === i)

/** Readings of a printed number of years: as the form uses it, and from its whole months by the province's practice. */
const yearsReadings = (
  value: unknown,
  used: string | null,
  practices: readonly PracticeValue<"years">[],
): readonly Fraction[] => {
  const years = exactOf(value)
  if (years === null) return []
  const months = wholeMonths(years, decimalsOf(value))
  if (months === null) return [years]
  const byPractice = practices.map((practice) => yearsOf(months, practice))
  const whole = new Fraction(months, 12)
  return distinct(used?.includes("months") === true ? [whole, ...byPractice, years] : [years, ...byPractice, whole])
}

const transitionalOf = (tables: Tables, form: Form, entry: Fields, input: Fields): Transitional | null => {
  const stated = fieldsOf(pick(entry, "transitionalFormula"))
  const practices = readingsOf(tables, form, "years")
  const own = {
    base: fenFrom(numberOf(stated, "base")),
    index: numberOf(stated, "index"),
    years: yearsReadings(pick(stated, "years"), null, practices),
    rate: numberOf(stated, "rate"),
  }
  if (own.base !== null && own.index !== null && own.rate !== null && own.years.length > 0)
    return { ...own, base: own.base, index: own.index, rate: own.rate, indexDecimals: decimalsOf(stated["index"]), stated: true }
  const rate = numberOf(input, "transitionalRate", "rate") ?? rateOf(tables, form)
  const base = form.base2 ?? form.base
  const years = yearsReadings(pick(input, "preAccountYears", "transitionalYears", "deemedYears"), null, practices)
  const index = numberOf(input, "transitionalIndex") ?? form.index
  if (rate === null || base === null || index === null || years.length === 0) return null
  const named = numberOf(input, "transitionalRate", "rate") !== null
  return { base, index, years, rate, indexDecimals: form.indexDecimals, stated: named }
}

const rateOf = (tables: Tables, { province, on }: Form): Fraction | null =>
  province === null ? null : exactOf(tables.find({ family: "transitional-rate", province, on })?.value)

const otherOf = (out: Fields): number => {
  const named = Object.entries(out).filter(([key]) => !["basic", "account", "transitional", "total"].includes(key))
  return named
    .flatMap(([, value]) => (typeof value === "object" && value !== null ? Object.values(value) : [value]))
    .reduce((sum: number, value) => sum + (fenFrom(exactOf(value)) ?? 0), 0)
}

/** `entry` a form, or an example with `input` and `expected` of the same names. */
export const formOf = (tables: Tables, entry: Fields, plain = true): Form => {
  const input = fieldsOf(pick(entry, "in", "input"))
  const out = fieldsOf(pick(entry, "out", "expected"))
  const code = textOf(entry, "province") ?? textOf(input, "province")
  const province = code !== null && isProvince(code.slice(0, 2)) ? (code.slice(0, 2) as ProvinceCode) : null
  const retire = monthOf(textOf(entry, "retire") ?? textOf(input, "retire", "retirement", "retireMonth"))
  const base = fenFrom(numberOf(input, "base1", "baseCity", "base", "pensionBase"))
  const base2 = fenFrom(numberOf(input, "base2", "baseProvince"))
  const index = pick(input, "avgIndex", "index", "averageIndex")
  const form: Form = {
    plain,
    province,
    region: regionOf(tables, province, base),
    on: retire ?? usualMonth,
    retire,
    base,
    base2,
    index: exactOf(index),
    indexDecimals: decimalsOf(index),
    years: [],
    months: null,
    balance: fenFrom(numberOf(input, "accountBalance", "account", "balance")),
    divisor: numberOf(input, "months", "payoutMonths", "divisor"),
    transitional: null,
    printed: {
      basic: printedFenFrom(numberOf(out, "basic")),
      account: printedFenFrom(numberOf(out, "account")),
      transitional: printedFenFrom(numberOf(out, "transitional")),
      total: printedFenFrom(numberOf(out, "total")),
      other: otherOf(out),
      rest: fenFrom(numberOf(entry, "totalMinusParts")),
    },
  }
  const used = textOf(input, "yearsUsed")
  const practices = readingsOf(tables, form, "years")
  const years = yearsReadings(pick(input, "totalYears", "years"), used, practices)
  const months = numberOf(input, "totalMonths")
  const read = years.length > 0 || months === null ? years : practices.map((practice) => yearsOf(months.valueOf(), practice))
  const printedYears = pick(input, "totalYears", "years")
  const exactYears = exactOf(printedYears)
  const whole = exactYears === null ? months : wholeMonths(exactYears, decimalsOf(printedYears))
  return {
    ...form,
    years: read,
    months: whole === null ? null : whole.valueOf(),
    transitional: transitionalOf(tables, form, entry, input),
  }
}
