/**
 * Which part of the ledger a bundle of the log is about: the store's position just before the bundle's first event. Positions are
 * the engine's own, so they lie beside the log and not in it; lost, they are found again by following from the beginning.
 */
import type { Position } from "@tongzhang/event-store/port"
import { textOf, utf8 } from "./bytes.js"
import { tileWidth } from "./tile-path.js"
import type { NamedBytes, TileStore } from "./tile-store.js"

const bundlesPerFile = 256
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

/** Where the ledger has to be read from to meet the bundle's events: exclusive, null from the beginning. */
export const positionBefore = async (state: TileStore, bundle: number): Promise<Position | null> => {
  const line = (await readLines(state, fileOf(bundle)))[bundle % bundlesPerFile]
  if (line === undefined) throw new Error(`no position is kept for bundle ${bundle}`)
  return line === "" ? null : (line as Position)
}

/** The bundle that holds the event at this position, of a log with `size` entries: a search by halves. */
export const bundleAt = async (state: TileStore, size: number, position: Position): Promise<number> => {
  let [low, high] = [0, Math.ceil(size / tileWidth) - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const before = await positionBefore(state, middle)
    if (before !== null && before >= position) high = middle - 1
    else low = middle
  }
  return low
}
