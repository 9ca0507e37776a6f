import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { accountName, accountTree } from "./books.js"
import type { BooksRow } from "./types.js"

const row = (account: string, province: string, debit_fen: number, credit_fen: number): BooksRow => ({
  account,
  province,
  scheme: "110",
  payer: "",
  debit_fen,
  credit_fen,
  balance_fen: debit_fen - credit_fen,
})

describe("the books as a tree", () => {
  it("puts accounts in the order of the chart, with their provinces below", () => {
    const tree = accountTree([
      row("pooled_fund", "44", 0, 70),
      row("personal_contributions", "31", 30, 0),
      row("pooled_fund", "31", 5, 40),
    ])
    expect(tree.map(({ account, nature, balance_fen }) => [account, nature, balance_fen])).toEqual([
      ["personal_contributions", "debit", 30],
      ["pooled_fund", "credit", -105],
    ])
    expect(tree[1]?.provinces.map(({ province, debit_fen, credit_fen }) => [province, debit_fen, credit_fen])).toEqual([
      ["44", 0, 70],
      ["31", 5, 40],
    ])
  })

  it("loses no fen: both sides of the tree are those of the rows", () => {
    const rows = fc.array(
      fc.tuple(
        fc.constantFrom("person_account", "pooled_fund", "subsidies"),
        fc.constantFrom("11", "31", "44"),
        fc.nat(1e9),
        fc.nat(1e9),
      ),
    )
    fc.assert(
      fc.property(rows, (given) => {
        const all = given.map(([account, province, debit, credit]) => row(account, province, debit, credit))
        const of = (list: readonly { debit_fen: number; credit_fen: number }[]) => [
          list.reduce((sum, one) => sum + one.debit_fen, 0),
          list.reduce((sum, one) => sum + one.credit_fen, 0),
        ]
        expect(of(accountTree(all))).toEqual(of(all))
        expect(of(accountTree(all).flatMap((node) => node.provinces))).toEqual(of(all))
      }),
    )
  })

  it("names accounts in both languages, and an unknown one by its code", () => {
    expect([accountName("pooled_fund", "zh"), accountName("pooled_fund", "en"), accountName("x", "zh")]).toEqual([
      "统筹基金",
      "pooled fund",
      "x",
    ])
  })
})
