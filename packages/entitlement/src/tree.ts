/** An explanation for people: a tree of lines in Chinese or English, each number with its rule, article and what it was made of. */
import { provinces } from "@tongzhang/domain/codes"
import { type Fen, formatYuan } from "@tongzhang/domain/money"
import type { Explained, Operand, Unit, Value } from "@tongzhang/law/explain/explained"
import type { Rule } from "@tongzhang/law/explain/rule"
import { rules } from "@tongzhang/law/rules/registry"
import type { ExplanationDocument } from "./document.js"

export type Language = "zh" | "en"

const byId: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]))

const unitWords: Readonly<Partial<Record<Unit, readonly [zh: string, en: string]>>> = {
  months: ["个月", "months"],
  years: ["年", "years"],
  days: ["天", "days"],
}
const flagWords = { zh: ["是", "否"], en: ["yes", "no"] } as const

const placeName = (code: string, language: Language): string => {
  const known = (provinces as Readonly<Record<string, Readonly<Record<Language, string>>>>)[code]
  return known === undefined ? code : `${known[language]} (${code})`
}

/** A value as people write it: yuan, percent signs never, months with their word. */
export const valueText = (value: Value, unit: Unit, language: Language): string => {
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => valueText(one, unit, language)).join(", ")
  if (value === null) return language === "zh" ? "无" : "none"
  if (typeof value === "boolean") return flagWords[language][value ? 0 : 1]
  if (unit === "fen" && typeof value === "number") return formatYuan(value as Fen)
  if (unit === "code" && typeof value === "string") return placeName(value, language)
  const word = unitWords[unit]
  const text = String(value as string | number)
  return word === undefined ? text : `${text} ${word[language === "zh" ? 0 : 1]}`
}

type Drawing = { readonly language: Language; readonly lines: string[]; readonly list_max: number; readonly seen: Set<string> }

const said = (language: Language, zh: string, en: string): string => (language === "zh" ? zh : en)

const leafText = (operand: Exclude<Operand, Explained>, language: Language): string => {
  const value = valueText(operand.value, operand.unit, language)
  switch (operand.kind) {
    case "parameter":
      return `${value}  ← ${said(language, "公布参数", "published")} ${operand.id}`
    case "given":
      return `${value}  ← ${said(language, operand.why_zh, operand.why_en)}`
    case "fact": {
      const month = operand.month === undefined || operand.month === operand.value ? "" : ` ${operand.month}`
      return `${value}${month}  ← ${said(language, "事件", "event")} ${operand.eventId} ${operand.field}`
    }
  }
}

const operandName = (rule: Rule | undefined, name: string, language: Language): string => rule?.operands[name]?.[language] ?? name

const drawOperand = (drawing: Drawing, label: string, operand: Operand, indent: string): void => {
  if (operand.kind === "explained") drawStep(drawing, label, operand, indent)
  else drawing.lines.push(`${indent}${label} = ${leafText(operand, drawing.language)}`)
}

const drawList = (drawing: Drawing, label: string, list: readonly Operand[], indent: string): void => {
  const { language, list_max, lines } = drawing
  lines.push(`${indent}${label}: ${list.length} ${said(language, "项", list.length === 1 ? "entry" : "entries")}`)
  list.slice(0, list_max).forEach((one, i) => drawOperand(drawing, `${i + 1}`, one, `${indent}  `))
  if (list.length > list_max)
    lines.push(`${indent}  … ${said(language, `另有 ${list.length - list_max} 项`, `${list.length - list_max} more`)}`)
}

/** A step that was drawn already is named, not drawn again. */
const drawStep = (drawing: Drawing, label: string, step: Explained, indent: string): void => {
  const { language, lines, seen } = drawing
  const rule = byId.get(step.rule)
  const value = valueText(step.value, step.unit, language)
  lines.push(`${indent}${label} = ${value}  · ${rule?.title[language] ?? step.rule}`)
  const under = `${indent}  `
  // By content: a document that came as JSON shares nothing any more.
  const content = JSON.stringify(step)
  if (seen.has(content)) {
    lines.push(`${under}${said(language, "（见上）", "(as above)")}`)
    return
  }
  seen.add(content)
  lines.push(`${under}${step.article}  [${step.rule} ${step.version}, ${step.confidence}]`)
  lines.push(`${under}${step.formula}`)
  const { needsRuling } = step
  if (needsRuling !== null)
    lines.push(`${under}⚠ ${said(language, needsRuling.question_zh, `${needsRuling.question_en} ${needsRuling.reading_en}`)}`)
  for (const [name, found] of Object.entries(step.operands)) {
    const named = operandName(rule, name, language)
    if ("kind" in found) drawOperand(drawing, named, found, `${under}  `)
    else drawList(drawing, named, found, `${under}  `)
  }
}

/** @param list_max entries of a list that are drawn; the document holds them all */
export const drawExplanation = (document: ExplanationDocument, language: Language, list_max = 3): string => {
  const lines: string[] = []
  const seen = new Set<string>()
  const { question, ruleDate, answers } = document
  lines.push(`${question} · ${said(language, "适用规则日期", "rules of")} ${ruleDate}`)
  for (const [path, answer] of Object.entries(answers)) {
    lines.push("")
    drawStep({ language, lines, list_max, seen }, path, answer, "")
  }
  return lines.join("\n")
}
