import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drawStep, type Step, stepAfter, stepFor } from "./replay-steps.js"

const step = (n: number, recordedAt: string): Step => ({
  n,
  event: {
    type: "ContributionRecorded@1",
    stream: `Enrollment-44_110_${"a".repeat(32)}`,
    revision: n,
    position: String(n * 10).padStart(16, "0"),
    recordedAt,
    words: { zh: `第${n}笔`, en: `line ${n}` },
    deed: { who: { zh: "广东经办", en: "Guangdong agency" }, why: { zh: "月报", en: "monthly file" }, rule: "2024-01" },
  },
  changes: [{ words: { zh: "个人账户：¥0.00 → ¥80.00", en: "account: ¥0.00 -> ¥80.00" } }],
  problem: null,
})
/** One at noon, one at 17:00 UTC, which is the next day in China, one a month later. */
const steps = [step(1, "2023-05-01T04:00:00.000Z"), step(2, "2023-05-31T17:00:00.000Z"), step(3, "2023-07-01T00:00:00.000Z")]

describe("a step of a replay", () => {
  it("says what it was, when, who, why, by which rule and what it changed, in one language", () => {
    const en = drawStep(steps[1] as Step, "en")
    for (const text of [
      "line 2",
      "when: 2023-06-01T01:00:00+08:00",
      "who: Guangdong agency",
      "why: monthly file",
      "rule: 2024-01",
    ])
      expect(en).toContain(text)
    expect(en).toContain("→ account: ¥0.00 -> ¥80.00")
    expect(en).not.toMatch(/\p{Script=Han}/u)
    expect(en).not.toContain("a".repeat(32))
    expect(drawStep({ ...(steps[0] as Step), changes: [], problem: "a gap" }, "zh")).toMatch(
      /何人: 广东经办[^]*无数字变化[^]*✗ a gap/u,
    )
  })
})

describe("keys", () => {
  it("step, go back, jump and leave, and never beyond the ends", () => {
    fc.assert(
      fc.property(fc.constantFrom("right", "left", "pageup", "pagedown", "g", "G", "x"), fc.nat(50), fc.nat(50), (key, a, b) => {
        const [at, last] = [Math.min(a, b), Math.max(a, b)]
        const next = stepAfter(key, at, last)
        expect(next).toBeGreaterThanOrEqual(0)
        expect(next).toBeLessThanOrEqual(last)
      }),
    )
    expect([stepAfter("right", 3, 9), stepAfter("left", 3, 9), stepAfter("G", 3, 9), stepAfter("q", 3, 9)]).toEqual([
      4,
      2,
      9,
      null,
    ])
  })

  it("scrub to a step, to the end of a day or month in China, or to a position", () => {
    expect(["2", "99", "0"].map((text) => stepFor(text, steps))).toEqual([1, 2, 0])
    expect(["2023-05-31", "2023-06-01", "2023-06", "2023-05", "2022-01"].map((text) => stepFor(text, steps))).toEqual([
      0, 1, 1, 0, 0,
    ])
    expect([20, 29, 30].map((at) => stepFor(String(at).padStart(16, "0"), steps))).toEqual([1, 1, 2])
    expect(stepFor("soon", steps)).toBeNull()
  })
})
