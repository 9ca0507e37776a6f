/** What a rule says about itself. `docs/law/` and the checker's catalogue are generated from it, so that neither can drift. */
import type { DateText } from "@tongzhang/domain/ids"
import type { Confidence } from "../citation.js"
import type { Explained, Operand, Ruling, Unit, Value } from "./explained.js"

export type RuleVersion = {
  /** In force from this day on, until the next version's day. */
  readonly from: string
  /** In the language of `docs/law/formulas.md`. Rounding is part of it. */
  readonly formula: string
  readonly article: string
  readonly source: string
  readonly confidence: Confidence
  /** What changed against the version before. */
  readonly change_en?: string
}

export type RuleText = { readonly zh: string; readonly en: string }

export type Rule = {
  /** `topic/name`, stable for ever: `pension/basic`. */
  readonly id: string
  readonly title: RuleText
  readonly summary: RuleText
  readonly unit: Unit
  readonly operands: Readonly<Record<string, RuleText & { readonly unit: Unit }>>
  /** Oldest first. Old versions stay for ever: an old decision is explained by the rule of its day. */
  readonly versions: readonly [RuleVersion, ...RuleVersion[]]
  /** One worked case per version or more; the test of the registry evaluates each with the checker's own arithmetic. */
  readonly examples: readonly RuleExample[]
  /** Where the text is silent; shown on the rule's page and, when it mattered, as `needsRuling`. */
  readonly openQuestions?: readonly Ruling[]
}

export type RuleExample = {
  readonly version: string
  readonly operands: Readonly<Record<string, Value>>
  readonly value: Value
  /** Where the numbers come from: a form, a published case, or `constructed`. */
  readonly basis: string
}

/** The version in force on a day; null before the first one. */
export const versionAt = (rule: Rule, on: DateText | string): RuleVersion | null =>
  rule.versions.findLast((version) => version.from <= on) ?? null

/** The same, for rules asked only for days on which they exist: throws otherwise (a broken invariant). */
export const versionInForce = (rule: Rule, on: DateText | string): RuleVersion => {
  const found = versionAt(rule, on)
  if (found === null) throw new Error(`rule ${rule.id} was not in force on ${on}`)
  return found
}

const order: readonly Confidence[] = ["official", "secondary", "derived", "low", "memory", "constructed"]
const weaker = (a: Confidence, b: Confidence): Confidence => (order.indexOf(a) >= order.indexOf(b) ? a : b)

const confidenceOf = (operand: Operand): Confidence => (operand.kind === "explained" ? operand.confidence : "official")

/** The result of a rule with all it was made of. `confidence` sinks to that of the weakest explained operand. */
export const explained = <T extends Value>(
  rule: Rule,
  version: RuleVersion,
  operands: Explained["operands"],
  value: T,
  needsRuling: Ruling | null = null,
): Explained<T> => {
  let confidence = version.confidence
  for (const name in operands) {
    const operand = operands[name]
    if (operand === undefined) continue
    if ("kind" in operand) confidence = weaker(confidence, confidenceOf(operand))
    else for (const one of operand) confidence = weaker(confidence, confidenceOf(one))
  }
  const { from, formula, article, source } = version
  return {
    kind: "explained",
    value,
    unit: rule.unit,
    rule: rule.id,
    version: from,
    formula,
    operands,
    article,
    source,
    confidence,
    needsRuling,
  }
}
