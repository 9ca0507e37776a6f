/**
 * One province: its events against the published log, and everybody who has a relation there, replayed and compared. What a page has
 * given and how far it came are written down together, so that a page that is read again after a kill counts once.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { sameBytes } from "@tongzhang/proof/bytes"
import { entryOf } from "@tongzhang/proof/entry"
import { type BundleFinder, bundleFinder } from "@tongzhang/proof/positions"
import { type LogReader, readLog } from "@tongzhang/proof/reader"
import type { RecordDb } from "@tongzhang/record/database"
import { replayPerson } from "@tongzhang/record/replay"
import { compareOne, rowOf } from "../compare.js"
import { transfersOf } from "../history.js"
import { type Mismatch, mismatchOf } from "../mismatch.js"
import type { LogDeps } from "./log-stage.js"
import type { Unit, UnitState } from "./run-state.js"

export type ProvinceReport = {
  readonly ok: boolean
  readonly province: Unit
  readonly events: number
  readonly persons: number
  /** Events that are not in the published log as the ledger holds them. */
  readonly unproven: readonly { readonly id: string; readonly stream: string; readonly revision: number }[]
  readonly mismatches: readonly Mismatch[]
}

type Deps = { readonly log: LogDeps; readonly record: RecordDb }
type Options = {
  /** Of the tree to compare with. */
  readonly size: number
  /** Position of its last event. */
  readonly upTo: Position | null
  readonly signal: AbortSignal
  readonly onProgress: (done: number) => void
  /** Writes down how far the unit has come. */
  readonly save: () => Promise<void>
}

const page_events = 2_000
const page_persons = 500
/** Persons replayed side by side: most of the time goes into reading. */
const persons_at_once = 8
const listed_max = 100

const prefixesOf = (province: ProvinceCode): string[] => [`Enrollment-${province}_`, `Feed-${province}_`, `Policy-${province}`]

/**
 * Revisions of a stream come one after the other from 0: what is missing between them was removed. A run that goes on has not met
 * the stream's earlier events: then the one before must stand there.
 */
const gapBefore = async (
  deps: Deps,
  heads: Map<string, number>,
  event: RecordedEvent,
  isResumed: boolean,
): Promise<Mismatch | null> => {
  const { stream, revision } = event
  let last = heads.get(stream)
  if (last === undefined && isResumed && revision > 0)
    last = (await deps.log.store.readStream(stream, { direction: "backwards", from: revision - 1, max: 1 }))[0]?.revision
  const expected = (last ?? -1) + 1
  heads.set(stream, Math.max(revision, expected - 1))
  return revision === expected
    ? null
    : mismatchOf("REVISION_GAP", null, { stream, revision }, `revision ${revision} came where ${expected} was next`)
}

const isProven = async (reader: LogReader, bundleOf: BundleFinder, event: RecordedEvent): Promise<boolean> => {
  const entry = entryOf(event)
  return (await reader.bundle(await bundleOf(event.position))).some((one) => sameBytes(one, entry))
}

const addUpTo = <T>(list: T[], found: readonly T[]): void =>
  void list.push(...found.slice(0, Math.max(0, listed_max - list.length)))

const checkEvents = async (deps: Deps, province: ProvinceCode, options: Options, unit: UnitState): Promise<void> => {
  const { size, upTo, signal, onProgress } = options
  const reader = readLog(deps.log.tiles, size)
  const bundleOf = bundleFinder(deps.log.state, size)
  const heads = new Map<string, number>()
  const isResumed = unit.after !== null
  while (!unit.events_done && !signal.aborted) {
    const page = await deps.log.store.readAll({ after: unit.after, max: page_events, prefixes: prefixesOf(province) })
    // Later events are another run's, so that a run which was broken off gives the report of one that was not.
    const events = page.events.filter(({ position }) => upTo !== null && position <= upTo)
    const gaps: Mismatch[] = []
    const unproven: RecordedEvent[] = []
    for (const event of events) {
      const gap = await gapBefore(deps, heads, event, isResumed)
      if (gap !== null) gaps.push(gap)
      if (!(await isProven(reader, bundleOf, event))) unproven.push(event)
    }
    addUpTo(unit.mismatches, gaps)
    addUpTo(
      unit.unproven,
      unproven.map(({ id, stream, revision }) => ({ id, stream, revision })),
    )
    unit.events += events.length
    unit.after = page.next
    unit.events_done = page.atEnd || events.length < page.events.length
    onProgress(events.length)
    await options.save()
  }
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

/** The next persons of a unit, by their keys. */
const personsAfter = async ({ record: { db } }: Deps, unit: Unit, after: string): Promise<PersonKey[]> => {
  const rows =
    unit === "others"
      ? await db
          .selectFrom("person_record")
          .leftJoin("relation", "relation.person_key", "person_record.person_key")
          .select("person_record.person_key")
          .where("relation.person_key", "is", null)
          .where("person_record.person_key", ">", after)
          .orderBy("person_record.person_key")
          .limit(page_persons)
          .execute()
      : await db
          .selectFrom("relation")
          .select("person_key")
          .distinct()
          .where("province", "=", unit)
          .where("person_key", ">", after)
          .orderBy("person_key")
          .limit(page_persons)
          .execute()
  return rows.map(({ person_key }) => person_key as PersonKey)
}

const checkPersons = async (deps: Deps, name: Unit, { signal, onProgress, save }: Options, unit: UnitState): Promise<void> => {
  while (!unit.persons_done && !signal.aborted) {
    const persons = await personsAfter(deps, name, unit.person)
    const found: Mismatch[] = []
    for (let i = 0; i < persons.length && !signal.aborted; i += persons_at_once)
      for (const one of await Promise.all(persons.slice(i, i + persons_at_once).map((person) => checkPerson(deps, person))))
        found.push(...one)
    if (signal.aborted) return
    addUpTo(unit.mismatches, found)
    unit.persons += persons.length
    unit.person = persons.at(-1) ?? unit.person
    unit.persons_done = persons.length < page_persons
    onProgress(persons.length)
    await save()
  }
}

export const reportOf = (province: Unit, { events, persons, unproven, mismatches }: UnitState): ProvinceReport => ({
  ok: unproven.length === 0 && mismatches.length === 0,
  province,
  events,
  persons,
  unproven,
  mismatches,
})

/** Goes on where `state` says, and changes it. The persons of `others` have no events that the log's own comparison has not seen. */
export const checkUnit = async (deps: Deps, unit: Unit, options: Options, state: UnitState): Promise<void> => {
  options.onProgress(state.events + state.persons)
  if (unit === "others") state.events_done = true
  await Promise.all([
    unit === "others" ? undefined : checkEvents(deps, unit, options, state),
    checkPersons(deps, unit, options, state),
  ])
}
