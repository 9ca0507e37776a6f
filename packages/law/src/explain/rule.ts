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

/**
 * Which facts an operand must hold, none left out: the checker lists them itself from the person's events. What is asked about stands
 * in operands of the same rule: `stream` (a relation, transfer, benefit …), `family`, `scheme`, `from`, `until`, `line`, `transfer`, `province`.
 */
export type Coverage =
  /** Lines of the relation as they hold now; with `each: "month"` once for every month, `own`: of those that still count here. */
  | { readonly of: "lines"; readonly field: string; readonly each?: "month"; readonly which?: "own" }
  /** Months the relation counts: paid here, these and those brought in, paid late, or paid here wherever they count now. */
  | { readonly of: "months"; readonly which: "own" | "standing" | "late" | "earned" }
  /** A field of the parts brought in since the relation last moved away. */
  | { readonly of: "received"; readonly field: string }
  /** Months of one part of a transfer that stand. */
  | { readonly of: "part"; readonly direction: "in" | "out" }
  /** Months of the family's relations: counted at all, by several, or under way between two. */
  | { readonly of: "family"; readonly which: "any" | "several" | "transit"; readonly schemes?: readonly string[] }
  | EventCoverage
  /** A result of the rule for each relation, or for each family. */
  | { readonly of: "nodes"; readonly per: "relation" | "family"; readonly rule: string; readonly schemes?: readonly string[] }
  /** The last event of each stream; the event recorded last. */
  | { readonly of: "streams"; readonly field: string }
  | { readonly of: "latest" }

/** A field of all events of some types in the stream, or of the newest; `where`: field of the event -> operand that it equals. */
export type EventCoverage = {
  readonly of: "events"
  readonly types: readonly string[]
  /** A path in the event's data; `operand`: the path is the text of that operand; `byType`: another one in each type of event. */
  readonly field: string | { readonly operand: string } | { readonly byType: Readonly<Record<string, string>> }
  /** The operand holds them in the order of the stream: the last one is what stands. */
  readonly ordered?: true
  readonly where?: Readonly<Record<string, string>>
  readonly newest?: true
  /** The field is one of each entry of this list in the event. */
  readonly each?: string
  readonly whereEach?: Readonly<Record<string, string>>
  /** Asked when there is no such event. */
  readonly otherwise?: EventCoverage
}

export type RuleOperand = RuleText & { readonly unit: Unit; readonly all?: Coverage }

export type Rule = {
  /** `topic/name`, stable for ever: `pension/basic`. */
  readonly id: string
  readonly title: RuleText
  readonly summary: RuleText
  readonly unit: Unit
  readonly operands: Readonly<Record<string, RuleOperand>>
  /** The operand (a month or day) that decides the version, where it is not the date of the question. */
  readonly datedBy?: string
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
