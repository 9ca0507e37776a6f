/**
 * The record rebuilt beside the one in use: a second copy is folded from the first fact on while the first answers, the digests are
 * compared at the same position, the copy takes the place of the first, and the first is dropped. Readers wait for nothing; while
 * the two are compared new facts are only projected a little later.
 */
import type { EventStore, Position } from "@tongzhang/event-store/port"
import type { RecordDb } from "@tongzhang/record/database"
import { recordCheckpoint } from "@tongzhang/record/progress"
import { createQueries } from "@tongzhang/record/queries"
import { createProjector, type Projector } from "./projector.js"
import type { ProjectorOptions } from "./run.js"

export type BesideResult = {
  /** The copy has taken the place of the first. False: the digests differ, and the first goes on. */
  readonly switched: boolean
  readonly digest_before: string
  readonly digest_rebuilt: string
  /** Both digests are of the facts up to here. */
  readonly position: string | null
  readonly persons: number
  readonly events: number
  readonly seconds: number
  readonly events_per_second: number
  /** How long new facts waited for the switch. */
  readonly standstill_seconds: number
}

export type BesideOptions = {
  /** Called with the number of events folded since the last call. */
  readonly onProgress?: (events: number) => void
  readonly signal?: AbortSignal
}

const tick_ms = 200

/** The same log, ending at `end` for whoever follows it. */
const endingAt = (store: EventStore, end: Position): EventStore => ({
  ...store,
  head: async () => end,
  subscribe: (options) =>
    store.subscribe({
      ...options,
      onEvents: async (events, upTo) => {
        const wanted = events.filter((event) => event.position <= end)
        if (wanted.length > 0 || upTo <= end) await options.onEvents(wanted, upTo < end ? upTo : end)
      },
    }),
})

const positionOf = async (record: RecordDb): Promise<Position | null> => {
  const queries = createQueries(record, { cached_max: 1 })
  return queries.checkpoint(recordCheckpoint).finally(() => queries.close())
}

const digestOf = async (record: RecordDb): Promise<{ readonly digest: string; readonly persons: number }> => {
  const queries = createQueries(record, { cached_max: 1 })
  return queries.digest().finally(() => queries.close())
}

/** Folds a record that nobody else folds up to `end`, and no further. */
const foldTo = async (options: ProjectorOptions, record: RecordDb, end: Position): Promise<void> => {
  const projector = createProjector({ ...options, record, store: endingAt(options.store, end) })
  projector.start()
  try {
    await projector.caughtUp()
  } finally {
    await projector.stop()
  }
}

const later = (a: Position | null, b: Position | null): Position | null => (a === null || (b !== null && b > a) ? b : a)

/** Until the copy has everything that the log held when it was asked; a signal ends it. */
const fill = async (copy: Projector, { onProgress, signal }: BesideOptions): Promise<void> => {
  let told = 0
  const tell = (): void => {
    const { folded } = copy.status()
    if (folded > told) onProgress?.(folded - told)
    told = Math.max(told, folded)
  }
  const ticking = setInterval(tell, tick_ms)
  const aborted = new Promise<never>((_, reject) => {
    const give = (): void => reject(new Error("the rebuild was cancelled"))
    if (signal?.aborted === true) give()
    signal?.addEventListener("abort", give, { once: true })
  })
  aborted.catch(() => {})
  copy.start()
  try {
    await Promise.race([copy.caughtUp(), aborted])
  } finally {
    clearInterval(ticking)
    tell()
    await copy.stop()
  }
}

/** @param live the projector of `options.record`, running; it runs again when this ends, however it ends. */
export const rebuildBeside = async (
  options: ProjectorOptions,
  live: Projector,
  how: BesideOptions = {},
): Promise<BesideResult> => {
  const { record, clock, logger } = options
  const startedAt = clock.now()
  const beside = await record.beside()
  let kept = false
  let stoppedAt = startedAt
  try {
    const copy = createProjector({ ...options, record: beside.record })
    await fill(copy, how)
    const events = copy.status().folded
    const filled_s = (clock.now() - startedAt) / 1_000
    stoppedAt = clock.now()
    await live.stop()
    const end = later(await positionOf(record), await positionOf(beside.record))
    if (end !== null) {
      await foldTo(options, record, end)
      await foldTo(options, beside.record, end)
    }
    const before = await digestOf(record)
    const rebuilt = await digestOf(beside.record)
    kept = before.digest === rebuilt.digest
    if (kept) await beside.takeOver()
    logger[kept ? "info" : "error"]({ before, rebuilt, position: end }, "record rebuilt beside")
    return {
      switched: kept,
      digest_before: before.digest,
      digest_rebuilt: rebuilt.digest,
      position: end,
      persons: rebuilt.persons,
      events,
      seconds: (clock.now() - startedAt) / 1_000,
      events_per_second: filled_s === 0 ? 0 : Math.round(events / filled_s),
      standstill_seconds: (clock.now() - stoppedAt) / 1_000,
    }
  } finally {
    live.start()
    if (!kept) await beside.drop()
  }
}
