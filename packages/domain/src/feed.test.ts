import { specification } from "@tongzhang/testing/decider"
import { describe, expect, it } from "vitest"
import { evolve, type FeedEvent, initial, issueReceipt, receiveFeed, settleFeed, streamOf } from "./feed.js"
import { fen } from "./money.js"

const { given } = specification({ initial, evolve })
const file = { province: "31", fileName: "2024-03.csv", fileHash: "ab", size_bytes: 10, format: "csv", encoding: "gbk" } as const
const counts = { accepted: 2, unchanged: 1, refused: 1, rows: 4, events: 3, paid_fen: fen(48_000) }
const receipt = { receiptNo: "R-1", resultHash: "cd" }
const received: FeedEvent = { type: "FeedReceived", ...file }
const settled: FeedEvent = { type: "FeedSettled", ...counts }

describe("a feed", () => {
  it("is received, settled and receipted, each once", () => {
    const { state } = given()
      .when(receiveFeed(file))
      .then(received)
      .and.when(receiveFeed(file))
      .thenNothing()
      .and.when(settleFeed(counts))
      .then(settled)
      .and.when(settleFeed(counts))
      .thenNothing()
      .and.when(issueReceipt(receipt))
      .then({ type: "ReceiptIssued", ...receipt })
      .and.when(issueReceipt(receipt))
      .thenNothing()
    expect(state).toEqual({ status: "receipted", receiptNo: "R-1", counts })
  })
  it("that was interrupted and started again settles once, with its first counts", () =>
    given(received, settled)
      .when(settleFeed({ ...counts, accepted: 0, unchanged: 3 }))
      .thenNothing())
  it("sent again after its receipt stays receipted", () => {
    const { state } = given(received, settled, { type: "ReceiptIssued", ...receipt })
      .when(receiveFeed(file))
      .thenNothing()
    expect(state.status).toBe("receipted")
  })
  it("is not settled before it is received, nor receipted before it is settled", () => {
    given().when(settleFeed(counts)).thenRefused({ code: "FEED_NOT_RECEIVED" })
    given().when(issueReceipt(receipt)).thenRefused({ code: "FEED_NOT_SETTLED" })
    given(received).when(issueReceipt(receipt)).thenRefused({ code: "FEED_NOT_SETTLED" })
  })
  it("has a stream under its province", () => expect(streamOf("31", "0f")).toBe("Feed-31_0f"))
})
