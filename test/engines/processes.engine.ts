/**
 * Every service as a process of its own, on an empty EventStoreDB (TEST_EVENT_STORE_EMPTY_URL; without one the test node, a process
 * too), Kafka and PostgreSQL: the same story as in the embedded ledger ends in the same record, also when each service is killed.
 */
import { randomBytes } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { rider, riderCases } from "@tongzhang/nation/rider"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { createQueries, type Queries } from "@tongzhang/record/queries"
import { createLogger } from "@tongzhang/service-kit/logger"
import { openLedger } from "@tongzhang/standalone/ledger"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { layNation, type Plan, temporaryFolder } from "../e2e/support.js"
import { type Chapters, feedAll, tellChapters } from "./chapters.js"
import { against, emptyEventStore, type Engine, type EventStoreEngine, kafka, postgres } from "./engines.js"
import { environmentOf, readiness, settledIn, until } from "./ledger.js"
import {
  createFleet,
  type Environment,
  type Fleet,
  type Running,
  runService,
  runTestNode,
  type ServiceName,
  services,
} from "./processes.js"
import { ask, type Fed, feed, type Place, personOf, secrets } from "./story.js"

type Engines = { readonly brokers: readonly string[]; readonly server: string; readonly events: EventStoreEngine | null }

const bothUp = async (): Promise<Engine<Engines>> => {
  const [brokers, server] = [await kafka(), await postgres()]
  if (!brokers.up) return brokers
  if (!server.up) return server
  const events = await emptyEventStore()
  return { up: true, where: { brokers: brokers.where, server: server.where, events: events.up ? events.where : null } }
}

const story_ms = 400_000

type Told = { readonly fed: Fed; readonly chapters: Chapters }

/** The same story on the embedded engines, in this process. */
const tellEmbedded = async (dataDir: string, plan: Plan): Promise<Told> => {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, "secrets.json"), JSON.stringify(secrets))
  const ledger = await openLedger({ dataDir, logger: createLogger({ service: "embedded", level: "error" }) })
  try {
    const url = await ledger.server.listen({ port: 0, host: "127.0.0.1" })
    const place: Place = { base: async () => url, settled: ledger.settled }
    const fed = await feedAll(place, plan)
    const { queries, engines } = ledger
    return { fed, chapters: await tellChapters(place, plan, { queries, aggregates: engines.aggregates, store: engines.store }) }
  } finally {
    await ledger.close()
  }
}

against("services as processes on real engines", await bothUp(), ({ brokers, server, events }) => {
  const folder = temporaryFolder("processes")
  const name = `processes_${randomBytes(4).toString("hex")}`
  const database = new URL(server)
  database.pathname = `/${name}`
  let plan: Plan
  let embedded: Told
  let node: Running | null = null
  let store: EventStore
  let record: RecordDb
  let queries: Queries
  let fleet: Fleet
  let eventStoreUrl = ""

  const envOf = (service: ServiceName): Environment => ({
    ...environmentOf(
      { events: eventStoreUrl, brokers, database: database.href, prefix: `${name}.`, folder: folder.path },
      service,
    ),
    ...(service === "projector" ? { READY_LAG_SECONDS_MAX: "2" } : {}),
  })
  const query = async (url: string, text: string): Promise<readonly { readonly value?: string }[]> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<{ value?: string }>(text)).rows
    } finally {
      await client.end()
    }
  }
  const settled = () => settledIn({ fleet, store, queries })
  const place: Place = { base: (service) => fleet.base(service as ServiceName), settled }

  beforeAll(async () => {
    plan = await layNation(join(folder.path, "nation"), { persons: 60, seed: 11, period: "whole" })
    embedded = await tellEmbedded(join(folder.path, "embedded"), plan)
    await query(server, `create database ${name}`)
    if (events === null) node = runTestNode(join(folder.path, "events"))
    eventStoreUrl = events?.connectionString ?? (await node?.url) ?? ""
    store = await openEventStoreDb({ connectionString: eventStoreUrl })
    console.log(`events on ${events?.is ?? "the test node (no database)"}`)
    expect(await store.head(), `${eventStoreUrl} holds events already: the story needs an empty one`).toBeNull()
    record = await openRecord({ kind: "postgres", connectionString: database.href })
    queries = createQueries(record)
    fleet = createFleet(envOf)
  }, story_ms)
  afterAll(async () => {
    await fleet.stop()
    await record.close()
    await store.close()
    node?.child.kill("SIGTERM")
    await node?.ended
    await query(server, `drop database ${name} with (force)`)
    folder.remove()
  }, 60_000)

  it("start side by side on empty engines and become ready", async () => {
    await Promise.all(services.map((service) => fleet.start(service)))
    for (const service of services)
      await until(`${service} ready`, async () => (await readiness(fleet, service))?.ok === true).catch(
        async (error: unknown) => {
          throw new Error(JSON.stringify(await readiness(fleet, service)), { cause: error })
        },
      )
    const open = await fetch(new URL("/national/statistics", await fleet.base("national")))
    expect(open.status).toBe(401)
    const metrics = await (await fetch(new URL("/metrics", await fleet.base("relay")))).text()
    expect(metrics).toContain('tongzhang_lag_seconds{check="relay lag"} 0')
  }, 120_000)

  it("are not ready while the record falls behind, and are again when it has caught up", async () => {
    const [first] = plan.files
    if (first === undefined) throw new Error("the nation has no files")
    const holder = new pg.Client({ connectionString: database.href })
    await holder.connect()
    const { rows } = await holder.query<{ schema: string }>(
      "select schemaname as schema from pg_tables where tablename = 'checkpoint'",
    )
    try {
      await holder.query(`begin; lock table ${rows[0]?.schema}.checkpoint in exclusive mode`)
      await feed(place, first)
      await until("projector behind", async () => {
        const ready = await readiness(fleet, "projector")
        return ready?.ok === false && ready.checks.some(({ detail = "" }) => /s behind, limit 2 s/.test(detail))
      })
      expect((await fetch(new URL("/ready", await fleet.base("projector")))).status).toBe(503)
      expect((await fetch(new URL("/health", await fleet.base("projector")))).status).toBe(200)
    } finally {
      await holder.end()
    }
    await until("projector ready", async () => (await readiness(fleet, "projector"))?.ok === true)
  }, 60_000)

  it(
    "take in a nation while each of them is killed in turn",
    async () => {
      const victims = [...services, ...services]
      let fed = false
      const reaper = (async (): Promise<number> => {
        let killed = 0
        for (const victim of victims) {
          if (fed && killed >= services.length) return killed
          await sleep(700)
          await fleet.kill(victim)
          killed += 1
          await fleet.start(victim)
        }
        return killed
      })()
      const tally = await feedAll(place, plan)
      fed = true
      expect(await reaper).toBeGreaterThanOrEqual(services.length)
      expect(tally).toEqual(embedded.fed)
      expect(tally.refused).toBe(plan.refused)
      await settled()
    },
    story_ms,
  )

  it(
    "then tell the rest of the demo, and end in the record of the embedded ledger",
    async () => {
      const chapters = await tellChapters(place, plan, { queries, store, aggregates: openAggregateStore(store) })
      expect(chapters.detection).toMatchObject({
        expected: plan.labels.length,
        detected: plan.labels.length,
        precision: 1,
        recall: 1,
        differences: [],
      })
      expect(chapters.secondPension).toBe("open")
      const completed = { state: "completed", legs: 3, conserved: true, personActs: 1 }
      expect(chapters.moved).toMatchObject([completed, completed])
      expect(chapters.decided.map(({ status }) => status)).toEqual(["cleared", "cleared", "cleared"])
      expect(chapters).toEqual(embedded.chapters)
      console.log(
        `${plan.files.length} files, ${embedded.fed.booked} rows booked, ${plan.refused} refused; ${plan.labels.length} labelled duplicates found`,
      )
    },
    story_ms,
  )

  it("answer, each under its own prefix, as the embedded ledger does", async () => {
    const person = personOf(rider.citizenId)
    const { cases } = await ask<{ readonly cases: readonly { readonly case: string }[] }>(
      place,
      "center",
      "GET",
      "/duplicates/cases?limit=200",
    )
    expect(cases.map((found) => found.case)).toEqual(expect.arrayContaining(riderCases.map((expected) => expected.case)))
    await ask(place, "center", "GET", `/national/persons/${person}/record`)
    await ask(place, "auditor", "GET", `/audit/persons/${person}/events`, undefined, "audit")
    const { accesses } = await ask<{ readonly accesses: readonly { readonly what: string; readonly purpose: string }[] }>(
      place,
      "center",
      "GET",
      `/national/persons/${person}/accesses`,
    )
    // Newest first, before them what the story itself looked at; who asks for the list stands in it too.
    expect(accesses.slice(0, 3).map(({ purpose, what }) => `${what} for ${purpose}`)).toEqual([
      "accesses for service",
      "events for audit",
      "record for service",
    ])
  }, 60_000)

  it("a second copy of the record is built beside the one that is read, and then read instead", async () => {
    const env = { ...envOf("projector"), RECORD_SCHEMA: "record_next" }
    const builder = runService("projector", env)
    const copy = await openRecord({ kind: "postgres", connectionString: database.href, schema: "record_next" })
    try {
      await builder.url
      const built = createQueries(copy)
      await until("second copy built", async () => ((await built.checkpoint("record")) ?? "") >= ((await store.head()) ?? ""))
      expect(await built.digest()).toEqual(await queries.digest())
      const reader = runService("national", { ...envOf("national"), RECORD_SCHEMA: "record_next" })
      const other: Place = { base: () => reader.url, settled }
      const path = `/national/persons/${personOf(rider.citizenId)}/record`
      expect(await ask(other, "center", "GET", path)).toEqual(await ask(place, "center", "GET", path))
      reader.child.kill("SIGTERM")
      expect((await reader.ended).code).toBe(0)
    } finally {
      await copy.close()
      builder.child.kill("SIGTERM")
      await builder.ended
    }
  }, 120_000)

  it("stop in order at SIGTERM", async () => {
    const codes = await fleet.stop()
    expect(codes).toEqual(Object.fromEntries(services.map((service) => [service, 0])))
  }, 60_000)
})
