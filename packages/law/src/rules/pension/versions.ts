/** Versions and operands of the pension rules, written once. */
import type { RuleText, RuleVersion } from "../../explain/rule.js"
import type { Unit } from "../../explain/explained.js"

/** 国发〔1997〕26号: accounts everywhere, new formula; 国发〔2005〕38号: index and divisor; 2025: ages that are not whole. */
export const since1998 = "1998-01-01"
export const since2006 = "2006-01-01"
export const since2025 = "2025-01-01"

const doc38 = "国发〔2005〕38号, gov.cn"
export const in1998 = (formula: string, article: string): RuleVersion => ({
  from: since1998,
  formula,
  article: `国发〔1997〕26号: ${article}`,
  source: "from memory of the decision, not read",
  confidence: "memory",
})
export const in2006 = (formula: string, article: string, change_en: string): RuleVersion => ({
  from: since2006,
  formula,
  article: `国发〔2005〕38号 Art 6: ${article}`,
  source: doc38,
  confidence: "official",
  change_en,
})
export const open = (formula: string, article: string, source: string): RuleVersion => ({
  from: since1998,
  formula,
  article,
  source,
  confidence: "secondary",
})

type Operand = RuleText & { readonly unit: Unit }
export const operand = (unit: Unit, zh: string, en: string): Operand => ({ unit, zh, en })
