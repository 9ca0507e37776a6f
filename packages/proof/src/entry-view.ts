/** Reading an entry of the log, in Node and in a browser. */
import { toHex } from "./bytes.js"

export type EntryView = {
  /** UUID of the event. */
  readonly id: string
  /** ms since 1970 */
  readonly recordedAt: number
  /** SHA-256 of the content, hex. */
  readonly content: string
}

/** Throws on bytes that are no entry of this format. */
export const viewEntry = (entry: Uint8Array): EntryView => {
  if (entry.length !== 56) throw new Error(`an entry has 56 bytes, not ${entry.length}`)
  const hex = toHex(entry)
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
  return { id, recordedAt: Number.parseInt(hex.slice(32, 48), 16), content: hex.slice(48) }
}
