import { openRecord, type RecordDb } from "@tongzhang/record/database"
import * as fc from "fast-check"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { agency, anybody, auditor, center, li, openWorld, self, type World } from "../fixtures/world.js"
import { parseSubject, subjectWords } from "./subject.js"
import type { Detail } from "./views.js"

const openWait_ms = 60_000
const me = self(li)
const wrong = { subject: "relation:44_110:account_fen", shown: "¥1,200.00", text: "二月单位已经缴费，金额不对" }

describe("an appeal about a number", () => {
  let db: RecordDb
  let world: World
  beforeAll(async () => {
    db = await openRecord({ kind: "pglite", path: null })
  }, openWait_ms)
  afterAll(() => db.close())

  /** January and March paid in 44; February's line is missing. */
  beforeEach(async () => {
    await db.clear()
    world = await openWorld(db)
    world.setTime("2023-05-01T02:00:00Z")
    await world.register(li, "李小红", "female", "41")
    await world.enroll("44", li, "2023-01")
    await world.pay("44", li, "L1", "2023-01", "2023-01")
    await world.pay("44", li, "L3", "2023-03", "2023-03")
    await world.project()
  })
  afterEach(() => world.close())

  const file = async (body: object = wrong): Promise<Detail> => {
    const { status, body: made } = await world.ask(me, "/appeals", "self", body)
    expect(status).toBe(201)
    return made as unknown as Detail
  }
  const bare = (id: string, act: string): string => `/appeals/${id}/${act}`

  it("goes to the province that reported the number, with a limit of sixty days that says it is assumed", async () => {
    const made = await file()
    expect(made).toMatchObject({
      status: "open",
      holder: { code: "44", zh: "广东" },
      filedOn: "2023-05-01",
      due: "2023-06-30",
      daysLeft: 60,
      about: { zh: "广东 企业职工基本养老保险 个人账户" },
      values: { filed: { zh: "¥800.00" }, today: { zh: "¥800.00" } },
      limit: { days: 60, confidence: "memory" },
    })
    expect(made.next.zh).toBe("广东在 2023-06-30 前答复（还有 60 天）")
    const queue = await world.ask(agency("44"), "/appeals")
    expect(queue.body).toMatchObject({ open: 1, overdue: 0, appeals: [{ id: made.id, shown: "¥1,200.00" }] })
    expect((await world.ask(agency("32"), "/appeals")).body).toMatchObject({ open: 0, appeals: [] })
    expect((await world.ask(center, "/appeals")).body).toMatchObject({ open: 1 })
  })

  it("is answered by its holder; the person reads the outcome with the way further, and the correction shows in the ledger's value", async () => {
    const { id } = await file()
    const answer = { outcome: "upheld", reason: "银行回单已核实", correction: "补记 2023-02 的缴费" }
    expect(await world.ask(agency("32"), bare(id, "answer"), "service", answer)).toMatchObject({
      status: 403,
      body: { rule: "FORBIDDEN_PROVINCE" },
    })
    expect(await world.ask(agency("44"), bare(id, "answer"), "service", { outcome: "upheld", reason: "好" })).toMatchObject({
      status: 422,
      body: { rule: "APPEAL_CORRECTION_MISSING" },
    })
    expect(await world.ask(agency("44"), bare(id, "answer"), "service", answer)).toMatchObject({ status: 200 })
    world.setTime("2023-06-01T02:00:00Z")
    await world.pay("44", li, "L2", "2023-02", "2023-02")
    await world.project()
    const { body } = await world.ask(me, `/appeals/${id}`, "self")
    expect(body).toMatchObject({
      status: "upheld",
      due: null,
      answer: { outcome: "upheld", by: { code: "44" }, correction: "补记 2023-02 的缴费", on: "2023-05-01" },
      values: { filed: { zh: "¥800.00" }, today: { zh: "¥1,200.00" } },
    })
    expect(JSON.stringify(body["further"])).toContain("第 83 条")
    expect((await world.ask(me, "/appeals?state=ended", "self")).body).toMatchObject({ appeals: [{ id, status: "upheld" }] })
  })

  it("waits for the person while more is needed, and no clock runs meanwhile", async () => {
    const { id } = await file()
    await world.ask(agency("44"), bare(id, "answer"), "service", { outcome: "more_needed", reason: "请提供二月工资条" })
    world.setTime("2023-12-01T02:00:00Z")
    expect(await world.service.tick()).toBe(0)
    expect((await world.ask(me, `/appeals/${id}`, "self")).body).toMatchObject({
      status: "waiting",
      due: null,
      next: { zh: "等您补充：请提供二月工资条；期限已暂停" },
    })
    const more = await world.ask(me, bare(id, "supplement"), "self", { text: "工资条编号 0217" })
    expect(more.body).toMatchObject({ status: "open", due: "2024-01-30" })
    const seen = await world.ask(agency("44"), `/appeals/${id}`, "service")
    expect(JSON.stringify(seen.body["history"])).toContain("工资条编号 0217")
  })

  it("an overdue one is escalated once, and the center can answer it", async () => {
    const { id } = await file()
    world.setTime("2023-06-30T15:00:00Z")
    expect(await world.service.tick()).toBe(0)
    world.setTime("2023-07-01T02:00:00Z")
    expect([await world.service.tick(), await world.service.tick()]).toEqual([1, 0])
    expect((await world.ask(center, "/appeals")).body).toMatchObject({
      overdue: 1,
      appeals: [{ id, escalated: true, daysLeft: -1 }],
    })
    const rejected = { outcome: "rejected", reason: "单位未申报二月", article: "社会保险法 Art 60" }
    expect((await world.ask(center, bare(id, "answer"), "service", rejected)).body).toMatchObject({
      status: "rejected",
      answer: { by: { code: "CN" } },
      escalated: false,
    })
  })

  it("may be passed on; who had it may still read it, and the limit stays", async () => {
    const { id } = await file()
    const passed = await world.ask(agency("44"), bare(id, "assign"), "service", { to: "32", reason: "该款由江苏代收" })
    expect(passed.body).toMatchObject({ holder: { code: "32" }, due: "2023-06-30" })
    expect((await world.ask(agency("32"), "/appeals")).body).toMatchObject({ open: 1 })
    expect((await world.ask(agency("44"), `/appeals/${id}`, "service")).status).toBe(200)
    expect((await world.ask(agency("11"), `/appeals/${id}`, "service")).status).toBe(403)
  })

  it("is the person's alone to file and withdraw, one for each number, and sent again it is the same one", async () => {
    const made = await file({ ...wrong, commandId: "one" })
    expect((await file({ ...wrong, commandId: "one" })).id).toBe(made.id)
    expect(await world.ask(me, "/appeals", "self", wrong)).toMatchObject({ status: 409, body: { rule: "APPEAL_SAME_NUMBER" } })
    expect((await world.ask(agency("44"), "/appeals", "service", wrong)).status).toBe(403)
    expect((await world.ask(self(anybody(1)), `/appeals/${made.id}`, "self")).status).toBe(403)
    expect((await world.ask(self(anybody(1)), bare(made.id, "withdraw"), "self", {})).status).toBe(403)
    expect((await world.ask(me, bare(made.id, "withdraw"), "self", {})).body).toMatchObject({ status: "withdrawn" })
    expect((await file()).id).not.toBe(made.id)
  })

  it.each([
    "relation:32_110:account_fen",
    "relation:44_110:nonsense",
    "paid:44_110:2023-13",
    "everything",
    "family:medical:account_fen",
  ])("about %s is refused: the ledger shows no such number of this person", async (subject) =>
    expect(await world.ask(me, "/appeals", "self", { ...wrong, subject })).toMatchObject({
      status: 422,
      body: { rule: "APPEAL_SUBJECT_UNKNOWN" },
    }),
  )

  it("a month that did not come goes to the province where it should have, a computed number to the center", async () => {
    const missing = await file({ subject: "paid:44_110:2023-02", shown: "2023-02 无入账", text: "单位说已经缴了" })
    expect(missing).toMatchObject({ holder: { code: "44" }, values: { filed: { zh: "无入账" } } })
    expect(await file({ subject: "estimate:pension", shown: "¥3,000.00", text: "少算了视同缴费年限" })).toMatchObject({
      holder: { code: "CN" },
    })
    expect(await file({ subject: "family:pension:months_standing", shown: "2 个月", text: "少了" })).toMatchObject({
      holder: { code: "44" },
    })
  })

  it("changes nothing in the record, stands in the list of readers when read, and its words go with the person's key", async () => {
    const before = (await world.ask(me, `/persons/${li}/record`, "self")).body
    const { id } = await file()
    await world.project()
    expect((await world.ask(me, `/persons/${li}/record`, "self")).body).toEqual(before)
    await world.ask(agency("44"), `/appeals/${id}`, "service")
    const { body } = await world.ask(me, `/persons/${li}/accesses`, "self")
    expect(JSON.stringify(body)).toContain(`appeal ${id.split("_")[1]}`)
    const { events } = await world.store.readAll({ after: null, max: 100, prefixes: ["Appeal-"] })
    expect(Buffer.concat(events.map(({ data }) => data)).toString()).not.toContain("二月")
    await world.keys.destroy(li, "asked to be forgotten")
    const erased = await world.ask(auditor, `/appeals/${id}`, "audit")
    expect(erased.body).toMatchObject({ status: "open", history: [{ type: "AppealFiled", text: null }, { text: null }] })
  })
})

describe("what an appeal can name", () => {
  it("is parsed or refused, and never throws", () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseSubject(text)
        if (parsed !== null) expect(subjectWords(parsed).zh).not.toBe("")
      }),
    ))
  it.each([
    ["relation:44_110:months_standing:2023-02", "广东 企业职工基本养老保险 2023-02 缴费月数"],
    ["gap:pension:2023-02", "养老 2023-02 的缺口"],
    ["paid:32_170:2023-02", "江苏 城乡居民基本养老保险 2023-02 的缴费"],
  ])("%s", (text, zh) => {
    const parsed = parseSubject(text)
    expect(parsed === null ? null : subjectWords(parsed).zh).toBe(zh)
  })
})
