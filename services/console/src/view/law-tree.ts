/** An explanation document as lines of a tree: rule, value, article, and what went in (packages/law `Explained`). */
import { yuan } from "./amounts.js"
import { type Language, provinceName } from "./places.js"

export type TreeNode = {
  /** The operand's name in the formula, or the rule. */
  readonly name: string
  readonly value: string
  readonly rule: string | null
  readonly formula: string | null
  readonly article: string | null
  /** `event`: eventId; `parameter`: its id; `given`: why. */
  readonly leaf: { readonly kind: "event" | "parameter" | "given"; readonly text: string } | null
  readonly children: readonly TreeNode[]
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)
const text = (value: unknown): string => (typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value))

/** A value with its unit: fen as yuan, province codes as names, years and shares as the rule wrote them. */
export const valueWords = (value: unknown, unit: unknown, language: Language): string => {
  if (Array.isArray(value)) return value.map((one) => valueWords(one, unit, language)).join(language === "zh" ? "、" : ", ")
  if (value === null) return language === "zh" ? "无" : "none"
  if (typeof value === "boolean") return language === "zh" ? (value ? "是" : "否") : value ? "yes" : "no"
  if (unit === "fen" && typeof value === "number") return yuan(value)
  if (unit === "months" && typeof value === "number") return language === "zh" ? `${value} 个月` : `${value} months`
  if (unit === "code" && typeof value === "string") return provinceName(value, language)
  return text(value)
}

const leafOf = (operand: Json, language: Language): TreeNode["leaf"] => {
  switch (operand["kind"]) {
    case "fact":
      return { kind: "event", text: `${text(operand["eventId"])} ${text(operand["field"])}` }
    case "parameter":
      return { kind: "parameter", text: text(operand["id"]) }
    case "given":
      return { kind: "given", text: text(operand[language === "zh" ? "why_zh" : "why_en"]) }
    default:
      return null
  }
}

const nodeOf = (name: string, operand: unknown, language: Language): TreeNode | null => {
  if (!isObject(operand)) return null
  const value = valueWords(operand["value"], operand["unit"], language)
  if (operand["kind"] !== "explained")
    return { name, value, rule: null, formula: null, article: null, leaf: leafOf(operand, language), children: [] }
  const operands = isObject(operand["operands"]) ? Object.entries(operand["operands"]) : []
  return {
    name,
    value,
    rule: `${text(operand["rule"])} @ ${text(operand["version"])}`,
    formula: text(operand["formula"]),
    article: text(operand["article"]),
    leaf: null,
    children: operands.flatMap(([label, found]) =>
      (Array.isArray(found)
        ? found.map((one, i) => nodeOf(`${label}[${i + 1}]`, one, language))
        : [nodeOf(label, found, language)]
      ).filter((node) => node !== null),
    ),
  }
}

/** One tree per answered number; what is no explanation is left out. */
export const treesOf = (answers: Json, language: Language): TreeNode[] =>
  Object.entries(answers).flatMap(([name, answer]) => nodeOf(name, answer, language) ?? [])
