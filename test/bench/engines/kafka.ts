/**
 * The relay and the Kafka adapter against kafkajs on the same broker in the same run. The raw producer sends the very messages of
 * the relay, made before the clock starts, idempotent and with acks of all in-sync replicas, in batches of the relay's size. It
 * reads nothing, encodes nothing and remembers nothing; the relay reads the ledger, encodes, and commits its checkpoint per batch.
 */
import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import { prefixedStreams } from "@tongzhang/engines/prefixed"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { limits } from "@tongzhang/relay/limits"
import { createRelay, ensureTopics } from "@tongzhang/relay/relay"
import { systemClock } from "@tongzhang/service-kit/clock"
import { openConsumerState } from "@tongzhang/streams/embedded/consumer-state"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import type { Message, Streams } from "@tongzhang/streams/port"
import { openPostgresConsumerState } from "@tongzhang/streams/postgres/consumer-state"
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs"
import { kafka as kafkaEngine, noteOf, postgres as postgresEngine } from "../../engines/engines.ts"
import type { Figure } from "../figures.ts"
import { eventsAfter, ledgerDir, silent } from "../setting.ts"
import type { EnginePart } from "./setting.ts"
import { atLeast, figureOf, rateOf, type Run, takeTurns } from "./turns.ts"
import { versionOf } from "./versions.ts"

type World = {
  readonly store: EventStore
  readonly streams: Streams
  readonly raw: Kafka
  readonly producer: Producer
  readonly messages: readonly Message[]
  /** Where the relay keeps its checkpoint; null: in the folder. */
  readonly database: string | null
  readonly dir: string
}

const batch = limits.batch_events_max

const newTopic = async ({ streams }: World): Promise<string> => {
  const name = `bench-${randomUUID()}`
  await streams.ensureTopic(name, limits.partitions_facts)
  return name
}

const openState = ({ database, dir }: World, name: string) =>
  database === null
    ? openConsumerState({ path: join(dir, "consumer-state", name) })
    : openPostgresConsumerState({ connectionString: database, consumer: name })

/** From when a new relay has made its topics (the raw producer's is there, too) until the whole ledger is sent and the checkpoint says so. */
const relaying = async (world: World): Promise<number> => {
  const name = `bench-${randomUUID()}`
  const streams = prefixedStreams(world.streams, `${name}.`)
  const state = await openState(world, name)
  await ensureTopics(streams)
  const relay = createRelay({ store: world.store, streams, state, clock: systemClock, logger: silent, random: () => 0.5 })
  await relay.start()
  const rate = await rateOf(world.messages.length, relay.caughtUp)
  await relay.stop()
  await state.close()
  return rate
}

const publishRaw = async (world: World, topic: string): Promise<number> =>
  rateOf(world.messages.length, async () => {
    for (let at = 0; at < world.messages.length; at += batch) {
      const messages = world.messages
        .slice(at, at + batch)
        .map(({ key, value, headers }) => ({ key, value: value as Buffer, headers: { ...headers } }))
      await world.producer.send({ topic, acks: -1, messages })
    }
  })

const publishOurs = async ({ streams, messages }: World, topic: string, inFlight: number): Promise<number> => {
  let at = 0
  const publisher = async (): Promise<void> => {
    while (at < messages.length) {
      const from = at
      at += batch
      await streams.publish(topic, messages.slice(from, from + batch))
    }
  }
  return rateOf(messages.length, () => Promise.all(Array.from({ length: inFlight }, publisher)))
}

/**
 * From the end of the first batch to the last message: joining a group takes seconds on both sides and is not what is compared, and
 * the first batch was fetched before the clock could start.
 */
const untilAll = (wanted: number) => {
  let first: { readonly at: number; readonly count: number } | null = null
  let seen = 0
  let done: (rate: number) => void = () => {}
  const rate = new Promise<number>((resolve) => (done = resolve))
  const take = (count: number): void => {
    seen += count
    first ??= { at: performance.now(), count }
    if (seen >= wanted) done((Math.max(1, wanted - first.count) / (performance.now() - first.at)) * 1_000)
  }
  return { rate, take }
}

const consumeRaw = async ({ raw, messages }: World, topic: string): Promise<number> => {
  const consumer = raw.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 250 })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  const { rate, take } = untilAll(messages.length)
  await consumer.run({
    partitionsConsumedConcurrently: limits.partitions_facts,
    eachBatch: async ({ batch: { messages: got } }) => take(got.length),
  })
  const found = await rate
  await consumer.disconnect()
  return found
}

const consumeOurs = async ({ streams, messages }: World, topic: string): Promise<number> => {
  const { rate, take } = untilAll(messages.length)
  const group = `bench-${randomUUID()}`
  const consumer = await streams.consume({ topic, group, onBatch: async (got) => take(got.length) })
  const found = await rate
  await consumer.stop()
  return found
}

const measure = async (world: World, rounds: number, say: (text: string) => void): Promise<Figure[]> => {
  const unit = "events/s"
  let filled = ""
  const raw: Run = async () => {
    filled = await newTopic(world)
    return publishRaw(world, filled)
  }
  const sent = await takeTurns(
    rounds,
    {
      relay: () => relaying(world),
      raw,
      one: async () => publishOurs(world, await newTopic(world), 1),
      four: async () => publishOurs(world, await newTopic(world), 4),
    },
    (text) => say(`sending: ${text}`),
  )
  const read = await takeTurns(rounds, { ours: () => consumeOurs(world, filled), raw: () => consumeRaw(world, filled) }, (text) =>
    say(`consuming: ${text}`),
  )
  const against = `kafkajs producer, the same bytes, acks=all, idempotent, batches of ${batch}`
  return [
    figureOf(
      {
        name: "kafka.relay",
        label: "Relay, ledger to topic",
        unit,
        against,
        aim: atLeast(0.8),
        note: `${world.messages.length} events read from the embedded ledger; checkpoint after each batch in ${world.database === null ? "a local file: no PostgreSQL is up" : "PostgreSQL"}`,
      },
      sent.relay,
      sent.raw,
    ),
    figureOf({ name: "kafka.publish_1", label: "Adapter, one call under way", unit, against }, sent.one, sent.raw),
    figureOf({ name: "kafka.publish_4", label: "Adapter, four calls under way", unit, against }, sent.four, sent.raw),
    figureOf(
      {
        name: "kafka.consume",
        label: "Adapter's consumer",
        unit,
        against: "kafkajs consumer, eachBatch, the same partitions at once, automatic commits",
        note: "ours in order per key, commit after the effect, dead letters looked up",
      },
      read.ours,
      read.raw,
    ),
  ]
}

export const kafka: EnginePart = async ({ sizes, dir, say }) => {
  const [brokers, database] = [await kafkaEngine(), await postgresEngine()]
  if (!brokers.up) throw new Error(brokers.why)
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  const raw = new Kafka({ clientId: "bench-raw", brokers: [...brokers.where], logLevel: logLevel.NOTHING })
  const producer = raw.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const streams = await openKafkaStreams({ brokers: brokers.where, clientId: "bench" })
  try {
    const messages = (await eventsAfter(store, null)).map(encodeFact)
    const world: World = { store, streams, raw, producer, messages, database: database.up ? database.where : null, dir }
    const figures = await measure(world, sizes.rounds, say)
    const version = noteOf("kafka")?.["version"]
    const broker =
      typeof version === "string"
        ? `Apache Kafka ${version}, ${brokers.where.length} broker`
        : `Kafka at ${brokers.where.join(",")}`
    return {
      engine: `${broker}; kafkajs ${versionOf("kafkajs")}; topic ${topics.facts}, ${limits.partitions_facts} partitions`,
      figures,
    }
  } finally {
    await streams.close()
    await producer.disconnect()
    await store.close()
  }
}
