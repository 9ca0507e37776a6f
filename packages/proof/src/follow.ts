/**
 * Follows the ledger and keeps its proof log: never on the way of an append, always behind it, and resumed where the log's own
 * state says it stood.
 */
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { sameBytes } from "./bytes.js"
import { entryOf } from "./entry.js"
import { viewEntry } from "./entry-view.js"
import { type ProofLog, type Published } from "./log.js"
import { positionBefore } from "./positions.js"
import { HistoryRewritten } from "./rewritten.js"
import { tileWidth } from "./tile-path.js"
import type { TileStore } from "./tile-store.js"

export type FollowLimits = {
  /** The projector's: two followers of one store that take the same steps are given the same decoded events. */
  readonly batch_events_max: number
  /** While catching up, a checkpoint is written every so many events. */
  readonly publish_events_max: number
  /** Live, a checkpoint is at most this much older than an event. */
  readonly publish_ms: number
}
/** 16,384 entries are 64 full tiles. */
export const followLimits: FollowLimits = { batch_events_max: 5_000, publish_events_max: 16_384, publish_ms: 1_000 }

export type FollowOptions = {
  readonly store: EventStore
  /** Called at each run: after a failure the log is taken up from disk again. */
  readonly open: () => Promise<ProofLog>
  /** The log's own state, where positions are kept. */
  readonly state: TileStore
  readonly limits?: Partial<FollowLimits>
  readonly onPublished?: (published: Published) => void
}

export type ProofFollower = {
  /** Until the signal aborts; fails when the store, the disk or the ledger's history does. */
  readonly run: (signal: AbortSignal) => Promise<void>
  /** Null before the first run has opened it. */
  readonly log: () => ProofLog | null
  /** Resolves when everything in the ledger at the time of the call is published. Never while `run` does not. */
  readonly caughtUp: () => Promise<void>
}

/** The last published entries must still stand in the ledger where they stood. @throws HistoryRewritten */
export const checkTail = async (store: EventStore, log: ProofLog, state: TileStore): Promise<void> => {
  const { size } = log.published()
  if (size === 0) return
  const bundle = Math.floor((size - 1) / tileWidth)
  const entries = await log.reader().bundle(bundle)
  const { events } = await store.readAll({ after: await positionBefore(state, bundle), max: entries.length })
  for (const [i, entry] of entries.entries()) {
    const event = events[i]
    const found = event === undefined ? null : entryOf(event)
    if (found !== null && sameBytes(found, entry)) continue
    const [was, is] = [viewEntry(entry), found === null ? null : viewEntry(found)]
    const kind = is === null ? "dropped" : is.id === was.id ? "altered" : "moved"
    throw new HistoryRewritten({ kind, index: bundle * tileWidth + i, published: was, found: is })
  }
}

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null)
    else signal.addEventListener("abort", () => resolve(null), { once: true })
  })

export const createProofFollower = (options: FollowOptions): ProofFollower => {
  const { store, state } = options
  const limits = { ...followLimits, ...options.limits }
  let log: ProofLog | null = null
  const waiting = new Set<() => void>()
  const wakeAll = (): void => {
    for (const wake of waiting) wake()
  }

  const run = async (signal: AbortSignal): Promise<void> => {
    const mine = (log = await options.open())
    await checkTail(store, mine, state)
    // The last run may have ended between writing and saying so.
    wakeAll()
    let upTo: Position | null = mine.published().position
    let line: Promise<void> = Promise.resolve()
    let timer: NodeJS.Timeout | null = null
    let fail: (cause: Error) => void = () => undefined
    const failed = new Promise<Error>((resolve) => (fail = resolve))

    const publish = async (): Promise<void> => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      if (mine.published().position === upTo) return
      const published = await mine.publish(upTo)
      options.onPublished?.(published)
      wakeAll()
    }
    /** One checkpoint at a time; events are taken while its files are written. */
    const inLine = (step: () => Promise<void>): Promise<void> => (line = line.then(step))
    const publishBeside = (): void => void inLine(publish).catch((cause: unknown) => fail(cause as Error))
    const take = async (events: readonly RecordedEvent[], position: Position): Promise<void> => {
      await mine.add(events)
      upTo = position
      if (mine.pending() >= limits.publish_events_max) publishBeside()
      else timer ??= setTimeout(publishBeside, limits.publish_ms)
      // Memory is bounded: whoever is a whole checkpoint ahead of the disk waits for it.
      if (mine.pending() >= 2 * limits.publish_events_max) await line
    }
    const subscription = store.subscribe({
      after: upTo,
      maxBatch: limits.batch_events_max,
      onEvents: take,
      onCaughtUp: () => void mine.assertPromiseKept().catch((cause: unknown) => fail(cause as Error)),
      onDropped: (cause) => fail(cause),
    })
    const cause = await Promise.race([failed, aborted(signal)])
    await subscription.stop()
    await line.catch(() => undefined)
    if (cause !== null) {
      if (timer !== null) clearTimeout(timer)
      throw cause
    }
    await publish()
  }

  const caughtUp = async (): Promise<void> => {
    const head = await store.head()
    const reached = (): boolean => {
      const position = log?.published().position ?? null
      return head === null || (position !== null && position >= head)
    }
    while (!reached())
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
      })
  }
  return { run, log: () => log, caughtUp }
}
