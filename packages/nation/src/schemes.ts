/** The other schemes beside the pension, and the small mishaps of a ledger: interest, corrections, reversals. */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { addMonths, month, monthsOf, type YearMonth, yearOf } from "@tongzhang/domain/month"
import { basisPoints, fen, share } from "@tongzhang/domain/money"
import { baseFor, interest_bp, monthlyPayment } from "./amounts.js"
import type { PaidLine, Relation } from "./book.js"
import { lastResidentYear, type Life, liveResident, payMonths, type Segment } from "./careers.js"

const latest = (a: YearMonth, b: YearMonth): YearMonth => (a > b ? a : b)
/** Medical and smaller schemes are reported by the year: their months decide nothing that a single month could. */
const never = "9999-12" as YearMonth

const liveSide = (life: Life, segment: Segment, scheme: SchemeCode, since: YearMonth, employer = segment.employer): Relation => {
  const relation = { province: segment.province, scheme }
  const from = latest(segment.from, since)
  life.book.open(relation, from, segment.capacity, employer)
  payMonths(life, relation, segment.capacity, monthsOf(from, segment.to), never)
  return relation
}

/** Medical cover; returns the province and whether it is a resident's. */
export const liveMedical = (life: Life, last: Segment | undefined): Relation | null => {
  const { profile, window, dice } = life
  const since = month("2021-01")
  switch (profile.medical) {
    case "none":
      return null
    case "employee":
      return last === undefined ? null : liveSide(life, last, "310", since)
    case "flexible": {
      const province = last?.province ?? profile.hukou
      const from = addMonths(window.to, -dice.int(6, 40))
      return liveSide(life, { province, capacity: "flexible", employer: null, from, to: window.to, gap: null }, "310", from)
    }
    case "resident": {
      const relation = { province: profile.hukou, scheme: "390" as const }
      const lastYear = lastResidentYear(window)
      liveResident(life, relation, Math.max(yearOf(window.from), lastYear - dice.int(1, 5)), lastYear)
      return relation
    }
  }
}

/** Unemployment, injury, maternity with the present employment; returns the province of a second injury cover, if any. */
export const liveSmallSchemes = (life: Life, last: Segment): ProvinceCode | null => {
  const { profile, geography, dice } = life
  const since = month("2023-01")
  if (profile.unemployment) liveSide(life, last, "210", since)
  if (profile.maternity) liveSide(life, last, "510", since)
  if (!profile.injury) return null
  liveSide(life, last, "410", since)
  if (profile.platforms < 2) return null
  // Each platform covers its own orders: two covers in the same months are no duplicate (人社部发〔2025〕24号).
  const other = geography.destination(dice, [last.province])
  liveSide(life, { ...last, province: other, employer: `${other}-PT-09` }, "410", month("2025-07"))
  return other
}

/** Interest of each past year on the balance at its start. */
export const creditInterest = (life: Life, relation: Relation): void => {
  const years = life.book.account.get(`${relation.province}_${relation.scheme}`)
  if (years === undefined) return
  let balance_fen = 0
  for (let year = yearOf(life.window.from); year < yearOf(life.window.to); year++) {
    const rate_bp = interest_bp[year]
    if (balance_fen > 0 && rate_bp !== undefined)
      life.book.interest(relation, year, rate_bp, share(fen(balance_fen), basisPoints(rate_bp)))
    balance_fen += years.get(year) ?? 0
  }
}

/** A wrong base put right, or a wrong line taken back and paid anew two months later. */
export const mishaps = (life: Life, segment: Segment, lines: readonly PaidLine[]): void => {
  const { book, dice, window } = life
  const relation: Relation = { province: segment.province, scheme: "110" }
  const recent = lines.filter((line) => line.from === line.to && addMonths(line.paidOn.slice(0, 7) as YearMonth, 3) <= window.to)
  if (recent.length === 0) return
  const payment = (line: PaidLine, level_percent: number) =>
    monthlyPayment(
      "110",
      segment.capacity,
      segment.province,
      line.from,
      line.to,
      baseFor(segment.province, line.from, line.to, level_percent),
    )
  const wrong = dice.pick(recent)
  const on = addMonths(wrong.paidOn.slice(0, 7) as YearMonth, 2)
  if (dice.chance(0.04)) book.correct(relation, wrong, payment(wrong, life.level_percent + 20), on)
  else if (dice.chance(0.02)) {
    book.reverse(relation, wrong, on, "重复缴费退收")
    book.pay(relation, wrong.from, wrong.to, payment(wrong, life.level_percent), addMonths(on, 1))
  }
}
