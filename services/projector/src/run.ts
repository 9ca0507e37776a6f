/**
 * One run of the projector, from the checkpoint until it is told to stop or something fails. Folds ahead while a write is under way:
 * the next write then takes everything folded meanwhile, each person once.
 */
import { isOfReads } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { RecordDb } from "@tongzhang/record/database"
import { recordCheckpoint } from "@tongzhang/record/progress"
import type { QuarantineTable } from "@tongzhang/record/tables"
import { writeBatch } from "@tongzhang/record/writer"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Logger } from "pino"
import type { Folding } from "./folding.js"
import type { ProjectorLimits } from "./limits.js"
import type { SideFacts } from "./side-facts.js"

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

/** Shared by the runs of one projector. */
export type Counters = { folded: number; written: number; position: Position | null; live: boolean; writtenAt: number }

type RunParts = {
  readonly options: ProjectorOptions
  readonly limits: ProjectorLimits
  readonly counters: Counters
  readonly folding: Folding
  readonly side: SideFacts
  readonly advanced: (position: Position) => void
  /** Somebody waits for the record to reach a position: then the checkpoint waits for nothing. */
  readonly awaited: () => boolean
  readonly checkpoint: Position | null
  /** An empty record is written for the first time when everything up to here is folded; null: as facts come. */
  readonly loadUpTo: Position | null
}
export type Run = ReturnType<typeof createRun>

/** One run from the checkpoint until it is told to stop or something fails. */
export const createRun = ({ options, limits, counters, folding, side, advanced, awaited, checkpoint, loadUpTo }: RunParts) => {
  const { store, record, clock } = options
  let position = checkpoint
  let writtenTo = checkpoint
  let recordedAt = counters.writtenAt
  let foldedHere = 0
  let writtenHere = 0
  let released: string[] = []
  let noted: QuarantineTable[] = []
  let writing: Promise<void> | null = null
  // Facts since the last write that change the record or its sums; reads of records do not.
  let telling = 0
  let toldHere = 0
  let pausing = false
  const ended = new AbortController()
  let fail: (cause: Error) => void = () => {}
  const failed = new Promise<never>((_, reject) => (fail = reject))
  failed.catch(() => {})
  // Batches and releases take turns: both change states.
  let turn: Promise<unknown> = Promise.resolve()
  let inTurn = 0

  const write = async (): Promise<void> => {
    if (position === null) return
    const upTo = { position, recordedAt, folded: foldedHere }
    toldHere = telling
    const { persons, coverageMonths, quarantined } = folding.drain()
    const batch = {
      persons,
      coverageMonths,
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
  const changed = (): boolean => telling > toldHere || folding.changed() > 0 || released.length > 0 || noted.length > 0
  const unwritten = (): boolean => foldedHere > writtenHere || changed()

  /** Writes the checkpoint past reads of records a little later, for all that come meanwhile. */
  const writeLater = (): void => {
    if (pausing) return
    pausing = true
    void clock.sleep(limits.readsPassedOver_ms, ended.signal).then(() => {
      pausing = false
      if (!ended.signal.aborted) beginWrite(true)
    })
  }

  /**
   * A new record is held back until the states are complete or fill the memory: each person is then copied in once, where
   * upserts as facts come would write everybody again with every file of a province.
   */
  const holding = (): boolean =>
    loadUpTo !== null &&
    writtenTo === null &&
    (position === null || position < loadUpTo) &&
    folding.changed() < limits.statesCached_max

  /** One write at a time; the next begins at once with whatever has been folded meanwhile, but never inside a batch. */
  const beginWrite = (now = false): void => {
    if (writing !== null || inTurn > 0 || holding() || !unwritten()) return
    if (!now && !changed() && !awaited()) return writeLater()
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
      for (const { stream } of records) if (!isOfReads(stream)) telling++
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
    holding,
    /** Somebody has begun to wait. */
    hurry: (): void => beginWrite(),
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
        ended.abort()
        await subscription.stop()
      }
    },
  }
}
