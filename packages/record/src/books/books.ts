/**
 * The books kept by following the log: balances by account, province, scheme and payer, and what later events need to know of
 * earlier ones. Independent of the record's fold and of audit's conservation, so that the three can be held against each other.
 */
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { Amounts } from "@tongzhang/domain/enrollment-ledger"
import { parseStreamName, personOf, type StreamName } from "@tongzhang/domain/stream-name"
import { type AccountCode, accountCodes } from "./accounts.js"
import { type Known, type OpenRefund, type Place, type Posting, postingsOf } from "./postings.js"

export type BalanceRow = {
  readonly account: AccountCode
  readonly province: ProvinceCode
  readonly scheme: SchemeCode | null
  readonly payer: string
  /** Turnover on each side, both positive. */
  readonly debit_fen: number
  readonly credit_fen: number
  /** debit - credit */
  readonly balance_fen: number
}

export type Unposted = { readonly stream: StreamName; readonly revision: number; readonly cause: string }

export type TrialBalance = {
  readonly rows: readonly BalanceRow[]
  readonly debit_fen: number
  readonly credit_fen: number
  /** Entries of one event that did not sum to zero, and events that could not be posted. */
  readonly unposted: readonly Unposted[]
  /** Events that moved money. */
  readonly posted: number
}

export type Books = {
  /**
   * The event's entries; none for one that moves no money or could not be posted.
   * @param line of a correction or reversal: the line it names as it stands; null for all others
   */
  readonly add: (stream: StreamName, revision: number, event: LedgerEvent, line: Amounts | null) => readonly Posting[]
  /** @param province only its rows; a single province need not balance, as money leaves it */
  readonly balance: (province?: ProvinceCode) => TrialBalance
  /** Where these books stand; they go on, and others may be opened from there. */
  readonly mark: () => BooksMark
}

/** Balances of a place in the log, and what the facts after it may ask for. */
export type BooksMark = {
  readonly rows: ReadonlyMap<string, Readonly<Row>>
  /** Shared with the books that go on: a claim or transfer is named once and for ever, so knowing a later one does no harm. */
  readonly claims: Map<string, ProvinceCode>
  readonly transfers: Map<string, ProvinceCode>
  readonly refunds: ReadonlyMap<string, readonly OpenRefund[]>
  readonly unposted: readonly Unposted[]
  readonly posted: number
}

type Row = { -readonly [K in keyof BalanceRow]: BalanceRow[K] }

type State = {
  readonly rows: Map<string, Row>
  readonly claims: Map<string, ProvinceCode>
  readonly transfers: Map<string, ProvinceCode>
  readonly refunds: Map<string, readonly OpenRefund[]>
  readonly unposted: Unposted[]
  posted: number
}

const relationOf = (parts: readonly string[]): Place => ({
  province: parts[0] as ProvinceCode,
  scheme: parts[1] as SchemeCode,
})

/** A case paid again after its first clearing carries `#2`; the clearing names the case. */
const caseKey = (stream: StreamName, caseId: string): string => `${personOf(stream) ?? ""} ${caseId.split("#")[0] ?? ""}`

const placeOf = (state: State, stream: StreamName, event: LedgerEvent): Place | null => {
  const parsed = parseStreamName(stream)
  if (parsed?.category === "Enrollment") return relationOf(parsed.parts)
  if (parsed?.category !== "Benefit" || !("claim" in event)) return null
  const province = state.claims.get(`${stream} ${event.claim}`)
  return province === undefined ? null : { province, scheme: parsed.parts[1] as SchemeCode }
}

const knownOf = (state: State, stream: StreamName, event: LedgerEvent, line: Amounts | null): Known => ({
  place: placeOf(state, stream, event),
  line,
  transferTo: state.transfers.get(stream) ?? null,
  refunds: event.type === "OverlapCleared" ? (state.refunds.get(caseKey(stream, event.case)) ?? []) : [],
})

/** What later events will ask for. */
const remember = (state: State, stream: StreamName, event: LedgerEvent): void => {
  if (event.type === "BenefitClaimed") state.claims.set(`${stream} ${event.claim}`, event.province)
  else if (event.type === "TransferRequested") state.transfers.set(stream, event.to)
  else if (event.type === "OverlapCleared") state.refunds.delete(caseKey(stream, event.case))
  else if (event.type === "ContributionRefunded" && event.refund_fen > 0) {
    const place = placeOf(state, stream, event)
    if (place === null) return
    const key = caseKey(stream, event.overlapCase)
    state.refunds.set(key, [...(state.refunds.get(key) ?? []), { ...place, amount_fen: event.refund_fen }])
  }
}

const enter = (rows: Map<string, Row>, { account, province, scheme, payer, amount_fen }: Posting): void => {
  const key = `${account} ${province} ${scheme ?? ""} ${payer}`
  let row = rows.get(key)
  if (row === undefined) rows.set(key, (row = { account, province, scheme, payer, debit_fen: 0, credit_fen: 0, balance_fen: 0 }))
  if (amount_fen > 0) row.debit_fen += amount_fen
  else row.credit_fen -= amount_fen
  row.balance_fen += amount_fen
}

const orderOf = (row: BalanceRow): string =>
  `${String(accountCodes.indexOf(row.account)).padStart(2, "0")} ${row.province} ${row.scheme ?? ""} ${row.payer}`

const copied = (rows: BooksMark["rows"]): Map<string, Row> => new Map([...rows].map(([key, row]) => [key, { ...row }]))

/** @param from where other books stood; default: before the first fact */
export const createBooks = (from?: BooksMark): Books => {
  const state: State = {
    rows: copied(from?.rows ?? new Map<string, Row>()),
    claims: from?.claims ?? new Map(),
    transfers: from?.transfers ?? new Map(),
    refunds: new Map(from?.refunds),
    unposted: [...(from?.unposted ?? [])],
    posted: from?.posted ?? 0,
  }
  return {
    mark: () => {
      const { rows, claims, transfers, refunds, unposted, posted } = state
      return { rows: copied(rows), claims, transfers, refunds: new Map(refunds), unposted: [...unposted], posted }
    },
    add: (stream, revision, event, line) => {
      const outcome = postingsOf(event, knownOf(state, stream, event, line))
      remember(state, stream, event)
      if (!outcome.ok) {
        state.unposted.push({ stream, revision, cause: outcome.cause })
        return []
      }
      if (outcome.postings.length === 0) return []
      const sum_fen = outcome.postings.reduce((sum, { amount_fen }) => sum + amount_fen, 0)
      if (sum_fen !== 0) state.unposted.push({ stream, revision, cause: `its entries sum to ${sum_fen} fen, not to zero` })
      for (const posting of outcome.postings) enter(state.rows, posting)
      state.posted++
      return outcome.postings
    },
    balance: (province) => {
      const rows = [...state.rows.values()]
        .filter((row) => province === undefined || row.province === province)
        .map((row) => ({ ...row }))
        .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
      const sumOf = (field: "debit_fen" | "credit_fen"): number => rows.reduce((sum, row) => sum + row[field], 0)
      return {
        rows,
        debit_fen: sumOf("debit_fen"),
        credit_fen: sumOf("credit_fen"),
        unposted: [...state.unposted],
        posted: state.posted,
      }
    },
  }
}
