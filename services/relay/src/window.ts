/**
 * The ledger's side of a reconciliation: events that were read and whose copy has not come yet. The topic is in ledger order but
 * for what was sent again, so few are waiting at a time; their number is bounded, and passing the bound is an error of its own.
 */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { fingerprintOfEvent, sliceOf } from "./copies.js"

export type Expected = {
  readonly id: string
  readonly position: Position
  readonly fingerprint: string
  /** Reading the log after this position finds the event. */
  readonly after: Position | null
}

/** More events wait for their copy than may be kept: compare a smaller part of the nation at a time. */
export class TooManyWaiting extends Error {}

export type WindowOptions = {
  readonly store: EventStore
  /** Events after this one are read where a copy asks for them, and are not missing when none does. */
  readonly upTo: Position
  readonly slice: number
  readonly slices: number
  readonly waiting_max: number
  readonly page_events: number
  readonly onEvents: (count: number) => void
}

export type LedgerWindow = {
  readonly waiting: () => number
  readonly horizon: () => Position | null
  /** Reads on until the event at `position` has been read (or the end of the log). @throws TooManyWaiting */
  readonly readTo: (position: Position) => Promise<void>
  readonly get: (stream: StreamName, revision: number) => Expected | undefined
  readonly remove: (stream: StreamName, revision: number) => void
  /** Those up to `upTo` whose copy did not come, as (stream, revision, event). */
  readonly left: () => Iterable<readonly [stream: StreamName, revision: number, event: Expected]>
  readonly counts: () => { readonly events: number; readonly streams: number }
}

/** Pages of the log after a position, only events of the slice; ends at the end of the log as it is then. */
export async function* sliceOfLog(
  { store, slice, slices, page_events }: Pick<WindowOptions, "store" | "slice" | "slices" | "page_events">,
  after: Position | null,
): AsyncGenerator<{
  readonly events: readonly RecordedEvent[]
  readonly after: Position | null
  readonly next: Position | null
}> {
  for (let from = after; ;) {
    const page = await store.readAll({ after: from, max: page_events })
    const events = slices === 1 ? page.events : page.events.filter(({ stream }) => sliceOf(stream, slices) === slice)
    yield { events, after: from, next: page.next }
    if (page.atEnd) return
    from = page.next
  }
}

export const openWindow = (options: WindowOptions): LedgerWindow => {
  const { upTo, waiting_max } = options
  const expected = new Map<string, Expected>()
  let horizon: Position | null = null
  let reading: Promise<void> = Promise.resolve()
  let events = 0
  let streams = 0

  const take = (read: readonly RecordedEvent[], after: Position | null): void => {
    for (const event of read) {
      expected.set(`${event.stream} ${event.revision}`, {
        id: event.id,
        position: event.position,
        fingerprint: fingerprintOfEvent(event),
        after,
      })
      if (event.position > upTo) continue
      events += 1
      if (event.revision === 0) streams += 1
    }
    options.onEvents(read.length)
    if (expected.size > waiting_max) throw new TooManyWaiting(`${expected.size} events wait for their copy`)
  }
  const readOn = async (position: Position): Promise<void> => {
    if (horizon !== null && horizon >= position) return
    for await (const page of sliceOfLog(options, horizon)) {
      take(page.events, page.after)
      horizon = page.next
      if (horizon !== null && horizon >= position) return
    }
  }

  return {
    waiting: () => expected.size,
    horizon: () => horizon,
    // Batches of several partitions ask side by side; the log is read by one at a time.
    readTo: (position) => {
      const read = reading.then(() => readOn(position))
      reading = read.catch(() => undefined)
      return read
    },
    get: (stream, revision) => expected.get(`${stream} ${revision}`),
    remove: (stream, revision) => void expected.delete(`${stream} ${revision}`),
    left: function* () {
      for (const [key, event] of expected) {
        if (event.position > upTo) continue
        const [stream = "", revision = ""] = key.split(" ")
        yield [stream as StreamName, Number(revision), event]
      }
    },
    counts: () => ({ events, streams }),
  }
}
