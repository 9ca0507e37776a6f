import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { Caller } from "@tongzhang/service-kit/caller"
import { createServer, type Server } from "@tongzhang/service-kit/http"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import type { ProblemDetails } from "@tongzhang/service-kit/problem"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Board } from "./board.js"
import type { StatementDraft } from "./draft.js"
import type { EscalationView, Performance, Task, View } from "./view-schemas.js"
import { agency, logger, openWorld, personKeys, seedPerson, start_ms, type World } from "./test-kit/world.js"

const secret = "a shared secret of thirty-two bytes or more"
const citizenId = "990101198505151232"
const other: PersonKey = "00000000000000000000000000000001" as PersonKey
const center: Caller = { kind: "center", id: "center" }

/** All that any answer may hold: a test asks for the part it expects. */
type Body = ProblemDetails &
  View &
  Board &
  Performance &
  StatementDraft & { tasks: Task[]; escalations: EscalationView[]; paths: object }
type Answer = { readonly status: number; readonly body: Body }

let folder: string
let world: World
let server: Server
let key: PersonKey

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "transfer-http-"))
  world = await openWorld(folder)
  key = personKeys.of(citizenId)
  await seedPerson(world, key, [
    ["41", "2009-01", "2013-12", 300_000],
    ["33", "2014-01", "2018-02", 450_050],
  ])
  await seedPerson(world, other, [["33", "2014-01", "2018-02", 450_050]])
  server = createServer({
    name: "transfer",
    logger,
    verifier: createVerifier({ alg: "HS256", secret }, { now: () => start_ms }),
    metrics: createMetrics({ process: false }),
    bodyLimit_bytes: 100_000,
  })
  await mountService(server, {
    prefix: "/transfer",
    title: "Transfer",
    version: "1",
    description: "N 到 1",
    plugin: world.service.plugin,
  })
  await server.ready()
})
afterEach(async () => {
  await server.close()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const call = async (caller: Caller | null, method: "GET" | "POST", path: string, payload?: object): Promise<Answer> => {
  const headers: Record<string, string> = {}
  if (caller !== null)
    headers["authorization"] = `Bearer ${await issueToken(secret, caller, { ttl_seconds: 600, now: start_ms })}`
  const response = await server.inject({
    method,
    url: `/transfer${path}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  })
  return { status: response.statusCode, body: response.json() }
}
const me = (): Caller => ({ kind: "person", id: "me", person: key })
const applied = async (): Promise<string> => {
  const { status, body } = await call(me(), "POST", "/applications", { to: "44", commandId: "one" })
  expect(status).toBe(201)
  await world.settle()
  return body.transferId
}

describe("one application", () => {
  it("by the person, who needs no more than the province", async () => {
    const { status, body } = await call(me(), "POST", "/applications", { to: "44" })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      person: key,
      to: { code: "44", zh: "广东" },
      state: "accepted",
      headline: { zh: "已受理：正在生成转移方案" },
    })
  })

  it("by the receiving agency with the ID number, sent twice: 201, then 200 and the same id", async () => {
    const body = { citizenId, to: "44", commandId: "desk-17" }
    const first = await call(agency("44"), "POST", "/applications", body)
    const again = await call(agency("44"), "POST", "/applications", body)
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body.transferId).toBe(first.body.transferId)
    expect(JSON.stringify(first.body)).not.toContain(citizenId)
  })

  it.each<[string, () => Caller | null, object, number, string]>([
    ["without a token", () => null, { to: "44" }, 401, "AUTH_MISSING"],
    ["for somebody else", me, { person: other, to: "44" }, 403, "FORBIDDEN_PERSON"],
    ["by another province's agency", () => agency("33"), { citizenId, to: "44" }, 403, "FORBIDDEN_PROVINCE"],
    ["by an auditor", () => ({ kind: "auditor", id: "a" }), { person: other, to: "44" }, 403, "FORBIDDEN_KIND"],
    ["naming nobody", () => agency("44"), { to: "44" }, 422, "PERSON_OR_ID_MISSING"],
    ["with a mistyped ID number", () => agency("44"), { citizenId: "990101198505151231", to: "44" }, 422, "ID_CHECK_DIGIT"],
    ["to a province that does not exist", me, { to: "99" }, 400, "SCHEMA"],
    ["in a scheme without transfer", me, { to: "44", scheme: "310" }, 400, "SCHEMA"],
  ])("refused %s", async (_name, caller, body, status, rule) => {
    const answer = await call(caller(), "POST", "/applications", body)
    expect(answer).toMatchObject({ status, body: { rule, hint_zh: expect.any(String), hint_en: expect.any(String) } })
  })

  it("refused while one is running, with its id", async () => {
    const id = await applied()
    const answer = await call(center, "POST", "/applications", { person: key, to: "32" })
    expect(answer).toMatchObject({
      status: 409,
      body: { rule: "TRANSFER_ALREADY_RUNNING", hint_zh: expect.stringContaining(id) },
    })
  })
})

describe("what people see", () => {
  it("one bar: every province's step, holder, limit, days left, last message and why it waits", async () => {
    const id = await applied()
    const { status, body } = await call(me(), "GET", `/${id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: "in_process",
      stateWords: { zh: "处理中" },
      progress: { done: 2, of: 8, percent: 25 },
      months: 110,
    })
    expect(body.explainedBy).toMatchObject({ question: "transfer:44", knownAt: expect.stringMatching(/Z$/u) })
    expect(body.headline.zh).toMatch(/^处理中：等待.+发出信息表；期限 2026-03-23，还剩 15 个工作日$/)
    expect(body.legs).toHaveLength(2)
    expect(body.legs[0]).toMatchObject({
      from: { code: "33" },
      step: "statement",
      holder: { code: "33", zh: "浙江" },
      due: "2026-03-23",
      workingDaysLeft: 15,
      overdue: false,
      lastMessage: { type: "ContactLetterIssued" },
    })
    expect(body.history.map((line) => line.type)).toEqual([
      "TransferRequested",
      "TransferPlanned",
      "ContactLetterIssued",
      "ContactLetterIssued",
    ])
    expect(body.placeOfReceipt).toMatchObject({ rule: "HUKOU_FALLBACK", province: { code: "41" } })
  })

  it("not to strangers", async () => {
    const id = await applied()
    expect(await call({ kind: "person", id: "x", person: other }, "GET", `/${id}`)).toMatchObject({ status: 403 })
    expect(await call(agency("51"), "GET", `/${id}`)).toMatchObject({ status: 403, body: { rule: "FORBIDDEN_PROVINCE" } })
    expect(await call(agency("33"), "GET", `/${id}`)).toMatchObject({ status: 200 })
    expect(await call(center, "GET", `/${key}_nosuch`)).toMatchObject({ status: 404, body: { rule: "TRANSFER_NOT_REQUESTED" } })
  })
})

describe("the agencies' side", () => {
  it("draft, statement, money: fen in transit in between, done at the end", async () => {
    const id = await applied()
    const { body: draft } = await call(agency("33"), "GET", `/${id}/legs/33/draft`)
    expect(draft).toMatchObject({ form: { AAE201: 50, AIC083: 36_004 * 50, AAE473: "0" }, citation: { rule: "transfer-money" } })
    expect(draft.form.AIC102).toBe(draft.form.AIC083 + draft.form.AIC084)
    expect(draft.controlSums.every((sum) => sum.holds)).toBe(true)
    expect(draft.years).toHaveLength(5)

    expect(await call(agency("33"), "POST", `/${id}/legs/33/statement`)).toMatchObject({ status: 200 })
    await world.settle()
    const { body: board } = await call(center, "GET", "/board?state=in_process")
    expect(board).toMatchObject({ total: 1, inTransit_fen: draft.form.AIC102 })

    const { AIC083: account_fen, AIC084: pooled_fen } = draft.form
    const less = await call(agency("44"), "POST", `/${id}/legs/33/money`, {
      remittance: "1",
      account_fen,
      pooled_fen: pooled_fen - 5,
    })
    expect(less.body).toMatchObject({ state: "needs_correction", stateWords: { zh: "需补正" } })
    const rest = await call(agency("44"), "POST", `/${id}/legs/33/money`, { remittance: "2", account_fen: 0, pooled_fen: 5 })
    expect(rest.status).toBe(200)
    await world.settle()
    expect((await call(me(), "GET", `/${id}`)).body.legs[0]).toMatchObject({ outcome: "booked", done: 4 })

    await call(agency("41"), "POST", `/${id}/legs/41/statement`, {})
    await world.settle()
    const statement = (await call(agency("41"), "GET", `/${id}`)).body.legs[1]?.statement
    const money = { remittance: "3", account_fen: statement?.account_fen, pooled_fen: statement?.pooled_fen }
    await call(agency("44"), "POST", `/${id}/legs/41/money`, money)
    await world.settle()
    const { body: done } = await call(me(), "GET", `/${id}`)
    expect(done).toMatchObject({ state: "completed", stateWords: { zh: "已办结" }, progress: { percent: 100 }, inTransit_fen: 0 })
    expect((await call(center, "GET", "/board")).body.counts).toMatchObject({ completed: 1, in_process: 0 })
  })

  it.each<[string, Caller, string, object, number, string]>([
    ["another origin's statement", agency("41"), "legs/33/statement", {}, 403, "FORBIDDEN_PROVINCE"],
    ["the receiver's word for the origin", agency("44"), "legs/33/statement", {}, 403, "FORBIDDEN_PROVINCE"],
    [
      "the origin's word for money received",
      agency("33"),
      "legs/33/money",
      { remittance: "1", account_fen: 1, pooled_fen: 1 },
      403,
      "FORBIDDEN_PROVINCE",
    ],
    ["the center in an agency's place", center, "legs/33/statement", {}, 403, "FORBIDDEN_KIND"],
    ["a leg that is none", agency("44"), "legs/51/money", { remittance: "1", account_fen: 1, pooled_fen: 1 }, 404, "LEG_UNKNOWN"],
    ["half a fen", agency("44"), "legs/33/money", { remittance: "1", account_fen: 0.5, pooled_fen: 1 }, 400, "SCHEMA"],
    ["a wrong account", agency("33"), "legs/33/statement", { account_fen: 7 }, 409, "TRANSFER_DIFFERS_FROM_LEDGER"],
    [
      "wrong months",
      agency("33"),
      "legs/33/statement",
      { months: [{ from: "2014-01", to: "2018-01" }] },
      409,
      "TRANSFER_DIFFERS_FROM_LEDGER",
    ],
  ])("refuses %s", async (_name, caller, path, body, status, rule) => {
    const id = await applied()
    expect(await call(caller, "POST", `/${id}/${path}`, body)).toMatchObject({
      status,
      body: { rule, hint_zh: expect.any(String) },
    })
  })

  it("queue of each agency, the nearest limit first; escalations for the center", async () => {
    const id = await applied()
    expect((await call(agency("33"), "GET", "/queue?province=33")).body).toMatchObject({
      total: 1,
      tasks: [{ transferId: id, task: "send_statement", workingDaysLeft: 15 }],
    })
    expect((await call(agency("44"), "GET", "/queue?province=44")).body.total).toBe(0)
    expect((await call(agency("41"), "GET", "/queue?province=33")).status).toBe(403)
    await call(agency("33"), "POST", `/${id}/legs/33/statement`)
    await world.settle()
    expect((await call(agency("44"), "GET", "/queue?province=44")).body.tasks).toMatchObject([
      { task: "record_money", leg: { code: "33" } },
    ])
    world.clock.advanceDays(30)
    await world.service.tick()
    const { body } = await call(center, "GET", "/escalations")
    expect(body.total).toBe(2)
    expect(body.escalations[0]).toMatchObject({ late: { code: "33" }, step: "money", due: "2026-03-23" })
    expect((await call(center, "GET", "/board?overdue=true")).body.total).toBe(1)
    expect((await call(agency("44"), "GET", "/escalations")).status).toBe(403)
  })

  it("a dispute shows as 需补正 with its reason, and ends when settled", async () => {
    const id = await applied()
    const { body } = await call(agency("33"), "POST", `/${id}/legs/33/dispute`, { reason: "base of 2015 is wrong" })
    expect(body).toMatchObject({ state: "needs_correction", headline: { zh: expect.stringContaining("base of 2015 is wrong") } })
    expect((await call(center, "POST", `/${id}/legs/33/settle`, { note: "checked" })).body).toMatchObject({ state: "in_process" })
  })
})

describe("the board", () => {
  it("pages without repeating or skipping, and shows an agency its own", async () => {
    const ids: string[] = [await applied()]
    const second = await call(center, "POST", "/applications", { person: other, to: "32", commandId: "two" })
    ids.push(second.body.transferId)
    await world.settle()
    const first = await call(center, "GET", "/board?limit=1")
    const next = await call(center, "GET", `/board?limit=1&cursor=${first.body.next ?? ""}`)
    expect(new Set([...first.body.transfers, ...next.body.transfers].map((one) => one.transferId))).toEqual(new Set(ids))
    expect(next.body.next).toBeNull()
    expect((await call(agency("41"), "GET", "/board")).body.total).toBe(1)
    expect((await call(agency("41"), "GET", "/board?province=32")).status).toBe(403)
    expect((await call(me(), "GET", "/board")).status).toBe(403)
  })

  it("shows every leg with its clock, and the nearest limit first when asked", async () => {
    const id = await applied()
    const second = await call(center, "POST", "/applications", { person: other, to: "32", commandId: "two" })
    await world.settle()
    await call(agency("33"), "POST", `/${second.body.transferId}/legs/33/statement`)
    world.clock.advanceDays(1)
    const { body } = await call(center, "GET", "/board?order=urgent&limit=1")
    expect(body.transfers).toMatchObject([{ transferId: id, legs: [{ from: { code: "33" }, holder: { code: "33" } }, {}] }])
    const rest = await call(center, "GET", `/board?order=urgent&limit=1&cursor=${body.next ?? ""}`)
    expect(rest.body.transfers.map((one) => one.transferId)).toEqual([second.body.transferId])
    expect((await call(center, "GET", "/board?escalated=true")).body.total).toBe(0)
  })

  it("how the legs fare: for the center all, for an agency its own", async () => {
    const id = await applied()
    await call(agency("33"), "POST", `/${id}/legs/33/statement`)
    await world.settle()
    const { status, body } = await call(center, "GET", "/performance")
    expect(status).toBe(200)
    expect(body).toMatchObject({ applications: 1, legs: 2 })
    expect(body.steps.map(({ reached }) => reached)).toEqual([2, 2, 1, 0, 0])
    expect((await call(agency("41"), "GET", "/performance")).body.pairs).toHaveLength(2)
    expect((await call(agency("41"), "GET", "/performance?province=32")).status).toBe(403)
    expect((await call(me(), "GET", "/performance")).status).toBe(403)
  })

  it("is the same after a restart", async () => {
    await applied()
    const before = (await call(center, "GET", "/board")).body
    await world.service.stop()
    await world.service.start()
    expect((await call(center, "GET", "/board")).body).toEqual(before)
  })
})

it("the OpenAPI document names every route", async () => {
  const { body } = await call(null, "GET", "/openapi.json")
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining([
      "/transfer/applications",
      "/transfer/{id}/legs/{province}/statement",
      "/transfer/board",
      "/transfer/queue",
    ]),
  )
})
