import type { PersonKey } from "@tongzhang/domain/ids"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import { openProofLog } from "@tongzhang/proof/log"
import { newSigningKey, openNoteSigner } from "@tongzhang/proof/signer"
import { memoryTiles } from "@tongzhang/proof/tile-store"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { sql } from "kysely"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { alice, openWorld, type World } from "../fixtures/world.js"
import { fsck, type FsckDeps, type FsckOptions, type FsckReport } from "./fsck.js"

const bob = "b".repeat(32) as PersonKey
const openWait_ms = 60_000

/** The same ledger with other events, as somebody with the disk in hand could leave it. */
const tampered = (store: EventStore, change: (events: readonly RecordedEvent[]) => readonly RecordedEvent[]): EventStore => ({
  ...store,
  readAll: async (options) => {
    const page = await store.readAll(options)
    return { ...page, events: change(page.events) }
  },
})

describe("fsck", () => {
  let record: RecordDb
  let world: World
  const signer = openNoteSigner(newSigningKey("ledger.example/test"))
  let deps: FsckDeps
  let events: readonly RecordedEvent[]
  beforeAll(async () => {
    record = await openRecord({ kind: "pglite", path: null })
  }, openWait_ms)
  afterAll(() => record.close())
  beforeEach(async () => {
    await record.clear()
    world = await openWorld(record)
    await world.history(alice)
    await world.move(alice, "t1")
    await world.history(bob)
    await world.project()
    const [tiles, state] = [memoryTiles(), memoryTiles()]
    const log = await openProofLog({ tiles, state, signer, now: world.clock.now })
    events = (await world.store.readAll({ after: null, max: 1_000 })).events
    await log.add(events)
    await log.publish(events.at(-1)?.position ?? null)
    deps = { record, clock: world.clock, log: { store: world.store, tiles, state, key: signer.key } }
  })
  afterEach(() => world.close())

  const run = (options: Partial<FsckOptions> = {}, store = world.store): Promise<FsckReport> =>
    fsck(
      { ...deps, log: { ...deps.log, store } },
      { resume: false, signal: new AbortController().signal, onProgress: () => {}, ...options },
    )

  it("finds nothing in a ledger nobody has touched", async () => {
    const report = await run()
    expect(report).toMatchObject({
      ok: true,
      first: null,
      record: { ok: true },
      log: { ok: true, entries: events.length, checkpoints: 2 },
    })
    expect(report.log?.root).toBe(report.log?.root_published)
  })
  it("names the event that was changed, though the record was made to agree", async () => {
    const target = events.find(({ type }) => type.startsWith("ContributionRecorded"))
    const data = Buffer.from(
      Buffer.from(target?.data ?? [])
        .toString()
        .replace("40000", "90000"),
    )
    const report = await run(
      {},
      tampered(world.store, (page) => page.map((event) => (event.id === target?.id ? { ...event, data } : event))),
    )
    expect(report.ok).toBe(false)
    expect(report.first).toContain(`event ${target?.id ?? ""}: says something else`)
  })
  it("names the event that was taken away", async () => {
    const target = events[5]
    const report = await run(
      {},
      tampered(world.store, (page) => page.filter(({ id }) => id !== target?.id)),
    )
    expect(report.log?.differences.map(({ kind, index }) => [kind, index])).toEqual([["dropped", 5]])
    expect(report.first).toContain(`entry 5, event ${target?.id ?? ""}: was published and is gone`)
  })
  it("names the person whose record is not what the facts say", async () => {
    await sql`update person_record set events = events + 1 where person_key = ${bob}`.execute(record.db)
    const report = await run()
    expect(report).toMatchObject({ ok: false, log: { ok: true } })
    expect(report.first).toContain(bob)
  })
  it("names a kept checkpoint that is of another tree", async () => {
    const log = await openProofLog({ tiles: memoryTiles(), state: memoryTiles(), signer, now: world.clock.now })
    await log.add(events.slice(1, 4))
    const { text } = await log.publish(null)
    await deps.log.tiles.write([{ path: "checkpoints/2023-01-01", bytes: Buffer.from(text) }])
    expect((await run()).first).toBe("checkpoints/2023-01-01: the tree of 3 entries has another root")
  })

  it("by province: its events and its people, and only what was left over when it is resumed", async () => {
    const whole = await run({ provinces: ["31", "44"] })
    expect(whole.provinces.map(({ province, persons, ok }) => [province, persons, ok])).toEqual([
      ["31", 2, true],
      ["44", 2, true],
    ])
    expect(whole.ok).toBe(true)
    const stop = new AbortController()
    let checked = 0
    const broken = await run({
      provinces: ["31", "44"],
      signal: stop.signal,
      onProgress: (n) => ((checked += n) > events.length ? stop.abort() : undefined),
    })
    expect(broken).toMatchObject({ ok: false, cancelled: true })
    await deps.log.state.write([{ path: "fsck-provinces.json", bytes: Buffer.from('["31"]') }])
    const resumed = await run({ provinces: ["31", "44"], resume: true })
    expect(resumed).toMatchObject({ ok: true, provinces_resumed: ["31"], provinces: [{ province: "44" }] })
  })
  it("by province: names the event that is not what was published", async () => {
    const target = events.find(({ stream }) => stream.startsWith("Enrollment-31_"))
    const store = tampered(world.store, (page) =>
      page.map((event) => (event.id === target?.id ? { ...event, recordedAt: event.recordedAt + 1 } : event)),
    )
    const report = await run({ provinces: ["31"] }, store)
    expect(report.provinces[0]?.unproven.map(({ id }) => id)).toEqual([target?.id])
    expect(report.first).toContain(target?.id ?? "?")
  })
})
