/** The statistics table is kept by adding differences; here it is counted anew from the states beside it. */
import type { RecordDb } from "@tongzhang/record/database"
import type { PersonState } from "@tongzhang/record/person-state"
import { recordCheckpoint } from "@tongzhang/record/progress"
import { countedMonthsOf } from "./counted.js"
import { type Mismatch, mismatchOf } from "./mismatch.js"

type Cell = { relations: number; open: number; months: number; account_fen: number }
const figures = ["relations", "open", "months", "account_fen"] as const

export type Recount = {
  readonly add: (state: PersonState) => void
  /** Null when the record was written meanwhile: a count taken while it moves says nothing. */
  readonly compare: () => Promise<readonly Mismatch[] | null>
}

const checkpointOf = async ({ db }: RecordDb): Promise<string | null> =>
  (await db.selectFrom("checkpoint").select("position").where("name", "=", recordCheckpoint).executeTakeFirst())?.position ?? null

const readTable = async ({ db }: RecordDb): Promise<Map<string, Cell>> => {
  const rows = await db.selectFrom("coverage").selectAll().execute()
  return new Map(rows.map(({ province, scheme, sex, ...cell }) => [`${province} ${scheme} ${sex}`, cell]))
}

const differences = (counted: ReadonlyMap<string, Cell>, table: ReadonlyMap<string, Cell>): Mismatch[] =>
  [...new Set([...counted.keys(), ...table.keys()])].sort().flatMap((key) =>
    figures.flatMap((name) => {
      const [mine, theirs] = [counted.get(key)?.[name] ?? 0, table.get(key)?.[name] ?? 0]
      return mine === theirs
        ? []
        : [
            mismatchOf(
              "COVERAGE_DIFFERS",
              null,
              null,
              `coverage ${key} ${name}: the states say ${mine}, the table says ${theirs}`,
            ),
          ]
    }),
  )

/** Begins a count; give it every state of the record, then compare. */
export const beginRecount = async (record: RecordDb): Promise<Recount> => {
  const began = await checkpointOf(record)
  const counted = new Map<string, Cell>()
  return {
    add: ({ person, relations }) => {
      for (const relation of relations.values()) {
        const key = `${relation.province} ${relation.scheme} ${person.sex ?? ""}`
        const cell = counted.get(key) ?? { relations: 0, open: 0, months: 0, account_fen: 0 }
        counted.set(key, cell)
        cell.relations++
        if (relation.status === "open" || relation.status === "suspended") cell.open++
        cell.months += countedMonthsOf(relation)
        cell.account_fen += relation.account_fen
      }
    },
    compare: async () => {
      const table = await readTable(record)
      return (await checkpointOf(record)) === began ? differences(counted, table) : null
    },
  }
}
