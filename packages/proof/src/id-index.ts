/**
 * Event id -> place in the log, so that a receipt by id does not read every entry. Derived from the published entries alone, never on
 * the follower's way: extended when somebody asks (and by the keeper now and then), made again where it is missing. Ids are hashes, so
 * their first 32 bits spread evenly: a sealed segment is sixteen sorted pages of which one is read; what is not sealed yet lies in
 * memory. Bits that agree are no answer: the entry itself is looked at.
 */
import { viewEntry } from "./entry-view.js"
import type { LogReader } from "./reader.js"
import { tileWidth } from "./tile-path.js"
import type { NamedBytes, TileStore } from "./tile-store.js"

export type IdIndex = {
  /** Place of the event among the log's entries; null when it is not there. Takes in first what was published since. */
  readonly indexOf: (log: LogReader, id: string) => Promise<number | null>
  readonly extend: (log: LogReader) => Promise<void>
}

/** A record is a double: 32 bits of the id, and 20 of the place within the segment. */
export const segment_entries_max = 2 ** 20
const pages = 16
const record_bytes = 8
const pathOf = (segment: number, page: number): string => `ids/${segment}/${page}`
const pageOf = (bits: number): number => Math.floor(bits / 2 ** 28)

const idBits = (entry: Uint8Array): number =>
  (((entry[0] as number) << 24) | ((entry[1] as number) << 16) | ((entry[2] as number) << 8) | (entry[3] as number)) >>> 0

/** Places in a sorted page whose ids begin with these bits. */
const placesIn = (bytes: Uint8Array, bits: number): number[] => {
  const records = new Float64Array(bytes.slice().buffer)
  let [low, high] = [0, records.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((records[middle] as number) < bits * segment_entries_max) low = middle + 1
    else high = middle
  }
  const places: number[] = []
  for (let at = low; at < records.length; at++) {
    const record = records[at] as number
    if (Math.floor(record / segment_entries_max) !== bits) break
    places.push(record % segment_entries_max)
  }
  return places
}

/** @param bits of all entries of a segment, in their order */
const sealed = (segment: number, bits: Uint32Array): NamedBytes[] =>
  Array.from({ length: pages }, (_, page) => {
    const records: number[] = []
    for (let place = 0; place < bits.length; place++) {
      const value = bits[place] as number
      if (pageOf(value) === page) records.push(value * segment_entries_max + place)
    }
    const sorted = Float64Array.from(records).sort()
    return { path: pathOf(segment, page), bytes: new Uint8Array(sorted.buffer) }
  })

/**
 * @param state the log's own folder
 * @param segment_entries a multiple of 256, at most 2^20; only tests take another
 */
export const openIdIndex = (state: TileStore, segment_entries = segment_entries_max): IdIndex => {
  /** Bits of the entries behind the last sealed segment. */
  let open = new Uint32Array(segment_entries)
  let segments = 0
  let covered = 0
  let isFound = false
  let line: Promise<void> = Promise.resolve()

  /** Fills `bits` with the entries of the log in [from, to). */
  const readBits = async (log: LogReader, bits: Uint32Array, from: number, to: number, base: number): Promise<void> => {
    for (let at = from; at < to;) {
      const entries = await log.bundle(Math.floor(at / tileWidth))
      for (let i = at % tileWidth; i < entries.length && at < to; i++) bits[at++ - base] = idBits(entries[i] as Uint8Array)
    }
  }
  const findSealed = async (): Promise<void> => {
    while ((await state.list(`ids/${segments}`)).length === pages) segments++
    covered = segments * segment_entries
    isFound = true
  }
  const extendNow = async (log: LogReader): Promise<void> => {
    if (!isFound) await findSealed()
    while (covered < log.size) {
      const base = segments * segment_entries
      const to = Math.min(log.size, base + segment_entries)
      await readBits(log, open, covered, to, base)
      covered = to
      if (to < base + segment_entries) return
      await state.write(sealed(segments, open))
      segments++
      open = new Uint32Array(segment_entries)
    }
  }
  /** One at a time; one that failed does not stand in the way of the next. */
  const extend = (log: LogReader): Promise<void> => {
    const mine = line.then(() => extendNow(log))
    line = mine.catch(() => undefined)
    return mine
  }
  const readPage = async (log: LogReader, segment: number, page: number): Promise<Uint8Array> => {
    const bytes = await state.read(pathOf(segment, page))
    if (bytes !== null && bytes.length % record_bytes === 0) return bytes
    const bits = new Uint32Array(segment_entries)
    await readBits(log, bits, segment * segment_entries, (segment + 1) * segment_entries, segment * segment_entries)
    const made = sealed(segment, bits)
    await state.write(made)
    return (made[page] as NamedBytes).bytes
  }
  const isThere = async (log: LogReader, index: number, id: string): Promise<boolean> =>
    index < log.size && viewEntry(await log.entry(index)).id === id

  return {
    extend,
    indexOf: async (log, id) => {
      await extend(log)
      const bits = Number.parseInt(id.slice(0, 8), 16)
      if (Number.isNaN(bits)) return null
      for (let segment = 0; segment < segments; segment++)
        for (const place of placesIn(await readPage(log, segment, pageOf(bits)), bits))
          if (await isThere(log, segment * segment_entries + place, id)) return segment * segment_entries + place
      const base = segments * segment_entries
      for (let place = open.indexOf(bits); place >= 0 && base + place < covered; place = open.indexOf(bits, place + 1))
        if (await isThere(log, base + place, id)) return base + place
      return null
    },
  }
}
