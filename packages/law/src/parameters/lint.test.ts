import { addMonths, month } from "@tongzhang/domain/month"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { builtInParameters } from "./built-in.js"
import { lintParameters } from "./lint.js"
import type { Parameter } from "./parameter.js"

const made = (part: Partial<Parameter>): Parameter => ({
  id: "base-floor/11/2025-07",
  family: "base-floor",
  province: "11",
  region: null,
  key: null,
  validFrom: "2025-07",
  validTo: "2026-06",
  value: 716_200,
  unit: "fen",
  document: null,
  source: "test",
  confidence: "constructed",
  ...part,
})
const until = "2026-10"
const findings = (...all: readonly Parameter[]) => lintParameters(all, { until, coverage: [] })
const kinds = (...all: readonly Parameter[]) => findings(...all).map(({ severity, kind }) => `${severity} ${kind}`)

describe("the built-in tables", () => {
  const all = lintParameters(builtInParameters.all, { until })

  it("contradict themselves nowhere", () => expect(all.filter(({ severity }) => severity !== "gap")).toEqual([]))

  it("know what they do not know", () => {
    const of = (family: string, place: string) =>
      all.flatMap((each) => (each.family === family && each.place === place ? [`${each.from} ${each.to}`] : []))
    expect(of("account-interest", "CN")).toEqual(["2026-01 2026-10"])
    expect(of("base-floor", "21")).toEqual(["2019-05 2025-12"])
    expect(of("base-floor", "31")).toEqual(["2019-04 2019-04"])
    expect(of("pension-base", "66")).toEqual(["2020-01 2026-10"])
    expect(of("unemployment-rate", "CN")).toEqual(["2026-01 2026-10"])
    expect(all.filter(({ kind }) => kind === "unknown_value").map(({ parameters }) => parameters[0])).toEqual([
      "contribution-rate/31/flexible/2006-01",
      "contribution-rate/31/flexible-pooled/2006-01",
    ])
  })

  it("have a divisor for every month of age from 40 to 70", () => {
    for (let age = 40 * 12; age <= 70 * 12; age++)
      expect(
        builtInParameters.find({ family: "payout-months", province: null, key: String(age), on: "2026-01" })?.value,
      ).toBeDefined()
  })
})

describe("the lint finds", () => {
  it("two values for one place and time, and says from when to when", () => {
    const other = made({ id: "base-floor/11/2026-01", validFrom: "2026-01", validTo: "2026-12", value: 727_000 })
    expect(findings(made({}), other)).toMatchObject([
      { severity: "error", kind: "contradiction", from: "2026-01", to: "2026-06", parameters: [made({}).id, other.id] },
    ])
  })
  it("the same value twice, which does no harm", () =>
    expect(kinds(made({}), made({ id: "b", validFrom: "2026-06", validTo: "2026-12" }))).toEqual(["notice overlap"]))
  it("nothing where one without an end is followed by the next, but two that begin together", () => {
    expect(kinds(made({ validTo: null }), made({ id: "b", validFrom: "2026-07", validTo: null, value: 1e6 }))).toEqual([])
    expect(kinds(made({ validTo: null }), made({ id: "b", validTo: null, value: 1e6 }))).toEqual(["error contradiction"])
  })
  it("an end before the beginning, and text that is no month", () => {
    expect(kinds(made({ validTo: "2025-06" }))).toContain("error period")
    expect(kinds(made({ validFrom: "2025-13" }))).toContain("error period")
  })
  it("yuan written for fen, percent for a fraction, cents of a fen", () => {
    expect(kinds(made({ value: 7_162 }))).toEqual(["error bounds"])
    expect(kinds(made({ family: "contribution-rate", key: "employer", unit: "rate", value: "16" }))).toEqual(["error bounds"])
    expect(kinds(made({ value: 716_200.5 }))).toEqual(["error bounds"])
  })
  it("a floor above the ceiling of the same months", () => {
    const ceiling = made({ id: "c", family: "base-ceiling", value: 700_000, validFrom: "2026-06", validTo: null })
    expect(kinds(made({}), ceiling)).toEqual(["error limits"])
    expect(kinds(made({}), { ...ceiling, validFrom: "2026-07" })).toEqual([])
  })
  it("parts that do not add up to the rate", () => {
    const rate = (key: string, value: string) => made({ id: key, family: "contribution-rate", key, unit: "rate", value })
    const parts = [rate("flexible", "0.2"), rate("flexible-account", "0.08")]
    expect(kinds(...parts, rate("flexible-pooled", "0.12"))).toEqual([])
    expect(kinds(...parts, rate("flexible-pooled", "0.13"))).toEqual(["error sum"])
  })
  it("a document nobody registered, and an id used twice", () => {
    expect(kinds(made({ document: "京人社发〔2099〕1号" }))).toEqual(["error document"])
    expect(kinds(made({}), made({ validFrom: "2026-07", validTo: null }))).toEqual(["error id"])
  })

  it("exactly the months that no record of the table covers", () => {
    const first = month("2020-01")
    const coverage = [
      { family: "base-floor", key: null, provinces: ["11"], from: first, to: addMonths(first, 59), why: "" },
    ] as const
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 12 })), { maxLength: 6 })
    fc.assert(
      fc.property(spans, (drawn) => {
        const all = drawn.map(([start, length], i) =>
          made({ id: `p${i}`, validFrom: addMonths(first, start), validTo: addMonths(first, Math.min(59, start + length)) }),
        )
        const missing = Array.from({ length: 60 }, (_, i) => addMonths(first, i)).filter(
          (each) => !all.some(({ validFrom, validTo }) => validFrom <= each && each <= (validTo ?? "")),
        )
        const gaps = lintParameters(all, { until, coverage }).filter(
          ({ kind, text_en }) => kind === "gap" && !text_en.includes("two records"),
        )
        const listed = Array.from({ length: 60 }, (_, i) => addMonths(first, i)).filter((each) =>
          gaps.some(({ from, to }) => from! <= each && each <= to!),
        )
        expect(listed).toEqual(missing)
      }),
    )
  })
})
