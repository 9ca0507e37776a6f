/** One table of one province or all, row by row: persons are read one after the other, and nothing of them is kept. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { provinceCodes } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { RecordDb } from "@tongzhang/record/database"
import type { KnownAt } from "../known-at.js"
import { benefitKinds, parameterRows } from "./parameters.js"
import { type FactDeps, type PensionScheme, type PersonFacts, personFacts, pensionSchemes } from "./person-facts.js"
import { brokenBy } from "./quality.js"
import * as rows from "./rows.js"
import { benefits, changes, retired } from "./rows-benefits.js"
import { isParameterTable, isUnitTable, type PersonTable, type TableNumber } from "./tables.js"
import { unitsOf } from "./units.js"
import type { Row } from "./xml.js"

const makers: Readonly<Record<PersonTable, rows.Make>> = {
  "2": rows.persons,
  "3": rows.dead,
  "4": rows.enrollments,
  "5": retired,
  "6": rows.accounts,
  "7": rows.transfers,
  "10": rows.residents,
  "11": rows.employees("110"),
  "12": rows.employees("120"),
  "13": benefits,
  "15": changes,
}

export type ExportDeps = FactDeps & { readonly record: RecordDb }
export type ExportAsked = {
  readonly table: TableNumber
  /** Absent: all, one after the other. */
  readonly province?: ProvinceCode | undefined
  readonly period: rows.Period
  readonly knownAt: KnownAt
  readonly reveal: boolean
  readonly signal: AbortSignal
  /** Called before a person's facts are read; must be durable when it resolves. */
  readonly onPerson: (person: PersonKey) => Promise<void>
}

const page_persons = 500

/** Persons with a pension relation or claim in the province, in order of their keys. */
async function* personsOf(record: RecordDb, province: ProvinceCode): AsyncGenerator<PersonKey> {
  for (let after = ""; ;) {
    const relations = record.db
      .selectFrom("relation")
      .select("person_key")
      .where("province", "=", province)
      .where("scheme", "in", pensionSchemes)
      .where("person_key", ">", after)
    const claims = record.db
      .selectFrom("benefit_claim")
      .select("person_key")
      .where("province", "=", province)
      .where("person_key", ">", after)
    const found = await relations.union(claims).orderBy("person_key").limit(page_persons).execute()
    for (const { person_key } of found) yield person_key as PersonKey
    if (found.length < page_persons) return
    after = found.at(-1)?.person_key ?? after
  }
}

/** Where else the person has relations: tables 4 and 15 ask for the first month of a scheme in the whole nation. */
const relationsOf = (record: RecordDb, person: PersonKey): Promise<{ province: ProvinceCode; scheme: PensionScheme }[]> =>
  record.db
    .selectFrom("relation")
    .select(["province", "scheme"])
    .where("person_key", "=", person)
    .where("scheme", "in", pensionSchemes)
    .execute() as Promise<{ province: ProvinceCode; scheme: PensionScheme }[]>

async function* factsIn(deps: ExportDeps, asked: ExportAsked, province: ProvinceCode): AsyncGenerator<PersonFacts> {
  const { table, knownAt, reveal } = asked
  for await (const person of personsOf(deps.record, province)) {
    if (asked.signal.aborted) return
    await asked.onPerson(person)
    const elsewhere = table === "4" || table === "15" ? await relationsOf(deps.record, person) : undefined
    const facts = await personFacts(deps, person, { province, knownAt, reveal, elsewhere })
    if (facts !== null) yield facts
  }
}

async function* rowsIn(deps: ExportDeps, asked: ExportAsked, province: ProvinceCode): AsyncGenerator<Row> {
  const { table, period, knownAt } = asked
  if (isParameterTable(table))
    yield* table === "16" ? await parameterRows(deps.store, province, period, knownAt) : benefitKinds(province, period)
  else if (isUnitTable(table)) {
    const units = unitsOf(table, province, period)
    for await (const facts of factsIn(deps, asked, province)) units.add(facts)
    yield* units.rows()
  } else for await (const facts of factsIn(deps, asked, province)) yield* makers[table](facts, period)
}

export async function* exportRows(deps: ExportDeps, asked: ExportAsked): AsyncGenerator<Row> {
  for (const province of asked.province === undefined ? provinceCodes : [asked.province]) {
    if (asked.signal.aborted) return
    yield* rowsIn(deps, asked, province)
  }
}

export type Violation = { readonly rule: string; readonly province: string; readonly person: string; readonly row: number }

/** Most violations listed by name; the others are counted. */
const listed_max = 1_000
export type QualityReport = {
  readonly table: TableNumber
  readonly rows: number
  readonly violations_total: number
  readonly byRule: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
}

/** Every row of a table against the standard's quality rules. Names and numbers are looked at in full, and not told. */
export const qualityOf = async (deps: ExportDeps, asked: ExportAsked): Promise<QualityReport> => {
  const violations: Violation[] = []
  const byRule: Record<string, number> = {}
  let count = 0
  for await (const row of exportRows(deps, { ...asked, reveal: true })) {
    count++
    for (const rule of brokenBy(row)) {
      byRule[rule] = (byRule[rule] ?? 0) + 1
      if (violations.length < listed_max)
        violations.push({ rule, province: row["ZZZ002"] ?? "", person: row["AAC001"] ?? "", row: count })
    }
  }
  const violations_total = Object.values(byRule).reduce((sum, one) => sum + one, 0)
  return { table: asked.table, rows: count, violations_total, byRule, violations }
}
