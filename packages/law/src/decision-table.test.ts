import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { lintTable } from "./decision-table-lint.js"
import { between, bounds, decide, type DecisionTable, type Ending, type Interval, only } from "./decision-table.js"
import { decisionTables, medicalRecovery, pensionSegments, subsidyTiers, unemploymentBenefit } from "./decision-tables.js"

const found = (table: DecisionTable) => lintTable(table).map(({ kind, where_text, outcomes }) => [kind, where_text, outcomes])

describe("what the studies' tables leave open", () => {
  it("the subsidy: who stands exactly at 50 % or 80 %, and everybody from 80 % to the floor", () =>
    expect(found(subsidyTiers)).toEqual([
      ["unstated", "income = 50 %", ["30%"]],
      ["unstated", "income = 80 %", ["30%"]],
      ["gap", "income ∈ (80, 100) %", []],
    ]))

  it("the medical waiting time: a break of three months is in both rows", () =>
    expect(found(medicalRecovery)).toEqual([["overlap", "break = 3 months", ["1", "2"]]]))

  it("the segments: nothing between 5, 10 and 15 years", () =>
    expect(found(pensionSegments)).toEqual([
      ["gap", "years ∈ (5, 10) years", []],
      ["gap", "years ∈ (10, 15) years", []],
    ]))

  it("no other table leaves anything open", () => {
    const open = decisionTables.filter((table) => lintTable(table).length > 0).map(({ id }) => id)
    expect(open).toEqual(["subsidy-tiers", "medical-recovery", "pension-segments"])
  })
})

describe("deciding", () => {
  it("gives the outcome of the row", () => {
    expect(decide(subsidyTiers, { income: "49.99" })).toMatchObject({ kind: "one", outcome: "50%" })
    expect(decide(subsidyTiers, { income: 79 })).toMatchObject({ kind: "one", outcome: "30%" })
    expect(decide(unemploymentBenefit, { months: 59 })).toMatchObject({ kind: "one", outcome: "12" })
    expect(decide(unemploymentBenefit, { months: 60 })).toMatchObject({ kind: "one", outcome: "18" })
  })

  it("asks for a ruling where the text is silent or says two things, and takes no outcome", () => {
    expect(decide(medicalRecovery, { break: 3 })).toMatchObject({
      kind: "overlap",
      outcomes: ["1", "2"],
      needsRuling: { question: "medical-recovery:overlap:break = 3" },
    })
    expect(decide(pensionSegments, { years: "12" })).toMatchObject({ kind: "gap", outcomes: [] })
    expect(decide(subsidyTiers, { income: "50" })).toMatchObject({ kind: "unstated", outcomes: ["30%"] })
  })

  it("has nothing to say outside of what can be asked", () => {
    expect(decide(subsidyTiers, { income: "120" })).toEqual({ kind: "outside" })
    expect(decide(medicalRecovery, { break: "2.5" })).toEqual({ kind: "outside" })
  })
})

describe("the linter", () => {
  const ending = fc.constantFrom<Ending>("closed", "open", "unstated")
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), ending, ending)
    .map(([a, b, low, high]): Interval =>
      between(
        { at: String(Math.min(a, b)), end: a === b ? "closed" : low },
        { at: String(Math.max(a, b)), end: a === b ? "closed" : high },
      ),
    )
  const row = fc.record({ x: interval, y: interval, outcome: fc.constantFrom("a", "b", "c") })
  const tables = fc.tuple(fc.array(row, { maxLength: 6 }), fc.boolean()).map(([rows, whole]): DecisionTable => ({
    id: "t",
    zh: "表",
    en: "table",
    article: "made up",
    axes: {
      x: { zh: "x", en: "x", unit: "", domain: between(bounds.closed("0"), bounds.closed("12")), whole },
      y: { zh: "y", en: "y", unit: "", domain: between(bounds.closed("0"), bounds.open("12")), whole: true },
    },
    rows: rows.map(({ x, y, outcome }) => ({ when: { x, y }, outcome })),
  }))

  it("marks exactly the points that deciding cannot decide", () =>
    fc.assert(
      fc.property(tables, fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 11 }), (table, halves, y) => {
        const values = { x: String(halves / 2), y: String(y) }
        const decided = decide(table, values)
        if (decided.kind === "outside") return
        const inside = (
          text: string,
          piece: { from: string | null; to: string | null; fromClosed: boolean; toClosed: boolean },
        ) => {
          const [value, low, high] = [Number(text), Number(piece.from), Number(piece.to)]
          return (piece.fromClosed ? value >= low : value > low) && (piece.toClosed ? value <= high : value < high)
        }
        const marked = lintTable(table).filter(({ where }) => inside(values.x, where["x"]!) && inside(values.y, where["y"]!))
        expect(marked.map(({ kind }) => kind)).toEqual(decided.kind === "one" ? [] : [decided.kind])
      }),
      { numRuns: 300 },
    ))

  it("says nothing about a table that cuts its axis into pieces that touch", () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 }), (cuts) => {
        const sorted = [0, ...cuts.sort((a, b) => a - b), 100]
        const rows = sorted.slice(1).map((to, i) => ({
          when: { x: between(bounds.closed(String(sorted[i])), bounds.open(String(to))) },
          outcome: String(i),
        }))
        const axis = { zh: "x", en: "x", unit: "", domain: between(bounds.closed("0"), bounds.open("100")), whole: false }
        const table = { id: "t", zh: "表", en: "table", article: "", axes: { x: axis }, rows }
        expect(lintTable(table)).toEqual([])
        expect(lintTable({ ...table, rows: rows.slice(1) })).toHaveLength(1)
        expect(lintTable({ ...table, rows: [...rows, { when: { x: only("50") }, outcome: "other" }] })).toMatchObject([
          { kind: "overlap" },
        ])
      }),
    ))
})
