/** Short words for the facts of a relation, so that a test reads like the books. */
import type { EnrollmentEvent, Moved } from "@tongzhang/domain/enrollment"
import type { Amounts } from "@tongzhang/domain/enrollment-ledger"
import type { DateText, LineId, TransferId } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import type { MonthRange } from "@tongzhang/domain/month-set"
import { fen } from "@tongzhang/domain/money"

type Of<T extends EnrollmentEvent["type"]> = Extract<EnrollmentEvent, { type: T }>

export const line = (text: string): LineId => text as LineId
export const transferId = (serial: string): TransferId => `person_${serial}` as TransferId
/** `2024-01` or `2024-01..2024-03`. */
export const span = (text: string): MonthRange => {
  const [from = text, to = from] = text.split("..")
  return { from: month(from), to: month(to) }
}
export const spans = (text: string): MonthRange[] => (text === "" ? [] : text.split(" ").map(span))

/** 1,000 yuan of base: 80 yuan from the person into the account, 160 from the employer into the pool. */
export const paidOnce: Amounts = {
  base_fen: fen(100_000),
  employer_fen: fen(16_000),
  personal_fen: fen(8_000),
  subsidy_fen: fen(0),
  pooled_fen: fen(16_000),
  account_fen: fen(8_000),
}

export const opened = (from: string): Of<"EnrollmentOpened"> => ({
  type: "EnrollmentOpened",
  from: month(from),
  capacity: "employee",
  employer: "E1",
  temporary: false,
})
export const suspended = (from: string): EnrollmentEvent => ({ type: "EnrollmentSuspended", from: month(from), reason: "离职" })
export const resumed = (from: string): EnrollmentEvent => ({ type: "EnrollmentResumed", from: month(from) })
export const closed = (to: string): EnrollmentEvent => ({ type: "EnrollmentClosed", to: month(to), reason: "离职" })

export const recorded = (id: string, when: string, amounts: Partial<Amounts> = {}): Of<"ContributionRecorded"> => ({
  type: "ContributionRecorded",
  kind: "regular",
  line: line(id),
  ...span(when),
  ...paidOnce,
  ...amounts,
  paidOn: "2024-06-10" as DateText,
})
export const corrected = (id: string, corrects: string, amounts: Partial<Amounts> = {}): EnrollmentEvent => ({
  type: "ContributionCorrected",
  line: line(id),
  corrects: line(corrects),
  reason: "基数错误",
  ...paidOnce,
  ...amounts,
})
export const reversed = (id: string, reverses: string): EnrollmentEvent => ({
  type: "ContributionReversed",
  line: line(id),
  reverses: line(reverses),
  reason: "误缴",
})
export const refunded = (when: string, part: Partial<Of<"ContributionRefunded">> = {}): Of<"ContributionRefunded"> => ({
  type: "ContributionRefunded",
  overlapCase: "C1",
  source: null,
  months: spans(when),
  refund_fen: fen(8_000),
  bases_fen: fen(100_000),
  legal: "人社部发〔2009〕187号",
  ...part,
})

export const moved = (when: string, account_fen: number, bases_fen: number): Moved => ({
  months: spans(when),
  account_fen: fen(account_fen),
  pooled_fen: fen((bases_fen * 12) / 100),
  bases_fen: fen(bases_fen),
})
export const sentTo = (to: "44" | "31", serial: string, part: Moved): Of<"TransferredOut"> => ({
  type: "TransferredOut",
  transferId: transferId(serial),
  to,
  ...part,
})
export const arrivedFrom = (from: "11" | "12", serial: string, part: Moved): Of<"TransferredIn"> => ({
  type: "TransferredIn",
  transferId: transferId(serial),
  from,
  ...part,
})
