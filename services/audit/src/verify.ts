/**
 * The promise of an event-sourced ledger, checked: the log is whole, every fact can be read, the record is exactly what the facts
 * say, and no month or fen has been lost between provinces.
 */
import type { PersonKey } from "@tongzhang/domain/ids"
import { personOf } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { RecordDb } from "@tongzhang/record/database"
import { recordDigest } from "@tongzhang/record/digest"
import { createProgress } from "@tongzhang/record/progress"
import { replayPerson } from "@tongzhang/record/replay"
import type { Clock } from "@tongzhang/service-kit/clock"
import { type Compared, compareOne, compareRecord, rowOf } from "./compare.js"
import { transfersOf } from "./history.js"
import { type Conservation, createReducer } from "./conservation.js"
import { type Mismatch, mismatchOf } from "./mismatch.js"
import { type Refolded, refold } from "./refold.js"

export const verifyLimits = {
  /** Mismatches listed by name; the others are counted. */
  mismatches_listed_max: 1_000,
  /** How long the record may take to reach the log's end before it is called behind. */
  record_wait_ms: 30_000,
} as const

export type VerifyReport = {
  /** Nothing was found, and nobody was set aside. */
  readonly ok: boolean
  /** True when the job was stopped before the end: then nothing is proved. */
  readonly cancelled: boolean
  /** Log position up to which everything was checked; null for an empty log. */
  readonly upTo: string | null
  readonly persons: number
  readonly persons_record: number
  readonly streams: number
  readonly events: number
  readonly mismatches: readonly Mismatch[]
  readonly mismatches_total: number
  /** Persons the projector has set aside: their record is not compared, and the report is not ok. */
  readonly quarantined: readonly {
    readonly person: string
    readonly stream: string
    readonly revision: number
    readonly cause: string
  }[]
  /** The same facts give the same digest in any store; equal when the record is what the facts say. */
  readonly digest_fold: string
  readonly digest_record: string
  /** The statistics table, counted anew; `moved_on` when the record was written during the walk. */
  readonly coverage: "compared" | "moved_on"
  readonly conservation: Conservation
  readonly seconds: number
  readonly events_per_second: number
}

export type VerifyOptions = {
  readonly signal?: AbortSignal
  /** Called with the number of events just checked. */
  readonly onProgress?: (events: number) => void
  /** Given every page of events on its way, in order. */
  readonly onEvents?: (events: readonly RecordedEvent[]) => Promise<void>
}

type Deps = { readonly store: EventStore; readonly record: RecordDb; readonly clock: Clock }

const waitForRecord = async ({ record }: Deps, upTo: Position): Promise<Mismatch | null> => {
  const progress = createProgress(record)
  const reached = await progress.waitFor(upTo, verifyLimits.record_wait_ms)
  progress.close()
  return reached ? null : mismatchOf("ROW_BEHIND", null, null, `the record has not reached position ${upTo}`)
}

/** Rows that stood at another number of facts: replayed alone, up to the row's own position. */
const lookAgain = async (deps: Deps, persons: readonly PersonKey[], states: Refolded["states"]): Promise<Mismatch[]> => {
  const { store, record } = deps
  const found: Mismatch[] = []
  for (const person of persons) {
    const row = await rowOf(record, person)
    if (row === null) {
      found.push(mismatchOf("ROW_MISSING", person, null, "facts, but no row"))
      continue
    }
    const transferIds = [...(states.get(person)?.transfers.keys() ?? []), ...(await transfersOf(record, person))]
    const { state, problem } = await replayPerson(store, person, { upTo: row.position as Position, transferIds })
    if (problem !== null) found.push(mismatchOf("FOLD_BROKEN", person, problem, problem.cause))
    else if (state.events === 0) found.push(mismatchOf("ROW_WITHOUT_FACTS", person, null, "a row, but no facts"))
    else found.push(...(await compareOne(record, row, state)))
  }
  return found
}

type Parts = {
  readonly refolded: Refolded
  readonly compared: Compared
  readonly others: readonly Mismatch[]
  readonly conservation: Conservation
  readonly quarantined: VerifyReport["quarantined"]
}

const reportOf = (parts: Parts, upTo: Position | null, cancelled: boolean, seconds: number): VerifyReport => {
  const { refolded, compared, others, conservation, quarantined } = parts
  const mismatches = [...refolded.mismatches, ...others, ...compared.mismatches]
  return {
    ok: !cancelled && mismatches.length === 0 && quarantined.length === 0,
    cancelled,
    upTo,
    persons: refolded.states.size,
    persons_record: compared.persons_record,
    streams: refolded.streams,
    events: refolded.events,
    mismatches: mismatches.slice(0, verifyLimits.mismatches_listed_max),
    mismatches_total: mismatches.length,
    quarantined,
    digest_fold: recordDigest(refolded.states.values()).digest,
    digest_record: compared.digest_record,
    coverage: compared.coverage,
    conservation,
    seconds,
    events_per_second: seconds === 0 ? 0 : Math.round(refolded.events / seconds),
  }
}

const quarantineOf = async ({ record }: Deps): Promise<VerifyReport["quarantined"]> => {
  const rows = await record.db
    .selectFrom("quarantine")
    .select(["person_key", "stream", "revision", "cause"])
    .orderBy("person_key")
    .execute()
  return rows.map(({ person_key, ...row }) => ({ person: person_key, ...row }))
}

/** Checks everything up to the end the log has now. Reads only; writing may go on meanwhile. */
export const verifyAll = async (deps: Deps, options: VerifyOptions = {}): Promise<VerifyReport> => {
  const { store, record, clock } = deps
  const signal = options.signal ?? new AbortController().signal
  const began = clock.now()
  const upTo = await store.head()
  const reducer = createReducer()
  const refolded = await refold({
    store,
    upTo,
    reducer,
    signal,
    onPage: options.onProgress ?? (() => {}),
    onEvents: options.onEvents,
  })
  const behind = upTo === null ? null : await waitForRecord(deps, upTo)
  const { totals, violations } = reducer.finish()
  const quarantined = await quarantineOf(deps)
  const setAside = new Set([...refolded.broken, ...quarantined.map((row) => row.person)])
  const compared = await compareRecord({ record, states: refolded.states, setAside, reducer, signal })
  const others = [
    ...(behind === null ? [] : [behind]),
    ...violations.map((one) =>
      one.stream === null
        ? mismatchOf(one.rule, null, null, one.what)
        : mismatchOf(one.rule, personOf(one.stream), { stream: one.stream, revision: one.revision }, one.what),
    ),
    ...(await lookAgain(deps, compared.moved, refolded.states)),
  ]
  const parts = { refolded, compared, others, conservation: totals, quarantined }
  return reportOf(parts, upTo, signal.aborted, (clock.now() - began) / 1000)
}
