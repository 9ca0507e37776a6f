import type { DateText } from "@tongzhang/domain/ids"
import { addMonths, type YearMonth } from "@tongzhang/domain/month"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { factLog } from "@tongzhang/record/testing/facts"
import { worker } from "@tongzhang/record/testing/three-provinces"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { factsFrom, isUnreadable, type Facts } from "../facts.js"
import { checkerFor } from "../testing/check.js"
import type { Scenario, Variant } from "./scenario.js"
import { channelScenarios, simulate, type SimulationQuestion } from "./simulate.js"

const on = "2026-11-22" as DateText

type Life = {
  readonly sex?: string
  readonly birth?: string
  readonly first?: number
  readonly base_fen?: number
  readonly hukou?: string
}

/** Someone who has paid in Guangdong from January of `first` to October 2026. */
const paying = ({ sex = "male", birth = "1975-04", first = 2013, base_fen = 800_000, hukou = "41" }: Life = {}): Facts => {
  const log = factLog()
  const say = (stream: string, ...events: readonly object[]): void =>
    log.add(`${stream}${worker}` as never, ...(events as never[]))
  say("Person-", { type: "PersonRegistered", sex, birthMonth: birth, hukou, sealed: "s", nameIndex: "n" })
  const years = Array.from({ length: 2026 - first + 1 }, (_, i) => first + i)
  const lines = years.map((year) => {
    const months = year === 2026 ? 10 : 12
    const to = `${year}-${String(months).padStart(2, "0")}`
    const personal_fen = Math.round(base_fen * 0.08) * months
    return {
      type: "ContributionRecorded",
      kind: "regular",
      line: `Y${year}`,
      from: `${year}-01`,
      to,
      paidOn: `${to}-20`,
      base_fen,
      employer_fen: Math.round(base_fen * 0.16) * months,
      personal_fen,
      subsidy_fen: 0,
      pooled_fen: Math.round(base_fen * 0.16) * months,
      account_fen: personal_fen,
    }
  })
  const opened = { type: "EnrollmentOpened", from: `${first}-01`, capacity: "employee", employer: "E1", temporary: false }
  say("Enrollment-44_110_", opened, ...lines)
  const facts = factsFrom(worker, log.records())
  if (isUnreadable(facts)) throw new Error(facts.unreadable.cause)
  return facts
}

const asking = (facts: Facts, more: Partial<SimulationQuestion> = {}) => {
  const check = checkerFor(facts)
  return (...scenarios: readonly Scenario[]) => {
    const found = simulate({ facts, parameters: builtInParameters, ruleDate: on, scenarios, ...more })
    if ("refused" in found) throw new Error(found.refused)
    expect(check(found.document).slice(0, 3)).toEqual([])
    const value = (scenario: string, name: string, variant: Variant = "middle"): unknown =>
      (found.scenarios[scenario]?.[variant] as Readonly<Record<string, unknown>> | undefined)?.[name]
    return { ...found, value, amount: (...where: Parameters<typeof value>) => Number(value(...where)) }
  }
}

const now: Scenario = { name: "now" }

describe("a simulation of the years to come", () => {
  const ask = asking(paying())

  it("going on as now: the statutory month under the reform, every month counted, a range from low to high", () => {
    const { value, amount } = ask(now)
    expect([value("now", "pension"), value("now", "pension_from"), value("now", "place")]).toEqual(["employee", "2037-11", "44"])
    // 2013-01 to 2026-10 and 2026-11 to 2037-10.
    expect(amount("now", "months")).toBe(166 + 132)
    expect(amount("now", "monthly_fen", "low")).toBeLessThan(amount("now", "monthly_fen"))
    expect(amount("now", "monthly_fen")).toBeLessThan(amount("now", "monthly_fen", "high"))
    // 8 % of 8,000 yuan.
    expect(amount("now", "cost_fen")).toBe(64_000)
  })

  it("without growth and interest the account is what was paid, and a month costs the same to the end", () => {
    const flat = { low: "0", middle: "0", high: "0" }
    const assumptions = { wageGrowth: flat, pensionBaseGrowth: flat, accountInterest: flat, residentBasicGrowth: flat }
    const { amount } = asking(paying(), { assumptions })(now)
    expect(amount("now", "paid_fen")).toBe(132 * 64_000)
    expect(amount("now", "balance_fen")).toBe((166 + 132) * 64_000)
    expect(amount("now", "account_fen")).toBeLessThanOrEqual(Math.ceil(((166 + 132) * 64_000) / 119))
  })

  it("retiring later pays more a month, and says when the years without a pension are made up", () => {
    const { value, amount } = ask(now, { name: "later", retire: "2040-11" as YearMonth })
    expect(amount("later", "months") - amount("now", "months")).toBe(36)
    expect(amount("later", "compared_gain_fen")).toBeGreaterThan(0)
    const lead = amount("later", "compared_paid_fen") + 36 * amount("now", "monthly_fen")
    expect(amount("later", "compared_to_make_up_fen")).toBe(lead)
    const months = Math.ceil(lead / amount("later", "compared_gain_fen"))
    expect(amount("later", "compared_break_even_months")).toBe(months)
    expect(value("later", "compared_break_even_month")).toBe(addMonths("2040-11" as YearMonth, months))
  })

  it("a month outside the flexible bounds is refused, the other scenarios are answered", () => {
    const { value, amount } = ask(now, { name: "much-later", retire: "2041-01" as YearMonth })
    expect(value("much-later", "refused")).toBe("retirement-not-allowed")
    expect(amount("now", "monthly_fen")).toBeGreaterThan(0)
  })

  it("floor and ceiling, an amount and stopping: more paid is more pension, stopping at 166 months is a resident pension from 60", () => {
    const { value, amount } = ask(
      now,
      { name: "floor", base: "floor" },
      { name: "ceiling", base: "ceiling" },
      { name: "more", base: { amount_fen: 1_200_000 } },
      { name: "stop", stop: "2026-11" as YearMonth },
    )
    expect(amount("floor", "monthly_fen")).toBeLessThan(amount("now", "monthly_fen"))
    expect(amount("more", "monthly_fen")).toBeGreaterThan(amount("now", "monthly_fen"))
    expect(amount("ceiling", "monthly_fen")).toBeGreaterThan(amount("more", "monthly_fen"))
    expect([value("stop", "pension"), value("stop", "paid_fen"), value("stop", "months_short")]).toEqual([
      "resident",
      0,
      228 - 166,
    ])
    expect(value("stop", "pension_from")).toBe("2037-11")
    expect(amount("stop", "compared_gain_fen")).toBeLessThan(0)
  })

  it("the same income in three channels (E6): flexible costs the person 20 %, the resident scheme least and pays least", () => {
    const { value, amount } = ask(...channelScenarios({}))
    expect(amount("employee", "cost_fen")).toBe(64_000)
    expect(amount("flexible", "cost_fen")).toBe(160_000)
    expect(amount("flexible", "account_fen")).toBe(amount("employee", "account_fen"))
    expect(value("resident", "pension")).toBe("resident")
    expect(amount("resident", "cost_fen")).toBeLessThan(amount("employee", "cost_fen"))
    expect(amount("resident", "monthly_fen")).toBeLessThan(amount("employee", "monthly_fen"))
  })

  it("moving to another province at 51 gives a temporary account there: the place of receipt stays; home it may change", () => {
    const { value } = ask(now, { name: "shanghai", move: { to: "31" } }, { name: "home", move: { to: "41" } })
    expect(value("shanghai", "place")).toBe("44")
    expect(value("home", "place")).toBe("41")
    const young = asking(paying({ birth: "1990-04" }))({ name: "shanghai", move: { to: "31" } })
    expect(young.value("shanghai", "place")).toBe("31")
  })

  it("a woman's post is asked for; who should have retired long ago has no future", () => {
    const question = { parameters: builtInParameters, ruleDate: on, scenarios: [now] }
    expect(simulate({ ...question, facts: paying({ sex: "female" }) })).toMatchObject({ refused: "post-unknown" })
    const old = simulate({ ...question, facts: paying({ birth: "1960-01" }) })
    expect(old).toMatchObject({ scenarios: { now: { middle: { refused: "no-future" } } } })
  })

  it("the same question has the same id and numbers; another history, scenario, assumption or day another", () => {
    const [a, b] = [ask(now), ask({ ...now, base: undefined })]
    expect(b.id).toBe(a.id)
    expect(b.scenarios).toEqual(a.scenarios)
    const others = [
      asking(paying({ base_fen: 810_000 }))(now),
      ask({ name: "now", base: "floor" }),
      asking(paying(), { ruleDate: "2026-11-23" as DateText })(now),
    ]
    expect(new Set([a, ...others].map(({ id }) => id)).size).toBe(4)
  })

  it("one more month never lowers the basic part, whoever it is; the checker derives every number again", () => {
    fc.assert(
      fc.property(
        fc.record({
          first: fc.integer({ min: 2000, max: 2024 }),
          base_fen: fc.integer({ min: 300_000, max: 4_000_000 }),
          birth: fc.constantFrom("1968-02", "1975-04", "1983-11", "1992-07"),
          stop: fc.integer({ min: 30, max: 60 }),
        }),
        ({ first, base_fen, birth, stop }) => {
          const at = (months: number): YearMonth => addMonths("2026-11" as YearMonth, months)
          const found = asking(paying({ first, base_fen, birth }))(
            { name: "a", stop: at(stop) },
            { name: "b", stop: at(stop + 1) },
          )
          for (const variant of ["low", "middle", "high"] as const) {
            const [a, b] = [found.value("a", "basic_fen", variant), found.value("b", "basic_fen", variant)]
            if (a !== undefined && b !== undefined) expect(Number(b)).toBeGreaterThanOrEqual(Number(a))
          }
        },
      ),
      { numRuns: 15 },
    )
  })
})
