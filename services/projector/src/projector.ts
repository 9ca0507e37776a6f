/**
 * Projector: the ledger's facts -> one cumulative record per person. Folds ahead of the store while a write is under way, so that a
 * slow store makes larger writes and not a growing lag; checkpoint and states move in one transaction.
 */
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { RecordDb } from "@tongzhang/record/database"
import { recordCheckpoint } from "@tongzhang/record/progress"
import { createQueries } from "@tongzhang/record/queries"
import { replayPerson } from "@tongzhang/record/replay"
import { markCounted } from "@tongzhang/record/rows"
import { decodeState } from "@tongzhang/record/state-codec"
import type { QuarantineTable } from "@tongzhang/record/tables"
import { writeBatch } from "@tongzhang/record/writer"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import { type Supervised, supervise } from "@tongzhang/service-kit/supervise"
import { sql } from "kysely"
import type { Logger } from "pino"
import { createFolding, type Folding } from "./folding.js"
import { projectorHealth } from "./health.js"
import { type ProjectorLimits, projectorLimits_default } from "./limits.js"
import { createSideFacts, type SideFacts } from "./side-facts.js"

export type ProjectorOptions = {
  readonly store: EventStore
  readonly record: RecordDb
  readonly clock: Clock
  readonly logger: Logger
  /** In [0, 1). */
  readonly random: () => number
  readonly limits?: Partial<ProjectorLimits>
  /** For crash tests: called inside the write, before it is committed to. */
  readonly beforeWrite?: () => void
}

export type ProjectorStatus = {
  /** Facts folded and facts written since the start. */
  readonly folded: number
  readonly written: number
  readonly position: Position | null
  readonly live: boolean
  /** Store time of the newest fact written, ms since 1970. */
  readonly writtenAt: number
  readonly quarantined: readonly QuarantineTable[]
}

export type RebuildProgress = { readonly events: number; readonly seconds: number }
export type RebuildResult = {
  readonly digest: string
  readonly persons: number
  readonly events: number
  readonly seconds: number
}

export type Projector = {
  readonly start: () => void
  readonly stop: () => Promise<void>
  /** Resolves when everything in the ledger at the time of the call is written. */
  readonly caughtUp: () => Promise<void>
  /** Refolds one person set aside from all the facts; false when the cause persists. */
  readonly release: (person: PersonKey) => Promise<boolean>
  /** Empties the record and folds everything again. */
  readonly rebuild: (onProgress?: (progress: RebuildProgress) => void) => Promise<RebuildResult>
  readonly status: () => ProjectorStatus
  readonly healthChecks: readonly HealthCheck[]
}

type Counters = { folded: number; written: number; position: Position | null; live: boolean; writtenAt: number }

export const createProjector = (options: ProjectorOptions): Projector => {
  const { store, record, clock, logger } = options
  const limits = { ...projectorLimits_default, ...options.limits }
  const queries = createQueries(record, { cached_max: 1 })
  const counters: Counters = { folded: 0, written: 0, position: null, live: false, writtenAt: 0 }
  const aside = new Map<string, QuarantineTable>()
  let waiters: { readonly position: Position; readonly resolve: () => void }[] = []
  let run: Run | null = null
  let supervised: Supervised | null = null

  const advanced = (position: Position): void => {
    counters.position = position
    for (const waiter of waiters) if (waiter.position <= position) waiter.resolve()
    waiters = waiters.filter((waiter) => waiter.position > position)
  }

  const openRun = async (): Promise<Run> => {
    const checkpoint = await queries.checkpoint(recordCheckpoint)
    const quarantined = await queries.quarantined(1_000_000)
    aside.clear()
    for (const row of quarantined) aside.set(row.person_key, row)
    const side = createSideFacts(await queries.freshness())
    const folding = createFolding({
      store,
      limits,
      now: clock.now,
      side,
      load: async (persons) => {
        const { db } = record
        const rows = await db
          .selectFrom("person_record")
          .select(["person_key", "state"])
          .where(sql<boolean>`person_key = any(${persons})`)
          .execute()
        return new Map(rows.map((row) => [row.person_key, markCounted(decodeState(row.state))]))
      },
      empty: checkpoint === null,
      aside: quarantined,
      onAside: (row) => {
        aside.set(row.person_key, row)
        logger.error({ person: row.person_key, stream: row.stream, revision: row.revision, cause: row.cause }, "person set aside")
      },
    })
    counters.live = false
    if (checkpoint !== null) advanced(checkpoint)
    return createRun({ options, limits, counters, folding, side, advanced, checkpoint })
  }

  /** Tries those set aside again; each at most `retryQuarantined_max` times. */
  const retryAside = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      for (const row of aside.values()) {
        if (signal.aborted || row.attempts >= limits.retryQuarantined_max) continue
        await release(row.person_key as PersonKey)
      }
      await clock.sleep(limits.retryQuarantined_ms, signal)
    }
  }

  const once = async (outer: AbortSignal): Promise<void> => {
    const inner = new AbortController()
    const signal = AbortSignal.any([outer, inner.signal])
    const current = await openRun()
    run = current
    const following = current.follow(signal)
    try {
      await Promise.race([following, retryAside(signal).then(() => following)])
    } finally {
      run = null
      inner.abort()
      await following.catch(() => {})
    }
  }

  const release = async (person: PersonKey): Promise<boolean> => {
    const row = aside.get(person)
    const current = run
    if (row === undefined || current === null) return row === undefined
    const known = await queries.transferIdsOf(person)
    const own = row.stream.startsWith("Transfer-") ? [row.stream.slice("Transfer-".length) as TransferId] : []
    return current.exclusively(async () => {
      const { state, problem } = await replayPerson(store, person, { transferIds: [...known, ...own] })
      if (problem !== null) {
        const again = { ...row, cause: problem.cause, attempts: row.attempts + 1 }
        aside.set(person, again)
        current.noteAside(again)
        return false
      }
      aside.delete(person)
      await current.restore(state)
      logger.info({ person, attempts: row.attempts }, "person folded again")
      return true
    })
  }

  const start = (): void => {
    supervised ??= supervise({ name: "projector", run: once, clock, logger, random: options.random })
  }
  const stop = async (): Promise<void> => {
    await supervised?.stop()
    supervised = null
  }
  const caughtUp = async (): Promise<void> => {
    const head = await store.head()
    if (head === null || (counters.position !== null && counters.position >= head)) return
    await new Promise<void>((resolve) => waiters.push({ position: head, resolve }))
  }

  const rebuild = async (onProgress?: (progress: RebuildProgress) => void): Promise<RebuildResult> => {
    const startedAt = clock.now()
    const before = counters.written
    await stop()
    await record.clear()
    counters.position = null
    aside.clear()
    start()
    const seconds = (): number => (clock.now() - startedAt) / 1_000
    const ticking = setInterval(() => onProgress?.({ events: counters.written - before, seconds: seconds() }), 500)
    await caughtUp().finally(() => clearInterval(ticking))
    const digest = await queries.digest()
    onProgress?.({ events: counters.written - before, seconds: seconds() })
    return { ...digest, seconds: seconds() }
  }

  const status = (): ProjectorStatus => ({ ...counters, quarantined: [...aside.values()] })
  return {
    start,
    stop,
    caughtUp,
    release,
    rebuild,
    status,
    healthChecks: projectorHealth({ store, clock, limits, status, supervised: () => supervised }),
  }
}

type RunParts = {
  readonly options: ProjectorOptions
  readonly limits: ProjectorLimits
  readonly counters: Counters
  readonly folding: Folding
  readonly side: SideFacts
  readonly advanced: (position: Position) => void
  readonly checkpoint: Position | null
}
type Run = ReturnType<typeof createRun>

/** One run from the checkpoint until it is told to stop or something fails. */
const createRun = ({ options, limits, counters, folding, side, advanced, checkpoint }: RunParts) => {
  const { store, record } = options
  let position = checkpoint
  let writtenTo = checkpoint
  let recordedAt = counters.writtenAt
  let foldedHere = 0
  let writtenHere = 0
  let released: string[] = []
  let noted: QuarantineTable[] = []
  let writing: Promise<void> | null = null
  let fail: (cause: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => (fail = reject))
  failed.catch(() => {})
  // Batches and releases take turns: both change states.
  let turn: Promise<unknown> = Promise.resolve()
  let inTurn = 0

  const write = async (): Promise<void> => {
    if (position === null) return
    const upTo = { position, recordedAt, folded: foldedHere }
    const { persons, quarantined } = folding.drain()
    const batch = {
      persons,
      ...side.drain(),
      quarantined: [...quarantined, ...noted],
      released,
      checkpoint: { name: recordCheckpoint, from: writtenTo, position },
    }
    released = []
    noted = []
    options.beforeWrite?.()
    await writeBatch(record, batch)
    writtenTo = upTo.position
    folding.written()
    counters.written += upTo.folded - writtenHere
    writtenHere = upTo.folded
    counters.writtenAt = upTo.recordedAt
    advanced(upTo.position)
  }
  const unwritten = (): boolean => foldedHere > writtenHere || folding.changed() > 0 || released.length > 0 || noted.length > 0

  /** One write at a time; the next begins at once with whatever has been folded meanwhile, but never inside a batch. */
  const beginWrite = (): void => {
    if (writing !== null || inTurn > 0 || !unwritten()) return
    writing = write().then(
      () => {
        writing = null
        beginWrite()
      },
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    )
  }

  const exclusively = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = turn
    let free: () => void = () => {}
    turn = new Promise<void>((resolve) => (free = resolve))
    await before
    inTurn++
    try {
      return await work()
    } finally {
      inTurn--
      free()
      beginWrite()
    }
  }

  const take = async (records: readonly RecordedEvent[], upTo: Position): Promise<void> => {
    await exclusively(async () => {
      await folding.fold(records)
      position = upTo
      foldedHere += records.length
      counters.folded += records.length
      recordedAt = records.at(-1)?.recordedAt ?? recordedAt
    })
    while (folding.changed() > limits.personsWaiting_max || foldedHere - writtenHere > limits.eventsWaiting_max) {
      if (writing === null) return
      await Promise.race([failed, writing])
    }
  }

  return {
    exclusively,
    restore: async (state: Parameters<Folding["restore"]>[0]): Promise<void> => {
      await folding.restore(state)
      released.push(state.key)
    },
    noteAside: (row: QuarantineTable): void => void noted.push(row),
    follow: async (signal: AbortSignal): Promise<void> => {
      const stopped = new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener("abort", () => resolve(), { once: true })
      })
      const subscription = store.subscribe({
        after: checkpoint,
        maxBatch: limits.batchEvents_max,
        onEvents: take,
        onCaughtUp: () => (counters.live = true),
        onDropped: fail,
      })
      try {
        await Promise.race([stopped, failed])
        await subscription.stop()
        while (writing !== null) await Promise.race([failed, writing])
      } finally {
        await subscription.stop()
      }
    },
  }
}
