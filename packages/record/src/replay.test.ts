import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { personDigest } from "./digest.js"
import { factsOf, lineOf, replayPerson, replayRecords } from "./replay.js"
import { threeProvinces, worker, workerTransfer } from "./testing/three-provinces.js"
import { unifiedRecord } from "./view.js"

let folder: string
let store: EventStore
let stored: readonly RecordedEvent[]
let time = 1_700_000_000_000

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "replay-"))
  store = await openEmbeddedStore({ path: folder, now: () => time })
  for (const { stream, revision, id, type, data, metadata } of threeProvinces().records()) {
    time += 1_000
    await store.append(stream, revision - 1, [{ id, type, data, metadata }])
  }
  stored = (await store.readAll({ after: null, max: 1_000 })).events
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const monthsOf = (record: ReturnType<typeof unifiedRecord>): number => record.totals.families[0]?.months_total ?? 0
const at = (type: string): RecordedEvent => {
  const found = stored.find((event) => event.type.startsWith(type))
  if (found === undefined) throw new Error(`no ${type}`)
  return found
}

describe("a person straight from the facts", () => {
  it("finds every stream, the transfer by the relations that name it, and gives the same digest as the log", async () => {
    const { state, problem } = await replayPerson(store, worker)
    expect(problem).toBeNull()
    expect(state.events).toBe(stored.length)
    expect(personDigest(state)).toBe(personDigest(replayRecords(worker, threeProvinces().records()).state))
    expect((await factsOf(store, worker)).map((event) => event.position)).toEqual(stored.map((event) => event.position))
  })

  it("as known at a time or position, as if nothing had come after", async () => {
    const out = at("TransferredOut")
    const before = await replayPerson(store, worker, { knownAt: out.recordedAt - 1, transferIds: [workerTransfer] })
    const after = await replayPerson(store, worker, { upTo: out.position, transferIds: [workerTransfer] })
    expect(before.problem ?? after.problem).toBeNull()
    expect(monthsOf(unifiedRecord(before.state))).toBe(135)
    expect(monthsOf(unifiedRecord(after.state))).toBe(135 - 48)
    expect(after.state.events).toBe(before.state.events + 1)
    expect((await replayPerson(store, worker, { knownAt: 0 })).state.events).toBe(0)
  })

  it("reads a line as it stood before a revision", async () => {
    const { stream, revision } = at("CapacityChanged")
    const found = await lineOf(store, worker, stream, "2015-05-regular" as never, revision)
    expect(found).toMatchObject({ base_fen: 500_000, account_fen: 40_000, standing: true })
    expect(await lineOf(store, worker, stream, "2017-09-late" as never, revision)).toBeNull()
  })
})
