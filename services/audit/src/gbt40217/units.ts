/**
 * Tables 1, 8 and 9: employers, and what they paid at once. The ledger holds no bill of an employer: these are the sums of its
 * persons' lines (tables 11 and 12), grouped by employer, day of payment, month and kind.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { monthsBetween } from "@tongzhang/domain/month"
import { digits, employerAt, type PersonFacts, type PensionScheme, schemeOf, yuanOf } from "./person-facts.js"
import { accountParts, dueTypes, type Payment, payments, type Period, placed } from "./rows.js"
import type { UnitTable } from "./tables.js"
import type { Row } from "./xml.js"

export type Units = {
  /** One person after the other, each once. */
  readonly add: (facts: PersonFacts) => void
  /** In order of employer, day, month and kind. */
  readonly rows: () => Iterable<Row>
}

/** Groups kept in memory, a few hundred bytes each: a province of more is exported by shorter periods. */
export const unit_groups_max = 1_000_000

const inOrder = <Group>(groups: ReadonlyMap<string, Group>): Group[] =>
  [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)

const bounded = (size: number): void => {
  if (size > unit_groups_max) throw new Error(`more than ${unit_groups_max} rows of employers: ask for a shorter period`)
}

type Employer = { readonly code: string; first: string; changedAt: number }

/** Every code that a relation of the province names, and since when. */
const employers = (province: ProvinceCode, period: Period): Units => {
  const found = new Map<string, Employer>()
  const name = (code: string, from: string, changedAt: number): void => {
    const known = found.get(code)
    if (known === undefined) found.set(code, { code, first: from, changedAt })
    else {
      if (from < known.first) known.first = from
      known.changedAt = Math.max(known.changedAt, changedAt)
    }
    bounded(found.size)
  }
  return {
    add: ({ relations }) => {
      for (const { facts } of relations)
        for (const { event, recordedAt } of facts)
          if ((event.type === "EnrollmentOpened" || event.type === "CapacityChanged") && event.employer !== null)
            if (digits(event.from) <= period.to.slice(0, 6)) name(event.employer, event.from, recordedAt)
    },
    *rows() {
      for (const { code, first, changedAt } of inOrder(found))
        yield { ...placed(province, period, changedAt), AAB001: code, AAB050: digits(first) }
    },
  }
}

type Paid = {
  readonly code: string
  readonly event: Payment["event"]
  persons: number
  lastPerson: string
  changedAt: number
  bases_fen: number
  employer_fen: number
  personal_fen: number
  employers_fen: number
  own_fen: number
}

const paid = (scheme: PensionScheme, province: ProvinceCode, period: Period): Units => {
  const groups = new Map<string, Paid>()
  const groupOf = (code: string, { event }: Payment): Paid => {
    const key = [code, event.paidOn, event.from, event.kind].join("|")
    const known = groups.get(key)
    if (known !== undefined) return known
    const none = {
      persons: 0,
      lastPerson: "",
      changedAt: 0,
      bases_fen: 0,
      employer_fen: 0,
      personal_fen: 0,
      employers_fen: 0,
      own_fen: 0,
    }
    const made: Paid = { code, event, ...none }
    groups.set(key, made)
    bounded(groups.size)
    return made
  }
  return {
    add: (facts) => {
      for (const payment of payments(facts, period, scheme)) {
        const { relation, event, current, told } = payment
        const code = employerAt(relation, event.from)
        // Who pays alone has no employer.
        if (code === null) continue
        const group = groupOf(code, payment)
        if (group.lastPerson !== facts.key) group.persons++
        group.lastPerson = facts.key
        const { own_fen, employers_fen } = accountParts(current)
        group.changedAt = Math.max(group.changedAt, told.recordedAt)
        group.bases_fen += current.base_fen * monthsBetween(event.from, event.to)
        group.employer_fen += current.employer_fen
        group.personal_fen += current.personal_fen
        group.employers_fen += employers_fen
        group.own_fen += own_fen
      }
    },
    *rows() {
      for (const group of inOrder(groups)) {
        const { event, bases_fen, employer_fen, personal_fen, employers_fen, own_fen } = group
        const [AAA115, AAA115N] = dueTypes[event.kind]
        yield {
          ...placed(province, period, group.changedAt),
          ...schemeOf(scheme),
          AAB001: group.code,
          AAE002: digits(event.paidOn).slice(0, 6),
          AAE003: digits(event.from),
          EAD131: digits(event.paidOn),
          AAE078: "1",
          AAE078N: "是",
          AAA115,
          AAA115N,
          AAB119: String(group.persons),
          AAE058: yuanOf(employer_fen + personal_fen),
          AAB121: yuanOf(bases_fen),
          AAB120: yuanOf(bases_fen),
          AAE020: yuanOf(employer_fen),
          AAE022: yuanOf(personal_fen),
          AAE021: yuanOf(employers_fen),
          AAE023: yuanOf(own_fen),
          AAE080: yuanOf(employer_fen),
          AAE081: yuanOf(employers_fen),
          AAE082: yuanOf(personal_fen),
          AAE083: yuanOf(own_fen),
        }
      }
    },
  }
}

export const unitsOf = (table: UnitTable, province: ProvinceCode, period: Period): Units =>
  table === "1" ? employers(province, period) : paid(table === "8" ? "110" : "120", province, period)
