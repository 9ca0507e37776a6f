/** A store that is away for a minute must not send people to the dead letters: wait for it, as long as it takes. */
import { StoreUnavailable } from "@tongzhang/event-store/aggregate-store"
import type { Clock } from "@tongzhang/service-kit/clock"

const wait_ms = 1_000

/** Runs the work again until the store answers or the signal aborts; every other error is the caller's. */
export const whenAvailable = async (clock: Clock, signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || signal.aborted) throw error
      await clock.sleep(wait_ms, signal)
    }
  }
}
