/**
 * The projector from an empty record to the head of the ledger, into PostgreSQL, against COPY of rows that lie ready: into tables of
 * the same columns without key, index or partition, in one transaction. COPY reads no facts, folds nothing and encodes nothing.
 */
import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { createProjector } from "@tongzhang/projector/projector"
import { copyOf } from "@tongzhang/record/copy"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { type Load, openPostgres } from "@tongzhang/record/postgres"
import { type Row, shapes } from "@tongzhang/record/shapes"
import { systemClock } from "@tongzhang/service-kit/clock"
import pg from "pg"
import { postgres as postgresEngine } from "../../engines/engines.ts"
import type { Figure } from "../figures.ts"
import { collectGarbage, ledgerDir, silent } from "../setting.ts"
import { noting, rowsOf, runAgain, type Statement } from "../statements.ts"
import type { EnginePart } from "./setting.ts"
import { atLeast, figureOf, rateOf, takeTurns } from "./turns.ts"
import { versionOf } from "./versions.ts"

/** Rows for one table: the statement, and its bytes. */
type Lot = { readonly statement: string; readonly chunks: readonly Buffer[] }

const newline = 0x0a
const rowsIn = (lots: readonly Lot[]): number => {
  let rows = 0
  for (const { chunks } of lots) for (const chunk of chunks) for (const byte of chunk) if (byte === newline) rows++
  return rows
}

/** What the projector copied in, noted on its way. */
const notingLoads = (record: RecordDb, lots: Lot[]): RecordDb => {
  const { load } = record
  if (load === null) throw new Error("PostgreSQL takes COPY")
  return {
    ...record,
    load: (work) =>
      load((loader) =>
        work({
          ...loader,
          copy: (statement, chunks) => {
            lots.push({ statement, chunks })
            return loader.copy(statement, chunks)
          },
        }),
      ),
  }
}

/** Rows of upserts as COPY takes them. */
const lotsOf = (transactions: readonly (readonly Statement[])[]): Lot[] => {
  const statements = transactions.flat()
  return Object.values(shapes).flatMap((shape) => {
    const rows = statements.filter(({ sql }) => sql.startsWith(`insert into ${shape.table} `)).flatMap(rowsOf)
    if (rows.length === 0) return []
    const { statement, chunks } = copyOf(shape)
    const texts = rows.map((row) => (typeof row["state"] === "object" ? { ...row, state: JSON.stringify(row["state"]) } : row))
    return [{ statement, chunks: chunks(texts as Row[]) }]
  })
}

/** The newest row of each person, again and again, until there is one for every event. */
const rowPerEvent = ({ statement, chunks }: Lot, events: number): Lot => {
  const lines = Buffer.concat(chunks).toString("utf8").split("\n").slice(0, -1)
  const page = 500
  const pages = Array.from({ length: Math.ceil(events / page) }, (_, i) => {
    const count = Math.min(page, events - i * page)
    return Buffer.from(Array.from({ length: count }, (_, n) => `${lines[(i * page + n) % lines.length] ?? ""}\n`).join(""))
  })
  return { statement, chunks: pages }
}

type World = {
  readonly store: EventStore
  readonly record: RecordDb
  readonly clearBare: () => Promise<unknown>
  readonly loadBare: Load
}

/** Events folded. */
const project = async (store: EventStore, record: RecordDb): Promise<number> => {
  const projector = createProjector({ store, record, clock: systemClock, logger: silent, random: () => 0.5 })
  projector.start()
  await projector.caughtUp()
  const { written } = projector.status()
  await projector.stop()
  return written
}

const runsOf = async ({ store, record, clearBare, loadBare }: World) => {
  let lots: Lot[] = []
  let transactions: Statement[][] = []
  const timed = async (work: () => Promise<unknown>, rows: () => number): Promise<number> => {
    collectGarbage()
    const perSecond = await rateOf(1, work)
    return rows() * perSecond
  }
  const copying = async (wanted: readonly Lot[]): Promise<number> => {
    await clearBare()
    const load = () =>
      loadBare(async ({ copy }) => {
        for (const { statement, chunks } of wanted) await copy(statement, chunks)
      })
    return timed(load, () => rowsIn(wanted))
  }
  const written = () => transactions.flat().reduce((sum, statement) => sum + rowsOf(statement).length, 0)
  const emptied = async (): Promise<void> => {
    await record.clear()
    collectGarbage()
  }
  const rebuild = async (): Promise<number> => {
    await emptied()
    lots = []
    return timed(
      () => project(store, notingLoads(record, lots)),
      () => rowsIn(lots),
    )
  }
  const upserts = async (): Promise<number> => {
    await emptied()
    transactions = []
    return timed(() => project(store, noting({ ...record, load: null }, transactions)), written)
  }
  const again = async (): Promise<number> => {
    await emptied()
    return timed(() => runAgain(record, transactions), written)
  }
  // Once before the turns: COPY needs the rows of a run.
  await rebuild()
  await upserts()
  const [persons] = lots.filter(({ statement }) => statement.startsWith("copy person_record "))
  if (persons === undefined) throw new Error("nobody was written")
  await record.clear()
  const events = await project(store, record)
  const perEvent = rowPerEvent(persons, events)
  return {
    events,
    rows: { rebuild: rowsIn(lots), upserts: written() },
    runs: {
      rebuild,
      copyOfRebuild: () => copying(lots),
      upserts,
      again,
      copyOfUpserts: () => copying(lotsOf(transactions)),
      copyPerEvent: () => copying([perEvent]),
    },
  }
}

const figuresOf = async (world: World, rounds: number, say: (text: string) => void): Promise<Figure[]> => {
  const { events, rows, runs } = await runsOf(world)
  const rates = await takeTurns(rounds, runs, say)
  const perEvent = (rowRates: readonly number[], count: number): number[] => rowRates.map((rate) => (rate * events) / count)
  const aim = atLeast(0.5)
  const unit = "rows/s"
  const same = "COPY of the same rows into bare tables"
  const each = "COPY of a person's row for each event into a bare table"
  const eventNote = "each event changes one person's row; counted is the event, however many changes one write takes along"
  return [
    figureOf(
      {
        name: "postgres.rebuild_per_event",
        label: "First projection (COPY), per event",
        unit: "events/s",
        against: each,
        aim,
        note: eventNote,
      },
      perEvent(rates.rebuild, rows.rebuild),
      rates.copyPerEvent,
    ),
    figureOf(
      {
        name: "postgres.rebuild_same_rows",
        label: "First projection (COPY), per row that stays",
        unit,
        against: same,
        aim,
        note: `${events} events read, parsed and folded into ${rows.rebuild} rows; COPY is given the rows`,
      },
      rates.rebuild,
      rates.copyOfRebuild,
    ),
    figureOf(
      {
        name: "postgres.upserts_per_event",
        label: "Projection by upserts, per event",
        unit: "events/s",
        against: each,
        aim,
        note: eventNote,
      },
      perEvent(rates.upserts, rows.upserts),
      rates.copyPerEvent,
    ),
    figureOf(
      {
        name: "postgres.upserts_same_rows",
        label: "Projection by upserts, per row written",
        unit,
        against: same,
        aim,
        note: `about ${rows.upserts} rows, a person once in each write`,
      },
      rates.upserts,
      rates.copyOfUpserts,
    ),
    figureOf(
      { name: "postgres.upserts_alone", label: "The same upserts run again, no folding", unit, against: same },
      rates.again,
      rates.copyOfUpserts,
    ),
  ]
}

/** Tables of the same columns and nothing else, in a schema beside the record. */
const openBare = async (client: pg.Client, connectionString: string, recordSchema: string) => {
  const bare = await openPostgres({ connectionString, connections_max: 1 }, "bare")
  const names = Object.values(shapes).map(({ table }) => table)
  for (const name of names) await client.query(`create table bare.${name} as select * from ${recordSchema}.${name} with no data`)
  return { bare, clear: () => client.query(`truncate ${names.map((name) => `bare.${name}`).join(", ")}`) }
}

export const postgres: EnginePart = async ({ sizes, dir, say }) => {
  const engine = await postgresEngine()
  if (!engine.up) throw new Error(engine.why)
  const database = `bench_${randomUUID().replaceAll("-", "")}`
  const connectionString = Object.assign(new URL(engine.where), { pathname: `/${database}` }).href
  const admin = new pg.Client({ connectionString: engine.where })
  await admin.connect()
  await admin.query(`create database ${database}`)
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  const record = await openRecord({ kind: "postgres", connectionString, schema: "record" })
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { bare, clear } = await openBare(client, connectionString, "record")
  try {
    const figures = await figuresOf({ store, record, clearBare: clear, loadBare: bare.load }, sizes.rounds, say)
    const { rows } = await client.query<{ server_version: string }>("show server_version")
    const versions = `pg ${versionOf("pg")}, pg-copy-streams ${versionOf("pg-copy-streams")}`
    return { engine: `PostgreSQL ${rows[0]?.server_version ?? ""}; ${versions}; tables of persons in 8 parts`, figures }
  } finally {
    await client.end()
    await bare.db.destroy()
    await record.close()
    await store.close()
    await admin.query(`drop database ${database} with (force)`)
    await admin.end()
  }
}
