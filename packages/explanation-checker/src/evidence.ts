/** What a checker holds against an explanation: the catalogue of formulas, the published parameters, the person's events. */
import { type History, historyOf } from "./history.js"
import { publishedBy } from "./publications.js"

export type CatalogueVersion = {
  readonly from: string
  readonly formula: string
  readonly article: string
  readonly source: string
  readonly confidence: string
}
/** Which facts an operand must hold completely; the checker finds them itself (coverage.ts). */
export type Coverage = Readonly<Record<string, unknown>> & { readonly of: string }
export type CatalogueOperand = { readonly unit: string; readonly all?: Coverage }
export type CatalogueRule = {
  readonly id: string
  readonly unit: string
  readonly operands: Readonly<Record<string, CatalogueOperand>>
  readonly versions: readonly CatalogueVersion[]
  /** The operand whose month or day decides the version, where it is not the day of the question. */
  readonly datedBy?: string
  readonly openQuestions: readonly unknown[]
}
export type Catalogue = { readonly format: string; readonly rules: readonly CatalogueRule[] }

export type PublishedParameter = { readonly id: string; readonly value: unknown; readonly unit: string }

/** An event in its newest version; `type` without `@n`. */
export type CheckedEvent = {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly recordedAt: number
  /** Month named by its metadata, where it names one. */
  readonly validFrom?: string
  readonly data: Readonly<Record<string, unknown>>
}

export type Evidence = {
  readonly rules: ReadonlyMap<string, CatalogueRule>
  readonly parameters: ReadonlyMap<string, PublishedParameter>
  readonly events: ReadonlyMap<string, CheckedEvent>
  readonly history: History
}

/** The law of one catalogue and table, for any number of persons. */
export type Law = Pick<Evidence, "rules" | "parameters">
export const lawOf = (catalogue: Catalogue, parameters: readonly PublishedParameter[]): Law => ({
  rules: new Map(catalogue.rules.map((rule) => [rule.id, rule])),
  parameters: new Map(parameters.map((parameter) => [parameter.id, parameter])),
})

const isPolicy = ({ stream }: CheckedEvent): boolean => stream.startsWith("Policy-")

/**
 * @param events the person's own as far as they were known, and those of policy streams that published a parameter
 * @param validAt month the document is about; null: everything known
 */
export const evidenceOf = (law: Law, events: readonly CheckedEvent[], validAt: string | null = null): Evidence => {
  const published = publishedBy(events)
  return {
    rules: law.rules,
    parameters: published.size === 0 ? law.parameters : new Map([...law.parameters, ...published]),
    events: new Map(events.map((event) => [event.id, event])),
    history: historyOf(
      events.filter((event) => !isPolicy(event)),
      validAt,
    ),
  }
}
