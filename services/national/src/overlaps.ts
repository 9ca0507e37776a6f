/** The queue of overlap cases, by the money at risk. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Db } from "@tongzhang/record/tables"
import { sql } from "kysely"
import { z } from "zod"
import type { Cursor } from "./cursor.js"
import { daysBetween } from "./moments.js"

/**
 * F5: before (事前预警) a second benefit is paid; during (事中监控) while both relations still run; after (事后追责) the doubled months
 * lie in the past and are to be paid back.
 */
export const stages = ["before", "during", "after"] as const
const stageNames = { before: "事前", during: "事中", after: "事后" } as const

const stage = z.enum(stages)
export const queueSchema = z.object({
  items: z.array(
    z.object({
      person: z.string(),
      case: z.string(),
      family: z.string(),
      kind: z.string(),
      status: z.string(),
      stage,
      stage_zh: z.string(),
      sides: z.array(z.string()),
      provinces: z.array(z.string()),
      months: z.int(),
      atRisk_fen: z
        .int()
        .describe("the largest refund among the options; for benefits, the smaller one for the months, at most a year"),
      recommended: z.string().nullable(),
      keep: z.string().nullable(),
      since: z.iso.datetime(),
      days_open: z.int(),
    }),
  ),
  totals: z.array(
    z.object({ kind: z.string(), status: z.string(), stage, cases: z.int(), months: z.int(), atRisk_fen: z.int() }),
  ),
  next: z.string().nullable(),
})
export type Queue = z.infer<typeof queueSchema>

export type QueueFilter = {
  readonly province?: ProvinceCode
  readonly status?: string
  readonly kind?: string
  readonly stage?: (typeof stages)[number]
  readonly limit: number
  readonly after: Cursor | null
}

type Item = {
  readonly person_key: string
  readonly case_id: string
  readonly family: string
  readonly kind: string
  readonly status: string
  readonly stage: (typeof stages)[number]
  readonly side_a: string
  readonly side_b: string
  readonly months: number
  readonly recommended: string | null
  readonly keep: string | null
  readonly since: number
  readonly at_risk_fen: number
}

// The options stand in the person's state; the table holds what people filter by.
const options = sql`(p.state::json->'overlaps'->c.family->'cases'->c.case_id->'proposal'->'options')`
const largestRefund = sql`(select max((one->>'refund_fen')::bigint) from json_array_elements(
  case when json_typeof(${options}) = 'array' then ${options} else '[]'::json end) one)`
/** Two pensions for life have no last month: a year of the smaller one is at risk until somebody decides. */
const endlessMonths = 12
const smallerBenefit = sql`(select min(b.monthly_fen) * least(c.months, ${endlessMonths}) from benefit_claim b where b.person_key = c.person_key
  and b.province || '_' || b.scheme || '_' || b.claim in (c.side_a, c.side_b))`
const stillRuns = (side: "side_a" | "side_b") => sql`exists (select 1 from relation r where r.person_key = c.person_key
  and r.province || '_' || r.scheme = c.${sql.ref(side)} and r.status = 'open')`

const cases = ({ province, status, kind }: QueueFilter) => sql`(select c.*,
    case when c.family = 'benefit' then 'before' when ${stillRuns("side_a")} and ${stillRuns("side_b")} then 'during' else 'after' end as stage,
    coalesce(case when c.family = 'benefit' then ${smallerBenefit} else ${largestRefund} end, 0)::bigint as at_risk_fen
  from overlap_case c left join person_record p on p.person_key = c.person_key
  where ${status === undefined ? sql`true` : sql`c.status = ${status}`}
    and ${kind === undefined ? sql`true` : sql`c.kind = ${kind}`}
    and ${province === undefined ? sql`true` : sql`${province} in (c.province_a, c.province_b)`}) q`

const rowOf = (row: Item, now: number): Queue["items"][number] => ({
  person: row.person_key,
  case: row.case_id,
  family: row.family,
  kind: row.kind,
  status: row.status,
  stage: row.stage,
  stage_zh: stageNames[row.stage],
  sides: [row.side_a, row.side_b],
  provinces: [...new Set([row.side_a.slice(0, 2), row.side_b.slice(0, 2)])],
  months: row.months,
  atRisk_fen: row.at_risk_fen,
  recommended: row.recommended,
  keep: row.keep,
  since: new Date(row.since).toISOString(),
  days_open: Math.max(daysBetween(row.since, now), 0),
})

/** Largest amount first, then person and case; `now` in ms since 1970. */
export const queueOf = async (
  db: Db,
  now: number,
  filter: QueueFilter,
): Promise<{ queue: Omit<Queue, "next">; last: Cursor | null }> => {
  const { stage: wanted, after, limit } = filter
  const inStage = wanted === undefined ? sql`true` : sql`q.stage = ${wanted}`
  const { rows } = await sql<Item>`select * from ${cases(filter)} where ${inStage}
      and ${after === null ? sql`true` : sql`(-q.at_risk_fen, q.person_key, q.case_id) > (${-Number(after[0])}, ${after[1]}, ${after[2]})`}
    order by -q.at_risk_fen, q.person_key, q.case_id limit ${limit}`.execute(db)
  const totals = await sql<
    Queue["totals"][number]
  >`select kind, status, stage, count(*)::int as cases, sum(months)::int as months,
      sum(at_risk_fen)::bigint as "atRisk_fen"
    from ${cases(filter)} where ${inStage} group by kind, status, stage order by "atRisk_fen" desc, kind, status, stage`.execute(
    db,
  )
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    queue: { items: rows.map((row) => rowOf(row, now)), totals: totals.rows },
    last: last === undefined ? null : [String(last.at_risk_fen), last.person_key, last.case_id],
  }
}
