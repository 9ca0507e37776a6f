/** Topics built by hand, message by message, and what reconciliation says of them. */
import { encodeFact, type FactMessage, topics } from "@tongzhang/contracts/fact-message"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { systemClock } from "@tongzhang/service-kit/clock"
import * as fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openWorld, relayAll, streamFor, type World } from "./fixtures/world.js"
import { reconcile, type ReconcileOptions } from "./reconcile.js"
import { ensureTopics } from "./relay.js"

/** Nobody is waited for. */
const hasty = { ...systemClock, sleep: async () => {} }

describe("reconciliation", () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await ensureTopics(world.streams)
  })
  afterEach(() => world.close())

  const look = async (options: Partial<ReconcileOptions> = {}) => {
    const { store, streams } = world
    return reconcile({ store, streams, clock: systemClock, upTo: await store.head(), ...options })
  }
  const send = (...messages: readonly FactMessage[]): Promise<void> => world.streams.publish(topics.facts, messages)
  const sendEvents = (events: readonly RecordedEvent[]): Promise<void> => send(...events.map(encodeFact))
  const changed = (event: RecordedEvent | undefined, headers: Readonly<Record<string, string>>): FactMessage => {
    const message = encodeFact(event!)
    return { ...message, headers: { ...message.headers, ...headers } }
  }

  it("finds nothing to say of what the relay sent, and counts it", async () => {
    await world.fill(7, 30)
    await relayAll(world)
    expect(await look()).toMatchObject({
      ok: true,
      events: 210,
      streams: 7,
      messages: 210,
      matched: 210,
      resent: 0,
      late: 0,
      missing: 0,
      passes: 1,
      differences: [],
    })
  })

  it("takes what was sent twice for what it is: allowed", async () => {
    await world.fill(4, 10)
    const events = await world.ledger()
    await sendEvents(events.slice(0, 25))
    await sendEvents(events.slice(10))
    await sendEvents(events.slice(0, 5))
    expect(await look()).toMatchObject({ ok: true, matched: 40, resent: 20, messages: 60 })
  })

  it("names what is missing: at the beginning, in the middle, at the end", async () => {
    await world.fill(3, 10)
    const events = await world.ledger()
    const lost = [0, 13, 14, 29]
    await sendEvents(events.filter((_, n) => !lost.includes(n)))
    const report = await look()
    expect(report).toMatchObject({ ok: false, missing: 4, matched: 26, foreign: 0, conflicting: 0, altered: 0 })
    expect(report.differences.map(({ kind, eventId }) => `${kind} ${eventId}`).toSorted()).toEqual(
      lost.map((n) => `missing ${events[n]?.id}`).toSorted(),
    )
  })

  it("names another event at a revision, and the true one that is missing for it", async () => {
    await world.fill(1, 3)
    const [first, second, third] = await world.ledger()
    await send(encodeFact(first!), changed(second, { eventId: third!.id }), encodeFact(third!))
    const report = await look()
    expect(report).toMatchObject({ ok: false, conflicting: 1, missing: 1, matched: 2 })
    expect(report.differences).toMatchObject([
      { kind: "conflicting", stream: streamFor(0), revision: 1, reason: `the ledger has event ${second?.id} here` },
      { kind: "missing", stream: streamFor(0), revision: 1, eventId: second?.id },
    ])
  })

  it("names another event at a revision even where the true one came first", async () => {
    await world.fill(1, 3)
    const events = await world.ledger()
    await sendEvents(events)
    await send(changed(events[1], { eventId: events[2]!.id }))
    expect(await look()).toMatchObject({ ok: false, conflicting: 1, missing: 0, matched: 3 })
  })

  it("names what nobody's ledger has: strange streams, revisions beyond the end, wrong keys, no headers", async () => {
    await world.fill(2, 5)
    const events = await world.ledger()
    const [first] = events
    await send({ ...encodeFact(first!), headers: {} })
    await send(changed(first, { stream: streamFor(99), revision: "0" }))
    await send({ ...changed(first, { stream: streamFor(99), revision: "0" }), key: encodeFact(first!).key })
    await sendEvents(events)
    await send(changed(first, { revision: "77" }))
    // A position from nowhere must not make it read the ledger to its end, nor hide the message.
    await send(changed(first, { revision: "78", position: "zzzz" }))
    await send({
      key: "甲",
      value: Buffer.from("{}"),
      headers: { stream: "nonsense", revision: "0", eventId: "x", position: "1" },
    })
    const report = await look()
    expect(report).toMatchObject({ ok: false, foreign: 6, missing: 0, matched: 10, messages: 16 })
    expect(report.differences.map(({ reason }) => reason.split(";")[0]).toSorted()).toEqual([
      "another key than its stream's",
      "another key than its stream's",
      "headers missing",
      "no stream of the ledger",
      "the ledger has no such event",
      "the ledger has no such event",
    ])
  })

  it("names what was altered on the way: content, time, position", async () => {
    await world.fill(1, 4)
    const [a, b, c, d] = await world.ledger()
    await send({ ...encodeFact(a!), value: Buffer.from('{"data":{},"metadata":{}}') })
    await send(changed(b, { recordedAt: "1" }), changed(c, { position: a!.position }), encodeFact(d!))
    expect(await look()).toMatchObject({ ok: false, altered: 3, missing: 3, matched: 1 })
  })

  it("asks for nothing behind the relay's checkpoint, and knows what is there already", async () => {
    await world.fill(2, 5)
    const events = await world.ledger()
    await sendEvents(events.slice(0, 8))
    expect(await look({ upTo: events[5]!.position })).toMatchObject({ ok: true, events: 6, matched: 8 })
    expect(await look({ upTo: null })).toMatchObject({ ok: true, events: 0 })
  })

  it("says so of an empty topic and an empty ledger", async () => {
    expect(await look()).toMatchObject({ ok: true, events: 0, messages: 0 })
    await world.fill(2, 3)
    expect(await look()).toMatchObject({ ok: false, events: 6, streams: 2, missing: 6 })
  })

  it("names no more than it is asked to, and counts all", async () => {
    await world.fill(3, 10)
    const report = await look({ named_max: 4 })
    expect([report.missing, report.differences.length]).toEqual([30, 4])
  })

  it("can be stopped", async () => {
    await world.fill(1, 3)
    await relayAll(world)
    expect(await look({ signal: AbortSignal.abort() })).toMatchObject({ ok: false, cancelled: true })
  })

  it("fails with the engine's own words, parks nothing, and can be run again", async () => {
    await world.fill(2, 5)
    await relayAll(world)
    const { store } = world
    const broken = { ...store, readAll: () => Promise.reject(new Error("ledger away")) }
    await expect(look({ store: broken })).rejects.toThrow("ledger away")
    expect(await world.streams.deadLetters(topics.facts, "reconciliation", 10)).toEqual([])
    expect(await look()).toMatchObject({ ok: true, matched: 10 })
  })

  it("repairs: sends what is missing with what follows it in its stream, in order; the next look finds all of it", async () => {
    await world.fill(3, 6)
    const events = await world.ledger()
    const gone = events.find(({ stream, revision }) => stream === streamFor(1) && revision === 2)
    await sendEvents(events.filter((event) => event !== gone).slice(0, 15))
    const report = await look({ repair: true })
    expect(report).toMatchObject({ ok: false, missing: 3 })
    // Revisions 2 to 5 of that stream, and the last two facts of the ledger, one of which is among them.
    const again = (await world.topic()).filter(({ headers }) => headers["sentBy"] === "reconciliation")
    expect(again).toHaveLength(report.repaired)
    const ofStream = again.filter(({ headers }) => headers["stream"] === streamFor(1))
    expect(ofStream.map(({ headers }) => headers["revision"])).toEqual(["2", "3", "4", "5"])
    expect(await look()).toMatchObject({ ok: true, matched: 18, missing: 0 })
  })

  it.each([20, 60])("with room for %i waiting events: compares the nation in parts, to the same end", async (waiting_max) => {
    await world.fill(20, 10)
    const events = await world.ledger()
    // The first half is lost: its events wait for a copy to the end.
    await sendEvents(events.slice(100))
    await send({ ...encodeFact(events[0]!), headers: {} })
    const parts = await look({ waiting_max, repair: true, clock: hasty })
    expect(parts.passes).toBeGreaterThan(1)
    expect(parts).toMatchObject({ ok: false, events: 200, streams: 20, missing: 100, matched: 100, foreign: 1, messages: 101 })
    expect(parts.repaired).toBe(200)
    expect(await look()).toMatchObject({ missing: 0, matched: 200, resent: 100, foreign: 1, passes: 1 })
  })

  it("any topic: names exactly what was taken away, and a repair makes it whole", async () => {
    const step = fc.record({ lose: fc.boolean(), copies: fc.integer({ min: 1, max: 2 }) })
    await world.fill(5, 12)
    const events = await world.ledger()
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 60, maxLength: 60 }),
        fc.constantFrom(15, 1_000),
        async (steps, waiting_max) => {
          const other = await openWorld()
          try {
            const { streams } = other
            await ensureTopics(streams)
            const messages = events.flatMap(
              (event, n) => Array(steps[n]?.lose ? 0 : (steps[n]?.copies ?? 1)).fill(encodeFact(event)) as FactMessage[],
            )
            await streams.publish(topics.facts, messages)
            const lost = events.filter((_, n) => steps[n]?.lose).map(({ id }) => id)
            const report = await look({ streams, waiting_max, repair: true, clock: hasty })
            expect(report.differences.map(({ kind, eventId }) => `${kind} ${eventId}`).toSorted()).toEqual(
              lost.map((id) => `missing ${id}`).toSorted(),
            )
            expect(report.resent).toBe(messages.length - (60 - lost.length))
            expect(await look({ streams })).toMatchObject({ ok: true, matched: 60, missing: 0 })
          } finally {
            await other.close()
          }
        },
      ),
      { numRuns: 12 },
    )
  }, 120_000)
})
