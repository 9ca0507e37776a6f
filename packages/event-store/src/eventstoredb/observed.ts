/**
 * The wire answers a first write and a recognised retry alike. This tells them apart: every write gets a higher position than
 * anything in the log before it, and nobody writes one revision twice. So a success at a position we had seen before sending, or
 * at a revision we already knew the stream to have, was there before.
 *
 * The one case left: another process made the very same append after our last look at the log and we had nothing in flight; it
 * is then called `appended`, which is as true of the stream ("these events stand at these revisions, once") and only wrong about
 * who wrote them.
 */
import type { StreamName } from "@tongzhang/domain/stream-name"
import { LRUCache } from "lru-cache"
import type { AppendOutcome, Position } from "../port.js"
import { laterOf } from "./position.js"

export type Observed = {
  /** The latest position seen anywhere: answers, reads, subscriptions. */
  readonly latest: () => Position | null
  readonly sawPosition: (position: Position | null) => void
  readonly outcomeOf: (
    stream: StreamName,
    answer: { readonly revision: number; readonly position: Position },
    latestAtSend: Position | null,
  ) => AppendOutcome
  /** An append on the stream was left unknown: the next one looks before it writes. */
  readonly doubt: (stream: StreamName) => void
  readonly isDoubtful: (stream: StreamName) => boolean
  readonly settled: (stream: StreamName) => void
}

export const createObserved = (streams_max: number): Observed => {
  let latest: Position | null = null
  const heads = new LRUCache<StreamName, number>({ max: streams_max })
  const doubtful = new LRUCache<StreamName, true>({ max: streams_max })
  const sawPosition = (position: Position | null): void => {
    latest = laterOf(latest, position)
  }
  return {
    latest: () => latest,
    sawPosition,
    outcomeOf: (stream, { revision, position }, latestAtSend) => {
      const known = heads.get(stream) ?? -1
      const before = revision <= known || (latestAtSend !== null && position <= latestAtSend)
      heads.set(stream, Math.max(known, revision))
      sawPosition(position)
      return { kind: before ? "already_there" : "appended", revision, position }
    },
    doubt: (stream) => doubtful.set(stream, true),
    isDoubtful: (stream) => doubtful.has(stream),
    settled: (stream) => doubtful.delete(stream),
  }
}
