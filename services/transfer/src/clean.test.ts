/** Clean tasks: what may be accepted in a batch, what needs a closer look and why, and that accepting twice is accepting once. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as enrollment from "@tongzhang/domain/enrollment"
import type { DateText, LineId, TransferId } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import * as overlap from "@tongzhang/domain/overlap"
import type { Caller } from "@tongzhang/service-kit/caller"
import { createServer, type Server } from "@tongzhang/service-kit/http"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import type { ProblemDetails } from "@tongzhang/service-kit/problem"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import { isRight } from "fp-ts/lib/Either.js"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { enrollments, overlaps } from "./aggregates.js"
import { agency, logger, openWorld, personKeys, readLog, seedPerson, start_ms, type World } from "./test-kit/world.js"
import type { Queue, View } from "./view-schemas.js"

const secret = "a shared secret of thirty-two bytes or more"
const key = personKeys.of("990101198505151232")

let folder: string
let world: World
let server: Server
let id: TransferId

const call = async (caller: Caller, method: "GET" | "POST", path: string) => {
  const token = await issueToken(secret, caller, { ttl_seconds: 600, now: start_ms })
  const response = await server.inject({ method, url: `/transfer${path}`, headers: { authorization: `Bearer ${token}` } })
  return { status: response.statusCode, body: response.json<Queue & Pick<View, "legs"> & Pick<ProblemDetails, "rule">>() }
}
const tasks = async (query = "") => (await call(agency("33"), "GET", `/queue?province=33${query}`)).body
const accept = (leg: "33" | "41" = "33") => call(agency(leg), "POST", `/${id}/legs/${leg}/accept`)
const metadata = (commandId: string) =>
  ({ actor: { kind: "agency", id: "seed" }, channel: "batch", purpose: "seed", commandId, correlationId: "seed" }) as const

/** 33 reports one more month after the letter has gone out. */
const payLater = async (): Promise<void> => {
  const paid = enrollment.recordContribution({
    line: "late" as LineId,
    kind: "late",
    from: month("2018-03"),
    to: month("2018-03"),
    paidOn: "2026-03-02" as DateText,
    base_fen: fen(450_000),
    employer_fen: fen(72_000),
    personal_fen: fen(36_000),
    subsidy_fen: fen(0),
    pooled_fen: fen(72_000),
    account_fen: fen(36_000),
  })
  const stream = enrollment.streamOf({ province: "33", scheme: "110", person: key })
  expect(isRight(await world.aggregates.execute(enrollments, stream, paid, metadata("late")))).toBe(true)
}
const detectDuplicate = async (): Promise<void> => {
  const sides = ["33_110", "41_110"] as const
  const months = [{ from: month("2014-01"), to: month("2014-02") }]
  const found = overlap.detectOverlap({ case: overlap.caseIdOf(...sides), kind: "EMP-EMP", sides, months })
  await world.aggregates.execute(overlaps, overlap.streamOf(key, "pension"), found, metadata("overlap"))
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "transfer-clean-"))
  world = await openWorld(folder)
  await seedPerson(world, key, [
    ["41", "2009-01", "2013-12", 300_000],
    ["33", "2014-01", "2018-02", 450_050],
  ])
  const verifier = createVerifier({ alg: "HS256", secret }, { now: () => start_ms })
  const metrics = createMetrics({ process: false })
  server = createServer({ name: "transfer", logger, verifier, metrics, bodyLimit_bytes: 100_000 })
  await mountService(server, { prefix: "/transfer", title: "t", version: "1", description: "t", plugin: world.service.plugin })
  await server.ready()
  const asked = { person: key, scheme: "110", to: "44", commandId: "one" } as const
  id = (await world.service.commands.apply(asked, { kind: "person", id: "me", person: key })).found.id
  await world.settle()
})
afterEach(async () => {
  await server.close()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

describe("a clean statement", () => {
  it("says so in the queue, with role, months and what was said last", async () => {
    const { tasks: found, counts, next } = await tasks()
    expect(found).toMatchObject([
      {
        task: "send_statement",
        role: "origin",
        clean: true,
        whyNot: [],
        months: 50,
        lastMessage: { type: "ContactLetterIssued" },
      },
    ])
    expect(counts).toMatchObject({ send_statement: 1, record_money: 0 })
    expect(next).toBeNull()
  })
  it("is sent as the letter expected it; accepted again it adds nothing", async () => {
    const planned = (await call(agency("33"), "GET", `/${id}`)).body.legs.find(({ from }) => from.code === "33")?.planned
    expect((await accept()).status).toBe(200)
    await world.settle()
    const written = (await readLog(world.store)).length
    const { status, body } = await accept()
    expect(status).toBe(200)
    expect(body.legs.find(({ from }) => from.code === "33")?.statement).toEqual(planned)
    await world.settle()
    // The second time only its reader is noted nowhere: a command is no read.
    expect(await readLog(world.store)).toHaveLength(written)
  })
  it("is accepted by its own province only", async () => {
    expect((await call(agency("41"), "POST", `/${id}/legs/33/accept`)).status).toBe(403)
    expect((await call(agency("44"), "POST", `/${id}/legs/33/accept`)).status).toBe(403)
  })
})

describe("what is not clean", () => {
  it("names the months and amounts that have changed since the letter, and is not accepted", async () => {
    await payLater()
    const [task] = (await tasks()).tasks
    expect(task).toMatchObject({ clean: false })
    expect(task?.whyNot.map(({ zh }) => zh)).toEqual([
      "月份有变：联系函 50 个月，账本现有 51 个月",
      expect.stringMatching(/^个人账户有变：联系函 ¥.*，账本现有 ¥/),
      expect.stringMatching(/^统筹基金有变/),
      expect.stringMatching(/^缴费基数合计有变/),
    ])
    const { status, body } = await accept()
    expect(status).toBe(409)
    expect(body).toMatchObject({ rule: "TASK_NOT_CLEAN", hint_zh: expect.stringContaining("联系函 50 个月，账本现有 51 个月") })
    expect((await tasks("&clean=true")).tasks).toEqual([])
  })
  it("is a relation with an undecided duplicate, though it may move first", async () => {
    await detectDuplicate()
    expect((await tasks()).tasks[0]?.whyNot).toMatchObject([{ en: expect.stringContaining("2 months of it are a duplicate") }])
    expect((await accept()).body.rule).toBe("TASK_NOT_CLEAN")
    // One by one, with somebody looking at it, it is sent all the same (先转后清).
    expect((await call(agency("33"), "POST", `/${id}/legs/33/statement`)).status).toBe(200)
  })
  it("is money: the slip of the bank is not in the ledger", async () => {
    await accept()
    await world.settle()
    const { body } = await call(agency("44"), "GET", "/queue?province=44&role=receiver")
    expect(body.tasks).toMatchObject([
      { task: "record_money", clean: false, whyNot: [{ zh: expect.stringContaining("银行回单") }] },
    ])
    expect((await call(agency("44"), "GET", "/queue?province=44&role=origin")).body.total).toBe(0)
    expect((await call(agency("44"), "GET", "/queue?province=44&overdue=true")).body.total).toBe(0)
    expect((await tasks("&task=send_money&offset=0&limit=1")).tasks).toMatchObject([{ task: "send_money", role: "origin" }])
  })
})
