/** What a province does where the national formula is silent: dated parameters of the family `pension-practice`. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Operand } from "../../explain/explained.js"
import { type Parameters, parameterOperand } from "../../parameters/parameter.js"

/** The values each practice may have; the rules' formulas name them. */
export const practiceValues = {
  years: ["two-decimals", "exact", "two-decimals-down", "two-decimals-up", "four-decimals", "tenth-up"],
  "part-rounding": ["fen", "jiao", "jiao-up"],
  "total-rounding": ["fen", "jiao-up", "yuan-up"],
  "gap-months": ["left-out", "as-zero"],
  "index-step": ["0.01", "0.001", "0.0001", "0.00001", "0.000001"],
  "indexed-wage": ["exact", "fen"],
  "low-index": ["full", "proportional"],
  "transitional-formula": ["indexed", "base-only"],
  "transitional-index": ["same", "own"],
  "two-bases": ["one", "city-and-province"],
  "account-interest": ["from-next-month", "from-same-month", "whole-year", "none"],
} as const
export type PracticeTopic = keyof typeof practiceValues
export type PracticeValue<T extends PracticeTopic> = (typeof practiceValues)[T][number]

export type Practice<T extends PracticeTopic> = { readonly value: PracticeValue<T>; readonly operand: Operand }
export type Practices = { readonly [T in PracticeTopic]: Practice<T> }

export const practiceTopics = Object.keys(practiceValues) as readonly PracticeTopic[]

/** One practice of a place on a day; null before any is known. Throws on a practice that the rules do not know: a table was changed without them. */
export const practiceOf = <T extends PracticeTopic>(
  parameters: Parameters,
  topic: T,
  province: ProvinceCode,
  region: string | undefined,
  on: string,
): Practice<T> | null => {
  const found = parameters.find({
    family: "pension-practice",
    province,
    key: topic,
    on,
    ...(region === undefined ? {} : { region }),
  })
  if (found === null) return null
  const values: readonly string[] = practiceValues[topic]
  if (!values.includes(String(found.value))) throw new Error(`unknown practice ${found.id}: ${String(found.value)}`)
  return { value: found.value as PracticeValue<T>, operand: parameterOperand(found) }
}

/** All practices of a place on a day; null before any is known (2006). */
export const practicesOf = (
  parameters: Parameters,
  province: ProvinceCode,
  region: string | undefined,
  on: string,
): Practices | null => {
  const found: Partial<Record<PracticeTopic, Practice<PracticeTopic>>> = {}
  for (const topic of practiceTopics) {
    const one = practiceOf(parameters, topic, province, region, on)
    if (one === null) return null
    found[topic] = one
  }
  return found as Practices
}
