/** Work queues: what an agency has to do next, and what the center has to chase. Read from the index, ordered by limit. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { fen } from "@tongzhang/domain/money"
import { type Leg, stepOf } from "@tongzhang/domain/transfer"
import type { TransferCase } from "./case.js"
import type { CaseIndex } from "./case-index.js"
import { holderOf } from "./letters.js"
import type { Words } from "./messages.js"
import { daysLeft, isEscalated, isOverdue, placeOf, waitingFor } from "./view.js"
import type { EscalationView, Task } from "./view-schemas.js"

type TaskKind = Task["task"]

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
export const queueOf = (index: CaseIndex, province: ProvinceCode, today: DateText): readonly Task[] => {
  const tasks: Task[] = []
  for (const found of index.open()) {
    const { person, scheme, to } = found.transfer
    if (person === null || scheme === null || to === null) continue
    for (const leg of found.transfer.legs.values())
      for (const task of tasksOf(found, leg, province)) {
        const part = leg.statement ?? leg.planned
        tasks.push({
          transferId: found.id,
          person,
          scheme,
          leg: placeOf(leg.planned.from),
          to: placeOf(to),
          task,
          taskWords: taskWords[task],
          due: leg.due,
          workingDaysLeft: daysLeft(today, leg.due),
          overdue: isOverdue(leg, today),
          escalated: isEscalated(leg),
          letterNo: leg.letterNo,
          expected_fen: fen(part.account_fen + part.pooled_fen),
        })
      }
  }
  return tasks.sort((a, b) => (a.due === b.due ? (a.transferId < b.transferId ? -1 : 1) : a.due < b.due ? -1 : 1))
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
