/**
 * Transfer 养老保险关系转移接续, N 到 1: one application, one leg per former province. Legs run side by side and fail alone;
 * information (the statement, 信息表) and money arrive apart and are reconciled here. Nobody asks the person again.
 */
import { left, right } from "fp-ts/lib/Either.js"
import type { ProvinceCode, SchemeCode } from "./codes.js"
import { type Decision, withEntry, withMember } from "./decider.js"
import type { Moved } from "./enrollment.js"
import type { DateText, PersonKey, TransferId } from "./ids.js"
import { type Fen, fen, zero } from "./money.js"
import { type StreamName, streamName } from "./stream-name.js"
import { type Dated, completion, reconcile, sameMoney, sameStatement, totalOf } from "./transfer-reconcile.js"

// Stream ---------------------------------------------------------------------------------------
export const category = "Transfer"
/** The id is `{personKey}_{serial}`, so that the person, the unit of order, can be read from the stream's name. */
export const transferIdOf = (person: PersonKey, serial: string): TransferId => `${person}_${serial}` as TransferId
export const streamOf = (id: TransferId): StreamName => streamName(category, ...id.split("_"))

// Events ---------------------------------------------------------------------------------------
export type PlannedLeg = Moved & { readonly from: ProvinceCode; readonly temporary: boolean }
/** What a leg can be waiting for, each with its own clock of 15 working days (66号 Art 8). */
export type Step = "letter" | "statement" | "money" | "booking"

export type TransferEvent =
  | {
      readonly type: "TransferRequested"
      readonly person: PersonKey
      readonly scheme: SchemeCode
      readonly to: ProvinceCode
      readonly on: DateText
    }
  | {
      readonly type: "TransferPlanned"
      readonly legs: readonly PlannedLeg[]
      /** Place of benefit receipt 待遇领取地 if the person claimed today, with the branch of 66号 Art 6 that says so. */
      readonly placeOfReceipt: { readonly province: ProvinceCode; readonly rule: string }
      readonly letterDue: DateText
    }
  | {
      readonly type: "ContactLetterIssued"
      readonly leg: ProvinceCode
      readonly letterNo: string
      readonly on: DateText
      readonly due: DateText
    }
  | ({ readonly type: "StatementReceived"; readonly leg: ProvinceCode; readonly on: DateText; readonly due: DateText } & Moved)
  | {
      readonly type: "MoneyReceived"
      readonly leg: ProvinceCode
      readonly remittance: string
      readonly account_fen: Fen
      readonly pooled_fen: Fen
      readonly on: DateText
    }
  | { readonly type: "MoneyMismatchFound"; readonly leg: ProvinceCode; readonly stated_fen: Fen; readonly received_fen: Fen }
  | { readonly type: "LegReconciled"; readonly leg: ProvinceCode; readonly on: DateText; readonly due: DateText }
  | { readonly type: "LegDisputed"; readonly leg: ProvinceCode; readonly reason: string }
  | { readonly type: "DisputeSettled"; readonly leg: ProvinceCode; readonly note: string }
  | {
      readonly type: "ReminderSent"
      readonly leg: ProvinceCode
      readonly step: Step
      readonly due: DateText
      readonly on: DateText
    }
  | {
      readonly type: "LegEscalated"
      readonly leg: ProvinceCode
      readonly step: Step
      readonly due: DateText
      readonly on: DateText
    }
  | { readonly type: "LegBooked"; readonly leg: ProvinceCode; readonly on: DateText }
  | { readonly type: "LegFailed"; readonly leg: ProvinceCode; readonly reason: string }
  | {
      readonly type: "TransferCompleted"
      readonly on: DateText
      readonly months_total: number
      readonly account_fen: Fen
      readonly pooled_fen: Fen
      readonly failedLegs: readonly ProvinceCode[]
    }
  | { readonly type: "TransferReturned"; readonly reason: string; readonly on: DateText }

// State and fold ---------------------------------------------------------------------------------
export type Money = { readonly account_fen: Fen; readonly pooled_fen: Fen }

export type Leg = {
  readonly planned: PlannedLeg
  readonly letterNo: string | null
  readonly statement: Moved | null
  readonly account_fen: Fen
  readonly pooled_fen: Fen
  readonly remittances: ReadonlyMap<string, Money>
  readonly disputed: string | null
  readonly reconciled: boolean
  readonly outcome: "open" | "booked" | "failed"
  readonly due: DateText
  /** `step:due` of the reminders sent and escalations made. */
  readonly reminded: ReadonlySet<string>
  readonly escalated: ReadonlySet<string>
}

export type Transfer = {
  readonly status: "none" | "requested" | "planned" | "completed" | "returned"
  readonly person: PersonKey | null
  readonly scheme: SchemeCode | null
  readonly to: ProvinceCode | null
  readonly legs: ReadonlyMap<ProvinceCode, Leg>
}

export const initial: Transfer = { status: "none", person: null, scheme: null, to: null, legs: new Map() }

/** What the leg waits for; null when nothing is awaited any more. */
export const stepOf = (leg: Leg): Step | null => {
  if (leg.outcome !== "open") return null
  if (leg.reconciled) return "booking"
  if (leg.statement !== null) return "money"
  return leg.letterNo === null ? "letter" : "statement"
}

const freshLeg = (planned: PlannedLeg, due: DateText): Leg => ({
  planned,
  letterNo: null,
  statement: null,
  account_fen: zero,
  pooled_fen: zero,
  remittances: new Map(),
  disputed: null,
  reconciled: false,
  outcome: "open",
  due,
  reminded: new Set(),
  escalated: new Set(),
})

const change = (state: Transfer, province: ProvinceCode, part: (leg: Leg) => Partial<Leg>): Transfer => {
  const leg = state.legs.get(province)
  if (leg === undefined) throw new Error(`event for a leg that was never planned: ${province}`)
  return { ...state, legs: withEntry(state.legs, province, { ...leg, ...part(leg) }) }
}

const movedOf = ({ months, account_fen, pooled_fen, bases_fen }: Moved): Moved => ({ months, account_fen, pooled_fen, bases_fen })

export const evolve = (state: Transfer, event: TransferEvent): Transfer => {
  switch (event.type) {
    case "TransferRequested":
      return { ...state, status: "requested", person: event.person, scheme: event.scheme, to: event.to }
    case "TransferPlanned":
      return { ...state, status: "planned", legs: new Map(event.legs.map((leg) => [leg.from, freshLeg(leg, event.letterDue)])) }
    case "ContactLetterIssued":
      // A letter written after the statement has come starts no clock: nobody waits for its answer.
      return change(state, event.leg, (leg) => ({ letterNo: event.letterNo, due: leg.statement === null ? event.due : leg.due }))
    case "StatementReceived":
      return change(state, event.leg, () => ({ statement: movedOf(event), due: event.due }))
    case "MoneyReceived":
      return change(state, event.leg, (leg) => ({
        account_fen: fen(leg.account_fen + event.account_fen),
        pooled_fen: fen(leg.pooled_fen + event.pooled_fen),
        remittances: withEntry(leg.remittances, event.remittance, {
          account_fen: event.account_fen,
          pooled_fen: event.pooled_fen,
        }),
      }))
    case "MoneyMismatchFound":
      return state
    case "LegReconciled":
      return change(state, event.leg, () => ({ reconciled: true, due: event.due }))
    case "LegDisputed":
      return change(state, event.leg, () => ({ disputed: event.reason }))
    case "DisputeSettled":
      return change(state, event.leg, () => ({ disputed: null }))
    case "ReminderSent":
      return change(state, event.leg, (leg) => ({ reminded: withMember(leg.reminded, `${event.step}:${event.due}`) }))
    case "LegEscalated":
      return change(state, event.leg, (leg) => ({ escalated: withMember(leg.escalated, `${event.step}:${event.due}`) }))
    case "LegBooked":
      return change(state, event.leg, () => ({ outcome: "booked" }))
    case "LegFailed":
      return change(state, event.leg, () => ({ outcome: "failed" }))
    case "TransferCompleted":
      return { ...state, status: "completed" }
    case "TransferReturned":
      return { ...state, status: "returned" }
  }
}

// Decisions --------------------------------------------------------------------------------------
export type TransferRefusal =
  | { readonly code: "TRANSFER_DIFFERS"; readonly to: ProvinceCode }
  | { readonly code: "TRANSFER_NOT_REQUESTED" }
  | { readonly code: "TRANSFER_ENDED"; readonly status: Transfer["status"] }
  | { readonly code: "NOTHING_TO_TRANSFER" }
  | { readonly code: "LEG_UNKNOWN"; readonly leg: ProvinceCode }
  | { readonly code: "LEG_ENDED"; readonly leg: ProvinceCode; readonly outcome: Leg["outcome"] }
  | { readonly code: "LEG_NOT_RECONCILED"; readonly leg: ProvinceCode }
  | { readonly code: "STATEMENT_DIFFERS"; readonly leg: ProvinceCode }
  | { readonly code: "REMITTANCE_DIFFERS"; readonly remittance: string; readonly booked_fen: Fen }
  | { readonly code: "STEP_NOT_OVERDUE"; readonly leg: ProvinceCode; readonly due: DateText }

type Decided = Decision<TransferRefusal, TransferEvent>

export const requestTransfer =
  (command: { readonly person: PersonKey; readonly scheme: SchemeCode; readonly to: ProvinceCode; readonly on: DateText }) =>
  (state: Transfer): Decided => {
    if (state.status === "none") return right([{ type: "TransferRequested", ...command }])
    const same = state.to === command.to && state.scheme === command.scheme && state.person === command.person
    return same ? right([]) : left({ code: "TRANSFER_DIFFERS", to: state.to ?? command.to })
  }

export const planTransfer =
  (command: {
    readonly legs: readonly PlannedLeg[]
    readonly placeOfReceipt: { readonly province: ProvinceCode; readonly rule: string }
    readonly letterDue: DateText
  }) =>
  (state: Transfer): Decided => {
    if (state.status === "none") return left({ code: "TRANSFER_NOT_REQUESTED" })
    if (state.status === "returned") return left({ code: "TRANSFER_ENDED", status: state.status })
    if (state.status !== "requested") return right([])
    return command.legs.length === 0 ? left({ code: "NOTHING_TO_TRANSFER" }) : right([{ type: "TransferPlanned", ...command }])
  }

/** Sends an application back with a reason, e.g. the person already draws a pension (66号 Art 2). */
export const returnTransfer =
  (command: { readonly reason: string; readonly on: DateText }) =>
  (state: Transfer): Decided => {
    if (state.status === "none") return left({ code: "TRANSFER_NOT_REQUESTED" })
    if (state.status === "returned") return right([])
    // Once planned it is in the agencies' hands: its legs end one by one, each with its reason.
    return state.status === "requested"
      ? right([{ type: "TransferReturned", ...command }])
      : left({ code: "TRANSFER_ENDED", status: state.status })
  }

const onLeg = (state: Transfer, province: ProvinceCode, next: (leg: Leg) => Decided): Decided => {
  const leg = state.legs.get(province)
  if (leg === undefined)
    return left(state.status === "none" ? { code: "TRANSFER_NOT_REQUESTED" } : { code: "LEG_UNKNOWN", leg: province })
  return next(leg)
}
const ended = (leg: Leg): Decided | null =>
  leg.outcome === "open" ? null : left({ code: "LEG_ENDED", leg: leg.planned.from, outcome: leg.outcome })

export const issueLetter =
  (command: { readonly leg: ProvinceCode; readonly letterNo: string; readonly on: DateText; readonly due: DateText }) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) =>
      leg.letterNo !== null ? right([]) : (ended(leg) ?? right([{ type: "ContactLetterIssued", ...command }])),
    )

/** The origin's statement: it has ended the relation and sent months and amounts (the origin's `TransferredOut`). */
export const receiveStatement =
  (command: { readonly leg: ProvinceCode } & Dated & Moved) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) => {
      if (leg.statement !== null)
        return sameStatement(leg.statement, command) ? right([]) : left({ code: "STATEMENT_DIFFERS", leg: command.leg })
      const stopped = ended(leg)
      if (stopped !== null) return stopped
      const event: TransferEvent = {
        type: "StatementReceived",
        leg: command.leg,
        on: command.on,
        due: command.due,
        ...movedOf(command),
      }
      const nothingDue = leg.remittances.size === 0 && totalOf(command) > 0
      return right(nothingDue ? [event] : [event, ...reconcile(leg, command, leg, command)])
    })

/** Money booked by the receiving agency, possibly before the statement and in several remittances. */
export const receiveMoney =
  (
    command: {
      readonly leg: ProvinceCode
      readonly remittance: string
      readonly account_fen: Fen
      readonly pooled_fen: Fen
    } & Dated,
  ) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) => {
      const booked = leg.remittances.get(command.remittance)
      if (booked !== undefined)
        return sameMoney(booked, command)
          ? right([])
          : left({ code: "REMITTANCE_DIFFERS", remittance: command.remittance, booked_fen: totalOf(booked) })
      const stopped = ended(leg)
      if (stopped !== null) return stopped
      if (leg.reconciled) return left({ code: "LEG_ENDED", leg: command.leg, outcome: leg.outcome })
      const { remittance, account_fen, pooled_fen, on } = command
      const event: TransferEvent = { type: "MoneyReceived", leg: command.leg, remittance, account_fen, pooled_fen, on }
      const money = { account_fen: fen(leg.account_fen + account_fen), pooled_fen: fen(leg.pooled_fen + pooled_fen) }
      return right(leg.statement === null ? [event] : [event, ...reconcile(leg, leg.statement, money, command)])
    })

export const disputeLeg =
  (command: { readonly leg: ProvinceCode; readonly reason: string }) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) =>
      leg.disputed === command.reason ? right([]) : (ended(leg) ?? right([{ type: "LegDisputed", ...command }])),
    )

export const settleDispute =
  (command: { readonly leg: ProvinceCode; readonly note: string }) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) => right(leg.disputed === null ? [] : [{ type: "DisputeSettled", ...command }]))

type Chase = { readonly leg: ProvinceCode; readonly on: DateText }

const chase =
  (type: "ReminderSent" | "LegEscalated") =>
  (command: Chase) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) => {
      const step = stepOf(leg)
      const done = type === "ReminderSent" ? leg.reminded : leg.escalated
      if (step === null || done.has(`${step}:${leg.due}`)) return right([])
      if (type === "LegEscalated" && command.on <= leg.due)
        return left({ code: "STEP_NOT_OVERDUE", leg: command.leg, due: leg.due })
      return right([{ type, leg: command.leg, step, due: leg.due, on: command.on }])
    })

/** Reminds whoever the leg waits for; once per step and due date. */
export const remindLeg = chase("ReminderSent")
/** Puts an overdue leg on the national queue; once per step and due date. */
export const escalateLeg = chase("LegEscalated")

/** The receiving agency has booked months and money of a leg; the last one completes the transfer. */
export const bookLeg =
  (command: { readonly leg: ProvinceCode; readonly on: DateText }) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) => {
      if (leg.outcome === "booked") return right([])
      const stopped = ended(leg)
      if (stopped !== null) return stopped
      if (!leg.reconciled) return left({ code: "LEG_NOT_RECONCILED", leg: command.leg })
      return right([{ type: "LegBooked", ...command }, ...completion(state, command.on, command.leg, false)])
    })

/** A leg that cannot be carried out ends alone, with its reason; not once the origin has let go of the money. */
export const failLeg =
  (command: { readonly leg: ProvinceCode; readonly reason: string; readonly on: DateText }) =>
  (state: Transfer): Decided =>
    onLeg(state, command.leg, (leg) => {
      if (leg.outcome === "failed") return right([])
      const stopped = ended(leg)
      if (stopped !== null) return stopped
      if (leg.statement !== null || leg.remittances.size > 0)
        return left({ code: "LEG_ENDED", leg: command.leg, outcome: leg.outcome })
      const event: TransferEvent = { type: "LegFailed", leg: command.leg, reason: command.reason }
      return right([event, ...completion(state, command.on, command.leg, true)])
    })
