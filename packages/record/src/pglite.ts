/** PGlite as the record needs it; the same in this thread and in the worker. */
import { PGlite, types } from "@electric-sql/pglite"

/** Raised when a change of the fold makes old rows wrong: the new shape is then built beside the old one. */
export const projectionVersion = 1
export const schemaName = `record_v${projectionVersion}`

/** What the dialect needs of PGlite: the worker's proxy can stand in for it. */
export type PgliteLike = {
  /** @param blob what `copy … from '/dev/blob'` reads */
  readonly query: <Row>(
    sql: string,
    parameters?: unknown[],
    blob?: Uint8Array,
  ) => Promise<{ readonly rows: Row[]; readonly affectedRows?: number }>
  readonly close: () => Promise<void>
}

/** @param path folder, null for memory */
export const createPglite = async (path: string | null): Promise<PgliteLike> => {
  // Fewer shared buffers: 174 MB instead of 303 MB at re-opening (design/tech.md §2).
  const startParams = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"]
  const parsers = { [types.INT8]: Number, [types.JSON]: (text: string) => text, [types.NUMERIC]: Number }
  const pglite = await PGlite.create({ ...(path === null ? {} : { dataDir: path }), startParams, parsers })
  await pglite.exec(`create schema if not exists ${schemaName}; set search_path to ${schemaName}`)
  return {
    query: async <Row>(sql: string, parameters: unknown[] = [], blob?: Uint8Array) => {
      // A copy of the bytes: a Blob takes none that could be shared between threads.
      const read = blob === undefined ? {} : { blob: new Blob([Uint8Array.from(blob)]) }
      const { rows, affectedRows } = await pglite.query<Row>(sql, parameters, read)
      return affectedRows === undefined ? { rows } : { rows, affectedRows }
    },
    close: () => pglite.close(),
  }
}
