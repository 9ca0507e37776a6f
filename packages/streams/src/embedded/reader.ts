import type { Delivered } from "../port.js"
import type { Log, Topic } from "./log.js"

/** Reads one partition forwards, keeping what a chunk held beyond the batch for the next call. */
export type Reader = {
  /** At most `max` messages from `from` on; empty at the end of the log. */
  readonly next: (from: number, max: number) => Delivered[]
}

const batch_bytes = 4 * 1024 * 1024

export const openReader = (log: Log, topic: Topic, partition: number): Reader => {
  let ahead: Delivered[] = []
  let at = 0
  return {
    next: (from, max) => {
      if (ahead[at]?.offset !== from) {
        if (from >= topic.heads[partition]!) return []
        ahead = log.read(topic, partition, from, max, batch_bytes)
        at = 0
      }
      const end = endOfBatch(ahead, at, max)
      const batch = ahead.slice(at, end)
      at = end
      if (at >= ahead.length) ahead = []
      return batch
    },
  }
}

const endOfBatch = (messages: readonly Delivered[], start: number, max: number): number => {
  let bytes = 0
  let end = start
  while (end < messages.length && end - start < max && bytes < batch_bytes) bytes += messages[end++]!.value.length
  return end
}
