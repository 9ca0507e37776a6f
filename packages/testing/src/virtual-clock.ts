/** A clock that only moves when told to: `sleep` waits for `advance`, so a test of fifteen working days takes no time. */

type Sleeper = { readonly due: number; readonly wake: () => void }

export type VirtualClock = {
  /** ms since 1970 */
  readonly now: () => number
  /** Resolves once `advance` has passed `ms`, or early (never rejecting) when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Moves time forward, waking sleepers in the order of their due times; what they start next may sleep and wake within it. */
  readonly advance: (ms: number) => Promise<void>
  readonly sleepers: () => number
}

// One turn of the event loop: everything a woken sleeper does without real I/O has happened after it.
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** `start_ms` in ms since 1970; the default is 2026-01-05 00:00 in China, a Monday. */
export const virtualClock = (start_ms: number = Date.UTC(2026, 0, 4, 16)): VirtualClock => {
  let time = start_ms
  const asleep = new Set<Sleeper>()

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true || ms <= 0) return resolve()
      const wake = (): void => {
        asleep.delete(sleeper)
        signal?.removeEventListener("abort", wake)
        resolve()
      }
      const sleeper: Sleeper = { due: time + ms, wake }
      asleep.add(sleeper)
      signal?.addEventListener("abort", wake, { once: true })
    })

  const nextDue = (until: number): Sleeper | null => {
    let next: Sleeper | null = null
    for (const sleeper of asleep) if (sleeper.due <= until && (next === null || sleeper.due < next.due)) next = sleeper
    return next
  }

  const advance = async (ms: number): Promise<void> => {
    if (!(ms >= 0)) throw new Error(`time does not go back: ${ms}`)
    const until = time + ms
    await turn()
    for (let next = nextDue(until); next !== null; next = nextDue(until)) {
      time = Math.max(time, next.due)
      next.wake()
      await turn()
    }
    time = until
  }

  return { now: () => time, sleep, advance, sleepers: () => asleep.size }
}
