/** Reads of coverage by month, as it was known on a day. */
import type { Capacity, ProvinceCode, SchemeCode, Sex } from "@tongzhang/domain/codes"
import { sql } from "kysely"
import type { RecordDb } from "./database.js"

export type CoverageOfMonth = {
  readonly province: ProvinceCode
  /** Null: the province never said. */
  readonly capacity: Capacity | null
  /** Null: enrolled, but not yet registered as a person. */
  readonly sex: Sex | null
  /** Relations with the month paid there. */
  readonly paid: number
  /** Participations in force in the month, by the terms reported. */
  readonly enrolled: number
}
export type CoverageOfMonths = CoverageOfMonth & { readonly month: string }

type Asked = {
  readonly scheme: SchemeCode
  /** `YYYY-MM-DD` in China: what was recorded up to the end of that day; null: everything. */
  readonly knownOn: string | null
}

const named = <T extends { readonly capacity: string; readonly sex: string }>(row: T) => ({
  ...row,
  capacity: row.capacity === "" ? null : (row.capacity as Capacity),
  sex: row.sex === "" ? null : (row.sex as Sex),
})

type Row = {
  readonly province: ProvinceCode
  readonly capacity: string
  readonly sex: string
  readonly paid: number
  readonly enrolled: number
}

export const coverageQueries = ({ db }: RecordDb) => {
  const known = (knownOn: string | null) => (knownOn === null ? sql`true` : sql`known_on <= ${knownOn}`)
  return {
    /** One month by province, capacity and sex; only where there is anybody. */
    coverageOfMonth: async ({ scheme, knownOn }: Asked, month: string): Promise<CoverageOfMonth[]> => {
      const { rows } = await sql<Row>`select province, capacity, sex,
          coalesce(sum(paid) filter (where month = ${month}), 0)::bigint as paid, sum(entered)::bigint as enrolled
        from coverage_month where scheme = ${scheme} and month <= ${month} and ${known(knownOn)}
        group by province, capacity, sex order by province, capacity, sex`.execute(db)
      return rows.map(named).filter(({ paid, enrolled }) => paid > 0 || enrolled > 0)
    },
    /** The months `from` to `to` of one province, in order; only where there is anybody. */
    coverageOfMonths: async (
      { scheme, knownOn }: Asked,
      province: ProvinceCode,
      { from, to }: { readonly from: string; readonly to: string },
    ): Promise<CoverageOfMonths[]> => {
      const { rows } = await sql<Row & { readonly month: string }>`select month, province, capacity, sex,
          sum(paid)::bigint as paid, sum(entered)::bigint as enrolled
        from coverage_month where scheme = ${scheme} and province = ${province} and month <= ${to} and ${known(knownOn)}
        group by month, province, capacity, sex order by month`.execute(db)
      return inForce(rows, from, to).map(named)
    },
    /** When each province was last heard of, as known on that day: the day of its newest change in the scheme. */
    coverageHeard: async ({ scheme, knownOn }: Asked): Promise<ReadonlyMap<string, string>> => {
      const { rows } = await sql<{ province: string; heard: string }>`select province, max(known_on) as heard
        from coverage_month where scheme = ${scheme} and ${known(knownOn)} group by province`.execute(db)
      return new Map(rows.map(({ province, heard }) => [province, heard]))
    },
    /** First and last month in which anybody has paid; null when nobody has. */
    coverageSpan: async ({ scheme, knownOn }: Asked): Promise<{ readonly first: string; readonly last: string } | null> => {
      const { rows } = await sql<{ first: string | null; last: string | null }>`select min(month) as first, max(month) as last
        from coverage_month where scheme = ${scheme} and paid > 0 and ${known(knownOn)}`.execute(db)
      const { first = null, last = null } = rows[0] ?? {}
      return first === null || last === null ? null : { first, last }
    },
  }
}

const nextMonth = (month: string): string => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`
}

/** Who entered in each month -> who is in force in each, month after month, the quiet ones too. */
const inForce = (
  rows: readonly (Row & { readonly month: string })[],
  from: string,
  to: string,
): (Row & { readonly month: string })[] => {
  const standing = new Map<string, Row>()
  const byMonth = new Map<string, Row[]>()
  for (const row of rows) byMonth.set(row.month, [...(byMonth.get(row.month) ?? []), row])
  for (const [month, changed] of byMonth) if (month < from) changed.forEach((row) => void enter(standing, row))
  const all: (Row & { readonly month: string })[] = []
  for (let month = from; month <= to; month = nextMonth(month)) {
    const paid = new Map((byMonth.get(month) ?? []).map((row) => [enter(standing, row), row.paid]))
    for (const [key, row] of standing) {
      const now = { ...row, month, paid: paid.get(key) ?? 0 }
      if (now.paid > 0 || now.enrolled > 0) all.push(now)
    }
  }
  return all
}

const enter = (standing: Map<string, Row>, row: Row): string => {
  const key = `${row.capacity}|${row.sex}`
  standing.set(key, { ...row, enrolled: (standing.get(key)?.enrolled ?? 0) + row.enrolled })
  return key
}
