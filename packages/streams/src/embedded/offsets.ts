import type { RootDatabase } from "lmdb"
import { commit } from "./commit.js"
import type { Topic } from "./log.js"

/** Committed offsets per group: the next offset each group will handle. */
export type OffsetStore = {
  readonly get: (topic: Topic, group: string, partition: number) => number | undefined
  /**
   * Remembers at once, writes soon: commits of the next few milliseconds share one transaction. A process killed in between
   * forgets them and gets those messages again, which at-least-once delivery allows.
   */
  readonly set: (topic: Topic, group: string, partition: number, offset: number) => void
  /** Resolves when everything set so far is durable. */
  readonly flush: () => Promise<void>
}

type OffsetKey = [topicId: number, group: string, partition: number]

const coalesce_ms = 10

export const openOffsets = (env: RootDatabase, onFailure: (cause: unknown) => void): OffsetStore => {
  const offsets = env.openDB<number, OffsetKey>("offsets", { encoding: "msgpack" })
  const dirty = new Map<string, { key: OffsetKey; offset: number }>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    clearTimeout(timer)
    timer = undefined
    if (dirty.size === 0) return
    const taken = new Map(dirty)
    dirty.clear()
    try {
      await commit(offsets, () => [...taken.values()].map(({ key, offset }) => offsets.put(key, offset)))
    } catch (cause) {
      // The next write takes them along, unless newer ones have come.
      for (const [name, row] of taken) if (!dirty.has(name)) dirty.set(name, row)
      throw cause
    }
  }
  const flush = () => {
    const written = writing.then(write)
    writing = written.catch(() => undefined)
    return written
  }
  return {
    get: (topic, group, partition) => offsets.get([topic.id, group, partition]),
    set: (topic, group, partition, offset) => {
      dirty.set(`${topic.id} ${partition} ${group}`, { key: [topic.id, group, partition], offset })
      timer ??= setTimeout(() => void flush().catch(onFailure), coalesce_ms)
    },
    flush,
  }
}
