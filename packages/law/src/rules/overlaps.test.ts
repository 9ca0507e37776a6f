import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { month } from "@tongzhang/domain/month"
import { intersection, ofRange, ranges, size, union } from "@tongzhang/domain/month-set"
import { schemeCodes } from "@tongzhang/domain/codes"
import { describe, expect, it } from "vitest"
import { classifyOverlap, recommendKeep, type SideFacts } from "./overlaps.js"

describe("what is a duplicate", () => {
  it.each<[SchemeCode, SchemeCode, string | null]>([
    ["110", "110", "EMP-EMP"],
    ["110", "120", "EMP-PUB"],
    ["120", "120", "EMP-PUB"],
    ["110", "170", "EMP-RES"],
    ["120", "170", "EMP-RES"],
    ["170", "170", "RES-RES"],
    ["310", "310", "MED-MED"],
    ["310", "390", "MED-MED"],
    ["390", "390", "MED-MED"],
    ["210", "210", "UNEMP-UNEMP"],
    ["110", "310", null],
    ["410", "410", null],
    ["510", "510", null],
    ["110", "210", null],
  ])("%s with %s: %s", (a, b, kind) => {
    expect(classifyOverlap(a, b)?.kind ?? null).toBe(kind)
  })

  it("does not depend on which side is named first", () => {
    for (const a of schemeCodes) for (const b of schemeCodes) expect(classifyOverlap(a, b)).toEqual(classifyOverlap(b, a))
  })

  it("DUP-02: the month of a change of job, paid by both employers, overlaps and counts once", () => {
    const [a, b] = [ofRange(month("2019-01"), month("2020-03")), ofRange(month("2020-03"), month("2021-02"))]
    expect(ranges(intersection(a, b))).toEqual([{ from: "2020-03", to: "2020-03" }])
    expect(size(union(a, b))).toBe(26)
  })

  it("DUP-06: injury cover in two provinces in one month is no duplicate", () => {
    expect(classifyOverlap("410", "410")).toBeNull()
  })
})

const side = (
  province: ProvinceCode,
  scheme: SchemeCode,
  part: { months?: number; capacity?: Capacity; hukou?: ProvinceCode | null; from?: string; active?: boolean } = {},
): SideFacts => ({
  side: `${province}_${scheme}`,
  scheme,
  province,
  capacity: part.capacity ?? (scheme === "170" || scheme === "390" ? "resident" : "employee"),
  months: part.months ?? 24,
  hukou: part.hukou ?? null,
  openedFrom: part.from === undefined ? null : month(part.from),
  active: part.active ?? true,
})

describe("which side the law would keep", () => {
  it("employee against resident: the employee months, without asking anybody", () => {
    const answer = recommendKeep({
      kind: "EMP-RES",
      sides: [side("41", "170", { months: 300 }), side("44", "110", { months: 8 })],
    })
    expect(answer).toMatchObject({ keep: "44_110", agreementNeeded: false })
    expect(answer.legal).toContain("〔2014〕17号 Art 7")
  })

  it("two employee relations: the longer one is proposed, but the person must agree", () => {
    const answer = recommendKeep({
      kind: "EMP-EMP",
      sides: [side("44", "110", { months: 15 }), side("32", "110", { months: 12 })],
    })
    expect(answer).toMatchObject({ keep: "44_110", agreementNeeded: true })
  })

  it("two equally long employee relations: the one still running; both running: no proposal", () => {
    const ended = side("44", "110", { active: false })
    expect(recommendKeep({ kind: "EMP-EMP", sides: [ended, side("32", "110")] }).keep).toBe("32_110")
    expect(recommendKeep({ kind: "EMP-EMP", sides: [side("44", "110"), side("32", "110")] }).keep).toBeNull()
  })

  it("two resident relations: the hukou province, else the first place (DUP-04)", () => {
    const [a, b] = [side("37", "170", { from: "2012-01", hukou: "41" }), side("41", "170", { from: "2016-01", hukou: "41" })]
    expect(recommendKeep({ kind: "RES-RES", sides: [a, b] }).keep).toBe("41_170")
    const strangers = [
      { ...a, hukou: null },
      { ...b, hukou: null },
    ] as const
    expect(recommendKeep({ kind: "RES-RES", sides: strangers }).keep).toBe("37_170")
    expect(recommendKeep({ kind: "RES-RES", sides: strangers }).citation.confidence).toBe("low")
  })

  it("medical: the place of employment (MED-01), employee after a year (MED-04), never a guess about where one lives (MED-03)", () => {
    const former = side("31", "310", { active: false })
    expect(recommendKeep({ kind: "MED-MED", sides: [side("11", "310"), former] }).keep).toBe("11_310")
    expect(recommendKeep({ kind: "MED-MED", sides: [side("41", "390"), side("44", "310", { months: 14 })] }).keep).toBe("44_310")
    expect(recommendKeep({ kind: "MED-MED", sides: [side("41", "390"), side("44", "390")] }).keep).toBeNull()
  })

  it("MED-05: a flexible worker's cover against a running resident cover: the one whose benefits run", () => {
    const flexible = side("44", "310", { capacity: "flexible", months: 30, active: false })
    expect(recommendKeep({ kind: "MED-MED", sides: [flexible, side("41", "390")] }).keep).toBe("41_390")
  })
})
