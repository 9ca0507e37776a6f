/**
 * The people of the demo, with everything a script must know beforehand: numbers, cases, months and fen. Three stories:
 * a rider insured in three provinces and at home, two movers who gather four provinces into one, a pensioner with a second claim.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { month, monthMax, monthsOf, type YearMonth } from "@tongzhang/domain/month"
import type { MonthRange } from "@tongzhang/domain/month-set"
import { basisPoints, type Fen, fen, share } from "@tongzhang/domain/money"
import { caseIdOf, type OverlapKind } from "@tongzhang/domain/overlap"
import { awardFor, baseFor, monthlyPayment, type Payment, residentPayment } from "./amounts.js"
import { type Book, openBook, type Relation, type Who } from "./book.js"
import type { DuplicateLabel, NearMiss } from "./duplicates.js"
import { type Reported, writePersons, type Written } from "./feeds.js"
import { fictionalId } from "./ids.js"
import type { Expected } from "./noise.js"

const level_percent = 130
const range = (from: string, to: string): MonthRange => ({ from: month(from), to: month(to) })
const employee = (province: ProvinceCode): Relation => ({ province, scheme: "110" })

const paymentOf = (relation: Relation, capacity: "employee" | "flexible", at: YearMonth): Payment =>
  monthlyPayment(relation.scheme, capacity, relation.province, at, at, baseFor(relation.province, at, at, level_percent))

/** Opens a relation and pays every month of it; closes it unless it runs on. */
const live = (
  book: Book,
  relation: Relation,
  capacity: "employee" | "flexible",
  span: MonthRange,
  employer: string | null,
  ends = true,
): void => {
  book.open(relation, span.from, capacity, employer)
  for (const at of monthsOf(span.from, span.to)) book.pay(relation, at, at, paymentOf(relation, capacity, at))
  if (ends) book.close(relation, span.to, "离职")
}

/** What the accounts of a relation received for the months: the refund when that side is dropped. */
const accountOf = (relation: Relation, months: MonthRange): Fen =>
  fen(monthsOf(months.from, months.to).reduce((sum, at) => sum + paymentOf(relation, "employee", at).account_fen, 0))

export type ExpectedCase = {
  readonly case: string
  readonly kind: OverlapKind
  readonly sides: readonly [string, string]
  readonly months: readonly MonthRange[]
  /** By side: what goes back to the person when that side is dropped (account share, or the resident's own payment). */
  readonly refundIfDropped_fen: Readonly<Record<string, Fen>>
}

const expectedCase = (
  kind: OverlapKind,
  a: string,
  b: string,
  months: readonly MonthRange[],
  refunds: Record<string, Fen>,
): ExpectedCase => ({
  case: caseIdOf(a, b),
  kind,
  sides: a < b ? [a, b] : [b, a],
  months,
  refundIfDropped_fen: refunds,
})

const labelOf = (who: Who, expected: ExpectedCase): DuplicateLabel => ({
  citizenId: who.citizenId,
  kind: expected.kind,
  sides: expected.sides,
  months: expected.months,
})

// The rider --------------------------------------------------------------------------------------
export const rider: Who = { citizenId: fictionalId(9901, "19960512", 8, "male"), name: "霁远驰", hukou: "41" }

const riderYears = range("2023-01", "2025-06")
const riderZhejiang = range("2025-05", "2026-10")
const riderResidentYear = 2024

/** Enrolled flexible in 河南, employed in 广东; platforms in three provinces cover his orders: none of this is a duplicate. */
const riderHistory = (): Reported => {
  const book = openBook(rider, 9_990_001)
  live(book, employee("41"), "flexible", range("2021-01", "2022-12"), null)
  live(book, employee("44"), "employee", riderYears, "44-PT-01")
  for (const province of ["44", "33", "41"] as const)
    live(
      book,
      { province, scheme: "410" },
      "employee",
      range("2025-03", "2025-06"),
      `${province}-PT-0${province === "44" ? 1 : 2}`,
    )
  const covers = ["33_410", "41_410", "44_410"]
  const near: NearMiss[] = [
    { citizenId: rider.citizenId, kind: "BACK_TO_BACK", sides: ["41_110", "44_110"] },
    { citizenId: rider.citizenId, kind: "SEVERAL_INJURY_COVERS", sides: covers },
  ]
  return reported(rider, 9_990_001, book, [], near)
}

/** What arrives while people watch: resident contributions at home for a year he worked, and a job in 浙江 that began too early. */
const riderLive = (): Reported => {
  const book = openBook(rider, 9_990_002)
  const resident: Relation = { province: "41", scheme: "170" }
  book.open(resident, month(`${riderResidentYear}-01`), "resident", null)
  book.pay(
    resident,
    month(`${riderResidentYear}-01`),
    month(`${riderResidentYear}-12`),
    residentPayment("170", riderResidentYear, 500),
  )
  book.subsidise(resident, riderResidentYear, "县级财政", fen(6_000))
  live(book, employee("33"), "employee", riderZhejiang, "33-PT-03", false)
  return reported(
    rider,
    9_990_002,
    book,
    riderCases.map((expected) => labelOf(rider, expected)),
    [],
  )
}

const riderOverlap = range("2025-05", "2025-06")
const riderResidentOverlap = range(`${riderResidentYear}-01`, `${riderResidentYear}-12`)

/** The two cases that open once `riderLive` has been booked. */
export const riderCases: readonly ExpectedCase[] = [
  expectedCase("EMP-RES", "44_110", "41_170", [riderResidentOverlap], {
    "44_110": accountOf(employee("44"), riderResidentOverlap),
    "41_170": residentPayment("170", riderResidentYear, 500).personal_fen,
  }),
  expectedCase("EMP-EMP", "44_110", "33_110", [riderOverlap], {
    "44_110": accountOf(employee("44"), riderOverlap),
    "33_110": accountOf(employee("33"), riderOverlap),
  }),
]

// The movers -------------------------------------------------------------------------------------
export type ExpectedLeg = {
  readonly from: ProvinceCode
  readonly months: MonthRange
  readonly account_fen: Fen
  readonly bases_fen: Fen
  /** 12 % of the bases (国办发〔2009〕66号 Art 4). */
  readonly pooled_fen: Fen
}
export type Mover = {
  readonly who: Who
  readonly to: ProvinceCode
  readonly legs: readonly ExpectedLeg[]
  readonly cases: readonly ExpectedCase[]
}

const destinationSpan = range("2024-07", "2026-10")

const legOf = (from: ProvinceCode, months: MonthRange): ExpectedLeg => {
  const bases = monthsOf(months.from, months.to).map((at) => baseFor(from, at, at, level_percent))
  const bases_fen = fen(bases.reduce((sum, base) => sum + base, 0))
  return {
    from,
    months,
    account_fen: accountOf(employee(from), months),
    bases_fen,
    pooled_fen: share(bases_fen, basisPoints(1_200)),
  }
}

/** 江苏, 浙江, 河南, now 广东: one application, three legs. */
export const mover: Mover = {
  who: { citizenId: fictionalId(9902, "19880923", 13, "female"), name: "澜书韵", hukou: "41" },
  to: "44",
  legs: [
    legOf("32", range("2019-01", "2020-12")),
    legOf("33", range("2021-01", "2022-12")),
    legOf("41", range("2023-01", "2024-06")),
  ],
  cases: [],
}

const bothPaid = range("2023-01", "2023-03")

/** The same way, but 浙江 went on paying for three months after the job in 河南 had begun. */
export const moverWithOverlap: Mover = {
  who: { citizenId: fictionalId(9903, "19850304", 21, "male"), name: "望舒行帆", hukou: "41" },
  to: "44",
  legs: [
    legOf("32", range("2019-01", "2020-12")),
    legOf("33", range("2021-01", "2023-03")),
    legOf("41", range("2023-01", "2024-06")),
  ],
  cases: [
    expectedCase("EMP-EMP", "33_110", "41_110", [bothPaid], {
      "33_110": accountOf(employee("33"), bothPaid),
      "41_110": accountOf(employee("41"), bothPaid),
    }),
  ],
}

const moverHistory = (story: Mover, personNo: number): Reported => {
  const book = openBook(story.who, personNo)
  for (const { from, months } of story.legs) live(book, employee(from), "employee", months, `${from}-E-0717`)
  live(book, employee(story.to), "employee", destinationSpan, `${story.to}-E-1202`, false)
  return reported(
    story.who,
    personNo,
    book,
    story.cases.map((expected) => labelOf(story.who, expected)),
    [],
  )
}

// The pensioner ----------------------------------------------------------------------------------
export const pensioner: Who = { citizenId: fictionalId(9904, "19641018", 34, "male"), name: "砚千柏", hukou: "34" }
/** Claims of the pensioner; the second is held before anything is paid, so its payment row is refused BENEFIT_HELD. */
export const pensionerClaims = { first: "D-SH-9904", second: "D-AH-9904" } as const
export const pensionerCase: ExpectedCase = expectedCase(
  "PENSION-PENSION",
  `31_110_${pensionerClaims.first}`,
  `34_110_${pensionerClaims.second}`,
  [{ from: month("2026-03"), to: monthMax }],
  {},
)

type Claim = { readonly province: ProvinceCode; readonly claim: string; readonly from: YearMonth; readonly paidTo: YearMonth }

const claimed = (book: Book, { province, claim, from, paidTo }: Claim, expected?: Expected): void => {
  const about = { citizenId: pensioner.citizenId, name: pensioner.name, scheme: "110", claim } as const
  const award = awardFor(province, from, level_percent)
  const on = (at: YearMonth, day: string): DateText => `${at}-${day}` as DateText
  book.add(province, on(from, "03"), { act: "claim_benefit", ...about, from })
  book.add(province, on(from, "10"), { act: "award_benefit", ...about, from, ...award, reason: "初次核定" })
  for (const at of monthsOf(from, paidTo))
    book.add(province, on(at, "15"), { act: "pay_benefit", ...about, month: at, amount_fen: award.monthly_fen }, expected)
}

const pensionerHistory = (): Reported => {
  const book = openBook(pensioner, 9_990_005)
  live(book, employee("34"), "employee", range("2019-01", "2020-06"), "34-E-0021")
  live(book, employee("31"), "employee", range("2020-07", "2024-10"), "31-E-0430")
  claimed(book, { province: "31", claim: pensionerClaims.first, from: month("2024-11"), paidTo: month("2026-10") })
  return reported(pensioner, 9_990_005, book, [], [])
}

const pensionerLive = (): Reported => {
  const book = openBook(pensioner, 9_990_006)
  const second = month("2026-03")
  const held: Expected = { status: "refused", code: "BENEFIT_HELD" }
  claimed(book, { province: "34", claim: pensionerClaims.second, from: second, paidTo: second }, held)
  return reported(pensioner, 9_990_006, book, [labelOf(pensioner, pensionerCase)], [])
}

// What is sent -----------------------------------------------------------------------------------
const reported = (
  who: Who,
  index: number,
  book: Book,
  duplicates: readonly DuplicateLabel[],
  nearMisses: readonly NearMiss[],
): Reported => ({
  index,
  citizenId: who.citizenId,
  entries: book.entries(),
  duplicates,
  nearMisses,
  quiet: true,
})

/** Sent with the nation's own files: `writeFeeds(nation, dir, { also: demoHistory() })`. */
export const demoHistory = (): readonly Reported[] => [
  riderHistory(),
  moverHistory(mover, 9_990_003),
  moverHistory(moverWithOverlap, 9_990_004),
  pensionerHistory(),
]

/** Writes the files that arrive during the demo, one per province (33, 34, 41), and their truth. */
export const writeLiveFeeds = (dir: string): Promise<Written> =>
  writePersons([riderLive(), pensionerLive()], 0, dir, { period: "whole" })

/** Provinces the demo's people need: a nation with fewer must still include these. */
export const demoProvinces: readonly ProvinceCode[] = ["31", "32", "33", "34", "41", "44"]
