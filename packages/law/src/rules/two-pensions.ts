/** Two pensions drawn at once: what was overpaid and how it is paid back (人社部规〔2016〕5号 §5; 社会保险经办条例 Art 46; 福建〔2020〕30号). */
import { type Fen, fen, fraction } from "@tongzhang/domain/money"
import type { Explained, Ruling, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { concluded, op } from "./describe.js"
import { recoveryElsewhere } from "./relation-questions.js"

/** From this month on a second pension is asked back; amounts from before 2016-5号 are not. */
export const recoverySince = "2016-11-28"
const since = { from: recoverySince, confidence: "secondary" } as const
const national = { ...since, article: "人社部规〔2016〕5号 §5; 社会保险经办条例 Art 46", source: "szyq.gov.cn" } as const
/** Since the two schemes were linked a resident pension beside an employee pension is asked back. */
export const residentRecoverySince = "2014-07-01"
const art8 = {
  from: residentRecoverySince,
  confidence: "secondary",
  article: "人社部发〔2014〕17号 Art 8: 除政府补贴外的个人账户余额退还本人, 已领取的基础养老金应予退还或抵扣",
  source: "full-text mirror",
} as const
const both = { ...art8, article: "人社部发〔2014〕17号 Art 8; 人社部规〔2016〕5号 §5; 社会保险经办条例 Art 46" } as const
const plan = {
  ...since,
  article: "福建〔2020〕30号: 先从清退的个人账户抵扣, 不足的每月按不超过当地最低工资 60% 扣还, 死亡的从余额扣还",
  source: "law.md §1.9, secondary",
} as const

export const overpaidMonthsRule: Rule = {
  id: "two-pensions/overpaid-months",
  title: { zh: "一段并领的多领金额", en: "overpaid in a stretch of months" },
  summary: {
    zh: "被终止的一份每月发放额乘以两份并领月数；2016年11月以前的月份不追回。",
    en: "The monthly amount of the pension that ends, times the months both ran; months before 2016-11 are not asked back.",
  },
  unit: "fen",
  operands: {
    monthly: op("月发放额", "monthly amount", "fen"),
    from: op("并领起始月", "first month both ran", "month"),
    to: op("并领终止月", "last month both ran", "month"),
  },
  versions: [{ ...national, formula: 'monthly * count(months_of(if(from < "2016-11", "2016-11", from), to))' }],
  examples: [
    {
      version: recoverySince,
      operands: { monthly: 150_000, from: "2016-09", to: "2016-12" },
      value: 300_000,
      basis: "constructed",
    },
  ],
}

export const overpaidRule: Rule = {
  id: "two-pensions/overpaid",
  title: { zh: "应追回金额", en: "pension to be recovered" },
  summary: { zh: "各段多领金额之和。", en: "What was overpaid in all stretches." },
  unit: "fen",
  operands: { parts: op("各段多领", "stretches", "fen") },
  versions: [{ ...both, formula: "sum(parts)" }],
  examples: [{ version: residentRecoverySince, operands: { parts: [300_000, 150_000] }, value: 450_000, basis: "constructed" }],
}

export const residentOverpaidRule: Rule = {
  id: "two-pensions/resident-overpaid",
  title: { zh: "并领期间的居民基础养老金", en: "resident basic pension of the months both ran" },
  summary: {
    zh: "同时领取职工和居民养老金的，并领月份的居民基础养老金应予退还。",
    en: "Who draws both gives back the resident basic pension of the same months.",
  },
  unit: "fen",
  operands: overpaidMonthsRule.operands,
  versions: [{ ...art8, formula: "monthly * count(months_of(from, to))" }],
  examples: [
    {
      version: residentRecoverySince,
      operands: { monthly: 15_000, from: "2020-01", to: "2021-12" },
      value: 360_000,
      basis: "constructed",
    },
  ],
}

export const residentBalanceRule: Rule = {
  id: "two-pensions/resident-balance",
  title: { zh: "应退还的居民账户余额", en: "resident account to be given back" },
  summary: { zh: "除政府补贴外的个人账户余额退还本人。", en: "The balance without government subsidy goes back to the person." },
  unit: "fen",
  operands: {
    account: op("居民个人账户余额", "balance of the resident account", "fen"),
    subsidy: op("其中政府补贴", "government subsidy in it", "fen"),
  },
  versions: [{ ...art8, formula: "max(0, account - subsidy)" }],
  examples: [
    { version: residentRecoverySince, operands: { account: 300_000, subsidy: 60_000 }, value: 240_000, basis: "constructed" },
  ],
}

export const setOffRule: Rule = {
  id: "two-pensions/set-off",
  title: { zh: "从清退账户抵扣", en: "set off against the cleared account" },
  summary: { zh: "先从被清退关系的个人账户余额中抵扣。", en: "The account of the relation that ends pays first." },
  unit: "fen",
  operands: {
    overpaid: op("应追回", "to be recovered", "fen"),
    account: op("清退账户余额", "balance of the cleared account", "fen"),
  },
  versions: [{ ...both, formula: "min(overpaid, max(0, account))" }],
  examples: [
    { version: residentRecoverySince, operands: { overpaid: 450_000, account: 200_000 }, value: 200_000, basis: "constructed" },
  ],
}

export const accountBackRule: Rule = {
  id: "two-pensions/account-back",
  title: { zh: "退还本人的账户余额", en: "account paid back to the person" },
  summary: { zh: "清退账户抵扣后的余额退还本人。", en: "What is left of the cleared account goes to the person." },
  unit: "fen",
  operands: { account: op("清退账户余额", "balance of the cleared account", "fen"), set_off: op("抵扣额", "set off", "fen") },
  versions: [{ ...both, formula: "max(0, account) - set_off" }],
  examples: [
    { version: residentRecoverySince, operands: { account: 200_000, set_off: 150_000 }, value: 50_000, basis: "constructed" },
  ],
}

export const remainderRule: Rule = {
  id: "two-pensions/remainder",
  title: { zh: "抵扣后尚欠", en: "still owed" },
  summary: {
    zh: "账户不足抵扣的部分，从保留的养老金中分月扣还。",
    en: "What the account does not cover is kept back from the pension that stays.",
  },
  unit: "fen",
  operands: { overpaid: op("应追回", "to be recovered", "fen"), set_off: op("抵扣额", "set off", "fen") },
  versions: [{ ...both, formula: "overpaid - set_off" }],
  examples: [
    { version: residentRecoverySince, operands: { overpaid: 450_000, set_off: 200_000 }, value: 250_000, basis: "constructed" },
  ],
}

export const instalmentRule: Rule = {
  id: "two-pensions/instalment",
  title: { zh: "每月最高扣还", en: "most that is kept back a month" },
  summary: { zh: "当地最低工资的60%，截位到分。", en: "60 % of the local minimum wage, cut to the fen." },
  unit: "fen",
  operands: { minimum_wage: op("当地最低工资", "local minimum wage", "fen") },
  versions: [{ ...plan, formula: "round(minimum_wage * 60%, 1, down)" }],
  examples: [{ version: recoverySince, operands: { minimum_wage: 203_000 }, value: 121_800, basis: "constructed" }],
  openQuestions: [recoveryElsewhere],
}

export const instalmentsRule: Rule = {
  id: "two-pensions/instalments",
  title: { zh: "扣还月数", en: "months of paying back" },
  summary: { zh: "尚欠金额除以每月最高扣还，进位取整。", en: "What is owed over the most a month, rounded up." },
  unit: "months",
  operands: { owed: op("尚欠", "still owed", "fen"), instalment: op("每月最高扣还", "most a month", "fen") },
  versions: [{ ...plan, formula: "round(owed / instalment, 1, up)" }],
  examples: [{ version: recoverySince, operands: { owed: 250_000, instalment: 121_800 }, value: 3, basis: "constructed" }],
  openQuestions: [recoveryElsewhere],
}

/** A stretch of months in which both pensions ran and the one that ends paid the same each month. */
export type PaidStretch = { readonly monthly: Valued<number>; readonly from: Valued<string>; readonly to: Valued<string> }

export type RecoveryInquiry = {
  /** Day of the decision, 2016-11-28 or later. */
  readonly on: string
  readonly province: string | null
  readonly stretches: readonly PaidStretch[]
  /** Balance of the account of the relation that ends. */
  readonly account: Valued<number>
  /** Null: not known; the plan then ends with what is still owed. */
  readonly minimumWage: Valued<number> | null
}

export type Recovery = {
  readonly overpaid: Explained<Fen>
  readonly setOff: Explained<Fen>
  readonly accountBack: Explained<Fen>
  readonly owed: Explained<Fen>
  readonly instalment: Explained<Fen> | null
  readonly instalments: Explained<number> | null
}

const monthIndex = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
const monthsIn = (from: string, to: string): number =>
  Math.max(0, monthIndex(to) - monthIndex(from < "2016-11" ? "2016-11" : from) + 1)

const summed = (on: string, parts: readonly Explained<Fen>[]): Explained<Fen> =>
  concluded(overpaidRule, on, { parts }, () => fen(parts.reduce((sum, part) => sum + part.value, 0)))

type SetOff = Pick<Recovery, "overpaid" | "setOff" | "accountBack" | "owed">

/** What the cleared account pays, what is left of it, and what is still owed. */
const against = (on: string, overpaid: Explained<Fen>, account: Valued<number>): SetOff => {
  const balance = Math.max(0, account.value)
  const set_off = concluded(setOffRule, on, { overpaid, account }, () => fen(Math.min(overpaid.value, balance)))
  const accountBack = concluded(accountBackRule, on, { account, set_off }, () => fen(balance - set_off.value))
  const owed = concluded(remainderRule, on, { overpaid, set_off }, () => fen(overpaid.value - set_off.value))
  return { overpaid, setOff: set_off, accountBack, owed }
}

/** Recovery of a second pension: set off against the cleared account, the rest in instalments. At death the rest is deducted. */
export const recovery = ({ on, province, stretches, account, minimumWage }: RecoveryInquiry): Recovery => {
  const parts = stretches.map(({ monthly, from, to }) =>
    concluded(overpaidMonthsRule, on, { monthly, from, to }, () => fen(monthly.value * monthsIn(from.value, to.value))),
  )
  const settled = against(on, summed(on, parts), account)
  const ruling: Ruling | null = province === "35" ? null : recoveryElsewhere
  const most = (wage: Valued<number>) =>
    concluded(instalmentRule, on, { minimum_wage: wage }, () => fraction(fen(wage.value), 60, 100, "down"), ruling)
  const instalment = minimumWage === null ? null : most(minimumWage)
  const { owed } = settled
  const instalments =
    instalment === null || instalment.value === 0
      ? null
      : concluded(instalmentsRule, on, { owed, instalment }, () => Math.ceil(owed.value / instalment.value), ruling)
  return { ...settled, instalment, instalments }
}

export type ResidentRecovery = SetOff & {
  /** What goes back to the person when the basic pension is given back in cash; `accountBack` when it is set off. */
  readonly balance: Explained<Fen>
}

/** A resident pension drawn beside an employee pension (17号 Art 8): its relation ends; `on` is 2014-07-01 or later. */
export const residentRecovery = (question: {
  readonly on: string
  /** Monthly basic pension 基础养老金, by stretch of months in which both ran. */
  readonly stretches: readonly PaidStretch[]
  readonly account: Valued<number>
  readonly subsidy: Valued<number>
}): ResidentRecovery => {
  const { on, stretches, account, subsidy } = question
  const parts = stretches.map(({ monthly, from, to }) =>
    concluded(residentOverpaidRule, on, { monthly, from, to }, () =>
      fen(monthly.value * Math.max(0, monthIndex(to.value) - monthIndex(from.value) + 1)),
    ),
  )
  const balance = concluded(residentBalanceRule, on, { account, subsidy }, () => fen(Math.max(0, account.value - subsidy.value)))
  return { ...against(on, summed(on, parts), balance), balance }
}
