/**
 * A parameter of the law: a number that some authority published for a place and a time. Rules ask for them through `Parameters`, so
 * that a replay can give what had been published by then (`Policy-{province}` events) and a simulation what somebody supposes.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Confidence } from "../citation.js"
import type { Explained, ParameterOperand, Unit, Value } from "../explain/explained.js"

export const parameterFamilies = [
  // Floor and ceiling of the monthly contribution base 缴费基数上下限, fen; no key: one for employees and flexible workers.
  "base-floor",
  "base-ceiling",
  // Monthly average wage of a statistical year 全口径城镇单位就业人员月平均工资, fen; validity is that year.
  "average-wage",
  // 计发基数 of the year of retirement, fen.
  "pension-base",
  // Rates of the contribution base, exact text; keys `employer`, `individual`, `account`, `flexible`, `flexible-account`,
  // `flexible-pooled`; `employer-max` is an upper bound.
  "contribution-rate",
  // 记账利率 of a calendar year, exact text ("0.0831").
  "account-interest",
  // 计发月数 by age, exact text; key is the age in months ("720", from 2025 also "721").
  "payout-months",
  // 过渡性养老金 yearly rate.
  "transitional-rate",
  // 城乡居民: basic amount a month, fen; account interest; least subsidy a year by tier (key: yuan a year); the tiers, fen a year.
  "resident-basic",
  "resident-account-interest",
  "resident-subsidy",
  "resident-tiers",
  // What a province does where the national pension formula is silent (`rules/pension/practice.ts`): key is the topic.
  "pension-practice",
  // 最低缴费年限 in months, by year of the statutory month.
  "minimum-months",
  // 失业保险金 months by years paid; key is the lower bound in months.
  "unemployment-months",
  // Keys `statutory-employer`, `statutory-individual`, `temporary-total`, `flexible`.
  "unemployment-rate",
  // 灵活就业人员医保, mostly by city (region); keys `fixed-monthly`, `base`, `base-floor`, `base-ceiling` are fen.
  "medical-flexible-rate",
  // 职业伤害保障 premium per order, fen (exact text, a hundredth of a yuan may be split); key is the industry.
  "injury-per-order",
  // 职业伤害保障 applies in the province.
  "injury-coverage",
  // Statutory time limits; key is the process, value e.g. "15wd".
  "deadline",
] as const
export type ParameterFamily = (typeof parameterFamilies)[number]

export type Parameter = {
  /** `family/CN-or-province[/region][/key]/start`, stable: explanations and policy events name it. A calendar year is its number. */
  readonly id: string
  readonly family: ParameterFamily
  /** Null: national. */
  readonly province: ProvinceCode | null
  /** A city with a rule of its own, in words; null for the whole province. */
  readonly region: string | null
  /** Null: holds for every key that has no record of its own. */
  readonly key: string | null
  /** First and last month or day it holds for; `validTo` null: until the next one. Text that compares with the asked month or day. */
  readonly validFrom: string
  readonly validTo: string | null
  readonly value: Value
  readonly unit: Unit
  /** Document of the authority, null when only a secondary source is known. */
  readonly document: string | null
  readonly source: string
  readonly confidence: Confidence
  readonly note?: string
  /** Nobody published it yet: how a simulation supposes it. Stands in the tree in place of the published parameter. */
  readonly assumed?: Explained
}

export type ParameterQuestion = {
  readonly family: ParameterFamily
  /**
   * Null asks for the national one; a province is answered by its own parameter, else by the national one where it has none (not where
   * the nation sets only a minimum: resident pension).
   */
  readonly province: ProvinceCode | null
  readonly key?: string
  readonly region?: string
  /** Month or day; a month or year is asked for its first day. */
  readonly on: string
}

/** Null: nobody published one, or nobody here has seen it. Rules then say so; they never guess. */
export type Parameters = { readonly find: (question: ParameterQuestion) => Parameter | null }

export const parameterOperand = ({ id, value, unit, assumed }: Parameter): ParameterOperand | Explained =>
  assumed ?? { kind: "parameter", id, value, unit }
