import { setTimeout as sleep } from "node:timers/promises"
import type { Admin, Kafka } from "kafkajs"
import { untilHeard } from "./rumour.js"

export type Topic = { readonly name: string; readonly partitions: number }

/** Per partition, indexed by number: the first offset still kept and the offset the next message will get. */
export type Ends = { readonly low: readonly number[]; readonly high: readonly number[] }

export type Topics = {
  /** @throws when no broker answers */
  readonly connect: () => Promise<void>
  /** Creates the topic when missing. @throws when it exists with another number of partitions */
  readonly ensure: (name: string, partitions: number, kind: "log" | "letters") => Promise<Topic>
  readonly find: (name: string) => Promise<Topic | undefined>
  /** @throws when no such topic was created */
  readonly get: (name: string) => Promise<Topic>
  readonly ends: (topic: Topic) => Promise<Ends>
  /** Somebody saw that the log reaches at least here: a leader that was replaced and does not know it yet tells less. */
  readonly reaches: (name: string, partition: number, high: number) => void
  /** The next offset of the group per partition; undefined where it never committed. */
  readonly committed: (groupId: string, topic: Topic) => Promise<readonly (number | undefined)[]>
  readonly close: () => Promise<void>
}

const look_ms = 50
/** How long a topic may be unknown to the broker that is asked, though it was created elsewhere; and here. */
const rumour_ms = 400
const creation_ms = 10_000
/** How long a question is repeated. */
const answer_ms = 15_000

/**
 * Topics and positions, through one administrative connection. The number of partitions is remembered: keys would change
 * their partition with it, so nothing here or elsewhere may change it.
 */
export const openTopics = (
  kafka: Kafka,
  config: { readonly replication: number | undefined; readonly retention_ms: number },
): Topics => {
  const known = new Map<string, Topic>()
  let connecting: Promise<Admin> | undefined
  let closed = false

  const reached = new Map<string, number>()
  const reaches = (name: string, partition: number, high: number) => {
    const slot = `${name} ${partition}`
    if (high > (reached.get(slot) ?? -1)) reached.set(slot, high)
  }
  const connect = async () => {
    const admin = kafka.admin()
    await admin.connect()
    return admin
  }
  const connected = async (): Promise<Admin> => {
    connecting ??= connect()
    try {
      return await connecting
    } catch (failure) {
      connecting = undefined
      throw failure
    }
  }
  /**
   * kafkajs's admin keeps to the leaders it knows: after one has moved it fails until its metadata are five minutes old. So a
   * failed question is asked again over a new connection.
   */
  const afresh = async <T>(ask: (admin: Admin) => Promise<T>): Promise<T> => {
    const deadline = performance.now() + answer_ms
    for (;;) {
      const admin = await connected()
      try {
        return await ask(admin)
      } catch (cause) {
        if (closed || performance.now() > deadline) throw cause
        if ((await connecting?.catch(() => undefined)) === admin) {
          connecting = undefined
          void admin.disconnect().catch(() => undefined)
        }
        await sleep(look_ms)
      }
    }
  }
  /** Any broker answers, and one may hear of a new topic a moment after the others. */
  const isListed = async (admin: Admin, name: string, patience_ms: number): Promise<boolean> => {
    const deadline = performance.now() + patience_ms
    for (;;) {
      if ((await admin.listTopics()).includes(name)) return true
      if (performance.now() > deadline) return false
      await sleep(look_ms)
    }
  }
  const find = async (name: string, patience_ms = rumour_ms): Promise<Topic | undefined> => {
    const remembered = known.get(name)
    if (remembered) return remembered
    const admin = await connected()
    // Asking for the metadata of a topic that is not there costs seconds of retries in kafkajs; the list does not.
    if (!(await isListed(admin, name, patience_ms))) return undefined
    const { topics } = await untilHeard(() => admin.fetchTopicMetadata({ topics: [name] }))
    const topic = { name, partitions: topics[0]!.partitions.length }
    known.set(name, topic)
    return topic
  }
  const create = async (name: string, partitions: number, kind: "log" | "letters") => {
    const admin = await connected()
    const { brokers } = await admin.describeCluster()
    const replicas = Math.min(config.replication ?? 3, brokers.length)
    const entries: Record<string, string> = {
      ...(kind === "log"
        ? { "cleanup.policy": "delete", "retention.ms": `${config.retention_ms}` }
        : { "cleanup.policy": "compact" }),
      // The port's timestamp is when the log took the message, not when a producer says it made it.
      "message.timestamp.type": "LogAppendTime",
      "min.insync.replicas": replicas >= 3 ? "2" : "1",
    }
    await admin.createTopics({
      // kafkajs would wait by asking, and fail at the first broker that has not heard of the topic.
      waitForLeaders: false,
      topics: [
        {
          topic: name,
          numPartitions: partitions,
          replicationFactor: replicas,
          configEntries: Object.entries(entries).map(([key, value]) => ({ name: key, value })),
        },
      ],
    })
  }

  return {
    reaches,
    connect: async () => void (await connected()),
    find: (name) => find(name),
    get: async (name) => {
      const topic = await find(name)
      if (!topic) throw new Error(`no such topic: ${name} (create it with ensureTopic)`)
      return topic
    },
    ensure: async (name, partitions, kind) => {
      if (!Number.isInteger(partitions) || partitions < 1)
        throw new Error(`a topic needs 1 or more partitions, not ${partitions}`)
      if (!(await find(name, 0))) await create(name, partitions, kind)
      const topic = await find(name, creation_ms)
      if (!topic) throw new Error(`topic ${name} was created and is not there`)
      if (topic.partitions !== partitions) throw new Error(`topic ${name} has ${topic.partitions} partitions, not ${partitions}`)
      return topic
    },
    ends: async ({ name, partitions }) => {
      const found = await afresh((admin) => admin.fetchTopicOffsets(name))
      const low = Array.from({ length: partitions }, () => 0)
      const high = Array.from({ length: partitions }, () => 0)
      for (const one of found) {
        low[one.partition] = Number(one.low)
        reaches(name, one.partition, Number(one.high))
        high[one.partition] = reached.get(`${name} ${one.partition}`)!
      }
      return { low, high }
    },
    committed: async (groupId, { name, partitions }) => {
      const [found] = await afresh((admin) => admin.fetchOffsets({ groupId, topics: [name] }))
      const offsets = Array.from<number | undefined>({ length: partitions })
      for (const one of found?.partitions ?? []) if (Number(one.offset) >= 0) offsets[one.partition] = Number(one.offset)
      return offsets
    },
    close: async () => {
      closed = true
      const admin = await connecting?.catch(() => undefined)
      await admin?.disconnect()
    },
  }
}
