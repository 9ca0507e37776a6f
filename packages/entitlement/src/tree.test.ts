import { given } from "@tongzhang/law/explain/explained"
import { describe, expect, it } from "vitest"
import type { PersonKey } from "@tongzhang/domain/ids"
import { lateFee } from "@tongzhang/law/rules/late-fee"
import { documentOf } from "./document.js"
import { drawExplanation, valueText } from "./tree.js"

const fee = lateFee({
  on: "2025-06-01",
  arrears: given(1_000_000, "fen", "欠缴社会保险费", "unpaid contributions"),
  days: given(30, "days", "至今日", "until today"),
})
const document = documentOf({ person: "p" as PersonKey, question: "fee", ruleDate: "2025-06-01" }, [
  ["fee_fen", fee],
  ["again_fen", fee],
])

describe("an explanation for people", () => {
  it("names rule, article, version, formula and what went in, in Chinese or English; what was drawn is not drawn again", () => {
    expect(drawExplanation(document, "en").split("\n")).toEqual([
      "fee · rules of 2025-06-01",
      "",
      "fee_fen = ¥150.00  · late fee",
      "  社会保险法 Art 86: 自欠缴之日起, 按日加收万分之五的滞纳金  [contribution/late-fee 2011-07-01, official]",
      "  round(arrears * 0.05% * days, 1, half_up)",
      "    arrears = ¥10,000.00  ← unpaid contributions",
      "    days in arrears = 30 days  ← until today",
      "",
      "again_fen = ¥150.00  · late fee",
      "  (as above)",
    ])
    expect(drawExplanation(document, "zh")).toContain("    欠缴天数 = 30 天  ← 至今日")
  })

  it("lists what was given once", () => {
    expect(document.given).toHaveLength(2)
  })

  it("writes values as people do", () => {
    expect(valueText("44", "code", "zh")).toBe("广东 (44)")
    expect(valueText("HUKOU", "code", "en")).toBe("HUKOU")
    expect([valueText(true, "flag", "zh"), valueText(false, "flag", "en"), valueText(null, "month", "en")]).toEqual([
      "是",
      "no",
      "none",
    ])
    expect(valueText(["2024-01", "2024-02"], "month", "en")).toBe("2024-01, 2024-02")
  })
})
