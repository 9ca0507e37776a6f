/**
 * What a pension assessment is asked with. Every number is an operand: a fact of the ledger, a published parameter, another result,
 * or what the asker supposes (a simulation). The same question with another rule date or other `Parameters` is another assessment.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import type { ParameterFamily } from "../../parameters/parameter.js"
import type { Explained, Ruling, Valued } from "../../explain/explained.js"
import type { RetirementGroup } from "../retirement.js"

/** One month that counts, paid for. Months paid twice are settled before: a month may occur once only (else it throws). */
export type HistoryMonth = {
  readonly month: YearMonth
  /** Province that was paid; its wage may differ from that of the province of receipt (law.md §12.3). */
  readonly province: ProvinceCode
  /** Contribution base, fen: usually the `base_fen` of a contribution event. */
  readonly base: Valued<number>
}

/** Months that count without having been paid 视同缴费年限. */
export type DeemedMonths = {
  readonly province: ProvinceCode
  readonly months: Valued<number>
}

export type PensionQuestion = {
  /** Date of the rules, `YYYY-MM-DD`: an earlier date gives the earlier result. */
  readonly ruleDate: string
  /** Place of receipt 待遇领取地; `region` a city with a base of its own (深圳, 长春). */
  readonly province: ProvinceCode
  readonly region?: string
  readonly group: Valued<RetirementGroup>
  /** Month of birth and month in which the pension starts (statutory, or chosen: `rules/retirement.ts`), `YYYY-MM`. */
  readonly birth: Valued<string>
  readonly retirement: Valued<string>
  /** Paid months before the retirement month, any order; later ones do not count. */
  readonly history: readonly HistoryMonth[]
  readonly deemed: readonly DeemedMonths[]
  /** First month of the personal account 建账时间: paid months before it earn the transitional part. Absent: the national 1996-01. */
  readonly accountFrom?: Valued<string>
  /** Balance of the personal account at retirement, fen (`interest.ts` computes one from a history). */
  readonly account: Valued<number>
  /** What the agency decided already and is not to be computed again: average indices (exact text), the divisor (exact text). */
  readonly averageIndex?: Valued<string>
  readonly transitionalIndex?: Valued<string>
  readonly divisor?: Valued<string>
}

export type Missing = {
  readonly family: ParameterFamily
  readonly province: ProvinceCode | null
  readonly on: string
  readonly key?: string
}

/** Not one number without its parameter: what nobody published, or nobody here has seen. */
export type PensionRefusal = {
  readonly kind: "refused"
  readonly reason: "no-pension-base" | "no-index" | "no-divisor" | "before-the-rules"
  readonly missing: readonly Missing[]
}

/** `provisional` 预发: on the base of an earlier year, because that of the year of retirement is not published; a 重核 follows. */
export type Award = "final" | "provisional"

export type Assessment = {
  readonly kind: "assessed"
  readonly award: Award
  /** Whether the minimum months are met; without them there is no monthly pension yet (社会保险法 Art 16). */
  readonly eligible: Explained<boolean>
  readonly basic: Explained<number>
  readonly account: Explained<number>
  /** Null where the person has such months and no rate or formula of the province is known: the total is then without it. */
  readonly transitional: Explained<number> | null
  readonly total: Explained<number>
  /** Readings that carried this result where the text is silent: those of all parts, once each. */
  readonly rulings: readonly Ruling[]
  readonly missing: readonly Missing[]
}

/** The same figures without the tree, for mass runs. All amounts fen; `index`, `years`, `divisor` exact text. */
export type FastAssessment = {
  readonly kind: "assessed"
  readonly award: Award
  readonly eligible: boolean
  readonly basic_fen: number
  readonly account_fen: number
  readonly transitional_fen: number | null
  readonly total_fen: number
  readonly total_months: number
  readonly index: string
  readonly years: string
  readonly divisor: string
}
