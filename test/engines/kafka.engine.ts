/** What the port's contract cannot ask for: Kafka's own partitioner, other processes, slow handlers, back-pressure. */
import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { expectInOrder, gate, message, recorder, series, textsOf, until } from "@tongzhang/streams/contract/world"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import type { KafkaStreamsOptions } from "@tongzhang/streams/kafka/connection"
import type { Streams } from "@tongzhang/streams/port"
import { ConfigResourceTypes, Kafka, logLevel, Partitioners } from "kafkajs"
import { afterEach, describe, expect, it } from "vitest"
import { against, kafka } from "./engines.js"

against("Kafka", await kafka(), (brokers) => {
  const opened: Streams[] = []
  const open = async (options: Partial<KafkaStreamsOptions> = {}): Promise<Streams> => {
    const streams = await openKafkaStreams({ brokers, clientId: "test", heartbeat_ms: 200, maxWait_ms: 100, ...options })
    opened.push(streams)
    return streams
  }
  const newTopic = async (streams: Streams, partitions: number): Promise<string> => {
    const topic = `topic-${randomUUID()}`
    await streams.ensureTopic(topic, partitions)
    return topic
  }
  const client = () => new Kafka({ clientId: "witness", brokers: [...brokers], logLevel: logLevel.NOTHING })
  /** A key of each of the first two partitions. */
  const keysApart = async (streams: Streams): Promise<{ topic: string; first: string; second: string }> => {
    const topic = await newTopic(streams, 2)
    const reader = recorder()
    const consumer = await streams.consume({ topic, group: "scout", onBatch: reader.onBatch })
    await streams.publish(
      topic,
      Array.from({ length: 20 }, (_, n) => message(`key-${n}`, "")),
    )
    await consumer.idle()
    await consumer.stop()
    const keyOn = (partition: number) => reader.seen.find((one) => one.partition === partition)!.key
    return { topic, first: keyOn(0), second: keyOn(1) }
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((streams) => streams.close()))
  })

  describe("Kafka", () => {
    it("puts a key where Kafka's own default partitioner puts it", async () => {
      const streams = await open()
      const topic = await newTopic(streams, 7)
      const keys = Array.from({ length: 200 }, (_, n) => `${"人".repeat(n % 4)}${n.toString(16)}`)
      const producer = client().producer({ createPartitioner: Partitioners.DefaultPartitioner })
      await producer.connect()
      await producer.send({ topic, messages: keys.map((key) => ({ key, value: "theirs" })) })
      await producer.disconnect()
      await streams.publish(
        topic,
        keys.map((key) => message(key, "ours")),
      )
      const placed = new Map<string, Set<number>>()
      const consumer = await streams.consume({
        topic,
        group: "g",
        onBatch: async (messages) => {
          for (const { key, partition } of messages) placed.set(key, (placed.get(key) ?? new Set()).add(partition))
        },
      })
      await consumer.idle()
      expect(placed.size).toBe(keys.length)
      expect([...placed.values()].filter((partitions) => partitions.size !== 1)).toEqual([])
    })

    it("creates topics as configured, and refuses to invent them", async () => {
      const streams = await open({ retention_ms: 86_400_000 })
      const topic = await newTopic(streams, 3)
      await (await streams.consume({ topic, group: "g", onBatch: recorder().onBatch })).stop()
      const admin = client().admin()
      await admin.connect()
      const described = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [topic, `${topic}.g.dead`].map((name) => ({
          type: ConfigResourceTypes.TOPIC,
          name,
          configNames: ["cleanup.policy", "retention.ms"],
        })),
      })
      const { topics } = await admin.fetchTopicMetadata({ topics: [`${topic}.g.dead`] })
      await admin.disconnect()
      const [log, dead] = described.resources.map(({ configEntries }) =>
        Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      )
      expect(log).toEqual({ "cleanup.policy": "delete", "retention.ms": "86400000" })
      expect(dead!["cleanup.policy"]).toBe("compact")
      expect(topics[0]!.partitions.length).toBe(3)
    })

    it("keeps its place in the group while a handler takes longer than the session, and other partitions go on", async () => {
      const streams = await open({ sessionTimeout_ms: 6_000, heartbeat_ms: 1_000 })
      const { topic, first, second } = await keysApart(streams)
      const failures: unknown[] = []
      const slow = recorder()
      const door = gate()
      let started = 0
      const consumer = await (
        await open({ sessionTimeout_ms: 6_000, onFailure: (cause) => failures.push(cause) })
      ).consume({
        topic,
        group: "g",
        startAt: "latest",
        onBatch: async (messages) => {
          if (messages[0]!.key === first) {
            started++
            await door.opened
          }
          await slow.onBatch(messages)
        },
      })
      await streams.publish(topic, series(first, 1))
      await until("the slow one has begun", () => started === 1)
      for (let n = 1; n <= 7; n++) {
        await streams.publish(topic, series(second, 1, n))
        await until("the other partition goes on", () => slow.has(`${second}:${n}`))
        await sleep(1_000)
      }
      door.open()
      await consumer.idle()
      expect(slow.texts().toSorted()).toEqual(textsOf([...series(first, 1), ...series(second, 7)]).toSorted())
      expect([started, failures]).toEqual([1, []])
    })

    it("stops fetching a partition whose handler does not keep up, and goes on afterwards", async () => {
      const streams = await open({ queue_bytes: 20_000 })
      const topic = await newTopic(streams, 1)
      const door = gate()
      const reader = recorder(() => door.opened)
      const consumer = await streams.consume({ topic, group: "g", maxBatch: 10, onBatch: reader.onBatch })
      const all = Array.from({ length: 3_000 }, (_, n) => message("k", `${n} ${"x".repeat(300)}`))
      for (let at = 0; at < all.length; at += 100) await streams.publish(topic, all.slice(at, at + 100))
      expect((await consumer.lag()).gap).toBe(3_000)
      door.open()
      await consumer.idle()
      expectInOrder(reader.seen, all)
      expect(reader.seen.length).toBe(3_000)
    })

    it("shares a group between two engines; one leaves and the other takes its parked messages over", async () => {
      const [one, two] = [await open(), await open()]
      const topic = await newTopic(one, 4)
      const both = recorder((got) => {
        if (new TextDecoder().decode(got.value).startsWith("bad:2")) throw new Error("cannot")
      })
      const options = { topic, group: "g", retries: 0, backoff_ms: 1, maxBatch: 3, onBatch: both.onBatch }
      await one.consume(options)
      const staying = await two.consume(options)
      const keys = ["bad", ...Array.from({ length: 20 }, (_, n) => `person-${n}`)]
      for (let round = 1; round <= 4; round++)
        await one.publish(
          topic,
          keys.flatMap((key) => series(key, 1, round)),
        )
      await one.close()
      await two.publish(
        topic,
        keys.flatMap((key) => series(key, 2, 5)),
      )
      await staying.idle()
      expect(textsOf(await two.deadLetters(topic, "g", 10))).toEqual(["bad:2", "bad:3", "bad:4", "bad:5", "bad:6"])
      expectInOrder(both.seen, [...series("bad", 1), ...keys.slice(1).flatMap((key) => series(key, 6))])
    })

    it("replays what another process released", async () => {
      const [worker, office] = [await open(), await open()]
      const topic = await newTopic(worker, 2)
      let broken = true
      const reader = recorder(() => {
        if (broken) throw new Error("not yet")
      })
      const consumer = await worker.consume({ topic, group: "g", retries: 0, onBatch: reader.onBatch })
      await worker.publish(topic, [...series("a", 3), ...series("b", 2)])
      await consumer.idle()
      broken = false
      expect((await office.deadLetters(topic, "g", 100)).length).toBe(5)
      expect(await office.replayDeadLetters(topic, "g", "a")).toBe(3)
      await until("a is through", async () => (await office.deadLetters(topic, "g", 100)).length === 2)
      expectInOrder(reader.seen, series("a", 3))
      expect(await office.replayDeadLetters(topic, "g", "a")).toBe(0)
    })

    it("holds a key that failed again after its replay had ended", async () => {
      const streams = await open()
      const topic = await newTopic(streams, 1)
      let attempts = 0
      let broken = true
      const consumer = await streams.consume({
        topic,
        group: "g",
        retries: 0,
        onBatch: async () => {
          attempts++
          if (broken) throw new Error("no")
        },
      })
      await streams.publish(topic, series("k", 1))
      await consumer.idle()
      broken = false
      await streams.replayDeadLetters(topic, "g")
      await consumer.idle()
      broken = true
      await streams.publish(topic, series("k", 1, 2))
      await consumer.idle()
      const before = attempts
      await sleep(300)
      expect(attempts).toBe(before)
      expect(textsOf(await streams.deadLetters(topic, "g", 10))).toEqual(["k:2"])
    })

    it("refuses what Kafka would refuse, and nothing of the call is sent", async () => {
      const streams = await open()
      const topic = await newTopic(streams, 1)
      const large = { key: "k", value: new Uint8Array(1_000_001), headers: {} }
      await expect(streams.publish(topic, [message("k", "small"), large])).rejects.toThrow(/limit of 1000000/)
      await streams.publish(topic, [{ ...large, value: new Uint8Array(1_000_000) }, message("k", "after")])
      const reader = recorder()
      await (await streams.consume({ topic, group: "g", onBatch: reader.onBatch })).idle()
      expect(reader.seen.map(({ value }) => value.length)).toEqual([1_000_000, 5])
    })

    it("says so when no broker answers", async () => {
      await expect(openKafkaStreams({ brokers: ["127.0.0.1:1"], clientId: "test", sendRetries: 1 })).rejects.toThrow(
        /ECONNREFUSED|connect/i,
      )
    })
  })
})
