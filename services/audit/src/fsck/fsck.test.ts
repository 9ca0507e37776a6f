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

  it("by province: its events and its people", async () => {
    const report = await run({ provinces: ["31", "44", "others"] })
    expect(report.provinces.map(({ province, persons, ok }) => [province, persons, ok])).toEqual([
      ["31", 2, true],
      ["44", 2, true],
      ["others", 0, true],
    ])
    expect(report).toMatchObject({ ok: true, refused: null, log: { ok: true, entries: events.length } })
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

  describe("broken off", () => {
    const provinces = ["31", "44", "others"] as const
    /** The report but for when it was made, and by how many runs. */
    const lasting = (report: FsckReport) => ({ ...report, seconds: 0, events_per_second: 0, provinces_resumed: [] })
    /** Dies for good at the n-th thing it writes down. */
    const dyingAfter = (writes: number): FsckDeps => {
      let left = writes
      const { state } = deps.log
      const mortal = {
        ...state,
        write: async (files: Parameters<typeof state.write>[0]) => {
          if (left-- <= 0) throw new Error("killed")
          await state.write(files)
        },
      }
      return { ...deps, log: { ...deps.log, state: mortal } }
    }
    const options = { provinces, signal: new AbortController().signal, onProgress: () => {} }
    const breakOff = (writes: number): Promise<unknown> =>
      expect(fsck(dyingAfter(writes), { ...options, resume: false })).rejects.toThrow("killed")

    it("at any moment goes on to the same report, a finding of the first part among them", async () => {
      await sql`update person_record set events = events + 1 where person_key = ${bob}`.execute(record.db)
      const whole = lasting(await run({ provinces }))
      expect(whole).toMatchObject({ ok: false, cancelled: false })
      let resumedUnits = 0
      for (let writes = 2; ; writes++) {
        const outcome = await fsck(dyingAfter(writes), { ...options, resume: false }).catch(() => null)
        if (outcome !== null) break
        const resumed = await run({ provinces: ["11"], resume: true })
        expect(lasting(resumed), `killed after ${writes} notes`).toEqual(whole)
        resumedUnits += resumed.provinces_resumed.length
      }
      expect(resumedUnits).toBeGreaterThan(0)
    })
    it("does not look again at what was checked, and begins anew when it is not told to go on", async () => {
      const looked = async (resume: boolean): Promise<number> => {
        let pages = 0
        const counting = {
          ...world.store,
          readAll: (asked: Parameters<EventStore["readAll"]>[0]) => (pages++, world.store.readAll(asked)),
        }
        await run({ provinces, resume }, counting)
        return pages
      }
      const whole = await looked(false)
      await breakOff(6)
      expect(await looked(true)).toBeLessThan(whole)
      expect(await looked(true)).toBe(whole)
      await breakOff(6)
      expect(await looked(false)).toBe(whole)
    })
    it("goes on although events were appended and published meanwhile, and leaves those to another run", async () => {
      const whole = lasting(await run({ provinces }))
      await breakOff(3)
      await world.history("c".repeat(32) as PersonKey)
      await world.project()
      const log = await openProofLog({ ...deps.log, signer, now: world.clock.now })
      await log.add((await world.store.readAll({ after: log.published().position, max: 1_000 })).events)
      await log.publish(await world.store.head())
      const resumed = await run({ resume: true, provinces })
      expect(resumed.log).toMatchObject({ ok: true, size: events.length, root: whole.log?.root })
      expect(resumed.provinces.map((one) => one.events)).toEqual(whole.provinces.map((one) => one.events))
      expect(resumed.ok).toBe(true)
    })
    it("does not go on with another tree, another ledger or another key, and says why", async () => {
      await breakOff(3)
      const last = events.at(-1)
      const changed = tampered(world.store, (page) =>
        page.map((event) => (event.id === last?.id ? { ...event, recordedAt: event.recordedAt + 1 } : event)),
      )
      expect((await run({ resume: true, provinces }, changed)).refused).toMatch(/^the ledger holds another event at 0*\d+/u)
      const other = await openProofLog({ tiles: memoryTiles(), state: memoryTiles(), signer, now: world.clock.now })
      await other.add(events.slice(1))
      await other.publish(null)
      const { text } = other.published()
      const original = await deps.log.tiles.read("checkpoint")
      await deps.log.tiles.write([{ path: "checkpoint", bytes: Buffer.from(text) }])
      const report = await run({ resume: true, provinces })
      expect(report.refused).toBe(`its checkpoint had ${events.length} entries, the published one has ${events.length - 1}`)
      expect(report).toMatchObject({ ok: false, log: null, provinces: [] })
      await deps.log.tiles.write([{ path: "checkpoint", bytes: original ?? Buffer.alloc(0) }])
      expect(await run({ resume: true, provinces })).toMatchObject({ ok: true, refused: null })
    })
  })
})
