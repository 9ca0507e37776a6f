/** Time as a port. Nothing below a service's `main.ts` reads the system clock by itself. */

export type Clock = {
  /** ms since 1970 */
  readonly now: () => number
  /** Resolves after `ms` milliseconds, or early (never rejecting) when the signal aborts: check `signal.aborted` afterwards. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) return resolve()
    const finish = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener("abort", finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal?.addEventListener("abort", finish, { once: true })
  })

export const systemClock: Clock = { now: () => Date.now(), sleep }

export type ShiftableClock = Clock & {
  /** Moves `now` forward; sleepers are not woken, `sleep` keeps real time. Time never goes back. */
  readonly advance: (ms: number) => void
  readonly advanceDays: (days: number) => void
  readonly offset_ms: () => number
}

const day_ms = 86_400_000

/** A clock that can be set ahead: the demo lets fifteen working days pass in a moment. */
export const shiftableClock = (base: Clock, initial_offset_ms = 0): ShiftableClock => {
  let offset_ms = initial_offset_ms
  const advance = (ms: number): void => {
    if (!Number.isSafeInteger(ms) || ms < 0) throw new Error("clock: advance by a whole number of milliseconds, forwards")
    offset_ms += ms
  }
  return {
    now: () => base.now() + offset_ms,
    sleep: base.sleep,
    advance,
    advanceDays: (days) => advance(days * day_ms),
    offset_ms: () => offset_ms,
  }
}
