/** Parameters as operands of the kind a rule computes with; null where nobody published one. */
import type { Valued } from "../explain/explained.js"
import { parameterOperand, type ParameterQuestion, type Parameters } from "../parameters/parameter.js"

const asked = <T extends number | string | boolean>(
  parameters: Parameters,
  question: ParameterQuestion,
  holds: (value: unknown) => value is T,
): Valued<T> | null => {
  const found = parameters.find(question)
  if (found === null) return null
  const { value } = found
  return holds(value) ? ({ ...parameterOperand(found), value } as Valued<T>) : null
}

const isNumber = (value: unknown): value is number => typeof value === "number"
const isText = (value: unknown): value is string => typeof value === "string"

/** Amounts in fen, months. */
export const askNumber = (parameters: Parameters, question: ParameterQuestion): Valued<number> | null =>
  asked(parameters, question, isNumber)

/** Rates and other exact numbers, time limits. */
export const askText = (parameters: Parameters, question: ParameterQuestion): Valued<string> | null =>
  asked(parameters, question, isText)
