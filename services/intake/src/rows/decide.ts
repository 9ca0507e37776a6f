/** One prepared command against one stream's state: the domain decides, this only says which decision and completes the amounts. */
import { isRight, left } from "fp-ts/lib/Either.js"
import type { DomainRefusal } from "@tongzhang/contracts/refusals-domain"
import type { LedgerEvent } from "@tongzhang/contracts/event-schemas"
import * as benefit from "@tongzhang/domain/benefit"
import type { Decision } from "@tongzhang/domain/decider"
import * as enrollment from "@tongzhang/domain/enrollment"
import type { Amounts } from "@tongzhang/domain/enrollment-ledger"
import { monthOfDate, monthsBetween } from "@tongzhang/domain/month"
import { type Fen, fen } from "@tongzhang/domain/money"
import type { MonthRange } from "@tongzhang/domain/month-set"
import * as person from "@tongzhang/domain/person"
import { splitContribution } from "@tongzhang/law/rules/contribution"
import type { Prepared, StreamKind } from "./prepared.js"
import type { BenefitCommand, EnrollmentCommand, PersonCommand, RowCommand, RowCommandOf, RowCorrection } from "./row-command.js"

/** The aggregate behind each kind of stream; `unknown` inside, because one map holds the states of all three. */
export type StateOf = {
  readonly person: person.Person
  readonly enrollment: enrollment.Enrollment
  readonly benefit: benefit.Benefit
}
export const aggregates = { person, enrollment, benefit }

type Decided = Decision<DomainRefusal, LedgerEvent>
type Paid = { readonly [F in "base_fen" | "employer_fen" | "personal_fen" | "subsidy_fen"]: Fen }

/** Pooled and account shares: as the province says, else by the rule of scheme, capacity and month. */
const split = (
  prepared: Prepared,
  command: RowCommandOf<"contribute"> | RowCorrection,
  paid: Paid,
  range: MonthRange,
  state: enrollment.Enrollment,
): Amounts => {
  const paid_fen = fen(paid.employer_fen + paid.personal_fen + paid.subsidy_fen)
  if (command.account_fen !== undefined)
    return { ...paid, account_fen: command.account_fen, pooled_fen: fen(paid_fen - command.account_fen) }
  const resident = command.scheme === "170" || command.scheme === "390"
  const capacity = state.capacity ?? (resident ? "resident" : "employee")
  const { scheme } = command
  const months = range.from === range.to ? 1 : monthsBetween(range.from, range.to)
  const { account_fen, pooled_fen } = splitContribution({
    scheme,
    capacity,
    province: prepared.province,
    month: range.from,
    months,
    ...paid,
  })
  return { ...paid, account_fen, pooled_fen }
}

const contribute = (prepared: Prepared, command: RowCommandOf<"contribute">, state: enrollment.Enrollment): Decided => {
  const { line, kind, from, to, paidOn, base_fen, employer_fen, personal_fen, subsidy_fen } = command
  const known = state.ledger.lines.get(line)
  // The rule of today may split otherwise than it did when the line was recorded (the capacity has changed): it is the same line.
  const account_fen = command.account_fen ?? (known?.act === "payment" ? sameSplit(known.recorded, command) : undefined)
  const said = account_fen === undefined ? command : { ...command, account_fen }
  const amounts = split(prepared, said, { base_fen, employer_fen, personal_fen, subsidy_fen }, command, state)
  return enrollment.recordContribution({ line, kind, from, to, paidOn, ...amounts })(state)
}

const sameSplit = (recorded: Amounts, paid: Paid): Fen | undefined =>
  recorded.employer_fen === paid.employer_fen &&
  recorded.personal_fen === paid.personal_fen &&
  recorded.subsidy_fen === paid.subsidy_fen
    ? recorded.account_fen
    : undefined

/** A blank amount stays as it is on record: a blank cell never wipes data. */
const correct = (prepared: Prepared, command: RowCorrection, state: enrollment.Enrollment): Decided => {
  const { line, corrects, reason } = command
  const wrong = state.ledger.lines.get(corrects)
  if (wrong === undefined) return left({ code: "LINE_UNKNOWN", line: corrects })
  const again = state.ledger.lines.get(line)
  const standing = again?.recorded ?? wrong.current ?? wrong.recorded
  const paid: Paid = {
    base_fen: command.base_fen ?? standing.base_fen,
    employer_fen: command.employer_fen ?? standing.employer_fen,
    personal_fen: command.personal_fen ?? standing.personal_fen,
    subsidy_fen: command.subsidy_fen ?? standing.subsidy_fen,
  }
  const account_fen = command.account_fen ?? (again === undefined ? undefined : sameSplit(again.recorded, paid))
  const amounts = split(prepared, account_fen === undefined ? command : { ...command, account_fen }, paid, wrong, state)
  return enrollment.correctContribution({ line, corrects, reason, ...amounts })(state)
}

export const decideEnrollment = (prepared: Prepared, state: enrollment.Enrollment): Decided => {
  const command = prepared.command as EnrollmentCommand
  switch (command.act) {
    case "contribute":
      return contribute(prepared, command, state)
    case "correct":
      return correct(prepared, command, state)
    case "open": {
      const { scheme, from, capacity, employer, temporary } = command
      return enrollment.openEnrollment({ scheme, from, capacity, employer, temporary })(state)
    }
    case "suspend":
      return enrollment.suspendEnrollment({ from: command.from, reason: command.reason })(state)
    case "resume":
      return enrollment.resumeEnrollment({ from: command.from })(state)
    case "close":
      return enrollment.closeEnrollment({ to: command.to, reason: command.reason })(state)
    case "change": {
      const { scheme, from, capacity, employer } = command
      return enrollment.changeCapacity({ scheme, from, capacity, employer })(state)
    }
    case "reverse":
      return enrollment.reverseContribution({ line: command.line, reverses: command.reverses, reason: command.reason })(state)
    case "subsidise": {
      const { line, year, payer, amount_fen } = command
      return enrollment.creditSubsidy({ line, year, payer, amount_fen })(state)
    }
    case "credit_interest": {
      const { year, rate_bp, amount_fen } = command
      return enrollment.creditInterest({ year, rate_bp, amount_fen })(state)
    }
  }
}

/** A claim belongs to the province that made it, although all claims of a person and scheme share a stream. */
const ownClaim = (prepared: Prepared, claim: string, state: benefit.Benefit): Decided | null => {
  const known = state.claims.get(claim)
  return known !== undefined && known.province !== prepared.province ? left({ code: "CLAIM_DIFFERS", claim }) : null
}

export const decideBenefit = (prepared: Prepared, state: benefit.Benefit, who: person.Person): Decided => {
  const command = prepared.command as BenefitCommand
  switch (command.act) {
    case "claim_benefit":
      return benefit.claimBenefit({ claim: command.claim, province: prepared.province, from: command.from })(state)
    case "award_benefit": {
      const { claim, from, basic_fen, account_fen, transitional_fen, monthly_fen, reason } = command
      const award = { claim, from, basic_fen, account_fen, transitional_fen, monthly_fen, reason }
      return ownClaim(prepared, claim, state) ?? benefit.awardBenefit(award)(state)
    }
    case "pay_benefit": {
      const { claim, month, amount_fen } = command
      // Nothing is paid to the dead, whether or not the hold has reached the claim yet.
      const late = who.diedOn !== null && month > monthOfDate(who.diedOn)
      const paid = benefit.payBenefit({ claim, month, amount_fen })(state)
      if (late && who.diedOn !== null && isRight(paid) && paid.right.length > 0)
        return left({ code: "PERSON_DIED", on: who.diedOn })
      return ownClaim(prepared, claim, state) ?? paid
    }
    case "end_benefit":
      return (
        ownClaim(prepared, command.claim, state) ??
        benefit.endBenefit({ claim: command.claim, to: command.to, reason: command.reason })(state)
      )
  }
}

/** Acts on the person except registration; `sealed` is filled in when the event is written, decisions look at the index only. */
export const decidePerson = (prepared: Prepared, state: person.Person, nameIndex: (name: string) => string): Decided => {
  const command = prepared.command as Exclude<PersonCommand, { act: "register" }>
  switch (command.act) {
    case "correct_name":
      return person.correctIdentity({ sealed: "", nameIndex: nameIndex(command.name), reason: command.reason })(state)
    case "move_hukou":
      return person.moveHukou({ to: command.to, on: command.on })(state)
    case "report_death":
      return person.recordDeath({ on: command.on })(state)
  }
}

/** Folds further events of one stream into its state. */
export const foldEvents = (kind: StreamKind, state: unknown, events: readonly LedgerEvent[]): unknown => {
  if (kind === "enrollment")
    return enrollment.fold(events as readonly enrollment.EnrollmentEvent[], state as enrollment.Enrollment)
  if (kind === "benefit") return (events as readonly benefit.BenefitEvent[]).reduce(benefit.evolve, state as benefit.Benefit)
  return (events as readonly person.PersonEvent[]).reduce(person.evolve, state as person.Person)
}

export const initialState = (kind: StreamKind): unknown => aggregates[kind].initial

/** Name and hukou a row tells of a person, for registration and comparison. */
export const saidOf = (command: RowCommand) => ({
  name: "name" in command ? command.name : undefined,
  hukou: "hukou" in command ? command.hukou : undefined,
})
