/**
 * The proof log on disk: takes events in the ledger's order, writes tiles, signs checkpoints. The order of writing makes every
 * moment a good one to be killed: tiles, then the state that names their size, then the checkpoint that promises it.
 */
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import { type Builder, resumeBuilder } from "./builder.js"
import { fromBase64, sameBytes, textOf, toBase64, utf8 } from "./bytes.js"
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from "./checkpoint.js"
import { entry_bytes, writeEntry } from "./entry.js"
import { viewEntry } from "./entry-view.js"
import type { Hash } from "./merkle.js"
import { formatNote, parseNote } from "./note.js"
import { type PositionWriter, writePositions } from "./positions.js"
import { type LogReader, readLog } from "./reader.js"
import { HistoryRewritten } from "./rewritten.js"
import type { NoteSigner } from "./signer.js"
import { checkpointPath, partialsOf, tileWidth } from "./tile-path.js"
import type { TileStore } from "./tile-store.js"

export type ProofLogOptions = {
  /** What everybody may read. */
  readonly tiles: TileStore
  /** The log's own: how far it has come. */
  readonly state: TileStore
  /** Its name is the log's origin. */
  readonly signer: NoteSigner
  /** ms since 1970 */
  readonly now: () => number
}

export type Published = {
  readonly size: number
  readonly root: Hash
  /** The signed checkpoint. */
  readonly text: string
  /** Position of the ledger it stands for; null for an empty log. */
  readonly position: Position | null
}

export type ProofLog = {
  /** Of the state on disk: follow the ledger from here. */
  readonly published: () => Published
  /** Events taken and not yet published. */
  readonly pending: () => number
  /** @throws HistoryRewritten when the published log holds something else at this place */
  readonly add: (events: readonly RecordedEvent[]) => Promise<void>
  /** Writes what was taken. @param upTo position considered so far */
  readonly publish: (upTo: Position | null) => Promise<Published>
  /** Over the published tree. */
  readonly reader: () => LogReader
  /** At the ledger's end: a checkpoint found at the start that promises more than the ledger holds. @throws HistoryRewritten */
  readonly assertPromiseKept: () => Promise<void>
}

type State = { readonly origin: string; readonly size: number; readonly root: string; readonly position: Position | null }
const statePath = "state.json"
/** The last checkpoint of each day (date in China), kept for auditors. */
const historyFolder = "checkpoints"
const beijing_ms = 8 * 3_600_000
export const historyPath = (at_ms: number): string =>
  `${historyFolder}/${new Date(at_ms + beijing_ms).toISOString().slice(0, 10)}`

const readState = async (state: TileStore, origin: string): Promise<State> => {
  const bytes = await state.read(statePath)
  const found = bytes === null ? { origin, size: 0, root: "", position: null } : (JSON.parse(textOf(bytes)) as State)
  if (found.origin !== origin)
    throw new Error(`this folder holds the log ${found.origin}, not ${origin}: a log never changes its name`)
  return found
}

/** A checkpoint beyond the state: the state was lost or set back, and what was promised must come out again, entry by entry. */
const promisedBeyond = async ({ tiles, signer }: ProofLogOptions, size: number): Promise<LogReader | null> => {
  const bytes = await tiles.read(checkpointPath)
  if (bytes === null) return null
  const opened = await openCheckpoint(textOf(bytes), signer.key)
  if (typeof opened === "string") throw new Error(`the published checkpoint is not this log's: ${opened}`)
  return opened.checkpoint.size > size ? readLog(tiles, opened.checkpoint.size) : null
}

const sign = (signer: NoteSigner, size: number, root: Hash): string => {
  const text = formatCheckpoint({ origin: signer.key.name, size, root })
  return formatNote({ text, signatures: [signer.sign(text)] })
}

/** The checkpoint on disk when it stands for this tree (it may carry witnesses' signatures), else a new one. */
const currentText = async ({ tiles, signer }: ProofLogOptions, size: number, root: Hash): Promise<string> => {
  const bytes = await tiles.read(checkpointPath)
  const text = bytes === null ? "" : textOf(bytes)
  const found = parseCheckpoint(parseNote(text)?.text ?? "")
  return found !== null && found.size === size && sameBytes(found.root, root) ? text : sign(signer, size, root)
}

const builderAt = async (tiles: TileStore, { size, root }: State): Promise<Builder> => {
  const builder = await resumeBuilder(tiles, size)
  const expected = fromBase64(root)
  if (size > 0 && (expected === null || !sameBytes(expected, builder.root())))
    throw new Error(`the log's tiles do not give the root that was kept for size ${size}: restore the folder from a copy`)
  return builder
}

const writeCheckpoint = async ({ tiles, now }: ProofLogOptions, text: string): Promise<void> => {
  const bytes = utf8(text)
  await tiles.write([checkpointPath, historyPath(now())].map((path) => ({ path, bytes })))
}

/** Opens a log or begins one. Throws when tiles, state and checkpoint do not belong together. */
export const openProofLog = async (options: ProofLogOptions): Promise<ProofLog> => {
  const { tiles, state, signer } = options
  const origin = signer.key.name
  const kept = await readState(state, origin)
  const builder = await builderAt(tiles, kept)
  const positions: PositionWriter = await writePositions(state, kept.size)
  let promised = await promisedBeyond(options, kept.size)
  let lastPosition = kept.position
  const text = promised === null ? await currentText(options, kept.size, builder.root()) : ""
  let published: Published = { size: kept.size, root: builder.root(), text, position: kept.position }
  // Killed between the state and the checkpoint: the promise is made now.
  if (promised === null && kept.size > 0) await writeCheckpoint(options, text)

  /** One at a time: the builder keeps its bytes, not this. */
  const entry = Buffer.alloc(entry_bytes)
  const checkPromise = async (index: number): Promise<void> => {
    if (promised === null) return
    if (index >= promised.size) {
      promised = null
      return
    }
    const before = await promised.entry(index)
    if (sameBytes(before, entry)) return
    const [was, is] = [viewEntry(before), viewEntry(entry)]
    throw new HistoryRewritten({ kind: was.id === is.id ? "altered" : "moved", index, published: was, found: is })
  }
  return {
    published: () => published,
    pending: () => builder.size() - published.size,
    reader: () => readLog(tiles, published.size),
    assertPromiseKept: async () => {
      const index = builder.size()
      if (promised === null || index >= promised.size) return
      throw new HistoryRewritten({ kind: "dropped", index, published: viewEntry(await promised.entry(index)), found: null })
    },
    add: async (events) => {
      for (const event of events) {
        const index = builder.size()
        writeEntry(entry, 0, event)
        if (promised !== null) await checkPromise(index)
        if (index % tileWidth === 0) positions.begin(lastPosition)
        builder.add(entry)
        lastPosition = event.position
      }
    },
    publish: async (upTo) => {
      const size = builder.size()
      // Half-way through what was promised no smaller promise is made.
      if (promised !== null && size < promised.size) return published
      const root = builder.root()
      // All of this moment, before the first wait: events may be added while the files are written.
      const { full, partial, replaced } = builder.take()
      const places = positions.take()
      // Never behind the last entry: half a batch may have been added since `upTo` was said.
      const position = upTo === null || (lastPosition !== null && lastPosition > upTo) ? lastPosition : upTo
      const next: State = { origin, size, root: toBase64(root), position }
      await tiles.write([...full, ...partial])
      await state.write(places)
      await state.write([{ path: statePath, bytes: utf8(JSON.stringify(next)) }])
      const changed = size !== published.size || published.text === ""
      const signed = changed ? sign(signer, size, root) : published.text
      await writeCheckpoint(options, signed)
      for (const path of replaced) await tiles.removeFolder(partialsOf(path))
      published = { size, root, text: signed, position }
      return published
    },
  }
}
