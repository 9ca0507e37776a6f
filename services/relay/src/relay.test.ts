import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeEvent, encodeMetadata, eventIdOf } from "@tongzhang/contracts/codec"
import { decodeFact, type Fact, topics } from "@tongzhang/contracts/fact-message"
import { streamOf } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { systemClock } from "@tongzhang/service-kit/clock"
import { createLogger } from "@tongzhang/service-kit/logger"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import { openConsumerState } from "@tongzhang/streams/embedded/consumer-state"
import { openEmbeddedStreams } from "@tongzhang/streams/embedded/streams"
import type { Streams } from "@tongzhang/streams/port"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createRelay, ensureTopics, type Relay } from "./relay.js"

const logger = createLogger({ service: "test", level: "silent" })
const metadata = encodeMetadata({
  actor: { kind: "system", id: "t" },
  channel: "process",
  purpose: "test",
  commandId: "c",
  correlationId: "c",
})
const personOf = (n: number): PersonKey => n.toString(16).padStart(32, "0") as PersonKey

const suspend = async (store: EventStore, person: number, revision: number): Promise<void> => {
  const stream = streamOf({ province: "31", scheme: "110", person: personOf(person) })
  const id = eventIdOf(`${stream}:${revision}`)
  const event = { type: "EnrollmentSuspended", from: month("2024-01"), reason: "test" } as const
  const outcome = await store.append(stream, revision - 1, [encodeEvent(id, event, metadata)])
  if (outcome.kind !== "appended") throw new Error(outcome.kind)
}

describe("relay", () => {
  let folder: string
  let store: EventStore
  let streams: Streams
  let state: ConsumerState
  const relayOn = (over: Streams = streams): Relay =>
    createRelay({ store, streams: over, state, clock: systemClock, logger, random: () => 0 })

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "relay-"))
    store = await openEmbeddedStore({ path: join(folder, "events") })
    streams = await openEmbeddedStreams({ path: join(folder, "streams") })
    state = openConsumerState({ path: join(folder, "state") })
  })
  afterEach(async () => {
    await streams.close()
    await store.close()
    await state.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const received = async (): Promise<Fact[]> => {
    const facts: Fact[] = []
    const consumer = await streams.consume({
      topic: topics.facts,
      group: `reader${Math.trunc(performance.now() * 1000)}`,
      onBatch: async (messages) => void facts.push(...messages.map(decodeFact)),
    })
    await consumer.idle()
    await consumer.stop()
    return facts
  }

  it("sends every fact, in order per person, with what a consumer needs to recognise it", async () => {
    for (let revision = 0; revision < 20; revision++)
      for (let person = 0; person < 5; person++) await suspend(store, person, revision)
    const relay = relayOn()
    await relay.start()
    await relay.caughtUp()
    await relay.stop()
    const facts = await received()
    expect(facts).toHaveLength(100)
    for (let person = 0; person < 5; person++)
      expect(facts.filter((fact) => fact.stream.includes(personOf(person))).map((fact) => fact.revision)).toEqual([
        ...Array(20).keys(),
      ])
    expect(facts[0]?.decoded).toMatchObject({ ok: true, event: { type: "EnrollmentSuspended" } })
  })

  it("goes on after a restart where it stopped", async () => {
    await suspend(store, 1, 0)
    const first = relayOn()
    await first.start()
    await first.caughtUp()
    await first.stop()
    await suspend(store, 1, 1)
    const second = relayOn()
    await second.start()
    await second.caughtUp()
    await second.stop()
    expect((await received()).map((fact) => fact.revision)).toEqual([0, 1])
  })

  it("sends again, and loses nothing, when it fell over between sending and remembering", async () => {
    await ensureTopics(streams)
    await suspend(store, 1, 0)
    let failures = 1
    const failing: ConsumerState = {
      ...state,
      putMany: async (entries) => {
        if (failures-- > 0) throw new Error("disk away for a moment")
        await state.putMany(entries)
      },
    }
    const relay = createRelay({
      store,
      streams,
      state: failing,
      clock: { ...systemClock, sleep: async () => {} },
      logger,
      random: () => 0,
    })
    await relay.start()
    await relay.caughtUp()
    await relay.stop()
    const facts = await received()
    expect(facts.map((fact) => fact.id)).toEqual([facts[0]?.id, facts[0]?.id])
  })
})
