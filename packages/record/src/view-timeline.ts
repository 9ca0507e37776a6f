/** The months of one family laid out: who counts each month, which are missing and why. */
import type { Capacity, Family, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { exclusiveFamilies, familyOf } from "@tongzhang/domain/codes"
import { fromIndex, indexOf } from "@tongzhang/domain/month"
import type { MonthSet } from "@tongzhang/domain/month-set"
import { hasIndex, spanOf } from "./month-bits.js"
import type { PersonState, Relation, Spell } from "./person-state.js"
import type { Cell, Gap, Segment } from "./view-schema.js"

/** One relation counting one month. */
type Entry = { readonly relation: Relation; readonly paidIn: ProvinceCode; readonly spell: Spell | null }

export type Timeline = {
  readonly family: Family
  readonly relations: readonly Relation[]
  /** First month index shown, and what stands in each month from there. */
  readonly first: number
  readonly entries: readonly (readonly Entry[])[]
  readonly cut: number
}

/** Terms that held in a month; before the first spell, the first one's. */
const spellAt = (relation: Relation | undefined, index: number): Spell | null => {
  if (relation === undefined) return null
  let found = relation.spells[0] ?? null
  for (const spell of relation.spells) if (spell.from <= index) found = spell
  return found
}

const covers = (spell: Spell, index: number): boolean => spell.from <= index && (spell.to === null || index <= spell.to)

const layOut = (slots: Entry[][], first: number, cut: number, months: MonthSet, entry: (index: number) => Entry): void => {
  const span = spanOf(months)
  if (span === null) return
  for (let index = span.first; index <= Math.min(span.last, cut); index++)
    if (hasIndex(months, index)) slots[index - first]?.push(entry(index))
}

/** Whether anything of the relation lies at or before the month: it had begun, or it stands for earlier months brought in. */
export const hasBegun = (relation: Relation, cut: number): boolean =>
  relation.from === null ||
  indexOf(relation.from) <= cut ||
  relation.received.some((part) => (spanOf(part.months)?.first ?? cut + 1) <= cut)

/** @param cut last month index to show */
export const timelineOf = (state: PersonState, family: Family, cut: number): Timeline => {
  const relations = [...state.relations.values()]
    .filter((relation) => familyOf(relation.scheme) === family && hasBegun(relation, cut))
    .sort((a, b) => (`${a.province}${a.scheme}` < `${b.province}${b.scheme}` ? -1 : 1))
  const sets = relations.flatMap((relation) => [
    relation.months,
    ...[...relation.received, ...relation.sent].map((part) => part.months),
  ])
  const spans = sets.map(spanOf).filter((span) => span !== null)
  const first = Math.min(...spans.map((span) => span.first))
  const last = Math.min(Math.max(...spans.map((span) => span.last)), cut)
  const slots: Entry[][] = Array.from({ length: spans.length === 0 ? 0 : Math.max(last - first + 1, 0) }, () => [])
  for (const relation of relations) {
    layOut(slots, first, cut, relation.months, (index) => ({
      relation,
      paidIn: relation.province,
      spell: spellAt(relation, index),
    }))
    for (const part of relation.received) {
      // The terms stand in the relation where it was paid; after a second move, further back.
      const origins = relations.filter((other) => other !== relation && other.spells.some((spell) => spell.from <= cut))
      const origin = (index: number): Relation | undefined =>
        origins.find((other) => other.province === part.province && other.spells.some((spell) => covers(spell, index))) ??
        origins.find((other) => other.sent.some((sent) => hasIndex(sent.months, index)))
      layOut(slots, first, cut, part.months, (index) => {
        const from = origin(index)
        return { relation, paidIn: from?.province ?? part.province, spell: spellAt(from, index) }
      })
    }
  }
  return { family, relations, first, entries: slots, cut }
}

const partyOf = ({ relation, spell }: Entry): { province: ProvinceCode; scheme: SchemeCode; capacity: Capacity | null } => ({
  province: relation.province,
  scheme: relation.scheme,
  capacity: spell?.capacity ?? null,
})

type Transit = { readonly from: ProvinceCode; readonly to: ProvinceCode; readonly scheme: SchemeCode }

/** Where a month is that left one relation and has not been booked in the other. */
export const inTransit = (timeline: Timeline, index: number): Transit | null => {
  for (const relation of timeline.relations)
    for (const part of relation.sent) {
      if (!hasIndex(part.months, index)) continue
      const booked = timeline.relations.some((other) =>
        [...other.received, ...other.sent].some((x) => x !== part && x.transferId === part.transferId && other !== relation),
      )
      if (!booked) return { from: relation.province, to: part.province, scheme: relation.scheme }
    }
  return null
}

/** Several covers are a duplicate only in the families where a month may count once (人社部发〔2025〕24号). */
export const overlaps = (timeline: Timeline, entries: readonly Entry[]): boolean =>
  entries.length > 1 && exclusiveFamilies.includes(timeline.family)

const none: Cell = { kind: "none" }

const cellOf = (timeline: Timeline, index: number): Cell => {
  const entries = timeline.entries[index - timeline.first] ?? []
  const entry = entries[0]
  if (entry === undefined) {
    const transit = inTransit(timeline, index)
    return transit === null ? none : { kind: "in_transit", ...transit }
  }
  if (overlaps(timeline, entries)) return { kind: "overlap", parties: entries.map(partyOf) }
  if (entry.paidIn !== entry.relation.province) return { kind: "transferred", ...partyOf(entry), paidIn: entry.paidIn }
  return { kind: "counted", ...partyOf(entry) }
}

/** year -> twelve cells, for every year from the first to the last month. */
export const matrixOf = (timeline: Timeline): Record<string, Cell[]> => {
  const years: Record<string, Cell[]> = {}
  if (timeline.entries.length === 0) return years
  const lastYear = Math.floor((timeline.first + timeline.entries.length - 1) / 12)
  for (let year = Math.floor(timeline.first / 12); year <= lastYear; year++)
    years[String(year)] = Array.from({ length: 12 }, (_, month) => cellOf(timeline, year * 12 + month))
  return years
}

const sameTerms = (a: Entry, b: Entry): boolean =>
  a.relation === b.relation &&
  a.paidIn === b.paidIn &&
  a.spell?.capacity === b.spell?.capacity &&
  a.spell?.employer === b.spell?.employer

/** Maximal runs on the same terms, in order of their first month. */
export const segmentsOf = (timeline: Timeline): Segment[] => {
  const done: { entry: Entry; first: number; last: number }[] = []
  let running: { entry: Entry; first: number; last: number }[] = []
  timeline.entries.forEach((entries, i) => {
    const index = timeline.first + i
    running = running.filter((run) => run.last === index - 1)
    for (const entry of entries) {
      const run = running.find((candidate) => candidate.last === index - 1 && sameTerms(candidate.entry, entry))
      if (run !== undefined) run.last = index
      else {
        const fresh = { entry, first: index, last: index }
        running.push(fresh)
        done.push(fresh)
      }
    }
  })
  return done.map(({ entry, first, last }) => ({
    family: timeline.family,
    ...partyOf(entry),
    employer: entry.spell?.employer ?? null,
    from: fromIndex(first),
    to: fromIndex(last),
    months: last - first + 1,
    paidIn: entry.paidIn === entry.relation.province ? null : entry.paidIn,
  }))
}

type Why = Pick<Gap, "why" | "province" | "reason">

const gapWords: Readonly<Record<Gap["why"], { readonly zh: string; readonly en: string }>> = {
  NOT_PAID: { zh: "参保但未缴费", en: "enrolled, not paid" },
  SUSPENDED: { zh: "暂停缴费", en: "suspended" },
  CLOSED: { zh: "已停保，未在他处参保", en: "closed, not enrolled elsewhere" },
  REFUNDED: { zh: "重复缴费已清退", en: "refunded as a duplicate" },
  IN_TRANSIT: { zh: "转移在途", en: "on its way between provinces" },
  NOT_ENROLLED: { zh: "未参保", en: "not enrolled" },
}

const whyOf = (timeline: Timeline, index: number): Why => {
  const transit = inTransit(timeline, index)
  if (transit !== null) return { why: "IN_TRANSIT", province: transit.from, reason: null }
  let latest: { readonly relation: Relation; readonly spell: Spell } | null = null
  for (const relation of timeline.relations) {
    const { province } = relation
    if (relation.refunded !== null && hasIndex(relation.refunded, index)) return { why: "REFUNDED", province, reason: null }
    for (const spell of relation.spells) {
      if (covers(spell, index)) return { why: "NOT_PAID", province, reason: null }
      if (spell.to !== null && spell.to < index && (latest === null || spell.to > (latest.spell.to ?? 0)))
        latest = { relation, spell }
    }
  }
  if (latest === null) return { why: "NOT_ENROLLED", province: null, reason: null }
  const why = latest.spell.ended === "suspended" ? "SUSPENDED" : latest.spell.ended === "closed" ? "CLOSED" : "NOT_ENROLLED"
  return { why, province: latest.relation.province, reason: latest.spell.reason }
}

/** Months without a counted one between the first and `until` (index), split where the reason changes. */
export const gapsOf = (timeline: Timeline, until: number): Gap[] => {
  const gaps: Gap[] = []
  let since = -1
  let open: { from: number; why: Why } | null = null
  const close = (last: number): void => {
    if (open === null) return
    const { from, why } = open
    gaps.push({
      family: timeline.family,
      from: fromIndex(from),
      to: fromIndex(last),
      months: last - from + 1,
      ...why,
      ...gapWords[why.why],
      since: fromIndex(since),
    })
    open = null
  }
  const counted = timeline.entries.findIndex((entries) => entries.length > 0)
  if (counted < 0) return gaps
  for (let index = timeline.first + counted; index <= until; index++) {
    if ((timeline.entries[index - timeline.first]?.length ?? 0) > 0) {
      close(index - 1)
      since = -1
      continue
    }
    if (since < 0) since = index
    const why = whyOf(timeline, index)
    const before = open
    if (before !== null && (before.why.why !== why.why || before.why.province !== why.province)) close(index - 1)
    open ??= { from: index, why }
  }
  close(until)
  return gaps
}
