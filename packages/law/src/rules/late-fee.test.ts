import { describe, expect, it } from "vitest"
import { given } from "../explain/explained.js"
import { lateFee } from "./late-fee.js"

const arrears = given(1_000_000, "fen", "欠缴", "arrears")
const days = given(30, "days", "天数", "days")

describe("late fee 滞纳金", () => {
  it("is 0.05 % a day under the law", () => {
    expect(lateFee({ on: "2025-06-01", arrears, days }).value).toBe(15_000)
  })
  it("was 0.2 % a day before the law was in force, and still is for that day", () => {
    const fee = lateFee({ on: "2010-06-01", arrears, days })
    expect(fee).toMatchObject({ value: 60_000, version: "1999-01-22", rule: "contribution/late-fee" })
  })
})
