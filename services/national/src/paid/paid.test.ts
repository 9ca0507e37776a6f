import type { ProvinceCode } from "@tongzhang/domain/codes"
import * as Enrollment from "@tongzhang/domain/enrollment"
import type { LineId } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { newRelation, newState, type PersonState } from "@tongzhang/record/person-state"
import { addMonths as addBits } from "@tongzhang/record/month-bits"
import * as fc from "fast-check"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { agency, anybody, li, openWorld, self, type World } from "../fixtures/world.js"
import { alertsOf, paidOf } from "./paid.js"
import type { PaidLine } from "./lines.js"

const in44 = Enrollment.streamOf({ province: "44", scheme: "110", person: li })

describe("did my employer pay", () => {
  let db: RecordDb
  let world: World
  beforeAll(async () => {
    db = await openRecord({ kind: "pglite", path: null })
  }, 60_000)
  afterAll(() => db.close())

  /** Paid January, March to June; February's line was reversed; the province was last heard in July. */
  beforeEach(async () => {
    await db.clear()
    world = await openWorld(db)
    world.setTime("2023-07-05T02:00:00Z")
    await world.register(li, "李小红", "female", "41")
    await world.enroll("44", li, "2023-01")
    await world.pay("44", li, "L1", "2023-01", "2023-01")
    await world.pay("44", li, "L2", "2023-02", "2023-02")
    await world.pay("44", li, "L3", "2023-04", "2023-05")
    const reversal = { line: "L9" as LineId, reverses: "L2" as LineId, reason: "银行退票" }
    await world.run(Enrollment, in44, Enrollment.reverseContribution(reversal))
    await world.project()
  })
  afterEach(() => world.close())

  it("shows each month with the day it was paid and the moment it was credited, and the fact's row", async () => {
    const { status, body } = await world.ask(self(li), `/persons/${li}/paid`, "self")
    expect(status).toBe(200)
    expect(body).toMatchObject({
      current: "2023-06",
      payers: [
        {
          relation: "44_110",
          kind: "employer",
          employer: "E1",
          open: true,
          months: [
            {
              month: "2023-01",
              state: "credited",
              employer_fen: 80_000,
              personal_fen: 40_000,
              remitted: { on: "2023-01-10" },
              credited: { at: "2023-07-05T02:00:00.000Z", feed: "F1" },
            },
            { month: "2023-02", state: "reversed", note: "银行退票" },
            { month: "2023-03", state: "missing", base_fen: null, remitted: null, credited: null },
            { month: "2023-04", state: "credited", months_of_line: 2 },
            { month: "2023-05", state: "credited" },
            { month: "2023-06", state: "waiting" },
          ],
        },
      ],
    })
  })

  it("says which month did not come and who has to pay it, by which article; what it does not know it says too", async () => {
    const { body } = await world.ask(self(li), `/persons/${li}/paid`, "self")
    expect(body["alerts"]).toMatchObject([
      { state: "missing", from: "2023-03", to: "2023-03", acts: { zh: expect.stringContaining("由单位 E1 补缴") as string } },
      { state: "reversed", from: "2023-02" },
    ])
    expect((body["stages"] as { stage: string; known: boolean }[]).map(({ stage, known }) => [stage, known])).toEqual([
      ["declared", false],
      ["withheld", false],
      ["remitted", true],
      ["credited", true],
    ])
  })

  it("a province that is silent is asked to report; nobody is accused", async () => {
    world.setTime("2023-12-05T02:00:00Z")
    const { body } = await world.ask(self(li), `/persons/${li}/paid`, "self")
    const alerts = body["alerts"] as { state: string; from: string; to: string; acts: { zh: string } }[]
    expect(alerts[0]).toMatchObject({ state: "unreported", from: "2023-07", to: "2023-10" })
    expect(alerts[0]?.acts.zh).toContain("没有新数据不等于没有缴费")
  })

  it("is the person's own, and every read is in their list of readers", async () => {
    expect((await world.ask(self(anybody(1)), `/persons/${li}/paid`, "self")).status).toBe(403)
    expect((await world.ask(agency("44"), `/persons/${li}/paid`, "service")).status).toBe(200)
    const { body } = await world.ask(self(li), `/persons/${li}/accesses`, "self")
    expect(JSON.stringify(body)).toContain('"what":"paid"')
  })
})

const line = (first: number, last: number): PaidLine => ({
  first,
  last,
  kind: "regular",
  paidOn: "2023-01-10",
  eventId: "e",
  recordedAt: 0,
  source: null,
  corrected: null,
  reversed: null,
  base_fen: 1,
  employer_fen: 1,
  personal_fen: 1,
  subsidy_fen: 0,
})

/** Open from month 0 of 2020 in 44; pays the months drawn. */
const paying = (paid: readonly number[], offset: number): { state: PersonState; lines: PaidLine[] } => {
  const relation = newRelation("44", "110")
  relation.status = "open"
  relation.spells.push({
    from: offset,
    to: null,
    capacity: "employee",
    employer: "E1",
    temporary: false,
    ended: null,
    reason: null,
  })
  for (const one of paid) addBits(relation.months, offset + one, offset + one)
  const state = newState(li)
  state.relations.set("44_110", relation)
  return { state, lines: paid.map((one) => line(offset + one, offset + one)) }
}

it("whatever was paid: every month of the open relation is either paid, alarmed, or not yet due", () =>
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 30 })), fc.integer({ min: 0, max: 31 }), (paid, heard) => {
      const offset = 2020 * 12
      const { state, lines } = paying(paid, offset)
      const payers = paidOf(state, new Map([["44_110", { lines, refunds: [] }]]), {
        current: month("2022-07"),
        heardIn: (_province: ProvinceCode) =>
          heard === 0 ? null : month(`${2020 + Math.floor(heard / 12)}-${String((heard % 12) + 1).padStart(2, "0")}`),
      })
      const months = payers.flatMap((payer) => payer.months)
      expect(months.length).toBe(31)
      const alarmed = alertsOf(payers).reduce((sum, alert) => sum + alert.months, 0)
      const waiting = months.filter((one) => one.state === "waiting").length
      expect(paid.length + alarmed + waiting).toBe(31)
    }),
  ))

it("a month that another relation of the family counts is owed by nobody, and no alarm", () => {
  const offset = 2020 * 12
  const { state, lines } = paying([0, 1], offset)
  const other = newRelation("32", "110")
  other.status = "open"
  other.spells.push({ from: offset, to: null, capacity: "employee", employer: "E2", temporary: false, ended: null, reason: null })
  addBits(other.months, offset + 2, offset + 5)
  state.relations.set("32_110", other)
  const payers = paidOf(
    state,
    new Map([
      ["44_110", { lines, refunds: [] }],
      ["32_110", { lines: [line(offset + 2, offset + 5)], refunds: [] }],
    ]),
    { current: month("2020-07"), heardIn: () => month("2020-09") },
  )
  const of = (relation: string): string[] | undefined =>
    payers.find((one) => one.relation === relation)?.months.map((one) => one.state)
  expect(of("44_110")).toEqual(["credited", "credited", "elsewhere", "elsewhere", "elsewhere", "elsewhere", "waiting"])
  expect(of("32_110")).toEqual(["elsewhere", "elsewhere", "credited", "credited", "credited", "credited", "waiting"])
  expect(alertsOf(payers)).toEqual([])
})
