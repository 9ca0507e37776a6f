/**
 * Runs a file of worked cases through the rules (`npm run -s law:cases -- FILE.json`). A case passes when every value that it expects is
 * what the rules say; it is unsupported when the rules have nothing to say, with the reason; everything else failed.
 */
import type { Case, CaseAnswer, CaseHandler } from "./case.js"
import { formCase, type FormOutcome } from "./forms.js"
import type { Tables } from "./form-parts.js"
import { pensionCases } from "./pension-cases.js"
import { fieldsOf, isFields, same } from "./read.js"
import { relationCases } from "./relations.js"

export type Report = {
  readonly passed: number
  readonly failed: readonly { readonly id: string; readonly expected: unknown; readonly got: unknown }[]
  readonly unsupported: readonly { readonly id: string; readonly why: string }[]
}
type Outcome = FormOutcome

/** The document is not one of worked cases: said to the person, not a failure of a rule. */
export type Unusable = { readonly unusable: string }

const handlersOf = (tables: Tables): Readonly<Record<string, CaseHandler>> => ({ ...relationCases, ...pensionCases(tables) })

/** The handler whose topic is the longest start of the case's. */
const handlerFor = (handlers: Readonly<Record<string, CaseHandler>>, topic: string): CaseHandler | null => {
  const wanted = topic.trim().toLowerCase()
  let best: string | null = null
  for (const name of Object.keys(handlers))
    if (wanted.startsWith(name) && (best === null || name.length > best.length)) best = name
  return best === null ? null : (handlers[best] ?? null)
}

const compare = (example: Case, answer: CaseAnswer): Outcome => {
  if ("unsupported" in answer) return { unsupported: answer.unsupported }
  const expected = fieldsOf(example["expected"])
  const wrong = Object.keys(expected).filter((key) => !same(expected[key], answer.got[key]))
  return wrong.length === 0 ? "passed" : { expected, got: answer.got }
}

const exampleCase = (handlers: Readonly<Record<string, CaseHandler>>, example: Case): Outcome => {
  const topic = example["topic"]
  if (typeof topic !== "string") return { unsupported: "the case names no topic" }
  if (!isFields(example["expected"]) || Object.keys(example["expected"]).length === 0)
    return { unsupported: "the case expects nothing" }
  const handler = handlerFor(handlers, topic)
  return handler === null ? { unsupported: `no rule for the topic "${topic}"` } : compare(example, handler(example))
}

const casesIn = (document: unknown, list: string): readonly Case[] | Unusable => {
  const found = fieldsOf(document)[list]
  if (found === undefined) return []
  if (!Array.isArray(found)) return { unusable: `"${list}" is not a list` }
  const wrong = found.findIndex((entry) => !isFields(entry) || typeof entry["id"] !== "string")
  return wrong < 0 ? (found as readonly Case[]) : { unusable: `entry ${wrong + 1} of "${list}" has no id` }
}

/** What breaks a rule's invariant (a month twice, a divisor of 0) is an input that no rule is for; the other cases still run. */
const guarded = (run: () => Outcome): Outcome => {
  try {
    return run()
  } catch (error) {
    return {
      unsupported: `the rules cannot be applied to these inputs: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

const lists = ["forms", "formsNeedingProvinceRule", "examples"] as const

export const runCases = (document: unknown, tables: Tables): Report | Unusable => {
  if (!isFields(document)) return { unusable: "the file does not hold a JSON object" }
  if (!lists.some((list) => list in document)) return { unusable: `the file has none of ${lists.join(", ")}` }
  const handlers = handlersOf(tables)
  const run = {
    forms: (entry: Case) => formCase(entry, tables, false),
    formsNeedingProvinceRule: (entry: Case) => formCase(entry, tables, true),
    examples: (entry: Case) => exampleCase(handlers, entry),
  }
  let passed = 0
  const failed: { id: string; expected: unknown; got: unknown }[] = []
  const unsupported: { id: string; why: string }[] = []
  for (const list of lists) {
    const entries = casesIn(document, list)
    if ("unusable" in entries) return entries
    for (const entry of entries) {
      const outcome = guarded(() => run[list](entry))
      if (outcome === "passed") passed += 1
      else if ("unsupported" in outcome) unsupported.push({ id: entry.id, why: outcome.unsupported })
      else failed.push({ id: entry.id, ...outcome })
    }
  }
  return { passed, failed, unsupported }
}
