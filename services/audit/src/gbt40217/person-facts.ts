/** One person's facts in one province as they were known: what the tables are filled from. */
import { decodeEvent, decodeMetadata } from "@tongzhang/contracts/codec"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import * as Benefit from "@tongzhang/domain/benefit"
import { type ProvinceCode, provinces, type SchemeCode, schemes } from "@tongzhang/domain/codes"
import * as Enrollment from "@tongzhang/domain/enrollment"
import type { PersonKey } from "@tongzhang/domain/ids"
import * as Person from "@tongzhang/domain/person"
import type { EventStore } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { streamFacts } from "../facts.js"
import { type Identity, identityOf } from "../identity.js"
import { type KnownAt, wasKnown } from "../known-at.js"
import type { StreamName } from "@tongzhang/domain/stream-name"

/** GB/T 40217 is about 养老保险 only. */
export const pensionSchemes = ["110", "120", "170"] as const satisfies readonly SchemeCode[]
export type PensionScheme = (typeof pensionSchemes)[number]

export type Told<Event> = { readonly event: Event; readonly id: string; readonly recordedAt: number; readonly actor: string }

export type RelationFacts = {
  readonly scheme: PensionScheme
  readonly facts: readonly Told<Enrollment.EnrollmentEvent>[]
  readonly state: Enrollment.Enrollment
  /** First month of this scheme, in whichever province (AAC049: 全国范围内首次参加); null: no fact says so. */
  readonly first: string | null
}
export type BenefitFacts = {
  readonly scheme: PensionScheme
  readonly facts: readonly Told<Benefit.BenefitEvent>[]
  readonly state: Benefit.Benefit
}
export type PersonFacts = {
  readonly key: PersonKey
  readonly province: ProvinceCode
  readonly identity: Identity
  readonly person: Person.Person
  readonly relations: readonly RelationFacts[]
  /** Claims in this province only. */
  readonly benefits: readonly BenefitFacts[]
}

export type FactDeps = { readonly store: EventStore; readonly keys: KeyStore }
export type Asked = {
  readonly province: ProvinceCode
  readonly knownAt: KnownAt
  readonly reveal: boolean
  /** The person's relations in other provinces, where the first month of a scheme is asked for. */
  readonly elsewhere?: readonly { readonly province: ProvinceCode; readonly scheme: PensionScheme }[] | undefined
}

const told = async <Event extends LedgerEvent>(
  store: EventStore,
  stream: StreamName,
  knownAt: KnownAt,
): Promise<Told<Event>[]> => {
  const found: Told<Event>[] = []
  for await (const fact of streamFacts(store, stream)) {
    if (!wasKnown(fact, knownAt)) continue
    const decoded = decodeEvent(fact)
    if (!decoded.ok) throw new Error(`${stream} #${fact.revision}: ${decoded.cause}`)
    const { actor } = decodeMetadata(fact.metadata)
    found.push({ event: decoded.event as Event, id: fact.id, recordedAt: fact.recordedAt, actor: actor.id })
  }
  return found
}

const ofProvince = (facts: readonly Told<Benefit.BenefitEvent>[], province: ProvinceCode): Told<Benefit.BenefitEvent>[] => {
  const mine = new Set(
    facts.flatMap(({ event }) => (event.type === "BenefitClaimed" && event.province === province ? [event.claim] : [])),
  )
  return facts.filter(({ event }) => mine.has(event.claim))
}

const identityAsKnown = async (
  keys: KeyStore,
  key: PersonKey,
  facts: readonly Told<Person.PersonEvent>[],
  reveal: boolean,
): Promise<Identity> => {
  const sealed = facts.findLast(({ event }) => "sealed" in event)?.event
  if (sealed === undefined || !("sealed" in sealed)) return { state: "unreadable", name: null, citizenId: null }
  return identityOf(keys, key, sealed.sealed, reveal)
}

const openedIn = (facts: readonly Told<Enrollment.EnrollmentEvent>[]): string[] =>
  facts.flatMap(({ event }) => (event.type === "EnrollmentOpened" ? [event.from] : []))

const firstOf = async (
  { store }: FactDeps,
  key: PersonKey,
  scheme: PensionScheme,
  own: readonly Told<Enrollment.EnrollmentEvent>[],
  { knownAt, province, elsewhere = [] }: Asked,
): Promise<string | null> => {
  const others = elsewhere.filter((one) => one.scheme === scheme && one.province !== province)
  const months = openedIn(own)
  for (const one of others) {
    const stream = Enrollment.streamOf({ province: one.province, scheme, person: key })
    months.push(...openedIn(await told<Enrollment.EnrollmentEvent>(store, stream, knownAt)))
  }
  return months.toSorted()[0] ?? null
}

/** Null when nothing of this person was known in this province then. */
export const personFacts = async (deps: FactDeps, key: PersonKey, asked: Asked): Promise<PersonFacts | null> => {
  const { store, keys } = deps
  const { province, knownAt, reveal } = asked
  const relations: RelationFacts[] = []
  const benefits: BenefitFacts[] = []
  for (const scheme of pensionSchemes) {
    const stream = Enrollment.streamOf({ province, scheme, person: key })
    const facts = await told<Enrollment.EnrollmentEvent>(store, stream, knownAt)
    if (facts.length > 0)
      relations.push({
        scheme,
        facts,
        state: facts.reduce((state, { event }) => Enrollment.evolve(state, event), Enrollment.initial),
        first: await firstOf(deps, key, scheme, facts, asked),
      })
    const drawn = ofProvince(await told<Benefit.BenefitEvent>(store, Benefit.streamOf(key, scheme), knownAt), province)
    if (drawn.length > 0)
      benefits.push({
        scheme,
        facts: drawn,
        state: drawn.reduce((state, { event }) => Benefit.evolve(state, event), Benefit.initial),
      })
  }
  if (relations.length === 0 && benefits.length === 0) return null
  const facts = await told<Person.PersonEvent>(store, Person.streamOf(key), knownAt)
  const person = facts.reduce((state, { event }) => Person.evolve(state, event), Person.initial)
  return { key, province, identity: await identityAsKnown(keys, key, facts, reveal), person, relations, benefits }
}

/** Who paid for a month: the employer of the last change that holds by then; a later change does not rewrite earlier months. */
export const employerAt = ({ facts }: RelationFacts, month: string): string | null => {
  const named = facts.flatMap(({ event }) =>
    event.type === "EnrollmentOpened" || event.type === "CapacityChanged" ? [{ from: event.from, employer: event.employer }] : [],
  )
  return (named.findLast(({ from }) => from <= month) ?? named[0])?.employer ?? null
}

// Forms of the standard ------------------------------------------------------------------------------
const china_ms = 8 * 3_600_000
/** `YYYYMMDD` of a moment, in China. */
export const dayOf = (at_ms: number): string => new Date(at_ms + china_ms).toISOString().slice(0, 10).replaceAll("-", "")
export const digits = (text: string | null): string => (text ?? "").replaceAll("-", "")
/** The standard's days of which only the month is known are its first (§4.2, AAC007). */
export const firstDay = (month: string | null): string => (month === null ? "" : `${digits(month)}01`)
export const yuanOf = (amount_fen: number): string => {
  const absolute = Math.abs(amount_fen)
  return `${amount_fen < 0 ? "-" : ""}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, "0")}`
}
/** Share of a base with four decimals, rounded half up; empty when there is no base. */
export const rateOf = (part_fen: number, base_fen: number): string =>
  base_fen === 0 ? "" : (Math.round((part_fen * 10_000) / base_fen) / 10_000).toFixed(4)
export const regionOf = (province: ProvinceCode): string => `${province}0000`
export const regionName = (province: ProvinceCode): string => provinces[province].zh
export const schemeOf = (scheme: PensionScheme): Record<string, string> => ({ AAE140: scheme, AAE140N: schemes[scheme].zh })
/** The standard allows 20 characters: the first 20 of the person key (80 bits). */
export const codeOf = (key: PersonKey): string => key.slice(0, 20)
/** An event id in the 32 characters that serial numbers may have. */
export const serialOf = (id: string): string => id.replaceAll("-", "")
