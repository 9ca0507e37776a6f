/** For tests: the smallest translator from reported acts to the domain's own deciders, one person's streams in memory. */
import type { Command } from "@tongzhang/contracts/commands"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import * as benefit from "@tongzhang/domain/benefit"
import * as enrollment from "@tongzhang/domain/enrollment"
import { countedMonths } from "@tongzhang/domain/enrollment-ledger"
import { fen } from "@tongzhang/domain/money"
import type { MonthSet } from "@tongzhang/domain/month-set"
import { type Either, isLeft } from "fp-ts/lib/Either.js"

export type Answer = "accepted" | "unchanged" | { readonly code: string }
export type TestLedger = {
  readonly send: (province: ProvinceCode, command: Command) => Answer
  /** Months that stand paid, by `{province}_{scheme}` of one person. */
  readonly months: () => ReadonlyMap<string, MonthSet>
}

type Ask<State, Event> = (state: State) => Either<{ readonly code: string }, readonly Event[]>

const split = (paid: {
  employer_fen: number
  personal_fen: number
  subsidy_fen: number
  base_fen: number
  account_fen?: number | undefined
}) => {
  const total = paid.employer_fen + paid.personal_fen + paid.subsidy_fen
  const account = paid.account_fen ?? 0
  return {
    base_fen: fen(paid.base_fen),
    employer_fen: fen(paid.employer_fen),
    personal_fen: fen(paid.personal_fen),
    subsidy_fen: fen(paid.subsidy_fen),
    account_fen: fen(account),
    pooled_fen: fen(total - account),
  }
}

export const testLedger = (): TestLedger => {
  const relations = new Map<string, enrollment.Enrollment>()
  const benefits = new Map<string, benefit.Benefit>()
  const ask = <State, Event>(
    states: Map<string, State>,
    key: string,
    initial: State,
    evolve: (state: State, event: Event) => State,
    decide: Ask<State, Event>,
  ): Answer => {
    const state = states.get(key) ?? initial
    const decided = decide(state)
    if (isLeft(decided)) return { code: decided.left.code }
    states.set(key, decided.right.reduce(evolve, state))
    return decided.right.length === 0 ? "unchanged" : "accepted"
  }
  const send = (province: ProvinceCode, command: Command): Answer => {
    if (!("scheme" in command)) return "accepted"
    const relation = (decide: Ask<enrollment.Enrollment, enrollment.EnrollmentEvent>): Answer =>
      ask(relations, `${province}_${command.scheme}`, enrollment.initial, enrollment.evolve, decide)
    const drawn = (decide: Ask<benefit.Benefit, benefit.BenefitEvent>): Answer =>
      ask(benefits, command.scheme, benefit.initial, benefit.evolve, decide)
    switch (command.act) {
      case "open":
        return relation(enrollment.openEnrollment(command))
      case "suspend":
        return relation(enrollment.suspendEnrollment({ from: command.from, reason: command.reason }))
      case "resume":
        return relation(enrollment.resumeEnrollment({ from: command.from }))
      case "close":
        return relation(enrollment.closeEnrollment({ to: command.to, reason: command.reason }))
      case "change":
        return relation(enrollment.changeCapacity(command))
      case "contribute":
        return relation(enrollment.recordContribution({ ...command, ...split(command) }))
      case "correct":
        return relation(
          enrollment.correctContribution({
            line: command.line,
            corrects: command.corrects,
            reason: command.reason,
            ...split(command),
          }),
        )
      case "reverse":
        return relation(
          enrollment.reverseContribution({ line: command.line, reverses: command.reverses, reason: command.reason }),
        )
      case "subsidise":
        return relation(enrollment.creditSubsidy(command))
      case "credit_interest":
        return relation(enrollment.creditInterest(command))
      case "claim_benefit":
        return drawn(benefit.claimBenefit({ claim: command.claim, province, from: command.from }))
      case "award_benefit":
        return drawn(benefit.awardBenefit(command))
      case "pay_benefit":
        return drawn(benefit.payBenefit(command))
      case "end_benefit":
        return drawn(benefit.endBenefit(command))
    }
  }
  return { send, months: () => new Map([...relations].map(([side, state]) => [side, countedMonths(state.ledger)])) }
}
