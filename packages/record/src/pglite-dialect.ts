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

const connect = (pglite: PgliteLike): DatabaseConnection => ({
  executeQuery: async <Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> => {
    const { rows, affectedRows } = await pglite.query<Row>(sql, [...parameters])
    return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) }
  },
  streamQuery: () => {
    throw new Error("PGlite does not stream: read in pages")
  },
})

const createDriver = (pglite: PgliteLike): Driver => {
  const connection = connect(pglite)
  let turn: Promise<void> = Promise.resolve()
  let free: () => void = () => {}
  const run = async (statement: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(statement))
  }
  return {
    init: async () => {},
    // A connection in use (a transaction, above all) keeps the others waiting in line.
    acquireConnection: async () => {
      const before = turn
      let release: () => void = () => {}
      turn = new Promise((resolve) => (release = resolve))
      await before
      free = release
      return connection
    },
    beginTransaction: () => run("begin"),
    commitTransaction: () => run("commit"),
    rollbackTransaction: () => run("rollback"),
    releaseConnection: async () => free(),
    destroy: async () => pglite.close(),
  }
}

export const pgliteDialect = (pglite: PgliteLike): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => createDriver(pglite),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
})
