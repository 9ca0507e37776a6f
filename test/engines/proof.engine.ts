/**
 * The proof log as in production: audit as a process with `PROOF_*`, another ledger's audit with `WITNESS_*`, both on PostgreSQL and an
 * event store each; published, receipted, co-signed, killed with kill -9 and taken up again, an fsck too.
 */
import { randomBytes } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { eventIdOf } from "@tongzhang/contracts/codec"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { fromBase64 } from "@tongzhang/proof/bytes"
import { openCheckpoint } from "@tongzhang/proof/checkpoint"
import { verifyConsistency } from "@tongzhang/proof/merkle"
import { formatVkey } from "@tongzhang/proof/note"
import { checkReceipt } from "@tongzhang/proof/receipt"
import { newSigningKey, openCosigner, openNoteSigner } from "@tongzhang/proof/signer"
import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { temporaryFolder } from "../e2e/support.js"
import { against, postgres } from "./engines.js"
import { environmentOf, readyAt, until } from "./ledger.js"
import { type Environment, type Running, runService, runTestNode } from "./processes.js"
import { issue } from "./story.js"

const patience_ms = 240_000
const stream = "Feed-31_proof" as StreamName
const idOf = (n: number): string => eventIdOf(`proof engine ${n}`)

type Size = { readonly size: number; readonly root: Uint8Array }
type Job = {
  readonly id: string
  readonly state: string
  readonly done: number
  readonly result?: { readonly ok: boolean; readonly first: string | null; readonly log: { readonly size: number } | null }
}

/** One ledger's audit as a process; killed and started again with the same environment. */
const auditAt = (env: Environment) => {
  let running: Running | null = null
  const base = async (): Promise<string> => {
    if (running === null) throw new Error("audit does not run")
    return running.url
  }
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(new URL(path, await base()), {
      method,
      headers: {
        authorization: `Bearer ${await issue("auditor")}`,
        "x-purpose": "audit",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return (answer.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : text) as T
  }
  return {
    ask,
    base,
    start: async () => {
      running = runService("audit", env)
      await running.url
      // It answers before it has taken up its log.
      const isOpen = async (): Promise<boolean> => (await fetch(new URL("/audit/proof/consistency?from=0&to=0", await base()))).ok
      await until("proof log open", isOpen)
    },
    end: async (signal: NodeJS.Signals) => {
      running?.child.kill(signal)
      return running?.ended
    },
  }
}

against("the proof log as a process", await postgres(), (server) => {
  const folder = temporaryFolder("proof")
  const name = `proof_${randomBytes(4).toString("hex")}`
  const [logKey, otherKey] = [newSigningKey("ledger.example/a"), newSigningKey("ledger.example/b")]
  const witnessKey = newSigningKey("witness.example/b")
  const log = openNoteSigner(logKey).key
  const witness = openCosigner(witnessKey).key
  const nodes: Running[] = []
  let store: EventStore
  let ours: ReturnType<typeof auditAt>
  let theirs: ReturnType<typeof auditAt>
  let appended = 0
  let known: Size

  const sql = async (url: string, text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  const database = (ledger: string): string => Object.assign(new URL(server), { pathname: `/${name}_${ledger}` }).href
  const environment = async (ledger: string, more: Environment): Promise<Environment> => {
    await sql(server, `create database ${name}_${ledger}`)
    const node = runTestNode(join(folder.path, `events-${ledger}`))
    nodes.push(node)
    const plan = { events: await node.url, brokers: [], database: database(ledger), prefix: "", folder: folder.path }
    const env = environmentOf(plan, "audit")
    const proofDir = join(folder.path, `proof-${ledger}`)
    return { ...env, PROOF_DIR: proofDir, ...more }
  }
  const append = async (count: number): Promise<void> => {
    for (const end = appended + count; appended < end;) {
      const events = Array.from({ length: Math.min(500, end - appended) }, (_, i) => ({
        id: idOf(appended + i),
        type: "FeedSettled@1",
        data: Buffer.from(
          JSON.stringify({ rows: appended + i, events: 1, accepted: 1, unchanged: 0, refused: 0, paid_fen: 100 }),
        ),
        metadata: Buffer.from(JSON.stringify({ commandId: `c${appended + i}`, purpose: "intake" })),
      }))
      const outcome = await store.append(stream, appended - 1, events)
      if (outcome.kind !== "appended" && outcome.kind !== "already_there") throw new Error(JSON.stringify(outcome))
      appended += events.length
    }
  }
  const checkpoint = async (): Promise<Size> => {
    const opened = await openCheckpoint(await ours.ask<string>("GET", "/audit/proof/checkpoint"), log)
    if (typeof opened === "string") throw new Error(opened)
    return opened.checkpoint
  }
  const allPublished = (): Promise<void> =>
    until("everything published", async () => (await checkpoint().catch(() => null))?.size === appended)

  beforeAll(async () => {
    const vkey = formatVkey(log)
    const ourEnv = await environment("a", { PROOF_KEY: logKey })
    const theirEnv = await environment("b", { PROOF_KEY: otherKey, WITNESS_KEY: witnessKey, WITNESS_LOGS: vkey })
    store = await openEventStoreDb({ connectionString: ourEnv["EVENT_STORE_URL"] ?? "" })
    ;[ours, theirs] = [auditAt(ourEnv), auditAt(theirEnv)]
    await Promise.all([ours.start(), theirs.start()])
  }, patience_ms)
  afterAll(async () => {
    await Promise.all([ours.end("SIGTERM"), theirs.end("SIGTERM")])
    await store.close()
    for (const node of nodes) {
      node.child.kill("SIGTERM")
      await node.ended
    }
    for (const ledger of ["a", "b"]) await sql(server, `drop database ${name}_${ledger} with (force)`)
    folder.remove()
  }, 60_000)

  it(
    "publishes what is appended, and gives receipts that are checked without it",
    async () => {
      await append(3_000)
      await allPublished()
      known = await checkpoint()
      for (const n of [0, 1_500, 2_999]) {
        const { receipt, index } = await ours.ask<{ receipt: string; index: number }>("GET", `/audit/proof/events/${idOf(n)}`)
        expect(index).toBe(n)
        expect(await checkReceipt(receipt, log)).toMatchObject({ ok: true, entry: { id: idOf(n) } })
      }
      expect((await readyAt(ours.base()))?.checks.find((check) => check.name === "proof")).toMatchObject({ ok: true })
    },
    patience_ms,
  )
  it(
    "has the other ledger's audit sign as a witness, and receipts carry its signature",
    async () => {
      const list = [{ vkey: formatVkey(witness), url: new URL("/audit/witness", await theirs.base()).href }]
      writeFileSync(join(folder.path, "proof-a", "witnesses.json"), JSON.stringify(list))
      const round = await ours.ask<{ signed: string[]; refused: unknown[] }>("POST", "/audit/proof/cosign", {})
      expect(round).toMatchObject({ signed: ["witness.example/b"], refused: [] })
      const { receipt } = await ours.ask<{ receipt: string }>("GET", `/audit/proof/events/${idOf(7)}`)
      expect(await checkReceipt(receipt, log, [witness], 1)).toMatchObject({ ok: true, entry: { id: idOf(7) } })
    },
    patience_ms,
  )
  it(
    "killed with kill -9 while events come, again and again, ends in a log that continues the one it had published",
    async () => {
      for (let round = 0; round < 3; round++) {
        const writing = append(4_000)
        await sleep(400 + 700 * round)
        await ours.end("SIGKILL")
        await ours.start()
        await writing
      }
      await allPublished()
      const now = await checkpoint()
      const { proof } = await ours.ask<{ proof: string[] }>("GET", `/audit/proof/consistency?from=${known.size}&to=${now.size}`)
      expect(
        verifyConsistency(
          known,
          now,
          proof.map((hash) => fromBase64(hash) ?? new Uint8Array()),
        ),
      ).toBe(true)
      await theirs.end("SIGKILL")
      await theirs.start()
      const list = [{ vkey: formatVkey(witness), url: new URL("/audit/witness", await theirs.base()).href }]
      writeFileSync(join(folder.path, "proof-a", "witnesses.json"), JSON.stringify(list))
      const round = await ours.ask<{ signed: string[]; refused: unknown[] }>("POST", "/audit/proof/cosign", {})
      expect(round).toMatchObject({ signed: ["witness.example/b"], refused: [] })
      const { index } = await ours.ask<{ index: number }>("GET", `/audit/proof/events/${idOf(appended - 1)}`)
      expect(index).toBe(appended - 1)
    },
    patience_ms,
  )
  it(
    "an fsck that is killed goes on where it was and finds the whole in order",
    async () => {
      const started = await ours.ask<Job>("POST", "/audit/fsck", { byProvince: true })
      const job = (id: string): Promise<Job> => ours.ask<Job>("GET", `/audit/jobs/${id}`)
      await until("fsck under way", async () => (await job(started.id)).done > 0)
      await ours.end("SIGKILL")
      await ours.start()
      const resumed = await ours.ask<Job>("POST", "/audit/fsck", { resume: true })
      let last: Job = resumed
      await until("fsck done", async () => (last = await job(resumed.id)).result !== undefined)
      expect(last.result).toMatchObject({ ok: true, first: null, log: { size: appended } })
    },
    patience_ms,
  )
  it(
    "stops in order at SIGTERM, all published",
    async () => {
      await append(10)
      await sleep(300)
      expect((await ours.end("SIGTERM"))?.code).toBe(0)
      await ours.start()
      await allPublished()
    },
    patience_ms,
  )
})
