/**
 * Feed 批次: one file or stream batch of a province. The rows' facts are in the enrollment streams; this stream says what was
 * received, how the rows went, and which receipt was given. The id is derived from province and file hash, so the same file is
 * the same feed.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { ProvinceCode } from "./codes.js"
import type { Decision } from "./decider.js"
import type { Fen } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Feed"
export const streamOf = (province: ProvinceCode, feedId: string): StreamName => streamName(category, province, feedId)

// Events ---------------------------------------------------------------------------------------
export type RowCounts = { readonly accepted: number; readonly unchanged: number; readonly refused: number }

export type FeedEvent =
  | {
      readonly type: "FeedReceived"
      readonly province: ProvinceCode
      readonly fileName: string
      readonly fileHash: string
      readonly size_bytes: number
      readonly format: string
      readonly encoding: string
      /**
       * Headers of the file that the agency itself assigned, each with the column it was read as (`none`: left alone). Absent where
       * every header was read by the names the ledger knows.
       */
      readonly columns?: Readonly<Record<string, string>>
    }
  | ({ readonly type: "FeedSettled"; readonly rows: number; readonly events: number; readonly paid_fen: Fen } & RowCounts)
  | { readonly type: "ReceiptIssued"; readonly receiptNo: string; readonly resultHash: string }

// State and fold ---------------------------------------------------------------------------------
export type Feed = {
  readonly status: "none" | "received" | "settled" | "receipted"
  readonly receiptNo: string | null
  readonly counts: (RowCounts & { readonly rows: number; readonly events: number; readonly paid_fen: Fen }) | null
}
export const initial: Feed = { status: "none", receiptNo: null, counts: null }

export const evolve = (state: Feed, event: FeedEvent): Feed => {
  switch (event.type) {
    case "FeedReceived":
      return { ...state, status: "received" }
    case "FeedSettled": {
      const { accepted, unchanged, refused, rows, events, paid_fen } = event
      return { ...state, status: "settled", counts: { accepted, unchanged, refused, rows, events, paid_fen } }
    }
    case "ReceiptIssued":
      return { ...state, status: "receipted", receiptNo: event.receiptNo }
  }
}

// Decisions --------------------------------------------------------------------------------------
export type FeedRefusal = { readonly code: "FEED_NOT_RECEIVED" } | { readonly code: "FEED_NOT_SETTLED" }
type Decided = Decision<FeedRefusal, FeedEvent>

export const receiveFeed =
  (command: Omit<Extract<FeedEvent, { type: "FeedReceived" }>, "type">) =>
  (state: Feed): Decided =>
    right(state.status === "none" ? [{ type: "FeedReceived", ...command }] : [])

/** Closes a feed with its counts; a feed interrupted and started again settles once. */
export const settleFeed =
  (command: Omit<Extract<FeedEvent, { type: "FeedSettled" }>, "type">) =>
  (state: Feed): Decided => {
    if (state.status === "none") return left({ code: "FEED_NOT_RECEIVED" })
    return right(state.status === "received" ? [{ type: "FeedSettled", ...command }] : [])
  }

export const issueReceipt =
  (command: { readonly receiptNo: string; readonly resultHash: string }) =>
  (state: Feed): Decided => {
    if (state.status === "none" || state.status === "received") return left({ code: "FEED_NOT_SETTLED" })
    return right(state.status === "receipted" ? [] : [{ type: "ReceiptIssued", ...command }])
  }
