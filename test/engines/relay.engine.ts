/** The relay on real engines: its checkpoint in PostgreSQL, its topic on Kafka. The ledger is the embedded one. */
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeEvent, encodeMetadata, eventIdOf } from "@tongzhang/contracts/codec"
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import { streamOf } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { prefixedStreams } from "@tongzhang/engines/prefixed"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { createRelay, ensureTopics } from "@tongzhang/relay/relay"
import { systemClock } from "@tongzhang/service-kit/clock"
import { createLogger } from "@tongzhang/service-kit/logger"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import { openPostgresConsumerState } from "@tongzhang/streams/postgres/consumer-state"
import { describe, expect, it } from "vitest"
import { against, kafka, postgres } from "./engines.js"

const metadata = encodeMetadata({
  actor: { kind: "system", id: "t" },
  channel: "process",
  purpose: "test",
  commandId: "c",
  correlationId: "c",
})

const fill = async (store: EventStore, persons: number, revisions: number): Promise<void> => {
  for (let person = 0; person < persons; person++) {
    const stream = streamOf({ province: "31", scheme: "110", person: person.toString(16).padStart(32, "0") as PersonKey })
    const event = { type: "EnrollmentSuspended", from: month("2024-01"), reason: "test" } as const
    const events = Array.from({ length: revisions }, (_, n) => encodeEvent(eventIdOf(`${stream}:${n}`), event, metadata))
    expect((await store.append(stream, -1, events)).kind).toBe("appended")
  }
}

const logger = createLogger({ service: "test", level: "silent" })
const [brokers, database] = [await kafka(), await postgres()]
const engines = !brokers.up
  ? brokers
  : !database.up
    ? database
    : { up: true as const, where: { brokers: brokers.where, url: database.where } }

against("relay on Kafka and PostgreSQL", engines, ({ brokers, url }) => {
  describe("relay on Kafka and PostgreSQL", () => {
    it("sends everything, is replaced by a newer one, finds what the topic has lost and mends it", async () => {
      const folder = mkdtempSync(join(tmpdir(), "relay-"))
      const name = randomUUID()
      const kafkaStreams = await openKafkaStreams({ brokers, clientId: "relay-test", onFailure: (cause) => console.error(cause) })
      const state = await openPostgresConsumerState({ connectionString: url, consumer: name })
      const lossyState = await openPostgresConsumerState({ connectionString: url, consumer: `${name}-lossy` })
      const store = await openEmbeddedStore({ path: join(folder, "events") })
      const deps = { store, state, clock: systemClock, logger, random: () => 0 }
      try {
        await fill(store, 200, 100)
        const streams = prefixedStreams(kafkaStreams, `${name}.`)
        const old = createRelay({ ...deps, streams })
        await old.start()
        await old.caughtUp()
        const young = createRelay({ ...deps, streams })
        await young.start()
        await young.caughtUp()
        const owner = old.checks.find((check) => check.name === "relay owner")
        await expect.poll(() => owner?.check()).toMatchObject({ ok: false })
        await old.stop()
        const first = await young.reconcile()
        expect(first).toMatchObject({ ok: true, events: 20_000, matched: 20_000, streams: 200, passes: 1 })
        console.log(`reconciled ${first.messages} messages in ${first.seconds} s`)
        // The same group again, from the beginning.
        expect(await young.reconcile()).toMatchObject({ ok: true, matched: 20_000 })
        await young.stop()

        // Another topic, where a tenth is lost, while its checkpoint says that all was sent.
        const lossy = prefixedStreams(kafkaStreams, `${name}-lossy.`)
        await ensureTopics(lossy)
        const { events } = await store.readAll({ after: null, max: 5_000 })
        await lossy.publish(topics.facts, events.filter((_, n) => n % 10 !== 3).map(encodeFact))
        await lossyState.putMany([["relay:position", events.at(-1)?.position ?? ""]])
        const relay = createRelay({ ...deps, streams: lossy, state: lossyState })
        expect(await relay.reconcile()).toMatchObject({ ok: false, missing: 500, matched: 4_500 })
        expect(await relay.reconcile({ repair: true })).toMatchObject({ ok: true, missing: 0, matched: 5_000 })
        expect(await relay.reconcile()).toMatchObject({ ok: true })
        await relay.stop()
      } finally {
        await kafkaStreams.close()
        await Promise.all([state.close(), lossyState.close(), store.close()])
        rmSync(folder, { recursive: true })
      }
    })
  })
})
