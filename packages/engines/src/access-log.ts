/**
 * Who saw whose record, when and why (I10). Not a fold of the facts, so it lives in a schema of its own that no rebuild drops; the
 * database itself refuses to change or delete an entry.
 */
import type { PersonKey } from "@tongzhang/domain/ids"
import type { RecordDb } from "@tongzhang/record/database"
import type { Caller, CallerKind, Purpose } from "@tongzhang/service-kit/caller"
import { type ColumnType, type Generated, type Kysely, sql } from "kysely"

type AccessTable = {
  access_log: {
    id: Generated<number>
    person_key: string
    caller_kind: ColumnType<CallerKind, string, never>
    caller_id: string
    caller_province: string | null
    purpose: string
    what: string
    /** ms since 1970 */
    at: number
  }
}

export type AccessEntry = {
  readonly person: PersonKey
  readonly caller: Caller
  readonly purpose: Purpose
  /** What was read: `record`, `record, revealed`, `events` … */
  readonly what: string
  /** ms since 1970 */
  readonly at: number
}

export type AccessLine = {
  readonly id: number
  readonly caller: { readonly kind: CallerKind; readonly id: string; readonly province: string | null }
  readonly purpose: string
  readonly what: string
  /** ISO 8601, UTC */
  readonly at: string
}

export type AccessLog = {
  /** Durable when it resolves: answer the reader only then. */
  readonly append: (entry: AccessEntry) => Promise<void>
  /** Newest first; `before` is the id of the last line of the page before. */
  readonly list: (person: PersonKey, page: { readonly limit: number; readonly before?: number }) => Promise<readonly AccessLine[]>
}

const statements = [
  "create schema if not exists access",
  `create table if not exists access.access_log (
     id bigint generated always as identity primary key, person_key text not null, caller_kind text not null, caller_id text not null,
     caller_province text, purpose text not null, what text not null, at bigint not null
   )`,
  "create index if not exists access_log_person on access.access_log (person_key, id desc)",
  `create or replace function access.refuse_change() returns trigger language plpgsql as $$
     begin raise exception 'the access log is append-only'; end $$`,
  "drop trigger if exists access_log_append_only on access.access_log",
  `create trigger access_log_append_only before update or delete or truncate on access.access_log
     for each statement execute function access.refuse_change()`,
]

/** Makes the table when it is missing. */
export const openAccessLog = async (record: RecordDb): Promise<AccessLog> => {
  await record.db.transaction().execute(async (once) => {
    // Services start side by side, and `if not exists` does not see what another session has not committed.
    await sql`select pg_advisory_xact_lock(hashtext('access.access_log'))`.execute(once)
    for (const statement of statements) await sql.raw(statement).execute(once)
  })
  const db = (record.db as unknown as Kysely<AccessTable>).withSchema("access")
  return {
    append: async ({ person, caller, purpose, what, at }) => {
      const province = caller.kind === "agency" ? caller.province : null
      const entry = {
        person_key: person,
        caller_kind: caller.kind,
        caller_id: caller.id,
        caller_province: province,
        purpose,
        what,
        at,
      }
      await db.insertInto("access_log").values(entry).execute()
    },
    list: async (person, { limit, before }) => {
      let query = db.selectFrom("access_log").selectAll().where("person_key", "=", person)
      if (before !== undefined) query = query.where("id", "<", before)
      const rows = await query.orderBy("id", "desc").limit(limit).execute()
      return rows.map((row) => ({
        id: row.id,
        caller: { kind: row.caller_kind, id: row.caller_id, province: row.caller_province },
        purpose: row.purpose,
        what: row.what,
        at: new Date(row.at).toISOString(),
      }))
    },
  }
}
