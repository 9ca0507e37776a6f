import type { ProvinceCode } from "@tongzhang/domain/codes"
import { addMonths, month, type YearMonth } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { given, type Unit, type Valued, type Value } from "../explain/explained.js"
import { disagreements } from "../test-kit/recompute.js"
import { explainPlaceOfReceipt, type ReceiptStay } from "./place-of-receipt-explained.js"
import { placeOfReceipt } from "./place-of-receipt.js"
import { explainTemporaryAccount } from "./temporary-account.js"
import { explainTemporaryMoney, explainTransferMoney, partBases, rateCorrection, yearBases } from "./transfer-money-explained.js"
import { transferMoney } from "./transfer-money.js"
import { untransferableMonths } from "./untransferable.js"

const is = <T extends Value>(value: T, unit: Unit): Valued<T> => given(value, unit, "测试", "test")
const code = (value: ProvinceCode): Valued<ProvinceCode> => is(value, "code")
const amount = (value: number): Valued<number> => is(value, "fen")
const fact = (event: string, field: string, value: number): Valued<number> => ({
  kind: "fact",
  eventId: event,
  stream: "Enrollment-44_110_p",
  field,
  value,
  unit: "fen",
})

const stay = (province: ProvinceCode, from: string, to: string, months: number, temporary = false, held = 0): ReceiptStay => ({
  province: code(province),
  from: month(from),
  to: month(to),
  months: is(months, "months"),
  temporary: is(temporary, "flag"),
  ...(held === 0 ? {} : { untransferable: is(held, "months") }),
})

describe("place of receipt, explained", () => {
  const stays = [stay("44", "2013-01", "2023-08", 128, false, 40), stay("33", "2023-09", "2025-06", 22)]
  it("40 months without a document leave 88: nobody has ten years, the hukou province takes all", () => {
    const { place, branch, tests } = explainPlaceOfReceipt({ on: "2025-07-01", hukou: code("51"), current: code("33"), stays })
    expect([place.value, branch.value]).toEqual(["51", "HUKOU_FALLBACK"])
    expect(tests.map((test) => test.holds)).toEqual([false, false, false, true])
    expect(disagreements(place)).toEqual([])
    expect(place.article).toContain("66号 Art 6")
  })
  it("before 2010 no national rule says where", () => {
    const { place, branch } = explainPlaceOfReceipt({ on: "2009-06-01", hukou: code("51"), current: code("33"), stays })
    expect([place.value, branch.value, place.confidence]).toEqual([null, null, "memory"])
    expect(disagreements(place, "2009-06-01")).toEqual([])
  })

  const provinces = fc.constantFrom<ProvinceCode>("11", "31", "44", "51")
  const stayArb = fc
    .tuple(provinces, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 200 }), fc.boolean(), fc.nat({ max: 60 }))
    .map(([province, start, months, temporary, held]): ReceiptStay => {
      const from = addMonths(month("1990-01"), start)
      return { ...stay(province, from, addMonths(from, months - 1), months, temporary, held) }
    })
  it("is what the plain rule says, and every step can be derived again", () => {
    fc.assert(
      fc.property(provinces, provinces, fc.array(stayArb, { maxLength: 6 }), (hukou, current, stays) => {
        const { place, branch } = explainPlaceOfReceipt({ on: "2026-01-01", hukou: code(hukou), current: code(current), stays })
        const plain = placeOfReceipt({
          hukou,
          current,
          segments: stays.map((one) => ({
            province: one.province.value,
            from: one.from,
            to: one.to,
            months: one.months.value,
            temporary: one.temporary.value,
            untransferable: one.untransferable?.value ?? 0,
          })),
        })
        expect([place.value, branch.value]).toEqual([plain.province, plain.rule])
        expect(disagreements(place, "2026-01-01")).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe("temporary account, explained", () => {
  const man = {
    sex: is("male" as const, "code"),
    birthMonth: is(month("1970-03"), "month"),
    province: code("31"),
    hukou: code("51"),
  }
  const from = is(month("2021-06"), "month")
  it("opened for a man of 51 outside the hukou province; not before 2010, not where he was insured before 2010", () => {
    expect(explainTemporaryAccount({ on: "2021-06-01", ...man, from }).value).toBe(true)
    expect(explainTemporaryAccount({ on: "2009-06-01", ...man, from }).value).toBe(false)
    const earlier = explainTemporaryAccount({ on: "2021-06-01", ...man, from, insuredHereSince: is(month("2008-02"), "month") })
    expect(earlier.value).toBe(false)
    expect(disagreements(earlier)).toEqual([])
  })
  it("every combination can be derived again", () => {
    const flag = fc.boolean().map((value) => is(value, "flag"))
    const since = fc.constantFrom<YearMonth | null>(null, month("2009-12"), month("2010-01"))
    fc.assert(
      fc.property(
        fc.constantFrom("male", "female"),
        fc.integer({ min: 440, max: 620 }),
        flag,
        flag,
        since,
        fc.constantFrom("31", "51", null),
        (...d) => {
          const [sex, age, officialTransfer, ordinaryAccountHere, first, hukou] = d
          const birth = month("1970-03")
          const answer = explainTemporaryAccount({
            on: "2025-01-01",
            sex: is(sex, "code"),
            birthMonth: is(birth, "month"),
            from: is(addMonths(birth, age), "month"),
            province: code("31"),
            hukou: is(hukou, "code"),
            officialTransfer,
            ordinaryAccountHere,
            insuredHereSince: is(first, "month"),
          })
          expect(disagreements(answer, "2025-01-01")).toEqual([])
        },
      ),
    )
  })
})

describe("money of a transfer, explained", () => {
  const years = [
    yearBases({ year: is(2018, "count"), base: amount(500_000), months: is(12, "months") }),
    yearBases({ year: is(2019, "count"), base: amount(600_000), months: is(12, "months") }),
    yearBases({ year: is(1997, "count"), base: amount(60_000), months: is(12, "months") }),
  ]
  it("MONEY-01: account and 12 % of the bases, nothing pooled for 1997", () => {
    const money = explainTransferMoney({ on: "2020-06-01", balances: [amount(1_106_025)], bases: years })
    expect([money.account.value, money.pooled.value, money.total.value]).toEqual([1_106_025, 1_584_000, 2_690_025])
    expect(disagreements(money.total)).toEqual([])
  })
  it("before 2010 the account moves alone; inside a province nothing does", () => {
    const inquiry = { balances: [amount(1_106_025)], bases: years }
    expect(explainTransferMoney({ on: "2008-06-01", ...inquiry }).total.value).toBe(1_106_025)
    const local = explainTransferMoney({ on: "2020-06-01", ...inquiry, sameProvince: is(true, "flag") })
    expect([local.total.value, disagreements(local.total)]).toEqual([0, []])
  })
  it("a line over New Year 1998 gives the bases of 1998 only, less the months left out; its leaves are events", () => {
    const line = { from: is("1997-10", "month"), to: is("1998-06", "month"), base: fact("e-7", "base_fen", 50_000) }
    expect(partBases(line).value).toBe(300_000)
    const cleared = partBases({ ...line, excluded: is(["1997-12", "1998-02"], "month") })
    expect(cleared.value).toBe(250_000)
    expect(cleared.operands["base"]).toMatchObject({ kind: "fact", eventId: "e-7", field: "base_fen" })
    expect(disagreements(cleared)).toEqual([])
  })
  it("the rate of 1998-2005 is corrected to 11 %: topped up, or the excess stays; by nobody before 2010", () => {
    const row = { year: is(2003, "count"), base: amount(100_000), months: is(12, "months") }
    const low = rateCorrection("2020-01-01", { ...row, bookedRate: is("0.08", "rate") })
    const high = rateCorrection("2020-01-01", { ...row, bookedRate: is("0.12", "rate") })
    expect([low.value, high.value]).toEqual([36_000, -12_000])
    expect(rateCorrection("2009-01-01", { ...row, bookedRate: is("0.08", "rate") }).value).toBe(0)
    const money = explainTransferMoney({ on: "2020-01-01", balances: [amount(500_000)], corrections: [low, high], bases: [] })
    expect([money.account.value, disagreements(money.total)]).toEqual([524_000, []])
  })
  it("MONEY-06: a temporary account moves all that was paid", () => {
    const moved = explainTemporaryMoney("2020-01-01", [amount(1_920_000), amount(960_000), amount(91_234)])
    expect([moved.value, disagreements(moved)]).toEqual([2_971_234, []])
  })
  it("is what the plain rule says for any bases, and never more for received months than came", () => {
    const fens = fc.integer({ min: 0, max: 50_000_000 })
    const received = fc.array(fc.record({ bases: fens.map(amount), pooled: fens.map(amount) }), { maxLength: 3 })
    fc.assert(
      fc.property(fens, fc.array(fens, { maxLength: 4 }), received, (account, bases, received) => {
        const money = explainTransferMoney({ on: "2024-01-01", balances: [amount(account)], bases: bases.map(amount), received })
        expect(disagreements(money.total, "2024-01-01")).toEqual([])
        const all = bases.reduce((a, b) => a + b, 0)
        const plain = transferMoney({ temporary: false, account_fen: fen(account), bases_fen: fen(all), pooled_fen: fen(0) })
        if (received.length === 0) expect(money.total.value).toBe(plain.total_fen)
        const brought = received.reduce((sum, one) => sum + one.pooled.value, 0)
        expect(money.pooled.value).toBeLessThanOrEqual(plain.pooled_fen + brought)
      }),
    )
  })
})

describe("months that do not travel", () => {
  const payment = (months: number, paidOn: string, documentOn: string | null, committed = false) => ({
    months: is(months, "months"),
    paidOn: is(paidOn, "date"),
    committed: is(committed, "flag"),
    documentOn: is(documentOn, "date"),
  })
  it.each([
    ["under three years: all travel", 35, "2018-05-02", null, false, 0],
    ["exactly three years without a document", 36, "2018-05-02", null, false, 36],
    ["with a document issued before the payment", 40, "2018-05-02", "2018-04-30", false, 0],
    ["with one issued on the day of the payment", 40, "2018-05-02", "2018-05-02", false, 40],
    ["paid before 2016-5号 with a commitment", 60, "2012-01-10", null, true, 0],
    ["paid before 2016-5号 without", 60, "2012-01-10", "2011-01-10", false, 60],
  ])("%s", (_text, months, paidOn, documentOn, committed, held) => {
    const answer = untransferableMonths("2025-01-01", payment(months, paidOn, documentOn, committed))
    expect([answer.value, disagreements(answer)]).toEqual([held, []])
  })
  it("a later document did before 94号, and nothing was asked before 2016-5号", () => {
    const late = payment(40, "2018-05-02", "2018-06-01")
    expect(untransferableMonths("2018-09-01", late).value).toBe(0)
    expect(untransferableMonths("2019-09-29", late).value).toBe(40)
    expect(untransferableMonths("2016-11-27", payment(40, "2014-05-02", null)).value).toBe(0)
  })
})
