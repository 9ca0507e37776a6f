/**
 * The event-store port: what every engine that keeps the facts must do. Bytes in, bytes out; meaning lives in
 * `@tongzhang/contracts/codec`. Semantics are those of EventStoreDB with an explicit expected revision, so that a retry of the
 * same append is recognised however late it comes (design: four outcomes, the unknown one is resolved by reading).
 */
import type { StreamName } from "@tongzhang/domain/stream-name"

/** Opaque and ordered: two positions of one store compare with `<`. Never parse it. */
export type Position = string & { readonly Position: unique symbol }

/** Revision of the first event of a stream is 0; `noStream` stands for "no event yet". */
export const noStream = -1

export type NewEvent = {
  /** UUID in canonical text form. */
  readonly id: string
  /** Wire type, e.g. `ContributionRecorded@1`. */
  readonly type: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

export type RecordedEvent = NewEvent & {
  readonly stream: StreamName
  readonly revision: number
  readonly position: Position
  /** Store's own clock when the event became durable, ms since 1970. */
  readonly recordedAt: number
}

export type AppendOutcome =
  | { readonly kind: "appended"; readonly revision: number; readonly position: Position }
  /** The same ids already stand at exactly these revisions: a retry. Nothing was written. */
  | { readonly kind: "already_there"; readonly revision: number; readonly position: Position }
  /** `actual` is the stream's last revision, -1 if it has no events. */
  | { readonly kind: "conflict"; readonly actual: number }
  /** The store did not say whether it wrote: read the stream, compare ids, or retry with the same ids and revision. */
  | { readonly kind: "unknown"; readonly cause: string }

export type ReadStreamOptions = {
  readonly direction: "forwards" | "backwards"
  /** Inclusive revision to start at. Default: the first (forwards) or the last (backwards). */
  readonly from?: number
  readonly max: number
}

export type ReadAllOptions = {
  /** Exclusive; null = from the beginning. */
  readonly after: Position | null
  readonly max: number
  /** Only streams whose name starts with one of these, e.g. `["Enrollment-31_"]`. Absent = all. */
  readonly prefixes?: readonly string[]
}

export type AllPage = {
  readonly events: readonly RecordedEvent[]
  /** Where to go on: everything up to here was considered, whether it matched or not. Null only in an empty store. */
  readonly next: Position | null
  /** True when the page reached the end of the log as it was. */
  readonly atEnd: boolean
}

export type SubscribeOptions = {
  readonly after: Position | null
  readonly prefixes?: readonly string[]
  readonly maxBatch?: number
  /** Called with batches in log order, one at a time; the next batch waits for the promise (back-pressure). */
  readonly onEvents: (events: readonly RecordedEvent[], upTo: Position) => Promise<void>
  /** Called at each change-over from catching up to live. */
  readonly onCaughtUp?: () => void
  /** The subscription has ended because `onEvents` threw or the store failed; resume from your own checkpoint. */
  readonly onDropped?: (cause: Error) => void
}

export type Subscription = {
  readonly stop: () => Promise<void>
  /** Last position handled, and whether the reader is live. */
  readonly state: () => { readonly position: Position | null; readonly live: boolean }
}

export type EventStore = {
  /**
   * Appends all events or none, durable (fsync) before it answers.
   * @param expected last revision the writer saw, `noStream` for a new stream; there is no "any".
   */
  readonly append: (stream: StreamName, expected: number, events: readonly NewEvent[]) => Promise<AppendOutcome>
  /** At most `max` events; empty when the stream does not exist. */
  readonly readStream: (stream: StreamName, options: ReadStreamOptions) => Promise<readonly RecordedEvent[]>
  readonly readAll: (options: ReadAllOptions) => Promise<AllPage>
  readonly subscribe: (options: SubscribeOptions) => Subscription
  /** Position of the last event, null in an empty store. */
  readonly head: () => Promise<Position | null>
  readonly close: () => Promise<void>
}
