/** A whole ledger proves itself over HTTP: checkpoint, tiles, receipts, fsck, and a bundle that is checked by Node alone. */
import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { writeFeeds } from "@tongzhang/nation/feeds"
import { generateNation } from "@tongzhang/nation/nation"
import { openCheckpoint } from "@tongzhang/proof/checkpoint"
import { parseVkey } from "@tongzhang/proof/note"
import { checkReceipt } from "@tongzhang/proof/receipt"
import { createLogger } from "@tongzhang/service-kit/logger"
import { feedAll } from "@tongzhang/standalone/demo/feeding"
import { type Ledger, openLedger } from "@tongzhang/standalone/ledger"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder } from "../e2e/support.ts"

const folder = temporaryFolder("proof")
let ledger: Ledger
let auditor: Readonly<Record<string, string>>

type Info = { readonly vkey: string; readonly size: number }
const get = (url: string, headers = auditor) => ledger.server.inject({ url, headers })

beforeAll(async () => {
  ledger = await openLedger({ dataDir: join(folder.path, "data"), logger: createLogger({ service: "proof", level: "fatal" }) })
  await feedAll(
    ledger,
    await writeFeeds(generateNation({ seed: 5, persons: 40 }), join(folder.path, "feeds"), { noise: 0 }),
    () => {},
  )
  await ledger.settled()
  await ledger.proof.caughtUp()
  auditor = { authorization: `Bearer ${await ledger.issue("auditor")}`, "x-purpose": "audit" }
}, 280_000)
afterAll(async () => {
  await ledger.close()
  folder.remove()
})

const jobDone = async (
  id: string,
): Promise<{ readonly state: string; readonly result: { readonly ok: boolean; readonly first: string | null } }> => {
  for (;;) {
    const job = (await get(`/audit/jobs/${id}`)).json<Awaited<ReturnType<typeof jobDone>>>()
    if (job.state !== "queued" && job.state !== "running") return job
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

describe("a ledger that proves itself", () => {
  it("proves to an agency the receipts of its own feeds, and of no other's", async () => {
    const { events } = await ledger.engines.store.readAll({ after: null, max: 100_000, prefixes: ["Feed-"] })
    const [issued] = events.filter(({ type }) => type.startsWith("ReceiptIssued"))
    const province = /^Feed-([0-9]{2})_/u.exec(issued?.stream ?? "")?.[1] ?? ""
    const { vkey } = (await get("/audit/proof/log", {})).json<Info>()
    const as = async (who: string) => ({ authorization: `Bearer ${await ledger.issue(who)}`, "x-purpose": "service" })
    const url = `/audit/proof/streams/${issued?.stream ?? ""}/${issued?.revision ?? 0}`
    const answer = await get(url, await as(`agency:${province}`))
    expect(await checkReceipt(answer.json<{ receipt: string }>().receipt, parseVkey(vkey))).toMatchObject({ ok: true })
    expect((await get(url, await as(`agency:${province === "31" ? "44" : "31"}`))).statusCode).toBe(403)
  })

  it("publishes a signed checkpoint and its tiles to anybody", async () => {
    const info = (await get("/audit/proof/log", {})).json<Info>()
    expect(info.size).toBeGreaterThan(500)
    const checkpoint = await get("/audit/proof/checkpoint", {})
    expect(await openCheckpoint(checkpoint.payload, parseVkey(info.vkey))).toMatchObject({ checkpoint: { size: info.size } })
    const tile = await get("/audit/proof/tile/0/000", {})
    expect([tile.rawPayload.length, tile.headers["content-type"], tile.headers["cache-control"]]).toEqual([
      8_192,
      "application/octet-stream",
      "public, max-age=31536000, immutable",
    ])
    expect((await get("/audit/proof/tile/../../log.key", {})).statusCode).toBe(404)
    expect((await get("/audit/proof/consistency?from=100", {})).json()).toMatchObject({ from: 100, to: info.size })
  })

  it("gives a receipt of any event to who may see it, by id and by place", async () => {
    const { events } = await ledger.engines.store.readAll({ after: null, max: 400 })
    const event = events.findLast(({ stream }) => stream.startsWith("Enrollment-"))
    if (event === undefined) throw new Error("no event")
    const { vkey } = (await get("/audit/proof/log", {})).json<Info>()
    for (const url of [`/audit/proof/events/${event.id}`, `/audit/proof/streams/${event.stream}/${event.revision}`]) {
      expect((await get(url, {})).statusCode).toBe(401)
      const { receipt } = (await get(url)).json<{ readonly receipt: string }>()
      expect(await checkReceipt(receipt, parseVkey(vkey))).toMatchObject({ ok: true, entry: { id: event.id } })
    }
    const stranger = { authorization: `Bearer ${await ledger.issue(`person:${"0".repeat(32)}`)}`, "x-purpose": "self" }
    expect((await get(`/audit/proof/events/${event.id}`, stranger)).statusCode).toBe(403)
    const agency = { authorization: `Bearer ${await ledger.issue("agency:31")}`, "x-purpose": "service" }
    expect((await get(`/audit/proof/events/${event.id}`, agency)).statusCode).toBe(403)
  })

  it.each([{}, { byProvince: true }])("passes fsck %o", async (body) => {
    const { id } = (await ledger.server.inject({ method: "POST", url: "/audit/fsck", headers: auditor, payload: body })).json<{
      readonly id: string
    }>()
    const job = await jobDone(id)
    expect(job, JSON.stringify(job)).toMatchObject({ state: "done", result: { ok: true, first: null } })
  })

  it("hands over a person, a case and a month as bundles that Node alone can check", async () => {
    const { events } = await ledger.engines.store.readAll({ after: null, max: 20_000 })
    const person =
      /^Person-([0-9a-f]{32})$/u.exec(events.find(({ stream }) => stream.startsWith("Person-"))?.stream ?? "")?.[1] ?? ""
    const overlap = events.find(({ stream }) => stream.startsWith("Overlap-"))?.stream
    const month = new Date(ledger.clock.now() + 8 * 3_600_000).toISOString().slice(0, 7)
    const province =
      /^Enrollment-(\d\d)_/u.exec(events.find(({ stream }) => stream.startsWith("Enrollment-"))?.stream ?? "")?.[1] ?? ""
    const { vkey } = (await get("/audit/proof/log", {})).json<Info>()
    writeFileSync(join(folder.path, "verify.mjs"), (await get("/audit/bundle/verify.mjs", {})).rawPayload)
    for (const path of [
      `persons/${person}`,
      ...(overlap === undefined ? [] : [`cases/${overlap}`]),
      `provinces/${province}/${month}`,
    ]) {
      const made = await get(`/audit/bundle/${path}`)
      expect(made.statusCode, `${path}: ${made.payload.slice(0, 300)}`).toBe(200)
      writeFileSync(join(folder.path, "bundle.zip"), made.rawPayload)
      const run = spawnSync(process.execPath, ["verify.mjs", "bundle.zip", "--key", vkey], {
        cwd: folder.path,
        encoding: "utf8",
        env: {},
        timeout: 60_000,
      })
      expect([run.status, run.stdout.split(" ")[0]], `${path}: ${run.stdout}${run.stderr}`).toEqual([0, "PASS"])
    }
    expect((await get(`/audit/bundle/persons/${"0".repeat(32)}`)).statusCode).toBe(404)
  })
})
