/**
 * Which published parameters a bundle shows: those that were in force at some time between the first and the last month its facts are
 * about, in the places they are of. The others of the same streams are named with their hash, so that none is left out in silence.
 */
import { decodeEvent } from "@tongzhang/contracts/codec"
import { fromIndex, indexOf, month } from "@tongzhang/domain/month"
import type { PolicyEvent } from "@tongzhang/domain/policy"
import type { RecordedEvent } from "@tongzhang/event-store/port"

/** Months, both counted. */
export type Span = { readonly from: string; readonly to: string }

/** Names of fields that say when something was or is to be; a birth is long before anything is decided. */
const dated: ReadonlySet<string> = new Set(["from", "to", "on", "month", "paidOn", "year", "due", "validFrom"])
const china_ms = 8 * 3_600_000
const monthIn = (text: string): string | null => /^(\d{4}-\d{2})(-\d{2})?$/u.exec(text)?.[1] ?? null

const datesIn = (value: unknown, found: Set<string>): void => {
  if (typeof value !== "object" || value === null) return
  for (const [name, part] of Object.entries(value)) {
    if (!dated.has(name)) datesIn(part, found)
    else if (name === "year" && typeof part === "number") found.add(`${part}-01`).add(`${part}-12`)
    else {
      const named = typeof part === "string" ? monthIn(part) : null
      if (named !== null) found.add(named)
    }
  }
}

/**
 * From the first month that any of the facts is about to the last, the months they were recorded in and that of the bundle included:
 * an act is decided by the law of its day. @param madeAt ms since 1970
 */
export const spanOf = (events: readonly RecordedEvent[], madeAt: number): Span => {
  const months = new Set<string>()
  const add = (at_ms: number): void => void months.add(new Date(at_ms + china_ms).toISOString().slice(0, 7))
  add(madeAt)
  for (const event of events) {
    add(event.recordedAt)
    const decoded = decodeEvent(event)
    if (decoded.ok) datesIn(decoded.event, months)
  }
  const sorted = [...months].sort()
  return { from: sorted[0] ?? "", to: sorted.at(-1) ?? "" }
}

type Publication = {
  readonly fact: RecordedEvent
  /** Parameters of one family, region and key follow one another. */
  readonly series: string
  readonly id: string | null
  readonly begins: string
  /** Null: until the next one begins. */
  readonly ends: string | null
}

const publicationOf = (fact: RecordedEvent, event: PolicyEvent): Publication | null => {
  if (event.type === "BaseLimitsPublished")
    return { fact, series: `${fact.stream} limits`, id: null, begins: event.from.slice(0, 7), ends: null }
  if (event.type === "ParameterWithdrawn") return null
  const { family, region, key, validFrom, validTo, id } = event
  const series = JSON.stringify([fact.stream, family, region, key])
  return { fact, series, id, begins: validFrom.slice(0, 7), ends: validTo === null ? null : validTo.slice(0, 7) }
}

/** The last month before the next of its series begins, of those that are not only for a time. */
const endsBefore = (own: Publication, all: readonly Publication[], withdrawn: ReadonlySet<string>): string | null => {
  const later = all.filter(
    ({ series, begins, ends, id }) =>
      series === own.series && ends === null && begins > own.begins && !(id !== null && withdrawn.has(id)),
  )
  const next = later.map(({ begins }) => begins).sort()[0]
  return next === undefined ? null : fromIndex(indexOf(month(next)) - 1)
}

export type Chosen = { readonly shown: readonly RecordedEvent[]; readonly omitted: readonly RecordedEvent[] }

/**
 * @param policies whole streams, in any order
 * @returns those in force in the span, as published and as withdrawn, and what nobody can read; and the rest
 */
export const parametersIn = (policies: readonly RecordedEvent[], { from, to }: Span): Chosen => {
  const said = policies.map((fact) => ({ fact, decoded: decodeEvent(fact) }))
  const publications = said.flatMap(({ fact, decoded }) =>
    decoded.ok ? (publicationOf(fact, decoded.event as PolicyEvent) ?? []) : [],
  )
  const withdrawals = said.flatMap(({ fact, decoded }) =>
    decoded.ok && decoded.event.type === "ParameterWithdrawn" ? [{ fact, id: decoded.event.id }] : [],
  )
  const withdrawn = new Set(withdrawals.map(({ id }) => id))
  const inForce = publications.filter((one) => {
    const end = one.ends ?? endsBefore(one, publications, withdrawn)
    return one.begins <= to && (end === null || end >= from)
  })
  const ids = new Set(inForce.flatMap(({ id }) => id ?? []))
  const shown = new Set([
    ...inForce.map(({ fact }) => fact.id),
    ...withdrawals.filter(({ id }) => ids.has(id)).map(({ fact }) => fact.id),
    ...said.filter(({ decoded }) => !decoded.ok).map(({ fact }) => fact.id),
  ])
  return { shown: policies.filter(({ id }) => shown.has(id)), omitted: policies.filter(({ id }) => !shown.has(id)) }
}
