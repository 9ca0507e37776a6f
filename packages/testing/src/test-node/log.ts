/**
 * The test node's log: EventStoreDB's append, delete and read rules over memory. It is a test double: nothing is flushed or
 * replicated, and with a journal (see `journal.ts`) it is as durable as the store behind the journal, no more.
 */
import {
  type AppendResult,
  type DeleteResult,
  type Expected,
  isMetadataStream,
  json,
  type LogRecord,
  metadataStreamOf,
  type ProposedEvent,
  tombstoneRevision,
} from "./record.js"
import { firstVisible, parseMetadata, type StreamMetadata, type StreamState } from "./visibility.js"

/** Ids remembered for `any` and `stream_exists`; the server remembers 8 MiB of them, and none after a restart. */
const recentIds_max = 50_000
/** A record's place in the log also grows by its header, so that positions have gaps as the server's have. */
const header_bytes = 64

export type NodeLog = {
  readonly append: (stream: string, expected: Expected, events: readonly ProposedEvent[]) => AppendResult
  readonly softDelete: (stream: string, expected: Expected) => DeleteResult
  readonly tombstone: (stream: string, expected: Expected) => DeleteResult
  /** Records a reader of the stream is shown; null when it does not exist or is soft-deleted. */
  readonly visible: (stream: string) => { readonly records: readonly LogRecord[]; readonly first: number } | null
  readonly isTombstoned: (stream: string) => boolean
  /** The whole log in order. */
  readonly all: readonly LogRecord[]
  /** Index in `all` of the first record at or after the position. */
  readonly indexAt: (position: number) => number
  /** Calls back after each write until the returned function is called. */
  readonly onWrite: (listener: () => void) => () => void
  /** Puts a record at the end without asking: for one that a journal holds. */
  readonly restore: (record: Omit<LogRecord, "position">) => void
  /** Null when everything written may be answered now; otherwise when it may. Rejects when the journal broke. */
  readonly settled: () => Promise<void> | null
  /** What a server forgets when it restarts. */
  readonly forgetRecentIds: () => void
}

const emptyState = (): StreamState => ({ records: [], tombstone: null })
const sizeOf = (event: ProposedEvent): number => header_bytes + event.data.length + event.customMetadata.length
const revisionOf = (state: StreamState): bigint => BigInt(state.records.length - 1)
const currentOf = (state: StreamState): bigint | null => (state.records.length === 0 ? null : revisionOf(state))

export const createLog = (now: () => number): NodeLog => {
  const all: LogRecord[] = []
  const streams = new Map<string, StreamState>()
  const recent = new Map<string, LogRecord>()
  const listeners = new Set<() => void>()
  let end = 0

  const stateOf = (stream: string): StreamState => streams.get(stream) ?? emptyState()
  const metadataOf = (stream: string): StreamMetadata =>
    parseMetadata(isMetadataStream(stream) ? undefined : streams.get(metadataStreamOf(stream))?.records.at(-1))
  const isTombstoned = (stream: string): boolean =>
    stateOf(stream).tombstone !== null || (isMetadataStream(stream) && stateOf(stream.slice(2)).tombstone !== null)

  const place = (record: Omit<LogRecord, "position">): LogRecord => {
    const placed = { ...record, position: end }
    end += sizeOf(record)
    all.push(placed)
    const state = streams.get(record.stream) ?? emptyState()
    streams.set(record.stream, state)
    if (record.revision === tombstoneRevision) state.tombstone = placed
    else state.records.push(placed)
    return placed
  }

  const write = (stream: string, events: readonly ProposedEvent[], revision?: bigint): LogRecord | undefined => {
    const createdTicks = BigInt(Math.floor(now() * 1_000)) * 10n
    let last: LogRecord | undefined
    for (const event of events) {
      const contentType = event.contentType === json ? json : "application/octet-stream"
      const next = revision ?? BigInt(streams.get(stream)?.records.length ?? 0)
      last = place({ ...event, contentType, stream, revision: next, createdTicks })
      recent.set(event.id, last)
      if (recent.size > recentIds_max) recent.delete(recent.keys().next().value ?? "")
    }
    for (const listener of listeners) listener()
    return last
  }

  const writeMetadata = (stream: string, text: string): LogRecord | undefined =>
    write(metadataStreamOf(stream), [
      {
        id: crypto.randomUUID(),
        type: "$metadata",
        contentType: json,
        data: Buffer.from(text),
        customMetadata: new Uint8Array(),
      },
    ])

  /** The first append after a soft delete moves `$tb` to where the new events begin. */
  const undelete = (stream: string): void => {
    if (metadataOf(stream).softDeleted) writeMetadata(stream, `{"$tb":${stateOf(stream).records.length}}`)
  }

  /** Metadata written to a soft-deleted stream undeletes it, and the old events stay hidden. */
  const keepTruncated = (owner: string, written: LogRecord): void => {
    try {
      const metadata = JSON.parse(Buffer.from(written.data).toString("utf8")) as Readonly<Record<string, unknown>>
      writeMetadata(owner, JSON.stringify({ ...metadata, $tb: stateOf(owner).records.length }))
    } catch {
      writeMetadata(owner, `{"$tb":${stateOf(owner).records.length}}`)
    }
  }

  const idempotent = (found: readonly (LogRecord | undefined)[], state: StreamState): AppendResult => {
    const last = found.at(-1)
    return { kind: "idempotent", revision: last?.revision ?? revisionOf(state), position: last?.position ?? null }
  }

  /** `any` and `stream_exists`: recognised only while the ids are remembered. */
  const checkLoosely = (stream: string, state: StreamState, events: readonly ProposedEvent[]): AppendResult | null => {
    const known = events.map(({ id }) => recent.get(id)).map((record) => (record?.stream === stream ? record : undefined))
    if (events.length === 0 || known[0] === undefined) return null
    return known.every((record) => record !== undefined) ? idempotent(known, state) : wrong(state)
  }

  /** An explicit revision: recognised by the events that stand there, however old. */
  const checkStrictly = (state: StreamState, expected: bigint, events: readonly ProposedEvent[]): AppendResult => {
    const from = Number(expected) + 1
    const standing = state.records.slice(from, from + events.length)
    const same = standing.length === events.length && events.every(({ id }, index) => standing[index]?.id === id)
    return same && events.length > 0 ? idempotent(standing, state) : wrong(state)
  }
  const wrong = (state: StreamState): AppendResult => ({ kind: "wrong_version", current: currentOf(state) })

  /** Null = write. */
  const check = (stream: string, expected: Expected, events: readonly ProposedEvent[]): AppendResult | null => {
    if (isTombstoned(stream)) return { kind: "stream_deleted" }
    const state = stateOf(stream)
    const { softDeleted } = metadataOf(stream)
    if (expected === "any") return checkLoosely(stream, state, events)
    if (expected === "stream_exists") {
      if (softDeleted) return { kind: "stream_deleted" }
      const exists = state.records.length > 0 || stateOf(metadataStreamOf(stream)).records.length > 0
      return exists ? checkLoosely(stream, state, events) : wrong(state)
    }
    const revision = expected === "no_stream" ? -1n : expected
    if (revision === revisionOf(state)) return null
    if (revision > revisionOf(state)) return wrong(state)
    const result = checkStrictly(state, revision, events)
    return result.kind === "wrong_version" && expected === "no_stream" && softDeleted ? null : result
  }

  const checkDelete = (stream: string, expected: Expected): DeleteResult | null => {
    const result = check(stream, expected, [])
    if (result === null) return null
    return result.kind === "wrong_version" || result.kind === "stream_deleted" ? result : null
  }

  return {
    append: (stream, expected, events) => {
      const refused = check(stream, expected, events)
      if (refused !== null) return refused
      undelete(stream)
      const owner = isMetadataStream(stream) ? stream.slice(2) : null
      const revived = owner !== null && metadataOf(owner).softDeleted
      const last = write(stream, events)
      const revision = revisionOf(stateOf(stream))
      if (revived && last !== undefined) keepTruncated(owner, last)
      return { kind: "written", revision, position: last?.position ?? null }
    },
    softDelete: (stream, expected) => {
      const refused = checkDelete(stream, expected)
      if (refused !== null) return refused
      if (stateOf(stream).records.length === 0) return { kind: "wrong_version", current: null }
      const written = writeMetadata(stream, `{"$tb":${tombstoneRevision}}`)
      return { kind: "deleted", position: written?.position ?? end }
    },
    tombstone: (stream, expected) => {
      const refused = checkDelete(stream, expected)
      if (refused !== null) return refused
      const event = { id: crypto.randomUUID(), type: "$streamDeleted", contentType: json }
      const written = write(stream, [{ ...event, data: Buffer.from("{}"), customMetadata: new Uint8Array() }], tombstoneRevision)
      return { kind: "deleted", position: written?.position ?? end }
    },
    visible: (stream) => {
      const state = streams.get(stream)
      if (state === undefined) return null
      const metadata = metadataOf(stream)
      if (state.records.length === 0 || metadata.softDeleted) return null
      return { records: state.records, first: firstVisible(stream, state, metadata, now()) }
    },
    isTombstoned,
    all,
    indexAt: (position) => {
      let low = 0
      let high = all.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((all[middle]?.position ?? 0) < position) low = middle + 1
        else high = middle
      }
      return low
    },
    onWrite: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    restore: (record) => {
      place(record)
      for (const listener of listeners) listener()
    },
    settled: () => null,
    forgetRecentIds: () => recent.clear(),
  }
}
