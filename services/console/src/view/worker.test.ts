import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { doubtOf } from "./appeal.js"
import { ageAt, channelsQuestion, monthsBefore, numberOf, questionOf, spanOf, tableOf, windowOf, type Wishes } from "./future.js"
import { amountsOf, countsOf, yearsOf } from "./paid.js"
import type { PaidMonth, SimulateAnswer, UnifiedRecord } from "./types.js"

const paid = (month: string, state: PaidMonth["state"] = "credited"): PaidMonth => ({
  month,
  state,
  base_fen: 500_000,
  employer_fen: 80_000,
  personal_fen: 40_000,
  subsidy_fen: 0,
  months_of_line: 1,
  remitted: null,
  credited: null,
  note: null,
})

describe("who paid which month", () => {
  it("stands in years, the newest first, with holes where nothing was owed", () => {
    const years = yearsOf({ months: [paid("2024-12"), paid("2025-01"), paid("2025-03", "missing")] })
    expect(years.map(({ year, cells }) => [year, cells.map((cell) => cell?.state ?? "")])).toEqual([
      ["2025", ["credited", "", "missing", "", "", "", "", "", "", "", "", ""]],
      ["2024", ["", "", "", "", "", "", "", "", "", "", "", "credited"]],
    ])
  })
  it("no month is lost or shown twice", () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 2000 * 12, max: 2040 * 12 }), { maxLength: 60 }), (indexes) => {
        const months = indexes.map((i) => paid(monthsBefore("2040-12", 2040 * 12 + 11 - i)))
        const shown = yearsOf({ months }).flatMap(({ cells }) => cells.flatMap((cell) => (cell === null ? [] : [cell.month])))
        expect(shown.toSorted()).toEqual(months.map(({ month }) => month).toSorted())
      }),
    ))
  it("a line for a year is shared out over its months; a month without a payment has no amounts", () => {
    expect(amountsOf({ ...paid("2024-01"), months_of_line: 12, personal_fen: 50_000 })).toMatchObject({ personal_fen: 4_167 })
    expect(amountsOf({ ...paid("2024-01", "missing"), employer_fen: null, personal_fen: null, subsidy_fen: null })).toBeNull()
    expect(
      countsOf({ months: [paid("2024-01"), paid("2024-02", "late"), paid("2024-03", "missing"), paid("2024-04", "waiting")] }),
    ).toEqual({ paid: 2, missing: 1 })
  })
})

const wishes: Wishes = { retire: "2060-01", base: "own", base_yuan: 8_000, channel: "flexible", post: null }

describe("what a pension may become", () => {
  it("the sliders ask exactly what they show", () => {
    expect(questionOf(wishes, "2059-01")).toEqual({
      scenarios: [
        { name: "now" },
        { name: "asked", retire: "2060-01", base: { amount_fen: 800_000 }, channel: "flexible" },
        { name: "less", retire: "2060-01", base: { amount_fen: 800_000 }, channel: "flexible", stop: "2059-01" },
      ],
    })
    expect(questionOf({ retire: null, base: "last", base_yuan: 0, channel: null, post: "female50" }, null)).toEqual({
      scenarios: [{ name: "now" }, { name: "asked" }],
      post: "female50",
    })
    expect(channelsQuestion(wishes)).toEqual({
      scenarios: [{ name: "asked", retire: "2060-01", base: { amount_fen: 800_000 } }],
      compare: "channels",
    })
  })
  it("the window holds its first and last month and every one between", () => {
    expect(windowOf("2056-11", "2057-02")).toEqual(["2056-11", "2056-12", "2057-01", "2057-02"])
    expect(windowOf("2057-02", "2056-11")).toEqual(["2057-02"])
    expect(ageAt("1996-05", "2059-05")).toBe(63)
    expect(ageAt("1996-05", "2059-04")).toBe(62)
  })
  it("a number is a range, and none where the service refuses", () => {
    const refused = { refused: "no-months", zh: "没有月份", en: "no months" }
    const some = { monthly_fen: 2, cost_fen: 5, paid_fen: 7, months: 9, place: "44" }
    const answer = {
      scenarios: {
        now: { low: { ...some, monthly_fen: 1 }, middle: some, high: { ...some, monthly_fen: 3 } },
        asked: { low: refused, middle: refused, high: refused },
      },
    } as unknown as SimulateAnswer
    expect(spanOf(answer.scenarios["now"], "monthly_fen")).toEqual({ low: 1, middle: 2, high: 3 })
    expect(spanOf(answer.scenarios["asked"], "monthly_fen")).toBeNull()
    expect(numberOf(answer.scenarios["now"], "place")).toBeNull()
    const labels = { scenario: "s", low: "l", middle: "m", high: "h", cost: "c", paid: "p", months: "n" }
    const names = [
      { name: "now", label: "现在" },
      { name: "asked", label: "所选" },
    ]
    expect(tableOf(answer, names, labels).rows).toEqual([
      ["现在", 1, 2, 3, 5, 7, 9],
      ["所选", null, null, null, null, null, null],
    ])
  })
})

it("a doubted number is named as the service knows it, with the value that was shown", () => {
  const record = {
    relations: [{ province: "44", scheme: "110", account_fen: 120_000, months_standing: 3 }],
    totals: { families: [{ family: "pension", months_total: 5, account_fen: 99 }] },
  } as unknown as UnifiedRecord
  const relation = { kind: "relation", relation: "44_110", number: "account_fen" } as const
  expect(doubtOf(relation, record, "zh")).toEqual({ subject: "relation:44_110:account_fen", shown: "¥1,200.00" })
  expect(doubtOf({ ...relation, number: "months_standing", month: "2025-03" }, record, "zh")).toEqual({
    subject: "relation:44_110:months_standing:2025-03",
    shown: "2025-03 3 个月",
  })
  expect(doubtOf({ kind: "family", family: "pension", number: "months_standing" }, record, "en")).toEqual({
    subject: "family:pension:months_standing",
    shown: "5 months",
  })
  expect(doubtOf({ ...relation, relation: "32_110" }, record, "zh")).toBeNull()
})
