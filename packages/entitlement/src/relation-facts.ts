/**
 * One relation's events as the law asks for them: lines as they hold now, the event behind every month that counts, and what moved
 * money besides. As `domain/enrollment-ledger` handles corrections, reversals, refunds and transfers, with the events kept.
 */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import { monthsOf, type YearMonth } from "@tongzhang/domain/month"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { FactEvent } from "./facts.js"
import { monthsIn } from "./leaves.js"

type Of<T extends EnrollmentEvent["type"]> = FactEvent<Extract<EnrollmentEvent, { type: T }>>
export type Recording = Of<"ContributionRecorded">

export type LineFacts = {
  readonly line: string
  readonly recorded: Recording
  readonly months: readonly YearMonth[]
  /** The event with the amounts that hold now; null once taken back. */
  current: Recording | Of<"ContributionCorrected"> | null
}

export type PartFacts<T extends "TransferredIn" | "TransferredOut"> = {
  readonly fact: Of<T>
  readonly months: ReadonlySet<YearMonth>
}

export type RelationFacts = {
  readonly stream: StreamName
  readonly province: ProvinceCode
  readonly scheme: SchemeCode
  readonly lines: ReadonlyMap<string, LineFacts>
  /** Month paid here that counts here -> its recording. */
  readonly own: ReadonlyMap<YearMonth, Recording>
  /** Month paid late (补缴, 一次性缴费) and not taken back -> its recording. */
  readonly late: ReadonlyMap<YearMonth, Recording>
  /** As `own`, with the months that have moved away since: they are this relation's until they are refunded. */
  readonly earned: ReadonlyMap<YearMonth, Recording>
  /** Parts brought in since the relation last moved away, less months refunded. */
  readonly received: readonly PartFacts<"TransferredIn">[]
  readonly sent: readonly PartFacts<"TransferredOut">[]
  readonly subsidies: readonly Of<"SubsidyCredited">[]
  readonly interest: readonly Of<"InterestCredited">[]
  readonly refunds: readonly Of<"ContributionRefunded">[]
  readonly transfersIn: readonly Of<"TransferredIn">[]
  /** The opening in force, with whether it is a temporary account. */
  readonly opened: Of<"EnrollmentOpened"> | null
  readonly from: YearMonth | null
  readonly movedAway: boolean
}

type Folding = {
  -readonly [K in keyof RelationFacts]: RelationFacts[K] extends ReadonlyMap<infer K2, infer V>
    ? Map<K2, V>
    : RelationFacts[K] extends readonly (infer V)[]
      ? V[]
      : RelationFacts[K]
}

const is = <T extends EnrollmentEvent["type"]>(fact: FactEvent, type: T): fact is Of<T> => fact.event.type === type

const record = (folding: Folding, fact: Recording): void => {
  const { line, from, to, kind } = fact.event
  const months = monthsOf(from, to)
  folding.lines.set(line, { line, recorded: fact, months, current: fact })
  for (const month of months) {
    folding.own.set(month, fact)
    folding.earned.set(month, fact)
    if (kind !== "regular") folding.late.set(month, fact)
  }
}

const takeBack = (folding: Folding, line: string): void => {
  const wrong = folding.lines.get(line)
  if (wrong === undefined) return
  wrong.current = null
  for (const month of wrong.months) {
    folding.own.delete(month)
    folding.earned.delete(month)
    folding.late.delete(month)
  }
}

const refund = (folding: Folding, fact: Of<"ContributionRefunded">): void => {
  const { source, months } = fact.event
  const gone = monthsIn(months)
  folding.refunds.push(fact)
  if (source === null)
    for (const month of gone) {
      folding.own.delete(month)
      folding.earned.delete(month)
    }
  else
    folding.received = folding.received.map((part) =>
      part.fact.event.from === source
        ? { ...part, months: new Set([...part.months].filter((month) => !gone.includes(month))) }
        : part,
    )
}

const fold = (folding: Folding, fact: FactEvent): void => {
  if (is(fact, "ContributionRecorded")) return record(folding, fact)
  if (is(fact, "ContributionCorrected")) {
    const wrong = folding.lines.get(fact.event.corrects)
    if (wrong !== undefined) wrong.current = fact
  } else if (is(fact, "ContributionReversed")) takeBack(folding, fact.event.reverses)
  else if (is(fact, "ContributionRefunded")) refund(folding, fact)
  else if (is(fact, "SubsidyCredited")) folding.subsidies.push(fact)
  else if (is(fact, "InterestCredited")) folding.interest.push(fact)
  else if (is(fact, "TransferredIn")) {
    folding.transfersIn.push(fact)
    folding.received.push({ fact, months: new Set(monthsIn(fact.event.months)) })
  } else if (is(fact, "TransferredOut")) {
    folding.sent.push({ fact, months: new Set(monthsIn(fact.event.months)) })
    folding.own.clear()
    folding.received = []
    folding.movedAway = true
  } else if (is(fact, "EnrollmentOpened")) {
    folding.opened = fact
    folding.movedAway = false
    if (folding.from === null || fact.event.from <= folding.from) folding.from = fact.event.from
  }
}

const name = /^Enrollment-(\d{2})_(\d{3})_/

/** Null for a stream that is no relation's. */
export const relationFacts = (stream: StreamName, events: readonly FactEvent[]): RelationFacts | null => {
  const found = name.exec(stream)
  if (found === null) return null
  const folding: Folding = {
    stream,
    province: found[1] as ProvinceCode,
    scheme: found[2] as SchemeCode,
    lines: new Map(),
    own: new Map(),
    late: new Map(),
    earned: new Map(),
    received: [],
    sent: [],
    subsidies: [],
    interest: [],
    refunds: [],
    transfersIn: [],
    opened: null,
    from: null,
    movedAway: false,
  }
  for (const fact of events) fold(folding, fact)
  return folding
}

/** Months refunded where they had been brought in were earned in the province they came from. */
export const refundElsewhere = (relations: ReadonlyMap<string, RelationFacts>): void => {
  for (const { refunds, scheme } of relations.values())
    for (const { event } of refunds) {
      const origin = event.source === null ? undefined : relations.get(`${event.source}_${scheme}`)
      for (const month of monthsIn(event.months)) (origin?.earned as Map<YearMonth, Recording> | undefined)?.delete(month)
    }
}

/** Lines as they hold now: not taken back. */
export const standingLines = (
  relation: RelationFacts,
): readonly (LineFacts & { readonly current: NonNullable<LineFacts["current"]> })[] =>
  [...relation.lines.values()].filter(
    (line): line is LineFacts & { readonly current: NonNullable<LineFacts["current"]> } => line.current !== null,
  )

/** Months that the relation stands for, each with one event that makes it count; own payments before what was brought in. */
export const standingMonths = (relation: RelationFacts): ReadonlyMap<YearMonth, FactEvent> => {
  const months = new Map<YearMonth, FactEvent>()
  for (const part of relation.received) for (const month of part.months) months.set(month, part.fact)
  for (const [month, fact] of relation.own) months.set(month, fact)
  return new Map([...months].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether anything of the relation lies at or before a month. */
export const hasBegun = (relation: RelationFacts, until: YearMonth | null): boolean =>
  until === null ||
  relation.from === null ||
  relation.from <= until ||
  relation.received.some((part) => [...part.months].some((month) => month <= until))
