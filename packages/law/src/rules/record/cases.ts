/** Numbers of transfers, overlap cases and benefits: what their own events state, and sums of it. */
import type { EventCoverage } from "../../explain/rule.js"
import { all, recordRule, scope } from "./shape.js"

const { stream, leg, field, case: overlapCase, claim } = scope
const doc66 = {
  article: "国办发〔2009〕66号 Art 4, Art 8: 信息表, 资金划转",
  source: "国务院办公厅 国办发〔2009〕66号, full-text mirror of beijing.gov.cn",
}

/** The origin's statement, once it has come; until then the plan. */
const stated = (wanted: EventCoverage["field"]): EventCoverage => ({
  of: "events",
  types: ["StatementReceived"],
  field: wanted,
  where: { leg: "leg" },
  newest: true,
  otherwise: { of: "events", types: ["TransferPlanned"], field: wanted, newest: true, each: "legs", whereEach: { from: "leg" } },
})

export const legMonthsRule = recordRule({
  id: "leg-months",
  title: { zh: "转移月数", en: "months of a leg" },
  summary: {
    zh: "信息表所载的月份；信息表未到时为转移方案的月份。",
    en: "Months of the origin's statement; until it has come, those of the plan.",
  },
  unit: "months",
  operands: { stream, leg, months: all("月份", "months", "month", stated("months")) },
  formula: "count(months)",
  ...doc66,
  example: { stream: "Transfer-…_1", leg: "31", months: ["2024-01", "2024-02"] },
  value: 2,
})

export const legAmountRule = recordRule({
  id: "leg-amount",
  title: { zh: "转移金额", en: "amount of a leg" },
  summary: {
    zh: "信息表所载的金额；信息表未到时为转移方案的金额。",
    en: "Amount of the origin's statement; until it has come, that of the plan.",
  },
  unit: "fen",
  operands: { stream, leg, field, amount: all("金额", "amount", "fen", stated({ operand: "field" })) },
  formula: "at(amount, 1)",
  ...doc66,
  example: { stream: "Transfer-…_1", leg: "31", field: "account_fen", amount: [81_200] },
  value: 81_200,
})

const ofLeg = (amount: string): EventCoverage => ({
  of: "events",
  types: ["MoneyReceived"],
  field: amount,
  where: { leg: "leg" },
})

export const legReceivedRule = recordRule({
  id: "leg-received",
  title: { zh: "到账金额", en: "money received for a leg" },
  summary: { zh: "各次到账的个人账户和统筹资金之和。", en: "Account and pooled money of all remittances." },
  unit: "fen",
  operands: {
    stream,
    leg,
    account: all("个人账户资金", "account money", "fen", ofLeg("account_fen")),
    pooled: all("统筹资金", "pooled money", "fen", ofLeg("pooled_fen")),
  },
  formula: "sum(account) + sum(pooled)",
  ...doc66,
  example: { stream: "Transfer-…_1", leg: "31", account: [81_200], pooled: [60_000, 60_000] },
  value: 201_200,
})

const mismatch = (amount: string): EventCoverage => ({
  of: "events",
  types: ["MoneyMismatchFound"],
  field: amount,
  where: { leg: "leg" },
  newest: true,
})

export const legMismatchRule = recordRule({
  id: "leg-mismatch",
  title: { zh: "差额", en: "money received less money stated" },
  summary: { zh: "到账金额减信息表金额。", en: "What was received less what the statement says." },
  unit: "fen",
  operands: {
    stream,
    leg,
    received: all("到账", "received", "fen", mismatch("received_fen")),
    stated: all("信息表", "stated", "fen", mismatch("stated_fen")),
  },
  formula: "at(received, 1) - at(stated, 1)",
  ...doc66,
  example: { stream: "Transfer-…_1", leg: "31", received: [201_200], stated: [201_201] },
  value: -1,
})

const overlapSource = {
  article: "人社部发〔2009〕187号, 〔2014〕17号 Art 7",
  source: "quoted by 缙云 jinyun.gov.cn; full-text mirror",
}

export const overlapMonthsRule = recordRule({
  id: "overlap-months",
  title: { zh: "重复案件月数", en: "months of an overlap case" },
  summary: { zh: "案件最近一次认定的重复月份。", en: "Months the case was last found to be about." },
  unit: "months",
  operands: {
    stream,
    case: overlapCase,
    months: all("月份", "months", "month", {
      of: "events",
      types: ["OverlapDetected", "OverlapChanged", "OverlapReopened"],
      field: "months",
      where: { case: "case" },
      newest: true,
    }),
  },
  formula: "count(months)",
  ...overlapSource,
  example: { stream: "Overlap-…_pension", case: "EMP-RES_…", months: ["2024-01", "2024-02"] },
  value: 2,
})

export const overlapOptionRefundRule = recordRule({
  id: "overlap-option-refund",
  title: { zh: "方案清退额", en: "refund of a proposed option" },
  summary: { zh: "保留一方时另一方应清退的金额。", en: "What keeping one side would refund of the other." },
  unit: "fen",
  operands: {
    stream,
    case: overlapCase,
    keep: { zh: "保留", en: "side kept", unit: "text" },
    drop: { zh: "清退", en: "side cleared", unit: "text" },
    refund: all("清退额", "refund", "fen", {
      of: "events",
      types: ["ResolutionProposed"],
      field: "refund_fen",
      where: { case: "case" },
      newest: true,
      each: "options",
      whereEach: { keep: "keep", drop: "drop" },
    }),
  },
  formula: "at(refund, 1)",
  ...overlapSource,
  example: { stream: "Overlap-…_pension", case: "EMP-RES_…", keep: "44_110", drop: "41_170", refund: [30_000] },
  value: 30_000,
})

export const overlapRefundedRule = recordRule({
  id: "overlap-refunded",
  title: { zh: "已清退额", en: "refund paid for a case" },
  summary: { zh: "案件办结时退还本人的金额。", en: "What was paid back when the case was cleared." },
  unit: "fen",
  operands: {
    stream,
    case: overlapCase,
    refund: all("清退额", "refund", "fen", {
      of: "events",
      types: ["OverlapCleared"],
      field: "refund_fen",
      where: { case: "case" },
      newest: true,
    }),
  },
  formula: "at(refund, 1)",
  ...overlapSource,
  example: { stream: "Overlap-…_pension", case: "EMP-RES_…", refund: [30_000] },
  value: 30_000,
})

const benefitSource = { article: "社会保险法 Art 16; 社会保险经办条例 Art 46", source: "社会保险法, 社会保险经办条例, full text" }

export const awardAmountRule = recordRule({
  id: "award-amount",
  title: { zh: "核定待遇", en: "amount awarded" },
  summary: { zh: "最近一次核定（或重核）的金额。", en: "Amount of the latest award or recalculation." },
  unit: "fen",
  operands: {
    stream,
    claim,
    field,
    amount: all("金额", "amount", "fen", {
      of: "events",
      types: ["BenefitAwarded", "BenefitRecalculated"],
      field: { operand: "field" },
      where: { claim: "claim" },
      newest: true,
    }),
  },
  formula: "at(amount, 1)",
  ...benefitSource,
  example: { stream: "Benefit-…_110", claim: "C1", field: "monthly_fen", amount: [312_000] },
  value: 312_000,
})

const ofClaim = (type: string, wanted: string): EventCoverage => ({
  of: "events",
  types: [type],
  field: wanted,
  where: { claim: "claim" },
})

export const benefitMonthsRule = recordRule({
  id: "benefit-months",
  title: { zh: "已发月数", en: "months of benefit paid" },
  summary: { zh: "已发放待遇的月份。", en: "Months for which the benefit was paid." },
  unit: "months",
  operands: { stream, claim, months: all("月份", "months", "month", ofClaim("BenefitPaid", "month")) },
  formula: "count(months)",
  ...benefitSource,
  example: { stream: "Benefit-…_110", claim: "C1", months: ["2024-01", "2024-02"] },
  value: 2,
})

const benefitSum = (id: string, type: string, zh: string, en: string) =>
  recordRule({
    id,
    title: { zh, en },
    summary: { zh: `${zh}之和。`, en: `${en}, added up.` },
    unit: "fen",
    operands: { stream, claim, amounts: all("金额", "amounts", "fen", ofClaim(type, "amount_fen")) },
    formula: "sum(amounts)",
    ...benefitSource,
    example: { stream: "Benefit-…_110", claim: "C1", amounts: [312_000, 312_000] },
    value: 624_000,
  })
export const benefitPaidRule = benefitSum("benefit-paid", "BenefitPaid", "已发待遇", "benefit paid")
export const benefitOverpaidRule = benefitSum("benefit-overpaid", "BenefitOverpaid", "多发待遇", "benefit overpaid")
export const benefitRecoveredRule = benefitSum("benefit-recovered", "BenefitRecovered", "已追回待遇", "overpayment recovered")
