/** Rows of tables 5 (retired persons), 13 (benefits paid) and 15 (changes), and the table of all makers. */
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import { countedMonths } from "@tongzhang/domain/enrollment-ledger"
import { size } from "@tongzhang/domain/month-set"
import { dayOf, digits, firstDay, schemeOf, serialOf, yuanOf } from "./person-facts.js"
import { common, lastOf, type Make, within } from "./rows.js"

export const retired: Make = (facts, period) =>
  facts.benefits.flatMap(({ scheme, facts: told, state }) =>
    [...state.claims].flatMap(([claim, { award, from, status }]) => {
      const awarded = told.find(({ event }) => event.type === "BenefitAwarded" && event.claim === claim)
      if (award === null || status !== "awarded" || awarded?.event.type !== "BenefitAwarded") return []
      const relation = facts.relations.find((one) => one.scheme === scheme)
      return [
        {
          ...common(facts, period, lastOf(told)),
          ...schemeOf(scheme),
          AAE211: dayOf(awarded.recordedAt).slice(0, 6),
          AIC160: digits(from),
          AAE201: relation === undefined ? "" : String(size(countedMonths(relation.state.ledger))),
          EIC009: yuanOf(awarded.event.monthly_fen),
        },
      ]
    }),
  )

export const benefits: Make = (facts, period) =>
  facts.benefits.flatMap(({ scheme, facts: told, state }) =>
    told.flatMap(({ event, id, recordedAt, actor }) => {
      if (event.type !== "BenefitPaid" || !within(period, firstDay(event.month))) return []
      const claim = state.claims.get(event.claim)
      return [
        {
          ...common(facts, period, recordedAt),
          ...schemeOf(scheme),
          EAZ048: serialOf(id),
          AAE002: dayOf(recordedAt).slice(0, 6),
          EAC064: digits(event.month),
          AAA037: "基本养老金",
          AIC160: digits(claim?.from ?? null),
          EIC013: yuanOf(claim?.award?.account_fen ?? 0),
          AAE019: yuanOf(event.amount_fen),
          EAE004: "0",
          EAE004N: "固定",
          AAE011: actor,
          AAE036: dayOf(recordedAt),
        },
      ]
    }),
  )

type Change = {
  readonly day: string
  readonly kind: string
  readonly code?: string
  readonly reason: string
  readonly after: string
}

/** Of the codes of LD/T 92-2013 table 96 only 22 (中断缴费) is known: the others are told in words alone. */
const changeOf = (event: EnrollmentEvent): Change | null => {
  switch (event.type) {
    case "EnrollmentOpened":
      return { day: firstDay(event.from), kind: "参保登记", reason: "", after: event.capacity }
    case "EnrollmentSuspended":
      return { day: firstDay(event.from), kind: "中断缴费", code: "22", reason: event.reason, after: "suspended" }
    case "EnrollmentResumed":
      return { day: firstDay(event.from), kind: "恢复缴费", reason: "", after: "open" }
    case "EnrollmentClosed":
      return { day: firstDay(event.to), kind: "终止参保", reason: event.reason, after: "closed" }
    case "CapacityChanged":
      return {
        day: firstDay(event.from),
        kind: "身份变更",
        reason: "",
        after: `${event.capacity} ${event.employer ?? ""}`.trim(),
      }
    case "TransferredOut":
      return { day: "", kind: "转出", reason: "", after: event.to }
    case "TransferredIn":
      return { day: "", kind: "转入", reason: "", after: event.from }
    default:
      return null
  }
}

export const changes: Make = (facts, period) =>
  facts.relations.flatMap((relation) => {
    let before = ""
    return relation.facts.flatMap(({ event, id, recordedAt, actor }) => {
      const change = changeOf(event)
      if (change === null) return []
      const row = {
        ...common(facts, period, recordedAt),
        AAE011: actor,
        AAZ308: serialOf(id),
        AAC049: digits(relation.first),
        AAC050: change.code ?? "",
        AAC050N: change.kind,
        AAE160N: change.reason.slice(0, 64),
        AAE123: before,
        AAE124: change.after,
        AAE035: change.day === "" ? dayOf(recordedAt) : change.day,
      }
      before = change.after
      return within(period, row.AAE035) ? [row] : []
    })
  })
