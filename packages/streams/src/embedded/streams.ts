import { mkdir } from "node:fs/promises"
import { resolve } from "node:path"
import { open } from "lmdb"
import type { Consumer, ConsumeOptions, Streams } from "../port.js"
import { durable } from "./commit.js"
import { openDeadLetters } from "./dead-letters.js"
import { openGroup, type Group, type Member } from "./group.js"
import { lockFolder } from "./lock.js"
import { checkName, openLog } from "./log.js"
import { openOffsets } from "./offsets.js"

export type EmbeddedStreamsOptions = {
  /** A folder of its own; created when missing, held by one process at a time. */
  readonly path: string
  /** ms since 1970; timestamps of messages and lag. */
  readonly now?: () => number
  /** Largest value of one message. Default 1 MB, as Kafka's, so that what is taken here is taken there. */
  readonly maxMessage_bytes?: number
  /** Told when the store fails under a consumer; the batch is tried again a moment later. */
  readonly onFailure?: (cause: unknown) => void
}

const defaults = { maxBatch: 500, retries: 3, backoff_ms: 100 }

/**
 * Opens the streams engine that needs nothing but a folder. `publish` resolves after fsync; commits of consumers follow within
 * 10 ms, so a killed process gets its last batches again.
 *
 * @throws when another process (or this one) holds the folder
 */
export const openEmbeddedStreams = async (options: EmbeddedStreamsOptions): Promise<Streams> => {
  const { now = Date.now, maxMessage_bytes = 1_000_000, onFailure = () => undefined } = options
  const path = resolve(options.path)
  await mkdir(path, { recursive: true })
  const unlock = lockFolder(path)
  const env = open({ path, noSubdir: false, maxDbs: 8, ...durable })
  const groups = new Map<string, Group>()
  const groupsOf = new Map<string, Group[]>()
  const consumers = new Set<Consumer>()
  let closing: Promise<void> | undefined

  const letters = openDeadLetters(env)
  const offsets = openOffsets(env, onFailure)
  const log = openLog(env, {
    now,
    maxMessage_bytes,
    onPublished: ({ name }, partition) => groupsOf.get(name)?.forEach((group) => group.wake(partition)),
  })

  const groupNamed = (topicName: string, group: string, startAt: "earliest" | "latest"): Group => {
    const topic = log.topic(topicName)
    checkName("group", group)
    const known = groups.get(`${topicName} ${group}`)
    if (known) return known
    const opened = openGroup({ topic, group, log, offsets, letters, now, onFailure }, startAt)
    groups.set(`${topicName} ${group}`, opened)
    groupsOf.set(topicName, [...(groupsOf.get(topicName) ?? []), opened])
    return opened
  }
  const checkOpen = () => {
    if (closing) throw new Error("the streams are closed")
  }

  const close = async () => {
    await Promise.all([...consumers].map((consumer) => consumer.stop()))
    await log.drain()
    await offsets.flush()
    await env.close()
    unlock()
  }

  return {
    ensureTopic: async (topic, partitions) => {
      checkOpen()
      await log.ensureTopic(topic, partitions)
    },
    publish: async (topic, messages) => {
      checkOpen()
      await log.publish(topic, messages)
    },
    consume: async (consume) => {
      checkOpen()
      const group = groupNamed(consume.topic, consume.group, consume.startAt ?? "earliest")
      await offsets.flush()
      const consumer = joinGroup(group, consume, () => consumers.delete(consumer))
      consumers.add(consumer)
      return consumer
    },
    deadLetters: async (topic, group, max) => {
      checkOpen()
      return letters.list(log.topic(topic), group, max)
    },
    replayDeadLetters: async (topic, group, key) => {
      checkOpen()
      // A group nobody ever opened has no letters; opening it here would fix where it starts.
      if (letters.list(log.topic(topic), group, 1).length === 0) return 0
      return await groupNamed(topic, group, "earliest").release(key)
    },
    close: () => (closing ??= close()),
  }
}

const joinGroup = (group: Group, options: ConsumeOptions, onStopped: () => void): Consumer => {
  const { maxBatch = defaults.maxBatch, retries = defaults.retries, backoff_ms = defaults.backoff_ms } = options
  if (!Number.isInteger(maxBatch) || maxBatch < 1) throw new RangeError(`maxBatch must be 1 or more, not ${maxBatch}`)
  const stop = new AbortController()
  const member: Member = { handler: { ...options, maxBatch, retries, backoff_ms, signal: stop.signal }, stop, paused: false }
  let stopped: Promise<void> | undefined
  group.join(member)
  const checkRunning = () => {
    if (stop.signal.aborted) throw new Error("the consumer is stopped")
  }
  return {
    pause: () => {
      member.paused = true
    },
    resume: () => {
      member.paused = false
      group.wake()
    },
    seek: async (partition, offset) => {
      checkRunning()
      await group.seek(partition, offset)
    },
    lag: async () => group.lag(),
    idle: async () => {
      checkRunning()
      await group.idle(member)
    },
    stop: () => (stopped ??= group.leave(member).then(onStopped)),
  }
}
