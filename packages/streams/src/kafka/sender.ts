import type { Kafka, Message as KafkaMessage, Producer } from "kafkajs"
import { untilHeard } from "./rumour.js"
import type { Topics } from "./topics.js"
import { retryOf, type KafkaLimits } from "./connection.js"

export type Outgoing = {
  readonly partition: number
  readonly key: string | Buffer
  /** Null deletes the key in a compacted topic. */
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

export type Sender = {
  /**
   * Resolves when all in-sync replicas hold every message: partition -> an offset none of these messages lies beyond. When it
   * rejects, some may have been taken: what happened to them is unknown, and sending the same again may store them twice.
   */
  readonly send: (topic: string, messages: readonly Outgoing[]) => Promise<ReadonlyMap<number, number>>
  /** Waits for what was given so far, then hangs up. */
  readonly close: () => Promise<void>
}

type Job = {
  readonly topic: string
  readonly messages: readonly Outgoing[]
  readonly last: Map<number, number>
  next: number
  readonly resolve: (last: ReadonlyMap<number, number>) => void
  readonly reject: (cause: unknown) => void
}

type Request = {
  readonly byTopic: ReadonlyMap<string, KafkaMessage[]>
  /** Messages per topic and partition, to tell the last offset from the first. */
  readonly counts: ReadonlyMap<string, number>
  readonly touched: readonly { readonly job: Job; readonly partitions: ReadonlySet<number>; readonly whole: boolean }[]
}

const recordOverhead_bytes = 64

export const sizeOf = ({ key, value, headers }: Omit<Outgoing, "partition">): number => {
  let bytes = recordOverhead_bytes + key.length * 3 + (value?.length ?? 0)
  for (const name in headers) bytes += (name.length + headers[name]!.length) * 3
  return bytes
}

/**
 * One loop, one request under way: kafkajs's idempotent producer stands no second one (its sequence numbers get out of order).
 * Whatever is given while a request is under way goes with the next.
 */
export const openSender = (kafka: Kafka, limits: KafkaLimits, reaches: Topics["reaches"]): Sender => {
  const waiting: Job[] = []
  /** Topics this producer has sent to. */
  const met = new Set<string>()
  let producing: Promise<Producer> | undefined
  let running: Promise<void> | undefined

  const connect = async () => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: () => (args) => args.message.partition!,
      retry: retryOf(limits.sendRetries),
    })
    await producer.connect()
    return producer
  }

  /**
   * A send that failed for good may have been stored. The next one would carry the same sequence number, and the broker would
   * take it for a repetition and drop it silently: so that producer is done with, and a new one gets a new identity.
   */
  const forget = async () => {
    const old = producing
    producing = undefined
    met.clear()
    const producer = await old?.catch(() => undefined)
    await producer?.disconnect().catch(() => undefined)
  }

  /**
   * When a leader moves while kafkajs tries again, it takes the answer the new leader gave for *other* partitions for an answer
   * to all, and resolves without ever having sent the moved ones (2.2.4, `sendMessages.js`: responses are kept per broker; seen
   * here with a broker that stood still: acknowledged messages were missing). So answers are counted, and what has none is sent
   * again, in the same batches and under the same sequence numbers: the broker drops it if it was stored after all.
   */
  const sendAll = async (producer: Producer, request: Request): Promise<ReadonlyMap<string, number>> => {
    const lasts = new Map<string, number>()
    for (let attempt = 0; ; attempt++) {
      const topicMessages = unanswered(request, lasts)
      if (topicMessages.length === 0) return lasts
      if (attempt > limits.sendRetries) throw new Error("no broker answers for some partitions")
      const send = () => producer.sendBatch({ acks: -1, timeout: limits.requestTimeout_ms, topicMessages })
      // Before its first message a topic may be news to the broker this producer asks; then nothing has been sent yet.
      const answers = await (topicMessages.every(({ topic }) => met.has(topic)) ? send() : untilHeard(send))
      for (const { topic } of topicMessages) met.add(topic)
      for (const { topicName, partition, baseOffset } of answers) {
        const slot = `${topicName} ${partition}`
        const next = Number(baseOffset) + (request.counts.get(slot) ?? 1)
        lasts.set(slot, next - 1)
        reaches(topicName, partition, next)
      }
    }
  }

  const sendOne = async () => {
    const request = takeRequest(waiting, limits)
    try {
      producing ??= connect()
      const producer = await producing
      const lasts = await sendAll(producer, request)
      for (const { job, partitions, whole } of request.touched) {
        for (const partition of partitions) job.last.set(partition, lasts.get(`${job.topic} ${partition}`)!)
        if (whole) job.resolve(job.last)
      }
    } catch (cause) {
      await forget()
      // Those behind it fail too: a later message of a key must not overtake one that its publisher will send again.
      const failed = new Set([...request.touched.map(({ job }) => job), ...waiting.splice(0)])
      for (const job of failed) job.reject(cause)
    }
  }
  const run = async () => {
    while (waiting.length > 0) {
      // One turn of the loop first: publishers woken by the last request join this one.
      await new Promise<void>((resolve) => setImmediate(resolve))
      await sendOne()
    }
    running = undefined
  }

  return {
    send: (topic, messages) =>
      new Promise((resolve, reject) => {
        if (messages.length === 0) return resolve(new Map())
        waiting.push({ topic, messages, last: new Map(), next: 0, resolve, reject })
        running ??= run()
      }),
    close: async () => {
      while (running) await running
      await forget()
    },
  }
}

/** The messages of partitions nobody has answered for, in their order. */
const unanswered = ({ byTopic, counts }: Request, lasts: ReadonlyMap<string, number>) =>
  lasts.size === 0
    ? [...byTopic].map(([topic, messages]) => ({ topic, messages }))
    : lasts.size === counts.size
      ? []
      : [...byTopic].flatMap(([topic, all]) => {
          const messages = all.filter(({ partition }) => !lasts.has(`${topic} ${partition}`))
          return messages.length === 0 ? [] : [{ topic, messages }]
        })

/** Takes messages from the head of the line until the request, or one partition's share of it, is full. */
const takeRequest = (waiting: Job[], limits: KafkaLimits): Request => {
  const byTopic = new Map<string, KafkaMessage[]>()
  const counts = new Map<string, number>()
  const bytes = new Map<string, number>()
  const touched: { job: Job; partitions: Set<number>; whole: boolean }[] = []
  let count = 0
  let full = false
  while (!full && waiting.length > 0) {
    const job = waiting[0]!
    const partitions = new Set<number>()
    let messages = byTopic.get(job.topic)
    if (!messages) byTopic.set(job.topic, (messages = []))
    while (job.next < job.messages.length) {
      const message = job.messages[job.next]!
      const slot = `${job.topic} ${message.partition}`
      const grown = (bytes.get(slot) ?? 0) + sizeOf(message)
      full = count >= limits.maxRequest_messages || (grown > limits.maxBatch_bytes && counts.has(slot))
      if (full) break
      bytes.set(slot, grown)
      counts.set(slot, (counts.get(slot) ?? 0) + 1)
      partitions.add(message.partition)
      messages.push(message)
      job.next++
      count++
    }
    const whole = job.next === job.messages.length
    if (partitions.size > 0) touched.push({ job, partitions, whole })
    if (messages.length === 0) byTopic.delete(job.topic)
    if (whole) waiting.shift()
  }
  return { byTopic, counts, touched }
}
