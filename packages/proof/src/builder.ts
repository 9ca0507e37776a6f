/**
 * The tree's right edge in memory: entries go in, finished tiles come out. Holds less than one tile per level whatever the size of
 * the log.
 */
import { hash_bytes, leafHash, nodeHash, type Hash, emptyRoot } from "./merkle.js"
import { bundlePath, tilePath, tileWidth } from "./tile-path.js"
import type { NamedBytes, TileStore } from "./tile-store.js"

export type Builder = {
  readonly size: () => number
  readonly root: () => Hash
  /** Adds entries, in order. */
  readonly add: (entry: Uint8Array) => void
  /** Full tiles since the last call and the partial ones of now: write them before the state that names this size. */
  readonly take: () => { readonly files: readonly NamedBytes[]; readonly full: readonly string[] }
  /** Entries of the bundle that is not full yet. */
  readonly tail: () => readonly Uint8Array[]
}

/** Bundle of tlog-tiles: each entry after its length in two bytes, big endian. */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  const bytes = Buffer.allocUnsafe(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    at = bytes.writeUInt16BE(entry.length, at)
    bytes.set(entry, at)
    at += entry.length
  }
  return bytes
}

/** Throws on bytes that end within an entry. */
export const decodeBundle = (bytes: Uint8Array): Uint8Array[] => {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
    const end = at + 2 + length
    if (end > bytes.length) throw new Error("an entry bundle ends within an entry")
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}

export const hashesOf = (tile: Uint8Array): Hash[] =>
  Array.from({ length: tile.length / hash_bytes }, (_, i) => tile.subarray(i * hash_bytes, (i + 1) * hash_bytes))

/** Root over hashes of perfect subtrees of one height; their number is a power of two. */
export const perfectRoot = (hashes: readonly Hash[]): Hash => {
  let level = hashes
  while (level.length > 1) {
    const above: Hash[] = []
    for (let i = 0; i + 1 < level.length; i += 2) above.push(nodeHash(level[i] as Hash, level[i + 1] as Hash))
    level = above
  }
  return level[0] as Hash
}

/** Roots of the perfect subtrees over `hashes`, left to right, as the binary form of their number says. */
const peaksOf = (hashes: readonly Hash[]): Hash[] => {
  const peaks: Hash[] = []
  let at = 0
  for (let width = tileWidth; width >= 1; width /= 2)
    if (hashes.length - at >= width) {
      peaks.push(perfectRoot(hashes.slice(at, at + width)))
      at += width
    }
  return peaks
}

/** `levels[l]` are the hashes of the unfinished tile at level l. */
const rootOf = (levels: readonly (readonly Hash[])[]): Hash => {
  const peaks = levels.toReversed().flatMap(peaksOf)
  return peaks.length === 0 ? emptyRoot() : peaks.reduceRight((right, left) => nodeHash(left, right))
}

type Edge = { size: number; readonly levels: Hash[][]; entries: Uint8Array[] }

const createBuilder = (edge: Edge): Builder => {
  let ready: NamedBytes[] = []
  const fullTiles = edge.levels.map((_, level) => Math.floor(edge.size / tileWidth ** (level + 1)))
  let fullBundles = Math.floor(edge.size / tileWidth)

  const push = (level: number, hash: Hash): void => {
    const hashes = (edge.levels[level] ??= [])
    hashes.push(hash)
    if (hashes.length < tileWidth) return
    const index = fullTiles[level] ?? 0
    fullTiles[level] = index + 1
    ready.push({ path: tilePath(level, index, tileWidth), bytes: Buffer.concat(hashes) })
    edge.levels[level] = []
    push(level + 1, perfectRoot(hashes))
  }
  return {
    size: () => edge.size,
    root: () => rootOf(edge.levels),
    tail: () => edge.entries,
    add: (entry) => {
      edge.size++
      edge.entries.push(entry)
      if (edge.entries.length === tileWidth) {
        ready.push({ path: bundlePath(fullBundles++, tileWidth), bytes: encodeBundle(edge.entries) })
        edge.entries = []
      }
      push(0, leafHash(entry))
    },
    take: () => {
      const full = ready
      ready = []
      const partial = edge.levels.flatMap((hashes, level) =>
        hashes.length === 0
          ? []
          : [{ path: tilePath(level, fullTiles[level] ?? 0, hashes.length), bytes: Buffer.concat(hashes) as Uint8Array }],
      )
      if (edge.entries.length > 0)
        partial.push({ path: bundlePath(fullBundles, edge.entries.length), bytes: encodeBundle(edge.entries) })
      return { files: [...full, ...partial], full: full.map(({ path }) => path) }
    },
  }
}

/** A partial tile or bundle at a size: the partial file, or the beginning of the full one that has replaced it. */
export const readPart = async (tiles: TileStore, pathOf: (width: number) => string, width: number): Promise<Uint8Array | null> =>
  (await tiles.read(pathOf(width))) ?? (width === tileWidth ? null : tiles.read(pathOf(tileWidth)))

/**
 * Takes up a tree of `size` where its tiles say it stood. Throws when tiles are missing.
 * @param standing size the tiles stand at by now, if they have grown since
 */
export const resumeBuilder = async (tiles: TileStore, size: number, standing = size): Promise<Builder> => {
  const levels: Hash[][] = []
  for (let level = 0, span = 1; span <= size; level++, span *= tileWidth) {
    const width = Math.floor(size / span) % tileWidth
    const index = Math.floor(size / span / tileWidth)
    const there = Math.min(tileWidth, Math.floor(standing / span) - index * tileWidth)
    const part = width === 0 ? null : await readPart(tiles, (w) => tilePath(level, index, w), there)
    if (width !== 0 && part === null) throw new Error(`the log's tile ${tilePath(level, index, there)} is missing`)
    // Copies: a view would keep the whole file in memory.
    levels.push(part === null ? [] : hashesOf(Uint8Array.from(part.subarray(0, width * hash_bytes))))
  }
  const tail = size % tileWidth
  const index = Math.floor(size / tileWidth)
  const there = Math.min(tileWidth, standing - index * tileWidth)
  const bundle = tail === 0 ? null : await readPart(tiles, (w) => bundlePath(index, w), there)
  if (tail !== 0 && bundle === null) throw new Error(`the log's last entry bundle at size ${size} is missing`)
  return createBuilder({ size, levels, entries: bundle === null ? [] : decodeBundle(bundle).slice(0, tail) })
}

export const newBuilder = (): Builder => createBuilder({ size: 0, levels: [], entries: [] })
