/** The whole ledger read, decoded and folded into person states, against the same scan with JSON.parse of data and metadata only. */
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { createFolding, type Folding } from "@tongzhang/projector/folding"
import { projectorLimits_default } from "@tongzhang/projector/limits"
import { createSideFacts } from "@tongzhang/projector/side-facts"
import { type Figure, median } from "./figures.ts"
import { collectGarbage, ledgerDir, type Part, seconds } from "./setting.ts"

const page_events = projectorLimits_default.batchEvents_max

const scan = async (store: EventStore, take: (events: readonly RecordedEvent[]) => Promise<void> | void): Promise<number> => {
  let after: Position | null = null
  let events = 0
  for (;;) {
    const page = await store.readAll({ after, max: page_events })
    events += page.events.length
    await take(page.events)
    if (page.atEnd) return events
    after = page.next
  }
}

/** The projector's own folding, with nowhere to write. */
export const foldingInMemory = (store: EventStore, persons_max: number): Folding =>
  createFolding({
    store,
    limits: { ...projectorLimits_default, statesCached_max: persons_max },
    now: () => 0,
    side: createSideFacts([]),
    load: async () => new Map(),
    empty: true,
    aside: [],
    onAside: (row) => {
      throw new Error(`set aside: ${row.cause}`)
    },
  })

/** Folds everything; who changed in a page is told and forgotten, as after a write. */
export const foldAll = async (store: EventStore, folding: Folding): Promise<number> =>
  scan(store, async (events) => {
    await folding.fold(events)
    folding.drain()
    folding.written()
  })

const parsed = { data: 0, metadata: 0 }
const asText = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")
const parseAll = (events: readonly RecordedEvent[]): void => {
  for (const { data, metadata } of events) {
    parsed.data += typeof JSON.parse(asText(data)) === "object" ? 1 : 0
    parsed.metadata += typeof JSON.parse(asText(metadata)) === "object" ? 1 : 0
  }
}

export const replay: Part = async ({ sizes, dir, say }): Promise<Figure[]> => {
  const store = await openEmbeddedStore({ path: join(ledgerDir(dir), "events") })
  const rounds: { readonly fold_s: number; readonly parse_s: number }[] = []
  let events = 0
  for (let round = sizes.rounds === 1 ? 1 : 0; round <= sizes.rounds; round++) {
    collectGarbage()
    const folding = foldingInMemory(store, sizes.persons * 2)
    const fold_s = await seconds(async () => (events = await foldAll(store, folding)))
    collectGarbage()
    const parse_s = await seconds(() => scan(store, parseAll))
    say(`round ${round}: ${(parse_s / fold_s).toFixed(2)}`)
    if (round > 0) rounds.push({ fold_s, parse_s })
  }
  await store.close()
  return [
    {
      name: "replay.full",
      label: "Full replay into person states",
      value: median(rounds.map(({ fold_s }) => events / fold_s)),
      unit: "events/s",
      against: {
        label: "the same scan with JSON.parse of data and metadata",
        value: median(rounds.map(({ parse_s }) => events / parse_s)),
        unit: "events/s",
      },
      ratio: median(rounds.map(({ fold_s, parse_s }) => parse_s / fold_s)),
      aim: { of: "ratio", kind: "at least", bound: 0.6 },
      note: `${events} events; the replay parses the data only and looks at every invariant after each event`,
    },
  ]
}
