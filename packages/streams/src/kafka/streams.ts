import { type Consumer, type Message, type Streams, StreamsUnavailable } from "../port.js"
import { checkName } from "../embedded/log.js"
import { partitionOf } from "../partitioner.js"
import { defaultLimits, openClient, type KafkaStreamsOptions } from "./connection.js"
import { openConsumer } from "./consumer.js"
import { openLetters, type Letters } from "./letters.js"
import { openSender, sizeOf, type Outgoing } from "./sender.js"
import { openTopics, type Topic } from "./topics.js"

/** A Kafka topic name has at most so many characters. */
const longestName = 249

/**
 * The streams port on a Kafka cluster (kafkajs 2.2.4). Every group of a topic gets a compacted topic `{topic}.{group}.dead` for
 * its parked messages; any process may list and release them.
 *
 * @throws when no broker answers
 */
export const openKafkaStreams = async (options: KafkaStreamsOptions): Promise<Streams> => {
  const { now = Date.now, onFailure = () => undefined, retention_ms = -1, replication } = options
  const limits = { ...defaultLimits, ...options }
  const kafka = openClient(options, limits)
  const topics = openTopics(kafka, { replication, retention_ms })
  const sender = openSender(kafka, limits, topics.reaches)
  const lettersOf = new Map<string, Promise<Letters>>()
  const consumers = new Set<Consumer>()
  let closing: Promise<void> | undefined
  await topics.connect()

  const checkOpen = () => {
    if (closing) throw new Error("the streams are closed")
  }
  const follow = async (topic: Topic, group: string, dead: Topic): Promise<Letters> => {
    const name = `${topic.name} ${group}`
    const known = lettersOf.get(name)
    if (known) return known
    const opened = Promise.resolve(openLetters({ kafka, limits, topics, sender, topic, group, dead, onFailure }))
    lettersOf.set(name, opened)
    return opened
  }
  /** The letters of a group that has ever consumed; undefined otherwise. */
  const existingLetters = async (topicName: string, group: string): Promise<Letters | undefined> => {
    checkOpen()
    const topic = await topics.get(topicName)
    const dead = await topics.find(deadTopicOf(topicName, group))
    if (!dead) return undefined
    const letters = await follow(topic, group, dead)
    await letters.sync()
    return letters
  }

  const close = async () => {
    await Promise.all([...consumers].map((consumer) => consumer.stop()))
    await sender.close()
    await Promise.all([...lettersOf.values()].map(async (letters) => (await letters).close()))
    await topics.close()
  }

  return {
    ensureTopic: async (name, partitions) => {
      checkOpen()
      checkName("topic", name)
      await topics.ensure(name, partitions, "log")
    },
    publish: async (name, messages) => {
      checkOpen()
      const { partitions } = await topics.get(name)
      const outgoing = messages.map((message) => outgoingOf(message, partitions, limits.maxMessage_bytes))
      await sender.send(name, outgoing).catch((cause: unknown) => {
        throw new StreamsUnavailable(`${name} did not take the messages: ${String(cause)}`, { cause })
      })
    },
    consume: async (consume) => {
      checkOpen()
      checkName("group", consume.group)
      const topic = await topics.get(consume.topic)
      const dead = await topics.ensure(deadTopicOf(topic.name, consume.group), topic.partitions, "letters")
      const letters = await follow(topic, consume.group, dead)
      const parts = { kafka, limits, topics, letters, topic, group: consume.group, now, onFailure }
      const consumer = await openConsumer(parts, consume)
      const stop = () => consumer.stop().finally(() => consumers.delete(consumer))
      consumers.add(consumer)
      return { ...consumer, stop }
    },
    deadLetters: async (topic, group, max) => (await existingLetters(topic, group))?.list(max) ?? [],
    replayDeadLetters: async (topic, group, key) => (await existingLetters(topic, group))?.release(key) ?? 0,
    close: () => (closing ??= close()),
  }
}

const deadTopicOf = (topic: string, group: string): string => {
  const name = `${topic}.${group}.dead`
  if (name.length > longestName) throw new Error(`topic and group names are too long together: ${name}`)
  return name
}

/** Key, headers and overhead of a record may take this much beside the value. */
const besideValue_bytes = 40_000

/** Copied: the caller may use its buffer again while the message waits in line. */
const outgoingOf = (message: Message, partitions: number, max_bytes: number): Outgoing => {
  const { key, value, headers } = message
  if (typeof key !== "string") throw new TypeError("a message needs a key")
  if (!(value instanceof Uint8Array)) throw new TypeError("a message needs a value of bytes")
  if (value.length > max_bytes) throw new RangeError(`a message of ${value.length} bytes is over the limit of ${max_bytes}`)
  const keyBytes = Buffer.from(key)
  const outgoing = { partition: partitionOf(keyBytes, partitions), key: keyBytes, value: Buffer.from(value), headers }
  if (sizeOf(outgoing) - value.length > besideValue_bytes) throw new RangeError("key and headers of a message are too large")
  return outgoing
}
