/** The agency's lists and comparisons, without a browser. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { countdown, evidenceOf, monthsIn, overlapMatrix, relationOf } from "./duplicates.js"
import { merges } from "./merge.js"
import { amountsOf, clockTone, comparedOf, differencesOf, fenOf, neighbours, taskPath, typedYuan } from "./tasks.js"
import type { Leg, StatementDraft } from "./types.js"

const moved = { months: [{ from: "2020-01", to: "2020-12" }], account_fen: 480_000, pooled_fen: 720_000, bases_fen: 6_000_000 }
const leg = {
  planned: moved,
  statement: null,
  received: { account_fen: 0, pooled_fen: 0, remittances: 0 },
} as unknown as Leg
const draftOf = (part: Partial<typeof moved>) => ({ moved: { ...moved, ...part } }) as unknown as StatementDraft

describe("a contact letter as a task", () => {
  it("turns from green to gold in its last week and red once it is late", () => {
    expect([15, 6, 5, 0, -1, null].map(clockTone)).toEqual(["green", "green", "gold", "gold", "red", "plain"])
  })
  it("reads amounts as people type them, and nothing else", () => {
    expect(["1,234.5", "¥1234.56", "0", "12.345", "-1", "", "abc"].map(fenOf)).toEqual([
      123_450,
      123_456,
      0,
      null,
      null,
      null,
      null,
    ])
  })
  it("what is shown in a field reads back as the same fen", () =>
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (fen) => fenOf(typedYuan(fen)) === fen)))
  it("compares letter, ledger, statement and money, and says which rows differ", () => {
    expect(comparedOf(leg, draftOf({})).some(({ differs }) => differs)).toBe(false)
    const rows = comparedOf(leg, draftOf({ months: [{ from: "2020-01", to: "2021-01" }], account_fen: 520_000 }))
    expect(rows.filter(({ differs }) => differs).map(({ field }) => field)).toEqual(["months", "account_fen"])
    expect(rows[0]).toMatchObject({ letter: 12, ledger: 13, stated: null, received: null })
    const arrived = { ...leg, statement: moved, received: { account_fen: 480_000, pooled_fen: 700_000, remittances: 1 } } as Leg
    expect(comparedOf(arrived, null).filter(({ differs }) => differs)).toMatchObject([{ field: "pooled_fen", received: 700_000 }])
  })
  it("names the fields in which one's own books differ, unreadable ones among them", () => {
    const ledger = amountsOf(leg.planned)
    expect(differencesOf(ledger, ledger)).toEqual([])
    expect(differencesOf(ledger, { ...ledger, months: 11, bases_fen: null })).toEqual(["months", "bases_fen"])
  })
  it("knows its neighbours in the list", () => {
    const tasks = ["41", "33", "44"].map((code) => ({ transferId: "x_1", leg: { code } }))
    expect(neighbours(tasks, { id: "x_1", province: "33" })).toEqual({ before: tasks[0], after: tasks[2], place: 2 })
    expect(neighbours(tasks, { id: "x_1", province: "41" }).before).toBeNull()
    expect(neighbours(tasks, { id: "y", province: "41" })).toEqual({ before: null, after: null, place: null })
    expect(taskPath({ transferId: "x_1", leg: { code: "41" } })).toBe("/tasks/x_1/41")
  })
})

describe("a duplicate", () => {
  it("shows its months with the year around them", () => {
    const rows = overlapMatrix(
      [{ from: "2024-05", to: "2024-06" }],
      [{ from: "2023-12", to: "2024-06" }],
      [{ from: "2024-05", to: "2024-08" }],
    )
    expect(rows.map(({ year }) => year)).toEqual(["2023", "2024", "2025"])
    expect(rows[0]?.cells[11]).toBe("a")
    expect(rows[1]?.cells.slice(3, 9)).toEqual(["a", "both", "both", "b", "b", "none"])
    expect(overlapMatrix([], [], [])).toEqual([])
  })
  it("takes as evidence the payments that touch a doubled month", () => {
    const parts = ["2024-01..2024-05", "2024-04", "2024-06 2024-09", null].map((months, n) => ({ months, n }))
    expect(evidenceOf(parts, [{ from: "2024-05", to: "2024-06" }]).map(({ n }) => n)).toEqual([0, 2])
    expect(monthsIn([{ from: "2023-12", to: "2024-01" }])).toEqual(["2023-12", "2024-01"])
    expect(relationOf("44_110_claim-1")).toBe("44_110")
  })
  it("counts down in hours, minutes and seconds", () => {
    expect([0, 59, 60, 1_799, 3_600].map(countdown)).toEqual(["0:00", "0:59", "1:00", "29:59", "1:00:00"])
  })
  it("says of every kind whether the law lets the two merge, and by which article", () => {
    const kinds = ["EMP-EMP", "EMP-PUB", "EMP-RES", "RES-RES", "MED-MED", "UNEMP-UNEMP", "PENSION-PENSION", "PENSION-RES"]
    expect(Object.keys(merges).toSorted()).toEqual(kinds.toSorted())
    for (const merge of Object.values(merges)) expect(merge.article).toMatch(/〔20\d\d〕/)
  })
})
