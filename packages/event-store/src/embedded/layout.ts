/**
 * Bytes of the log. One LMDB value is a *block*: the appends of one commit, packed until the block is full. Packing costs one
 * tree insert per ~25 events instead of one each, and fills pages to 97 %. An append never spans two blocks.
 *
 * Block:  u8 version | 3 zero | u32 event count | f64 recordedAt ms | records
 * Record: u32 length | u32 revision | f64 previous block | u32 previous offset | u32 index in block | 16 id | u16 stream length |
 *         u16 type length | u32 data length | u32 metadata length | stream | type | data | metadata           (little endian)
 *
 * A block's key is the position of its first event, so position = key + index, dense from 1. `previous` leads to the same stream's
 * event before this one (block 0 = none): the backward chain that serves stream reads without any index per event.
 */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { NewEvent, Position, RecordedEvent } from "../port.js"
import { readUuid, uuidEquals, writeUuid } from "./uuid.js"

export const blockVersion = 1
export const blockHeaderBytes = 16
export const recordHeaderBytes = 52

/** Where a record stands: key of its block and byte offset in it. */
export type RecordPlace = { readonly block: number; readonly offset: number }

/** The last event of a stream. */
export type Head = RecordPlace & { readonly revision: number; readonly index: number }

export const positionOfHead = (head: Head): number => head.block + head.index

const positionDigits = 16

/** Fixed width, so that text order is number order up to 2^53. 0 stands before every event. */
export const toPosition = (position: number): Position => String(position).padStart(positionDigits, "0") as Position

export const fromPosition = (position: Position): number => {
  const value = position.length === positionDigits ? Number(position) : Number.NaN
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${JSON.stringify(position)} is not a position of this store`)
  return value
}

/** Upper bound: UTF-8 takes at most three bytes per UTF-16 unit. */
export const recordBytesMax = (stream: StreamName, event: NewEvent): number =>
  recordHeaderBytes + (stream.length + event.type.length) * 3 + event.data.length + event.metadata.length

export const writeBlockHeader = (target: Buffer, start: number, count: number, recordedAt: number): void => {
  target.writeUInt32LE(blockVersion, start)
  target.writeUInt32LE(count, start + 4)
  target.writeDoubleLE(recordedAt, start + 8)
}

export type RecordToWrite = {
  readonly stream: StreamName
  readonly event: NewEvent
  readonly revision: number
  readonly index: number
  readonly previous: RecordPlace | null
}

/** Returns the offset after the record. */
export const writeRecord = (target: Buffer, start: number, record: RecordToWrite): number => {
  const { event } = record
  const streamStart = start + recordHeaderBytes
  const typeStart = streamStart + target.write(record.stream, streamStart)
  const dataStart = typeStart + target.write(event.type, typeStart)
  const metadataStart = dataStart + event.data.length
  const end = metadataStart + event.metadata.length
  target.set(event.data, dataStart)
  target.set(event.metadata, metadataStart)
  target.writeUInt32LE(end - start, start)
  target.writeUInt32LE(record.revision, start + 4)
  target.writeDoubleLE(record.previous?.block ?? 0, start + 8)
  target.writeUInt32LE(record.previous?.offset ?? 0, start + 16)
  target.writeUInt32LE(record.index, start + 20)
  writeUuid(target, start + 24, event.id)
  target.writeUInt16LE(typeStart - streamStart, start + 40)
  target.writeUInt16LE(dataStart - typeStart, start + 42)
  target.writeUInt32LE(event.data.length, start + 44)
  target.writeUInt32LE(event.metadata.length, start + 48)
  return end
}

/** Throws when the block was written by a later version of the layout. */
export const blockCount = (block: Buffer): number => {
  const version = block.readUInt32LE(0)
  if (version !== blockVersion) throw new Error(`the log holds a block of layout ${version}, this build reads ${blockVersion}`)
  return block.readUInt32LE(4)
}

export const recordLength = (block: Buffer, start: number): number => block.readUInt32LE(start)
export const recordRevision = (block: Buffer, start: number): number => block.readUInt32LE(start + 4)
export const recordIndex = (block: Buffer, start: number): number => block.readUInt32LE(start + 20)
export const recordHasId = (block: Buffer, start: number, id: string): boolean => uuidEquals(block, start + 24, id)

export const recordPrevious = (block: Buffer, start: number): RecordPlace | null => {
  const previous = block.readDoubleLE(start + 8)
  return previous === 0 ? null : { block: previous, offset: block.readUInt32LE(start + 16) }
}

export const recordStream = (block: Buffer, start: number): StreamName => {
  const nameStart = start + recordHeaderBytes
  return block.toString("utf8", nameStart, nameStart + block.readUInt16LE(start + 40)) as StreamName
}

/** Compares the stream name's bytes, so a page with a filter decodes nothing of the events it passes over. */
export const recordStreamStartsWith = (block: Buffer, start: number, prefixes: readonly Buffer[]): boolean => {
  const nameStart = start + recordHeaderBytes
  const nameLength = block.readUInt16LE(start + 40)
  for (const prefix of prefixes) {
    let at = prefix.length <= nameLength ? 0 : -1
    while (at >= 0 && at < prefix.length) at = block[nameStart + at] === prefix[at] ? at + 1 : -1
    if (at >= 0) return true
  }
  return false
}

/** `data` and `metadata` are views into `bytes`, which the caller must own. `start` is the record's offset in `bytes`. */
export const decodeRecord = (bytes: Buffer, start: number, blockKey: number, recordedAt: number): RecordedEvent => {
  const streamStart = start + recordHeaderBytes
  const typeStart = streamStart + bytes.readUInt16LE(start + 40)
  const dataStart = typeStart + bytes.readUInt16LE(start + 42)
  const metadataStart = dataStart + bytes.readUInt32LE(start + 44)
  return {
    id: readUuid(bytes, start + 24),
    type: bytes.toString("utf8", typeStart, dataStart),
    data: bytes.subarray(dataStart, metadataStart),
    metadata: bytes.subarray(metadataStart, metadataStart + bytes.readUInt32LE(start + 48)),
    stream: bytes.toString("utf8", streamStart, typeStart) as StreamName,
    revision: recordRevision(bytes, start),
    position: toPosition(blockKey + recordIndex(bytes, start)),
    recordedAt,
  }
}

export const blockRecordedAt = (block: Buffer): number => block.readDoubleLE(8)

export const headValueBytes = 24

export const encodeHead = (head: Head): Buffer => {
  const value = Buffer.allocUnsafe(headValueBytes)
  value.writeDoubleLE(head.block, 0)
  value.writeUInt32LE(head.offset, 8)
  value.writeUInt32LE(head.revision, 12)
  value.writeUInt32LE(head.index, 16)
  value.writeUInt32LE(0, 20)
  return value
}

export const decodeHead = (value: Buffer): Head => ({
  block: value.readDoubleLE(0),
  offset: value.readUInt32LE(8),
  revision: value.readUInt32LE(12),
  index: value.readUInt32LE(16),
})
