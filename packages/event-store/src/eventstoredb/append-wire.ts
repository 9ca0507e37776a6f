/**
 * BatchAppend on the wire: pre-encoded events into request messages, responses into answers. Built here and not by the client's
 * `appendToStream` because that one takes objects (stringified, base64-encoded and serialised twice) where we hold the bytes the
 * codec made, and because its pending appends sit in one map per process (see `appender.ts`).
 */
import type { StreamName } from "@tongzhang/domain/stream-name"
import { noStream, type NewEvent, type Position } from "../port.js"
import { toPosition } from "./position.js"
import {
  type Cursor,
  cursorOver,
  fieldLength,
  putAscii,
  putBytes,
  putHeader,
  putVarint,
  readMessage,
  readText,
  readVarint,
  readVarint64,
  type Sink,
  skipField,
  varintLength,
} from "./protobuf.js"

const uuidField_bytes = 40
const openBrace = 0x7b
const openBracket = 0x5b

/** A `metadata` map entry, `key` in ASCII. */
const entryLength = (key: string, value: Uint8Array): number => fieldLength(fieldLength(key.length) + fieldLength(value.length))
const putEntry = (sink: Sink, key: string, value: Uint8Array): void => {
  putHeader(sink, 2, fieldLength(key.length) + fieldLength(value.length))
  putAscii(sink, 1, key)
  putBytes(sink, 2, value)
}

/** Server-side tools (projections, the admin UI) only look into JSON; the server itself does not validate it. */
const contentTypeJson = Buffer.from("application/json")
const contentTypeBytes = Buffer.from("application/octet-stream")
const contentTypeOf = (data: Uint8Array): Buffer =>
  data[0] === openBrace || data[0] === openBracket ? contentTypeJson : contentTypeBytes

const putUuid = (sink: Sink, field: number, text: string): void => {
  putHeader(sink, field, 38)
  putAscii(sink, 2, text)
}

const encodeEvent = (event: NewEvent): Buffer => {
  const type = Buffer.from(event.type, "utf8")
  const contentType = contentTypeOf(event.data)
  const metadata_bytes = event.metadata.length === 0 ? 0 : fieldLength(event.metadata.length)
  const entries_bytes = entryLength("type", type) + entryLength("content-type", contentType)
  const length = uuidField_bytes + entries_bytes + metadata_bytes + fieldLength(event.data.length)
  const sink: Sink = { bytes: Buffer.allocUnsafe(fieldLength(length)), at: 0 }
  putHeader(sink, 3, length)
  putUuid(sink, 1, event.id)
  putEntry(sink, "type", type)
  putEntry(sink, "content-type", contentType)
  if (metadata_bytes > 0) putBytes(sink, 3, event.metadata)
  putBytes(sink, 4, event.data)
  return sink.bytes
}

/** `expected` is always explicit: only then does the server recognise a retry however late it comes. */
const encodeOptions = (stream: StreamName, expected: number, deadline_seconds: number): Buffer => {
  const name = Buffer.from(stream, "utf8")
  const identifier_bytes = fieldLength(name.length)
  const expected_bytes = expected === noStream ? 2 : 1 + varintLength(expected)
  const deadline_bytes = 1 + varintLength(deadline_seconds)
  const length = fieldLength(identifier_bytes) + expected_bytes + fieldLength(deadline_bytes)
  const sink: Sink = { bytes: Buffer.allocUnsafe(fieldLength(length)), at: 0 }
  putHeader(sink, 2, length)
  putHeader(sink, 1, identifier_bytes)
  putBytes(sink, 3, name)
  if (expected === noStream) putHeader(sink, 3, 0)
  else {
    putVarint(sink, 2 << 3)
    putVarint(sink, expected)
  }
  putHeader(sink, 6, deadline_bytes)
  putVarint(sink, 1 << 3)
  putVarint(sink, deadline_seconds)
  return sink.bytes
}

const correlationField = (correlation: string): Buffer => {
  const sink: Sink = { bytes: Buffer.allocUnsafe(uuidField_bytes), at: 0 }
  putUuid(sink, 1, correlation)
  return sink.bytes
}

const final = Buffer.from([(4 << 3) | 0, 1])

export type AppendRequest = {
  readonly stream: StreamName
  readonly expected: number
  readonly events: readonly NewEvent[]
  /** Absolute; only bounds how long the server waits for the pieces, so it is set far off and clocks need not agree. */
  readonly deadline_seconds: number
}

/** The pieces of one append, without their correlation id: that is given when they are sent, see `withCorrelation`. */
export const encodeAppend = (
  request: AppendRequest,
  limits: { readonly pieceEvents_max: number; readonly pieceBytes_max: number },
): readonly Buffer[] => {
  const pieces: Buffer[] = []
  let parts: Buffer[] = [encodeOptions(request.stream, request.expected, request.deadline_seconds)]
  let bytes = 0
  let count = 0
  for (const event of request.events) {
    const encoded = encodeEvent(event)
    if (count > 0 && (count >= limits.pieceEvents_max || bytes + encoded.length > limits.pieceBytes_max)) {
      pieces.push(Buffer.concat(parts))
      parts = []
      bytes = 0
      count = 0
    }
    parts.push(encoded)
    bytes += encoded.length
    count += 1
  }
  parts.push(final)
  pieces.push(Buffer.concat(parts))
  return pieces
}

/** Fields may come in any order, so the id simply stands in front. */
export const withCorrelation = (correlation: string, piece: Buffer): Buffer =>
  Buffer.concat([correlationField(correlation), piece])

export type BatchAnswer = { readonly correlation: string } & (
  | { readonly kind: "success"; readonly revision: number; readonly position: Position | null }
  | { readonly kind: "wrong_version"; readonly actual: number }
  | { readonly kind: "error"; readonly type: string; readonly message: string }
)

const halfOf = (value: bigint): string => value.toString(16).padStart(16, "0")

/** The server may answer with the id as text or as two halves. */
const readUuid = (cursor: Cursor): string => {
  let halves: [bigint, bigint] | null = null
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x12) return readText(cursor)
    if (tag === 0x0a) halves = readHalves(readMessage(cursor))
    else skipField(cursor, tag)
  }
  const text = halves === null ? "" : halfOf(halves[0]) + halfOf(halves[1])
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

const readHalves = (cursor: Cursor): [bigint, bigint] => {
  const halves: [bigint, bigint] = [0n, 0n]
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x08) halves[0] = readVarint64(cursor)
    else if (tag === 0x10) halves[1] = readVarint64(cursor)
    else skipField(cursor, tag)
  }
  return halves
}

const readLogPosition = (cursor: Cursor): Position => {
  let commit = 0
  let prepare = 0
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x08) commit = readVarint(cursor)
    else if (tag === 0x10) prepare = readVarint(cursor)
    else skipField(cursor, tag)
  }
  return toPosition(commit, prepare)
}

const readSuccess = (cursor: Cursor): { revision: number; position: Position | null } => {
  let revision = 0
  let position: Position | null = null
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x08) revision = readVarint(cursor)
    else if (tag === 0x12) {
      readMessage(cursor)
      revision = noStream
    } else if (tag === 0x1a) position = readLogPosition(readMessage(cursor))
    else skipField(cursor, tag)
  }
  return { revision, position }
}

/** Current revision of a `WrongExpectedVersion`; -1 for a stream without events. */
const readActual = (cursor: Cursor): number => {
  let actual = noStream
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x08) actual = readVarint(cursor)
    else skipField(cursor, tag)
  }
  return actual
}

type WireError = { type: string; message: string; details: Cursor | null }

const readAny = (cursor: Cursor, error: WireError): void => {
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x0a) error.type = readText(cursor).replace(/^.*[/.]/, "")
    else if (tag === 0x12) error.details = readMessage(cursor)
    else skipField(cursor, tag)
  }
}

const readStatus = (cursor: Cursor): WireError => {
  const error: WireError = { type: "", message: "", details: null }
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x12) error.message = readText(cursor)
    else if (tag === 0x1a) readAny(readMessage(cursor), error)
    else skipField(cursor, tag)
  }
  return error
}

/** One `BatchAppendResp`. */
export const decodeAnswer = (bytes: Buffer): BatchAnswer => {
  const cursor = cursorOver(bytes)
  let correlation = ""
  let error: WireError | null = null
  let success: { revision: number; position: Position | null } | null = null
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x0a) correlation = readUuid(readMessage(cursor))
    else if (tag === 0x12) error = readStatus(readMessage(cursor))
    else if (tag === 0x1a) success = readSuccess(readMessage(cursor))
    else skipField(cursor, tag)
  }
  if (success !== null) return { correlation, kind: "success", ...success }
  if (error?.type === "WrongExpectedVersion") {
    return { correlation, kind: "wrong_version", actual: error.details === null ? noStream : readActual(error.details) }
  }
  return { correlation, kind: "error", type: error?.type ?? "", message: error?.message ?? "neither success nor error" }
}
