/**
 * A case of overlap explained: its months, which side the rule would keep and why, what clearing either side would give back. Never a
 * decision: where the law says "agree with the person", `agreement_needed` says so.
 */
import { isProvince, isScheme } from "@tongzhang/domain/codes"
import type { Side } from "@tongzhang/domain/overlap"
import { type Explained, given, type Valued } from "@tongzhang/law/explain/explained"
import { explainKeep, type SideInquiry } from "@tongzhang/law/rules/overlap-keep"
import { refundOf, refundPart } from "@tongzhang/law/rules/overlap-refund"
import * as rules from "@tongzhang/law/rules/record/overlapping"
import { eventsOf, type FactEvent, type Facts } from "./facts.js"
import { amountLeaf, answer, asked, leaf, monthLeaf, monthsIn } from "./leaves.js"
import { hukouOf } from "./person.js"
import { overlapCaseMonths } from "./record/cases.js"
import { type RelationFacts, standingLines } from "./relation-facts.js"

const earned = (relation: RelationFacts) => [...relation.earned].map(([month, fact]) => monthLeaf(fact, month))

export const earnedMonths = (relation: RelationFacts, on: string): Explained<number> => {
  const months = earned(relation)
  return answer(rules.earnedMonthsRule, on, { stream: asked.stream(relation.stream), months }, months.length)
}

export const activeOf = (facts: Facts, relation: RelationFacts, on: string): Explained<boolean> => {
  const types = ["EnrollmentOpened", "EnrollmentResumed", "EnrollmentSuspended", "EnrollmentClosed", "TransferredOut"] as const
  const last = eventsOf(facts, relation.stream, ...types).slice(-1)
  const value = last.some(({ event }) => event.type === "EnrollmentOpened" || event.type === "EnrollmentResumed")
  const operands = {
    stream: asked.stream(relation.stream),
    last: last.map((fact) => leaf(fact, "type", fact.event.type, "code")),
  }
  return answer(rules.activeRule, on, operands, value)
}

const nobody = (what: "month" | "code") => given(null, what, "没有该关系的记载", "nothing is recorded of it")
const none = given(0, "months", "没有该关系的月份", "no month of it is recorded")

/** A side of a case as the rule looks at it: a relation, or a benefit claim of which the ledger may hold no relation. */
const sideOf = (facts: Facts, side: Side, on: string): SideInquiry => {
  const [province = "", scheme = ""] = side.split("_")
  if (!isProvince(province) || !isScheme(scheme)) throw new Error(`not a side of a case: ${side}`)
  const relation = facts.relations.get(`${province}_${scheme}`)
  const first = relation === undefined ? undefined : eventsOf(facts, relation.stream, "EnrollmentOpened")[0]
  const terms =
    relation === undefined ? undefined : eventsOf(facts, relation.stream, "EnrollmentOpened", "CapacityChanged").at(-1)
  return {
    side,
    scheme: { ...asked.scheme(scheme), value: scheme },
    province: { ...asked.province(province), value: province },
    capacity:
      terms === undefined
        ? nobody("code")
        : { ...leaf(terms, "capacity", terms.event.capacity, "code"), value: terms.event.capacity },
    months: relation === undefined ? none : earnedMonths(relation, on),
    openedFrom:
      first === undefined ? nobody("month") : { ...leaf(first, "from", first.event.from, "month"), value: first.event.from },
    active: relation === undefined ? given(true, "flag", "待遇在发", "the benefit runs") : activeOf(facts, relation, on),
  }
}

type Detected = FactEvent & {
  readonly event: { readonly sides: readonly [Side, Side]; readonly kind: Parameters<typeof explainKeep>[0]["kind"] }
}

/** Of the months of a case those that clearing this side would take. */
export const clearedMonths = (
  relation: RelationFacts,
  on: string,
  id: string,
  found: Valued<readonly string[]>,
): Explained<readonly string[]> => {
  const months = earned(relation)
  const mine = new Set<string>(relation.earned.keys())
  return answer(
    rules.monthsToClearRule,
    on,
    { stream: asked.stream(relation.stream), case: asked.text(id), found: found as Explained, months },
    found.value.filter((month) => mine.has(month)),
  )
}

/** What clearing the months of a case in this relation gives back to the person, fen. */
export const clearingRefund = (relation: RelationFacts, cleared: Explained<readonly string[]>): Explained<number> => {
  const field = relation.scheme === "170" || relation.scheme === "390" ? "personal_fen" : "account_fen"
  const hit = new Set<string>(cleared.value)
  const parts = standingLines(relation)
    .filter(({ months: ofLine }) => ofLine.some((month) => hit.has(month)))
    .map(({ recorded, current }) =>
      refundPart({
        amount: amountLeaf(current, field),
        from: { ...leaf(recorded, "from", recorded.event.from, "month"), value: recorded.event.from },
        to: { ...leaf(recorded, "to", recorded.event.to, "month"), value: recorded.event.to },
        cleared,
      }),
    )
  return refundOf(parts)
}

export const monthsListed = (facts: Facts, on: string, stream: string, id: string): Explained<readonly string[]> => {
  const newest = eventsOf(facts, stream, "OverlapDetected", "OverlapChanged", "OverlapReopened").findLast(
    ({ event }) => event.case === id,
  )
  const months = monthsIn(newest?.event.months ?? [])
  const leaves = newest === undefined ? [] : months.map((month) => monthLeaf(newest, month))
  return answer(rules.caseMonthsRule, on, { stream: asked.stream(stream), case: asked.text(id), months: leaves }, months)
}

/** How the case was opened; null when the person has no such case. */
export const detectedCase = (facts: Facts, id: string): Detected | null => {
  let detected: Detected | null = null
  for (const [stream, events] of facts.streams)
    if (stream.startsWith("Overlap-"))
      for (const fact of events) if (fact.event.type === "OverlapDetected" && fact.event.case === id) detected = fact as Detected
  return detected
}

/** Null when the person has no such case. */
export const explainOverlap = (facts: Facts, on: string, id: string): ReadonlyMap<string, Explained> | null => {
  const detected = detectedCase(facts, id)
  if (detected === null) return null
  const { kind, sides } = detected.event
  const { stream } = detected
  const hukou = hukouOf(facts, on) ?? given(null, "code", "户籍地不详", "hukou not known")
  const inquiries = [sideOf(facts, sides[0], on), sideOf(facts, sides[1], on)] as const
  const { kept, agreementNeeded, ground } = explainKeep({ on, kind, sides: inquiries, hukou })
  const answers = new Map<string, Explained>([
    ["months", overlapCaseMonths(facts, on, stream, id)],
    ["keep", kept],
    ["agreement_needed", agreementNeeded],
    ...(ground === null ? [] : [["ground", ground] as const]),
  ])
  if (kind === "PENSION-PENSION" || kind === "PENSION-RES") return answers
  const found = monthsListed(facts, on, stream, id)
  for (const [keep, drop] of [sides, [sides[1], sides[0]] as const]) {
    const relation = facts.relations.get(drop)
    if (relation !== undefined)
      answers.set(`keep.${keep}.refund_fen`, clearingRefund(relation, clearedMonths(relation, on, id, found)))
  }
  return answers
}
