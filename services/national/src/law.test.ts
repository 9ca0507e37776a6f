import * as Benefit from "@tongzhang/domain/benefit"
import { fen } from "@tongzhang/domain/money"
import { month } from "@tongzhang/domain/month"
import * as Overlap from "@tongzhang/domain/overlap"
import * as Person from "@tongzhang/domain/person"
import { verifyFile } from "@tongzhang/explanation-checker/verify"
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { anybody, center, li, openWorld, self, type World } from "./fixtures/world.js"

/** Opening a database takes seconds on a busy machine. */
const openWait_ms = 60_000
type Words = { readonly zh: string; readonly en: string }
const files = { catalogue: catalogue(), parameters: publishedParameters(), events: null }

describe("what the law says of a person's future", () => {
  let db: RecordDb
  let world: World
  /** 李小红, of 1990-01, employed in Guangdong since 2022. */
  beforeAll(async () => {
    db = await openRecord({ kind: "pglite", path: null })
    world = await openWorld(db)
    world.setTime("2026-11-22T02:00:00Z")
    await world.register(li, "李小红", "female", "41")
    await world.enroll("44", li, "2022-01")
    for (const year of [2022, 2023, 2024, 2025]) await world.pay("44", li, `Y${year}`, `${year}-01`, `${year}-12`, 8_000)
    await world.project()
  }, openWait_ms)
  afterAll(async () => {
    await world.close()
    await db.close()
  })

  const post = "female50"

  it("names every rule and operand in both languages, for whoever reads an explanation", async () => {
    const { status, body } = await world.ask(self(li), "/rules", "self")
    expect(status).toBe(200)
    const { rules: shown } = body as unknown as { rules: { id: string; title: Words; operands: Record<string, Words> }[] }
    expect(shown.map(({ id }) => id)).toEqual(catalogue().rules.map(({ id }) => id))
    const unnamed = shown.flatMap(({ id, title, operands }) =>
      Object.entries({ title, ...operands }).flatMap(([name, { zh, en }]) => (zh === "" || en === "" ? [`${id} ${name}`] : [])),
    )
    expect(unnamed).toEqual([])
  })

  it("assesses a pension beside its award, part by part, and refuses what it cannot compute", async () => {
    const old = anybody(7)
    const known = { sex: "male", birthMonth: month("1965-03"), hukou: "44", sealed: "s", nameIndex: "n" } as const
    await world.run(Person, Person.streamOf(old), Person.registerPerson(known))
    await world.enroll("44", old, "2008-01")
    for (let year = 2008; year < 2025; year++) await world.pay("44", old, `Y${year}`, `${year}-01`, `${year}-12`, 6_000)
    const [claim, from] = ["C1", month("2025-04")]
    const award = { basic_fen: fen(100_000), account_fen: fen(1), transitional_fen: fen(0), monthly_fen: fen(100_001) }
    const stream = Benefit.streamOf(old, "110")
    await world.run(Benefit, stream, Benefit.claimBenefit({ claim, province: "44", from }))
    await world.run(Benefit, stream, Benefit.awardBenefit({ claim, from, reason: "", ...award }))
    await world.project()
    const { status, body } = await world.ask(self(old), `/persons/${old}/assessment?explain=true`, "self")
    expect(status).toBe(200)
    expect(body).toMatchObject({ award: "final", from, compared: [claim], values: { place: "44", months: 204, eligible: true } })
    const values = body["values"] as Record<string, number>
    expect(values["awards.C1.basic.difference_fen"]).toBe(100_000 - (values["assessed.basic_fen"] ?? 0))
    expect(verifyFile({ explanation: body["document"], ...files })).toMatchObject({ problems: [] })
    const at = `/persons/${li}/assessment?post=${post}`
    expect(await world.ask(center, at, "service")).toMatchObject({ status: 422, body: { rule: "ASSESS_NO_PENSION_BASE" } })
    expect(await world.ask(center, at, "statistics")).toMatchObject({ status: 403 })
  })

  it("shows a case of overlap from both sides before anybody decides", async () => {
    const [a, b] = ["41_110", "44_110"] as const
    const id = Overlap.caseIdOf(a, b)
    await world.enroll("41", li, "2024-01")
    await world.pay("41", li, "H1", "2024-01", "2024-03", 12_000)
    const months = [{ from: month("2024-01"), to: month("2024-03") }]
    const detected = Overlap.detectOverlap({ case: id, kind: "EMP-EMP", sides: [a, b], months })
    await world.run(Overlap, Overlap.streamOf(li, "pension"), detected)
    await world.project()
    const at = (name: string) => `/persons/${li}/overlaps/${name}/preview?post=${post}`
    const { body } = await world.ask(center, `${at(id)}&explain=true`, "duplicate-check")
    expect(body).toMatchObject({
      kind: "EMP-EMP",
      values: { months: 3 },
      options: [
        {
          keep: a,
          drop: b,
          noPension: null,
          values: { refund_fen: expect.any(Number), months_left: 45, "middle.pension": "employee" },
        },
        { keep: b, drop: a, noPension: null, values: { refund_fen: 96_000, months_left: 0 } },
      ],
    })
    expect(verifyFile({ explanation: body["document"], ...files })).toMatchObject({ problems: [] })
    expect(await world.ask(center, at("none"), "duplicate-check")).toMatchObject({ status: 404, body: { rule: "CASE_UNKNOWN" } })
  })

  const path = `/persons/${li}/simulate`
  it("simulates: scenarios as ranges, the same question with the same id; every number holds by the checker", async () => {
    const scenarios = [{ name: "now" }, { name: "ceiling", base: "ceiling" }, { name: "home", move: { to: "41" } }]
    const explain = ["now.middle.monthly_fen", "ceiling.high.compared_break_even_months"]
    const { status, body } = await world.ask(self(li), path, "self", { post, scenarios, explain })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{64}$/u),
      content: { format: "tongzhang-simulation/1", ruleDate: "2026-11-22", post },
      scenarios: {
        now: { low: { pension: "employee", pension_from: "2045-01", place: "44" } },
        ceiling: { middle: { pension: "employee" } },
        home: { middle: { place: "41" } },
      },
    })
    expect(verifyFile({ explanation: body["document"], ...files })).toMatchObject({ problems: [] })
    const again = await world.ask(self(li), path, "self", { post, scenarios })
    expect([again.body["id"], again.body["scenarios"]]).toEqual([body["id"], body["scenarios"]])
  })

  it("compares the channels, takes the caller's assumptions, and says what was assumed", async () => {
    const wageGrowth = { low: "0", middle: "0", high: "0" }
    const { body } = await world.ask(center, path, "service", { post, compare: "channels", assumptions: { wageGrowth } })
    expect(Object.keys(body["scenarios"] as object)).toEqual(["employee", "flexible", "resident"])
    expect(body["assumptions"]).toContainEqual(expect.objectContaining({ en: expect.stringContaining("0 / 0 / 0, constructed") }))
  })

  it("is read as the record is: not by another person, not for statistics; what cannot be answered says why", async () => {
    expect(await world.ask(self(anybody(1)), path, "self", { post })).toMatchObject({ status: 403 })
    expect(await world.ask(center, path, "statistics", { post })).toMatchObject({ status: 403 })
    expect(await world.ask(center, path, "service", {})).toMatchObject({ status: 422, body: { rule: "SIMULATE_POST_UNKNOWN" } })
    const explain = ["now.middle.wages"]
    expect(await world.ask(center, path, "service", { post, explain })).toMatchObject({ body: { rule: "ANSWER_UNKNOWN" } })
    const twice = { post, scenarios: [{ name: "a" }, { name: "a" }] }
    expect(await world.ask(center, path, "service", twice)).toMatchObject({ status: 400, body: { rule: "SCENARIO_NAMES" } })
  })
})
