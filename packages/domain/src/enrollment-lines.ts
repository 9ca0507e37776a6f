/**
 * What a line of the books may still undergo: checks of recording, correcting, reversing and refunding, each answering with a
 * refusal or null. Kept apart from the decisions that use them.
 */
import {
  type Amounts,
  type Ledger,
  type Line,
  type LineAct,
  receivedFrom,
  sameAmounts,
  standingMonths,
  sumOver,
} from "./enrollment-ledger.js"
import type { EnrollmentRefusal, RefundContribution } from "./enrollment.js"
import type { LineId } from "./ids.js"
import { type MonthRange, equals, first, intersection, isEmpty, ofRange, ofRanges, ranges } from "./month-set.js"
import { type Fen, fen } from "./money.js"

/** What was paid must be what was put away. */
export const addsUp = (amounts: Amounts): EnrollmentRefusal | null => {
  const paid_fen = fen(amounts.employer_fen + amounts.personal_fen + amounts.subsidy_fen)
  const split_fen = fen(amounts.pooled_fen + amounts.account_fen)
  return paid_fen === split_fen ? null : { code: "SPLIT_DOES_NOT_ADD_UP", paid_fen, split_fen }
}

type Resent = Amounts & { readonly act: LineAct; readonly answers: LineId | null; readonly range: MonthRange | null }

/** A line sent again must be the same line: the same act, on the same other line, with the same months and amounts. */
export const differsFrom = (line: LineId, known: Line, resent: Resent): EnrollmentRefusal | null => {
  const fields = sameAmounts(known.recorded, resent)
  if (known.answers !== resent.answers) fields.unshift(resent.act === "reversal" ? "reverses" : "corrects")
  if (resent.range !== null && (known.from !== resent.range.from || known.to !== resent.range.to)) fields.unshift("month")
  if (known.act !== resent.act) fields.unshift("kind")
  return fields.length === 0 ? null : { code: "LINE_CONTENT_DIFFERS", line, fields }
}

/** Months paid here already, or sent away with the relation: paid again, they would count twice. */
export const paidTwice = (ledger: Ledger, range: MonthRange): EnrollmentRefusal | null => {
  const wanted = ofRange(range.from, range.to)
  if (!isEmpty(intersection(ledger.moved, wanted))) return { code: "MOVED_AWAY" }
  const both = first(intersection(ledger.months, wanted))
  if (both === null) return null
  for (const [line, other] of ledger.lines)
    if (!isEmpty(intersection(standingMonths(other), ofRange(both, both))))
      return { code: "MONTH_PAID_BY_ANOTHER_LINE", month: both, line }
  throw new Error(`month ${both} is counted, but no line has paid it`)
}

/**
 * Whether a line can be corrected or taken back. One whose months were refunded or moved cannot: the money has left, and the
 * months count elsewhere. Nor can one whose account share has been spent: an account is never negative.
 */
export const fixed = (ledger: Ledger, line: LineId, account_fen: Fen): EnrollmentRefusal | null => {
  const wrong = ledger.lines.get(line)
  if (wrong === undefined) return { code: "LINE_UNKNOWN", line }
  if (wrong.current === null) return { code: "LINE_ALREADY_REVERSED", line }
  if (wrong.moved) return { code: "MOVED_AWAY" }
  if (!isEmpty(wrong.refunded)) return { code: "LINE_REFUNDED", line, months: ranges(wrong.refunded) }
  const wanted_fen = fen(wrong.current.account_fen - account_fen)
  return wanted_fen > 0 && wanted_fen > ledger.account_fen
    ? { code: "ACCOUNT_TOO_SMALL", balance_fen: ledger.account_fen, wanted_fen }
    : null
}

/** The months must be counted here, the account must hold the refund, and the bases must be those of the months. */
export const unrefundable = (ledger: Ledger, command: RefundContribution): EnrollmentRefusal | null => {
  const wanted = ofRanges(command.months)
  const held = command.source === null ? ledger.months : receivedFrom(ledger, command.source)
  if (isEmpty(wanted) || !equals(intersection(held, wanted), wanted)) return { code: "MONTHS_NOT_PAID", months: command.months }
  if (command.refund_fen > ledger.account_fen)
    return { code: "ACCOUNT_TOO_SMALL", balance_fen: ledger.account_fen, wanted_fen: command.refund_fen }
  // Bases left standing for refunded months would send 12 % of them away with the next transfer. What was received came as one
  // sum, so of those months only the whole is known.
  const own_fen = sumOver(ledger, command.source === null ? wanted : ledger.months, "base_fen")
  const ledger_fen = command.source === null ? own_fen : fen(ledger.bases_fen - own_fen)
  const stated_fen = command.bases_fen
  const agrees = command.source === null ? stated_fen === ledger_fen : stated_fen <= ledger_fen
  return agrees ? null : { code: "REFUND_DIFFERS_FROM_LEDGER", ledger_fen, stated_fen }
}
