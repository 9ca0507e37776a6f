/** Streams.Read on the wire: requests through the client package's stubs, responses by a reader that only slices. */
import shared from "@eventstore/db-client/generated/shared_pb.js"
import streams from "@eventstore/db-client/generated/streams_pb.js"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { Position, RecordedEvent } from "../port.js"
import { fromPosition, toPosition } from "./position.js"
import { type Cursor, cursorOver, readBytes, readMessage, readText, readVarint, skipField } from "./protobuf.js"

export type ReadMessage =
  | { readonly kind: "event"; readonly event: RecordedEvent }
  | { readonly kind: "checkpoint"; readonly position: Position }
  /** The end of a stream that somebody deleted for good: no event of ours, but it counts towards a read's `max`. */
  | { readonly kind: "tombstone"; readonly position: Position }
  | { readonly kind: "caught_up" | "fell_behind" | "confirmation" | "not_found" | "other" }

const empty = (): shared.Empty => new shared.Empty()

const requestWith = (options: streams.ReadReq.Options): Buffer => {
  const ids = new streams.ReadReq.Options.UUIDOption().setString(empty())
  const request = new streams.ReadReq().setOptions(options.setUuidOption(ids).setResolveLinks(false))
  return Buffer.from(request.serializeBinary())
}

const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection

/** `from` null = the first (forwards) or the last event (backwards). */
export const streamRequest = (stream: StreamName, backwards: boolean, from: number | null, max: number): Buffer => {
  const wanted = new streams.ReadReq.Options.StreamOptions()
  wanted.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream, "utf8")))
  if (from !== null) wanted.setRevision(String(from))
  else if (backwards) wanted.setEnd(empty())
  else wanted.setStart(empty())
  const options = new streams.ReadReq.Options().setStream(wanted).setNoFilter(empty()).setCount(String(max))
  return requestWith(options.setReadDirection(backwards ? BACKWARDS : FORWARDS))
}

/** Streams of the server itself (`$`…) are never ours; without prefixes this expression leaves them out. */
const ownStreams = "^[^$]"
const noStreamAtAll = "(?!)"

const filterFor = (prefixes: readonly string[] | undefined, window: number): streams.ReadReq.Options.FilterOptions => {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression()
  if (prefixes === undefined) expression.setRegex(ownStreams)
  else if (prefixes.length === 0) expression.setRegex(noStreamAtAll)
  else expression.setPrefixList([...prefixes])
  const filter = new streams.ReadReq.Options.FilterOptions().setStreamIdentifier(expression).setMax(window)
  return filter.setCheckpointintervalmultiplier(1)
}

const allFrom = (from: Position | null): streams.ReadReq.Options.AllOptions => {
  const wanted = new streams.ReadReq.Options.AllOptions()
  if (from === null) return wanted.setStart(empty())
  const { commit, prepare } = fromPosition(from)
  const position = new streams.ReadReq.Options.Position()
  return wanted.setPosition(position.setCommitPosition(String(commit)).setPreparePosition(String(prepare)))
}

/** Forwards from a position, which is itself among what is read when an event of ours stands there. */
export const allRequest = (
  from: Position | null,
  max: number,
  prefixes: readonly string[] | undefined,
  window: number,
): Buffer => {
  const options = new streams.ReadReq.Options().setAll(allFrom(from)).setFilter(filterFor(prefixes, window))
  return requestWith(options.setCount(String(max)).setReadDirection(FORWARDS))
}

/** The last event of ours. */
export const headRequest = (window: number): Buffer => {
  const end = new streams.ReadReq.Options.AllOptions().setEnd(empty())
  const options = new streams.ReadReq.Options().setAll(end).setFilter(filterFor(undefined, window))
  return requestWith(options.setCount("1").setReadDirection(BACKWARDS))
}

/** From a position, which is exclusive here. */
export const subscribeRequest = (after: Position | null, prefixes: readonly string[] | undefined, window: number): Buffer => {
  const options = new streams.ReadReq.Options().setAll(allFrom(after)).setFilter(filterFor(prefixes, window))
  return requestWith(options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions()).setReadDirection(FORWARDS))
}

type Draft = {
  id: string
  stream: string
  revision: number
  commit: number
  prepare: number
  type: string
  created: string
  metadata: Uint8Array
  data: Uint8Array
}

const nothing = new Uint8Array(0)

const readId = (cursor: Cursor): string => {
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x12) return readText(cursor)
    skipField(cursor, tag)
  }
  return ""
}

const readStreamName = (cursor: Cursor): string => {
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x1a) return readText(cursor)
    skipField(cursor, tag)
  }
  return ""
}

const readEntry = (cursor: Cursor, draft: Draft): void => {
  let key = ""
  let value = ""
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x0a) key = readText(cursor)
    else if (tag === 0x12) value = readText(cursor)
    else skipField(cursor, tag)
  }
  if (key === "type") draft.type = value
  else if (key === "created") draft.created = value
}

const readRecorded = (cursor: Cursor): RecordedEvent => {
  const draft: Draft = {
    id: "",
    stream: "",
    revision: 0,
    commit: 0,
    prepare: 0,
    type: "",
    created: "",
    metadata: nothing,
    data: nothing,
  }
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x0a) draft.id = readId(readMessage(cursor))
    else if (tag === 0x12) draft.stream = readStreamName(readMessage(cursor))
    else if (tag === 0x18) draft.revision = readVarint(cursor)
    else if (tag === 0x20) draft.prepare = readVarint(cursor)
    else if (tag === 0x28) draft.commit = readVarint(cursor)
    else if (tag === 0x32) readEntry(readMessage(cursor), draft)
    else if (tag === 0x3a) draft.metadata = readBytes(cursor)
    else if (tag === 0x42) draft.data = readBytes(cursor)
    else skipField(cursor, tag)
  }
  return {
    id: draft.id,
    type: draft.type,
    data: draft.data,
    metadata: draft.metadata,
    stream: draft.stream as StreamName,
    revision: draft.revision,
    position: toPosition(draft.commit, draft.prepare),
    // 100 ns ticks are beyond 2^53: cut the four digits off as text.
    recordedAt: Number(draft.created.slice(0, -4)),
  }
}

const readEvent = (cursor: Cursor): RecordedEvent | null => {
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x0a) return readRecorded(readMessage(cursor))
    skipField(cursor, tag)
  }
  return null
}

const readCheckpoint = (cursor: Cursor): Position => {
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

/** One `ReadResp`. Data and metadata share memory with the message, which nobody writes to again. */
export const decodeRead = (bytes: Buffer): ReadMessage => {
  const cursor = cursorOver(bytes)
  while (cursor.at < cursor.end) {
    const tag = readVarint(cursor)
    if (tag === 0x0a) {
      const event = readEvent(readMessage(cursor))
      if (event === null) return { kind: "other" }
      return event.type === "$streamDeleted" ? { kind: "tombstone", position: event.position } : { kind: "event", event }
    }
    if (tag === 0x12) return { kind: "confirmation" }
    if (tag === 0x1a) return { kind: "checkpoint", position: readCheckpoint(readMessage(cursor)) }
    if (tag === 0x22) return { kind: "not_found" }
    if (tag === 0x42) return { kind: "caught_up" }
    if (tag === 0x4a) return { kind: "fell_behind" }
    skipField(cursor, tag)
  }
  return { kind: "other" }
}
