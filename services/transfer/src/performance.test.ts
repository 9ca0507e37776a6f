import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText, PersonKey, TransferId } from "@tongzhang/domain/ids"
import { fen } from "@tongzhang/domain/money"
import { type PlannedLeg, type TransferEvent, transferIdOf } from "@tongzhang/domain/transfer"
import { addWorkingDays } from "@tongzhang/law/working-days"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { emptyCase, evolveCase, type TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { percentile, performanceOf } from "./performance.js"

const asked = "2026-01-05" as DateText
const after = (working_days: number): DateText => addWorkingDays(asked, working_days)
const person = "0123456789abcdef0123456789abcdef" as PersonKey
const part = { months: [], account_fen: fen(0), pooled_fen: fen(0), bases_fen: fen(0) }
const planned = (from: ProvinceCode): PlannedLeg => ({ from, temporary: false, ...part })

/** How far a leg has come: how many of letter, statement, money, booking, and the working day of each since the application. */
type Way = { readonly from: ProvinceCode; readonly on: readonly number[] }

const stepEvents = ({ from, on }: Way): TransferEvent[] => {
  const [letter, statement, money, booking] = on.map(after)
  const events: TransferEvent[] = []
  if (letter !== undefined)
    events.push({ type: "ContactLetterIssued", leg: from, letterNo: "N", on: letter, due: addWorkingDays(letter, 15) })
  if (statement !== undefined)
    events.push({ type: "StatementReceived", leg: from, on: statement, due: addWorkingDays(statement, 15), ...part })
  if (money !== undefined) events.push({ type: "LegReconciled", leg: from, on: money, due: addWorkingDays(money, 15) })
  if (booking !== undefined) events.push({ type: "LegBooked", leg: from, on: booking })
  return events
}

const caseOf = (no: number, to: ProvinceCode, ways: readonly Way[]): TransferCase => {
  const id: TransferId = transferIdOf(person, String(no))
  const letterDue = after(15)
  const events: TransferEvent[] = [
    { type: "TransferRequested", person, scheme: "110", to, on: asked },
    {
      type: "TransferPlanned",
      legs: ways.map(({ from }) => planned(from)),
      placeOfReceipt: { province: to, rule: "x" },
      letterDue,
    },
    ...ways.flatMap(stepEvents),
  ]
  return events.reduce((found, event, revision) => evolveCase(found, { at: revision, revision, event }), emptyCase(id))
}
const indexOf = (cases: readonly TransferCase[]): CaseIndex => ({ all: () => cases }) as unknown as CaseIndex

describe("the funnel of legs", () => {
  const cases = [
    caseOf(1, "44", [
      { from: "41", on: [0, 10, 12, 13] },
      { from: "33", on: [0, 4] },
    ]),
    caseOf(2, "32", [{ from: "41", on: [0] }]),
  ]

  it("counts who came how far, and how long each step took", () => {
    const { applications, legs, steps } = performanceOf(indexOf(cases), undefined, after(5))
    expect([applications, legs]).toEqual([2, 3])
    expect(steps.map(({ step, reached, waiting }) => [step, reached, waiting])).toEqual([
      ["requested", 3, 0],
      ["letter", 3, 0],
      ["statement", 2, 1],
      ["money", 1, 1],
      ["booking", 1, 0],
    ])
    expect(steps.map(({ median_wd }) => median_wd)).toEqual([null, 0, 7, 2, 1])
    expect(steps.every(({ overdue }) => overdue === 0)).toBe(true)
  })

  it("a step past its day is overdue where it waits; a province is shown its own applications only", () => {
    const late = performanceOf(indexOf(cases), undefined, after(40))
    expect(late.steps.filter(({ overdue }) => overdue > 0).map(({ step, overdue }) => [step, overdue])).toEqual([
      ["statement", 1],
      ["money", 1],
    ])
    expect(late.pairs).toMatchObject([
      { from: "33", to: "44", legs: 1, open: 1, overdue: 1, booked: 0, median_wd: null },
      { from: "41", to: "32", legs: 1, open: 1, overdue: 1 },
      { from: "41", to: "44", legs: 1, open: 0, overdue: 0, booked: 1, median_wd: 13 },
    ])
    expect(performanceOf(indexOf(cases), "32", after(40))).toMatchObject({ applications: 1, legs: 1 })
  })

  const way = fc.record({
    from: fc.constantFrom<ProvinceCode>("41", "33", "51"),
    on: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }).map((days) => days.sort((a, b) => a - b)),
  })
  it("loses no leg: at every step those who took it, wait for it, or wait further back are all of them", () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(way, { selector: ({ from }) => from, minLength: 1 }), { maxLength: 8 }), (all) => {
        const found = performanceOf(indexOf(all.map((ways, i) => caseOf(i, "44", ways))), undefined, after(20))
        const { legs, steps, pairs } = found
        expect(legs).toBe(all.flat().length)
        let waitingBefore = 0
        for (const { reached, waiting } of steps) {
          waitingBefore += waiting
          expect(reached + waitingBefore).toBe(legs)
        }
        expect(pairs.reduce((sum, pair) => sum + pair.legs, 0)).toBe(legs)
        expect(pairs.reduce((sum, pair) => sum + pair.overdue, 0)).toBe(steps.reduce((sum, step) => sum + step.overdue, 0))
      }),
      { numRuns: 60 },
    )
  })
})

it("percentiles are those of PostgreSQL's percentile_cont", () => {
  expect([percentile([], 0.5), percentile([7], 0.95), percentile([1, 2, 3, 10], 0.5), percentile([0, 10], 0.95)]).toEqual([
    null,
    7,
    2.5,
    9.5,
  ])
})
