import { anyRange } from "@tongzhang/testing/arbitraries"
import { decidesOnce } from "@tongzhang/testing/decider"
import { type EnrollmentCommand, enrollmentHistory, sendingOut } from "@tongzhang/testing/enrollment-commands"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { ProvinceCode } from "./codes.js"
import { foldWith } from "./decider.js"
import { countedMonths, standingMonths, sumOver } from "./enrollment-ledger.js"
import * as enrollment from "./enrollment.js"
import {
  type Enrollment,
  type EnrollmentEvent,
  evolve,
  fold,
  initial,
  openEnrollment,
  recordContribution,
  transferIn,
} from "./enrollment.js"
import type { DateText, LineId, TransferId } from "./ids.js"
import { month } from "./month.js"
import { difference, empty, equals, intersection, isEmpty, type MonthSet, ofRanges, ranges, size, union } from "./month-set.js"
import { type Fen, fen } from "./money.js"

const aggregate = { initial, evolve }

/** Runs the commands, calling `look` after each event; returns all events. */
const run = (
  commands: readonly EnrollmentCommand[],
  look: (state: Enrollment, event: EnrollmentEvent) => void = () => {},
): EnrollmentEvent[] => {
  const events: EnrollmentEvent[] = []
  let state = initial
  for (const command of commands) {
    const decided = command.plan(state)(state)
    if (decided._tag === "Left") continue
    for (const event of decided.right) {
      state = evolve(state, event)
      events.push(event)
      look(state, event)
    }
  }
  return events
}

/** The books kept a second time, by plain addition over the events: nothing of the ledger's own code. */
const plainBooks = (events: readonly EnrollmentEvent[]) => {
  const standing = new Map<string, { account_fen: number; pooled_fen: number; base_fen: number; months: Set<string> }>()
  const paid = new Set<string>()
  let account = 0
  let pooled = 0
  const monthsOfRanges = (parts: readonly { from: string; to: string }[]): string[] =>
    parts.flatMap(({ from, to }) => {
      const list: string[] = []
      for (let y = Number(from.slice(0, 4)), m = Number(from.slice(5)); ; m++) {
        if (m === 13) [y, m] = [y + 1, 1]
        const text = `${y}-${String(m).padStart(2, "0")}`
        if (text > to) return list
        list.push(text)
      }
    })
  for (const event of events) {
    switch (event.type) {
      case "ContributionRecorded": {
        const months = new Set(monthsOfRanges([event]))
        standing.set(event.line, {
          account_fen: event.account_fen,
          pooled_fen: event.pooled_fen,
          base_fen: event.base_fen,
          months,
        })
        for (const value of months) paid.add(value)
        account += event.account_fen
        pooled += event.pooled_fen
        break
      }
      case "ContributionCorrected": {
        const old = standing.get(event.corrects)
        if (old === undefined) throw new Error(`corrected a line that does not stand: ${event.corrects}`)
        account += event.account_fen - old.account_fen
        pooled += event.pooled_fen - old.pooled_fen
        standing.set(event.corrects, {
          ...old,
          account_fen: event.account_fen,
          pooled_fen: event.pooled_fen,
          base_fen: event.base_fen,
        })
        break
      }
      case "ContributionReversed": {
        const old = standing.get(event.reverses)
        if (old === undefined) throw new Error(`reversed a line that does not stand: ${event.reverses}`)
        standing.delete(event.reverses)
        for (const value of old.months) paid.delete(value)
        account -= old.account_fen
        pooled -= old.pooled_fen
        break
      }
      case "ContributionRefunded":
        account -= event.refund_fen
        if (event.source === null) for (const value of monthsOfRanges(event.months)) paid.delete(value)
        break
      case "SubsidyCredited":
      case "InterestCredited":
        account += event.amount_fen
        break
      case "TransferredIn":
        account += event.account_fen
        pooled += event.pooled_fen
        break
      case "TransferredOut":
        account -= event.account_fen
        pooled -= event.pooled_fen
        paid.clear()
        standing.clear()
        break
      default:
    }
  }
  return { account, pooled, paid: [...paid].toSorted() }
}

describe("any history of a relation", () => {
  it("a command applied twice decides nothing the second time, unless it was refused both times", () =>
    fc.assert(
      fc.property(enrollmentHistory(), (commands) => {
        let state = initial
        for (const command of commands) state = decidesOnce(aggregate, state, command.plan(state))
      }),
      { numRuns: 300 },
    ))

  it("the whole history sent again decides nothing but refusals", () =>
    fc.assert(
      fc.property(enrollmentHistory(20), (commands) => {
        let state = initial
        const decisions = commands.flatMap((command) => {
          const decision = command.plan(state)
          const decided = decision(state)
          if (decided._tag === "Left") return []
          state = foldWith(aggregate, decided.right, state)
          return [decision]
        })
        for (const decision of decisions) {
          const again = decision(state)
          expect(again._tag === "Right" ? again.right : again.left).toEqual([])
        }
      }),
      { numRuns: 300 },
    ))

  it("fold is evolve, from the start and from any point", () =>
    fc.assert(
      fc.property(enrollmentHistory(), fc.nat(60), (commands, cut) => {
        const events = run(commands)
        const reduced = events.reduce(evolve, initial)
        expect(fold(events)).toEqual(reduced)
        const half = fold(events.slice(0, cut))
        const before = structuredClone(half)
        expect(fold(events.slice(cut), half)).toEqual(reduced)
        // A fold that goes on from a state leaves that state as it was.
        expect(half).toEqual(before)
      }),
      { numRuns: 200 },
    ))

  it("money and months are those of the standing lines, credits and transfers, after every event", () =>
    fc.assert(
      fc.property(enrollmentHistory(), (commands) => {
        const events: EnrollmentEvent[] = []
        run(commands, ({ ledger }, event) => {
          events.push(event)
          const books = plainBooks(events)
          expect(ledger.account_fen).toBe(books.account)
          expect(ledger.pooled_fen).toBe(books.pooled)
          expect(ranges(ledger.months)).toEqual(
            ranges(ofRanges(books.paid.map((text) => ({ from: month(text), to: month(text) })))),
          )
        })
      }),
      { numRuns: 200 },
    ))

  it("the account and the bases are never negative", () =>
    fc.assert(
      fc.property(enrollmentHistory(60), (commands) => {
        run(commands, ({ ledger }) => {
          expect(ledger.account_fen).toBeGreaterThanOrEqual(0)
          expect(ledger.bases_fen).toBeGreaterThanOrEqual(0)
        })
      }),
      { numRuns: 300 },
    ))

  it("every month is paid by exactly one standing line, and none has left", () =>
    fc.assert(
      fc.property(enrollmentHistory(), (commands) => {
        run(commands, ({ ledger }) => {
          let seen: MonthSet = empty
          for (const line of ledger.lines.values()) {
            expect(isEmpty(intersection(seen, standingMonths(line)))).toBe(true)
            seen = union(seen, standingMonths(line))
          }
          expect(equals(seen, ledger.months)).toBe(true)
          expect(isEmpty(intersection(ledger.months, ledger.moved))).toBe(true)
        })
      }),
      { numRuns: 200 },
    ))

  it("the sums over the standing lines add up over any cut of the months", () =>
    fc.assert(
      fc.property(enrollmentHistory(), anyRange(), (commands, range) => {
        const { ledger } = fold(run(commands))
        const part = ofRanges([range])
        const whole = sumOver(ledger, ledger.months, "base_fen")
        expect(
          sumOver(ledger, intersection(ledger.months, part), "base_fen") +
            sumOver(ledger, difference(ledger.months, part), "base_fen"),
        ).toBe(whole)
        // Months of one line share its account amount, rounded down: never more than the line.
        const account = sumOver(ledger, part, "account_fen") + sumOver(ledger, difference(ledger.months, part), "account_fen")
        expect(account).toBeLessThanOrEqual(sumOver(ledger, ledger.months, "account_fen"))
      }),
      { numRuns: 200 },
    ))
})

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
    return decided._tag === "Right" ? fold(decided.right) : initial
  }
  const applied = (state: Enrollment, decision: ReturnType<EnrollmentCommand["plan"]>): Enrollment => {
    const decided = decision(state)
    return decided._tag === "Right" ? fold(decided.right, state) : state
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
              if (decided._tag === "Right" && decided.right[0]?.type === "TransferredOut") {
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
                enrollment.refundContribution({
                  overlapCase: `C${step}`,
                  source: null,
                  months: ranges(wanted),
                  refund_fen: sumOver(was, wanted, "account_fen"),
                  bases_fen: sumOver(was, wanted, "base_fen"),
                  legal: "187号",
                }),
              )
              refunded += (was.account_fen - receiver.ledger.account_fen) as Fen
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
            for (const sent of decided._tag === "Right" ? decided.right : []) {
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
