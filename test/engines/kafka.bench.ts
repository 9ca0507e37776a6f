/**
 * The Kafka adapter against kafkajs itself, on the same broker in the same run, taking turns: publish (batches of 500, as the relay sends) and consume.
 * `npx tsx --conditions=source test/engines/kafka.bench.ts [messages]`
 */
import { randomUUID } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Kafka, logLevel, Partitioners } from "kafkajs"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import type { Message } from "@tongzhang/streams/port"

const upFile = join(process.env["ENGINES_NOTES"] ?? fileURLToPath(new URL("../..", import.meta.url)), ".tongzhang-kafka.json")
const named = process.env["KAFKA_BROKERS"]?.split(",")
if (!named && !existsSync(upFile)) {
  console.log("not run: no Kafka (`npm run kafka:up` starts one, or set KAFKA_BROKERS)")
  process.exit(0)
}
const brokers = named ?? (JSON.parse(readFileSync(upFile, "utf8")) as { readonly brokers: string[] }).brokers
const count = Number(process.argv[2] ?? 20_000)
const batch = 500
const partitions = 8
const rounds = 5

const value = Buffer.alloc(450, "x")
const messages: readonly Message[] = Array.from({ length: count }, (_, n) => ({
  key: (n % 5_000).toString(16).padStart(32, "0"),
  value,
  headers: {
    id: randomUUID(),
    stream: `enrollment-31-110-${n % 5_000}`,
    revision: `${n}`,
    type: "ContributionRecorded@1",
    position: `${n}`,
  },
}))

const perSecond = async (run: () => Promise<void>): Promise<number> => {
  const start = performance.now()
  await run()
  return (count / (performance.now() - start)) * 1_000
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const streams = await openKafkaStreams({ brokers, clientId: "bench" })
const raw = new Kafka({ clientId: "bench-raw", brokers, logLevel: logLevel.NOTHING })
const topic = async () => {
  const name = `bench-${randomUUID()}`
  await streams.ensureTopic(name, partitions)
  return name
}
const producer = raw.producer({
  idempotent: true,
  maxInFlightRequests: 1,
  createPartitioner: Partitioners.DefaultPartitioner,
})
await producer.connect()

const publishRaw = async (name: string) => {
  for (let at = 0; at < count; at += batch)
    await producer.send({
      topic: name,
      acks: -1,
      messages: messages
        .slice(at, at + batch)
        .map((one) => ({ ...one, value: one.value as Buffer, headers: { ...one.headers } })),
    })
}
const publishOurs = async (name: string, inFlight: number) => {
  let at = 0
  const one = async () => {
    while (at < count) {
      const from = at
      at += batch
      await streams.publish(name, messages.slice(from, from + batch))
    }
  }
  await Promise.all(Array.from({ length: inFlight }, one))
}
const consumeRaw = async (name: string) => {
  const consumer = raw.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 250 })
  await consumer.connect()
  await consumer.subscribe({ topics: [name], fromBeginning: true })
  let seen = 0
  let start = 0
  await new Promise<void>((resolve) => {
    void consumer.run({
      autoCommit: true,
      partitionsConsumedConcurrently: partitions,
      eachBatch: async ({ batch: { messages: got } }) => {
        start ||= performance.now()
        seen += got.length
        if (seen >= count) resolve()
      },
    })
  })
  const rate = (count / (performance.now() - start)) * 1_000
  await consumer.disconnect()
  return rate
}
const consumeOurs = async (name: string) => {
  let seen = 0
  let start = 0
  let done = () => {}
  const all = new Promise<void>((resolve) => (done = resolve))
  const consumer = await streams.consume({
    topic: name,
    group: `g-${randomUUID()}`,
    onBatch: async (got) => {
      start ||= performance.now()
      seen += got.length
      if (seen >= count) done()
    },
  })
  await all
  const rate = (count / (performance.now() - start)) * 1_000
  await consumer.stop()
  return rate
}

const rates: Record<string, number[]> = {}
const note = (name: string, rate: number) => (rates[name] ??= []).push(rate)
for (let round = 0; round <= rounds; round++) {
  const [a, b, c] = [await topic(), await topic(), await topic()]
  const measured: [string, number][] = [
    ["publish raw", await perSecond(() => publishRaw(a))],
    ["publish ours, 1 call under way", await perSecond(() => publishOurs(b, 1))],
    ["publish ours, 4 calls under way", await perSecond(() => publishOurs(c, 4))],
    ["consume raw", await consumeRaw(a)],
    ["consume ours", await consumeOurs(a)],
  ]
  // The first round warms both up.
  if (round > 0) for (const [name, rate] of measured) note(name, rate)
}
for (const [name, values] of Object.entries(rates)) {
  const base = median(rates[name.startsWith("publish") ? "publish raw" : "consume raw"] ?? [])
  const range = `${Math.round(Math.min(...values))}-${Math.round(Math.max(...values))}`
  console.log(
    `${name.padEnd(34)} ${Math.round(median(values)).toString().padStart(8)} msg/s   ${(median(values) / base).toFixed(2)} of raw   (${range})`,
  )
}
await producer.disconnect()
await streams.close()
