import type { DateText } from "@tongzhang/domain/ids"
import { describe, expect, it } from "vitest"
import { dueDate, remindOn } from "./rules/deadlines.js"
import { addWorkingDays, calendarKnown, isWorkingDay, workingDaysBetween } from "./working-days.js"

const date = (text: string): DateText => text as DateText

describe("the State Council's working days", () => {
  it("the National Day week is off, a Saturday before or after it is a working day (调休)", () => {
    expect(isWorkingDay(date("2026-10-01"))).toBe(false)
    expect(isWorkingDay(date("2026-10-10"))).toBe(true)
    expect(isWorkingDay(date("2026-10-17"))).toBe(false)
  })

  it("knows which years it knows and falls back to Monday to Friday", () => {
    expect(calendarKnown(2026)).toBe(true)
    expect(calendarKnown(2003)).toBe(false)
    expect(isWorkingDay(date("2003-10-01"))).toBe(true)
    expect(isWorkingDay(date("2003-10-04"))).toBe(false)
  })

  it("counts to and from a date the same way, across a holiday and its make-up days", () => {
    const from = date("2026-09-28")
    for (let n = 1; n <= 60; n++) expect(workingDaysBetween(from, addWorkingDays(from, n))).toBe(n)
    expect(workingDaysBetween(date("2026-10-10"), date("2026-10-09"))).toBe(-1)
    expect(addWorkingDays(date("2026-10-12"), -1)).toBe("2026-10-10")
  })
})

describe("the clocks of a transfer", () => {
  it("15 working days: over the Spring Festival of 2026 that is more than four weeks", () => {
    expect(dueDate("letter", date("2026-02-10"))).toBe(addWorkingDays(date("2026-02-10"), 15))
    expect(workingDaysBetween(date("2026-02-10"), dueDate("statement", date("2026-02-10")))).toBe(15)
    expect(dueDate("money", date("2026-03-02"))).toBe("2026-03-23")
  })

  it("reminds 5 working days before the limit", () => {
    expect(remindOn(date("2026-03-23"))).toBe("2026-03-16")
  })
})
