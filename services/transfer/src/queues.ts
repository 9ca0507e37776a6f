/** Work queues: what an agency has to do next, and what the center has to chase. Read from the index, ordered by limit. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { ofRanges, size } from "@tongzhang/domain/month-set"
import { fen } from "@tongzhang/domain/money"
import { type Leg, stepOf } from "@tongzhang/domain/transfer"
import type { TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { holderOf } from "./letters.js"
import type { Words } from "./messages.js"
import { daysLeft, isEscalated, isOverdue, lineView, placeOf, waitingFor } from "./view.js"
import type { EscalationView, Task } from "./view-schemas.js"

type TaskKind = Task["task"]
/** A task before anybody has looked whether it is clean: that needs the books of the relation. */
export type OpenTask = Omit<Task, "clean" | "whyNot">

const taskWords: Readonly<Record<TaskKind, Words>> = {
  send_statement: { zh: "核对并发出信息表，终止本地关系", en: "Check and send the statement, end the relation here" },
  send_money: { zh: "划转基金", en: "Transfer the money" },
  record_money: { zh: "登记到账基金", en: "Record the money that arrived" },
  settle_dispute: { zh: "处理争议", en: "Settle the dispute" },
  correct_money: { zh: "信息与到账不符，请核对补正", en: "Statement and money differ: check and correct" },
}

const tasksOf = (found: TransferCase, leg: Leg, province: ProvinceCode): readonly TaskKind[] => {
  const step = stepOf(leg)
  const { from } = leg.planned
  const [isOrigin, isReceiver] = [province === from, province === found.transfer.to]
  if (step === null || (!isOrigin && !isReceiver)) return []
  if (leg.disputed !== null) return ["settle_dispute"]
  if (step === "statement") return isOrigin ? ["send_statement"] : []
  if (step !== "money") return []
  if (found.mismatches.has(from)) return ["correct_money"]
  return isOrigin ? ["send_money"] : ["record_money"]
}

/** What waits for an agency, the nearest limit first. */
export const queueOf = (index: CaseIndex, province: ProvinceCode, today: DateText): readonly OpenTask[] => {
  const tasks: OpenTask[] = []
  for (const found of index.open()) {
    const { person, scheme, to } = found.transfer
    if (person === null || scheme === null || to === null) continue
    for (const leg of found.transfer.legs.values())
      for (const task of tasksOf(found, leg, province)) {
        const part = leg.statement ?? leg.planned
        const last = found.last.get(leg.planned.from)
        tasks.push({
          transferId: found.id,
          person,
          scheme,
          leg: placeOf(leg.planned.from),
          to: placeOf(to),
          role: province === to ? "receiver" : "origin",
          task,
          taskWords: taskWords[task],
          due: leg.due,
          workingDaysLeft: daysLeft(today, leg.due),
          overdue: isOverdue(leg, today),
          escalated: isEscalated(leg),
          letterNo: leg.letterNo,
          expected_fen: fen(part.account_fen + part.pooled_fen),
          months: size(ofRanges(part.months)),
          lastMessage: last === undefined ? null : lineView(last),
        })
      }
  }
  return tasks.sort((a, b) => (a.due === b.due ? (a.transferId < b.transferId ? -1 : 1) : a.due < b.due ? -1 : 1))
}

/** Tasks that only a person can do, each with the reason. */
export const byHand: Readonly<Record<Exclude<TaskKind, "send_statement">, Words>> = {
  send_money: {
    zh: "汇款在银行办理，账本以转入地登记到账为准",
    en: "the bank carries the money; the ledger hears of it when it arrives",
  },
  record_money: { zh: "须按银行回单登记汇款单号和金额", en: "remittance number and amounts come from the bank's slip" },
  settle_dispute: { zh: "有争议，须人工处理", en: "a dispute is settled by people" },
  correct_money: { zh: "信息表与到账金额不符", en: "statement and money differ" },
}

/** Steps overdue and escalated, the longest overdue first. */
export const escalationsOf = (index: CaseIndex, today: DateText): readonly EscalationView[] => {
  const late: EscalationView[] = []
  for (const found of index.open())
    for (const leg of found.transfer.legs.values()) {
      const step = stepOf(leg)
      const waiting = waitingFor(found, leg, today)
      const { to } = found.transfer
      if (step === null || waiting === null || to === null || !isEscalated(leg)) continue
      late.push({
        transferId: found.id,
        leg: placeOf(leg.planned.from),
        late: placeOf(holderOf(step, leg.planned.from, to)),
        step,
        due: leg.due,
        daysLate_wd: Math.max(0, -daysLeft(today, leg.due)),
        waiting,
      })
    }
  return late.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.transferId < b.transferId ? -1 : 1))
}
