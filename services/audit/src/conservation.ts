/**
 * Law 1 of the house, checked by a reducer of its own: it knows nothing of the record's fold, so that one mistake cannot hide in
 * both. Money and months that came in must be standing somewhere, in transit, or paid back, with a fact for each.
 */
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { EnrollmentEvent, Moved } from "@tongzhang/domain/enrollment"
import type { Amounts } from "@tongzhang/domain/enrollment-ledger"
import type { YearMonth } from "@tongzhang/domain/month"
import {
  type MonthRange,
  type MonthSet,
  difference,
  empty,
  equals,
  intersection,
  isEmpty,
  ofRange,
  ofRanges,
  size,
  union,
} from "@tongzhang/domain/month-set"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { MismatchRule } from "./mismatch.js"
import { copyOfPassages, inTransit, type Money, type MoneyMark, type Passage } from "./money-mark.js"

/** Personal account and pooled fund in fen, and months (a month of one relation counts one). */
export type Amount = { account_fen: number; pooled_fen: number; months: number }

/** `stream` null: about the whole nation. */
export type Violation = {
  readonly stream: StreamName | null
  readonly revision: number
  readonly rule: MismatchRule
  readonly what: string
}

/** What a line of the books stood at just before a revision; null when no such line stood. */
export type LineBefore = (MonthRange & Amounts) | null

export type Conservation = {
  readonly recorded: Amount
  /** Difference that corrections made; months stay. */
  readonly corrected: Amount
  readonly reversed: Amount
  readonly refunded: Amount
  readonly subsidies: Amount
  readonly interest: Amount
  /** Sent by one province, not yet booked by another. */
  readonly in_transit: Amount
  /** Months two relations both held until a transfer put them together. */
  readonly merged: Amount
  readonly standing: Amount
  /** recorded + corrected + subsidies + interest - reversed - refunded - merged. */
  readonly expected: Amount
}

type Part = { readonly key: string; readonly from: string; months: MonthSet }
type Book = { account_fen: number; pooled_fen: number; own: MonthSet; received: Part[] }
type Booking = { readonly transferId: string; readonly leg: string; readonly stream: StreamName; readonly revision: number }

export type Reducer = {
  /** @param line needed by corrections and reversals only (see `needsLine`) */
  readonly add: (stream: StreamName, revision: number, event: LedgerEvent, line: LineBefore) => void
  /** The standing of one relation, by the facts alone; null when it has none. */
  readonly standingOf: (stream: string) => Amount | null
  /** Money standing in relations and between them, after the facts so far. */
  readonly money: () => { readonly standing: Money; readonly in_transit: Money }
  readonly mark: () => MoneyMark
  readonly finish: () => { readonly totals: Conservation; readonly violations: readonly Violation[] }
}

/** The line a correction or reversal names. */
export const needsLine = (event: LedgerEvent): string | null =>
  event.type === "ContributionCorrected" ? event.corrects : event.type === "ContributionReversed" ? event.reverses : null

const nothing = (): Amount => ({ account_fen: 0, pooled_fen: 0, months: 0 })
const put = (amount: Amount, account_fen: number, pooled_fen: number, months: number): void => {
  amount.account_fen += account_fen
  amount.pooled_fen += pooled_fen
  amount.months += months
}
const newBook = (): Book => ({ account_fen: 0, pooled_fen: 0, own: empty, received: [] })
const monthsOf = (book: Book): number => book.received.reduce((sum, part) => sum + size(part.months), size(book.own))
const countedOf = (book: Book): MonthSet => book.received.reduce((set, part) => union(set, part.months), book.own)

const sameMoved = (a: Moved, b: Moved): boolean =>
  a.account_fen === b.account_fen &&
  a.pooled_fen === b.pooled_fen &&
  a.bases_fen === b.bases_fen &&
  equals(ofRanges(a.months), ofRanges(b.months))

const movedText = (moved: Moved): string =>
  `${size(ofRanges(moved.months))} months, account ${moved.account_fen} fen, pooled ${moved.pooled_fen} fen, bases ${moved.bases_fen} fen`

type Sums = Omit<Conservation, "standing" | "expected" | "in_transit">

type Ledgers = {
  readonly books: Map<string, Book>
  readonly passages: Map<string, Passage>
  readonly bookings: Booking[]
  readonly sums: Sums
  readonly violations: Violation[]
}

type At = { readonly stream: StreamName; readonly revision: number }
type Say = (rule: MismatchRule, what: string) => void

/** Months that enter a relation's own books; one that is there already would count twice. */
const enter = (book: Book, from: YearMonth, to: YearMonth, say: Say): number => {
  const months = ofRange(from, to)
  const twice = intersection(book.own, months)
  if (!isEmpty(twice)) say("MONTH_COUNTED_TWICE", `${size(twice)} of the months ${from}..${to} are in the books already`)
  const before = size(book.own)
  book.own = union(book.own, months)
  return size(book.own) - before
}

const refund = (book: Book, event: Extract<EnrollmentEvent, { type: "ContributionRefunded" }>, sums: Sums): void => {
  const gone = ofRanges(event.months)
  const before = monthsOf(book)
  if (event.source === null) book.own = difference(book.own, gone)
  else for (const part of book.received) if (part.from === event.source) part.months = difference(part.months, gone)
  book.account_fen -= event.refund_fen
  put(sums.refunded, event.refund_fen, 0, before - monthsOf(book))
}

const passageOf = (passages: Map<string, Passage>, key: string): Passage => {
  const known = passages.get(key)
  if (known !== undefined) return known
  const fresh: Passage = { out: null, in: null, failed: false }
  passages.set(key, fresh)
  return fresh
}

const provinceOf = (stream: string): string => stream.slice("Enrollment-".length, "Enrollment-".length + 2)

const leave = (
  ledgers: Ledgers,
  book: Book,
  event: Extract<EnrollmentEvent, { type: "TransferredOut" }>,
  at: At,
  say: Say,
): void => {
  const counted = countedOf(book)
  if (!equals(counted, ofRanges(event.months)))
    say("TRANSFER_MONTHS_DIFFER", `sends ${size(ofRanges(event.months))} months, the books hold ${size(counted)}`)
  if (event.account_fen !== book.account_fen)
    say("TRANSFER_ACCOUNT_DIFFERS", `sends account ${event.account_fen} fen, the books hold ${book.account_fen} fen`)
  // Held twice (own and received, 先转后清): in a transfer they are one month.
  put(ledgers.sums.merged, 0, 0, monthsOf(book) - size(ofRanges(event.months)))
  book.account_fen -= event.account_fen
  book.pooled_fen -= event.pooled_fen
  book.own = empty
  book.received = []
  const passage = passageOf(ledgers.passages, `${event.transferId} ${provinceOf(at.stream)}`)
  if (passage.out !== null) say("SENT_TWICE", `transfer ${event.transferId} was sent from here before`)
  passage.out = { ...at, moved: event }
}

const arrive = (ledgers: Ledgers, book: Book, event: Extract<EnrollmentEvent, { type: "TransferredIn" }>, say: Say): void => {
  const key = `${event.transferId} ${event.from}`
  const passage = passageOf(ledgers.passages, key)
  if (passage.in !== null) say("BOOKED_TWICE", `transfer ${event.transferId} from ${event.from} was booked before`)
  else if (passage.out === null)
    say("IN_WITHOUT_OUT", `transfer ${event.transferId}: books ${movedText(event)} that ${event.from} has not sent`)
  else if (!sameMoved(passage.out.moved, event))
    say("TRANSFER_AMOUNTS_DIFFER", `sent: ${movedText(passage.out.moved)}; booked: ${movedText(event)}`)
  passage.in = event
  book.account_fen += event.account_fen
  book.pooled_fen += event.pooled_fen
  book.received.push({ key, from: event.from, months: ofRanges(event.months) })
}

const reduceEnrollment = (ledgers: Ledgers, book: Book, event: EnrollmentEvent, at: At, line: LineBefore, say: Say): void => {
  const { sums } = ledgers
  switch (event.type) {
    case "ContributionRecorded": {
      if (event.employer_fen + event.personal_fen + event.subsidy_fen !== event.pooled_fen + event.account_fen)
        say("SPLIT_DOES_NOT_ADD_UP", `line ${event.line}: what was paid is not what was put away`)
      put(sums.recorded, event.account_fen, event.pooled_fen, enter(book, event.from, event.to, say))
      book.account_fen += event.account_fen
      book.pooled_fen += event.pooled_fen
      return
    }
    case "ContributionCorrected": {
      if (line === null) return say("LINE_NOT_STANDING", `corrects line ${event.corrects}, which does not stand`)
      const account_fen = event.account_fen - line.account_fen
      const pooled_fen = event.pooled_fen - line.pooled_fen
      put(sums.corrected, account_fen, pooled_fen, 0)
      book.account_fen += account_fen
      book.pooled_fen += pooled_fen
      return
    }
    case "ContributionReversed": {
      if (line === null) return say("LINE_NOT_STANDING", `reverses line ${event.reverses}, which does not stand`)
      const before = size(book.own)
      book.own = difference(book.own, ofRange(line.from, line.to))
      book.account_fen -= line.account_fen
      book.pooled_fen -= line.pooled_fen
      put(sums.reversed, line.account_fen, line.pooled_fen, before - size(book.own))
      return
    }
    case "ContributionRefunded":
      return refund(book, event, sums)
    case "SubsidyCredited":
      book.account_fen += event.amount_fen
      return put(sums.subsidies, event.amount_fen, 0, 0)
    case "InterestCredited":
      book.account_fen += event.amount_fen
      return put(sums.interest, event.amount_fen, 0, 0)
    case "TransferredOut":
      return leave(ledgers, book, event, at, say)
    case "TransferredIn":
      return arrive(ledgers, book, event, say)
    case "EnrollmentOpened":
    case "EnrollmentSuspended":
    case "EnrollmentResumed":
    case "EnrollmentClosed":
    case "CapacityChanged":
      return
  }
}

const reduceTransfer = (ledgers: Ledgers, event: LedgerEvent, at: At): void => {
  const transferId = at.stream.slice("Transfer-".length)
  if (event.type === "LegBooked") ledgers.bookings.push({ transferId, leg: event.leg, ...at })
  if (event.type === "LegFailed") passageOf(ledgers.passages, `${transferId} ${event.leg}`).failed = true
}

/** At the end of the log: what is still on its way, and what a transfer calls done without the facts for it. */
const settlePassages = (ledgers: Ledgers): Amount => {
  const in_transit = nothing()
  for (const [key, passage] of ledgers.passages) {
    const { out } = passage
    if (out === null || passage.in !== null) continue
    put(in_transit, out.moved.account_fen, out.moved.pooled_fen, size(ofRanges(out.moved.months)))
    if (passage.failed)
      ledgers.violations.push({
        stream: out.stream,
        revision: out.revision,
        rule: "FAILED_LEG_LET_GO",
        what: `transfer ${key}: the leg has failed, but the money has left`,
      })
  }
  for (const { transferId, leg, stream, revision } of ledgers.bookings)
    if ((ledgers.passages.get(`${transferId} ${leg}`)?.in ?? null) === null)
      ledgers.violations.push({
        stream,
        revision,
        rule: "BOOKED_WITHOUT_IN",
        what: `leg ${leg} is called booked, but no relation has received it`,
      })
  return in_transit
}

const amountKeys = ["account_fen", "pooled_fen", "months"] as const

/** Both sides of law 1: what should be standing, and what is. */
const balance = (ledgers: Ledgers): Conservation => {
  const { sums } = ledgers
  const in_transit = settlePassages(ledgers)
  const standing = nothing()
  for (const book of ledgers.books.values()) put(standing, book.account_fen, book.pooled_fen, monthsOf(book))
  const expected = nothing()
  for (const key of amountKeys)
    expected[key] =
      sums.recorded[key] +
      sums.corrected[key] +
      sums.subsidies[key] +
      sums.interest[key] -
      sums.reversed[key] -
      sums.refunded[key] -
      sums.merged[key]
  return { ...sums, in_transit, standing, expected }
}

const enrollment = "Enrollment-"

/**
 * A reducer for events in log order. Violations are named with stream and revision; the reducer goes on after each.
 * @param from where another one stood: then only `money` and `mark` mean anything
 */
export const createReducer = (from?: MoneyMark): Reducer => {
  const ledgers: Ledgers = {
    books: new Map(),
    passages: copyOfPassages(from?.passages ?? new Map<string, Passage>()),
    bookings: [],
    sums: {
      recorded: nothing(),
      corrected: nothing(),
      reversed: nothing(),
      refunded: nothing(),
      subsidies: nothing(),
      interest: nothing(),
      merged: nothing(),
    },
    violations: [],
  }
  const standing = (): Money => {
    const sum = { account_fen: from?.standing.account_fen ?? 0, pooled_fen: from?.standing.pooled_fen ?? 0 }
    for (const book of ledgers.books.values()) {
      sum.account_fen += book.account_fen
      sum.pooled_fen += book.pooled_fen
    }
    return sum
  }
  return {
    money: () => ({ standing: standing(), in_transit: inTransit(ledgers.passages) }),
    mark: () => ({ standing: standing(), passages: copyOfPassages(ledgers.passages) }),
    add: (stream, revision, event, line) => {
      const at = { stream, revision }
      if (!stream.startsWith(enrollment)) return reduceTransfer(ledgers, event, at)
      let book = ledgers.books.get(stream)
      if (book === undefined) ledgers.books.set(stream, (book = newBook()))
      const say: Say = (rule, what) => ledgers.violations.push({ ...at, rule, what })
      reduceEnrollment(ledgers, book, event as EnrollmentEvent, at, line, say)
      if (book.account_fen < 0) say("ACCOUNT_NEGATIVE", `the personal account is ${book.account_fen} fen`)
    },
    standingOf: (stream) => {
      const book = ledgers.books.get(stream)
      return book === undefined
        ? null
        : { account_fen: book.account_fen, pooled_fen: book.pooled_fen, months: size(countedOf(book)) }
    },
    finish: () => {
      const totals = balance(ledgers)
      const { violations } = ledgers
      for (const key of amountKeys)
        if (totals.expected[key] !== totals.standing[key] + totals.in_transit[key])
          violations.push({
            stream: null,
            revision: -1,
            rule: "NOT_CONSERVED",
            what: `${key}: ${totals.expected[key]} came in and were not paid back, ${totals.standing[key]} stand and ${totals.in_transit[key]} are in transit`,
          })
      return { totals, violations }
    },
  }
}
