/**
 * Everything that can be checked, checked: every hash computed again from the events and compared with the published log, everybody
 * folded again and compared with the record, and every checkpoint ever kept. What the topic holds is the relay's to compare.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { provinceCodes } from "@tongzhang/domain/codes"
import { textOf, utf8 } from "@tongzhang/proof/bytes"
import type { RecordDb } from "@tongzhang/record/database"
import type { Clock } from "@tongzhang/service-kit/clock"
import { verifyAll, type VerifyReport } from "../verify.js"
import { compareLog, type LogDeps, type LogReport, openLogStage } from "./log-stage.js"
import { checkProvince, type ProvinceReport } from "./province-stage.js"

export type FsckOptions = {
  /** Only these, one after the other; absent: the whole ledger in one scan. */
  readonly provinces?: readonly ProvinceCode[]
  /** Goes on where the last run was broken off: entries and provinces found in order are not looked at again. */
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
  /** Found in order by the run that was broken off. */
  readonly provinces_resumed: readonly ProvinceCode[]
  /** The first thing that is wrong, by its event, person or position; null when nothing is. */
  readonly first: string | null
  readonly seconds: number
  readonly events_per_second: number
}

export type FsckDeps = { readonly log: LogDeps; readonly record: RecordDb; readonly clock: Clock }

const progressPath = "fsck-provinces.json"
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
  const stage = await openLogStage(deps.log, false)
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

const readDone = async ({ log }: FsckDeps, resume: boolean): Promise<ProvinceCode[]> => {
  const bytes = resume ? await log.state.read(progressPath) : null
  return bytes === null ? [] : (JSON.parse(textOf(bytes)) as ProvinceCode[])
}

const byProvince = async (
  deps: FsckDeps,
  wanted: readonly ProvinceCode[],
  options: FsckOptions,
): Promise<Pick<FsckReport, "log" | "provinces" | "provinces_resumed">> => {
  const log = await compareLog(deps.log, options)
  const done = await readDone(deps, options.resume)
  const left = wanted.filter((province) => !done.includes(province))
  const provinces: ProvinceReport[] = []
  /** One note at a time, so that the last one written is the last one made. */
  let line: Promise<void> = Promise.resolve()
  const note = (): Promise<void> =>
    (line = line.then(() => deps.log.state.write([{ path: progressPath, bytes: utf8(JSON.stringify(done)) }])))
  const next = async (): Promise<void> => {
    for (let province = left.shift(); province !== undefined && !options.signal.aborted; province = left.shift()) {
      const report = await checkProvince(deps, province, { ...options, size: log?.size ?? 0 })
      if (options.signal.aborted) return
      provinces.push(report)
      if (report.ok) done.push(province)
      await note()
    }
  }
  const resumed = wanted.filter((province) => done.includes(province))
  await Promise.all(Array.from({ length: provinces_at_once }, next))
  // A run that came to its end leaves nothing to go on from.
  if (!options.signal.aborted) await deps.log.state.write([{ path: progressPath, bytes: utf8("[]") }])
  return { log, provinces: provinces.toSorted((a, b) => (a.province < b.province ? -1 : 1)), provinces_resumed: resumed }
}

export const allProvinces: readonly ProvinceCode[] = provinceCodes

/** Reads only, but for its own notes of how far it came; writing may go on meanwhile. */
export const fsck = async (deps: FsckDeps, options: FsckOptions): Promise<FsckReport> => {
  const began = deps.clock.now()
  const found = {
    record: null,
    provinces: [],
    provinces_resumed: [],
    ...(options.provinces === undefined ? await wholeLedger(deps, options) : await byProvince(deps, options.provinces, options)),
  } satisfies Pick<FsckReport, "log" | "record" | "provinces" | "provinces_resumed">
  const { log, record, provinces } = found
  const seconds = (deps.clock.now() - began) / 1000
  const cancelled = options.signal.aborted
  const events =
    record?.events ?? (log?.entries ?? 0) + (provinces as readonly ProvinceReport[]).reduce((sum, one) => sum + one.events, 0)
  return {
    ...found,
    ok: !cancelled && log?.ok !== false && record?.ok !== false && (provinces as readonly ProvinceReport[]).every(({ ok }) => ok),
    cancelled,
    first: firstOf(found),
    seconds,
    events_per_second: seconds === 0 ? 0 : Math.round(events / seconds),
  }
}
