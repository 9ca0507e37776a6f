/** The read model on PostgreSQL: a pool of connections for Kysely, and one of them at a time for COPY, which Kysely does not speak. */
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { openPool, type PoolOptions } from "@tongzhang/postgres/pool"
import { Kysely, PostgresDialect } from "kysely"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import type { Tables } from "./tables.js"

export type Loader = {
  /** Rows that the statement changed. */
  readonly query: (statement: string, values: readonly unknown[]) => Promise<number>
  /** `copy … from stdin`; the chunks are its bytes. */
  readonly copy: (statement: string, chunks: readonly Buffer[]) => Promise<void>
}

/** All of the work in one transaction, or none of it. */
export type Load = (work: (loader: Loader) => Promise<void>) => Promise<void>

const loadWith =
  (pool: pg.Pool): Load =>
  async (work) => {
    const client = await pool.connect()
    let committed = false
    try {
      await client.query("begin")
      await work({
        query: async (statement, values) => (await client.query(statement, [...values])).rowCount ?? 0,
        copy: (statement, chunks) => pipeline(Readable.from(chunks), client.query(copyFrom(statement))),
      })
      await client.query("commit")
      committed = true
    } finally {
      // A connection that failed in the middle is given to nobody else: it is cut, and the server rolls back.
      client.release(!committed)
    }
  }

const typesOf = (): pg.TypeOverrides => {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  types.setTypeParser(pg.types.builtins.NUMERIC, Number)
  types.setTypeParser(pg.types.builtins.JSON, (text) => text)
  return types
}

/** Opens the schema, and makes it where it is missing; its tables are the migrations' business. */
export const openPostgres = async (
  server: Pick<PoolOptions, "connectionString" | "connections_max" | "silence_seconds_max">,
  schema: string,
): Promise<{ readonly db: Kysely<Tables>; readonly load: Load }> => {
  if (!/^[a-z_][a-z0-9_]*$/u.test(schema)) throw new Error(`record store: bad schema name ${JSON.stringify(schema)}`)
  const pool = openPool({ ...server, types: typesOf(), options: `-c search_path=${schema}` })
  try {
    // One statement string, one transaction: two services starting at once would both find no schema and one of them fail.
    await pool.query(`select pg_advisory_xact_lock(hashtext('record ${schema}')); create schema if not exists ${schema}`)
  } catch (error) {
    await pool.end()
    throw error
  }
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), load: loadWith(pool) }
}
