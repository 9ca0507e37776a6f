/**
 * The chart of accounts of the double-entry view. Debit is positive, credit negative, as in 财会〔2017〕28号 (社会保险基金会计制度):
 * money taken in is a debit by where it came from, what the funds hold for persons and provinces is a credit.
 */

export const accounts = {
  employer_contributions: { zh: "收到单位缴费", en: "received from employers", nature: "debit" },
  personal_contributions: { zh: "收到个人缴费", en: "received from persons", nature: "debit" },
  subsidies: { zh: "收到财政等补贴", en: "subsidies received, by payer", nature: "debit" },
  interest: { zh: "个人账户记账利息", en: "interest credited to personal accounts", nature: "debit" },
  person_account: { zh: "个人账户基金", en: "personal accounts", nature: "credit" },
  pooled_fund: { zh: "统筹基金", en: "pooled fund", nature: "credit" },
  in_transit_account: { zh: "在途转移资金（个人账户）", en: "in transit, of personal accounts", nature: "credit" },
  in_transit_pooled: { zh: "在途转移资金（统筹）", en: "in transit, of pooled funds", nature: "credit" },
  received_account: { zh: "暂收转移资金（个人账户）", en: "transfer money received and not booked, accounts", nature: "credit" },
  received_pooled: { zh: "暂收转移资金（统筹）", en: "transfer money received and not booked, pooled", nature: "credit" },
  refunds_payable: { zh: "应退重复缴费", en: "refunds payable", nature: "credit" },
  refunds_paid: { zh: "已退重复缴费", en: "refunds paid out", nature: "credit" },
  benefits_paid: { zh: "待遇支出", en: "benefits paid", nature: "debit" },
  benefit_outlay: { zh: "待遇支出户存款", en: "money that left for benefits", nature: "credit" },
  recoveries_due: { zh: "应收多发待遇", en: "overpaid benefits to recover", nature: "debit" },
} as const

export type AccountCode = keyof typeof accounts
export const accountCodes = Object.keys(accounts) as readonly AccountCode[]
