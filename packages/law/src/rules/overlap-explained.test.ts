import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { month, type YearMonth } from "@tongzhang/domain/month"
import type { OverlapKind } from "@tongzhang/domain/overlap"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { given, type Unit, type Valued, type Value } from "../explain/explained.js"
import { disagreements } from "../test-kit/recompute.js"
import { allOverlapMonths, countedMonths, overlapCount, overlapMonths } from "./months.js"
import { explainKeep, type SideInquiry } from "./overlap-keep.js"
import { refundOf, refundPart, residentRefund } from "./overlap-refund.js"
import { recovery, residentRecovery } from "./two-pensions.js"

const is = <T extends Value>(value: T, unit: Unit): Valued<T> => given(value, unit, "测试", "test")
const range = (from: string, to: string) => ({ from: is(from, "month"), to: is(to, "month") })

describe("months of two relations", () => {
  it("DUP-02: the month of the change overlaps and counts once", () => {
    const [a, b] = [[range("2019-01", "2020-03")], [range("2020-03", "2021-02")]]
    const shared = overlapMonths(a, b)
    const counted = countedMonths([...a, ...b])
    expect([shared.value, counted.value, overlapCount(shared).value]).toEqual([["2020-03"], 26, 1])
    expect([...disagreements(counted), ...disagreements(overlapCount(shared))]).toEqual([])
  })
  it("three relations: a month in any two of them", () => {
    const relations = [
      [range("2020-01", "2020-06")],
      [range("2020-06", "2020-08")],
      [range("2020-03", "2020-03"), range("2020-08", "2020-09")],
    ]
    const shared = allOverlapMonths(relations)
    expect([shared.value, disagreements(shared)]).toEqual([["2020-03", "2020-06", "2020-08"], []])
  })
})

const side = (province: ProvinceCode, scheme: SchemeCode, part: Partial<SideInquiry> = {}): SideInquiry => ({
  side: `${province}_${scheme}`,
  scheme: is(scheme, "code"),
  capacity: is<Capacity | null>(scheme === "170" || scheme === "390" ? "resident" : "employee", "code"),
  months: is(24, "months"),
  province: is(province, "code"),
  openedFrom: is<YearMonth | null>(null, "month"),
  active: is(true, "flag"),
  ...part,
})
const nobody: Valued<ProvinceCode | null> = is(null, "code")
const keep = (kind: OverlapKind, a: SideInquiry, b: SideInquiry, on = "2026-01-01") =>
  explainKeep({ on, kind, sides: [a, b], hukou: nobody })

describe("which side the law would keep, explained", () => {
  it("two employee relations: the longer one is a proposal, the person has to agree", () => {
    const answer = keep("EMP-EMP", side("44", "110", { months: is(30, "months") }), side("32", "110"))
    expect([answer.kept.value, answer.agreementNeeded.value]).toEqual(["44_110", true])
    expect(answer.kept.needsRuling).toBeNull()
  })
  it("equal sides: nothing is proposed, and the explanation says that somebody has to rule", () => {
    const answer = keep("EMP-EMP", side("44", "110"), side("32", "110"))
    expect(answer.kept).toMatchObject({ value: null, needsRuling: { question: "overlap with equal sides" } })
  })
  it("employee against resident before 2014-07-01: no rule yet; since then the employee months", () => {
    const pair = [side("41", "170"), side("44", "110")] as const
    expect(keep("EMP-RES", ...pair, "2014-06-30").kept).toMatchObject({
      value: null,
      needsRuling: { question: "overlap before the rule" },
    })
    expect(keep("EMP-RES", ...pair, "2014-07-01").kept).toMatchObject({ value: "44_110", needsRuling: null })
  })
  it("two residents while both pay benefits: the first place, whatever the hukou, and a question that stays open", () => {
    const first = side("37", "170", { openedFrom: is(month("2012-01"), "month"), drawing: is(true, "flag") })
    const later = side("41", "170", { openedFrom: is(month("2016-01"), "month"), drawing: is(true, "flag") })
    const answer = explainKeep({ on: "2026-01-01", kind: "RES-RES", sides: [first, later], hukou: is("41", "code") })
    expect(answer.kept).toMatchObject({ value: "37_170", confidence: "low", needsRuling: { question: "law.md §12.7" } })
  })
  it("medical: student at school, habitual residence, an employee of less than a year needs a ruling", () => {
    const yes = is(true, "flag")
    const school = keep("MED-MED", side("42", "390", { studiesThere: yes }), side("41", "390"))
    expect([school.ground?.value, school.kept.value]).toEqual(["school", "42_390"])
    const home = keep("MED-MED", side("41", "390"), side("44", "390", { livesThere: yes }))
    expect([home.ground?.value, home.kept.value]).toEqual(["habitual residence", "44_390"])
    const short = keep(
      "MED-MED",
      side("44", "310", { months: is(7, "months"), benefitsUsable: is(false, "flag") }),
      side("41", "390"),
    )
    expect(short.kept).toMatchObject({ value: "41_390", needsRuling: { question: "medical: employee for less than a year" } })
  })

  const schemesOf: Readonly<Record<OverlapKind, readonly SchemeCode[]>> = {
    "EMP-EMP": ["110"],
    "EMP-PUB": ["110", "120"],
    "EMP-RES": ["110", "170"],
    "RES-RES": ["170"],
    "MED-MED": ["310", "390"],
    "UNEMP-UNEMP": ["210"],
    "PENSION-PENSION": ["110", "120"],
    "PENSION-RES": ["110", "170"],
  }
  const kinds = Object.keys(schemesOf) as OverlapKind[]
  const flag = fc.boolean().map((value) => is(value, "flag"))
  const sideOf = (kind: OverlapKind, province: ProvinceCode) =>
    fc.record({
      side: fc.constant(`${province}_x`),
      province: fc.constant(is(province, "code")),
      scheme: fc.constantFrom(...schemesOf[kind]).map((value) => is(value, "code")),
      capacity: fc.constantFrom<Capacity | null>("employee", "flexible", "resident", null).map((value) => is(value, "code")),
      months: fc.nat({ max: 20 }).map((value) => is(value, "months")),
      openedFrom: fc.constantFrom<YearMonth | null>(null, month("2010-01"), month("2012-01")).map((value) => is(value, "month")),
      active: flag,
      livesThere: flag,
      studiesThere: flag,
      benefitsUsable: flag,
      drawing: flag,
    })
  it("every step can be derived again, whatever the sides and the day", () => {
    const cases = fc.constantFrom(...kinds).chain((kind) => fc.tuple(fc.constant(kind), sideOf(kind, "44"), sideOf(kind, "32")))
    const days = fc.constantFrom("2005-01-01", "2012-01-01", "2015-01-01", "2018-01-01", "2026-01-01")
    fc.assert(
      fc.property(cases, days, fc.constantFrom<ProvinceCode | null>("44", "51", null), ([kind, a, b], on, hukou) => {
        const { kept, agreementNeeded, ground } = explainKeep({ on, kind, sides: [a, b], hukou: is(hukou, "code") })
        expect([kept, agreementNeeded, ...(ground === null ? [] : [ground])].flatMap((one) => disagreements(one, on))).toEqual([])
        const turned = explainKeep({ on, kind, sides: [b, a], hukou: is(hukou, "code") })
        expect(turned.kept.value).toBe(kept.value)
      }),
      { numRuns: 500 },
    )
  })
})

describe("what comes back to the person", () => {
  it("DUP-03: 1,200 yuan for the year, 8 months shared: 800; nothing before 2014-07", () => {
    const year = { individual: is(120_000, "fen"), collective: is(0, "fen"), months: is(8, "months") }
    expect(residentRefund("2020-01-01", year).value).toBe(80_000)
    expect(residentRefund("2014-06-30", year).value).toBe(0)
    expect(disagreements(residentRefund("2020-01-01", year))).toEqual([])
  })
  it("parts of payments are cut to the fen: several clearings never give back more than was paid", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), fc.integer({ min: 0, max: 12 }), (paid, split) => {
        const months = Array.from({ length: 12 }, (_, i) => `2019-${String(i + 1).padStart(2, "0")}`)
        const part = (cleared: readonly string[]) =>
          refundPart({ amount: is(paid, "fen"), ...range("2019-01", "2019-12"), cleared: is(cleared, "month") })
        const both = refundOf([part(months.slice(0, split)), part(months.slice(split))])
        expect(both.value).toBeLessThanOrEqual(paid)
        expect(both.value).toBeGreaterThanOrEqual(paid - 1)
        expect(disagreements(both)).toEqual([])
      }),
    )
  })
})

describe("two pensions", () => {
  const inquiry = {
    on: "2024-03-01",
    province: "35",
    stretches: [{ monthly: is(150_000, "fen"), ...range("2016-01", "2017-04") }],
    account: is(500_000, "fen"),
    minimumWage: is(203_000, "fen"),
  }
  it("福建: from 2016-11 on, off the cleared account first, then at most 60 % of the minimum wage a month", () => {
    const plan = recovery(inquiry)
    expect([plan.overpaid.value, plan.setOff.value, plan.accountBack.value, plan.owed.value]).toEqual([
      900_000, 500_000, 0, 400_000,
    ])
    expect([plan.instalment?.value, plan.instalments?.value]).toEqual([121_800, 4])
    expect(plan.instalments?.needsRuling).toBeNull()
    expect(recovery({ ...inquiry, province: "44" }).instalment?.needsRuling?.question).toContain("福建")
  })
  it("every fen is recovered, and every step can be derived again", () => {
    const fens = fc.nat({ max: 2_000_000 }).map((value) => is(value, "fen"))
    fc.assert(
      fc.property(fens, fens, fens, (monthly, account, minimumWage) => {
        const plan = recovery({ ...inquiry, stretches: [{ monthly, ...range("2015-06", "2018-02") }], account, minimumWage })
        expect(plan.setOff.value + plan.owed.value).toBe(plan.overpaid.value)
        expect(plan.setOff.value + plan.accountBack.value).toBe(account.value)
        const steps = [plan.accountBack, plan.owed, plan.instalment, plan.instalments].filter((step) => step !== null)
        expect(steps.flatMap((step) => disagreements(step, inquiry.on))).toEqual([])
      }),
    )
  })
  it("a resident pension beside an employee pension: the basic part is given back, the balance without subsidy goes to the person", () => {
    const plan = residentRecovery({
      on: "2024-03-01",
      stretches: [{ monthly: is(15_000, "fen"), ...range("2020-01", "2021-12") }],
      account: is(300_000, "fen"),
      subsidy: is(60_000, "fen"),
    })
    expect([plan.overpaid.value, plan.balance.value, plan.setOff.value, plan.owed.value]).toEqual([
      360_000, 240_000, 240_000, 120_000,
    ])
    expect([plan.owed, plan.accountBack].flatMap((step) => disagreements(step, "2024-03-01"))).toEqual([])
  })
})
