/**
 * The streams port: copies of facts on their way to other processes. A topic is a durable, partitioned log; messages of one
 * key stay in order; groups share the partitions and commit only after the effect (at-least-once delivery).
 */

export type Message = {
  /** Decides the partition and the order: the person key, or the province for letters. */
  readonly key: string
  readonly value: Uint8Array
  /** Small text facts about the message: event id, stream, revision, type … */
  readonly headers: Readonly<Record<string, string>>
}

export type Delivered = Message & {
  readonly topic: string
  readonly partition: number
  /** Grows within a partition; gaps allowed. */
  readonly offset: number
  /** When the log took it, ms since 1970. */
  readonly timestamp: number
}

export type ConsumeOptions = {
  readonly topic: string
  readonly group: string
  /** Where a group with no committed offset starts. */
  readonly startAt?: "earliest" | "latest"
  readonly maxBatch?: number
  /**
   * Called with messages of one partition in order; its offsets are committed after the promise resolves. Batches of different
   * partitions may run side by side. When it throws, the batch is retried `retries` times with back-off, then message by
   * message; a message that still fails goes to the dead letters and so do all later messages of the *same key* until they are
   * replayed: only that key stops.
   */
  readonly onBatch: (messages: readonly Delivered[]) => Promise<void>
  readonly retries?: number
  readonly backoff_ms?: number
  /**
   * True for a failure that is no message's fault: an engine that the effect needs is away. Then the batch waits for as long as
   * that lasts, without using up its retries: an outage must not park everybody who had a message just then.
   */
  readonly waitsOut?: (cause: unknown) => boolean
  /** Told of messages that were parked just now, those that only stand behind another one of their key included. */
  readonly onParked?: (parked: readonly Parked[]) => void
}

/** A message that could not be handled (`attempts` above 0), or stands behind one of the same key that could not. */
export type Parked = { readonly message: Delivered; readonly cause: string; readonly attempts: number }

export type Lag = {
  /** Messages behind. */
  readonly gap: number
  /** Age in seconds of the oldest message not yet handled, 0 when caught up. */
  readonly lag_seconds: number
}

export type Consumer = {
  readonly pause: () => void
  readonly resume: () => void
  /** Goes back (or forward) to an offset of one partition; takes effect before the next batch. */
  readonly seek: (partition: number, offset: number) => Promise<void>
  readonly lag: () => Promise<Lag>
  /** Waits until every message published before this call has been handled (tests, demos). */
  readonly idle: () => Promise<void>
  readonly stop: () => Promise<void>
}

export type DeadLetter = Delivered & {
  readonly group: string
  readonly cause: string
  readonly attempts: number
  readonly parkedAt: number
}

/** Thrown by `publish` when the log did not take the messages, as far as is known: the same may be published again. */
export class StreamsUnavailable extends Error {
  override name = "StreamsUnavailable"
}

export type Streams = {
  /** Creates the topic when missing; a differing partition count is an error. */
  readonly ensureTopic: (topic: string, partitions: number) => Promise<void>
  /** Durable when it resolves. Messages of one call with the same key keep their order. */
  readonly publish: (topic: string, messages: readonly Message[]) => Promise<void>
  readonly consume: (options: ConsumeOptions) => Promise<Consumer>
  readonly deadLetters: (topic: string, group: string, max: number) => Promise<readonly DeadLetter[]>
  /** Hands parked messages of a key (or of all keys) to the group again, in order. Resolves to how many. */
  readonly replayDeadLetters: (topic: string, group: string, key?: string) => Promise<number>
  readonly close: () => Promise<void>
}
