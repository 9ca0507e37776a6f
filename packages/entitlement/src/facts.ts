/** A person's recorded events, decoded, by stream: what every explanation points at. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { factsHolding } from "@tongzhang/record/valid"
import { refundElsewhere, type RelationFacts, relationFacts } from "./relation-facts.js"

export type FactEvent<T extends LedgerEvent = LedgerEvent> = {
  readonly id: string
  readonly stream: StreamName
  readonly revision: number
  /** Store's clock, ms since 1970. */
  readonly recordedAt: number
  /** Month its metadata names, where they name one. */
  readonly validFrom?: YearMonth
  readonly event: T
}

export type Facts = {
  readonly person: PersonKey
  /** Month the numbers are about; null: everything known. */
  readonly validAt: YearMonth | null
  /** Those that hold at that month, each stream in order of revision. */
  readonly streams: ReadonlyMap<StreamName, readonly FactEvent[]>
  /** All that were known. */
  readonly known: ReadonlyMap<StreamName, readonly FactEvent[]>
  /** By `{province}_{scheme}`. */
  readonly relations: ReadonlyMap<string, RelationFacts>
}

/** An event nobody can read: then no number of the person is explained. */
export type Unreadable = { readonly unreadable: { readonly stream: string; readonly revision: number; readonly cause: string } }

const monthNamed = ({ metadata }: RecordedEvent): Pick<FactEvent, "validFrom"> => {
  try {
    const { validFrom } = decodeMetadata(metadata)
    return validFrom === undefined ? {} : { validFrom }
  } catch {
    return {}
  }
}

const byStream = (facts: readonly FactEvent[]): Map<StreamName, FactEvent[]> => {
  const streams = new Map<StreamName, FactEvent[]>()
  for (const fact of facts) {
    const stream = streams.get(fact.stream)
    if (stream === undefined) streams.set(fact.stream, [fact])
    else stream.push(fact)
  }
  for (const stream of streams.values()) stream.sort((a, b) => a.revision - b.revision)
  return streams
}

/**
 * @param records every event of every stream of the person, in the order of the log (`personFacts` in packages/record reads them)
 * @param validAt only those that hold at this month make the numbers, as in the record of that month (`replayValid`); null: all
 */
export const factsFrom = (
  person: PersonKey,
  records: readonly RecordedEvent[],
  validAt: YearMonth | null = null,
): Facts | Unreadable => {
  const all: FactEvent[] = []
  for (const record of records) {
    const decoded = decodeEvent(record)
    const { id, stream, revision, recordedAt } = record
    if (!decoded.ok) return { unreadable: { stream, revision, cause: decoded.cause } }
    all.push({ id, stream, revision, recordedAt, ...monthNamed(record), event: decoded.event })
  }
  const known = byStream(all)
  const holding = validAt === null ? null : new Set(factsHolding(records, validAt).map(({ id }) => id))
  const streams = holding === null ? known : byStream(all.filter(({ id }) => holding.has(id)))
  const relations = new Map<string, RelationFacts>()
  for (const [stream, events] of streams) {
    const relation = relationFacts(stream, events)
    if (relation !== null) relations.set(`${relation.province}_${relation.scheme}`, relation)
  }
  refundElsewhere(relations)
  return { person, validAt, streams, known, relations: new Map([...relations].sort(([a], [b]) => (a < b ? -1 : 1))) }
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
  readonly validFrom?: YearMonth
  readonly data: Readonly<Record<string, unknown>>
}
export const evidenceOf = (facts: Facts): EvidenceEvent[] =>
  [...facts.known.values()].flat().map(({ event, ...fact }) => {
    const { type, ...data } = event
    return { ...fact, type, data }
  })
