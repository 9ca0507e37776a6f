/**
 * Projector: the ledger's facts -> one cumulative record per person. Folds ahead of the store while a write is under way, so that a
 * slow store makes larger writes and not a growing lag; checkpoint and states move in one transaction.
 */
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { Position } from "@tongzhang/event-store/port"
import { recordCheckpoint } from "@tongzhang/record/progress"
import { createQueries } from "@tongzhang/record/queries"
import { replayPerson } from "@tongzhang/record/replay"
import { markCounted } from "@tongzhang/record/rows"
import { decodeState } from "@tongzhang/record/state-codec"
import type { QuarantineTable } from "@tongzhang/record/tables"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import { type Supervised, supervise } from "@tongzhang/service-kit/supervise"
import { sql } from "kysely"
import { createFolding } from "./folding.js"
import { projectorHealth } from "./health.js"
import { projectorLimits_default } from "./limits.js"
import { type Counters, createRun, type ProjectorOptions, type Run } from "./run.js"
import { createSideFacts } from "./side-facts.js"

export type ProjectorStatus = {
  /** Facts folded and facts written since the start. */
  readonly folded: number
  readonly written: number
  readonly position: Position | null
  readonly live: boolean
  /** Store time of the newest fact written, ms since 1970. */
  readonly writtenAt: number
  readonly quarantined: readonly QuarantineTable[]
  /** Streams of feeds and policies with a fact nobody can read, and why; since this process began. */
  readonly passedOver: ReadonlyMap<string, string>
}

export type RebuildProgress = { readonly events: number; readonly seconds: number }
export type RebuildResult = {
  readonly digest: string
  readonly persons: number
  readonly events: number
  /** From the emptying of the record until every fact is written; the digest is taken afterwards. */
  readonly seconds: number
}

export type Projector = {
  readonly start: () => void
  readonly stop: () => Promise<void>
  /** Resolves when everything in the ledger at the time of the call is written. */
  readonly caughtUp: () => Promise<void>
  /** Refolds one person set aside from all the facts; false when the cause persists, or while a new record is not written yet. */
  readonly release: (person: PersonKey) => Promise<boolean>
  /** Empties the record and folds everything again. */
  readonly rebuild: (onProgress?: (progress: RebuildProgress) => void) => Promise<RebuildResult>
  readonly status: () => ProjectorStatus
  readonly healthChecks: readonly HealthCheck[]
}

export const createProjector = (options: ProjectorOptions): Projector => {
  const { store, record, clock, logger } = options
  const limits = { ...projectorLimits_default, ...options.limits }
  const queries = createQueries(record, { cached_max: 1 })
  const counters: Counters = { folded: 0, written: 0, position: null, live: false, writtenAt: 0 }
  const aside = new Map<string, QuarantineTable>()
  const passedOver = new Map<string, string>()
  let isFirstRun = true
  let waiters: { readonly position: Position; readonly resolve: () => void }[] = []
  let run: Run | null = null
  let supervised: Supervised | null = null

  const advanced = (position: Position): void => {
    counters.position = position
    for (const waiter of waiters) if (waiter.position <= position) waiter.resolve()
    waiters = waiters.filter((waiter) => waiter.position > position)
  }

  const awaited = (): boolean => waiters.length > 0

  const openRun = async (): Promise<Run> => {
    const checkpoint = await queries.checkpoint(recordCheckpoint)
    const quarantined = await queries.quarantined(1_000_000)
    aside.clear()
    // A process that starts may be of a version that can read what the last one could not: it tries everybody anew.
    for (const row of quarantined) aside.set(row.person_key, isFirstRun ? { ...row, attempts: 0 } : row)
    isFirstRun = false
    const side = createSideFacts(await queries.freshness(), ({ stream, revision }, cause) => {
      passedOver.set(stream, `revision ${revision}: ${cause}`)
      logger.error({ stream, revision, cause }, "fact about no person passed over")
    })
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
    const loadUpTo = checkpoint === null && record.load !== null ? await store.head() : null
    return createRun({ options, limits, counters, folding, side, advanced, awaited, checkpoint, loadUpTo })
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
    if (current.holding()) return false
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
    await new Promise<void>((resolve) => {
      waiters.push({ position: head, resolve })
      run?.hurry()
    })
  }

  const rebuild = async (onProgress?: (progress: RebuildProgress) => void): Promise<RebuildResult> => {
    const startedAt = clock.now()
    const before = counters.folded
    await stop()
    await record.clear()
    counters.position = null
    aside.clear()
    start()
    const seconds = (): number => (clock.now() - startedAt) / 1_000
    const ticking = setInterval(() => onProgress?.({ events: counters.folded - before, seconds: seconds() }), 500)
    await caughtUp().finally(() => clearInterval(ticking))
    const written_s = seconds()
    onProgress?.({ events: counters.folded - before, seconds: written_s })
    return { ...(await queries.digest()), seconds: written_s }
  }

  const status = (): ProjectorStatus => ({ ...counters, quarantined: [...aside.values()], passedOver })
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
