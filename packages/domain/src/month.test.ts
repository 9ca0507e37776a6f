import { anyMonth } from "@tongzhang/testing/arbitraries"
import * as fc from "fast-check"
import { isLeft, right } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import {
  addMonths,
  fromIndex,
  indexOf,
  isYearMonth,
  month,
  monthMax,
  monthMin,
  monthOfDate,
  monthsBetween,
  monthsOf,
  parseMonth,
  yearOf,
} from "./month.js"

describe("reading a month", () => {
  it("takes YYYY-MM of the years 1950 to 2149", () => {
    expect(parseMonth("2024-03")).toEqual(right("2024-03"))
    expect(parseMonth("1950-01")).toEqual(right(monthMin))
    expect(parseMonth("2149-12")).toEqual(right(monthMax))
  })

  it.each([
    "",
    "2024",
    "2024-3",
    "2024-00",
    "2024-13",
    "202403",
    "2024/03",
    "2024-03-01",
    "1949-12",
    "2150-01",
    " 2024-03",
    "2024-03\n",
    "２０２４-03",
  ])("refuses %j", (text) => {
    expect(isYearMonth(text)).toBe(false)
    expect(isLeft(parseMonth(text))).toBe(true)
    expect(() => month(text)).toThrow("not a month")
  })
})

describe("arithmetic", () => {
  it("crosses years both ways", () => {
    expect(addMonths(month("2023-11"), 3)).toBe("2024-02")
    expect(addMonths(month("2024-02"), -3)).toBe("2023-11")
    expect(monthsBetween(month("2023-11"), month("2024-02"))).toBe(4)
    expect(monthsBetween(month("2024-02"), month("2024-01"))).toBe(0)
    expect(monthsOf(month("2023-12"), month("2024-01"))).toEqual(["2023-12", "2024-01"])
    expect(monthsOf(month("2024-02"), month("2024-01"))).toEqual([])
    expect(yearOf(month("2024-02"))).toBe(2024)
    expect(monthOfDate("2024-02-29")).toBe("2024-02")
  })

  it("counts indexes from 0000-01", () => expect(indexOf(month("1950-01"))).toBe(1950 * 12))

  it("goes to an index and back, in the order of the texts", () => {
    fc.assert(
      fc.property(anyMonth(), anyMonth(), (a, b) => {
        expect(fromIndex(indexOf(a))).toBe(a)
        expect(Math.sign(indexOf(a) - indexOf(b))).toBe(a < b ? -1 : a > b ? 1 : 0)
        expect(addMonths(a, indexOf(b) - indexOf(a))).toBe(b)
        expect(monthsBetween(a, b)).toBe(a <= b ? monthsOf(a, b).length : indexOf(b) - indexOf(a) + 1)
      }),
    )
  })
})
