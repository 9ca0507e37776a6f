/**
 * Who saw whose record, when and why (I10, N13): one event per read in the person's `Access-` stream, durable before the reader is
 * answered (ADR 11). In the ledger nobody can take it out again without the proof log saying so; the record does not fold it.
 */
import { randomUUID } from "node:crypto"
import { decodeEvent, encodeEvent, encodeMetadata, eventIdOf } from "@tongzhang/contracts/codec"
import { type AccessEvent, streamOf } from "@tongzhang/domain/access"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { type EventStore, type NewEvent, noStream } from "@tongzhang/event-store/port"
import type { Caller, CallerKind, Purpose } from "@tongzhang/service-kit/caller"

export type AccessEntry = {
  readonly person: PersonKey
  readonly caller: Caller
  readonly purpose: Purpose
  /** What was read: `record`, `record, revealed`, `events` … */
  readonly what: string
  /** ms since 1970; the store's own clock is what the list shows */
  readonly at: number
}

export type AccessLine = {
  /** Revision in the person's list. */
  readonly id: number
  /** Of the fact in the ledger: `tongzhang proof event` gives a receipt for it. */
  readonly event: string
  readonly position: string
  readonly caller: { readonly kind: CallerKind; readonly id: string; readonly province: string | null }
  readonly purpose: string
  readonly what: string
  /** ISO 8601, UTC */
  readonly at: string
}

export type AccessLog = {
  /** Durable when it resolves: answer the reader only then. Throws when it cannot be written: then nothing may be answered. */
  readonly append: (entry: AccessEntry) => Promise<void>
  /** Newest first; `before` is the id of the last line of the page before. */
  readonly list: (person: PersonKey, page: { readonly limit: number; readonly before?: number }) => Promise<readonly AccessLine[]>
}

export const accessLimits = {
  /** Other readers of the same person may come first; each attempt loses to one of them. */
  attempts_max: 100,
  /** Last revisions remembered: a wrong one costs one attempt. */
  streams_remembered_max: 50_000,
} as const

const encode = ({ caller, purpose, what, person }: AccessEntry, readId: string): NewEvent => {
  const province = caller.kind === "agency" ? caller.province : null
  const event: AccessEvent = { type: "RecordRead", reader: { kind: caller.kind, id: caller.id, province }, purpose, what }
  const metadata = encodeMetadata({
    actor: { kind: caller.kind, id: caller.id, ...(province === null ? {} : { province }) },
    channel: "api",
    purpose,
    commandId: readId,
    correlationId: readId,
  })
  return encodeEvent(eventIdOf(`${streamOf(person)}|${readId}`), event, metadata)
}

const lastRevision = async (store: EventStore, stream: StreamName): Promise<number> =>
  (await store.readStream(stream, { direction: "backwards", max: 1 }))[0]?.revision ?? noStream

/** @param newId unique per read: two reads by the same person are two facts */
export const openAccessLog = (store: EventStore, newId: () => string = randomUUID): AccessLog => {
  const last = new Map<StreamName, number>()
  const remember = (stream: StreamName, revision: number): void => {
    if (last.size >= accessLimits.streams_remembered_max) last.clear()
    last.set(stream, revision)
  }
  const write = async (stream: StreamName, entry: AccessEntry): Promise<void> => {
    const event = encode(entry, newId())
    let expected = last.get(stream) ?? (await lastRevision(store, stream))
    for (let attempt = 0; attempt < accessLimits.attempts_max; attempt++) {
      const outcome = await store.append(stream, expected, [event])
      if (outcome.kind === "appended" || outcome.kind === "already_there") return remember(stream, outcome.revision)
      // After an unknown outcome the same id at the same revision is answered with already_there, or the stream has moved on: then
      // the read may stand in the list twice, which tells nothing wrong about who saw what.
      if (outcome.kind === "conflict") expected = outcome.actual
    }
    throw new Error("the read could not be entered in the list of readers")
  }
  /** Of one person, one after the other: at once they would only take the revision from each other. */
  const tails = new Map<StreamName, Promise<void>>()
  const append = async (entry: AccessEntry): Promise<void> => {
    const stream = streamOf(entry.person)
    const before = tails.get(stream) ?? Promise.resolve()
    const mine = before.then(() => write(stream, entry))
    // The one behind goes on whatever becomes of this one.
    const tail = mine.catch(() => undefined)
    tails.set(stream, tail)
    try {
      await mine
    } finally {
      if (tails.get(stream) === tail) tails.delete(stream)
    }
  }
  const list: AccessLog["list"] = async (person, { limit, before }) => {
    if (before !== undefined && before <= 0) return []
    const from = before === undefined ? {} : { from: before - 1 }
    const events = await store.readStream(streamOf(person), { direction: "backwards", max: limit, ...from })
    return events.flatMap((record): AccessLine[] => {
      const decoded = decodeEvent(record)
      if (!decoded.ok || decoded.event.type !== "RecordRead") return []
      const { reader, purpose, what } = decoded.event
      const at = new Date(record.recordedAt).toISOString()
      return [{ id: record.revision, event: record.id, position: record.position, caller: reader, purpose, what, at }]
    })
  }
  return { append, list }
}
