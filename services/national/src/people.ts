/** Reading one person: now, as valid at a month, as known at a moment; and finding them. */
import { describeRefusal } from "@tongzhang/contracts/refusals"
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { PolicyLog } from "@tongzhang/event-store/policy-log"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import { blindIndex, personKeyOf, type Secret } from "@tongzhang/identity/person-key"
import { newState, type PersonState } from "@tongzhang/record/person-state"
import type { Progress } from "@tongzhang/record/progress"
import type { Queries } from "@tongzhang/record/queries"
import { personFacts } from "@tongzhang/record/person-streams"
import { type Replayed, replayRecords } from "@tongzhang/record/replay"
import { replayValid } from "@tongzhang/record/valid"
import { unifiedRecord } from "@tongzhang/record/view"
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import type { Clock } from "@tongzhang/service-kit/clock"
import { problem } from "@tongzhang/service-kit/problem"
import { isLeft } from "fp-ts/lib/Either.js"
import { type Identity, identityOf } from "./identity.js"
import { type Known, lastFullMonth } from "./moments.js"

export type PeopleDeps = {
  readonly store: EventStore
  readonly policies: PolicyLog
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

const knownBy = <Fact extends Pick<RecordedEvent, "recordedAt" | "position">>(facts: readonly Fact[], known: Known): Fact[] =>
  facts.filter((fact) => ("knownAt" in known ? fact.recordedAt <= known.knownAt : fact.position <= known.upTo))

/** The facts themselves, up to a moment of knowledge; all of them when null. */
export const factsKnown = async (deps: PeopleDeps, person: PersonKey, known: Known | null): Promise<readonly RecordedEvent[]> => {
  const facts = await personFacts(deps.store, deps.queries, person)
  return known === null ? facts : knownBy(facts, known)
}

/** Moment of knowledge and month of validity of one view; null and undefined: today, everything. */
export type AsOf = { readonly known: Known | null; readonly validAt?: YearMonth | undefined }

/** The facts folded as far as they hold at a month; all of them when undefined. */
export const foldAt = (key: PersonKey, facts: readonly RecordedEvent[], validAt: YearMonth | undefined): Replayed =>
  validAt === undefined ? replayRecords(key, facts) : replayValid(key, facts, validAt)

/** From the record, or folded again from the facts known then as far as they hold at the month; null when nothing was known. */
export const personAt = async (deps: PeopleDeps, key: PersonKey, { known, validAt }: AsOf): Promise<Person | null> => {
  if (known === null && validAt === undefined) {
    const state = await deps.queries.recordOf(key)
    return state === null ? null : { state, problem: null }
  }
  const facts = await factsKnown(deps, key, known)
  return facts.length === 0 ? null : foldAt(key, facts, validAt)
}

export type TwoMoments = {
  readonly before: Person
  readonly after: Person
  /** Facts that only the second moment knows, or only the first when it is the later one. */
  readonly between: readonly RecordedEvent[]
  readonly facts: readonly RecordedEvent[]
}

/** The person at two moments, from one reading of the facts; null when nothing was known at either. */
export const personAtBoth = async (deps: PeopleDeps, key: PersonKey, a: AsOf, b: AsOf): Promise<TwoMoments | null> => {
  const facts = await personFacts(deps.store, deps.queries, key)
  const knownTo = ({ known }: AsOf): readonly RecordedEvent[] => (known === null ? facts : knownBy(facts, known))
  const [first, second] = [knownTo(a), knownTo(b)]
  if (first.length === 0 && second.length === 0) return null
  const at = (some: readonly RecordedEvent[], { validAt }: AsOf): Person =>
    some.length === 0 ? { state: newState(key), problem: null } : foldAt(key, some, validAt)
  const [fewer, more] = first.length <= second.length ? [first, second] : [second, first]
  return { before: at(first, a), after: at(second, b), between: more.slice(fewer.length), facts: more }
}

/** Limits published as of a moment of knowledge, from the province's own stream: the record holds today's only. */
const floorKnown = async (
  { policies }: PeopleDeps,
  province: ProvinceCode,
  month: string,
  known: Known,
): Promise<number | null> => {
  const limits = knownBy(await policies.readPlace(province), known).flatMap(({ event }) =>
    event.type === "BaseLimitsPublished" && event.from <= month ? [event] : [],
  )
  const newest = limits.reduce<(typeof limits)[number] | null>((a, b) => (a === null || b.from >= a.from ? b : a), null)
  return newest?.floor_fen ?? null
}

/** Contribution floors in force in the months of the newest lines: the view wants them at hand. */
const floorsOf = async (deps: PeopleDeps, state: PersonState, known: Known | null): Promise<Map<string, number>> => {
  const floors = new Map<string, number>()
  for (const { province, lastLine } of state.relations.values()) {
    if (lastLine === null) continue
    const floor_fen =
      known === null
        ? ((await deps.queries.baseLimit(province, lastLine.to))?.floor_fen ?? null)
        : await floorKnown(deps, province, lastLine.to, known)
    if (floor_fen !== null) floors.set(`${province} ${lastLine.to}`, floor_fen)
  }
  return floors
}

/** The last full month at the moment of knowledge: nobody knew of a later gap. At a position, that of its newest fact. */
const currentAt = (deps: PeopleDeps, state: PersonState, known: Known | null): YearMonth => {
  const now = deps.clock.now()
  if (known === null) return lastFullMonth(now)
  return lastFullMonth(Math.min(now, "knownAt" in known ? known.knownAt : state.recordedAt))
}

/** The unified record; gaps are looked for up to the last month that was full then, or the valid month asked for. */
export const viewOf = async (deps: PeopleDeps, state: PersonState, { known, validAt }: AsOf): Promise<UnifiedRecord> => {
  const floors = await floorsOf(deps, state, known)
  const floorOf = (province: string, month: string): number | null => floors.get(`${province} ${month}`) ?? null
  return unifiedRecord(state, {
    ...(validAt === undefined ? {} : { validAt }),
    current: currentAt(deps, state, known),
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
