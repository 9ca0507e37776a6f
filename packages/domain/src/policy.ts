/**
 * Policy 参数: the numbers an authority has put in force, each with its validity and source. Facts like any other: a replay decides by
 * what had been published by then. What a family means and which values it may have is known to the law package, not here.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { ProvinceCode } from "./codes.js"
import { type Decision, withEntry, withMember } from "./decider.js"
import type { YearMonth } from "./month.js"
import type { Fen } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Policy"
/** The nation's own parameters have a stream beside the provinces'. */
export const national = "CN"
/** @param province null for what holds for the whole nation */
export const streamOf = (province: ProvinceCode | null): StreamName => streamName(category, province ?? national)

// Events ---------------------------------------------------------------------------------------
/** Exact numbers that are not whole are text (`"0.08"`); amounts are whole fen. */
export type ParameterValue = string | number | boolean | null | readonly ParameterValue[]

export const parameterUnits = [
  "fen",
  "months",
  "years",
  "rate",
  "index",
  "month",
  "date",
  "days",
  "count",
  "code",
  "flag",
  "text",
] as const
export type ParameterUnit = (typeof parameterUnits)[number]
/** How well the number is known: the document itself, somebody who quotes it, computed from it, … */
export const parameterConfidences = ["official", "secondary", "derived", "low", "memory", "constructed"] as const
export type ParameterConfidence = (typeof parameterConfidences)[number]

export type PublishedParameter = {
  /** `family/CN-or-province[/region][/key]/start`; explanations name it for ever. */
  readonly id: string
  readonly family: string
  /** A city with a rule of its own; null for the whole place. */
  readonly region: string | null
  readonly key: string | null
  /** Months `YYYY-MM` or days `YYYY-MM-DD`, both counted; `validTo` null: until the next one begins. */
  readonly validFrom: string
  readonly validTo: string | null
  readonly value: ParameterValue
  readonly unit: ParameterUnit
  /** Number of the notice; null when only a secondary source is known. */
  readonly document: string | null
  readonly source: string
  readonly confidence: ParameterConfidence
}

export type PolicyEvent =
  | {
      readonly type: "BaseLimitsPublished"
      readonly from: YearMonth
      readonly floor_fen: Fen
      readonly ceiling_fen: Fen
      readonly source: string
    }
  | ({ readonly type: "ParameterPublished" } & PublishedParameter)
  /** It was wrong from the beginning; what has ended or was replaced by a later notice is not withdrawn. */
  | { readonly type: "ParameterWithdrawn"; readonly id: string; readonly reason: string }

export type PolicyRefusal =
  | { readonly code: "PARAMETER_PERIOD"; readonly id: string; readonly validFrom: string; readonly validTo: string }
  | { readonly code: "PARAMETER_DIFFERS"; readonly id: string }
  | { readonly code: "PARAMETER_OVERLAPS"; readonly id: string; readonly other: string }
  | { readonly code: "PARAMETER_UNKNOWN"; readonly id: string }

// State and fold ---------------------------------------------------------------------------------
export type Policy = {
  readonly limits: ReadonlyMap<YearMonth, { readonly floor_fen: Fen; readonly ceiling_fen: Fen }>
  /** In force as far as published: withdrawn ones are gone. */
  readonly parameters: ReadonlyMap<string, PublishedParameter>
  readonly withdrawn: ReadonlySet<string>
}
export const initial: Policy = { limits: new Map(), parameters: new Map(), withdrawn: new Set() }

export const evolve = (state: Policy, event: PolicyEvent): Policy => {
  switch (event.type) {
    case "BaseLimitsPublished": {
      const { from, floor_fen, ceiling_fen } = event
      return { ...state, limits: withEntry(state.limits, from, { floor_fen, ceiling_fen }) }
    }
    case "ParameterPublished": {
      const { type: _type, ...parameter } = event
      const withdrawn = new Set([...state.withdrawn].filter((id) => id !== parameter.id))
      return { ...state, parameters: withEntry(state.parameters, parameter.id, parameter), withdrawn }
    }
    case "ParameterWithdrawn": {
      const parameters = new Map(state.parameters)
      parameters.delete(event.id)
      return { ...state, parameters, withdrawn: withMember(state.withdrawn, event.id) }
    }
  }
}

// Decisions --------------------------------------------------------------------------------------
/** Publishes limits from a month on; the same limits again add nothing, other limits for the month replace them from then on. */
export const publishBaseLimits =
  (command: Omit<Extract<PolicyEvent, { type: "BaseLimitsPublished" }>, "type">) =>
  (state: Policy): Decision<never, PolicyEvent> => {
    const known = state.limits.get(command.from)
    const same = known?.floor_fen === command.floor_fen && known.ceiling_fen === command.ceiling_fen
    return right(same ? [] : [{ type: "BaseLimitsPublished", ...command }])
  }

const startDay = (text: string): string => (text.length === 7 ? `${text}-01` : text)
const endDay = (text: string): string => (text.length === 7 ? `${text}-31` : text)

/** Two of one family, region and key that say different things for one day. One without an end gives way to the next. */
const contradicts = (a: PublishedParameter, b: PublishedParameter): boolean => {
  if (a.family !== b.family || a.region !== b.region || a.key !== b.key) return false
  if (JSON.stringify(a.value) === JSON.stringify(b.value)) return false
  const [first, second] = startDay(a.validFrom) <= startDay(b.validFrom) ? [a, b] : [b, a]
  const begins = startDay(second.validFrom)
  return first.validTo === null ? startDay(first.validFrom) === begins : begins <= endDay(first.validTo)
}

const refusalOf = (state: Policy, parameter: PublishedParameter): PolicyRefusal | null => {
  const { id, validFrom, validTo } = parameter
  if (validTo !== null && endDay(validTo) < startDay(validFrom)) return { code: "PARAMETER_PERIOD", id, validFrom, validTo }
  // Another content under the same id would change what an old explanation says: withdraw it first, with the reason.
  if (state.parameters.has(id)) return { code: "PARAMETER_DIFFERS", id }
  for (const other of state.parameters.values())
    if (contradicts(other, parameter)) return { code: "PARAMETER_OVERLAPS", id, other: other.id }
  return null
}

const fields = [
  "family",
  "region",
  "key",
  "validFrom",
  "validTo",
  "value",
  "unit",
  "document",
  "source",
  "confidence",
] as const satisfies readonly (keyof PublishedParameter)[]
const isSame = (a: PublishedParameter | undefined, b: PublishedParameter): boolean =>
  a !== undefined && fields.every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]))

/** Publishes all or, when one is refused, none. What is published already adds nothing. */
export const publishParameters =
  (parameters: readonly PublishedParameter[]) =>
  (state: Policy): Decision<PolicyRefusal, PolicyEvent> => {
    const events: PolicyEvent[] = []
    const known = new Map(state.parameters)
    for (const parameter of parameters) {
      if (isSame(known.get(parameter.id), parameter)) continue
      const refusal = refusalOf({ ...state, parameters: known }, parameter)
      if (refusal !== null) return left(refusal)
      known.set(parameter.id, parameter)
      events.push({ type: "ParameterPublished", ...parameter })
    }
    return right(events)
  }

/** Takes back what should never have been published; a correct one may be published under the same id afterwards. */
export const withdrawParameter =
  (id: string, reason: string) =>
  (state: Policy): Decision<PolicyRefusal, PolicyEvent> => {
    if (state.parameters.has(id)) return right([{ type: "ParameterWithdrawn", id, reason }])
    return state.withdrawn.has(id) ? right([]) : left({ code: "PARAMETER_UNKNOWN", id })
  }
