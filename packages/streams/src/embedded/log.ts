import type { Database, RootDatabase } from "lmdb"
import type { Delivered, Message } from "../port.js"
import { commit } from "./commit.js"
import { partitionOf } from "../partitioner.js"
import {
  chunkBuilder,
  chunkKey,
  chunkTimestamp,
  decodeChunk,
  lastOffsetOfKey,
  maxOffset,
  stampChunk,
  type ChunkBuilder,
  type SealedChunk,
} from "./chunk.js"

export type Topic = {
  readonly name: string
  readonly id: number
  /** Per partition: the offset the next message will get. Everything below is durable. */
  readonly heads: number[]
}

export type Log = {
  readonly ensureTopic: (name: string, partitions: number) => Promise<void>
  /** @throws when no such topic was created */
  readonly topic: (name: string) => Topic
  readonly publish: (topic: string, messages: readonly Message[]) => Promise<void>
  /** Whole chunks from the one that holds `from` on, until at least `max` messages or `max_bytes` are collected. */
  readonly read: (topic: Topic, partition: number, from: number, max: number, max_bytes: number) => Delivered[]
  /** When the message at `offset` was taken, ms since 1970. */
  readonly timestampAt: (topic: Topic, partition: number, offset: number) => number | undefined
  readonly drain: () => Promise<void>
}

type TopicRow = { readonly id: number; readonly partitions: number }
type Slot = { readonly topic: Topic; readonly partition: number; readonly builder: ChunkBuilder }
type Chunk = SealedChunk & { readonly slot: Slot; readonly lastOffset: number }

/** The durable partitioned log. One flush is one LMDB transaction and holds whatever was published while the last one ran. */
export const openLog = (
  env: RootDatabase,
  options: {
    readonly now: () => number
    readonly maxMessage_bytes: number
    readonly onPublished: (topic: Topic, partition: number) => void
  },
): Log => {
  const rows = env.openDB<TopicRow, string>("topics", { encoding: "json" })
  const chunks = env.openDB<Buffer, Buffer>("log", { encoding: "binary", keyEncoding: "binary" })
  const topics = new Map<string, Topic>()
  const slots = new Map<Topic, readonly Slot[]>()
  const dirty = new Set<Slot>()
  let creating: Promise<void> = Promise.resolve()
  let waiting: Deferred | undefined
  let flushing: Promise<void> | undefined

  const remember = (name: string, { id, partitions }: TopicRow) => {
    const heads = Array.from({ length: partitions }, (_, partition) => headOf(chunks, id, partition))
    const topic = { name, id, heads }
    topics.set(name, topic)
    slots.set(
      topic,
      heads.map((_, partition) => ({ topic, partition, builder: chunkBuilder() })),
    )
  }
  for (const { key, value } of rows.getRange()) remember(key, value)

  const topicNamed = (name: string): Topic => {
    const topic = topics.get(name)
    if (!topic) throw new Error(`no such topic: ${name} (create it with ensureTopic)`)
    return topic
  }

  const create = async (name: string, partitions: number) => {
    checkName("topic", name)
    if (!Number.isInteger(partitions) || partitions < 1) throw new Error(`a topic needs 1 or more partitions, not ${partitions}`)
    const known = topics.get(name)
    if (known && known.heads.length !== partitions)
      throw new Error(`topic ${name} has ${known.heads.length} partitions, not ${partitions}`)
    if (known) return
    const row = { id: topics.size + 1, partitions }
    await commit(rows, () => [rows.put(name, row)])
    remember(name, row)
  }

  const store = async (taken: readonly Chunk[]) => {
    await commit(chunks, () =>
      taken.map(({ slot, lastOffset, bytes }) => chunks.put(chunkKey(slot.topic.id, slot.partition, lastOffset), bytes)),
    )
    for (const { slot, lastOffset } of taken) slot.topic.heads[slot.partition] = lastOffset + 1
    for (const { slot } of taken) options.onPublished(slot.topic, slot.partition)
  }

  const flushAll = async () => {
    while (waiting) {
      // One turn of the loop first: publishers woken by the last transaction join this one.
      await new Promise<void>((resolve) => setImmediate(resolve))
      const flush: Deferred = waiting
      waiting = undefined
      const taken = sealAll(dirty, options.now())
      dirty.clear()
      await store(taken).then(flush.resolve, flush.reject)
    }
    flushing = undefined
  }

  return {
    topic: topicNamed,
    ensureTopic: (name, partitions) => {
      const created = creating.then(() => create(name, partitions))
      creating = created.catch(() => undefined)
      return created
    },
    publish: async (name, messages) => {
      const topic = topicNamed(name)
      for (const message of messages) checkMessage(message, options.maxMessage_bytes)
      if (messages.length === 0) return
      const ofTopic = slots.get(topic)!
      for (const message of messages) {
        const key = encodeKey(message.key)
        const slot = ofTopic[partitionOf(keyScratch, ofTopic.length, key)]!
        slot.builder.append(keyScratch, key, message)
        dirty.add(slot)
      }
      waiting ??= deferred()
      flushing ??= flushAll()
      await waiting.promise
    },
    read: (topic, partition, from, max, max_bytes) => {
      const messages: Delivered[] = []
      let bytes = 0
      const range = { start: chunkKey(topic.id, partition, from), end: chunkKey(topic.id, partition, maxOffset) }
      for (const { key, value } of chunks.getRange(range)) {
        for (const message of decodeChunk(value, topic.name, partition, lastOffsetOfKey(key)))
          if (message.offset >= from) messages.push(message)
        bytes += value.length
        if (messages.length >= max || bytes >= max_bytes) break
      }
      return messages
    },
    timestampAt: (topic, partition, offset) => {
      const range = { start: chunkKey(topic.id, partition, offset), end: chunkKey(topic.id, partition, maxOffset), limit: 1 }
      for (const { value } of chunks.getRange(range)) return chunkTimestamp(value)
      return undefined
    },
    drain: async () => {
      await creating
      await flushing
    },
  }
}

const headOf = (chunks: Database<Buffer, Buffer>, topicId: number, partition: number): number => {
  const range = { start: chunkKey(topicId, partition, maxOffset), end: chunkKey(topicId, partition, 0), reverse: true, limit: 1 }
  for (const key of chunks.getKeys(range)) return lastOffsetOfKey(key) + 1
  // `end` is exclusive: a single message at offset 0 lies exactly on it.
  return chunks.doesExist(chunkKey(topicId, partition, 0)) ? 1 : 0
}

const sealAll = (dirty: Iterable<Slot>, timestamp: number): Chunk[] => {
  const chunks: Chunk[] = []
  for (const slot of dirty) {
    let head = slot.topic.heads[slot.partition]!
    for (const { bytes, count } of slot.builder.seal()) {
      stampChunk(bytes, timestamp)
      head += count
      chunks.push({ slot, bytes, count, lastOffset: head - 1 })
    }
  }
  return chunks
}

/** One key at a time is encoded here, between two awaits: no allocation per message. */
let keyScratch = Buffer.allocUnsafeSlow(1024)

const encodeKey = (key: string): number => {
  if (key.length * 3 > keyScratch.length) keyScratch = Buffer.allocUnsafeSlow(key.length * 3)
  return keyScratch.write(key, "utf8")
}

const checkMessage = ({ key, value }: Message, max_bytes: number): void => {
  if (typeof key !== "string") throw new TypeError("a message needs a key")
  if (!(value instanceof Uint8Array)) throw new TypeError("a message needs a value of bytes")
  if (value.length > max_bytes) throw new RangeError(`a message of ${value.length} bytes is over the limit of ${max_bytes}`)
}

/** Names are parts of LMDB keys (at most 1,978 bytes) and of Kafka topic names (at most 249 characters). */
export const checkName = (what: string, name: string): void => {
  if (!/^[A-Za-z0-9._-]{1,200}$/.test(name)) throw new Error(`not a ${what} name: ${JSON.stringify(name)}`)
}

type Deferred = { readonly promise: Promise<void>; readonly resolve: () => void; readonly reject: (cause: unknown) => void }

const deferred = (): Deferred => {
  let resolve!: () => void
  let reject!: (cause: unknown) => void
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
