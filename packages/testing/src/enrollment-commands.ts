/**
 * Commands of a relation as arbitraries. Months, lines and acts are few, so that commands meet: lines sent twice, months paid
 * twice, refunds of what is paid, transfers out and back in. A command may look at the state first, as an agency looks at its
 * books: a statement states what the ledger holds.
 */
import * as enrollment from "@tongzhang/domain/enrollment"
import type { Enrollment, EnrollmentEvent, EnrollmentRefusal } from "@tongzhang/domain/enrollment"
import { countedMonths, receivedFrom, sumOver } from "@tongzhang/domain/enrollment-ledger"
import type { Decision } from "@tongzhang/domain/decider"
import type { DateText, TransferId } from "@tongzhang/domain/ids"
import { addMonths, month } from "@tongzhang/domain/month"
import { intersection, ofRange, ranges } from "@tongzhang/domain/month-set"
import { type Fen, fraction } from "@tongzhang/domain/money"
import fc, { type Arbitrary } from "fast-check"
import { anyAmounts, anyFen, anyMonth, anyRange, lineId } from "./arbitraries.js"

export type EnrollmentDecision = (state: Enrollment) => Decision<EnrollmentRefusal, EnrollmentEvent>
/** Look at the books, then decide: applied twice, it is the same command twice. */
export type EnrollmentCommand = { readonly name: string; readonly plan: (state: Enrollment) => EnrollmentDecision }

const scheme = "110"
const nearby = anyMonth(month("2020-01"), month("2021-12"))
const fixed = (name: string, decision: EnrollmentDecision): EnrollmentCommand => ({ name, plan: () => decision })

const opening = fc
  .record({
    from: nearby,
    capacity: fc.constantFrom("employee", "flexible", "resident"),
    employer: fc.constantFrom("E1", null),
  } as const)
  .map((command) => fixed("open", enrollment.openEnrollment({ scheme, temporary: false, ...command })))

const changes = fc.record({ at: nearby, what: fc.constantFrom("suspend", "resume", "close", "capacity") }).map(({ at, what }) => {
  const reason = "test"
  if (what === "suspend") return fixed(what, enrollment.suspendEnrollment({ from: at, reason }))
  if (what === "resume") return fixed(what, enrollment.resumeEnrollment({ from: at }))
  if (what === "close") return fixed(what, enrollment.closeEnrollment({ to: at, reason }))
  return fixed(what, enrollment.changeCapacity({ scheme, from: at, capacity: "flexible", employer: null }))
})

const contribution = fc
  .tuple(lineId(), anyRange(nearby, 6), anyAmounts)
  .map(([line, range, amounts]) =>
    fixed(
      "record",
      enrollment.recordContribution({ line, kind: "regular", paidOn: "2022-01-10" as DateText, ...range, ...amounts }),
    ),
  )

const correction = fc
  .tuple(lineId(20), lineId(), anyAmounts)
  .map(([line, corrects, amounts]) =>
    fixed("correct", enrollment.correctContribution({ line, corrects, reason: "test", ...amounts })),
  )

const reversal = fc
  .tuple(lineId(20), lineId())
  .map(([line, reverses]) => fixed("reverse", enrollment.reverseContribution({ line, reverses, reason: "test" })))

const refund = fc
  .tuple(anyRange(nearby, 6), fc.constantFrom("11", "12", null), fc.nat(100), fc.constantFrom("C1", "C2", "C3"))
  .map(([range, source, percent, overlapCase]): EnrollmentCommand => ({
    name: "refund",
    plan: ({ ledger }) => {
      const held = source === null ? ledger.months : receivedFrom(ledger, source)
      const months = intersection(held, ofRange(range.from, range.to))
      const account_fen = sumOver(ledger, months, "account_fen")
      return enrollment.refundContribution({
        overlapCase,
        source,
        months: ranges(months),
        refund_fen: source === null ? fraction(account_fen, percent, 100, "down") : (0 as Fen),
        bases_fen: source === null ? sumOver(ledger, months, "base_fen") : (0 as Fen),
        legal: "人社部发〔2009〕187号",
      })
    },
  }))

const credits = fc
  .tuple(fc.constantFrom("subsidy", "interest"), lineId(20), fc.constantFrom(2020, 2021), anyFen(50_000))
  .map(([what, line, year, amount_fen]) =>
    what === "subsidy"
      ? fixed(what, enrollment.creditSubsidy({ line, year, payer: "31", amount_fen }))
      : fixed(what, enrollment.creditInterest({ year, rate_bp: 397, amount_fen })),
  )

/** Sends out exactly what the books hold. */
export const sendingOut = (transferId: TransferId, to: "44" | "31"): EnrollmentCommand => ({
  name: "transfer out",
  plan: ({ ledger }) =>
    enrollment.transferOut({
      transferId,
      to,
      months: ranges(countedMonths(ledger)),
      account_fen: ledger.account_fen,
      pooled_fen: fraction(ledger.bases_fen, 12, 100, "half_up"),
      bases_fen: ledger.bases_fen,
    }),
})

const transferId = fc.constantFrom("T1", "T2", "T3").map((text) => text as TransferId)
const out = transferId.map((id) => sendingOut(id, "44"))
const back = fc
  .tuple(transferId, fc.constantFrom("11", "12"), anyRange(nearby, 12), anyFen(100_000), anyFen(300_000), anyFen(2_000_000))
  .map(([id, from, range, account_fen, pooled_fen, bases_fen]) =>
    fixed("transfer in", enrollment.transferIn({ transferId: id, from, months: [range], account_fen, pooled_fen, bases_fen })),
  )

/** Any one command of a relation, contributions most often. */
export const anyEnrollmentCommand: Arbitrary<EnrollmentCommand> = fc.oneof(
  { weight: 6, arbitrary: contribution },
  { weight: 2, arbitrary: correction },
  { weight: 2, arbitrary: reversal },
  { weight: 3, arbitrary: refund },
  { weight: 2, arbitrary: credits },
  { weight: 2, arbitrary: changes },
  { weight: 1, arbitrary: opening },
  { weight: 1, arbitrary: out },
  { weight: 1, arbitrary: back },
)

/** A relation opened early, then anything; sometimes closed and opened again. */
export const enrollmentHistory = (longest = 40): Arbitrary<readonly EnrollmentCommand[]> =>
  fc.array(anyEnrollmentCommand, { maxLength: longest }).map((commands) => {
    const first = { scheme, from: month("2020-01"), capacity: "flexible", employer: null, temporary: false } as const
    const later = { ...first, from: addMonths(first.from, 30) }
    const middle = Math.floor(commands.length / 2)
    return [
      fixed("open", enrollment.openEnrollment(first)),
      ...commands.slice(0, middle),
      fixed("open again", enrollment.openEnrollment(later)),
      ...commands.slice(middle),
    ]
  })
