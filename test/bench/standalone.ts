/**
 * The ledger as `npm start` runs it, every service in one process, after the nation's files: what a record costs to read, how long a
 * duplicate stays unseen, what a single command takes, and the memory of it all. One client, one request at a time.
 */
import { join } from "node:path"
import type { PersonKey } from "@tongzhang/domain/ids"
import { addMonths, month } from "@tongzhang/domain/month"
import { personOf } from "@tongzhang/domain/stream-name"
import { type Reported, writePersons } from "@tongzhang/nation/feeds"
import { createQueries } from "@tongzhang/record/queries"
import { unifiedRecord } from "@tongzhang/record/view"
import type { Client } from "@tongzhang/standalone/cli/client"
import type { Ledger } from "@tongzhang/standalone/ledger"
import { serve } from "@tongzhang/standalone/serve"
import { type Figure, latencies } from "./figures.ts"
import { almostDuplicate, doubled, here, longPerson, type Made, payment, there } from "./people.ts"
import { memoryNow, nationFiles, type Part, seconds, type SentFile, silent, type Sizes } from "./setting.ts"

const readAim_ms = 20

const feed = async (ledger: Ledger, files: readonly SentFile[]): Promise<number> => {
  let rows = 0
  for (const { path, province } of files) {
    const actor = { kind: "agency", id: `agency-${province}`, province } as const
    const { result, failure } = await ledger.intake.feedFile({ path, province, actor })
    if (result === null) throw new Error(`${path}: ${failure ?? "interrupted"}`)
    if (result.refused > result.rows / 20) throw new Error(`${path}: ${result.refused} of ${result.rows} rows were refused`)
    rows += result.rows
  }
  return rows
}
const feedPersons = async (ledger: Ledger, dir: string, persons: readonly Reported[]): Promise<void> => {
  const { files } = await writePersons(persons, 0, dir, { period: "whole" })
  await feed(ledger, files)
  await ledger.settled()
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Runs `read` for every person in turns: the first turns are warm-up and not counted. */
const readSeries = async (
  keys: readonly PersonKey[],
  turns: number,
  before: (key: PersonKey) => void,
  read: (key: PersonKey) => Promise<unknown>,
): Promise<number[]> => {
  const values: number[] = []
  for (let turn = -2; turn < turns; turn++)
    for (const key of keys) {
      before(key)
      const spent = await timed(() => read(key))
      if (turn >= 0) values.push(spent)
    }
  return values
}

const reads = async (ledger: Ledger, client: Client, keys: readonly PersonKey[], sizes: Sizes): Promise<Figure[]> => {
  const { record } = ledger.engines
  const queries = createQueries(record)
  // As after a write of this person: the state is no longer in memory and comes from the record store.
  const forget = (key: PersonKey): void => record.announce({ persons: [key], position: null })
  const keep = (): void => {}
  const query = async (key: PersonKey): Promise<void> => {
    const state = await queries.recordOf(key)
    if (state === null || unifiedRecord(state).relations.length < 12) throw new Error(`${key}: not the whole record`)
  }
  const request = async (key: PersonKey): Promise<void> => {
    const found = await client.get<{ readonly record: object }>("center", `/national/persons/${key}/record`)
    if (found.record === undefined) throw new Error(`${key}: no record`)
  }
  const { readsEach } = sizes
  const httpHot = await readSeries(keys, readsEach, keep, request)
  const httpCold = await readSeries(keys, readsEach, forget, request)
  const queryHot = await readSeries(keys, readsEach, keep, query)
  const queryCold = await readSeries(keys, readsEach, forget, query)
  queries.close()
  return [
    ...latencies("read.http_hot", "Record of 40 years, 6 provinces, HTTP, hot", httpHot, readAim_ms),
    ...latencies("read.http_cold", "… HTTP, state not in memory", httpCold, readAim_ms),
    ...latencies("read.query_hot", "… query and view alone, hot", queryHot, readAim_ms),
    ...latencies("read.query_cold", "… query and view alone, state not in memory", queryCold, readAim_ms),
  ]
}

type Watch = {
  readonly delays: () => number[]
  readonly all: (persons: number) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Watches the ledger: when a payment there becomes durable, and when the person's case does. */
const watch = async (ledger: Ledger): Promise<Watch> => {
  const { store } = ledger.engines
  const rows = new Map<string, number>()
  const cases = new Map<string, number>()
  let wake = (): void => {}
  const subscription = store.subscribe({
    after: await store.head(),
    prefixes: [`Enrollment-${there.province}_`, "Overlap-"],
    onEvents: async (events) => {
      const now = performance.now()
      for (const { stream, type } of events) {
        const person = personOf(stream) ?? ""
        if (type.startsWith("ContributionRecorded@")) rows.set(person, now)
        if (type.startsWith("OverlapDetected@")) cases.set(person, now)
      }
      wake()
    },
  })
  const deadline_ms = 60_000
  return {
    delays: () => [...cases].flatMap(([person, at]) => (rows.has(person) ? [Math.max(0, at - (rows.get(person) ?? 0))] : [])),
    all: async (persons) => {
      const end = performance.now() + deadline_ms
      while (cases.size < persons) {
        if (performance.now() > end) throw new Error(`${cases.size} of ${persons} overlaps were found in ${deadline_ms} ms`)
        await new Promise<void>((resolve) => {
          wake = resolve
          setTimeout(resolve, 1_000)
        })
      }
    },
    stop: () => subscription.stop(),
  }
}

const send = (client: Client, province: string, body: unknown): Promise<unknown> =>
  client.post(`agency:${province}`, "/intake/commands", body)

const singly = async (ledger: Ledger, client: Client, persons: readonly Made[]): Promise<Figure[]> => {
  const watching = await watch(ledger)
  for (const [i, { who }] of persons.entries()) {
    await send(client, there.province, payment(who, there, doubled, `B1-${i}`))
    await watching.all(i + 1)
  }
  await watching.stop()
  return latencies("alarm.single", "Alarm: a command's row durable to the case open", watching.delays())
}

/** All of them in one file: the last waits for the others. */
const together = async (ledger: Ledger, persons: readonly Made[], dir: string): Promise<Figure[]> => {
  const watching = await watch(ledger)
  const rows = persons.map(({ who, reported }, i): Reported => {
    const command = payment(who, there, doubled, `B2-${i}`)
    return { ...reported, entries: [{ province: there.province, on: "2026-10-20" as never, command }] }
  })
  const { files } = await writePersons(rows, 0, dir, { period: "whole" })
  await feed(ledger, files)
  await watching.all(persons.length)
  await watching.stop()
  return latencies("alarm.batch", `Alarm: ${persons.length} duplicates in one file`, watching.delays())
}

const commands = async (client: Client, persons: readonly Made[], count: number): Promise<Figure[]> => {
  const values: number[] = []
  for (let i = -10; i < count; i++) {
    const turn = Math.floor((i + 10) / persons.length)
    const made = persons[(i + 10) % persons.length]
    if (made === undefined) throw new Error("nobody to pay for")
    const at = addMonths(month("2026-07"), turn % 4)
    const spent = await timed(() => send(client, here.province, payment(made.who, here, at, `C-${i + 10}`)))
    if (i >= 0) values.push(spent)
  }
  return latencies("command.http", "Single command over HTTP, durable", values)
}

const memoryFigures = (sizes: Sizes, before: ReturnType<typeof memoryNow>, after: ReturnType<typeof memoryNow>): Figure[] => {
  const factor = 100_000 / sizes.persons
  const files = after.files_mib === null ? "" : `, of it ${after.files_mib.toFixed(0)} MiB mapped files`
  return [
    {
      name: "memory.ledger_rss",
      label: `Whole ledger with ${sizes.persons} persons, resident`,
      value: after.rss_mib,
      unit: "MiB",
      note: `empty ledger ${before.rss_mib.toFixed(0)} MiB; heap ${after.heap_mib.toFixed(0)} MiB${files}`,
    },
    {
      name: "memory.ledger_per_100k",
      label: "Whole ledger, growth per 100,000 persons",
      value: (after.heap_mib - before.heap_mib) * factor,
      unit: "MiB heap",
      note: `extrapolated from ${sizes.persons} persons; the caches are bounded, so it flattens beyond`,
    },
  ]
}

export const standalone: Part = async ({ sizes, dir, say }) => {
  const { ledger, client } = await serve(join(dir, "standalone"), 0, silent)
  const before = memoryNow()
  let rows = 0
  const spent = await seconds(async () => {
    rows = await feed(ledger, nationFiles(dir))
    await ledger.settled()
  })
  const after = memoryNow()
  say(`fed and settled ${rows} rows in ${spent.toFixed(1)} s`)
  const long = Array.from({ length: sizes.longPersons }, (_, i) => longPerson(i))
  const almost = Array.from({ length: sizes.alarms * 2 }, (_, i) => almostDuplicate(i))
  await feedPersons(
    ledger,
    join(dir, "made-feeds"),
    [...long, ...almost].map(({ reported }) => reported),
  )
  const keys = long.map(({ who }) => ledger.personKeys.of(who.citizenId))
  say("reading")
  const figures: Figure[] = [...(await reads(ledger, client, keys, sizes)), ...memoryFigures(sizes, before, after)]
  say("raising alarms")
  figures.push(...(await singly(ledger, client, almost.slice(0, sizes.alarms))))
  figures.push(...(await together(ledger, almost.slice(sizes.alarms), join(dir, "burst-feeds"))))
  figures.push(...(await commands(client, almost, sizes.commands)))
  figures.push({
    name: "standalone.rows_per_s",
    label: "All services in one process, file to settled",
    value: rows / spent,
    unit: "rows/s",
    note: "intake, record, relay, detector and transfer on the same two cores, until nothing is left to do; one run",
  })
  await ledger.close()
  return figures
}
