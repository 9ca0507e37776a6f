/** One state -> the rows people search, count and queue by. */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { size } from "@tongzhang/domain/month-set"
import { type Leg, stepOf } from "@tongzhang/domain/transfer"
import type { Selectable } from "kysely"
import { countMonths } from "./month-bits.js"
import { type Counted, type PersonState, type Relation, touch, type TransferPart } from "./person-state.js"
import { encodeState } from "./state-codec.js"
import type {
  BenefitClaimTable,
  CoverageTable,
  OverlapCaseTable,
  PersonRecordTable,
  RelationTable,
  TransferLegTable,
  TransferTable,
} from "./tables.js"

/** Months a relation now stands for: its own and those brought in, each once. */
export const monthsStanding = (relation: Relation): number => {
  if (relation.received.length === 0) return countMonths(relation.months)
  const all = new Map<number, number>()
  for (const { base, words } of [relation.months, ...relation.received.map((part) => part.months)])
    words.forEach((word, i) => all.set(base + i, ((all.get(base + i) ?? 0) | word) >>> 0))
  return countMonths({ base: 0, words: [...all.values()] })
}

export const countedOf = (state: PersonState, relation: Relation): Counted => ({
  sex: state.person.sex,
  open: relation.status === "open" || relation.status === "suspended" ? 1 : 0,
  months: monthsStanding(relation),
  account_fen: relation.account_fen,
})

/** A state just read from the store: what it says is what the statistics count. */
export const markCounted = (state: PersonState): PersonState => {
  for (const relation of state.relations.values()) relation.counted = countedOf(state, relation)
  return state
}

/** The whole state as text, beside what is searched by. */
export const personRow = (state: PersonState): Selectable<PersonRecordTable> => {
  const { person } = state
  return {
    person_key: state.key,
    state: encodeState(state),
    sex: person.sex,
    hukou: person.hukou,
    birth_month: person.birthMonth,
    died_on: person.diedOn,
    name_index: person.nameIndex,
    events: state.events,
    position: state.position ?? "",
    recorded_at: state.recordedAt,
  }
}

const relationRow = (state: PersonState, relation: Relation): RelationTable => ({
  person_key: state.key,
  province: relation.province,
  scheme: relation.scheme,
  revision: relation.revision,
  status: relation.status,
  capacity: relation.capacity,
  employer: relation.employer,
  temporary: relation.temporary,
  sex: state.person.sex,
  from_month: relation.from,
  to_month: relation.to,
})

/** Rows of the relations whose terms changed; all of them when the person did, because sex stands in each. */
export const relationRows = (state: PersonState): RelationTable[] => {
  const all = (state.touched & touch.person) !== 0
  const rows: RelationTable[] = []
  for (const relation of state.relations.values()) if (all || relation.dirty === "terms") rows.push(relationRow(state, relation))
  return rows
}

/** What the coverage table must be changed by, and marks the states as counted. */
export const coverageChanges = (states: readonly PersonState[]): CoverageTable[] => {
  const changes = new Map<string, CoverageTable>()
  const add = (relation: Relation, { sex, open, months, account_fen }: Counted, sign: 1 | -1): void => {
    const { province, scheme } = relation
    const key = `${province}_${scheme}_${sex ?? ""}`
    const row = changes.get(key) ?? { province, scheme, sex: sex ?? "", relations: 0, open: 0, months: 0, account_fen: 0 }
    changes.set(key, row)
    row.relations += sign
    row.open += sign * open
    row.months += sign * months
    row.account_fen += sign * account_fen
  }
  for (const state of states) {
    const all = (state.touched & touch.person) !== 0
    for (const relation of state.relations.values()) {
      if (!all && relation.dirty === "no") continue
      const now = countedOf(state, relation)
      if (relation.counted !== null) add(relation, relation.counted, -1)
      add(relation, now, 1)
      relation.counted = now
    }
  }
  return [...changes.values()]
}

const isOpen = (leg: Leg): boolean => leg.outcome === "open"

const transferRow = (state: PersonState, id: string, part: TransferPart): TransferTable => {
  const legs = [...part.state.legs.values()]
  const open = legs.filter(isOpen)
  return {
    transfer_id: id,
    person_key: state.key,
    revision: part.revision,
    scheme: part.state.scheme as SchemeCode,
    status: part.state.status,
    to_province: part.state.to as ProvinceCode,
    requested_on: part.requestedOn,
    ended_on: part.endedOn,
    legs: legs.length,
    legs_open: open.length,
    escalated: open.some((leg) => leg.escalated.size > 0),
    due: open.map((leg) => leg.due as string).sort()[0] ?? null,
  }
}

const legRow = (id: string, revision: number, leg: Leg): TransferLegTable => ({
  transfer_id: id,
  from_province: leg.planned.from,
  revision,
  outcome: leg.outcome,
  step: stepOf(leg),
  due: leg.due,
  letter_no: leg.letterNo,
  disputed: leg.disputed,
  escalated: leg.escalated.size > 0,
  months: countRanges(leg),
  account_fen: (leg.statement ?? leg.planned).account_fen,
  pooled_fen: (leg.statement ?? leg.planned).pooled_fen,
})

const countRanges = (leg: Leg): number =>
  (leg.statement ?? leg.planned).months.reduce((sum, { from, to }) => sum + monthsOfRange(from, to), 0)

const monthsOfRange = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1

export const transferRows = (state: PersonState): TransferTable[] =>
  [...state.transfers].map(([id, part]) => transferRow(state, id, part))
export const legRows = (state: PersonState): TransferLegTable[] =>
  [...state.transfers].flatMap(([id, part]) => [...part.state.legs.values()].map((leg) => legRow(id, part.revision, leg)))

export const overlapRows = (state: PersonState): OverlapCaseTable[] =>
  [...state.overlaps].flatMap(([family, part]) =>
    [...part.state.cases].map(([id, found]) => ({
      person_key: state.key,
      case_id: id,
      family,
      revision: part.revision,
      kind: found.kind,
      status: found.status,
      side_a: found.sides[0],
      side_b: found.sides[1],
      province_a: found.sides[0].slice(0, 2),
      province_b: found.sides[1].slice(0, 2),
      months: size(found.months),
      recommended: found.proposal?.recommended ?? null,
      keep: found.keep,
      since: part.seen.get(id)?.since ?? 0,
    })),
  )

export const claimRows = (state: PersonState): BenefitClaimTable[] =>
  [...state.benefits].flatMap(([scheme, part]) =>
    [...part.state.claims].map(([id, claim]) => ({
      person_key: state.key,
      scheme: scheme as SchemeCode,
      claim: id,
      revision: part.revision,
      province: claim.province,
      status: claim.status,
      held: claim.held,
      held_for: claim.held === null ? null : (part.heldFor.get(id) ?? null),
      from_month: claim.from,
      to_month: claim.to,
      monthly_fen: claim.award?.monthly_fen ?? null,
      paid_fen: claim.paid_fen,
      overpaid_fen: claim.overpaid_fen,
      recovered_fen: claim.recovered_fen,
    })),
  )
