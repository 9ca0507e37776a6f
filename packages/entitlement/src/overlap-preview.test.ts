import type { DateText } from "@tongzhang/domain/ids"
import { builtInParameters } from "@tongzhang/law/parameters/built-in"
import { factLog } from "@tongzhang/record/testing/facts"
import { worker } from "@tongzhang/record/testing/three-provinces"
import { describe, expect, it } from "vitest"
import { documentOf } from "./document.js"
import { factsFrom, isUnreadable } from "./facts.js"
import { previewOverlap } from "./overlap-preview.js"
import { checkerFor } from "./testing/check.js"

const ruleDate = "2026-11-22" as DateText

const opened = (from: string, capacity: string) => ({
  type: "EnrollmentOpened",
  from,
  capacity,
  employer: capacity === "employee" ? "E1" : null,
  temporary: false,
})
const paid = (line: string, year: number, base_fen: number, own_fen: number) => ({
  type: "ContributionRecorded",
  kind: "regular",
  line,
  from: `${year}-01`,
  to: `${year}-12`,
  paidOn: `${year}-12-20`,
  base_fen,
  employer_fen: 0,
  personal_fen: own_fen * 12,
  subsidy_fen: 0,
  pooled_fen: 0,
  account_fen: own_fen * 12,
})

/** A man of 1980-03, 2010 to 2025 in Guangdong; in `twice` he also paid elsewhere. */
const person = (
  twice: number,
  other: { readonly side: string; readonly kind: string; readonly base_fen: number; readonly own_fen: number },
) => {
  const log = factLog()
  const say = (stream: string, ...events: readonly object[]): void =>
    log.add(`${stream}${worker}` as never, ...(events as never[]))
  say("Person-", { type: "PersonRegistered", sex: "male", birthMonth: "1980-03", hukou: "41", sealed: "s", nameIndex: "n" })
  const years = Array.from({ length: 16 }, (_, i) => paid(`G${2010 + i}`, 2010 + i, 600_000, 48_000))
  say("Enrollment-44_110_", opened("2010-01", "employee"), ...years)
  const capacity = other.side.endsWith("170") ? "resident" : "employee"
  say(`Enrollment-${other.side}_`, opened(`${twice}-01`, capacity), paid("O1", twice, other.base_fen, other.own_fen))
  const sides = ["44_110", other.side].sort()
  const id = sides.join("~")
  const months = [{ from: `${twice}-01`, to: `${twice}-12` }]
  log.add(`Overlap-${worker}_pension` as never, { type: "OverlapDetected", case: id, kind: other.kind, sides, months } as never)
  const facts = factsFrom(worker, log.records())
  if (isUnreadable(facts)) throw new Error(facts.unreadable.cause)
  const found = previewOverlap({ facts, parameters: builtInParameters, ruleDate }, id)
  if (found === null) throw new Error("no such case")
  const asked = { person: worker, question: `overlap-preview:${id}`, ruleDate }
  expect(checkerFor(facts)(documentOf(asked, found.answers)).slice(0, 3)).toEqual([])
  const values = Object.fromEntries([...found.answers].map(([path, { value }]) => [path, value]))
  return { ...found, values, amount: (path: string) => Number(values[path]), facts }
}

describe("a case of overlap before anybody decides", () => {
  it("two employers: the same months count either way; what is kept decides money back and pension", () => {
    const { options, values, amount } = person(2020, { side: "31_110", kind: "EMP-EMP", base_fen: 1_200_000, own_fen: 96_000 })
    expect(options).toEqual([
      { keep: "31_110", drop: "44_110", noPension: null },
      { keep: "44_110", drop: "31_110", noPension: null },
    ])
    expect(values).toMatchObject({
      months: 12,
      "keep.31_110.refund_fen": 12 * 48_000,
      "keep.44_110.refund_fen": 12 * 96_000,
      "keep.31_110.months_left": 180,
      "keep.44_110.months_left": 0,
      "keep.31_110.account_left_fen": 180 * 48_000,
      "keep.44_110.account_fen": 192 * 48_000,
    })
    expect(amount("keep.31_110.middle.months")).toBe(amount("keep.44_110.middle.months"))
    // The year in Shanghai was paid on twice the base.
    expect(amount("keep.31_110.middle.monthly_fen")).toBeGreaterThan(amount("keep.44_110.middle.monthly_fen"))
  })

  it("employee and resident: keeping the employee side gives the resident payment back, keeping the other costs months", () => {
    const { values, amount } = person(2020, { side: "41_170", kind: "EMP-RES", base_fen: 0, own_fen: 10_000 })
    expect(values).toMatchObject({
      "keep.44_110.refund_fen": 120_000,
      "keep.44_110.months_left": 0,
      "keep.44_110.middle.pension": "employee",
      "keep.41_170.refund_fen": 576_000,
      "keep.41_170.months_left": 180,
    })
    expect(amount("keep.41_170.middle.months")).toBe(180)
    expect(amount("keep.44_110.middle.months")).toBeGreaterThan(180)
  })

  it("a person has no case of that name", () => {
    const { facts } = person(2020, { side: "31_110", kind: "EMP-EMP", base_fen: 1_200_000, own_fen: 96_000 })
    expect(previewOverlap({ facts, parameters: builtInParameters, ruleDate }, "none")).toBeNull()
  })
})
