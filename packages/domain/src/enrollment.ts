/**
 * Enrollment 参保关系: one person's participation in one scheme in one province.
 * The province is its only author; the national centre only reads it.
 * Its month is the 费款所属期 (what the payment is for), never the day the money arrived.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { Capacity, ProvinceCode, SchemeCode } from "./codes.js"
import { type Decision, withMember } from "./decider.js"
import { actOf, rangesText } from "./enrollment-acts.js"
import {
  type Amounts,
  type Ledger,
  amountsOf,
  countedMonths,
  evolveLedger,
  initialLedger,
  noAmounts,
  subsidyAmounts,
} from "./enrollment-ledger.js"
import { addsUp, differsFrom, fixed, paidTwice, unrefundable } from "./enrollment-lines.js"
import type { DateText, LineId, PersonKey, TransferId } from "./ids.js"
import { addMonths, type YearMonth } from "./month.js"
import { type MonthRange, equals, last, ofRanges, ranges } from "./month-set.js"
import { type Fen, zero } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Enrollment"
export type EnrollmentId = { readonly province: ProvinceCode; readonly scheme: SchemeCode; readonly person: PersonKey }
export const streamOf = (id: EnrollmentId): StreamName => streamName(category, id.province, id.scheme, id.person)

// Events ---------------------------------------------------------------------------------------
/** AAA115 应缴类型 reduced to what changes a decision: regular, paid late (补缴), paid in one sum (一次性缴费). */
export type ContributionKind = "regular" | "late" | "lump_sum"

export type EnrollmentEvent =
  | {
      readonly type: "EnrollmentOpened"
      readonly from: YearMonth
      readonly capacity: Capacity
      readonly employer: string | null
      /** 临时基本养老保险缴费账户 (国办发〔2009〕66号 Art 5): never makes a place of benefit receipt. */
      readonly temporary: boolean
    }
  | { readonly type: "EnrollmentSuspended"; readonly from: YearMonth; readonly reason: string }
  | { readonly type: "EnrollmentResumed"; readonly from: YearMonth }
  | { readonly type: "EnrollmentClosed"; readonly to: YearMonth; readonly reason: string }
  | { readonly type: "CapacityChanged"; readonly from: YearMonth; readonly capacity: Capacity; readonly employer: string | null }
  | ({
      readonly type: "ContributionRecorded"
      readonly kind: ContributionKind
      readonly line: LineId
      readonly paidOn: DateText
    } & MonthRange &
      Amounts)
  | ({
      readonly type: "ContributionCorrected"
      readonly line: LineId
      readonly corrects: LineId
      readonly reason: string
    } & Amounts)
  | { readonly type: "ContributionReversed"; readonly line: LineId; readonly reverses: LineId; readonly reason: string }
  | {
      readonly type: "ContributionRefunded"
      readonly overlapCase: string
      /** Null: months paid here. A province: months it has transferred here since (先转后清). */
      readonly source: ProvinceCode | null
      readonly months: readonly MonthRange[]
      /** Goes back to the person: the account share (employee) or own payment (resident) of those months. */
      readonly refund_fen: Fen
      /** Contribution bases of those months: they no longer count in a transfer. */
      readonly bases_fen: Fen
      readonly legal: string
    }
  | {
      readonly type: "SubsidyCredited"
      readonly line: LineId
      readonly year: number
      readonly payer: string
      readonly amount_fen: Fen
    }
  | { readonly type: "InterestCredited"; readonly year: number; readonly rate_bp: number; readonly amount_fen: Fen }
  | ({ readonly type: "TransferredOut"; readonly transferId: TransferId; readonly to: ProvinceCode } & Moved)
  | ({ readonly type: "TransferredIn"; readonly transferId: TransferId; readonly from: ProvinceCode } & Moved)

/** What a transfer carries: months, account, pooled share (12 % of the bases, 66号 Art 4) and the bases they stand for. */
export type Moved = {
  readonly months: readonly MonthRange[]
  readonly account_fen: Fen
  readonly pooled_fen: Fen
  readonly bases_fen: Fen
}

// State and fold ---------------------------------------------------------------------------------
export type Enrollment = {
  readonly status: "none" | "open" | "suspended" | "closed" | "moved"
  readonly capacity: Capacity | null
  readonly employer: string | null
  readonly temporary: boolean
  readonly from: YearMonth | null
  /** Last month covered by the relation once closed, last month before a suspension while suspended. */
  readonly to: YearMonth | null
  /** Where months and money have gone, while the relation is moved away. */
  readonly movedTo: ProvinceCode | null
  /** Acts already obeyed, so that a file sent again decides nothing. */
  readonly acts: ReadonlySet<string>
  readonly ledger: Ledger
}

export const initial: Enrollment = {
  status: "none",
  capacity: null,
  employer: null,
  temporary: false,
  from: null,
  to: null,
  movedTo: null,
  acts: new Set(),
  ledger: initialLedger,
}

const evolveStatus = (state: Enrollment, event: EnrollmentEvent): Enrollment => {
  switch (event.type) {
    case "EnrollmentOpened":
      return {
        ...state,
        status: "open",
        // A closed relation still takes late payments for its old months; one that has moved away begins anew.
        from: state.status === "closed" && state.from !== null && state.from < event.from ? state.from : event.from,
        to: null,
        movedTo: null,
        capacity: event.capacity,
        employer: event.employer,
        temporary: event.temporary,
      }
    case "EnrollmentSuspended":
      return { ...state, status: "suspended", to: addMonths(event.from, -1) }
    case "EnrollmentResumed":
      return { ...state, status: "open", to: null }
    case "EnrollmentClosed":
      return { ...state, status: "closed", to: event.to }
    case "CapacityChanged":
      return { ...state, capacity: event.capacity, employer: event.employer }
    case "TransferredOut":
      return { ...state, status: "moved", movedTo: event.to, to: state.to ?? last(ofRanges(event.months)) }
    case "ContributionRecorded":
    case "ContributionCorrected":
    case "ContributionReversed":
    case "ContributionRefunded":
    case "SubsidyCredited":
    case "InterestCredited":
    case "TransferredIn":
      return state
  }
}

export const evolve = (state: Enrollment, event: EnrollmentEvent): Enrollment => {
  const act = actOf(event)
  const next = evolveStatus(state, event)
  return { ...next, acts: act === null ? next.acts : withMember(next.acts, act), ledger: evolveLedger(next.ledger, event) }
}

/** Same result as `evolve` over all events; copies the lines once instead of once per event. */
export const fold = (events: Iterable<EnrollmentEvent>, from: Enrollment = initial): Enrollment => {
  const lines = new Map(from.ledger.lines)
  let state = { ...from, ledger: { ...from.ledger, lines } }
  for (const event of events) {
    const act = actOf(event)
    state = {
      ...evolveStatus(state, event),
      acts: act === null ? state.acts : withMember(state.acts, act),
      ledger: evolveLedger(state.ledger, event, () => lines) as typeof state.ledger,
    }
  }
  return state
}

// Decisions --------------------------------------------------------------------------------------
export type EnrollmentRefusal =
  | { readonly code: "ALREADY_OPEN"; readonly from: YearMonth; readonly capacity: Capacity }
  | { readonly code: "NOT_OPEN"; readonly status: Enrollment["status"] }
  | { readonly code: "MOVED_AWAY" }
  | { readonly code: "CAPACITY_NOT_OF_SCHEME"; readonly capacity: Capacity; readonly scheme: SchemeCode }
  | { readonly code: "EMPLOYER_MISSING" }
  | { readonly code: "BEFORE_OPENING"; readonly month: YearMonth; readonly opened: YearMonth }
  | { readonly code: "AFTER_CLOSING"; readonly month: YearMonth; readonly closed: YearMonth }
  | { readonly code: "MONTH_PAID_BY_ANOTHER_LINE"; readonly month: YearMonth; readonly line: LineId }
  | { readonly code: "LINE_CONTENT_DIFFERS"; readonly line: LineId; readonly fields: readonly string[] }
  | { readonly code: "LINE_UNKNOWN"; readonly line: LineId }
  | { readonly code: "LINE_ALREADY_REVERSED"; readonly line: LineId }
  | { readonly code: "LINE_REFUNDED"; readonly line: LineId; readonly months: readonly MonthRange[] }
  | { readonly code: "RANGE_BACKWARDS"; readonly from: YearMonth; readonly to: YearMonth }
  | { readonly code: "SPLIT_DOES_NOT_ADD_UP"; readonly paid_fen: Fen; readonly split_fen: Fen }
  | { readonly code: "MONTHS_NOT_PAID"; readonly months: readonly MonthRange[] }
  | { readonly code: "ACCOUNT_TOO_SMALL"; readonly balance_fen: Fen; readonly wanted_fen: Fen }
  | { readonly code: "REFUND_DIFFERS_FROM_LEDGER"; readonly ledger_fen: Fen; readonly stated_fen: Fen }
  | { readonly code: "TRANSFER_DIFFERS_FROM_LEDGER"; readonly field: string; readonly ledger: string; readonly stated: string }

type Decided = Decision<EnrollmentRefusal, EnrollmentEvent>

const isDone = (state: Enrollment, event: EnrollmentEvent): boolean => state.acts.has(actOf(event) ?? "")

export type OpenEnrollment = {
  readonly scheme: SchemeCode
  readonly from: YearMonth
  readonly capacity: Capacity
  readonly employer: string | null
  readonly temporary: boolean
}

/** 参保登记. Employee enrollment needs an employer (A1); a resident scheme takes residents only (A3). */
export const openEnrollment =
  (command: OpenEnrollment) =>
  (state: Enrollment): Decided => {
    const { scheme, from, capacity, employer, temporary } = command
    const event: EnrollmentEvent = { type: "EnrollmentOpened", from, capacity, employer, temporary }
    if (isDone(state, event)) return right([])
    if ((capacity === "resident") !== isResidentScheme(scheme)) return left({ code: "CAPACITY_NOT_OF_SCHEME", capacity, scheme })
    if (capacity === "employee" && employer === null) return left({ code: "EMPLOYER_MISSING" })
    if (state.status === "open" || state.status === "suspended")
      return left({ code: "ALREADY_OPEN", from: state.from ?? from, capacity: state.capacity ?? capacity })
    if (state.to !== null && from <= state.to)
      return left({ code: "BEFORE_OPENING", month: from, opened: addMonths(state.to, 1) })
    return right([event])
  }

const isResidentScheme = (scheme: SchemeCode): boolean => scheme === "170" || scheme === "390"

/** `earliest` is the first month from which the change may count; null while nothing was ever opened. */
const whileOpen = (
  state: Enrollment,
  event: EnrollmentEvent,
  statuses: readonly Enrollment["status"][],
  month: YearMonth,
  earliest: YearMonth | null = state.from,
): Decided => {
  if (isDone(state, event)) return right([])
  if (state.status === "moved") return left({ code: "MOVED_AWAY" })
  if (!statuses.includes(state.status)) return left({ code: "NOT_OPEN", status: state.status })
  return earliest !== null && month < earliest ? left({ code: "BEFORE_OPENING", month, opened: earliest }) : right([event])
}

/** 暂停缴费: `from` is the first month without participation. */
export const suspendEnrollment =
  (command: { readonly from: YearMonth; readonly reason: string }) =>
  (state: Enrollment): Decided =>
    whileOpen(state, { type: "EnrollmentSuspended", ...command }, ["open"], command.from)

/** 续保. */
export const resumeEnrollment =
  (command: { readonly from: YearMonth }) =>
  (state: Enrollment): Decided =>
    whileOpen(
      state,
      { type: "EnrollmentResumed", ...command },
      ["suspended"],
      command.from,
      state.to === null ? null : addMonths(state.to, 1),
    )

/** 停保: `to` is the last month of participation; the month before the opening undoes an opening in which nothing was paid. */
export const closeEnrollment =
  (command: { readonly to: YearMonth; readonly reason: string }) =>
  (state: Enrollment): Decided =>
    whileOpen(state, { type: "EnrollmentClosed", ...command }, ["open", "suspended"], addMonths(command.to, 1))

/** A change of employer or of capacity inside one relation (e.g. employee to flexible worker). */
export const changeCapacity =
  (command: {
    readonly scheme: SchemeCode
    readonly from: YearMonth
    readonly capacity: Capacity
    readonly employer: string | null
  }) =>
  (state: Enrollment): Decided => {
    const { scheme, from, capacity, employer } = command
    if ((capacity === "resident") !== isResidentScheme(scheme)) return left({ code: "CAPACITY_NOT_OF_SCHEME", capacity, scheme })
    if (capacity === "employee" && employer === null) return left({ code: "EMPLOYER_MISSING" })
    return whileOpen(state, { type: "CapacityChanged", from, capacity, employer }, ["open", "suspended"], from)
  }

export type RecordContribution = MonthRange &
  Amounts & { readonly line: LineId; readonly kind: ContributionKind; readonly paidOn: DateText }

const resent = (difference: EnrollmentRefusal | null): Decided => (difference === null ? right([]) : left(difference))

/** Records one payment for one month or a range of months. Sent again with the same line: no event. Amounts in fen. */
export const recordContribution =
  (command: RecordContribution) =>
  (state: Enrollment): Decided => {
    const known = state.ledger.lines.get(command.line)
    if (known !== undefined)
      return resent(differsFrom(command.line, known, { ...amountsOf(command), act: "payment", answers: null, range: command }))
    if (command.to < command.from) return left({ code: "RANGE_BACKWARDS", from: command.from, to: command.to })
    if (state.status === "moved") return left({ code: "MOVED_AWAY" })
    if (state.from === null) return left({ code: "NOT_OPEN", status: state.status })
    if (command.from < state.from) return left({ code: "BEFORE_OPENING", month: command.from, opened: state.from })
    if (state.to !== null && command.to > state.to) return left({ code: "AFTER_CLOSING", month: command.to, closed: state.to })
    const problem = addsUp(command) ?? paidTwice(state.ledger, command)
    if (problem !== null) return left(problem)
    const { line, kind, from, to, paidOn } = command
    return right([{ type: "ContributionRecorded", kind, line, from, to, ...amountsOf(command), paidOn }])
  }

/** Replaces the amounts of a line by new ones; the months stay. A wrong month is a reversal and a new line. */
export const correctContribution =
  (command: { readonly line: LineId; readonly corrects: LineId; readonly reason: string } & Amounts) =>
  (state: Enrollment): Decided => {
    const { line, corrects, reason } = command
    const amounts = amountsOf(command)
    const known = state.ledger.lines.get(line)
    if (known !== undefined)
      return resent(differsFrom(line, known, { ...amounts, act: "correction", answers: corrects, range: null }))
    const problem = fixed(state.ledger, corrects, amounts.account_fen) ?? addsUp(amounts)
    if (problem !== null) return left(problem)
    return right([{ type: "ContributionCorrected", line, corrects, reason, ...amounts }])
  }

/** Takes a line back entirely: its months are unpaid again. */
export const reverseContribution =
  (command: { readonly line: LineId; readonly reverses: LineId; readonly reason: string }) =>
  (state: Enrollment): Decided => {
    const { line, reverses, reason } = command
    const known = state.ledger.lines.get(line)
    if (known !== undefined)
      return resent(differsFrom(line, known, { ...noAmounts, act: "reversal", answers: reverses, range: null }))
    const problem = fixed(state.ledger, reverses, zero)
    return problem === null ? right([{ type: "ContributionReversed", line, reverses, reason }]) : left(problem)
  }

export type RefundContribution = {
  readonly overlapCase: string
  readonly source: ProvinceCode | null
  readonly months: readonly MonthRange[]
  readonly refund_fen: Fen
  readonly bases_fen: Fen
  readonly legal: string
}

/** Clears overlapped months: counted once elsewhere, own share back to the person (人社部发〔2009〕187号, 〔2014〕17号 Art 7). */
export const refundContribution =
  (command: RefundContribution) =>
  (state: Enrollment): Decided => {
    const event: EnrollmentEvent = { type: "ContributionRefunded", ...command }
    if (isDone(state, event)) return right([])
    const problem = unrefundable(state.ledger, command)
    return problem === null ? right([event]) : left(problem)
  }

export const creditSubsidy =
  (command: { readonly line: LineId; readonly year: number; readonly payer: string; readonly amount_fen: Fen }) =>
  (state: Enrollment): Decided => {
    const { line, year, amount_fen } = command
    const month = `${year}-01` as YearMonth
    const known = state.ledger.lines.get(line)
    if (known !== undefined) {
      const again = { ...subsidyAmounts(amount_fen), act: "subsidy", answers: null, range: { from: month, to: month } } as const
      return resent(differsFrom(line, known, again))
    }
    if (state.status === "none") return left({ code: "NOT_OPEN", status: state.status })
    if (state.status === "moved") return left({ code: "MOVED_AWAY" })
    return right([{ type: "SubsidyCredited", ...command }])
  }

/** Interest of a year 记账利息; a dated event of its own, because the rate is published after the year ends. */
export const creditInterest =
  (command: { readonly year: number; readonly rate_bp: number; readonly amount_fen: Fen }) =>
  (state: Enrollment): Decided => {
    const event: EnrollmentEvent = { type: "InterestCredited", ...command }
    if (isDone(state, event)) return right([])
    if (state.status === "none") return left({ code: "NOT_OPEN", status: state.status })
    // Nothing is left that could earn it, and nothing could send it on: the last interest is part of the transfer.
    if (state.status === "moved") return left({ code: "MOVED_AWAY" })
    return right([event])
  }

/** Sends months and money away; they must be exactly what the ledger holds. The relation ends here (66号 Art 8 step 2). */
export const transferOut =
  (command: { readonly transferId: TransferId; readonly to: ProvinceCode } & Moved) =>
  (state: Enrollment): Decided => {
    const event: EnrollmentEvent = { type: "TransferredOut", ...command }
    if (isDone(state, event)) return right([])
    if (state.status === "none") return left({ code: "NOT_OPEN", status: state.status })
    if (state.status === "moved") return left({ code: "MOVED_AWAY" })
    const { ledger } = state
    const say = (field: string, kept: string, stated: string): Decided =>
      left({ code: "TRANSFER_DIFFERS_FROM_LEDGER", field, ledger: kept, stated })
    const counted = countedMonths(ledger)
    if (!equals(ofRanges(command.months), counted)) return say("months", rangesText(ranges(counted)), rangesText(command.months))
    if (command.account_fen !== ledger.account_fen)
      return say("account_fen", String(ledger.account_fen), String(command.account_fen))
    if (command.bases_fen !== ledger.bases_fen) return say("bases_fen", String(ledger.bases_fen), String(command.bases_fen))
    return right([event])
  }

/** The same part of the same transfer must carry the same money; once it has been sent on, nobody can tell any more. */
const bookedOtherwise = (
  state: Enrollment,
  command: { readonly transferId: TransferId; readonly from: ProvinceCode } & Moved,
): Decided => {
  const booked = state.ledger.received.find((part) => part.transferId === command.transferId && part.from === command.from)
  const field = (["account_fen", "pooled_fen", "bases_fen"] as const).find(
    (name) => booked !== undefined && booked[name] !== command[name],
  )
  if (booked === undefined || field === undefined) return right([])
  return left({ code: "TRANSFER_DIFFERS_FROM_LEDGER", field, ledger: String(booked[field]), stated: String(command[field]) })
}

/** Books what another province sent. The receiving relation must exist; months that overlap its own are cleared afterwards (先转后清). */
export const transferIn =
  (command: { readonly transferId: TransferId; readonly from: ProvinceCode } & Moved) =>
  (state: Enrollment): Decided => {
    const event: EnrollmentEvent = { type: "TransferredIn", ...command }
    if (isDone(state, event)) return bookedOtherwise(state, command)
    if (state.status === "none") return left({ code: "NOT_OPEN", status: state.status })
    if (state.status === "moved") return left({ code: "MOVED_AWAY" })
    return right([event])
  }
