import { checkDigit } from "@tongzhang/domain/citizen-id"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { given, type Unit, type Valued, type Value } from "../explain/explained.js"
import { builtInParameters as known } from "../parameters/built-in.js"
import { disagreements } from "../test-kit/recompute.js"
import { injuryDuplicate, injuryPremium } from "./injury.js"
import { explainLink, linkMoney } from "./link.js"
import { explainWaiting, medicalMoney, residentWaiting } from "./medical.js"
import { expandId, samePerson } from "./same-person.js"
import { benefitMonths, benefitStops, unemploymentMoney, unemploymentYears } from "./unemployment.js"

const is = <T extends Value>(value: T, unit: Unit): Valued<T> => given(value, unit, "测试", "test")
const months = (value: number): Valued<number> => is(value, "months")
const amount = (value: number): Valued<number> => is(value, "fen")
const flag = (value: boolean): Valued<boolean> => is(value, "flag")

const link = (
  employee: number,
  resident: number,
  reached: string,
  part: { on?: string; atAge?: boolean; drawing?: boolean; shared?: number } = {},
) => {
  const answer = explainLink(known, {
    on: part.on ?? `${reached}-12-31`,
    reached,
    employee: months(employee),
    resident: months(resident),
    atAge: flag(part.atAge ?? true),
    drawing: flag(part.drawing ?? false),
    shared: months(part.shared ?? 0),
  })
  if (answer === null) throw new Error(`no minimum for ${reached}`)
  return answer
}

describe("link of employee and resident scheme", () => {
  it.each([
    [180, 60, "2026", "resident->employee", "employee"],
    [179, 60, "2026", "employee->resident", "resident"],
    [240, 0, "2031", null, "employee"],
    [192, 24, "2031", "resident->employee", "employee"],
    [191, 24, "2031", "employee->resident or continue to 192", null],
    [186, 36, "2032", "employee->resident or continue to 198", null],
    [0, 120, "2026", null, "resident"],
  ])("%d employee and %d resident months, age reached in %s: %s", (employee, resident, reached, direction, pension) => {
    const answer = link(employee, resident, reached)
    expect([answer.direction.value, answer.pension.value]).toEqual([direction, pension])
    expect(answer.direction.needsRuling !== null).toBe(direction?.includes("or continue") ?? false)
  })
  it("never before the age, never once a pension is drawn, and not before the schemes were linked", () => {
    expect(link(200, 60, "2026", { atAge: false }).direction.value).toBeNull()
    expect(link(200, 60, "2026", { drawing: true }).direction.value).toBeNull()
    expect(link(200, 60, "2013", { on: "2013-12-31" }).direction.value).toBeNull()
    expect(link(100, 60, "2013", { on: "2013-12-31" }).direction.value).toBe("employee->resident")
    expect(link(100, 60, "2010", { on: "2010-12-31" }).direction.value).toBeNull()
  })
  it("resident months never count as employee months; employee months count as resident ones, shared months once", () => {
    expect(link(180, 60, "2026").months.value).toBe(180)
    expect(link(179, 60, "2026", { shared: 8 }).months.value).toBe(231)
    expect(linkMoney("2026-01-01", amount(5_000_000)).value).toBe(5_000_000)
  })
  it("the more employee months, the less it leads away from the employee scheme; every step can be derived again", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 300 }),
        fc.nat({ max: 200 }),
        fc.integer({ min: 2008, max: 2045 }),
        fc.boolean(),
        (employee, resident, year, atAge) => {
          const answer = link(employee, resident, String(year), { atAge })
          const on = `${year}-12-31`
          const steps = [answer.direction, answer.pension, answer.residentCounts, answer.employeeCounts, answer.months]
          expect(steps.flatMap((step) => disagreements(step, on))).toEqual([])
          if (answer.pension.value === "employee")
            expect(link(employee + 1, resident, String(year), { atAge }).pension.value).toBe("employee")
        },
      ),
    )
  })
})

describe("unemployment", () => {
  it.each([
    ["0.9", 0],
    ["1", 12],
    ["4.99", 12],
    ["5", 18],
    ["9.99", 18],
    ["10", 24],
  ])("%s years: %d months", (years, expected) => {
    const answer = benefitMonths(known, "2026-01-01", is(years, "years"))
    expect([answer?.value, answer === null ? ["none"] : disagreements(answer, "2026-01-01")]).toEqual([expected, []])
    expect(benefitMonths(known, "2005-01-01", is(years, "years"))).toMatchObject({ value: expected, version: "1999-01-22" })
  })
  it("months of two provinces add up: 30 and 30 make five years, 30 and 29 do not", () => {
    expect(benefitMonths(known, "2026-01-01", unemploymentYears([months(30), months(30)]))?.value).toBe(18)
    expect(benefitMonths(known, "2026-01-01", unemploymentYears([months(30), months(29)]))?.value).toBe(12)
  })
  const move = (paid: number, unemployed = true, on = "2026-01-01") =>
    unemploymentMoney({
      on,
      unemployed: flag(unemployed),
      paidMonths: months(paid),
      monthsLeft: months(9),
      monthly: amount(180_000),
    })
  it("the benefit due and half of it; nothing for a worker, nor after less than a year at the origin", () => {
    expect([move(30).value, move(30, false).value, move(11).value, move(12).value]).toEqual([2_430_000, 0, 0, 2_430_000])
    expect(move(11, true, "2020-01-01").value).toBe(2_430_000)
    expect([disagreements(move(30)), disagreements(move(11, true, "2020-01-01"), "2020-01-01")]).toEqual([[], []])
  })
  it("stops when the person works again", () => {
    expect(benefitStops("2026-01-01", flag(true)).value).toBe(true)
  })
})

describe("medical", () => {
  const wait = (gap: number, changes: boolean, unbroken: number) =>
    explainWaiting({ on: "2026-01-01", gap: months(gap), changesScheme: flag(changes), unbroken: months(unbroken) })
  it("up to 3 months can be paid back and wait for nothing; longer waits up to 6 months, how long is the place's rule", () => {
    expect([wait(3, false, 5).payable.value, wait(3, false, 5).waiting.value]).toEqual([true, 0])
    expect(wait(4, false, 60).waiting).toMatchObject({
      value: 6,
      needsRuling: { question: "medical: length of the waiting time" },
    })
    expect([wait(2, true, 24).waiting.value, wait(2, true, 23).waiting.value]).toEqual([0, 6])
    expect(disagreements(wait(4, true, 10).waiting, "2026-01-01")).toEqual([])
  })
  it("residents from 2025: 3 months, one more for each year broken, at least 6 after four, paid back or not", () => {
    const ask = (broken: number, repaired: number) =>
      residentWaiting("2026-01-01", { inTime: flag(broken === 0), broken: is(broken, "count"), repaired: is(repaired, "count") })
    expect([ask(0, 0).value, ask(1, 0).value, ask(2, 1).value, ask(4, 4).value, ask(6, 1).value]).toEqual([0, 4, 4, 6, 8])
    fc.assert(
      fc.property(fc.nat({ max: 12 }), fc.nat({ max: 12 }), (b, r) => {
        expect(disagreements(ask(b, r))).toEqual([])
      }),
    )
  })
  it("only account money moves", () => {
    expect(medicalMoney("2026-01-01", amount(123_456)).value).toBe(123_456)
  })
})

describe("occupational injury of platform workers", () => {
  const premium = (
    province: "50" | "31" | "14" | "61",
    of: string,
    industry: "ride-hailing" | "instant-delivery" | "city-freight",
    band?: 1 | 2,
  ) =>
    injuryPremium(known, { month: of, province, industry, orders: is(1_200, "count"), ...(band === undefined ? {} : { band }) })
  it("orders times the amount for an order, in 重庆 as published", () => {
    expect(premium("50", "2025-09", "ride-hailing")).toMatchObject({ value: 1_200, needsRuling: null })
    expect(premium("50", "2025-09", "city-freight")?.value).toBe(21_600)
    expect(premium("50", "2025-09", "instant-delivery", 2)?.value).toBe(30_000)
    expect(premium("50", "2025-09", "instant-delivery")).toMatchObject({
      value: 8_400,
      needsRuling: { question: expect.stringContaining("即时配送") },
    })
  })
  it("elsewhere the amount is 重庆's and needs a ruling; nothing before the province takes part; the price of 2022 is not known", () => {
    expect(premium("31", "2025-09", "ride-hailing")?.needsRuling?.question).toContain("outside 重庆")
    expect([premium("14", "2025-09", "ride-hailing")?.value, premium("14", "2026-03", "ride-hailing")?.value]).toEqual([0, 1_200])
    expect(premium("31", "2023-01", "ride-hailing")).toBeNull()
    const steps = [premium("31", "2025-09", "ride-hailing"), premium("61", "2023-05", "city-freight")].filter(
      (step) => step !== null,
    )
    expect(steps.flatMap((step) => disagreements(step, "2026-06-01"))).toEqual([])
  })
  it("several covers in a month are no duplicate", () => {
    expect(injuryDuplicate("2025-09-01", is(2, "count")).value).toBe(false)
  })
})

describe("one person, two numbers", () => {
  it("15 digits widen to 18; a candidate only when they are the same", () => {
    const wide = expandId("110105491231002")
    expect([wide.value, disagreements(wide)]).toEqual(["11010519491231002X", []])
    expect(samePerson(wide, is("11010519491231002X", "text")).value).toBe(true)
    expect(samePerson(wide, is("110105194912310038", "text")).value).toBe(false)
  })
  it("the check digit of any number can be derived again", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{15}$/), (old) => {
        const wide = expandId(old)
        expect(wide.value.at(-1)).toBe(checkDigit(wide.value.slice(0, 17)))
        expect(disagreements(wide)).toEqual([])
      }),
    )
  })
})
