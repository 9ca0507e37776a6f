/**
 * What the detector remembers of one person: a month bitmap per relation, the benefit claims, and which revisions it has seen.
 * Pure; kept as JSON in the consumer state. Months that moved to another province still count for the relation that earned
 * them until they are refunded: a transfer neither makes nor removes a duplicate (先转后清).
 */
import type { Fact } from "@tongzhang/contracts/fact-message"
import type { BenefitEvent } from "@tongzhang/domain/benefit"
import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import type { LineId } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import { add, difference, empty, type MonthRange, type MonthSet, ofRange, ofRanges } from "@tongzhang/domain/month-set"
import type { OverlapFamily } from "@tongzhang/domain/overlap"
import type { PersonEvent } from "@tongzhang/domain/person"
import { parseStreamName } from "@tongzhang/domain/stream-name"

export type Relation = {
  province: ProvinceCode
  scheme: SchemeCode
  capacity: Capacity | null
  openedFrom: YearMonth | null
  active: boolean
  months: MonthSet
}
export type BenefitClaim = {
  province: ProvinceCode
  scheme: SchemeCode
  claim: string
  from: YearMonth
  to: YearMonth | null
  order: number
}

export type PersonSides = {
  hukou: ProvinceCode | null
  /** By stream name: last revision handled. */
  revisions: Record<string, number>
  /** By `{province}_{scheme}`. */
  relations: Record<string, Relation>
  /** By `{province}_{scheme}_{claim}`. */
  claims: Record<string, BenefitClaim>
  /** By case: the months last told to the case, as text; absent when never told. */
  told: Record<string, string>
  /** By case: decided, and not yet carried out, with the reason; tried again with every new fact of an enrollment. */
  waiting: Record<string, { family: OverlapFamily; why: string }>
}

export const newPerson = (): PersonSides => ({ hukou: null, revisions: {}, relations: {}, claims: {}, told: {}, waiting: {} })

/** `seen` was handled before; `gap` means an earlier revision never came: the person must stop. */
export const place = (sides: PersonSides, fact: Fact): "next" | "seen" | "gap" => {
  const last = sides.revisions[fact.stream] ?? -1
  return fact.revision <= last ? "seen" : fact.revision === last + 1 ? "next" : "gap"
}

/** The months of a line, for reversals: they name the line only. */
export type MonthsOfLine = (line: LineId) => MonthRange | null

/** Folds one fact in. The caller has checked `place` and decoded the fact; `monthsOf` is asked only for reversals. */
export const apply = (sides: PersonSides, fact: Fact, monthsOf: MonthsOfLine): void => {
  sides.revisions[fact.stream] = fact.revision
  if (!fact.decoded.ok) return
  const name = parseStreamName(fact.stream)
  if (name === null) return
  if (name.category === "Enrollment")
    applyEnrollment(
      sides,
      name.parts[0] as ProvinceCode,
      name.parts[1] as SchemeCode,
      fact.decoded.event as EnrollmentEvent,
      monthsOf,
    )
  else if (name.category === "Benefit") applyBenefit(sides, name.parts[1] as SchemeCode, fact.decoded.event as BenefitEvent)
  else if (name.category === "Person") applyPerson(sides, fact.decoded.event as PersonEvent)
}

const applyEnrollment = (
  sides: PersonSides,
  province: ProvinceCode,
  scheme: SchemeCode,
  event: EnrollmentEvent,
  monthsOf: MonthsOfLine,
): void => {
  const relation = (sides.relations[`${province}_${scheme}`] ??= {
    province,
    scheme,
    capacity: null,
    openedFrom: null,
    active: false,
    months: empty,
  })
  switch (event.type) {
    case "EnrollmentOpened":
      relation.openedFrom ??= event.from
      relation.capacity = event.capacity
      relation.active = true
      break
    case "CapacityChanged":
      relation.capacity = event.capacity
      break
    case "EnrollmentResumed":
      relation.active = true
      break
    case "EnrollmentSuspended":
    case "EnrollmentClosed":
    case "TransferredOut":
      relation.active = false
      break
    case "ContributionRecorded":
      relation.months = add(relation.months, event.from, event.to)
      break
    case "ContributionReversed": {
      const range = monthsOf(event.reverses)
      if (range !== null) relation.months = difference(relation.months, ofRange(range.from, range.to))
      break
    }
    case "ContributionRefunded": {
      const earned = event.source === null ? relation : sides.relations[`${event.source}_${scheme}`]
      if (earned !== undefined) earned.months = difference(earned.months, ofRanges(event.months))
      break
    }
    case "ContributionCorrected":
    case "SubsidyCredited":
    case "InterestCredited":
    case "TransferredIn":
      break
  }
}

const applyBenefit = (sides: PersonSides, scheme: SchemeCode, event: BenefitEvent): void => {
  if (event.type === "BenefitClaimed") {
    const order = Object.keys(sides.claims).length
    sides.claims[`${event.province}_${scheme}_${event.claim}`] = {
      province: event.province,
      scheme,
      claim: event.claim,
      from: event.from,
      to: null,
      order,
    }
    return
  }
  const found = Object.values(sides.claims).find((claim) => claim.scheme === scheme && claim.claim === event.claim)
  if (found === undefined) return
  if (event.type === "BenefitAwarded") found.from = event.from
  if (event.type === "BenefitEnded") found.to = event.to
}

const applyPerson = (sides: PersonSides, event: PersonEvent): void => {
  if (event.type === "PersonRegistered") sides.hukou = event.hukou
  if (event.type === "HukouMoved") sides.hukou = event.to
}
