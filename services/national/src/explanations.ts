/** Any question about a person answered with its reasons (features N2): the facts are read, `packages/entitlement` explains. */
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { PolicyLog } from "@tongzhang/event-store/policy-log"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { ExplanationDocument } from "@tongzhang/entitlement/document"
import { explain, type ExplainRefusal } from "@tongzhang/entitlement/explain"
import type { EvidenceEvent } from "@tongzhang/entitlement/facts"
import { parseQuestion } from "@tongzhang/entitlement/question"
import type { Post } from "@tongzhang/entitlement/retirement"
import { replayRecords } from "@tongzhang/record/replay"
import { unifiedRecord } from "@tongzhang/record/view"
import { personLaw } from "./person-law.js"

export type ExplainAsked = {
  readonly person: PersonKey
  /** Every fact of the person, as known at the moment asked about. */
  readonly facts: readonly RecordedEvent[]
  readonly question: string
  readonly ruleDate: DateText
  /** Last month that is over: gaps are looked for up to it. */
  readonly current: YearMonth
  readonly post?: Post | undefined
  readonly retirement?: YearMonth | undefined
  readonly region?: string | undefined
}

export type ExplainAnswer =
  | { readonly kind: "explained"; readonly document: ExplanationDocument; readonly evidence: readonly EvidenceEvent[] }
  | { readonly kind: "refused"; readonly refusal: ExplainRefusal }
  | { readonly kind: "no_question" }
  | { readonly kind: "facts_contradict"; readonly cause: string }

export const explainPerson = async (log: PolicyLog, asked: ExplainAsked): Promise<ExplainAnswer> => {
  const question = parseQuestion(asked.question)
  if (question === null) return { kind: "no_question" }
  const law = await personLaw(log, asked.person, asked.facts)
  const replayed = replayRecords(asked.person, asked.facts)
  if (law === null) return { kind: "facts_contradict", cause: "a fact cannot be read" }
  if (replayed.problem !== null) return { kind: "facts_contradict", cause: replayed.problem.cause }
  const { facts, parameters, evidenceFor } = law
  const { post, retirement, region } = asked
  const document = explain({
    facts,
    view: unifiedRecord(replayed.state, { current: asked.current }),
    question,
    text: asked.question,
    parameters,
    ruleDate: asked.ruleDate,
    ...(post === undefined ? {} : { post }),
    ...(retirement === undefined ? {} : { retirement }),
    ...(region === undefined ? {} : { region }),
  })
  if ("refused" in document) return { kind: "refused", refusal: document }
  return { kind: "explained", document, evidence: evidenceFor(document) }
}
