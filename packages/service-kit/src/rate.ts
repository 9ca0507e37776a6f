/** Speed of counted work over the last seconds, so that the time left follows a change of pace. */

export type Rate = {
  readonly start: (now: number) => void
  /** Units per second over the window that ends now, `done` units in all. */
  readonly at: (now: number, done: number) => number
  readonly overall: (now: number, done: number) => number
}

const window_ms = 5_000
const step_ms = 250

const perSecond = (units: number, elapsed_ms: number): number =>
  elapsed_ms <= 0 ? 0 : Math.round((units / elapsed_ms) * 10_000) / 10

export const createRate = (): Rate => {
  let samples: { readonly at: number; readonly done: number }[] = []
  let startedAt: number | null = null
  return {
    start: (now) => {
      startedAt = now
      samples = [{ at: now, done: 0 }]
    },
    at: (now, done) => {
      const last = samples.at(-1)
      if (last === undefined || now - last.at >= step_ms) samples.push({ at: now, done })
      while (samples.length > 2 && now - (samples[1]?.at ?? now) >= window_ms) samples.shift()
      const first = samples[0]
      return first === undefined ? 0 : perSecond(done - first.done, now - first.at)
    },
    overall: (now, done) => (startedAt === null ? 0 : perSecond(done, now - startedAt)),
  }
}
