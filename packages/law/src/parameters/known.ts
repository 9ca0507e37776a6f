/**
 * What the ledger had been told by then: parameters as facts of the `Policy-` streams, so that a replay of an old decision uses the
 * numbers of its day, and an explanation can name the event that published one. Nothing falls back to the built-in tables here.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PolicyEvent, PublishedParameter } from "@tongzhang/domain/policy"
import { type Parameter, parameterFamilies, type ParameterFamily } from "./parameter.js"
import { type ParameterTable, tableOf } from "./table.js"

/** A decoded event of a policy stream and where it stands. */
export type PolicyFact = {
  /** Null: of the nation's stream. */
  readonly province: ProvinceCode | null
  readonly event: PolicyEvent
  readonly eventId: string
  readonly stream: string
  readonly revision: number
  /** Opaque and ordered, of one store. */
  readonly position: string
  /** When it became durable, ms since 1970. */
  readonly recordedAt: number
}

/** Both counted; `{}` is everything. */
export type KnownUntil = { readonly position?: string; readonly at?: number }

export type KnownParameters = ParameterTable & {
  /** The event that published the parameter; null for one that is not of this ledger. */
  readonly factOf: (id: string) => PolicyFact | null
}

const isFamily = (text: string): text is ParameterFamily => (parameterFamilies as readonly string[]).includes(text)

const fromPublished = (province: ProvinceCode | null, published: PublishedParameter): Parameter | null =>
  // A family of a newer program: this one has no rule that asks for it.
  isFamily(published.family) ? { ...published, family: published.family, province } : null

/** Limits published before there were parameters are two of them. */
const fromLimits = (province: ProvinceCode | null, event: Extract<PolicyEvent, { type: "BaseLimitsPublished" }>): Parameter[] => {
  const { from, floor_fen, ceiling_fen, source } = event
  const made = (family: ParameterFamily, value: number): Parameter => ({
    id: `${family}/${province ?? "CN"}/${from}`,
    family,
    province,
    region: null,
    key: null,
    validFrom: from,
    validTo: null,
    value,
    unit: "fen",
    document: null,
    source,
    confidence: "official",
  })
  return [made("base-floor", floor_fen), made("base-ceiling", ceiling_fen)]
}

/** @param facts of each stream in the order of its revisions; streams in any order */
export const parametersKnown = (facts: Iterable<PolicyFact>, until: KnownUntil = {}): KnownParameters => {
  const known = new Map<string, { readonly parameter: Parameter; readonly fact: PolicyFact }>()
  const publish = (parameter: Parameter, fact: PolicyFact): void => {
    // Published again it is the last word: a later one of equal beginning wins.
    known.delete(parameter.id)
    known.set(parameter.id, { parameter, fact })
  }
  for (const fact of facts) {
    if (until.position !== undefined && fact.position > until.position) continue
    if (until.at !== undefined && fact.recordedAt > until.at) continue
    const { event, province } = fact
    switch (event.type) {
      case "BaseLimitsPublished":
        for (const parameter of fromLimits(province, event)) publish(parameter, fact)
        break
      case "ParameterPublished": {
        const { type: _type, ...published } = event
        const parameter = fromPublished(province, published)
        if (parameter !== null) publish(parameter, fact)
        break
      }
      case "ParameterWithdrawn":
        known.delete(event.id)
        break
    }
  }
  const table = tableOf([...known.values()].map(({ parameter }) => parameter))
  return { ...table, factOf: (id) => known.get(id)?.fact ?? null }
}

/** As it is published: the stream says which place it is for. */
export const toPublish = (parameter: Parameter): PublishedParameter => {
  const { province: _province, note: _note, ...published } = parameter
  return published
}
