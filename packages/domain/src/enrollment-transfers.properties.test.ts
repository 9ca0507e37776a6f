import { anyRange } from "@tongzhang/testing/arbitraries"
import { type EnrollmentCommand, enrollmentHistory, run, sendingOut } from "@tongzhang/testing/enrollment-commands"
import * as fc from "fast-check"
import { isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import type { ProvinceCode } from "./codes.js"
import { countedMonths, sumOver } from "./enrollment-ledger.js"
import {
  type Enrollment,
  type EnrollmentEvent,
  fold,
  initial,
  openEnrollment,
  recordContribution,
  refundContribution,
  transferIn,
} from "./enrollment.js"
import type { DateText, LineId, TransferId } from "./ids.js"
import { month } from "./month.js"
import { difference, empty, equals, intersection, type MonthSet, ofRanges, ranges, size, union } from "./month-set.js"
import { fen } from "./money.js"

describe("a transfer of several relations into one", () => {
  const provinces = ["11", "12", "13", "31"] as const
  const target = "44" as ProvinceCode

  type Part = { readonly months: MonthSet; readonly account_fen: number; readonly pooled_fen: number; readonly bases_fen: number }
  const heldBy = ({ ledger }: Enrollment): Part => ({
    months: countedMonths(ledger),
    account_fen: ledger.account_fen,
    pooled_fen: ledger.pooled_fen,
    bases_fen: ledger.bases_fen,
  })
  const nothing: Part = { months: empty, account_fen: 0, pooled_fen: 0, bases_fen: 0 }
  const together = (parts: readonly Part[]): Part =>
    parts.reduce(
      (a, b) => ({
        months: union(a.months, b.months),
        account_fen: a.account_fen + b.account_fen,
        pooled_fen: a.pooled_fen + b.pooled_fen,
        bases_fen: a.bases_fen + b.bases_fen,
      }),
      nothing,
    )

  const opened = (): Enrollment => {
    const decided = openEnrollment({
      scheme: "110",
      from: month("2020-01"),
      capacity: "flexible",
      employer: null,
      temporary: false,
    })(initial)
    return isRight(decided) ? fold(decided.right) : initial
  }
  const applied = (state: Enrollment, decision: ReturnType<EnrollmentCommand["plan"]>): Enrollment => {
    const decided = decision(state)
    return isRight(decided) ? fold(decided.right, state) : state
  }

  it("conserves months and fen at every step, whatever the order of departures, arrivals, payments and refunds", () =>
    fc.assert(
      fc.property(
        fc.tuple(...provinces.map(() => enrollmentHistory(12))),
        fc.array(
          fc.record({
            leg: fc.nat(provinces.length - 1),
            act: fc.constantFrom("send", "receive", "receive again", "pay", "refund"),
          }),
          { minLength: 12, maxLength: 60 },
        ),
        anyRange(),
        (histories, steps, range) => {
          const id = "p_1" as TransferId
          const origins = new Map<ProvinceCode, Enrollment>(
            provinces.map((province, i) => [province, fold(run(histories[i] ?? []))]),
          )
          const inTransit = new Map<ProvinceCode, Extract<EnrollmentEvent, { type: "TransferredOut" }>>()
          let receiver = opened()
          let [paid, refunded] = [0, 0]
          let months = together([...origins.values()].map(heldBy)).months
          const everything = (): Part =>
            together([
              ...[...origins.values()].map(heldBy),
              heldBy(receiver),
              ...[...inTransit.values()].map((sent) => ({ ...sent, months: ofRanges(sent.months) })),
            ])
          const before = everything()

          steps.forEach(({ leg, act }, step) => {
            const province = provinces[leg] ?? "11"
            const origin = origins.get(province) ?? initial
            const sent = inTransit.get(province)
            if (act === "send") {
              const decided = sendingOut(id, "44").plan(origin)(origin)
              if (isRight(decided) && decided.right[0]?.type === "TransferredOut") {
                origins.set(province, fold(decided.right, origin))
                inTransit.set(province, decided.right[0])
              }
            } else if (act === "receive" && sent !== undefined) {
              receiver = applied(
                receiver,
                transferIn({
                  transferId: id,
                  from: province,
                  months: sent.months,
                  account_fen: sent.account_fen,
                  pooled_fen: sent.pooled_fen,
                  bases_fen: sent.bases_fen,
                }),
              )
              inTransit.delete(province)
            } else if (act === "receive again") {
              // The letter arrives twice: the part is booked once.
              for (const part of receiver.ledger.received) {
                const again = {
                  transferId: id,
                  from: part.from,
                  months: ranges(part.months),
                  account_fen: part.account_fen,
                  pooled_fen: part.pooled_fen,
                  bases_fen: part.bases_fen,
                }
                expect(transferIn(again)(receiver)).toEqual({ _tag: "Right", right: [] })
              }
            } else if (act === "pay") {
              const money = {
                base_fen: fen(500_000),
                employer_fen: fen(0),
                personal_fen: fen(100_000),
                subsidy_fen: fen(0),
                pooled_fen: fen(60_000),
                account_fen: fen(40_000),
              }
              const line = { line: `N${step}` as LineId, kind: "regular", paidOn: "2024-01-10" as DateText } as const
              const was = receiver
              receiver = applied(receiver, recordContribution({ ...line, from: range.from, to: range.from, ...money }))
              if (receiver !== was && receiver.ledger.lines.size > was.ledger.lines.size) {
                paid++
                months = union(months, ofRanges([{ from: range.from, to: range.from }]))
              }
            } else if (act === "refund") {
              const wanted = intersection(countedOwn(receiver), ofRanges([range]))
              const was = receiver.ledger
              receiver = applied(
                receiver,
                refundContribution({
                  overlapCase: `C${step}`,
                  source: null,
                  months: ranges(wanted),
                  refund_fen: sumOver(was, wanted, "account_fen"),
                  bases_fen: sumOver(was, wanted, "base_fen"),
                  legal: "187号",
                }),
              )
              refunded += was.account_fen - receiver.ledger.account_fen
              if (was !== receiver.ledger) months = union(difference(months, wanted), everything().months)
            }
            const now = everything()
            expect(now.account_fen).toBe(before.account_fen + paid * 40_000 - refunded)
            expect(now.pooled_fen).toBe(before.pooled_fen + paid * 60_000)
            expect(ranges(now.months)).toEqual(ranges(months))
          })
        },
      ),
      { numRuns: 150 },
    ))

  const countedOwn = (state: Enrollment): MonthSet => state.ledger.months

  it("ends with every month and fen of the origins at the target", () =>
    fc.assert(
      fc.property(
        fc.tuple(...provinces.map(() => enrollmentHistory(12))),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        (histories, order) => {
          const origins = histories.map((commands) => fold(run(commands)))
          // A relation that had already moved away has nothing to send.
          const before = together(origins.map(heldBy).filter((_, i) => origins[i]?.status !== "moved"))
          let receiver = opened()
          for (const i of order) {
            const origin = origins[i] ?? initial
            const decided = sendingOut("p_1" as TransferId, "44").plan(origin)(origin)
            // T1..T3 are the transfers of the histories: p_1 is new to all of them.
            for (const sent of isRight(decided) ? decided.right : []) {
              if (sent.type !== "TransferredOut") continue
              const after = fold([sent], origin)
              expect([size(countedMonths(after.ledger)), after.ledger.account_fen, after.ledger.bases_fen]).toEqual([0, 0, 0])
              const { months, account_fen, pooled_fen, bases_fen } = sent
              receiver = applied(
                receiver,
                transferIn({
                  transferId: "p_1" as TransferId,
                  from: provinces[i] ?? target,
                  months,
                  account_fen,
                  pooled_fen,
                  bases_fen,
                }),
              )
            }
          }
          expect(receiver.ledger.account_fen).toBe(before.account_fen)
          expect(receiver.ledger.bases_fen).toBe(before.bases_fen)
          expect(equals(countedMonths(receiver.ledger), before.months)).toBe(true)
        },
      ),
      { numRuns: 150 },
    ))
})
