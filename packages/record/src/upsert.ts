/**
 * Batched upserts: one JSON parameter and `json_to_recordset` per 1,000 rows (measured on PostgreSQL: 37k rows/s against 20k with
 * one array per column; on PGlite the two are level). Guarded, so that an older state never overwrites a newer one.
 */
import { type RawBuilder, sql, type Transaction } from "kysely"
import type { Row, TableShape } from "./shapes.js"
import type { Tables } from "./tables.js"

export const rowsPerStatement_max = 1_000

const compile = (shape: TableShape): { readonly before: string; readonly after: string } => {
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

/** A row as JSON; what is JSON already goes in as it is. */
const textOf = ({ columns }: TableShape): ((row: Row) => string) => {
  const ready = Object.keys(columns).filter((name) => columns[name] === "json")
  if (ready.length === 0) return JSON.stringify
  const unset = Object.fromEntries(ready.map((name) => [name, undefined]))
  return (row) => {
    const others = JSON.stringify({ ...row, ...unset })
    return `${others.slice(0, -1)}${ready.map((name) => `,"${name}":${String(row[name])}`).join("")}}`
  }
}

export type Upsert = (trx: Transaction<Tables>, rows: readonly Row[]) => Promise<void>

/** No key may come twice in one call. */
export const upsertOf = (shape: TableShape): Upsert => {
  const { before, after } = compile(shape)
  const text = textOf(shape)
  const statement = (json: string): RawBuilder<unknown> => sql`${sql.raw(before)}${json}${sql.raw(after)}`
  return async (trx, rows) => {
    for (let start = 0; start < rows.length; start += rowsPerStatement_max) {
      const part = rows.slice(start, start + rowsPerStatement_max).map(text)
      await statement(`[${part.join(",")}]`).execute(trx)
    }
  }
}
