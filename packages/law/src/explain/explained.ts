/**
 * Why a result is what it is (features N2). Every rule returns its result as `Explained`: the formula of its version and the operands
 * that went in, each again a result, a published parameter, or a fact of the ledger. `packages/explanation-checker` re-derives every
 * step from this document alone, with the events and the parameter tables; it shares no code with the rules.
 */
import type { Confidence } from "../citation.js"

/** Exact numbers that are not whole (rates, indices, years) are text: `"0.7219"`, `"367/12"`. */
export type Value = string | number | boolean | null | readonly Value[]

/** What a value counts. `fen` is whole; `month` is `YYYY-MM`, `date` `YYYY-MM-DD`; `code` a province, scheme or outcome code. */
export type Unit = "fen" | "months" | "years" | "rate" | "index" | "month" | "date" | "days" | "count" | "code" | "flag" | "text"

/** A dated, published number: `id` is that of `parameters/` (`pension-base/33/2025`). */
export type ParameterOperand = { readonly kind: "parameter"; readonly id: string; readonly value: Value; readonly unit: Unit }

/**
 * A field of an event in the ledger. `field` is a path in its data (`base_fen`, `months.0.from`); `month` says for which of the
 * event's months it is used, when the event covers several.
 */
export type FactOperand = {
  readonly kind: "fact"
  readonly eventId: string
  readonly stream: string
  readonly field: string
  readonly value: Value
  readonly unit: Unit
  readonly month?: string
}

/** What the asker put in: an assumption of a simulation, the date of the question, an input that no system holds as fact. */
export type GivenOperand = {
  readonly kind: "given"
  readonly value: Value
  readonly unit: Unit
  readonly why_zh: string
  readonly why_en: string
}

export type Operand = ParameterOperand | FactOperand | GivenOperand | Explained

/** The text of the law is silent or contradicts itself: a person has to rule. The value is then the reading named here. */
export type Ruling = {
  /** Which of `law.md` §12 or of a decision table's gaps. */
  readonly question: string
  readonly question_zh: string
  readonly question_en: string
  /** The reading that the value follows meanwhile. */
  readonly reading_en: string
}

export type Explained<T extends Value = Value> = {
  readonly kind: "explained"
  readonly value: T
  readonly unit: Unit
  readonly rule: string
  /** Date from which the rule's version is in force. */
  readonly version: string
  /** Of this version, in the language of `docs/law/formulas.md`, over the names of `operands`. */
  readonly formula: string
  readonly operands: Readonly<Record<string, Operand | readonly Operand[]>>
  readonly article: string
  readonly source: string
  /** Of the rule and of everything below it: the weakest. */
  readonly confidence: Confidence
  readonly needsRuling: Ruling | null
}

/** An operand that is known to hold a number (or text, or flag). */
export type Valued<T extends Value> = Operand & { readonly value: T }

export const given = <T extends Value>(
  value: T,
  unit: Unit,
  why_zh: string,
  why_en: string,
): GivenOperand & { readonly value: T } => ({
  kind: "given",
  value,
  unit,
  why_zh,
  why_en,
})
