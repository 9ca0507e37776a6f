import type { ProvinceCode } from "@tongzhang/domain/codes"
import { addMonths, indexOf, month, type YearMonth } from "@tongzhang/domain/month"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { given, type Unit, type Valued, type Value } from "../../explain/explained.js"
import { builtInParameters } from "../../parameters/built-in.js"
import type { Parameters } from "../../parameters/parameter.js"
import { disagreements } from "../../test-kit/recompute.js"
import { assess, assessFast } from "./assess.js"
import { recalculate } from "./award.js"
import type { Assessment, HistoryMonth, PensionQuestion } from "./question.js"

const is = <T extends Value>(value: T, unit: Unit): Valued<T> => given(value, unit, "测试", "test")
const base = (value: number): Valued<number> => ({
  kind: "fact",
  eventId: "018f0000-0000-7000-8000-000000000001",
  stream: "Enrollment-33_110_p",
  field: "base_fen",
  value,
  unit: "fen",
})
const paid = (from: string, months: number, fen: number, province: ProvinceCode = "33"): readonly HistoryMonth[] =>
  Array.from({ length: months }, (_, i) => ({ month: addMonths(month(from), i), province, base: base(fen) }))

/** A man of 浙江 who retires at 60 in 2025-01 (born before the reform bites: statutory month 2024-12 is passed by one). */
const asked = (change: Partial<PensionQuestion> = {}): PensionQuestion => ({
  ruleDate: "2026-06-01",
  province: "33",
  group: is("male", "code"),
  birth: is<string>("1965-01", "month"),
  retirement: is<string>("2025-02", "month"),
  history: paid("2020-01", 61, 600_000),
  deemed: [],
  account: is(9_667_871, "fen"),
  ...change,
})
const assessed = (question: PensionQuestion, parameters: Parameters = builtInParameters): Assessment => {
  const answer = assess(question, parameters)
  if (answer.kind === "refused") throw new Error(`${answer.reason}: ${JSON.stringify(answer.missing)}`)
  return answer
}
const parts = ({ eligible, basic, account, transitional, total }: Assessment) =>
  [eligible, basic, account, transitional, total].filter((part) => part !== null)

describe("assessment of a pension 待遇核定", () => {
  it("a form of 浙江 from its printed operands: 42.83 years, index 0.7219, divisor 139", () => {
    const question = asked({
      retirement: is<string>("2024-12", "month"),
      birth: is<string>("1964-12", "month"),
      deemed: [{ province: "33", months: is(514, "months") }],
      history: [],
      averageIndex: is("0.7219", "index"),
    })
    const answer = assessed(question)
    // 计发基数 8310 of 2024; total to the jiao upwards.
    expect([answer.basic.value, answer.account.value]).toEqual([306_427, 69_553])
    expect(answer.total.value % 10).toBe(0)
    expect(answer.award).toBe("final")
  })

  it("index of a year is the mean base over the wage of the year before, between 0.6 and 3", () => {
    const answer = assessed(
      asked({ history: [...paid("2024-01", 12, 600_000), ...paid("2023-01", 12, 50_000), ...paid("2022-01", 12, 9_900_000)] }),
    )
    const average = answer.basic.operands["index"]
    expect(average).toMatchObject({ rule: "pension/index-average" })
    if (average === undefined || !("kind" in average) || average.kind !== "explained") throw new Error("no tree of the index")
    const indices = average.operands["indices"]
    const values = Array.isArray(indices) ? (indices as readonly { value: unknown }[]).map(({ value }) => value) : []
    expect(values[0]).toBe("3")
    expect(values[1]).toBe("0.6")
    expect(Number(values[2])).toBeCloseTo(
      (6000 / Number(builtInParameters.find({ family: "average-wage", province: "33", on: "2023-12" })?.value)) * 100,
      4,
    )
  })

  it("a month that two places counted is a broken caller", () => {
    expect(() => assess(asked({ history: [...paid("2024-01", 2, 1), ...paid("2024-02", 1, 1)] }), builtInParameters)).toThrow(
      /2024-02/,
    )
  })

  it("months from the retirement month on do not count", () => {
    const answer = assessed(asked({ history: paid("2024-01", 24, 600_000) }))
    expect(answer.basic.operands["years"]).toMatchObject({ value: "1.08" })
  })

  it("months not paid lower the index in 浙江 and do not in 江苏", () => {
    const withGap = [...paid("2021-01", 12, 900_000), ...paid("2024-01", 12, 900_000)]
    const index = (province: ProvinceCode) => {
      const fast = assessFast(asked({ province, history: withGap }), builtInParameters)
      return fast.kind === "assessed" ? Number(fast.index) : Number.NaN
    }
    expect(index("33")).toBeLessThan(0.7)
    expect(index("32")).toBeGreaterThan(0.9)
  })

  it("rulings tell of months paid elsewhere, unknown wages and an index that no text defines", () => {
    const history = [...paid("1990-01", 12, 30_000), ...paid("2024-01", 12, 600_000, "44")]
    const { rulings, missing } = assessed(asked({ history, province: "32" }))
    const questions = rulings.map(({ question }) => question)
    expect(questions).toContain("law.md §12.3")
    expect(questions).toContain("pension/wage-unknown")
    expect(questions).toContain("pension/transitional-index")
    expect(missing).toContainEqual({ family: "average-wage", province: "32", on: "1989-12" })
  })

  it("is refused, with what is missing, where there is no number to compute with", () => {
    expect(
      assess(asked({ retirement: is<string>("2017-02", "month"), averageIndex: is("1", "index") }), builtInParameters),
    ).toMatchObject({
      kind: "refused",
      reason: "no-pension-base",
    })
    expect(assess(asked({ history: paid("1990-01", 24, 30_000) }), builtInParameters)).toMatchObject({ reason: "no-index" })
    expect(assess(asked({ ruleDate: "1997-12-31" }), builtInParameters)).toMatchObject({ reason: "before-the-rules" })
  })

  it("a province whose transitional formula nobody knows: the part is missing, and said to be", () => {
    const answer = assessed(asked({ province: "11", deemed: [{ province: "11", months: is(60, "months") }] }))
    expect(answer.transitional).toBeNull()
    expect(answer.rulings.map(({ question }) => question)).toContain("pension/transitional-formula")
    expect(answer.missing).toContainEqual({ family: "transitional-rate", province: "11", on: "2026-06-01" })
  })
})

describe("earlier rules", () => {
  const divisor = (ruleDate: string) => {
    const answer = assessFast(asked({ ruleDate }), builtInParameters)
    return answer.kind === "assessed" ? answer.divisor : answer.reason
  }
  it("an age of 60 years and 1 month: whole-year divisor under the rules of 2024, to the month under those of 2025", () => {
    expect([divisor("2024-12-31"), divisor("2025-01-01")]).toEqual(["139", "138.4"])
  })
  it("before 2006: a fifth of the base, the account over 120; the old answer stays what it was", () => {
    const old = assessed(asked({ ruleDate: "2005-12-31" }))
    expect(old.basic).toMatchObject({ value: 168_660, version: "1998-01-01" })
    expect(old.account.value).toBe(80_566)
    for (const part of parts(old)) expect(disagreements(part, "2005-12-31")).toEqual([])
  })
  it("minimum months follow the rules' date too", () => {
    const young = asked({
      birth: is<string>("1972-01", "month"),
      retirement: is<string>("2033-12", "month"),
      averageIndex: is("1", "index"),
    })
    const future: Parameters = {
      find: (question) => builtInParameters.find(question.family === "pension-base" ? { ...question, on: "2025-12" } : question),
    }
    const at = (ruleDate: string, months: number) =>
      assessed({ ...young, ruleDate, deemed: [{ province: "33", months: is(months, "months") }], history: [] }, future).eligible
        .value
    expect([at("2024-12-31", 180), at("2026-01-01", 180), at("2026-01-01", 204)]).toEqual([true, false, true])
  })
})

describe("provisional and recalculated 预发, 重核", () => {
  const question = asked({ retirement: is<string>("2026-03", "month"), averageIndex: is("0.8", "index") })
  const later: Parameters = {
    find: (asking) => {
      const found = builtInParameters.find(asking)
      if (asking.family !== "pension-base" || !asking.on.startsWith("2026")) return found
      const last = builtInParameters.find({ ...asking, on: "2025-12" })
      return last === null
        ? null
        : { ...last, id: "pension-base/33/2026", validFrom: "2026-01", validTo: "2026-12", value: 855_000 }
    },
  }
  it("on last year's base first; when the year's base is out the difference is paid for the months since", () => {
    const first = assessed(question)
    const second = assessed(question, later)
    expect([first.award, second.award]).toEqual(["provisional", "final"])
    expect(first.rulings.map(({ question: of }) => of)).toContain("pension/provisional")
    const settled = recalculate("2026-10-01", first, second, is(7, "months"))
    expect(settled.monthly.value).toBe(second.total.value - first.total.value)
    expect(settled.monthly.value).toBeGreaterThan(0)
    expect(settled.arrears.value).toBe(7 * settled.monthly.value)
    expect(disagreements(settled.arrears).filter((text) => !text.includes("no such parameter"))).toEqual([])
  })
})

const provinces: readonly ProvinceCode[] = [
  "11",
  "12",
  "15",
  "21",
  "22",
  "32",
  "33",
  "34",
  "41",
  "42",
  "44",
  "45",
  "51",
  "61",
  "62",
  "31",
]
const monthArb = fc.integer({ min: indexOf(month("1988-01")), max: indexOf(month("2026-03")) })
const historyArb = fc
  .uniqueArray(fc.tuple(monthArb, fc.integer({ min: 50_000, max: 4_000_000 }), fc.constantFrom(...provinces)), {
    maxLength: 80,
    selector: ([at]) => at,
  })
  .map((entries) =>
    entries.map(([at, fen, province]): HistoryMonth => ({
      month: addMonths("1950-01" as YearMonth, at - indexOf(month("1950-01"))),
      province,
      base: base(fen),
    })),
  )
const questionArb = fc
  .record({
    province: fc.constantFrom(...provinces),
    group: fc.constantFrom("male" as const, "female55" as const, "female50" as const),
    ruleDate: fc.constantFrom("2005-06-01", "2024-06-01", "2025-06-01", "2026-06-01"),
    retirement: fc.constantFrom("2020-07", "2024-12", "2025-02", "2025-11", "2026-03"),
    age: fc.integer({ min: 540, max: 780 }),
    history: historyArb,
    deemed: fc.integer({ min: 0, max: 200 }),
    account: fc.integer({ min: 0, max: 60_000_000 }),
    own: fc.boolean(),
  })
  .map(({ province, group, ruleDate, retirement, age, history, deemed, account, own }) => ({
    ruleDate,
    province,
    group: is(group, "code"),
    birth: is<string>(addMonths(month(retirement), -age), "month"),
    retirement: is<string>(retirement, "month"),
    history,
    deemed: [{ province, months: is(deemed, "months") }],
    account: is(account, "fen"),
    ...(own ? { averageIndex: is("0.8421", "index"), accountFrom: is<string>("1993-01", "month") } : {}),
  }))

describe("properties", () => {
  it("with and without the tree: the same numbers; and the checker derives every step of the tree again", () => {
    fc.assert(
      fc.property(questionArb, (question) => {
        const tree = assess(question, builtInParameters)
        const fast = assessFast(question, builtInParameters)
        if (tree.kind === "refused" || fast.kind === "refused") {
          expect(tree).toEqual(fast)
          return
        }
        const { basic, account, transitional, total, eligible, award } = tree
        expect({
          award,
          eligible: eligible.value,
          basic_fen: basic.value,
          account_fen: account.value,
          transitional_fen: transitional?.value ?? null,
          total_fen: total.value,
        }).toEqual({
          award: fast.award,
          eligible: fast.eligible,
          basic_fen: fast.basic_fen,
          account_fen: fast.account_fen,
          transitional_fen: fast.transitional_fen,
          total_fen: fast.total_fen,
        })
        for (const part of parts(tree)) expect(disagreements(part, question.ruleDate)).toEqual([])
      }),
      { numRuns: 250 },
    )
  })
  it("the order in which months are given makes no difference", () => {
    fc.assert(
      fc.property(questionArb, (question) => {
        const turned = { ...question, history: question.history.toReversed() }
        expect(assessFast(turned, builtInParameters)).toEqual(assessFast(question, builtInParameters))
      }),
      { numRuns: 50 },
    )
  })
})
