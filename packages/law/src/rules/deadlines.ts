/**
 * Statutory time limits. The clocks of a pension transfer are 15 working days for each step (国办发〔2009〕66号 Art 8), with a reminder 5
 * working days before; all other processes ask the published limit.
 */
import type { DateText } from "@tongzhang/domain/ids"
import type { Step } from "@tongzhang/domain/transfer"
import { type Citation, citations } from "../citation.js"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import type { Parameters } from "../parameters/parameter.js"
import { addWorkingDays, calendarKnown } from "../working-days.js"
import { askText } from "./asked.js"
import { beginning, concluded, op, taken } from "./describe.js"

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

/** The published limit of each step. */
export const stepProcess: Readonly<Record<Step, string>> = {
  letter: "pension-transfer.letter",
  statement: "pension-transfer.statement-and-money",
  money: "pension-transfer.statement-and-money",
  booking: "pension-transfer.booking",
}

const limits = "time limit of each process: parameter family `deadline`, with its own article"
const common = { from: beginning, article: limits, source: "the document named by the limit", confidence: "official" } as const
const from = op("起算日", "day the clock began", "date")
const limit = op("时限", "limit", "text")

export const workingDaysRule: Rule = {
  id: "deadline/working-days",
  title: { zh: "到期日（工作日）", en: "last day in working days" },
  summary: {
    zh: "自起算日次日起，按国务院节假日安排的工作日计算。",
    en: "Counted from the day after, in working days of the State Council's yearly calendar with its make-up days (调休).",
  },
  unit: "date",
  operands: { from, limit, working_days: op("此后的工作日", "the working days that follow", "date") },
  versions: [{ ...common, formula: "at(working_days, number(limit))" }],
  examples: [
    {
      version: beginning,
      operands: { from: "2026-09-28", limit: "3wd", working_days: ["2026-09-29", "2026-09-30", "2026-10-08"] },
      value: "2026-10-08",
      basis: "constructed",
    },
  ],
}

export const calendarDaysRule: Rule = {
  id: "deadline/calendar-days",
  title: { zh: "到期日（自然日）", en: "last day in calendar days" },
  summary: { zh: "自起算日次日起按自然日计算。", en: "Counted in calendar days from the day after." },
  unit: "date",
  operands: { from, limit },
  versions: [{ ...common, formula: "add_days(from, number(limit))" }],
  examples: [{ version: beginning, operands: { from: "2026-01-31", limit: "30cd" }, value: "2026-03-02", basis: "constructed" }],
}

export const calendarMonthsRule: Rule = {
  id: "deadline/months",
  title: { zh: "到期日（月）", en: "last day in months" },
  summary: {
    zh: "起算日之后的对应日，没有对应日的为月末；“提前”的时限向前推算。",
    en: "The same day of the month, or its last; a limit that lies before an event is counted backwards.",
  },
  unit: "date",
  operands: { from, limit, before: op("向前推算", "before the event", "flag") },
  versions: [{ ...common, formula: "add_months(from, if(before, 0 - number(limit), number(limit)))" }],
  examples: [
    {
      version: beginning,
      operands: { from: "2026-01-31", limit: "1m", before: false },
      value: "2026-02-28",
      basis: "constructed",
    },
    {
      version: beginning,
      operands: { from: "2026-05-31", limit: "3m", before: true },
      value: "2026-02-28",
      basis: "constructed",
    },
  ],
}

const day_ms = 86_400_000
const dateOf = (time: number): DateText => new Date(time).toISOString().slice(0, 10) as DateText

/** The day `n` months on, not later than the month's last day. */
const shiftMonths = (date: string, n: number): DateText => {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number)
  const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate()
  return dateOf(Date.UTC(year, month - 1 + n, Math.min(day, last)))
}

/** Processes whose limit lies before the event, not after it. */
const beforeEvent = new Set(["retirement.early-notice", "retirement.late-agreement"])

const workingDaysAfter = (from: DateText, count: number): readonly DateText[] => {
  const days: DateText[] = []
  for (let at = from; days.length < count;) {
    at = addWorkingDays(at, 1)
    days.push(at)
  }
  return days
}

/**
 * Last day of a process, or null where no limit is published for that day. `process` is a key of the parameter family `deadline`.
 * Limits are written `15wd` (working days), `30cd` (calendar days), `1m` (months).
 */
export const explainDueDate = (
  parameters: Parameters,
  question: { readonly process: string; readonly from: Valued<DateText> },
): Explained<DateText> | null => {
  const { process, from } = question
  const limit = askText(parameters, { family: "deadline", province: null, key: process, on: from.value })
  if (limit === null) return null
  const count = Number.parseInt(limit.value, 10)
  if (limit.value.endsWith("wd")) {
    const days = workingDaysAfter(from.value, count)
    const official = calendarKnown(Number(from.value.slice(0, 4)))
    const working_days = official
      ? taken<readonly string[]>(days, "date", "国务院办公厅节假日安排", "the State Council's calendar of holidays")
      : taken<readonly string[]>(days, "date", "该年安排未知，按周一至周五", "calendar of that year not known: Monday to Friday")
    return concluded(workingDaysRule, beginning, { from, limit, working_days }, () => addWorkingDays(from.value, count))
  }
  if (limit.value.endsWith("cd"))
    return concluded(calendarDaysRule, beginning, { from, limit }, () =>
      dateOf(Date.parse(`${from.value}T00:00:00Z`) + count * day_ms),
    )
  const before = taken(beforeEvent.has(process), "flag", "时限在事件之前", "the limit lies before the event")
  return concluded(calendarMonthsRule, beginning, { from, limit, before }, () =>
    shiftMonths(from.value, before.value ? -count : count),
  )
}
