import { examples } from "@tongzhang/contracts/examples"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import { streamOf as benefitStream } from "@tongzhang/domain/benefit"
import { countedMonths, type Amounts } from "@tongzhang/domain/enrollment-ledger"
import { initial as noEnrollment, type EnrollmentEvent, streamOf } from "@tongzhang/domain/enrollment"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { ranges } from "@tongzhang/domain/month-set"
import { fen } from "@tongzhang/domain/money"
import { streamOf as overlapStream } from "@tongzhang/domain/overlap"
import { streamOf as transferStream } from "@tongzhang/domain/transfer"
import { anyFen } from "@tongzhang/testing/arbitraries"
import { enrollmentHistory, run } from "@tongzhang/testing/enrollment-commands"
import { recorded, refunded } from "@tongzhang/testing/enrollment-facts"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type AccountCode } from "./accounts.js"
import { createBooks, type TrialBalance } from "./books.js"
import { movesMoney, postingRules, postingsOf } from "./postings.js"

const person = "a".repeat(32) as PersonKey
const in44 = streamOf({ province: "44", scheme: "110", person })
const in31 = streamOf({ province: "31", scheme: "110", person })
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const of = (balance: TrialBalance, account: AccountCode): number =>
  sum(balance.rows.filter((row) => row.account === account).map((row) => row.balance_fen))

const lineNamed = (event: EnrollmentEvent): string | null =>
  event.type === "ContributionCorrected" ? event.corrects : event.type === "ContributionReversed" ? event.reverses : null

describe("the books", () => {
  it("every money event of any history of a relation posts entries that sum to zero, and the balances are the relation's", () => {
    fc.assert(
      fc.property(enrollmentHistory(), (commands) => {
        const books = createBooks()
        let revision = 0
        let before = noEnrollment
        run(commands, (state, event) => {
          const name = lineNamed(event)
          const line: Amounts | null = name === null ? null : (before.ledger.lines.get(name as never)?.current ?? null)
          const outcome = postingsOf(event, { place: { province: "44", scheme: "110" }, line, transferTo: null, refunds: [] })
          expect(outcome.ok && sum(outcome.postings.map(({ amount_fen }) => amount_fen))).toBe(0)
          books.add(in44, revision++, event, line)
          const balance = books.balance()
          expect(of(balance, "person_account")).toBe(0 - state.ledger.account_fen)
          expect(of(balance, "pooled_fund")).toBe(0 - state.ledger.pooled_fen)
          expect(balance.debit_fen).toBe(balance.credit_fen)
          before = state
        })
        expect(books.balance().unposted).toEqual([])
      }),
    )
  })

  it("every event type is posted or says why not, and the examples agree with the table", () => {
    const known = {
      place: { province: "44", scheme: "110" },
      line: recorded("L1", "2024-01"),
      transferTo: "31",
      refunds: [],
    } as const
    const all = Object.values(examples) as readonly LedgerEvent[]
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(Object.keys(postingRules)))
    for (const event of all) {
      const refunds = event.type === "OverlapCleared" ? [{ ...known.place, amount_fen: event.refund_fen }] : []
      const outcome = postingsOf(event, { ...known, refunds })
      expect(outcome.ok && outcome.postings.length > 0, event.type).toBe(movesMoney(event.type))
      if (outcome.ok) expect(sum(outcome.postings.map(({ amount_fen }) => amount_fen)), event.type).toBe(0)
    }
  })

  it("money that leaves a province is in transit, then received, then booked; never nowhere", () => {
    const books = createBooks()
    const paid = recorded("L1", "2024-01")
    const moved = {
      months: ranges(countedMonths(noEnrollment.ledger)),
      account_fen: fen(8_000),
      pooled_fen: fen(12_000),
      bases_fen: fen(100_000),
    }
    const id = `${person}_t1` as TransferId
    books.add(in44, 0, paid, null)
    books.add(transferStream(id), 0, { type: "TransferRequested", person, scheme: "110", to: "31", on: paid.paidOn }, null)
    books.add(in44, 1, { type: "TransferredOut", transferId: id, to: "31", ...moved }, null)
    expect(of(books.balance("44"), "in_transit_account")).toBe(-8_000)
    expect(of(books.balance("44"), "pooled_fund")).toBe(-4_000)
    books.add(
      transferStream(id),
      1,
      { type: "MoneyReceived", leg: "44", remittance: "R1", account_fen: fen(8_000), pooled_fen: fen(12_000), on: paid.paidOn },
      null,
    )
    expect(of(books.balance(), "in_transit_account")).toBe(0)
    expect(of(books.balance("31"), "received_pooled")).toBe(-12_000)
    books.add(in31, 0, { type: "TransferredIn", transferId: id, from: "44", ...moved }, null)
    const end = books.balance()
    expect(of(end, "received_account") + of(end, "received_pooled")).toBe(0)
    expect(of(books.balance("31"), "person_account")).toBe(-8_000)
    expect([end.debit_fen - end.credit_fen, end.unposted]).toEqual([0, []])
  })

  it("a refund is payable until its case is cleared; a clearing with another amount is named", () => {
    const books = createBooks()
    const cases = overlapStream(person, "pension")
    books.add(in44, 0, recorded("L1", "2024-01"), null)
    books.add(in44, 1, refunded("2024-01", { overlapCase: "C1#2" }), null)
    expect(of(books.balance(), "refunds_payable")).toBe(-8_000)
    books.add(cases, 0, { type: "OverlapCleared", case: "C1", months: [], refund_fen: fen(8_000) }, null)
    expect([of(books.balance(), "refunds_payable"), of(books.balance(), "refunds_paid")]).toEqual([0, -8_000])
    books.add(cases, 1, { type: "OverlapCleared", case: "C1", months: [], refund_fen: fen(1) }, null)
    expect(books.balance().unposted).toMatchObject([{ stream: cases, revision: 1 }])
  })

  it("benefits paid, overpaid and recovered leave what is still to recover", () => {
    fc.assert(
      fc.property(anyFen(), anyFen(), anyFen(), (paid, over, back) => {
        const books = createBooks()
        const stream = benefitStream(person, "110")
        const claim = "B1"
        books.add(stream, 0, { type: "BenefitClaimed", claim, province: "31", from: month("2024-01") }, null)
        books.add(stream, 1, { type: "BenefitPaid", claim, month: month("2024-01"), amount_fen: paid }, null)
        books.add(stream, 2, { type: "BenefitOverpaid", claim, amount_fen: over, reason: "died" }, null)
        books.add(stream, 3, { type: "BenefitRecovered", claim, receipt: "R1", amount_fen: back }, null)
        const balance = books.balance("31")
        expect(of(balance, "recoveries_due")).toBe(over - back)
        expect(of(balance, "benefits_paid")).toBe(paid - over)
        expect(balance.debit_fen).toBe(balance.credit_fen)
      }),
    )
  })

  it("a line whose split does not add up is named with its stream and revision", () => {
    const books = createBooks()
    books.add(in44, 7, recorded("L1", "2024-01", { pooled_fen: fen(1) }), null)
    expect(books.balance().unposted).toMatchObject([{ stream: in44, revision: 7 }])
  })
})
