import { type ProvinceCode, provinceCodes } from "@tongzhang/domain/codes"
import { addMonths, month } from "@tongzhang/domain/month"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { builtInParameters } from "./built-in.js"
import { type Parameter, type ParameterFamily, parameterFamilies, type ParameterQuestion } from "./parameter.js"
import { firstOf, latestBefore, tableOf } from "./table.js"

const valueOf = (family: ParameterFamily, province: ProvinceCode | null, on: string, key?: string, region?: string) =>
  builtInParameters.find({ family, province, on, ...(key && { key }), ...(region && { region }) })?.value ?? null

describe("the built-in parameters", () => {
  it("hold the numbers of the notices, in fen and exact text", () => {
    expect(valueOf("base-floor", "11", "2025-07")).toBe(716_200)
    expect(valueOf("base-ceiling", "11", "2026-06")).toBe(3_581_100)
    expect(valueOf("average-wage", "11", "2024")).toBe(1_193_700)
    expect(valueOf("pension-base", "22", "2025-11")).toBe(732_208)
    expect(valueOf("pension-base", "21", "2025-03", undefined, "大连")).toBe(895_600)
    expect(valueOf("account-interest", "31", "2016")).toBe("0.0831")
    expect(valueOf("account-interest", "31", "2008")).toBe("0.0414")
    expect(valueOf("payout-months", "33", "2026-01", "720")).toBe("139")
    expect(valueOf("payout-months", "33", "2026-01", "721")).toBe("138.4")
    expect(valueOf("transitional-rate", "62", "2024-05")).toBe("0.012")
    expect(valueOf("minimum-months", null, "2033-12")).toBe(204)
    expect(valueOf("unemployment-months", "44", "2025-01", "60")).toBe(18)
    expect(valueOf("deadline", null, "2024-01-15", "pension-transfer.letter")).toBe("15wd")
    expect(valueOf("resident-basic", "31", "2025-06")).toBe(155_500)
  })

  it("have the whole material: every record of every table, each with an id of its own", () => {
    const count = (family: ParameterFamily) => builtInParameters.all.filter((each) => each.family === family).length
    expect(count("average-wage")).toBe(196)
    expect(count("pension-base")).toBe(193)
    expect(count("base-floor")).toBeGreaterThanOrEqual(113)
    expect(count("base-ceiling")).toBeGreaterThanOrEqual(114)
    expect(count("payout-months")).toBe(31 + 30 * 11 + 5)
    for (const family of parameterFamilies) expect(count(family), family).toBeGreaterThan(0)
    expect(new Set(builtInParameters.all.map(({ id }) => id)).size).toBe(builtInParameters.all.length)
  })

  it("have a name that an explanation can cite", () => {
    const id = (question: ParameterQuestion) => builtInParameters.find(question)?.id
    expect(id({ family: "pension-base", province: "33", on: "2025-06" })).toBe("pension-base/33/2025")
    expect(id({ family: "account-interest", province: "33", on: "2016" })).toBe("account-interest/CN/2016")
    expect(id({ family: "base-floor", province: "44", region: "广州", on: "2025-08" })).toBe("base-floor/44/广州/2025-07")
    expect(id({ family: "contribution-rate", province: "31", key: "employer", on: "2010-01" })).toBe(
      "contribution-rate/31/employer/2004-08",
    )
  })

  it("never guess: a year without a record is null, also where only the nation's minimum is known", () => {
    expect(valueOf("pension-base", "53", "2031-01")).toBeNull()
    expect(valueOf("account-interest", "33", "2010")).toBeNull()
    expect(valueOf("resident-basic", "33", "2024-01")).toBeNull()
    expect(valueOf("resident-basic", null, "2024-01")).toBe(12_300)
  })

  it("a place known to have had a rate of its own that nobody has seen is not answered by the nation's", () => {
    expect(valueOf("contribution-rate", "31", "2010-01", "flexible")).toBeNull()
    expect(valueOf("contribution-rate", "32", "2010-01", "flexible")).toBe("0.2")
  })

  it("a region without a record is answered by its province, a province by the nation", () => {
    expect(valueOf("pension-base", "21", "2024", undefined, "大连")).toBe(valueOf("pension-base", "21", "2024"))
    expect(valueOf("contribution-rate", "37", "2020-01", "employer")).toBe("0.16")
  })
})

describe("what a provisional award uses", () => {
  it("is last year's base until the new one is published, and says so by its id", () => {
    const question = { family: "pension-base", province: "11", on: "2026-02" } as const
    expect(builtInParameters.find(question)).toBeNull()
    expect(latestBefore(builtInParameters, question)?.id).toBe("pension-base/11/2025")
    expect(latestBefore(builtInParameters, { ...question, on: "2025-02" })).toBeNull()
    expect(latestBefore(builtInParameters, { ...question, on: "2029-02" })).toBeNull()
    expect(latestBefore(builtInParameters, { ...question, on: "2029-02" }, 4)?.id).toBe("pension-base/11/2025")
  })
})

const made = (part: Partial<Parameter> & Pick<Parameter, "validFrom" | "validTo" | "value">): Parameter => ({
  id: `base-floor/${part.province ?? "CN"}/${part.validFrom}`,
  family: "base-floor",
  province: null,
  region: null,
  key: null,
  unit: "fen",
  document: null,
  source: "test",
  confidence: "constructed",
  ...part,
})

describe("looking a parameter up", () => {
  const months = fc.integer({ min: 0, max: 400 }).map((n) => addMonths(month("2000-01"), n))
  const records = fc.array(
    fc.record({
      validFrom: months,
      length: fc.option(fc.integer({ min: 0, max: 40 })),
      province: fc.constantFrom(null, "11", "31"),
      key: fc.constantFrom(null, "employer"),
      region: fc.constantFrom(null, "深圳"),
      value: fc.integer(),
    }),
    { maxLength: 30 },
  )
  /** Slow, and by another way: all that answer, the best by place, key and region, then the latest. */
  const slow = (all: readonly Parameter[], { province, key, region, on }: ParameterQuestion): Parameter | null => {
    let best: { readonly parameter: Parameter; readonly rank: number } | null = null
    for (const each of all) {
      if (each.province !== null && each.province !== province) continue
      if (each.key !== null && each.key !== key) continue
      if (each.region !== null && each.region !== region) continue
      if (each.validFrom > on || (each.validTo !== null && each.validTo < on)) continue
      const rank = (each.province === null ? 0 : 4) + (each.key === null ? 0 : 2) + (each.region === null ? 0 : 1)
      if (best === null || rank > best.rank || (rank === best.rank && each.validFrom >= best.parameter.validFrom))
        best = { parameter: each, rank }
    }
    return best?.parameter ?? null
  }

  it("finds what a slow search finds, whatever overlaps", () =>
    fc.assert(
      fc.property(
        records,
        months,
        fc.constantFrom(null, "11" as const, "31" as const),
        fc.boolean(),
        fc.boolean(),
        (drawn, on, province, keyed, regional) => {
          const all = drawn.map(({ length, ...each }) =>
            made({ ...each, validTo: length === null ? null : addMonths(each.validFrom, length) }),
          )
          const question = {
            family: "base-floor",
            province,
            on,
            ...(keyed && { key: "employer" }),
            ...(regional && { region: "深圳" }),
          } as const
          expect(tableOf(all).find(question)).toBe(slow(all, question))
        },
      ),
      { numRuns: 500 },
    ))

  it("reads days, months and years of both the record and the question", () => {
    const table = tableOf([
      made({ validFrom: "2024-03-15", validTo: "2024-06-30", value: 1 }),
      made({ validFrom: "2024-07", validTo: "2024-12", value: 2 }),
    ])
    const on = (text: string) => table.find({ family: "base-floor", province: "11", on: text })?.value ?? null
    expect([on("2024-03-14"), on("2024-03"), on("2024-03-15"), on("2024-06"), on("2024-06-30")]).toEqual([null, null, 1, 1, 1])
    expect([on("2024-07-01"), on("2024-12-31"), on("2024-12"), on("2025-01-01")]).toEqual([2, 2, 2, null])
  })

  it("the first source that answers wins", () => {
    const own = tableOf([made({ province: "11", validFrom: "2025-07", validTo: "2026-06", value: 1 })])
    const both = firstOf(own, builtInParameters)
    expect(both.find({ family: "base-floor", province: "11", on: "2025-08" })?.value).toBe(1)
    expect(both.find({ family: "base-floor", province: "11", on: "2024-08" })?.value).toBe(682_100)
  })

  it("every province has limits in 2024 or 2026, as far as the material goes", () => {
    const without = provinceCodes.filter(
      (code) => !valueOf("base-floor", code, "2024-08") && !valueOf("base-floor", code, "2026-08"),
    )
    expect(without).toEqual(["66"])
  })
})
