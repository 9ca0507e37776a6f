/**
 * Every application in memory, for the board and the clocks. Nothing is decided from it that the ledger does not decide again: it
 * is rebuilt from the `Transfer-` streams at start and refreshed by revision afterwards.
 */
import { decodeEvent } from "@tongzhang/contracts/codec"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { parseStreamName } from "@tongzhang/domain/stream-name"
import { streamOf, type TransferEvent, transferIdOf } from "@tongzhang/domain/transfer"
import { UnreadableStream } from "@tongzhang/event-store/aggregate-store"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { emptyCase, evolveCase, isOpen, type Line, type TransferCase } from "./case.js"
import { limits } from "./limits.js"

export type CaseIndex = {
  /**
   * Reads every `Transfer-` stream; resolves when the index is complete up to the head of that moment, with the applications that
   * hold an event nobody can read: those stand where they stood before it, all others are whole.
   */
  readonly rebuild: () => Promise<ReadonlyMap<TransferId, string>>
  /** Takes in what the stream has beyond the revision known. */
  readonly refresh: (id: TransferId) => Promise<TransferCase>
  readonly get: (id: TransferId) => TransferCase | undefined
  readonly all: () => Iterable<TransferCase>
  readonly open: () => Iterable<TransferCase>
  readonly openOf: (person: PersonKey) => readonly TransferCase[]
}

const page = 1_000

export const lineOf = (record: RecordedEvent): Line => {
  const decoded = decodeEvent(record)
  if (!decoded.ok) throw new UnreadableStream(`${record.stream} revision ${record.revision}: ${decoded.cause}`)
  return { at: record.recordedAt, revision: record.revision, event: decoded.event as TransferEvent }
}

/** The id a `Transfer-` stream stands for; null for any other stream. */
export const transferOfStream = (stream: string): TransferId | null => {
  const parsed = parseStreamName(stream)
  const [person, serial] = parsed?.parts ?? []
  return parsed?.category === "Transfer" && person !== undefined && serial !== undefined
    ? transferIdOf(person as PersonKey, serial)
    : null
}

/** The whole history of an application; empty when there is none. */
export const historyOf = async (store: EventStore, id: TransferId): Promise<readonly Line[]> => {
  const lines: Line[] = []
  for (;;) {
    const records = await store.readStream(streamOf(id), { direction: "forwards", from: lines.length, max: page })
    lines.push(...records.map(lineOf))
    if (records.length < page) return lines
  }
}

export const createCaseIndex = (store: EventStore): CaseIndex => {
  const open = new Map<TransferId, TransferCase>()
  // Insertion order is order of finishing, so the oldest finished one leaves first.
  const finished = new Map<TransferId, TransferCase>()
  const byPerson = new Map<string, Set<TransferId>>()

  const get = (id: TransferId): TransferCase | undefined => open.get(id) ?? finished.get(id)

  const keep = (found: TransferCase): void => {
    if (found.revision < 0) return
    const person = found.id.split("_")[0] ?? ""
    if (isOpen(found)) {
      open.set(found.id, found)
      const ids = byPerson.get(person) ?? new Set()
      byPerson.set(person, ids.add(found.id))
      return
    }
    open.delete(found.id)
    byPerson.get(person)?.delete(found.id)
    if (byPerson.get(person)?.size === 0) byPerson.delete(person)
    finished.set(found.id, found)
    for (const oldest of finished.keys()) {
      if (finished.size <= limits.finished_max) break
      finished.delete(oldest)
    }
  }

  return {
    rebuild: async () => {
      const unreadable = new Map<TransferId, string>()
      const take = (id: TransferId, record: RecordedEvent): void => {
        try {
          keep(evolveCase(get(id) ?? emptyCase(id), lineOf(record)))
        } catch (error) {
          if (!(error instanceof UnreadableStream)) throw error
          unreadable.set(id, error.message)
        }
      }
      for (let after: Position | null = null; ;) {
        const { events, next, atEnd } = await store.readAll({ after, max: page, prefixes: ["Transfer-"] })
        for (const record of events) {
          const id = transferOfStream(record.stream)
          if (id !== null && !unreadable.has(id)) take(id, record)
        }
        if (atEnd) return unreadable
        after = next
      }
    },
    refresh: async (id) => {
      for (;;) {
        const known = get(id) ?? emptyCase(id)
        const records = await store.readStream(streamOf(id), { direction: "forwards", from: known.revision + 1, max: page })
        // Somebody else may have refreshed meanwhile: fold onto what is there now, by revision.
        const found = records.map(lineOf).reduce(evolveCase, get(id) ?? known)
        keep(found)
        if (records.length < page) return found
      }
    },
    get,
    all: function* () {
      yield* open.values()
      yield* finished.values()
    },
    open: () => open.values(),
    openOf: (person) =>
      [...(byPerson.get(person) ?? [])].flatMap((id) => {
        const found = open.get(id)
        return found === undefined ? [] : [found]
      }),
  }
}
