import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { copyOf } from "./copy.js"
import { type Row, shapes } from "./shapes.js"

/** As the server reads the text format: lines, tabs, then backslashes. */
const read = (bytes: readonly Buffer[]): (string | null)[][] =>
  Buffer.concat(bytes)
    .toString("utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t").map((value) => (value === "\\N" ? null : value.replaceAll(/\\(.)/g, unescaped))))
const unescaped = (_: string, character: string): string => ({ t: "\t", n: "\n", r: "\r" })[character] ?? character

const text = fc.string({ unit: fc.constantFrom("\\", "\t", "\n", "\r", "N", "t", "张", "\u{1F600}", '"') })
const feed = fc.record({
  province: text,
  feed_id: text,
  revision: fc.integer(),
  file_name: fc.option(text),
  size_bytes: fc.option(fc.maxSafeInteger()),
})

describe("rows for COPY", () => {
  const { statement, chunks } = copyOf(shapes.feed)
  const names = Object.keys(shapes.feed.columns)

  it("names every column of the table", () => {
    expect(statement).toBe(`copy feed (${names.join(", ")}) from stdin`)
  })

  it("are read back as they were, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.array(feed), (rows) => {
        const expected = rows.map((row) =>
          names.map((name) => {
            const value = (row as Row)[name] ?? null
            return value === null ? null : String(value)
          }),
        )
        expect(read(chunks(rows))).toEqual(expected)
      }),
    )
  })

  it("come in pieces, of which none cuts a row", () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => ({ province: "44", feed_id: `f${n}`, file_name: "x".repeat(300) }))
    const pieces = chunks(rows)
    expect(pieces.length).toBeGreaterThan(2)
    for (const piece of pieces) expect(piece.at(-1)).toBe(0x0a)
    expect(read(pieces).map((row) => row[1])).toEqual(rows.map((row) => row.feed_id))
    expect(chunks([])).toEqual([])
  })
})
