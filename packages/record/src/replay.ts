/** One person straight from the facts, up to any moment the ledger has known: as-of reads, release from quarantine, audit. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import { provinceCodes, schemeCodes } from "@tongzhang/domain/codes"
import { streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import { streamOf as benefitStream } from "@tongzhang/domain/benefit"
import type { LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import { type OverlapFamily, streamOf as overlapStream } from "@tongzhang/domain/overlap"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { streamOf as transferStream } from "@tongzhang/domain/transfer"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { findLine } from "./fold-enrollment.js"
import { applyFact, brokenInvariant, type Fact, type FoldOutcome } from "./fold.js"
import { type KeptLine, newState, type PersonState } from "./person-state.js"

const overlapFamilies: readonly OverlapFamily[] = ["pension", "medical", "unemployment", "benefit"]
const page = 1_000

/** Every stream a person can have, transfers aside: those have a serial of their own. */
export const candidateStreams = (person: PersonKey): StreamName[] => [
  personStream(person),
  ...provinceCodes.flatMap((province) => schemeCodes.map((scheme) => enrollmentStream({ province, scheme, person }))),
  ...overlapFamilies.map((family) => overlapStream(person, family)),
  ...schemeCodes.map((scheme) => benefitStream(person, scheme)),
]

const readWhole = async (store: EventStore, stream: StreamName): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for (;;) {
    const more = await store.readStream(stream, { direction: "forwards", from: events.length, max: page })
    events.push(...more)
    if (more.length < page) return events
  }
}

export type ReplayOptions = {
  /** Only facts the store had recorded by then, ms since 1970. */
  readonly knownAt?: number
  /** Only facts up to and including this position. */
  readonly upTo?: Position
  /** Transfers to look at, besides those that the person's relations name. */
  readonly transferIds?: readonly TransferId[]
  /** Streams to read, where it is known which there are (`streamsOf` in person-streams.ts); default: every one there can be. */
  readonly streams?: readonly StreamName[]
}

const known = (event: RecordedEvent, { knownAt, upTo }: ReplayOptions): boolean =>
  (knownAt === undefined || event.recordedAt <= knownAt) && (upTo === undefined || event.position <= upTo)

const transfersNamed = (records: readonly RecordedEvent[], given: readonly TransferId[]): StreamName[] => {
  const ids = new Set<TransferId>(given)
  for (const record of records) {
    if (!record.type.startsWith("Transferred")) continue
    const decoded = decodeEvent(record)
    if (decoded.ok && "transferId" in decoded.event) ids.add(decoded.event.transferId)
  }
  return [...ids].map(transferStream)
}

/** Every fact about a person, in the order of the log. */
export const factsOf = async (
  store: EventStore,
  person: PersonKey,
  options: ReplayOptions = {},
): Promise<readonly RecordedEvent[]> => {
  const streams = options.streams ?? candidateStreams(person)
  const own = (await Promise.all(streams.map((stream) => readWhole(store, stream)))).flat()
  const transfers = transfersNamed(own, options.transferIds ?? []).filter((stream) => !streams.includes(stream))
  const all = [...own, ...(await Promise.all(transfers.map((stream) => readWhole(store, stream)))).flat()]
  return all.filter((event) => known(event, options)).sort((a, b) => (a.position < b.position ? -1 : 1))
}

export type ReplayProblem = { readonly stream: StreamName; readonly revision: number; readonly cause: string }
export type Replayed = {
  readonly state: PersonState
  /** Null when every fact could be folded. Otherwise the first that could not, or after which an invariant was broken; the rest is left. */
  readonly problem: ReplayProblem | null
}

/** In words; null when the fact was folded. */
export const problemOf = (outcome: FoldOutcome): string | null => {
  switch (outcome.kind) {
    case "applied":
    case "seen":
      return null
    case "gap":
      return `revision ${outcome.got} came where ${outcome.expected} was next`
    case "line_needed":
      return `line ${outcome.line} is not in memory`
    case "broken":
      return outcome.cause
  }
}

/** Decodes and folds one recorded event; an unreadable one is an outcome like the others. */
export const applyRecord = (state: PersonState, record: RecordedEvent, line?: KeptLine | null): FoldOutcome => {
  const decoded = decodeEvent(record)
  if (!decoded.ok) return { kind: "broken", cause: decoded.cause }
  const fact: Fact = {
    stream: record.stream,
    revision: record.revision,
    event: decoded.event,
    recordedAt: record.recordedAt,
    position: record.position,
  }
  return applyFact(state, fact, line)
}

/** Folds records given in the order of the log, with every line kept. */
export const replayRecords = (person: PersonKey, records: Iterable<RecordedEvent>): Replayed => {
  const state = newState(person, Number.POSITIVE_INFINITY)
  for (const record of records) {
    const cause = problemOf(applyRecord(state, record)) ?? brokenInvariant(state)
    if (cause !== null) return { state, problem: { stream: record.stream, revision: record.revision, cause } }
  }
  return { state, problem: null }
}

/** The person as known then; an empty state (no events) when nothing was. */
export const replayPerson = async (store: EventStore, person: PersonKey, options: ReplayOptions = {}): Promise<Replayed> =>
  replayRecords(person, await factsOf(store, person, options))

/** A line as it stands before `revision`, from its stream; null when the stream does not hold it. */
export const lineOf = async (
  store: EventStore,
  person: PersonKey,
  stream: StreamName,
  line: LineId,
  revision: number,
): Promise<KeptLine | null> => {
  const before = (await readWhole(store, stream)).filter((event) => event.revision < revision)
  const { state } = replayRecords(person, before)
  for (const relation of state.relations.values()) {
    const found = findLine(relation, line)
    if (found !== null) return found
  }
  return null
}
