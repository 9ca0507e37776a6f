/** One province: its events against the published log, and everybody who has a relation there, replayed and compared. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { sameBytes } from "@tongzhang/proof/bytes"
import { entryOf } from "@tongzhang/proof/entry"
import { bundleAt } from "@tongzhang/proof/positions"
import { readLog } from "@tongzhang/proof/reader"
import type { RecordDb } from "@tongzhang/record/database"
import { replayPerson } from "@tongzhang/record/replay"
import { compareOne, rowOf } from "../compare.js"
import { transfersOf } from "../history.js"
import { type Mismatch, mismatchOf } from "../mismatch.js"
import type { LogDeps } from "./log-stage.js"

export type ProvinceReport = {
  readonly ok: boolean
  readonly province: ProvinceCode
  readonly events: number
  readonly persons: number
  /** Events that are not in the published log as the ledger holds them. */
  readonly unproven: readonly { readonly id: string; readonly stream: string; readonly revision: number }[]
  readonly mismatches: readonly Mismatch[]
}

type Deps = { readonly log: LogDeps; readonly record: RecordDb }
type Options = { readonly size: number; readonly signal: AbortSignal; readonly onProgress: (done: number) => void }

const page_events = 2_000
const page_persons = 500
/** Persons replayed side by side: most of the time goes into reading. */
const persons_at_once = 8
const listed_max = 100

const prefixesOf = (province: ProvinceCode): string[] => [`Enrollment-${province}_`, `Feed-${province}_`, `Policy-${province}`]

/** Revisions of a stream come one after the other from 0: what is missing between them was removed. */
const gapsIn = (heads: Map<string, number>, { stream, revision }: RecordedEvent): Mismatch | null => {
  const expected = (heads.get(stream) ?? -1) + 1
  heads.set(stream, Math.max(revision, expected - 1))
  return revision === expected
    ? null
    : mismatchOf("REVISION_GAP", null, { stream, revision }, `revision ${revision} came where ${expected} was next`)
}

const checkEvents = async ({ log }: Deps, province: ProvinceCode, options: Options, report: Building): Promise<void> => {
  const { size, signal, onProgress } = options
  const reader = readLog(log.tiles, size)
  const end = size === 0 ? null : await lastPosition(log, size)
  const heads = new Map<string, number>()
  let after: Position | null = null
  for (let atEnd = false; !atEnd && !signal.aborted;) {
    const page = await log.store.readAll({ after, max: page_events, prefixes: prefixesOf(province) })
    for (const event of page.events) {
      const gap = gapsIn(heads, event)
      if (gap !== null && report.mismatches.length < listed_max) report.mismatches.push(gap)
      if (end === null || event.position > end) continue
      const entry = entryOf(event)
      const bundle = await reader.bundle(await bundleAt(log.state, size, event.position))
      const proven = bundle.some((one) => sameBytes(one, entry))
      if (!proven && report.unproven.length < listed_max)
        report.unproven.push({ id: event.id, stream: event.stream, revision: event.revision })
    }
    report.events += page.events.length
    onProgress(page.events.length)
    after = page.next
    atEnd = page.atEnd
  }
}

/** Position of the last published event: later ones are not to be found in the log yet. */
const lastPosition = async ({ store, state }: LogDeps, size: number): Promise<Position | null> => {
  const bytes = await state.read("state.json")
  if (bytes === null) return store.head()
  const kept = JSON.parse(Buffer.from(bytes).toString("utf8")) as { readonly size: number; readonly position: Position | null }
  return kept.size >= size ? kept.position : null
}

const checkPerson = async ({ log, record }: Deps, person: PersonKey): Promise<Mismatch[]> => {
  const row = await rowOf(record, person)
  if (row === null) return [mismatchOf("ROW_MISSING", person, null, "facts, but no row")]
  const transferIds = await transfersOf(record, person)
  const { state, problem } = await replayPerson(log.store, person, { upTo: row.position as Position, transferIds })
  if (problem !== null) return [mismatchOf("FOLD_BROKEN", person, problem, problem.cause)]
  if (state.events === 0) return [mismatchOf("ROW_WITHOUT_FACTS", person, null, "a row, but no facts")]
  return compareOne(record, row, state)
}

type Building = {
  events: number
  persons: number
  unproven: { id: string; stream: string; revision: number }[]
  mismatches: Mismatch[]
}

const checkPersons = async (
  deps: Deps,
  province: ProvinceCode,
  { signal, onProgress }: Options,
  report: Building,
): Promise<void> => {
  for (let after = ""; !signal.aborted;) {
    const rows = await deps.record.db
      .selectFrom("relation")
      .select("person_key")
      .distinct()
      .where("province", "=", province)
      .where("person_key", ">", after)
      .orderBy("person_key")
      .limit(page_persons)
      .execute()
    for (let i = 0; i < rows.length; i += persons_at_once) {
      const found = await Promise.all(
        rows.slice(i, i + persons_at_once).map((row) => checkPerson(deps, row.person_key as PersonKey)),
      )
      report.mismatches.push(...found.flat().slice(0, Math.max(0, listed_max - report.mismatches.length)))
      onProgress(Math.min(persons_at_once, rows.length - i))
    }
    report.persons += rows.length
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.person_key
  }
}

/** @param options.size of the published log */
export const checkProvince = async (deps: Deps, province: ProvinceCode, options: Options): Promise<ProvinceReport> => {
  const report: Building = { events: 0, persons: 0, unproven: [], mismatches: [] }
  await Promise.all([checkEvents(deps, province, options, report), checkPersons(deps, province, options, report)])
  return { ...report, province, ok: report.unproven.length === 0 && report.mismatches.length === 0 }
}
