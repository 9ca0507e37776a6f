import { pino } from "pino"
import { describe, expect, it } from "vitest"
import type { Clock } from "./clock.js"
import { type Backoff, backoffDelay_ms, type RunState, supervise, supervisedCheck } from "./supervise.js"

const logger = pino({ level: "silent" })
const backoff: Backoff = { initial_ms: 100, max_ms: 1_000, healthy_after_ms: 60_000 }

/** Time passes only by sleeping (or when a run says so). */
const testClock = () => {
  let now = 0
  const slept: number[] = []
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms)
      now += ms
    },
  }
  return { clock, slept, pass: (ms: number) => (now += ms) }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))

const deferred = () => {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

describe("supervise", () => {
  it("starts a loop again after each failure, a little later each time, and tells", async () => {
    const { clock, slept } = testClock()
    const states: RunState["kind"][] = []
    let runs = 0
    const settled = deferred()
    const loop = supervise({
      name: "projector",
      clock,
      logger,
      backoff,
      random: () => 0.999_999,
      onState: (state) => states.push(state.kind),
      run: async (signal) => {
        runs += 1
        if (runs <= 5) throw new Error(`store away ${runs}`)
        if (runs === 6) return
        settled.resolve()
        await untilAborted(signal)
      },
    })
    await settled.promise
    expect(slept).toEqual([100, 200, 400, 800, 1_000, 1_000])
    expect(loop.state()).toMatchObject({ kind: "running", restarts: 6, lastError: "ended although nobody stopped it" })
    expect(await supervisedCheck(loop).check()).toMatchObject({ ok: true, detail: expect.stringContaining("6 restarts") })
    await loop.stop()
    expect(loop.state().kind).toBe("stopped")
    expect(states.slice(0, 3)).toEqual(["running", "waiting", "running"])
    expect(await supervisedCheck(loop).check()).toMatchObject({ ok: false })
  })

  it("forgives old failures after a long healthy run", async () => {
    const { clock, slept, pass } = testClock()
    let runs = 0
    const settled = deferred()
    const loop = supervise({
      name: "relay",
      clock,
      logger,
      backoff,
      random: () => 0.999_999,
      run: async (signal) => {
        runs += 1
        if (runs === 3) pass(60_000)
        if (runs <= 3) throw new Error("away")
        settled.resolve()
        await untilAborted(signal)
      },
    })
    await settled.promise
    expect(slept).toEqual([100, 200, 100])
    await loop.stop()
  })

  it("stops on a signal from outside, even if the run then throws", async () => {
    const outside = new AbortController()
    const loop = supervise({
      name: "loop",
      clock: testClock().clock,
      logger,
      random: () => 0,
      signal: outside.signal,
      run: async (signal) => {
        await untilAborted(signal)
        throw new Error("interrupted")
      },
    })
    outside.abort()
    await loop.done
    expect(loop.state()).toMatchObject({ kind: "stopped", restarts: 0 })
  })

  it("spreads restarts over half the delay", () => {
    expect([
      backoffDelay_ms(backoff, 1, () => 0),
      backoffDelay_ms(backoff, 4, () => 0.5),
      backoffDelay_ms(backoff, 5_000, () => 0),
    ]).toEqual([50, 600, 500])
  })
})
