/** What comes back to the person when months of a relation are cleared (187号; 人社部发〔2014〕17号 Art 7). */
import type { YearMonth } from "@tongzhang/domain/month"
import { intersection, ofMonths, ofRange, size } from "@tongzhang/domain/month-set"
import { type Fen, fen, fraction } from "@tongzhang/domain/money"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { beginning, concluded, op } from "./describe.js"
import type { ExplainedRange } from "./months.js"

export const refundPartRule: Rule = {
  id: "overlap/refund-part",
  title: { zh: "一笔缴费的退费", en: "refund of one payment" },
  summary: {
    zh: "该笔应退金额（职工：个人账户部分；居民：个人缴费和集体补助）按清理月数占所含月数的比例，截位到分，分次清理之和不会超过原额。",
    en: "The part of a payment that is given back (employee: what went to the account; resident: own payment and collective subsidy), by the months cleared of the months paid for; cut to the fen, so that several clearings never give back more than was paid.",
  },
  unit: "fen",
  operands: {
    amount: op("应退部分", "what is given back of the payment", "fen"),
    from: op("起始月", "first month paid for", "month"),
    to: op("终止月", "last month paid for", "month"),
    cleared: op("清理月份", "months cleared", "month"),
  },
  versions: [
    {
      from: beginning,
      formula: "round(amount * count(both(months_of(from, to), cleared)) / count(months_of(from, to)), 1, down)",
      article: "人社部发〔2009〕187号: 重复缴费的个人账户部分退还本人; 人社部发〔2014〕17号 Art 7",
      source: "quoted by 缙云 jinyun.gov.cn",
      confidence: "secondary",
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { amount: 100_000, from: "2019-01", to: "2019-12", cleared: ["2019-03", "2019-04"] },
      value: 16_666,
      basis: "constructed",
    },
  ],
}

export const refundRule: Rule = {
  id: "overlap/refund",
  title: { zh: "退还本人金额", en: "refund to the person" },
  summary: { zh: "各笔退费之和。", en: "The refunds of all payments together." },
  unit: "fen",
  operands: { parts: op("各笔退费", "refunds of the payments", "fen") },
  versions: [{ ...refundPartRule.versions[0], formula: "sum(parts)" }],
  examples: [{ version: beginning, operands: { parts: [16_666, 8_333] }, value: 24_999, basis: "constructed" }],
}

export const residentRefundRule: Rule = {
  id: "overlap/resident-refund",
  title: { zh: "居民养老重复月份退费", en: "refund of a resident year" },
  summary: {
    zh: "年度个人缴费与集体补助除以12，乘以重复月数，退还本人；政府补贴及其利息留下。",
    en: "Own payment and collective subsidy of the year, divided by 12, times the shared months, go back; government subsidy and its interest stay.",
  },
  unit: "fen",
  operands: {
    individual: op("年度个人缴费", "own payment of the year", "fen"),
    collective: op("年度集体补助", "collective subsidy of the year", "fen"),
    months: op("重复月数", "shared months of the year", "months"),
  },
  versions: [
    {
      from: beginning,
      formula: "0",
      article: "before 人社部发〔2014〕17号 no national rule on this overlap",
      source: "tongzhang",
      confidence: "constructed",
    },
    {
      from: "2014-07-01",
      formula: "round((individual + collective) * months / 12, 1, half_up)",
      article: "人社部发〔2014〕17号 Art 7 and 经办规程: 按月折算退还个人缴费和集体补助; 政府补贴不退",
      source: "formula by month from memory of the 经办规程",
      confidence: "memory",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: 0, basis: "constructed" },
    {
      version: "2014-07-01",
      operands: { individual: 120_000, collective: 0, months: 8 },
      value: 80_000,
      basis: "constructed (DUP-03)",
    },
  ],
}

/** Share of one payment for the months cleared; `amount` is what would go back of the whole payment, fen. */
export const refundPart = (
  payment: ExplainedRange & { readonly amount: Valued<number>; readonly cleared: Valued<readonly string[]> },
): Explained<number> => {
  const { amount, from, to, cleared } = payment
  const paidFor = ofRange(from.value as YearMonth, to.value as YearMonth)
  const hit = size(intersection(paidFor, ofMonths(cleared.value as readonly YearMonth[])))
  return concluded(refundPartRule, beginning, { amount, from, to, cleared }, () =>
    fraction(fen(amount.value), hit, size(paidFor), "down"),
  )
}

export const refundOf = (parts: readonly Explained<number>[]): Explained<number> =>
  concluded(refundRule, beginning, { parts }, () => fen(parts.reduce((sum, part) => sum + part.value, 0)))

/** Refund of a resident year; `on` is the day of the clearing. Nothing before 2014-07-01. */
export const residentRefund = (
  on: string,
  year: { readonly individual: Valued<number>; readonly collective: Valued<number>; readonly months: Valued<number> },
): Explained<Fen> =>
  concluded(residentRefundRule, on, year, (version) =>
    version === beginning
      ? fen(0)
      : fraction(fen(year.individual.value + year.collective.value), year.months.value, 12, "half_up"),
  )
