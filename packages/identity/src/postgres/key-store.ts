/**
 * Key store on PostgreSQL, shared by every process that seals or opens identities. A key is committed (synchronously, whatever
 * the server's default) before anyone may seal with it.
 * Limit: a destroyed key's *wrapped* bytes linger in dead rows until vacuum, in the write-ahead log and in old backups; they can
 * only be unwrapped with the master secret. Expire backups accordingly.
 */
import { randomBytes } from "node:crypto"
import { isLeft } from "fp-ts/lib/Either.js"
import pg from "pg"
import type { PersonKey } from "@tongzhang/domain/ids"
import { openPool } from "@tongzhang/postgres/pool"
import { createWrapper, type RandomBytes, type Wrapper } from "../embedded/wrap.js"
import {
  assertReason,
  backupOf,
  freshKey,
  inBatches,
  inOrder,
  type Making,
  type Outcome,
  outcomeOf,
  restoredBatch,
  type Row,
  wrongMaster,
} from "../key-rows.js"
import type { KeyBackup, KeyDestroyed, KeyStore, PersonKeyMaterial } from "../key-store.js"
import type { Secret } from "../person-key.js"

export type PostgresKeyStoreOptions = {
  /** `postgres://user:password@host:port/database` */
  readonly connectionString: string
  /** At least 16 bytes, kept apart from the database. Opening with another one than before is an error. */
  readonly masterSecret: Secret
  /** Schema of the tables, made when missing; default `identity`. */
  readonly schema?: string
  readonly connections_max?: number
  readonly random?: RandomBytes
  /** ms since 1970; default the system clock. */
  readonly now?: () => number
  /** See `@tongzhang/postgres/pool`. */
  readonly silence_seconds_max?: number | undefined
  /** Called when a connection breaks; the pool opens another. */
  readonly onFailure?: (cause: unknown) => void
}

type Parts = Making & { readonly pool: pg.Pool }

type Stored = {
  readonly person: PersonKey
  readonly key_id: string | null
  readonly wrapped: Buffer | null
  readonly created_at: number | null
  readonly reason: string | null
  readonly destroyed_at: number | null
}

const export_page = 1_000
/** Any number, the same in every process: who holds it makes the tables while the others wait. */
const setup_lock = 7_400_001

const tables = (schema: string): string => `
  create schema if not exists ${schema};
  create table if not exists ${schema}.meta (name text primary key, value text not null);
  create table if not exists ${schema}.person_key (
    person text primary key, key_id text, wrapped bytea, created_at bigint, reason text, destroyed_at bigint,
    check ((destroyed_at is null) = (wrapped is not null and key_id is not null and created_at is not null)),
    check ((destroyed_at is null) = (reason is null)))`

const columns = "person, key_id, wrapped, created_at, reason, destroyed_at"

const rowOf = ({ person, key_id, wrapped, created_at, reason, destroyed_at }: Stored): Row => {
  if (destroyed_at !== null) return { state: "destroyed", reason: reason ?? "", destroyedAt: destroyed_at }
  if (key_id === null || wrapped === null || created_at === null) throw new Error(`key store: half a key of ${person}`)
  return { state: "key", keyId: key_id, wrapped, createdAt: created_at }
}

const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query("begin")
    try {
      const result = await work(client)
      await client.query("commit")
      broken = false
      return result
    } catch (error) {
      await client.query("rollback")
      broken = false
      throw error
    }
  } finally {
    client.release(broken)
  }
}

/** Makes the tables when missing and refuses a master secret that is not the one they were made with. */
const setUp = (pool: pg.Pool, schema: string, wrapper: Wrapper): Promise<void> =>
  inTransaction(pool, async (client) => {
    // `create … if not exists` is not safe between two sessions; services start side by side.
    await client.query("select pg_advisory_xact_lock($1)", [setup_lock])
    await client.query(tables(schema))
    await client.query("insert into meta (name, value) values ('fingerprint', $1) on conflict do nothing", [wrapper.fingerprint])
    const { rows } = await client.query<{ value: string }>("select value from meta where name = 'fingerprint'")
    if (rows[0]?.value !== wrapper.fingerprint) throw wrongMaster()
  })

const readMany = async (client: pg.Pool | pg.PoolClient, persons: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, Row>> => {
  const { rows } = await client.query<Stored>({
    name: "keys-read",
    text: `select ${columns} from person_key where person = any($1)`,
    values: [persons],
  })
  return new Map(rows.map((stored) => [stored.person, rowOf(stored)]))
}

/**
 * Creates keys for persons who have none, in one statement. The empty update makes it answer with the row that stands, also
 * when another process wrote it a moment ago; ordered, so that two batches never wait for each other crosswise.
 */
const create = async (parts: Parts, persons: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, Row>> => {
  const drafts = persons.map((person) => freshKey(parts, person))
  const { rows } = await parts.pool.query<Stored>({
    name: "keys-make",
    text: `insert into person_key as k (person, key_id, wrapped, created_at)
      select * from unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[]) as t (person, key_id, wrapped, created_at) order by person
      on conflict (person) do update set person = k.person returning ${columns}`,
    values: [
      drafts.map(({ person }) => person),
      drafts.map(({ row }) => row.keyId),
      drafts.map(({ row }) => row.wrapped),
      drafts.map(({ row }) => row.createdAt),
    ],
  })
  return new Map(rows.map((stored) => [stored.person, rowOf(stored)]))
}

const keyForMany = async (parts: Parts, persons: readonly PersonKey[]): Promise<readonly Outcome[]> => {
  if (persons.length === 0) return []
  const asked = [...new Set(persons)]
  const known = await readMany(parts.pool, asked)
  const missing = asked.filter((person) => !known.has(person))
  const made = missing.length === 0 ? known : await create(parts, missing)
  const outcomes = new Map<PersonKey, Outcome>()
  for (const [person, row] of [...known, ...made]) outcomes.set(person, outcomeOf(parts.wrapper, person, row))
  return inOrder(persons, outcomes)
}

const findMany = async (parts: Parts, persons: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, PersonKeyMaterial>> => {
  const found = new Map<PersonKey, PersonKeyMaterial>()
  for (const [person, row] of await readMany(parts.pool, persons))
    if (row.state === "key") found.set(person, parts.wrapper.unwrap(person, row.keyId, row.wrapped))
  return found
}

const tombstone = async (parts: Parts, person: PersonKey): Promise<KeyDestroyed | null> => {
  const row = (await readMany(parts.pool, [person])).get(person)
  if (row?.state !== "destroyed") return null
  const outcome = outcomeOf(parts.wrapper, person, row)
  return isLeft(outcome) ? outcome.left : null
}

const destroy = async (parts: Parts, person: PersonKey, reason: string): Promise<void> => {
  assertReason(reason)
  await parts.pool.query(
    `insert into person_key as k (person, reason, destroyed_at) values ($1, $2, $3)
     on conflict (person) do update set key_id = null, wrapped = null, created_at = null, reason = $2, destroyed_at = $3
     where k.destroyed_at is null`,
    [person, reason, parts.now()],
  )
}

/** Pages of one snapshot; the connection is held until the last page was taken or the reader gave up. */
async function* exportAll({ pool }: Parts): AsyncGenerator<KeyBackup> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query("begin isolation level repeatable read read only")
    for (let after = ""; ;) {
      const { rows } = await client.query<Stored>(
        `select ${columns} from person_key where person > $1 order by person limit ${export_page}`,
        [after],
      )
      for (const stored of rows) yield backupOf(stored.person, rowOf(stored))
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.person
    }
    await client.query("commit")
    broken = false
  } finally {
    client.release(broken)
  }
}

const restore = ({ pool, wrapper }: Parts, batch: readonly KeyBackup[]): Promise<number> =>
  inTransaction(pool, async (client) => {
    // Nobody makes or destroys keys between what is read here and what is written: restoring is rare, being wrong is for ever.
    await client.query("lock table person_key in share row exclusive mode")
    const there = await readMany(client, [...new Set(batch.map(({ person }) => person))])
    const found = restoredBatch(wrapper, batch, (person) => there.get(person))
    const rows = [...found.rows].map(([person, row]) =>
      row.state === "key"
        ? { person, key_id: row.keyId, wrapped: Buffer.from(row.wrapped).toString("hex"), created_at: row.createdAt }
        : { person, reason: row.reason, destroyed_at: row.destroyedAt },
    )
    await client.query(
      `insert into person_key (${columns})
       select person, key_id, decode(wrapped, 'hex'), created_at, reason, destroyed_at
       from jsonb_to_recordset($1::jsonb) as t (person text, key_id text, wrapped text, created_at bigint, reason text, destroyed_at bigint)
       on conflict (person) do update set key_id = excluded.key_id, wrapped = excluded.wrapped, created_at = excluded.created_at,
         reason = excluded.reason, destroyed_at = excluded.destroyed_at`,
      [JSON.stringify(rows)],
    )
    return found.entries
  })

/** Opens (or makes) the store. Throws when it was made with another master secret, or when the database does not answer. */
export const openPostgresKeyStore = async (options: PostgresKeyStoreOptions): Promise<KeyStore> => {
  const schema = options.schema ?? "identity"
  if (!/^[a-z_][a-z0-9_]*$/u.test(schema)) throw new Error(`key store: bad schema name ${JSON.stringify(schema)}`)
  const random = options.random ?? randomBytes
  const wrapper = createWrapper(options.masterSecret, random)
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  const { connectionString, connections_max = 4, silence_seconds_max, onFailure } = options
  const session = `-c search_path=${schema} -c synchronous_commit=on`
  const pool = openPool({ connectionString, connections_max, silence_seconds_max, onFailure, types, options: session })
  try {
    await setUp(pool, schema, wrapper)
  } catch (error) {
    await pool.end()
    throw error
  }
  const parts: Parts = { pool, wrapper, random, now: options.now ?? Date.now }
  return {
    keyFor: async (person) => (await keyForMany(parts, [person]))[0] as Outcome,
    keyForMany: (persons) => keyForMany(parts, persons),
    find: async (person) => (await findMany(parts, [person])).get(person) ?? null,
    findMany: (persons) => findMany(parts, persons),
    tombstone: (person) => tombstone(parts, person),
    destroy: (person, reason) => destroy(parts, person, reason),
    exportAll: () => exportAll(parts),
    importAll: (entries) => inBatches(entries, (batch) => restore(parts, batch)),
    close: () => pool.end(),
  }
}
