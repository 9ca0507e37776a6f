import { describe, expect, it } from "vitest"
import { receiptOf } from "./find.js"
import { openIdIndex } from "./id-index.js"
import { openProofLog } from "./log.js"
import { readLog } from "./reader.js"
import { checkReceipt } from "./receipt.js"
import { newSigningKey, openNoteSigner } from "./signer.js"
import { eventAt, eventsUpTo, uuidOf } from "./testing/ledger.js"
import { origin } from "./testing/published.js"
import { memoryTiles, type TileStore } from "./tile-store.js"

/** Small segments, so that a log of some ten thousand entries has many. */
const segment_entries = 1_024

const counting = (tiles: TileStore): TileStore & { readonly paths: string[] } => {
  const paths: string[] = []
  return { ...tiles, paths, read: (path) => (paths.push(path), tiles.read(path)) }
}

const published = async (count: number) => {
  const [tiles, state, signer] = [memoryTiles(), memoryTiles(), openNoteSigner(newSigningKey(origin))]
  const log = await openProofLog({ tiles, state, signer, now: () => 1_700_000_000_000 })
  await log.add(eventsUpTo(count))
  await log.publish(null)
  return { tiles, state, signer, log }
}

describe("the index of event ids", async () => {
  const count = 100_000
  const { tiles, state, signer, log } = await published(count)

  it("makes a receipt out of a hundred thousand events with as many tiles as the proof has levels", async () => {
    const made = openIdIndex(state, segment_entries)
    await made.extend(readLog(tiles, count))
    for (const index of [0, 1_023, 1_024, 54_321, 97_280, count - 1]) {
      const seen = counting(tiles)
      // Another process, as after a restart, with what was written down.
      const found = await made.indexOf(readLog(seen, count), uuidOf(index))
      expect(found).toBe(index)
      const { text } = await receiptOf(
        { store: undefined as never, tiles: seen, state },
        eventAt(index),
        index,
        log.published(),
        count,
      )
      expect(await checkReceipt(text, signer.key)).toMatchObject({ ok: true, entry: { id: uuidOf(index) } })
      // The entry's own bundle; then at most two tiles on each of the three levels (the leaf's, and the tree's right edge).
      expect(seen.paths.length, seen.paths.join(" ")).toBeLessThanOrEqual(8)
      expect(seen.paths.filter((path) => path.startsWith("tile/entries/")).length).toBe(1)
    }
  })
  it("knows no id that was never published", async () => {
    const ids = openIdIndex(state, segment_entries)
    expect(await ids.indexOf(readLog(tiles, count), uuidOf(count))).toBeNull()
    expect(await ids.indexOf(readLog(tiles, count), "no id")).toBeNull()
    expect(await ids.indexOf(readLog(tiles, 500), uuidOf(500))).toBeNull()
  })
  it("is taken up by the next process: it reads only what is not sealed", async () => {
    const seen = counting(tiles)
    expect(await openIdIndex(state, segment_entries).indexOf(readLog(seen, count), uuidOf(7))).toBe(7)
    const tail_bundles = Math.ceil((count % segment_entries) / 256)
    expect(seen.paths.length).toBe(tail_bundles + 1)
  })
  it("is made again from the log where it is missing, whole or in part", async () => {
    const lost = memoryTiles(new Map([...state.files].filter(([path]) => !path.startsWith("ids/"))))
    expect(await openIdIndex(lost, segment_entries).indexOf(readLog(tiles, count), uuidOf(12_345))).toBe(12_345)
    // Killed while a segment was written, and a page cut off by a broken disk.
    for (const path of lost.files.keys()) if (path.startsWith("ids/3/")) lost.files.delete(path)
    for (const [path, bytes] of lost.files) if (path.startsWith("ids/2/")) lost.files.set(path, bytes.slice(0, -3))
    const again = openIdIndex(lost, segment_entries)
    for (const index of [2 * 1_024 + 5, 3 * 1_024 + 5, 4 * 1_024 + 5])
      expect(await again.indexOf(readLog(tiles, count), uuidOf(index))).toBe(index)
  })
  it("grows with the log, whoever asks meanwhile", async () => {
    const ids = openIdIndex(memoryTiles(), segment_entries)
    for (const size of [1, 300, 1_024, 1_025, 5_000, 5_000]) {
      const sizes = await Promise.all(
        [0, Math.floor(size / 2), size - 1].map((index) => ids.indexOf(readLog(tiles, size), uuidOf(index))),
      )
      expect(sizes).toEqual([0, Math.floor(size / 2), size - 1])
    }
  })
})
