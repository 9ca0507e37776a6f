/** Asks the running API for a person at two moments, and the oracle the same; what differs is named. */
import { isDeepStrictEqual } from "node:util"
import type { PersonKey } from "@tongzhang/domain/ids"
import { fromIndex, indexOf, month } from "@tongzhang/domain/month"
import { personOf } from "@tongzhang/domain/stream-name"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import type { Ledger } from "@tongzhang/standalone/ledger"
import { type Known, type Opinion, oracle } from "./oracle.js"

export type Random = (below: number) => number

/** Every fact by person, from one scan of the log: not the way the service finds them. */
export const factsByPerson = async (store: EventStore): Promise<Map<PersonKey, RecordedEvent[]>> => {
  const persons = new Map<PersonKey, RecordedEvent[]>()
  for (let after: Position | null = null; ;) {
    const page = await store.readAll({
      after,
      max: 5_000,
      prefixes: ["Person-", "Enrollment-", "Transfer-", "Overlap-", "Benefit-"],
    })
    for (const event of page.events) {
      const person = personOf(event.stream) as PersonKey
      const facts = persons.get(person)
      if (facts === undefined) persons.set(person, [event])
      else facts.push(event)
    }
    if (page.atEnd) return persons
    after = page.next
  }
}

const expand = (ranges: readonly { readonly from: string; readonly to: string }[]): string[] =>
  ranges.flatMap(({ from, to }) => {
    const first = indexOf(month(from))
    return Array.from({ length: indexOf(month(to)) - first + 1 }, (_, i) => fromIndex(first + i) as string)
  })

/** The API's answer in the oracle's words. */
const said = (record: UnifiedRecord): Opinion => {
  const part = ({
    transferId,
    province,
    ranges,
    account_fen,
    pooled_fen,
    bases_fen,
  }: UnifiedRecord["relations"][number]["transferredIn"][number]) => ({
    transferId,
    province,
    months: expand(ranges),
    account_fen,
    pooled_fen,
    bases_fen,
  })
  const { registered, birthMonth, hukou, diedOn } = record.person
  return {
    person: { registered, birthMonth, hukou, diedOn },
    asOf: { validAt: record.asOf.validAt, events: record.asOf.events, position: record.asOf.position },
    relations: record.relations.map(
      ({ family: _family, ranges, months_standing: _count, transferredIn, transferredOut, ...rest }) => ({
        ...rest,
        months: expand(ranges),
        transferredIn: transferredIn.map(part),
        transferredOut: transferredOut.map(part),
      }),
    ),
    families: Object.fromEntries(
      record.totals.families.map(({ family, months_total, months_overlapping, account_fen, pooled_fen, bases_fen }) => [
        family,
        { months_total, months_overlapping, account_fen, pooled_fen, bases_fen },
      ]),
    ),
    benefits: record.benefits.map(
      ({ heldFor: _for, basic_fen: _basic, account_fen: _account, transitional_fen: _extra, ...rest }) => rest,
    ),
    overlaps: record.cases.overlaps.map(({ case: id, status, ranges }) => ({ case: id, status, months: expand(ranges) })),
    transfers: record.cases.transfers.map(({ transferId, status, legs }) => ({
      transferId,
      status,
      legs: legs.map((leg) => `${leg.from} ${leg.outcome}`).sort(),
    })),
  } as Opinion
}

/** Where two answers differ first, as a path. */
const differing = (a: unknown, b: unknown, path = ""): string => {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
    return `${path}: API ${JSON.stringify(a)}, oracle ${JSON.stringify(b)}`
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y] = [(a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]]
    if (!isDeepStrictEqual(x, y)) return differing(x, y, `${path}/${key}`)
  }
  return path
}

export type Moment = { readonly validAt: string | null; readonly known: Known }

/** A month from well before the first fact to after the last act; a moment or a position at or between the person's facts. */
export const randomMoment = (facts: readonly RecordedEvent[], random: Random): Moment => {
  const validAt = random(10) === 0 ? null : fromIndex(indexOf(month("2005-01")) + random(270))
  const fact = facts[random(facts.length)]
  if (fact === undefined || random(10) === 0) return { validAt, known: null }
  return { validAt, known: random(2) === 0 ? { position: fact.position } : { at: fact.recordedAt - random(2) } }
}

const queryOf = ({ validAt, known }: Moment): string => {
  const query = new URLSearchParams()
  if (validAt !== null) query.set("validAt", validAt)
  if (known !== null) query.set("knownAt", "at" in known ? new Date(known.at).toISOString() : known.position)
  return query.toString()
}

export type Asked = { readonly wrong: string | null; readonly answered_ms: number; readonly empty: boolean }

export const askOnce = async (
  { server }: Ledger,
  token: string,
  person: PersonKey,
  facts: readonly RecordedEvent[],
  moment: Moment,
): Promise<Asked> => {
  const expected = oracle(facts, moment.validAt, moment.known)
  const url = `/national/persons/${person}/record?${queryOf(moment)}`
  const started = performance.now()
  const answer = await server.inject({ method: "GET", url, headers: { authorization: `Bearer ${token}`, "x-purpose": "audit" } })
  const answered_ms = performance.now() - started
  const wrong = (text: string): Asked => ({ wrong: `${person} ${JSON.stringify(moment)} ${text}`, answered_ms, empty: false })
  if (expected === null)
    return answer.statusCode === 404 ? { wrong: null, answered_ms, empty: true } : wrong(`status ${answer.statusCode} for nobody`)
  if (answer.statusCode !== 200) return wrong(`status ${answer.statusCode} ${answer.body.slice(0, 200)}`)
  const got = said((answer.json() as { record: UnifiedRecord }).record)
  return isDeepStrictEqual(got, expected) ? { wrong: null, answered_ms, empty: false } : wrong(differing(got, expected))
}

/** ms until the smallest answer there is: nothing is read for it. */
export const askYardstick = async ({ server }: Ledger): Promise<number> => {
  const started = performance.now()
  await server.inject({ method: "GET", url: "/health" })
  return performance.now() - started
}
