/**
 * A person's relations folded again, slowly and on their own: months as text in maps, one entry per month. It shares no code with
 * the ledger's own fold, so that an error there does not vouch for itself here.
 */
import type { CheckedEvent } from "./evidence.js"
import { monthsOf } from "./formula/calendar.js"
import { holdingAt } from "./valid.js"

export type Line = {
  readonly line: string
  readonly recorded: CheckedEvent
  readonly months: readonly string[]
  /** Event with the amounts that hold now: the recording or its newest correction; null once taken back. */
  current: CheckedEvent | null
}
export type Part = {
  readonly event: CheckedEvent
  readonly transferId: string
  readonly province: string
  readonly months: Set<string>
}

export type RelationHistory = {
  readonly stream: string
  readonly scheme: string
  readonly events: CheckedEvent[]
  readonly lines: Map<string, Line>
  /** Month counted here -> the recording that makes it count. */
  readonly own: Map<string, CheckedEvent>
  readonly late: Map<string, CheckedEvent>
  /** As `own`, with the months that have moved away since: they are this relation's until they are refunded. */
  readonly earned: Map<string, CheckedEvent>
  received: Part[]
  readonly sent: Part[]
  from: string | null
}

export type History = {
  readonly relations: ReadonlyMap<string, RelationHistory>
  /** Of the events that hold at the month asked about. */
  readonly streams: ReadonlyMap<string, readonly CheckedEvent[]>
  /** Of all that were known. */
  readonly known: ReadonlyMap<string, readonly CheckedEvent[]>
  /** Events whose amounts hold no longer: corrected or taken back since. */
  readonly superseded: ReadonlySet<string>
}

const text = (value: unknown): string => (typeof value === "string" ? value : "")

type Range = { readonly from: string; readonly to: string }
export const isRange = (value: unknown): value is Range =>
  typeof value === "object" && value !== null && "from" in value && "to" in value

export const rangesIn = (value: unknown): readonly Range[] => (Array.isArray(value) ? value.filter(isRange) : [])
export const monthsIn = (value: unknown): string[] => rangesIn(value).flatMap(({ from, to }) => monthsOf(from, to))

const fresh = (stream: string): RelationHistory => ({
  stream,
  scheme: stream.split("_")[1] ?? "",
  events: [],
  lines: new Map(),
  own: new Map(),
  late: new Map(),
  earned: new Map(),
  received: [],
  sent: [],
  from: null,
})

const record = (relation: RelationHistory, event: CheckedEvent): void => {
  const line = text(event.data["line"])
  const months = monthsOf(text(event.data["from"]), text(event.data["to"]))
  relation.lines.set(line, { line, recorded: event, months, current: event })
  for (const month of months) {
    relation.own.set(month, event)
    relation.earned.set(month, event)
    if (event.data["kind"] !== "regular") relation.late.set(month, event)
  }
}

const replace = (relation: RelationHistory, event: CheckedEvent, wrong: string, superseded: Set<string>): void => {
  const line = relation.lines.get(wrong)
  if (line === undefined || line.current === null) return
  superseded.add(line.current.id)
  const reversed = event.type === "ContributionReversed"
  line.current = reversed ? null : event
  if (reversed)
    for (const month of line.months) {
      relation.own.delete(month)
      relation.earned.delete(month)
      relation.late.delete(month)
    }
}

const refund = (relation: RelationHistory, { data }: CheckedEvent): void => {
  const gone = monthsIn(data["months"])
  for (const month of gone) {
    if (data["source"] === null) {
      relation.own.delete(month)
      relation.earned.delete(month)
    } else for (const part of relation.received) if (part.province === data["source"]) part.months.delete(month)
  }
}

const partOf = (event: CheckedEvent, province: unknown): Part => ({
  event,
  transferId: text(event.data["transferId"]),
  province: text(province),
  months: new Set(monthsIn(event.data["months"])),
})

const apply = (relation: RelationHistory, event: CheckedEvent, superseded: Set<string>): void => {
  const { data } = event
  relation.events.push(event)
  switch (event.type) {
    case "EnrollmentOpened": {
      const from = text(data["from"])
      if (relation.from === null || from <= relation.from) relation.from = from
      return
    }
    case "ContributionRecorded":
      return record(relation, event)
    case "ContributionCorrected":
      return replace(relation, event, text(data["corrects"]), superseded)
    case "ContributionReversed":
      return replace(relation, event, text(data["reverses"]), superseded)
    case "ContributionRefunded":
      return refund(relation, event)
    case "TransferredOut":
      relation.sent.push(partOf(event, data["to"]))
      relation.own.clear()
      relation.received = []
      return
    case "TransferredIn":
      relation.received.push(partOf(event, data["from"]))
  }
}

const byStream = (events: readonly CheckedEvent[]): Map<string, CheckedEvent[]> => {
  const streams = new Map<string, CheckedEvent[]>()
  for (const event of events) {
    const stream = streams.get(event.stream)
    if (stream === undefined) streams.set(event.stream, [event])
    else stream.push(event)
  }
  for (const stream of streams.values()) stream.sort((a, b) => a.revision - b.revision)
  return streams
}

/** @param validAt only events that hold at this month are folded; null: all */
export const historyOf = (events: readonly CheckedEvent[], validAt: string | null = null): History => {
  const known = byStream(events)
  const streams = validAt === null ? known : byStream(holdingAt([...known.values()].flat(), validAt))
  const relations = new Map<string, RelationHistory>()
  const superseded = new Set<string>()
  for (const [name, stream] of streams) {
    if (!name.startsWith("Enrollment-")) continue
    const relation = fresh(name)
    for (const event of stream) apply(relation, event, superseded)
    relations.set(name, relation)
  }
  for (const relation of relations.values()) refundElsewhere(relations, relation)
  return { relations, streams, known, superseded }
}

/** Months refunded where they had been brought in were earned in the province they came from. */
const refundElsewhere = (relations: ReadonlyMap<string, RelationHistory>, { events, stream }: RelationHistory): void => {
  for (const { type, data } of events) {
    const { source } = data
    if (type !== "ContributionRefunded" || typeof source !== "string") continue
    const origin = relations.get(stream.replace(/-\d{2}_/, `-${source}_`))
    for (const month of monthsIn(data["months"])) origin?.earned.delete(month)
  }
}

/** Months that the relation stands for, each with the events that make it count: paid here, or brought in. */
export const standingMonths = (relation: RelationHistory): Map<string, string[]> => {
  const months = new Map([...relation.own].map(([month, event]) => [month, [event.id]]))
  for (const part of relation.received)
    for (const month of part.months) months.set(month, [...(months.get(month) ?? []), part.event.id])
  return months
}

const families: Readonly<Record<string, string>> = {
  "110": "pension",
  "120": "pension",
  "170": "pension",
  "210": "unemployment",
  "310": "medical",
  "390": "medical",
  "410": "injury",
  "510": "maternity",
}
export const familyOf = (relation: RelationHistory): string => families[relation.scheme] ?? ""

/** Whether anything of the relation lies at or before a month. */
export const hasBegun = (relation: RelationHistory, until: string | null): boolean =>
  until === null ||
  relation.from === null ||
  relation.from <= until ||
  relation.received.some((part) => [...part.months].some((month) => month <= until))
