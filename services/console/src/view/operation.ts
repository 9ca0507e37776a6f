/** What the operator's page computes from the services' answers. */
import type { paths as DuplicatesPaths } from "../generated/duplicates.js"
import type { paths as ProjectorPaths } from "../generated/projector.js"
import type { paths as RelayPaths } from "../generated/relay.js"

export type Status = RelayPaths["/relay/status"]["get"]["responses"][200]["content"]["application/json"]
export type StoppedPerson =
  DuplicatesPaths["/duplicates/stopped"]["get"]["responses"][200]["content"]["application/json"]["stopped"][number]
export type SetAside =
  ProjectorPaths["/projector/quarantine"]["get"]["responses"][200]["content"]["application/json"]["quarantined"][number]

/** In the order a fact goes through them. */
export const services = ["intake", "relay", "projector", "duplicates", "transfer", "national", "audit"] as const
export type Service = (typeof services)[number]

/** A fact that waits for an operator, wherever it was parked. */
export type ParkedFact = {
  readonly service: "duplicates" | "transfer" | "projector"
  readonly key: string
  readonly cause: string
  readonly since: number
  readonly attempts: number
  /** The one that failed and those behind it; null where nobody counts. */
  readonly messages: number | null
  readonly type: string | null
  readonly stream: string | null
  readonly revision: number | null
}

export const parkedAt = (service: "duplicates" | "transfer", stopped: readonly StoppedPerson[]): ParkedFact[] =>
  stopped.map(({ key, cause, since, attempts, messages, type, stream, revision }) => ({
    service,
    key,
    cause,
    since,
    attempts,
    messages,
    type,
    stream,
    revision,
  }))

export const setAside = (quarantined: readonly SetAside[]): ParkedFact[] =>
  quarantined.map(({ person, cause, since, attempts, stream, revision }) => ({
    service: "projector",
    key: person,
    cause,
    since,
    attempts,
    messages: null,
    type: null,
    stream,
    revision,
  }))

/** Longest first: who waits longest is looked at first. */
export const inOrder = (parked: readonly ParkedFact[]): ParkedFact[] => parked.toSorted((a, b) => a.since - b.since)

/** The largest lag of the service's parts; null where nothing follows anything. */
export const lagOf = ({ checks }: Status): { readonly seconds: number; readonly events: number | null } | null => {
  const lags = checks.filter(({ lag_seconds }) => lag_seconds !== undefined)
  if (lags.length === 0) return null
  const events = lags.flatMap(({ lag_events }) => (lag_events === undefined ? [] : [lag_events]))
  return {
    seconds: Math.max(...lags.map(({ lag_seconds = 0 }) => lag_seconds)),
    events: events.length === 0 ? null : Math.max(...events),
  }
}

/** What a service does most: the flow its speed is told by. */
export const mainFlow = ({ service, flows }: Status): Status["flows"][number] | null => {
  const order = {
    intake: ["appended"],
    relay: ["published", "followed"],
    projector: ["followed"],
    duplicates: ["handled"],
    transfer: ["handled"],
    national: ["appended"],
    audit: ["followed"],
  }[service as Service]
  for (const name of order ?? []) {
    const found = flows.find((flow) => flow.name === name)
    if (found !== undefined) return found
  }
  return null
}

/** Points of a sparkline `width` x `height`: the newest at the right edge, the highest at the top. */
export const sparkline = (values: readonly number[], width: number, height: number): string => {
  const top = Math.max(1, ...values)
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return values.map((value, i) => `${(i * step).toFixed(1)},${(height - (value / top) * height).toFixed(1)}`).join(" ")
}
