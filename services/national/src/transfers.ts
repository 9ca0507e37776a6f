/** The public saga of transfers (N15): where each stands, who is awaited, which province holds things up, tails included. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { provinces } from "@tongzhang/domain/codes"
import type { Db } from "@tongzhang/record/tables"
import { sql } from "kysely"
import { z } from "zod"
import type { Cursor } from "./cursor.js"

const count = z.int()
const leg = z.object({
  from: z.string(),
  outcome: z.string(),
  waitsFor: z.string().nullable(),
  due: z.string(),
  overdue: z.boolean(),
  escalated: z.boolean(),
  disputed: z.string().nullable(),
  months: count,
  account_fen: count,
  pooled_fen: count,
})

export const boardSchema = z.object({
  today: z.string(),
  counts: z.object({
    byStatus: z.record(z.string(), count),
    open: count,
    overdue: count.describe("open transfers with a step past its due date"),
    escalated: count,
    /** Stated by the origins and not yet booked. */
    inTransit_fen: count,
  }),
  bottlenecks: z
    .array(
      z.object({
        province: z.string(),
        zh: z.string(),
        open: count.describe("legs this province still owes as the origin"),
        overdue: count,
        escalated: count,
        oldestDue: z.string().nullable(),
        finished: count,
        median_days: z.number().nullable().describe("from application to completion, of finished transfers with a leg here"),
        p95_days: z.number().nullable(),
        waiting_median_days: z.number().nullable().describe("since the application, of open legs"),
        waiting_p95_days: z.number().nullable(),
      }),
    )
    .describe("worst first"),
  items: z.array(
    z.object({
      transferId: z.string(),
      person: z.string(),
      scheme: z.string(),
      status: z.string(),
      to: z.string(),
      requestedOn: z.string().nullable(),
      endedOn: z.string().nullable(),
      due: z.string().nullable(),
      overdue: z.boolean(),
      escalated: z.boolean(),
      legs: z.array(leg),
    }),
  ),
  next: z.string().nullable().describe("send it as `cursor` for the next page"),
})
export type Board = z.infer<typeof boardSchema>

export type BoardFilter = {
  readonly province?: ProvinceCode
  readonly status?: string
  readonly overdue?: boolean
  readonly limit: number
  readonly after: Cursor | null
}

type Counts = { readonly status: string; readonly number: number; readonly overdue: number; readonly escalated: number }
const openStatuses: readonly string[] = ["requested", "planned"]

/** Transfers in which a province takes part, as destination or origin; all when null. */
const involving = (province: ProvinceCode | undefined) =>
  province === undefined
    ? sql<boolean>`true`
    : sql<boolean>`(t.to_province = ${province} or exists (select 1 from transfer_leg x where x.transfer_id = t.transfer_id and x.from_province = ${province}))`

const countsOf = async (db: Db, today: string, province: ProvinceCode | undefined): Promise<Board["counts"]> => {
  const { rows } = await sql<Counts>`select t.status, count(*)::int as number,
      (count(*) filter (where t.status = 'planned' and t.due < ${today}))::int as overdue,
      (count(*) filter (where t.escalated))::int as escalated
    from transfer t where ${involving(province)} group by t.status`.execute(db)
  const transit = await sql<{ fen: number }>`select coalesce(sum(l.account_fen + l.pooled_fen), 0)::bigint as fen
    from transfer_leg l join transfer t on t.transfer_id = l.transfer_id
    where l.outcome = 'open' and l.step in ('money', 'booking') and ${involving(province)}`.execute(db)
  const sum = (of: "overdue" | "escalated"): number => rows.reduce((all, row) => all + row[of], 0)
  return {
    byStatus: Object.fromEntries(rows.map((row) => [row.status, row.number])),
    open: rows.filter((row) => openStatuses.includes(row.status)).reduce((all, row) => all + row.number, 0),
    overdue: sum("overdue"),
    escalated: sum("escalated"),
    inTransit_fen: transit.rows[0]?.fen ?? 0,
  }
}

type Bottleneck = Omit<Board["bottlenecks"][number], "zh" | "province"> & { readonly province: ProvinceCode }

const bottlenecksOf = async (db: Db, today: string, province: ProvinceCode | undefined): Promise<Board["bottlenecks"]> => {
  const waited = sql`(${today}::date - t.requested_on::date)`
  const took = sql`(t.ended_on::date - t.requested_on::date)`
  const { rows } = await sql<Bottleneck>`select l.from_province as province,
      (count(*) filter (where l.outcome = 'open'))::int as open,
      (count(*) filter (where l.outcome = 'open' and l.due < ${today}))::int as overdue,
      (count(*) filter (where l.outcome = 'open' and l.escalated))::int as escalated,
      min(l.due) filter (where l.outcome = 'open') as "oldestDue",
      (count(*) filter (where t.status = 'completed'))::int as finished,
      percentile_cont(0.5) within group (order by ${took}) filter (where t.status = 'completed') as median_days,
      percentile_cont(0.95) within group (order by ${took}) filter (where t.status = 'completed') as p95_days,
      percentile_cont(0.5) within group (order by ${waited}) filter (where l.outcome = 'open') as waiting_median_days,
      percentile_cont(0.95) within group (order by ${waited}) filter (where l.outcome = 'open') as waiting_p95_days
    from transfer_leg l join transfer t on t.transfer_id = l.transfer_id
    where ${province === undefined ? sql`true` : sql`l.from_province = ${province}`}
    group by l.from_province order by overdue desc, open desc, l.from_province`.execute(db)
  return rows.map((row) => ({ ...row, zh: provinces[row.province].zh }))
}

type Item = {
  readonly transfer_id: string
  readonly person_key: string
  readonly scheme: string
  readonly status: string
  readonly to_province: string
  readonly requested_on: string | null
  readonly ended_on: string | null
  readonly due: string | null
  readonly escalated: boolean
  /** 0 open, 1 ended: open ones come first. */
  readonly ended: number
}

const itemsOf = async (db: Db, today: string, filter: BoardFilter): Promise<readonly Item[]> => {
  const ended = sql`(case when t.status in ('requested', 'planned') then 0 else 1 end)`
  const due = sql`coalesce(t.due, '9999')`
  const { status, overdue, after, limit } = filter
  const { rows } = await sql<Item>`select t.*, ${ended} as ended from transfer t
    where ${involving(filter.province)}
      and ${status === undefined ? sql`true` : sql`t.status = ${status}`}
      and ${overdue === true ? sql`(t.status = 'planned' and t.due < ${today})` : sql`true`}
      and ${after === null ? sql`true` : sql`(${ended}, ${due}, t.transfer_id) > (${Number(after[0])}, ${after[1]}, ${after[2]})`}
    order by ended, ${due}, t.transfer_id limit ${limit}`.execute(db)
  return rows
}

/** `today` in China; an agency is given its own province's part. */
export const boardOf = async (
  db: Db,
  today: string,
  filter: BoardFilter,
): Promise<{ board: Omit<Board, "next">; last: Cursor | null }> => {
  const items = await itemsOf(db, today, filter)
  const ids = items.map((item) => item.transfer_id)
  const legs = await db
    .selectFrom("transfer_leg")
    .selectAll()
    .where(sql<boolean>`transfer_id = any(${ids})`)
    .orderBy("from_province")
    .execute()
  const last = items.length === filter.limit ? items.at(-1) : undefined
  return {
    board: {
      today,
      counts: await countsOf(db, today, filter.province),
      bottlenecks: await bottlenecksOf(db, today, filter.province),
      items: items.map((item) => ({
        transferId: item.transfer_id,
        person: item.person_key,
        scheme: item.scheme,
        status: item.status,
        to: item.to_province,
        requestedOn: item.requested_on,
        endedOn: item.ended_on,
        due: item.due,
        overdue: item.status === "planned" && item.due !== null && item.due < today,
        escalated: item.escalated,
        legs: legs
          .filter((one) => one.transfer_id === item.transfer_id)
          .map((one) => ({
            from: one.from_province,
            outcome: one.outcome,
            waitsFor: one.step,
            due: one.due,
            overdue: one.outcome === "open" && one.due < today,
            escalated: one.escalated,
            disputed: one.disputed,
            months: one.months,
            account_fen: one.account_fen,
            pooled_fen: one.pooled_fen,
          })),
      })),
    },
    last: last === undefined ? null : [String(last.ended), last.due ?? "9999", last.transfer_id],
  }
}
