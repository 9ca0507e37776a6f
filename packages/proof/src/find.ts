/** An event's place in the log, and its receipt. */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import { sameBytes, textOf } from "./bytes.js"
import { openCheckpoint } from "./checkpoint.js"
import { witnessedPath } from "./cosign.js"
import { contentText, entryOf } from "./entry.js"
import type { ProofLog } from "./log.js"
import type { NoteKey } from "./note.js"
import { bundleAt, positionBefore } from "./positions.js"
import { type LogReader, readLog } from "./reader.js"
import { formatReceipt, type Receipt } from "./receipt.js"
import { tileWidth } from "./tile-path.js"
import type { TileStore } from "./tile-store.js"

export type FindDeps = { readonly store: EventStore; readonly tiles: TileStore; readonly state: TileStore }

/** Place of an event that the ledger holds; null when it is not published, or not as the ledger holds it now. */
export const indexOf = async ({ state }: FindDeps, log: LogReader, event: RecordedEvent): Promise<number | null> => {
  if (log.size === 0) return null
  const bundle = await bundleAt(state, log.size, event.position)
  const entry = entryOf(event)
  const at = (await log.bundle(bundle)).findIndex((one) => sameBytes(one, entry))
  return at < 0 ? null : bundle * tileWidth + at
}

/** The ledger's event at a place of the log. Null when the ledger holds another there. */
export const eventAtIndex = async ({ store, state }: FindDeps, log: LogReader, index: number): Promise<RecordedEvent | null> => {
  const after = await positionBefore(state, Math.floor(index / tileWidth))
  const { events } = await store.readAll({ after, max: (index % tileWidth) + 1 })
  const event = events[index % tileWidth]
  return event !== undefined && sameBytes(entryOf(event), await log.entry(index)) ? event : null
}

export const eventOf = async ({ store }: FindDeps, stream: StreamName, revision: number): Promise<RecordedEvent | null> =>
  (await store.readStream(stream, { direction: "forwards", from: revision, max: 1 }))[0] ?? null

/** The checkpoint that witnesses have signed where it covers the entry, else the newest. */
export const checkpointFor = async (
  tiles: TileStore,
  log: ProofLog,
  key: NoteKey,
  index: number,
): Promise<{ readonly text: string; readonly size: number }> => {
  const bytes = await tiles.read(witnessedPath)
  if (bytes !== null) {
    const text = textOf(bytes)
    const opened = await openCheckpoint(text, key)
    if (typeof opened !== "string" && opened.checkpoint.size > index) return { text, size: opened.checkpoint.size }
  }
  return log.published()
}

/** Throws when the index is not in the checkpoint. */
export const receiptOf = async (
  { tiles }: FindDeps,
  event: RecordedEvent,
  index: number,
  checkpoint: { readonly text: string; readonly size: number },
  standing: number,
): Promise<{ readonly receipt: Receipt; readonly text: string }> => {
  const proof = await readLog(tiles, standing).inclusion(index, checkpoint.size)
  const receipt = { content: contentText(event), recordedAt: event.recordedAt, index, proof, checkpoint: checkpoint.text }
  return { receipt, text: formatReceipt(receipt) }
}
