import { describe, expect, it } from "vitest"
import { shiftableClock, systemClock } from "./clock.js"

describe("clocks", () => {
  it("lets fifteen days pass in a moment, and never goes back", () => {
    const base = { now: () => 1_000, sleep: systemClock.sleep }
    const clock = shiftableClock(base)
    clock.advanceDays(15)
    expect(clock.now()).toBe(1_000 + 15 * 86_400_000)
    expect(clock.offset_ms()).toBe(15 * 86_400_000)
    expect(() => clock.advance(-1)).toThrow(/forwards/)
    expect(shiftableClock(base, clock.offset_ms()).now()).toBe(clock.now())
  })

  it("wakes a sleeper early when told to stop", async () => {
    const stop = new AbortController()
    const asleep = systemClock.sleep(3_600_000, stop.signal)
    stop.abort()
    await asleep
    await systemClock.sleep(3_600_000, stop.signal)
    await systemClock.sleep(1)
  })
})
