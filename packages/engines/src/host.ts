/** What a service's composition is given by its process: its settings, time, chance, logs, and a place to leave what must be closed. */
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Logger } from "@tongzhang/service-kit/logger"
import type { Metrics } from "@tongzhang/service-kit/metrics"
import type { Shutdown } from "@tongzhang/service-kit/shutdown"

export type Host<Config> = {
  readonly name: string
  readonly config: Config
  readonly clock: Clock
  readonly random: () => number
  readonly logger: Logger
  readonly metrics: Metrics
  /** Opens an engine, trying again while it does not answer, until the start's time is over. Closed when the process stops. */
  readonly open: <T extends { readonly close: () => Promise<void> }>(part: string, open: () => Promise<T>) => Promise<T>
  /** Runs at the stop, before everything opened or named earlier is closed. */
  readonly atStop: (part: string, stop: () => Promise<unknown> | void) => void
}

const pause_first_ms = 250
const pause_longest_ms = 5_000

/**
 * @param patience_ms how long one engine may take; then the last error is thrown with the engine's name
 * @param stopping aborted once the process is asked to stop: nothing is tried again then
 */
export const openPatiently =
  (
    { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
    shutdown: Pick<Shutdown, "add">,
    patience_ms: number,
    stopping: AbortSignal,
  ): Host<unknown>["open"] =>
  async (part, open) => {
    const giveUpAt = clock.now() + patience_ms
    for (let pause_ms = pause_first_ms; ; pause_ms = Math.min(pause_ms * 2, pause_longest_ms)) {
      try {
        const engine = await open()
        shutdown.add(part, engine.close)
        return engine
      } catch (cause) {
        if (stopping.aborted || clock.now() + pause_ms > giveUpAt)
          throw new Error(`${part}: could not be opened within ${patience_ms / 1_000} s: ${String(cause)}`, { cause })
        logger.warn({ part, err: cause, pause_ms }, "does not answer yet")
        await clock.sleep(pause_ms, stopping)
      }
    }
  }
