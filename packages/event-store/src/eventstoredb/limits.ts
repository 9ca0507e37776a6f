/** Every bound of the EventStoreDB adapter, with the reason for its size. Tests shrink some of them. */
export type EventStoreDbLimits = {
  /** Own timer around every append: the client library only tells the server about its deadline and can wait for ever. */
  readonly appendTimeout_ms: number
  /** Appends on the wire at once; the others wait in the order in which they came. */
  readonly appendsInFlight_max: number
  /** Appends waiting to be sent; one more is answered `unknown` at once, so that a stuck server cannot fill the memory. */
  readonly appendsWaiting_max: number
  readonly appendEvents_max: number
  /** Data + metadata of one append. The server's MaxAppendSize, 1 MiB unless it is set otherwise. */
  readonly appendBytes_max: number
  /** Events and bytes of one message of an append; the pieces of an append are still written all or none. */
  readonly pieceEvents_max: number
  readonly pieceBytes_max: number
  /** A read without a message for this long is broken off and tried again. */
  readonly readIdle_ms: number
  readonly readTries_max: number
  /** First and longest pause before a broken connection, read or subscription is tried again; doubled at each try. */
  readonly backoffFirst_ms: number
  readonly backoffLongest_ms: number
  /** Events the server considers per page of a filtered read; a checkpoint comes once per page. */
  readonly searchWindow_events: number
  /** An idle live subscription compares itself with the log this often ... */
  readonly probe_ms: number
  /** ... and one that has not been given an event the log has held for this long is opened anew. */
  readonly stalled_ms: number
  /** Streams whose last acknowledged revision is remembered, and streams with an unresolved append. */
  readonly streamsRemembered_max: number
}

export const defaultLimits: EventStoreDbLimits = {
  appendTimeout_ms: 5_000,
  appendsInFlight_max: 256,
  appendsWaiting_max: 50_000,
  appendEvents_max: 10_000,
  appendBytes_max: 1024 * 1024,
  pieceEvents_max: 500,
  pieceBytes_max: 2 * 1024 * 1024,
  readIdle_ms: 10_000,
  readTries_max: 6,
  backoffFirst_ms: 50,
  backoffLongest_ms: 5_000,
  searchWindow_events: 500,
  probe_ms: 1_000,
  stalled_ms: 10_000,
  streamsRemembered_max: 50_000,
}
