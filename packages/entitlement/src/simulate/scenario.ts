/** What a simulation is asked: scenarios of a person's future, and what is assumed of wages, interest and published bases. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import { given, type Valued } from "@tongzhang/law/explain/explained"

export const channels = ["employee", "flexible", "resident"] as const
export type Channel = (typeof channels)[number]

/** Every field that is absent stays as it is now: the statutory month, the base of the last month, the same channel and place. */
export type Scenario = {
  readonly name: string
  /** Month in which the pension is to start. */
  readonly retire?: YearMonth | undefined
  /** The base a month is paid on, before its limits; an amount is today's money and grows with wages, as the last base does. */
  readonly base?: "last" | "floor" | "ceiling" | { readonly amount_fen: number } | undefined
  readonly channel?: Channel | undefined
  readonly move?: { readonly to: ProvinceCode; readonly from?: YearMonth | undefined } | undefined
  /** First month for which nothing is paid any more. */
  readonly stop?: YearMonth | undefined
  /** Paid a year in the resident scheme; absent: the highest tier known. */
  readonly tier_fen?: number | undefined
}

export const variants = ["low", "middle", "high"] as const
export type Variant = (typeof variants)[number]
export type Assumption = Readonly<Record<Variant, string>>

/** Rates a year, exact text. */
export type Assumptions = {
  readonly wageGrowth: Assumption
  readonly pensionBaseGrowth: Assumption
  readonly accountInterest: Assumption
  readonly residentBasicGrowth: Assumption
}

/**
 * No forecast: a span to look at. Interest: the three rates published last (2025, 2024, 2023). Growth of wages and bases: around the 2 to
 * 4 % by which the provinces' published wages and bases rose from 2023 to 2025. A caller states its own where it knows better.
 */
export const defaultAssumptions: Assumptions = {
  wageGrowth: { low: "0.015", middle: "0.03", high: "0.045" },
  pensionBaseGrowth: { low: "0.015", middle: "0.025", high: "0.04" },
  accountInterest: { low: "0.015", middle: "0.0262", high: "0.0397" },
  residentBasicGrowth: { low: "0", middle: "0.02", high: "0.05" },
}

const words: Readonly<Record<keyof Assumptions, readonly [zh: string, en: string]>> = {
  wageGrowth: ["工资及缴费基数上下限年增长率", "growth of wages and of the limits of the base, a year"],
  pensionBaseGrowth: ["计发基数年增长率", "growth of the pension base, a year"],
  accountInterest: ["未公布年度的个人账户记账利率", "account interest of years without a published rate"],
  residentBasicGrowth: ["居民基础养老金年增长率", "growth of the resident basic amount, a year"],
}
const variantWords: Readonly<Record<Variant, readonly [zh: string, en: string]>> = {
  low: ["低", "low"],
  middle: ["中", "middle"],
  high: ["高", "high"],
}

export const assumptionText = (name: keyof Assumptions): { readonly zh: string; readonly en: string } => ({
  zh: words[name][0],
  en: words[name][1],
})

export type Rates = Readonly<Record<keyof Assumptions, Valued<string>>>

/** One variant as operands. */
export const ratesOf = (assumptions: Assumptions, variant: Variant): Rates => {
  const rate = (name: keyof Assumptions): Valued<string> =>
    given(
      assumptions[name][variant],
      "rate",
      `假定（${variantWords[variant][0]}）：${words[name][0]}`,
      `assumed (${variantWords[variant][1]}): ${words[name][1]}`,
    )
  return {
    wageGrowth: rate("wageGrowth"),
    pensionBaseGrowth: rate("pensionBaseGrowth"),
    accountInterest: rate("accountInterest"),
    residentBasicGrowth: rate("residentBasicGrowth"),
  }
}

/** What every simulation takes for granted besides the rates. */
export const standingAssumptions: readonly { readonly zh: string; readonly en: string }[] = [
  {
    zh: "现行规则和比例不变；同一年度内缴费基数不变，上下限取该年首个缴费月的。",
    en: "Rules and rates stay as they are on the rule date; the base of a year is that of its first month, with that month's limits.",
  },
  {
    zh: "账户现有余额自首个未来月份起计息，此前未入账的利息不计。",
    en: "The balance earns from the first future month on; interest not yet credited for earlier months is left out.",
  },
  {
    zh: "未计退休后待遇调整、资金的时间价值和税收；职工的单位缴费不算本人支出。",
    en: "No adjustment after retirement, no discounting, no tax; an employer's part is no cost to the person.",
  },
  {
    zh: "居民缴费档次和补贴按现行金额，不增长。",
    en: "Tiers and subsidies of the resident scheme stay at their present amounts.",
  },
]

export const simulationRefusals = [
  "no-future",
  "never-insured",
  "not-registered",
  "post-unknown",
  "retirement-not-allowed",
  "no-base-known",
  "no-limits",
  "no-rate",
  "no-pension-base",
  "no-index",
  "no-divisor",
  "before-the-rules",
  "no-resident-basic",
] as const
export type SimulationRefusal = (typeof simulationRefusals)[number]

export const refusalText: Readonly<Record<SimulationRefusal, readonly [zh: string, en: string]>> = {
  "no-future": ["退休月已过，请申请待遇核定", "the month of retirement has passed: ask for an assessment"],
  "never-insured": ["没有职工养老保险的缴费记录", "no month of an employee pension scheme is recorded"],
  "not-registered": ["该参保人尚无登记信息", "birth month and sex are not registered"],
  "post-unknown": ["女职工须说明岗位类别", "for a woman the post has to be stated: female55 or female50"],
  "retirement-not-allowed": ["该月不在弹性退休范围内", "the month lies outside what flexible retirement allows"],
  "no-base-known": ["没有可沿用的缴费基数", "no contribution base is recorded to go on with"],
  "no-limits": ["该地缴费基数上下限未收录", "no limit of the base is known there"],
  "no-rate": ["该地缴费比例未收录", "no contribution rate is known there"],
  "no-pension-base": ["该地计发基数未收录", "no pension base of the place is known"],
  "no-index": ["缺少计算缴费指数所需的平均工资", "no average wage is known that an index could be computed with"],
  "no-divisor": ["缺少该年龄的计发月数", "no payout months of that age are known"],
  "before-the-rules": ["该日期早于已收录的规则", "the date lies before the rules known here"],
  "no-resident-basic": ["该地居民基础养老金未收录", "no resident basic amount of the place is known"],
}
