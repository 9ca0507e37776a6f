/**
 * Batched upserts: one JSON parameter and `json_to_recordset` per 1,000 rows (measured on PostgreSQL: 37k rows/s against 20k with
 * one array per column; on PGlite the two are level). Guarded, so that an older state never overwrites a newer one.
 */
import { type RawBuilder, sql, type Transaction } from "kysely"
import type { Tables } from "./tables.js"

export const rowsPerStatement_max = 1_000

export type UpsertShape = {
  readonly table: keyof Tables
  /** Column -> PostgreSQL type. */
  readonly columns: Readonly<Record<string, string>>
  readonly key: readonly string[]
  /** A row is overwritten only when this column grows or stays. */
  readonly guard?: string
  /** Columns that keep what they had where the new row says null. */
  readonly keepIfNull?: boolean
  /** Columns are added to what they had. */
  readonly adds?: boolean
}

const compile = (shape: UpsertShape): { readonly before: string; readonly after: string } => {
  const names = Object.keys(shape.columns)
  const typed = names.map((name) => `${name} ${shape.columns[name] ?? "text"}`).join(", ")
  const value = (name: string): string =>
    shape.adds === true
      ? `${shape.table}.${name} + excluded.${name}`
      : shape.keepIfNull === true
        ? `coalesce(excluded.${name}, ${shape.table}.${name})`
        : `excluded.${name}`
  const updates = names.filter((name) => !shape.key.includes(name)).map((name) => `${name} = ${value(name)}`)
  const guard = shape.guard === undefined ? "" : ` where excluded.${shape.guard} >= ${shape.table}.${shape.guard}`
  return {
    before: `insert into ${shape.table} (${names.join(", ")}) select ${names.join(", ")} from json_to_recordset(`,
    after: `::json) as r(${typed}) on conflict (${shape.key.join(", ")}) do update set ${updates.join(", ")}${guard}`,
  }
}

export type Upsert = (trx: Transaction<Tables>, rows: readonly string[]) => Promise<void>

/** An upsert of rows given as JSON objects in text. No key may come twice in one call. */
export const upsertOf = (shape: UpsertShape): Upsert => {
  const { before, after } = compile(shape)
  const statement = (json: string): RawBuilder<unknown> => sql`${sql.raw(before)}${json}${sql.raw(after)}`
  return async (trx, rows) => {
    for (let start = 0; start < rows.length; start += rowsPerStatement_max)
      await statement(`[${rows.slice(start, start + rowsPerStatement_max).join(",")}]`).execute(trx)
  }
}
