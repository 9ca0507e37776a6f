import * as enrollment from "@tongzhang/domain/enrollment"
import type { Amounts } from "@tongzhang/domain/enrollment-ledger"
import type { DateText, LineId, PersonKey } from "@tongzhang/domain/ids"
import { fromIndex, indexOf, month, type YearMonth } from "@tongzhang/domain/month"
import { streamOf as personStream } from "@tongzhang/domain/person"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import fc from "fast-check"
import { isLeft } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { createCoverageMonths } from "./coverage-months.js"
import { rangesOf } from "./month-bits.js"
import { newState, type PersonState } from "./person-state.js"
import { applyRecord } from "./replay.js"
import type { CoverageMonthTable } from "./tables.js"
import { factLog } from "./testing/facts.js"
import { threeProvinces, worker } from "./testing/three-provinces.js"

const person = "0123456789abcdef0123456789abcdef" as PersonKey
const stream = enrollment.streamOf({ province: "31", scheme: "110", person })
const day_ms = 86_400_000

/** Folds records and collects what changed, emptied after every `every` of them; the n-th is recorded on the n-th day. */
const collect = (
  key: PersonKey,
  records: readonly RecordedEvent[],
  every = 1_000,
): { state: PersonState; rows: CoverageMonthTable[] } => {
  const coverage = createCoverageMonths()
  const state = newState(key, Number.POSITIVE_INFINITY)
  const rows: CoverageMonthTable[] = []
  records.forEach((record, n) => {
    const counted = coverage.watch(state, record.stream, record.type)
    expect(applyRecord(state, record).kind).toBe("applied")
    counted(n * day_ms)
    if (n % every === 0) rows.push(...coverage.drain())
  })
  rows.push(...coverage.drain())
  return { state, rows }
}

const sums = (rows: readonly CoverageMonthTable[], name: "paid" | "entered"): Record<string, number> => {
  const all: Record<string, number> = {}
  for (const row of rows) {
    const key = `${row.province} ${row.scheme} ${row.capacity} ${row.sex} ${row.month}`
    all[key] = (all[key] ?? 0) + row[name]
    if (all[key] === 0) delete all[key]
  }
  return all
}

/** The definition, month by month, of relations that were never moved. */
const paidNow = (state: PersonState): Record<string, number> => {
  const all: Record<string, number> = {}
  for (const relation of state.relations.values())
    for (const { from, to } of rangesOf(relation.months))
      for (let at = indexOf(from); at <= indexOf(to); at++) {
        const spell = relation.spells.findLast((one) => one.from <= at && (one.to ?? at) >= at)
        const capacity = spell?.capacity ?? relation.capacity ?? ""
        all[`${relation.province} ${relation.scheme} ${capacity} ${state.person.sex ?? ""} ${fromIndex(at)}`] = 1
      }
  return all
}

type Decide = (state: enrollment.Enrollment) => ReturnType<ReturnType<typeof enrollment.openEnrollment>>
const amounts = {
  base_fen: 1000,
  employer_fen: 16,
  personal_fen: 8,
  subsidy_fen: 0,
  pooled_fen: 16,
  account_fen: 8,
} as unknown as Amounts
const nearby = fc.integer({ min: 0, max: 40 }).map((n): YearMonth => fromIndex(indexOf(month("2022-01")) + n))
const lineOf = (state: enrollment.Enrollment, n: number): LineId =>
  [...state.ledger.lines.keys()][n % Math.max(state.ledger.lines.size, 1)] ?? ("L" as LineId)
const command: fc.Arbitrary<Decide> = fc.oneof(
  nearby.map((from): Decide =>
    enrollment.openEnrollment({ from, scheme: "110", capacity: "employee", employer: "E1", temporary: false }),
  ),
  nearby.map((from): Decide => enrollment.suspendEnrollment({ from, reason: "x" })),
  nearby.map((from): Decide => enrollment.resumeEnrollment({ from })),
  nearby.map((to): Decide => enrollment.closeEnrollment({ to, reason: "x" })),
  fc.tuple(nearby, fc.constantFrom("employee", "flexible")).map(([from, capacity]): Decide =>
    enrollment.changeCapacity({
      scheme: "110",
      from,
      capacity: capacity as "employee",
      employer: capacity === "employee" ? "E1" : null,
    }),
  ),
  ...Array.from({ length: 4 }, () =>
    fc.tuple(nearby, fc.nat({ max: 3 }), fc.uuid()).map(([from, more, line]): Decide =>
      enrollment.recordContribution({
        line: line as LineId,
        from,
        to: fromIndex(indexOf(from) + more),
        ...amounts,
        kind: "regular",
        paidOn: "2024-01-05" as DateText,
      }),
    ),
  ),
  fc.tuple(fc.nat(), fc.uuid()).map(
    ([n, line]): Decide =>
      (state) =>
        enrollment.reverseContribution({ line: line as LineId, reverses: lineOf(state, n), reason: "x" })(state),
  ),
)

/** What of the commands the domain takes, as facts; the person is registered somewhere among them. */
const historyOf = (commands: readonly Decide[], registeredAfter: number): readonly RecordedEvent[] => {
  const log = factLog()
  const register = (): void =>
    log.add(personStream(person), {
      type: "PersonRegistered",
      sex: "female",
      birthMonth: month("1990-01"),
      hukou: "31",
      nameIndex: "n",
      sealed: "s",
    } as never)
  let state = enrollment.initial
  commands.forEach((decide, i) => {
    if (i === registeredAfter) register()
    const decided = decide(state)
    if (isLeft(decided)) return
    log.add(stream, ...decided.right)
    state = decided.right.reduce(enrollment.evolve, state)
  })
  return log.records()
}
const history = fc
  .tuple(fc.array(command, { maxLength: 40 }), fc.nat({ max: 40 }))
  .map(([commands, at]) => historyOf(commands, at))

describe("coverage month by month", () => {
  it("the changes sum to what the state says, however the facts fell into batches", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 7 }), (records, every) => {
        const { state, rows } = collect(person, records)
        expect(sums(rows, "paid")).toEqual(paidNow(state))
        expect(sums(collect(person, records, every).rows, "paid")).toEqual(sums(rows, "paid"))
        expect(sums(collect(person, records, every).rows, "entered")).toEqual(sums(rows, "entered"))
      }),
    )
  })

  it("those known by a day sum to what was known on that day", () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 40 }), (records, days) => {
        const { rows } = collect(person, records)
        const by = new Date(days * day_ms).toISOString().slice(0, 10)
        const then = collect(person, records.slice(0, days + 1))
        expect(
          sums(
            rows.filter((row) => row.known_on <= by),
            "paid",
          ),
        ).toEqual(paidNow(then.state))
      }),
    )
  })

  it("participations in force are those that have entered and not left", () => {
    fc.assert(
      fc.property(history, nearby, (records, at) => {
        const { state, rows } = collect(person, records)
        const spells = [...state.relations.values()].flatMap((one) => one.spells)
        const inForce = spells.filter(({ from, to }) => from <= indexOf(at) && (to === null || (to >= indexOf(at) && to >= from)))
        expect(rows.filter((row) => row.month <= at).reduce((sum, row) => sum + row.entered, 0)).toBe(inForce.length)
      }),
    )
  })

  it("moving a relation takes nothing from the months paid in the first province, and gives the second none", () => {
    const records = threeProvinces().records()
    const moves = records.map(({ type }, i) => (type.startsWith("Transferred") ? i : -1)).filter((i) => i >= 0)
    const [at, last] = [Math.min(...moves), Math.max(...moves)]
    expect(moves.length).toBeGreaterThan(1)
    const paidIn = (until: number): Record<string, number> => sums(collect(worker, records.slice(0, until)).rows, "paid")
    expect(records.slice(at, last).filter(({ type }) => type.startsWith("Contribution"))).toEqual([])
    expect(Object.keys(paidIn(at)).length).toBeGreaterThan(12)
    expect(paidIn(last + 1)).toEqual(paidIn(at))
  })

  it("a state refolded in the place of another counts once", () => {
    const records = historyOf(
      [
        enrollment.openEnrollment({
          from: month("2024-01"),
          scheme: "110",
          capacity: "employee",
          employer: "E1",
          temporary: false,
        }),
      ],
      0,
    )
    const { state } = collect(person, records)
    const coverage = createCoverageMonths()
    coverage.replace(state, state)
    expect(coverage.drain()).toEqual([])
    coverage.replace(null, state)
    expect(coverage.drain()).toMatchObject([{ month: "2024-01", entered: 1 }])
  })
})
