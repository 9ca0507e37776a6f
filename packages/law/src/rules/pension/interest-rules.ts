/** Texts, formulas and versions of the interest on personal accounts (`interest.ts` computes them). */
import type { Rule, RuleVersion } from "../../explain/rule.js"
import { rulings } from "./rulings.js"

const version = (formula: string): readonly [RuleVersion] => [
  {
    from: "1998-01-01",
    formula,
    article: "社会保险法 Art 14: 记账利率不得低于银行定期存款利率; 人社部发〔2017〕31号: 统一公布记账利率",
    source: "rates as published; the method from memory (law.md §6.5)",
    confidence: "memory",
  },
]

const rate = { zh: "记账利率", en: "rate of the year", unit: "rate" } as const
const last = { zh: "当年计息至第几月", en: "last month of the year that earns", unit: "count" } as const
const opening = { zh: "年初余额", en: "opening balance", unit: "fen" } as const

export const openingInterestRule: Rule = {
  id: "interest/opening",
  title: { zh: "历年储存额利息", en: "interest on the opening balance" },
  summary: {
    zh: "年初余额按当年记账利率计息，退休当年计至领取待遇前一个月。",
    en: "Opening balance × rate of the year; in the year of retirement up to the month before the pension.",
  },
  unit: "fen",
  operands: { opening, rate, last },
  versions: version("round(opening * rate * last / 12, 1, half_up)"),
  examples: [
    { version: "1998-01-01", operands: { opening: 10000000, rate: "0.0262", last: 12 }, value: 262000, basis: "constructed" },
    { version: "1998-01-01", operands: { opening: 10000000, rate: "0.015", last: 5 }, value: 62500, basis: "constructed" },
  ],
}

export const earningMonthsRule: Rule = {
  id: "interest/earning-months",
  title: { zh: "当月本金计息月数", en: "months that a payment earns in its year" },
  summary: {
    zh: "当年记账本金自到账次月（或本省规定的月份）起计息。",
    en: "A payment earns from the month after (or as the province does) to the last month that earns.",
  },
  unit: "months",
  operands: {
    month: { zh: "记账月份", en: "month of the payment", unit: "month" },
    last,
    method: { zh: "计息办法（本省做法）", en: "how the place counts", unit: "text" },
  },
  versions: version(
    `if(method = "from-next-month", max(0, last - month_of(month)), if(method = "from-same-month", max(0, last + 1 - month_of(month)), if(method = "whole-year", last, 0)))`,
  ),
  examples: [
    {
      version: "1998-01-01",
      operands: { month: "2024-01", last: 12, method: "from-next-month" },
      value: 11,
      basis: "constructed",
    },
    {
      version: "1998-01-01",
      operands: { month: "2024-12", last: 12, method: "from-same-month" },
      value: 1,
      basis: "constructed",
    },
  ],
  openQuestions: [rulings.interest],
}

export const principalInterestRule: Rule = {
  id: "interest/principal",
  title: { zh: "当年本金利息", en: "interest on the year's principal" },
  summary: {
    zh: "月积数法：当年各月本金乘以计息月数之和，乘以月利率。",
    en: "Month products: sum of amount × months, times a twelfth of the rate.",
  },
  unit: "fen",
  operands: {
    amounts: { zh: "各月记账本金", en: "amounts booked", unit: "fen" },
    months: { zh: "计息月数", en: "months that each earns", unit: "months" },
    rate,
  },
  versions: version("round(dot(amounts, months) * rate / 12, 1, half_up)"),
  examples: [
    {
      version: "1998-01-01",
      operands: { amounts: [40000, 40000, 40000], months: [11, 10, 9], rate: "0.0262" },
      value: 2620,
      basis: "constructed",
    },
  ],
  openQuestions: [rulings.interest],
}

export const closingRule: Rule = {
  id: "interest/closing",
  title: { zh: "年末余额", en: "closing balance" },
  summary: {
    zh: "年初余额加当年本金加利息，减当年支出。",
    en: "Opening balance, principal of the year and interest, less what was paid out.",
  },
  unit: "fen",
  operands: {
    opening,
    principal: { zh: "当年本金", en: "principal of the year", unit: "fen" },
    interest: { zh: "当年利息", en: "interest of the year", unit: "fen" },
    paidOut: { zh: "当年支出", en: "paid out in the year", unit: "fen" },
  },
  versions: version("opening + sum(principal) + sum(interest) - sum(paidOut)"),
  examples: [
    {
      version: "1998-01-01",
      operands: { opening: 1000000, principal: [100000], interest: [10000], paidOut: [50000] },
      value: 1060000,
      basis: "sample of GB/T 40217-2021 (个人账户明细表)",
    },
  ],
}

export const restatementRule: Rule = {
  id: "interest/restatement",
  title: { zh: "利息调整", en: "restatement" },
  summary: {
    zh: "记账利率公布后重新计息，与原记账余额的差额另行记账，原记录不改。",
    en: "When a rate arrives late the account is computed again; the difference is a step of its own, the old one stays.",
  },
  unit: "fen",
  operands: {
    restated: { zh: "重算后年末余额", en: "closing balance as it is now", unit: "fen" },
    stated: { zh: "原年末余额", en: "closing balance as it was stated", unit: "fen" },
  },
  versions: version("restated - stated"),
  examples: [{ version: "1998-01-01", operands: { restated: 1026200, stated: 1000000 }, value: 26200, basis: "constructed" }],
}
