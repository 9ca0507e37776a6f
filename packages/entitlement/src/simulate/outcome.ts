/** What a scenario comes to in one variant: which scheme pays, from when, how much, and what it cost the person. */
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import { type Explained, given, type Valued, type Value } from "@tongzhang/law/explain/explained"
import type { Parameters } from "@tongzhang/law/parameters/parameter"
import { explainLink } from "@tongzhang/law/rules/link"
import { assess } from "@tongzhang/law/rules/pension/assess"
import { residentPension } from "@tongzhang/law/rules/pension/resident"
import type { ReceiptStay } from "@tongzhang/law/rules/place-of-receipt-explained"
import { flexibleChoice } from "@tongzhang/law/rules/retirement"
import {
  allAccounts,
  allMonths,
  futureMonths,
  futurePaid,
  monthsShort,
  type Outlook,
} from "@tongzhang/law/rules/simulation/future"
import { explainTemporaryAccount } from "@tongzhang/law/rules/temporary-account"
import { employeeRelations, employeeSchemes } from "../history.js"
import { hukouOf } from "../person.js"
import { placeOf, temporaryOf } from "../place.js"
import { assumedParameters } from "./assumed.js"
import { paidStretches, type Path, pathOf, type Plan, type Stretch } from "./path.js"
import type { Rates, Scenario, SimulationRefusal } from "./scenario.js"
import type { Standing } from "./standing.js"

export type Outcome = {
  readonly pension: "employee" | "resident" | null
  /** By name: `monthly_fen`, `months`, `place`, … */
  readonly values: ReadonlyMap<string, Explained>
  /** Null where no monthly pension comes of it. */
  readonly outlook: Outlook | null
}
type Refused = { readonly refused: SimulationRefusal }

const unknownHukou = given(null, "code", "户籍地不详", "hukou not known")

/** Months paid in a place that is not the person's own after 50 (40) do not make it the place of receipt (66号 Art 5). */
const stayOf = (standing: Standing, { from, to, province }: Stretch): ReceiptStay => {
  const { asked, sex, birth } = standing
  const there = employeeRelations(asked.facts).find((relation) => relation.province === province && !relation.movedAway)
  const code: Valued<ProvinceCode> = given(province, "code", "假定的参保地", "province supposed")
  const temporary =
    there?.opened !== undefined && there.opened !== null
      ? temporaryOf(there)
      : explainTemporaryAccount({
          on: asked.ruleDate,
          sex,
          birthMonth: birth as Valued<YearMonth>,
          from: given(from, "month", "假定的起始月", "first month supposed"),
          province: code,
          hukou: hukouOf(asked.facts, asked.ruleDate) ?? unknownHukou,
        })
  return { province: code, from, to, months: futureMonths({ from, to }), temporary }
}

const earlier = (a: YearMonth, b: YearMonth): YearMonth => (a < b ? a : b)

/** The chosen month, the statutory one, or now for who has passed it; whether the law allows it is asked later. */
const retirementOf = (standing: Standing, { retire }: Scenario): Valued<string> | Refused => {
  const { statutory, latest, start } = standing
  if (retire === undefined) {
    if (statutory.value >= start) return statutory
    // Past the statutory month and still paying: the pension starts now at the earliest.
    return latest.value !== null && start <= latest.value
      ? given(start, "month", "已过法定退休年龄，最早从现在起", "past the statutory month: now at the earliest")
      : { refused: "no-future" }
  }
  if (retire < start) return { refused: "no-future" }
  return given(retire, "month", "所问退休月", "month of retirement asked about")
}

type Kind = {
  readonly pension: Outcome["pension"]
  readonly months: Explained<number>
  readonly values: ReadonlyMap<string, Explained>
}

const noMonths = given(0, "months", "没有居民养老月份", "no month of the resident scheme")
const yes = given(true, "flag", "假定届时已达领取年龄", "supposed: the age is reached by then")
const no = given(false, "flag", "尚未领取待遇", "draws no pension")

/** Who pays, by the months of either scheme. */
const kindOf = (standing: Standing, plan: Omit<Plan, "start">, parameters: Parameters): Kind | Refused => {
  const { asked, statutory } = standing
  const deemed = (asked.deemed ?? []).map(({ months }) => given(months, "months", "视同缴费月数", "deemed months"))
  const future = plan.paid.map((stretch) => futureMonths(stretch))
  const working = plan.channel !== "resident"
  const months = allMonths([standing.months, ...deemed, ...(working ? future : [])])
  const resident = [...standing.residentMonths, ...(working ? [] : future)]
  const reached = earlier(plan.retirement, statutory.value as YearMonth)
  const link = explainLink(parameters, {
    on: asked.ruleDate,
    reached,
    employee: months,
    resident: resident.length === 0 ? noMonths : allMonths(resident),
    atAge: yes,
    drawing: no,
    shared: given(0, "months", "未计两制度重叠月份", "months in both schemes are not looked for"),
  })
  if (link === null) return { refused: "before-the-rules" }
  const values = new Map<string, Explained>([
    ["months", months],
    ["months_short", monthsShort(link.minimum, months)],
    ["pension", link.pension],
  ])
  return { pension: link.pension.value, months, values }
}

const isRefused = (value: object): value is Refused => "refused" in value

/** The scenario as it will be lived: when the pension starts, what is paid until then. */
const planOf = (standing: Standing, scenario: Scenario, parameters: Parameters) => {
  const { asked, group, birth, residentAge, channel: now } = standing
  const { ruleDate } = asked
  const retirement = retirementOf(standing, scenario)
  if (isRefused(retirement)) return retirement
  const month = retirement.value as YearMonth
  const channel = scenario.channel ?? now
  const until = channel === "resident" && residentAge.value > month ? residentAge.value : month
  const draft = { scenario, channel, retirement: month, paid: paidStretches(standing, scenario, until) }
  const kind = kindOf(standing, draft, parameters)
  if (isRefused(kind)) return kind
  const resident = kind.pension === "resident"
  const start = resident && residentAge.value > month ? residentAge.value : month
  const paid = start === until ? draft.paid : paidStretches(standing, scenario, start < until ? start : until)
  if (scenario.retire !== undefined && !resident) {
    const choice = flexibleChoice({ ruleDate, group, birth, chosen: retirement, months: kind.months })
    if (!["statutory", "early", "late"].includes(choice.value)) return { refused: "retirement-not-allowed" } as const
  }
  return { plan: { ...draft, paid, start } satisfies Plan, kind, retirement }
}

const employeePension = (standing: Standing, plan: Plan, path: Path, retirement: Valued<string>, parameters: Parameters) => {
  const { asked, current, group, birth, history } = standing
  const { ruleDate, facts, region, deemed = [] } = asked
  const future = plan.channel === "resident" ? [] : plan.paid.map((stretch) => stayOf(standing, stretch))
  const last = future.at(-1)?.province.value ?? current
  const { place } = placeOf({ facts, on: ruleDate, schemes: employeeSchemes, current: last, deemed, future })
  const found = assess(
    {
      ruleDate,
      province: place.value ?? last,
      ...(region === undefined ? {} : { region }),
      group,
      birth,
      retirement,
      history: [...history.map(({ month, province, base }) => ({ month, province, base })), ...path.months],
      deemed: deemed.map(({ province, months }) => ({
        province,
        months: given(months, "months", "视同缴费月数", "deemed months"),
      })),
      // Money of the resident scheme moves along; its months do not count (人社部发〔2014〕17号 Art 5).
      account: path.residentAccount.value === 0 ? path.account : allAccounts([path.account, path.residentAccount]),
    },
    parameters,
  )
  if (found.kind === "refused") return { refused: found.reason }
  const { total, basic, account, transitional, eligible } = found
  return {
    monthly: total,
    values: [
      ["monthly_fen", total],
      ["basic_fen", basic],
      ["account_fen", account],
      ...(transitional === null ? [] : [["transitional_fen", transitional] as const]),
      ["eligible", eligible],
      ["place", place],
    ] as readonly (readonly [string, Explained])[],
  }
}

/** Paid where the household is registered. */
const residentOutcome = (standing: Standing, plan: Plan, path: Path, parameters: Parameters) => {
  const { facts, ruleDate } = standing.asked
  const hukou = hukouOf(facts, ruleDate)
  const province = hukou?.value ?? standing.current
  const balance = allAccounts([path.account, path.residentAccount])
  const found = isProvince(province) ? residentPension({ ruleDate, province, month: plan.start, balance }, parameters) : null
  if (found === null) return { refused: "no-resident-basic" } as const
  const parts = found.lines.flatMap(({ line, amount }) => (amount.kind === "explained" ? [[`${line}_fen`, amount] as const] : []))
  return {
    monthly: found.total,
    values: [
      ["monthly_fen", found.total],
      ...parts,
      ...(hukou === null ? [] : [["place", hukou] as const]),
    ] as readonly (readonly [string, Explained])[],
  }
}

const explainedOnes = (values: Readonly<Record<string, Valued<Value>>>): readonly (readonly [string, Explained])[] =>
  Object.entries(values).flatMap(([name, value]) => (value.kind === "explained" ? [[name, value] as const] : []))

export const outcomeOf = (standing: Standing, scenario: Scenario, rates: Rates): Outcome | Refused => {
  const { ruleDate, parameters: known } = standing.asked
  const parameters = assumedParameters(known, ruleDate.slice(0, 7) as YearMonth, rates)
  const planned = planOf(standing, scenario, parameters)
  if ("refused" in planned) return planned
  const { plan, kind, retirement } = planned
  const path = pathOf({ standing, plan, parameters, rates })
  if (typeof path === "string") return { refused: path }
  const paid = futurePaid(path.payments)
  const values = new Map<string, Explained>([
    ...kind.values,
    ["paid_fen", paid],
    ...explainedOnes({ cost_fen: path.cost, balance_fen: path.account }),
    ...(path.residentAccount.value === 0 ? [] : explainedOnes({ resident_balance_fen: path.residentAccount })),
  ])
  if (kind.pension === null) return { pension: null, values, outlook: null }
  const found =
    kind.pension === "employee"
      ? employeePension(standing, plan, path, retirement, parameters)
      : residentOutcome(standing, plan, path, parameters)
  if ("refused" in found) return { refused: found.refused as SimulationRefusal }
  for (const [name, value] of found.values) values.set(name, value)
  const start: Valued<string> = plan.start === plan.retirement ? retirement : standing.residentAge
  for (const [name, value] of explainedOnes({ pension_from: start })) values.set(name, value)
  return { pension: kind.pension, values, outlook: { monthly: found.monthly, paid, cost: path.cost, start } }
}
