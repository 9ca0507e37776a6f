/** What the parts share: sizes, folders, a door with real stores, and the files that are fed. */
import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { openEmbeddedKeyStore } from "@tongzhang/identity/embedded/key-store"
import { createIntakeService } from "@tongzhang/intake/service"
import { systemClock } from "@tongzhang/service-kit/clock"
import { createLogger } from "@tongzhang/service-kit/logger"
import type { Figure } from "./figures.ts"

export type Sizes = {
  /** Persons of the nation whose files are fed whole. */
  readonly persons: number
  /** Where they live (everywhere when null), and how the files are cut. */
  readonly provinces: readonly ProvinceCode[] | null
  readonly period: "year" | "whole"
  /** Persons of the nation of three provinces that pays month by month, for the batch intake. */
  readonly intakePersons: number
  readonly rounds: number
  /** Persons with forty years in six provinces, and reads of each. */
  readonly longPersons: number
  readonly readsEach: number
  /** Persons who become duplicates one by one. */
  readonly alarms: number
  readonly commands: number
}

export const fullSizes: Sizes = {
  persons: 20_000,
  provinces: null,
  period: "year",
  intakePersons: 10_000,
  rounds: 5,
  longPersons: 50,
  readsEach: 20,
  alarms: 200,
  commands: 500,
}
export const quickSizes: Sizes = {
  persons: 120,
  provinces: ["31", "33", "44"],
  period: "whole",
  intakePersons: 90,
  rounds: 1,
  longPersons: 2,
  readsEach: 10,
  alarms: 5,
  commands: 20,
}

export type PartInput = {
  readonly sizes: Sizes
  /** Folder of the whole run. */
  readonly dir: string
  readonly say: (text: string) => void
}
export type Part = (input: PartInput) => Promise<readonly Figure[]>

export const feedsDir = (dir: string): string => join(dir, "feeds")
export const ledgerDir = (dir: string): string => join(dir, "ledger")

export const silent = createLogger({ service: "bench", level: "silent" })
const secret = "benchmark secret, nobody real lives here"

export const openDoor = async (dataDir: string) => {
  mkdirSync(dataDir, { recursive: true })
  const store = await openEmbeddedStore({ path: join(dataDir, "events") })
  const keys = await openEmbeddedKeyStore({ path: join(dataDir, "keys"), masterSecret: secret })
  const intake = createIntakeService({
    store,
    aggregates: openAggregateStore(store),
    keys,
    identitySecret: secret,
    clock: systemClock,
    logger: silent,
    dataDir: join(dataDir, "intake"),
  })
  return {
    store,
    /** Feeds a file as its province's agency; rows as counted by the door. Throws when the file is refused or breaks off. */
    feed: async (path: string, province: ProvinceCode): Promise<{ rows: number; events: number; refused: number }> => {
      const note = await intake.feedFile({ path, province, actor: { kind: "agency", id: `agency-${province}`, province } })
      if (note.result === null) throw new Error(`${path}: ${JSON.stringify(note.failure)}`)
      return note.result
    },
    close: async () => {
      await intake.stop()
      await store.close()
      await keys.close()
    },
  }
}

export const eventsAfter = async (store: EventStore, after: Position | null): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for (let from = after; ;) {
    const page = await store.readAll({ after: from, max: 10_000 })
    for (const event of page.events) events.push(event)
    if (page.atEnd) return events
    from = page.next
  }
}

export type SentFile = { readonly path: string; readonly province: ProvinceCode }

/** The nation's files in the order in which they are sent. */
export const nationFiles = (dir: string): SentFile[] => {
  const { files } = JSON.parse(readFileSync(join(feedsDir(dir), "manifest.json"), "utf8")) as {
    readonly files: readonly { readonly name: string; readonly province: ProvinceCode }[]
  }
  return files.map(({ name, province }) => ({ path: join(feedsDir(dir), name), province }))
}

export const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

export const collectGarbage = (): void => {
  globalThis.gc?.()
  globalThis.gc?.()
}

export const mib = 2 ** 20

export type Memory = { readonly rss_mib: number; readonly files_mib: number | null; readonly heap_mib: number }

/** After a full collection. `files_mib`: the part of the resident memory that is mapped files (LMDB), which the system may take back. */
export const memoryNow = (): Memory => {
  collectGarbage()
  const { rss, heapUsed } = process.memoryUsage()
  let files_mib: number | null = null
  try {
    const found = /^RssFile:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]
    if (found !== undefined) files_mib = Number(found) / 1_024
  } catch {
    // Linux only.
  }
  return { rss_mib: rss / mib, files_mib, heap_mib: heapUsed / mib }
}
