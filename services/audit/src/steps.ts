/** What one fact changed in a person's standing, as numbers before and after and as words. */
import { countMonths } from "@tongzhang/record/month-bits"
import type { PersonState } from "@tongzhang/record/person-state"
import { provinceName, schemeName, type Words, yuan } from "@tongzhang/contracts/words"

/** One number or word of a person's standing. `fen` is shown as yuan. */
export type Figure = {
  readonly about: string
  readonly what: string
  readonly value: number | string | null
  readonly unit: "fen" | "months" | "text"
}
export type Change = {
  /** `44_110`, a transfer id, an overlap case, a benefit claim, or `person`. */
  readonly about: string
  readonly what: string
  readonly before: number | string | null
  readonly after: number | string | null
  readonly unit: Figure["unit"]
  /** What changed, without its values. */
  readonly label: Words
  readonly words: Words
}

const figure = (about: string, what: string, value: Figure["value"], unit: Figure["unit"] = "text"): Figure => ({
  about,
  what,
  value,
  unit,
})

const relationFigures = (state: PersonState): Figure[] =>
  [...state.relations].flatMap(([key, relation]) => [
    figure(key, "status", relation.status),
    figure(key, "capacity", relation.capacity),
    figure(key, "own_months", countMonths(relation.months), "months"),
    figure(
      key,
      "received_months",
      relation.received.reduce((sum, part) => sum + countMonths(part.months), 0),
      "months",
    ),
    figure(key, "account_fen", relation.account_fen, "fen"),
    figure(key, "pooled_fen", relation.pooled_fen, "fen"),
    figure(key, "bases_fen", relation.bases_fen, "fen"),
  ])

const caseFigures = (state: PersonState): Figure[] => [
  ...[...state.transfers].flatMap(([id, part]) => [
    figure(id, "status", part.state.status),
    ...[...part.state.legs].flatMap(([leg, one]) => [
      figure(id, `leg ${leg}`, one.outcome),
      figure(id, `leg ${leg} due`, one.due),
      figure(id, `leg ${leg} money_fen`, one.account_fen + one.pooled_fen, "fen"),
    ]),
  ]),
  ...[...state.overlaps.values()].flatMap((part) =>
    [...part.state.cases].flatMap(([id, one]) => [
      figure(id, "status", one.status),
      figure(id, "overlap_months", countMonths(one.months), "months"),
      figure(id, "keep", one.keep),
    ]),
  ),
  ...[...state.benefits.values()].flatMap((part) =>
    [...part.state.claims].flatMap(([id, one]) => [
      figure(id, "status", one.status),
      figure(id, "held", one.held),
      figure(id, "monthly_fen", one.award?.monthly_fen ?? null, "fen"),
      figure(id, "paid_fen", one.paid_fen, "fen"),
    ]),
  ),
]

/** All figures of a state, by `{about}|{what}`. Private fields are not among them. */
export const figuresOf = (state: PersonState): ReadonlyMap<string, Figure> => {
  const { person } = state
  const all = [
    figure("person", "registered", person.registered ? "yes" : "no"),
    figure("person", "hukou", person.hukou),
    figure("person", "died", person.diedOn),
    figure("person", "merged", person.merged.length === 0 ? null : person.merged.join(" ")),
    ...relationFigures(state),
    ...caseFigures(state),
  ]
  return new Map(all.map((one) => [`${one.about}|${one.what}`, one]))
}

const names: Readonly<Record<string, Words>> = {
  status: { zh: "状态", en: "status" },
  capacity: { zh: "参保身份", en: "capacity" },
  own_months: { zh: "本地缴费月数", en: "months paid here" },
  received_months: { zh: "转入月数", en: "months transferred in" },
  account_fen: { zh: "个人账户", en: "personal account" },
  pooled_fen: { zh: "统筹", en: "pooled fund" },
  bases_fen: { zh: "基数合计", en: "sum of bases" },
  overlap_months: { zh: "重复月数", en: "overlapping months" },
  keep: { zh: "保留", en: "keep" },
  held: { zh: "暂缓", en: "held" },
  monthly_fen: { zh: "月待遇", en: "monthly benefit" },
  paid_fen: { zh: "已发", en: "paid" },
  registered: { zh: "已登记", en: "registered" },
  hukou: { zh: "户籍地", en: "hukou" },
  died: { zh: "死亡", en: "died" },
  merged: { zh: "合并", en: "merged" },
}

const aboutName = (about: string): Words => {
  const relation = /^(\d{2})_(\d{3})$/u.exec(about)
  if (relation === null) return about === "person" ? { zh: "本人", en: "person" } : { zh: about, en: about }
  const [, province = "", scheme = ""] = relation
  return {
    zh: `${provinceName(province).zh}${schemeName(scheme).zh}`,
    en: `${provinceName(province).en} ${schemeName(scheme).en}`,
  }
}

const written = (value: Figure["value"], unit: Figure["unit"]): string =>
  value === null ? "-" : unit === "fen" && typeof value === "number" ? yuan(value) : String(value)

const labelOf = (about: string, what: string): Words => {
  const who = aboutName(about)
  const name = names[what] ?? { zh: what, en: what }
  return { zh: `${who.zh} ${name.zh}`, en: `${who.en} ${name.en}` }
}

const inWords = (label: Words, before: Figure["value"], after: Figure["value"], unit: Figure["unit"]): Words => {
  const from = written(before, unit)
  const to = written(after, unit)
  const more = typeof before === "number" && typeof after === "number" ? after - before : null
  const by = more === null ? "" : ` (${more >= 0 ? "+" : ""}${written(more, unit)})`
  return { zh: `${label.zh}：${from} → ${to}${by}`, en: `${label.en}: ${from} -> ${to}${by}` }
}

const nought = (unit: Figure["unit"]): Figure["value"] => (unit === "text" ? null : 0)

/** What differs, in the order of the later state. */
export const changesBetween = (before: ReadonlyMap<string, Figure>, after: ReadonlyMap<string, Figure>): Change[] => {
  const changes: Change[] = []
  for (const [key, now] of after) {
    const { about, what, unit } = now
    const was = before.get(key)?.value ?? nought(unit)
    if (was === now.value) continue
    const label = labelOf(about, what)
    changes.push({ about, what, unit, before: was, after: now.value, label, words: inWords(label, was, now.value, unit) })
  }
  return changes
}
