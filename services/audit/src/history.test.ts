import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { replayPerson } from "@tongzhang/record/replay"
import { replayValid } from "@tongzhang/record/valid"
import { unifiedRecord } from "@tongzhang/record/view"
import type { Caller, Purpose } from "@tongzhang/service-kit/caller"
import { createServer } from "@tongzhang/service-kit/http"
import { createLogger } from "@tongzhang/service-kit/logger"
import { createMetrics } from "@tongzhang/service-kit/metrics"
import { mountService } from "@tongzhang/service-kit/mount"
import { createVerifier, issueToken } from "@tongzhang/service-kit/token"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { createAuditService } from "./audit.js"
import { alice, citizenId, openWorld, type World } from "./fixtures/world.js"
import { recordsOf, transfersOf } from "./history.js"
import type { AccessEntry } from "./routes.js"

const secret = "a shared secret of thirty-two bytes or more"
const auditor: Caller = { kind: "auditor", id: "auditor-1" }
const center: Caller = { kind: "center", id: "analyst-1" }
type Json = Record<string, unknown>

/** Opening a database takes seconds on a busy machine. */
const openWait_ms = 60_000

describe("an auditor reads one history", () => {
  let record: RecordDb
  let world: World
  let noted: AccessEntry[]
  let stop: () => Promise<void>
  let ask: (caller: Caller, method: "GET" | "POST", path: string, purpose?: Purpose) => Promise<{ status: number; body: Json }>
  beforeAll(async () => {
    record = await openRecord({ kind: "pglite", path: null })
  }, openWait_ms)
  afterAll(() => record.close())
  beforeEach(async () => {
    await record.clear()
    world = await openWorld(record)
    await world.history(alice)
    await world.move(alice, "t1")
    await world.project()
    noted = []
    const { store, keys, clock } = world
    const logger = createLogger({ service: "audit", level: "silent" })
    const audit = createAuditService({ store, record, keys, clock, logger, logAccess: async (entry) => void noted.push(entry) })
    const verifier = createVerifier({ alg: "HS256", secret }, { now: clock.now })
    const server = createServer({
      name: "audit",
      logger,
      verifier,
      metrics: createMetrics({ process: false }),
      bodyLimit_bytes: 1_000,
    })
    await mountService(server, { prefix: "/audit", title: "Audit", version: "1", description: "", plugin: audit.plugin })
    ask = async (caller, method, path, purpose) => {
      const token = await issueToken(secret, caller, { ttl_seconds: 60, now: clock.now() })
      const headers = { authorization: `Bearer ${token}`, ...(purpose === undefined ? {} : { "x-purpose": purpose }) }
      const response = await server.inject({ method, url: `/audit${path}`, headers })
      return { status: response.statusCode, body: response.json<Json>() }
    }
    stop = async () => {
      await server.close()
      await audit.close()
    }
  })
  afterEach(async () => {
    await stop()
    await world.close()
  })

  it("every fact in recorded order, the transfer's among them, with who, why and from which row", async () => {
    const { status, body } = await ask(auditor, "GET", `/persons/${alice}/events`, "audit")
    expect(status).toBe(200)
    const events = body["events"] as Json[]
    expect(events.map((event) => String(event["type"]).split("@")[0])).toEqual([
      "PersonRegistered",
      "EnrollmentOpened",
      "ContributionRecorded",
      "ContributionRecorded",
      "ContributionCorrected",
      "ContributionRecorded",
      "ContributionReversed",
      "EnrollmentOpened",
      "ContributionRecorded",
      "TransferRequested",
      "TransferPlanned",
      "ContactLetterIssued",
      "TransferredOut",
      "StatementReceived",
      "MoneyReceived",
      "LegReconciled",
      "TransferredIn",
      "LegBooked",
      "TransferCompleted",
    ])
    expect(events[2]).toMatchObject({
      words: { zh: "正常缴费 2023-01..2023-03：基数 ¥5,000.00，入统筹 ¥800.00，入账户 ¥400.00" },
      metadata: { actor: { kind: "agency", province: "44" }, source: { feedId: "F1", row: 3 } },
    })
  })

  it("private fields are masked, revealed only when asked, and gone once the key is", async () => {
    const path = `/persons/${alice}/events`
    const masked = await ask(auditor, "GET", path, "audit")
    expect((masked.body["events"] as Json[])[0]?.["identity"]).toEqual({
      state: "masked",
      name: "李**",
      citizenId: "9901**********1239",
    })
    expect(JSON.stringify(masked.body)).not.toMatch(/s1\.|nameIndex|李小红/u)
    const revealed = await ask(auditor, "GET", `${path}?reveal=true`, "audit")
    expect((revealed.body["events"] as Json[])[0]?.["identity"]).toEqual({ state: "revealed", name: "李小红", citizenId })
    await world.keys.destroy(alice, "asked to be erased")
    const erased = await ask(auditor, "GET", `${path}?reveal=true`, "audit")
    expect((erased.body["events"] as Json[])[0]?.["identity"]).toEqual({ state: "erased", name: null, citizenId: null })
  })

  it("step by step: what each fact changed, before and after", async () => {
    const { body } = await ask(auditor, "GET", `/persons/${alice}/replay`, "audit")
    const steps = body["steps"] as {
      event: Json
      changes: { about: string; what: string; before: unknown; after: unknown; words: Json }[]
      problem: string | null
    }[]
    expect(steps.every((step) => step.problem === null)).toBe(true)
    expect(steps[4]?.changes).toContainEqual({
      about: "44_110",
      what: "account_fen",
      before: 80_000,
      after: 88_000,
      unit: "fen",
      label: { zh: "广东企业职工基本养老保险 个人账户", en: "Guangdong employee pension personal account" },
      words: {
        zh: "广东企业职工基本养老保险 个人账户：¥800.00 → ¥880.00 (+¥80.00)",
        en: "Guangdong employee pension personal account: ¥800.00 -> ¥880.00 (+¥80.00)",
      },
    })
    const out = steps.find((step) => String(step.event["type"]).startsWith("TransferredOut"))
    expect(out?.changes.map((change) => [change.what, change.before, change.after])).toContainEqual(["own_months", 4, 0])
    expect(out?.changes.map((change) => [change.what, change.before, change.after])).toContainEqual(["status", "open", "moved"])
  })

  it("asked for months: applying every step's months gives the matrix that the whole record shows", async () => {
    type Months = readonly { family: string; month: string; before: Json; after: Json }[]
    const { body } = await ask(auditor, "GET", `/persons/${alice}/history?months=true`, "audit")
    const steps = body["steps"] as { event: Json; months: Months }[]
    const first = steps.find((step) => step.months.length > 0)
    expect(first?.months.map(({ month, before, after }) => [month, before["kind"], after["kind"]])).toEqual([
      ["2023-01", "none", "counted"],
      ["2023-02", "none", "counted"],
      ["2023-03", "none", "counted"],
    ])
    const standing = new Map<string, Json>()
    for (const { family, month, before, after } of steps.flatMap((step) => step.months)) {
      expect(standing.get(`${family} ${month}`) ?? { kind: "none" }).toEqual(before)
      standing.set(`${family} ${month}`, after)
    }
    const { state } = await replayPerson(world.store, alice, { transferIds: await transfersOf(record, alice) })
    const shown = Object.entries(unifiedRecord(state).months).flatMap(([family, years]) =>
      Object.entries(years).flatMap(([year, cells]) =>
        cells.map((cell, i) => [`${family} ${year}-${String(i + 1).padStart(2, "0")}`, cell] as const),
      ),
    )
    expect(shown.length).toBeGreaterThan(0)
    for (const [key, cell] of shown) expect(standing.get(key) ?? { kind: "none" }).toEqual(cell)
    const plain = await ask(auditor, "GET", `/persons/${alice}/history`, "audit")
    expect((plain.body["steps"] as Json[]).every((step) => step["months"] === undefined)).toBe(true)
  })

  it("up to a position: the last step is the fact that stands there", async () => {
    const all = (await ask(auditor, "GET", `/persons/${alice}/events`, "audit")).body["events"] as Json[]
    const position = String(all[6]?.["position"])
    const { body } = await ask(auditor, "GET", `/persons/${alice}/replay?upTo=${position}`, "audit")
    expect((body["steps"] as { event: Json }[]).map((step) => step.event["id"])).toEqual(
      all.slice(0, 7).map((event) => event["id"]),
    )
  })

  it.each(["history", "replay"])("%s: one step, a stretch, a month; the fold always begins at the first fact", async (name) => {
    type Stepped = { readonly n: number; readonly event: Json; readonly changes: readonly { before: unknown; after: unknown }[] }
    const steps = async (query: string): Promise<Stepped[]> =>
      (await ask(auditor, "GET", `/persons/${alice}/${name}?${query}`, "audit")).body["steps"] as Stepped[]
    const all = await steps("")
    expect(all.map(({ n }) => n)).toEqual(all.map((_, i) => i + 1))
    expect(await steps("at=5")).toEqual(all.slice(4, 5))
    expect(await steps("from=3&to=7")).toEqual(all.slice(2, 7))
    expect(await steps("from=17")).toEqual(all.slice(16))
    expect(await steps("to=2")).toEqual(all.slice(0, 2))
    expect(await steps(`from=${all.length + 1}`)).toEqual([])
    expect((await ask(auditor, "GET", `/persons/${alice}/${name}?at=0`, "audit")).status).toBe(400)
    // Of a month: the facts that hold then, counted anew, ending where the record of that month stands.
    const validAt = "2023-02" as YearMonth
    const held = await steps(`validAt=${validAt}`)
    expect(held.length).toBeLessThan(all.length)
    expect(held.map(({ n }) => n)).toEqual(held.map((_, i) => i + 1))
    const facts = await recordsOf({ store: world.store, record, keys: world.keys }, alice, {})
    const { state } = replayValid(alice, facts, validAt)
    const account = held.flatMap(({ changes }) => changes as unknown as { about: string; what: string; after: number }[])
    expect(account.findLast(({ about, what }) => about === "44_110" && what === "account_fen")?.after).toBe(
      state.relations.get("44_110")?.account_fen,
    )
    expect(await steps(`validAt=${validAt}&from=2&to=3`)).toEqual(held.slice(1, 3))
  })

  it("nobody else, nothing without a purpose, and every read is noted before it is answered", async () => {
    const path = `/persons/${alice}/events`
    expect(await ask(center, "GET", path, "service")).toMatchObject({ status: 403, body: { rule: "FORBIDDEN_KIND" } })
    expect(await ask(auditor, "GET", path)).toMatchObject({ status: 400, body: { rule: "PURPOSE_MISSING" } })
    expect(noted).toEqual([])
    await ask(auditor, "GET", `${path}?reveal=true`, "audit")
    expect(noted).toMatchObject([{ person: alice, caller: auditor, purpose: "audit", what: "events, revealed" }])
    const stranger = "c".repeat(32) as PersonKey
    expect(await ask(auditor, "GET", `/persons/${stranger}/events`, "audit")).toMatchObject({
      status: 404,
      body: { rule: "PERSON_UNKNOWN" },
    })
  })

  it("a verification is a job whose result is the report", async () => {
    const { status, body } = await ask(center, "POST", "/verify")
    expect([status, body["kind"]]).toEqual([202, "verify"])
    let job: Json = body
    while (job["state"] === "queued" || job["state"] === "running") {
      await new Promise((resolve) => setTimeout(resolve, 20))
      job = (await ask(center, "GET", `/jobs/${String(body["id"])}`)).body
    }
    expect(job).toMatchObject({
      state: "done",
      done: 19,
      total: 19,
      result: { ok: true, persons: 1, events: 19, mismatches: [] },
    })
    expect((await ask({ kind: "person", id: "p", person: alice }, "POST", "/verify")).status).toBe(403)
  })
})
