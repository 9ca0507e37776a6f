/**
 * Coverage month by month, as it was known on any day: what every fact changes in the count of paid months and of participations in
 * force, by province, scheme, capacity and sex. The sum of the changes known by a day is the coverage as it was known then. Kept beside
 * the states and written with them, so it is exact at every checkpoint and does not depend on how facts fell into batches.
 *
 * A month counts where it was paid (缴费地): moving a relation to another province takes nothing from the past of the first.
 */
import type { Capacity } from "@tongzhang/domain/codes"
import { fromIndex } from "@tongzhang/domain/month"
import type { MonthSet } from "@tongzhang/domain/month-set"
import { hasIndex, spanOf } from "./month-bits.js"
import type { PersonState, Relation } from "./person-state.js"
import type { CoverageMonthTable } from "./tables.js"

type Terms = { readonly from: number; readonly to: number | null; readonly capacity: Capacity }
/** A relation's coverage at one moment; compared with the next it gives what a fact has changed. */
type Seen = {
  readonly paid: readonly MonthSet[]
  readonly terms: readonly Terms[]
  readonly sex: string
  readonly fallback: string
}

const nothing: Seen = { paid: [], terms: [], sex: "", fallback: "" }

const copied = ({ base, words }: MonthSet): MonthSet => ({ base, words: [...words] })

/** Facts that change months or money and no terms: nearly all there are, so their months are compared word by word. */
const isPayment = (type: string): boolean =>
  type.startsWith("Contribution") || type.startsWith("SubsidyCredited") || type.startsWith("InterestCredited")

/**
 * The relation's own months now, and those it once had and sent away: `sent` may hold months brought in, which were paid elsewhere.
 * @param payment the terms stay as they are and are not copied
 */
const seenOf = (state: PersonState, relation: Relation, payment = false): Seen => ({
  paid: [copied(relation.months), ...relation.sent.map((part) => part.months)],
  terms: payment ? relation.spells : relation.spells.map(({ from, to, capacity }) => ({ from, to, capacity })),
  sex: state.person.sex ?? "",
  fallback: relation.capacity ?? "",
})

const termsAt = (terms: readonly Terms[], month: number): Terms | null => {
  for (let i = terms.length - 1; i >= 0; i--) {
    const one = terms[i]
    if (one !== undefined && one.from <= month && (one.to === null || month <= one.to)) return one
  }
  return null
}

/** In what capacity a month stands paid there; null when it does not. A month outside the terms counts in the latest capacity. */
const paidAs = ({ paid: [own, ...sent], terms, fallback }: Seen, month: number): string | null => {
  if (own === undefined) return null
  if (hasIndex(own, month)) return termsAt(terms, month)?.capacity ?? fallback
  // Of what was sent on, only what the relation's own terms cover was paid here.
  return sent.some((months) => hasIndex(months, month)) ? (termsAt(terms, month)?.capacity ?? null) : null
}

const monthsToCompare = (before: Seen, after: Seen): { readonly first: number; readonly last: number } | null => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const months of [...before.paid, ...after.paid]) {
    const span = spanOf(months)
    if (span === null) continue
    first = Math.min(first, span.first)
    last = Math.max(last, span.last)
  }
  return first <= last ? { first, last } : null
}

const sameWords = (a: MonthSet, b: MonthSet): boolean =>
  a.base === b.base && a.words.length === b.words.length && a.words.every((word, i) => word === b.words[i])
const samePaid = (a: Seen, b: Seen): boolean =>
  a.paid.length === b.paid.length && a.paid.every((months, i) => sameWords(months, b.paid[i] ?? months))
const sameTerms = (a: Seen, b: Seen): boolean =>
  a.terms.length === b.terms.length &&
  a.fallback === b.fallback &&
  a.terms.every(({ from, to, capacity }, i) => {
    const other = b.terms[i]
    return other?.from === from && other.to === to && other.capacity === capacity
  })

const china_ms = 8 * 3_600_000
const dayOf = (recordedAt: number): string => new Date(recordedAt + china_ms).toISOString().slice(0, 10)

type Change = (capacity: string, sex: string, month: number, paid: number, entered: number) => void

/** Months whose bit differs between two sets, in order. */
const differing = function* (a: MonthSet, b: MonthSet): Generator<number> {
  const bases = [a, b].filter(({ words }) => words.length > 0).map(({ base }) => base)
  const ends = [a, b].map(({ base, words }) => (words.length === 0 ? 0 : base + words.length))
  for (let at = Math.min(...bases); at < Math.max(...ends); at++) {
    let word = ((a.words[at - a.base] ?? 0) ^ (b.words[at - b.base] ?? 0)) >>> 0
    while (word !== 0) {
      yield at * 32 + 31 - Math.clz32(word & -word)
      word = (word & (word - 1)) >>> 0
    }
  }
}

const comparePaidOnly = (before: Seen, after: Seen, change: Change): void => {
  const [own, now] = [before.paid[0], after.paid[0]]
  if (own === undefined || now === undefined) return
  for (const month of differing(own, now)) {
    const [was, is] = [paidAs(before, month), paidAs(after, month)]
    if (was === is) continue
    if (was !== null) change(was, before.sex, month, -1, 0)
    if (is !== null) change(is, after.sex, month, 1, 0)
  }
}

const comparePaid = (before: Seen, after: Seen, change: Change): void => {
  const span = monthsToCompare(before, after)
  if (span === null) return
  const sameSex = before.sex === after.sex
  for (let month = span.first; month <= span.last; month++) {
    const [was, is] = [paidAs(before, month), paidAs(after, month)]
    if (was === is && sameSex) continue
    if (was !== null) change(was, before.sex, month, -1, 0)
    if (is !== null) change(is, after.sex, month, 1, 0)
  }
}

const addTerms = ({ terms, sex }: Seen, sign: 1 | -1, change: Change): void => {
  for (const { from, to, capacity } of terms) {
    if (to !== null && to < from) continue
    change(capacity, sex, from, 0, sign)
    if (to !== null) change(capacity, sex, to + 1, 0, -sign)
  }
}

export type CoverageMonths = {
  /** Call it before a fact is folded, with its stream and type; what it returns, after the fact was applied, with the time it was recorded. */
  readonly watch: (state: PersonState, stream: string, type: string) => (recordedAt: number) => void
  /** A state that takes the place of another (null: of none); the difference counts as known on that day. */
  readonly replace: (before: PersonState | null, after: PersonState) => void
  /** The changes since the last call, each key once. */
  readonly drain: () => CoverageMonthTable[]
}

const enrollmentAt = "Enrollment-".length

export const createCoverageMonths = (): CoverageMonths => {
  let rows = new Map<string, CoverageMonthTable>()
  let day = { at: Number.NaN, text: "" }

  const compare = (
    relation: Pick<Relation, "province" | "scheme">,
    before: Seen,
    after: Seen,
    recordedAt: number,
    payment = false,
  ): void => {
    if (payment && before.paid.length > 0 && samePaid(before, after)) return
    const terms = !payment && (before.sex !== after.sex || !sameTerms(before, after))
    if (!payment && !terms && samePaid(before, after)) return
    if (day.at !== Math.floor((recordedAt + china_ms) / 86_400_000))
      day = { at: Math.floor((recordedAt + china_ms) / 86_400_000), text: dayOf(recordedAt) }
    const known_on = day.text
    const { province, scheme } = relation
    const change: Change = (capacity, sex, index, paid, entered) => {
      const month = fromIndex(index)
      const key = `${province}${scheme}${capacity}|${sex}|${month}${known_on}`
      const row = rows.get(key)
      if (row === undefined)
        rows.set(key, { province, scheme, capacity: capacity as Capacity | "", sex: sex as "", month, known_on, paid, entered })
      else {
        row.paid += paid
        row.entered += entered
      }
    }
    if (payment) return comparePaidOnly(before, after, change)
    comparePaid(before, after, change)
    if (!terms) return
    addTerms(before, -1, change)
    addTerms(after, 1, change)
  }

  const compareAll = (before: ReadonlyMap<string, Seen>, after: PersonState, recordedAt: number): void => {
    for (const [name, relation] of after.relations)
      compare(relation, before.get(name) ?? nothing, seenOf(after, relation), recordedAt)
  }
  const allOf = (state: PersonState): Map<string, Seen> =>
    new Map([...state.relations].map(([name, relation]) => [name, seenOf(state, relation)]))

  return {
    watch: (state, stream, type) => {
      if (stream.startsWith("Person-")) {
        const before = allOf(state)
        return (recordedAt) => compareAll(before, state, recordedAt)
      }
      if (!stream.startsWith("Enrollment-")) return () => undefined
      const name = stream.slice(enrollmentAt, stream.lastIndexOf("_"))
      const known = state.relations.get(name)
      const payment = isPayment(type) && known !== undefined
      const before = known === undefined ? nothing : seenOf(state, known, payment)
      return (recordedAt) => {
        const relation = state.relations.get(name)
        if (relation !== undefined) compare(relation, before, seenOf(state, relation, payment), recordedAt, payment)
      }
    },
    replace: (before, after) => compareAll(before === null ? new Map() : allOf(before), after, after.recordedAt),
    drain: () => {
      const drained = [...rows.values()].filter(({ paid, entered }) => paid !== 0 || entered !== 0)
      rows = new Map()
      return drained
    },
  }
}
