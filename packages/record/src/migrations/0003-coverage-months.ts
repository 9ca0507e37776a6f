/**
 * Coverage by month and known day. What it holds cannot be made from the states, which do not know when they learnt a month: the record is
 * emptied, and the projector folds it anew from the facts. Beside a large record in use, build the new one in another schema first
 * (docs/operations.md).
 */
import { type Kysely, sql } from "kysely"

/** The tables there were then: the list in tables.ts grows. */
const tables =
  "person_record, relation, coverage, transfer, transfer_leg, overlap_case, benefit_claim, feed, freshness, base_limit, quarantine, checkpoint"

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql
    .raw(
      `create table coverage_month (
         province text, scheme text, capacity text, sex text, month text collate "C", known_on text collate "C",
         paid bigint not null, entered bigint not null,
         primary key (scheme, month, known_on, province, capacity, sex)
       ) with (fillfactor = 80)`,
    )
    .execute(db)
  await sql.raw(`truncate ${tables}`).execute(db)
}
