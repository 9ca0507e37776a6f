/**
 * How good the alarms are (N9), from what people decided about them: observed precision with its denominator, what became of the cases month
 * by month, how soon an alarm came, and which benefits are held. Recall cannot be known from a ledger: nobody tells it what it missed.
 */
import type { Db } from "@tongzhang/record/tables"
import type { EventStore } from "@tongzhang/event-store/port"
import { sql } from "kysely"
import { z } from "zod"
import { alarmsOf, heldSince, wrongHolds } from "./overlap-facts.js"

const limits = {
  /** Newest cases whose alarm is timed. */
  alarms_max: 100,
  /** Held claims listed, and dismissed benefit cases looked into. */
  held_max: 200,
  months_max: 24,
} as const

const count = z.int()
const verdicts = z.object({
  confirmed: count.describe("decided to be a duplicate, cleared or not yet"),
  dismissed: count.describe("decided to be none"),
  precision: z.number().nullable().describe("confirmed / (confirmed + dismissed); null while nothing is decided"),
  open: count.describe("nobody has decided yet"),
  dissolved: count.describe("ended by itself: one side took its months back; neither right nor wrong"),
})
export const qualitySchema = z.object({
  dataOf: z.iso.datetime().nullable(),
  all: verdicts,
  kinds: z.array(verdicts.extend({ kind: z.string() })),
  months: z
    .array(z.object({ month: z.string(), opened: count, decided: count, cleared: count, dismissed: count, dissolved: count }))
    .describe("opened: by the month of the alarm; the others: by the month of the case's latest act, in China"),
  alarms: z
    .object({ cases: count, measured: count, median_seconds: z.number().nullable(), p95_seconds: z.number().nullable() })
    .describe("of the newest 100 cases: from the booking of the fact that completed the overlap to the booking of the alarm"),
  held: z.object({
    claims: count,
    withAmount: count.describe("of these, awarded: only they have an amount"),
    monthly_fen: count.describe("what the awarded ones would be paid each month"),
    items: z.array(
      z.object({
        person: z.string(),
        scheme: z.string(),
        claim: z.string(),
        province: z.string(),
        reason: z.string(),
        against: z.string().nullable(),
        from: z.string(),
        monthly_fen: z.int().nullable(),
        since: z.iso.datetime().nullable(),
        days: count.nullable(),
      }),
    ),
  }),
  wronglyHeld: z
    .object({ cases: count, claims: count, days: z.number().nullable(), median_days: z.number().nullable() })
    .describe("claims held for a benefit case that was then dismissed, and how long until they were released"),
})
export type Quality = z.infer<typeof qualitySchema>

type Status = { readonly kind: string; readonly status: string; readonly cases: number }

const verdictsOf = (rows: readonly Status[]): z.infer<typeof verdicts> => {
  const of = (...statuses: readonly string[]): number =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((sum, { cases }) => sum + cases, 0)
  const [confirmed, dismissed] = [of("decided", "cleared"), of("dismissed")]
  const judged = confirmed + dismissed
  return {
    confirmed,
    dismissed,
    precision: judged === 0 ? null : confirmed / judged,
    open: of("open"),
    dissolved: of("dissolved"),
  }
}

const monthIn = (ms: ReturnType<typeof sql>) =>
  sql`to_char(to_timestamp((${ms})::bigint / 1000.0) at time zone 'Asia/Shanghai', 'YYYY-MM')`

const monthsOf = async (db: Db): Promise<Quality["months"]> => {
  const { rows } = await sql<Quality["months"][number]>`with acts as (
      select ${monthIn(sql`c.since`)} as month, 'opened' as act from overlap_case c
      union all
      select ${monthIn(sql`p.state::json->'overlaps'->c.family->'seen'->c.case_id->>'last'`)}, c.status
        from overlap_case c join person_record p on p.person_key = c.person_key where c.status <> 'open')
    select month, (count(*) filter (where act = 'opened'))::int as opened, (count(*) filter (where act = 'decided'))::int as decided,
      (count(*) filter (where act = 'cleared'))::int as cleared, (count(*) filter (where act = 'dismissed'))::int as dismissed,
      (count(*) filter (where act = 'dissolved'))::int as dissolved
    from acts where month is not null group by month order by month desc limit ${limits.months_max}`.execute(db)
  return rows.toReversed()
}

export const percentileOf = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place))
}

const alarmFigures = async (db: Db, store: EventStore): Promise<Quality["alarms"]> => {
  const newest = await db
    .selectFrom("overlap_case")
    .select(["person_key", "case_id", "family"])
    .orderBy("since", "desc")
    .limit(limits.alarms_max)
    .execute()
  const seconds = await alarmsOf(store, newest)
  return {
    cases: newest.length,
    measured: seconds.length,
    median_seconds: percentileOf(seconds, 0.5),
    p95_seconds: percentileOf(seconds, 0.95),
  }
}

const heldFigures = async (db: Db, store: EventStore, now: number): Promise<Quality["held"]> => {
  const totals = await sql<{ claims: number; withAmount: number; monthly_fen: number }>`select count(*)::int as claims,
      count(monthly_fen)::int as "withAmount", coalesce(sum(monthly_fen), 0)::bigint as monthly_fen
    from benefit_claim where held is not null`.execute(db)
  const rows = await db
    .selectFrom("benefit_claim")
    .selectAll()
    .where("held", "is not", null)
    .orderBy(sql`coalesce(monthly_fen, 0) desc`)
    .orderBy("person_key")
    .orderBy("claim")
    .limit(limits.held_max)
    .execute()
  const since = await heldSince(store, rows)
  const [sum = { claims: 0, withAmount: 0, monthly_fen: 0 }] = totals.rows
  return {
    ...sum,
    items: rows.map((row, i) => {
      const at = since[i] ?? null
      return {
        person: row.person_key,
        scheme: row.scheme,
        claim: row.claim,
        province: row.province,
        reason: row.held ?? "",
        against: row.held_for,
        from: row.from_month,
        monthly_fen: row.monthly_fen,
        since: at === null ? null : new Date(at).toISOString(),
        days: at === null ? null : Math.max(0, Math.floor((now - at) / 86_400_000)),
      }
    }),
  }
}

const wrongFigures = async (db: Db, store: EventStore, now: number): Promise<Quality["wronglyHeld"]> => {
  const cases = await db
    .selectFrom("overlap_case")
    .select(["person_key", "side_a", "side_b"])
    .where("family", "=", "benefit")
    .where("status", "=", "dismissed")
    .orderBy("since", "desc")
    .limit(limits.held_max)
    .execute()
  const days = await wrongHolds(store, cases, now)
  return {
    cases: cases.length,
    claims: days.length,
    days: days.length === 0 ? null : days.reduce((sum, one) => sum + one, 0),
    median_days: percentileOf(days, 0.5),
  }
}

/** `now` in ms since 1970. */
export const qualityOf = async (db: Db, store: EventStore, now: number, dataOf: number | null): Promise<Quality> => {
  const { rows } = await sql<Status>`select kind, status, count(*)::int as cases from overlap_case group by kind, status
    order by kind, status`.execute(db)
  const kinds = [...new Set(rows.map(({ kind }) => kind))]
  return {
    dataOf: dataOf === null ? null : new Date(dataOf).toISOString(),
    all: verdictsOf(rows),
    kinds: kinds.map((kind) => ({ kind, ...verdictsOf(rows.filter((row) => row.kind === kind)) })),
    months: await monthsOf(db),
    alarms: await alarmFigures(db, store),
    held: await heldFigures(db, store, now),
    wronglyHeld: await wrongFigures(db, store, now),
  }
}
