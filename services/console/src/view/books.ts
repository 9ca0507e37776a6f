/** The trial balance as a tree of accounts, and as a chart of both sides. */
import { type AccountCode, accountCodes, accounts } from "@tongzhang/record/books/accounts"
import type { Language } from "./places.js"
import type { BooksRow } from "./types.js"

type Sums = { readonly debit_fen: number; readonly credit_fen: number; readonly balance_fen: number }
export type AccountNode = Sums & {
  readonly account: AccountCode
  /** On which side the account usually stands. */
  readonly nature: "debit" | "credit"
  readonly provinces: readonly (Sums & { readonly province: string; readonly rows: readonly BooksRow[] })[]
}

const sum = (rows: readonly Sums[]): Sums => ({
  debit_fen: rows.reduce((all, row) => all + row.debit_fen, 0),
  credit_fen: rows.reduce((all, row) => all + row.credit_fen, 0),
  balance_fen: rows.reduce((all, row) => all + row.balance_fen, 0),
})

/** Accounts in the order of the chart of accounts, each with its provinces; accounts without an entry are left out. */
export const accountTree = (rows: readonly BooksRow[]): AccountNode[] =>
  accountCodes.flatMap((account) => {
    const mine = rows.filter((row) => row.account === account)
    if (mine.length === 0) return []
    const codes = [...new Set(mine.map(({ province }) => province))]
    const provinces = codes.map((province) => {
      const part = mine.filter((row) => row.province === province)
      return { province, rows: part, ...sum(part) }
    })
    return [{ account, nature: accounts[account].nature, provinces, ...sum(mine) }]
  })

export const accountName = (account: string, language: Language): string =>
  Object.hasOwn(accounts, account) ? accounts[account as AccountCode][language] : account

/** `2026-11-22`, a moment, or a log position. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/u.test(text)
