import * as Enrollment from "@tongzhang/domain/enrollment"
import type { LineId } from "@tongzhang/domain/ids"
import { numbersIn } from "@tongzhang/entitlement/testing/numbers"
import { verifyFile } from "@tongzhang/explanation-checker/verify"
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { personDigest } from "@tongzhang/record/digest"
import { replayPerson } from "@tongzhang/record/replay"
import { unifiedRecord } from "@tongzhang/record/view"
import readXlsxFile from "read-excel-file/node"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { agency, anybody, auditor, center, li, lisId, openWorld, self, type World } from "./fixtures/world.js"

const in44 = Enrollment.streamOf({ province: "44", scheme: "110", person: li })
const record = `/persons/${li}/record`

/** Opening a database takes seconds on a busy machine. */
const openWait_ms = 60_000

describe("one person's record", () => {
  let db: RecordDb
  let world: World
  beforeAll(async () => {
    db = await openRecord({ kind: "pglite", path: null })
  }, openWait_ms)
  afterAll(() => db.close())

  /** January to April paid in 44; on 1 June February's line is reversed, and May arrives. */
  beforeEach(async () => {
    await db.clear()
    world = await openWorld(db)
    world.setTime("2023-05-01T02:00:00Z")
    await world.register(li, "李小红", "female", "41")
    await world.enroll("44", li, "2023-01")
    await world.pay("44", li, "L1", "2023-01", "2023-01")
    await world.pay("44", li, "L2", "2023-02", "2023-02")
    await world.pay("44", li, "L3", "2023-03", "2023-04")
    world.setTime("2023-06-01T02:00:00Z")
    await world.run(
      Enrollment,
      in44,
      Enrollment.reverseContribution({ line: "L9" as LineId, reverses: "L2" as LineId, reason: "bounced" }),
    )
    await world.pay("44", li, "L4", "2023-05", "2023-05")
    await world.project()
  })
  afterEach(() => world.close())

  it("shows months, money, gaps and who it is, masked", async () => {
    const { status, body } = await world.ask(center, record, "service")
    expect(status).toBe(200)
    expect(body).toMatchObject({
      identity: { state: "masked", name: "李**", citizenId: "9901**********1222" },
      record: {
        relations: [{ province: "44", scheme: "110", status: "open", months_standing: 4, account_fen: 120_000 }],
        gaps: [{ family: "pension", from: "2023-02", to: "2023-02" }],
      },
      asKnown: { knownAt: null, problem: null },
      quarantine: null,
    })
    expect(JSON.stringify(body)).not.toContain(lisId)
  })

  it("is refused without a purpose, for statistics, and to a platform", async () => {
    expect(await world.ask(center, record)).toMatchObject({ status: 400, body: { rule: "PURPOSE_MISSING" } })
    expect(await world.ask(center, record, "statistics")).toMatchObject({ status: 403, body: { rule: "FORBIDDEN_PURPOSE" } })
    expect(await world.ask(auditor, record, "service")).toMatchObject({ status: 403, body: { rule: "FORBIDDEN_PURPOSE" } })
    expect(await world.ask({ kind: "platform", id: "p" }, record, "service")).toMatchObject({
      status: 403,
      body: { rule: "FORBIDDEN_KIND" },
    })
  })

  it("a person reads only their own, and may see their name", async () => {
    expect(await world.ask(self(anybody(1)), record, "self")).toMatchObject({ status: 403, body: { rule: "FORBIDDEN_PERSON" } })
    const own = await world.ask(self(li), `${record}?reveal=true`, "self")
    expect(own.body).toMatchObject({ identity: { state: "revealed", name: "李小红", citizenId: lisId } })
  })

  it("an agency sees the name where the person is insured or registered, nowhere else", async () => {
    expect((await world.ask(agency("44"), `${record}?reveal=true`, "service")).status).toBe(200)
    expect((await world.ask(agency("41"), `${record}?reveal=true`, "service")).status).toBe(200)
    expect(await world.ask(agency("11"), `${record}?reveal=true`, "service")).toMatchObject({
      status: 403,
      body: { rule: "REVEAL_FORBIDDEN" },
    })
    expect((await world.ask(agency("11"), record, "service")).body).toMatchObject({ identity: { state: "masked" } })
  })

  it("an erased person keeps months and money, and has no name any more", async () => {
    await world.keys.destroy(li, "asked to be erased")
    const { body } = await world.ask(auditor, `${record}?reveal=true`, "audit")
    expect(body).toMatchObject({
      identity: { state: "erased", name: null, citizenId: null },
      record: { totals: { account_fen: 120_000 } },
    })
  })

  it("as valid in March holds March's money, and as known in May February's too", async () => {
    const { body } = await world.ask(center, `${record}?validAt=2023-03`, "service")
    // January's line, and the one of March and April: a payment is one act.
    expect(body).toMatchObject({ record: { relations: [{ months_standing: 2, account_fen: 80_000 }] } })
    const may = await world.ask(center, `${record}?validAt=2023-02&knownAt=2023-05-15`, "service")
    expect(may.body).toMatchObject({ record: { relations: [{ months_standing: 2, account_fen: 80_000 }] } })
    const today = await world.ask(center, `${record}?validAt=2023-02`, "service")
    expect(today.body).toMatchObject({ record: { relations: [{ months_standing: 1, account_fen: 40_000 }] } })
  })

  it("compares two views along both axes and says who changed what, when, why, under which rule", async () => {
    const known = await world.ask(center, `/persons/${li}/diff?knownAt=2023-05-15&validAt=2023-02&andValidAt=2023-02`, "service")
    expect(known.body).toMatchObject({
      changes: expect.arrayContaining([
        expect.objectContaining({ about: "44_110", what: "account_fen", before: 80_000, after: 40_000 }),
      ]),
      events: expect.arrayContaining([
        expect.objectContaining({
          type: "ContributionReversed@1",
          words: expect.objectContaining({
            en: expect.stringMatching(/Guangdong agency clerk-7.*L2 reversed.*Why: bounced.*Rule: 2024-01/u),
          }),
        }),
      ]),
    })
    const valid = await world.ask(center, `/persons/${li}/diff?validAt=2023-01&andValidAt=2023-05`, "service")
    expect(valid.body).toMatchObject({ events: [], words: { en: expect.stringContaining("months counted: 1 -> 4 (+3)") } })
  })

  it("as known in May, February was still paid and May was not; as a replay from the first fact says", async () => {
    const { body } = await world.ask(center, `${record}?knownAt=2023-05-15`, "service")
    expect(body).toMatchObject({ record: { relations: [{ months_standing: 4, ranges: [{ from: "2023-01", to: "2023-04" }] }] } })
    const replayed = await replayPerson(world.store, li, { knownAt: Date.parse("2023-05-15T23:59:59.999+08:00") })
    expect(body["record"]).toEqual(JSON.parse(JSON.stringify(unifiedRecord(replayed.state, { current: "2023-04" as never }))))
    expect((await world.ask(center, `${record}?knownAt=2023-04-30`, "service")).status).toBe(404)
  })

  it("as known at a position, and at the last one it is what the record holds", async () => {
    const head = String(await world.store.head())
    const [now, then] = [
      await world.ask(center, record, "service"),
      await world.ask(center, `${record}?knownAt=${head}`, "service"),
    ]
    expect(then.body["record"]).toEqual(now.body["record"])
  })

  it("as valid in March, only months up to March count", async () => {
    const { body } = await world.ask(center, `${record}?validAt=2023-03`, "service")
    expect(body).toMatchObject({ record: { asOf: { validAt: "2023-03" }, relations: [{ months_standing: 2 }] } })
    expect((await world.ask(center, `${record}?validAt=2023-13`, "service")).status).toBe(400)
  })

  it("a day that does not exist is refused with the way out", async () => {
    const { status, body } = await world.ask(center, `${record}?knownAt=2023-02-30`, "service")
    expect([status, body["rule"], body["field"]]).toEqual([400, "KNOWN_AT_FORMAT", "knownAt"])
  })

  it("what changed between May and June, in words and facts", async () => {
    const { body } = await world.ask(auditor, `/persons/${li}/diff?knownAt=2023-05-15&and=2023-06-15`, "audit")
    expect((body["changes"] as { en: string }[]).map((change) => change.en)).toEqual([
      "Guangdong employee pension months: 2023-01..2023-04 -> 2023-01 2023-03..2023-05",
    ])
    expect((body["events"] as { type: string }[]).map((event) => event.type)).toEqual([
      "ContributionReversed@1",
      "ContributionRecorded@1",
    ])
    const earlier = await world.ask(auditor, `/persons/${li}/diff?knownAt=2023-04-30&and=2023-05-15`, "audit")
    expect(earlier.body["changes"]).toContainEqual({
      about: "44_110",
      what: "account_fen",
      before: 0,
      after: 120_000,
      unit: "fen",
      zh: "广东企业职工基本养老保险 个人账户：¥0.00 -> ¥1,200.00 (+¥1,200.00)",
      en: "Guangdong employee pension personal account: ¥0.00 -> ¥1,200.00 (+¥1,200.00)",
    })
  })

  it("the account taken apart: every fact that moved it, adding up to it", async () => {
    const { body } = await world.ask(self(li), `/persons/${li}/explain?relation=44_110&number=account_fen`, "self")
    const parts = body["parts"] as {
      type: string
      by: number
      months: string | null
      line: string | null
      ruleVersion: string
      source: unknown
    }[]
    expect(parts.map((part) => [part.type, part.months, part.by])).toEqual([
      ["ContributionRecorded@1", "2023-01", 40_000],
      ["ContributionRecorded@1", "2023-02", 40_000],
      ["ContributionRecorded@1", "2023-03..2023-04", 40_000],
      ["ContributionReversed@1", null, -40_000],
      ["ContributionRecorded@1", "2023-05", 40_000],
    ])
    expect(parts.reduce((sum, part) => sum + part.by, 0)).toBe(body["value"])
    expect(parts[0]).toMatchObject({ ruleVersion: "2024-01", source: { feedId: "F1", row: 3 } })
  })

  it("a question answered with its reasons, each step of which holds against the facts alone", async () => {
    const { status, body } = await world.ask(self(li), `/persons/${li}/explain?question=months&evidence=true`, "self")
    expect(status).toBe(200)
    expect(body).toMatchObject({
      format: "tongzhang-explanation/1",
      question: "months",
      answers: { "relations.44_110.months": { value: 4, rule: "record/months-standing" } },
    })
    const files = { catalogue: catalogue(), parameters: publishedParameters(), events: null }
    expect(verifyFile({ explanation: body, ...files })).toMatchObject({ problems: [] })
    const forged = JSON.parse(JSON.stringify(body).replace('"value":"2023-05"', '"value":"2023-06"')) as unknown
    expect(verifyFile({ explanation: forged, ...files }).problems).not.toEqual([])
  })

  it("at any pair of moments the numbers explained are the numbers shown", async () => {
    for (const at of ["", "&validAt=2023-02", "&validAt=2023-02&knownAt=2023-05-15", "&validAt=2023-04&knownAt=2023-05-15"]) {
      const shown = await world.ask(auditor, `${record}?${at}`, "audit")
      const explained = await world.ask(auditor, `/persons/${li}/explain?question=record&evidence=true${at}`, "audit")
      const answers = Object.entries(explained.body["answers"] as Record<string, { value: number }>)
      expect(Object.fromEntries(answers.map(([path, { value }]) => [path, value])), at).toEqual(
        Object.fromEntries(numbersIn(shown.body["record"])),
      )
      const files = { catalogue: catalogue(), parameters: publishedParameters(), events: null }
      expect(verifyFile({ explanation: explained.body, ...files }).problems, at).toEqual([])
      const taken = await world.ask(auditor, `/persons/${li}/explain?relation=44_110${at}`, "audit")
      expect(shown.body).toMatchObject({ record: { relations: [{ account_fen: taken.body["value"] }] } })
    }
  })

  it("as known in May the same question counts May's months; by an earlier law the earlier answer", async () => {
    const then = await world.ask(center, `/persons/${li}/explain?question=months&knownAt=2023-05-15`, "service")
    expect(then.body).toMatchObject({ answers: { "relations.44_110.months": { value: 4 } } })
    const retire = async (day: string) =>
      (await world.ask(center, `/persons/${li}/explain?question=retirement&post=female50&ruleDate=${day}`, "service")).body
    const [before, after] = [await retire("2024-12-31"), await retire("2025-01-01")]
    expect(JSON.stringify(before["answers"])).not.toBe(JSON.stringify(after["answers"]))
  })

  it("what cannot be asked or answered is refused with the way out", async () => {
    const ask = (query: string) => world.ask(center, `/persons/${li}/explain${query}`, "service")
    expect(await ask("")).toMatchObject({ status: 400, body: { rule: "QUESTION_MISSING" } })
    expect(await ask("?question=wages")).toMatchObject({ status: 400, body: { rule: "QUESTION_UNKNOWN" } })
    expect(await ask("?question=retirement")).toMatchObject({ status: 422, body: { rule: "EXPLAIN_POST_UNKNOWN" } })
    expect(await ask("?question=account:11_110")).toMatchObject({ status: 422, body: { rule: "EXPLAIN_RELATION_UNKNOWN" } })
  })

  it("looks up by number: matched; with another name: possible; a stranger: none; a wrong check digit: refused by its rule", async () => {
    const look = (body: unknown) => world.ask(agency("44"), "/persons/lookup", "service", body)
    expect((await look({ citizenId: lisId })).body).toMatchObject({
      state: "matched",
      matches: [{ person: li, identity: { name: "李**" } }],
    })
    expect((await look({ citizenId: lisId, name: "李小红" })).body).toMatchObject({ state: "matched" })
    expect((await look({ citizenId: lisId, name: "王五" })).body).toMatchObject({ state: "possible" })
    expect((await look({ name: "李 小红" })).body).toMatchObject({ state: "possible", matches: [{ person: li }] })
    expect((await look({ name: "王五" })).body).toEqual({ state: "none", matches: [] })
    expect(await look({ citizenId: `${lisId.slice(0, 17)}3` })).toMatchObject({ status: 422, body: { rule: "ID_CHECK_DIGIT" } })
    expect((await look({})).status).toBe(400)
  })

  it("gives a queue its masked names, each a read that the person sees; an unknown key is left out", async () => {
    const nobody = "f".repeat(32)
    const { body } = await world.ask(agency("44"), "/persons/identities", "transfer", { persons: [li, nobody, li] })
    expect(body).toEqual({ persons: { [li]: { state: "masked", name: "李**", citizenId: "9901**********1222" } } })
    const seen = (await world.ask(self(li), `/persons/${li}/accesses?limit=5`, "self")).body["accesses"]
    expect(seen).toMatchObject([{ what: "masked name in a list", purpose: "transfer", caller: { kind: "agency" } }])
    expect((await world.ask(self(li), "/persons/identities", "self", { persons: [li] })).status).toBe(403)
  })

  it("the person sees who has looked, out of the ledger itself", async () => {
    await world.ask(agency("44"), "/persons/lookup", "service", { citizenId: lisId })
    await world.ask(agency("44"), `${record}?reveal=true`, "service")
    await world.ask(auditor, record, "audit")
    await world.ask(center, record)
    const { body } = await world.ask(self(li), `/persons/${li}/accesses?limit=3`, "self")
    expect(
      (body["accesses"] as { caller: { kind: string }; what: string }[]).map((line) => [line.caller.kind, line.what]),
    ).toEqual([
      ["auditor", "record"],
      ["agency", "record, revealed"],
      ["agency", "lookup"],
    ])
    expect(await world.ask(agency("44"), `/persons/${li}/accesses`, "service")).toMatchObject({
      status: 403,
      body: { rule: "FORBIDDEN_KIND" },
    })
    // Each is a fact of the ledger, so of the proof log too; and a record that was read is the same record when it is folded again.
    const newest = await world.ask(self(li), `/persons/${li}/access?limit=1`, "self")
    const { events } = await world.store.readAll({ after: null, max: 1_000, prefixes: ["Access-"] })
    expect(newest.body).toMatchObject({ accesses: [{ event: events.at(-1)?.id, position: events.at(-1)?.position }] })
    const before = personDigest((await replayPerson(world.store, li)).state)
    await world.ask(auditor, record, "audit")
    expect(personDigest((await replayPerson(world.store, li)).state)).toBe(before)
  })

  it("exports the months matrix as CSV and XLSX", async () => {
    const csv = await world.ask(center, `/persons/${li}/record.csv`, "service")
    expect(csv.text.startsWith("\uFEFF险种 family,年 year,1月,2月")).toBe(true)
    expect(csv.text).toContain("pension,2023,广东110,,广东110,广东110,广东110,")
    const { bytes } = await world.ask(center, `/persons/${li}/record.xlsx`, "service")
    const sheets = await readXlsxFile(bytes)
    expect(JSON.stringify(sheets)).toContain("广东110")
  })

  it("a province that went silent is stale, not empty", async () => {
    world.setTime("2023-09-01T00:00:00Z")
    const { body } = await world.ask(center, record, "service")
    expect(body["freshness"]).toEqual([
      expect.objectContaining({ province: "41", state: "never", days: null }),
      expect.objectContaining({ province: "44", state: "stale", days: 91 }),
    ])
  })

  it("a reader who is ahead of the record is told to come back", async () => {
    const { status, body } = await world.ask(center, `${record}?minPosition=99999999999999999999`, "service")
    expect([status, body["rule"]]).toEqual([503, "RECORD_BEHIND"])
  })
})
