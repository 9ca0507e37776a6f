import { verifyFile } from "@tongzhang/explanation-checker/verify"
import { catalogue, publishedParameters } from "@tongzhang/law/explain/catalogue"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { anybody, center, li, openWorld, self, type World } from "./fixtures/world.js"

/** Opening a database takes seconds on a busy machine. */
const openWait_ms = 60_000
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

  const path = `/persons/${li}/simulate`
  const post = "female50"

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
