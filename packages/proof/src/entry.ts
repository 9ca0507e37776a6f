/**
 * What the log holds of an event (docs/adr/0010): 56 bytes, `id (16) | recorded time in ms, u64 big endian | SHA-256 of the content`.
 * The content is what was said and stays the same in every engine; the recorded time is the store's own and stands beside it, so
 * that a copy in another engine can still be compared fact by fact. Nothing of a person is in it: tiles may be published.
 */
import { isUtf8 } from "node:buffer"
import { hash } from "node:crypto"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { canonical } from "./canonical.js"
import { canonicalInPlace } from "./in-place.js"

export const entry_bytes = 56
const uuid_characters = 36

export type EventContent = Pick<RecordedEvent, "id" | "stream" | "revision" | "type" | "data" | "metadata">
export type Sealed = EventContent & Pick<RecordedEvent, "recordedAt">

/** `"data":…`, or `"dataBytes":"base 64"` for bytes that are no I-JSON: two different byte strings that mean the same hash alike. */
const field = (name: string, bytes: Uint8Array): string => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isUtf8(buffer))
    try {
      return `"${name}":${canonical(JSON.parse(buffer.toString("utf8")))}`
    } catch {
      // Falls through: whatever it is, its bytes are its identity.
    }
  return `"${name}Bytes":"${buffer.toString("base64")}"`
}

/** The event as RFC 8785 text; position and recorded time are the store's, not the fact's, and are left out. */
export const contentText = ({ id, stream, revision, type, data, metadata }: EventContent): string =>
  `{${field("data", data)},"id":"${id}",${field("metadata", metadata)},"revision":${revision},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`

/** Content of one event at a time, and as much room again to put its members in order. */
const content_bytes_max = 1 << 16
const scratch = Buffer.allocUnsafeSlow(2 * content_bytes_max)
/** Characters that stand for themselves in JSON, one byte each. */
const plain = /^[\u0020\u0021\u0023-\u005b\u005d-\u007e]*$/u
const opening_bytes = scratch.write('{"data":', "latin1")

/** `contentText` as bytes at the beginning of `scratch`; its length, or -1 when the event is none of the plain kind. */
const plainContent = ({ id, stream, revision, type, data, metadata }: EventContent): number => {
  if (data.length + metadata.length + 2 * stream.length > content_bytes_max - 1024 || !plain.test(stream) || !plain.test(type))
    return -1
  let end = opening_bytes + data.length
  scratch.set(data, opening_bytes)
  if (!canonicalInPlace(scratch, opening_bytes, end, content_bytes_max)) return -1
  end += scratch.write(`,"id":"${id}","metadata":`, end, "latin1")
  scratch.set(metadata, end)
  if (!canonicalInPlace(scratch, end, end + metadata.length, content_bytes_max)) return -1
  end += metadata.length
  return end + scratch.write(`,"revision":${revision},"stream":"${stream}","type":"${type}"}`, end, "latin1")
}

const dash = 0x2d
/** Value of a lower-case hexadecimal digit by its code; 16 for any other character. */
const digits = new Uint8Array(128).fill(16)
for (let value = 0; value < 16; value++) digits[value.toString(16).charCodeAt(0)] = value

/** The 16 bytes of a UUID in canonical text form; false when it is none. One walk: an expression and a conversion take three times as long. */
const writeUuid = (target: Buffer, start: number, id: string): boolean => {
  if (id.length !== uuid_characters) return false
  let to = start
  for (let at = 0; at < uuid_characters; at += 2) {
    if (at === 8 || at === 13 || at === 18 || at === 23) if (id.charCodeAt(at++) !== dash) return false
    const high = digits[id.charCodeAt(at)] ?? 16
    const low = digits[id.charCodeAt(at + 1)] ?? 16
    if (high > 15 || low > 15) return false
    target[to++] = high * 16 + low
  }
  return true
}

/** Views of the content by its length: making one takes a tenth of the time of hashing it. */
const views: Buffer[] = []
const contentView = (length: number): Buffer => (views[length] ??= scratch.subarray(0, length))

/** Writes the entry at `start`. Throws on a recorded time that is no whole number of ms. */
export const writeEntry = (target: Buffer, start: number, event: Sealed): void => {
  const { id, recordedAt } = event
  if (!Number.isSafeInteger(recordedAt) || recordedAt < 0) throw new Error(`${id}: ${recordedAt} is no recorded time in ms`)
  if (!writeUuid(target, start, id)) throw new Error(`${JSON.stringify(id)} is no UUID`)
  target.writeUInt32BE(Math.floor(recordedAt / 2 ** 32), start + 16)
  target.writeUInt32BE(recordedAt % 2 ** 32, start + 20)
  const length = plainContent(event)
  // As a string of bytes: a buffer from node's hash costs twice as much, and this runs for every event of a nation.
  target.write(hash("sha256", length < 0 ? contentText(event) : contentView(length), "binary"), start + 24, 32, "latin1")
}

export const entryOf = (event: Sealed): Buffer => {
  const entry = Buffer.allocUnsafe(entry_bytes)
  writeEntry(entry, 0, event)
  return entry
}
