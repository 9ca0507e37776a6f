/** For tests: facts as a store would give them, without a store. */
import { encodeEvent, encodeMetadata, eventIdFor } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { NewEvent, Position, RecordedEvent } from "@tongzhang/event-store/port"

const metadata = encodeMetadata({
  actor: { kind: "system", id: "test" },
  channel: "process",
  purpose: "test",
  commandId: "test",
  correlationId: "test",
})

/** `revision` of the first one; ids follow from stream and revision. */
export const asNewEvents = (stream: StreamName, events: readonly LedgerEvent[], revision = 0): NewEvent[] =>
  events.map((event, i) => encodeEvent(eventIdFor(stream, "test", revision + i), event, metadata))

export type FactLog = {
  readonly add: (stream: StreamName, ...events: readonly LedgerEvent[]) => void
  readonly records: () => readonly RecordedEvent[]
}

/** A log in memory; every event is recorded one second after the one before. */
export const factLog = (): FactLog => {
  const log: RecordedEvent[] = []
  const next = new Map<StreamName, number>()
  return {
    add: (stream, ...events) => {
      const first = next.get(stream) ?? 0
      asNewEvents(stream, events, first).forEach((event, i) => {
        const position = String(log.length + 1).padStart(12, "0") as Position
        log.push({ ...event, stream, revision: first + i, position, recordedAt: 1_700_000_000_000 + log.length * 1_000 })
      })
      next.set(stream, first + events.length)
    },
    records: () => log,
  }
}
