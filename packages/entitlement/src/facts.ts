/** A person's recorded events, decoded, by stream: what every explanation points at. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { refundElsewhere, type RelationFacts, relationFacts } from "./relation-facts.js"

export type FactEvent<T extends LedgerEvent = LedgerEvent> = {
  readonly id: string
  readonly stream: StreamName
  readonly revision: number
  /** Store's clock, ms since 1970. */
  readonly recordedAt: number
  readonly event: T
}

export type Facts = {
  readonly person: PersonKey
  /** Each in order of revision. */
  readonly streams: ReadonlyMap<StreamName, readonly FactEvent[]>
  /** By `{province}_{scheme}`. */
  readonly relations: ReadonlyMap<string, RelationFacts>
}

/** An event nobody can read: then no number of the person is explained. */
export type Unreadable = { readonly unreadable: { readonly stream: string; readonly revision: number; readonly cause: string } }

/**
 * @param records every event of every stream of the person, in any order across streams (`factsOf` in packages/record reads them)
 */
export const factsFrom = (person: PersonKey, records: Iterable<RecordedEvent>): Facts | Unreadable => {
  const streams = new Map<StreamName, FactEvent[]>()
  for (const record of records) {
    const decoded = decodeEvent(record)
    const { id, stream, revision, recordedAt } = record
    if (!decoded.ok) return { unreadable: { stream, revision, cause: decoded.cause } }
    const fact: FactEvent = { id, stream, revision, recordedAt, event: decoded.event }
    const known = streams.get(stream)
    if (known === undefined) streams.set(stream, [fact])
    else known.push(fact)
  }
  const relations = new Map<string, RelationFacts>()
  for (const [stream, events] of streams) {
    events.sort((a, b) => a.revision - b.revision)
    const relation = relationFacts(stream, events)
    if (relation !== null) relations.set(`${relation.province}_${relation.scheme}`, relation)
  }
  refundElsewhere(relations)
  return { person, streams, relations: new Map([...relations].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

export const isUnreadable = (facts: Facts | Unreadable): facts is Unreadable => "unreadable" in facts

/** Events of one type of a stream, newest last. */
export const eventsOf = <T extends LedgerEvent["type"]>(
  facts: Facts,
  stream: string,
  ...types: readonly T[]
): readonly FactEvent<Extract<LedgerEvent, { type: T }>>[] =>
  (facts.streams.get(stream as StreamName) ?? []).filter((fact): fact is FactEvent<Extract<LedgerEvent, { type: T }>> =>
    (types as readonly string[]).includes(fact.event.type),
  )

/** The events as the checker reads them: newest version, type without its number, data without the type. */
export type EvidenceEvent = {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly recordedAt: number
  readonly data: Readonly<Record<string, unknown>>
}
export const evidenceOf = (facts: Facts): EvidenceEvent[] =>
  [...facts.streams.values()].flat().map(({ id, stream, revision, recordedAt, event }) => {
    const { type, ...data } = event
    return { id, type, stream, revision, recordedAt, data }
  })
