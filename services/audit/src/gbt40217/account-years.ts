/**
 * Personal account year by year (table 6). A payment belongs to the year it was paid in, interest and subsidies to the year they are
 * for, what was corrected, refunded or moved to the year in which the ledger was told: the last year's end is the balance.
 */
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import { monthsBetween } from "@tongzhang/domain/month"
import { dayOf, type Told } from "./person-facts.js"

export type AccountYear = {
  readonly year: string
  readonly before_fen: number
  readonly principal_fen: number
  readonly interest_fen: number
  readonly spent_fen: number
  readonly after_fen: number
  /** Months paid up to and with this year (历年缴纳月数), as recorded. */
  readonly months: number
}

type Move = {
  readonly year: string
  readonly principal_fen: number
  readonly interest_fen: number
  readonly spent_fen: number
  readonly months: number
}
const nothing = { principal_fen: 0, interest_fen: 0, spent_fen: 0, months: 0 }

type Standing = Map<string, { readonly account_fen: number; readonly months: number }>

const moveOf = ({ event, recordedAt }: Told<EnrollmentEvent>, lines: Standing): Move | null => {
  const told = dayOf(recordedAt).slice(0, 4)
  switch (event.type) {
    case "ContributionRecorded": {
      const months = monthsBetween(event.from, event.to)
      lines.set(event.line, { account_fen: event.account_fen, months })
      return { ...nothing, year: event.paidOn.slice(0, 4), principal_fen: event.account_fen, months }
    }
    case "ContributionCorrected": {
      const old = lines.get(event.corrects) ?? { account_fen: 0, months: 0 }
      lines.set(event.corrects, { ...old, account_fen: event.account_fen })
      return { ...nothing, year: told, principal_fen: event.account_fen - old.account_fen }
    }
    case "ContributionReversed": {
      const old = lines.get(event.reverses) ?? { account_fen: 0, months: 0 }
      lines.delete(event.reverses)
      return { ...nothing, year: told, principal_fen: 0 - old.account_fen, months: 0 - old.months }
    }
    case "SubsidyCredited":
      return { ...nothing, year: String(event.year), principal_fen: event.amount_fen }
    case "InterestCredited":
      return { ...nothing, year: String(event.year), interest_fen: event.amount_fen }
    case "TransferredIn":
      return { ...nothing, year: told, principal_fen: event.account_fen }
    case "TransferredOut":
      return { ...nothing, year: told, spent_fen: event.account_fen }
    case "ContributionRefunded":
      return { ...nothing, year: told, spent_fen: event.refund_fen }
    default:
      return null
  }
}

export const accountYears = (facts: readonly Told<EnrollmentEvent>[]): AccountYear[] => {
  const lines: Standing = new Map()
  const years = new Map<string, Move>()
  for (const fact of facts) {
    const move = moveOf(fact, lines)
    if (move === null) continue
    const old = years.get(move.year) ?? { ...nothing, year: move.year }
    years.set(move.year, {
      year: move.year,
      principal_fen: old.principal_fen + move.principal_fen,
      interest_fen: old.interest_fen + move.interest_fen,
      spent_fen: old.spent_fen + move.spent_fen,
      months: old.months + move.months,
    })
  }
  let before_fen = 0
  let months = 0
  return [...years.values()]
    .toSorted((a, b) => (a.year < b.year ? -1 : 1))
    .map((year) => {
      const after_fen = before_fen + year.principal_fen + year.interest_fen - year.spent_fen
      months += year.months
      const row = { ...year, before_fen, after_fen, months }
      before_fen = after_fen
      return row
    })
}
