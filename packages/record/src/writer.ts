/** States, feeds, freshness, quarantine and the checkpoint: all of a batch in one transaction, or none of it. */
import { sql, type Transaction } from "kysely"
import type { Position } from "@tongzhang/event-store/port"
import type { RecordDb } from "./database.js"
import { type PersonState, touch } from "./person-state.js"
import { claimRows, coverageChanges, legRows, overlapRows, personRow, relationRows, transferRows } from "./rows.js"
import type { BaseLimitTable, FeedTable, FreshnessTable, QuarantineTable, Tables } from "./tables.js"
import { upsertOf } from "./upsert.js"

const money = "bigint"
const upserts = {
  person: upsertOf({
    table: "person_record",
    columns: {
      person_key: "text",
      state: "json",
      sex: "text",
      hukou: "text",
      birth_month: "text",
      died_on: "text",
      name_index: "text",
      events: "integer",
      position: "text",
      recorded_at: "bigint",
    },
    key: ["person_key"],
    guard: "events",
  }),
  relation: upsertOf({
    table: "relation",
    columns: {
      person_key: "text",
      province: "text",
      scheme: "text",
      revision: "integer",
      status: "text",
      capacity: "text",
      employer: "text",
      temporary: "boolean",
      sex: "text",
      from_month: "text",
      to_month: "text",
    },
    key: ["person_key", "province", "scheme"],
    guard: "revision",
  }),
  coverage: upsertOf({
    table: "coverage",
    columns: {
      province: "text",
      scheme: "text",
      sex: "text",
      relations: "bigint",
      open: "bigint",
      months: "bigint",
      account_fen: money,
    },
    key: ["province", "scheme", "sex"],
    adds: true,
  }),
  transfer: upsertOf({
    table: "transfer",
    columns: {
      transfer_id: "text",
      person_key: "text",
      revision: "integer",
      scheme: "text",
      status: "text",
      to_province: "text",
      requested_on: "text",
      ended_on: "text",
      legs: "integer",
      legs_open: "integer",
      escalated: "boolean",
      due: "text",
    },
    key: ["transfer_id"],
    guard: "revision",
  }),
  leg: upsertOf({
    table: "transfer_leg",
    columns: {
      transfer_id: "text",
      from_province: "text",
      revision: "integer",
      outcome: "text",
      step: "text",
      due: "text",
      letter_no: "text",
      disputed: "text",
      escalated: "boolean",
      months: "integer",
      account_fen: money,
      pooled_fen: money,
    },
    key: ["transfer_id", "from_province"],
    guard: "revision",
  }),
  overlap: upsertOf({
    table: "overlap_case",
    columns: {
      person_key: "text",
      case_id: "text",
      family: "text",
      revision: "integer",
      kind: "text",
      status: "text",
      side_a: "text",
      side_b: "text",
      province_a: "text",
      province_b: "text",
      months: "integer",
      recommended: "text",
      keep: "text",
      since: "bigint",
    },
    key: ["person_key", "case_id"],
    guard: "revision",
  }),
  claim: upsertOf({
    table: "benefit_claim",
    columns: {
      person_key: "text",
      scheme: "text",
      claim: "text",
      revision: "integer",
      province: "text",
      status: "text",
      held: "text",
      held_for: "text",
      from_month: "text",
      to_month: "text",
      monthly_fen: money,
      paid_fen: money,
      overpaid_fen: money,
      recovered_fen: money,
    },
    key: ["person_key", "scheme", "claim"],
    guard: "revision",
  }),
  feed: upsertOf({
    table: "feed",
    columns: {
      province: "text",
      feed_id: "text",
      revision: "integer",
      file_name: "text",
      file_hash: "text",
      format: "text",
      encoding: "text",
      size_bytes: "bigint",
      rows: "integer",
      events: "integer",
      accepted: "integer",
      unchanged: "integer",
      refused: "integer",
      paid_fen: money,
      receipt_no: "text",
      received_at: "bigint",
      settled_at: "bigint",
    },
    key: ["province", "feed_id"],
    guard: "revision",
    keepIfNull: true,
  }),
  freshness: upsertOf({
    table: "freshness",
    columns: {
      province: "text",
      received_at: "bigint",
      settled_at: "bigint",
      last_event_at: "bigint",
      feeds: "integer",
      rows: "bigint",
    },
    key: ["province"],
  }),
  limit: upsertOf({
    table: "base_limit",
    columns: { province: "text", from_month: "text", revision: "integer", floor_fen: money, ceiling_fen: money, source: "text" },
    key: ["province", "from_month"],
    guard: "revision",
  }),
  quarantine: upsertOf({
    table: "quarantine",
    columns: { person_key: "text", stream: "text", revision: "integer", cause: "text", since: "bigint", attempts: "integer" },
    key: ["person_key"],
  }),
}

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
  })
}
