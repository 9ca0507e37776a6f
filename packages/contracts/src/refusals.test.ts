import { describe, expect, it } from "vitest"
import { fen } from "@tongzhang/domain/money"
import { month } from "@tongzhang/domain/month"
import type { LineId } from "@tongzhang/domain/ids"
import { placesOf } from "./refusal-rule.js"
import { describeRefusal, isWarning, ruleCatalogue } from "./refusals.js"

const line = "L-1" as LineId

describe("the catalogue of refusals", () => {
  it("has a Chinese and an English way out for every code, asking for the same values", () => {
    for (const [code, rule] of Object.entries(ruleCatalogue)) {
      expect(rule.zh, code).toMatch(/[\u4e00-\u9fff]/)
      expect(rule.en, code).toMatch(/[a-z]/)
      const missingInEnglish = placesOf(rule.zh).filter((place) => !rule.en.includes(`{${place}}`))
      // A hint may name the column in Chinese and leave it out in English, never a value.
      expect(
        missingInEnglish.filter((place) => place !== "field"),
        code,
      ).toEqual([])
      expect(rule.status, code).toBeGreaterThanOrEqual(isWarning(code) ? 200 : 400)
    }
  })

  it("names the values and the way out", () => {
    const found = describeRefusal({ code: "MONTH_PAID_BY_ANOTHER_LINE", month: month("2024-03"), line })
    expect(found).toMatchObject({ rule: "MONTH_PAID_BY_ANOTHER_LINE", status: 409, field: "from" })
    expect(found.hint_en).toContain("2024-03 is already paid by line L-1")
    expect(found.hint_zh).toContain("2024-03")
  })

  it("writes money in yuan and months as ranges", () => {
    const split = describeRefusal({ code: "SPLIT_DOES_NOT_ADD_UP", paid_fen: fen(150_960), split_fen: fen(1) })
    expect(split.hint_zh).toContain("¥1,509.60")
    const months = [
      { from: month("2024-01"), to: month("2024-03") },
      { from: month("2024-05"), to: month("2024-05") },
    ]
    expect(describeRefusal({ code: "MONTHS_NOT_PAID", months }).hint_en).toContain("2024-01..2024-03, 2024-05 are not paid")
  })

  it("names the field as the file calls it", () => {
    const refusal = { code: "AMOUNT_FORMAT", field: "缴费基数", value: "abc" } as const
    expect(describeRefusal(refusal)).toMatchObject({
      field: "缴费基数",
      hint_en: "缴费基数 is abc, not an amount: write yuan, e.g. 1509.60",
    })
    expect(describeRefusal({ code: "LINE_UNKNOWN", line }, { field: "原流水号" }).field).toBe("原流水号")
  })
})
