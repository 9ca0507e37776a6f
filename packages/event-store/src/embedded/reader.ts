/** Reads of committed events. What is handed out never points into LMDB's memory. */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { AllPage, Position, ReadAllOptions, ReadStreamOptions, RecordedEvent } from "../port.js"
import type { DecodedBlocks } from "./decoded.js"
import type { Files } from "./files.js"
import {
  blockCount,
  blockHeaderBytes,
  blockRecordedAt,
  decodeRecord,
  fromPosition,
  recordLength,
  recordPrevious,
  recordRevision,
  recordStreamStartsWith,
  toPosition,
  type Head,
  type RecordPlace,
} from "./layout.js"
import type { EmbeddedLimits } from "./limits.js"

/** Below this a page of the log copies whole blocks at once and its events share the copy. */
const sharedCopyBytesMax = 64 * 1024

export const readStream = (files: Files, head: Head | undefined, options: ReadStreamOptions): readonly RecordedEvent[] => {
  if (head === undefined || options.max <= 0) return []
  const forwards = options.direction === "forwards"
  // A start beyond the end means the end when reading backwards, and nothing when reading forwards.
  const from = forwards ? Math.max(0, options.from ?? 0) : Math.min(head.revision, options.from ?? head.revision)
  const first = forwards ? from : Math.max(0, from - options.max + 1)
  const last = forwards ? Math.min(head.revision, from + options.max - 1) : from
  const events: RecordedEvent[] = []
  if (last < 0 || first > head.revision) return events

  let key = 0
  let block: Buffer | undefined
  for (let place: RecordPlace | null = head; place !== null; place = recordPrevious(block, place.offset)) {
    if (place.block !== key) [key, block] = [place.block, files.block(place.block)]
    if (block === undefined) throw new Error(`block ${place.block} is missing: the store is damaged`)
    const revision = recordRevision(block, place.offset)
    if (revision > last) continue
    if (revision < first) break
    const end = place.offset + recordLength(block, place.offset)
    events.push(decodeRecord(Buffer.from(block.subarray(place.offset, end)), 0, key, blockRecordedAt(block)))
    if (revision === first) break
  }
  return forwards ? events.reverse() : events
}

type Scan = { readonly events: RecordedEvent[]; position: number; scanned: number; bytes: number }

/** Goes through one block from `scan.position + 1` on, passing over what does not match. False when the page is full. */
const filterBlock = (block: Buffer, key: number, scan: Scan, max: number, prefixes: readonly Buffer[]): boolean => {
  const recordedAt = blockRecordedAt(block)
  let offset = blockHeaderBytes
  for (let position = key; position <= scan.position; position += 1) offset += recordLength(block, offset)
  for (; offset < block.length; offset += recordLength(block, offset)) {
    if (scan.events.length >= max) return false
    scan.position += 1
    scan.scanned += 1
    if (!recordStreamStartsWith(block, offset, prefixes)) continue
    const length = recordLength(block, offset)
    scan.bytes += length
    scan.events.push(decodeRecord(Buffer.from(block.subarray(offset, offset + length)), 0, key, recordedAt))
  }
  return scan.events.length < max
}

const decodeBlock = (block: Buffer, key: number): RecordedEvent[] => {
  const recordedAt = blockRecordedAt(block)
  const shared = block.length <= sharedCopyBytesMax ? Buffer.from(block) : null
  const events: RecordedEvent[] = []
  for (let offset = blockHeaderBytes; offset < block.length; offset += recordLength(block, offset))
    events.push(
      shared === null
        ? decodeRecord(Buffer.from(block.subarray(offset, offset + recordLength(block, offset))), 0, key, recordedAt)
        : decodeRecord(shared, offset, key, recordedAt),
    )
  return events
}

/** The whole block from `scan.position + 1` on. False when the page is full. */
const takeBlock = (block: Buffer, key: number, scan: Scan, max: number, decoded: DecodedBlocks): boolean => {
  let events = decoded.get(key)
  if (events === undefined) {
    events = decodeBlock(block, key)
    if (block.length <= sharedCopyBytesMax) decoded.keep(key, events)
  }
  const first = scan.position + 1 - key
  const taken = Math.min(events.length - first, max - scan.events.length)
  for (let i = first; i < first + taken; i += 1) scan.events.push(events[i] as RecordedEvent)
  scan.position += taken
  scan.scanned += taken
  scan.bytes += Math.ceil((block.length * taken) / events.length)
  return scan.events.length < max
}

export type LogPage = { readonly events: readonly RecordedEvent[]; readonly next: number; readonly atEnd: boolean }

export const encodePrefixes = (prefixes: readonly string[] | undefined): readonly Buffer[] | null =>
  prefixes?.map((prefix) => Buffer.from(prefix)) ?? null

/** A page of the log after position `after`, up to `committed`; bounded by matches, by events looked at, and by bytes. */
export const readLog = (
  files: Files,
  page: { readonly after: number; readonly committed: number; readonly max: number; readonly prefixes: readonly Buffer[] | null },
  limits: EmbeddedLimits,
  decoded: DecodedBlocks,
): LogPage => {
  const { after, committed, max, prefixes } = page
  if (after >= committed || max <= 0) return { events: [], next: after, atEnd: after >= committed }
  const scan: Scan = { events: [], position: after, scanned: 0, bytes: 0 }
  let key = files.blockKeyAt(after + 1)
  while (key !== undefined && scan.position < committed) {
    const block = files.block(key)
    if (block === undefined) throw new Error(`block ${key} is missing: the store is damaged`)
    const goesOn = prefixes === null ? takeBlock(block, key, scan, max, decoded) : filterBlock(block, key, scan, max, prefixes)
    if (!goesOn) break
    if (scan.scanned >= limits.pageScanEventsMax || scan.bytes >= limits.pageBytesMax) break
    key += blockCount(block)
  }
  return { events: scan.events, next: scan.position, atEnd: scan.position >= committed }
}

export const readAllPage = (
  files: Files,
  committed: number,
  options: ReadAllOptions,
  limits: EmbeddedLimits,
  decoded: DecodedBlocks,
): AllPage => {
  const after = options.after === null ? 0 : fromPosition(options.after)
  const prefixes = encodePrefixes(options.prefixes)
  const page = readLog(files, { after, committed, max: options.max, prefixes }, limits, decoded)
  return { events: page.events, next: page.next === 0 ? null : toPosition(page.next), atEnd: page.atEnd }
}

export const positionOrNull = (position: number): Position | null => (position === 0 ? null : toPosition(position))

/** Stream names become LMDB keys, which are limited to 1,978 bytes. */
const streamNameLengthMax = 600

export const assertStreamName = (stream: StreamName): void => {
  if (stream.length === 0 || stream.length > streamNameLengthMax)
    throw new Error(`bad stream name of ${stream.length} characters`)
}
