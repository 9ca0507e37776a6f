import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { addMonths, month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { given, type Unit, type Valued, type Value } from "../explain/explained.js"
import { builtInParameters as known } from "../parameters/built-in.js"
import { disagreements } from "../test-kit/recompute.js"
import { explainSplit } from "./account-share.js"
import { explainBase, owedForMonth, undeclaredAmount } from "./contribution-amounts.js"
import { clampBase, splitContribution } from "./contribution.js"
import { explainDueDate } from "./deadlines.js"
import { explainMakeUp, stillPayableUntil } from "./make-up.js"
import { explainRegistration } from "./registration.js"
import { explainSubsidy } from "./subsidy.js"

const is = <T extends Value>(value: T, unit: Unit): Valued<T> => given(value, unit, "测试", "test")
const yuan = (value: number): Valued<number> => is(Math.round(value * 100), "fen")
const day = (value: string): Valued<DateText> => is(value as DateText, "date")

describe("contribution base and what a month costs", () => {
  it("北京 2025-07: 3,000 is raised to 7,162, 50,000 cut to 35,811; the limits are the published ones", () => {
    const low = explainBase(known, { on: "2025-07", province: "11", wage: yuan(3_000) })
    expect(low.value).toBe(716_200)
    expect(low.operands["floor"]).toMatchObject({ kind: "parameter", value: 716_200 })
    expect(explainBase(known, { on: "2025-07", province: "11", wage: yuan(50_000) }).value).toBe(3_581_100)
    expect(disagreements(low)).toEqual([])
  })
  it("a month without published limits takes the wage, and says why", () => {
    const base = explainBase(known, { on: "2012-03", province: "53", wage: yuan(2_000) })
    expect([base.value, disagreements(base)]).toEqual([200_000, []])
    expect(base.operands["floor"]).toMatchObject({ kind: "given", value: null })
  })
  it.each([
    ["上海 2019-04: 20 % and 8 %", "31", "2019-04", "employee", [200_000, 80_000]],
    ["上海 2019-05: 16 % and 8 %", "31", "2019-05", "employee", [160_000, 80_000]],
    ["浙江 2021: 14 %", "33", "2021-06", "employee", [140_000, 80_000]],
    ["浙江 2022: 16 %", "33", "2022-01", "employee", [160_000, 80_000]],
    ["上海 flexible until 2024-02: 24 %", "31", "2024-02", "flexible", [240_000]],
    ["上海 flexible from 2024-03: 20 %", "31", "2024-03", "flexible", [200_000]],
  ] as const)("%s", (_text, province, on, channel, parts) => {
    const owed = owedForMonth(known, { on, province, channel, wage: yuan(10_000) })
    expect(owed?.parts.map((part) => part.value)).toEqual(parts)
    expect(owed === null ? ["nothing"] : disagreements(owed.total)).toEqual([])
  })
  it("no rate known, no amount: employers outside the listed provinces before 2019-05", () => {
    expect(owedForMonth(known, { on: "2015-06", province: "51", channel: "employee", wage: yuan(3_000) })).toBeNull()
  })
  it("an undeclared month is 110 % of the one before, under the regulation of 1999 and under the law", () => {
    expect(undeclaredAmount("2025-03", yuan(9_900.05)).value).toBe(1_089_006)
    expect(undeclaredAmount("2005-03", yuan(990)).version).toBe("1999-01-22")
    expect(disagreements(undeclaredAmount("2005-03", yuan(990)), "2026-01-01")).toEqual([])
  })
  it("is clamped as the plain rule clamps", () => {
    const limits = { floor_fen: fen(716_200), ceiling_fen: fen(3_581_100) }
    fc.assert(
      fc.property(fc.nat({ max: 6_000_000 }), (wage) => {
        const base = explainBase(known, { on: "2025-08", province: "11", wage: is(wage, "fen") })
        expect(base.value).toBe(clampBase(fen(wage), limits).base_fen)
        expect(disagreements(base)).toEqual([])
      }),
    )
  })
})

describe("where a payment goes, explained", () => {
  it("2003: the employer fills the account up to 11 %; over New Year 2006 the months fall under two rates", () => {
    const payment = { scheme: is("110" as const, "code"), capacity: "employee" as const, base: yuan(1_000), subsidy: yuan(0) }
    const filled = explainSplit(known, {
      ...payment,
      from: month("2003-05"),
      to: month("2003-05"),
      employer: yuan(220),
      personal: yuan(80),
    })
    expect([filled.account.value, filled.pooled.value, filled.account.confidence]).toEqual([11_000, 19_000, "secondary"])
    const over = explainSplit(known, {
      ...payment,
      from: month("2005-12"),
      to: month("2006-01"),
      employer: yuan(400),
      personal: yuan(160),
    })
    expect([over.account.value, disagreements(over.pooled, "2026-01-01")]).toEqual([19_000, []])
  })
  it("is what the plain rule says, for every scheme, capacity and month", () => {
    const amount = fc.nat({ max: 5_000_000 })
    const schemes = fc.constantFrom<SchemeCode>("110", "120", "170", "210", "310", "390", "410", "510")
    const capacities = fc.constantFrom<Capacity>("employee", "flexible", "resident")
    fc.assert(
      fc.property(
        schemes,
        capacities,
        fc.nat({ max: 420 }),
        fc.integer({ min: 1, max: 30 }),
        amount,
        amount,
        amount,
        amount,
        (...drawn) => {
          const [scheme, capacity, start, months, base, employer, personal, subsidy] = drawn
          const from = addMonths(month("1990-01"), start)
          const split = explainSplit(known, {
            scheme: is(scheme, "code"),
            capacity,
            from,
            to: addMonths(from, months - 1),
            base: is(base, "fen"),
            employer: is(employer, "fen"),
            personal: is(personal, "fen"),
            subsidy: is(subsidy, "fen"),
          })
          const plain = splitContribution({
            scheme,
            capacity,
            province: "44",
            month: from,
            months,
            base_fen: fen(base),
            employer_fen: fen(employer),
            personal_fen: fen(personal),
            subsidy_fen: fen(subsidy),
          })
          expect([split.account.value, split.pooled.value]).toEqual([plain.account_fen, plain.pooled_fen])
          expect(disagreements(split.pooled, "2026-01-01")).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe("months that are paid late (B14)", () => {
  const ask = (channel: "employee" | "flexible", of: string, on: string, province: ProvinceCode | null = null) =>
    explainMakeUp({ channel: is(channel, "code"), month: is(of, "month"), on: day(on), province })
  it("a flexible worker's month of 2020 can be paid until the end of 2021 and counts for 2020", () => {
    const paid = ask("flexible", "2020-04", "2021-12-31")
    expect([paid.until.value, paid.makeUp.value, paid.counts.value]).toEqual(["2021-12-31", "deferred", true])
    expect(ask("flexible", "2020-04", "2022-01-01").counts.value).toBe(false)
    expect(disagreements(paid.counts, "2026-01-01")).toEqual([])
  })
  it("what was known then: in May 2020 nobody could tell that the month would stay payable", () => {
    expect(ask("flexible", "2020-04", "2020-05-31").until.value).toBeNull()
    expect(stillPayableUntil({ channel: "flexible", month: "2020-04", on: "2020-07-01" })).toBe("2021-12-31")
    expect(stillPayableUntil({ channel: "flexible", month: "2020-04", on: "2022-07-01" })).toBeNull()
  })
  it("an employer's month is owed for ever, with the late fee; a flexible worker's month of this year is the province's question", () => {
    expect(ask("employee", "2018-02", "2026-02-01").makeUp.value).toBe("arrears")
    expect(ask("flexible", "2026-02", "2026-03-01", "44").makeUp.needsRuling).not.toBeNull()
    expect(ask("flexible", "2026-02", "2026-03-01", "31").makeUp).toMatchObject({ value: "closed", needsRuling: null })
    expect(ask("flexible", "2026-02", "2026-02-28").makeUp.value).toBe("current")
  })
  it("every answer can be derived again", () => {
    const months = fc.nat({ max: 120 }).map((n) => addMonths(month("2017-01"), n))
    fc.assert(
      fc.property(fc.constantFrom("employee", "flexible"), months, months, (channel, of, on) => {
        expect(disagreements(ask(channel, of, `${on}-15`).counts, "2026-01-01")).toEqual([])
      }),
    )
  })
})

describe("time limits", () => {
  const due = (process: string, from: string) => explainDueDate(known, { process, from: day(from) })
  it.each([
    ["pension-transfer.letter", "2026-03-02", "2026-03-23"],
    ["pension-transfer.untransferable-notice", "2026-09-28", "2026-10-16"],
    ["medical-transfer.in", "2026-03-02", "2026-03-09"],
    ["enrolment.employer-registers-worker", "2026-03-01", "2026-03-31"],
    ["unemployment-transfer.money", "2026-01-31", "2026-02-28"],
    ["retirement.early-notice", "2026-05-31", "2026-02-28"],
  ])("%s from %s: %s", (process, from, expected) => {
    const answer = due(process, from)
    expect([answer?.value, answer === null ? ["none"] : disagreements(answer)]).toEqual([expected, []])
  })
  it("no limit before the rule that set it", () => {
    expect(due("pension-transfer.letter", "2009-12-31")).toBeNull()
  })
  it("a worker registered on day 30 is in time, on day 31 a day late", () => {
    const ask = (registered: string) => explainRegistration(known, { started: day("2026-03-01"), registered: day(registered) })
    expect(ask("2026-03-31")?.daysLate.value).toBe(0)
    const late = ask("2026-04-01")
    expect([late?.daysLate.value, late === null ? ["none"] : disagreements(late.daysLate, "2026-05-01")]).toEqual([1, []])
    expect(explainRegistration(known, { started: day("2010-03-01"), registered: day("2010-09-01") })).toBeNull()
  })
})

describe("subsidy by income (B12)", () => {
  const ask = (income: number) =>
    explainSubsidy({ on: "2026-01-01", income: yuan(income), floor: yuan(4_000), owed: yuan(800.01) })
  it.each([
    [1_999.99, "0.5", 40_001],
    [2_000.01, "0.3", 24_000],
    [3_199.99, "0.3", 24_000],
    [4_000, null, 0],
  ])("an income of %d on a floor of 4,000", (income, rate, amount) => {
    expect([ask(income).rate.value, ask(income).rate.needsRuling, ask(income).amount.value]).toEqual([rate, null, amount])
  })
  it.each([2_000, 3_200, 3_500])("at %d the text is silent: no rate is taken, a ruling is asked for", (income) => {
    expect(ask(income).rate.value).toBeNull()
    expect(ask(income).rate.needsRuling).not.toBeNull()
  })
  it("every step can be derived again", () => {
    fc.assert(
      fc.property(fc.nat({ max: 600_000 }), (income) => {
        const { amount } = explainSubsidy({ on: "2026-01-01", income: is(income, "fen"), floor: yuan(4_000), owed: yuan(800) })
        expect(disagreements(amount, "2026-01-01")).toEqual([])
      }),
    )
  })
})
