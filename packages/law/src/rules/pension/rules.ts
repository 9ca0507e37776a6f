/** The rules of pensions, for the registry. */
import type { Rule } from "../../explain/rule.js"
import * as counting from "./counting-rules.js"
import * as indices from "./index-rules.js"
import * as interest from "./interest-rules.js"
import * as parts from "./part-rules.js"
import * as resident from "./resident.js"

const isRule = (value: unknown): value is Rule =>
  typeof value === "object" && value !== null && "versions" in value && "operands" in value

export const pensionRules: readonly Rule[] = [counting, indices, interest, parts, resident].flatMap((module) =>
  Object.values<unknown>(module).filter(isRule),
)
