/**
 * The trial balance of the whole ledger as known at any position, from the books kept by following the facts, held against two others
 * who counted the same money by themselves (conservation and, at the head, the record's statistics).
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { EventStore, Position } from "@tongzhang/event-store/port"
import type { AccountCode } from "@tongzhang/record/books/accounts"
import type { TrialBalance } from "@tongzhang/record/books/books"
import type { RecordDb } from "@tongzhang/record/database"
import { recordCheckpoint } from "@tongzhang/record/progress"
import type { KnownAt } from "../known-at.js"
import { moneyPrefixes } from "../scan.js"
import type { BooksAt, KeptBooks } from "./kept-books.js"

export type TieOut = {
  readonly what: string
  readonly books_fen: number
  readonly other_fen: number
}

export type BooksReport = TrialBalance & {
  readonly province: ProvinceCode | null
  /** Last fact taken in; null: none was known then. */
  readonly position: string | null
  readonly events: number
  /** Entries sum to zero, everything was posted, and nobody who counted the same money counted another sum. */
  readonly ok: boolean
  /** Held against: conservation always; the record only when it stands where the books do. */
  readonly record: "compared" | "not at this position"
  readonly differences: readonly TieOut[]
}

export type BalanceDeps = { readonly store: EventStore; readonly record: RecordDb; readonly books: KeptBooks }
type Options = {
  readonly knownAt: KnownAt
  readonly province?: ProvinceCode | undefined
  readonly signal: AbortSignal
  /** Forget what is kept and walk from the first fact. */
  readonly recount?: boolean
}

const creditOf = ({ rows }: TrialBalance, ...accounts: readonly AccountCode[]): number =>
  rows.reduce((sum, row) => (accounts.includes(row.account) ? sum - row.balance_fen : sum), 0)

const differing = (all: readonly TieOut[]): TieOut[] => all.filter((one) => one.books_fen !== one.other_fen)

const againstConservation = (books: TrialBalance, { standing, in_transit }: BooksAt["money"]): TieOut[] =>
  differing([
    { what: "personal accounts", books_fen: creditOf(books, "person_account"), other_fen: standing.account_fen },
    { what: "pooled funds", books_fen: creditOf(books, "pooled_fund"), other_fen: standing.pooled_fen },
    {
      what: "in transit or received, accounts",
      books_fen: creditOf(books, "in_transit_account", "received_account"),
      other_fen: in_transit.account_fen,
    },
    {
      what: "in transit or received, pooled",
      books_fen: creditOf(books, "in_transit_pooled", "received_pooled"),
      other_fen: in_transit.pooled_fen,
    },
  ])

/**
 * The record's own sums per province and scheme; null when it does not stand where the books do. It does when it has folded their last
 * fact and no later fact about money has come: reads of records may go on all the while.
 */
const againstRecord = async ({ store, record }: BalanceDeps, books: TrialBalance, last: Position): Promise<TieOut[] | null> => {
  const { db } = record
  const row = await db.selectFrom("checkpoint").select("position").where("name", "=", recordCheckpoint).executeTakeFirst()
  if (row === undefined || row.position < last) return null
  const sums = await db
    .selectFrom("coverage")
    .select(["province", "scheme"])
    .select(({ fn }) => fn.sum<number>("account_fen").as("account_fen"))
    .groupBy(["province", "scheme"])
    .execute()
  if ((await store.readAll({ after: last, max: 1, prefixes: moneyPrefixes })).events.length > 0) return null
  const mine = new Map<string, number>()
  for (const { account, province, scheme, balance_fen } of books.rows)
    if (account === "person_account") mine.set(`${province} ${scheme ?? ""}`, -balance_fen)
  return differing(
    sums.map(({ province, scheme, account_fen }) => ({
      what: `personal accounts of ${province} ${scheme} in the record`,
      books_fen: mine.get(`${province} ${scheme}`) ?? 0,
      other_fen: account_fen,
    })),
  )
}

export const trialBalance = async (deps: BalanceDeps, { knownAt, province, signal, recount }: Options): Promise<BooksReport> => {
  const at = await deps.books.at(knownAt, { signal, recount: recount ?? false })
  const whole = at.balance()
  const record = knownAt === null && at.position !== null ? await againstRecord(deps, whole, at.position) : null
  const differences = [...againstConservation(whole, at.money), ...(record ?? [])]
  const unposted = [...at.unreadable, ...whole.unposted]
  return {
    ...(province === undefined ? whole : at.balance(province)),
    unposted,
    province: province ?? null,
    position: at.position,
    events: at.events,
    ok: whole.debit_fen === whole.credit_fen && unposted.length === 0 && differences.length === 0,
    record: record === null ? "not at this position" : "compared",
    differences,
  }
}
