import { describe, expect, it } from "vitest"
import { virtualClock } from "./virtual-clock.js"

const day = 86_400_000

describe("virtual clock", () => {
  it("stands still until it is moved", async () => {
    const clock = virtualClock(1_000)
    await clock.advance(0)
    expect(clock.now()).toBe(1_000)
    await clock.advance(15 * day)
    expect(clock.now()).toBe(1_000 + 15 * day)
  })

  it("wakes sleepers at their own time and in its order, not in the order they lay down", async () => {
    const clock = virtualClock(0)
    const woken: [string, number][] = []
    const nap = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms)
      woken.push([name, clock.now()])
    }
    const naps = [nap("escalation", 20), nap("reminder", 10), nap("next year", 1_000)]
    await clock.advance(20)
    expect(woken).toEqual([
      ["reminder", 10],
      ["escalation", 20],
    ])
    expect(clock.sleepers()).toBe(1)
    await clock.advance(1_000)
    await Promise.all(naps)
    expect(woken.at(-1)).toEqual(["next year", 1_000])
  })

  it("lets a loop that sleeps again run its whole course inside one advance", async () => {
    const clock = virtualClock(0)
    const ticks: number[] = []
    const stop = new AbortController()
    const loop = (async () => {
      while (!stop.signal.aborted) {
        await clock.sleep(10, stop.signal)
        if (!stop.signal.aborted) ticks.push(clock.now())
      }
    })()
    await clock.advance(35)
    expect(ticks).toEqual([10, 20, 30])
    stop.abort()
    await loop
    expect(clock.sleepers()).toBe(0)
    expect(clock.now()).toBe(35)
  })

  it("refuses to go back", async () => {
    await expect(virtualClock(0).advance(-1)).rejects.toThrow("time does not go back")
  })
})
