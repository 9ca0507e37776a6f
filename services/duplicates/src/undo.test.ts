/** The time to take a decision back, as an agency meets it over HTTP: kept through a restart, refused afterwards in words. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { topics } from "@tongzhang/contracts/fact-message"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Decision } from "@tongzhang/domain/decider"
import * as Enrollment from "@tongzhang/domain/enrollment"
import type { DateText, LineId, PersonKey } from "@tongzhang/domain/ids"
import { type Fen, fen } from "@tongzhang/domain/money"
import { month } from "@tongzhang/domain/month"
import { ranges } from "@tongzhang/domain/month-set"
import * as Overlap from "@tongzhang/domain/overlap"
import { openAccessLog } from "@tongzhang/engines/access-log"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { Caller } from "@tongzhang/service-kit/caller"
import { createServer } from "@tongzhang/service-kit/http"
import { createLogger } from "@tongzhang/service-kit/logger"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import type { ProblemDetails } from "@tongzhang/service-kit/problem"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import { openConsumerState } from "@tongzhang/streams/embedded/consumer-state"
import { openEmbeddedStreams } from "@tongzhang/streams/embedded/streams"
import { createPump } from "@tongzhang/testing/pump"
import { virtualClock } from "@tongzhang/testing/virtual-clock"
import { isLeft } from "fp-ts/lib/Either.js"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Detail } from "./case-view.js"
import { createDuplicatesService } from "./duplicates.js"
import type { CaseIndex } from "./routes.js"

const person = "a".repeat(32) as PersonKey
const stream = Overlap.streamOf(person, "pension")
const caseId = "31_110~44_110"
const logger = createLogger({ service: "test", level: "silent" })
const secret = "a shared secret of thirty-two bytes or more"
const [zhang, li]: Caller[] = [
  { kind: "agency", id: "zhang", province: "31" },
  { kind: "agency", id: "li", province: "44" },
]
const stranger: Caller = { kind: "agency", id: "wang", province: "11" }
const self: Caller = { kind: "person", id: "me", person }

type Options = { readonly undo_seconds?: number; readonly approval_limit_fen?: Fen | null }

/** One process of duplicates on the folder's engines; the record behind the queue is the case itself. */
const openProcess = async (folder: string, clock: ReturnType<typeof virtualClock>, options: Options = {}) => {
  const store = await openEmbeddedStore({ path: join(folder, "events") })
  const streams = await openEmbeddedStreams({ path: join(folder, "streams") })
  await streams.ensureTopic(topics.facts, 4)
  await streams.ensureTopic(topics.notices, 4)
  const state = openConsumerState({ path: join(folder, "state") })
  const aggregates = openAggregateStore(store)
  const found = async () => (await aggregates.load(Overlap, stream)).state.cases.get(caseId)
  const cases: CaseIndex = {
    cases: async ({ status, offset }) => {
      const one = await found()
      const row = { person, family: "pension", case: caseId, kind: "EMP-EMP", status: "", months: 2, recommended: null }
      return { cases: one?.status === status && offset === 0 ? [row] : [], total: 1 }
    },
  }
  const service = createDuplicatesService({
    aggregates,
    store,
    streams,
    state,
    cases,
    clock,
    logger,
    logAccess: openAccessLog(store).append,
    random: () => 0.5,
    tick_ms: null,
    ...options,
  })
  await service.start()
  const pump = createPump(store, streams)
  const settle = async (): Promise<void> => {
    for (let sent = 1; sent > 0;) {
      sent = await pump()
      await service.idle()
    }
  }
  const verifier = createVerifier({ alg: "HS256", secret }, clock)
  const server = createServer({
    name: "duplicates",
    logger,
    verifier,
    metrics: createMetrics({ process: false }),
    bodyLimit_bytes: 1e5,
  })
  await mountService(server, { prefix: "/duplicates", title: "d", version: "1", description: "d", plugin: service.plugin })
  await server.ready()
  const ask = async (caller: Caller, method: "GET" | "POST", action = "", payload?: object) => {
    const token = await issueToken(secret, caller, { ttl_seconds: 86_400 * 30, now: clock.now() })
    const response = await server.inject({
      method,
      url: `/duplicates/cases/${person}/pension/${encodeURIComponent(caseId)}${action}`,
      headers: { authorization: `Bearer ${token}`, "x-purpose": caller.kind === "person" ? "self" : "duplicate-check" },
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: response.statusCode, body: response.json<Detail & ProblemDetails>() }
  }
  let commands = 0
  const act = async <S, E extends LedgerEvent, R>(
    aggregate: { initial: S; evolve: (state: S, event: E) => S },
    name: Parameters<typeof aggregates.load>[1],
    decide: (state: S) => Decision<R, E>,
  ): Promise<void> => {
    const commandId = `test:${commands++}`
    const actor = { kind: "agency", id: "t" } as const
    const metadata = { actor, channel: "api", purpose: "test", commandId, correlationId: commandId } as const
    const done = await aggregates.execute(aggregate, name, decide, metadata)
    if (isLeft(done)) throw new Error(JSON.stringify(done.left))
  }
  const close = async (): Promise<void> => {
    await server.close()
    await service.stop()
    await streams.close()
    await state.close()
    await store.close()
  }
  const months = async (province: ProvinceCode) =>
    ranges((await aggregates.load(Enrollment, Enrollment.streamOf({ province, scheme: "110", person }))).state.ledger.months)
  return { service, settle, ask, act, found, months, close }
}
type Process = Awaited<ReturnType<typeof openProcess>>

/** 400 yuan a month into the account, in the province given. */
const work = async ({ act, settle }: Process, province: ProvinceCode, from: string, to: string, line = "1"): Promise<void> => {
  const name = Enrollment.streamOf({ province, scheme: "110", person })
  const terms = { capacity: "employee", employer: `E${province}`, temporary: false } as const
  if (line === "1") await act(Enrollment, name, Enrollment.openEnrollment({ scheme: "110", from: month(from), ...terms }))
  const months = Number(to.slice(5)) - Number(from.slice(5)) + 1
  const amounts = {
    base_fen: fen(500_000),
    employer_fen: fen(80_000 * months),
    personal_fen: fen(40_000 * months),
    subsidy_fen: fen(0),
    pooled_fen: fen(80_000 * months),
    account_fen: fen(40_000 * months),
  }
  const paid = { kind: "regular", from: month(from), to: month(to), paidOn: "2024-12-31" as DateText } as const
  await act(Enrollment, name, Enrollment.recordContribution({ line: line as LineId, ...paid, ...amounts }))
  await settle()
}

describe("a decision about a duplicate", () => {
  let folder: string
  let clock: ReturnType<typeof virtualClock>
  let process: Process
  const openWith = async (options: Options): Promise<void> => {
    process = await openProcess(folder, clock, options)
    await work(process, "31", "2024-01", "2024-06")
    await work(process, "44", "2024-05", "2024-08")
  }
  const decide = (keep: string, by = zhang as Caller) => process.ask(by, "POST", "/decision", { keep, reason: "与本人协商一致" })
  const withdraw = () => process.ask(zhang as Caller, "POST", "/withdrawal", { reason: "选错了" })
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "undo-"))
    clock = virtualClock()
  })
  afterEach(async () => {
    await process.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it("is not cleared before its window is over, and then as it was proposed", async () => {
    await openWith({ undo_seconds: 1_800 })
    const { body } = await decide("44_110")
    expect(body).toMatchObject({ status: "decided", undo: { until: "2026-01-04T16:30:00.000Z", seconds_left: 1_800 } })
    await process.settle()
    await clock.advance(1_799_000)
    expect(await process.service.tick()).toBe(0)
    expect((await process.ask(li as Caller, "GET")).body).toMatchObject({ status: "decided", undo: { seconds_left: 1 } })
    expect(await process.months("31")).toEqual([{ from: "2024-01", to: "2024-06" }])
    await clock.advance(1_000)
    expect(await process.service.tick()).toBe(1)
    await process.settle()
    expect((await process.ask(li as Caller, "GET")).body).toMatchObject({ status: "cleared", undo: null, waiting: null })
    expect(await process.months("31")).toEqual([{ from: "2024-01", to: "2024-04" }])
    expect(await process.service.tick()).toBe(0)
  })

  it("may be withdrawn while it runs, with who and why in the history, and another one follows", async () => {
    await openWith({ undo_seconds: 600 })
    await decide("44_110")
    await process.settle()
    // What changes meanwhile is told to the case once it is open again.
    await work(process, "31", "2024-07", "2024-07", "2")
    expect((await withdraw()).body).toMatchObject({ status: "open", keep: null, undo: null })
    await process.settle()
    const { body } = await process.ask(zhang as Caller, "GET")
    expect(body).toMatchObject({ status: "open", months_total: 3 })
    const withdrawn = body.history.find(({ type }) => type === "OverlapDecisionWithdrawn")
    expect(withdrawn).toMatchObject({ who: { zh: "上海经办机构 zhang" }, what: { zh: "撤回决定：选错了" } })
    await clock.advance(900_000)
    expect(await process.service.tick()).toBe(0)
    await decide("31_110")
    await clock.advance(600_000)
    expect(await process.service.tick()).toBe(1)
    expect(await process.months("44")).toEqual([{ from: "2024-08", to: "2024-08" }])
    expect(await process.months("31")).toEqual([{ from: "2024-01", to: "2024-07" }])
  })

  it("is refused a withdrawal after the window, in words with the moment", async () => {
    await openWith({ undo_seconds: 600 })
    await decide("44_110")
    await clock.advance(600_000)
    const { status, body } = await withdraw()
    expect(status).toBe(409)
    expect(body).toMatchObject({ rule: "UNDO_WINDOW_OVER", hint_zh: expect.stringContaining("2026-01-04T16:10:00.000Z") })
    expect((await process.ask(stranger, "POST", "/withdrawal", { reason: "x" })).status).toBe(403)
  })

  it("is cleared by the next process when the first one ended within the window", async () => {
    await openWith({ undo_seconds: 600 })
    await decide("44_110")
    await process.settle()
    await process.close()
    await clock.advance(3_600_000)
    // Whatever the setting says now: the window stands in the decision.
    process = await openProcess(folder, clock, { undo_seconds: 86_400 })
    await process.settle()
    expect((await process.found())?.status).toBe("decided")
    expect(await process.service.tick()).toBe(1)
    expect(await process.months("31")).toEqual([{ from: "2024-01", to: "2024-04" }])
  })

  it("stands at once where there is no window", async () => {
    await openWith({})
    expect((await decide("44_110")).body).toMatchObject({ status: "decided", undo: null })
    await process.settle()
    expect((await process.found())?.status).toBe("cleared")
    expect((await withdraw()).body).toMatchObject({ rule: "UNDO_WINDOW_OVER" })
  })

  it("follows what the person chose, by app or at the counter; nobody chooses for another", async () => {
    await openWith({})
    expect((await process.ask(self, "POST", "/choice", { keep: "31_110" })).body).toMatchObject({
      agreementNeeded: true,
      choice: { keep: "31_110", channel: "app", on: "2026-01-05" },
    })
    const noted = await process.ask(li as Caller, "POST", "/choice", { keep: "44_110", channel: "phone" })
    expect(noted.body.choice).toMatchObject({ keep: "44_110", channel: "phone" })
    const other: Caller = { kind: "person", id: "x", person: "b".repeat(32) as PersonKey }
    expect((await process.ask(other, "POST", "/choice", { keep: "44_110" })).status).toBe(403)
    expect((await process.ask(other, "GET")).status).toBe(403)
    expect((await process.ask(self, "POST", "/decision", { keep: "44_110", reason: "x" })).status).toBe(403)
  })

  it("takes two officers above the limit", async () => {
    await openWith({ approval_limit_fen: fen(79_999) })
    const asked = { keep: "44_110", reason: "与本人协商一致", officer: "zhang" }
    expect((await decide("44_110")).body).toMatchObject({ status: "open", approval: { limit_fen: 79_999, asked } })
    expect((await decide("44_110")).body).toMatchObject({ status: "open", approval: { asked } })
    expect((await decide("44_110", li)).body).toMatchObject({ status: "decided", keep: "44_110", approval: { asked: null } })
  })
})
