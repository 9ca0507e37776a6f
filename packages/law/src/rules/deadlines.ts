/** The clocks of a pension transfer: 15 working days for each step (国办发〔2009〕66号 Art 8), a reminder 5 working days before. */
import type { DateText } from "@tongzhang/domain/ids"
import type { Step } from "@tongzhang/domain/transfer"
import { type Citation, citations } from "../citation.js"
import { addWorkingDays } from "../working-days.js"

/**
 * Statement and money are one step of the law (old place sends 信息表 and money), reported apart: each runs 15 working days, the
 * money's from the day the statement was sent.
 */
export const stepLimits_wd: Readonly<Record<Step, number>> = { letter: 15, statement: 15, money: 15, booking: 15 }
export const reminderBefore_wd = 5

export const deadlineCitation: Citation = citations.steps
export const reminderCitation: Citation = citations.reminder

/** Last day on which the step is in time, when it began on `from`. */
export const dueDate = (step: Step, from: DateText): DateText => addWorkingDays(from, stepLimits_wd[step])
/** Day of the reminder. */
export const remindOn = (due: DateText): DateText => addWorkingDays(due, -reminderBefore_wd)
