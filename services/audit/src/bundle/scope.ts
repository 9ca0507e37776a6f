/** Which events belong into a bundle: a person's, a case's, or those a province recorded in a month; and the parameters they used. */
import { decodeMetadata } from "@tongzhang/contracts/codec"
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import { isPersonKey, type PersonKey } from "@tongzhang/domain/ids"
import { streamOf as policyStream } from "@tongzhang/domain/policy"
import { parseStreamName, personOf, type StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { BundleScope } from "@tongzhang/proof/bundle/format"
import { streamFacts } from "../facts.js"
import { type HistoryDeps, recordsOf } from "../history.js"

export type Scoped = {
  readonly scope: BundleScope
  readonly events: readonly RecordedEvent[]
  /** Published parameters of the places concerned, whole streams. */
  readonly policies: readonly RecordedEvent[]
}

/** A month of a large province: more than this is several bundles. */
export const bundleLimits = { events_max: 200_000, page_events: 2_000 } as const

const beijing_ms = 8 * 3_600_000
const monthOf = (at_ms: number): string => new Date(at_ms + beijing_ms).toISOString().slice(0, 7)

const whole = async (store: EventStore, stream: StreamName): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for await (const event of streamFacts(store, stream)) events.push(event)
  return events
}
const inOrder = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  events.toSorted((a, b) => (a.position < b.position ? -1 : 1))

const policiesFor = async (store: EventStore, events: readonly RecordedEvent[]): Promise<RecordedEvent[]> => {
  const provinces = new Set<ProvinceCode>()
  for (const { stream } of events) {
    const [first = ""] = parseStreamName(stream)?.parts ?? []
    if (isProvince(first)) provinces.add(first)
  }
  const streams = [null, ...provinces].map(policyStream)
  return inOrder((await Promise.all(streams.map((stream) => whole(store, stream)))).flat())
}

const correlationOf = ({ metadata }: RecordedEvent): string | null => {
  try {
    return decodeMetadata(metadata).correlationId
  } catch {
    return null
  }
}

/** Every stream that an act of the case has touched, each from its beginning. */
const caseEvents = async (deps: HistoryDeps, stream: StreamName): Promise<RecordedEvent[]> => {
  const own = await whole(deps.store, stream)
  const acts = new Set(own.map(correlationOf).filter((act) => act !== null))
  const person = personOf(stream)
  const around = person !== null && isPersonKey(person) ? await recordsOf(deps, person, {}) : []
  const touched = new Set([
    stream,
    ...around.filter((event) => acts.has(correlationOf(event) ?? "")).map((event) => event.stream),
  ])
  return inOrder((await Promise.all([...touched].map((one) => whole(deps.store, one)))).flat())
}

const monthEvents = async (store: EventStore, province: ProvinceCode, month: string): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  let after: Position | null = null
  for (let atEnd = false; !atEnd && events.length <= bundleLimits.events_max;) {
    const page = await store.readAll({
      after,
      max: bundleLimits.page_events,
      prefixes: [`Enrollment-${province}_`, `Feed-${province}_`],
    })
    events.push(...page.events.filter(({ recordedAt }) => monthOf(recordedAt) === month))
    // Recorded times only grow along the log, clock corrections of minutes aside.
    const last = page.events.at(-1)
    after = page.next
    atEnd = page.atEnd || (last !== undefined && monthOf(last.recordedAt - 86_400_000) > month)
  }
  return events
}

/** Null when nothing is there. Throws nothing for wrong names: they hold nothing. */
export const scopeOf = async (deps: HistoryDeps, scope: BundleScope): Promise<Scoped | null> => {
  const { store } = deps
  const events = await (async (): Promise<readonly RecordedEvent[]> => {
    if (scope.kind === "person") return recordsOf(deps, scope.of as PersonKey, {})
    if (scope.kind === "case") return caseEvents(deps, scope.of as StreamName)
    const [province = "", month = ""] = scope.of.split(" ")
    return isProvince(province) ? monthEvents(store, province, month) : []
  })()
  return events.length === 0 ? null : { scope, events, policies: await policiesFor(store, events) }
}
