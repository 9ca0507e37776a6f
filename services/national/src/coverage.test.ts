import type { CoverageOfMonth } from "@tongzhang/record/coverage-queries"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dataStateOf, withheld } from "./coverage.js"
import type { Freshness } from "./freshness.js"

const row = (
  capacity: CoverageOfMonth["capacity"],
  enrolled: number,
  paid: number,
  sex: CoverageOfMonth["sex"] = "female",
): CoverageOfMonth => ({
  province: "44",
  capacity,
  sex,
  enrolled,
  paid,
})
const rows: fc.Arbitrary<CoverageOfMonth[]> = fc.uniqueArray(
  fc
    .record({
      capacity: fc.constantFrom("employee", "flexible", "resident", null),
      sex: fc.constantFrom("male", "female", null),
      enrolled: fc.nat({ max: 30 }),
      unpaid: fc.nat({ max: 30 }),
    })
    .map(({ capacity, sex, enrolled, unpaid }) => row(capacity, enrolled, Math.max(enrolled - unpaid, 0), sex)),
  { selector: ({ capacity, sex }) => `${capacity} ${sex}` },
)

describe("small cells", () => {
  it("are never shown, nor what would leave a small rest", () => {
    fc.assert(
      fc.property(rows, (all) => {
        for (const { enrolled, paid } of withheld(all).cells) {
          if (enrolled === null || paid === null) continue
          for (const part of [enrolled, paid, enrolled - paid]) expect(part === 0 || part >= 5).toBe(true)
        }
      }),
    )
  })

  it("do not follow from the total of a sex: whoever subtracts what is shown finds nobody, five or more, or several unknown cells", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { cells } = withheld(all)
        for (const sex of ["male", "female", null] as const) {
          const total = all.filter((one) => one.sex === sex).reduce((sum, one) => sum + one.enrolled, 0)
          const mine = cells.filter((one) => one.sex === (sex ?? "unregistered"))
          const rest = total - mine.reduce((sum, one) => sum + (one.enrolled ?? 0), 0)
          const unknown = mine.filter((one) => one.enrolled === null).length
          // With one channel alone its total is the cell itself: /statistics holds that back by the same rule.
          expect(rest === 0 || rest >= 5 || unknown >= 2 || mine.length === 1).toBe(true)
        }
      }),
    )
  })

  it("a single small cell takes the next with it", () => {
    const { cells, suppressed } = withheld([row("employee", 40, 30), row("flexible", 3, 3), row("resident", 9, 9)])
    expect(cells.map(({ channel, enrolled }) => [channel, enrolled])).toEqual([
      ["employee", 40],
      ["flexible", null],
      ["resident", null],
    ])
    expect(suppressed).toBe(2)
  })
})

describe("how far a province's month can be trusted", () => {
  const fresh = (lastHeard: string | null): Freshness[] => [
    { province: "44", zh: "", en: "", state: "fresh", lastHeard, days: 0, feeds: 1, rows: 1 },
  ]
  const at = { knownOn: "2026-11-22", isPast: false, month: "2026-10" }
  it.each<[string, Parameters<typeof dataStateOf>[1], string]>([
    [
      "heard of after the month",
      { ...at, heard: new Map([["44", "2026-11-02"]]), freshness: fresh("2026-11-02T01:00:00Z") },
      "fresh",
    ],
    [
      "heard of before the month was over",
      { ...at, month: "2026-11", heard: new Map([["44", "2026-11-02"]]), freshness: fresh("2026-11-02T01:00:00Z") },
      "partial",
    ],
    [
      "silent for longer than a report",
      { ...at, month: "2026-01", heard: new Map([["44", "2026-09-02"]]), freshness: fresh("2026-09-02T01:00:00Z") },
      "stale",
    ],
    ["sends, but none of this scheme", { ...at, heard: new Map(), freshness: fresh("2026-11-02T01:00:00Z") }, "none"],
    ["never heard of", { ...at, heard: new Map(), freshness: fresh(null) }, "never"],
    [
      "not yet heard of on a past day",
      { ...at, knownOn: "2025-01-01", isPast: true, heard: new Map(), freshness: fresh("2026-11-02T01:00:00Z") },
      "never",
    ],
  ])("%s", (_name, known, state) => {
    expect(dataStateOf("44", known).state).toBe(state)
  })
})
