/** Months of one-off payments that do not travel for want of a document (人社部规〔2016〕5号, 人社厅发〔2019〕94号). */
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { beginning, concluded, op, unknown } from "./describe.js"
import { newTransferNotice } from "./relation-questions.js"

/** Three years or more 三年以上（含三年）. */
export const oneOffThreshold_months = 36
/** From this day on a payment needs a document of a court or office; before it the sending agency's commitment is enough. */
export const documentsSince = "2016-11-28"

const documented = (test: string): string =>
  `if(months < 36, 0, if(paid_on < "2016-11-28", if(committed, 0, months), if(document_on = null, months, ${test})))`

export const untransferableRule: Rule = {
  id: "transfer/untransferable-months",
  title: { zh: "不得转移的一次性缴费月数", en: "months of a one-off payment that do not travel" },
  summary: {
    zh: "一次性缴纳三年以上（含三年）：2016年5号文以前的凭转出地书面承诺，以后的须有缴费前出具的法院、仲裁、审计或劳动监察文书；没有的，这些月份不转移，其余照转，10个工作日内书面告知本人。",
    en: "A one-off payment for three years or more: made before 2016-5号 it travels with the sending agency's written commitment, later only with a document of a court, arbitration, audit or labour inspection issued before the payment. Without it these months stay, all others move, and the person is told in writing within 10 working days.",
  },
  unit: "months",
  operands: {
    months: op("一次性缴费月数", "months of the one-off payment", "months"),
    paid_on: op("缴费日期", "day of payment", "date"),
    committed: op("转出地书面承诺", "written commitment of the sending agency", "flag"),
    document_on: op("文书日期", "day of the document", "date"),
  },
  versions: [
    {
      from: beginning,
      formula: "0",
      article: "before 人社部规〔2016〕5号 no document was asked for",
      source: "excerpts of 人社部规〔2016〕5号",
      confidence: "secondary",
    },
    {
      from: documentsSince,
      formula: documented("0"),
      article: "人社部规〔2016〕5号: 一次性缴纳养老保险费 3 年以上须提供文书或书面承诺",
      source: "excerpts",
      confidence: "secondary",
      change_en: "A document or a commitment is asked for.",
    },
    {
      from: "2019-09-29",
      formula: documented("if(document_on < paid_on, 0, months)"),
      article: "人社厅发〔2019〕94号: 缴费后出具的文书不予认可; 不得转移的缴费年限之外的照常转移",
      source: "full-text mirror",
      confidence: "secondary",
      change_en: "A document issued on or after the day of payment is not accepted; the other months may not be held back.",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: 0, basis: "constructed" },
    {
      version: "2019-09-29",
      operands: { months: 40, paid_on: "2018-05-02", committed: false, document_on: null },
      value: 40,
      basis: "constructed (PLACE-12)",
    },
    {
      version: "2019-09-29",
      operands: { months: 40, paid_on: "2018-05-02", committed: false, document_on: "2018-05-03" },
      value: 40,
      basis: "constructed: the document came after the payment",
    },
    {
      version: documentsSince,
      operands: { months: 40, paid_on: "2018-05-02", committed: false, document_on: "2018-05-03" },
      value: 0,
      basis: "constructed: before 94号 any document would do",
    },
    {
      version: "2019-09-29",
      operands: { months: 35, paid_on: "2018-05-02", committed: false, document_on: null },
      value: 0,
      basis: "constructed",
    },
  ],
  openQuestions: [newTransferNotice],
}

export type OneOffPayment = {
  readonly months: Valued<number>
  readonly paidOn: Valued<string>
  /** Written commitment of the sending agency on the legality of a payment before 2016-5号. */
  readonly committed: Valued<boolean>
  /** Day of the document of court, arbitration, audit or labour inspection; null: there is none. */
  readonly documentOn?: Valued<string | null>
}

/** Months of one payment that stay behind, by the version in force on the day of the transfer. */
export const untransferableMonths = (on: string, payment: OneOffPayment): Explained<number> => {
  const { months, paidOn, committed, documentOn = unknown("date", "文书", "a document") } = payment
  const operands = { months, paid_on: paidOn, committed, document_on: documentOn }
  return concluded(untransferableRule, on, operands, (version) => {
    if (version === beginning || months.value < oneOffThreshold_months) return 0
    if (paidOn.value < documentsSince) return committed.value ? 0 : months.value
    if (documentOn.value === null) return months.value
    return version === documentsSince || documentOn.value < paidOn.value ? 0 : months.value
  })
}
