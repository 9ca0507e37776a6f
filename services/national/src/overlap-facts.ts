/** What only the facts know about alarms and holds: when each was booked, and the fact behind it. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { SchemeCode } from "@tongzhang/domain/codes"
import { streamOf as benefitStream } from "@tongzhang/domain/benefit"
import { streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import { type OverlapFamily, streamOf as overlapStream } from "@tongzhang/domain/overlap"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, RecordedEvent } from "@tongzhang/event-store/port"
import type { ProvinceCode } from "@tongzhang/domain/codes"

const page = 1_000
const day_ms = 86_400_000

const whole = async (store: EventStore, stream: StreamName): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for (;;) {
    const more = await store.readStream(stream, { direction: "forwards", from: events.length, max: page })
    events.push(...more)
    if (more.length < page) return events
  }
}

/** `44_110` or `44_110_{claim}` -> the stream whose facts make that side. */
const streamOfSide = (person: PersonKey, side: string): StreamName => {
  const [province = "", scheme = "", claim] = side.split("_")
  return claim === undefined
    ? enrollmentStream({ province: province as ProvinceCode, scheme: scheme as SchemeCode, person })
    : benefitStream(person, scheme as SchemeCode)
}

export type CaseName = { readonly person_key: string; readonly case_id: string; readonly family: string }

const alarmOf = async (store: EventStore, { person_key, case_id, family }: CaseName): Promise<number | null> => {
  const person = person_key as PersonKey
  const alarm = (await whole(store, overlapStream(person, family as OverlapFamily))).find((record) => {
    const decoded = decodeEvent(record)
    return decoded.ok && decoded.event.type === "OverlapDetected" && decoded.event.case === case_id
  })
  const cause = alarm === undefined ? undefined : decodeMetadata(alarm.metadata).causationId
  if (alarm === undefined || cause === undefined) return null
  for (const side of case_id.split("~")) {
    const fact = (await whole(store, streamOfSide(person, side))).find(({ id }) => id === cause)
    if (fact !== undefined) return Math.max(0, alarm.recordedAt - fact.recordedAt) / 1_000
  }
  return null
}

/**
 * Seconds from the booking of the fact that completed each overlap to the booking of its alarm, by the ledger's own clock; those whose fact
 * is not one of the two sides' (a merger of identities) are left out.
 */
export const alarmsOf = async (store: EventStore, cases: readonly CaseName[]): Promise<readonly number[]> => {
  const seconds: number[] = []
  for (const one of cases) {
    const found = await alarmOf(store, one)
    if (found !== null) seconds.push(found)
  }
  return seconds
}

type Hold = { readonly claim: string; readonly from: number; readonly to: number | null }

const holdsOf = async (store: EventStore, stream: StreamName): Promise<readonly Hold[]> => {
  const holds: Hold[] = []
  for (const record of await whole(store, stream)) {
    const decoded = decodeEvent(record)
    if (!decoded.ok) continue
    const { event } = decoded
    if (event.type === "BenefitHeld") holds.push({ claim: event.claim, from: record.recordedAt, to: null })
    if (event.type !== "BenefitReleased") continue
    const at = holds.findLastIndex((hold) => hold.claim === event.claim && hold.to === null)
    const open = holds[at]
    if (open !== undefined) holds[at] = { ...open, to: record.recordedAt }
  }
  return holds
}

/** When each of these claims was held, ms since 1970, in their order. */
export const heldSince = async (
  store: EventStore,
  claims: readonly { readonly person_key: string; readonly scheme: SchemeCode; readonly claim: string }[],
): Promise<readonly (number | null)[]> => {
  const since: (number | null)[] = []
  for (const { person_key, scheme, claim } of claims) {
    const holds = await holdsOf(store, benefitStream(person_key as PersonKey, scheme))
    since.push(holds.findLast((hold) => hold.claim === claim && hold.to === null)?.from ?? null)
  }
  return since
}

/** Days each claim of these dismissed cases was held, one entry a hold; one that still stands counts up to now. */
export const wrongHolds = async (
  store: EventStore,
  cases: readonly { readonly person_key: string; readonly side_a: string; readonly side_b: string }[],
  now: number,
): Promise<readonly number[]> => {
  const days: number[] = []
  for (const { person_key, side_a, side_b } of cases) {
    const sides = [side_a, side_b]
    const streams = new Set(sides.map((side) => streamOfSide(person_key as PersonKey, side)))
    const claims = new Set(sides.map((side) => side.split("_").slice(2).join("_")))
    for (const stream of streams)
      for (const hold of await holdsOf(store, stream))
        if (claims.has(hold.claim)) days.push(((hold.to ?? now) - hold.from) / day_ms)
  }
  return days
}
