/** Reading one person: now, as valid at a month, as known at a moment; and finding them. */
import { describeRefusal } from "@tongzhang/contracts/refusals"
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { blindIndex, personKeyOf, type Secret } from "@tongzhang/identity/person-key"
import { newState, type PersonState } from "@tongzhang/record/person-state"
import type { Progress } from "@tongzhang/record/progress"
import type { Queries } from "@tongzhang/record/queries"
import { factsOf, replayRecords } from "@tongzhang/record/replay"
import { unifiedRecord } from "@tongzhang/record/view"
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import type { Clock } from "@tongzhang/service-kit/clock"
import { problem } from "@tongzhang/service-kit/problem"
import { isLeft } from "fp-ts/lib/Either.js"
import { type Identity, identityOf } from "./identity.js"
import { type Known, lastFullMonth } from "./moments.js"

export type PeopleDeps = {
  readonly store: EventStore
  readonly queries: Queries
  readonly progress: Progress
  readonly keys: KeyStore
  readonly identitySecret: Secret
  readonly clock: Clock
  readonly positionWait_ms: number
}

export const peopleLimits = {
  /** How long a reader waits for their own write to be folded. */
  position_wait_ms: 5_000,
  /** Persons of one name that a look-up lists. */
  matches_max: 20,
} as const

/** As intake writes it (services/intake). */
const namePurpose = "name"

export const unknownPerson = () =>
  problem({
    status: 404,
    rule: "PERSON_UNKNOWN",
    field: "key",
    hint_zh: "账本中没有该参保人，请核对参保人标识，或用公民身份号码查询",
    hint_en: "The ledger knows no such person: check the key, or look the person up by ID number",
  })

/** Waits until the record holds everything up to a position the reader has seen; throws RECORD_BEHIND (503). */
export const waitFor = async ({ progress, positionWait_ms }: PeopleDeps, position: string | undefined): Promise<void> => {
  if (position === undefined || (await progress.waitFor(position as Position, positionWait_ms))) return
  throw problem({
    status: 503,
    rule: "RECORD_BEHIND",
    field: "minPosition",
    hint_zh: "记录库尚未更新到该位置，请稍后重试",
    hint_en: "The record has not reached that position yet: try again shortly",
    retry_after_seconds: 2,
  })
}

export type Person = {
  readonly state: PersonState
  /** What stopped the replay, for a person whose facts cannot all be folded. */
  readonly problem: { readonly stream: string; readonly revision: number; readonly cause: string } | null
}

const allFactsOf = async ({ store, queries }: PeopleDeps, person: PersonKey): Promise<readonly RecordedEvent[]> =>
  factsOf(store, person, { transferIds: await queries.transferIdsOf(person) })

const knownBy = (facts: readonly RecordedEvent[], known: Known): RecordedEvent[] =>
  facts.filter((fact) => ("knownAt" in known ? fact.recordedAt <= known.knownAt : fact.position <= known.upTo))

/** The facts themselves, up to a moment of knowledge; all of them when null. */
export const factsKnown = async (deps: PeopleDeps, person: PersonKey, known: Known | null): Promise<readonly RecordedEvent[]> => {
  const facts = await allFactsOf(deps, person)
  return known === null ? facts : knownBy(facts, known)
}

/** From the record, or folded again from the facts known then; null when nothing was. */
export const personAt = async (deps: PeopleDeps, key: PersonKey, known: Known | null): Promise<Person | null> => {
  if (known === null) {
    const state = await deps.queries.recordOf(key)
    return state === null ? null : { state, problem: null }
  }
  const facts = await factsKnown(deps, key, known)
  return facts.length === 0 ? null : replayRecords(key, facts)
}

export type TwoMoments = { readonly before: Person; readonly after: Person; readonly between: readonly RecordedEvent[] }

/** The person at two moments of knowledge, from one reading of the facts; null when nothing was known at either. */
export const personAtBoth = async (deps: PeopleDeps, key: PersonKey, a: Known, b: Known): Promise<TwoMoments | null> => {
  const facts = await allFactsOf(deps, key)
  const [first, second] = [knownBy(facts, a), knownBy(facts, b)]
  if (first.length === 0 && second.length === 0) return null
  const at = (known: readonly RecordedEvent[]): Person =>
    known.length === 0 ? { state: newState(key), problem: null } : replayRecords(key, known)
  const had = new Set(first)
  return { before: at(first), after: at(second), between: second.filter((fact) => !had.has(fact)) }
}

/** Contribution floors in force in the months of the newest lines: the view wants them at hand. */
const floorsOf = async ({ queries }: PeopleDeps, state: PersonState): Promise<Map<string, number>> => {
  const floors = new Map<string, number>()
  for (const { province, lastLine } of state.relations.values()) {
    if (lastLine === null) continue
    const limit = await queries.baseLimit(province, lastLine.to)
    if (limit !== null) floors.set(`${province} ${lastLine.to}`, limit.floor_fen)
  }
  return floors
}

/** The unified record; gaps are looked for up to the last full month, or the valid month asked for. */
export const viewOf = async (deps: PeopleDeps, state: PersonState, validAt: YearMonth | undefined): Promise<UnifiedRecord> => {
  const floors = await floorsOf(deps, state)
  const floorOf = (province: string, month: string): number | null => floors.get(`${province} ${month}`) ?? null
  return unifiedRecord(state, {
    ...(validAt === undefined ? {} : { validAt }),
    current: lastFullMonth(deps.clock.now()),
    floorOf,
  })
}

/** Provinces that hold something of this person: they may see who it is. */
export const provincesOf = (state: PersonState): Set<ProvinceCode> => {
  const found = new Set<ProvinceCode>()
  for (const { province } of state.relations.values()) found.add(province)
  for (const { state: transfer } of state.transfers.values()) {
    if (transfer.to !== null) found.add(transfer.to)
    for (const province of transfer.legs.keys()) found.add(province)
  }
  for (const { state: benefit } of state.benefits.values())
    for (const { province } of benefit.claims.values()) found.add(province)
  if (state.person.hukou !== null) found.add(state.person.hukou)
  return found
}

export type Match = {
  readonly state: "matched" | "possible"
  readonly person: PersonKey
  readonly sex: string | null
  readonly birthMonth: string | null
  readonly identity: Identity
}

const matchOf = async (deps: PeopleDeps, state: PersonState, match: Match["state"]): Promise<Match> => ({
  state: match,
  person: state.key,
  sex: state.person.sex,
  birthMonth: state.person.birthMonth,
  identity: await identityOf(deps.keys, state.key, state.person.sealed, false),
})

/** By ID number: the person, `possible` only when the name given with it is another one. Throws the number's own problem (422). */
export const findById = async (deps: PeopleDeps, citizenId: string, name: string | undefined): Promise<Match[]> => {
  const normal = normaliseCitizenId(citizenId)
  if (isLeft(normal)) throw problem(describeRefusal(normal.left, { field: "citizenId" }))
  const state = await deps.queries.recordOf(personKeyOf(normal.right, deps.identitySecret))
  if (state === null) return []
  const known = state.person.nameIndex
  const other = name !== undefined && known !== null && blindIndex(name, deps.identitySecret, namePurpose) !== known
  return [await matchOf(deps, state, other ? "possible" : "matched")]
}

/** By exact name: never more than possible, because a name is nobody's own. */
export const findByName = async (deps: PeopleDeps, name: string): Promise<Match[]> => {
  const rows = await deps.queries.searchByName(blindIndex(name, deps.identitySecret, namePurpose), peopleLimits.matches_max)
  const states = await deps.queries.recordsOf(rows.map((row) => row.person_key as PersonKey))
  return Promise.all([...states.values()].map((state) => matchOf(deps, state, "possible")))
}
