/** Hashes, proofs and entries out of the tiles of a log, for any size up to the one the tiles stand at. */
import { decodeBundle, hashesOf, perfectRoot, readPart } from "./builder.js"
import { type Hash, emptyRoot, nodeHash, splitOf } from "./merkle.js"
import { bundlePath, tilePath, tileWidth } from "./tile-path.js"
import type { TileStore } from "./tile-store.js"

export type LogReader = {
  readonly size: number
  readonly rootAt: (size: number) => Promise<Hash>
  /** From the leaf's sibling up (RFC 6962 §2.1.1). */
  readonly inclusion: (index: number, size: number) => Promise<Hash[]>
  /** RFC 6962 §2.1.2; empty for equal sizes and from 0. */
  readonly consistency: (from: number, to: number) => Promise<Hash[]>
  /** Hash of the perfect subtree of `2 ** height` leaves that begins at `index * 2 ** height`. */
  readonly node: (height: number, index: number) => Promise<Hash>
  /** The up to 256 entries of one bundle. */
  readonly bundle: (index: number) => Promise<readonly Uint8Array[]>
  /** Throws when there is no such entry. */
  readonly entry: (index: number) => Promise<Uint8Array>
}

const tileHeight = 8
/** Tiles kept: a proof touches one per level, a walk along the leaves the same one 256 times. */
const tiles_kept_max = 256

const memo = <T>(load: (path: string, width: number) => Promise<T>): ((path: string, width: number) => Promise<T>) => {
  const kept = new Map<string, Promise<T>>()
  return (path, width) => {
    const known = kept.get(path)
    if (known !== undefined) return known
    const loading = load(path, width)
    kept.set(path, loading)
    loading.catch(() => kept.delete(path))
    if (kept.size > tiles_kept_max) kept.delete(kept.keys().next().value ?? "")
    return loading
  }
}

/** @param size up to which the tiles are to be used; proofs for any smaller size can be asked */
export const readLog = (tiles: TileStore, size: number): LogReader => {
  const widthOf = (level: number, index: number): number =>
    Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth)
  const load = async (pathOf: (width: number) => string, width: number): Promise<Uint8Array> => {
    const part = await readPart(tiles, pathOf, width)
    if (part === null) throw new Error(`the log has no ${pathOf(width)}`)
    return part
  }
  const tileOf = memo(async (path, width) => {
    const [level = 0, index = 0] = path.split("/").map(Number)
    const bytes = await load((w) => tilePath(level, index, w), width)
    if (bytes.length < width * 32) throw new Error(`${tilePath(level, index, width)} holds ${bytes.length} bytes`)
    return hashesOf(bytes)
  })
  const bundleOf = memo(async (path, width) => {
    const entries = decodeBundle(await load((w) => bundlePath(Number(path), w), width))
    if (entries.length < width) throw new Error(`${bundlePath(Number(path), width)} holds ${entries.length} entries`)
    return entries.slice(0, width)
  })

  const node = async (height: number, index: number): Promise<Hash> => {
    const level = Math.floor(height / tileHeight)
    const span = 2 ** (height % tileHeight)
    const first = index * span
    const tile = Math.floor(first / tileWidth)
    const hashes = await tileOf(`${level}/${tile}`, widthOf(level, tile))
    const start = first - tile * tileWidth
    if (start + span > hashes.length) throw new Error(`the log's tiles end before leaf ${first}`)
    return perfectRoot(hashes.slice(start, start + span))
  }
  /** MTH(D[from:to]); `from` is a multiple of the power of two at or above `to - from`. */
  const range = async (from: number, to: number): Promise<Hash> => {
    const count = to - from
    const height = Math.log2(count)
    if (Number.isInteger(height)) return node(height, from / count)
    const k = splitOf(count)
    return nodeHash(await range(from, from + k), await range(from + k, to))
  }
  const path = async (index: number, from: number, to: number): Promise<Hash[]> => {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle
      ? [...(await path(index, from, middle)), await range(middle, to)]
      : [...(await path(index, middle, to)), await range(from, middle)]
  }
  const subproof = async (m: number, from: number, to: number, whole: boolean): Promise<Hash[]> => {
    if (m === to) return whole ? [] : [await range(from, to)]
    const middle = from + splitOf(to - from)
    return m <= middle
      ? [...(await subproof(m, from, middle, whole)), await range(middle, to)]
      : [...(await subproof(m, middle, to, false)), await range(from, middle)]
  }
  const within = (least: number, value: number, most: number): void => {
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new Error(`${value} is not between ${least} and ${most}, where the log stands`)
  }
  const bundle = (index: number): Promise<readonly Uint8Array[]> => bundleOf(String(index), widthOf(0, index))
  return {
    size,
    node,
    bundle,
    rootAt: async (at) => {
      within(0, at, size)
      return at === 0 ? emptyRoot() : range(0, at)
    },
    inclusion: async (index, at) => {
      within(0, at, size)
      within(0, index, at - 1)
      return path(index, 0, at)
    },
    consistency: async (from, to) => {
      within(0, to, size)
      within(0, from, to)
      return from === 0 || from === to ? [] : subproof(from, 0, to, true)
    },
    entry: async (index) => {
      within(0, index, size - 1)
      return (await bundle(Math.floor(index / tileWidth)))[index % tileWidth] as Uint8Array
    },
  }
}
