/**
 * Everything that can be checked, checked: every hash computed again from the events and compared with the published log, everybody
 * folded again and compared with the record, and every checkpoint ever kept. What the topic holds is the relay's to compare.
 */
import { provinceCodes } from "@tongzhang/domain/codes"
import type { RecordDb } from "@tongzhang/record/database"
import type { Clock } from "@tongzhang/service-kit/clock"
import { verifyAll, type VerifyReport } from "../verify.js"
import { compareLog, type LogDeps, type LogReport, openLogStage, publishedTree } from "./log-stage.js"
import { checkUnit, type ProvinceReport, reportOf } from "./province-stage.js"
import { openRun, type Run, type Unit } from "./run-state.js"

export type FsckOptions = {
  /** Only these; absent: the whole ledger in one scan, which cannot be resumed. */
  readonly provinces?: readonly Unit[]
  /** Goes on where the last run by province was broken off, with its provinces and its checkpoint, and gives its report. */
  readonly resume: boolean
  readonly signal: AbortSignal
  /** Events and persons just checked. */
  readonly onProgress: (done: number) => void
}

export type FsckReport = {
  readonly ok: boolean
  readonly cancelled: boolean
  /** Null: nothing is published yet. */
  readonly log: LogReport | null
  /** Null in a run by province. */
  readonly record: VerifyReport | null
  readonly provinces: readonly ProvinceReport[]
  /** Finished by the run that was broken off. */
  readonly provinces_resumed: readonly Unit[]
  /** Why a run that was broken off cannot go on here; null when nothing stands in its way. Nothing is checked then. */
  readonly refused: string | null
  /** The first thing that is wrong, by its event, person or position; null when nothing is. */
  readonly first: string | null
  readonly seconds: number
  readonly events_per_second: number
}

export type FsckDeps = { readonly log: LogDeps; readonly record: RecordDb; readonly clock: Clock }

/** Two provinces at a time: one reads while the other computes. */
const provinces_at_once = 2

const firstOf = ({ log, record, provinces }: Pick<FsckReport, "log" | "record" | "provinces">): string | null => {
  const mismatch = record?.mismatches[0] ?? provinces.flatMap(({ mismatches }) => mismatches)[0]
  const unproven = provinces.flatMap((one) => one.unproven)[0]
  const said = [
    log?.differences[0]?.what,
    unproven === undefined
      ? undefined
      : `event ${unproven.id}, ${unproven.stream} revision ${unproven.revision}: is not what was published`,
    log?.tiles_differing[0] === undefined ? undefined : `${log.tiles_differing[0]}: is not what the events give`,
    log?.checkpoints_false[0] === undefined ? undefined : `${log.checkpoints_false[0].path}: ${log.checkpoints_false[0].what}`,
    log?.root === null ? `the ledger ends before the ${log.size} events that were published` : undefined,
    mismatch === undefined
      ? undefined
      : `${mismatch.rule} ${mismatch.person ?? ""} ${mismatch.stream ?? ""} ${mismatch.revision ?? ""}: ${mismatch.what}`,
  ]
  return said.find((one) => one !== undefined)?.replace(/ +/gu, " ") ?? null
}

/** One scan feeds the hashes (in a thread of their own) and the fold. */
const wholeLedger = async (deps: FsckDeps, { signal, onProgress }: FsckOptions): Promise<Pick<FsckReport, "log" | "record">> => {
  const against = await publishedTree(deps.log)
  const stage = against === null ? null : await openLogStage(deps.log, against, false)
  try {
    const onEvents = stage === null ? {} : { onEvents: stage.take }
    const record = await verifyAll(
      { store: deps.log.store, record: deps.record, clock: deps.clock },
      { signal, onProgress, ...onEvents },
    )
    return { record, log: stage === null || signal.aborted ? null : await stage.finish() }
  } finally {
    await stage?.close()
  }
}

type Found = Pick<FsckReport, "log" | "record" | "provinces" | "provinces_resumed" | "refused">
const nothing: Found = { log: null, record: null, provinces: [], provinces_resumed: [], refused: null }

const isDone = ({ kept }: Run, unit: Unit): boolean => {
  const state = kept.units[unit]
  return state !== undefined && state.events_done && state.persons_done
}

const logOf = async (deps: FsckDeps, run: Run, options: FsckOptions): Promise<void> => {
  const { kept, against } = run
  if (against === null) return
  if (kept.log !== null) return options.onProgress(kept.size)
  const report = await compareLog(deps.log, { ...options, against })
  // What was broken off has seen a part only: the comparison keeps its own place.
  if (options.signal.aborted) return
  kept.log = report
  await run.save()
}

const byProvince = async (deps: FsckDeps, wanted: readonly Unit[], options: FsckOptions): Promise<Found> => {
  const run = await openRun(deps.log, wanted, options.resume)
  if ("refused" in run) return { ...nothing, refused: run.refused }
  const { kept } = run
  const resumed = run.isResumed ? kept.wanted.filter((unit) => isDone(run, unit)) : []
  await run.save()
  await logOf(deps, run, { ...options, resume: run.isResumed })
  const left = [...kept.wanted]
  const next = async (): Promise<void> => {
    for (let unit = left.shift(); unit !== undefined && !options.signal.aborted; unit = left.shift())
      await checkUnit(deps, unit, { ...options, size: kept.size, upTo: kept.upTo, save: run.save }, run.unit(unit))
  }
  await Promise.all(Array.from({ length: provinces_at_once }, next))
  if (!options.signal.aborted) await run.end()
  const provinces = kept.wanted.map((unit) => reportOf(unit, run.unit(unit)))
  return { ...nothing, log: kept.log, provinces, provinces_resumed: resumed }
}

/** Everybody: who has no relation with any province is looked at last. */
export const allUnits: readonly Unit[] = [...provinceCodes, "others"]

/** Reads only, but for its own notes of how far it came; writing may go on meanwhile. */
export const fsck = async (deps: FsckDeps, options: FsckOptions): Promise<FsckReport> => {
  const began = deps.clock.now()
  const { provinces: wanted } = options
  const found: Found =
    wanted === undefined ? { ...nothing, ...(await wholeLedger(deps, options)) } : await byProvince(deps, wanted, options)
  const { log, record, provinces } = found
  const seconds = (deps.clock.now() - began) / 1000
  const cancelled = options.signal.aborted
  const events = record?.events ?? (log?.entries ?? 0) + provinces.reduce((sum, one) => sum + one.events, 0)
  return {
    ...found,
    ok: !cancelled && found.refused === null && log?.ok !== false && record?.ok !== false && provinces.every(({ ok }) => ok),
    cancelled,
    first: firstOf(found),
    seconds,
    events_per_second: seconds === 0 ? 0 : Math.round(events / seconds),
  }
}
