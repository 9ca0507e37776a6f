/** A person's facts and the parameters, as a question of the law needs them: what the ledger has published before what the program was built with. */
import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { PolicyLog } from "@tongzhang/event-store/policy-log"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { ExplanationDocument } from "@tongzhang/entitlement/document"
import { type EvidenceEvent, evidenceOf, factsFrom, type Facts, isUnreadable } from "@tongzhang/entitlement/facts"
import type { Explained, Operand } from "@tongzhang/law/explain/explained"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { type KnownParameters, parametersKnown, type PolicyFact } from "@tongzhang/law/parameters/known"
import type { Parameters } from "@tongzhang/law/parameters/parameter"
import { firstOf } from "@tongzhang/law/parameters/table"
import { problem } from "@tongzhang/service-kit/problem"

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

export type PersonLaw = {
  readonly facts: Facts
  readonly parameters: Parameters
  /** The events that a document points at: with them it can be checked alone. */
  readonly evidenceFor: (document: ExplanationDocument) => readonly EvidenceEvent[]
}

/**
 * Null: a fact cannot be read, so no number of the person is explained.
 * @param validAt only the facts that hold at this month make the numbers; undefined: all
 */
export const personLaw = async (
  log: PolicyLog,
  person: PersonKey,
  records: readonly RecordedEvent[],
  validAt?: YearMonth,
): Promise<PersonLaw | null> => {
  const facts = factsFrom(person, records, validAt ?? null)
  if (isUnreadable(facts)) return null
  const known = parametersKnown(await log.read())
  return {
    facts,
    parameters: firstOf(known, builtInParameters),
    evidenceFor: (document) => [...evidenceOf(facts), ...publications(document, known)],
  }
}

export const contradicts = () =>
  problem({
    status: 409,
    rule: "FACTS_CONTRADICT",
    hint_zh: "该参保人有无法折算的事件，已由系统隔离待查，数字暂不能解释",
    hint_en: "A fact of this person cannot be folded and is set aside: no number can be explained until it is",
  })
