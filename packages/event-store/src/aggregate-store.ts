/**
 * Load, decide, append: the one way an aggregate changes. Every append names the revision it was decided on; a conflict reloads
 * only the tail and decides again; an unknown outcome is resolved by reading, never by hoping.
 */
import type { Metadata } from "@tongzhang/contracts/envelope"
import { decodeEvent, encodeEvent, encodeMetadata, eventIdFor } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { Aggregate, Decision } from "@tongzhang/domain/decider"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { type Either, isLeft, right } from "fp-ts/lib/Either.js"
import { LRUCache } from "lru-cache"
import { type AppendOutcome, type EventStore, type NewEvent, noStream, type Position, type RecordedEvent } from "./port.js"

export type Loaded<State> = { readonly state: State; readonly revision: number }

export type Executed<State, Event> = {
  readonly events: readonly Event[]
  readonly state: State
  readonly revision: number
  /** Null when nothing had to be written. */
  readonly position: Position | null
}

/** Thrown when the store kept refusing or never answered; the command may be sent again unchanged. */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable"
}
/** Thrown when a stream holds an event nobody can read: that stream stops, and an operator must look. */
export class UnreadableStream extends Error {
  override name = "UnreadableStream"
}

export type AggregateStoreOptions = {
  /** Aggregates kept in memory between commands; a cached one is only a head start, the append checks its revision. */
  readonly cached_max?: number
  readonly tries_max?: number
  readonly page?: number
}

type Folding<State, Event> = Aggregate<State, Event> & { readonly fold?: (events: Iterable<Event>, from?: State) => State }

export type AggregateStore = {
  readonly load: <State, Event extends LedgerEvent>(
    aggregate: Folding<State, Event>,
    stream: StreamName,
  ) => Promise<Loaded<State>>
  /**
   * Runs one decision on one stream.
   * @param metadata its `commandId` makes the event ids, so the same command writes the same events
   */
  readonly execute: <State, Event extends LedgerEvent, Refusal>(
    aggregate: Folding<State, Event>,
    stream: StreamName,
    decide: (state: State) => Decision<Refusal, Event>,
    metadata: Metadata,
  ) => Promise<Either<Refusal, Executed<State, Event>>>
}

const foldInto = <State, Event>(aggregate: Folding<State, Event>, from: State, events: readonly Event[]): State => {
  if (aggregate.fold !== undefined) return aggregate.fold(events, from)
  let state = from
  for (const event of events) state = aggregate.evolve(state, event)
  return state
}

const decodeAll = (records: readonly RecordedEvent[]): LedgerEvent[] =>
  records.map((record) => {
    const decoded = decodeEvent(record)
    if (!decoded.ok) throw new UnreadableStream(`${record.stream} revision ${record.revision}: ${decoded.cause}`)
    return decoded.event
  })

export const openAggregateStore = (store: EventStore, options: AggregateStoreOptions = {}): AggregateStore => {
  const { cached_max = 20_000, tries_max = 5, page = 500 } = options
  const cache = new LRUCache<StreamName, Loaded<unknown>>({ max: cached_max })

  const readFrom = async <State, Event extends LedgerEvent>(
    aggregate: Folding<State, Event>,
    stream: StreamName,
    start: Loaded<State>,
  ): Promise<Loaded<State>> => {
    let { state, revision } = start
    for (;;) {
      const records = await store.readStream(stream, { direction: "forwards", from: revision + 1, max: page })
      const tail = records.at(-1)
      if (tail === undefined) break
      state = foldInto(aggregate, state, decodeAll(records) as Event[])
      revision = tail.revision
      if (records.length < page) break
    }
    const loaded = { state, revision }
    cache.set(stream, loaded)
    return loaded
  }

  const fresh = <State, Event>(aggregate: Folding<State, Event>): Loaded<State> => ({
    state: aggregate.initial,
    revision: noStream,
  })

  /** What an unknown append did: read where it would stand and compare ids. */
  const settle = async (stream: StreamName, expected: number, events: readonly NewEvent[]): Promise<AppendOutcome> => {
    const standing = await store.readStream(stream, { direction: "forwards", from: expected + 1, max: events.length })
    const written = standing.length === events.length && events.every((event, i) => event.id === standing[i]?.id)
    const last = standing.at(-1)
    if (written && last !== undefined) return { kind: "already_there", revision: last.revision, position: last.position }
    return last === undefined ? { kind: "unknown", cause: "not written yet" } : { kind: "conflict", actual: last.revision }
  }

  const append = async (stream: StreamName, expected: number, events: readonly NewEvent[]): Promise<AppendOutcome> => {
    let outcome = await store.append(stream, expected, events)
    for (let again = 0; outcome.kind === "unknown" && again < tries_max; again++) {
      const settled = await settle(stream, expected, events)
      outcome = settled.kind === "unknown" ? await store.append(stream, expected, events) : settled
    }
    return outcome
  }

  return {
    load: async (aggregate, stream) =>
      readFrom(aggregate, stream, (cache.get(stream) as Loaded<never> | undefined) ?? fresh(aggregate)),
    execute: async (aggregate, stream, decide, metadata) => {
      type State = typeof aggregate.initial
      const known = cache.get(stream) as Loaded<State> | undefined
      let loaded = known ?? (await readFrom(aggregate, stream, fresh(aggregate)))
      for (let attempt = 0; attempt < tries_max; attempt++) {
        const decision = decide(loaded.state)
        // A cached state may be behind: before saying no or "nothing to do", look at the stream's tail.
        if (isLeft(decision) || decision.right.length === 0) {
          const current = await readFrom(aggregate, stream, loaded)
          if (current.revision !== loaded.revision) {
            loaded = current
            continue
          }
          return isLeft(decision) ? decision : right({ events: [], ...loaded, position: null })
        }
        const bytes = encodeMetadata(metadata)
        const encoded = decision.right.map((event, i) => encodeEvent(eventIdFor(stream, metadata.commandId, i), event, bytes))
        const outcome = await append(stream, loaded.revision, encoded)
        if (outcome.kind === "appended" || outcome.kind === "already_there") {
          const revision = loaded.revision + encoded.length
          const state = foldInto(aggregate, loaded.state, decision.right)
          cache.set(stream, { state, revision })
          return right({ events: decision.right, state, revision, position: outcome.position })
        }
        if (outcome.kind === "unknown") {
          cache.delete(stream)
          throw new StoreUnavailable(`${stream}: ${outcome.cause}`)
        }
        loaded = await readFrom(aggregate, stream, loaded.revision <= outcome.actual ? loaded : fresh(aggregate))
      }
      throw new StoreUnavailable(`${stream}: still in conflict after ${tries_max} tries`)
    },
  }
}
