import { anyRange } from "@tongzhang/testing/arbitraries"
import { decidesOnce } from "@tongzhang/testing/decider"
import { enrollmentHistory, run } from "@tongzhang/testing/enrollment-commands"
import * as fc from "fast-check"
import { isLeft, isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { foldWith } from "./decider.js"
import { standingMonths, sumOver } from "./enrollment-ledger.js"
import { type EnrollmentEvent, evolve, fold, initial } from "./enrollment.js"
import { month } from "./month.js"
import { difference, empty, equals, intersection, isEmpty, type MonthSet, ofRanges, ranges, union } from "./month-set.js"

const aggregate = { initial, evolve }

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
      case "EnrollmentOpened":
      case "EnrollmentSuspended":
      case "EnrollmentResumed":
      case "EnrollmentClosed":
      case "CapacityChanged":
        break
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
          if (isLeft(decided)) return []
          state = foldWith(aggregate, decided.right, state)
          return [decision]
        })
        for (const decision of decisions) {
          const again = decision(state)
          expect(isRight(again) ? again.right : again.left).toEqual([])
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
