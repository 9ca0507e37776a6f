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
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import { personLaw } from "./person-law.js"

export type ExplainAsked = {
  readonly person: PersonKey
  /** Every fact of the person, as known at the moment asked about. */
  readonly facts: readonly RecordedEvent[]
  /** Month the answer is about; undefined: everything known. */
  readonly validAt: YearMonth | undefined
  /** The record that the reader is shown of these facts and this month. */
  readonly view: UnifiedRecord
  readonly question: string
  readonly ruleDate: DateText
  readonly post?: Post | undefined
  readonly retirement?: YearMonth | undefined
  readonly region?: string | undefined
}

export type ExplainAnswer =
  | { readonly kind: "explained"; readonly document: ExplanationDocument; readonly evidence: readonly EvidenceEvent[] }
  | { readonly kind: "refused"; readonly refusal: ExplainRefusal }
  | { readonly kind: "no_question" }
  | { readonly kind: "facts_contradict" }

export const explainPerson = async (log: PolicyLog, asked: ExplainAsked): Promise<ExplainAnswer> => {
  const question = parseQuestion(asked.question)
  if (question === null) return { kind: "no_question" }
  const law = await personLaw(log, asked.person, asked.facts, asked.validAt)
  if (law === null) return { kind: "facts_contradict" }
  const { facts, parameters, evidenceFor } = law
  const { post, retirement, region } = asked
  const document = explain({
    facts,
    view: asked.view,
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
