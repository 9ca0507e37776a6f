import { expect, it } from "vitest"
import { momentProblem, tidyMoment } from "./moment.js"

it.each([
  ["202306", "2023-06"],
  ["2023/6", "2023-06"],
  ["2023年6月", "2023-06"],
  [" 2023-06 ", "2023-06"],
  ["June 2023", "June 2023"],
])("reads the month %s as %s", (typed, month) => expect(tidyMoment("month", typed)).toBe(month))

it.each([
  ["20230630", "2023-06-30"],
  ["2023.6.3", "2023-06-03"],
  ["2023年6月3日", "2023-06-03"],
])("reads the day %s as %s", (typed, day) => expect(tidyMoment("day", typed)).toBe(day))

it("says why a moment cannot be taken", () => {
  expect(momentProblem("month", "2023-13")).toBe("form")
  expect(momentProblem("day", "2023-02-29")).toBe("none")
  expect(momentProblem("day", "2024-02-29")).toBeNull()
  expect(momentProblem("month", "2023-06", "2023-07")).toBe("early")
  expect(momentProblem("month", "2023-06", undefined, "2023-05")).toBe("late")
  expect(momentProblem("month", "2023-06", "2023-06", "2023-06")).toBeNull()
})
