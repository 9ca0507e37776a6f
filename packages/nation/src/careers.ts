/**
 * How a person came to where the profile says they are: moves between provinces, changes of employer and channel, gaps, late and
 * corrected payments. Built backwards from the last month of the window, so that the profile holds at its end.
 */
import type { Capacity, ProvinceCode } from "@tongzhang/domain/codes"
import { addMonths, indexOf, type YearMonth, month, monthsBetween, monthsOf, yearOf } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import { temporaryAccount } from "@tongzhang/law/rules/temporary-account"
import { baseFor, monthlyPayment, residentPayment, residentSteps_yuan } from "./amounts.js"
import type { Book, PaidLine, Relation } from "./book.js"
import type { Geography } from "./geography.js"
import type { Profile } from "./profile.js"
import type { Dice } from "./random.js"

export type Window = {
  readonly from: YearMonth
  readonly to: YearMonth
  /** Pension payments from this month on are one row a month; earlier ones one row a year, as in a migration of old books. */
  readonly monthlyFrom: YearMonth
}

export type Segment = {
  readonly province: ProvinceCode
  readonly capacity: "employee" | "flexible"
  readonly employer: string | null
  readonly from: YearMonth
  readonly to: YearMonth
  /** Unpaid months in between. */
  readonly gap: { readonly from: YearMonth; readonly to: YearMonth } | null
}

export type Life = {
  readonly profile: Profile
  readonly window: Window
  readonly book: Book
  readonly dice: Dice
  readonly geography: Geography
  /** Base as percent of the floor. */
  readonly level_percent: number
}

export const employerOf = (profile: Profile, province: ProvinceCode, dice: Dice): string =>
  profile.platforms > 0 && dice.chance(0.7)
    ? `${province}-PT-0${dice.int(1, 6)}`
    : `${province}-E-${String(dice.int(1, 9_999)).padStart(4, "0")}`

/** Stretches of paid months, oldest first; together they make the months the profile's years-paid group allows. */
export const segmentsOf = (life: Life): readonly Segment[] => {
  const { profile, window, dice } = life
  const whole = monthsBetween(window.from, window.to)
  const paid = profile.underFiveYears ? dice.int(4, 59) : dice.int(60, whole - 8)
  let spare = whole - paid
  const cuts = cutsOf(profile, paid, dice)
  const segments: Segment[] = []
  let to = window.to
  for (const length of cuts) {
    const later = segments[0]
    const province = later === undefined ? lastProvince(profile) : earlierProvince(life, later.province)
    const inner = length >= 10 && spare > 4 && dice.chance(0.2) ? dice.int(1, 4) : 0
    const between = spare - inner > 7 && dice.chance(0.5) ? dice.int(1, 6) : 0
    const from = addMonths(to, -(length + inner) + 1)
    const gapFrom = addMonths(from, Math.floor(length / 2))
    const capacity =
      later === undefined
        ? profile.pension === "flexible"
          ? "flexible"
          : "employee"
        : dice.chance(0.65)
          ? "employee"
          : "flexible"
    const employer = capacity === "employee" ? employerOf(profile, province, dice) : null
    const gap = inner === 0 ? null : { from: gapFrom, to: addMonths(gapFrom, inner - 1) }
    segments.unshift({ province, capacity, employer, from, to, gap })
    // Two employers paid the month of the change: the earlier one goes on into the later one's first month.
    const shared = profile.twoEmployers && segments.length === 1
    spare -= inner + (shared ? 0 : between)
    to = shared ? from : addMonths(from, -1 - between)
  }
  return segments
}

/** Lengths of the stretches, newest first. */
const cutsOf = (profile: Profile, paid: number, dice: Dice): readonly number[] => {
  const moved = profile.hukou !== profile.work
  const wanted = profile.twoEmployers
    ? 2
    : dice.weighted([
        [1, moved ? 0.45 : 0.85],
        [2, moved ? 0.35 : 0.15],
        [3, moved ? 0.2 : 0],
      ] as const)
  const count = Math.min(wanted, profile.twoEmployers ? 2 : Math.floor(paid / 6) || 1)
  if (count < 2) return [paid]
  const first = Math.max(2, Math.floor((paid * dice.int(30, 60)) / 100))
  if (count === 2) return [first, paid - first]
  const second = Math.max(2, Math.floor((paid - first) / 2))
  return [first, second, paid - first - second]
}

const lastProvince = (profile: Profile): ProvinceCode => (profile.place === "hukou" ? profile.hukou : profile.work)

/** A duplicate keeps the hukou province for its second side, so that no relation has two stories. */
const earlierProvince = ({ profile, dice, geography }: Life, later: ProvinceCode): ProvinceCode => {
  const home = profile.hukou !== later && profile.place !== "both" && dice.chance(0.4)
  return home ? profile.hukou : geography.destination(dice, [later, profile.hukou])
}

/** Reports one stretch of the employee pension scheme and returns its lines. */
export const liveSegment = (life: Life, segment: Segment, last: boolean): readonly PaidLine[] => {
  const { profile, book, dice, window } = life
  const { province, capacity, employer, from, to, gap } = segment
  const relation: Relation = { province, scheme: "110" }
  const temporary = temporaryAccount({
    sex: profile.sex,
    birthMonth: month(`${profile.birth.slice(0, 4)}-${profile.birth.slice(4, 6)}`),
    from,
    province,
    hukou: profile.hukou,
    ordinaryAccountHere: book.has(relation),
  }).temporary
  book.open(relation, from, capacity, employer, temporary)
  if (gap !== null && dice.chance(0.5)) {
    book.suspend(relation, gap.from)
    book.resume(relation, addMonths(gap.to, 1))
  }
  const months = monthsOf(from, to).filter((each) => gap === null || each < gap.from || each > gap.to)
  const changed =
    capacity === "employee" && gap === null && months.length >= 14 && dice.chance(0.2)
      ? months[Math.floor(months.length / 3)]
      : undefined
  if (changed !== undefined) book.change(relation, changed, "employee", employerOf(profile, province, dice))
  const late = lateMonths(months, dice, window)
  const lines = payMonths(
    life,
    relation,
    capacity,
    months.filter((each) => !late.includes(each)),
    window.monthlyFrom,
  )
  const lateLines = late.map((each) => payOne(life, relation, capacity, each, lateArrival(each, dice, window)))
  if (!last) book.close(relation, to, "跨省流动就业")
  return [...lines, ...lateLines]
}

/** A few months of the middle, paid by the employer long after they were due (补缴). */
const lateMonths = (months: readonly YearMonth[], dice: Dice, window: Window): readonly YearMonth[] => {
  if (months.length < 8 || !dice.chance(0.08)) return []
  const start = dice.int(1, months.length - 4)
  return months.slice(start, start + dice.int(1, 3)).filter((each) => addMonths(each, 2) <= window.to)
}

const lateArrival = (paidFor: YearMonth, dice: Dice, window: Window): YearMonth => {
  const later = addMonths(paidFor, dice.int(2, 14))
  return later <= window.to ? later : window.to
}

export const payOne = (life: Life, relation: Relation, capacity: Capacity, paidFor: YearMonth, arrival?: YearMonth): PaidLine => {
  const base_fen = baseFor(relation.province, paidFor, paidFor, life.level_percent)
  const payment = monthlyPayment(relation.scheme, capacity, relation.province, paidFor, paidFor, base_fen)
  return life.book.pay(relation, paidFor, paidFor, payment, arrival)
}

/** One row a month from `monthlyFrom` on, before that one row per unbroken run of a calendar year. */
export const payMonths = (
  life: Life,
  relation: Relation,
  capacity: Capacity,
  months: readonly YearMonth[],
  monthlyFrom: YearMonth,
): readonly PaidLine[] =>
  runsOf(months, monthlyFrom).map(([from, to]) => {
    const base_fen = baseFor(relation.province, from, to, life.level_percent)
    return life.book.pay(relation, from, to, monthlyPayment(relation.scheme, capacity, relation.province, from, to, base_fen))
  })

const runsOf = (months: readonly YearMonth[], monthlyFrom: YearMonth): readonly (readonly [YearMonth, YearMonth])[] => {
  const runs: [YearMonth, YearMonth][] = []
  for (const each of months) {
    const run = runs.at(-1)
    const joins =
      run !== undefined && each < monthlyFrom && indexOf(each) === indexOf(run[1]) + 1 && yearOf(each) === yearOf(run[1])
    if (joins) run[1] = each
    else runs.push([each, each])
  }
  return runs
}

/** Whole years of a resident scheme, each paid and reported in its December. */
export const liveResident = (
  life: Life,
  relation: Relation & { readonly scheme: "170" | "390" },
  firstYear: number,
  lastYear: number,
): void => {
  const { book, dice } = life
  const step = dice.pick(residentSteps_yuan)
  book.open(relation, month(`${firstYear}-01`), "resident", null)
  for (let year = firstYear; year <= lastYear; year++) {
    book.pay(relation, month(`${year}-01`), month(`${year}-12`), residentPayment(relation.scheme, year, step))
    if (relation.scheme === "170") book.subsidise(relation, year, "县级财政", fen(step >= 500 ? 6_000 : 3_000))
  }
}

/** The last year whose December lies in the window: later resident years are not reported yet. */
export const lastResidentYear = (window: Window): number =>
  window.to.endsWith("-12") ? yearOf(window.to) : yearOf(window.to) - 1
