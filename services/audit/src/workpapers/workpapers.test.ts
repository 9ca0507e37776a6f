import { openAccessLog } from "@tongzhang/engines/access-log"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Door, openProvenDoor } from "../fixtures/proven-door.js"
import { alice, openWorld, without, type World } from "../fixtures/world.js"
import type { Paper } from "./paper.js"
import { redraw, type Redrawn } from "./redraw.js"

const opening = { engagement: "AUD2026.01", title: "转移接续审计", scope: "转出金额", from: "2023-01-01", to: "2023-12-31" }
const draw = { seed: "7", size: 3, method: "monetary" }

describe("an auditor's paper", () => {
  let record: RecordDb
  let world: World
  let door: Door
  beforeAll(async () => {
    record = await openRecord({ kind: "pglite", path: null })
  }, 60_000)
  afterAll(() => record.close())
  beforeEach(async () => {
    await record.clear()
    world = await openWorld(record)
    await world.history(alice)
    await world.move(alice, "t1")
    await world.project()
    door = await openProvenDoor(world)
  })
  afterEach(async () => {
    await door.close()
    await world.close()
  })

  const did = async (path: string, body: unknown, auditor = "wang"): Promise<Paper> => {
    const answer = await door.ask(auditor, `/workpapers${path}`, body)
    expect(answer.status, answer.body.toString()).toBe(200)
    return answer.json<Paper>()
  }
  const refused = async (path: string, body: unknown, auditor = "wang"): Promise<unknown> => {
    const answer = await door.ask(auditor, `/workpapers${path}`, body)
    const { rule } = answer.json<{ rule: string }>()
    return [answer.status, rule]
  }
  const first = "/AUD2026.01"
  const drawn = async (): Promise<Paper> => {
    await did("", opening)
    return did(`${first}/samples`, draw)
  }

  it("is opened once and listed, and is nobody's but auditors' on an audit", async () => {
    const paper = await did("", opening)
    expect(paper).toMatchObject({ status: "open", auditor: "wang", province: null, samples: [], closing: null })
    expect((await did("", opening)).stamp).toEqual(paper.stamp)
    expect(await refused("", { ...opening, title: "另一" })).toEqual([409, "ENGAGEMENT_DIFFERS"])
    expect(await refused("", { ...opening, engagement: "register" })).toEqual([400, expect.any(String)])
    await did("", { ...opening, engagement: "AUD2026.02" })
    const { engagements } = (await door.ask("li", "/workpapers")).json<{ engagements: { engagement: string }[] }>()
    expect(engagements.map(({ engagement }) => engagement)).toEqual(["AUD2026.02", "AUD2026.01"])
    expect((await door.ask("wang", "/workpapers", undefined, "statistics")).status).toBe(403)
  })

  it("holds every draw as a fact, says who was looked at, and draws the same again", async () => {
    const [sample] = (await drawn()).samples
    expect(sample).toMatchObject({ sample: "S1", seed: "7", size: 3, facts: 7, tested: 0 })
    expect(sample?.items.reduce((sum, { hits }) => sum + hits, 0)).toBe(3)
    // A double click changes nothing, though the ledger has moved on since.
    expect((await did(`${first}/samples`, draw)).samples).toHaveLength(1)
    expect((await did(`${first}/samples`, { ...draw, seed: "8" })).samples).toHaveLength(2)
    const reads = await openAccessLog(world.store).list(alice, { limit: 9 })
    expect(reads[0]).toMatchObject({
      caller: { kind: "auditor", id: "wang" },
      purpose: "audit",
      what: "workpaper AUD2026.01: drawn",
    })
    await world.pay("31", alice, "M9", "2023-08", "2023-09", 8_000)
    const again = (await door.ask("li", `/workpapers${first}/samples/S1/redraw`)).json<Redrawn>()
    expect(again).toMatchObject({ equal: true, first: null, facts: 7 })
    expect(await refused(`${first}/samples`, { ...draw, upTo: "~" })).toEqual([400, expect.any(String)])
    expect(await refused(`${first}/samples`, { ...draw, upTo: "zzzz" })).toEqual([422, "POSITION_AHEAD"])
  })

  it("may be drawn from what was told on some days only", async () => {
    await did("", opening)
    const on = (from: string, to: string) => did(`${first}/samples`, { seed: "7", size: 100, recorded: { from, to } })
    // The whole history of the fixture is told on 2024-01-10 (UTC) and not on the day before.
    expect((await on("2024-01-09", "2024-01-09")).samples[0]).toMatchObject({ facts: 0, items: [] })
    const { samples } = await on("2024-01-10", "2024-01-11")
    expect(samples[1]).toMatchObject({ sample: "S2", facts: 7, recorded: { from: "2024-01-10", to: "2024-01-11" } })
    expect(await refused(`${first}/samples`, { seed: "7", recorded: { from: "2024-01-10" } })).toEqual([400, expect.any(String)])
  })

  it("drawn again from a ledger that lost a fact, names the first thing that differs", async () => {
    const [sample] = (await drawn()).samples
    const item = sample?.items[0]
    if (sample === undefined || item === undefined) throw new Error("nothing was drawn")
    const short = without(world.store, item.stream as StreamName, item.revision)
    const found = await redraw(short, sample)
    expect(found).toMatchObject({ sample: "S1", equal: false, facts: 6 })
    expect(found.first).toMatch(/^item 1, event: /u)
    const others = await did(`${first}/samples`, { ...draw, size: 1 })
    const [kept] = others.samples.slice(-1)
    const gone = kept === undefined ? null : await redraw(without(world.store, item.stream as StreamName, 0), kept)
    // The enrollment itself holds no money: without it the same sample comes out.
    expect(gone).toMatchObject({ equal: true })
  })

  it("takes notes on what was drawn and on any fact of the ledger, and counts what was tested", async () => {
    const [sample] = (await drawn()).samples
    const [one] = sample?.items ?? []
    const noted = await did(`${first}/notes`, {
      about: { kind: "item", sample: "S1", event: one?.event },
      result: "exception",
      text: "基数低于下限",
    })
    expect(noted.samples[0]).toMatchObject({ tested: 1, exceptions: 1 })
    const step = await did(`${first}/notes`, { about: { kind: "event", event: `${one?.stream}@0` }, text: "参保登记无误" })
    expect(step.notes[1]).toMatchObject({ note: "N2", about: { kind: "event", revision: 0 }, stamp: { by: "wang" } })
    expect((await did(`${first}/notes`, { text: "访谈" })).notes).toHaveLength(3)
    const stranger = { kind: "item", sample: "S1", event: step.stamp.event }
    expect(await refused(`${first}/notes`, { about: stranger, text: "x" })).toEqual([422, "ITEM_NOT_DRAWN"])
    expect(await refused(`${first}/notes`, { about: { kind: "event", event: `${one?.stream}@99` }, text: "x" })).toEqual([
      404,
      "EVIDENCE_UNKNOWN",
    ])
    expect(await refused(`${first}/notes`, { text: "见 990101199001011239" })).toEqual([400, expect.any(String)])
    expect(await refused("/AUD2099.1/notes", { text: "x" })).toEqual([404, "ENGAGEMENT_UNKNOWN"])
  })

  it("raises findings on evidence, settles them, is read by a second auditor and closed on a signed checkpoint", async () => {
    const event = (await drawn()).samples[0]?.items[0]
    const finding = {
      severity: "major",
      title: "重复缴费未清退",
      rule: "人社部发〔2010〕70号 Art 3",
      evidence: [event?.event, "Enrollment-31_110_" + alice + "@1"],
      amount_fen: 8_000,
      recommendation: "清退",
    }
    const raised = await did(`${first}/findings`, finding)
    expect(raised.findings[0]).toMatchObject({ finding: "F1", status: "open", amount_fen: 8_000 })
    expect(raised.findings[0]?.evidence.map(({ revision }) => revision)).toEqual([event?.revision, 1])
    expect(await refused(`${first}/findings`, { ...finding, evidence: ["0f0f0f0f-0f0f-5f0f-8f0f-0f0f0f0f0f0f"] })).toEqual([
      404,
      "EVIDENCE_UNKNOWN",
    ])
    expect(await refused(`${first}/reviews`, { opinion: "同意" })).toEqual([409, "REVIEW_BY_WRITER"])
    const resolved = await did(`${first}/findings/F1/resolve`, { reason: "已清退" })
    expect(resolved.findings[0]).toMatchObject({ status: "resolved", reason: "已清退", settled: { by: "wang" } })
    expect(await refused(`${first}/findings/F1/withdraw`, { reason: "有误" })).toEqual([409, "FINDING_SETTLED"])
    await did(`${first}/reviews`, { opinion: "同意" }, "li")
    const closed = await did(`${first}/close`, { conclusion: "除 F1 外无差异" })
    expect(closed).toMatchObject({ status: "closed", reviews: [{ opinion: "同意", stamp: { by: "li" } }] })
    // The checkpoint is of the ledger just before the closing: everything the report says is in it.
    expect(closed.closing?.checkpoint).toMatch(/^ledger\.example\/test\n/u)
    const { events } = await world.store.readAll({ after: null, max: 1_000 })
    expect(closed.closing?.checkpoint?.split("\n")[1]).toBe(
      String(events.findIndex(({ id }) => id === closed.closing?.stamp.event)),
    )
    expect((await did(`${first}/close`, { conclusion: "除 F1 外无差异" })).closing?.stamp).toEqual(closed.closing?.stamp)
    expect(await refused(`${first}/notes`, { text: "又" })).toEqual([409, "ENGAGEMENT_CLOSED"])
    // The auditors' own: the centre may have the receipt of a feed or a policy, not of a paper.
    const receipt = `/proof/streams/Workpaper-AUD2026.01/0`
    expect((await door.ask({ kind: "center", id: "c1" }, receipt, undefined, "statistics")).status).toBe(403)
    expect((await door.ask("li", receipt)).json()).toMatchObject({ event: raised.stamp.event, index: expect.any(Number) })
  })

  it("enters what a check of the ledger said, from the job and not from the caller", async () => {
    await did("", opening)
    await world.project()
    const { id } = (await door.ask("wang", "/fsck", {})).json<{ id: string }>()
    expect(await refused(`${first}/checks`, { job: id }, "li")).toEqual([409, "CHECK_NOT_DONE"])
    await expect
      .poll(async () => (await door.ask("wang", `/jobs/${id}`)).json<{ state: string }>().state, { timeout: 30_000 })
      .toBe("done")
    const paper = await did(`${first}/checks`, { job: id })
    expect(paper.checks[0]).toMatchObject({ check: "fsck", ok: true, first: null, persons: 1, stamp: { by: "wang" } })
    expect(paper.checks[0]?.upTo).toEqual(expect.any(String))
    expect((await did(`${first}/checks`, { job: id })).checks).toHaveLength(1)
    expect(await refused(`${first}/checks`, { job: "nobody" })).toEqual([409, "CHECK_NOT_DONE"])
  })
})
