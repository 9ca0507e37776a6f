/**
 * Which pairs of a person's relations and claims now overlap. Pure: bitmaps in, one command per case whose months changed out.
 * It decides nothing: the command opens, widens, narrows or dissolves a case.
 */
import { addMonths, monthMax, type YearMonth } from "@tongzhang/domain/month"
import { intersection, type MonthRange, ranges } from "@tongzhang/domain/month-set"
import { caseIdOf, type DetectOverlap, type OverlapFamily, type OverlapKind, type Side } from "@tongzhang/domain/overlap"
import { classifyOverlap } from "@tongzhang/law/rules/overlaps"
import type { BenefitClaim, PersonSides } from "./sides.js"

export type Finding = DetectOverlap & { readonly family: OverlapFamily; readonly text: string }

export const textOf = (months: readonly MonthRange[]): string => months.map((range) => `${range.from}..${range.to}`).join(",")

const ordered = (x: Side, y: Side): readonly [Side, Side] => (x < y ? [x, y] : [y, x])

const finding = (family: OverlapFamily, kind: OverlapKind, x: Side, y: Side, months: readonly MonthRange[]): Finding => ({
  family,
  kind,
  case: caseIdOf(x, y),
  sides: ordered(x, y),
  months,
  text: textOf(months),
})

const pairs = <T>(items: readonly T[]): (readonly [T, T])[] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const))

const relationFindings = (sides: PersonSides): Finding[] =>
  pairs(Object.entries(sides.relations)).flatMap(([[x, a], [y, b]]) => {
    const rule = classifyOverlap(a.scheme, b.scheme)
    return rule === null ? [] : [finding(rule.family, rule.kind, x, y, ranges(intersection(a.months, b.months)))]
  })

const pensions = new Set(["110", "120", "170"])

/** Months in which both claims run; an open end is written as the last month the ledger knows. */
const bothRun = (a: BenefitClaim, b: BenefitClaim): readonly MonthRange[] => {
  const from: YearMonth = a.from > b.from ? a.from : b.from
  const ends = [a.to, b.to].filter((to) => to !== null)
  const to = ends.length === 0 ? monthMax : ends.reduce((x, y) => (x < y ? x : y))
  return from <= to ? [{ from, to }] : []
}

const claimFindings = (sides: PersonSides): Finding[] =>
  pairs(Object.entries(sides.claims)).flatMap(([[x, a], [y, b]]) => {
    if (!pensions.has(a.scheme) || !pensions.has(b.scheme)) return []
    const kind = a.scheme === "170" || b.scheme === "170" ? "PENSION-RES" : "PENSION-PENSION"
    return [finding("benefit", kind, x, y, bothRun(a, b))]
  })

/** Cases to tell: those whose months differ from what they were last told. */
export const detect = (sides: PersonSides): Finding[] =>
  [...relationFindings(sides), ...claimFindings(sides)].filter((found) => (sides.told[found.case] ?? "") !== found.text)

/** All overlaps that stand now, told or not: what the truth of a labelled nation is compared with. */
export const standing = (sides: PersonSides): Finding[] =>
  [...relationFindings(sides), ...claimFindings(sides)].filter((found) => found.months.length > 0)

/** Of two claims the later one is held: later first month, and for the same month the one claimed later. */
export const laterClaim = (a: BenefitClaim, b: BenefitClaim): BenefitClaim =>
  a.from === b.from ? (a.order > b.order ? a : b) : a.from > b.from ? a : b

/** Last month a dropped claim may have been paid for: the month before both ran. */
export const endBeforeOverlap = (months: readonly MonthRange[]): YearMonth | null => {
  const start = months[0]?.from
  return start === undefined ? null : addMonths(start, -1)
}
