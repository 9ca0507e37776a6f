import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { factLog } from "@tongzhang/record/testing/facts"
import { worker } from "@tongzhang/record/testing/three-provinces"
import { describe, expect, it } from "vitest"
import type { YearMonth } from "@tongzhang/domain/month"
import { assessBenefit } from "./assessment.js"
import { factsFrom, isUnreadable } from "./facts.js"
import { checkerFor } from "./testing/check.js"

/** A man of 1965-04 who paid in Guangdong from 2005 to April 2025, and what the agency awarded him from May on. */
const retired = (award: { readonly basic_fen: number; readonly account_fen: number } | null, from = "2025-05") => {
  const log = factLog()
  const say = (stream: string, ...events: readonly object[]): void => log.add(stream as never, ...(events as never[]))
  const person = { type: "PersonRegistered", sex: "male", birthMonth: "1965-04", hukou: "44", sealed: "s", nameIndex: "n" }
  say(`Person-${worker}`, person)
  const opened = { type: "EnrollmentOpened", from: "2005-01", capacity: "employee", employer: "E1", temporary: false }
  const paid = Array.from({ length: 21 }, (_, i) => 2005 + i).map((year) => {
    const months = year === 2025 ? 4 : 12
    return {
      type: "ContributionRecorded",
      kind: "regular",
      line: `Y${year}`,
      from: `${year}-01`,
      to: `${year}-${String(months).padStart(2, "0")}`,
      paidOn: `${year}-12-20`,
      base_fen: 600_000,
      employer_fen: 96_000 * months,
      personal_fen: 48_000 * months,
      subsidy_fen: 0,
      pooled_fen: 96_000 * months,
      account_fen: 48_000 * months,
    }
  })
  say(`Enrollment-44_110_${worker}`, opened, ...paid)
  if (award !== null) {
    const monthly_fen = award.basic_fen + award.account_fen
    const claim = { claim: "C1", from }
    say(
      `Benefit-${worker}_110`,
      { type: "BenefitClaimed", ...claim, province: "44" },
      { type: "BenefitAwarded", ...claim, ...award, transitional_fen: 0, monthly_fen },
    )
  }
  const facts = factsFrom(worker, log.records())
  if (isUnreadable(facts)) throw new Error(facts.unreadable.cause)
  return facts
}

const assessed = (facts: ReturnType<typeof retired>, retirement: YearMonth | null = null) => {
  const found = assessBenefit({ facts, parameters: builtInParameters, on: "2026-01-10", post: null, retirement })
  if ("refused" in found) throw new Error(found.refused)
  expect(checkerFor(facts)(found.document)).toEqual([])
  const values = Object.fromEntries(Object.entries(found.document.answers).map(([path, { value }]) => [path, value]))
  return { ...found, values }
}

describe("an assessment beside what was awarded", () => {
  it("without an award: the parts of the statutory month, final on the base of that year", () => {
    const { award, from, compared, values } = assessed(retired(null))
    expect([award, from, compared]).toEqual(["final", "2025-05", []])
    expect(values).toMatchObject({ months: 244, place: "44", eligible: true, all_months_used: true })
    expect(values["assessed.account_fen"]).toBe(Math.round((244 * 48_000) / 138.4))
  })

  it("agrees to the fen with an award of the same amounts, and tells any other by its part", () => {
    const { values } = assessed(retired(null))
    const [basic, account] = [Number(values["assessed.basic_fen"]), Number(values["assessed.account_fen"])]
    const same = assessed(retired({ basic_fen: basic, account_fen: account })).values
    expect([same["awards.C1.basic.difference_fen"], same["awards.C1.monthly.difference_fen"]]).toEqual([0, 0])
    const other = assessed(retired({ basic_fen: basic - 1_234, account_fen: account })).values
    expect(other).toMatchObject({
      "awards.C1.basic.difference_fen": -1_234,
      "awards.C1.account.difference_fen": 0,
      "awards.C1.monthly.difference_fen": -1_234,
      "awards.C1.monthly.awarded_fen": basic - 1_234 + account,
    })
  })

  it("an award of another month is not compared; a later month is assessed on its own", () => {
    const facts = retired({ basic_fen: 1, account_fen: 1 })
    expect(assessed(facts, "2025-09" as YearMonth)).toMatchObject({ from: "2025-09", compared: [] })
  })

  it("in a year whose base is not published yet the award is provisional", () => {
    expect(assessed(retired(null), "2026-01" as YearMonth)).toMatchObject({ award: "provisional" })
  })
})
