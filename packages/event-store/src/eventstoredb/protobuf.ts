/**
 * The few protobuf primitives of the two hot messages (appends out, events in). The stubs of the client package do the rest:
 * they would decode 43k events/s where a reader that only slices does 70k, and would serialise each event twice.
 */

export type Cursor = { readonly bytes: Buffer; at: number; readonly end: number }

export const cursorOver = (bytes: Buffer): Cursor => ({ bytes, at: 0, end: bytes.length })

/** Unsigned; beyond 2^53 (only a tombstone's revision goes there) it is rounded. */
export const readVarint = (cursor: Cursor): number => {
  const { bytes } = cursor
  let value = 0
  let scale = 1
  for (let read = 0; read < 10; read += 1) {
    const byte = bytes[cursor.at]
    if (byte === undefined) throw new Error("a protobuf message ends in the middle of a number")
    cursor.at += 1
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
    scale *= 128
  }
  throw new Error("a protobuf number is longer than ten bytes")
}

/** All 64 bits, for the two halves of a structured UUID. */
export const readVarint64 = (cursor: Cursor): bigint => {
  let value = 0n
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.at]
    if (byte === undefined) break
    cursor.at += 1
    value |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return BigInt.asUintN(64, value)
  }
  throw new Error("a protobuf message ends in the middle of a number")
}

/** A cursor over a length-delimited field; the outer one moves behind it. */
export const readMessage = (cursor: Cursor): Cursor => {
  const length = readVarint(cursor)
  const at = cursor.at
  const end = at + length
  if (end > cursor.end) throw new Error("a protobuf field is longer than its message")
  cursor.at = end
  return { bytes: cursor.bytes, at, end }
}

/** Shares memory with the message. */
export const readBytes = (cursor: Cursor): Buffer => {
  const inner = readMessage(cursor)
  return cursor.bytes.subarray(inner.at, inner.end)
}

export const readText = (cursor: Cursor): string => {
  const inner = readMessage(cursor)
  return cursor.bytes.toString("utf8", inner.at, inner.end)
}

/** Skips a field nobody asked for: a newer server may say more than we know. */
export const skipField = (cursor: Cursor, tag: number): void => {
  const wire = tag & 7
  if (wire === 0) readVarint64(cursor)
  else if (wire === 1) cursor.at += 8
  else if (wire === 2) readMessage(cursor)
  else if (wire === 5) cursor.at += 4
  else throw new Error(`protobuf wire type ${wire}`)
}

export const varintLength = (value: number): number => {
  let length = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1
  return length
}

/** Length of a length-delimited field whose tag is one byte. */
export const fieldLength = (content: number): number => 1 + varintLength(content) + content

export type Sink = { readonly bytes: Buffer; at: number }

export const putVarint = (sink: Sink, value: number): void => {
  let rest = value
  while (rest >= 128) {
    sink.bytes[sink.at] = (rest % 128) | 0x80
    sink.at += 1
    rest = Math.floor(rest / 128)
  }
  sink.bytes[sink.at] = rest
  sink.at += 1
}

/** Tag of a length-delimited field and the length of what follows. */
export const putHeader = (sink: Sink, field: number, length: number): void => {
  sink.bytes[sink.at] = (field << 3) | 2
  sink.at += 1
  putVarint(sink, length)
}

export const putBytes = (sink: Sink, field: number, content: Uint8Array): void => {
  putHeader(sink, field, content.length)
  sink.bytes.set(content, sink.at)
  sink.at += content.length
}

export const putAscii = (sink: Sink, field: number, content: string): void => {
  putHeader(sink, field, content.length)
  sink.at += sink.bytes.write(content, sink.at, "latin1")
}
