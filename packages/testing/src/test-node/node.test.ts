/** The real client library against the node: what it sees must be what a server would show. */
import {
  ANY,
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from "@eventstore/db-client"
import { afterEach, describe, expect, it } from "vitest"
import { startTestNode, type TestNode, type TestNodeOptions } from "./node.js"

const nodes: TestNode[] = []
const clients: EventStoreDBClient[] = []

const open = async (options: TestNodeOptions = {}): Promise<{ node: TestNode; client: EventStoreDBClient }> => {
  const node = await startTestNode(options)
  const client = EventStoreDBClient.connectionString(node.connectionString)
  nodes.push(node)
  clients.push(client)
  return { node, client }
}
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()))
  await Promise.all(nodes.splice(0).map((node) => node.stop()))
})

const event = (n: number, type = "ContributionRecorded@1") => jsonEvent({ type, data: { n } })
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n))
type Read = AsyncIterable<{ readonly event?: { readonly data?: unknown } | undefined }>
const numbersOf = async (read: Read): Promise<number[]> => {
  const numbers: number[] = []
  for await (const { event } of read) numbers.push((event?.data as { n: number } | undefined)?.n ?? -1)
  return numbers
}
const failureOf = async (work: Promise<unknown> | (() => Promise<unknown>)): Promise<unknown> => {
  try {
    await (typeof work === "function" ? work() : work)
  } catch (error) {
    return error
  }
  throw new Error("it was expected to fail")
}

describe.each([
  ["batched", true],
  ["plain", false],
])("test node, %s appends", (_, batchAppend) => {
  it("counts revisions from 0 and answers with the last", async () => {
    const { client } = await open({ batchAppend })
    expect((await client.appendToStream("s", events(3), { expectedRevision: NO_STREAM })).nextExpectedRevision).toBe(2n)
    expect((await client.appendToStream("s", events(2), { expectedRevision: 2n })).nextExpectedRevision).toBe(4n)
  })

  it("refuses a wrong revision and says where the stream is", async () => {
    const { client } = await open({ batchAppend })
    await client.appendToStream("s", events(3))
    for (const expectedRevision of [NO_STREAM, 1n, 7n] as const) {
      const error = await failureOf(client.appendToStream("s", event(9), { expectedRevision }))
      expect(error).toBeInstanceOf(WrongExpectedVersionError)
      expect((error as WrongExpectedVersionError).actualVersion).toBe(2n)
    }
    const absent = await failureOf(client.appendToStream("none", event(9), { expectedRevision: STREAM_EXISTS }))
    expect(absent).toBeInstanceOf(WrongExpectedVersionError)
  })

  it("recognises a retry at an explicit revision for ever, at `any` until it restarts", async () => {
    const { node, client } = await open({ batchAppend })
    const batch = events(3)
    const first = await client.appendToStream("s", batch, { expectedRevision: NO_STREAM })
    await client.appendToStream("s", events(5))
    expect(await client.appendToStream("s", batch, { expectedRevision: NO_STREAM })).toEqual(first)
    expect((await client.appendToStream("s", batch.slice(0, 2), { expectedRevision: NO_STREAM })).nextExpectedRevision).toBe(1n)
    const longer = [...batch, event(8)]
    expect(await failureOf(client.appendToStream("s", longer, { expectedRevision: NO_STREAM }))).toBeInstanceOf(
      WrongExpectedVersionError,
    )
    expect(await client.appendToStream("s", batch, { expectedRevision: ANY })).toEqual(first)
    node.log.forgetRecentIds()
    expect((await client.appendToStream("s", batch, { expectedRevision: ANY })).nextExpectedRevision).toBe(10n)
  })
})

describe("test node, reading", () => {
  it("reads a stream both ways, from any revision", async () => {
    const { client } = await open()
    await client.appendToStream("s", events(10))
    expect(await numbersOf(client.readStream("s", { fromRevision: 7n, maxCount: 2 }))).toEqual([7, 8])
    expect(await numbersOf(client.readStream("s", { fromRevision: 20n }))).toEqual([])
    expect(await numbersOf(client.readStream("s", { direction: BACKWARDS, fromRevision: END, maxCount: 3 }))).toEqual([9, 8, 7])
    expect(await numbersOf(client.readStream("s", { direction: BACKWARDS, fromRevision: 1n }))).toEqual([1, 0])
    expect(await failureOf(numbersOf(client.readStream("absent")))).toBeInstanceOf(StreamNotFoundError)
  })

  it("reads the log from a position: forwards with it, backwards without it, and knows a position that is none", async () => {
    const { client } = await open({ systemEvents: 0 })
    const at = []
    for (let n = 0; n < 4; n += 1) at.push((await client.appendToStream(`s${n}`, event(n))).position)
    const fromPosition = at[2] ?? START
    expect(await numbersOf(client.readAll({ fromPosition, direction: FORWARDS }))).toEqual([2, 3])
    expect(await numbersOf(client.readAll({ fromPosition, direction: BACKWARDS }))).toEqual([1, 0])
    expect(await numbersOf(client.readAll({ fromPosition: END }))).toEqual([])
    const between = { commit: (at[2]?.commit ?? 0n) + 1n, prepare: (at[2]?.prepare ?? 0n) + 1n }
    expect(await failureOf(numbersOf(client.readAll({ fromPosition: between })))).toMatchObject({ type: "unknown" })
  })

  it("shows its own system events in the log", async () => {
    const { client } = await open()
    const seen: unknown[] = []
    for await (const { event } of client.readAll()) seen.push(event?.streamId.startsWith("$"))
    expect(seen).toEqual([true, true, true, true])
  })

  it("hides what $maxCount and $tb hide, and resolves links", async () => {
    const { client } = await open()
    await client.appendToStream("s", events(6))
    await client.setStreamMetadata("s", { maxCount: 2 })
    expect(await numbersOf(client.readStream("s"))).toEqual([4, 5])
    await client.setStreamMetadata("s", { truncateBefore: 3 })
    expect(await numbersOf(client.readStream("s"))).toEqual([3, 4, 5])
    expect((await client.getStreamMetadata("s")).metadata).toEqual({ truncateBefore: 3 })
    const link = { ...jsonEvent({ type: "$>", data: {} }), contentType: "application/octet-stream" as const }
    await client.appendToStream("links", [{ ...link, data: Buffer.from("4@s") }])
    expect(await numbersOf(client.readStream("links", { resolveLinkTos: true }))).toEqual([4])
  })
})

describe("test node, deletion", () => {
  it("soft: not found until the next append, which goes on counting", async () => {
    const { client } = await open()
    await client.appendToStream("s", events(3))
    await client.deleteStream("s", { expectedRevision: 2n })
    await client.deleteStream("s")
    expect(await failureOf(numbersOf(client.readStream("s")))).toBeInstanceOf(StreamNotFoundError)
    expect((await client.appendToStream("s", event(7), { expectedRevision: NO_STREAM })).nextExpectedRevision).toBe(3n)
    expect(await numbersOf(client.readStream("s"))).toEqual([7])
    expect(await failureOf(client.deleteStream("s", { expectedRevision: 1n }))).toBeInstanceOf(WrongExpectedVersionError)
    expect(await failureOf(client.deleteStream("never"))).toBeInstanceOf(WrongExpectedVersionError)
  })

  it("tombstone: for ever, for appends, reads and deletes", async () => {
    const { client } = await open()
    await client.appendToStream("s", events(3))
    await client.tombstoneStream("s")
    expect(await failureOf(client.appendToStream("s", event(1)))).toBeInstanceOf(StreamDeletedError)
    expect(await failureOf(client.deleteStream("s"))).toBeInstanceOf(StreamDeletedError)
    expect(await failureOf(numbersOf(client.readStream("s")))).toBeInstanceOf(StreamDeletedError)
  })
})

describe("test node, subscriptions", () => {
  it("confirm, give the history after the start, say caughtUp once, then what is new", async () => {
    const { client } = await open()
    await client.appendToStream("s", events(5))
    const seen: unknown[] = []
    const subscription = client.subscribeToStream("s", { fromRevision: 1n })
    subscription.on("confirmation", () => seen.push("confirmation")).on("caughtUp", () => seen.push("caughtUp"))
    subscription.on("data", ({ event }) => seen.push((event?.data as { n: number } | undefined)?.n ?? -1))
    await expect.poll(() => seen.length).toBe(5)
    await client.appendToStream("s", event(9))
    await expect.poll(() => seen).toEqual(["confirmation", 2, 3, 4, "caughtUp", 9])
    await subscription.unsubscribe()
  })

  it("filter by prefix or expression, on stream or type, with checkpoints over what they leave out", async () => {
    const { client } = await open()
    const checkpoints: bigint[] = []
    const byType: string[] = []
    const filtered = client.subscribeToAll({
      filter: {
        filterOn: "eventType",
        regex: "^Benefit",
        checkpointInterval: 1,
        maxSearchWindow: 10,
        checkpointReached: async (_, position) => {
          checkpoints.push(position.commit)
        },
      },
    })
    filtered.on("data", ({ event }) => byType.push(event?.type ?? ""))
    const byStream: string[] = []
    const prefixed = client.subscribeToAll({
      filter: { filterOn: "streamName", prefixes: ["a-", "b-"], checkpointInterval: 1, checkpointReached: async () => {} },
    })
    prefixed.on("data", ({ event }) => byStream.push(event?.streamId ?? ""))
    for (const stream of ["a-1", "c-1", "b-1"]) await client.appendToStream(stream, events(10))
    await client.appendToStream("a-2", event(1, "BenefitPaid@1"))
    await expect.poll(() => byStream.length).toBe(21)
    await expect.poll(() => byType).toEqual(["BenefitPaid@1"])
    // 35 events were considered: four system events, thirty others, and the one that matched.
    await expect.poll(() => checkpoints.length).toBe(3)
    expect(checkpoints).toEqual(checkpoints.toSorted((a, b) => (a < b ? -1 : 1)))
    expect(byStream).not.toContain("c-1")
    await Promise.all([filtered.unsubscribe(), prefixed.unsubscribe()])
  })
})

describe("test node, faults", () => {
  it("strike the nth call of a method and are told of", async () => {
    const { node, client } = await open()
    node.faults.order({ method: "batchAppend", nth: 2, fault: { kind: "wrong_version", current: 41n } })
    await client.appendToStream("s", event(0))
    expect(await failureOf(client.appendToStream("s", event(1)))).toMatchObject({ actualVersion: 41n })
    await client.appendToStream("s", event(2))
    expect(node.faults.struck()).toEqual([{ method: "batchAppend", kind: "wrong_version" }])
  })

  it("leave the client's promise pending for ever when a batch append is not answered: the reason for timers of our own", async () => {
    const { node, client } = await open()
    node.faults.order({ method: "batchAppend", fault: { kind: "never_answer", written: true } })
    let settled = false
    client
      .appendToStream("s", event(0), { deadline: 50 })
      .finally(() => (settled = true))
      .catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(settled).toBe(false)
    expect(await numbersOf(client.readStream("s"))).toEqual([0])
  })

  it("cut every socket and come back on the same port with the same log", async () => {
    const { node, client } = await open()
    await client.appendToStream("s", event(0))
    node.die()
    expect(await failureOf(client.appendToStream("s", event(1)))).toMatchObject({ code: 14 })
    await node.restart()
    await client.appendToStream("s", event(2), { expectedRevision: 0n })
    expect(await numbersOf(client.readStream("s"))).toEqual([0, 2])
  })

  it("name the leader, and gossip knows it", async () => {
    const { node: leader } = await open()
    const { node: follower } = await open({
      log: leader.log,
      leader: () => leader.endpoint,
      members: () => [{ ...leader.endpoint, leader: true, alive: true }],
    })
    const direct = EventStoreDBClient.connectionString(follower.connectionString)
    const discovering = EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${follower.endpoint.port}?tls=false`)
    clients.push(direct, discovering)
    const refused = await failureOf(direct.appendToStream("s", event(0), { requiresLeader: true }))
    expect(refused).toMatchObject({ type: "not-leader", leader: leader.endpoint })
    await direct.appendToStream("s", event(1), { requiresLeader: true })
    await discovering.appendToStream("s", event(2), { requiresLeader: true })
    expect(await numbersOf(discovering.readStream("s"))).toEqual([1, 2])
  })
})
