/** Numbers of one relation 参保关系: months, account, pooled share, bases. */
import { all, recordRule, scope } from "./shape.js"

const { stream, from, until, transfer, province, line, field } = scope
const twoMonths = ["2024-01", "2024-02"]

export const monthsPaidRule = recordRule({
  id: "months-paid",
  title: { zh: "本地缴费月数", en: "months paid here" },
  summary: {
    zh: "本关系缴费且仍在本地计算的月份；已冲正、已清退、已转出的不计。",
    en: "Months paid in this relation that still count here; reversed, refunded and transferred ones do not.",
  },
  unit: "months",
  operands: { stream, until, months: all("月份", "months", "month", { of: "months", which: "own" }) },
  formula: "count(months)",
  example: { stream: "Enrollment-44_110_…", until: null, months: twoMonths },
  value: 2,
})

export const monthsStandingRule = recordRule({
  id: "months-standing",
  title: { zh: "计算月数", en: "months that count" },
  summary: {
    zh: "本地缴费的月份与转入的月份，每个月只算一次。",
    en: "Months paid here and months brought in, each calendar month once.",
  },
  unit: "months",
  operands: { stream, from, until, months: all("月份", "months", "month", { of: "months", which: "standing" }) },
  formula: "count(months)",
  example: { stream: "Enrollment-44_110_…", from: null, until: null, months: twoMonths },
  value: 2,
})

export const lateMonthsRule = recordRule({
  id: "late-months",
  title: { zh: "补缴月数", en: "months paid late" },
  summary: { zh: "补缴或一次性缴纳、未被冲正的月份。", en: "Months paid late or in one sum, and not reversed." },
  unit: "months",
  operands: { stream, months: all("月份", "months", "month", { of: "months", which: "late" }) },
  formula: "count(months)",
  example: { stream: "Enrollment-44_110_…", months: twoMonths },
  value: 2,
})

const events = (type: string, amount: string) => ({ of: "events", types: [type], field: amount }) as const

export const accountRule = recordRule({
  id: "account",
  title: { zh: "个人账户", en: "personal account" },
  summary: {
    zh: "各笔缴费计入个人账户的部分（更正后的金额），加补贴、利息和转入，减清退和转出。",
    en: "What each payment put into the account (as corrected), subsidies, interest and transfers in, less refunds and transfers out.",
  },
  unit: "fen",
  operands: {
    stream,
    lines: all("缴费计入账户", "account part of the payments", "fen", { of: "lines", field: "account_fen" }),
    subsidies: all("补贴", "subsidies", "fen", events("SubsidyCredited", "amount_fen")),
    interest: all("利息", "interest", "fen", events("InterestCredited", "amount_fen")),
    received: all("转入", "brought in", "fen", events("TransferredIn", "account_fen")),
    refunded: all("清退", "refunded", "fen", events("ContributionRefunded", "refund_fen")),
    sent: all("转出", "sent away", "fen", events("TransferredOut", "account_fen")),
  },
  formula: "sum(lines) + sum(subsidies) + sum(interest) + sum(received) - sum(refunded) - sum(sent)",
  article: "社会保险法 Art 14: 个人账户不得提前支取, 记账利率不得低于银行定期存款利率; 国发〔2005〕38号",
  example: {
    stream: "Enrollment-44_110_…",
    lines: [40_000, 40_000],
    subsidies: [],
    interest: [1_200],
    received: [],
    refunded: [],
    sent: [],
  },
  value: 81_200,
})

export const pooledRule = recordRule({
  id: "pooled",
  title: { zh: "统筹部分", en: "pooled part" },
  summary: {
    zh: "各笔缴费计入统筹基金的部分（更正后的金额），加转入，减转出。",
    en: "What each payment put into the pooled fund (as corrected), and transfers in, less transfers out.",
  },
  unit: "fen",
  operands: {
    stream,
    lines: all("缴费计入统筹", "pooled part of the payments", "fen", { of: "lines", field: "pooled_fen" }),
    received: all("转入", "brought in", "fen", events("TransferredIn", "pooled_fen")),
    sent: all("转出", "sent away", "fen", events("TransferredOut", "pooled_fen")),
  },
  formula: "sum(lines) + sum(received) - sum(sent)",
  example: { stream: "Enrollment-44_110_…", lines: [80_000, 80_000], received: [60_000], sent: [] },
  value: 220_000,
})

export const basesRule = recordRule({
  id: "bases",
  title: { zh: "缴费基数之和", en: "sum of contribution bases" },
  summary: {
    zh: "各月缴费基数（更正后）之和，加转入月份的基数，减清退和转出月份的基数；统筹基金按其12%转移。",
    en: "The base of every month paid (as corrected) and of months brought in, less those refunded and sent away: 12 % of it moves.",
  },
  unit: "fen",
  operands: {
    stream,
    bases: all("每月缴费基数", "base of each month", "fen", { of: "lines", field: "base_fen", each: "month" }),
    received: all("转入", "brought in", "fen", events("TransferredIn", "bases_fen")),
    refunded: all("清退", "refunded", "fen", events("ContributionRefunded", "bases_fen")),
    sent: all("转出", "sent away", "fen", events("TransferredOut", "bases_fen")),
  },
  formula: "sum(bases) + sum(received) - sum(refunded) - sum(sent)",
  article: "国办发〔2009〕66号 Art 4: 各年度实际缴费工资",
  source: "国务院办公厅 国办发〔2009〕66号, full-text mirror of beijing.gov.cn",
  example: { stream: "Enrollment-44_110_…", bases: [500_000, 500_000], received: [], refunded: [500_000], sent: [] },
  value: 500_000,
})

export const interestCreditedRule = recordRule({
  id: "interest",
  title: { zh: "已记利息", en: "interest credited" },
  summary: { zh: "各年度记入个人账户的利息之和。", en: "The interest booked to the account, all years." },
  unit: "fen",
  operands: { stream, interest: all("利息", "interest", "fen", events("InterestCredited", "amount_fen")) },
  formula: "sum(interest)",
  example: { stream: "Enrollment-44_110_…", interest: [1_200, 1_300] },
  value: 2_500,
})

export const subsidiesRule = recordRule({
  id: "subsidies",
  title: { zh: "补贴", en: "subsidies" },
  summary: { zh: "政府和集体补贴之和。", en: "Government and collective subsidies, all years." },
  unit: "fen",
  operands: { stream, subsidies: all("补贴", "subsidies", "fen", events("SubsidyCredited", "amount_fen")) },
  formula: "sum(subsidies)",
  example: { stream: "Enrollment-41_170_…", subsidies: [3_000, 3_000] },
  value: 6_000,
})

export const lineBaseRule = recordRule({
  id: "line-base",
  title: { zh: "一笔缴费的基数", en: "base of one line" },
  summary: { zh: "该笔缴费的基数，更正后按更正的金额。", en: "The contribution base of the line, as corrected." },
  unit: "fen",
  operands: { stream, line, base: all("缴费基数", "base", "fen", { of: "lines", field: "base_fen" }) },
  formula: "at(base, 1)",
  example: { stream: "Enrollment-44_110_…", line: "L1", base: [500_000] },
  value: 500_000,
})

const part = (direction: "in" | "out") =>
  recordRule({
    id: direction === "in" ? "brought-in-months" : "sent-months",
    title: direction === "in" ? { zh: "转入月数", en: "months brought in" } : { zh: "转出月数", en: "months sent away" },
    summary:
      direction === "in"
        ? { zh: "该次转移带入、未被清退的月份。", en: "Months this transfer brought in, less those refunded since." }
        : { zh: "该次转移带走的月份。", en: "Months this transfer took away." },
    unit: "months",
    operands: { stream, transfer, province, until, months: all("月份", "months", "month", { of: "part", direction }) },
    formula: "count(months)",
    example: { stream: "Enrollment-44_110_…", transfer: "…_1", province: "31", until: null, months: twoMonths },
    value: 2,
  })
export const broughtInMonthsRule = part("in")
export const sentMonthsRule = part("out")

const partAmount = (direction: "in" | "out") =>
  recordRule({
    id: direction === "in" ? "brought-in-amount" : "sent-amount",
    title: direction === "in" ? { zh: "转入金额", en: "amount brought in" } : { zh: "转出金额", en: "amount sent away" },
    summary: { zh: "转移事件所记的金额。", en: "The amount that the transfer's own event states." },
    unit: "fen",
    operands: {
      stream,
      transfer,
      province,
      field,
      amount: all("金额", "amount", "fen", {
        of: "events",
        types: [direction === "in" ? "TransferredIn" : "TransferredOut"],
        field: { operand: "field" },
        where: { transferId: "transfer", [direction === "in" ? "from" : "to"]: "province" },
        newest: true,
      }),
    },
    formula: "at(amount, 1)",
    article: "国办发〔2009〕66号 Art 4",
    source: "国务院办公厅 国办发〔2009〕66号, full-text mirror of beijing.gov.cn",
    example: { stream: "Enrollment-44_110_…", transfer: "…_1", province: "31", field: "account_fen", amount: [81_200] },
    value: 81_200,
  })
export const broughtInAmountRule = partAmount("in")
export const sentAmountRule = partAmount("out")
