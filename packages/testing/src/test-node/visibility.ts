/** Stream metadata: which events of a stream a reader is shown. Hidden events stay in `$all`, as on an unscavenged server. */
import { isMetadataStream, json, type LogRecord } from "./record.js"

export type StreamState = {
  readonly records: LogRecord[]
  tombstone: LogRecord | null
}

export type StreamMetadata = {
  readonly maxCount: number | null
  readonly maxAge_seconds: number | null
  readonly truncateBefore: number | null
  /** `$tb` of 2^63-1: a soft delete. The number does not survive `JSON.parse`, so it is matched in the text. */
  readonly softDeleted: boolean
}

const nothing: StreamMetadata = { maxCount: null, maxAge_seconds: null, truncateBefore: null, softDeleted: false }

const whole = (value: unknown, least: number): number | null =>
  typeof value === "number" && Number.isInteger(value) && value >= least ? value : null

/** Malformed JSON is no metadata; so is a `$maxCount` or `$maxAge` out of range. */
export const parseMetadata = (record: LogRecord | undefined): StreamMetadata => {
  if (record === undefined || record.contentType !== json) return nothing
  try {
    const text = Buffer.from(record.data).toString("utf8")
    const softDeleted = /"\$tb"\s*:\s*9223372036854775807\b/.test(text)
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>
    return {
      maxCount: whole(value["$maxCount"], 1),
      maxAge_seconds: whole(value["$maxAge"], 1),
      truncateBefore: softDeleted ? null : whole(value["$tb"], 0),
      softDeleted,
    }
  } catch {
    return nothing
  }
}

/** First revision a reader is shown; `records.length` when nothing is left to show. */
export const firstVisible = (name: string, state: StreamState, metadata: StreamMetadata, now_ms: number): number => {
  const { records } = state
  if (isMetadataStream(name)) return Math.max(0, records.length - 1)
  if (metadata.softDeleted) return records.length
  let first = metadata.truncateBefore ?? 0
  if (metadata.maxCount !== null) first = Math.max(first, records.length - metadata.maxCount)
  if (metadata.maxAge_seconds !== null) {
    const oldest = BigInt(Math.floor(now_ms - metadata.maxAge_seconds * 1_000)) * 10_000n
    while (first < records.length && (records[first]?.createdTicks ?? 0n) < oldest) first += 1
  }
  return Math.min(first, records.length)
}
