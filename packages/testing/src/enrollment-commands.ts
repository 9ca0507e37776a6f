/**
 * Commands of a relation as arbitraries. Months, lines and acts are few, so that commands meet: lines sent twice, months paid
 * twice, refunds of what is paid, transfers out and back in. A command may look at the state first, as an agency looks at its
 * books: a statement states what the ledger holds.
 */
import * as enrollment from "@tongzhang/domain/enrollment"
import type { Enrollment, EnrollmentEvent, EnrollmentRefusal } from "@tongzhang/domain/enrollment"
import { countedMonths, receivedFrom, sumOver } from "@tongzhang/domain/enrollment-ledger"
import type { Decision } from "@tongzhang/domain/decider"
import type { DateText, LineId, TransferId } from "@tongzhang/domain/ids"
import { addMonths, month } from "@tongzhang/domain/month"
import { months as monthsIn, ofMonths, ranges } from "@tongzhang/domain/month-set"
import { type Fen, fraction } from "@tongzhang/domain/money"
import * as fc from "fast-check"
import { isLeft } from "fp-ts/lib/Either.js"
import type { Arbitrary } from "fast-check"
import { anyAmounts, anyFen, anyMonth, anyRange, lineId } from "./arbitraries.js"

export type EnrollmentDecision = (state: Enrollment) => Decision<EnrollmentRefusal, EnrollmentEvent>
/** Look at the books, then decide: applied twice, it is the same command twice. */
export type EnrollmentCommand = { readonly name: string; readonly plan: (state: Enrollment) => EnrollmentDecision }

const scheme = "110"
const nearby = anyMonth(month("2020-01"), month("2022-12"))
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
  .tuple(lineId(30), anyRange(nearby, 4), anyAmounts)
  .map(([line, range, amounts]) =>
    fixed(
      "record",
      enrollment.recordContribution({ line, kind: "regular", paidOn: "2022-01-10" as DateText, ...range, ...amounts }),
    ),
  )

/** One of the lines in the books, seldom one that is not there. */
const lineOf = (state: Enrollment, pick: number): LineId => {
  const lines = [...state.ledger.lines.keys()]
  return lines[pick % (lines.length + 1)] ?? ("L99" as LineId)
}

const correction = fc.tuple(lineId(40), fc.nat(1_000), anyAmounts).map(([line, pick, amounts]): EnrollmentCommand => ({
  name: "correct",
  plan: (state) => enrollment.correctContribution({ line, corrects: lineOf(state, pick), reason: "test", ...amounts }),
}))

const reversal = fc.tuple(lineId(40), fc.nat(1_000)).map(([line, pick]): EnrollmentCommand => ({
  name: "reverse",
  plan: (state) => enrollment.reverseContribution({ line, reverses: lineOf(state, pick), reason: "test" }),
}))

/** Up to six of the months held, with up to three times their share: interest comes back too, as far as the account goes. */
const refund = fc
  .record({
    pick: fc.nat(1_000),
    longest: fc.integer({ min: 1, max: 6 }),
    source: fc.constantFrom("11", "12", null, null),
    percent: fc.nat(300),
    overlapCase: fc.constantFrom("C1", "C2", "C3"),
  })
  .map(({ pick, longest, source, percent, overlapCase }): EnrollmentCommand => ({
    name: "refund",
    plan: ({ ledger }) => {
      const held = monthsIn(source === null ? ledger.months : receivedFrom(ledger, source))
      const start = held.length === 0 ? 0 : pick % held.length
      const months = ofMonths(held.slice(start, start + longest))
      const own = source === null
      return enrollment.refundContribution({
        overlapCase,
        source,
        months: ranges(months),
        refund_fen: own ? fraction(sumOver(ledger, months, "account_fen"), percent, 100, "down") : (0 as Fen),
        bases_fen: own ? sumOver(ledger, months, "base_fen") : (0 as Fen),
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
  { weight: 12, arbitrary: contribution },
  { weight: 4, arbitrary: correction },
  { weight: 4, arbitrary: reversal },
  { weight: 5, arbitrary: refund },
  { weight: 2, arbitrary: credits },
  { weight: 1, arbitrary: changes },
  { weight: 1, arbitrary: opening },
  { weight: 1, arbitrary: out },
  { weight: 2, arbitrary: back },
)

/** Opens a closed or moved relation again at the first month it may. */
const openAgain: EnrollmentCommand = {
  name: "open again",
  plan: ({ to }) =>
    enrollment.openEnrollment({
      scheme,
      from: to === null ? month("2020-01") : addMonths(to, 1),
      capacity: "flexible",
      employer: null,
      temporary: false,
    }),
}

/** A relation opened early, then anything; closed or moved, it is often opened again. */
export const enrollmentHistory = (longest = 60): Arbitrary<readonly EnrollmentCommand[]> =>
  fc
    .array(fc.oneof({ weight: 8, arbitrary: anyEnrollmentCommand }, { weight: 1, arbitrary: fc.constant(openAgain) }), {
      maxLength: longest,
      size: "max",
    })
    .map((commands) => [openAgain, ...commands])

/** Runs the commands from an empty relation, calling `look` after each event; returns all events. */
export const run = (
  commands: readonly EnrollmentCommand[],
  look: (state: Enrollment, event: EnrollmentEvent) => void = () => {},
): EnrollmentEvent[] => {
  const events: EnrollmentEvent[] = []
  let state = enrollment.initial
  for (const command of commands) {
    const decided = command.plan(state)(state)
    if (isLeft(decided)) continue
    for (const event of decided.right) {
      state = enrollment.evolve(state, event)
      events.push(event)
      look(state, event)
    }
  }
  return events
}
