/** Catch-up and live are one loop over the log: it sleeps only when it has seen everything committed, so nothing falls between. */
import type { SubscribeOptions, Subscription } from "../port.js"
import { fromPosition, toPosition } from "./layout.js"
import { encodePrefixes, positionOrNull, type LogPage } from "./reader.js"

export type SubscriptionSource = {
  readonly page: (after: number, max: number, prefixes: readonly Buffer[] | null) => LogPage
  /** Calls back once, at the next commit or when the store closes. */
  readonly onNextCommit: (wake: () => void) => void
  readonly isClosed: () => boolean
}

const batchDefault = 500

/** A batch without matching events is not handed over; only `state().position` moves past it. */
export const subscribeTo = (source: SubscriptionSource, options: SubscribeOptions): Subscription => {
  const prefixes = encodePrefixes(options.prefixes)
  const max = options.maxBatch ?? batchDefault
  let position = options.after === null ? 0 : fromPosition(options.after)
  let live = false
  let stopped = false
  let wake: () => void = () => {}

  const run = async (): Promise<void> => {
    for (;;) {
      // A page per turn, so that a long catch-up leaves room for everyone else.
      await new Promise(setImmediate)
      if (stopped || source.isClosed()) return
      const page = source.page(position, max, prefixes)
      if (page.events.length > 0) await options.onEvents(page.events, toPosition(page.next))
      position = page.next
      if (!page.atEnd) live = false
      if (!page.atEnd || page.events.length > 0) continue
      if (!live) {
        live = true
        options.onCaughtUp?.()
      }
      // No await lies between reading the page and this line, so no commit can slip through.
      await new Promise<void>((resolve) => {
        wake = resolve
        source.onNextCommit(resolve)
      })
    }
  }

  const ended = run()
    .catch((error: unknown) => {
      if (stopped) return
      stopped = true
      options.onDropped?.(error instanceof Error ? error : new Error(String(error)))
    })
    .finally(() => {
      live = false
    })

  return {
    stop: async () => {
      stopped = true
      live = false
      wake()
      await ended
    },
    state: () => ({ position: positionOrNull(position), live }),
  }
}
