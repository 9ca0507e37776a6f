/** The record store against the refolded states, person by person and row by row. */
import type { PersonKey } from "@tongzhang/domain/ids"
import type { RecordDb } from "@tongzhang/record/database"
import { type DigestChain, digestChain, personText } from "@tongzhang/record/digest"
import { type PersonState, touch } from "@tongzhang/record/person-state"
import { claimRows, legRows, overlapRows, relationRows, transferRows } from "@tongzhang/record/rows"
import { decodeState } from "@tongzhang/record/state-codec"
import type { PersonRecordTable } from "@tongzhang/record/tables"
import type { Selectable } from "kysely"
import { sql } from "kysely"
import type { Reducer } from "./conservation.js"
import { countedMonthsOf } from "./counted.js"
import { beginRecount, type Recount } from "./coverage.js"
import { type Mismatch, mismatchOf, type MismatchRule } from "./mismatch.js"

type Row = Selectable<PersonRecordTable>
type Detail = Readonly<Record<string, unknown>> & { readonly person_key: string }

const page_persons = 500

export type CompareOptions = {
  readonly record: RecordDb
  readonly states: ReadonlyMap<PersonKey, PersonState>
  /** Not compared: the log or the projector has set them aside. */
  readonly setAside: ReadonlySet<string>
  readonly reducer: Reducer
  readonly signal: AbortSignal
}

export type Compared = {
  readonly mismatches: Mismatch[]
  /** Persons whose row stands at another number of facts: to be looked at once more when writing went on meanwhile. */
  readonly moved: PersonKey[]
  readonly digest_record: string
  readonly persons_record: number
  /** `moved_on`: the record was written during the walk, so the statistics table could not be compared. */
  readonly coverage: "compared" | "moved_on"
}

const text = (value: unknown): string => JSON.stringify(value)

const detailTables = ["relation", "transfer_leg", "transfer", "overlap_case", "benefit_claim"] as const
type DetailTable = (typeof detailTables)[number]
const identity: Readonly<Record<DetailTable, readonly string[]>> = {
  relation: ["province", "scheme"],
  transfer: ["transfer_id"],
  transfer_leg: ["transfer_id", "from_province"],
  overlap_case: ["case_id"],
  benefit_claim: ["scheme", "claim"],
}

const expectedRows = (state: PersonState): Readonly<Record<DetailTable, readonly object[]>> => ({
  relation: relationRows({ ...state, touched: touch.person }),
  transfer: transferRows(state),
  transfer_leg: legRows(state),
  overlap_case: overlapRows(state),
  benefit_claim: claimRows(state),
})

const readDetails = async ({ db }: RecordDb, persons: readonly string[]): Promise<Map<string, Map<DetailTable, Detail[]>>> => {
  const found = new Map<string, Map<DetailTable, Detail[]>>()
  const keep = (table: DetailTable, rows: readonly Detail[]): void => {
    for (const row of rows) {
      const tables = found.get(row.person_key) ?? new Map<DetailTable, Detail[]>()
      found.set(row.person_key, tables)
      tables.set(table, [...(tables.get(table) ?? []), row])
    }
  }
  const wanted = sql<boolean>`person_key = any(${persons})`
  for (const table of ["relation", "transfer", "overlap_case", "benefit_claim"] as const)
    keep(table, await db.selectFrom(table).selectAll().where(wanted).execute())
  const legs = await db
    .selectFrom("transfer_leg")
    .innerJoin("transfer", "transfer.transfer_id", "transfer_leg.transfer_id")
    .selectAll("transfer_leg")
    .select("transfer.person_key")
    .where(wanted)
    .execute()
  keep("transfer_leg", legs)
  return found
}

const nameOf = (table: DetailTable, row: Readonly<Record<string, unknown>>): string =>
  `${table} ${identity[table].map((column) => String(row[column])).join(" ")}`

/** A relation's row is written when its terms change, so its revision may lag behind that of the state. */
const uncompared: Readonly<Partial<Record<DetailTable, string>>> = { relation: "revision" }

/** Differences between the rows that should stand in a table and those that do, one sentence each. */
const tableDifferences = (table: DetailTable, expected: readonly object[], found: readonly Detail[]): string[] => {
  const standing = new Map(found.map((row) => [nameOf(table, row), row]))
  const differences: string[] = []
  for (const row of expected as readonly Readonly<Record<string, unknown>>[]) {
    const name = nameOf(table, row)
    const there = standing.get(name)
    standing.delete(name)
    if (there === undefined) differences.push(`${name}: no row`)
    else
      for (const [column, value] of Object.entries(row))
        if (column !== uncompared[table] && text(there[column] ?? null) !== text(value ?? null))
          differences.push(`${name}.${column}: the facts say ${text(value)}, the row says ${text(there[column])}`)
  }
  return [...differences, ...[...standing.keys()].map((name) => `${name}: a row without facts`)]
}

const headDifferences = (row: Row, state: PersonState): string[] => {
  const { person } = state
  const expected = {
    sex: person.sex,
    hukou: person.hukou,
    birth_month: person.birthMonth,
    died_on: person.diedOn,
    name_index: person.nameIndex,
    events: state.events,
  }
  return Object.entries(expected).flatMap(([column, value]) => {
    const there = row[column as keyof typeof expected]
    return there === value ? [] : [`person_record.${column}: the facts say ${text(value)}, the row says ${text(there)}`]
  })
}

/** Where two states part, by path, for the report; a digest alone names nothing. */
const firstDifference = (expected: unknown, found: unknown, path = ""): string => {
  if (typeof expected !== "object" || typeof found !== "object" || expected === null || found === null)
    return text(expected) === text(found) ? "" : `${path}: the facts say ${text(expected)}, the record says ${text(found)}`
  const a = expected as Readonly<Record<string, unknown>>
  const b = found as Readonly<Record<string, unknown>>
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const deeper = firstDifference(a[key], b[key], path === "" ? key : `${path}.${key}`)
    if (deeper !== "") return deeper
  }
  return ""
}

const plain = (state: PersonState): unknown => {
  const { touched: _touched, linesKept_max: _kept, position: _position, recordedAt: _at, ...facts } = state
  const unmap = (_key: string, value: unknown): unknown =>
    value instanceof Map ? Object.fromEntries(value) : value instanceof Set ? [...value] : value
  const parsed = JSON.parse(JSON.stringify(facts, unmap)) as { relations: Record<string, Record<string, unknown>> }
  for (const relation of Object.values(parsed.relations)) {
    delete relation["lines"]
    delete relation["dirty"]
  }
  return parsed
}

const balanceDifferences = (state: PersonState, reducer: Reducer): string[] =>
  [...state.relations].flatMap(([key, relation]) => {
    const own = reducer.standingOf(`Enrollment-${key}_${state.key}`)
    if (own === null) return [`${key}: the reducer knows no such relation`]
    const { account_fen, pooled_fen } = relation
    const record = { account_fen, pooled_fen, months: countedMonthsOf(relation) }
    return (["account_fen", "pooled_fen", "months"] as const).flatMap((name) =>
      own[name] === record[name] ? [] : [`${key} ${name}: ${own[name]} by the facts alone, ${record[name]} in the record`],
    )
  })

/** One person: everything that is wrong with their rows. Empty when all is well. */
const comparePerson = (
  row: Row,
  found: PersonState,
  state: PersonState,
  details: Map<DetailTable, Detail[]>,
  reducer: Reducer | null,
): Mismatch[] => {
  const of = (rule: MismatchRule) => (what: string) => mismatchOf(rule, state.key, null, what)
  const same = personText(found) === personText(state)
  const expected = expectedRows(state)
  return [
    ...(same ? [] : [of("STATE_DIFFERS")(firstDifference(plain(state), plain(found)) || "texts differ")]),
    ...headDifferences(row, state).map(of("TABLE_DIFFERS")),
    ...detailTables.flatMap((table) =>
      tableDifferences(table, expected[table], details.get(table) ?? []).map(of("TABLE_DIFFERS")),
    ),
    ...(reducer === null ? [] : balanceDifferences(found, reducer).map(of("BALANCE_DIFFERS"))),
  ]
}

export const rowOf = async ({ db }: RecordDb, person: PersonKey): Promise<Row | null> =>
  (await db.selectFrom("person_record").selectAll().where("person_key", "=", person).executeTakeFirst()) ?? null

/** One person's rows against a state replayed for them alone. */
export const compareOne = async (record: RecordDb, row: Row, state: PersonState): Promise<Mismatch[]> => {
  const found = decoded(row)
  if ("rule" in found) return [found]
  const details = await readDetails(record, [row.person_key])
  return comparePerson(row, found, state, details.get(row.person_key) ?? new Map<DetailTable, Detail[]>(), null)
}

const decoded = (row: Row): PersonState | Mismatch => {
  try {
    return decodeState(row.state)
  } catch (error) {
    return mismatchOf("ROW_UNREADABLE", row.person_key, null, String(error))
  }
}

const comparePage = async (
  options: CompareOptions,
  rows: readonly Row[],
  chain: DigestChain,
  recount: Recount,
  into: Compared,
): Promise<void> => {
  const details = await readDetails(
    options.record,
    rows.map((row) => row.person_key),
  )
  for (const row of rows) {
    const found = decoded(row)
    if ("rule" in found) {
      into.mismatches.push(found)
      continue
    }
    chain.add(found)
    recount.add(found)
    if (options.setAside.has(row.person_key)) continue
    const state = options.states.get(found.key)
    if (state === undefined || state.events !== row.events) into.moved.push(found.key)
    else
      into.mismatches.push(
        ...comparePerson(row, found, state, details.get(row.person_key) ?? new Map<DetailTable, Detail[]>(), options.reducer),
      )
  }
}

/** Walks through the record in the order of the keys, a page at a time. */
export const compareRecord = async (options: CompareOptions): Promise<Compared> => {
  const chain = digestChain()
  const recount = await beginRecount(options.record)
  const seen = new Set<string>()
  const into: Compared = { mismatches: [], moved: [], digest_record: "", persons_record: 0, coverage: "moved_on" }
  for (let after = ""; !options.signal.aborted;) {
    const rows = await options.record.db
      .selectFrom("person_record")
      .selectAll()
      .where("person_key", ">", after)
      .orderBy("person_key")
      .limit(page_persons)
      .execute()
    for (const row of rows) seen.add(row.person_key)
    await comparePage(options, rows, chain, recount, into)
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.person_key
  }
  for (const person of options.states.keys()) if (!seen.has(person) && !options.setAside.has(person)) into.moved.push(person)
  const differing = options.signal.aborted ? null : await recount.compare()
  into.mismatches.push(...(differing ?? []))
  const { digest, persons } = chain.result()
  return { ...into, coverage: differing === null ? "moved_on" : "compared", digest_record: digest, persons_record: persons }
}
