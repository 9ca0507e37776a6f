import { type Fen, fen } from "@tongzhang/domain/money"
import { month } from "@tongzhang/domain/month"
import { describe, expect, it } from "vitest"
import { temporaryAccount } from "./temporary-account.js"
import { pooledShare, transferMoney } from "./transfer-money.js"

const yuan = (value: number): Fen => fen(Math.round(value * 100))
const ordinary = (account: number, bases: number) =>
  transferMoney({ temporary: false, account_fen: yuan(account), bases_fen: yuan(bases), pooled_fen: yuan(999_999) })

describe("what money moves (66号 Art 4)", () => {
  it.each([
    ["MONEY-01 two years", 11_060.25, 5_000 * 12 + 6_000 * 12, 15_840, 26_900.25],
    ["MONEY-02 less than a year: the months really paid", 1_920.2, 4_800.5 * 5, 2_880.3, 4_800.5],
    ["MONEY-03 with an account from before 1998", 1_234.56 + 20_000, 100_000, 12_000, 33_234.56],
    ["MONEY-05 the employer paid 14 %: 12 % of the base still moves", 4_800, 5_000 * 12, 7_200, 12_000],
    ["MONEY-07 only before 1998: nothing pooled", 812.4, 0, 0, 812.4],
  ])("%s", (_id, account, bases, pooled, total) => {
    expect(ordinary(account, bases)).toMatchObject({
      account_fen: yuan(account),
      pooled_fen: yuan(pooled),
      total_fen: yuan(total),
    })
  })

  it("MONEY-06 a temporary account moves all that was paid, with interest", () => {
    const paid = { account_fen: yuan(5_000 * 24 * 0.08 + 912.34), pooled_fen: yuan(5_000 * 24 * 0.16) }
    const money = transferMoney({ temporary: true, bases_fen: yuan(5_000 * 24), ...paid })
    expect(money).toMatchObject({ total_fen: yuan(29_712.34), citation: { rule: "temporary-account" } })
  })

  it("12 % is rounded half up to the fen", () => {
    expect(pooledShare(fen(4))).toBe(0)
    expect(pooledShare(fen(5))).toBe(1)
    expect(pooledShare(fen(1_004))).toBe(120)
    expect(pooledShare(fen(1_013))).toBe(122)
  })
})

describe("temporary account (66号 Art 5)", () => {
  const man = { sex: "male", birthMonth: month("1970-03"), province: "31", hukou: "51" } as const
  it("a man from his 50th birthday month on, outside the hukou province", () => {
    expect(temporaryAccount({ ...man, from: month("2020-02") }).temporary).toBe(false)
    expect(temporaryAccount({ ...man, from: month("2020-03") }).temporary).toBe(true)
  })
  it("a woman from 40", () => {
    const woman = { ...man, sex: "female", birthMonth: month("1980-03") } as const
    expect(temporaryAccount({ ...woman, from: month("2020-02") }).temporary).toBe(false)
    expect(temporaryAccount({ ...woman, from: month("2020-03") }).temporary).toBe(true)
  })
  it("not in the hukou province, not by an official transfer, not where an ordinary account stands", () => {
    const from = month("2022-01")
    expect(temporaryAccount({ ...man, from, province: "51" }).temporary).toBe(false)
    expect(temporaryAccount({ ...man, from, officialTransfer: true }).temporary).toBe(false)
    expect(temporaryAccount({ ...man, from, ordinaryAccountHere: true }).temporary).toBe(false)
    expect(temporaryAccount({ ...man, from, hukou: null }).temporary).toBe(false)
  })
})
