/** Numbers over several relations, explained: months of a family, sums of what its relations hold. */
import { exclusiveFamilies, type Family, familyOf, type SchemeCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained } from "@tongzhang/law/explain/explained"
import type { Rule } from "@tongzhang/law/explain/rule"
import * as rules from "@tongzhang/law/rules/record/family"
import type { FactEvent, Facts } from "../facts.js"
import { answer, asked, leaf, monthLeaf } from "../leaves.js"
import { hasBegun, type RelationFacts } from "../relation-facts.js"

type Number = Explained<number>

export const relationsIn = (facts: Facts, family: Family | null, until: YearMonth | null): readonly RelationFacts[] =>
  [...facts.relations.values()].filter(
    (relation) => (family === null || familyOf(relation.scheme) === family) && hasBegun(relation, until),
  )

/** Month -> the events that make it count, one for each relation and each part brought in. */
const countedIn = (
  relations: readonly RelationFacts[],
  until: YearMonth | null,
): ReadonlyMap<YearMonth, readonly FactEvent[]> => {
  const counted = new Map<YearMonth, FactEvent[]>()
  const add = (month: YearMonth, fact: FactEvent): void => {
    if (until !== null && month > until) return
    const known = counted.get(month)
    if (known === undefined) counted.set(month, [fact])
    else known.push(fact)
  }
  for (const relation of relations) {
    for (const [month, fact] of relation.own) add(month, fact)
    for (const part of relation.received) for (const month of part.months) add(month, part.fact)
  }
  return new Map([...counted].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const leavesOf = (counted: ReadonlyMap<YearMonth, readonly FactEvent[]>, atLeast: number) =>
  [...counted].flatMap(([month, events]) => {
    const [first] = events
    return first === undefined || events.length < atLeast ? [] : [monthLeaf(first, month)]
  })

export const familyMonths = (
  facts: Facts,
  on: string,
  family: Family,
  until: YearMonth | null = null,
  scheme: SchemeCode | null = null,
): Number => {
  const relations = relationsIn(facts, family, until).filter((relation) => scheme === null || relation.scheme === scheme)
  const months = leavesOf(countedIn(relations, until), 1)
  const operands = { family: asked.family(family), scheme: asked.scheme(scheme), until: asked.until(until), months }
  return answer(rules.familyMonthsRule, on, operands, months.length)
}

export const overlappingMonths = (facts: Facts, on: string, family: Family, until: YearMonth | null = null): Number => {
  const months = leavesOf(countedIn(relationsIn(facts, family, until), until), 2)
  const value = exclusiveFamilies.includes(family) ? months.length : 0
  return answer(rules.overlappingMonthsRule, on, { family: asked.family(family), until: asked.until(until), months }, value)
}

export const monthsInTransit = (facts: Facts, on: string, family: Family, until: YearMonth | null = null): Number => {
  const relations = relationsIn(facts, family, until)
  const counted = countedIn(relations, until)
  const found = new Map<YearMonth, FactEvent>()
  for (const relation of relations)
    for (const { fact, months } of relation.sent) {
      const { transferId } = fact.event
      const booked = relations.some(
        (other) =>
          other !== relation && [...other.received, ...other.sent].some((part) => part.fact.event.transferId === transferId),
      )
      if (booked) continue
      for (const month of months)
        if (!counted.has(month) && !found.has(month) && (until === null || month <= until)) found.set(month, fact)
    }
  const months = [...found].map(([month, fact]) => monthLeaf(fact, month))
  return answer(rules.monthsInTransitRule, on, { family: asked.family(family), until: asked.until(until), months }, months.length)
}

/** @param of the same number of each relation */
export const familySum = (
  facts: Facts,
  on: string,
  family: Family,
  until: YearMonth | null,
  rule: Rule,
  of: (relation: RelationFacts) => Number,
): Number => {
  const relations = relationsIn(facts, family, until).map(of)
  const operands = { family: asked.family(family), until: asked.until(until), relations }
  return answer(
    rule,
    on,
    operands,
    relations.reduce((sum, one) => sum + one.value, 0),
  )
}

export const total = (on: string, until: YearMonth | null, rule: Rule, families: readonly Number[]): Number =>
  answer(
    rule,
    on,
    { until: asked.until(until), families },
    families.reduce((sum, one) => sum + one.value, 0),
  )

/** A stretch that the record shows as missing. */
export const gapMonths = (facts: Facts, on: string, family: Family, from: YearMonth, to: YearMonth, length: number): Number => {
  const counted = leavesOf(countedIn(relationsIn(facts, family, to), to), 1).filter(({ month }) => (month ?? "") >= from)
  const operands = { family: asked.family(family), from: asked.from(from), until: asked.until(to), counted }
  return answer(rules.gapRule, on, operands, length - counted.length)
}

export const gapsTogether = (on: string, family: Family, gaps: readonly Number[]): Number =>
  answer(
    rules.gapsRule,
    on,
    { family: asked.family(family), gaps },
    gaps.reduce((sum, one) => sum + one.value, 0),
  )

export const factCount = (facts: Facts, on: string): Number => {
  const last = [...facts.known.values()].flatMap((events) => {
    const newest = events.at(-1)
    return newest === undefined ? [] : [leaf(newest, "revision", newest.revision, "count")]
  })
  const value = last.reduce((sum, one) => sum + Number(one.value) + 1, 0)
  return answer(rules.factsRule, on, { last }, value)
}

export const recordedAt = (facts: Facts, on: string): Number => {
  const newest = [...facts.known.values()].flat().reduce((a, b) => (b.recordedAt > a.recordedAt ? b : a))
  return answer(rules.recordedAtRule, on, { newest: [leaf(newest, "recordedAt", newest.recordedAt, "count")] }, newest.recordedAt)
}
