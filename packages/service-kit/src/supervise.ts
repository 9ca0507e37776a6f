/** Keeps a loop running for ever: a follower that fell over starts again, a little later each time. */
import type { Logger } from "pino"
import type { Clock } from "./clock.js"
import type { HealthCheck } from "./health.js"

export type Backoff = {
  readonly initial_ms: number
  readonly max_ms: number
  /** A run that lasted this long counts as healthy: the next failure starts from `initial_ms` again. */
  readonly healthy_after_ms: number
}

/** An engine that comes back after a minute should not be waited for another half. */
export const backoff_default: Backoff = { initial_ms: 200, max_ms: 5_000, healthy_after_ms: 60_000 }

export type RunState = {
  readonly kind: "running" | "waiting" | "stopped"
  readonly restarts: number
  /** ms since 1970, when this state began */
  readonly since: number
  readonly lastError?: string
}

export type SuperviseOptions = {
  readonly name: string
  /** Runs until it fails or the signal aborts. Returning before that counts as a failure: a follower has no end. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly clock: Clock
  readonly logger: Logger
  readonly backoff?: Backoff
  /** In [0, 1); spreads restarts of many loops. */
  readonly random: () => number
  readonly onState?: (state: RunState) => void
  /** Aborting it stops the loop, as `stop` does. */
  readonly signal?: AbortSignal
}

export type Supervised = {
  readonly name: string
  readonly state: () => RunState
  /** Aborts the run and waits for it to return. */
  readonly stop: () => Promise<void>
  /** Resolves when stopped; never rejects. */
  readonly done: Promise<void>
}

/** Doubles per failure in a row up to the maximum; the upper half is random so that loops that fell together do not rise together. */
export const backoffDelay_ms = (backoff: Backoff, failuresInARow: number, random: () => number): number => {
  const ceiling_ms = Math.min(backoff.max_ms, backoff.initial_ms * 2 ** Math.min(failuresInARow - 1, 30))
  return Math.round(ceiling_ms / 2 + (ceiling_ms / 2) * random())
}

/** One run to its end; null when it ended because it was told to. */
const runOnce = async (run: SuperviseOptions["run"], signal: AbortSignal): Promise<Error | null> => {
  try {
    await run(signal)
    return signal.aborted ? null : new Error("ended although nobody stopped it")
  } catch (error) {
    return signal.aborted ? null : error instanceof Error ? error : new Error(String(error))
  }
}

export const supervise = (options: SuperviseOptions): Supervised => {
  const { name, clock, logger } = options
  const backoff = options.backoff ?? backoff_default
  const own = new AbortController()
  const signal = options.signal === undefined ? own.signal : AbortSignal.any([own.signal, options.signal])
  let state: RunState = { kind: "running", restarts: 0, since: clock.now() }
  const enter = (next: Pick<RunState, "kind"> & Partial<RunState>): void => {
    state = { ...state, ...next, since: clock.now() }
    options.onState?.(state)
  }
  const loop = async (): Promise<void> => {
    let failures = 0
    while (!signal.aborted) {
      const startedAt = clock.now()
      enter({ kind: "running" })
      const failure = await runOnce(options.run, signal)
      if (failure === null) break
      failures = clock.now() - startedAt >= backoff.healthy_after_ms ? 1 : failures + 1
      const delay_ms = backoffDelay_ms(backoff, failures, options.random)
      logger.warn({ loop: name, err: failure, failures, delay_ms }, "loop failed, will start again")
      enter({ kind: "waiting", restarts: state.restarts + 1, lastError: failure.message })
      await clock.sleep(delay_ms, signal)
    }
    enter({ kind: "stopped" })
  }
  const done = loop()
  return {
    name,
    state: () => state,
    stop: () => {
      own.abort()
      return done
    },
    done,
  }
}

/** Readiness of a supervised loop: fails while it waits to start again. */
export const supervisedCheck = (supervised: Supervised): HealthCheck => ({
  name: supervised.name,
  check: async () => {
    const { kind, restarts, lastError } = supervised.state()
    const detail = `${kind}, ${restarts} restarts${lastError === undefined ? "" : `, last error: ${lastError}`}`
    return { ok: kind === "running", detail }
  },
})
