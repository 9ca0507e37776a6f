import type { Consumer as KafkaConsumer } from "kafkajs"

/** Offsets on their way to the group's coordinator. */
export type Commits = {
  /** Remembers at once, sends soon: one request for all partitions. */
  readonly set: (partition: number, offset: number) => void
  /** Resolves when the coordinator has taken everything set so far. */
  readonly flush: () => Promise<void>
  /** Forgets partitions that are no longer ours. */
  readonly keepOnly: (partitions: ReadonlySet<number>) => void
}

export const openCommits = (
  topic: string,
  consumer: () => KafkaConsumer | undefined,
  every_ms: number,
  onFailure: (cause: unknown) => void,
): Commits => {
  const dirty = new Map<number, number>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    clearTimeout(timer)
    timer = undefined
    const kafka = consumer()
    if (dirty.size === 0) return
    if (!kafka) throw new Error("the consumer is being started again")
    const taken = new Map(dirty)
    dirty.clear()
    try {
      await kafka.commitOffsets([...taken].map(([partition, offset]) => ({ topic, partition, offset: `${offset}` })))
    } catch (cause) {
      // The next write takes them along, unless newer ones have come.
      for (const [partition, offset] of taken) if (!dirty.has(partition)) dirty.set(partition, offset)
      throw cause
    }
  }
  const flush = () => {
    const written = writing.then(write)
    writing = written.catch(() => undefined)
    return written
  }
  return {
    set: (partition, offset) => {
      dirty.set(partition, offset)
      timer ??= setTimeout(() => void flush().catch(onFailure), every_ms)
    },
    flush,
    keepOnly: (partitions) => {
      for (const partition of dirty.keys()) if (!partitions.has(partition)) dirty.delete(partition)
    },
  }
}
