/** Opens the read model on PGlite (in the process) or PostgreSQL: same SQL, same migrations. */
import { Kysely, Migrator, PostgresDialect, sql } from "kysely"
import { migrationProvider } from "./migrations/all.js"
import { pgliteDialect } from "./pglite-dialect.js"
import { canThread, openPgliteThread } from "./pglite-thread.js"
import { createPglite, schemaName } from "./pglite.js"
import { type Db, tableNames, type Tables } from "./tables.js"

export type RecordConfig =
  /** `path` null: in memory. `thread`: in a worker thread; by default for a folder, where the package is compiled. */
  | { readonly kind: "pglite"; readonly path: string | null; readonly thread?: boolean }
  | {
      readonly kind: "postgres"
      readonly connectionString: string
      readonly connections_max?: number
      /** Default: this version's. Another one is a second copy beside it, to be filled while the first is read. */
      readonly schema?: string
    }

export type RecordDb = {
  readonly kind: RecordConfig["kind"]
  readonly db: Db
  /** Tells readers in this process that these persons were rewritten and up to where the facts are folded. */
  readonly announce: (change: RecordChange) => void
  /** Calls back after every write of this process; returns a function that ends it. */
  readonly onChange: (listener: (change: RecordChange) => void) => () => void
  /** Empties every table: the facts fill them again. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

export type RecordChange = {
  /** Null: anything may have changed. */
  readonly persons: readonly string[] | null
  readonly position: string | null
  /** True: contribution limits were written, too. */
  readonly limits?: boolean
}

const openPglite = async (path: string | null, thread: boolean): Promise<Kysely<Tables>> =>
  new Kysely<Tables>({ dialect: pgliteDialect(thread ? await openPgliteThread(path) : await createPglite(path)) })

const openPostgres = async (connectionString: string, max: number, schema: string): Promise<Kysely<Tables>> => {
  if (!/^[a-z_][a-z0-9_]*$/u.test(schema)) throw new Error(`record store: bad schema name ${JSON.stringify(schema)}`)
  // Only where it is used: the embedded ledger never loads the driver.
  const { default: pg } = await import("pg")
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  types.setTypeParser(pg.types.builtins.NUMERIC, Number)
  types.setTypeParser(pg.types.builtins.JSON, (text) => text)
  const pool = new pg.Pool({ connectionString, max, types, options: `-c search_path=${schema}` })
  // A connection that breaks while nobody uses it (a server restart) must not end the process; the next query takes a new one.
  pool.on("error", () => undefined)
  try {
    // One statement string, one transaction: two services starting at once would both find no schema and one of them fail.
    await pool.query(`select pg_advisory_xact_lock(hashtext('record ${schema}')); create schema if not exists ${schema}`)
  } catch (error) {
    await pool.end()
    throw error
  }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

const migrate = async (db: Kysely<Tables>, schema: string): Promise<void> => {
  const { error, results } = await new Migrator({
    db,
    provider: migrationProvider,
    migrationTableSchema: schema,
  }).migrateToLatest()
  const failed = results?.find((result) => result.status === "Error")?.migrationName
  if (error !== undefined) throw new Error(`record store: migration ${failed ?? ""} failed`, { cause: error })
}

/** Opens and migrates. A PGlite folder belongs to one process at a time. */
export const openRecord = async (config: RecordConfig): Promise<RecordDb> => {
  const schema = config.kind === "postgres" ? (config.schema ?? schemaName) : schemaName
  const db =
    config.kind === "pglite"
      ? await openPglite(config.path, canThread && (config.thread ?? config.path !== null))
      : await openPostgres(config.connectionString, config.connections_max ?? 4, schema)
  try {
    await migrate(db, schema)
  } catch (error) {
    await db.destroy()
    throw error
  }
  const listeners = new Set<(change: RecordChange) => void>()
  const announce = (change: RecordChange): void => {
    for (const listener of listeners) listener(change)
  }
  return {
    kind: config.kind,
    db,
    announce,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear: async () => {
      await sql`truncate ${sql.join(tableNames.map((name) => sql.table(name)))}`.execute(db)
      announce({ persons: null, position: null })
    },
    close: () => db.destroy(),
  }
}
