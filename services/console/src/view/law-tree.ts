/** An explanation document as lines of a tree: rule, value, article, and what went in (packages/law `Explained`). */
import { yuan } from "./amounts.js"
import { type Language, provinceName } from "./places.js"

export type TreeNode = {
  /** The operand's name in the formula. */
  readonly name: string
  /** The same in words. */
  readonly label: string
  readonly value: string
  readonly rule: string | null
  readonly formula: string | null
  readonly article: string | null
  /** `event`: eventId; `parameter`: its id; `given`: why. */
  readonly leaf: { readonly kind: "event" | "parameter" | "given"; readonly text: string } | null
  readonly children: readonly TreeNode[]
}

/** `GET /national/rules`, by id. */
export type RuleWords = ReadonlyMap<
  string,
  { readonly title: Words; readonly operands: Readonly<Record<string, Words | undefined>> }
>
type Words = Readonly<Record<Language, string>>

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

export type Speech = { readonly language: Language; readonly rules: RuleWords }

const nodeOf = (name: string, label: string, operand: unknown, speech: Speech): TreeNode | null => {
  if (!isObject(operand)) return null
  const { language, rules } = speech
  const value = valueWords(operand["value"], operand["unit"], language)
  if (operand["kind"] !== "explained")
    return { name, label, value, rule: null, formula: null, article: null, leaf: leafOf(operand, language), children: [] }
  const operands = isObject(operand["operands"]) ? Object.entries(operand["operands"]) : []
  const words = rules.get(text(operand["rule"]))?.operands ?? {}
  const labelOf = (operandName: string): string => words[operandName]?.[language] ?? operandName
  return {
    name,
    label,
    value,
    rule: `${text(operand["rule"])} @ ${text(operand["version"])}`,
    formula: text(operand["formula"]),
    article: text(operand["article"]),
    leaf: null,
    children: operands.flatMap(([operandName, found]) =>
      (Array.isArray(found)
        ? found.map((one, i) => nodeOf(`${operandName}[${i + 1}]`, `${labelOf(operandName)} ${i + 1}`, one, speech))
        : [nodeOf(operandName, labelOf(operandName), found, speech)]
      ).filter((node) => node !== null),
    ),
  }
}

/** One tree per answered number; what is no explanation is left out. */
export const treesOf = (answers: Json, speech: Speech): TreeNode[] =>
  Object.entries(answers).flatMap(([name, answer]) => {
    const title = isObject(answer) ? speech.rules.get(text(answer["rule"]))?.title[speech.language] : undefined
    return nodeOf(name, title ?? name, answer, speech) ?? []
  })
