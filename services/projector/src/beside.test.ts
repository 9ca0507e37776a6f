import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { streamOf } from "@tongzhang/domain/enrollment"
import { month } from "@tongzhang/domain/month"
import type { PersonKey } from "@tongzhang/domain/ids"
import { streamOf as personStream } from "@tongzhang/domain/person"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { createQueries, type Queries } from "@tongzhang/record/queries"
import { asNewEvents } from "@tongzhang/record/testing/facts"
import { systemClock } from "@tongzhang/service-kit/clock"
import { opened, recorded } from "@tongzhang/testing/enrollment-facts"
import { sql } from "kysely"
import { pino } from "pino"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { rebuildBeside } from "./beside.js"
import { createProjector, type Projector } from "./projector.js"
import type { ProjectorOptions } from "./run.js"

const personOf = (n: number): PersonKey => n.toString(16).padStart(32, "0") as PersonKey

let folder: string
let store: EventStore
let record: RecordDb
let queries: Queries
let live: Projector
let options: ProjectorOptions

beforeAll(async () => {
  record = await openRecord({ kind: "pglite", path: null })
  queries = createQueries(record)
}, 60_000)
afterAll(() => record.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "beside-"))
  store = await openEmbeddedStore({ path: folder })
  await record.clear()
  options = { store, record, clock: systemClock, logger: pino({ level: "silent" }), random: () => 0.5 }
  live = createProjector(options)
  live.start()
})
afterEach(async () => {
  await live.stop()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const add = async (n: number): Promise<void> => {
  const person = personOf(n)
  const relation = streamOf({ province: "31", scheme: "110", person })
  const identity = { sealed: `s${n}`, nameIndex: `n${n}` }
  const registered = { type: "PersonRegistered", sex: "female", birthMonth: month("1985-03"), hukou: "34", ...identity } as const
  await store.append(personStream(person), -1, asNewEvents(personStream(person), [registered], 0))
  const facts = [opened("2024-01"), recorded("L1", "2024-01..2024-03")]
  await store.append(relation, -1, asNewEvents(relation, facts, 0))
}

const schemas = async (): Promise<string[]> => {
  const { rows } = await sql<{
    name: string
  }>`select nspname as name from pg_namespace where nspname like 'record%' order by 1`.execute(record.db)
  return rows.map(({ name }) => name)
}

describe("a rebuild beside the record in use", () => {
  it("answers reads all the while, takes in what arrives meanwhile, and ends with the same digest", async () => {
    for (let n = 1; n <= 300; n++) await add(n)
    await live.caughtUp()
    let reads = 0
    let empty = 0
    let running = true
    const reading = (async () => {
      while (running) {
        const found = await queries.recordOf(personOf(1 + (reads % 300)))
        reads++
        if (found === null) empty++
        // Straight from the tables, past any cache.
        const { count } = await record.db
          .selectFrom("person_record")
          .select(({ fn }) => fn.countAll<number>().as("count"))
          .executeTakeFirstOrThrow()
        if (count < 300) empty++
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const writing = (async () => {
      for (let n = 301; n <= 340; n++) {
        await add(n)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })()
    let progress = 0
    const result = await rebuildBeside(options, live, { onProgress: (events) => void (progress += events) })
    await writing
    await live.caughtUp()
    running = false
    await reading
    expect(result).toMatchObject({ switched: true, digest_rebuilt: result.digest_before })
    expect(result.events).toBeGreaterThanOrEqual(900)
    expect(progress).toBe(result.events)
    expect(reads).toBeGreaterThan(5)
    expect(empty).toBe(0)
    const after = await queries.digest()
    expect(after.persons).toBe(340)
    expect((await live.rebuild()).digest).toBe(after.digest)
    expect(await schemas()).toEqual(["record_v1"])
  })

  it("finds a record that is not what the facts say, and leaves it in place", async () => {
    for (let n = 1; n <= 5; n++) await add(n)
    await live.caughtUp()
    await record.db.deleteFrom("person_record").where("person_key", "=", personOf(3)).execute()
    const result = await rebuildBeside(options, live)
    expect(result.switched).toBe(false)
    expect(result.digest_rebuilt).not.toBe(result.digest_before)
    expect((await queries.digest()).persons).toBe(4)
    expect(await schemas()).toEqual(["record_v1"])
    await add(6)
    await live.caughtUp()
    expect((await queries.digest()).persons).toBe(5)
  })

  it("cancelled, it leaves nothing behind and the record goes on", async () => {
    await add(1)
    await live.caughtUp()
    const stop = new AbortController()
    stop.abort()
    await expect(rebuildBeside(options, live, { signal: stop.signal })).rejects.toThrow("cancelled")
    await add(2)
    await live.caughtUp()
    expect((await queries.digest()).persons).toBe(2)
    expect(await schemas()).toEqual(["record_v1"])
  })
})
