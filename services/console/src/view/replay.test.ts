import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { kindOf, monthsAfter, monthsMoved, provincesOfSteps, runsOf, stepByKey, stepKnownOn } from "./replay.js"
import type { Cell, HistoryStep, MonthChange } from "./types.js"

const paid = (province: string): Cell => ({ kind: "counted", province, scheme: "110", capacity: "employee" })
const none: Cell = { kind: "none" }
const moved = (month: string, before: Cell, after: Cell): MonthChange => ({ family: "pension", month, before, after })
const step = (n: number, recordedAt: string, months: MonthChange[] = []): HistoryStep => ({
  n,
  changes: [],
  problem: null,
  months,
  event: {
    id: `e${n}`,
    type: "ContributionRecorded@1",
    stream: "Enrollment-44_110_x",
    revision: n - 1,
    position: String(n),
    recordedAt,
    data: null,
    words: { zh: "", en: "" },
    deed: null,
    metadata: null,
  },
})

const overlap: Cell = {
  kind: "overlap",
  parties: [
    { province: "44", scheme: "110", capacity: null },
    { province: "31", scheme: "110", capacity: null },
  ],
}
const steps = [
  step(1, "2026-05-01T15:59:00Z", [moved("2023-01", none, paid("44")), moved("2023-02", none, paid("44"))]),
  step(2, "2026-05-01T16:30:00Z", [moved("2023-02", paid("44"), overlap)]),
  step(3, "2026-05-03T01:00:00Z", [moved("2023-01", paid("44"), none)]),
]

describe("a history that is played", () => {
  it("knows on a day of China what was recorded before its midnight there", () => {
    expect(["2026-04-30", "2026-05-01", "2026-05-02", "2026-05-03"].map((day) => stepKnownOn(steps, day))).toEqual([0, 1, 2, 3])
  })

  it("shows the months as they stood after each step, and nothing before the first", () => {
    expect(monthsAfter(steps, 0)).toEqual({})
    const year = (n: number) => monthsAfter(steps, n)["pension"]?.["2023"]?.slice(0, 3)
    expect(year(1)).toEqual([paid("44"), paid("44"), none])
    expect(year(2)).toEqual([paid("44"), overlap, none])
    expect(year(3)).toEqual([none, overlap, none])
  })

  it("says of a step which months came, went, and stand otherwise", () => {
    expect(monthsMoved(steps[0], "pension")).toEqual({ added: ["2023-01", "2023-02"], removed: [], altered: [] })
    expect(monthsMoved(steps[1], "pension")).toEqual({ added: [], removed: [], altered: ["2023-02"] })
    expect(monthsMoved(steps[2], "pension")).toEqual({ added: [], removed: ["2023-01"], altered: [] })
    expect(monthsMoved(steps[0], "medical")).toEqual({ added: [], removed: [], altered: [] })
  })

  it("gives a province its colour for the whole history", () => {
    expect(provincesOfSteps(steps)).toEqual(["44", "31"])
  })

  it("writes consecutive months as one run, across the turn of a year", () => {
    expect(runsOf(["2022-11", "2022-12", "2023-01", "2023-03"])).toEqual(["2022-11 – 2023-01", "2023-03"])
    expect(runsOf([])).toEqual([])
  })

  it("no key leads outside the history", () => {
    const keys = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"]
    fc.assert(
      fc.property(fc.nat(500), fc.array(fc.constantFrom(...keys)), (last, pressed) => {
        const at = pressed.reduce((now, key) => stepByKey(key, now, last) ?? -1, 0)
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at).toBeLessThanOrEqual(last)
      }),
    )
    expect(stepByKey("x", 3, 9)).toBeNull()
  })

  it("tells money from a state of the relation, by stream and type", () => {
    const of = (stream: string, type: string) => kindOf({ stream, type })
    expect(of("Enrollment-44_110_x", "EnrollmentOpened@1")).toBe("relation")
    expect(of("Enrollment-44_110_x", "TransferredOut@1")).toBe("money")
    expect(of("Transfer-x_1", "TransferPlanned@1")).toBe("transfer")
    expect(of("Person-x", "PersonRegistered@1")).toBe("identity")
  })
})
