/**
 * Every appeal in memory, for the queues and the clocks: read from the `Appeal-` streams when first asked for, and from where it
 * stopped on every later question, so that several instances say the same. Decisions are made on the ledger, never on this.
 */
import { decodeEvent } from "@tongzhang/contracts/codec"
import { type Appeal, type AppealEvent, type AppealId, appealIdOf, evolve, initial, streamOf } from "@tongzhang/domain/appeal"
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import { parseStreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"

/** An event with when the ledger took it, ms since 1970. */
export type Line = { readonly at: number; readonly revision: number; readonly event: AppealEvent }

export type AppealCase = {
  readonly id: AppealId
  readonly appeal: Appeal
  readonly filedOn: DateText
  readonly lines: readonly Line[]
}

export type AppealBook = {
  /** Complete up to the ledger's head of this moment. */
  readonly all: () => Promise<readonly AppealCase[]>
  readonly ofPerson: (person: PersonKey) => Promise<readonly AppealCase[]>
  /** From its own stream; null when there is none or a line of it cannot be read. */
  readonly find: (id: AppealId) => Promise<AppealCase | null>
}

const page = 1_000

const lineOf = (record: RecordedEvent): Line | null => {
  const decoded = decodeEvent(record)
  return decoded.ok ? { at: record.recordedAt, revision: record.revision, event: decoded.event as AppealEvent } : null
}

/** The appeal of its lines in order; null without the first one. */
const caseOf = (id: AppealId, lines: readonly Line[]): AppealCase | null => {
  const [first] = lines
  if (first?.event.type !== "AppealFiled") return null
  return { id, appeal: lines.reduce((state, { event }) => evolve(state, event), initial), filedOn: first.event.on, lines }
}

const idOfStream = (stream: string): AppealId | null => {
  const [person, serial] = parseStreamName(stream)?.parts ?? []
  return person === undefined || serial === undefined ? null : appealIdOf(person as PersonKey, serial)
}

export const createAppealBook = (store: EventStore): AppealBook => {
  const cases = new Map<AppealId, AppealCase>()
  const byPerson = new Map<string, Set<AppealId>>()
  let after: Position | null = null
  let reading: Promise<void> = Promise.resolve()

  const take = (record: RecordedEvent): void => {
    const id = idOfStream(record.stream)
    const line = lineOf(record)
    if (id === null || line === null) return
    const known = cases.get(id)?.lines ?? []
    // A line behind one that could not be read is left out too: the appeal stands where it stood.
    if (line.revision !== known.length) return
    const found = caseOf(id, [...known, line])
    if (found === null) return
    cases.set(id, found)
    const person = id.split("_")[0] ?? ""
    byPerson.set(person, (byPerson.get(person) ?? new Set()).add(id))
  }

  const read = async (): Promise<void> => {
    for (;;) {
      const { events, next, atEnd } = await store.readAll({ after, max: page, prefixes: ["Appeal-"] })
      events.forEach(take)
      after = next
      if (atEnd) return
    }
  }
  /** One reading at a time; a question asked meanwhile waits for a reading that began after it. */
  const refresh = (): Promise<void> => {
    const mine = reading.then(read)
    reading = mine.catch(() => undefined)
    return mine
  }

  return {
    all: async () => {
      await refresh()
      return [...cases.values()]
    },
    ofPerson: async (person) => {
      await refresh()
      return [...(byPerson.get(person) ?? [])].flatMap((id) => cases.get(id) ?? [])
    },
    find: async (id) => {
      const records = await store.readStream(streamOf(id), { direction: "forwards", max: page })
      const lines = records.map(lineOf)
      return lines.includes(null)
        ? null
        : caseOf(
            id,
            lines.filter((line) => line !== null),
          )
    },
  }
}
