/** Opens the read model on PGlite (in the process) or PostgreSQL: same SQL, same migrations. */
import { Kysely, Migrator, sql } from "kysely"
import { migrationsFor } from "./migrations/all.js"
import { loadThrough, pgliteDialects } from "./pglite-dialect.js"
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
      /** See `@tongzhang/postgres/pool`. */
      readonly silence_seconds_max?: number | undefined
      /** Default: this version's. Another one is a second copy beside it, to be filled while the first is read. */
      readonly schema?: string
      /** Parts that the tables of persons are made of; 1: undivided. Fixed when a copy is made. */
      readonly partitions?: number
    }

export type RecordDb = {
  readonly kind: RecordConfig["kind"]
  readonly db: Db
  /** Brings rows into an empty record by COPY; null: by upserts from the first batch on, as measurements want it. */
  readonly load: Load | null
  /** Tells readers in this process that these persons were rewritten and up to where the facts are folded. */
  readonly announce: (change: RecordChange) => void
  /** Calls back after every write of this process; returns a function that ends it. */
  readonly onChange: (listener: (change: RecordChange) => void) => () => void
  /** Opens an empty copy beside this one, to be filled while this one is read and written on. What a broken-off try left is dropped. */
  readonly beside: () => Promise<Beside>
  /** Empties every table: the facts fill them again. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A second copy of the record in the same database. */
export type Beside = {
  readonly record: RecordDb
  /** Puts the copy in the place of the first, for every process that reads it, in one transaction; the first is then dropped. */
  readonly takeOver: () => Promise<void>
  readonly drop: () => Promise<void>
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

type Opened = {
  readonly db: Kysely<Tables>
  readonly load: Load
  readonly schema: string
  readonly partitions: number
  /** The same database, other tables. */
  readonly again: (schema: string) => Promise<Opened>
}

const openPglite = async (path: string | null, thread: boolean): Promise<Opened> => {
  const dialectOf = pgliteDialects(thread ? await openPgliteThread(path) : await createPglite(path), schemaName)
  const open = (schema: string, owner: boolean): Opened => {
    const db = new Kysely<Tables>({ dialect: dialectOf(schema, owner) })
    const again = async (other: string): Promise<Opened> => {
      await sql.raw(`create schema if not exists ${other}`).execute(db)
      return open(other, false)
    }
    // Undivided: one process's worth of persons needs no parts.
    return { db, load: loadThrough(db), schema, partitions: 1, again }
  }
  return open(schemaName, true)
}

const openServer = async (config: Extract<RecordConfig, { kind: "postgres" }>): Promise<Opened> => {
  const { connections_max = 4, schema = schemaName, partitions = partitions_default, ...server } = config
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > partitions_max)
    throw new RangeError(`record store: 1 to ${partitions_max} partitions, not ${partitions}`)
  // Only where it is used: the embedded ledger never loads the driver.
  const { openPostgres } = await import("./postgres.js")
  const again = (other: string): Promise<Opened> => openServer({ ...config, schema: other })
  return { ...(await openPostgres({ ...server, connections_max }, schema)), schema, partitions, again }
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

const besideOf = async (
  kind: RecordConfig["kind"],
  { db, schema, again }: Opened,
  announce: RecordDb["announce"],
): Promise<Beside> => {
  const [next, old] = [`${schema}_next`, `${schema}_old`]
  const dropped = (name: string): Promise<unknown> => sql.raw(`drop schema if exists ${name} cascade`).execute(db)
  await dropped(next)
  const record = await recordOf(kind, await again(next))
  return {
    record,
    takeOver: async () => {
      await dropped(old)
      // Names are looked up anew by each statement: readers find the new tables at once, or wait for nothing at all.
      await db.transaction().execute(async (trx) => {
        await sql.raw(`alter schema ${schema} rename to ${old}`).execute(trx)
        await sql.raw(`alter schema ${next} rename to ${schema}`).execute(trx)
      })
      announce({ persons: null, position: null })
      await record.close()
      await dropped(old)
    },
    drop: async () => {
      await record.close()
      await dropped(next)
    },
  }
}

/** Migrates what was opened; a failure closes it. */
const recordOf = async (kind: RecordConfig["kind"], opened: Opened): Promise<RecordDb> => {
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
    kind,
    db,
    load,
    announce,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    beside: () => besideOf(kind, opened, announce),
    clear: async () => {
      await sql`truncate ${sql.join(tableNames.map((name) => sql.table(name)))}`.execute(db)
      announce({ persons: null, position: null })
    },
    close: () => db.destroy(),
  }
}

/** Opens and migrates. A PGlite folder belongs to one process at a time. */
export const openRecord = async (config: RecordConfig): Promise<RecordDb> =>
  recordOf(
    config.kind,
    config.kind === "pglite"
      ? await openPglite(config.path, canThread && (config.thread ?? config.path !== null))
      : await openServer(config),
  )
