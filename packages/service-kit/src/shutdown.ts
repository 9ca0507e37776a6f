/** Graceful stop: parts close in the reverse order of their making, once, within a bound. */
import type { Logger } from "pino"
import type { Clock } from "./clock.js"

export type Shutdown = {
  /** Closed after everything added later. */
  readonly add: (name: string, close: () => Promise<unknown>) => void
  /** Closes all; again returns the same promise. True when every part closed in time and without error. */
  readonly run: (reason: string) => Promise<boolean>
  /** Runs on SIGINT and SIGTERM and ends the process; a second signal ends it at once. Returns a function that stops listening. */
  readonly listen: () => () => void
}

export type ShutdownOptions = {
  readonly logger: Logger
  readonly clock: Clock
  readonly bound_ms?: number
  readonly exit?: (code: number) => void
}

const bound_ms_default = 15_000
const signals = ["SIGINT", "SIGTERM"] as const

type Part = { readonly name: string; readonly close: () => Promise<unknown> }

const closeAll = async (parts: Part[], logger: Logger, current: (name: string | null) => void): Promise<boolean> => {
  let clean = true
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    current(part.name)
    try {
      await part.close()
    } catch (error) {
      clean = false
      logger.error({ part: part.name, err: error }, "did not close cleanly")
    }
  }
  current(null)
  return clean
}

export const createShutdown = (options: ShutdownOptions): Shutdown => {
  const { logger, clock } = options
  const bound_ms = options.bound_ms ?? bound_ms_default
  const exit = options.exit ?? ((code: number) => process.exit(code))
  const parts: Part[] = []
  let closing: string | null = null
  let running: Promise<boolean> | null = null
  const stop = async (reason: string): Promise<boolean> => {
    logger.info({ reason, parts: parts.length }, "stopping")
    const finished = new AbortController()
    const late = clock.sleep(bound_ms, finished.signal).then(() => "late" as const)
    const closed = closeAll(parts, logger, (name) => {
      closing = name
    })
    const outcome = await Promise.race([closed, late])
    finished.abort()
    if (outcome === "late") logger.error({ part: closing, bound_ms }, "did not close in time")
    else logger.info({ clean: outcome }, "stopped")
    return outcome === true
  }
  const run = (reason: string): Promise<boolean> => (running ??= stop(reason))
  const onSignal = (signal: NodeJS.Signals): void => {
    if (running !== null) return exit(130)
    void run(signal).then((clean) => exit(clean ? 0 : 1))
  }
  return {
    add: (name, close) => void parts.push({ name, close }),
    run,
    listen: () => {
      for (const signal of signals) process.on(signal, onSignal)
      return () => {
        for (const signal of signals) process.off(signal, onSignal)
      }
    },
  }
}
