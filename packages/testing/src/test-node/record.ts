/** What the test node keeps per event, and the numbers that have a meaning on EventStoreDB's wire. */

export type ProposedEvent = {
  readonly id: string
  readonly type: string
  /** Only `application/json` reads back as such; anything else is `application/octet-stream`. */
  readonly contentType: string
  readonly data: Uint8Array
  readonly customMetadata: Uint8Array
}

export type LogRecord = ProposedEvent & {
  readonly stream: string
  /** `tombstoneRevision` for a tombstone. */
  readonly revision: bigint
  /** Offset of the record in the log; commit and prepare positions are equal, as for everything written through gRPC. */
  readonly position: number
  /** 100 ns ticks since 1970, the server's clock. */
  readonly createdTicks: bigint
}

export type Expected = "any" | "no_stream" | "stream_exists" | bigint

/** Event number of a `$streamDeleted` record, and the `$tb` that a soft delete writes. */
export const tombstoneRevision = 9_223_372_036_854_775_807n
export const json = "application/json"

export type AppendResult =
  | { readonly kind: "written" | "idempotent"; readonly revision: bigint; readonly position: number | null }
  | { readonly kind: "wrong_version"; readonly current: bigint | null }
  | { readonly kind: "stream_deleted" }

export type DeleteResult =
  | { readonly kind: "deleted"; readonly position: number }
  | { readonly kind: "wrong_version"; readonly current: bigint | null }
  | { readonly kind: "stream_deleted" }

/** Metadata of a stream is kept in the stream of this name. */
export const metadataStreamOf = (stream: string): string => `$$${stream}`
export const isMetadataStream = (stream: string): boolean => stream.startsWith("$$")
