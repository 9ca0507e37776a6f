import { type Amounts, countedMonths } from "@tongzhang/domain/enrollment-ledger"
import * as enrollment from "@tongzhang/domain/enrollment"
import { fromIndex, indexOf, month, type YearMonth } from "@tongzhang/domain/month"
import { ofRanges, ranges, union } from "@tongzhang/domain/month-set"
import * as Overlap from "@tongzhang/domain/overlap"
import type { DateText, LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { Fen } from "@tongzhang/domain/money"
import { streamOf as personStream } from "@tongzhang/domain/person"
import { anyAmounts, lineId, nearMonth } from "@tongzhang/testing/arbitraries"
import fc from "fast-check"
import { isLeft } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { personDigest, recordDigest } from "./digest.js"
import { findLine } from "./fold-enrollment.js"
import { toMonthSet } from "./month-bits.js"
import { newState, type PersonState } from "./person-state.js"
import { applyRecord, replayRecords } from "./replay.js"
import { decodeState, encodeState } from "./state-codec.js"
import { factLog } from "./testing/facts.js"

const person = "0123456789abcdef0123456789abcdef" as PersonKey
const stream = enrollment.streamOf({ province: "31", scheme: "110", person })
type Decide = (state: enrollment.Enrollment) => ReturnType<ReturnType<typeof enrollment.openEnrollment>>

const amounts: Amounts = {
  base_fen: 100_000 as Fen,
  employer_fen: 16_000 as Fen,
  personal_fen: 8_000 as Fen,
  subsidy_fen: 0 as Fen,
  pooled_fen: 16_000 as Fen,
  account_fen: 8_000 as Fen,
}
const held = (state: enrollment.Enrollment): { months: { from: YearMonth; to: YearMonth }[] } => ({
  months: ranges(countedMonths(state.ledger)),
})
const someLine = (state: enrollment.Enrollment, n: number): LineId =>
  [...state.ledger.lines.keys()][n % Math.max(state.ledger.lines.size, 1)] ?? ("L1" as LineId)
const employer = fc.constantFrom("E1", "E2")
const paidOn = "2024-01-05" as DateText

/** Commands of a province in any order; the domain refuses what makes no sense. */
const command: fc.Arbitrary<Decide> = fc.oneof(
  fc
    .record({ from: nearMonth, employer, temporary: fc.boolean() })
    .map((c): Decide => enrollment.openEnrollment({ ...c, scheme: "110", capacity: "employee" })),
  nearMonth.map((from): Decide => enrollment.suspendEnrollment({ from, reason: "left the job" })),
  nearMonth.map((from): Decide => enrollment.resumeEnrollment({ from })),
  nearMonth.map((to): Decide => enrollment.closeEnrollment({ to, reason: "moved" })),
  fc
    .tuple(nearMonth, employer)
    .map(([from, to]): Decide =>
      enrollment.changeCapacity({ scheme: "110", from, capacity: to === "E1" ? "employee" : "flexible", employer: to }),
    ),
  ...Array.from({ length: 6 }, () =>
    fc
      .record({
        line: lineId(20),
        start: nearMonth,
        more: fc.integer({ min: 0, max: 5 }),
        amounts: anyAmounts,
        late: fc.boolean(),
      })
      .map(({ line, start, more, amounts: paid, late }): Decide =>
        enrollment.recordContribution({
          line,
          kind: late ? "late" : "regular",
          from: start,
          to: fromIndex(indexOf(start) + more),
          paidOn,
          ...paid,
        }),
      ),
  ),
  ...[1, 2].map(() =>
    fc.tuple(lineId(40), fc.nat(), anyAmounts).map(
      ([line, n, paid]): Decide =>
        (state) =>
          enrollment.correctContribution({ line, corrects: someLine(state, n), reason: "wrong base", ...paid })(state),
    ),
  ),
  fc.tuple(lineId(40), fc.nat()).map(
    ([line, n]): Decide =>
      (state) =>
        enrollment.reverseContribution({ line, reverses: someLine(state, n), reason: "wrong month" })(state),
  ),
  fc.integer({ min: 0, max: 3 }).map((n): Decide => (state) => {
    const source = state.ledger.received[0]?.from ?? null
    const pool = source === null ? state.ledger.months : (state.ledger.received[0]?.months ?? state.ledger.months)
    return enrollment.refundContribution({
      overlapCase: `case${n}`,
      source,
      months: ranges(pool).slice(0, 1),
      refund_fen: Math.floor(state.ledger.account_fen / 4) as Fen,
      bases_fen: Math.floor(state.ledger.bases_fen / 4) as Fen,
      legal: "187号",
    })(state)
  }),
  lineId(60).map((line): Decide => enrollment.creditSubsidy({ line, year: 2021, payer: "state", amount_fen: 500 as Fen })),
  fc
    .integer({ min: 2020, max: 2023 })
    .map((year): Decide => enrollment.creditInterest({ year, rate_bp: 397, amount_fen: 77 as Fen })),
  fc.integer({ min: 1, max: 2 }).map((n): Decide =>
    enrollment.transferIn({
      transferId: `${person}_${n}` as TransferId,
      from: n === 1 ? "34" : "44",
      months: [{ from: month("2019-01"), to: month("2019-08") }],
      account_fen: 9_000 as Fen,
      pooled_fen: 5_000 as Fen,
      bases_fen: 60_000 as Fen,
    }),
  ),
)
const leaving: Decide = (state) =>
  enrollment.transferOut({
    transferId: `${person}_9` as TransferId,
    to: "44",
    ...held(state),
    account_fen: state.ledger.account_fen,
    pooled_fen: Math.min(state.ledger.pooled_fen, 100) as Fen,
    bases_fen: state.ledger.bases_fen,
  })(state)

const historyOf = (commands: readonly Decide[]): { events: enrollment.EnrollmentEvent[]; state: enrollment.Enrollment } => {
  let state = enrollment.initial
  const events: enrollment.EnrollmentEvent[] = []
  for (const decide of commands) {
    const decision = decide(state)
    if (isLeft(decision)) continue
    for (const event of decision.right) state = enrollment.evolve(state, event)
    events.push(...decision.right)
  }
  return { events, state }
}

const summaryOf = (state: PersonState): unknown => {
  const relation = state.relations.get("31_110")
  if (relation === undefined) return null
  const { status, capacity, employer: at, temporary, from, to, account_fen, pooled_fen, bases_fen } = relation
  const months = relation.received.reduce((set, part) => union(set, part.months), toMonthSet(relation.months))
  return { status, capacity, employer: at, temporary, from, to, account_fen, pooled_fen, bases_fen, months: ranges(months) }
}
const summaryOfDomain = (state: enrollment.Enrollment): unknown => {
  if (state.status === "none") return null
  const { status, capacity, employer: at, temporary, from, to, ledger } = state
  const { account_fen, pooled_fen, bases_fen } = ledger
  return { status, capacity, employer: at, temporary, from, to, account_fen, pooled_fen, bases_fen, months: held(state).months }
}

const histories = fc.tuple(fc.array(command, { minLength: 5, maxLength: 60 }), fc.boolean()).map(([commands, leaves]) =>
  historyOf([
    enrollment.openEnrollment({
      scheme: "110",
      from: month("2020-01"),
      capacity: "employee",
      employer: "E0",
      temporary: false,
    }),
    ...commands,
    ...(leaves ? [leaving] : []),
  ]),
)

describe("fold of an enrollment", () => {
  it("agrees with the domain's aggregate on any history, and remembers nothing the stored state does not", () => {
    let corrections = 0
    fc.assert(
      fc.property(histories, ({ events, state: domain }) => {
        const log = factLog()
        log.add(stream, ...events)
        corrections += events.filter((event) => event.type === "ContributionCorrected").length
        const whole = newState(person, Number.POSITIVE_INFINITY)
        let stored = newState(person, 1)
        for (const record of log.records()) {
          expect(applyRecord(whole, record)).toEqual({ kind: "applied" })
          // The state as written down and read back after every fact: lines are then fetched from the stream.
          const outcome = applyRecord(stored, record)
          if (outcome.kind === "line_needed") {
            const before = replayWhole(log.records().slice(0, record.revision))
            const relation = before.relations.get("31_110")
            const line = relation === undefined ? null : findLine(relation, outcome.line)
            expect(applyRecord(stored, record, line)).toEqual({ kind: "applied" })
          } else expect(outcome).toEqual({ kind: "applied" })
          stored = decodeState(encodeState(stored))
        }
        expect(summaryOf(whole)).toEqual(summaryOfDomain(domain))
        expect(summaryOf(stored)).toEqual(summaryOfDomain(domain))
        expect(personDigest(stored)).toBe(personDigest(whole))
      }),
      { numRuns: 300 },
    )
    expect(corrections).toBeGreaterThan(50)
  })

  it("keeps the months of a received part apart from its own", () => {
    const log = factLog()
    const moved = {
      months: [{ from: month("2018-01"), to: month("2018-12") }],
      account_fen: 5 as Fen,
      pooled_fen: 6 as Fen,
      bases_fen: 7 as Fen,
    }
    log.add(
      stream,
      { type: "EnrollmentOpened", from: month("2020-01"), capacity: "employee", employer: "E", temporary: false },
      { type: "TransferredIn", transferId: `${person}_1` as TransferId, from: "34", ...moved },
    )
    const relation = replayWhole(log.records()).relations.get("31_110")
    expect(relation?.received[0]?.months).toEqual(ofRanges(moved.months))
    expect(toMonthSet(relation?.months ?? { base: 0, words: [] })).toEqual(ofRanges([]))
  })
})

const replayWhole = (records: Parameters<typeof replayRecords>[1]): PersonState => {
  const { state, problem } = replayRecords(person, records)
  expect(problem).toBeNull()
  return state
}

const opening: enrollment.EnrollmentEvent = {
  type: "EnrollmentOpened",
  from: month("2020-01"),
  capacity: "employee",
  employer: "E",
  temporary: false,
}
const paid = (line: string, at: string): enrollment.EnrollmentEvent => ({
  type: "ContributionRecorded",
  kind: "regular",
  line: line as LineId,
  from: month(at),
  to: month(at),
  paidOn,
  ...amounts,
})

describe("what the fold refuses", () => {
  const log = factLog()
  log.add(stream, opening, paid("L1", "2020-01"), paid("L2", "2020-02"))
  const [first, second, third] = log.records()
  if (first === undefined || second === undefined || third === undefined) throw new Error("three facts")

  it("passes over a revision it has seen", () => {
    const state = newState(person)
    applyRecord(state, first)
    applyRecord(state, second)
    const before = encodeState(state)
    expect(applyRecord(state, first)).toEqual({ kind: "seen" })
    expect(applyRecord(state, second)).toEqual({ kind: "seen" })
    expect(encodeState(state)).toBe(before)
  })

  it("stops at a gap and stays as it was", () => {
    const state = newState(person)
    applyRecord(state, first)
    const before = encodeState(state)
    expect(applyRecord(state, third)).toEqual({ kind: "gap", expected: 1, got: 2 })
    expect(encodeState(state)).toBe(before)
    expect(applyRecord(newState(person), third)).toEqual({ kind: "gap", expected: 0, got: 2 })
  })

  it("stops at an unreadable fact and at one that contradicts the others", () => {
    const state = newState(person)
    expect(applyRecord(state, { ...first, type: "EnrollmentImagined@1" })).toMatchObject({ kind: "broken" })
    applyRecord(state, first)
    const wrong = factLog()
    wrong.add(stream, opening, { type: "ContributionReversed", line: "L9" as LineId, reverses: "L1" as LineId, reason: "?" })
    const reversal = wrong.records()[1] ?? second
    expect(applyRecord(state, reversal)).toEqual({ kind: "line_needed", line: "L1" })
    expect(applyRecord(state, reversal, null)).toEqual({ kind: "broken", cause: "line L1 is unknown" })
    const before = encodeState(state)
    const letter = {
      ...first,
      stream: `Transfer-${person}_1` as typeof stream,
      type: "LegBooked@1",
      data: Buffer.from('{"leg":"34","on":"2024-01-01"}'),
    }
    expect(applyRecord(state, letter)).toMatchObject({
      kind: "broken",
      cause: expect.stringContaining("never planned") as string,
    })
    expect(encodeState(state)).toBe(before)
  })

  it("calls an account below zero broken, at the fact that makes it so", () => {
    const bad = factLog()
    bad.add(stream, opening, paid("L1", "2020-01"), {
      type: "ContributionRefunded",
      overlapCase: "c",
      source: null,
      months: [{ from: month("2020-01"), to: month("2020-01") }],
      refund_fen: 9_000 as Fen,
      bases_fen: 0 as Fen,
      legal: "x",
    })
    expect(replayRecords(person, bad.records()).problem).toMatchObject({
      revision: 2,
      cause: "31_110: the personal account is -1000 fen",
    })
  })
})

describe("digest", () => {
  const other = enrollment.streamOf({ province: "44", scheme: "110", person })
  const registered = {
    type: "PersonRegistered",
    sex: "female",
    birthMonth: month("1980-05"),
    hukou: "34",
    sealed: "s",
    nameIndex: "n",
  } as const

  it("does not depend on the order in which streams arrive", () => {
    const one = factLog()
    one.add(stream, opening, paid("L1", "2020-01"))
    one.add(other, opening)
    one.add(personStream(person), registered)
    const two = factLog()
    two.add(personStream(person), registered)
    two.add(other, opening)
    two.add(stream, opening, paid("L1", "2020-01"))
    expect(personDigest(replayWhole(one.records()))).toBe(personDigest(replayWhole(two.records())))
  })

  it("does not depend on the key a name is sealed under, which every store draws for itself", () => {
    const [one, two] = [factLog(), factLog()]
    one.add(personStream(person), registered)
    two.add(personStream(person), { ...registered, sealed: "under another key" })
    expect(personDigest(replayWhole(one.records()))).toBe(personDigest(replayWhole(two.records())))
    const other = factLog()
    other.add(personStream(person), { ...registered, nameIndex: "another name" })
    expect(personDigest(replayWhole(other.records()))).not.toBe(personDigest(replayWhole(one.records())))
  })

  it("does not depend on how often the detector had to look, but on the cases that stand", () => {
    const cases = Overlap.streamOf(person, "pension")
    const months = (to: string) => [{ from: month("2020-01"), to: month(to) }]
    const [a, b] = ["31_110~44_110", "31_110~33_110"]
    const detected = (id: string, to: string): Overlap.OverlapEvent => {
      const [x = "", y = ""] = id.split("~")
      return { type: "OverlapDetected", case: id, kind: "EMP-EMP", sides: [x, y], months: months(to) }
    }
    const digestOf = (...events: readonly Overlap.OverlapEvent[]): string => {
      const log = factLog()
      log.add(cases, ...events)
      return personDigest(replayWhole(log.records()))
    }
    const once = digestOf(detected(a, "2020-03"))
    const inSteps = digestOf(
      detected(a, "2020-01"),
      detected(b, "2020-01"),
      { type: "OverlapDissolved", case: b },
      { type: "OverlapChanged", case: a, months: months("2020-03") },
    )
    expect(inSteps).toBe(once)
    expect(digestOf(detected(a, "2020-02"))).not.toBe(once)
    expect(digestOf(detected(a, "2020-03"), detected(b, "2020-01"))).not.toBe(once)
    expect(digestOf(detected(a, "2020-03"), { type: "OverlapDismissed", case: a, reason: "r" })).not.toBe(once)
  })

  it("changes with any amount", () => {
    const one = factLog()
    one.add(stream, opening, paid("L1", "2020-01"))
    const two = factLog()
    two.add(stream, opening, { ...paid("L1", "2020-01"), account_fen: 8_001 } as enrollment.EnrollmentEvent)
    expect(recordDigest([replayWhole(one.records())]).digest).not.toBe(recordDigest([replayWhole(two.records())]).digest)
  })
})
