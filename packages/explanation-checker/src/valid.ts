/**
 * Which of a person's events hold at a month (docs/law/explanations.md, "As valid at a month"), decided here a second time: a document
 * about a month is checked against these and no others.
 */
import type { CheckedEvent } from "./evidence.js"

const china_ms = 8 * 3_600_000

const text = (value: unknown): string => (typeof value === "string" ? value : "")

/** Month of an act without a period: its own day, then the month its metadata names, then the month it was recorded in. */
const actMonth = ({ data, validFrom, recordedAt }: CheckedEvent): string =>
  "on" in data ? text(data["on"]).slice(0, 7) : (validFrom ?? new Date(recordedAt + china_ms).toISOString().slice(0, 7))

/** Month in which a transfer took the months out of the origin, or brought them in. */
const transferMonth = (events: readonly CheckedEvent[], { stream, data }: CheckedEvent, type: string): string | null => {
  const leg = type === "LegBooked" ? data["from"] : /^Enrollment-(\d{2})/u.exec(stream)?.[1]
  const found = events.findLast(
    (one) => one.stream === `Transfer-${text(data["transferId"])}` && one.type === type && one.data["leg"] === leg,
  )
  return found === undefined ? null : text(found.data["on"]).slice(0, 7)
}

/** First month in which each event of a relation holds, in their order; null: never. A correction is as old as what it corrects. */
const relationMonths = (own: readonly CheckedEvent[], all: readonly CheckedEvent[]): (string | null)[] => {
  const lines = new Map<string, string | null>()
  const named = (event: CheckedEvent, month: string | null): string | null => {
    lines.set(text(event.data["line"]), month)
    return month
  }
  const nextMonth = (month: string): string => {
    const [year = 0, number = 0] = month.split("-").map(Number)
    return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`
  }
  return own.map((event) => {
    const { type, data } = event
    if (type === "ContributionRecorded") return named(event, text(data["from"]))
    if (type === "ContributionCorrected") return named(event, lines.get(text(data["corrects"])) ?? null)
    if (type === "ContributionReversed") return named(event, lines.get(text(data["reverses"])) ?? null)
    if (type === "EnrollmentClosed") return nextMonth(text(data["to"]))
    if (type === "SubsidyCredited") return `${String(data["year"])}-01`
    if (type === "InterestCredited") return `${String(data["year"])}-12`
    if (type === "TransferredOut") return transferMonth(all, event, "StatementReceived") ?? actMonth(event)
    if (type === "TransferredIn") return transferMonth(all, event, "LegBooked") ?? actMonth(event)
    return typeof data["from"] === "string" ? data["from"] : actMonth(event)
  })
}

const benefitHolds = (event: CheckedEvent, own: readonly CheckedEvent[], validAt: string): boolean => {
  const { type, data } = event
  const claimed = own.some(
    (one) => one.type === "BenefitClaimed" && one.data["claim"] === data["claim"] && text(one.data["from"]) <= validAt,
  )
  if (!claimed) return false
  if (type === "BenefitPaid") return text(data["month"]) <= validAt
  if (type === "BenefitEnded") return text(data["to"]) < validAt
  return (typeof data["from"] === "string" ? data["from"] : actMonth(event)) <= validAt
}

/** @param events of one person, each stream in its order; null: everything holds */
export const holdingAt = (events: readonly CheckedEvent[], validAt: string | null): readonly CheckedEvent[] => {
  if (validAt === null) return events
  const streams = new Map<string, CheckedEvent[]>()
  for (const event of events) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event])
  return [...streams].flatMap(([name, own]) => {
    if (name.startsWith("Enrollment-")) {
      const months = relationMonths(own, events)
      return own.filter((_, i) => (months[i] ?? "9999-12") <= validAt)
    }
    if (name.startsWith("Benefit-")) return own.filter((event) => benefitHolds(event, own, validAt))
    if (name.startsWith("Person-")) return own.filter(({ data }) => !("on" in data) || text(data["on"]).slice(0, 7) <= validAt)
    // A case is told up to the first act after the month: what follows in its stream is later still.
    const late = own.findIndex((event) => actMonth(event) > validAt)
    return late < 0 ? own : own.slice(0, late)
  })
}
