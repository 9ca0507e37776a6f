/** A transfer plan N 到 1 explained: what each origin carries (66号 Art 4, 5), where the pension will be paid, until when each step has to be done. */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import { type Explained, given, type Valued } from "@tongzhang/law/explain/explained"
import type { Parameters } from "@tongzhang/law/parameters/parameter"
import { explainDueDate, stepProcess } from "@tongzhang/law/rules/deadlines"
import * as rules from "@tongzhang/law/rules/record/moving"
import { explainTemporaryMoney, explainTransferMoney } from "@tongzhang/law/rules/transfer-money-explained"
import type { Facts } from "./facts.js"
import { amountLeaf, answer, asked, sumOf } from "./leaves.js"
import { type DeemedStay, placeOf } from "./place.js"
import { accountOf, basesOf, monthsStanding, pooledOf } from "./record/relation.js"
import { type RelationFacts, standingLines } from "./relation-facts.js"

type Number = Explained<number>

const ownBases = (relation: RelationFacts, on: string, from: YearMonth | null): Number => {
  const bases = standingLines(relation).flatMap(({ current, recorded, months }) =>
    months
      .filter((month) => relation.own.get(month) === recorded && (from === null || from <= month))
      .map((month) => amountLeaf(current, "base_fen", month)),
  )
  return answer(rules.ownBasesRule, on, { stream: asked.stream(relation.stream), from: asked.from(from), bases }, sumOf(bases))
}

/** Bases and pooled money that came with earlier transfers; empty when none stands. */
const receivedOf = (relation: RelationFacts, on: string, bases: Number) => {
  if (relation.received.length === 0) return []
  const own = ownBases(relation, on, null)
  const brought = answer(rules.receivedBasesRule, on, { bases, own }, Math.max(0, bases.value - own.value))
  const parts = relation.received.map(({ fact }) => amountLeaf(fact, "pooled_fen"))
  const pooled = answer(rules.receivedPooledRule, on, { stream: asked.stream(relation.stream), pooled: parts }, sumOf(parts))
  return [{ bases: brought, pooled }]
}

export type LegExplained = {
  readonly from: ProvinceCode
  readonly temporary: boolean
  readonly months: Number
  readonly account: Number
  readonly pooled: Number
  readonly bases: Number
  readonly total: Number
}

/** What a relation would carry away on a day. */
export const legOf = (relation: RelationFacts, on: string): LegExplained => {
  const temporary = relation.opened?.event.temporary ?? false
  const [account, bases] = [accountOf(relation, on), basesOf(relation, on)]
  const common = { from: relation.province, temporary, months: monthsStanding(relation, on), bases }
  if (temporary) {
    const held = pooledOf(relation, on)
    const pooled = answer(rules.pooledHeldRule, on, { pooled: held }, Math.max(0, held.value))
    return { ...common, account, pooled, total: explainTemporaryMoney(on, [account, pooled]) }
  }
  const money = explainTransferMoney({
    on,
    balances: [account],
    bases: [ownBases(relation, on, "1998-01" as YearMonth)],
    received: receivedOf(relation, on, bases),
  })
  return { ...common, account: money.account, pooled: money.pooled, total: money.total }
}

export type TransferAsked = {
  readonly facts: Facts
  readonly parameters: Parameters
  /** Day of the application; decides the version of every rule and starts the first clock. */
  readonly on: DateText
  readonly to: ProvinceCode
  readonly schemes: readonly SchemeCode[]
  readonly deemed?: readonly DeemedStay[]
}

const total = (numbers: readonly Number[]): number => numbers.reduce((sum, one) => sum + one.value, 0)

/** Each clock starts on the last day of the one before: the latest day on which every step is still in time. */
const deadlinesOf = ({ parameters, on }: TransferAsked): (readonly [string, Explained])[] => {
  const found: (readonly [string, Explained])[] = []
  let from: Valued<DateText> = given(on, "date", "申请日", "day of the application")
  for (const step of ["letter", "statement", "booking"] as const) {
    const due = explainDueDate(parameters, { process: stepProcess[step], from })
    if (due === null) break
    found.push([`deadlines.${step}`, due])
    from = due
  }
  return found
}

/** Legs of the plan: every relation elsewhere that holds a month or money. */
export const legsOf = ({ facts, on, to, schemes }: TransferAsked): readonly LegExplained[] =>
  [...facts.relations.values()]
    .filter((relation) => relation.province !== to && schemes.includes(relation.scheme))
    .filter((relation) => relation.opened !== null && !relation.movedAway)
    .map((relation) => legOf(relation, on))
    .filter((leg) => leg.months.value > 0 || leg.account.value !== 0)

/** Every number of the plan: `legs.{province}.months …`, the sums, the place of receipt, the deadlines. */
export const explainTransfer = (question: TransferAsked): ReadonlyMap<string, Explained> => {
  const { facts, on, to, schemes, deemed } = question
  const legs = legsOf(question)
  const answers = new Map<string, Explained>()
  for (const { from, months, account, pooled, bases, total: all } of legs) {
    answers.set(`legs.${from}.months`, months)
    answers.set(`legs.${from}.account_fen`, account)
    answers.set(`legs.${from}.pooled_fen`, pooled)
    answers.set(`legs.${from}.bases_fen`, bases)
    answers.set(`legs.${from}.total_fen`, all)
  }
  const months = legs.map((leg) => leg.months)
  const amounts = legs.map((leg) => leg.total)
  answers.set("months", answer(rules.planMonthsRule, on, { legs: months }, total(months)))
  answers.set("total_fen", answer(rules.planTotalRule, on, { legs: amounts }, total(amounts)))
  const { place, branch } = placeOf({ facts, on, schemes, current: to, ...(deemed === undefined ? {} : { deemed }) })
  answers.set("placeOfReceipt.province", place)
  answers.set("placeOfReceipt.rule", branch)
  for (const [path, due] of deadlinesOf(question)) answers.set(path, due)
  return answers
}
