/** Kysely on PGlite: one connection inside the process, so transactions take turns. */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely"
import type { PgliteLike } from "./pglite.js"
import type { Load } from "./postgres.js"
import type { Db } from "./tables.js"

/** COPY has no parameters: the only value given with this one is what it reads. */
const fromBlob = "from '/dev/blob'"

const connect = (pglite: PgliteLike): DatabaseConnection => ({
  executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
    const [bytes] = parameters
    const { rows, affectedRows } = await (sql.endsWith(fromBlob) && bytes instanceof Uint8Array
      ? pglite.query<Row>(sql, [], bytes)
      : pglite.query<Row>(sql, [...parameters]))
    return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) }
  },
  streamQuery: () => {
    throw new Error("PGlite does not stream: read in pages")
  },
})

/** The one session of the database, used in turn. Each user of it has tables of its own: `search_path` follows whoever is at work. */
type Session = { turn: Promise<void>; path: string }

const createDriver = (pglite: PgliteLike, session: Session, schema: string, destroy: () => Promise<void>): Driver => {
  const connection = connect(pglite)
  let free: () => void = () => {}
  const run = async (statement: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(statement))
  }
  return {
    init: async () => {},
    // A connection in use (a transaction, above all) keeps the others waiting in line.
    acquireConnection: async () => {
      const before = session.turn
      let release: () => void = () => {}
      session.turn = new Promise((resolve) => (release = resolve))
      await before
      free = release
      try {
        if (session.path !== schema) await run(`set search_path to ${schema}`)
        session.path = schema
      } catch (error) {
        release()
        throw error
      }
      return connection
    },
    beginTransaction: () => run("begin"),
    commitTransaction: () => run("commit"),
    rollbackTransaction: () => run("rollback"),
    releaseConnection: async () => free(),
    destroy,
  }
}

/**
 * Dialects on one PGlite, each with the tables of its own schema.
 * @returns a dialect for a schema; one that owns the database closes it when it is destroyed
 */
export const pgliteDialects = (pglite: PgliteLike, path: string): ((schema: string, owner: boolean) => Dialect) => {
  const session: Session = { turn: Promise.resolve(), path }
  return (schema, owner) => ({
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(pglite, session, schema, owner ? () => pglite.close() : async () => {}),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  })
}

/** COPY on PGlite, in a transaction of its own: the rows of a table are one blob. */
export const loadThrough =
  (db: Db): Load =>
  (work) =>
    db.transaction().execute((trx) =>
      work({
        query: async (statement, values) =>
          Number((await trx.executeQuery(CompiledQuery.raw(statement, [...values]))).numAffectedRows ?? 0),
        copy: async (statement, chunks) => {
          await trx.executeQuery(CompiledQuery.raw(statement.replace(/from stdin$/u, fromBlob), [Buffer.concat(chunks)]))
        },
      }),
    )
