/** Every number of a unified record, explained under the path it has there (`relations.0.account_fen`). */
import type { Family, SchemeCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import type { Explained } from "@tongzhang/law/explain/explained"
import * as familyRules from "@tongzhang/law/rules/record/family"
import type { UnifiedRecord } from "@tongzhang/record/view-schema"
import type { Facts } from "../facts.js"
import type { RelationFacts } from "../relation-facts.js"
import * as cases from "./cases.js"
import * as families from "./family.js"
import * as relations from "./relation.js"

type Number = Explained<number>
/** Path in the record -> its explanation. */
export type Answers = Map<string, Number>

type Asking = {
  readonly facts: Facts
  readonly on: string
  readonly view: UnifiedRecord
  readonly until: YearMonth | null
  readonly answers: Answers
  /** The amounts of each relation, shared by the sums above them. */
  readonly amounts: ReadonlyMap<RelationFacts, Readonly<Record<"account" | "pooled" | "bases", Number>>>
}

const relationAt = ({ facts }: Asking, province: string, scheme: string): RelationFacts => {
  const found = facts.relations.get(`${province}_${scheme}`)
  if (found === undefined) throw new Error(`the facts hold no relation ${province}_${scheme}`)
  return found
}

const amountsOf = ({ amounts }: Asking, relation: RelationFacts) => {
  const found = amounts.get(relation)
  if (found === undefined) throw new Error(`no amounts of ${relation.stream}`)
  return found
}

const addParts = (asking: Asking, relation: RelationFacts, path: string, view: UnifiedRecord["relations"][number]): void => {
  const { on, until, answers } = asking
  for (const [name, direction] of [
    ["transferredIn", "in"],
    ["transferredOut", "out"],
  ] as const)
    view[name].forEach(({ transferId, province }, i) => {
      const part = { transferId, province, direction }
      answers.set(`${path}.${name}.${i}.months`, relations.partMonths(relation, on, part, until))
      for (const field of ["account_fen", "pooled_fen", "bases_fen"] as const)
        answers.set(`${path}.${name}.${i}.${field}`, relations.partAmount(relation, on, part, field))
    })
}

const addRelations = (asking: Asking): void => {
  const { view, on, until, answers } = asking
  view.relations.forEach((shown, i) => {
    const relation = relationAt(asking, shown.province, shown.scheme)
    const path = `relations.${i}`
    const { account, pooled, bases } = amountsOf(asking, relation)
    answers.set(`${path}.months_paid`, relations.monthsPaid(relation, on, until))
    answers.set(`${path}.months_standing`, relations.monthsStanding(relation, on, null, until))
    answers.set(`${path}.account_fen`, account)
    answers.set(`${path}.pooled_fen`, pooled)
    answers.set(`${path}.bases_fen`, bases)
    answers.set(`${path}.interest_fen`, relations.interestOf(relation, on))
    answers.set(`${path}.subsidy_fen`, relations.subsidiesOf(relation, on))
    addParts(asking, relation, path, shown)
    if (shown.lastLine !== null) answers.set(`${path}.lastLine.base_fen`, relations.lineBaseOf(relation, on, shown.lastLine.line))
  })
}

const addStretches = (asking: Asking): void => {
  const { facts, view, on, answers } = asking
  view.segments.forEach(({ province, scheme, from, to }, i) => {
    const relation = relationAt(asking, province, scheme)
    answers.set(`segments.${i}.months`, relations.monthsStanding(relation, on, from as YearMonth, to as YearMonth))
  })
  view.gaps.forEach(({ family, from, to, months }, i) =>
    answers.set(`gaps.${i}.months`, families.gapMonths(facts, on, family, from as YearMonth, to as YearMonth, months)),
  )
}

const addTotals = (asking: Asking): void => {
  const { facts, view, on, until, answers } = asking
  const sums: Record<"account" | "pooled", Number[]> = { account: [], pooled: [] }
  view.totals.families.forEach(({ family, months_by_scheme }, i) => {
    const path = `totals.families.${i}`
    const sum = (name: "account" | "pooled" | "bases", rule: typeof familyRules.familyAccountRule): Number =>
      families.familySum(facts, on, family, until, rule, (relation) => amountsOf(asking, relation)[name])
    const [account, pooled] = [sum("account", familyRules.familyAccountRule), sum("pooled", familyRules.familyPooledRule)]
    sums.account.push(account)
    sums.pooled.push(pooled)
    answers.set(`${path}.months_total`, families.familyMonths(facts, on, family, until))
    for (const scheme of Object.keys(months_by_scheme) as SchemeCode[])
      answers.set(`${path}.months_by_scheme.${scheme}`, families.familyMonths(facts, on, family, until, scheme))
    answers.set(`${path}.months_overlapping`, families.overlappingMonths(facts, on, family, until))
    answers.set(`${path}.months_in_transit`, families.monthsInTransit(facts, on, family, until))
    answers.set(`${path}.account_fen`, account)
    answers.set(`${path}.pooled_fen`, pooled)
    answers.set(`${path}.bases_fen`, sum("bases", familyRules.familyBasesRule))
  })
  answers.set("totals.account_fen", families.total(on, until, familyRules.totalAccountRule, sums.account))
  answers.set("totals.pooled_fen", families.total(on, until, familyRules.totalPooledRule, sums.pooled))
}

const addTransfers = ({ facts, view, on, answers }: Asking): void =>
  view.cases.transfers.forEach(({ transferId, legs }, i) => {
    const stream = `Transfer-${transferId}`
    legs.forEach(({ from, mismatch_fen }, j) => {
      const path = `cases.transfers.${i}.legs.${j}`
      answers.set(`${path}.months`, cases.legMonths(facts, on, stream, from))
      answers.set(`${path}.account_fen`, cases.legAmount(facts, on, stream, from, "account_fen"))
      answers.set(`${path}.pooled_fen`, cases.legAmount(facts, on, stream, from, "pooled_fen"))
      answers.set(`${path}.received_fen`, cases.legReceived(facts, on, stream, from))
      if (mismatch_fen !== null) answers.set(`${path}.mismatch_fen`, cases.legMismatch(facts, on, stream, from))
    })
  })

const addOverlaps = ({ facts, view, on, answers }: Asking): void =>
  view.cases.overlaps.forEach(({ case: id, family, options, refunded_fen }, i) => {
    const stream = `Overlap-${facts.person}_${family}`
    const path = `cases.overlaps.${i}`
    answers.set(`${path}.months`, cases.overlapCaseMonths(facts, on, stream, id))
    options.forEach(({ keep, drop }, j) =>
      answers.set(`${path}.options.${j}.refund_fen`, cases.optionRefund(facts, on, stream, id, keep, drop)),
    )
    if (refunded_fen !== null) answers.set(`${path}.refunded_fen`, cases.caseRefunded(facts, on, stream, id))
  })

const addBenefits = ({ facts, view, on, answers }: Asking): void =>
  view.benefits.forEach(({ scheme, claim }, i) => {
    const stream = `Benefit-${facts.person}_${scheme}`
    const path = `benefits.${i}`
    for (const field of ["monthly_fen", "basic_fen", "account_fen", "transitional_fen"] as const) {
      const awarded = cases.awardAmount(facts, on, stream, claim, field)
      if (awarded !== null) answers.set(`${path}.${field}`, awarded)
    }
    answers.set(`${path}.months_paid`, cases.benefitMonths(facts, on, stream, claim))
    for (const which of ["paid", "overpaid", "recovered"] as const)
      answers.set(`${path}.${which}_fen`, cases.benefitSum(facts, on, stream, claim, which))
  })

const addIndicators = (asking: Asking): void => {
  const { view, facts, on, until, answers } = asking
  view.indicators.forEach(({ code, subject, months }, i) => {
    if (months === null || subject === null) return
    const path = `indicators.${i}.months`
    if (code === "OVERLAP") answers.set(path, families.overlappingMonths(facts, on, subject as Family, until))
    else if (code === "GAP") {
      const gaps = view.gaps.flatMap(({ family }, j) => (family === subject ? (answers.get(`gaps.${j}.months`) ?? []) : []))
      answers.set(path, families.gapsTogether(on, subject as Family, gaps))
    } else {
      const relation = facts.relations.get(subject)
      if (relation !== undefined) answers.set(path, relations.lateMonths(relation, on))
    }
  })
}

/**
 * @param view the record built from the same facts
 * @param on date of the rules, `YYYY-MM-DD`
 */
export const explainRecord = (facts: Facts, view: UnifiedRecord, on: string): Answers => {
  const amounts = new Map(
    [...facts.relations.values()].map((relation) => [
      relation,
      {
        account: relations.accountOf(relation, on),
        pooled: relations.pooledOf(relation, on),
        bases: relations.basesOf(relation, on),
      },
    ]),
  )
  const until = view.asOf.validAt as YearMonth | null
  const asking: Asking = { facts, view, on, until, answers: new Map(), amounts }
  asking.answers.set("asOf.events", families.factCount(facts, on))
  asking.answers.set("asOf.recordedAt", families.recordedAt(facts, on))
  addRelations(asking)
  addStretches(asking)
  addTotals(asking)
  addTransfers(asking)
  addOverlaps(asking)
  addBenefits(asking)
  addIndicators(asking)
  return asking.answers
}
