import { describe, expect, it } from "vitest"
import { proveBitemporal } from "./bitemporal.js"

describe("a person's record at any (validAt, knownAt)", () => {
  it("is what a from-scratch fold of the facts says, for 60 persons and the demo's, at 6 random moments each", async () => {
    const proved = await proveBitemporal(60, 6, 11, () => {})
    expect(proved.wrong).toEqual([])
    expect(proved.questions).toBeGreaterThan(360)
    expect(proved.nobody).toBeLessThan(proved.questions / 4)
  })
})
