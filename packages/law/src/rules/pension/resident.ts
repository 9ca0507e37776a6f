/** Resident pension 城乡居民基本养老金: a set basic amount that governments pay, and the account over 139 months (国发〔2014〕8号). */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { applyRounding, exact, fenOf, toFen } from "../../explain/exact.js"
import type { Explained, Valued } from "../../explain/explained.js"
import { explained, type Rule, versionInForce } from "../../explain/rule.js"
import { type Parameters, parameterOperand } from "../../parameters/parameter.js"

const since = "2009-09-01"
const doc = {
  from: since,
  article: "国发〔2014〕8号 Arts 6-7: 养老金待遇由基础养老金和个人账户养老金组成; 个人账户计发系数 139",
  source: "quoted by provincial rules",
  confidence: "secondary",
} as const

export const residentAccountRule: Rule = {
  id: "resident/account",
  title: { zh: "居民个人账户养老金", en: "resident account pension" },
  summary: {
    zh: "个人账户全部储存额除以一百三十九，不论年龄；由个人账户支付。",
    en: "Balance over 139, whatever the age; paid from the account.",
  },
  unit: "fen",
  operands: { balance: { zh: "个人账户储存额", en: "balance", unit: "fen" } },
  versions: [{ ...doc, formula: "round(balance / 139, 1, half_up)" }],
  examples: [{ version: since, operands: { balance: 5000000 }, value: 35971, basis: "published test vector (PUB-004)" }],
}

export const residentTotalRule: Rule = {
  id: "resident/total",
  title: { zh: "居民养老金", en: "resident pension" },
  summary: {
    zh: "基础养老金（财政支付）、个人账户养老金（个人账户支付）与地方加发（地方财政支付）之和。",
    en: "Basic amount (paid by governments), account pension (by the account) and local additions (by the local government).",
  },
  unit: "fen",
  operands: {
    basic: { zh: "基础养老金", en: "basic amount", unit: "fen" },
    account: { zh: "个人账户养老金", en: "account pension", unit: "fen" },
    additions: { zh: "地方加发", en: "local additions", unit: "fen" },
  },
  versions: [{ ...doc, formula: "basic + account + sum(additions)" }],
  examples: [
    {
      version: since,
      operands: { basic: 12300, account: 35971, additions: [] },
      value: 48271,
      basis: "published test vector (PUB-004)",
    },
  ],
}

export type ResidentQuestion = {
  readonly ruleDate: string
  readonly province: ProvinceCode
  /** Month the amounts are for, `YYYY-MM`. */
  readonly month: string
  readonly balance: Valued<number>
  /** The basic amount, where it is not the published one of the province. */
  readonly basic?: Valued<number>
  /** 年限养老金, 高龄加发 and the like, fen: facts of the award. */
  readonly additions?: readonly Valued<number>[]
}

/** One line of the pension and who pays it. */
export type ResidentLine = {
  readonly line: "basic" | "account" | "addition"
  readonly payer: "governments" | "account" | "local-government"
  readonly amount: Valued<number>
}

export type ResidentPension = {
  readonly kind: "assessed"
  readonly lines: readonly ResidentLine[]
  readonly total: Explained<number>
}

export const residentAccount = (ruleDate: string, balance: Valued<number>): Explained<number> => {
  const amount = fenOf(applyRounding(exact(balance.value).div(139), toFen))
  return explained(residentAccountRule, versionInForce(residentAccountRule, ruleDate), { balance }, amount)
}

/** Null: the province's basic amount of that month is not known, and a guess would be somebody's pension. */
export const residentPension = (question: ResidentQuestion, parameters: Parameters): ResidentPension | null => {
  const { ruleDate, province, month, balance, additions = [] } = question
  const published = parameters.find({ family: "resident-basic", province, on: month })
  const basic = question.basic ?? (published === null ? null : (parameterOperand(published) as Valued<number>))
  if (basic === null) return null
  const account = residentAccount(ruleDate, balance)
  const sum = additions.reduce((total, { value }) => total + value, basic.value + account.value)
  const total = explained(residentTotalRule, versionInForce(residentTotalRule, ruleDate), { basic, account, additions }, sum)
  const lines: readonly ResidentLine[] = [
    { line: "basic", payer: "governments", amount: basic },
    { line: "account", payer: "account", amount: account },
    ...additions.map((amount): ResidentLine => ({ line: "addition", payer: "local-government", amount })),
  ]
  return { kind: "assessed", lines, total }
}
