/** States, feeds, freshness, quarantine and the checkpoint: all of a batch in one transaction, or none of it. */
import { sql, type Transaction } from "kysely"
import type { Position } from "@tongzhang/event-store/port"
import type { RecordDb } from "./database.js"
import { type PersonState, touch } from "./person-state.js"
import { claimRows, coverageChanges, legRows, overlapRows, personRow, relationRows, transferRows } from "./rows.js"
import type { BaseLimitTable, FeedTable, FreshnessTable, QuarantineTable, Tables } from "./tables.js"
import { upserts } from "./upserts.js"

export type RecordBatch = {
  /** States changed since they were last written, each once. */
  readonly persons: readonly PersonState[]
  readonly feeds: readonly FeedTable[]
  readonly freshness: readonly FreshnessTable[]
  readonly limits: readonly BaseLimitTable[]
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

type Prepared = Readonly<Record<keyof typeof upserts, readonly string[]>>

const asJson = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row))

/** Takes the states as they are now; they may change while the transaction runs. */
const prepare = (batch: RecordBatch): Prepared => {
  const { persons } = batch
  const touching = (part: number): PersonState[] => persons.filter((state) => (state.touched & part) !== 0)
  const prepared = {
    person: persons.map(personRow),
    relation: asJson(touching(touch.relation | touch.person).flatMap(relationRows)),
    coverage: asJson(coverageChanges(touching(touch.relation | touch.person))),
    transfer: asJson(touching(touch.transfer).flatMap(transferRows)),
    leg: asJson(touching(touch.transfer).flatMap(legRows)),
    overlap: asJson(touching(touch.overlap).flatMap(overlapRows)),
    claim: asJson(touching(touch.benefit).flatMap(claimRows)),
    feed: asJson(batch.feeds),
    freshness: asJson(batch.freshness),
    limit: asJson(batch.limits),
    quarantine: asJson(batch.quarantined),
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

/**
 * Writes a batch. States are read before the first await, so the caller may go on folding. When it throws, nothing was written and
 * the caller must drop its states: they are ahead of the store.
 */
export const writeBatch = async (record: RecordDb, batch: RecordBatch): Promise<void> => {
  const prepared = prepare(batch)
  const keys = batch.persons.map((state) => state.key as string)
  await record.db.transaction().execute(async (trx) => {
    for (const [name, rows] of Object.entries(prepared) as [keyof typeof upserts, readonly string[]][])
      if (rows.length > 0) await upserts[name](trx, rows)
    if (batch.released.length > 0)
      await trx
        .deleteFrom("quarantine")
        .where(sql<boolean>`person_key = any(${batch.released})`)
        .execute()
    await moveCheckpoint(trx, batch.checkpoint)
  })
  record.announce({
    persons: [...keys, ...batch.quarantined.map((row) => row.person_key), ...batch.released],
    position: batch.checkpoint.position,
    limits: batch.limits.length > 0,
  })
}
