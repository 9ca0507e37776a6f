/**
 * Recomputes a determination form by the rules of `rules/pension/`. Every part is computed under the readings that the form and the
 * province's practices allow (`form-parts.ts`); the part is explained when one of them gives what is printed, to the fen.
 */
import { Fraction } from "fraction.js"
import { applyRounding, fenOf, toFen } from "../explain/exact.js"
import { accountPension, basicExact, basicPension, totalPension, transitionalPension, yearsOf } from "../rules/pension/parts.js"
import { practiceValues, type PracticeValue } from "../rules/pension/practice.js"
import { asPractice, type Form, formOf, printed, printedFen, readingsOf, type Tables } from "./form-parts.js"
import type { Fields } from "./read.js"
import { yuanText } from "./read.js"

export type FormOutcome = "passed" | { readonly expected: unknown; readonly got: unknown } | { readonly unsupported: string }

const dayOf = (form: Form): string => `${form.on}-01`

export type BasicReading = {
  readonly base: number
  readonly indexBase: number
  readonly index: Fraction
  readonly years: Fraction
}

/** Bases to try: the printed ones; where the form prints none, those that the tables know for its province. */
const basesOf = (tables: Tables, form: Form): readonly { readonly base: number; readonly indexBase: number }[] => {
  if (form.base !== null) return [{ base: form.base, indexBase: form.base2 ?? form.base }]
  if (form.base2 !== null) return [{ base: form.base2, indexBase: form.base2 }]
  const years = [Number(form.on.slice(0, 4)), Number(form.on.slice(0, 4)) - 1].map(String)
  const known = tables.all.filter(
    ({ family, province, validFrom }) =>
      family === "pension-base" && province === form.province && years.includes(validFrom.slice(0, 4)),
  )
  return known.map(({ value }) => ({ base: Number(value), indexBase: Number(value) }))
}

const basicOf = (
  form: Form,
  { base, indexBase, index, years }: BasicReading,
  lowIndex: PracticeValue<"low-index">,
  indexedWage: PracticeValue<"indexed-wage">,
  rounding: PracticeValue<"part-rounding">,
): number =>
  basicPension({
    ruleDate: dayOf(form),
    base: printedFen(base),
    indexBase: printedFen(indexBase),
    index: printed(index),
    years: printed(years),
    practices: {
      "low-index": asPractice(lowIndex),
      "indexed-wage": asPractice(indexedWage),
      "part-rounding": asPractice(rounding),
    },
  }).value

/** Every reading's amount, the likeliest first. */
const basicReadings = (tables: Tables, form: Form, index: Fraction): readonly number[] =>
  basesOf(tables, form).flatMap((bases) =>
    form.years.flatMap((years) =>
      readingsOf(tables, form, "low-index").flatMap((lowIndex) =>
        readingsOf(tables, form, "indexed-wage").flatMap((indexedWage) =>
          readingsOf(tables, form, "part-rounding").map((rounding) =>
            basicOf(form, { ...bases, index, years }, lowIndex, indexedWage, rounding),
          ),
        ),
      ),
    ),
  )

/** Forms print four decimals; fewer are four with zeros left off. */
const halfDigit = (decimals: number): Fraction => new Fraction(1, 2).div(new Fraction(10).pow(Math.max(decimals, 4)) ?? 1)

/** Whether the province keeps more decimals of the index than the form prints. */
const keepsMoreDigits = (tables: Tables, form: Form): boolean =>
  readingsOf(tables, form, "index-step").some((step) => halfDigit(form.indexDecimals).mul(2).compare(step) > 0)

/**
 * An index that is kept with more decimals than are printed: whether the printed amount lies between those of the smallest
 * and the largest index that prints so.
 */
const withinHiddenDigits = (
  printedIndex: { readonly index: Fraction; readonly decimals: number },
  wanted: number,
  amounts: (index: Fraction) => readonly number[],
): boolean => {
  const half = halfDigit(printedIndex.decimals)
  const low = amounts(printedIndex.index.sub(half))
  const high = amounts(printedIndex.index.add(half))
  return low.some((amount, i) => amount <= wanted && wanted <= (high[i] ?? amount))
}

export const accountReadings = (tables: Tables, form: Form, divisor: Fraction): readonly number[] => {
  const { balance } = form
  if (balance === null) return []
  return readingsOf(tables, form, "part-rounding").map(
    (rounding) => accountPension(dayOf(form), printedFen(balance), printed(divisor), asPractice(rounding)).value,
  )
}

export const transitionalReadings = (tables: Tables, form: Form, otherIndex?: Fraction): readonly number[] => {
  const { transitional } = form
  if (transitional === null) return []
  const { base, rate, stated } = transitional
  const index = otherIndex ?? transitional.index
  const formulas = stated ? (["indexed"] as const) : readingsOf(tables, form, "transitional-formula")
  return transitional.years.flatMap((years) =>
    formulas.flatMap((formula) =>
      readingsOf(tables, form, "indexed-wage").flatMap((indexedWage) =>
        readingsOf(tables, form, "part-rounding").map(
          (rounding) =>
            transitionalPension({
              ruleDate: dayOf(form),
              base: printedFen(base),
              index: printed(index),
              years: printed(years),
              rate: printed(rate),
              practices: {
                "transitional-formula": asPractice(formula),
                "indexed-wage": asPractice(indexedWage),
                "part-rounding": asPractice(rounding),
              },
            }).value,
        ),
      ),
    ),
  )
}

/** The sum of the parts by each reading of the province's rounding. */
export const totalReadings = (tables: Tables, form: Form, parts: readonly number[]): readonly number[] =>
  readingsOf(tables, form, "total-rounding").map(
    (rounding) => totalPension(dayOf(form), parts.map(printedFen), asPractice(rounding)).value,
  )

/**
 * Sums of the parts before they are rounded, rounded once: what some published totals are, a fen off the sum of the printed parts. Printed
 * parts are known to half a fen only, so both ends are given.
 */
export const exactTotals = (tables: Tables, form: Form, printedParts: readonly number[]): readonly number[] => {
  const { index, balance, divisor } = form
  const years = form.years[0]
  const bases = basesOf(tables, form)[0]
  if (index === null || balance === null || divisor === null || years === undefined || bases === undefined) return []
  const rest = { ruleDate: dayOf(form), lowIndex: "full", indexedWage: "exact", rounding: "fen" } as const
  const sum = basicExact({ ...bases, index, years, ...rest })
    .add(new Fraction(balance).div(divisor))
    .add(printedParts.reduce((total, part) => total + part, 0))
  const half = printedParts.some((part) => part !== 0) ? new Fraction(1, 2) : new Fraction(0)
  return [sum.sub(half), sum, sum.add(half)].map((total) => fenOf(applyRounding(total, toFen)))
}

export const basicFor = (tables: Tables, form: Form): readonly number[] =>
  form.index === null ? [] : basicReadings(tables, form, form.index)

/** What is printed when a reading gives it, else the likeliest reading. */
export const agreed = (readings: readonly number[], wanted: number | null): number | null =>
  wanted !== null && readings.includes(wanted) ? wanted : (readings[0] ?? null)

/** A part stands when a reading gives it; a transitional part without a known formula is taken as printed. */
const transitionalFor = (tables: Tables, form: Form): number | null => {
  const { transitional: wanted } = form.printed
  if (form.transitional?.stated !== true || wanted === null) return wanted
  const { index, indexDecimals: decimals } = form.transitional
  const computed = agreed(transitionalReadings(tables, form), wanted)
  const amounts = (other: Fraction): readonly number[] => transitionalReadings(tables, form, other)
  // The index of this part is often another than that of the basic part, and known with the digits that somebody wrote down.
  return computed !== wanted && withinHiddenDigits({ index, decimals }, wanted, amounts) ? wanted : computed
}

const basicPart = (tables: Tables, form: Form, needsRule: boolean): number | null => {
  const { basic: wanted } = form.printed
  const { index, indexDecimals: decimals } = form
  const computed = agreed(basicFor(tables, form), wanted)
  if (!needsRule || wanted === null || computed === wanted || index === null) return computed
  if (!keepsMoreDigits(tables, form)) return computed
  const amounts = (other: Fraction): readonly number[] => basicReadings(tables, form, other)
  return withinHiddenDigits({ index, decimals }, wanted, amounts) ? wanted : computed
}

/**
 * The sum of the parts rounded as the province does; or, where a form names a rest that it does not print as a part, the sum with it.
 * Null where the form prints no total.
 */
const totalFor = (tables: Tables, form: Form, parts: readonly number[]): number | null => {
  const { total, other, rest } = form.printed
  if (total === null) return null
  const readings = totalReadings(tables, form, [...parts, other])
  const withRest = parts.reduce((sum, part) => sum + part, other + (rest ?? 0))
  return readings.includes(total) || withRest !== total ? agreed(readings, total) : total
}

type Amounts = { readonly basic: number | null; readonly account: number | null; readonly transitional: number | null }

const asText = (amounts: Readonly<Record<string, number | null>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(amounts).flatMap(([key, value]) => (value === null ? [] : [[key, yuanText(value)]])))

/** Why a basic part is not what the rules give; names what the form would have to print. */
const whyBasic = (tables: Tables, form: Form, wanted: number, computed: number | null): string => {
  const years = form.years[1] ?? form.years[0]
  const where = form.province ?? "no province"
  const { index } = form
  if (index === null || years === undefined) return `basic ${yuanText(wanted)}: the form prints no index or no years`
  const twoBases = readingsOf(tables, form, "two-bases").includes("city-and-province")
  const mean = new Fraction(wanted).mul(200).div(years)
  if (twoBases && form.base2 === null && form.base !== null) {
    const city = mean.sub(index.mul(form.base))
    return `basic ${yuanText(wanted)}: ${where} puts the city's base next to the province's, and the form prints one base only; a city base of ${yuanText(Math.round(city.valueOf()))} would give it (one base alone: ${yuanText(computed ?? 0)})`
  }
  if (form.base === null) {
    const implied = mean.div(index.add(1))
    return `basic ${yuanText(wanted)}: the form prints no base and none that is known for ${where} gives it; a base of ${yuanText(Math.round(implied.valueOf()))} would`
  }
  const { months } = form
  const otherYears = practiceValues.years.find(
    (practice) =>
      months !== null && basicReadings(tables, { ...form, years: [yearsOf(months, practice)] }, index).includes(wanted),
  )
  if (otherYears !== undefined)
    return `basic ${yuanText(wanted)}: years kept as "${otherYears}" would give it, which is not known to be the practice of ${where}`
  const implied = mean.div(form.base).sub(1)
  return `basic ${yuanText(wanted)}: no stated practice of ${where} gives it (computed ${yuanText(computed ?? 0)}); the index would have to be ${implied.valueOf().toFixed(6)}`
}

/**
 * `needsRule`: a form that is known to follow a practice of its province. Its basic part may then be left unexplained with the reason;
 * every other part, and every part of the other forms, must come out as printed.
 */
export const formCase = (entry: Fields, tables: Tables, needsRule: boolean): FormOutcome => {
  const form = formOf(tables, entry, !needsRule)
  const wanted = form.printed
  if (wanted.basic === null && wanted.account === null)
    return { unsupported: "the form prints neither a basic nor an account part" }
  const accounts = form.divisor === null ? [] : accountReadings(tables, form, form.divisor)
  const got: Amounts = {
    basic: basicPart(tables, form, needsRule),
    account: agreed(accounts, wanted.account),
    transitional: transitionalFor(tables, form),
  }
  const unknown = needsRule && wanted.basic !== null && got.basic !== wanted.basic
  const sumOf = [unknown ? wanted.basic : got.basic, got.account, got.transitional]
  const total = totalFor(
    tables,
    form,
    sumOf.map((part) => part ?? 0),
  )
  const expected = { basic: wanted.basic, account: wanted.account, transitional: wanted.transitional, total: wanted.total }
  const computed = { ...got, total }
  const keys = ["basic", "account", "transitional", "total"] as const
  const wrong = keys.filter((key) => expected[key] !== null && computed[key] !== expected[key] && !(unknown && key === "basic"))
  if (wrong.length > 0) return { expected: asText(expected), got: asText(computed) }
  return unknown ? { unsupported: whyBasic(tables, form, wanted.basic ?? 0, got.basic) } : "passed"
}
