/**
 * State <-> JSON. What is null or empty is left out: a state is rewritten at every payment, so its size is the projection's cost.
 * Entries are in the order of their keys, so that the same facts in any order of streams give the same text (digest.ts).
 */
import type { Claim } from "@tongzhang/domain/benefit"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { MonthSet } from "@tongzhang/domain/month-set"
import type { OverlapCase } from "@tongzhang/domain/overlap"
import type { Leg } from "@tongzhang/domain/transfer"
import { type MonthBits, toMonthSet } from "./month-bits.js"
import {
  type BenefitPart,
  type LastLine,
  linesKept_default,
  type MovedPart,
  newRelation,
  newState,
  type OverlapPart,
  type PersonState,
  type Relation,
  type Spell,
  type TransferPart,
} from "./person-state.js"

type Json = Record<string, unknown>

const packBits = (bits: MonthSet): number[] => {
  const { base, words } = toMonthSet(bits)
  return words.length === 0 ? [] : [base, ...words]
}
const unpackBits = (packed: readonly number[]): MonthBits => ({ base: packed[0] ?? 0, words: packed.slice(1) })

const sortedEntries = <V>(map: ReadonlyMap<string, V>): [string, V][] =>
  map.size < 2 ? [...map] : [...map].sort(([a], [b]) => (a < b ? -1 : 1))

const packMap = <V>(map: ReadonlyMap<string, V>, pack: (value: V) => unknown): Json => {
  const json: Json = {}
  for (const [key, value] of sortedEntries(map)) json[key] = pack(value)
  return json
}
const unpackMap = <K extends string, V>(json: unknown, unpack: (value: never) => V): Map<K, V> =>
  new Map(Object.entries((json ?? {}) as Json).map(([key, value]) => [key as K, unpack(value as never)]))

/** Spell, part moved and last line as tuples: names would be more than half of the text. */
const packSpell = ({ from, to, capacity, employer, temporary, ended, reason }: Spell): unknown[] =>
  temporary || ended !== null || reason !== null
    ? [from, to, capacity, employer, temporary ? 1 : 0, ended, reason]
    : [from, to, capacity, employer]
type PackedSpell = [number, number | null, Spell["capacity"], string | null, number?, Spell["ended"]?, (string | null)?]
const unpackSpell = ([from, to, capacity, employer, temporary, ended, reason]: PackedSpell): Spell => ({
  from,
  to,
  capacity,
  employer,
  temporary: temporary === 1,
  ended: ended ?? null,
  reason: reason ?? null,
})

const packMoved = ({ transferId, province, months, account_fen, pooled_fen, bases_fen }: MovedPart): unknown[] => [
  transferId,
  province,
  packBits(months),
  account_fen,
  pooled_fen,
  bases_fen,
]
type PackedMoved = [MovedPart["transferId"], ProvinceCode, number[], number, number, number]
const unpackMoved = ([transferId, province, months, account_fen, pooled_fen, bases_fen]: PackedMoved): MovedPart => ({
  transferId,
  province,
  months: unpackBits(months),
  account_fen,
  pooled_fen,
  bases_fen,
})

type PackedLast = [LastLine["line"], LastLine["from"], LastLine["to"] | 0, number, LastLine["paidOn"]]
const packLast = ({ line, from, to, base_fen, paidOn }: LastLine): PackedLast => [
  line,
  from,
  to === from ? 0 : to,
  base_fen,
  paidOn,
]
const unpackLast = ([line, from, to, base_fen, paidOn]: PackedLast): LastLine => ({
  line,
  from,
  to: to === 0 ? from : to,
  base_fen,
  paidOn,
})

type PackedRelation = Pick<Relation, "revision" | "status" | "from" | "account_fen" | "pooled_fen" | "bases_fen"> &
  Partial<Pick<Relation, "to" | "capacity" | "employer" | "temporary" | "interest_fen" | "subsidy_fen">> & {
    months: number[]
    spells: PackedSpell[]
    last?: PackedLast
    received?: PackedMoved[]
    sent?: PackedMoved[]
    late?: number[]
    refunded?: number[]
  }

const packRelation = (relation: Relation): PackedRelation => {
  const { revision, status, from, account_fen, pooled_fen, bases_fen, spells } = relation
  const packed: PackedRelation = {
    revision,
    status,
    from,
    account_fen,
    pooled_fen,
    bases_fen,
    months: packBits(relation.months),
    spells: spells.map(packSpell) as PackedSpell[],
  }
  if (relation.to !== null) packed.to = relation.to
  if (relation.capacity !== null) packed.capacity = relation.capacity
  if (relation.employer !== null) packed.employer = relation.employer
  if (relation.temporary) packed.temporary = true
  if (relation.lastLine !== null) packed.last = packLast(relation.lastLine)
  if (relation.received.length > 0) packed.received = relation.received.map(packMoved) as PackedMoved[]
  if (relation.sent.length > 0) packed.sent = relation.sent.map(packMoved) as PackedMoved[]
  if (relation.late !== null) packed.late = packBits(relation.late)
  if (relation.refunded !== null) packed.refunded = packBits(relation.refunded)
  if (relation.interest_fen !== 0) packed.interest_fen = relation.interest_fen
  if (relation.subsidy_fen !== 0) packed.subsidy_fen = relation.subsidy_fen
  return packed
}

const unpackRelation = (key: string, packed: PackedRelation): Relation => {
  const { months, spells, last, received, sent, late, refunded, ...plain } = packed
  return {
    ...newRelation(key.slice(0, 2) as ProvinceCode, key.slice(3) as Relation["scheme"]),
    ...plain,
    months: unpackBits(months),
    lastLine: last === undefined ? null : unpackLast(last),
    spells: spells.map(unpackSpell),
    received: (received ?? []).map(unpackMoved),
    sent: (sent ?? []).map(unpackMoved),
    late: late === undefined ? null : unpackBits(late),
    refunded: refunded === undefined ? null : unpackBits(refunded),
  }
}

const packLeg = (leg: Leg): Json => ({
  ...leg,
  remittances: packMap(leg.remittances, (amount) => amount),
  reminded: [...leg.reminded],
  escalated: [...leg.escalated],
})
const unpackLeg = (json: Leg & { remittances: unknown; reminded: unknown; escalated: unknown }): Leg => ({
  ...json,
  remittances: unpackMap(json.remittances, (amount) => amount),
  reminded: new Set(json.reminded),
  escalated: new Set(json.escalated),
})

/** Null fields of a person are left out. */
const packPerson = (person: PersonState["person"]): Json => {
  const json: Json = {}
  for (const [name, value] of Object.entries(person))
    if (value !== null && value !== false && !(Array.isArray(value) && value.length === 0)) json[name] = value
  return json
}

const packTransfer = (part: TransferPart): Json => ({
  ...part,
  state: { ...part.state, legs: packMap(part.state.legs, packLeg) },
  dates: packMap(part.dates, (dates) => dates),
})
const unpackTransfer = (json: TransferPart): TransferPart => ({
  ...json,
  state: { ...json.state, legs: unpackMap(json.state.legs, unpackLeg) },
  dates: unpackMap(json.dates, (dates) => dates),
})

const packCase = (found: OverlapCase): Json => ({ ...found, months: packBits(found.months) })
const unpackCase = (json: OverlapCase): OverlapCase => ({ ...json, months: unpackBits(json.months as unknown as number[]) })

const packOverlap = (part: OverlapPart): Json => ({
  revision: part.revision,
  cases: packMap(part.state.cases, packCase),
  seen: packMap(part.seen, (seen) => seen),
  refunds: packMap(part.refunds, (amount) => amount),
})
const unpackOverlap = (json: Json): OverlapPart => ({
  revision: json["revision"] as number,
  state: { cases: unpackMap(json["cases"], unpackCase) },
  seen: unpackMap(json["seen"], (seen) => seen),
  refunds: unpackMap(json["refunds"], (amount) => amount),
})

const packClaim = (claim: Claim): Json => ({
  ...claim,
  paid: packBits(claim.paid),
  payments: packMap(claim.payments, (amount) => amount),
  releasedAgainst: [...claim.releasedAgainst],
})
type PackedClaim = Claim & { readonly paid: unknown; readonly payments: unknown; readonly releasedAgainst: unknown }
const unpackClaim = (json: PackedClaim): Claim => ({
  ...json,
  paid: unpackBits(json.paid as unknown as number[]),
  payments: unpackMap(json.payments, (amount) => amount),
  releasedAgainst: new Set(json.releasedAgainst),
})

const packBenefit = (part: BenefitPart): Json => ({
  revision: part.revision,
  claims: packMap(part.state.claims, packClaim),
  heldFor: packMap(part.heldFor, (other) => other),
})
const unpackBenefit = (json: Json): BenefitPart => ({
  revision: json["revision"] as number,
  state: { claims: unpackMap(json["claims"], unpackClaim) },
  heldFor: unpackMap(json["heldFor"], (other) => other),
})

/** Everything the facts say, without the store's times and positions. */
export const packFacts = (state: PersonState): Json => {
  const json: Json = {
    key: state.key,
    events: state.events,
    person: packPerson(state.person),
    relations: packMap(state.relations, packRelation),
  }
  if (state.transfers.size > 0) json["transfers"] = packMap(state.transfers, packTransfer)
  if (state.overlaps.size > 0) json["overlaps"] = packMap(state.overlaps, packOverlap)
  if (state.benefits.size > 0) json["benefits"] = packMap(state.benefits, packBenefit)
  return json
}

export const encodeState = (state: PersonState): string =>
  JSON.stringify({ ...packFacts(state), position: state.position, recordedAt: state.recordedAt })

/** @param text what `encodeState` gave; the lines in memory are not part of it */
export const decodeState = (text: string): PersonState => {
  const json = JSON.parse(text) as Json & Pick<PersonState, "person" | "position" | "events" | "recordedAt">
  const state = newState(json["key"] as PersonKey, linesKept_default)
  Object.assign(state.person, json.person)
  state.events = json.events
  state.position = json.position
  state.recordedAt = json.recordedAt
  for (const [key, packed] of Object.entries(json["relations"] as Record<string, PackedRelation>)) {
    state.relations.set(key, unpackRelation(key, packed))
  }
  for (const [id, part] of unpackMap<TransferId, TransferPart>(json["transfers"], unpackTransfer)) state.transfers.set(id, part)
  for (const [id, part] of unpackMap(json["overlaps"], unpackOverlap)) state.overlaps.set(id, part)
  for (const [id, part] of unpackMap(json["benefits"], unpackBenefit)) state.benefits.set(id, part)
  return state
}
