import { randomUUID } from "node:crypto"
import type { Kafka } from "kafkajs"
import type { DeadLetter } from "../port.js"
import { addParked, removeParked, type MutableQuarantine, type Quarantine } from "../quarantine.js"
import type { KafkaLimits } from "./connection.js"
import { deleteLetter, holdKey, mark, putLetter, readLetterRecord, releaseKey, type LetterRecord } from "./letter-codec.js"
import type { Outgoing, Sender } from "./sender.js"
import { supervise, type Fetched } from "./supervised.js"
import type { Topic, Topics } from "./topics.js"

export type LetterChanges = {
  readonly put?: readonly DeadLetter[]
  readonly handled?: readonly number[]
  /** Keys whose letters shall be handed over again, and keys for which that has ended. */
  readonly release?: readonly string[]
  readonly hold?: readonly string[]
}

/** The parked messages of one group of one topic, as the dead-letter topic tells them, whoever wrote them. */
export type Letters = {
  readonly quarantineOf: (partition: number) => Quarantine
  /** Of a parked message. */
  readonly get: (partition: number, offset: number) => DeadLetter
  readonly list: (max: number) => readonly DeadLetter[]
  /** Resolves when everything written before this call is known here. */
  readonly sync: () => Promise<void>
  /**
   * The same for these partitions, whatever a leader that was replaced and does not know it yet would tell: a key that stands
   * still must not be taken for a healthy one.
   */
  readonly certain: (partitions: readonly number[]) => Promise<void>
  /** Durable, and known here, when it resolves. Written in the order put, handled, hold, release. */
  readonly change: (partition: number, changes: LetterChanges) => Promise<void>
  /** Releases the stopped keys (or the one) that are not released yet. Returns how many messages of theirs are parked. */
  readonly release: (key?: string) => Promise<number>
  readonly onRelease: (listener: () => void) => void
  readonly close: () => Promise<void>
}

type Partition = {
  readonly quarantine: MutableQuarantine
  readonly letters: Map<number, DeadLetter>
  readonly released: Set<string>
  /** Everything below is known here. */
  folded: number
}

type Waiter = {
  readonly targets: ReadonlyMap<number, number>
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

type Parts = {
  readonly kafka: Kafka
  readonly limits: KafkaLimits
  readonly topics: Topics
  readonly sender: Sender
  readonly topic: Topic
  readonly group: string
  readonly dead: Topic
  readonly onFailure: (cause: unknown) => void
}

/** Past compaction the last offsets of a partition may be empty; then only a new record shows where the end is. */
const gapPatience_ms = 2_000

/** Follows the whole dead-letter topic in a Kafka group of its own, from its beginning, without ever committing. */
export const openLetters = (parts: Parts): Letters => {
  const { topics, sender, topic, group, dead } = parts
  const partitions = Array.from({ length: dead.partitions }, (): Partition => ({
    quarantine: new Map(),
    letters: new Map(),
    released: new Set(),
    folded: 0,
  }))
  const waiters = new Set<Waiter>()
  const listeners: (() => void)[] = []
  let closed = false

  const arrived = (targets: ReadonlyMap<number, number>) =>
    [...targets].every(([partition, offset]) => partitions[partition]!.folded >= offset)
  const arrival = (targets: ReadonlyMap<number, number>): Promise<void> =>
    new Promise((resolve, reject) => {
      if (arrived(targets)) resolve()
      else if (closed) reject(new Error("the streams are closed"))
      else waiters.add({ targets, resolve, reject })
    })

  const onBatch = async ({ batch, resolveOffset, heartbeat, isStale }: Fetched) => {
    const partition = partitions[batch.partition]
    if (!partition || isStale()) return
    let released = false
    for (const message of batch.messages) {
      const offset = Number(message.offset)
      // After a rebalance the tail begins anew at the beginning: what is known is not folded twice.
      if (offset < partition.folded) continue
      const record = attempt(() => readLetterRecord(topic.name, group, batch.partition, message), parts.onFailure)
      if (record) fold(partition, record)
      released ||= record?.kind === "release"
      partition.folded = offset + 1
    }
    resolveOffset(batch.lastOffset())
    for (const waiter of waiters) if (arrived(waiter.targets) && waiters.delete(waiter)) waiter.resolve()
    if (released) for (const listener of listeners) listener()
    await heartbeat()
  }
  const tail = supervise(parts.kafka, parts.limits, {
    groupId: `${group}@${topic.name}#letters-${randomUUID()}`,
    topic: dead.name,
    partitions: 1,
    onJoined: () => undefined,
    onBatch,
    onFailure: parts.onFailure,
  })

  /** Records written now are behind everything that was acknowledged before. */
  const write = async (records: readonly Outgoing[]) => {
    const last = await sender.send(dead.name, records)
    await arrival(new Map([...last].map(([index, offset]) => [index, offset + 1])))
  }
  const change = async (partition: number, { put = [], handled = [], release = [], hold = [] }: LetterChanges) => {
    await write([
      ...put.map(putLetter),
      ...handled.map((offset) => deleteLetter(partition, offset)),
      ...hold.map((key) => holdKey(partition, key)),
      ...release.map((key) => releaseKey(partition, key)),
    ])
  }
  const releaseIn = async (index: number, key: string | undefined): Promise<number> => {
    const { quarantine } = partitions[index]!
    const held = [...quarantine].filter(([name, { released }]) => !released && (key === undefined || name === key))
    // Counted first: a consumer begins to empty them as soon as they are released.
    const count = held.reduce((sum, [, { offsets }]) => sum + offsets.length, 0)
    await change(index, { release: held.map(([name]) => name) })
    return count
  }
  return {
    quarantineOf: (partition) => partitions[partition]!.quarantine,
    get: (partition, offset) => {
      const letter = partitions[partition]!.letters.get(offset)
      if (!letter) throw new Error(`no dead letter of ${group} at ${topic.name}/${partition}/${offset}`)
      return letter
    },
    list: (max) => {
      const listed: DeadLetter[] = []
      for (const { letters } of partitions) {
        if (listed.length >= max) break
        listed.push(...[...letters.values()].toSorted((a, b) => a.offset - b.offset).slice(0, max - listed.length))
      }
      return listed
    },
    sync: async () => {
      const { high } = await topics.ends(dead)
      const targets = new Map(high.entries())
      if (arrived(targets)) return
      const gap = setTimeout(() => {
        const behind = [...targets].filter(([partition, offset]) => partitions[partition]!.folded < offset)
        sender
          .send(
            dead.name,
            behind.map(([partition]) => mark(partition)),
          )
          .catch(parts.onFailure)
      }, gapPatience_ms)
      await arrival(targets).finally(() => clearTimeout(gap))
    },
    certain: (indexes) => write(indexes.map(mark)),
    change,
    release: async (key) => {
      const counts = await Promise.all(partitions.map((_, index) => releaseIn(index, key)))
      return counts.reduce((sum, count) => sum + count, 0)
    },
    onRelease: (listener) => void listeners.push(listener),
    close: async () => {
      closed = true
      await tail.stop()
      for (const { reject } of waiters) reject(new Error("the streams are closed"))
      waiters.clear()
    },
  }
}

const fold = ({ quarantine, letters, released }: Partition, record: LetterRecord): void => {
  switch (record.kind) {
    case "letter": {
      const { letter } = record
      letters.set(letter.offset, letter)
      addParked(quarantine, letter.key, letter.offset)
      quarantine.get(letter.key)!.released = released.has(letter.key)
      return
    }
    case "handled": {
      const letter = letters.get(record.offset)
      letters.delete(record.offset)
      if (letter) removeParked(quarantine, letter.key, record.offset)
      return
    }
    case "release":
    case "hold": {
      const stopped = quarantine.get(record.key)
      if (record.kind === "release") released.add(record.key)
      else released.delete(record.key)
      if (stopped) stopped.released = record.kind === "release"
      return
    }
    case "mark":
  }
}

const attempt = <T>(read: () => T, onFailure: (cause: unknown) => void): T | undefined => {
  try {
    return read()
  } catch (failure) {
    onFailure(failure)
    return undefined
  }
}
