/** The runbook's steps (docs/operations.md), each done on running services: more instances, backup, restore, topics made anew. */
import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { cpSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { mover, rider, riderCases } from "@tongzhang/nation/rider"
import { compareWithTruth } from "@tongzhang/standalone/demo/detection"
import { createPersonKeys } from "@tongzhang/identity/person-key"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { AssignerProtocol, Kafka, logLevel } from "kafkajs"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { layNation, type Plan, temporaryFolder } from "../e2e/support.js"
import { against, type Engine, kafka, noteOf } from "./engines.js"
import { environmentOf, type Ledger, type LedgerPlan, openLedger, readyAt, until } from "./ledger.js"
import { type Running, runService, runTestNode } from "./processes.js"
import { ask, feed, type Place, personOf, secrets, transfer } from "./story.js"

const run = promisify(execFile)
const step_ms = 300_000

type Own = { readonly brokers: readonly string[]; readonly server: string; readonly programs: string }
/** pg_dump must be of the server's own version: only the server that was started here has its programs beside it. */
const ownEngines = async (): Promise<Engine<Own>> => {
  const brokers = await kafka()
  if (!brokers.up) return brokers
  const note = noteOf("postgres") as { readonly url: string; readonly programs: string } | null
  if (note === null) return { up: false, why: "a backup needs the PostgreSQL of `npm run postgres:up`" }
  return { up: true, where: { brokers: brokers.where, server: note.url, programs: note.programs } }
}

against("the runbook", await ownEngines(), ({ brokers, server, programs }) => {
  const folder = temporaryFolder("operations")
  const name = `operations_${randomBytes(4).toString("hex")}`
  const databases: string[] = []
  const nodes: Running[] = []
  let plan: Plan
  let main: LedgerPlan
  let ledger: Ledger
  /** Digests when the backup was made, and after what came later. */
  let [early, late] = ["", ""]

  const query = async <Row extends pg.QueryResultRow>(database: string, text: string): Promise<readonly Row[]> => {
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    try {
      return (await client.query<Row>(text)).rows
    } finally {
      await client.end()
    }
  }
  const newDatabase = async (): Promise<string> => {
    const database = `${name}_${databases.length}`
    await query(server, `create database ${database}`)
    databases.push(database)
    return Object.assign(new URL(server), { pathname: `/${database}` }).href
  }
  const startNode = async (events: string): Promise<string> => {
    const node = runTestNode(join(folder.path, events))
    nodes.push(node)
    return node.url
  }
  const stopNode = async (): Promise<void> => {
    const node = nodes.at(-1)
    node?.child.kill("SIGTERM")
    await node?.ended
  }
  const dump = (database: string, file: string) =>
    run(join(programs, "pg_dump"), ["--format=custom", "--file", join(folder.path, file), database])
  const restored = async (file: string): Promise<string> => {
    const database = await newDatabase()
    await run(join(programs, "pg_restore"), ["--exit-on-error", "--dbname", database, join(folder.path, file)])
    return database
  }
  const digestOf = async ({ queries }: Ledger): Promise<string> => (await queries.digest()).digest
  const stop = async (running: Running): Promise<void> => {
    running.child.kill("SIGTERM")
    expect((await running.ended).code).toBe(0)
  }
  const recordOf = (place: Place): Promise<object> =>
    ask(place, "center", "GET", `/national/persons/${personOf(rider.citizenId)}/record`)
  const keysIn = async (database: string): Promise<number> =>
    Number((await query<{ count: string }>(database, "select count(*) from identity.person_key"))[0]?.count)

  beforeAll(async () => {
    plan = await layNation(join(folder.path, "nation"), { persons: 30, seed: 5, period: "whole" })
    const events = await startNode("events")
    main = { events, brokers, database: await newDatabase(), prefix: `${name}.`, folder: join(folder.path, "main") }
    ledger = await openLedger(main)
    for (const file of plan.files.slice(0, -3)) await feed(ledger.place, file)
    await ledger.place.settled()
  }, step_ms)
  afterAll(async () => {
    await ledger.close()
    await stopNode()
    for (const database of databases) await query(server, `drop database if exists ${database} with (force)`)
    folder.remove()
  }, 60_000)

  it(
    "a second national answers as the first does, and goes on when the first stops",
    async () => {
      const second = runService("national", environmentOf(main, "national"))
      const other: Place = { ...ledger.place, base: () => second.url }
      expect(await recordOf(other)).toEqual(await recordOf(ledger.place))
      await stop(ledger.fleet.running("national"))
      await recordOf(other)
      await ledger.fleet.start("national")
      await stop(second)
    },
    step_ms,
  )

  it(
    "a second member shares the partitions of duplicates, then does all of it, and finds what is labelled",
    async () => {
      const second = runService("duplicates", environmentOf(main, "duplicates"))
      const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
      await admin.connect()
      const shares = async (): Promise<readonly number[]> => {
        const { groups } = await admin.describeGroups([`${main.prefix}duplicates@${main.prefix}ledger.facts`])
        const members = groups[0]?.members ?? []
        return members.map(({ memberAssignment }) => {
          const { assignment } = AssignerProtocol.MemberAssignment.decode(memberAssignment) ?? { assignment: {} }
          return Object.values(assignment).flat().length
        })
      }
      await until("two members, four partitions each", async () => (await shares()).join() === "4,4")
      const [own, ...rest] = plan.files.slice(-3)
      if (own === undefined) throw new Error("no file is left")
      await feed(ledger.place, own)
      await ledger.place.settled()
      await stop(ledger.fleet.running("duplicates"))
      for (const file of rest) await feed(ledger.place, file)
      await until("the second has all", async () => (await shares()).join() === "8")
      await until("the second is ready", async () => (await readyAt(second.url))?.ok === true)
      await ledger.fleet.start("duplicates")
      await stop(second)
      await admin.disconnect()
      await ledger.place.settled()
      const seen = {
        queries: ledger.queries,
        aggregates: openAggregateStore(ledger.store),
        personKeys: createPersonKeys(secrets.identity),
      }
      expect(await compareWithTruth(seen, plan.labels)).toMatchObject({ precision: 1, recall: 1, differences: [] })
    },
    step_ms,
  )

  it(
    "a second intake with a folder of its own takes a file, and it is the same file",
    async () => {
      const second = runService("intake", { ...environmentOf(main, "intake"), DATA_DIR: join(folder.path, "intake-2") })
      const before = await ledger.store.head()
      const [file] = plan.files
      if (file === undefined) throw new Error("the nation has no files")
      await feed({ ...ledger.place, base: () => second.url }, file)
      expect(await ledger.store.head()).toBe(before)
      await stop(second)
    },
    step_ms,
  )

  it(
    "is backed up: the database while everything runs, then the facts",
    async () => {
      await dump(main.database, "early.dump")
      early = await digestOf(ledger)
      await ledger.close()
      // The test node's folder is one file that a process writes: it is copied while nobody does. EventStoreDB's is copied running.
      await stopNode()
      cpSync(join(folder.path, "events"), join(folder.path, "events-early"), { recursive: true })
      main = { ...main, events: await startNode("events") }
      ledger = await openLedger(main)
      expect((await transfer(ledger.place, mover)).state).toBe("completed")
      await ledger.place.settled()
      late = await digestOf(ledger)
      expect(late).not.toBe(early)
      await dump(main.database, "late.dump")
    },
    step_ms,
  )

  it(
    "topics are made anew under another prefix: the relay sends all again, nobody does anything twice",
    async () => {
      await ledger.close()
      await query(main.database, "delete from streams.consumer_state where consumer = 'relay'")
      main = { ...main, prefix: `${name}.anew.` }
      ledger = await openLedger(main)
      const head = await ledger.store.head()
      await ledger.place.settled()
      const { id } = await ask<{ readonly id: string }>(ledger.place, "center", "POST", "/relay/reconcile", {}, "audit")
      type Job = { readonly state: string; readonly result?: { readonly ok: boolean; readonly missing: number } }
      let job: Job = { state: "queued" }
      await until("compared", async () => {
        job = await ask<Job>(ledger.place, "center", "GET", `/relay/jobs/${id}`)
        return job.state !== "queued" && job.state !== "running"
      })
      expect(job.result).toMatchObject({ ok: true, missing: 0 })
      expect(await ledger.store.head()).toBe(head)
      expect(await digestOf(ledger)).toBe(late)
    },
    step_ms,
  )

  it(
    "a database older than the facts: nothing to do, relay and projector go on from their positions",
    async () => {
      await ledger.close()
      main = { ...main, database: await restored("early.dump"), prefix: `${name}.older.` }
      ledger = await openLedger(main)
      await ledger.place.settled()
      expect(await digestOf(ledger)).toBe(late)
    },
    step_ms,
  )

  it(
    "both restored into empty places: the same keys, the same record, names readable",
    async () => {
      await ledger.close()
      await stopNode()
      const events = await startNode("events-early")
      const database = await restored("early.dump")
      expect(await keysIn(database)).toBe(await keysIn(main.database))
      main = { ...main, events, database, prefix: `${name}.restored.` }
      ledger = await openLedger(main)
      await ledger.place.settled()
      expect(await digestOf(ledger)).toBe(early)
      const lookup = { citizenId: rider.citizenId }
      expect(await ask(ledger.place, "center", "POST", "/national/persons/lookup", lookup)).toMatchObject({ state: "matched" })
    },
    step_ms,
  )

  it(
    "a database newer than the facts: consumers' state emptied, a new copy of the record, new topics, the old copy dropped",
    async () => {
      await ledger.close()
      const database = await restored("late.dump")
      await query(database, "truncate streams.consumer_state")
      main = { ...main, database, prefix: `${name}.newer.`, schema: "record_next" }
      ledger = await openLedger(main)
      await ledger.place.settled()
      expect(await digestOf(ledger)).toBe(early)
      type Schema = { readonly schema: string }
      const copies =
        "select distinct schemaname as schema from pg_tables where tablename = 'checkpoint' and schemaname <> 'record_next'"
      for (const { schema } of await query<Schema>(database, copies)) await query(database, `drop schema ${schema} cascade`)
      expect(await digestOf(ledger)).toBe(early)
      const cases = await ask<{ readonly cases: readonly { readonly case: string }[] }>(
        ledger.place,
        "center",
        "GET",
        "/duplicates/cases?limit=200",
      )
      expect(cases.cases.map((found) => found.case)).toEqual(expect.arrayContaining(riderCases.map((expected) => expected.case)))
    },
    step_ms,
  )
})
