/**
 * Did my employer pay (B19): per payer and month what the ledger knows, and what it does not. A month without a payment while the
 * relation is open is an alert once the province has reported since; until then it is said who has not reported. Pure.
 */
import type { Capacity, Family } from "@tongzhang/domain/codes"
import { exclusiveFamilies, familyOf, type ProvinceCode, type SchemeCode } from "@tongzhang/domain/codes"
import { addMonths, fromIndex, indexOf, type YearMonth } from "@tongzhang/domain/month"
import { hasIndex } from "@tongzhang/record/month-bits"
import type { PersonState, Relation, Spell } from "@tongzhang/record/person-state"
import type { PaidLine, RelationLines } from "./lines.js"

export type MonthState =
  | "credited"
  /** Credited, for an earlier month 补缴. */
  | "late"
  | "reversed"
  | "refunded"
  /** Nothing came here, and another relation of the family counts the month: nobody owes it. */
  | "elsewhere"
  /** The relation was open, the province has reported since, and nothing came. */
  | "missing"
  /** The province has not reported since the month was over. */
  | "unreported"
  /** Not yet time: the month after it is not over. */
  | "waiting"

export type PaidMonth = {
  readonly month: YearMonth
  readonly state: MonthState
  readonly line: PaidLine | null
  /** Of the line's months. */
  readonly share_of: number
}

/** `own`: a flexible worker or resident pays alone. */
export type PayerKind = "employer" | "own"
export type Payer = {
  readonly relation: string
  readonly province: ProvinceCode
  readonly scheme: SchemeCode
  readonly family: Family
  readonly kind: PayerKind
  readonly employer: string | null
  readonly capacity: Capacity
  readonly months: readonly PaidMonth[]
}

export type PaidQuestion = {
  /** Last month that is over. */
  readonly current: YearMonth
  /** Month in which the province was last heard; null: never. */
  readonly heardIn: (province: ProvinceCode) => YearMonth | null
}

/** Months until a payment that has not come is asked about: collection runs until the end of the following month. */
export const patience_months = 1

const lastSpell = (spells: readonly Spell[], index: number): Spell | null => {
  let found: Spell | null = null
  for (const spell of spells) if (spell.from <= index && (spell.to === null || index <= spell.to)) found = spell
  return found
}

const stateWithout = (relation: Relation, index: number, { current, heardIn }: PaidQuestion): MonthState => {
  const now = indexOf(current)
  if (index > now - patience_months) return "waiting"
  const heard = heardIn(relation.province)
  return heard !== null && indexOf(heard) > index ? "missing" : "unreported"
}

const monthOf = (relation: Relation, lines: RelationLines, index: number, question: PaidQuestion): PaidMonth => {
  const covering = lines.lines.filter(({ first, last }) => first <= index && index <= last)
  const line = covering.findLast(({ reversed }) => reversed === null) ?? covering.at(-1) ?? null
  const month = fromIndex(index)
  const share_of = line === null ? 1 : line.last - line.first + 1
  const refunded = relation.refunded !== null && hasIndex(relation.refunded, index)
  if (refunded) return { month, state: "refunded", line, share_of }
  if (line === null) return { month, state: stateWithout(relation, index, question), line, share_of }
  if (line.reversed !== null) return { month, state: "reversed", line, share_of }
  const late = line.kind !== "regular" || (relation.late !== null && hasIndex(relation.late, index))
  return { month, state: late ? "late" : "credited", line, share_of }
}

const payerOf = (spell: Spell): { readonly kind: PayerKind; readonly employer: string | null } =>
  spell.capacity === "employee" ? { kind: "employer", employer: spell.employer } : { kind: "own", employer: null }

/** Every month from a relation's beginning to its end or today, and every month paid outside its spells (booked late, or before). */
const indexesOf = (relation: Relation, lines: RelationLines, now: number): number[] => {
  const indexes = new Set<number>()
  for (const { from, to } of relation.spells) for (let i = from; i <= Math.min(to ?? now, now); i++) indexes.add(i)
  for (const { first, last } of lines.lines) for (let i = first; i <= last; i++) indexes.add(i)
  return [...indexes].sort((a, b) => a - b)
}

const payersOf = (relation: Relation, lines: RelationLines, question: PaidQuestion): Payer[] => {
  const { province, scheme, spells } = relation
  const [first] = spells
  if (first === undefined) return []
  const found = new Map<string, Payer & { readonly months: PaidMonth[] }>()
  for (const index of indexesOf(relation, lines, indexOf(question.current))) {
    const spell = lastSpell(spells, index) ?? spells.findLast(({ from }) => from <= index) ?? first
    const { kind, employer } = payerOf(spell)
    const id = `${kind} ${employer ?? ""}`
    const payer = found.get(id) ?? {
      relation: `${province}_${scheme}`,
      province,
      scheme,
      family: familyOf(scheme),
      kind,
      employer,
      capacity: spell.capacity,
      months: [],
    }
    found.set(id, payer)
    payer.months.push(monthOf(relation, lines, index, question))
  }
  return [...found.values()]
}

const stands = ({ state }: PaidMonth): boolean => state === "credited" || state === "late"

/** A month that another relation of an exclusive family counts is owed by nobody here (one month counts once). */
const countedElsewhere = (payers: readonly Payer[]): readonly Payer[] => {
  const counted = new Set(payers.flatMap(({ family, months }) => months.filter(stands).map(({ month }) => `${family} ${month}`)))
  return payers.map((payer) =>
    exclusiveFamilies.includes(payer.family)
      ? {
          ...payer,
          months: payer.months.map((one) =>
            alarming(one.state) && counted.has(`${payer.family} ${one.month}`) ? { ...one, state: "elsewhere" as const } : one,
          ),
        }
      : payer,
  )
}

/** Every payer of a person's life; who paid last comes first. */
export const paidOf = (
  state: PersonState,
  lines: ReadonlyMap<string, RelationLines>,
  question: PaidQuestion,
): readonly Payer[] => {
  const payers = [...state.relations.values()].flatMap((relation) =>
    payersOf(relation, lines.get(`${relation.province}_${relation.scheme}`) ?? { lines: [], refunds: [] }, question),
  )
  return countedElsewhere(payers).toSorted((a, b) => (b.months.at(-1)?.month ?? "").localeCompare(a.months.at(-1)?.month ?? ""))
}

export type Alert = {
  readonly payer: Payer
  readonly state: "missing" | "unreported" | "reversed"
  readonly from: YearMonth
  readonly to: YearMonth
  readonly months: number
}

const alarming = (state: MonthState): state is Alert["state"] =>
  state === "missing" || state === "unreported" || state === "reversed"

type Run = { readonly state: Alert["state"]; readonly from: YearMonth; to: YearMonth; months: number }

/** Runs of months somebody should act on, the newest first. */
export const alertsOf = (payers: readonly Payer[]): readonly Alert[] =>
  payers
    .flatMap((payer) => {
      const runs: Run[] = []
      for (const { month, state } of payer.months) {
        if (!alarming(state)) continue
        const last = runs.at(-1)
        if (last?.state === state && addMonths(last.to, 1) === month) {
          last.to = month
          last.months++
        } else runs.push({ state, from: month, to: month, months: 1 })
      }
      return runs.map((run): Alert => ({ payer, ...run }))
    })
    .toSorted((a, b) => b.to.localeCompare(a.to))
