/** The months of the employee schemes with their bases, each calendar month once: what a pension is assessed from. */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained, Valued } from "@tongzhang/law/explain/explained"
import { collectedRule, paidBasesRule, partBaseRule } from "@tongzhang/law/rules/record/moving"
import type { FactEvent, Facts } from "./facts.js"
import { amountLeaf, answer, asked, monthLeaf, monthsIn } from "./leaves.js"
import { accountOf } from "./record/relation.js"
import type { LineFacts, PartFacts, RelationFacts } from "./relation-facts.js"

export const employeeSchemes: readonly SchemeCode[] = ["110", "120"]

export const employeeRelations = (facts: Facts): readonly RelationFacts[] =>
  [...facts.relations.values()].filter((relation) => employeeSchemes.includes(relation.scheme))

export type BaseMonth = {
  readonly month: YearMonth
  /** Province that was paid. */
  readonly province: ProvinceCode
  readonly base: Valued<number>
  /** The event that makes the month count. */
  readonly counted: FactEvent
}

type Line = LineFacts & { readonly province: ProvinceCode }

/** Every line that stands, wherever its months count now, by month; the one recorded last wins. */
const linesByMonth = (relations: readonly RelationFacts[]): ReadonlyMap<YearMonth, readonly Line[]> => {
  const found = new Map<YearMonth, Line[]>()
  for (const { lines, province } of relations)
    for (const line of lines.values()) {
      if (line.current === null) continue
      for (const month of line.months) found.set(month, [...(found.get(month) ?? []), { ...line, province }])
    }
  return found
}

const baseOf = ({ current }: LineFacts, month: YearMonth): Valued<number> => {
  if (current === null) throw new Error("a line that was taken back has no base")
  return amountLeaf(current, "base_fen", month)
}

/** Of months that came with a sum and whose lines this ledger does not hold. */
const averageOf = ({ fact }: PartFacts<"TransferredIn">, on: string, all: readonly YearMonth[]): Explained<number> => {
  const months = all.map((month) => monthLeaf(fact, month))
  const bases = amountLeaf(fact, "bases_fen")
  const twice = 2 * bases.value + all.length
  return answer(partBaseRule, on, { bases, months }, Math.floor(twice / (2 * all.length)))
}

/**
 * Months before `until` (exclusive), in order. A month that several relations count is taken once: from `prefer` (the province of
 * receipt) if that counts it, else from the first by province; the overlap is settled by its own case.
 */
export const baseMonths = (facts: Facts, on: string, until: string, prefer: ProvinceCode): readonly BaseMonth[] => {
  const relations = employeeRelations(facts).toSorted((a, b) => Number(b.province === prefer) - Number(a.province === prefer))
  const lines = linesByMonth(relations)
  const found = new Map<YearMonth, BaseMonth>()
  for (const relation of relations) {
    for (const [month, recorded] of relation.own) {
      const line = relation.lines.get(recorded.event.line)
      if (month >= until || found.has(month) || line === undefined) continue
      found.set(month, { month, province: relation.province, base: baseOf(line, month), counted: recorded })
    }
    for (const part of relation.received) {
      const all = monthsIn(part.fact.event.months)
      for (const month of part.months) {
        if (month >= until || found.has(month)) continue
        // Where it was paid: the province it came from, or one further back.
        const line = lines
          .get(month)
          ?.toSorted((a, b) => Number(b.province === part.fact.event.from) - Number(a.province === part.fact.event.from))[0]
        const base = line === undefined ? averageOf(part, on, all) : baseOf(line, month)
        found.set(month, { month, province: line?.province ?? part.fact.event.from, base, counted: part.fact })
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.month < b.month ? -1 : 1))
}

/** How many they are, with every one of them named: the checker counts them itself. */
export const monthsRecorded = (on: string, until: YearMonth, months: readonly BaseMonth[]): Explained<number> => {
  const leaves = months.map(({ month, counted }) => monthLeaf(counted, month))
  return answer(paidBasesRule, on, { until: asked.until(until), months: leaves }, leaves.length)
}

/** What all employee relations hold, collected before claiming. */
export const collectedAccount = (facts: Facts, on: string): Explained<number> => {
  const relations = employeeRelations(facts).map((relation) => accountOf(relation, on))
  return answer(
    collectedRule,
    on,
    { relations },
    relations.reduce((sum, one) => sum + one.value, 0),
  )
}
