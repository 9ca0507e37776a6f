/** A command as a row can say it: the union of contracts, except that a correction may leave amounts blank (they stay as they are). */
import type { Act, Command, CommandOf } from "@tongzhang/contracts/commands"
import type { Fen } from "@tongzhang/domain/money"

type Loose = "base_fen" | "employer_fen" | "personal_fen" | "subsidy_fen"

export type RowCorrection = Omit<CommandOf<"correct">, Loose> & { readonly [F in Loose]: Fen | null }
export type RowCommand = Exclude<Command, { act: "correct" }> | RowCorrection
export type PersonCommand = RowCommandOf<"register" | "move_hukou" | "report_death" | "correct_name">
export type BenefitCommand = RowCommandOf<"claim_benefit" | "award_benefit" | "pay_benefit" | "end_benefit">
export type EnrollmentCommand = Exclude<RowCommand, PersonCommand | BenefitCommand>
export type LineCommand = RowCommandOf<"contribute" | "correct" | "reverse" | "subsidise">

/** Acts that say something new; all others alter what is on record. */
const news: ReadonlySet<Act> = new Set([
  "register",
  "open",
  "contribute",
  "subsidise",
  "credit_interest",
  "claim_benefit",
  "award_benefit",
  "pay_benefit",
])
export const isChange = (act: Act): boolean => !news.has(act)

/** Which stream an act is about. */
export const familyOf = (command: RowCommand): "person" | "enrollment" | "benefit" => {
  if (!("scheme" in command)) return "person"
  return "claim" in command ? "benefit" : "enrollment"
}

export type RowCommandOf<A extends Act> = Extract<RowCommand, { act: A }>
