/**
 * The projector from an empty record to the head of the ledger, against its own statements run again with nothing else to do:
 * the same rows, bytes, tables and transactions (at most 1,000 rows a statement) through the same PGlite. Beside it the plain way,
 * one upsert of a person's row for every event.
 */
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { createProjector } from "@tongzhang/projector/projector"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { systemClock } from "@tongzhang/service-kit/clock"
import { type Figure, median } from "./figures.ts"
import { collectGarbage, ledgerDir, type Part, seconds, silent } from "./setting.ts"
import { noting, rowsOf, runAgain, type Statement } from "./statements.ts"

const upsertOf = (transactions: readonly (readonly Statement[])[]): Statement[] =>
  transactions.flat().filter(({ sql }) => sql.startsWith("insert into person_record"))

/** One upsert per event, a person's newest row each time, 1,000 distinct persons a transaction; rows per second. */
const plainUpserts = async (record: RecordDb, statements: readonly Statement[], rows_max: number): Promise<number> => {
  const { sql } = statements[0] ?? { sql: "" }
  const newest = new Map<string, string>()
  for (const { parameters } of statements)
    for (const row of JSON.parse(String(parameters[0])) as { person_key: string }[])
      newest.set(row.person_key, JSON.stringify(row))
  const rows = [...newest.values()]
  const batch = Math.min(1_000, rows.length)
  const batches = Array.from({ length: Math.max(1, Math.floor(rows_max / batch)) }, (_, i) => {
    const start = (i * batch) % Math.max(1, rows.length - batch + 1)
    return [{ sql, parameters: [`[${rows.slice(start, start + batch).join(",")}]`] }]
  })
  const spent = await seconds(() => runAgain(record, batches))
  return (batches.length * batch) / spent
}

type Round = {
  readonly events: number
  readonly rows: number
  readonly ours_s: number
  readonly raw_s: number
  readonly plain: number
}

/** All three on one database, emptied in between. */
const oneRound = async (store: EventStore, record: RecordDb): Promise<Round> => {
  const transactions: Statement[][] = []
  await record.clear()
  // By upserts as facts come: this part is about the projector that follows. A record built anew is `npm run prove:rebuild`.
  const noted = noting({ ...record, load: null }, transactions)
  const projector = createProjector({ store, record: noted, clock: systemClock, logger: silent, random: () => 0.5 })
  collectGarbage()
  const ours_s = await seconds(async () => {
    projector.start()
    await projector.caughtUp()
  })
  const events = projector.status().written
  await projector.stop()

  await record.clear()
  collectGarbage()
  const raw_s = await seconds(() => runAgain(record, transactions))
  await record.clear()
  const plain = await plainUpserts(record, upsertOf(transactions), Math.min(events, 30_000))
  const rows = transactions.flat().reduce((sum, statement) => sum + (rowsOf(statement).length || 1), 0)
  return { events, rows, ours_s, raw_s, plain }
}

export const projection: Part = async ({ sizes, dir, say }): Promise<Figure[]> => {
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  const record = await openRecord({ kind: "pglite", path: join(dir, "record") })
  const rounds: Round[] = []
  for (let round = sizes.rounds === 1 ? 1 : 0; round <= Math.min(3, sizes.rounds); round++) {
    const result = await oneRound(store, record)
    say(`round ${round}: ${(result.raw_s / result.ours_s).toFixed(2)}, ${result.rows} rows in ${result.ours_s.toFixed(1)} s`)
    if (round > 0) rounds.push(result)
  }
  await record.close()
  await store.close()
  const { events, rows } = rounds[0] ?? { events: 0, rows: 0 }
  const value = median(rounds.map((round) => round.events / round.ours_s))
  return [
    {
      name: "projection.same_rows",
      label: "Projection on PGlite",
      value,
      unit: "events/s",
      against: {
        label: "the projector's own upserts run again: same rows, bytes, tables and transactions",
        value: median(rounds.map((round) => round.events / round.raw_s)),
        unit: "events/s",
      },
      ratio: median(rounds.map(({ ours_s, raw_s }) => raw_s / ours_s)),
      aim: { of: "ratio", kind: "at least", bound: 0.5 },
      note: `${events} events into ${rows} written rows (a person touched often is written once per transaction)`,
    },
    {
      name: "projection.row_per_event",
      label: "Projection, against a row per event",
      value,
      unit: "events/s",
      against: {
        label: "one upsert of a person's row for each event, 1,000 a transaction",
        value: median(rounds.map(({ plain }) => plain)),
        unit: "rows/s",
      },
      ratio: median(rounds.map((round) => round.events / round.ours_s / round.plain)),
    },
  ]
}
