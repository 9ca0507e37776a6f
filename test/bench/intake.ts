/**
 * A province's file to durable events, through the real door, against the bytes it wrote put straight into LMDB: the same driver,
 * fsync before the answer, keys in order, transactions of a thousand. The yardstick parses, checks and decides nothing.
 */
import { appendFileSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { type FeedFile, writeFeeds } from "@tongzhang/nation/feeds"
import { generateNation } from "@tongzhang/nation/nation"
import { open } from "lmdb"
import { type Figure, median, shown } from "./figures.ts"
import { collectGarbage, eventsAfter, openDoor, type Part, seconds } from "./setting.ts"

const years = { from: "2023-01", to: "2024-12", monthlyFrom: "2023-01" }
const provinces: readonly ProvinceCode[] = ["31", "33", "44"]
const transaction_events = 1_000

const province: ProvinceCode = "44"

/** All of a province's years in one file: careers began before the months that are paid one by one. */
const joined = (files: readonly FeedFile[], path: string): string => {
  files.forEach((file, i) => {
    const bytes = readFileSync(file.path)
    appendFileSync(path, i === 0 ? bytes : bytes.subarray(bytes.indexOf("\n") + 1))
  })
  return path
}

type Spent = { readonly seconds: number; readonly cpu_s: number }

/** CPU of all threads of this process, LMDB's and the collector's among them: what stays comparable when others use the machine. */
const spentIn = async (work: () => Promise<unknown>): Promise<Spent> => {
  const before = process.cpuUsage()
  const spent = await seconds(work)
  const { user, system } = process.cpuUsage(before)
  return { seconds: spent, cpu_s: (user + system) / 1e6 }
}

type Round = { readonly rows: number; readonly events: number; readonly bytes: number; ours: Spent; raw: Spent }

const bytesOf = (events: readonly RecordedEvent[]): Buffer[] =>
  events.map(({ data, metadata }) => Buffer.concat([data, metadata]))

/** Two lots one after the other into one new database; seconds of each. */
const rawInserts = async (path: string, lots: readonly (readonly Buffer[])[]): Promise<Spent[]> => {
  const root = open({ path, overlappingSync: false, noMemInit: true, maxDbs: 2 })
  const log = root.openDB<Buffer, number>({ name: "log", encoding: "binary" })
  const spent: Spent[] = []
  let key = 0
  for (const lot of lots)
    spent.push(
      await spentIn(async () => {
        for (let start = 0; start < lot.length; start += transaction_events)
          await root.batch(() => {
            for (const value of lot.slice(start, start + transaction_events)) void log.put(++key, value)
          })
      }),
    )
  await root.close()
  return spent
}

const figure = (name: string, label: string, rounds: readonly Round[], note: string): Figure => {
  const rows_per_s = median(rounds.map(({ rows, ours }) => rows / ours.seconds))
  const raw_per_s = median(rounds.map(({ events, raw }) => events / raw.seconds))
  const cpu_us = [
    median(rounds.map(({ rows, ours }) => (ours.cpu_s * 1e6) / rows)),
    median(rounds.map(({ events, raw }) => (raw.cpu_s * 1e6) / events)),
  ].map(shown)
  const { rows, events, bytes } = rounds[0] ?? { rows: 0, events: 0, bytes: 0 }
  return {
    name,
    label,
    value: rows_per_s,
    unit: "rows/s",
    against: { label: "raw durable inserts of the same bytes (lmdb, transactions of 1,000)", value: raw_per_s, unit: "events/s" },
    ratio: median(rounds.map(({ ours, raw }) => raw.seconds / ours.seconds)),
    aim: { of: "ratio", kind: "at least", bound: 0.6 },
    note: `${note}; ${rows} rows, ${events} events, ${Math.round(bytes / Math.max(1, events))} bytes each, ratio of the times for the same bytes; CPU ${cpu_us[0]} us a row, raw ${cpu_us[1]} us an event`,
  }
}

export const intake: Part = async ({ sizes, dir, say }) => {
  const nation = generateNation({ seed: 11, persons: sizes.intakePersons, provinces, ...years })
  const { files } = await writeFeeds(nation, join(dir, "intake-feeds"))
  const ofProvince = files.filter((file) => file.province === province)
  const last = ofProvince.findLast(({ period }) => period === years.to.slice(0, 4))
  if (last === undefined) throw new Error(`the nation has no file of ${years.to}`)
  const sent = [
    joined(
      ofProvince.filter(({ period }) => period < last.period),
      join(dir, "intake-first.csv"),
    ),
    last.path,
  ]

  const [unknown, known]: [Round[], Round[]] = [[], []]
  // The first round warms the compiler up and is not counted.
  for (let round = sizes.rounds === 1 ? 1 : 0; round <= sizes.rounds; round++) {
    const folder = join(dir, "intake-round")
    const door = await openDoor(folder)
    collectGarbage()
    const taken: { rows: number; spent: Spent; lot: Buffer[] }[] = []
    let after: Position | null = null
    for (const path of sent) {
      let rows = 0
      const spent = await spentIn(async () => {
        rows = (await door.feed(path, province)).rows
      })
      taken.push({ rows, spent, lot: bytesOf(await eventsAfter(door.store, after)) })
      after = await door.store.head()
    }
    await door.close()
    collectGarbage()
    const raw = await rawInserts(
      join(folder, "raw"),
      taken.map(({ lot }) => lot),
    )
    rmSync(folder, { recursive: true })
    const results = taken.map(({ rows, spent: ours, lot }, i): Round => {
      const bytes = lot.reduce((sum, value) => sum + value.length, 0)
      return { rows, events: lot.length, bytes, ours, raw: raw[i] ?? ours }
    })
    say(`round ${round}: ${results.map(({ raw, ours }) => (raw.seconds / ours.seconds).toFixed(2)).join(", ")}`)
    if (round === 0) continue
    unknown.push(...results.slice(0, 1))
    known.push(...results.slice(1))
  }
  return [
    figure(
      "intake.new_persons",
      "Batch intake, registering everybody",
      unknown,
      "one province, everything up to 2023, every person new",
    ),
    figure("intake.known_persons", "Batch intake, known persons", known, "the year 2024 of the same province"),
  ]
}
