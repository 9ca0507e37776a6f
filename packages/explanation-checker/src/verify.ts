/** Files in, problems out: what the command line and the ledger's own `verify-explanation` share. */
import { checkExplanation, type Problem } from "./check.js"
import { documentOf, isObject, isStep, operandsOf, type Step } from "./document.js"
import { type Catalogue, type CheckedEvent, evidenceOf, lawOf, type PublishedParameter } from "./evidence.js"

export type Verified = {
  readonly answers: number
  /** Explained results, each derived again. */
  readonly steps: number
  readonly problems: readonly Problem[]
}

export type Files = {
  readonly explanation: unknown
  readonly catalogue: unknown
  readonly parameters: unknown
  /** Null: those that the explanation carries itself. */
  readonly events: unknown
}

const countSteps = (step: Step, seen: Set<Step>): number => {
  if (seen.has(step)) return 0
  seen.add(step)
  return Object.keys(step.operands)
    .flatMap((name) => operandsOf(step, name))
    .reduce((sum, one) => sum + (isStep(one) ? countSteps(one, seen) : 0), 1)
}

const isEvent = (value: unknown): value is CheckedEvent =>
  isObject(value) &&
  ["id", "type", "stream"].every((name) => typeof value[name] === "string") &&
  ["revision", "recordedAt"].every((name) => typeof value[name] === "number") &&
  isObject(value["data"])

const eventsOf = (value: unknown): readonly CheckedEvent[] => {
  if (!Array.isArray(value) || !value.every(isEvent))
    throw new Error("the events are no list of {id, type, stream, revision, recordedAt, data}")
  return value
}

/** @throws with what is wrong when a file is not what it should be */
export const verifyFile = (files: Files): Verified => {
  const document = documentOf(files.explanation)
  if (document === null) throw new Error("not an explanation: neither a document of answers nor a single explained result")
  if (!isObject(files.catalogue) || !Array.isArray(files.catalogue["rules"])) throw new Error("the catalogue lists no rules")
  if (!Array.isArray(files.parameters)) throw new Error("the parameters are no list")
  const carried = isObject(files.explanation) ? (files.explanation["events"] ?? []) : []
  const law = lawOf(files.catalogue as unknown as Catalogue, files.parameters as readonly PublishedParameter[])
  const problems = checkExplanation(document, evidenceOf(law, eventsOf(files.events ?? carried), document.validAt ?? null))
  const seen = new Set<Step>()
  const answers = Object.values(document.answers)
  return {
    answers: answers.length,
    steps: answers.reduce((sum, one) => sum + (isStep(one) ? countSteps(one, seen) : 0), 0),
    problems,
  }
}
