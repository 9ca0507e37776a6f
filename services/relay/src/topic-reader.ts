/**
 * Reads a topic from its beginning up to what was published before the call. The port knows groups only, so this is a group
 * of its own that is sent back to the start each time (on Kafka a new group per run would leave a dead-letter topic behind
 * each). One reader at a time per group.
 */
import type { Delivered, Streams } from "@tongzhang/streams/port"

export type ReadTopic = {
  readonly streams: Streams
  readonly topic: string
  readonly group: string
  readonly partitions: number
  readonly maxBatch: number
  /** Batches of different partitions may run side by side. A message comes once. Its failure ends the reading. */
  readonly onMessages: (messages: readonly Delivered[]) => Promise<void>
  readonly signal?: AbortSignal | undefined
}

/** Resolves to false when the signal ended it. @throws what `onMessages` threw */
export const readTopic = async (options: ReadTopic): Promise<boolean> => {
  const { streams, topic, group, partitions, maxBatch, onMessages, signal } = options
  const nextOffsets = Array.from({ length: partitions }, () => 0)
  let begun = false
  let over = false
  let failure: { readonly cause: unknown } | null = null
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))

  const stop = (): void => {
    over = true
    end()
  }
  const onBatch = async (messages: readonly Delivered[]): Promise<void> => {
    if (!begun || over) return
    // Delivery is at least once: a batch that the engine gives again is not another copy.
    const fresh = messages.filter(({ partition, offset }) => offset >= (nextOffsets[partition] ?? 0))
    try {
      if (fresh.length > 0) await onMessages(fresh)
      for (const { partition, offset } of fresh) nextOffsets[partition] = Math.max(nextOffsets[partition] ?? 0, offset + 1)
    } catch (cause) {
      // Thrown to the engine it would park the key for the next reader.
      failure ??= { cause }
      stop()
    }
  }

  const consumer = await streams.consume({ topic, group, maxBatch, onBatch })
  try {
    // Whatever comes before every partition is at its start is not looked at; it comes again.
    consumer.pause()
    for (let partition = 0; partition < partitions; partition++) await consumer.seek(partition, 0)
    begun = true
    consumer.resume()
    if (signal?.aborted === true) return false
    signal?.addEventListener("abort", stop, { once: true })
    await Promise.race([consumer.idle(), ended])
    if (failure !== null) throw (failure as { readonly cause: unknown }).cause
    return !over
  } finally {
    over = true
    signal?.removeEventListener("abort", stop)
    await consumer.stop()
  }
}
