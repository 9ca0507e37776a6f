/** Short forms for what rules say about themselves and for operands that no system holds as a fact. */
import type { Explained, GivenOperand, Unit, Valued, Value } from "../explain/explained.js"
import { explained, type Rule, type RuleText, versionInForce } from "../explain/rule.js"
import type { Ruling } from "../explain/explained.js"

/** An operand as the rule's page shows it. */
export const op = (zh: string, en: string, unit: Unit): RuleText & { readonly unit: Unit } => ({ zh, en, unit })

/** Something that is not so, not known or not there: `null`, `false`, `0` or `[]`, and why it was taken. */
export const taken = <T extends Value>(value: T, unit: Unit, why_zh: string, why_en: string): GivenOperand & Valued<T> => ({
  kind: "given",
  value,
  unit,
  why_zh,
  why_en,
})

export const unknown = (unit: Unit, zh: string, en: string): GivenOperand & Valued<null> =>
  taken(null, unit, `${zh}不详`, `${en} not known`)

/** The result of the version in force on a day; `value` is told the day the version began. */
export const concluded = <T extends Value>(
  rule: Rule,
  on: string,
  operands: Explained["operands"],
  value: (version: string) => T,
  needsRuling: Ruling | null = null,
): Explained<T> => {
  const version = versionInForce(rule, on)
  return explained(rule, version, operands, value(version.from), needsRuling)
}

/** Day from which the ledger's oldest rules are told: 国发〔1997〕26号 was carried out from 1998 on. */
export const beginning = "1998-01-01"

export const no66 = "国发〔1997〕26号: before 国办发〔2009〕66号 no national rule on this"
export const doc66 = "国务院办公厅 国办发〔2009〕66号, full-text mirror of beijing.gov.cn"
