/**
 * A fact on its way through Kafka (topic `ledger.facts`): key = person key (province for feeds and policies), headers say which
 * event it is, the value carries data and metadata as they stand in the ledger. Delivery is at-least-once: a consumer ignores
 * revisions of a stream it has already seen.
 */
import { parseStreamName, personOf, type StreamName } from "@tongzhang/domain/stream-name"
import { type Decoded, decodeParsed } from "./codec.js"
import type { Metadata } from "./envelope.js"

export const topics = {
  /** Every fact, keyed by person. */
  facts: "ledger.facts",
  /** Contact letters 联系函, keyed by the province they go to. */
  letters: "transfer.letters",
  /** Overdue steps for the national queue, keyed by the late province. */
  escalations: "transfer.escalations",
  /** Overlap cases for the provinces concerned, keyed by province. */
  notices: "overlap.notices",
} as const

export type FactRecord = {
  readonly id: string
  readonly type: string
  readonly stream: StreamName
  readonly revision: number
  readonly position: string
  readonly recordedAt: number
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

export type FactMessage = { readonly key: string; readonly value: Uint8Array; readonly headers: Readonly<Record<string, string>> }

const opening = Buffer.from('{"data":')
const middle = Buffer.from(',"metadata":')
const closing = Buffer.from("}")

/** Which key keeps the fact in order: the person where there is one, else the province. */
export const keyOf = (stream: StreamName): string => personOf(stream) ?? parseStreamName(stream)?.parts[0] ?? stream

/** Copies the bytes as they are: the relay parses nothing. */
export const encodeFact = (record: FactRecord): FactMessage => ({
  key: keyOf(record.stream),
  value: Buffer.concat([opening, record.data, middle, record.metadata, closing]),
  headers: {
    eventId: record.id,
    type: record.type,
    stream: record.stream,
    revision: String(record.revision),
    position: record.position,
    recordedAt: String(record.recordedAt),
  },
})

export type Fact = {
  readonly id: string
  readonly stream: StreamName
  readonly revision: number
  readonly position: string
  readonly recordedAt: number
  readonly decoded: Decoded
  readonly metadata: Metadata
}

/** Throws when the message is not one of ours at all (missing headers, not JSON): the consumer parks its key. */
export const decodeFact = (message: FactMessage): Fact => {
  const { headers } = message
  const stream = headers["stream"]
  const type = headers["type"]
  if (stream === undefined || type === undefined || parseStreamName(stream) === null)
    throw new Error("not a ledger fact: headers missing")
  const value = Buffer.from(message.value.buffer, message.value.byteOffset, message.value.byteLength)
  const parsed = JSON.parse(value.toString("utf8")) as { data?: unknown; metadata?: Metadata }
  if (parsed.metadata === undefined) throw new Error("not a ledger fact: no metadata")
  return {
    id: headers["eventId"] ?? "",
    stream: stream as StreamName,
    revision: Number(headers["revision"]),
    position: headers["position"] ?? "",
    recordedAt: Number(headers["recordedAt"]),
    decoded: decodeParsed(type, parsed.data),
    metadata: parsed.metadata,
  }
}
