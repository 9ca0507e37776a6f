/** What a command alone can be refused or warned for: order of months, the present day, GB/T 40217 quality rules, base limits. */
import type { RowRefusal, RowWarning } from "@tongzhang/contracts/refusals-intake"
import { birthDateOf, type CitizenId } from "@tongzhang/domain/citizen-id"
import type { SchemeCode } from "@tongzhang/domain/codes"
import { addMonths, monthOfDate, monthsBetween, type YearMonth } from "@tongzhang/domain/month"
import type { MonthRange } from "@tongzhang/domain/month-set"
import type { IntakeLimits } from "../limits.js"
import type { LimitBook } from "../policies/limit-book.js"
import type { Today } from "./prepared.js"
import type { RowCommand, RowCommandOf, RowCorrection } from "./row-command.js"

/** The months an act is about; null when it is about none. */
export const periodOf = (command: RowCommand): MonthRange | null => {
  switch (command.act) {
    case "contribute":
      return { from: command.from, to: command.to }
    case "open":
    case "suspend":
    case "resume":
    case "change":
    case "claim_benefit":
    case "award_benefit":
      return { from: command.from, to: command.from }
    case "close":
    case "end_benefit":
      return { from: command.to, to: command.to }
    case "pay_benefit":
      return { from: command.month, to: command.month }
    case "register":
    case "correct":
    case "reverse":
    case "subsidise":
    case "credit_interest":
    case "move_hukou":
    case "report_death":
    case "correct_name":
      return null
  }
}

const dateOf = (command: RowCommand): string | null =>
  command.act === "move_hukou" || command.act === "report_death" ? command.on : null

const isResident = (scheme: SchemeCode): boolean => scheme === "170" || scheme === "390"

const paymentRefusal = (command: RowCommandOf<"contribute"> | RowCorrection): RowRefusal | null => {
  const { base_fen, employer_fen, personal_fen, subsidy_fen, account_fen } = command
  if (!isResident(command.scheme) && base_fen === 0) return { code: "BASE_MISSING" }
  if (employer_fen === null || personal_fen === null || subsidy_fen === null) return null
  const paid_fen = employer_fen + personal_fen + subsidy_fen
  if (paid_fen === 0 && command.act === "contribute") return { code: "NOTHING_PAID" }
  return account_fen !== undefined && account_fen > paid_fen ? { code: "ACCOUNT_ABOVE_PAID", account_fen, paid_fen } : null
}

export const refusalOf = (
  command: RowCommand,
  period: MonthRange | null,
  today: Today,
  limits: IntakeLimits,
): RowRefusal | null => {
  if (period !== null) {
    if (period.from > period.to) return { code: "MONTH_ORDER", from: period.from, to: period.to }
    if (period.to > today.lastMonth) return { code: "MONTH_FUTURE", month: period.to, limit: today.lastMonth }
    const months = period.from === period.to ? 1 : monthsBetween(period.from, period.to)
    if (months > limits.monthsPerRow_max) return { code: "MONTHS_TOO_MANY", months, max: limits.monthsPerRow_max }
  }
  const date = dateOf(command)
  if (date !== null && date > today.date) return { code: "DATE_FUTURE", date, today: today.date }
  if (command.act === "contribute") return paymentRefusal(command)
  if (command.act === "correct")
    return command.line === command.corrects ? { code: "CORRECTS_SELF", line: command.line } : paymentRefusal(command)
  if (command.act === "reverse") return command.line === command.reverses ? { code: "CORRECTS_SELF", line: command.line } : null
  if ("year" in command && (command.year < 1950 || command.year > Number(today.date.slice(0, 4)) + 1))
    return { code: "YEAR_RANGE", year: command.year }
  return null
}

const nothing: readonly RowWarning[] = []

/** 劳动法 Art. 15: work begins at 16. */
const workingFrom = (id: CitizenId): YearMonth => addMonths(monthOfDate(birthDateOf(id)), 16 * 12)

export const warningsOf = (command: RowCommand, book: LimitBook, id: CitizenId): readonly RowWarning[] => {
  if (command.act !== "contribute" && command.act !== "open") return nothing
  const found: RowWarning[] = []
  const month = command.from
  if (command.scheme !== "390" && month < workingFrom(id))
    found.push({ code: "UNDER_AGE", month, birthMonth: monthOfDate(birthDateOf(id)) })
  if (command.act === "contribute") paymentWarnings(command, book, found)
  return found.length === 0 ? nothing : found
}

const paymentWarnings = (command: RowCommandOf<"contribute">, book: LimitBook, found: RowWarning[]): void => {
  const { base_fen, from: month, paidOn } = command
  if (command.scheme === "110") {
    const limits = book.limitsOf(month)
    if (limits !== null && base_fen < limits.floor_fen)
      found.push({ code: "BASE_BELOW_FLOOR", base_fen, floor_fen: limits.floor_fen, month })
    if (limits !== null && base_fen > limits.ceiling_fen)
      found.push({ code: "BASE_ABOVE_CEILING", base_fen, ceiling_fen: limits.ceiling_fen, month })
  }
  const paidMonth = monthOfDate(paidOn)
  if (paidMonth < month) found.push({ code: "PAID_BEFORE_MONTH", paidOn, month })
  else if (paidMonth > month && monthsBetween(month, paidMonth) > 37) found.push({ code: "PAID_LONG_AFTER", paidOn, month })
  const months = command.from === command.to ? 1 : monthsBetween(command.from, command.to)
  if (base_fen > 0 && command.personal_fen > base_fen * months)
    found.push({ code: "PERSONAL_ABOVE_BASE", personal_fen: command.personal_fen, base_fen })
}
