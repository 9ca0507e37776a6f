/**
 * A case of overlap before anybody decides (features N8): keep A beside keep B, with what each leaves of months and money, what goes back
 * to the person, and what the pension may become. The law asks for the person's agreement: nothing here decides.
 */
import { familyOf, isProvince } from "@tongzhang/domain/codes"
import type { Side } from "@tongzhang/domain/overlap"
import type { Explained } from "@tongzhang/law/explain/explained"
import { accountLeftRule, monthsLeftRule } from "@tongzhang/law/rules/record/overlapping"
import { allAccounts } from "@tongzhang/law/rules/simulation/future"
import { baseMonths, employeeSchemes } from "./history.js"
import { answer } from "./leaves.js"
import { activeOf, clearedMonths, clearingRefund, detectedCase, earnedMonths, explainOverlap, monthsListed } from "./overlap.js"
import { accountOf } from "./record/relation.js"
import type { RelationFacts } from "./relation-facts.js"
import { outcomeOf } from "./simulate/outcome.js"
import { defaultAssumptions, ratesOf, type SimulationRefusal, variants } from "./simulate/scenario.js"
import { type SimulationAsked, type Standing, standingOf } from "./simulate/standing.js"

type Number = Explained<number>

export type OverlapOption = {
  readonly keep: Side
  readonly drop: Side
  /** Why no pension is foreseen; null where one is. */
  readonly noPension: SimulationRefusal | "other-scheme" | "other-relations" | "two-benefits" | null
}
export type OverlapPreview = {
  readonly kind: string
  readonly options: readonly OverlapOption[]
  /** `months`, `keep`, `agreement_needed`; of each option `keep.{side}.refund_fen`, `.months_left` …, `.{variant}.monthly_fen`. */
  readonly answers: ReadonlyMap<string, Explained>
}

type Clearing = {
  readonly relation: RelationFacts
  readonly cleared: Explained<readonly string[]>
  readonly refund: Number
}

const isEmployee = (side: Side): boolean => employeeSchemes.some((scheme) => side.split("_")[1] === scheme)
const less = (on: string, account: Number, refund: Number): Number =>
  answer(accountLeftRule, on, { account, refund }, account.value - refund.value)
const without = (on: string, months: Number, cleared: Explained<readonly string[]>): Number =>
  answer(monthsLeftRule, on, { months, cleared }, months.value - cleared.value.length)

/** Some other employee relation counts a month that would be cleared: it does not go away with it. */
const countedElsewhere = ({ facts }: SimulationAsked, { relation, cleared }: Clearing): boolean => {
  const gone = new Set<string>(cleared.value)
  return [...facts.relations.values()].some(
    (other) =>
      other !== relation &&
      employeeSchemes.includes(other.scheme) &&
      [...other.own.keys(), ...other.received.flatMap(({ months }) => [...months])].some((month) => gone.has(month)),
  )
}

/** The person's standing once one side is cleared and the other goes on. */
const standingAfter = (standing: Standing, keep: Side, clearing: Clearing): Standing | "other-relations" => {
  const { asked } = standing
  const { facts, ruleDate: on } = asked
  const { relation, cleared, refund } = clearing
  const province = keep.slice(0, 2)
  if (!isProvince(province)) throw new Error(`not a side of a case: ${keep}`)
  if (!employeeSchemes.includes(relation.scheme)) {
    // The resident side goes: its money and months shrink, the employee scheme goes on.
    const resident = [...facts.relations.values()].filter((one) => one.scheme === "170" && !one.movedAway)
    const at = resident.indexOf(relation)
    const residentAccounts = standing.residentAccounts.map((account, i) => (i === at ? less(on, account, refund) : account))
    const residentMonths = standing.residentMonths.map((months, i) => (i === at ? without(on, months, cleared) : months))
    return { ...standing, residentAccounts, residentMonths }
  }
  const account = less(on, standing.account, refund)
  if (isEmployee(keep)) {
    const history = baseMonths(facts, on, "9999-12", province)
    // Where both run, the person goes on with the one that is kept; doubled months of the past change no place.
    const kept = facts.relations.get(keep)
    const goesOn = kept !== undefined && activeOf(facts, kept, on).value && standing.current === relation.province
    return { ...standing, account, history, current: goesOn ? province : standing.current }
  }
  if (countedElsewhere(asked, clearing)) return "other-relations"
  const gone = new Set<string>(cleared.value)
  const history = standing.history.filter(({ month }) => !gone.has(month))
  return { ...standing, account, history, months: without(on, standing.months, cleared) }
}

const foreseen = (
  asked: SimulationAsked,
  keep: Side,
  clearing: Clearing,
  answers: Map<string, Explained>,
): OverlapOption["noPension"] => {
  const standing = standingOf(asked)
  if ("refused" in standing) return standing.refused
  const after = standingAfter(standing, keep, clearing)
  if (after === "other-relations") return after
  const scenario = isEmployee(keep) ? { name: "now" } : ({ name: "now", channel: "resident" } as const)
  for (const variant of variants) {
    const outcome = outcomeOf(after, scenario, ratesOf(defaultAssumptions, variant))
    if ("refused" in outcome) return outcome.refused
    for (const name of ["pension", "pension_from", "months", "monthly_fen"] as const) {
      const value = outcome.values.get(name)
      if (value !== undefined) answers.set(`keep.${keep}.${variant}.${name}`, value)
    }
  }
  return null
}

/** Null when the person has no such case. */
export const previewOverlap = (asked: SimulationAsked, id: string): OverlapPreview | null => {
  const { facts, ruleDate: on } = asked
  const [detected, known] = [detectedCase(facts, id), explainOverlap(facts, on, id)]
  if (detected === null || known === null) return null
  const { kind, sides } = detected.event
  const answers = new Map(known)
  const found = monthsListed(facts, on, detected.stream, id)
  const option = (keep: Side, drop: Side): OverlapOption => {
    const relation = facts.relations.get(drop)
    const kept = facts.relations.get(keep)
    if (kept !== undefined) answers.set(`keep.${keep}.months_kept`, earnedMonths(kept, on))
    if (kind === "PENSION-PENSION" || kind === "PENSION-RES") return { keep, drop, noPension: "two-benefits" }
    if (relation === undefined) return { keep, drop, noPension: "other-scheme" }
    const cleared = clearedMonths(relation, on, id, found)
    const refund = clearingRefund(relation, cleared)
    answers.set(`keep.${keep}.months_left`, without(on, earnedMonths(relation, on), cleared))
    if (!relation.movedAway) {
      const left = less(on, accountOf(relation, on), refund)
      answers.set(`keep.${keep}.account_left_fen`, left)
      if (kept !== undefined) answers.set(`keep.${keep}.account_fen`, allAccounts([accountOf(kept, on), left]))
    }
    const ofPensions = familyOf(relation.scheme) === "pension"
    return { keep, drop, noPension: ofPensions ? foreseen(asked, keep, { relation, cleared, refund }, answers) : "other-scheme" }
  }
  return { kind, options: [option(sides[0], sides[1]), option(sides[1], sides[0])], answers }
}
