import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { Caller } from "@tongzhang/service-kit/caller"
import { createServer, type Server } from "@tongzhang/service-kit/http"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { agency, logger, openWorld, personKeys, readLog, seedPerson, start_ms, type World } from "./test-kit/world.js"
import type { View } from "./view-schemas.js"

const secret = "a shared secret of thirty-two bytes or more"
let folder: string
let world: World
let server: Server
const key = personKeys.of("990101198505151232")
const elder = "00000000000000000000000000000001" as PersonKey

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "transfer-preview-"))
  world = await openWorld(folder)
  server = createServer({
    name: "transfer",
    logger,
    verifier: createVerifier({ alg: "HS256", secret }, { now: () => start_ms }),
    metrics: createMetrics({ process: false }),
    bodyLimit_bytes: 100_000,
  })
  const door = { prefix: "/transfer" as const, title: "Transfer", version: "1", description: "", plugin: world.service.plugin }
  await mountService(server, door)
  await server.ready()
})
afterEach(async () => {
  await server.close()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

type Body = { rule: string; refusals: { rule: string; article: string | null; hint_zh: string }[]; legs: unknown[] } & Record<
  string,
  unknown
>
const ask = async (
  caller: Caller,
  method: "GET" | "POST",
  path: string,
  payload?: object,
): Promise<{ status: number; body: Body }> => {
  const token = await issueToken(secret, caller, { ttl_seconds: 600, now: start_ms })
  const headers = { authorization: `Bearer ${token}` }
  const answer = await server.inject({ method, url: `/transfer${path}`, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<Body>() }
}
const me: Caller = { kind: "person", id: "me", person: key }

describe("before an application is made", () => {
  it("the place is found and the reason given, and what would move is what the application then plans", async () => {
    await seedPerson(world, key, [
      ["41", "2009-01", "2013-12", 300_000],
      ["33", "2013-11", "2018-02", 450_050],
      ["44", "2018-03", "2025-12", 500_000],
    ])
    const { status, body } = await ask(me, "GET", "/preview")
    expect(status).toBe(200)
    expect(body).toMatchObject({
      proposed: { code: "44", why: { zh: expect.stringContaining("2018-03") as string }, article: "国办发〔2009〕66号 Art 3, 8" },
      to: { code: "44", zh: "广东" },
      refusals: [],
      legs: [{ from: { code: "33" } }, { from: { code: "41" } }],
      stays: [{ province: { code: "44" } }],
      overlapping: 2,
      months_total: 110,
      running: null,
    })
    const written = (await readLog(world.store)).filter(({ stream }) => stream.startsWith("Transfer-"))
    expect(written).toEqual([])
    const applied = await ask(me, "POST", "/applications", { to: "44", commandId: "one" })
    await world.settle()
    const { body: made } = await ask(me, "GET", `/${String(applied.body["transferId"])}`)
    const { legs, amount_fen, placeOfReceipt } = made as unknown as View
    expect(legs.map((leg) => [leg.from.code, leg.planned.account_fen, leg.planned.pooled_fen])).toEqual(
      (body.legs as { from: { code: string }; account_fen: number; pooled_fen: number }[]).map((leg) => [
        leg.from.code,
        leg.account_fen,
        leg.pooled_fen,
      ]),
    )
    expect(amount_fen).toBe(body["amount_fen"])
    expect(placeOfReceipt?.province.code).toBe((body["placeOfReceipt"] as { province: { code: string } }).province.code)
    const again = await ask(me, "GET", "/preview")
    expect(again.body.refusals.map(({ rule }) => rule)).toContain("TRANSFER_ALREADY_RUNNING")
    expect(again.body["running"]).toBe(applied.body["transferId"])
  })

  it("a refusal comes in words with its article, the same that the application gets", async () => {
    await seedPerson(world, elder, [["41", "2009-01", "2013-12", 300_000]], { birthMonth: "1970-01", hukou: "41" })
    const person: Caller = { kind: "person", id: "elder", person: elder }
    const { body } = await ask(person, "GET", "/preview?to=44")
    expect(body.refusals).toMatchObject([{ rule: "TEMPORARY_ACCOUNT_PLACE", article: expect.stringContaining("66号") as string }])
    expect(await ask(person, "POST", "/applications", { to: "44" })).toMatchObject({
      status: 422,
      body: { rule: "TEMPORARY_ACCOUNT_PLACE" },
    })
    const home = await ask(person, "GET", "/preview?to=41")
    expect(home.body.refusals).toMatchObject([{ rule: "NOTHING_TO_TRANSFER" }])
  })

  it("is for the person, the receiving agency and the center; not for another province or another person", async () => {
    await seedPerson(world, key, [["41", "2009-01", "2013-12", 300_000]])
    expect((await ask(me, "GET", `/preview?to=44&person=${elder}`)).status).toBe(403)
    expect((await ask(agency("44"), "GET", `/preview?to=44&person=${key}`)).status).toBe(200)
    expect((await ask(agency("32"), "GET", `/preview?to=44&person=${key}`)).status).toBe(403)
    expect((await ask({ kind: "center", id: "c" }, "GET", "/preview?to=44")).body.rule).toBe("PERSON_OR_ID_MISSING")
  })
})
