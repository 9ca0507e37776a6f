/**
 * The second side of labelled duplicates, and the near misses that look like one and are none. Labels say what a detector must
 * find once every row has been booked: pairs of relations and the months both stand paid.
 */
import { addMonths, monthMax, monthsOf, type YearMonth, yearOf } from "@tongzhang/domain/month"
import {
  first,
  has,
  intersection,
  last,
  type MonthRange,
  type MonthSet,
  months as monthsIn,
  ranges,
  size,
} from "@tongzhang/domain/month-set"
import type { OverlapKind } from "@tongzhang/domain/overlap"
import { type Book, type Relation, sideOf } from "./book.js"
import { lastResidentYear, type Life, liveResident, payMonths, payOne } from "./careers.js"

export type DuplicateLabel = {
  readonly citizenId: string
  readonly kind: OverlapKind
  /** `{province}_{scheme}`, for benefits `{province}_{scheme}_{claim}`; in alphabetic order. */
  readonly sides: readonly [string, string]
  /** Months both sides stand paid (for benefits: both run) at the end of the window. */
  readonly months: readonly MonthRange[]
}

export type NearMissKind =
  "BACK_TO_BACK" | "SEVERAL_INJURY_COVERS" | "OVERLAP_REVERSED" | "RESIDENT_BEFORE_EMPLOYEE" | "SAME_NAME" | "GAP_PAID_LATE"
export type NearMiss = { readonly citizenId: string; readonly kind: NearMissKind; readonly sides: readonly string[] }

const kindOf = (a: string, b: string): OverlapKind | null => {
  const pair = [a.slice(3), b.slice(3)].sort().join("x")
  const kinds: Readonly<Record<string, OverlapKind>> = {
    "110x110": "EMP-EMP",
    "110x170": "EMP-RES",
    "170x170": "RES-RES",
    "310x310": "MED-MED",
    "310x390": "MED-MED",
    "390x390": "MED-MED",
    "210x210": "UNEMP-UNEMP",
  }
  return kinds[pair] ?? null
}

/** One label per pair that `added` makes with a relation of its family. */
export const labelsWith = (book: Book, citizenId: string, added: Relation): readonly DuplicateLabel[] => {
  const side = sideOf(added)
  const mine = book.paid.get(side)
  if (mine === undefined) return []
  return [...book.paid].flatMap(([other, theirs]) => {
    const kind = other === side ? null : kindOf(side, other)
    const months = kind === null ? [] : ranges(intersection(mine, theirs))
    if (kind === null || months.length === 0) return []
    return [{ citizenId, kind, sides: side < other ? [side, other] : [other, side], months } as const]
  })
}

/** Adds a second pension relation in the hukou province while `main` is being paid elsewhere; null when there is no room for one. */
export const addSecondPension = (life: Life, main: Relation): Relation | null => {
  const { book, dice, profile, window } = life
  const paid = book.paid.get(sideOf(main))
  if (paid === undefined) return null
  const resident: Relation & { scheme: "170" } = { province: profile.hukou, scheme: "170" }
  const flexible: Relation = { province: profile.hukou, scheme: "110" }
  const years = yearsWithin(paid, lastResidentYear(window))
  const wantsResident = main.scheme === "170" || (years.length > 0 && dice.chance(0.65))
  if (wantsResident && years.length > 0 && !book.has(resident)) {
    const from = dice.pick(years)
    const lastYear = Math.min(from + dice.int(0, 2), years.at(-1) ?? from)
    liveResident(life, resident, from, lastYear)
    return resident
  }
  if (main.scheme === "170" || book.has(flexible)) return null
  liveSecondFlexible(life, flexible, paid)
  return flexible
}

const yearsWithin = (paid: MonthSet, lastYear: number): readonly number[] => {
  const years = new Set(monthsIn(paid).map(yearOf))
  return [...years].filter((year) => year <= lastYear)
}

/** Flexible contributions at home beside the job: a few months to two years, one in ten of them paid long after (补缴). */
const liveSecondFlexible = (life: Life, relation: Relation, paid: MonthSet): void => {
  const { book, dice, window } = life
  const start = dice.pick(monthsIn(paid))
  const wanted = addMonths(start, dice.int(0, 23))
  const end = wanted < window.to ? wanted : window.to
  book.open(relation, start, "flexible", null)
  const months = monthsOf(start, end)
  if (months.length <= 3 && addMonths(end, 3) <= window.to && dice.chance(0.5)) {
    const arrival = addMonths(end, dice.int(2, 3))
    for (const each of months) payOne(life, relation, "flexible", each, arrival)
    return
  }
  payMonths(life, relation, "flexible", months, window.monthlyFrom)
  if (end < window.to) book.close(relation, end, "本人申请停保")
}

/** Resident medical cover at home beside an employee's or flexible worker's elsewhere. */
export const addSecondMedical = (life: Life, main: Relation): Relation | null => {
  const { book, profile, window } = life
  const paid = book.paid.get(sideOf(main))
  const relation: Relation & { scheme: "390" } = { province: profile.hukou, scheme: "390" }
  if (paid === undefined || book.has(relation) || main.province === profile.hukou) return null
  const year = yearsWithin(paid, lastResidentYear(window)).at(-1)
  if (year === undefined) return null
  liveResident(life, relation, year, year)
  return relation
}

/** Near miss: months paid at home by mistake, then taken back. The overlap is there for a while and gone at the end. */
export const addReversedOverlap = (life: Life, main: Relation): Relation | null => {
  const { book, dice, profile, window } = life
  const relation: Relation = { province: profile.hukou, scheme: "110" }
  const paid = book.paid.get(sideOf(main))
  if (paid === undefined || book.has(relation) || size(paid) < 6) return null
  const start = monthsIn(paid).find((each) => each >= "2024-01" && addMonths(each, 6) <= window.to)
  if (start === undefined) return null
  book.open(relation, start, "flexible", null)
  const end = addMonths(start, dice.int(0, 2))
  const lines = monthsOf(start, end).map((each) => payOne(life, relation, "flexible", each))
  const on = addMonths(end, 2)
  for (const line of lines) book.reverse(relation, line, on, "异地已参保，误缴退收")
  return relation
}

/** Months two running claims share: the detector knows no end of a claim that has none. */
export const bothRun = (a: YearMonth, b: YearMonth): readonly MonthRange[] => [{ from: a > b ? a : b, to: monthMax }]

/** True when the two relations were paid in neighbouring months without sharing one. */
export const backToBack = (book: Book, a: Relation, b: Relation): boolean => {
  const [earlier, later] = [book.paid.get(sideOf(a)), book.paid.get(sideOf(b))]
  if (earlier === undefined || later === undefined || size(intersection(earlier, later)) > 0) return false
  const end = last(earlier)
  const start = first(later)
  return end !== null && start !== null && addMonths(end, 1) === start && has(earlier, end)
}
