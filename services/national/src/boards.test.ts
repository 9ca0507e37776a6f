import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import * as Benefit from "@tongzhang/domain/benefit"
import * as Overlap from "@tongzhang/domain/overlap"
import { decideOverlap } from "@tongzhang/domain/overlap-decision"
import * as Transfer from "@tongzhang/domain/transfer"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { agency, anybody, auditor, center, openWorld, self, type World } from "./fixtures/world.js"

const date = (text: string): DateText => text as DateText
const months = [{ from: month("2023-01"), to: month("2023-02") }]
const moved = { months, account_fen: fen(80_000), pooled_fen: fen(120_000), bases_fen: fen(1_000_000) }

/** Opening a database takes seconds on a busy machine. */
const openWait_ms = 60_000

describe("the center's boards", () => {
  let db: RecordDb
  let world: World
  beforeAll(async () => {
    db = await openRecord({ kind: "pglite", path: null })
  }, openWait_ms)
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.clear()
    world = await openWorld(db)
  })
  afterEach(() => world.close())

  const request = async (
    person: PersonKey,
    from: readonly ProvinceCode[],
    on: string,
  ): Promise<ReturnType<typeof Transfer.streamOf>> => {
    const stream = Transfer.streamOf(Transfer.transferIdOf(person, "t1"))
    await world.run(Transfer, stream, Transfer.requestTransfer({ person, scheme: "110", to: "31", on: date(on) }))
    const legs = from.map((province) => ({ ...moved, from: province, temporary: false }))
    const plan = { legs, placeOfReceipt: { province: "31" as const, rule: "A" }, letterDue: date("2024-02-01") }
    await world.run(Transfer, stream, Transfer.planTransfer(plan))
    return stream
  }

  const complete = async (person: PersonKey, from: ProvinceCode, on: string, ended: string): Promise<void> => {
    const stream = await request(person, [from], on)
    const dates = { on: date(on), due: date("2024-03-01") }
    await world.run(Transfer, stream, Transfer.issueLetter({ leg: from, letterNo: "N", ...dates }))
    await world.run(Transfer, stream, Transfer.receiveStatement({ leg: from, ...dates, ...moved }))
    const { account_fen, pooled_fen } = moved
    await world.run(Transfer, stream, Transfer.receiveMoney({ leg: from, remittance: "R", account_fen, pooled_fen, ...dates }))
    await world.run(Transfer, stream, Transfer.bookLeg({ leg: from, on: date(ended) }))
  }

  it("transfers: counts, what is overdue, and the province that holds things up with its tail", async () => {
    await complete(anybody(1), "44", "2024-01-01", "2024-01-11")
    await complete(anybody(2), "44", "2024-01-01", "2024-01-31")
    const late = await request(anybody(3), ["44", "51"], "2024-01-10")
    await world.run(
      Transfer,
      late,
      Transfer.issueLetter({ leg: "44", letterNo: "N", on: date("2024-01-11"), due: date("2024-02-08") }),
    )
    await world.run(Transfer, late, Transfer.escalateLeg({ leg: "51", on: date("2024-02-20") }))
    await world.project()
    world.setTime("2024-02-19T16:30:00Z") // already the 20th in China
    const { body } = await world.ask(center, "/transfers")
    expect(body).toMatchObject({
      today: "2024-02-20",
      counts: { byStatus: { completed: 2, planned: 1 }, open: 1, overdue: 1, escalated: 1 },
      items: [
        {
          person: anybody(3),
          overdue: true,
          due: "2024-02-01",
          legs: [
            { from: "44", waitsFor: "statement" },
            { from: "51", waitsFor: "letter", overdue: true, escalated: true },
          ],
        },
        {},
        {},
      ],
      next: null,
    })
    const bottlenecks = body["bottlenecks"] as Record<string, unknown>[]
    expect(bottlenecks.find((one) => one["province"] === "44")).toMatchObject({
      zh: "广东",
      open: 1,
      finished: 2,
      median_days: 20,
      p95_days: 29,
      waiting_median_days: 41,
    })
    expect(bottlenecks.find((one) => one["province"] === "51")).toMatchObject({
      open: 1,
      overdue: 1,
      escalated: 1,
      oldestDue: "2024-02-01",
      finished: 0,
      median_days: null,
    })
  })

  it("the list goes on where its cursor says, each transfer once", async () => {
    for (let i = 1; i <= 5; i++) await request(anybody(i), ["44"], "2024-01-10")
    await complete(anybody(6), "44", "2024-01-01", "2024-01-11")
    await world.project()
    const seen: string[] = []
    let next: string | null = ""
    while (next !== null) {
      const { body }: { body: Record<string, unknown> } = await world.ask(
        center,
        `/transfers?limit=2${next === "" ? "" : `&cursor=${next}`}`,
      )
      seen.push(...(body["items"] as { person: string }[]).map((item) => item.person))
      next = body["next"] as string | null
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map(anybody))
    expect(await world.ask(center, "/transfers?cursor=nonsense")).toMatchObject({ status: 400, body: { rule: "CURSOR_FORMAT" } })
  })

  it("an agency's board holds its own province's transfers only; a person has none", async () => {
    await request(anybody(1), ["44"], "2024-01-10")
    await request(anybody(2), ["51"], "2024-01-10")
    await world.project()
    const { body } = await world.ask(agency("51"), "/transfers?province=44")
    expect((body["items"] as { person: string }[]).map((item) => item.person)).toEqual([anybody(2)])
    expect((await world.ask(self(anybody(1)), "/transfers")).status).toBe(403)
  })

  it("overlaps: by the money at risk, each with its stage before, during or after", async () => {
    const [running, past, pensioner] = [anybody(1), anybody(2), anybody(3)]
    const open = async (person: PersonKey, refund_fen: number): Promise<void> => {
      const stream = Overlap.streamOf(person, "pension")
      const [a, b] = ["41_170", "44_110"] as const
      const id = Overlap.caseIdOf(a, b)
      await world.run(Overlap, stream, Overlap.detectOverlap({ case: id, kind: "EMP-RES", sides: [a, b], months }))
      const option = { keep: b, drop: a, months, refund_fen: fen(refund_fen), legal: "人社部发〔2014〕17号" }
      await world.run(
        Overlap,
        stream,
        Overlap.proposeResolution({ case: id, recommended: b, options: [option, { ...option, refund_fen: fen(1) }] }),
      )
    }
    await world.enroll("44", running, "2023-01")
    await world.enroll("41", running, "2023-01", "170")
    await open(running, 20_000)
    await world.enroll("44", past, "2023-01")
    await open(past, 50_000)
    for (const [claim, province] of [
      ["A1", "44"],
      ["A2", "31"],
    ] as const) {
      const stream = Benefit.streamOf(pensioner, "110")
      await world.run(Benefit, stream, Benefit.claimBenefit({ claim, province, from: month("2023-01") }))
      const monthly_fen = fen(claim === "A1" ? 300_000 : 200_000)
      const award = { basic_fen: monthly_fen, account_fen: fen(0), transitional_fen: fen(0), monthly_fen }
      await world.run(Benefit, stream, Benefit.awardBenefit({ claim, from: month("2023-01"), reason: "", ...award }))
    }
    const sides = ["31_110_A2", "44_110_A1"] as const
    await world.run(
      Overlap,
      Overlap.streamOf(pensioner, "benefit"),
      Overlap.detectOverlap({ case: Overlap.caseIdOf(...sides), kind: "PENSION-PENSION", sides, months }),
    )
    await world.project()
    const { body } = await world.ask(center, "/overlaps")
    expect(
      (body["items"] as Record<string, unknown>[]).map((item) => [
        item["person"],
        item["stage"],
        item["stage_zh"],
        item["atRisk_fen"],
      ]),
    ).toEqual([
      [pensioner, "before", "事前", 400_000],
      [past, "after", "事后", 50_000],
      [running, "during", "事中", 20_000],
    ])
    expect((await world.ask(center, "/overlaps?stage=during&limit=1")).body).toMatchObject({
      items: [{ person: running, kind: "EMP-RES", recommended: "44_110", provinces: ["41", "44"], months: 2 }],
      totals: [{ stage: "during", cases: 1, atRisk_fen: 20_000 }],
    })
    const second = await world.ask(
      center,
      `/overlaps?limit=1&cursor=${String((await world.ask(center, "/overlaps?limit=1")).body["next"])}`,
    )
    expect(second.body).toMatchObject({ items: [{ person: past }] })
    expect((await world.ask(agency("31"), "/overlaps")).body).toMatchObject({ items: [{ person: pensioner }] })
  })

  it("quality: precision from decisions, with its denominator; cases by month; what is held since when; days wrongly held", async () => {
    const judge = async (n: number, verdict: "open" | "dismissed" | "decided"): Promise<void> => {
      const stream = Overlap.streamOf(anybody(n), "pension")
      const sides = ["41_110", "44_110"] as const
      const id = Overlap.caseIdOf(...sides)
      await world.run(Overlap, stream, Overlap.detectOverlap({ case: id, kind: "EMP-EMP", sides, months }))
      if (verdict === "dismissed") await world.run(Overlap, stream, Overlap.dismissOverlap({ case: id, reason: "同名不同人" }))
      if (verdict !== "decided") return
      const option = { keep: "44_110", drop: "41_110", months, refund_fen: fen(1), legal: "" }
      await world.run(Overlap, stream, Overlap.proposeResolution({ case: id, recommended: "44_110", options: [option] }))
      await world.run(Overlap, stream, decideOverlap({ case: id, keep: "44_110", reason: "r", undoUntil: null }))
    }
    await judge(1, "decided")
    await judge(2, "decided")
    await judge(3, "decided")
    await judge(4, "dismissed")
    await judge(5, "open")
    const held = Benefit.streamOf(anybody(6), "110")
    await world.run(Benefit, held, Benefit.claimBenefit({ claim: "A1", province: "44", from: month("2023-01") }))
    await world.run(Benefit, held, Benefit.claimBenefit({ claim: "A2", province: "31", from: month("2023-01") }))
    const wrong = { sides: ["31_110_B2", "44_110_B1"] as const, person: anybody(7) }
    for (const claim of ["B1", "B2"])
      await world.run(
        Benefit,
        Benefit.streamOf(wrong.person, "110"),
        Benefit.claimBenefit({ claim, province: claim === "B1" ? "44" : "31", from: month("2023-01") }),
      )
    const dismissed = Overlap.caseIdOf(...wrong.sides)
    const benefitCase = Overlap.streamOf(wrong.person, "benefit")
    await world.run(
      Overlap,
      benefitCase,
      Overlap.detectOverlap({ case: dismissed, kind: "PENSION-PENSION", sides: wrong.sides, months }),
    )
    await world.run(Overlap, benefitCase, Overlap.dismissOverlap({ case: dismissed, reason: "另有其人" }))
    world.setTime("2023-01-05T00:00:00Z")
    await world.run(Benefit, Benefit.streamOf(wrong.person, "110"), Benefit.releaseBenefit({ claim: "B2", reason: "认定不重复" }))
    await world.project()
    const { body } = await world.ask(center, "/overlaps/quality")
    expect(body).toMatchObject({
      all: { confirmed: 3, dismissed: 2, precision: 0.6, open: 1, dissolved: 0 },
      kinds: [
        { kind: "EMP-EMP", confirmed: 3, dismissed: 1, precision: 0.75, open: 1 },
        { kind: "PENSION-PENSION", confirmed: 0, dismissed: 1, precision: 0 },
      ],
      months: [{ month: "2023-01", opened: 6, decided: 3, dismissed: 2, cleared: 0, dissolved: 0 }],
      held: { claims: 1, withAmount: 0, monthly_fen: 0, items: [{ person: anybody(6), claim: "A2", province: "31", days: 4 }] },
      wronglyHeld: { cases: 1, claims: 1, days: 4 },
      alarms: { cases: 6, measured: 0, median_seconds: null },
    })
    expect((await world.ask(agency("44"), "/overlaps/quality")).status).toBe(403)
  })

  it("statistics always by sex, with denominator and date; small cells are the center's alone", async () => {
    for (let i = 1; i <= 8; i++) {
      await world.register(anybody(i), `人${i}`, i <= 6 ? "female" : "male")
      await world.enroll("44", anybody(i), "2023-01")
      await world.pay("44", anybody(i), `L${i}`, "2023-01", "2023-01")
    }
    await world.enroll("51", anybody(1), "2023-01", "170")
    await world.project()
    const { body } = await world.ask(auditor, "/statistics")
    expect(body).toMatchObject({
      denominator: { persons: 8, female: 6, male: 2, unregistered: 0 },
      dataOf: "2023-01-01T00:00:00.000Z",
    })
    const cells = body["cells"] as Record<string, unknown>[]
    expect(
      cells.map((cell) => [cell["province"], cell["sex"], cell["relations"], cell["suppressed"], cell["freshness"]]),
    ).toEqual([
      ["44", "male", null, true, "fresh"],
      ["44", "female", 6, false, "fresh"],
      ["51", "male", 0, false, "never"],
      ["51", "female", null, true, "never"],
    ])
    // No sum gives a held-back cell away: the total is of the cells shown.
    expect(body["totals"]).toContainEqual(
      expect.objectContaining({ scheme: "110", sex: "male", relations: 0, account_fen: 0, suppressed: 1 }),
    )
    expect(body["stale"]).not.toContain("44")
    const whole = await world.ask(center, "/statistics?province=44&scheme=110")
    expect(
      (whole.body["cells"] as Record<string, unknown>[]).map((cell) => [cell["sex"], cell["relations"], cell["account_fen"]]),
    ).toEqual([
      ["male", 2, 80_000],
      ["female", 6, 240_000],
    ])
  })

  it("coverage of a month by channel and sex, as known on a day; paid beside enrolled, silent provinces named", async () => {
    for (let i = 1; i <= 8; i++) {
      await world.register(anybody(i), `人${i}`, i <= 6 ? "female" : "male")
      await world.enroll("44", anybody(i), "2023-01")
    }
    world.setTime("2023-03-05T00:00:00Z")
    for (let i = 1; i <= 7; i++) await world.pay("44", anybody(i), `L${i}`, "2023-01", "2023-02")
    await world.project()
    const of44 = (body: Record<string, unknown>) =>
      (body["provinces"] as Record<string, unknown>[]).find((one) => one["province"] === "44")
    const { body } = await world.ask(center, "/statistics/coverage?month=2023-02")
    expect(body).toMatchObject({
      month: "2023-02",
      scheme: "110",
      persons: 8,
      protection: null,
      span: { first: "2023-01", last: "2023-02" },
    })
    expect(of44(body)).toMatchObject({
      state: "fresh",
      cells: [
        { sex: "female", channel: "employee", enrolled: 6, paid: 6 },
        { sex: "male", channel: "employee", enrolled: 2, paid: 1 },
      ],
    })
    expect((body["provinces"] as unknown[]).length).toBe(32)
    expect(JSON.stringify(body["provinces"])).toContain('"state":"never"')
    const then = await world.ask(center, "/statistics/coverage?month=2023-02&knownOn=2023-02-01")
    expect(of44(then.body)).toMatchObject({
      state: "partial",
      cells: [
        { enrolled: 6, paid: 0 },
        { enrolled: 2, paid: 0 },
      ],
    })
    expect(of44((await world.ask(auditor, "/statistics/coverage?month=2023-02")).body)).toMatchObject({
      suppressed: 1,
      cells: [{ enrolled: 6 }, { sex: "male", enrolled: null, paid: null }],
    })
    const trend = await world.ask(center, "/statistics/coverage/trend?province=44")
    expect(trend.body["months"]).toMatchObject([
      {
        month: "2023-01",
        cells: [
          { sex: "female", enrolled: 6, paid: 6 },
          { sex: "male", paid: 1 },
        ],
      },
      { month: "2023-02", cells: [{ enrolled: 6, paid: 6 }, {}] },
    ])
    expect((await world.ask(self(anybody(1)), "/statistics/coverage")).status).toBe(403)
  })

  it("freshness names every province; quarantine is for the center", async () => {
    await world.enroll("44", anybody(1), "2023-01")
    await world.project()
    await db.db
      .insertInto("quarantine")
      .values({ person_key: anybody(1), stream: "Person-x", revision: 4, cause: "unreadable", since: 0, attempts: 2 })
      .execute()
    const { text } = await world.ask(agency("44"), "/freshness")
    const provinces = JSON.parse(text) as { province: string; state: string }[]
    expect(provinces).toHaveLength(32)
    expect(provinces.filter((one) => one.state === "fresh").map((one) => one.province)).toEqual(["44"])
    expect(JSON.parse((await world.ask(center, "/quarantine")).text)).toEqual([
      {
        person: anybody(1),
        stream: "Person-x",
        revision: 4,
        cause: "unreadable",
        since: "1970-01-01T00:00:00.000Z",
        attempts: 2,
      },
    ])
    expect((await world.ask(auditor, "/quarantine")).status).toBe(403)
  })

  it("describes itself", async () => {
    const { paths } = (await world.server.inject({ url: "/national/openapi.json" })).json<{ paths: Record<string, unknown> }>()
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/national/persons/{key}/record", "/national/overlaps"]))
  })
})
