/** Walks an explanation and derives every step again from its operands. */
import { type ExplanationDocument, isOperand, isStep, type Leaf, type Operand, operandsOf, type Step } from "./document.js"
import type { CatalogueRule, CatalogueVersion, Evidence } from "./evidence.js"
import { uncovered } from "./coverage.js"
import { fieldOf, holdsRanges, isMonthAt, monthsOfEvent } from "./fields.js"
import { evaluate } from "./formula/evaluate.js"
import { FormulaError, isNumber, same, show, type Val, valueIn } from "./formula/value.js"

export type Problem = {
  /** Answer, then operand names: `relations.0.account_fen/lines.3`. */
  readonly path: string
  readonly rule: string | null
  readonly what: string
  readonly stated: string
  readonly derived: string
}

type Walk = {
  readonly document: ExplanationDocument
  readonly evidence: Evidence
  readonly given: ReadonlySet<string>
  /** Steps that several answers share are looked at once. */
  readonly seen: WeakSet<object>
  readonly problems: Problem[]
}

const text = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"))

const report = (walk: Walk, path: string, rule: string | null, what: string, stated: unknown, derived: unknown): void =>
  void walk.problems.push({ path, rule, what, stated: text(stated), derived: text(derived) })

/** The one way to write an assumption, so that two are equal or not. */
const givenKey = ({ value, unit, why_zh, why_en }: Pick<Leaf, "value" | "unit" | "why_zh" | "why_en">): string =>
  JSON.stringify([value, unit, why_zh, why_en])

const checkFact = (walk: Walk, leaf: Leaf, path: string, rule: string): void => {
  const { evidence } = walk
  const say = (what: string, stated: unknown, derived: unknown): void => report(walk, path, rule, what, stated, derived)
  const { field = "", month } = leaf
  const event = evidence.events.get(leaf.eventId ?? "")
  if (event === undefined) return say("no such event", leaf.eventId, null)
  if (event.stream !== leaf.stream) say("the event stands in another stream", leaf.stream, event.stream)
  const held = fieldOf(event, field)
  if (holdsRanges(held)) {
    if (leaf.value !== month || typeof month !== "string" || !isMonthAt(event, field, month))
      say("not a month of the event", leaf.value, held)
  } else if (held !== leaf.value && (held === undefined || JSON.stringify(held) !== JSON.stringify(leaf.value)))
    say(`differs from ${field} of the event`, leaf.value, held)
  if (month !== undefined && !monthsOfEvent(evidence.history, event).has(month))
    say("the event is not about this month", month, null)
  if (!field.endsWith("_fen")) return
  if (leaf.unit !== "fen") say("an amount in fen", leaf.unit, "fen")
  if (evidence.history.superseded.has(event.id))
    say("corrected or taken back since: its amounts hold no longer", leaf.value, null)
}

const checkParameter = (walk: Walk, leaf: Leaf, path: string, rule: string): void => {
  const published = walk.evidence.parameters.get(leaf.id ?? "")
  if (published === undefined) return report(walk, path, rule, "no such parameter was published", leaf.id, null)
  if (JSON.stringify(published.value) !== JSON.stringify(leaf.value))
    report(walk, path, rule, `differs from the published ${published.id}`, leaf.value, published.value)
  if (published.unit !== leaf.unit) report(walk, path, rule, `unit of ${published.id}`, leaf.unit, published.unit)
}

const checkOperand = (walk: Walk, operand: Operand, path: string, rule: string): void => {
  switch (operand.kind) {
    case "explained":
      return checkStep(walk, operand, path)
    case "fact":
      return checkFact(walk, operand, path, rule)
    case "parameter":
      return checkParameter(walk, operand, path, rule)
    case "given":
      if (walk.document.ruleDate !== "" && !walk.given.has(givenKey(operand)))
        report(walk, path, rule, "not among what was put in", operand.value, null)
  }
}

const inForceOn = (rule: CatalogueRule, on: string): CatalogueVersion | undefined =>
  // A month stands for its first day.
  rule.versions.findLast((version) => version.from <= (on.length === 7 ? `${on}-01` : on))

/** The day that decides the version; null when nobody stated one (a single result without its document). */
const dayOf = (walk: Walk, step: Step, rule: CatalogueRule): string | null => {
  const { datedBy } = rule
  const value = datedBy === undefined ? undefined : operandsOf(step, datedBy)[0]?.value
  if (typeof value === "string") return value
  return walk.document.ruleDate === "" ? null : walk.document.ruleDate
}

const checkVersion = (walk: Walk, step: Step, rule: CatalogueRule, version: CatalogueVersion, path: string): void => {
  const on = dayOf(walk, step, rule)
  const due = on === null ? version : inForceOn(rule, on)
  if (due !== version) report(walk, path, step.rule, `version in force on ${on ?? ""}`, step.version, due?.from ?? null)
  for (const field of ["formula", "article", "source"] as const)
    if (step[field] !== version[field]) report(walk, path, step.rule, `${field} of the catalogue`, step[field], version[field])
  if (step.unit !== rule.unit) report(walk, path, step.rule, "unit of the catalogue", step.unit, rule.unit)
  const weakest = weakestOf(step, version.confidence)
  if (step.confidence !== weakest) report(walk, path, step.rule, "confidence", step.confidence, weakest)
  const { needsRuling } = step
  const asked = rule.openQuestions.map((question) => JSON.stringify(question))
  if (needsRuling !== null && !asked.includes(JSON.stringify(needsRuling)))
    report(walk, path, step.rule, "no open question of the rule", needsRuling, null)
}

const order = ["official", "secondary", "derived", "low", "memory", "constructed"]
const weakestOf = (step: Step, own: string): string =>
  Object.keys(step.operands)
    .flatMap((name) => operandsOf(step, name))
    .reduce((weakest, one) => {
      const confidence = isStep(one) ? one.confidence : own
      return order.indexOf(confidence) > order.indexOf(weakest) ? confidence : weakest
    }, own)

const checkUnits = (walk: Walk, step: Step, rule: CatalogueRule, path: string): void => {
  for (const name of Object.keys(step.operands)) {
    const known = rule.operands[name]
    if (known === undefined) {
      report(walk, path, step.rule, "an operand the rule does not know", name, Object.keys(rule.operands))
      continue
    }
    for (const one of operandsOf(step, name))
      if (one.unit !== known.unit) report(walk, `${path}/${name}`, step.rule, "unit of the operand", one.unit, known.unit)
  }
}

const valuesOf = (step: Step): ReadonlyMap<string, Val> =>
  new Map(
    Object.entries(step.operands).map(([name, found]) => [
      name,
      Array.isArray(found)
        ? (found as readonly Operand[]).map((one) => valueIn(one.value, one.unit))
        : valueIn((found as Operand).value, (found as Operand).unit),
    ]),
  )

const derive = (walk: Walk, step: Step, version: CatalogueVersion, path: string): void => {
  try {
    const stated = valueIn(step.value, step.unit)
    const derived = evaluate(version.formula, valuesOf(step))
    // A number that is text has one way to be written: "00" is no other 0.
    const rewritten = typeof step.value === "string" && isNumber(derived) && show(derived) !== step.value
    if (rewritten || !same(stated, derived))
      report(walk, path, step.rule, "the formula gives another value", show(stated), show(derived))
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    report(walk, path, step.rule, "the formula cannot be evaluated", step.value, error.message)
  }
}

const checkCoverage = (walk: Walk, step: Step, rule: CatalogueRule, path: string): void => {
  for (const [name, { all }] of Object.entries(rule.operands)) {
    if (all === undefined) continue
    try {
      const found = uncovered(step, name, all, walk.evidence)
      if (found !== null) report(walk, `${path}/${name}`, step.rule, "not all of them", found.stated, found.derived)
    } catch (error) {
      report(
        walk,
        `${path}/${name}`,
        step.rule,
        "cannot tell whether these are all",
        name,
        error instanceof Error ? error.message : null,
      )
    }
  }
}

const checkStep = (walk: Walk, step: Step, path: string): void => {
  if (walk.seen.has(step)) return
  walk.seen.add(step)
  const rule = walk.evidence.rules.get(step.rule)
  if (rule === undefined) return report(walk, path, step.rule, "no such rule in the catalogue", step.rule, null)
  const version = rule.versions.find((one) => one.from === step.version)
  if (version === undefined)
    return report(
      walk,
      path,
      step.rule,
      "no such version",
      step.version,
      rule.versions.map((one) => one.from),
    )
  checkVersion(walk, step, rule, version, path)
  const operands = Object.keys(step.operands).flatMap((name) =>
    operandsOf(step, name).map((one, i) => ({ one, at: `${path}/${name}${Array.isArray(step.operands[name]) ? `.${i}` : ""}` })),
  )
  const broken = operands.filter(({ one }) => !isOperand(one))
  for (const { one, at } of broken) report(walk, at, step.rule, "not an operand", one, null)
  if (broken.length > 0) return
  checkUnits(walk, step, rule, path)
  for (const { one, at } of operands) checkOperand(walk, one, at, step.rule)
  checkCoverage(walk, step, rule, path)
  derive(walk, step, version, path)
}

/** What is wrong with an explanation; an empty list when every step, leaf and claim of completeness holds. */
export const checkExplanation = (document: ExplanationDocument, evidence: Evidence): readonly Problem[] => {
  const given = new Set(document.given.map(givenKey))
  const walk: Walk = { document, evidence, given, seen: new WeakSet(), problems: [] }
  for (const [path, answer] of Object.entries(document.answers)) {
    if (isStep(answer)) checkStep(walk, answer, path)
    else report(walk, path, null, "not an explanation", answer, null)
  }
  return walk.problems
}
