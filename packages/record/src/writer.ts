/** States, feeds, freshness, quarantine and the checkpoint: all of a batch in one transaction, or none of it. */
import { sql, type Transaction } from "kysely"
import type { Position } from "@tongzhang/event-store/port"
import { copyOf } from "./copy.js"
import type { RecordDb } from "./database.js"
import { type PersonState, touch } from "./person-state.js"
import type { Load } from "./postgres.js"
import { claimRows, coverageChanges, legRows, overlapRows, personRow, relationRows, transferRows } from "./rows.js"
import type { BaseLimitTable, CoverageMonthTable, FeedTable, FreshnessTable, QuarantineTable, Tables } from "./tables.js"
import { type Row, shapes, type TableShape } from "./shapes.js"
import { upsertOf } from "./upsert.js"

type Name = keyof typeof shapes
const ofEach = <T>(make: (shape: TableShape) => T): Readonly<Record<Name, T>> =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, make(shape)])) as Record<Name, T>
const upserts = ofEach(upsertOf)
const copies = ofEach(copyOf)

export type RecordBatch = {
  /** States changed since they were last written, each once. */
  readonly persons: readonly PersonState[]
  readonly feeds: readonly FeedTable[]
  readonly freshness: readonly FreshnessTable[]
  readonly limits: readonly BaseLimitTable[]
  /** What the facts behind `persons` changed month by month; left out where nobody counts coverage. */
  readonly coverageMonths?: readonly CoverageMonthTable[]
  readonly quarantined: readonly QuarantineTable[]
  /** Person keys that are well again. */
  readonly released: readonly string[]
  /** `from` is where the last write of this projector ended, null for its first; absent: whoever wrote before. */
  readonly checkpoint: { readonly name: string; readonly from?: Position | null; readonly position: Position }
}

/** Another projector has moved the checkpoint: this one's states and sums are not what is stored. Nothing was written. */
export class CheckpointMoved extends Error {
  override name = "CheckpointMoved"
}

type Prepared = Readonly<Record<Name, readonly Row[]>>

/** Takes the states as they are now; they may change while the transaction runs. */
const prepare = (batch: RecordBatch): Prepared => {
  const { persons } = batch
  const touching = (part: number): PersonState[] => persons.filter((state) => (state.touched & part) !== 0)
  const prepared = {
    person: persons.map(personRow),
    relation: touching(touch.relation | touch.person).flatMap(relationRows),
    coverage: coverageChanges(touching(touch.relation | touch.person)),
    coverageMonth: batch.coverageMonths ?? [],
    transfer: touching(touch.transfer).flatMap(transferRows),
    leg: touching(touch.transfer).flatMap(legRows),
    overlap: touching(touch.overlap).flatMap(overlapRows),
    claim: touching(touch.benefit).flatMap(claimRows),
    feed: batch.feeds,
    freshness: batch.freshness,
    limit: batch.limits,
    quarantine: batch.quarantined,
  }
  for (const state of persons) {
    state.touched = 0
    for (const relation of state.relations.values()) relation.dirty = "no"
  }
  return prepared
}

const moveCheckpoint = async (trx: Transaction<Tables>, { name, from, position }: RecordBatch["checkpoint"]): Promise<void> => {
  const { rows } = await sql`insert into checkpoint (name, position) values (${name}, ${position})
    on conflict (name) do update set position = excluded.position
    where ${from === undefined ? sql`true` : sql`checkpoint.position is not distinct from ${from}`} returning 1`.execute(trx)
  if (rows.length !== 1) throw new CheckpointMoved(`checkpoint ${name} is no longer at ${from ?? "the beginning"}`)
}

const entriesOf = (prepared: Prepared): [Name, readonly Row[]][] =>
  (Object.entries(prepared) as [Name, readonly Row[]][]).filter(([, rows]) => rows.length > 0)

const upsert = (record: RecordDb, prepared: Prepared, { released, checkpoint }: RecordBatch): Promise<void> =>
  record.db.transaction().execute(async (trx) => {
    for (const [name, rows] of entriesOf(prepared)) await upserts[name](trx, rows)
    if (released.length > 0)
      await trx
        .deleteFrom("quarantine")
        .where(sql<boolean>`person_key = any(${released})`)
        .execute()
    await moveCheckpoint(trx, checkpoint)
  })

/** Into a record without a checkpoint, which is an empty one. */
const copyAll = (load: Load, prepared: Prepared, { checkpoint }: RecordBatch): Promise<void> => {
  const chunks = entriesOf(prepared).map(([name, rows]) => [copies[name].statement, copies[name].chunks(rows)] as const)
  return load(async ({ query, copy }) => {
    // Before the rows: a second projector waits here for the first, and finds that it came too late.
    const { name, position } = checkpoint
    const set = await query("insert into checkpoint (name, position) values ($1, $2) on conflict do nothing", [name, position])
    if (set !== 1) throw new CheckpointMoved(`checkpoint ${name} is no longer at the beginning`)
    for (const [statement, bytes] of chunks) await copy(statement, bytes)
  })
}

/**
 * Writes a batch. States are read before the first await, so the caller may go on folding. When it throws, nothing was written and
 * the caller must drop its states: they are ahead of the store. The first batch of a record is copied in.
 */
export const writeBatch = async (record: RecordDb, batch: RecordBatch): Promise<void> => {
  const prepared = prepare(batch)
  const keys = batch.persons.map((state) => state.key as string)
  if (record.load !== null && batch.checkpoint.from === null && batch.released.length === 0)
    await copyAll(record.load, prepared, batch)
  else await upsert(record, prepared, batch)
  record.announce({
    persons: [...keys, ...batch.quarantined.map((row) => row.person_key), ...batch.released],
    position: batch.checkpoint.position,
    limits: batch.limits.length > 0,
  })
}
