/** Boards and queues: transfers, overlap cases, held benefits. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { type Selectable, sql } from "kysely"
import type { RecordDb } from "./database.js"
import type { BenefitClaimTable, OverlapCaseTable, Tables, TransferLegTable, TransferTable } from "./tables.js"

export type Page = { readonly limit: number; readonly offset: number }
export type Paged<Row> = { readonly rows: readonly Row[]; readonly total: number }

export type TransferFilter = Partial<Page> & {
  readonly province?: ProvinceCode
  readonly status?: string
  readonly escalated?: boolean
}
export type OverlapFilter = Partial<Page> & {
  readonly province?: ProvinceCode
  readonly status?: string
  readonly kind?: string
}

const countOf = sql<number>`count(*) over ()`.as("total")
const paged = <Row extends { readonly total: number }>(rows: readonly Row[]): Paged<Omit<Row, "total">> => ({
  rows: rows.map(({ total: _total, ...row }) => row),
  total: rows[0]?.total ?? 0,
})

export const caseQueries = ({ db }: RecordDb) => ({
  /** Transfer board: open ones first, the most urgent on top. */
  transfers: async (filter: TransferFilter = {}): Promise<Paged<Selectable<TransferTable>>> => {
    let query = db.selectFrom("transfer").selectAll().select(countOf)
    const { province } = filter
    if (filter.status !== undefined) query = query.where("status", "=", filter.status)
    if (filter.escalated !== undefined) query = query.where("escalated", "=", filter.escalated)
    if (province !== undefined)
      query = query.where((eb) =>
        eb.or([
          eb("to_province", "=", province),
          eb.exists(
            eb
              .selectFrom("transfer_leg")
              .select("transfer_leg.transfer_id")
              .whereRef("transfer_leg.transfer_id", "=", "transfer.transfer_id")
              .where("from_province", "=", province),
          ),
        ]),
      )
    const rows = await query
      .orderBy(sql`legs_open = 0`)
      .orderBy("due")
      .orderBy("transfer_id")
      .limit(filter.limit ?? 100)
      .offset(filter.offset ?? 0)
      .execute()
    return paged(rows)
  },
  legsOf: (transfers: readonly string[]): Promise<Selectable<TransferLegTable>[]> =>
    db
      .selectFrom("transfer_leg")
      .selectAll()
      .where(sql<boolean>`transfer_id = any(${transfers})`)
      .orderBy("transfer_id")
      .orderBy("from_province")
      .execute(),
  transferIdsOf: async (person: PersonKey): Promise<TransferId[]> =>
    (await db.selectFrom("transfer").select("transfer_id").where("person_key", "=", person).execute()).map(
      (row) => row.transfer_id as TransferId,
    ),
  /** Overlap queue, oldest first. */
  overlaps: async (filter: OverlapFilter = {}): Promise<Paged<Selectable<OverlapCaseTable>>> => {
    let query = db.selectFrom("overlap_case").selectAll().select(countOf)
    const { province, kind } = filter
    if (filter.status !== undefined) query = query.where("status", "=", filter.status)
    if (kind !== undefined) query = query.where("kind", "=", kind as Tables["overlap_case"]["kind"])
    if (province !== undefined)
      query = query.where((eb) => eb.or([eb("province_a", "=", province), eb("province_b", "=", province)]))
    const rows = await query
      .orderBy("since")
      .orderBy("person_key")
      .orderBy("case_id")
      .limit(filter.limit ?? 100)
      .offset(filter.offset ?? 0)
      .execute()
    return paged(rows)
  },
  heldBenefits: (limit = 100): Promise<Selectable<BenefitClaimTable>[]> =>
    db.selectFrom("benefit_claim").selectAll().where("held", "is not", null).orderBy("person_key").limit(limit).execute(),
  benefitsOf: (person: PersonKey): Promise<Selectable<BenefitClaimTable>[]> =>
    db.selectFrom("benefit_claim").selectAll().where("person_key", "=", person).execute(),
})
