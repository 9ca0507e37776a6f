/** What reconciliation compares: copies on the topic with events of the ledger, by one fingerprint. */
import { createHash, hash } from "node:crypto"
import { encodeFact, type FactMessage, keyOf } from "@tongzhang/contracts/fact-message"
import { parseStreamName, type StreamName } from "@tongzhang/domain/stream-name"
import type { Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { Delivered } from "@tongzhang/streams/port"

export type Difference = {
  /**
   * Missing: in the ledger and not on the topic. Foreign: on the topic and not in the ledger. Conflicting: another event id than
   * the ledger has at this revision. Altered: the right event with another key, type, position, time or content.
   */
  readonly kind: "missing" | "foreign" | "conflicting" | "altered"
  readonly stream: string | null
  readonly revision: number | null
  readonly eventId: string | null
  /** Position in the ledger of what is missing. */
  readonly position: string | null
  /** Where on the topic; null for what is missing there. */
  readonly partition: number | null
  readonly offset: number | null
  readonly reason: string
}

export type Copy = {
  readonly stream: StreamName
  readonly revision: number
  readonly id: string
  readonly position: Position
  readonly fingerprint: string
  readonly partition: number
  readonly offset: number
}

/** Everything a consumer acts on. Headers that say how a message was sent (`relayEpoch`) are not part of it. */
const fingerprintOf = ({ key, value, headers }: FactMessage): string => {
  const { eventId, type, position, recordedAt } = headers
  return createHash("sha1")
    .update(JSON.stringify([key, eventId, type, position, recordedAt]))
    .update(value)
    .digest("base64")
}

/** One short text per event: an event of the ledger as it should stand on the topic. */
export const fingerprintOfEvent = (event: RecordedEvent): string => fingerprintOf(encodeFact(event))

const wholeNumber = /^\d{1,15}$/u

/** The copy, or why this message can be none of the ledger's. */
export const copyOf = (message: Delivered): Copy | string => {
  const { stream, revision, eventId, position } = message.headers
  if (stream === undefined || revision === undefined || eventId === undefined || position === undefined) return "headers missing"
  if (parseStreamName(stream) === null) return "no stream of the ledger"
  if (!wholeNumber.test(revision)) return "no revision"
  if (message.key !== keyOf(stream as StreamName)) return "another key than its stream's"
  const { partition, offset } = message
  return {
    stream: stream as StreamName,
    revision: Number(revision),
    id: eventId,
    position: position as Position,
    fingerprint: fingerprintOf(message),
    partition,
    offset,
  }
}

export const differs = (
  kind: Difference["kind"],
  { stream, revision, id, partition, offset }: Copy,
  reason: string,
): Difference => ({
  kind,
  stream,
  revision,
  eventId: id,
  position: null,
  partition,
  offset,
  reason,
})

/** Which of `slices` parts of the nation a stream is in: the same on both sides, whatever the topic's partitions are. */
export const sliceOf = (stream: StreamName, slices: number): number =>
  slices === 1 ? 0 : Number.parseInt(hash("sha1", stream, "hex").slice(0, 8), 16) % slices
