import { month } from "@tongzhang/domain/month"
import { describe, expect, it } from "vitest"
import { minimumMonths, type RetirementGroup, statutoryRetirement } from "./retirement.js"

describe("statutory retirement month", () => {
  // The rows printed with the decision of 2024-09-13.
  it.each<[RetirementGroup, string, number, number, string, number]>([
    ["male", "1964-12", 60, 0, "2024-12", 180],
    ["male", "1965-01", 60, 1, "2025-02", 180],
    ["male", "1965-05", 60, 2, "2025-07", 180],
    ["male", "1966-05", 60, 5, "2026-10", 180],
    ["male", "1976-09", 63, 0, "2039-09", 240],
    ["female55", "1970-01", 55, 1, "2025-02", 180],
    ["female55", "1971-05", 55, 5, "2026-10", 180],
    ["female55", "1981-09", 58, 0, "2039-09", 240],
    ["female50", "1975-01", 50, 1, "2025-02", 180],
    ["female50", "1976-05", 50, 9, "2027-02", 180],
    ["female50", "1984-11", 55, 0, "2039-11", 240],
  ])("%s born %s: %i years %i months, in %s, after %i months", (group, birth, years, months, at, minimum) => {
    expect(statutoryRetirement(group, month(birth))).toMatchObject({
      month: at,
      age_months: years * 12 + months,
      minimum_months: minimum,
    })
  })

  it("the minimum rises by half a year from 2030 to 2039", () => {
    expect([2025, 2029, 2030, 2031, 2032, 2038, 2039, 2050].map(minimumMonths)).toEqual([180, 180, 186, 192, 198, 234, 240, 240])
  })

  it("never falls and never goes past the cap as births get later", () => {
    for (let i = 0, last = ""; i < 480; i++) {
      const birth = month(`${1950 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`)
      const { month: at, delay_months } = statutoryRetirement("male", birth)
      expect(at > last && delay_months <= 36).toBe(true)
      last = at
    }
  })
})
