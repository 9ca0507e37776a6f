/** What services do to a generated person: an overlap found, proposed, decided and cleared; a transfer planned and carried out as far as it goes. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import * as enrollment from "@tongzhang/domain/enrollment"
import { sumOver } from "@tongzhang/domain/enrollment-ledger"
import { intersection, isEmpty, type MonthSet, ranges } from "@tongzhang/domain/month-set"
import { instantOf } from "@tongzhang/domain/ids"
import * as overlap from "@tongzhang/domain/overlap"
import * as decision from "@tongzhang/domain/overlap-decision"
import * as person from "@tongzhang/domain/person"
import * as transfer from "@tongzhang/domain/transfer"
import { dueDate } from "@tongzhang/law/rules/deadlines"
import { classifyOverlap } from "@tongzhang/law/rules/overlaps"
import { type Plan, planOf } from "@tongzhang/transfer/plan"
import { day, employeeRelations, type Ledger, relationsOf, type Side } from "./people.js"

export const applied = day("2026-11-02")

/** The plan the transfer service would make; null when the person has no relation elsewhere. */
export const planFor = (ledger: Ledger, to: ProvinceCode): Plan => {
  const relations = employeeRelations(ledger).map(({ province, stream }) => ({
    province,
    enrollment: ledger.state(stream, enrollment),
  }))
  const { hukou } = ledger.state(person.streamOf(ledger.person), person)
  return planOf({ to, on: applied, hukou, relations })
}

/** Months counted in two relations: a case for each pair, and for some a decision and a refund. */
export const overlapStory = (ledger: Ledger, decided: boolean): void => {
  const all = relationsOf(ledger).toSorted((x, y) => (x.side < y.side ? -1 : 1))
  all.forEach((a, i) => all.slice(i + 1).forEach((b) => overlapOf(ledger, a, b, decided)))
}

const overlapOf = (ledger: Ledger, a: Side, b: Side, decided: boolean): void => {
  const rule = classifyOverlap(a.scheme, b.scheme)
  const [one, other] = [ledger.state(a.stream, enrollment), ledger.state(b.stream, enrollment)]
  const shared = intersection(one.ledger.months, other.ledger.months)
  if (rule === null || isEmpty(shared)) return
  const months = ranges(shared)
  const sides = [a.side, b.side] as const
  const id = overlap.caseIdOf(...sides)
  const stream = overlap.streamOf(ledger.person, rule.family)
  const [refund_fen, back_fen] = [refundOf(other, b, shared), refundOf(one, a, shared)]
  const legal = rule.citation.article
  const options = [
    { keep: sides[0], drop: sides[1], months, refund_fen, legal },
    { keep: sides[1], drop: sides[0], months, refund_fen: back_fen, legal },
  ]
  ledger.decide(stream, overlap, overlap.detectOverlap({ case: id, kind: rule.kind, sides, months }))
  ledger.decide(stream, overlap, overlap.proposeResolution({ case: id, recommended: null, options }))
  if (!decided) return
  ledger.decide(stream, overlap, decision.decideOverlap({ case: id, keep: sides[0], reason: "与本人协商一致", undoUntil: null }))
  const bases_fen = sumOver(other.ledger, shared, "base_fen")
  const refunded = enrollment.refundContribution({ overlapCase: id, source: null, months, refund_fen, bases_fen, legal })
  if (ledger.decide(b.stream, enrollment, refunded))
    ledger.decide(stream, overlap, decision.clearOverlap({ case: id, months, refund_fen, at: instantOf(0) }))
}

/** What clearing would give back: of a resident relation the own payment, of any other the account share. */
const refundOf = (of: enrollment.Enrollment, { scheme }: Side, months: MonthSet) =>
  sumOver(of.ledger, months, scheme === "170" || scheme === "390" ? "personal_fen" : "account_fen")

/** All legs but `left` are carried out; of that many the statement alone has come, with the money a fen short. */
export const transferStory = (ledger: Ledger, to: ProvinceCode, left: number): void => {
  const plan = planFor(ledger, to)
  if (plan.legs.length === 0) return
  const target = employeeRelations(ledger).find(({ province }) => province === to)
  if (target === undefined) return
  const transferId = transfer.transferIdOf(ledger.person, "1")
  const stream = transfer.streamOf(transferId)
  const on = applied
  ledger.decide(stream, transfer, transfer.requestTransfer({ person: ledger.person, scheme: "110", to, on }))
  ledger.decide(stream, transfer, transfer.planTransfer(plan))
  plan.legs.forEach((leg, i) => {
    const due = dueDate("statement", on)
    const { from: origin, months, account_fen, pooled_fen, bases_fen } = leg
    const moved = { months, account_fen, pooled_fen, bases_fen }
    const from = employeeRelations(ledger).find(({ province }) => province === origin)
    if (from === undefined) return
    ledger.decide(stream, transfer, transfer.issueLetter({ leg: origin, letterNo: `L${i}`, on, due }))
    if (!ledger.decide(from.stream, enrollment, enrollment.transferOut({ transferId, to, ...moved }))) return
    ledger.decide(stream, transfer, transfer.receiveStatement({ leg: origin, on, due, ...moved }))
    const short = i < left && account_fen > 0
    const money = { account_fen: (short ? account_fen - 1 : account_fen) as typeof account_fen, pooled_fen }
    ledger.decide(stream, transfer, transfer.receiveMoney({ leg: origin, remittance: `R${i}`, ...money, on, due }))
    if (short) return
    ledger.decide(target.stream, enrollment, enrollment.transferIn({ transferId, from: origin, ...moved }))
    ledger.decide(stream, transfer, transfer.bookLeg({ leg: origin, on }))
  })
}
