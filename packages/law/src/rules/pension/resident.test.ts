import { describe, expect, it } from "vitest"
import { given, type Valued } from "../../explain/explained.js"
import { builtInParameters } from "../../parameters/built-in.js"
import { disagreements } from "../../test-kit/recompute.js"
import { residentPension } from "./resident.js"

const fen = (value: number): Valued<number> => given(value, "fen", "测试", "test")
const question = { ruleDate: "2025-06-01", month: "2025-06", balance: fen(5_000_000) } as const

describe("resident pension 居民养老金", () => {
  it("three lines with three payers, the account over 139", () => {
    const pension = residentPension({ ...question, province: "31", additions: [fen(3_000)] }, builtInParameters)
    expect(pension?.lines.map(({ line, payer, amount }) => [line, payer, amount.value])).toEqual([
      ["basic", "governments", 155_500],
      ["account", "account", 35_971],
      ["addition", "local-government", 3_000],
    ])
    expect(pension?.total.value).toBe(194_471)
    expect(pension === null ? ["none"] : disagreements(pension.total, "2025-06-01")).toEqual([])
  })
  it("says nothing for a province whose basic amount of that year is not known", () => {
    expect(residentPension({ ...question, province: "31", month: "2019-06" }, builtInParameters)).toBeNull()
  })
  it("takes the basic amount of an award as it is", () => {
    expect(residentPension({ ...question, province: "31", basic: fen(12_300) }, builtInParameters)?.total.value).toBe(48_271)
  })
})
