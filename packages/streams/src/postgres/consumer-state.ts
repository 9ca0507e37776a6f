/** Consumer state in PostgreSQL, for services that run as several processes: one small table, one row per key. */
import { openPool } from "@tongzhang/postgres/pool"
import type pg from "pg"
import type { ConsumerState } from "../consumer-state.js"

export type PostgresConsumerStateOptions = {
  readonly connectionString: string
  /** Whose state: the name of the consumer; others in the same database do not see it. */
  readonly consumer: string
  readonly connections_max?: number
  /** See `@tongzhang/postgres/pool`. */
  readonly silence_seconds_max?: number | undefined
}

const create = `
  create schema if not exists streams;
  create table if not exists streams.consumer_state (
    consumer text collate "C", key text collate "C", value text not null, primary key (consumer, key)
  ) with (fillfactor = 80)`

// One parameter for many rows: as fast as COPY into a table to merge from, and the plan does not change with their number.
const put = `
  insert into streams.consumer_state (consumer, key, value)
  select $1, e ->> 0, e ->> 1 from jsonb_array_elements($2::jsonb) as e order by e ->> 0
  on conflict (consumer, key) do update set value = excluded.value`

const putFirst = `insert into streams.consumer_state (consumer, key, value) values ($1, $2, $3) on conflict do nothing`
const putNext = `update streams.consumer_state set value = $3 where consumer = $1 and key = $2 and value = $4`

const get = `select key, value from streams.consumer_state where consumer = $1 and key = any($2)`

/** Creates the table when missing. @throws when the database does not answer, here and in every call */
export const openPostgresConsumerState = async (options: PostgresConsumerStateOptions): Promise<ConsumerState> => {
  const { consumer, connections_max = 4, ...rest } = options
  const pool = openPool({ ...rest, connections_max })
  try {
    await createOnce(pool)
  } catch (failure) {
    await pool.end()
    throw failure
  }
  return {
    getMany: async (keys) => {
      if (keys.length === 0) return new Map()
      const { rows } = await pool.query<{ key: string; value: string }>(get, [consumer, keys])
      return new Map(rows.map(({ key, value }) => [key, value]))
    },
    putMany: async (entries) => {
      if (entries.length === 0) return
      // The last word on a key counts; PostgreSQL refuses to change a row twice in one statement.
      await pool.query(put, [consumer, JSON.stringify([...new Map(entries)])])
    },
    compareAndPut: async (key, expected, value) => {
      const { rowCount } =
        expected === null
          ? await pool.query(putFirst, [consumer, key, value])
          : await pool.query(putNext, [consumer, key, value, expected])
      return rowCount === 1
    },
    close: () => pool.end(),
  }
}

/** Two processes starting at once would both find no table and one of them fail. */
const createOnce = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query("begin")
    await client.query("select pg_advisory_xact_lock(hashtext('streams.consumer_state'))")
    await client.query(create)
    await client.query("commit")
  } finally {
    client.release()
  }
}
