/**
 * Divides the tables that grow with the number of persons by a hash of the person key (ADR 7). What they hold is moved; a large record
 * is better built anew in another schema (docs/operations.md), for nobody can read these tables meanwhile.
 */
import { type Kysely, type Migration, sql } from "kysely"

/** Table -> room on its pages, as the first migration gave it: every payment rewrites a row. */
const tables = { person_record: 70, relation: 80, overlap_case: 80, benefit_claim: 80 } as const

const statementsFor = (table: keyof typeof tables, partitions: number): string[] => [
  `alter table ${table} rename to ${table}_whole`,
  `create table ${table} (like ${table}_whole including all) partition by hash (person_key)`,
  ...Array.from(
    { length: partitions },
    (_, i) =>
      `create table ${table}_${i} partition of ${table} for values with (modulus ${partitions}, remainder ${i})
       with (fillfactor = ${tables[table]})`,
  ),
  `insert into ${table} select * from ${table}_whole`,
  `drop table ${table}_whole`,
]

export const partitionedInto = (partitions: number): Migration => ({
  up: async (db: Kysely<unknown>) => {
    if (partitions === 1) return
    for (const table of Object.keys(tables) as (keyof typeof tables)[])
      for (const statement of statementsFor(table, partitions)) await sql.raw(statement).execute(db)
  },
})
