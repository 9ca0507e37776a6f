/** One scenario in one variant, month by month to the pension: what is paid where, what counts, what the accounts become. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { addMonths, monthsBetween, monthsOf, type YearMonth, yearOf } from "@tongzhang/domain/month"
import { type Explained, given, type Valued } from "@tongzhang/law/explain/explained"
import { type Parameters, parameterOperand } from "@tongzhang/law/parameters/parameter"
import { explainSplit } from "@tongzhang/law/rules/account-share"
import { owedForMonth } from "@tongzhang/law/rules/contribution-amounts"
import type { HistoryMonth } from "@tongzhang/law/rules/pension/question"
import {
  accountAfter,
  allAccounts,
  grown,
  monthlyCost,
  type Payments,
  residentAccountAfter,
} from "@tongzhang/law/rules/simulation/future"
import { interestIn } from "./assumed.js"
import type { Channel, Rates, Scenario, SimulationRefusal } from "./scenario.js"
import type { Standing } from "./standing.js"

export type Stretch = { readonly from: YearMonth; readonly to: YearMonth; readonly province: ProvinceCode }

export type Plan = {
  readonly scenario: Scenario
  readonly channel: Channel
  /** Employee months end before it. */
  readonly retirement: YearMonth
  /** First month of the pension: everything ends before it. */
  readonly start: YearMonth
  /** Paid months, by place. */
  readonly paid: readonly Stretch[]
}

/** What is paid, where, until when; `until` exclusive. */
export const paidStretches = (standing: Standing, { move, stop }: Scenario, until: YearMonth): readonly Stretch[] => {
  const { start: from, current } = standing
  const end = stop !== undefined && stop < until ? stop : until
  const moved = move === undefined ? null : (move.from ?? from)
  const at = moved === null || moved >= end ? end : moved < from ? from : moved
  const here: Stretch = { from, to: addMonths(at, -1), province: current }
  const there: readonly Stretch[] = move === undefined ? [] : [{ from: at, to: addMonths(end, -1), province: move.to }]
  return [here, ...there].filter((stretch) => stretch.from <= stretch.to)
}

/** Cut at every New Year, and where paying begins, changes place or ends. */
const yearsOf = (
  from: YearMonth,
  until: YearMonth,
  paid: readonly Stretch[],
): readonly (Stretch | Omit<Stretch, "province">)[] => {
  const marks = new Set<YearMonth>([from])
  for (const stretch of paid) for (const mark of [stretch.from, addMonths(stretch.to, 1)]) marks.add(mark)
  for (let year = yearOf(from) + 1; year <= yearOf(until); year++) marks.add(`${year}-01` as YearMonth)
  const starts = [...marks].filter((mark) => mark >= from && mark < until).sort()
  return starts.map((start, i) => {
    const to = addMonths(starts[i + 1] ?? until, -1)
    const within = paid.find((stretch) => stretch.from <= start && to <= stretch.to)
    return { from: start, to, ...(within === undefined ? {} : { province: within.province }) }
  })
}

export type Path = {
  readonly months: readonly HistoryMonth[]
  readonly payments: readonly Payments[]
  /** A month of the first payment; nothing where nothing is paid. */
  readonly cost: Valued<number>
  /** On the last day before the pension. */
  readonly account: Valued<number>
  readonly residentAccount: Valued<number>
}

type Walk = { readonly standing: Standing; readonly plan: Plan; readonly parameters: Parameters; readonly rates: Rates }

const none = given(0, "fen", "不缴费", "nothing is paid")
const nothing = given(0, "fen", "没有居民养老账户", "no account of the resident scheme")

/** What the month is paid on, before its limits. */
const wageOf = ({ standing, plan, parameters, rates }: Walk, { from, province }: Stretch): Valued<number> | SimulationRefusal => {
  const { base = "last" } = plan.scenario
  if (base === "floor" || base === "ceiling") {
    const found = parameters.find({ family: `base-${base}`, province, on: from })
    return found === null ? "no-limits" : (parameterOperand(found) as Valued<number>)
  }
  const last = base === "last" ? standing.history.at(-1)?.base : undefined
  const amount =
    base === "last" ? last : given(base.amount_fen, "fen", "所问缴费基数（现价）", "base asked about, in today's money")
  return amount === undefined ? "no-base-known" : grown(amount, rates.wageGrowth, standing.start, from)
}

type Month = { readonly base: Explained<number>; readonly own: Valued<number>; readonly account: Explained<number> }

const monthOf = (walk: Walk, stretch: Stretch, channel: "employee" | "flexible"): Month | SimulationRefusal => {
  const { parameters } = walk
  const { from, province } = stretch
  const wage = wageOf(walk, stretch)
  if (typeof wage === "string") return wage
  const owed = owedForMonth(parameters, { on: from, province, channel, wage })
  const [first, second] = owed?.parts ?? []
  if (owed === null || first === undefined) return "no-rate"
  const own = channel === "flexible" ? first : (second ?? none)
  const { account } = explainSplit(parameters, {
    scheme: given("110", "code", "职工养老保险", "employee pension"),
    capacity: channel,
    from,
    to: from,
    base: owed.base,
    employer: channel === "flexible" ? none : first,
    personal: own,
    subsidy: none,
  })
  return { base: owed.base, own, account }
}

const workingPath = (walk: Walk, channel: "employee" | "flexible"): Path | SimulationRefusal => {
  const { standing, plan, parameters, rates } = walk
  let account: Valued<number> = standing.account
  let residentAccount = openingOf(standing)
  let cost: Valued<number> = none
  const months: HistoryMonth[] = []
  const payments: Payments[] = []
  for (const year of yearsOf(standing.start, plan.start, plan.paid)) {
    const { from, to } = year
    const rate = interestIn(parameters, yearOf(from), rates)
    const paid = "province" in year ? monthOf(walk, year, channel) : null
    if (typeof paid === "string") return paid
    account = accountAfter({ from, to, opening: account, payment: paid?.account ?? none, rate })
    if (residentAccount.value !== 0) residentAccount = accountAfter({ from, to, opening: residentAccount, payment: none, rate })
    if (paid === null || !("province" in year)) continue
    if (payments.length === 0) cost = paid.own
    payments.push({ payment: paid.own, times: monthsBetween(from, to) })
    const rest = given(paid.base.value, "fen", `${yearOf(from)}年以后各月同首月`, `later months of ${yearOf(from)} as its first`)
    for (const month of monthsOf(from, to))
      months.push({ month, province: year.province, base: month === from ? paid.base : rest })
  }
  return { months, payments, cost, account, residentAccount }
}

const openingOf = ({ residentAccounts }: Standing): Valued<number> =>
  residentAccounts.length === 0 ? nothing : allAccounts(residentAccounts)

/** Highest tier of the place, else of the nation (国发〔2014〕8号: 2,000 yuan). */
const tierOf = ({ standing, plan, parameters }: Walk): Valued<number> => {
  const { tier_fen } = plan.scenario
  if (tier_fen !== undefined) return given(tier_fen, "fen", "所问缴费档次", "tier asked about, a year")
  const on = standing.asked.ruleDate
  const province = plan.paid[0]?.province ?? standing.current
  const asked = { family: "resident-tiers", on } as const
  const found = parameters.find({ ...asked, province }) ?? parameters.find({ ...asked, province: null })
  const tiers = Array.isArray(found?.value) ? (found.value as readonly number[]) : []
  return given(Math.max(...tiers, 0), "fen", "所知最高缴费档次", "highest tier known, a year")
}

/** The least that is added to a tier: the province's own, else the nation's (from 500 yuan up 60, below it 30). */
const subsidyOf = ({ standing, plan, parameters }: Walk, tier: Valued<number>): Valued<number> => {
  const on = standing.asked.ruleDate
  const province = plan.paid[0]?.province ?? standing.current
  const family = "resident-subsidy"
  const found =
    parameters.find({ family, province, key: String(tier.value / 100), on }) ??
    parameters.find({ family, province: null, key: tier.value >= 50_000 ? "500" : "100", on })
  return found === null || tier.value === 0
    ? given(0, "fen", "没有缴费补贴", "no subsidy")
    : (parameterOperand(found) as Valued<number>)
}

const residentPath = (walk: Walk): Path => {
  const { standing, plan, parameters, rates } = walk
  const tier = tierOf(walk)
  const subsidy = subsidyOf(walk, tier)
  let account: Valued<number> = standing.account
  let residentAccount = openingOf(standing)
  const payments: Payments[] = []
  for (const year of yearsOf(standing.start, plan.start, plan.paid)) {
    const { from, to } = year
    const rate = interestIn(parameters, yearOf(from), rates)
    // A year is paid for once, at its end or where paying ends.
    const closes = "province" in year && (to.endsWith("-12") || plan.paid.at(-1)?.to === to)
    account = accountAfter({ from, to, opening: account, payment: none, rate })
    residentAccount = closes
      ? residentAccountAfter({ from, to, opening: residentAccount, payment: tier, subsidy, rate })
      : accountAfter({ from, to, opening: residentAccount, payment: none, rate })
    if (closes) payments.push({ payment: tier, times: 1 })
  }
  const cost = payments.length === 0 ? none : monthlyCost(tier, 12)
  return { months: [], payments, cost, account, residentAccount }
}

export const pathOf = (walk: Walk): Path | SimulationRefusal =>
  walk.plan.channel === "resident" ? residentPath(walk) : workingPath(walk, walk.plan.channel)
