/** What the rules of the record have in common: they add up recorded facts, whatever the day, and claim that none is left out. */
import type { Coverage, Rule, RuleExample, RuleOperand, RuleText } from "../../explain/rule.js"
import type { Unit, Value } from "../../explain/explained.js"

const since = "1950-01-01"

export const scope = {
  stream: { zh: "所问的事件流（参保关系、转移、待遇或重复案件）", en: "stream asked about", unit: "text" },
  family: { zh: "险种大类", en: "family of schemes", unit: "code" },
  scheme: { zh: "险种", en: "scheme", unit: "code" },
  from: { zh: "自", en: "from", unit: "month" },
  until: { zh: "至", en: "until", unit: "month" },
  transfer: { zh: "转移业务", en: "transfer", unit: "text" },
  province: { zh: "省份", en: "province", unit: "code" },
  leg: { zh: "转出省份", en: "province of the leg", unit: "code" },
  case: { zh: "重复参保案件", en: "case of overlap", unit: "text" },
  claim: { zh: "待遇", en: "benefit claim", unit: "text" },
  field: { zh: "所问的金额", en: "which amount", unit: "text" },
  line: { zh: "流水号", en: "line", unit: "text" },
} as const satisfies Readonly<Record<string, RuleText & { readonly unit: Unit }>>

export const all = (zh: string, en: string, unit: Unit, claim: Coverage): RuleOperand => ({ zh, en, unit, all: claim })

type Shape = {
  readonly id: string
  readonly title: RuleText
  readonly summary: RuleText
  readonly unit: Unit
  readonly operands: Readonly<Record<string, RuleOperand>>
  readonly formula: string
  readonly example: Readonly<Record<string, Value>>
  readonly value: Value
  readonly article?: string
  readonly source?: string
}

const rightsRecord =
  "社会保险法 Art 74: 及时、完整、准确地记录参加社会保险的个人缴费和用人单位为其缴费, 以及享受社会保险待遇等个人权益记录"

/** A rule of one version: a sum of facts is the same on every day. */
export const recordRule = ({ id, title, summary, unit, operands, formula, example, value, article, source }: Shape): Rule => {
  const worked: RuleExample = { version: since, operands: example, value, basis: "constructed" }
  return {
    id: `record/${id}`,
    title,
    summary,
    unit,
    operands,
    versions: [
      {
        from: since,
        formula,
        article: article ?? rightsRecord,
        source: source ?? "社会保险法, full text",
        confidence: "official",
      },
    ],
    examples: [worked],
  }
}
