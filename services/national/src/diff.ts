/** What changed in a record between two moments of knowledge, in words. */
import { provinces, schemes } from "@tongzhang/domain/codes"
import { formatYuan, isFen } from "@tongzhang/domain/money"
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import { z } from "zod"

const value = z.union([z.string(), z.number()]).nullable()
const unit = z.enum(["fen", "months", "text"])
export const differenceSchema = z.object({
  about: z.string().describe("person, a relation `44_110`, a family, a transfer, an overlap case or a claim"),
  what: z.string(),
  before: value,
  after: value,
  unit,
  zh: z.string(),
  en: z.string(),
})
export type Difference = z.infer<typeof differenceSchema>

type Value = z.infer<typeof value>
type Figure = {
  readonly about: string
  readonly who: { readonly zh: string; readonly en: string }
  readonly what: keyof typeof names
  readonly value: Value
}

const names = {
  status: { zh: "状态", en: "status", unit: "text" },
  hukou: { zh: "户籍地", en: "hukou", unit: "text" },
  diedOn: { zh: "死亡日期", en: "date of death", unit: "text" },
  ranges: { zh: "缴费月份", en: "months", unit: "text" },
  months_standing: { zh: "现计月数", en: "months counted", unit: "months" },
  months_total: { zh: "累计月数", en: "months in total", unit: "months" },
  months_overlapping: { zh: "重复月数", en: "overlapping months", unit: "months" },
  account_fen: { zh: "个人账户", en: "personal account", unit: "fen" },
  pooled_fen: { zh: "统筹", en: "pooled fund", unit: "fen" },
  monthly_fen: { zh: "月待遇", en: "monthly benefit", unit: "fen" },
  paid_fen: { zh: "已发待遇", en: "benefit paid", unit: "fen" },
  held: { zh: "暂缓原因", en: "held for", unit: "text" },
} as const

const familyNames: Readonly<Record<string, string>> = {
  pension: "养老",
  medical: "医疗",
  unemployment: "失业",
  injury: "工伤",
  maternity: "生育",
}

const relationName = (province: string, scheme: string): { zh: string; en: string } => {
  const place = provinces[province as keyof typeof provinces]
  const kind = schemes[scheme as keyof typeof schemes]
  return { zh: `${place.zh}${kind.zh}`, en: `${place.en} ${kind.en}` }
}

const spans = (months: readonly { readonly from: string; readonly to: string }[]): string | null =>
  months.length === 0 ? null : months.map(({ from, to }) => (from === to ? from : `${from}..${to}`)).join(" ")

const figuresOf = (record: UnifiedRecord): Map<string, Figure> => {
  const figures: Figure[] = []
  const add = (about: string, who: Figure["who"], values: Partial<Record<Figure["what"], Value>>): void => {
    for (const [what, one] of Object.entries(values)) figures.push({ about, who, what: what as Figure["what"], value: one })
  }
  const self = { zh: "本人", en: "Person" }
  add("person", self, { hukou: record.person.hukou, diedOn: record.person.diedOn })
  for (const { province, scheme, status, ranges, months_standing, account_fen, pooled_fen } of record.relations)
    add(`${province}_${scheme}`, relationName(province, scheme), {
      status,
      ranges: spans(ranges),
      months_standing,
      account_fen,
      pooled_fen,
    })
  for (const { family, months_total, months_overlapping } of record.totals.families)
    add(family, { zh: familyNames[family] ?? family, en: family }, { months_total, months_overlapping })
  for (const { transferId, status } of record.cases.transfers)
    add(transferId, { zh: `转移 ${transferId}`, en: `Transfer ${transferId}` }, { status })
  for (const one of record.cases.overlaps)
    add(one.case, { zh: `重复案件 ${one.case}`, en: `Overlap ${one.case}` }, { status: one.status })
  for (const { claim, status, held, monthly_fen, paid_fen } of record.benefits)
    add(claim, { zh: `待遇 ${claim}`, en: `Benefit ${claim}` }, { status, held, monthly_fen, paid_fen })
  return new Map(figures.map((figure) => [`${figure.about}|${figure.what}`, figure]))
}

const written = (one: Value, how: z.infer<typeof unit>): string =>
  one === null ? "-" : how === "fen" && typeof one === "number" && isFen(one) ? formatYuan(one) : String(one)

const differenceOf = (figure: Figure, before: Value, after: Value): Difference => {
  const { about, who, what } = figure
  const name = names[what]
  const more = typeof before === "number" && typeof after === "number" ? after - before : null
  const by = more === null ? "" : ` (${more > 0 ? "+" : ""}${written(more, name.unit)})`
  const change = `${written(before, name.unit)} -> ${written(after, name.unit)}${by}`
  return {
    about,
    what,
    before,
    after,
    unit: name.unit,
    zh: `${who.zh} ${name.zh}：${change}`,
    en: `${who.en} ${name.en}: ${change}`,
  }
}

/** Figures that differ; what one side does not have counts as nothing (0, or null for words). */
export const differencesBetween = (before: UnifiedRecord, after: UnifiedRecord): Difference[] => {
  const was = figuresOf(before)
  const now = figuresOf(after)
  return [...new Map([...was, ...now])].flatMap(([key, figure]) => {
    const none: Value = names[figure.what].unit === "text" ? null : 0
    const a = was.get(key)?.value ?? none
    const b = now.get(key)?.value ?? none
    return a === b ? [] : [differenceOf(figure, a, b)]
  })
}
