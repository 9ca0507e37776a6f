import fc from "fast-check"
import { provinceCodes } from "@tongzhang/domain/codes"
import { describe, expect, it } from "vitest"
import { channels, classEnds, classOf, measures, onTile, provinceSum, scale, sexes, sumOf } from "./coverage.js"
import { gridSize, notCovered, stepFrom, tiles } from "./tile-grid.js"
import type { CoverageCell, CoverageProvince } from "./types.js"

const everybody = { sex: null, channel: null }
const cell = fc
  .record({
    sex: fc.constantFrom(...sexes),
    channel: fc.constantFrom(...channels),
    enrolled: fc.nat({ max: 1_000 }),
    unpaid: fc.nat({ max: 1_000 }),
    held: fc.boolean(),
  })
  .map(({ sex, channel, enrolled, unpaid, held }): CoverageCell => ({
    sex,
    channel,
    enrolled: held ? null : enrolled,
    paid: held ? null : Math.max(enrolled - unpaid, 0),
  }))
const cells = fc.uniqueArray(cell, { selector: ({ sex, channel }) => `${sex} ${channel}` })
const province = (state: CoverageProvince["state"], of: CoverageCell[] = []): CoverageProvince => ({
  province: "41",
  zh: "河南",
  en: "Henan",
  state,
  lastHeard: null,
  cells: of,
  suppressed: 0,
})

describe("sums of coverage", () => {
  it("by sex and by channel add up to the sum of all, held back cells counted", () => {
    fc.assert(
      fc.property(cells, (all) => {
        const whole = sumOf(all)
        for (const parts of [
          sexes.map((sex) => provinceSum(province("fresh", all), { sex, channel: null })),
          channels.map((channel) => provinceSum(province("fresh", all), { sex: null, channel })),
        ]) {
          expect(parts.reduce((sum, { enrolled }) => sum + (enrolled ?? 0), 0)).toBe(whole.enrolled ?? 0)
          expect(parts.reduce((sum, { paid }) => sum + (paid ?? 0), 0)).toBe(whole.paid ?? 0)
          expect(parts.reduce((sum, { held }) => sum + held, 0)).toBe(whole.held)
        }
        if (whole.share !== null) expect(whole.share).toBeLessThanOrEqual(1)
      }),
    )
  })

  it("where everything is held back there is no number, and where nothing is known no zero", () => {
    const held: CoverageCell = { sex: "male", channel: "employee", enrolled: null, paid: null }
    expect(sumOf([held])).toEqual({ enrolled: null, paid: null, share: null, held: 1 })
    for (const state of ["stale", "never", "none", "partial"] as const)
      expect(provinceSum(province(state), everybody).enrolled).toBeNull()
    expect(provinceSum(province("fresh"), everybody)).toEqual({ enrolled: 0, paid: 0, share: null, held: 0 })
  })
})

describe("the map's scale", () => {
  it("rises, holds every value, and its borders are whole", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 50_000_000 })), fc.constantFrom(...measures), (values, measure) => {
        const ends = classEnds(measure, values)
        expect(ends).toHaveLength(scale.length)
        expect(ends).toEqual(ends.toSorted((a, b) => a - b))
        if (measure === "share") return
        expect(ends.every(Number.isInteger)).toBe(true)
        for (const value of values) {
          const at = classOf(value, ends)
          expect(value).toBeLessThanOrEqual(ends[at] ?? -1)
          if (at > 0) expect(value).toBeGreaterThan(ends[at - 1] ?? Infinity)
        }
      }),
    )
  })

  it("its ink can be read on every colour (4.5 : 1)", () => {
    const light = (hex: string): number => {
      const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      const [red = 0, green = 0, blue = 0] = parts.map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    for (const { fill, ink } of scale) {
      const [low = 0, high = 0] = [light(fill), light(ink)].sort((a, b) => a - b)
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(4.5)
    }
  })

  it("a value fits its tile and never says more than there is", () => {
    expect([985, 12_345, 99_999, 345_678, 123_456_789, null].map((value) => onTile(value, "enrolled", "zh"))).toEqual([
      "985",
      "1.2万",
      "9.9万",
      "34.5万",
      "1.2亿",
      "—",
    ])
    expect([985, 12_345, 999_999, 3_456_789].map((value) => onTile(value, "paid", "en"))).toEqual([
      "985",
      "12.3k",
      "999k",
      "3.4M",
    ])
    expect([0, 0.996, 1].map((value) => onTile(value, "share", "zh"))).toEqual(["0%", "99%", "100%"])
  })
})

describe("the tile grid", () => {
  const all = [...tiles, ...notCovered]
  it("has one square of its own for each province of the ledger, and for the three that are not covered", () => {
    expect(tiles.map(({ code }) => code).sort()).toEqual([...provinceCodes].sort())
    expect(new Set(all.map(({ row, column }) => `${row} ${column}`)).size).toBe(all.length)
    expect(new Set(all.map(({ letters }) => letters)).size).toBe(all.length)
    expect(all.every(({ row, column }) => row < gridSize.rows && column < gridSize.columns)).toBe(true)
    const reading = tiles.map(({ row, column }) => row * gridSize.columns + column)
    expect(reading).toEqual(reading.toSorted((a, b) => a - b))
  })

  it("is walked with the arrow keys: from any province to any other, and each step goes the key's way", () => {
    const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]
    for (const start of tiles) {
      const reached = new Set([start.code])
      for (const code of reached) for (const key of keys) reached.add(stepFrom(code, key) ?? code)
      expect(reached.size).toBe(tiles.length)
    }
    const at = (code: string) => tiles.find((one) => one.code === code) ?? { row: -1, column: -1 }
    for (const { code, row, column } of tiles) {
      const to = (key: string) => at(stepFrom(code, key) ?? code)
      expect(to("ArrowLeft").column).toBeLessThanOrEqual(column)
      expect(to("ArrowRight").column).toBeGreaterThanOrEqual(column)
      expect(to("ArrowUp").row).toBeLessThanOrEqual(row)
      expect(to("ArrowDown").row).toBeGreaterThanOrEqual(row)
    }
    expect(stepFrom("41", "ArrowRight")).toBe("34")
    expect(stepFrom("41", "Tab")).toBeNull()
    expect([stepFrom("41", "Home"), stepFrom("41", "End")]).toEqual(["23", "46"])
  })
})
