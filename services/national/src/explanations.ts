/** Any question about a person answered with its reasons (features N2): the facts are read, `packages/entitlement` explains. */
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { PolicyLog } from "@tongzhang/event-store/policy-log"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { ExplanationDocument } from "@tongzhang/entitlement/document"
import { explain, type ExplainRefusal } from "@tongzhang/entitlement/explain"
import { type EvidenceEvent, evidenceOf, factsFrom, isUnreadable } from "@tongzhang/entitlement/facts"
import { parseQuestion } from "@tongzhang/entitlement/question"
import type { Post } from "@tongzhang/entitlement/retirement"
import type { Explained, Operand } from "@tongzhang/law/explain/explained"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { type KnownParameters, parametersKnown, type PolicyFact } from "@tongzhang/law/parameters/known"
import { firstOf } from "@tongzhang/law/parameters/table"
import { replayRecords } from "@tongzhang/record/replay"
import { unifiedRecord } from "@tongzhang/record/view"

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

const parameterIds = (document: ExplanationDocument): ReadonlySet<string> => {
  const ids = new Set<string>()
  const seen = new Set<Explained>()
  const visit = (operand: Operand): void => {
    if (operand.kind === "parameter") ids.add(operand.id)
    if (operand.kind !== "explained" || seen.has(operand)) return
    seen.add(operand)
    for (const found of Object.values(operand.operands)) {
      if ("kind" in found) visit(found)
      else found.forEach(visit)
    }
  }
  Object.values(document.answers).forEach(visit)
  return ids
}

/** The events that published the parameters used, for those this ledger published. */
const publications = (document: ExplanationDocument, known: KnownParameters): EvidenceEvent[] => {
  const facts = new Map<string, PolicyFact>()
  for (const id of parameterIds(document)) {
    const fact = known.factOf(id)
    if (fact !== null) facts.set(fact.eventId, fact)
  }
  return [...facts.values()].map(({ eventId: id, stream, revision, recordedAt, event }) => {
    const { type, ...data } = event
    return { id, type, stream, revision, recordedAt, data }
  })
}

/** What the ledger has published comes before what the program was built with. */
export const explainPerson = async (log: PolicyLog, asked: ExplainAsked): Promise<ExplainAnswer> => {
  const question = parseQuestion(asked.question)
  if (question === null) return { kind: "no_question" }
  const facts = factsFrom(asked.person, asked.facts)
  const replayed = replayRecords(asked.person, asked.facts)
  if (isUnreadable(facts)) return { kind: "facts_contradict", cause: facts.unreadable.cause }
  if (replayed.problem !== null) return { kind: "facts_contradict", cause: replayed.problem.cause }
  const known = parametersKnown(await log.read())
  const { post, retirement, region } = asked
  const document = explain({
    facts,
    view: unifiedRecord(replayed.state, { current: asked.current }),
    question,
    text: asked.question,
    parameters: firstOf(known, builtInParameters),
    ruleDate: asked.ruleDate,
    ...(post === undefined ? {} : { post }),
    ...(retirement === undefined ? {} : { retirement }),
    ...(region === undefined ? {} : { region }),
  })
  if ("refused" in document) return { kind: "refused", refusal: document }
  return { kind: "explained", document, evidence: [...evidenceOf(facts), ...publications(document, known)] }
}
