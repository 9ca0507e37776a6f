/** Reads of the record store. Hot ones come from memory and are forgotten as soon as this process rewrites the person. */
import type { ProvinceCode, SchemeCode, Sex } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { Position } from "@tongzhang/event-store/port"
import { type Selectable, sql } from "kysely"
import { LRUCache } from "lru-cache"
import { caseQueries } from "./case-queries.js"
import { coverageQueries } from "./coverage-queries.js"
import type { RecordDb } from "./database.js"
import { digestChain } from "./digest.js"
import type { PersonState } from "./person-state.js"
import { recordCheckpoint } from "./progress.js"
import { decodeState } from "./state-codec.js"
import type { BaseLimitTable, FeedTable, FreshnessTable, PersonRecordTable, QuarantineTable, RelationTable } from "./tables.js"

export type PersonSummary = Omit<Selectable<PersonRecordTable>, "state">

export type Standing = { readonly position: Position | null; readonly aside: boolean; readonly state: PersonState | null }

export type CoverageRow = {
  readonly province: ProvinceCode
  readonly scheme: SchemeCode
  /** Null: enrolled, but not yet registered as a person. */
  readonly sex: Sex | null
  /** Relations, and those now open (or suspended: still insured persons). */
  readonly relations: number
  readonly open: number
  readonly months: number
  readonly account_fen: number
}

const summaryColumns = [
  "person_key",
  "sex",
  "hukou",
  "birth_month",
  "died_on",
  "name_index",
  "events",
  "position",
  "recorded_at",
] as const

const personQueries = (record: RecordDb, cached_max: number) => {
  const { db } = record
  const cache = new LRUCache<string, PersonState>({ max: cached_max })
  // Another process may write to PostgreSQL and nobody says so here: nothing read from there is kept.
  const alone = record.kind === "pglite"
  let generation = 0
  const stopListening = record.onChange(({ persons }) => {
    generation++
    if (persons === null) cache.clear()
    else for (const person of persons) cache.delete(person)
  })
  const load = async (persons: readonly string[]): Promise<Map<string, PersonState>> => {
    const before = generation
    const rows = await db
      .selectFrom("person_record")
      .select(["person_key", "state"])
      .where(sql<boolean>`person_key = any(${persons})`)
      .execute()
    const states = new Map(rows.map((row) => [row.person_key, decodeState(row.state)]))
    // A write that finished in between may have made these old: hand them out, but do not keep them.
    if (alone && generation === before) for (const [key, state] of states) cache.set(key, state)
    return states
  }
  return {
    stopListening,
    /** The person's folded state, null when no fact is known. Shared: never change it. */
    recordOf: async (person: PersonKey): Promise<PersonState | null> =>
      cache.get(person) ?? (await load([person])).get(person) ?? null,
    /** Many at once, in one query. */
    recordsOf: async (persons: readonly PersonKey[]): Promise<Map<string, PersonState>> => {
      const known = new Map<string, PersonState>()
      for (const person of persons) {
        const state = cache.get(person)
        if (state !== undefined) known.set(person, state)
      }
      const missing = persons.filter((person) => !known.has(person))
      return missing.length === 0 ? known : new Map([...known, ...(await load(missing))])
    },
    /**
     * Where the record stands and what it holds of the person there, from one statement: the two belong together. `aside`: a fact of
     * the person could not be folded, and the state stands before it.
     */
    standingOf: async (person: PersonKey): Promise<Standing> => {
      const { rows } = await sql<{ position: Position | null; aside: boolean; state: string | null }>`select
        (select position from checkpoint where name = ${recordCheckpoint}) as position,
        exists (select 1 from quarantine where person_key = ${person}) as aside,
        (select state from person_record where person_key = ${person}) as state`.execute(db)
      const [row] = rows
      if (row === undefined) throw new Error("a select of three values gave no row")
      return { position: row.position, aside: row.aside, state: row.state === null ? null : decodeState(row.state) }
    },
    relationsOf: (person: PersonKey): Promise<Selectable<RelationTable>[]> =>
      db.selectFrom("relation").selectAll().where("person_key", "=", person).orderBy("province").orderBy("scheme").execute(),
    /** @param nameIndex keyed hash of the exact name */
    searchByName: (nameIndex: string, limit = 50): Promise<PersonSummary[]> =>
      db.selectFrom("person_record").select(summaryColumns).where("name_index", "=", nameIndex).limit(limit).execute(),
    /** Keys in ascending order, after `after`: for walking through everybody. */
    personKeys: async (after: string, limit: number): Promise<PersonKey[]> => {
      const rows = await db
        .selectFrom("person_record")
        .select("person_key")
        .where("person_key", ">", after)
        .orderBy("person_key")
        .limit(limit)
        .execute()
      return rows.map((row) => row.person_key as PersonKey)
    },
  }
}

/** A view asks for the limits of a dozen relations, and they change once a year: on PGlite they are kept, by province. */
const limitQueries = (record: RecordDb) => {
  const kept = new Map<ProvinceCode, readonly Selectable<BaseLimitTable>[]>()
  let generation = 0
  const stopListening = record.onChange(({ persons, limits }) => {
    if (persons !== null && limits !== true) return
    generation++
    kept.clear()
  })
  /** Newest first. */
  const load = async (province: ProvinceCode): Promise<readonly Selectable<BaseLimitTable>[]> => {
    const before = generation
    const rows = await record.db
      .selectFrom("base_limit")
      .selectAll()
      .where("province", "=", province)
      .orderBy("from_month", "desc")
      .execute()
    if (record.kind === "pglite" && generation === before) kept.set(province, rows)
    return rows
  }
  return {
    stopListening,
    /** Contribution floor and ceiling in force in a province at a month, null when none was published. */
    baseLimit: async (province: ProvinceCode, month: string): Promise<{ floor_fen: number; ceiling_fen: number } | null> => {
      const found = (kept.get(province) ?? (await load(province))).find((row) => row.from_month <= month)
      return found === undefined ? null : { floor_fen: found.floor_fen, ceiling_fen: found.ceiling_fen }
    },
  }
}

const systemQueries = ({ db }: RecordDb) => ({
  freshness: (): Promise<Selectable<FreshnessTable>[]> => db.selectFrom("freshness").selectAll().orderBy("province").execute(),
  feeds: (province: ProvinceCode | null, limit = 100): Promise<Selectable<FeedTable>[]> => {
    const query = db.selectFrom("feed").selectAll()
    return (province === null ? query : query.where("province", "=", province))
      .orderBy("received_at", "desc")
      .limit(limit)
      .execute()
  },
  quarantined: (limit = 1_000): Promise<Selectable<QuarantineTable>[]> =>
    db.selectFrom("quarantine").selectAll().orderBy("since").orderBy("person_key").limit(limit).execute(),
  quarantineOf: async (person: PersonKey): Promise<Selectable<QuarantineTable> | null> =>
    (await db.selectFrom("quarantine").selectAll().where("person_key", "=", person).executeTakeFirst()) ?? null,
  checkpoint: async (name: string): Promise<Position | null> =>
    ((await db.selectFrom("checkpoint").select("position").where("name", "=", name).executeTakeFirst())?.position ??
      null) as Position | null,
  /** Coverage by province, scheme and sex. */
  coverage: async (): Promise<CoverageRow[]> => {
    const rows = await db.selectFrom("coverage").selectAll().orderBy("province").orderBy("scheme").orderBy("sex").execute()
    return rows.filter((row) => row.relations > 0).map((row) => ({ ...row, sex: row.sex === "" ? null : row.sex }))
  },
  totals: async (): Promise<{ persons: number; male: number; female: number; events: number }> =>
    db
      .selectFrom("person_record")
      .select([
        sql<number>`count(*)`.as("persons"),
        sql<number>`count(*) filter (where sex = 'male')`.as("male"),
        sql<number>`count(*) filter (where sex = 'female')`.as("female"),
        sql<number>`coalesce(sum(events), 0)::bigint`.as("events"),
      ])
      .executeTakeFirstOrThrow(),
})

/** Digest over everybody, read in pages in the order of their keys. */
const digestOf = async (record: RecordDb, page = 1_000): Promise<{ digest: string; persons: number; events: number }> => {
  const chain = digestChain()
  let after = ""
  for (;;) {
    const rows = await record.db
      .selectFrom("person_record")
      .select(["person_key", "state"])
      .where("person_key", ">", after)
      .orderBy("person_key")
      .limit(page)
      .execute()
    for (const row of rows) chain.add(decodeState(row.state))
    const last = rows.at(-1)
    if (last === undefined) return chain.result()
    after = last.person_key
  }
}

export type QueryOptions = {
  /** States kept in memory for reads. */
  readonly cached_max?: number
}

export const createQueries = (record: RecordDb, options: QueryOptions = {}) => {
  const { stopListening, ...persons } = personQueries(record, options.cached_max ?? 5_000)
  const { stopListening: stopListeningToLimits, ...limits } = limitQueries(record)
  return {
    ...persons,
    ...limits,
    ...caseQueries(record),
    ...coverageQueries(record),
    ...systemQueries(record),
    digest: () => digestOf(record),
    /** Ends the cache's listening; the record itself is closed by its owner. */
    close: () => {
      stopListening()
      stopListeningToLimits()
    },
  }
}
export type Queries = ReturnType<typeof createQueries>
