/** What the adapter makes of a server that misbehaves: one case per hook of the test node, and a storm of all of them. */
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { EventStoreDBClient } from "@eventstore/db-client"
import { startTestNode, type TestNode, type TestNodeOptions } from "@tongzhang/testing/test-node/node"
import type { Fault } from "@tongzhang/testing/test-node/faults"
import type { StreamName } from "@tongzhang/domain/stream-name"
import * as fc from "fast-check"
import { afterEach, describe, expect, it } from "vitest"
import { appended, eventually, idsOf, newEvent, newEvents, newFamily, newStream, readWhole } from "../contract/support.js"
import { noStream, type NewEvent, type Position } from "../port.js"
import { type EventStoreDb, type EventStoreDbOptions, openEventStoreDb } from "./store.js"

const quick = {
  appendTimeout_ms: 250,
  readIdle_ms: 250,
  backoffFirst_ms: 10,
  backoffLongest_ms: 100,
  probe_ms: 30,
  stalled_ms: 150,
}

const opened: { stop: () => Promise<void> }[] = []
afterEach(async () => {
  for (const { stop } of opened.splice(0).toReversed()) await stop()
})

const startNode = async (options: TestNodeOptions = {}): Promise<TestNode> => {
  const node = await startTestNode(options)
  opened.push({ stop: node.stop })
  return node
}
const openStore = async (node: TestNode, options: Partial<EventStoreDbOptions> = {}): Promise<EventStoreDb> => {
  const store = await openEventStoreDb({ connectionString: node.connectionString, ...quick, ...options })
  opened.push({ stop: store.close })
  return store
}
const open = async (options: Partial<EventStoreDbOptions> = {}): Promise<{ node: TestNode; store: EventStoreDb }> => {
  const node = await startNode()
  return { node, store: await openStore(node, options) }
}

/** Insists until the append is settled, with the same ids and the same expectation, as the aggregate store does. */
const insist = async (
  store: EventStoreDb,
  stream: StreamName,
  expected: number,
  events: readonly NewEvent[],
): Promise<string> => {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const outcome = await store.append(stream, expected, events)
    if (outcome.kind !== "unknown") return outcome.kind
  }
  throw new Error(`${stream} at ${expected} stayed unknown`)
}

describe("an append the server spoils", () => {
  const spoiled: readonly (readonly [title: string, fault: (written: boolean) => Fault])[] = [
    ["is never answered", (written) => ({ kind: "never_answer", written })],
    ["ends with the call, without an error", (written) => ({ kind: "end_stream", written })],
    ["fails UNAVAILABLE", (written) => ({ kind: "fail", code: "UNAVAILABLE", written })],
    ["fails ABORTED", (written) => ({ kind: "fail", code: "ABORTED", written })],
    ["fails CANCELLED", (written) => ({ kind: "fail", code: "CANCELLED", written })],
    ["fails UNKNOWN", (written) => ({ kind: "fail", code: "UNKNOWN", written })],
    ["times out inside the server", (written) => ({ kind: "write_timeout", written })],
  ]
  for (const [title, fault] of spoiled) {
    it(`and ${title}: unknown in time, then the retry says whether it had been written`, async () => {
      const { node, store } = await open()
      for (const written of [true, false]) {
        const stream = newStream()
        const events = newEvents(3)
        node.faults.order({ method: "batchAppend", fault: fault(written) })
        expect(await store.append(stream, noStream, events)).toMatchObject({ kind: "unknown" })
        expect(await insist(store, stream, noStream, events)).toBe(written ? "already_there" : "appended")
        expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
      }
    })
  }

  it("and answers late: unknown, and the late answer disturbs nobody", async () => {
    const { node, store } = await open()
    const [late, next] = [newStream(), newStream()]
    const events = newEvents(2)
    node.faults.order({ method: "batchAppend", fault: { kind: "answer_late", delay_ms: 900 } })
    const [outcome] = await Promise.all([store.append(late, noStream, events), store.append(next, noStream, newEvents(1))])
    expect(outcome).toMatchObject({ kind: "unknown" })
    await eventually("the late answer", () => store.appendState().lateAnswers === 1)
    expect(store.appendState().sessionsLost).toBe(0)
    expect(await store.append(late, noStream, events)).toMatchObject({ kind: "already_there", revision: 1 })
  })

  it("and answers twice: the second answer is dropped", async () => {
    const { node, store } = await open()
    const stream = newStream()
    node.faults.order({ method: "batchAppend", fault: { kind: "answer_twice" } })
    await appended(store, stream, noStream, newEvents(1))
    await appended(store, stream, 0, newEvents(1))
    expect(store.appendState()).toMatchObject({ lateAnswers: 1, sessionsLost: 0, inFlight: 0 })
  })

  it("and claims a wrong version: the conflict carries the server's revision", async () => {
    const { node, store } = await open()
    node.faults.order({ method: "batchAppend", fault: { kind: "wrong_version", current: 41n } })
    expect(await store.append(newStream(), noStream, newEvents(1))).toEqual({ kind: "conflict", actual: 41 })
  })

  it("leaves those beside it on the call alone while the call lives", async () => {
    const { node, store } = await open()
    const { streams } = newFamily(40)
    node.faults.order({ method: "batchAppend", nth: 20, fault: { kind: "never_answer" } })
    const outcomes = await Promise.all(streams.map((stream) => store.append(stream, noStream, newEvents(1))))
    expect(outcomes.filter(({ kind }) => kind === "appended")).toHaveLength(39)
    expect(outcomes.filter(({ kind }) => kind === "unknown")).toHaveLength(1)
  })

  it("is not sent when too many wait already, and the caller knows at once", async () => {
    const { node, store } = await open({ appendsInFlight_max: 1, appendsWaiting_max: 2 })
    node.faults.order({ method: "batchAppend", times: 3, fault: { kind: "never_answer" } })
    await store.readStream(newStream(), { direction: "forwards", max: 1 })
    const { streams } = newFamily(5)
    const outcomes = await Promise.all(streams.map((stream) => store.append(stream, noStream, newEvents(1))))
    const causes = outcomes.map((outcome) => (outcome.kind === "unknown" ? outcome.cause : outcome.kind))
    expect(causes.filter((cause) => cause.includes("waiting already")).length).toBeGreaterThan(0)
    expect(store.appendState()).toMatchObject({ inFlight: 0, waiting: 0 })
  })

  it("drains a silent call as a whole, and the next append goes out on a new one", async () => {
    const { node, store } = await open()
    node.faults.order({ method: "batchAppend", times: 10, fault: { kind: "never_answer", written: true } })
    const { streams } = newFamily(10)
    const events = streams.map(() => newEvents(1))
    const append = (index: number) => store.append(streams[index] ?? newStream(), noStream, events[index] ?? [])
    const outcomes = await Promise.all(streams.map((_, index) => append(index)))
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["unknown"]))
    expect(store.appendState()).toMatchObject({ inFlight: 0, waiting: 0, sessionsLost: 1 })
    expect(new Set((await Promise.all(streams.map((_, index) => append(index)))).map(({ kind }) => kind))).toEqual(
      new Set(["already_there"]),
    )
  })
})

describe("a server before 21.10", () => {
  it("is refused with the reason, because it has no BatchAppend", async () => {
    const store = await openStore(await startNode({ batchAppend: false, version: "20.10.4" }))
    await expect(store.append(newStream(), noStream, newEvents(1))).rejects.toThrow(/21\.10 or later/)
  })
})

describe("a server that goes away", () => {
  it("in the middle of many appends: each ends in time, and insisting writes each exactly once", async () => {
    const { node, store } = await open()
    const { streams, prefix } = newFamily(60)
    const events = streams.map(() => newEvents(2))
    node.faults.order({ method: "batchAppend", nth: 25, fault: { kind: "die", written: true } })
    const outcomes = await Promise.all(streams.map((stream, index) => store.append(stream, noStream, events[index] ?? [])))
    expect(outcomes.some(({ kind }) => kind === "unknown")).toBe(true)
    expect(outcomes.some(({ kind }) => kind === "conflict")).toBe(false)
    await node.restart()
    await Promise.all(streams.map((stream, index) => insist(store, stream, noStream, events[index] ?? [])))
    const { events: log } = await store.readAll({ after: null, max: 1_000, prefixes: [prefix] })
    expect(idsOf(log).toSorted()).toEqual(idsOf(events.flat()).toSorted())
  })

  it("answers appends `unknown` while it is away, never later than the timer", async () => {
    const { node, store } = await open()
    node.die()
    const started = performance.now()
    expect(await store.append(newStream(), noStream, newEvents(1))).toMatchObject({ kind: "unknown" })
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it("is not there at all: opening says so", async () => {
    const node = await startNode()
    await node.stop()
    const opening = openEventStoreDb({ connectionString: node.connectionString, ...quick, readTries_max: 2 })
    await expect(opening).rejects.toThrow(/read failed after 2 tries/)
  })

  it("hands over to another leader, whom the client then finds", async () => {
    const leader = await startNode()
    let deposed = false
    const first = await startNode({ log: leader.log, leader: () => (deposed ? leader.endpoint : null) })
    const store = await openStore(first)
    const stream = newStream()
    await appended(store, stream, noStream, newEvents(1))
    deposed = true
    const events = newEvents(1)
    expect(await store.append(stream, 0, events)).toMatchObject({ kind: "unknown" })
    expect(await insist(store, stream, 0, events)).toBe("appended")
    expect(await readWhole(store, stream)).toHaveLength(2)
  })

  it("dies as the leader of two nodes: gossip leads to the other, and nothing acknowledged is missing", async () => {
    let dead = false
    const first = await startNode({ members: () => [{ ...second.endpoint, leader: dead, alive: true }] })
    const second: TestNode = await startNode({
      log: first.log,
      leader: () => (dead ? null : first.endpoint),
      members: () => [{ ...first.endpoint, leader: !dead, alive: !dead }],
    })
    const hosts = [first, second].map(({ endpoint }) => `127.0.0.1:${endpoint.port}`).join(",")
    const store = await openStore(first, { connectionString: `esdb://${hosts}?tls=false&gossipTimeout=1&discoveryInterval=20` })
    const stream = newStream()
    const events = newEvents(30)
    const received: NewEvent[] = []
    store.subscribe({
      after: null,
      onEvents: async (batch) => {
        received.push(...batch)
      },
    })
    for (const [index, event] of events.entries()) {
      if (index === 15) {
        dead = true
        first.die()
      }
      await insist(store, stream, index - 1, [event])
    }
    expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
    await eventually("the subscriber has them all", () => received.length >= 30)
    expect(idsOf(received)).toEqual(idsOf(events))
  })

  it("says that it does not lead and not who does: nothing breaks", async () => {
    const { node, store } = await open()
    node.faults.order({ method: "batchAppend", fault: { kind: "not_leader", leader: null } })
    const [stream, events] = [newStream(), newEvents(1)]
    expect(await store.append(stream, noStream, events)).toMatchObject({ kind: "unknown" })
    expect(await insist(store, stream, noStream, events)).toBe("appended")
  })

  it("is found through gossip", async () => {
    const node = await startNode()
    const { port } = node.endpoint
    const store = await openStore(node, { connectionString: `esdb+discover://127.0.0.1:${port}?tls=false` })
    await appended(store, newStream(), noStream, newEvents(1))
  })
})

describe("two stores in one process", () => {
  /** What the library itself does here: B's pending append is rejected by A's error, B's answer then throws past every handler. */
  const script = `
    import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client"
    const [a, b] = process.argv.slice(1).map((address) => EventStoreDBClient.connectionString(address))
    await b.appendToStream("warm-up", jsonEvent({ type: "t", data: {} }))
    const pending = b.appendToStream("b", jsonEvent({ type: "t", data: {} })).catch((error) => console.log("B: " + error.type))
    await a.appendToStream("a", jsonEvent({ type: "t", data: {} })).catch(() => {})
    await pending
    setTimeout(() => console.log("alive"), 1500)`
  const faulty = async (): Promise<readonly [TestNode, TestNode]> => {
    const [a, b] = [await startNode(), await startNode()]
    a.faults.order({ method: "batchAppend", fault: { kind: "fail", code: "UNAVAILABLE" } })
    b.faults.order({ method: "batchAppend", nth: 2, fault: { kind: "answer_late", delay_ms: 200 } })
    return [a, b]
  }

  it("the library's own appends end the process when one server fails (why we do not use them)", async () => {
    const [a, b] = await faulty()
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, a.connectionString, b.connectionString], {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
    })
    let output = ""
    child.stdout.on("data", (text: Buffer) => (output += text.toString()))
    child.stderr.on("data", (text: Buffer) => (output += text.toString()))
    const code = await new Promise((resolve) => child.once("close", resolve))
    expect(code).toBe(1)
    expect(output).toMatch(/B: unavailable[^]*TypeError: .*not iterable/)
    expect(output).not.toContain("alive")
  })

  it("ours do not know of each other", async () => {
    const [a, b] = await faulty()
    const [storeA, storeB] = [await openStore(a), await openStore(b, { appendTimeout_ms: 2_000 })]
    await appended(storeB, newStream(), noStream, newEvents(1))
    const [atB, atA] = await Promise.all([
      storeB.append(newStream(), noStream, newEvents(1)),
      storeA.append(newStream(), noStream, newEvents(1)),
    ])
    expect([atA.kind, atB.kind]).toEqual(["unknown", "appended"])
    expect(storeB.appendState()).toMatchObject({ sessionsLost: 0, lateAnswers: 0 })
  })
})

describe("a read the server spoils", () => {
  const passing: readonly (readonly [string, Fault])[] = [
    ["is never answered", { kind: "never_answer" }],
    ["fails UNAVAILABLE", { kind: "fail", code: "UNAVAILABLE" }],
    ["breaks off in the middle", { kind: "drop", afterEvents: 7 }],
    ["falls silent in the middle", { kind: "stall", afterEvents: 7 }],
  ]
  for (const [title, fault] of passing) {
    it(`and that ${title} is made again, whole`, async () => {
      const { node, store } = await open()
      const [stream, events] = [newStream(), newEvents(20)]
      await appended(store, stream, noStream, events)
      node.faults.order({ method: "read", times: 2, fault })
      expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
      expect(node.faults.struck()).toHaveLength(2)
    })
  }

  it("for a reason that does not pass is not made again", async () => {
    const { node, store } = await open()
    node.faults.order({ method: "read", fault: { kind: "fail", code: "PERMISSION_DENIED" } })
    await expect(readWhole(store, newStream())).rejects.toThrow(/after 1 tries.*PERMISSION_DENIED/)
  })
})

describe("a subscription the server spoils", () => {
  const spoiled: readonly (readonly [string, Fault])[] = [
    ["is dropped for slowness", { kind: "drop", afterEvents: 13 }],
    ["falls silent", { kind: "stall", afterEvents: 13 }],
    ["fails UNAVAILABLE", { kind: "fail", code: "UNAVAILABLE" }],
    ["is never answered", { kind: "never_answer" }],
    ["ends without an error", { kind: "end_stream" }],
  ]
  for (const [title, fault] of spoiled) {
    it(`and that ${title} goes on behind the last event handled, with none lost and none twice`, async () => {
      const { node, store } = await open()
      const stream = newStream()
      const events = newEvents(100)
      node.faults.order({ method: "subscribe", times: 4, fault })
      const received: NewEvent[] = []
      let caughtUp = 0
      const subscription = store.subscribe({
        after: null,
        maxBatch: 5,
        onEvents: async (batch) => {
          received.push(...batch)
        },
        onCaughtUp: () => (caughtUp += 1),
      })
      for (let at = 0; at < 100; at += 10) {
        await appended(store, stream, at - 1, events.slice(at, at + 10))
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      await eventually("all hundred", () => received.length >= 100)
      await eventually("live", () => subscription.state().live)
      expect(idsOf(received)).toEqual(idsOf(events))
      expect(subscription.state().resumed).toBeGreaterThan(0)
      expect(caughtUp).toBeGreaterThan(0)
      expect(await subscription.lag()).toMatchObject({ events: 0, seconds: 0 })
    })
  }

  it("survives the server's death", async () => {
    const { node, store } = await open()
    const stream = newStream()
    const received: NewEvent[] = []
    const subscription = store.subscribe({
      after: null,
      onEvents: async (batch) => {
        received.push(...batch)
      },
    })
    await appended(store, stream, noStream, newEvents(3))
    await eventually("three", () => received.length === 3)
    node.die()
    await eventually("it notices", () => !subscription.state().live)
    await node.restart()
    const more = newEvents(3)
    await insist(store, stream, 2, more)
    await eventually("six", () => received.length >= 6)
    expect(idsOf(received.slice(3))).toEqual(idsOf(more))
  })

  it("knows that it is live although the server is too old to say so", async () => {
    const node = await startNode({ version: "22.10.4" })
    const store = await openStore(node)
    await appended(store, newStream(), noStream, newEvents(3))
    let caughtUp = 0
    const subscription = store.subscribe({ after: null, onEvents: async () => {}, onCaughtUp: () => (caughtUp += 1) })
    await eventually("live", () => subscription.state().live)
    await appended(store, newStream(), noStream, newEvents(3))
    expect(caughtUp).toBe(1)
  })

  it("ends when the server will never give it", async () => {
    const { node, store } = await open()
    node.faults.order({ method: "subscribe", fault: { kind: "fail", code: "PERMISSION_DENIED" } })
    const causes: string[] = []
    store.subscribe({ after: null, onEvents: async () => {}, onDropped: (cause) => causes.push(cause.message) })
    await eventually("dropped", () => causes.length === 1)
    expect(causes[0]).toContain("PERMISSION_DENIED")
  })

  it("says how far a held-up consumer is behind, in events and in seconds", async () => {
    let ahead_ms = 0
    const { store } = await open({ now: () => Date.now() + ahead_ms })
    const family = newFamily(2)
    let release: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const subscription = store.subscribe({ after: null, prefixes: [family.prefix], onEvents: () => held })
    await appended(store, newStream(), noStream, newEvents(5))
    for (const stream of family.streams) await appended(store, stream, noStream, newEvents(20))
    ahead_ms = 60_000
    const lag = await subscription.lag()
    expect(lag.events).toBe(40)
    expect(lag.seconds).toBeGreaterThanOrEqual(60)
    expect(lag.seconds).toBeLessThan(90)
    release()
    await eventually("nothing behind", async () => (await subscription.lag()).events === 0)
  })
})

describe("what is stored", () => {
  it("is JSON to the server's tools when it is JSON, and the very bytes to us either way", async () => {
    const { node, store } = await open()
    const stream = newStream()
    const spaced = { ...newEvent(), data: Buffer.from('{ "base_fen": 1.0,"2":1, "1" :2 }'), metadata: Buffer.from("not json") }
    const sealed = { ...newEvent(), data: Buffer.from([0xff, 0x00, 0x7b]) }
    await appended(store, stream, noStream, [spaced, sealed])
    const read = await readWhole(store, stream)
    expect(read.map(({ data }) => Buffer.from(data))).toEqual([spaced.data, sealed.data])
    expect(Buffer.from(read[0]?.metadata ?? [])).toEqual(spaced.metadata)
    const client = EventStoreDBClient.connectionString(node.connectionString)
    const seen: unknown[] = []
    for await (const { event } of client.readStream(stream)) seen.push([event?.isJson, event?.type])
    await client.dispose()
    expect(seen).toEqual([
      [true, spaced.type],
      [false, sealed.type],
    ])
  })

  it("stays readable beside streams that were deleted for good", async () => {
    const { node, store } = await open()
    const [gone, kept] = [newStream(), newStream()]
    await appended(store, gone, noStream, newEvents(2))
    node.log.tombstone(gone, "any")
    await appended(store, kept, noStream, newEvents(2))
    const sizes: number[] = []
    for (let after: Position | null = null, atEnd = false; !atEnd;) {
      const page = await store.readAll({ after, max: 1 })
      sizes.push(page.events.length)
      after = page.next
      atEnd = page.atEnd
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(4)
    await expect(store.append(gone, 1, newEvents(1))).rejects.toThrow(/StreamDeleted/)
  })

  it("is refused before it is sent when it is too big for the server", async () => {
    const { store } = await open()
    const event = { ...newEvent(), data: Buffer.alloc(1024 * 1024) }
    await expect(store.append(newStream(), noStream, [event])).rejects.toThrow(/at most 1048576 bytes/)
  })
})

const kinds = fc.constantFrom<Fault>(
  { kind: "never_answer", written: true },
  { kind: "never_answer" },
  { kind: "answer_late", delay_ms: 120 },
  { kind: "answer_twice" },
  { kind: "end_stream", written: true },
  { kind: "end_stream" },
  { kind: "fail", code: "UNAVAILABLE", written: true },
  { kind: "fail", code: "UNAVAILABLE" },
  { kind: "write_timeout", written: true },
)
const weather = fc.array(fc.record({ at: fc.integer({ min: 1, max: 120 }), fault: kinds }), { maxLength: 12 })
const drops = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 4 })

describe("any weather", () => {
  it("ends with every event in the log once, and given to the subscriber once, in log order", async () => {
    const storm = async (faults: readonly { at: number; fault: Fault }[], cuts: readonly number[]): Promise<void> => {
      const node = await startTestNode()
      const store = await openEventStoreDb({ connectionString: node.connectionString, ...quick, appendTimeout_ms: 80 })
      for (const { at, fault } of faults) node.faults.order({ method: "batchAppend", nth: at, fault })
      for (const afterEvents of cuts) node.faults.order({ method: "subscribe", fault: { kind: "drop", afterEvents } })
      const received: NewEvent[] = []
      store.subscribe({
        after: null,
        maxBatch: 4,
        onEvents: async (batch) => {
          received.push(...batch)
        },
      })
      const { streams } = newFamily(6)
      const written = streams.map(() => newEvents(20))
      const writer = async (stream: StreamName, events: readonly NewEvent[]): Promise<void> => {
        for (let at = 0; at < 20; at += 2) await insist(store, stream, at - 1, events.slice(at, at + 2))
      }
      await Promise.all(streams.map((stream, index) => writer(stream, written[index] ?? [])))
      await eventually("the subscriber has them all", () => received.length >= 120)
      const log = (await store.readAll({ after: null, max: 1_000 })).events
      for (const [index, stream] of streams.entries()) {
        expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(written[index] ?? []))
      }
      expect(log).toHaveLength(120)
      expect(idsOf(received)).toEqual(idsOf(log))
      await store.close()
      await node.stop()
    }
    await fc.assert(fc.asyncProperty(weather, drops, storm), { numRuns: 12 })
  })
})
