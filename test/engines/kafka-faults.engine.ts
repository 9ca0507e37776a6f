/** Brokers that die, stand still and come back while messages flow: nothing is lost, every key stays in order. */
import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { expectInOrder, recorder, series } from "@tongzhang/streams/contract/world"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import type { Message } from "@tongzhang/streams/port"
import { describe, it } from "vitest"
import { kill, pause, restart, resume } from "../../infra/kafka/fault.mjs"
import { against, type Engine, noteOf } from "./engines.js"

type Ours = { readonly brokers: readonly string[]; readonly nodes: readonly { readonly id: number }[] }
const note = noteOf("kafka")
const ours: Engine<Ours> = note
  ? { up: true, where: note as Ours }
  : { up: false, why: "only brokers of `npm run kafka:up` are hurt on purpose" }

const keys = Array.from({ length: 40 }, (_, n) => `person-${n}`)
const rounds = 30

against("faults of Kafka", ours, ({ brokers, nodes }) => {
  const victim = nodes.at(-1)!.id
  /** Publishes round after round as the relay does (again until it is taken), consumes all along; the fault comes in between. */
  const flow = async (fault: () => Promise<void>): Promise<void> => {
    const failures: unknown[] = []
    const streams = await openKafkaStreams({
      brokers,
      clientId: "faults",
      requestTimeout_ms: 4_000,
      sessionTimeout_ms: 8_000,
      sendRetries: 2,
      onFailure: (cause) => failures.push(cause),
    })
    try {
      const topic = `topic-${randomUUID()}`
      await streams.ensureTopic(topic, 6)
      const reader = recorder()
      const consumer = await streams.consume({ topic, group: "g", onBatch: reader.onBatch })
      const all: Message[] = []
      let hurting: Promise<void> | undefined
      for (let round = 1; round <= rounds; round++) {
        const messages = keys.flatMap((key) => series(key, 1, round))
        all.push(...messages)
        if (round === 10) hurting = fault()
        for (let taken = false; !taken;)
          await streams.publish(topic, messages).then(
            () => (taken = true),
            () => sleep(300),
          )
        await sleep(20)
      }
      await hurting
      for (let idle = false; !idle;)
        await consumer.idle().then(
          () => (idle = true),
          () => sleep(300),
        )
      expectInOrder(reader.seen, all)
      console.log(`${reader.seen.length - all.length} of ${all.length} came again; ${failures.length} failures were reported`)
    } finally {
      await streams.close()
    }
  }

  describe("faults of Kafka", () => {
    it("survives kill -9 of a broker and its return", () =>
      flow(async () => {
        kill(victim)
        await sleep(2_000)
        restart(victim)
      }))

    it("survives a broker that stands still longer than the session", () =>
      flow(async () => {
        pause(victim)
        await sleep(10_000)
        resume(victim)
      }))

    // kafkajs alone resolves this send with answers for the other brokers' partitions only, and the rest is never sent.
    it("does not call a message published whose leader moved while kafkajs tried again", async (context) => {
      if (nodes.length < 3) context.skip("needs three nodes: npm run kafka:up -- --nodes 3")
      const streams = await openKafkaStreams({ brokers, clientId: "moved", requestTimeout_ms: 4_000, sendRetries: 8 })
      const topic = `topic-${randomUUID()}`
      await streams.ensureTopic(topic, 6)
      const all = [1, 2].map((round) => keys.flatMap((key) => series(key, 1, round)))
      await streams.publish(topic, all[0]!)
      pause(victim)
      const resumed = sleep(13_000).then(() => resume(victim))
      await streams.publish(topic, all[1]!)
      await resumed
      const reader = recorder()
      const consumer = await streams.consume({ topic, group: "g", onBatch: reader.onBatch })
      await consumer.idle()
      await streams.close()
      expectInOrder(reader.seen, all.flat())
    })
  })
})
