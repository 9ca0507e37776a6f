import { specification } from "@tongzhang/testing/decider"
import {
  arrivedFrom,
  closed,
  corrected,
  line,
  moved,
  opened,
  paidOnce,
  recorded,
  refunded,
  reversed,
  sentTo,
  spans,
  suspended,
} from "@tongzhang/testing/enrollment-facts"
import { describe, expect, it } from "vitest"
import { amountsOf, sumOver } from "./enrollment-ledger.js"
import {
  correctContribution,
  type EnrollmentEvent,
  evolve,
  fold,
  initial,
  recordContribution,
  refundContribution,
  reverseContribution,
} from "./enrollment.js"
import { month } from "./month.js"
import { ofRanges, ranges } from "./month-set.js"
import { fen } from "./money.js"

const { given } = specification({ initial, evolve })
const record = (event: ReturnType<typeof recorded>) => recordContribution(event)
const correct = (id: string, corrects: string, amounts: Partial<typeof paidOnce> = {}) =>
  correctContribution({ line: line(id), corrects: line(corrects), reason: "基数错误", ...paidOnce, ...amounts })
const reverse = (id: string, reverses: string) =>
  reverseContribution({ line: line(id), reverses: line(reverses), reason: "误缴" })
const refund = (event: ReturnType<typeof refunded>) => refundContribution(event)

const start = opened("2024-01")
const double = {
  base_fen: fen(200_000),
  employer_fen: fen(32_000),
  personal_fen: fen(16_000),
  pooled_fen: fen(32_000),
  account_fen: fen(16_000),
}

describe("recording a contribution", () => {
  it("counts the month once, however often the line is sent", () =>
    given(start)
      .when(record(recorded("L1", "2024-03")))
      .then(recorded("L1", "2024-03"))
      .and.when(record(recorded("L1", "2024-03")))
      .thenNothing())
  it("takes a range of months as one payment", () => {
    const { state } = given(start)
      .when(record(recorded("L1", "2024-01..2024-06")))
      .then(recorded("L1", "2024-01..2024-06"))
    expect([state.ledger.account_fen, state.ledger.pooled_fen, state.ledger.bases_fen]).toEqual([8_000, 16_000, 600_000])
    expect(ranges(state.ledger.months)).toEqual(spans("2024-01..2024-06"))
  })
  it("refuses a second line for a month that another line has paid", () =>
    given(start, recorded("L1", "2024-02..2024-04"))
      .when(record(recorded("L2", "2024-04..2024-05")))
      .thenRefused({ code: "MONTH_PAID_BY_ANOTHER_LINE", month: month("2024-04"), line: line("L1") }))
  it("refuses the same line with other content, and names what differs", () => {
    given(start, recorded("L1", "2024-03"))
      .when(record(recorded("L1", "2024-04", double)))
      .thenRefused({
        code: "LINE_CONTENT_DIFFERS",
        line: line("L1"),
        fields: ["month", "base_fen", "employer_fen", "personal_fen", "pooled_fen", "account_fen"],
      })
    given(start, recorded("L1", "2024-03"), corrected("K1", "L1"))
      .when(record(recorded("K1", "2024-03")))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", fields: ["kind", "corrects"] })
  })
  it("compares a line sent again with what was first recorded, not with its correction", () =>
    given(start, recorded("L1", "2024-03"), corrected("K1", "L1", double))
      .when(record(recorded("L1", "2024-03")))
      .thenNothing())
  it("refuses a month before the opening or after the closing, and takes a late one between them", () => {
    given(start)
      .when(record(recorded("L1", "2023-12")))
      .thenRefused({ code: "BEFORE_OPENING", month: month("2023-12"), opened: month("2024-01") })
    given(start, closed("2024-06"))
      .when(record(recorded("L1", "2024-06..2024-07")))
      .thenRefused({ code: "AFTER_CLOSING", month: month("2024-07"), closed: month("2024-06") })
    given(start, suspended("2024-04"))
      .when(record(recorded("L1", "2024-04")))
      .thenRefused({ code: "AFTER_CLOSING", closed: month("2024-03") })
    given(start, closed("2024-06"))
      .when(record(recorded("L1", "2024-06")))
      .then(recorded("L1", "2024-06"))
  })
  it("refuses a range written backwards: it would take months away", () =>
    given(start)
      .when(record({ ...recorded("L1", "2024-05"), to: month("2024-02") }))
      .thenRefused({ code: "RANGE_BACKWARDS", from: month("2024-05"), to: month("2024-02") }))
  it("refuses amounts whose split is not what was paid", () =>
    given(start)
      .when(record(recorded("L1", "2024-03", { account_fen: fen(8_001) })))
      .thenRefused({ code: "SPLIT_DOES_NOT_ADD_UP", paid_fen: fen(24_000), split_fen: fen(24_001) }))
  it("needs a relation", () =>
    given()
      .when(record(recorded("L1", "2024-03")))
      .thenRefused({ code: "NOT_OPEN", status: "none" }))
})

describe("correcting a line", () => {
  it("replaces its amounts and keeps its months", () => {
    const { state } = given(start, recorded("L1", "2024-03..2024-04"))
      .when(correct("K1", "L1", double))
      .then(corrected("K1", "L1", double))
      .and.when(correct("K1", "L1", double))
      .thenNothing()
    expect([state.ledger.account_fen, state.ledger.pooled_fen, state.ledger.bases_fen]).toEqual([16_000, 32_000, 400_000])
    expect(ranges(state.ledger.months)).toEqual(spans("2024-03..2024-04"))
  })
  it("can be corrected again by naming the first line", () =>
    given(start, recorded("L1", "2024-03"), corrected("K1", "L1", double))
      .when(correct("K2", "L1"))
      .then(corrected("K2", "L1")))
  it("refuses a line that does not stand", () => {
    given(start)
      .when(correct("K1", "L1"))
      .thenRefused({ code: "LINE_UNKNOWN", line: line("L1") })
    given(start, recorded("L1", "2024-03"), reversed("R1", "L1"))
      .when(correct("K1", "L1"))
      .thenRefused({ code: "LINE_ALREADY_REVERSED", line: line("L1") })
    given(start, recorded("L1", "2024-03"), corrected("K1", "L1"))
      .when(correct("K2", "K1"))
      .thenRefused({ code: "LINE_ALREADY_REVERSED", line: line("K1") })
  })
  it("refuses the same correction with another content or of another line", () => {
    const books = [start, recorded("L1", "2024-03"), recorded("L2", "2024-04"), corrected("K1", "L1", double)]
    given(...books)
      .when(correct("K1", "L1"))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", line: line("K1") })
    given(...books)
      .when(correct("K1", "L2", double))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", fields: ["corrects"] })
  })
  it("is not lost silently under the number of a contribution", () =>
    given(start, recorded("L1", "2024-03"), recorded("L2", "2024-04"))
      .when(correct("L1", "L2"))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", line: line("L1"), fields: ["kind", "corrects"] }))
  it("refuses amounts whose split is not what was paid", () =>
    given(start, recorded("L1", "2024-03"))
      .when(correct("K1", "L1", { pooled_fen: fen(0) }))
      .thenRefused({ code: "SPLIT_DOES_NOT_ADD_UP" }))
})

describe("reversing a line", () => {
  it("takes money and months back; the month can be paid by a new line", () => {
    const after = given(start, recorded("L1", "2024-03")).when(reverse("R1", "L1")).then(reversed("R1", "L1"))
    expect([after.state.ledger.account_fen, after.state.ledger.pooled_fen, after.state.ledger.bases_fen]).toEqual([0, 0, 0])
    after.and
      .when(reverse("R1", "L1"))
      .thenNothing()
      .and.when(record(recorded("L2", "2024-03")))
      .then(recorded("L2", "2024-03"))
  })
  it("takes back what now stands, not what was first recorded", () => {
    const { state } = given(start, recorded("L1", "2024-03"), corrected("K1", "L1", double))
      .when(reverse("R1", "L1"))
      .then(reversed("R1", "L1"))
    expect(state.ledger.account_fen).toBe(0)
  })
  it("refuses a line that does not stand", () => {
    given(start)
      .when(reverse("R1", "L1"))
      .thenRefused({ code: "LINE_UNKNOWN", line: line("L1") })
    given(start, recorded("L1", "2024-03"), reversed("R1", "L1"))
      .when(reverse("R2", "L1"))
      .thenRefused({ code: "LINE_ALREADY_REVERSED", line: line("L1") })
  })
  it("is not lost silently when it carries the number of the line it reverses", () =>
    given(start, recorded("L1", "2024-03"))
      .when(reverse("L1", "L1"))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", line: line("L1") }))
  it("refuses the same reversal of another line", () =>
    given(start, recorded("L1", "2024-03"), recorded("L2", "2024-04"), reversed("R1", "L1"))
      .when(reverse("R1", "L2"))
      .thenRefused({ code: "LINE_CONTENT_DIFFERS", fields: ["reverses"] }))
})

describe("refunding overlapped months", () => {
  const books = [start, recorded("L1", "2024-01..2024-02"), recorded("L2", "2024-03")]

  it("takes the months out of the count and their share out of the account", () => {
    const { state } = given(...books)
      .when(refund(refunded("2024-03")))
      .then(refunded("2024-03"))
      .and.when(refund(refunded("2024-03")))
      .thenNothing()
    expect(ranges(state.ledger.months)).toEqual(spans("2024-01..2024-02"))
    expect([state.ledger.account_fen, state.ledger.pooled_fen, state.ledger.bases_fen]).toEqual([8_000, 32_000, 200_000])
  })
  it("refuses months that are not counted here", () => {
    given(...books)
      .when(refund(refunded("2024-03..2024-04")))
      .thenRefused({ code: "MONTHS_NOT_PAID", months: spans("2024-03..2024-04") })
    given(...books)
      .when(refund(refunded("")))
      .thenRefused({ code: "MONTHS_NOT_PAID" })
    given(...books, refunded("2024-03"))
      .when(refund(refunded("2024-03", { overlapCase: "C2" })))
      .thenRefused({ code: "MONTHS_NOT_PAID" })
    given(...books, arrivedFrom("11", "1", moved("2020-01", 9_000, 100_000)))
      .when(refund(refunded("2020-01", { source: "12" })))
      .thenRefused({ code: "MONTHS_NOT_PAID" })
  })
  it("refuses more than the account holds", () =>
    given(...books)
      .when(refund(refunded("2024-03", { refund_fen: fen(16_001) })))
      .thenRefused({ code: "ACCOUNT_TOO_SMALL", balance_fen: fen(16_000), wanted_fen: fen(16_001) }))
  it("refuses bases that are not those of the months: 12 % of the rest would move with the next transfer", () => {
    given(...books)
      .when(refund(refunded("2024-03", { bases_fen: fen(99_999) })))
      .thenRefused({ code: "REFUND_DIFFERS_FROM_LEDGER", ledger_fen: fen(100_000), stated_fen: fen(99_999) })
    const received = arrivedFrom("11", "1", moved("2020-01", 9_000, 50_000))
    given(...books, received)
      .when(refund(refunded("2020-01", { source: "11", bases_fen: fen(50_001) })))
      .thenRefused({ code: "REFUND_DIFFERS_FROM_LEDGER", ledger_fen: fen(50_000), stated_fen: fen(50_001) })
  })
  it("keeps a partly refunded line from being corrected or reversed: its money has left and its month counts elsewhere", () => {
    const partly = [...books, refunded("2024-02", { refund_fen: fen(4_000) })]
    given(...partly)
      .when(correct("K1", "L1", double))
      .thenRefused({ code: "LINE_REFUNDED", line: line("L1"), months: spans("2024-02") })
    given(...partly)
      .when(reverse("R1", "L1"))
      .thenRefused({ code: "LINE_REFUNDED", line: line("L1"), months: spans("2024-02") })
    given(...partly)
      .when(reverse("R1", "L2"))
      .then(reversed("R1", "L2"))
  })
  it("leaves the account enough: a line whose share was paid out with another's refund is not taken back", () => {
    const emptied: EnrollmentEvent[] = [...books, refunded("2024-03", { refund_fen: fen(15_000) })]
    given(...emptied)
      .when(reverse("R1", "L1"))
      .thenRefused({ code: "ACCOUNT_TOO_SMALL", balance_fen: fen(1_000), wanted_fen: fen(8_000) })
    given(...emptied)
      .when(correct("K1", "L1", { account_fen: fen(6_000), pooled_fen: fen(18_000) }))
      .thenRefused({ code: "ACCOUNT_TOO_SMALL", wanted_fen: fen(2_000) })
    given(...emptied)
      .when(correct("K1", "L1", double))
      .then(corrected("K1", "L1", double))
  })
  it("a refunded month paid again belongs to the new line alone", () => {
    const again = [...books, refunded("2024-03"), recorded("L3", "2024-03")]
    given(...again)
      .when(reverse("R1", "L2"))
      .thenRefused({ code: "LINE_REFUNDED" })
    given(...again)
      .when(record(recorded("L4", "2024-03")))
      .thenRefused({ code: "MONTH_PAID_BY_ANOTHER_LINE", line: line("L3") })
    const { state } = given(...again)
      .when(reverse("R1", "L3"))
      .then(reversed("R1", "L3"))
    expect(ranges(state.ledger.months)).toEqual(spans("2024-01..2024-02"))
  })
})

describe("a line that has moved away with its relation", () => {
  const anew = [
    start,
    recorded("L1", "2024-01"),
    sentTo("44", "1", moved("2024-01", 8_000, 100_000)),
    opened("2025-01"),
    recorded("L2", "2025-01"),
  ]
  it("is not corrected or reversed out of the money of the relation opened since", () => {
    given(...anew)
      .when(correct("K1", "L1", double))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...anew)
      .when(reverse("R1", "L1"))
      .thenRefused({ code: "MOVED_AWAY" })
    given(...anew)
      .when(reverse("R1", "L2"))
      .then(reversed("R1", "L2"))
  })
})

describe("sums over months", () => {
  it("share a line's amounts among its months, and count a base for each month", () => {
    const { ledger } = fold([start, recorded("L1", "2024-01..2024-03"), recorded("L2", "2024-05", double)])
    const part = ofRanges(spans("2024-03..2024-05"))
    expect(sumOver(ledger, part, "base_fen")).toBe(100_000 + 200_000)
    expect(sumOver(ledger, part, "account_fen")).toBe(2_666 + 16_000)
  })
  it("leave out what was reversed, refunded or moved", () => {
    const year = ofRanges(spans("2024-01..2024-12"))
    const books = [start, recorded("L1", "2024-01..2024-02"), recorded("L2", "2024-03")]
    expect(sumOver(fold([...books, reversed("R1", "L2")]).ledger, year, "base_fen")).toBe(200_000)
    expect(sumOver(fold([...books, refunded("2024-01")]).ledger, year, "base_fen")).toBe(200_000)
    expect(
      sumOver(fold([...books, sentTo("44", "1", moved("2024-01..2024-03", 16_000, 300_000))]).ledger, year, "base_fen"),
    ).toBe(0)
  })
  it("take only the amounts of what carries them", () => expect(amountsOf(recorded("L1", "2024-01"))).toEqual(paidOnce))
})
