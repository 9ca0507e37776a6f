/** Opens the read model on PGlite (in the process) or PostgreSQL: same SQL, same migrations. */
import { Kysely, Migrator, sql } from "kysely"
import { migrationsFor } from "./migrations/all.js"
import { pgliteDialect } from "./pglite-dialect.js"
import { canThread, openPgliteThread } from "./pglite-thread.js"
import { createPglite, schemaName } from "./pglite.js"
import type { Load } from "./postgres.js"
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
      /** Parts that the tables of persons are made of; 1: undivided. Fixed when a copy is made. */
      readonly partitions?: number
    }

export type RecordDb = {
  readonly kind: RecordConfig["kind"]
  readonly db: Db
  /** Brings rows into an empty record without upserts; null where the engine has no such way. */
  readonly load: Load | null
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

/** Eight parts of a nation of a thousand million rows are each small enough to be vacuumed and indexed in a night (ADR 7). */
export const partitions_default = 8
export const partitions_max = 256

type Opened = { readonly db: Kysely<Tables>; readonly load: Load | null; readonly schema: string; readonly partitions: number }

const openPglite = async (path: string | null, thread: boolean): Promise<Opened> => {
  const dialect = pgliteDialect(thread ? await openPgliteThread(path) : await createPglite(path))
  // Undivided: one process's worth of persons needs no parts.
  return { db: new Kysely<Tables>({ dialect }), load: null, schema: schemaName, partitions: 1 }
}

const openServer = async (config: Extract<RecordConfig, { kind: "postgres" }>): Promise<Opened> => {
  const { connectionString, connections_max = 4, schema = schemaName, partitions = partitions_default } = config
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > partitions_max)
    throw new RangeError(`record store: 1 to ${partitions_max} partitions, not ${partitions}`)
  // Only where it is used: the embedded ledger never loads the driver.
  const { openPostgres } = await import("./postgres.js")
  return { ...(await openPostgres(connectionString, connections_max, schema)), schema, partitions }
}

const migrate = async ({ db, schema, partitions }: Opened): Promise<void> => {
  const { error, results } = await new Migrator({
    db,
    provider: migrationsFor({ partitions }),
    migrationTableSchema: schema,
  }).migrateToLatest()
  const failed = results?.find((result) => result.status === "Error")?.migrationName
  if (error !== undefined) throw new Error(`record store: migration ${failed ?? ""} failed`, { cause: error })
}

/** Opens and migrates. A PGlite folder belongs to one process at a time. */
export const openRecord = async (config: RecordConfig): Promise<RecordDb> => {
  const opened =
    config.kind === "pglite"
      ? await openPglite(config.path, canThread && (config.thread ?? config.path !== null))
      : await openServer(config)
  const { db, load } = opened
  try {
    await migrate(opened)
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
    load,
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
