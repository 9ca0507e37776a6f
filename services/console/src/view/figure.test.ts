import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { csvOf, fileName, permalinkOf, plain, shown, wrapped } from "./figure.js"

const columns = [{ label: "省" }, { label: "人数", kind: "count" as const }, { label: "金额", kind: "fen" as const }]

describe("a figure's table", () => {
  it("shows money in yuan, shares in percent, and what is not known as a dash, never as zero", () => {
    expect([
      shown(150_960, "fen"),
      shown(0.125, "share"),
      shown(1234, "count"),
      shown(2.5, "days"),
      shown(null, "count"),
    ]).toEqual(["¥1,509.60", "12.5%", "1,234", "2.5", "—"])
  })

  it("as CSV has a mark, a heading with the unit, and one line per row", () => {
    const rows = [
      ["广东", 3, 150_960],
      ['甲"乙,丙', null, 0],
    ]
    expect(csvOf({ columns, rows })).toBe('\uFEFF省,人数,金额 (yuan 元)\r\n广东,3,1509.6\r\n"甲""乙,丙",,0\r\n')
  })

  it("a text that a spreadsheet would run is marked as text; a negative number stays a number", () => {
    expect(csvOf({ columns: [{ label: "a" }, { label: "b", kind: "count" }], rows: [["=1+1", -3]] })).toContain("'=1+1,-3\r\n")
  })

  it("keeps every cell: a CSV read back has the same numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 20 }), (numbers) => {
        const text = csvOf({ columns: [{ label: "n", kind: "count" }], rows: numbers.map((one) => [one]) })
        expect(text.slice(1).split("\r\n").slice(1, -1).map(Number)).toEqual(numbers)
      }),
    )
    expect([plain(null), plain(5, "fen"), plain(0.5, "share")]).toEqual(["", 0.05, 0.5])
  })
})

describe("a figure's address", () => {
  it("pins the moment it was made, and keeps what the reader chose", () => {
    const link = permalinkOf("http://ledger/console/coverage?month=2025-12", { month: "2026-10", knownAt: "2026-11-22" }, "map")
    expect(link).toBe("http://ledger/console/coverage?month=2025-12&knownAt=2026-11-22#map")
  })

  it("names a file by the figure and the day of its data", () => {
    expect([fileName("map", "2026-11-22T01:02:03Z", "csv"), fileName("map", null, "png")]).toEqual([
      "tongzhang-map-2026-11-22.csv",
      "tongzhang-map.png",
    ])
  })
})

describe("a line of an image", () => {
  it("is broken to fit, Chinese anywhere and English between words, and loses no character", () => {
    const width = (line: string): number => line.length
    expect(wrapped("分母为账本中的人", width, 4)).toEqual(["分母为账", "本中的人"])
    expect(wrapped("persons in the ledger", width, 11)).toEqual(["persons in", "the ledger"])
    fc.assert(
      fc.property(fc.array(fc.constantFrom("省", "人", "of", "persons", " "), { maxLength: 30 }), (parts) => {
        const text = parts.join("")
        expect(wrapped(text, width, 10).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""))
      }),
    )
  })
})
