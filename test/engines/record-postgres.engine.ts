/** The record store and consumer state on PostgreSQL: the same facts give the same rows as on the embedded database. */
import { randomUUID } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { createProjector, type Projector } from "@tongzhang/projector/projector"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { createQueries } from "@tongzhang/record/queries"
import { tableNames } from "@tongzhang/record/tables"
import { asNewEvents } from "@tongzhang/record/testing/facts"
import { threeProvinces, worker } from "@tongzhang/record/testing/three-provinces"
import { systemClock } from "@tongzhang/service-kit/clock"
import { openConsumerState } from "@tongzhang/streams/embedded/consumer-state"
import { openPostgresConsumerState } from "@tongzhang/streams/postgres/consumer-state"
import { sql } from "kysely"
import pg from "pg"
import { pino } from "pino"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { against, postgres } from "./engines.js"
import { addNation } from "./facts.js"

against("PostgreSQL", await postgres(), (server) => {
  const database = `engines_${randomUUID().replaceAll("-", "")}`
  const url = Object.assign(new URL(server), { pathname: `/${database}` }).href
  let admin: pg.Client
  let folder: string
  let store: EventStore

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: server })
    await admin.connect()
    await admin.query(`create database ${database}`)
    folder = await mkdtemp(join(tmpdir(), "engines-"))
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

  const withProjector = async <T>(record: RecordDb, run: (projector: Projector) => Promise<T>): Promise<T> => {
    const projector = createProjector({
      store,
      record,
      clock: systemClock,
      logger: pino({ level: "silent" }),
      random: () => 0.5,
      limits: { batchEvents_max: 200 },
    })
    projector.start()
    try {
      return await run(projector)
    } finally {
      await projector.stop()
    }
  }
  /** Every row of every table, as the driver gives it. */
  const rowsOf = async ({ db }: RecordDb): Promise<Record<string, string[]>> => {
    const tables: Record<string, string[]> = {}
    for (const name of tableNames) {
      const { rows } = await sql<{ row: string }>`select to_json(t)::text as row from ${sql.table(name)} t`.execute(db)
      tables[name] = rows.map(({ row }) => row).toSorted()
    }
    return tables
  }

  describe("the record on PostgreSQL", () => {
    it("holds the same rows as the embedded database, before and after a rebuild", async () => {
      const postgresRecord = await openRecord({ kind: "postgres", connectionString: url })
      const embedded = await openRecord({ kind: "pglite", path: null })
      const built = await withProjector(postgresRecord, async (projector) => {
        await projector.caughtUp()
        return { rows: await rowsOf(postgresRecord), digest: (await createQueries(postgresRecord).digest()).digest }
      })
      const reference = await withProjector(embedded, async (projector) => {
        await projector.caughtUp()
        return { rows: await rowsOf(embedded), digest: (await createQueries(embedded).digest()).digest }
      })
      expect(Object.fromEntries(Object.entries(built.rows).map(([name, rows]) => [name, rows.length]))).toMatchObject({
        person_record: 301,
        transfer: 1,
        checkpoint: 1,
      })
      expect(built).toEqual(reference)
      const rebuilt = await withProjector(postgresRecord, (projector) => projector.rebuild())
      expect(rebuilt).toMatchObject({ digest: reference.digest, persons: 301 })
      expect(await rowsOf(postgresRecord)).toEqual(reference.rows)
      await Promise.all([postgresRecord.close(), embedded.close()])
    })

    it("opens again what is there, reads a record, and takes up where the last projector ended", async () => {
      const record = await openRecord({ kind: "postgres", connectionString: url })
      const queries = createQueries(record)
      const before = await queries.digest()
      expect((await queries.recordOf(worker))?.key).toBe(worker)
      await withProjector(record, async (projector) => {
        await projector.caughtUp()
        expect(projector.status().folded).toBe(0)
      })
      expect(await queries.digest()).toEqual(before)
      await record.close()
    })

    it("is copied in when it is new: one write of everybody, whatever the batches, then upserts", async () => {
      const opened = await openRecord({ kind: "postgres", connectionString: url, schema: "loaded", partitions: 3 })
      const load = opened.load ?? expect.fail("PostgreSQL takes COPY")
      let loads = 0
      const record: RecordDb = { ...opened, load: (work) => load(work).finally(() => void loads++) }
      const { db } = record
      await withProjector(record, (projector) => projector.caughtUp())
      const { rows } = await sql<{
        written: number
      }>`select count(distinct xmin::text)::int as written from person_record`.execute(db)
      expect([loads, rows]).toEqual([1, [{ written: 1 }]])
      const built = await rowsOf(record)
      await sql`truncate ${sql.join(tableNames.map((name) => sql.table(name)))}`.execute(db)
      await withProjector({ ...opened, load: null }, (projector) => projector.caughtUp())
      expect(await rowsOf(record)).toEqual(built)
      await opened.close()
    })

    it("is built anew beside the one that is read, which answers until the last moment and can then be dropped", async () => {
      const open = (schema: string) => openRecord({ kind: "postgres", connectionString: url, schema })
      const old = await open("copy_old")
      await withProjector(old, (projector) => projector.caughtUp())
      const next = await open("copy_next")
      const reader = createQueries(old, { cached_max: 1 })
      const before = await reader.digest()
      let answers = 0
      let built = false
      const reading = async (): Promise<void> => {
        for (; !built; answers++) expect((await reader.recordOf(worker))?.key).toBe(worker)
      }
      const [digest] = await Promise.all([
        withProjector(next, async (projector) => {
          await projector.caughtUp()
          built = true
          return createQueries(next).digest()
        }),
        reading(),
      ])
      expect(answers).toBeGreaterThan(1)
      expect(digest).toEqual(before)
      expect(await reader.digest()).toEqual(before)
      await sql`drop schema copy_old cascade`.execute(old.db)
      expect((await createQueries(next).recordOf(worker))?.key).toBe(worker)
      await Promise.all([old.close(), next.close()])
    })

    it("is copied in by one of two projectors that start at once", async () => {
      const open = () => openRecord({ kind: "postgres", connectionString: url, schema: "raced" })
      const [one, two] = await Promise.all([open(), open()])
      await withProjector(one, (first) => withProjector(two, (second) => Promise.all([first.caughtUp(), second.caughtUp()])))
      const reference = await openRecord({ kind: "pglite", path: null })
      await withProjector(reference, (projector) => projector.caughtUp())
      expect(await rowsOf(one)).toEqual(await rowsOf(reference))
      await Promise.all([one.close(), two.close(), reference.close()])
    })

    it("divides the tables of persons, also of a record that was made undivided", async () => {
      const partsOf = async ({ db }: RecordDb): Promise<string[]> => {
        const { rows } = await sql<{ part: string }>`
          select c.relname as part from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_class c on c.oid = i.inhrelid
          where p.relkind = 'p' and p.relnamespace = current_schema()::regnamespace order by c.relname`.execute(db)
        return rows.map(({ part }) => part)
      }
      const open = (partitions: number) => openRecord({ kind: "postgres", connectionString: url, schema: "divided", partitions })
      const whole = await open(1)
      await withProjector(whole, (projector) => projector.caughtUp())
      const before = await rowsOf(whole)
      expect(await partsOf(whole)).toEqual([])
      // As a ledger of the first version left it, which knew no later migration.
      await sql`drop table coverage_month`.execute(whole.db)
      await sql`delete from kysely_migration where name > '0002'`.execute(whole.db)
      await whole.close()

      const divided = await open(4)
      const tables = ["benefit_claim", "overlap_case", "person_record", "relation"]
      expect(await partsOf(divided)).toEqual(tables.flatMap((table) => [0, 1, 2, 3].map((i) => `${table}_${i}`)))
      // Migration 0003 empties the record: what it adds is made from the facts.
      await withProjector(divided, (projector) => projector.caughtUp())
      expect(await rowsOf(divided)).toEqual(before)
      for (const i of [0, 1, 2, 3]) {
        const part = sql.table(`person_record_${i}`)
        const { rows } = await sql<{ persons: number }>`select count(*)::int as persons from ${part}`.execute(divided.db)
        expect(rows[0]?.persons).toBeGreaterThan(30)
      }
      await addNation(store, asNewEvents, 10, 2, 7_000)
      await withProjector(divided, (projector) => projector.caughtUp())
      const reference = await openRecord({ kind: "pglite", path: null })
      await withProjector(reference, (projector) => projector.caughtUp())
      expect(await rowsOf(divided)).toEqual(await rowsOf(reference))
      await Promise.all([divided.close(), reference.close()])
      await expect(open(0)).rejects.toThrow("1 to 256 partitions")
    })

    it("is opened by two processes at once", async () => {
      const fresh = `${database}_twice`
      await admin.query(`create database ${fresh}`)
      const connectionString = Object.assign(new URL(server), { pathname: `/${fresh}` }).href
      const records = await Promise.all([1, 2, 3].map(() => openRecord({ kind: "postgres", connectionString })))
      expect(await createQueries(records[2]!).totals()).toMatchObject({ persons: 0 })
      await Promise.all(records.map((record) => record.close()))
      await admin.query(`drop database ${fresh} with (force)`)
    })

    it("goes on after the server has dropped every connection", async () => {
      const record = await openRecord({ kind: "postgres", connectionString: url })
      await withProjector(record, async (projector) => {
        await projector.caughtUp()
        await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [database])
        await addNation(store, asNewEvents, 20, 2, 5_000)
        await projector.caughtUp()
      })
      const embedded = await openRecord({ kind: "pglite", path: null })
      await withProjector(embedded, (projector) => projector.caughtUp())
      expect(await rowsOf(record)).toEqual(await rowsOf(embedded))
      await Promise.all([record.close(), embedded.close()])
    })
  })

  describe("consumer state on PostgreSQL", () => {
    const states = {
      PostgreSQL: () => openPostgresConsumerState({ connectionString: url, consumer: `c-${randomUUID()}` }),
      "the embedded store": async () => openConsumerState({ path: join(folder, randomUUID()) }),
    }
    for (const [name, open] of Object.entries(states))
      it(`keeps what was put, the last word counting (${name})`, async () => {
        const state = await open()
        await state.putMany([])
        await state.putMany([
          ["张三", "一"],
          ["b", "\\ \" ' \u{1F600}"],
          ["empty", ""],
          ["b", "2"],
        ])
        await state.putMany([["张三", "二"]])
        expect(await state.getMany(["张三", "b", "missing", "empty"])).toEqual(
          new Map([
            ["张三", "二"],
            ["b", "2"],
            ["empty", ""],
          ]),
        )
        expect(await state.getMany([])).toEqual(new Map())
        const many = Array.from({ length: 5_000 }, (_, n) => [`k${n}`, `v${n}`] as const)
        await state.putMany(many)
        expect(await state.getMany(many.map(([key]) => key))).toEqual(new Map(many))
        await state.close()
      })

    it("is kept apart by consumer, survives reopening, and is created once by many", async () => {
      const open = (consumer: string) => openPostgresConsumerState({ connectionString: url, consumer })
      const [one, two, three] = await Promise.all([open("one"), open("two"), open("three")])
      await one.putMany([["k", "mine"]])
      expect(await two.getMany(["k"])).toEqual(new Map())
      await Promise.all([one, two, three].map((state) => state.close()))
      const again = await open("one")
      expect(await again.getMany(["k"])).toEqual(new Map([["k", "mine"]]))
      await again.close()
    })

    it("says so when no server answers", async () => {
      await expect(
        openPostgresConsumerState({ connectionString: "postgres://nobody@127.0.0.1:1/none", consumer: "c" }),
      ).rejects.toThrow(/ECONNREFUSED/)
    })
  })
})
