/** One application as the board shows it: the aggregate's state plus what people ask about it (since when, why, last message). */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText, TransferId } from "@tongzhang/domain/ids"
import type { Fen } from "@tongzhang/domain/money"
import { evolve, initial, type Step, type Transfer, type TransferEvent } from "@tongzhang/domain/transfer"

/** An event with when the ledger took it. */
export type Line = { readonly at: number; readonly revision: number; readonly event: TransferEvent }

/** Day on which each step of a leg was done; absent while it is not. Money counts once it is whole and agrees with the statement. */
export type StepDays = Partial<Readonly<Record<Step, DateText>>>

export type TransferCase = {
  readonly id: TransferId
  readonly revision: number
  readonly transfer: Transfer
  readonly requestedOn: DateText | null
  /** When the ledger took the application, ms since 1970. */
  readonly requestedAt: number | null
  readonly letterDue: DateText | null
  readonly placeOfReceipt: { readonly province: ProvinceCode; readonly rule: string } | null
  readonly returned: { readonly reason: string; readonly on: DateText } | null
  readonly completedOn: DateText | null
  readonly failures: ReadonlyMap<ProvinceCode, string>
  readonly mismatches: ReadonlyMap<ProvinceCode, { readonly stated_fen: Fen; readonly received_fen: Fen }>
  readonly days: ReadonlyMap<ProvinceCode, StepDays>
  /** Last event of each leg, and of the application as a whole under null. */
  readonly last: ReadonlyMap<ProvinceCode | null, Line>
}

export const emptyCase = (id: TransferId): TransferCase => ({
  id,
  revision: -1,
  transfer: initial,
  requestedOn: null,
  requestedAt: null,
  letterDue: null,
  placeOfReceipt: null,
  returned: null,
  completedOn: null,
  failures: new Map(),
  mismatches: new Map(),
  days: new Map(),
  last: new Map(),
})

const withNew = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => new Map(map).set(key, value)
const without = <K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> => {
  const next = new Map(map)
  next.delete(key)
  return next
}

const done = (found: TransferCase, leg: ProvinceCode, step: Step, on: DateText): Partial<TransferCase> => ({
  days: withNew(found.days, leg, { ...found.days.get(leg), [step]: on }),
})

const details = (found: TransferCase, { event, at }: Line): Partial<TransferCase> => {
  switch (event.type) {
    case "TransferRequested":
      return { requestedOn: event.on, requestedAt: at }
    case "TransferPlanned":
      return { placeOfReceipt: event.placeOfReceipt, letterDue: event.letterDue }
    case "TransferReturned":
      return { returned: { reason: event.reason, on: event.on } }
    case "TransferCompleted":
      return { completedOn: event.on }
    case "LegFailed":
      return { failures: withNew(found.failures, event.leg, event.reason) }
    case "MoneyMismatchFound": {
      const { stated_fen, received_fen } = event
      return { mismatches: withNew(found.mismatches, event.leg, { stated_fen, received_fen }) }
    }
    case "LegReconciled":
      return { mismatches: without(found.mismatches, event.leg), ...done(found, event.leg, "money", event.on) }
    case "ContactLetterIssued":
      return done(found, event.leg, "letter", event.on)
    case "StatementReceived":
      return done(found, event.leg, "statement", event.on)
    case "LegBooked":
      return done(found, event.leg, "booking", event.on)
    case "MoneyReceived":
    case "LegDisputed":
    case "DisputeSettled":
    case "ReminderSent":
    case "LegEscalated":
      return {}
  }
}

/** Ignores what it has seen already: a fact delivered again changes nothing. */
export const evolveCase = (found: TransferCase, line: Line): TransferCase => {
  if (line.revision <= found.revision) return found
  const { event } = line
  const leg = "leg" in event ? event.leg : null
  return {
    ...found,
    ...details(found, line),
    revision: line.revision,
    transfer: evolve(found.transfer, event),
    last: withNew(found.last, leg, line),
  }
}

export const isOpen = ({ transfer }: TransferCase): boolean => transfer.status === "requested" || transfer.status === "planned"

/** fen that has left an origin's books and is not yet in the receiver's. */
export const inTransit = ({ transfer }: TransferCase): Fen => {
  let total = 0
  for (const leg of transfer.legs.values())
    if (leg.outcome === "open" && leg.statement !== null) total += leg.statement.account_fen + leg.statement.pooled_fen
  return total as Fen
}
