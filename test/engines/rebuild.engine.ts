/**
 * The record rebuilt with services as processes: `tongzhang rebuild --beside --url` asks the projector's own door, national answers
 * all the while, and the projector is killed in the middle of one. Projector, national and the test node are processes, PostgreSQL is real.
 */
import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { BesideResult } from "@tongzhang/projector/beside"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { createQueries, type Queries } from "@tongzhang/record/queries"
import { asNewEvents } from "@tongzhang/record/testing/facts"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { temporaryFolder } from "../e2e/support.js"
import { against, postgres } from "./engines.js"
import { addNation } from "./facts.js"
import { environmentOf, readiness, until } from "./ledger.js"
import { builtMain, createFleet, type Fleet, type Running, runTestNode } from "./processes.js"
import { issue } from "./story.js"

const persons = 3_000
const person = (n: number): string => n.toString(16).padStart(32, "0")
type Job = { readonly id: string; readonly state: string; readonly done: number }

against("a rebuild beside, with services as processes", await postgres(), (server) => {
  const folder = temporaryFolder("rebuild")
  const name = `rebuild_${randomBytes(4).toString("hex")}`
  const database = Object.assign(new URL(server), { pathname: `/${name}` }).href
  let admin: pg.Client
  let node: Running
  let store: EventStore
  let record: RecordDb
  let queries: Queries
  let fleet: Fleet

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: server })
    await admin.connect()
    await admin.query(`create database ${name}`)
    node = runTestNode(`${folder.path}/events`)
    const events = await node.url
    store = await openEventStoreDb({ connectionString: events })
    const many = 250
    for (let from = 1; from <= persons; from += many * 4)
      await Promise.all([0, 1, 2, 3].map((i) => addNation(store, asNewEvents, many, 6, from + i * many)))
    record = await openRecord({ kind: "postgres", connectionString: database })
    queries = createQueries(record)
    fleet = createFleet((service) => environmentOf({ events, brokers: [], database, prefix: "", folder: folder.path }, service))
    await Promise.all([fleet.start("projector"), fleet.start("national")])
    await folded()
  }, 180_000)
  afterAll(async () => {
    await fleet?.stop()
    await record?.close()
    await store?.close()
    node?.child.kill("SIGTERM")
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
    folder.remove()
  }, 60_000)

  const folded = (): Promise<void> =>
    until("folded", async () => {
      // Reads go on adding facts about reads: what has to be folded is what stands now.
      const head = (await store.head()) ?? ""
      await until("as far as now", async () => ((await queries.checkpoint("record")) ?? "") >= head)
      return (await queries.digest()).persons === persons
    })
  const schemas = async (): Promise<string[]> => {
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    const { rows } = await client.query<{ name: string }>("select nspname as name from pg_namespace where nspname like 'record%'")
    await client.end()
    return rows.map((row) => row.name).sort()
  }
  const asCenter = async (method: string, path: string): Promise<Response> =>
    fetch(new URL(path, await fleet.base(path.startsWith("/projector") ? "projector" : "national")), {
      method,
      headers: { authorization: `Bearer ${await issue("center")}`, "x-purpose": "service" },
    })

  /** Reads one person after the other through national until told to stop; what was not answered whole is counted. */
  const reading = () => {
    const state = { done: false, answers: 0, missing: 0 }
    const end = (async () => {
      for (; !state.done; state.answers++) {
        const response = await asCenter("GET", `/v1/persons/${person(1 + (state.answers % persons))}/record`)
        const { record: found } = (await response.json()) as { record?: { asOf: { events: number } } }
        if (response.status !== 200 || found?.asOf.events !== 8) state.missing++
      }
    })()
    return {
      stop: async () => {
        state.done = true
        await end
        return state
      },
    }
  }

  /** `tongzhang rebuild --beside --url`, as an operator types it. */
  const rebuild = async (): Promise<{ code: number | null; out: string; err: string }> => {
    const args = ["rebuild", "--beside", "--json", "--url", await fleet.base("projector")]
    const env = { PATH: process.env["PATH"] ?? "", TONGZHANG_TOKEN: await issue("center") }
    const child = spawn(process.execPath, [builtMain("services/standalone/dist/cli/main.js"), ...args], { env })
    let [out, err] = ["", ""]
    child.stdout.on("data", (bytes: Buffer) => (out += bytes.toString()))
    child.stderr.on("data", (bytes: Buffer) => (err += bytes.toString()))
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve))
    return { code, out, err }
  }

  it("is refused to a caller without a token, and to an agency", async () => {
    const url = new URL("/projector/rebuild", await fleet.base("projector"))
    expect((await fetch(url, { method: "POST" })).status).toBe(401)
    const authorization = `Bearer ${await issue("agency:31")}`
    expect((await fetch(url, { method: "POST", headers: { authorization } })).status).toBe(403)
  })

  it("one command: the copy takes the record's place while national answers, and the digest is the same", async () => {
    const before = await queries.digest()
    const readers = reading()
    const { code, out, err } = await rebuild()
    expect(`${code} ${err}`).toBe("0 ")
    const result = JSON.parse(out) as BesideResult
    expect(result).toMatchObject({ switched: true, digest_before: before.digest, digest_rebuilt: before.digest, persons })
    const { answers, missing } = await readers.stop()
    expect(missing).toBe(0)
    expect(answers).toBeGreaterThan(10)
    expect(await schemas()).toEqual(["record_v1"])
    await addNation(store, asNewEvents, 1, 6, persons + 1)
    await until("a later person folded", async () => (await queries.digest()).persons === persons + 1)
  }, 180_000)

  it("kill -9 in the middle: the record in use answers on, a new start goes on, and the next rebuild sweeps up and succeeds", async () => {
    const before = await queries.digest()
    const readers = reading()
    const started = (await (await asCenter("POST", "/projector/rebuild")).json()) as Job
    // The copy's schema stands and the job is at work: it has not been put in its place yet.
    await until("at work", async () => (await schemas()).includes("record_v1_next"))
    const job = (await (await asCenter("GET", `/projector/jobs/${started.id}`)).json()) as Job
    expect(job.state).toBe("running")
    await fleet.kill("projector")
    expect(await schemas()).toContain("record_v1_next")
    expect((await queries.digest()).digest).toBe(before.digest)
    await sleep(300)
    await fleet.start("projector")
    await until("ready again", async () => (await readiness(fleet, "projector"))?.ok === true)
    expect((await asCenter("GET", `/projector/jobs/${started.id}`)).status).toBe(404)
    const { code, out } = await rebuild()
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ switched: true, digest_before: before.digest, digest_rebuilt: before.digest })
    expect((await readers.stop()).missing).toBe(0)
    expect(await schemas()).toEqual(["record_v1"])
  }, 180_000)
})
