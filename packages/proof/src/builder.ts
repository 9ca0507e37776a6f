/**
 * The tree's right edge in memory: entries go in, finished tiles come out. Holds less than one tile per level whatever the size of
 * the log.
 */
import { hash } from "node:crypto"
import { entry_bytes } from "./entry.js"
import { hash_bytes, leafHash, nodeHash, type Hash, emptyRoot } from "./merkle.js"
import { bundlePath, tilePath, tileWidth } from "./tile-path.js"
import type { NamedBytes, TileStore } from "./tile-store.js"

export type Taken = {
  readonly full: readonly NamedBytes[]
  readonly partial: readonly NamedBytes[]
  /** Paths of full tiles and bundles that stood as partial ones before: what `partialsOf` them names is no longer needed. */
  readonly replaced: readonly string[]
}

export type Builder = {
  readonly size: () => number
  readonly root: () => Hash
  /** Adds the next entry, whose bytes are the caller's own again afterwards. */
  readonly add: (entry: Uint8Array) => void
  /** What has changed since the last call: write it before the state that names this size. */
  readonly take: () => Taken
}

/** Bundle of tlog-tiles in the making: each entry after its length in two bytes, big endian. */
type Bundle = { bytes: Buffer; length: number; count: number }
const newBundle = (): Bundle => ({ bytes: Buffer.allocUnsafeSlow(tileWidth * (2 + entry_bytes)), length: 0, count: 0 })

const addToBundle = (bundle: Bundle, entry: Uint8Array): void => {
  const end = bundle.length + 2 + entry.length
  if (end > bundle.bytes.length) {
    const larger = Buffer.allocUnsafeSlow(2 * end)
    larger.set(bundle.bytes.subarray(0, bundle.length))
    bundle.bytes = larger
  }
  bundle.bytes.writeUInt16BE(entry.length, bundle.length)
  bundle.bytes.set(entry, bundle.length + 2)
  bundle.length = end
  bundle.count++
}

export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  const bundle = newBundle()
  for (const entry of entries) addToBundle(bundle, entry)
  return bundle.bytes.subarray(0, bundle.length)
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

/** Hashes of an unfinished tile, one behind the other; those that stand there count. */
type Level = { readonly bytes: Buffer; count: number }
const tile_bytes = tileWidth * hash_bytes
const newLevel = (): Level => ({ bytes: Buffer.allocUnsafeSlow(tile_bytes), count: 0 })
const standing = ({ bytes, count }: Level): Uint8Array => bytes.subarray(0, count * hash_bytes)

const rootOf = (levels: readonly Level[]): Hash => {
  const peaks = levels.toReversed().flatMap((level) => peaksOf(hashesOf(standing(level))))
  return peaks.length === 0 ? emptyRoot() : peaks.reduceRight((right, left) => nodeHash(left, right))
}

/**
 * The two hashes per event of the way that every event of a nation goes, without an object for each: the messages of RFC 6962 §2.1
 * are made in one place, and node's hash gives its bytes as text, which takes half the time of a buffer.
 */
const leafMessage = Buffer.alloc(1 + entry_bytes)
const writeLeaf = (target: Buffer, at: number, entry: Uint8Array): void => {
  if (entry.length !== entry_bytes) return target.set(leafHash(entry), at)
  leafMessage.set(entry, 1)
  target.write(hash("sha256", leafMessage, "binary"), at, hash_bytes, "latin1")
}

/** Message of a node, and behind it the tile whose root is sought. */
const work = Buffer.alloc(1 + 2 * hash_bytes + tile_bytes)
const nodeMessage = work.subarray(0, 1 + 2 * hash_bytes)
/** @param tile full; left as it is. The root is written into `target` at `at` */
const writeTileRoot = (tile: Buffer, target: Buffer, at: number): void => {
  const first = nodeMessage.length
  work[0] = 1
  work.set(tile, first)
  for (let width = tileWidth / 2; width >= 1; width /= 2)
    for (let i = 0; i < width; i++) {
      const pair = first + 2 * i * hash_bytes
      work.copyWithin(1, pair, pair + 2 * hash_bytes)
      work.write(hash("sha256", nodeMessage, "binary"), first + i * hash_bytes, hash_bytes, "latin1")
    }
  work.copy(target, at, first, first + hash_bytes)
}

type Edge = { size: number; readonly levels: Level[]; bundle: Bundle }

const createBuilder = (edge: Edge): Builder => {
  let ready: NamedBytes[] = []
  let replaced: string[] = []
  const fullTiles = edge.levels.map((_, level) => Math.floor(edge.size / tileWidth ** (level + 1)))
  let fullBundles = Math.floor(edge.size / tileWidth)
  /** Full paths of what lies on the disk as partial. */
  const partials = new Set(edge.levels.map((_, level) => tilePath(level, fullTiles[level] ?? 0, tileWidth)))
  partials.add(bundlePath(fullBundles, tileWidth))

  const finish = (path: string, bytes: Uint8Array): void => {
    ready.push({ path, bytes })
    if (partials.delete(path)) replaced.push(path)
  }
  /** Adds the hash that `write` puts where it is told; a tile that is full by it hands its root to the level above. */
  const push = (index: number, write: (target: Buffer, at: number) => void): void => {
    const level = (edge.levels[index] ??= newLevel())
    write(level.bytes, level.count++ * hash_bytes)
    if (level.count < tileWidth) return
    const tile = fullTiles[index] ?? 0
    fullTiles[index] = tile + 1
    finish(tilePath(index, tile, tileWidth), level.bytes)
    edge.levels[index] = newLevel()
    push(index + 1, (target, at) => writeTileRoot(level.bytes, target, at))
  }
  return {
    size: () => edge.size,
    root: () => rootOf(edge.levels),
    add: (entry) => {
      edge.size++
      const { bundle } = edge
      addToBundle(bundle, entry)
      if (bundle.count === tileWidth) {
        finish(bundlePath(fullBundles++, tileWidth), bundle.bytes.subarray(0, bundle.length))
        edge.bundle = newBundle()
      }
      push(0, (target, at) => writeLeaf(target, at, entry))
    },
    take: () => {
      const partial: NamedBytes[] = []
      for (const [index, level] of edge.levels.entries()) {
        if (level.count === 0) continue
        const tile = fullTiles[index] ?? 0
        partial.push({ path: tilePath(index, tile, level.count), bytes: Uint8Array.from(standing(level)) })
        partials.add(tilePath(index, tile, tileWidth))
      }
      const { bytes, length, count } = edge.bundle
      if (count > 0) {
        partial.push({ path: bundlePath(fullBundles, count), bytes: Uint8Array.from(bytes.subarray(0, length)) })
        partials.add(bundlePath(fullBundles, tileWidth))
      }
      const taken = { full: ready, partial, replaced }
      ready = []
      replaced = []
      return taken
    },
  }
}

/** A partial tile or bundle at a size: the partial file, or the beginning of the full one that has replaced it. */
export const readPart = async (tiles: TileStore, pathOf: (width: number) => string, width: number): Promise<Uint8Array | null> =>
  (await tiles.read(pathOf(width))) ?? (width === tileWidth ? null : tiles.read(pathOf(tileWidth)))

/**
 * Takes up a tree of `size` where its tiles say it stood. Throws when tiles are missing.
 * @param standingAt size the tiles stand at by now, if they have grown since
 */
export const resumeBuilder = async (tiles: TileStore, size: number, standingAt = size): Promise<Builder> => {
  const levels: Level[] = []
  for (let level = 0, span = 1; span <= size; level++, span *= tileWidth) {
    const width = Math.floor(size / span) % tileWidth
    const index = Math.floor(size / span / tileWidth)
    const there = Math.min(tileWidth, Math.floor(standingAt / span) - index * tileWidth)
    const part = width === 0 ? null : await readPart(tiles, (w) => tilePath(level, index, w), there)
    if (width !== 0 && part === null) throw new Error(`the log's tile ${tilePath(level, index, there)} is missing`)
    const resumed = newLevel()
    if (part !== null) resumed.bytes.set(part.subarray(0, width * hash_bytes))
    resumed.count = width
    levels.push(resumed)
  }
  const tail = size % tileWidth
  const index = Math.floor(size / tileWidth)
  const there = Math.min(tileWidth, standingAt - index * tileWidth)
  const bundle = tail === 0 ? null : await readPart(tiles, (w) => bundlePath(index, w), there)
  if (tail !== 0 && bundle === null) throw new Error(`the log's last entry bundle at size ${size} is missing`)
  const resumed = newBundle()
  if (bundle !== null) for (const entry of decodeBundle(bundle).slice(0, tail)) addToBundle(resumed, entry)
  return createBuilder({ size, levels, bundle: resumed })
}

export const newBuilder = (): Builder => createBuilder({ size: 0, levels: [], bundle: newBundle() })
