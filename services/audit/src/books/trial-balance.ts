/**
 * The trial balance of the whole ledger as known at any position: one walk over the facts, held against two others who counted
 * the same money by themselves (conservation and, at the head, the record's statistics).
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { EventStore } from "@tongzhang/event-store/port"
import type { AccountCode } from "@tongzhang/record/books/accounts"
import { createBooks, type TrialBalance } from "@tongzhang/record/books/books"
import type { RecordDb } from "@tongzhang/record/database"
import { recordCheckpoint } from "@tongzhang/record/progress"
import { type Conservation, createReducer, needsLine } from "../conservation.js"
import { lineBefore } from "../facts.js"
import type { KnownAt } from "../known-at.js"
import { scanFacts } from "../scan.js"

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

type Deps = { readonly store: EventStore; readonly record: RecordDb }
type Options = { readonly knownAt: KnownAt; readonly province?: ProvinceCode | undefined; readonly signal: AbortSignal }

/** Streams whose events can move money. */
export const moneyPrefixes: readonly string[] = ["Enrollment-", "Transfer-", "Overlap-", "Benefit-"]

const creditOf = ({ rows }: TrialBalance, ...accounts: readonly AccountCode[]): number =>
  rows.reduce((sum, row) => (accounts.includes(row.account) ? sum - row.balance_fen : sum), 0)

const differing = (all: readonly TieOut[]): TieOut[] => all.filter((one) => one.books_fen !== one.other_fen)

const againstConservation = (books: TrialBalance, { standing, in_transit }: Conservation): TieOut[] =>
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

/** The record's own sums per province and scheme; null when it does not stand exactly at the head of the log. */
const againstRecord = async ({ store, record }: Deps, books: TrialBalance): Promise<TieOut[] | null> => {
  const [head, row, sums] = await Promise.all([
    store.head(),
    record.db.selectFrom("checkpoint").select("position").where("name", "=", recordCheckpoint).executeTakeFirst(),
    record.db
      .selectFrom("coverage")
      .select(["province", "scheme"])
      .select(({ fn }) => fn.sum<number>("account_fen").as("account_fen"))
      .groupBy(["province", "scheme"])
      .execute(),
  ])
  if (row === undefined || head === null || row.position < head) return null
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

export const trialBalance = async (deps: Deps, { knownAt, province, signal }: Options): Promise<BooksReport> => {
  const { store } = deps
  const headBefore = await store.head()
  const books = createBooks()
  const reducer = createReducer()
  const unreadable: { stream: BooksReport["unposted"][number]["stream"]; revision: number; cause: string }[] = []
  let position: string | null = null
  let events = 0
  for await (const scanned of scanFacts({ store, knownAt, prefixes: moneyPrefixes, signal })) {
    const { stream, revision } = scanned.fact
    position = scanned.fact.position
    events++
    if (!scanned.ok) {
      unreadable.push({ stream, revision, cause: scanned.cause })
      continue
    }
    const { event } = scanned
    const name = needsLine(event)
    const line = name === null ? null : await lineBefore(store, stream, name, revision)
    books.add(stream, revision, event, line)
    reducer.add(stream, revision, event, line)
  }
  signal.throwIfAborted()
  const whole = books.balance()
  const atHead = knownAt === null && (await store.head()) === headBefore
  const record = atHead ? await againstRecord(deps, whole) : null
  const differences = [...againstConservation(whole, reducer.finish().totals), ...(record ?? [])]
  const unposted = [...unreadable, ...whole.unposted]
  return {
    ...(province === undefined ? whole : books.balance(province)),
    unposted,
    province: province ?? null,
    position,
    events,
    ok: whole.debit_fen === whole.credit_fen && unposted.length === 0 && differences.length === 0,
    record: record === null ? "not at this position" : "compared",
    differences,
  }
}
