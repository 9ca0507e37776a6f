/**
 * Which part of the ledger a bundle of the log is about: the store's position just before the bundle's first event. Positions are
 * the engine's own, so they lie beside the log and not in it; lost, they are found again by following from the beginning.
 */
import type { Position } from "@tongzhang/event-store/port"
import { textOf, utf8 } from "./bytes.js"
import { tileWidth } from "./tile-path.js"
import type { NamedBytes, TileStore } from "./tile-store.js"

const bundlesPerFile = 256
/** Of a search: some 4 KB each. */
const files_kept_max = 64
const fileOf = (bundle: number): number => Math.floor(bundle / bundlesPerFile)
const pathOf = (file: number): string => `positions/${file}`

const readLines = async (state: TileStore, file: number): Promise<string[]> => {
  const bytes = await state.read(pathOf(file))
  return bytes === null ? [] : textOf(bytes).split("\n").slice(0, -1)
}

export type PositionWriter = {
  /** The next bundle begins after this position. */
  readonly begin: (after: Position | null) => void
  readonly take: () => readonly NamedBytes[]
}

/** @param size of the log at which writing goes on */
export const writePositions = async (state: TileStore, size: number): Promise<PositionWriter> => {
  const begun = Math.ceil(size / tileWidth)
  let file = fileOf(begun)
  let lines = (await readLines(state, file)).slice(0, begun - file * bundlesPerFile)
  if (lines.length < begun - file * bundlesPerFile) throw new Error(`${pathOf(file)}: positions of the log are missing`)
  let ready: NamedBytes[] = []
  let changed = false
  const asFile = (): NamedBytes => ({ path: pathOf(file), bytes: utf8(lines.map((line) => `${line}\n`).join("")) })
  return {
    begin: (after) => {
      lines.push(after ?? "")
      changed = true
      if (lines.length < bundlesPerFile) return
      ready.push(asFile())
      file++
      lines = []
      changed = false
    },
    take: () => {
      const files = changed ? [...ready, asFile()] : ready
      ready = []
      changed = false
      return files
    },
  }
}

const positionIn = (lines: readonly string[], bundle: number): Position | null => {
  const line = lines[bundle % bundlesPerFile]
  if (line === undefined) throw new Error(`no position is kept for bundle ${bundle}`)
  return line === "" ? null : (line as Position)
}

/** Where the ledger has to be read from to meet the bundle's events: exclusive, null from the beginning. */
export const positionBefore = async (state: TileStore, bundle: number): Promise<Position | null> =>
  positionIn(await readLines(state, fileOf(bundle)), bundle)

/** The bundle that holds the event at this position, of a log with `size` entries. */
export type BundleFinder = (position: Position) => Promise<number>

/**
 * A search by halves, first for the file of positions and then within it; for who asks for one event after the other. Full files are
 * kept, and whoever asks in the ledger's order finds the next event where the last one was.
 */
export const bundleFinder = (state: TileStore, size: number): BundleFinder => {
  const last = Math.ceil(size / tileWidth) - 1
  const files = new Map<number, Promise<string[]>>()
  const linesOf = (file: number): Promise<string[]> => {
    const known = files.get(file)
    if (known !== undefined) return known
    const reading = readLines(state, file)
    files.set(file, reading)
    reading.catch(() => files.delete(file))
    if (files.size > files_kept_max) files.delete(files.keys().next().value ?? file)
    return reading
  }
  /** True when the bundle begins before this position. */
  const isBefore = async (bundle: number, position: Position): Promise<boolean> => {
    const before = positionIn(await linesOf(fileOf(bundle)), bundle)
    return before === null || before < position
  }
  let found = 0
  return async (position) => {
    if ((await isBefore(found, position)) && (found === last || !(await isBefore(found + 1, position)))) return found
    let [low, high] = [0, last]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (await isBefore(middle, position)) low = middle
      else high = middle - 1
    }
    return (found = low)
  }
}

/** As `bundleFinder`, for one event. */
export const bundleAt = (state: TileStore, size: number, position: Position): Promise<number> =>
  bundleFinder(state, size)(position)
