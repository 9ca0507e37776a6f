/**
 * The money and months side of an enrollment: lines as recorded and as they now stand, paid months, account and pooled totals.
 * Kept apart from enrollment.ts because several readers need only this: transfer statements, refunds, the record.
 */
import type { ProvinceCode } from "./codes.js"
import type { EnrollmentEvent } from "./enrollment.js"
import type { LineId, TransferId } from "./ids.js"
import { monthsBetween, type YearMonth } from "./month.js"
import {
  type MonthRange,
  type MonthSet,
  add,
  difference,
  empty,
  intersection,
  isEmpty,
  ofRange,
  ofRanges,
  size,
  union,
} from "./month-set.js"
import { type Fen, fen, fraction, zero } from "./money.js"

/** Amounts of one line, in fen, for all its months together; `base_fen` is the contribution base of one month (AAE180). */
export type Amounts = {
  readonly base_fen: Fen
  readonly employer_fen: Fen
  readonly personal_fen: Fen
  readonly subsidy_fen: Fen
  /** Where the payment went: pooled fund (统筹) and personal account (个人账户); together they equal what was paid. */
  readonly pooled_fen: Fen
  readonly account_fen: Fen
}

export const amountFields = ["base_fen", "employer_fen", "personal_fen", "subsidy_fen", "pooled_fen", "account_fen"] as const

export type LineAct = "payment" | "correction" | "reversal" | "subsidy"

export type Line = MonthRange & {
  readonly act: LineAct
  /** The line that a correction or reversal answers. */
  readonly answers: LineId | null
  /** As first recorded: a re-sent row is compared with this. */
  readonly recorded: Amounts
  /** As it stands after corrections; null once reversed, and for a correction's or reversal's own line. */
  readonly current: Amounts | null
  /** Months of the line that an overlap case has cleared. */
  readonly refunded: MonthSet
  /** Sent away with the relation. */
  readonly moved: boolean
}

export type Received = {
  readonly transferId: TransferId
  readonly from: ProvinceCode
  readonly months: MonthSet
  readonly account_fen: Fen
  readonly pooled_fen: Fen
  readonly bases_fen: Fen
}

export type Ledger = {
  readonly lines: ReadonlyMap<LineId, Line>
  /** Months paid here and still counted here (not refunded, not moved away). */
  readonly months: MonthSet
  /** Months that have left with the relation: a payment for them here would count twice, also when they have come back since. */
  readonly moved: MonthSet
  /** Balance of the personal account: contributions, subsidies, interest, transfers in; less refunds and transfers out. */
  readonly account_fen: Fen
  readonly pooled_fen: Fen
  /** Sum of the contribution bases of the counted months: what 12 % is taken of in a transfer. */
  readonly bases_fen: Fen
  readonly received: readonly Received[]
}

export const initialLedger: Ledger = {
  lines: new Map(),
  months: empty,
  moved: empty,
  account_fen: zero,
  pooled_fen: zero,
  bases_fen: zero,
  received: [],
}

export const noAmounts: Amounts = {
  base_fen: zero,
  employer_fen: zero,
  personal_fen: zero,
  subsidy_fen: zero,
  pooled_fen: zero,
  account_fen: zero,
}

/** Only the amounts of what carries them. */
export const amountsOf = ({ base_fen, employer_fen, personal_fen, subsidy_fen, pooled_fen, account_fen }: Amounts): Amounts => ({
  base_fen,
  employer_fen,
  personal_fen,
  subsidy_fen,
  pooled_fen,
  account_fen,
})

/** Names of the amounts that differ. */
export const sameAmounts = (a: Amounts, b: Amounts): string[] => amountFields.filter((field) => a[field] !== b[field])

/** Months that this relation now stands for: its own and those transferred in. */
export const countedMonths = (ledger: Ledger): MonthSet =>
  ledger.received.reduce((set, part) => union(set, part.months), ledger.months)

export const receivedFrom = (ledger: Ledger, province: ProvinceCode): MonthSet =>
  ledger.received.reduce((set, part) => (part.from === province ? union(set, part.months) : set), empty)

/** Months that this line makes count here now. */
export const standingMonths = (line: Line): MonthSet =>
  line.current === null || line.moved ? empty : difference(ofRange(line.from, line.to), line.refunded)

/** Months that this line has earned, wherever they count now: what an overlap case gives back may have moved away meanwhile. */
export const earnedMonths = (line: Line): MonthSet =>
  line.current === null ? empty : difference(ofRange(line.from, line.to), line.refunded)

/** A subsidy's line as it is recorded; it stands for no month. */
export const subsidyAmounts = (amount_fen: Fen): Amounts => ({ ...noAmounts, subsidy_fen: amount_fen, account_fen: amount_fen })

const fresh = { answers: null, refunded: empty, moved: false } as const
const basesOf = (range: MonthRange, base_fen: Fen): Fen => fen(base_fen * monthsBetween(range.from, range.to))

/** How the map of lines is renewed: a copy per event in `evolve`, one shared copy per fold (a 40-year relation has 480 lines). */
type Renew = (lines: ReadonlyMap<LineId, Line>) => Map<LineId, Line>
const copy: Renew = (lines) => new Map(lines)

const replaced = (ledger: Ledger, line: LineId, wrong: LineId, current: Amounts | null, renew: Renew): Ledger => {
  const old = ledger.lines.get(wrong)
  if (old === undefined || old.current === null) throw new Error(`line ${wrong} cannot be corrected: it is not standing`)
  const lines = renew(ledger.lines)
  lines.set(wrong, { ...old, current })
  const act = current === null ? "reversal" : "correction"
  const now = current ?? noAmounts
  lines.set(line, { ...fresh, act, answers: wrong, from: old.from, to: old.to, recorded: now, current: null })
  return {
    ...ledger,
    lines,
    months: current === null ? difference(ledger.months, ofRange(old.from, old.to)) : ledger.months,
    account_fen: fen(ledger.account_fen + now.account_fen - old.current.account_fen),
    pooled_fen: fen(ledger.pooled_fen + now.pooled_fen - old.current.pooled_fen),
    bases_fen: fen(ledger.bases_fen + basesOf(old, now.base_fen) - basesOf(old, old.current.base_fen)),
  }
}

export const evolveLedger = (ledger: Ledger, event: EnrollmentEvent, renew: Renew = copy): Ledger => {
  switch (event.type) {
    case "ContributionRecorded": {
      const { from, to, base_fen, pooled_fen, account_fen } = event
      const amounts = amountsOf(event)
      return {
        ...ledger,
        lines: renew(ledger.lines).set(event.line, { ...fresh, act: "payment", from, to, recorded: amounts, current: amounts }),
        months: add(ledger.months, from, to),
        account_fen: fen(ledger.account_fen + account_fen),
        pooled_fen: fen(ledger.pooled_fen + pooled_fen),
        bases_fen: fen(ledger.bases_fen + basesOf(event, base_fen)),
      }
    }
    case "ContributionCorrected":
      return replaced(ledger, event.line, event.corrects, amountsOf(event), renew)
    case "ContributionReversed":
      return replaced(ledger, event.line, event.reverses, null, renew)
    case "ContributionRefunded":
      return refunded(ledger, event, renew)
    case "SubsidyCredited": {
      const recorded = subsidyAmounts(event.amount_fen)
      const month = `${event.year}-01` as YearMonth
      const line: Line = { ...fresh, act: "subsidy", from: month, to: month, recorded, current: null }
      return {
        ...ledger,
        lines: renew(ledger.lines).set(event.line, line),
        account_fen: fen(ledger.account_fen + event.amount_fen),
      }
    }
    case "InterestCredited":
      return { ...ledger, account_fen: fen(ledger.account_fen + event.amount_fen) }
    case "TransferredOut": {
      const lines = renew(ledger.lines)
      for (const [id, line] of lines) if (!line.moved) lines.set(id, { ...line, moved: true })
      return {
        ...ledger,
        lines,
        months: empty,
        moved: union(ledger.moved, ofRanges(event.months)),
        received: [],
        account_fen: fen(ledger.account_fen - event.account_fen),
        pooled_fen: fen(ledger.pooled_fen - event.pooled_fen),
        bases_fen: fen(ledger.bases_fen - event.bases_fen),
      }
    }
    case "TransferredIn": {
      const { transferId, from, account_fen, pooled_fen, bases_fen } = event
      const months = ofRanges(event.months)
      return {
        ...ledger,
        received: [...ledger.received, { transferId, from, months, account_fen, pooled_fen, bases_fen }],
        account_fen: fen(ledger.account_fen + account_fen),
        pooled_fen: fen(ledger.pooled_fen + pooled_fen),
        bases_fen: fen(ledger.bases_fen + bases_fen),
      }
    }
    case "EnrollmentOpened":
    case "EnrollmentSuspended":
    case "EnrollmentResumed":
    case "EnrollmentClosed":
    case "CapacityChanged":
      return ledger
  }
}

type Refunded = Extract<EnrollmentEvent, { type: "ContributionRefunded" }>

const refunded = (ledger: Ledger, event: Refunded, renew: Renew): Ledger => {
  const gone = ofRanges(event.months)
  const rest = { account_fen: fen(ledger.account_fen - event.refund_fen), bases_fen: fen(ledger.bases_fen - event.bases_fen) }
  if (event.source === null) {
    const lines = renew(ledger.lines)
    for (const [id, line] of lines) {
      const hit = intersection(standingMonths(line), gone)
      if (!isEmpty(hit)) lines.set(id, { ...line, refunded: union(line.refunded, hit) })
    }
    return { ...ledger, ...rest, lines, months: difference(ledger.months, gone) }
  }
  const received = ledger.received.map((part) =>
    part.from === event.source ? { ...part, months: difference(part.months, gone) } : part,
  )
  return { ...ledger, ...rest, received }
}

/**
 * Share of the lines that falls on `months`, by a field; months of one line weigh the same, rounded down to the fen.
 * @param of which months of a line are meant: those standing here (default), or those it has earned
 */
export const sumOver = (
  ledger: Ledger,
  months: MonthSet,
  field: keyof Amounts,
  of: (line: Line) => MonthSet = standingMonths,
): Fen => {
  let total = 0
  for (const line of ledger.lines.values()) {
    if (line.current === null) continue
    const hit = size(intersection(months, of(line)))
    if (hit === 0) continue
    total +=
      field === "base_fen"
        ? line.current.base_fen * hit
        : fraction(line.current[field], hit, monthsBetween(line.from, line.to), "down")
  }
  return fen(total)
}
