/** Where the person stands on the day of the question: the same for every scenario. */
import type { ProvinceCode, Sex } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { addMonths, monthOfDate, type YearMonth } from "@tongzhang/domain/month"
import type { Explained, Valued } from "@tongzhang/law/explain/explained"
import type { Parameters } from "@tongzhang/law/parameters/parameter"
import { earliestMonth, latestMonth, type RetirementGroup, residentMonth } from "@tongzhang/law/rules/retirement"
import { eventsOf, type Facts } from "../facts.js"
import { type BaseMonth, baseMonths, collectedAccount, employeeRelations, employeeSchemes, monthsRecorded } from "../history.js"
import { sexOf } from "../person.js"
import { currentProvince, type DeemedStay } from "../place.js"
import { accountOf, monthsPaid } from "../record/relation.js"
import type { RelationFacts } from "../relation-facts.js"
import { type Post, retiringOf } from "../retirement.js"
import type { Channel, SimulationRefusal } from "./scenario.js"

export type SimulationAsked = {
  readonly facts: Facts
  /** As published or known; future ones are assumed. */
  readonly parameters: Parameters
  /** Day whose law is applied, and the day the future begins. */
  readonly ruleDate: DateText
  readonly post?: Post | undefined
  readonly region?: string | undefined
  readonly deemed?: readonly DeemedStay[] | undefined
}

export type Standing = {
  readonly asked: SimulationAsked
  readonly birth: Valued<string>
  readonly sex: Valued<Sex>
  readonly group: Explained<RetirementGroup>
  readonly statutory: Explained<string>
  readonly earliest: Explained<YearMonth | null>
  readonly latest: Explained<YearMonth | null>
  readonly residentAge: Explained<YearMonth>
  readonly current: ProvinceCode
  readonly channel: Channel
  /** First month that is not past: nothing is recorded for it yet. */
  readonly start: YearMonth
  readonly history: readonly BaseMonth[]
  readonly months: Explained<number>
  readonly account: Explained<number>
  /** Of the resident scheme, one for each relation. */
  readonly residentAccounts: readonly Explained<number>[]
  readonly residentMonths: readonly Explained<number>[]
}

const channelOf = (facts: Facts, relation: RelationFacts | undefined): Channel => {
  const terms = relation === undefined ? [] : eventsOf(facts, relation.stream, "EnrollmentOpened", "CapacityChanged")
  return terms.at(-1)?.event.capacity === "flexible" ? "flexible" : "employee"
}

const later = (a: YearMonth, b: YearMonth): YearMonth => (a > b ? a : b)

export const standingOf = (asked: SimulationAsked): Standing | { readonly refused: SimulationRefusal } => {
  const { facts, ruleDate, post } = asked
  const retiring = retiringOf(facts, ruleDate, post ?? null)
  if ("refused" in retiring) return retiring
  const sex = sexOf(facts)
  const current = currentProvince(facts, employeeSchemes)
  if (sex === null) return { refused: "not-registered" }
  if (current === null) return { refused: "never-insured" }
  const { birth, group, statutory } = retiring
  const question = { ruleDate, group, birth }
  const history = baseMonths(facts, ruleDate, "9999-12", current)
  const last = history.at(-1)?.month
  const now = monthOfDate(ruleDate)
  const resident = [...facts.relations.values()].filter((relation) => relation.scheme === "170" && !relation.movedAway)
  const here = employeeRelations(facts).find((relation) => relation.province === current && !relation.movedAway)
  const start = last === undefined ? now : later(now, addMonths(last, 1))
  return {
    asked,
    birth,
    sex,
    group,
    statutory,
    earliest: earliestMonth(question),
    latest: latestMonth(question),
    residentAge: residentMonth(ruleDate, birth),
    current,
    channel: channelOf(facts, here),
    start,
    history,
    months: monthsRecorded(ruleDate, addMonths(start, -1), history),
    account: collectedAccount(facts, ruleDate),
    residentAccounts: resident.map((relation) => accountOf(relation, ruleDate)),
    residentMonths: resident.map((relation) => monthsPaid(relation, ruleDate)),
  }
}
