/**
 * How messages lie in the log: one LMDB value ("chunk") holds the messages of one partition that one transaction took, as
 * Kafka's record batches do. 500 messages over 8 partitions cost 8 puts instead of 500.
 *
 * chunk  = u8 version, u32 count, f64 timestamp (ms since 1970), records
 * record = u32 key bytes, u32 header bytes, u32 value bytes, key (UTF-8), headers (JSON, empty when none), value
 * key of a chunk in LMDB = u32 topic, u32 partition, u64 offset of its LAST message, big-endian: the chunk that holds offset n
 * is the first one at or after n.
 */
import type { Delivered, Message } from "../port.js"

export const chunkHeader_bytes = 13
const recordHeader_bytes = 12
const version = 1
/** A chunk is closed once it is this big, so that reading one message does not decode megabytes. */
const fullChunk_bytes = 128 * 1024

export type SealedChunk = { readonly bytes: Buffer; readonly count: number }

/** Collects the records of one partition between two transactions. */
export type ChunkBuilder = {
  readonly append: (key: Uint8Array, keyLength: number, message: Message) => void
  /** Hands over everything appended since the last call. */
  readonly seal: () => readonly SealedChunk[]
}

export const chunkBuilder = (): ChunkBuilder => {
  let buffer = Buffer.allocUnsafeSlow(4096)
  let end = chunkHeader_bytes
  let count = 0
  let sealed: SealedChunk[] = []

  const room = (needed: number) => {
    if (end + needed <= buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, end + needed))
    buffer.copy(larger, 0, 0, end)
    buffer = larger
  }
  const close = () => {
    if (count === 0) return
    const bytes = Buffer.from(buffer.subarray(0, end))
    bytes.writeUInt8(version, 0)
    bytes.writeUInt32LE(count, 1)
    sealed.push({ bytes, count })
    end = chunkHeader_bytes
    count = 0
    if (buffer.length > 4 * fullChunk_bytes) buffer = Buffer.allocUnsafeSlow(fullChunk_bytes)
  }
  return {
    append: (key, keyLength, { headers, value }) => {
      const text = headersText(headers)
      room(recordHeader_bytes + keyLength + text.length * 3 + value.length)
      const start = end
      end += recordHeader_bytes
      buffer.set(keyLength === key.length ? key : key.subarray(0, keyLength), end)
      end += keyLength
      const text_bytes = text === "" ? 0 : buffer.write(text, end, "utf8")
      end += text_bytes
      buffer.set(value, end)
      end += value.length
      buffer.writeUInt32LE(keyLength, start)
      buffer.writeUInt32LE(text_bytes, start + 4)
      buffer.writeUInt32LE(value.length, start + 8)
      count++
      if (end >= fullChunk_bytes) close()
    },
    seal: () => {
      close()
      const taken = sealed
      sealed = []
      return taken
    },
  }
}

const headersText = (headers: Readonly<Record<string, string>>): string => {
  for (const _ in headers) return JSON.stringify(headers)
  return ""
}

export const stampChunk = (chunk: Buffer, timestamp: number): void => {
  chunk.writeDoubleLE(timestamp, 5)
}

export const chunkTimestamp = (chunk: Buffer): number => chunk.readDoubleLE(5)

/** The messages of a chunk whose last message has `lastOffset`; values are views into the chunk's own memory. */
export const decodeChunk = (chunk: Buffer, topic: string, partition: number, lastOffset: number): Delivered[] => {
  if (chunk[0] !== version) throw new Error(`chunk version ${chunk[0]} is not ${version}`)
  const count = chunk.readUInt32LE(1)
  const timestamp = chunkTimestamp(chunk)
  const messages: Delivered[] = []
  let at = chunkHeader_bytes
  for (let index = 0; index < count; index++) {
    const keyEnd = at + recordHeader_bytes + chunk.readUInt32LE(at)
    const headersEnd = keyEnd + chunk.readUInt32LE(at + 4)
    const valueLength = chunk.readUInt32LE(at + 8)
    messages.push({
      topic,
      partition,
      offset: lastOffset - count + 1 + index,
      timestamp,
      key: chunk.toString("utf8", at + recordHeader_bytes, keyEnd),
      value: new Uint8Array(chunk.buffer, chunk.byteOffset + headersEnd, valueLength),
      headers: headersEnd === keyEnd ? {} : (JSON.parse(chunk.toString("utf8", keyEnd, headersEnd)) as Record<string, string>),
    })
    at = headersEnd + valueLength
  }
  return messages
}

export const chunkKey = (topicId: number, partition: number, offset: number): Buffer => {
  const key = Buffer.allocUnsafe(16)
  key.writeUInt32BE(topicId, 0)
  key.writeUInt32BE(partition, 4)
  key.writeUInt16BE(0, 8)
  key.writeUIntBE(offset, 10, 6)
  return key
}

export const lastOffsetOfKey = (key: Uint8Array): number => Buffer.from(key.buffer, key.byteOffset, key.length).readUIntBE(10, 6)

/** Greater than any offset (2^48 - 1). */
export const maxOffset = 2 ** 48 - 1
