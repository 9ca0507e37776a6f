/**
 * Blocks decoded lately. The followers of a store run side by side near its end, or from its beginning, and each asks for the events
 * that another has just been given: decoding them once is a tenth of what a projector does with them. A committed block never changes.
 */
import type { RecordedEvent } from "../port.js"

export type DecodedBlocks = {
  readonly get: (key: number) => readonly RecordedEvent[] | undefined
  readonly keep: (key: number, events: readonly RecordedEvent[]) => void
}

/** @param events_max kept at most; the oldest blocks go first */
export const createDecodedBlocks = (events_max: number): DecodedBlocks => {
  const kept = new Map<number, readonly RecordedEvent[]>()
  let count = 0
  return {
    get: (key) => kept.get(key),
    keep: (key, events) => {
      kept.set(key, events)
      count += events.length
      for (const [oldest, { length }] of kept) {
        if (count <= events_max) return
        kept.delete(oldest)
        count -= length
      }
    },
  }
}
