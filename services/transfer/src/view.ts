/** One bar for an application and, under it, every province's step, clock, holder, last message and why it waits (N15). */
import { type ProvinceCode, provinces } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { fen } from "@tongzhang/domain/money"
import { ofRanges, size } from "@tongzhang/domain/month-set"
import { type Leg, stepOf } from "@tongzhang/domain/transfer"
import { workingDaysBetween } from "@tongzhang/law/working-days"
import { inTransit, type Line, type TransferCase } from "./case.js"
import { holderOf } from "./letters.js"
import { stepName, wordsOf, type Words } from "./messages.js"
import { type LegView, type Line as LineView, type State, stateNames, type Summary, type View } from "./view-schemas.js"

export const placeOf = (code: ProvinceCode): { code: ProvinceCode; zh: string; en: string } => ({ code, ...provinces[code] })

export const lineView = ({ at, event }: Line): LineView => ({
  at,
  type: event.type,
  leg: "leg" in event ? event.leg : null,
  words: wordsOf(event),
})

const doneSteps = (leg: Leg): number => {
  if (leg.outcome !== "open") return 4
  const step = stepOf(leg)
  return step === "letter" ? 0 : step === "statement" ? 1 : step === "money" ? 2 : 3
}

/** Working days until the limit; negative once it has passed. */
export const daysLeft = (today: DateText, due: DateText): number => workingDaysBetween(today, due)

export const isOverdue = (leg: Leg, today: DateText): boolean => stepOf(leg) !== null && today > leg.due
export const isEscalated = (leg: Leg): boolean => leg.escalated.has(`${stepOf(leg) ?? ""}:${leg.due}`)

const left = (today: DateText, due: DateText): Words => {
  const days = daysLeft(today, due)
  return days < 0
    ? { zh: `期限 ${due}，已逾期 ${-days} 个工作日`, en: `due ${due}, ${-days} working days late` }
    : { zh: `期限 ${due}，还剩 ${days} 个工作日`, en: `due ${due}, ${days} working days left` }
}

/** Why a leg waits, for whom, until when. */
export const waitingFor = (found: TransferCase, leg: Leg, today: DateText): Words | null => {
  const step = stepOf(leg)
  const { to } = found.transfer
  if (step === null || to === null) return null
  const holder = provinces[holderOf(step, leg.planned.from, to)]
  const clock = left(today, leg.due)
  const mismatch = found.mismatches.get(leg.planned.from)
  if (leg.disputed !== null)
    return { zh: `争议待解决：${leg.disputed}；${clock.zh}`, en: `dispute: ${leg.disputed}; ${clock.en}` }
  if (step === "money" && mismatch !== undefined)
    return {
      zh: `信息与到账金额不符，等待${holder.zh}补正；${clock.zh}`,
      en: `amounts differ, ${holder.en} must correct; ${clock.en}`,
    }
  return {
    zh: `等待${holder.zh}${stepName(step).zh}；${clock.zh}`,
    en: `waiting for ${stepName(step).en} of ${holder.en}; ${clock.en}`,
  }
}

export const legView = (found: TransferCase, leg: Leg, today: DateText): LegView => {
  const step = stepOf(leg)
  const { from, temporary, months, account_fen, pooled_fen, bases_fen } = leg.planned
  const last = found.last.get(from)
  const { to } = found.transfer
  return {
    from: placeOf(from),
    temporary,
    step,
    stepWords: step === null ? null : stepName(step),
    done: doneSteps(leg),
    holder: step === null || to === null ? null : placeOf(holderOf(step, from, to)),
    due: step === null ? null : leg.due,
    workingDaysLeft: step === null ? null : daysLeft(today, leg.due),
    overdue: isOverdue(leg, today),
    reminded: leg.reminded.has(`${step ?? ""}:${leg.due}`),
    escalated: isEscalated(leg),
    waiting: waitingFor(found, leg, today),
    lastMessage: last === undefined ? null : lineView(last),
    letterNo: leg.letterNo,
    planned: { months: [...months], account_fen, pooled_fen, bases_fen },
    statement: leg.statement === null ? null : { ...leg.statement, months: [...leg.statement.months] },
    received: { account_fen: leg.account_fen, pooled_fen: leg.pooled_fen, remittances: leg.remittances.size },
    mismatch: found.mismatches.get(from) ?? null,
    disputed: leg.disputed,
    outcome: leg.outcome,
    failure: found.failures.get(from) ?? null,
  }
}

export const stateOf = (found: TransferCase): State => {
  const { status, legs } = found.transfer
  if (status === "completed") return "completed"
  if (status === "returned") return "returned"
  if (status !== "planned") return "accepted"
  const wrong = [...legs.values()].some(
    (leg) => leg.outcome === "open" && (leg.disputed !== null || found.mismatches.has(leg.planned.from)),
  )
  return wrong ? "needs_correction" : "in_process"
}

/** The open leg whose limit comes first. */
export const firstDue = (found: TransferCase): Leg | null =>
  [...found.transfer.legs.values()]
    .filter((leg) => stepOf(leg) !== null)
    .reduce<Leg | null>((first, leg) => (first === null || leg.due < first.due ? leg : first), null)

const headline = (found: TransferCase, state: State, today: DateText): Words => {
  const name = stateNames[state]
  const leg = firstDue(found)
  const waiting = leg === null ? null : waitingFor(found, leg, today)
  if (found.returned !== null)
    return { zh: `${name.zh}（${found.returned.reason}）`, en: `${name.en} (${found.returned.reason})` }
  if (state === "completed")
    return { zh: `${name.zh}（${found.completedOn ?? ""}）`, en: `${name.en} on ${found.completedOn ?? ""}` }
  if (waiting !== null) return { zh: `${name.zh}：${waiting.zh}`, en: `${name.en}: ${waiting.en}` }
  return { zh: `${name.zh}：正在生成转移方案`, en: `${name.en}: the plan is being made` }
}

export const summaryOf = (found: TransferCase, today: DateText): Summary => {
  const { person, scheme, to } = found.transfer
  if (person === null || scheme === null || to === null || found.requestedOn === null)
    throw new Error(`${found.id} was never requested`)
  const legs = [...found.transfer.legs.values()]
  const carried = legs.filter((leg) => leg.outcome !== "failed").map((leg) => leg.statement ?? leg.planned)
  const state = stateOf(found)
  const [done, of] = [legs.reduce((sum, leg) => sum + doneSteps(leg), 0), legs.length * 4]
  return {
    transferId: found.id,
    person,
    scheme,
    to: placeOf(to),
    state,
    stateWords: stateNames[state],
    headline: headline(found, state, today),
    requestedOn: found.requestedOn,
    progress: { done, of, percent: state === "completed" ? 100 : of === 0 ? 0 : Math.floor((done * 100) / of) },
    months: carried.reduce((sum, part) => sum + size(ofRanges(part.months)), 0),
    amount_fen: fen(carried.reduce((sum, part) => sum + part.account_fen + part.pooled_fen, 0)),
    inTransit_fen: inTransit(found),
    overdue: legs.some((leg) => isOverdue(leg, today)),
    escalated: legs.some((leg) => stepOf(leg) !== null && isEscalated(leg)),
    nextDue: firstDue(found)?.due ?? null,
  }
}

/** Where the reasons of the plan's numbers are: the question, by the law and the facts of the day it was made. */
const explainedBy = (found: TransferCase, history: readonly Line[]): View["explainedBy"] => {
  const planned = history.find(({ event }) => event.type === "TransferPlanned")
  const { to } = found.transfer
  if (planned === undefined || to === null || found.requestedOn === null) return null
  return { question: `transfer:${to}`, ruleDate: found.requestedOn, knownAt: new Date(planned.at).toISOString() }
}

export const viewOf = (found: TransferCase, history: readonly Line[], today: DateText): View => ({
  ...summaryOf(found, today),
  placeOfReceipt:
    found.placeOfReceipt === null ? null : { province: placeOf(found.placeOfReceipt.province), rule: found.placeOfReceipt.rule },
  explainedBy: explainedBy(found, history),
  completedOn: found.completedOn,
  returned: found.returned,
  legs: [...found.transfer.legs.values()].map((leg) => legView(found, leg, today)),
  history: history.map(lineView),
})
