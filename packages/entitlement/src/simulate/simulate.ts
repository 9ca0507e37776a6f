/**
 * Future benefit simulation 未来待遇模拟 (features E5, E6): from a person's recorded history, scenarios side by side, each as a range with its
 * assumptions. Pure: the same history, scenarios, assumptions and parameters give the same numbers and the same id.
 */
import { createHash } from "node:crypto"
import { canonical } from "@tongzhang/proof/canonical"
import type { Explained, Operand, Value } from "@tongzhang/law/explain/explained"
import { compareOutlooks } from "@tongzhang/law/rules/simulation/future"
import { documentOf, type ExplanationDocument } from "../document.js"
import type { Facts } from "../facts.js"
import { type Outcome, outcomeOf } from "./outcome.js"
import {
  type Assumptions,
  channels,
  defaultAssumptions,
  ratesOf,
  refusalText,
  type Scenario,
  type SimulationRefusal,
  type Variant,
  variants,
} from "./scenario.js"
import { type SimulationAsked, standingOf } from "./standing.js"

export const simulationFormat = "tongzhang-simulation/1"

export type SimulationQuestion = SimulationAsked & {
  /** The first one is what the others are compared with. */
  readonly scenarios: readonly Scenario[]
  readonly assumptions?: Assumptions
}

export type RefusedAs = { readonly refused: SimulationRefusal; readonly zh: string; readonly en: string }
export type VariantResult = Readonly<Record<string, Value>> | RefusedAs

/** All that the numbers follow from; the id is its hash. */
export type SimulationContent = {
  readonly format: typeof simulationFormat
  readonly person: string
  readonly ruleDate: string
  /** Of the person's events: how many, and SHA-256 over where each stands and what it says. */
  readonly events: { readonly count: number; readonly digest: string }
  readonly post: string | null
  readonly region: string | null
  readonly deemed: readonly unknown[]
  readonly scenarios: readonly Scenario[]
  readonly assumptions: Assumptions
  /** Published parameters that went in. */
  readonly parameters: readonly string[]
}

export type Simulation = {
  readonly id: string
  readonly content: SimulationContent
  /** By name of the scenario, then by variant: every number under its name; `compared_*` against the first scenario. */
  readonly scenarios: Readonly<Record<string, Readonly<Record<Variant, VariantResult>>>>
  readonly document: ExplanationDocument
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")

const eventsIn = ({ streams }: Facts): SimulationContent["events"] => {
  const ids = [...streams.values()]
    .flat()
    .map(({ stream, revision, id, event }) => `${stream}@${revision} ${id} ${canonical(event)}`)
  return { count: ids.length, digest: sha256(ids.sort().join("\n")) }
}

/** Every published parameter below some results, once each, with its value. */
const parametersIn = (roots: Iterable<Explained>): string[] => {
  const found = new Set<string>()
  const seen = new Set<Operand>()
  const visit = (operand: Operand): void => {
    if (operand.kind === "parameter") found.add(`${operand.id}=${JSON.stringify(operand.value)}`)
    if (operand.kind !== "explained" || seen.has(operand)) return
    seen.add(operand)
    for (const one of Object.values(operand.operands))
      if ("kind" in one) visit(one)
      else one.forEach(visit)
  }
  for (const root of roots) visit(root)
  return [...found].sort()
}

const refusedAs = (refused: SimulationRefusal): RefusedAs => ({
  refused,
  zh: refusalText[refused][0],
  en: refusalText[refused][1],
})

const comparedValues = (outcome: Outcome, first: Outcome): readonly (readonly [string, Explained])[] => {
  if (outcome.outlook === null || first.outlook === null) return []
  const { gain, extra, extraMonthly, lead, months, month } = compareOutlooks(outcome.outlook, first.outlook)
  return [
    ["compared_gain_fen", gain],
    ["compared_paid_fen", extra],
    ["compared_cost_fen", extraMonthly],
    ["compared_to_make_up_fen", lead],
    ["compared_break_even_months", months],
    ["compared_break_even_month", month],
  ]
}

/** The same income, three ways of being insured (features E6). */
export const channelScenarios = (scenario: Omit<Scenario, "name" | "channel">): readonly Scenario[] =>
  channels.map((channel) => ({ ...scenario, name: channel, channel }))

/** Without a value where a field is absent or `undefined`: so that both are the same question. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Refused as a whole only where no scenario could be begun; a scenario that cannot be lived says so by itself. */
export const simulate = (question: SimulationQuestion): Simulation | RefusedAs => {
  const { facts, ruleDate, post, region, deemed, scenarios, assumptions = defaultAssumptions } = question
  const names = scenarios.map(({ name }) => name)
  if (names.length === 0 || new Set(names).size !== names.length) throw new Error("scenarios need a name each")
  const standing = standingOf(question)
  if ("refused" in standing) return refusedAs(standing.refused)
  const answers = new Map<string, Explained>()
  const found = new Map<string, Map<Variant, VariantResult>>(names.map((name) => [name, new Map()]))
  for (const variant of variants) {
    const rates = ratesOf(assumptions, variant)
    let first: Outcome | null = null
    for (const [i, scenario] of scenarios.entries()) {
      const outcome = outcomeOf(standing, scenario, rates)
      if ("refused" in outcome) {
        found.get(scenario.name)?.set(variant, refusedAs(outcome.refused))
        continue
      }
      const values = [...outcome.values, ...(first === null ? [] : comparedValues(outcome, first))]
      for (const [name, value] of values) answers.set(`${scenario.name}.${variant}.${name}`, value)
      found.get(scenario.name)?.set(variant, Object.fromEntries(values.map(([name, { value }]) => [name, value])))
      if (i === 0) first = outcome
    }
  }
  const content: SimulationContent = plain({
    format: simulationFormat,
    person: facts.person,
    ruleDate,
    events: eventsIn(facts),
    post: post ?? null,
    region: region ?? null,
    deemed: deemed ?? [],
    scenarios,
    assumptions,
    parameters: parametersIn(answers.values()),
  })
  return {
    id: sha256(canonical(content)),
    content,
    scenarios: Object.fromEntries(
      [...found].map(([name, of]) => [name, Object.fromEntries(of) as Record<Variant, VariantResult>]),
    ),
    document: documentOf({ person: facts.person, question: "simulate", ruleDate }, answers),
  }
}
