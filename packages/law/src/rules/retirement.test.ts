import { addMonths, month, monthsOf, type YearMonth } from "@tongzhang/domain/month"
import { describe, expect, it } from "vitest"
import { given } from "../explain/explained.js"
import { disagreements } from "../test-kit/recompute.js"
import printed from "../../data/retirement-age.json" with { type: "json" }
import {
  ageAt,
  earliestMonth,
  flexibleChoice,
  latestMonth,
  minimumContribution,
  noticeMonth,
  residentMonth,
  retirementDelay,
  type RetirementGroup,
  specialEarlyMonth,
  statutoryMonth,
} from "./retirement.js"

const groups: readonly RetirementGroup[] = ["male", "female55", "female50"]
const ask = (group: RetirementGroup, birth: string, ruleDate = "2025-06-01") => ({
  ruleDate,
  group: given(group, "code", "类别", "group"),
  birth: given<string>(birth, "month", "出生年月", "birth"),
})

/** Walks the table printed with the decision, one month of birth at a time, and one month of life at a time: nothing in common with the rule. */
const bySlowWalk = (group: RetirementGroup, birth: YearMonth): { readonly delay: number; readonly month: YearMonth } => {
  const row = printed.table[group].find(([from, to]) => String(from) <= birth && (to === null || birth <= String(to)))
  const delay = row === undefined ? 0 : Number(row[2])
  const years = { male: 60, female55: 55, female50: 50 }[group]
  let [year, at] = birth.split("-").map(Number) as [number, number]
  for (let lived = 0; lived < years * 12 + delay; lived++) {
    at += 1
    if (at > 12) [year, at] = [year + 1, 1]
  }
  return { delay, month: `${year}-${String(at).padStart(2, "0")}` as YearMonth }
}
/** The minimum, counted up year by year from the decision's fourth table. */
const slowMinimum = (year: number): number => {
  let months = 180
  for (let y = 2030; y <= year && months < 240; y++) months += 6
  return months
}

describe("statutory month 法定退休年月", () => {
  it.each(groups)("of %s born in any month of 1960-2000 is what the printed table says", (group) => {
    const births = monthsOf(month("1960-01"), month("2000-12"))
    expect(births).toHaveLength(492)
    for (const birth of births) {
      const slow = bySlowWalk(group, birth)
      const question = ask(group, birth)
      const statutory = statutoryMonth(question)
      expect([birth, retirementDelay(question).value, statutory.value]).toEqual([birth, slow.delay, slow.month])
      expect(minimumContribution("2025-06-01", statutory).value).toBe(slowMinimum(Number(slow.month.slice(0, 4))))
    }
  })

  it("tables and dates of retirement printed next to them agree", () => {
    for (const group of groups)
      for (const [birthFrom, birthTo, , , retireFrom, retireTo] of printed.table[group]) {
        if (retireFrom !== null) expect(statutoryMonth(ask(group, String(birthFrom))).value).toBe(retireFrom)
        if (retireTo !== null) expect(statutoryMonth(ask(group, String(birthTo))).value).toBe(retireTo)
      }
  })

  it.each(printed.samples)("sample $category born $birth", (sample) => {
    const question = ask(sample.category as RetirementGroup, sample.birth)
    const statutory = statutoryMonth(question)
    const age = ageAt("2025-06-01", question.birth, statutory).value
    expect({
      delayMonths: retirementDelay(question).value,
      statutoryAge: `${Math.floor(age / 12)}y${age % 12}m`,
      statutoryMonth: statutory.value,
      minContributionMonths: minimumContribution("2025-06-01", statutory).value,
      earliestFlexibleMonth: earliestMonth(question).value,
      latestFlexibleMonth: latestMonth(question).value,
    }).toEqual({
      delayMonths: sample.delayMonths,
      statutoryAge: sample.statutoryAge,
      statutoryMonth: sample.statutoryMonth,
      minContributionMonths: sample.minContributionMonths,
      earliestFlexibleMonth: sample.earliestFlexibleMonth,
      latestFlexibleMonth: sample.latestFlexibleMonth,
    })
  })

  it("under the rules of 2024 nobody is delayed, nobody chooses, and 180 months are enough for ever", () => {
    const question = ask("male", "1976-09", "2024-12-31")
    expect(statutoryMonth(question)).toMatchObject({ value: "2036-09", version: "1978-06-02" })
    expect([earliestMonth(question).value, latestMonth(question).value]).toEqual([null, null])
    expect(minimumContribution("2024-12-31", statutoryMonth(ask("male", "1990-01", "2024-12-31"))).value).toBe(180)
  })

  it("every step can be derived again by the checker, before the reform and under it", () => {
    for (const ruleDate of ["2024-12-31", "2025-06-01"])
      for (const group of groups)
        for (const birth of ["1962-07", "1966-05", "1972-02", "1975-12", "1984-11", "1999-01"]) {
          const question = ask(group, birth, ruleDate)
          const results = [statutoryMonth(question), earliestMonth(question), latestMonth(question)]
          for (const result of results) expect(disagreements(result, ruleDate)).toEqual([])
        }
  })
})

describe("choice, notice and special grounds", () => {
  it("an early month is never before the old age, and takes three months' notice; a late one a month's", () => {
    const question = ask("male", "1966-05")
    const statutory = statutoryMonth(question)
    expect(earliestMonth(question).value).toBe("2026-05")
    const chosen = given<string>("2026-06", "month", "选择", "chosen")
    expect(noticeMonth("2025-06-01", statutory, chosen).value).toBe("2026-03")
    expect(noticeMonth("2025-06-01", statutory, given<string>("2027-06", "month", "选择", "chosen")).value).toBe("2027-05")
    expect(noticeMonth("2025-06-01", statutory, statutory).value).toBe(statutory.value)
  })
  it.each([
    ["2026-10", 180, "statutory"],
    ["2026-05", 180, "early"],
    ["2026-05", 179, "minimum-not-met"],
    ["2026-04", 400, "too-early"],
    ["2029-10", 100, "late"],
    ["2029-11", 400, "too-late"],
  ])("a man born 1966-05 who chooses %s with %i months: %s", (chosen, months, says) => {
    const choice = flexibleChoice({
      ...ask("male", "1966-05"),
      chosen: given<string>(chosen, "month", "选择", "chosen"),
      months: given<number>(months, "months", "月数", "months"),
    })
    expect(choice.value).toBe(says)
    expect(disagreements(choice, "2025-06-01")).toEqual([])
  })
  it("whether the chosen or the statutory year decides the minimum is open where the two differ", () => {
    const choose = (chosen: string) =>
      flexibleChoice({
        ...ask("male", "1970-01"),
        chosen: given<string>(chosen, "month", "选择", "chosen"),
        months: given<number>(190, "months", "月数", "months"),
      })
    // Statutory in 2031-04 takes 192 months, 2030-04 takes 186.
    expect(choose("2030-04")).toMatchObject({ value: "early", needsRuling: { question: "law.md §5" } })
    expect(choose("2031-02")).toMatchObject({ value: "minimum-not-met", needsRuling: null })
  })
  it("a resident's pension begins at 60, man or woman", () => {
    expect(residentMonth("2025-06-01", given<string>("1966-05", "month", "出生", "birth")).value).toBe("2026-05")
  })
  it("hazardous work and high altitude stay at 55 and 45; the age of total disability is an open question since 2025", () => {
    const on = (group: RetirementGroup, ground: "hazardous-work" | "high-altitude" | "disability", ruleDate = "2025-06-01") =>
      specialEarlyMonth({ ...ask(group, "1970-04", ruleDate), ground: given(ground, "code", "情形", "ground") })
    expect(on("male", "hazardous-work").value).toBe(addMonths(month("1970-04"), 660))
    expect(on("female50", "high-altitude").value).toBe("2015-04")
    expect(on("male", "disability")).toMatchObject({ value: "2020-04", needsRuling: { question: "retirement/disability-age" } })
    expect(on("male", "disability", "2024-01-01").needsRuling).toBeNull()
    expect(disagreements(on("male", "disability"), "2025-06-01")).toEqual([])
  })
})
