/**
 * The ledger's events against the published log: every hash is computed again, and the first event that differs is named, with what
 * happened to it. After a difference both sides are brought into step again, so that one dropped event is one finding.
 */
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { type Builder, newBuilder, resumeBuilder } from "./builder.js"
import { sameBytes } from "./bytes.js"
import { entryOf } from "./entry.js"
import { viewEntry } from "./entry-view.js"
import { type Hash } from "./merkle.js"
import { type LogReader, readLog } from "./reader.js"
import type { Difference } from "./rewritten.js"
import { fullOf, tileWidth } from "./tile-path.js"
import type { TileStore } from "./tile-store.js"

/** How far an event may have moved and still be found. */
const lookahead_entries = 1_024
const differences_max = 100
/** Entries between two looks at the tiles. */
const tiles_every_entries = 16_384

export type LedgerComparison = {
  readonly differences: readonly Difference[]
  /** Tiles that are not what the entries give; only looked at while the entries agree. */
  readonly tiles_differing: readonly string[]
  /** Root computed from the ledger's events; null when they end before the log does. */
  readonly root: Hash | null
  readonly entries: number
}

export type Comparer = {
  /** Entries of the ledger's next events, in order. Those beyond the log's size are left alone. */
  readonly take: (entries: readonly Uint8Array[]) => Promise<void>
  /** Compared so far and without a difference: a later run may go on from here. */
  readonly agreedUpTo: () => number
  readonly done: () => boolean
  readonly finish: () => Promise<LedgerComparison>
}

const idOf = (entry: Uint8Array): string => viewEntry(entry).id

type Placed = { readonly index: number; readonly entry: Uint8Array }
type Queues = { readonly published: Placed[]; readonly found: Uint8Array[] }

const differenceOf = (
  kind: Difference["kind"],
  index: number,
  was: Placed | undefined,
  is: Uint8Array | undefined,
): Difference => ({
  kind,
  index,
  published: was === undefined ? null : viewEntry(was.entry),
  found: is === undefined ? null : viewEntry(is),
})

/** Takes what differs at the heads of both queues off them and says what it was. @param end size of the log */
const nameOne = ({ published, found }: Queues, end: number): Difference => {
  const [was, is] = [published[0], found[0]]
  if (is === undefined) {
    published.shift()
    return differenceOf("dropped", was?.index ?? end, was, undefined)
  }
  if (was === undefined) {
    found.shift()
    return differenceOf("inserted", end, undefined, is)
  }
  const [wasId, isId] = [idOf(was.entry), idOf(is)]
  if (wasId === isId) {
    published.shift()
    found.shift()
    return differenceOf("altered", was.index, was, is)
  }
  const later = found.findIndex((entry) => idOf(entry) === wasId)
  const place = published.findIndex(({ entry }) => idOf(entry) === isId)
  if (later < 0) {
    published.shift()
    return differenceOf("dropped", was.index, was, undefined)
  }
  if (place < 0) {
    found.shift()
    return differenceOf("inserted", was.index, undefined, is)
  }
  // The one further from its place has moved; those between have not.
  if (place <= later) {
    published.shift()
    found.splice(later, 1)
    return differenceOf("moved", was.index, was, is)
  }
  const [moved] = published.splice(place, 1)
  found.shift()
  return differenceOf("moved", moved?.index ?? end, moved, is)
}

/**
 * @param size of the checkpoint to compare with
 * @param from entries that an earlier run has found to agree (a multiple of 256); the ledger's events begin after them
 */
export const compareWithLog = async (tiles: TileStore, size: number, from = 0): Promise<Comparer> => {
  if (from % tileWidth !== 0) throw new Error(`${from} is no beginning of a bundle`)
  const log: LogReader = readLog(tiles, size)
  const rebuilt: Builder = from === 0 ? newBuilder() : await resumeBuilder(tiles, from, size)
  const differences: Difference[] = []
  const tilesDiffering: string[] = []
  const queues: Queues = { published: [], found: [] }
  /** Next published entry to load, and up to where nothing differs. */
  let [loaded, agreed] = [from, from]
  /** Place of the head of the queue. */
  const head = (): number => queues.published[0]?.index ?? loaded

  const load = async (wanted: number): Promise<void> => {
    while (queues.published.length < wanted && loaded < size) {
      // Always at the beginning of a bundle.
      const entries = await log.bundle(loaded / tileWidth)
      for (const entry of entries) queues.published.push({ index: loaded++, entry })
    }
  }
  const checkTiles = async (): Promise<void> => {
    const { full, partial } = rebuilt.take()
    if (differences.length > 0) return
    for (const { path, bytes } of rebuilt.size() < size ? full : [...full, ...partial]) {
      // A partial one may have been replaced since by the full one, which begins as it does.
      const there = (await tiles.read(path)) ?? (await tiles.read(fullOf(path)))?.subarray(0, bytes.length)
      if (there === undefined || !sameBytes(there, bytes)) tilesDiffering.push(path)
    }
  }
  /** @param all no more entries will come: decide with what there is */
  const step = async (all: boolean): Promise<void> => {
    const { published, found } = queues
    for (;;) {
      let same = 0
      await load(found.length)
      while (
        same < found.length &&
        same < published.length &&
        sameBytes(found[same] as Uint8Array, (published[same] as Placed).entry)
      )
        same++
      published.splice(0, same)
      found.splice(0, same)
      if (differences.length === 0) agreed = head()
      const ended = published.length === 0 && loaded === size
      if (ended || (found.length === 0 && !all) || differences.length >= differences_max) return
      if (!all && found.length < lookahead_entries) return
      await load(lookahead_entries)
      differences.push(nameOne(queues, size))
    }
  }
  return {
    done: () => head() >= size || differences.length >= differences_max,
    agreedUpTo: () => Math.floor(agreed / tileWidth) * tileWidth,
    take: async (entries) => {
      for (const entry of entries) {
        if (rebuilt.size() < size) rebuilt.add(entry)
        queues.found.push(entry)
        if (rebuilt.size() % tiles_every_entries === 0) await checkTiles()
      }
      await step(false)
    },
    finish: async () => {
      await step(true)
      await checkTiles()
      const root = rebuilt.size() === size ? rebuilt.root() : null
      return { differences, tiles_differing: tilesDiffering, root, entries: head() - from }
    },
  }
}

export const entriesOf = (events: readonly RecordedEvent[]): Uint8Array[] => events.map(entryOf)
