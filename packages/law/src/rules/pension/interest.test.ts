import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Explained, given, type Valued } from "../../explain/explained.js"
import { builtInParameters } from "../../parameters/built-in.js"
import type { Parameters } from "../../parameters/parameter.js"
import { disagreements } from "../../test-kit/recompute.js"
import { type AccountYear, accountStatement, accountStatements, restate } from "./interest.js"

const fen = (value: number): Valued<number> => given(value, "fen", "测试", "test")
const year = (of: number, deposits: readonly (readonly [number, number, number])[] = []): Omit<AccountYear, "opening"> => ({
  ruleDate: "2026-08-01",
  province: "33",
  year: of,
  deposits: deposits.map(([month, employer, personal]) => ({
    month: given(`${of}-${String(month).padStart(2, "0")}`, "month", "测试", "test"),
    employer: fen(employer),
    personal: fen(personal),
  })),
})
const whole = (of: number, personal: number) =>
  year(
    of,
    Array.from({ length: 12 }, (_, i) => [i + 1, 0, personal] as const),
  )
/** The built-in tables of a day on which the rate of some year was not out yet. */
const without = (unpublished: number): Parameters => ({
  find: (question) =>
    question.family === "account-interest" && question.on.startsWith(String(unpublished))
      ? null
      : builtInParameters.find(question),
})
const steps = (statement: ReturnType<typeof accountStatement>): readonly Explained[] =>
  [statement.openingInterest, statement.employerInterest, statement.personalInterest, statement.closing].filter(
    (step) => step !== null,
  )

describe("account interest 个人账户记账利息", () => {
  it("opening balance and the year's principal earn apart: 11 months for January, none for December", () => {
    const statement = accountStatement({ ...whole(2024, 40_000), opening: fen(10_000_000) }, builtInParameters)
    // 2.62 %: 100,000.00 → 2,620.00; 400.00 a month × 66 months × 2.62 % / 12 → 57.64.
    expect(statement).toMatchObject({ state: "final", personal_fen: 480_000, employer_fen: 0 })
    expect(statement.openingInterest?.value).toBe(262_000)
    expect(statement.personalInterest?.value).toBe(5_764)
    expect(statement.closing.value).toBe(10_000_000 + 480_000 + 262_000 + 5_764)
    expect(statement.personalInterest?.needsRuling?.question).toBe("law.md §12.4")
  })

  it("in the year of retirement it earns up to the month before the pension", () => {
    const lastMonth = given(5, "count", "领取前一月", "month before the pension")
    const statement = accountStatement(
      { ...year(2025, [[1, 0, 40_000]]), opening: fen(10_000_000), lastMonth },
      builtInParameters,
    )
    expect(statement.openingInterest?.value).toBe(62_500)
    expect(statement.personalInterest?.value).toBe(200)
  })

  it("before the rate is out the statement has none; when it comes the restatement is a step of its own, and the next year moves with it", () => {
    const years = [whole(2024, 40_000), whole(2025, 40_000)]
    const early = accountStatements(years, fen(10_000_000), without(2024))
    const late = accountStatements(years, fen(10_000_000), builtInParameters)
    expect(early.map((one) => one.state)).toEqual(["without-rate", "final"])
    expect(early[0]?.openingInterest).toBeNull()
    expect(late.map((one) => one.state)).toEqual(["final", "final"])
    const changes = late.map((one, i) => restate("2026-08-01", early[i] ?? one, one).change)
    expect(changes[0]?.value).toBe(262_000 + 5_764)
    // 2025 earned 1.5 % on the interest of 2024 too.
    expect(changes[1]?.value).toBe(267_764 + Math.round(267_764 * 0.015))
    for (const change of changes) expect(disagreements(change)).toEqual([])
  })

  it("a year at another year's rate meanwhile says so", () => {
    const rateMeanwhile = given("0.015", "rate", "上年利率", "rate of the year before")
    const statement = accountStatement({ ...year(2026), opening: fen(1_000_000), rateMeanwhile }, builtInParameters)
    expect(statement).toMatchObject({ state: "meanwhile" })
    expect(statement.closing.value).toBe(1_015_000)
  })

  it("refuses months of another year and years out of order: broken callers, not business", () => {
    const misplaced = { ...year(2024), deposits: year(2023, [[1, 0, 1]]).deposits, opening: fen(0) }
    expect(() => accountStatement(misplaced, builtInParameters)).toThrow(/2023-01/)
    expect(() => accountStatements([year(2024), year(2024)], fen(0), builtInParameters)).toThrow(/once/)
  })

  it("property: nothing is lost, and every step can be derived again", () => {
    const deposit = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(300_000), fc.nat(300_000))
    fc.assert(
      fc.property(
        fc.integer({ min: 2016, max: 2026 }),
        fc.nat(50_000_000),
        fc.array(deposit, { maxLength: 14 }),
        (of, opening, deposits) => {
          const statement = accountStatement({ ...year(of, deposits), opening: fen(opening) }, builtInParameters)
          const interest = steps(statement)
            .slice(0, -1)
            .reduce((sum, { value }) => sum + Number(value), 0)
          expect(statement.closing.value).toBe(opening + statement.employer_fen + statement.personal_fen + interest)
          for (const step of steps(statement)) expect(disagreements(step, "2026-08-01")).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})
