/** Where in an event a fact stands. */
import type { CheckedEvent } from "./evidence.js"
import { type History, isRange, monthsIn, rangesIn } from "./history.js"
import { monthsOf } from "./formula/calendar.js"

/** Path in the data (`months.0.from`, `legs.1.account_fen`), `from..to` for the event's own range, or a field of the envelope (`recordedAt`, `revision`, `type`). */
export const fieldOf = (event: CheckedEvent, field: string): unknown => {
  if (field === "from..to") return [event.data]
  if (field === "recordedAt" || field === "revision" || field === "type") return event[field]
  let at: unknown = event.data
  for (const part of field.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Readonly<Record<string, unknown>>)[part]
  }
  return at
}

/** True when the field holds months as ranges: the fact is then one month of them. */
export const holdsRanges = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isRange)
export const monthsAt = (event: CheckedEvent, field: string): string[] => monthsIn(fieldOf(event, field))

/** Whether one of the field's ranges holds the month. */
export const isMonthAt = (event: CheckedEvent, field: string, month: string): boolean =>
  rangesIn(fieldOf(event, field)).some(({ from, to }) => from <= month && month <= to)

const known = new WeakMap<CheckedEvent, ReadonlySet<string>>()

/** Every month an event is about; a correction is about the months of its line. Asked for each month of a transfer: found once. */
export const monthsOfEvent = (history: History, event: CheckedEvent): ReadonlySet<string> => {
  const found = known.get(event) ?? monthsFoundIn(history, event)
  known.set(event, found)
  return found
}

const monthsFoundIn = (history: History, event: CheckedEvent): ReadonlySet<string> => {
  const { data } = event
  const found = new Set<string>()
  const { from, to, month } = data
  if (typeof from === "string" && typeof to === "string" && from.length === 7 && to.length === 7)
    for (const one of monthsOf(from, to)) found.add(one)
  if (typeof month === "string") found.add(month)
  for (const one of monthsIn(data["months"])) found.add(one)
  for (const name of ["legs", "options"])
    for (const part of Array.isArray(data[name]) ? (data[name] as readonly unknown[]) : [])
      if (typeof part === "object" && part !== null && "months" in part)
        for (const range of rangesIn(part.months)) for (const one of monthsOf(range.from, range.to)) found.add(one)
  const line = data["corrects"] ?? data["reverses"]
  if (typeof line === "string")
    for (const one of history.relations.get(event.stream)?.lines.get(line)?.months ?? []) found.add(one)
  return found
}
