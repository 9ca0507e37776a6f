import type { Capacity, SchemeCode } from "@tongzhang/domain/codes"
import { month } from "@tongzhang/domain/month"
import { type Fen, fen } from "@tongzhang/domain/money"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { baseLimits, clampBase, limitsFromAverageWage, splitContribution } from "./contribution.js"

const yuan = (value: number): Fen => fen(Math.round(value * 100))
const pay = (part: {
  scheme?: SchemeCode
  capacity?: Capacity
  month?: string
  base: number
  months?: number
  employer?: number
  personal?: number
  subsidy?: number
}) =>
  splitContribution({
    scheme: part.scheme ?? "110",
    capacity: part.capacity ?? "employee",
    province: "31",
    month: month(part.month ?? "2025-03"),
    base_fen: yuan(part.base),
    months: part.months ?? 1,
    employer_fen: yuan(part.employer ?? 0),
    personal_fen: yuan(part.personal ?? 0),
    subsidy_fen: yuan(part.subsidy ?? 0),
  })

describe("where a payment goes", () => {
  it("employee: the personal 8 % is the account, the employer's part is pooled", () => {
    const split = pay({ base: 4_500, employer: 630, personal: 360 })
    expect(split).toMatchObject({ account_fen: 360_00, pooled_fen: 630_00 })
    expect(split.citation).toMatchObject({ article: expect.stringContaining("国发〔2005〕38号"), confidence: "official" })
  })

  it("flexible worker: 7,548 x 20 % = 1,509.60, of which 8 points are the account", () => {
    const split = pay({ capacity: "flexible", base: 7_548, personal: 1_509.6 })
    expect(split.account_fen).toBe(603_84)
    expect(split.pooled_fen).toBe(905_76)
  })

  it("flexible worker: the account never gets more than was paid", () => {
    expect(pay({ capacity: "flexible", base: 7_548, personal: 100 })).toMatchObject({ account_fen: 100_00, pooled_fen: 0 })
  })

  it("flexible worker paying a quarter at once: 8 % of three bases", () => {
    expect(pay({ capacity: "flexible", base: 5_000, months: 3, personal: 3_000 }).account_fen).toBe(1_200_00)
  })

  it("resident pension: own payment and subsidy are all account", () => {
    expect(pay({ scheme: "170", capacity: "resident", base: 0, months: 12, personal: 1_200, subsidy: 120 })).toMatchObject({
      account_fen: 1_320_00,
      pooled_fen: 0,
    })
  })

  it("employee medical: own payment is account; a flexible worker's and a resident's is pooled", () => {
    expect(pay({ scheme: "310", base: 5_000, employer: 400, personal: 100 })).toMatchObject({
      account_fen: 100_00,
      pooled_fen: 400_00,
    })
    expect(pay({ scheme: "310", capacity: "flexible", base: 5_000, personal: 400 }).account_fen).toBe(0)
    expect(pay({ scheme: "390", capacity: "resident", base: 0, personal: 400, subsidy: 700 }).pooled_fen).toBe(1_100_00)
  })

  it("unemployment and injury have no account", () => {
    expect(pay({ scheme: "210", base: 5_000, employer: 25, personal: 25 })).toMatchObject({ account_fen: 0, pooled_fen: 50_00 })
  })

  it("1998-2005: the employer's part tops the account up to 11 %, and the rule says how well it is known", () => {
    const split = pay({ month: "2003-05", base: 1_000, employer: 220, personal: 80 })
    expect(split).toMatchObject({ account_fen: 110_00, pooled_fen: 190_00, citation: { confidence: "secondary" } })
  })

  it("a payment over New Year 2006 falls under both rates, month by month", () => {
    expect(pay({ month: "2005-12", months: 2, base: 1_000, employer: 400, personal: 160 }).account_fen).toBe(190_00)
  })

  it("before 1998 the account holds the own payment only", () => {
    expect(pay({ month: "1996-02", base: 500, employer: 100, personal: 15 })).toMatchObject({
      account_fen: 15_00,
      pooled_fen: 100_00,
    })
  })

  it("always adds up to what was paid, to the fen", () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 })
    const scheme = fc.constantFrom<SchemeCode>("110", "120", "170", "210", "310", "390", "410", "510")
    const capacity = fc.constantFrom<Capacity>("employee", "flexible", "resident")
    const start = fc.constantFrom("1993-01", "1997-11", "2005-09", "2010-01", "2026-10")
    fc.assert(
      fc.property(scheme, capacity, start, amount, fc.integer({ min: 1, max: 24 }), amount, amount, amount, (...drawn) => {
        const [scheme, capacity, start, base, months, employer, personal, subsidy] = drawn
        const split = splitContribution({
          scheme,
          capacity,
          province: "44",
          month: month(start),
          base_fen: fen(base),
          months,
          employer_fen: fen(employer),
          personal_fen: fen(personal),
          subsidy_fen: fen(subsidy),
        })
        expect(split.account_fen + split.pooled_fen).toBe(employer + personal + subsidy)
        expect(Math.min(split.account_fen, split.pooled_fen)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe("limits of the base", () => {
  it("60 % and 300 % of an average wage of 12,580 are 7,548 and 37,740", () => {
    expect(limitsFromAverageWage(yuan(12_580))).toMatchObject({ floor_fen: 7_548_00, ceiling_fen: 37_740_00 })
  })

  it("Beijing 2025-07: 7,162 to 35,811, with its source", () => {
    expect(baseLimits("11", month("2025-07"))).toMatchObject({
      floor_fen: 7_162_00,
      ceiling_fen: 35_811_00,
      confidence: "secondary",
    })
    expect(baseLimits("11", month("2026-06"))?.floor_fen).toBe(7_162_00)
    expect(baseLimits("11", month("2026-07"))?.floor_fen).toBe(7_270_00)
  })

  it("no record is no limit, never a guessed one", () => {
    expect(baseLimits("53", month("2026-01"))).toBeNull()
  })

  it("clamps a wage to the limits and says so", () => {
    const limits = { floor_fen: yuan(7_162), ceiling_fen: yuan(35_811) }
    expect(clampBase(yuan(3_000), limits)).toEqual({ base_fen: 7_162_00, clamped: "floor" })
    expect(clampBase(yuan(50_000), limits)).toEqual({ base_fen: 35_811_00, clamped: "ceiling" })
    expect(clampBase(yuan(9_000), limits)).toEqual({ base_fen: 9_000_00, clamped: null })
  })
})
