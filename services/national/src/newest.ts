/** Up to where the record is folded: what every figure says it is the date of. */
import type { Db } from "@tongzhang/record/tables"

export type Newest = { readonly position: string; readonly recordedAt: number }

/** Position and store time of the newest fact folded about anybody; null while there is none. */
export const newestOf = async (db: Db): Promise<Newest | null> => {
  const row = await db
    .selectFrom("person_record")
    .select(({ fn }) => [fn.max("position").as("position"), fn.max("recorded_at").as("recordedAt")])
    .executeTakeFirst()
  return row === undefined || row.position === null ? null : row
}
