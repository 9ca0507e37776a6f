/** The rebuild beside the record in use, on PostgreSQL, with a reader of another process's pool that never opens anything anew. */
import { randomUUID } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { PersonKey } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { streamOf } from "@tongzhang/domain/person"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { rebuildBeside } from "@tongzhang/projector/beside"
import { createProjector } from "@tongzhang/projector/projector"
import { openRecord } from "@tongzhang/record/database"
import { createQueries } from "@tongzhang/record/queries"
import { asNewEvents } from "@tongzhang/record/testing/facts"
import { threeProvinces, worker } from "@tongzhang/record/testing/three-provinces"
import { systemClock } from "@tongzhang/service-kit/clock"
import pg from "pg"
import { pino } from "pino"
import { afterAll, beforeAll, expect, it } from "vitest"
import { against, postgres } from "./engines.js"
import { addNation } from "./facts.js"

const database = `beside_${randomUUID().replaceAll("-", "")}`

against("PostgreSQL", await postgres(), (server) => {
  const url = Object.assign(new URL(server), { pathname: `/${database}` }).href
  let admin: pg.Client
  let folder: string
  let store: EventStore

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: server })
    await admin.connect()
    await admin.query(`create database ${database}`)
    folder = await mkdtemp(join(tmpdir(), "beside-"))
    store = await openEmbeddedStore({ path: join(folder, "store") })
    for (const { stream, revision, id, type, data, metadata } of threeProvinces().records())
      await store.append(stream, revision - 1, [{ id, type, data, metadata }])
    await addNation(store, asNewEvents, 300, 6)
  })
  afterAll(async () => {
    await store.close()
    await admin.query(`drop database ${database} with (force)`)
    await admin.end()
    await rm(folder, { recursive: true, force: true })
  })

  it("puts a new copy in the place of the record, and a reader that is open all the while misses nothing", async () => {
    const open = () => openRecord({ kind: "postgres", connectionString: url })
    const [record, other] = [await open(), await open()]
    const options = { store, record, clock: systemClock, logger: pino({ level: "silent" }), random: () => 0.5 }
    const live = createProjector(options)
    live.start()
    await live.caughtUp()
    const reader = createQueries(other, { cached_max: 1 })
    const before = await reader.digest()
    let answers = 0
    let done = false
    const reading = async (): Promise<void> => {
      for (; !done; answers++) expect((await reader.recordOf(worker))?.key).toBe(worker)
    }
    const rebuilding = rebuildBeside(options, live).finally(() => (done = true))
    const [result] = await Promise.all([rebuilding, reading()])
    expect(result).toMatchObject({ switched: true, digest_before: before.digest, digest_rebuilt: before.digest })
    expect(answers).toBeGreaterThan(1)
    expect(await reader.digest()).toEqual(before)
    // Facts that come later go into the new copy, by the projector that ran before.
    const stream = streamOf("f".repeat(32) as PersonKey)
    const identity = { sealed: "s", nameIndex: "n" }
    const registered = { type: "PersonRegistered", sex: "male", birthMonth: month("1980-01"), hukou: "44", ...identity } as const
    await store.append(stream, -1, asNewEvents(stream, [registered], 0))
    await live.caughtUp()
    expect((await reader.digest()).persons).toBe(before.persons + 1)
    await live.stop()
    await Promise.all([record.close(), other.close()])
  })
})
