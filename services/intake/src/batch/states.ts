/** Folded states by stream, as far as they are held in memory; read from the store when they are not. */
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { PersonKey } from "@tongzhang/domain/ids"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { UnreadableStream } from "@tongzhang/event-store/aggregate-store"
import { type EventStore, noStream } from "@tongzhang/event-store/port"
import { foldEvents, initialState } from "../rows/decide.js"
import type { StreamKind } from "../rows/prepared.js"
import type { PreparedRow } from "./group.js"
import { createHeld } from "./held.js"

/** The rows of one person in a window. */
export type Group = { readonly person: PersonKey; readonly rows: PreparedRow[] }

/** Every stream its decisions look at: the person's own, and those of the rows. */
export const streamsOf = (group: Group): ReadonlyMap<StreamName, StreamKind> => {
  const streams = new Map<StreamName, StreamKind>([[personStream(group.person), "person"]])
  for (const { prepared } of group.rows) streams.set(prepared.stream, prepared.kind)
  return streams
}

type Standing = { readonly state: unknown; readonly revision: number }

export type States = {
  /** Reads what follows the held state; resolves to whether anything did. */
  readonly catchUp: (stream: StreamName, kind: StreamKind) => Promise<boolean>
  /** Reads what the groups need and is not held. Resolves to those streams: their states are of this moment. */
  readonly load: (groups: Iterable<Group>) => Promise<Set<StreamName>>
  /** Throws when the state is not held. */
  readonly read: (stream: StreamName) => unknown
  readonly revisionOf: (stream: StreamName) => number
  readonly hold: (stream: StreamName, state: unknown, revision: number) => void
  readonly forget: (stream: StreamName) => void
}

const page = 500

export const createStates = (store: EventStore, cached_max: number): States => {
  const held = createHeld<StreamName, Standing>(cached_max)

  const catchUp: States["catchUp"] = async (stream, kind) => {
    let { state, revision } = held.get(stream) ?? { state: initialState(kind), revision: noStream }
    const before = revision
    for (;;) {
      const records = await store.readStream(stream, { direction: "forwards", from: revision + 1, max: page })
      const last = records.at(-1)
      if (last === undefined) break
      const events = records.map((record): LedgerEvent => {
        const decoded = decodeEvent(record)
        if (!decoded.ok) throw new UnreadableStream(`${stream} revision ${record.revision}: ${decoded.cause}`)
        return decoded.event
      })
      state = foldEvents(kind, state, events)
      revision = last.revision
      if (records.length < page) break
    }
    held.set(stream, { state, revision })
    return revision !== before
  }

  const load: States["load"] = async (groups) => {
    const fresh = new Set<StreamName>()
    const reads: Promise<unknown>[] = []
    const want = (stream: StreamName, kind: StreamKind): void => {
      if (fresh.has(stream) || held.get(stream) !== undefined) return
      fresh.add(stream)
      reads.push(catchUp(stream, kind))
    }
    for (const group of groups) {
      want(personStream(group.person), "person")
      for (const { prepared } of group.rows) want(prepared.stream, prepared.kind)
    }
    await Promise.all(reads)
    return fresh
  }

  return {
    catchUp,
    load,
    read: (stream) => {
      const found = held.get(stream)
      if (found === undefined) throw new Error(`state of ${stream} is gone: a window has more streams than states_cached_max / 2`)
      return found.state
    },
    revisionOf: (stream) => held.get(stream)?.revision ?? noStream,
    hold: (stream, state, revision) => held.set(stream, { state, revision }),
    forget: held.delete,
  }
}
