/**
 * Double entry: what every event means in the books. An event that moves no money posts nothing, and the table says why; one that
 * does posts entries that sum to zero. Pure: what an event does not carry itself is given as `Known`.
 */
import type { EventType, LedgerEvent } from "@tongzhang/contracts/event-schemas"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { Amounts } from "@tongzhang/domain/enrollment-ledger"
import type { AccountCode } from "./accounts.js"

export type Posting = {
  readonly account: AccountCode
  readonly province: ProvinceCode
  /** Null where money is between two relations. */
  readonly scheme: SchemeCode | null
  /** Who paid a subsidy; "" elsewhere. */
  readonly payer: string
  /** Debit positive, credit negative; never 0. */
  readonly amount_fen: number
}

/** Where a relation or a claim is. */
export type Place = { readonly province: ProvinceCode; readonly scheme: SchemeCode }
export type OpenRefund = Place & { readonly amount_fen: number }

/** What earlier facts have said about the things an event names; null or empty where they said nothing. */
export type Known = {
  /** The relation of the stream, or the claim of the event. */
  readonly place: Place | null
  /** The line that a correction or reversal names, as it stands. */
  readonly line: Amounts | null
  /** Where a transfer goes. */
  readonly transferTo: ProvinceCode | null
  /** Refunds of the case that are payable. */
  readonly refunds: readonly OpenRefund[]
}

export type Posted =
  | { readonly ok: true; readonly postings: readonly Posting[] }
  /** The facts before do not say what this one needs. */
  | { readonly ok: false; readonly cause: string }

/** The payer of a contribution's subsidy is not told by the contribution. */
export const payerUntold = "untold"

type Entry = readonly [account: AccountCode, amount_fen: number, payer?: string]
const debit = (account: AccountCode, amount_fen: number, payer = ""): Entry => [account, amount_fen, payer]
const credit = (account: AccountCode, amount_fen: number): Entry => [account, -amount_fen]

const posted = (
  { province, scheme }: { province: ProvinceCode; scheme: SchemeCode | null },
  entries: readonly Entry[],
): Posted => ({
  ok: true,
  postings: entries.flatMap(([account, amount_fen, payer = ""]) =>
    amount_fen === 0 ? [] : [{ account, province, scheme: betweenRelations.has(account) ? null : scheme, payer, amount_fen }],
  ),
})
const nothing: Posted = { ok: true, postings: [] }
const missing = (cause: string): Posted => ({ ok: false, cause })

/** Money under way belongs to a transfer, which may join two schemes. */
const betweenRelations: ReadonlySet<AccountCode> = new Set([
  "in_transit_account",
  "in_transit_pooled",
  "received_account",
  "received_pooled",
])

/** A line's entries: taken in on the left, put away on the right. `sign` -1 takes them back. */
const lineEntries = (line: Amounts, sign: 1 | -1): Entry[] => [
  ["employer_contributions", sign * line.employer_fen],
  ["personal_contributions", sign * line.personal_fen],
  ["subsidies", sign * line.subsidy_fen, payerUntold],
  ["person_account", -sign * line.account_fen],
  ["pooled_fund", -sign * line.pooled_fen],
]

const moneyReceived = (event: Extract<LedgerEvent, { type: "MoneyReceived" }>, to: ProvinceCode | null): Posted => {
  if (to === null) return missing("nobody has said where the transfer goes")
  const { leg, account_fen, pooled_fen } = event
  const left = posted({ province: leg, scheme: null }, [
    debit("in_transit_account", account_fen),
    debit("in_transit_pooled", pooled_fen),
  ])
  const right = posted({ province: to, scheme: null }, [
    credit("received_account", account_fen),
    credit("received_pooled", pooled_fen),
  ])
  return left.ok && right.ok ? { ok: true, postings: [...left.postings, ...right.postings] } : nothing
}

const refundsPaid = (refunds: readonly OpenRefund[], refund_fen: number): Posted => {
  const open_fen = refunds.reduce((sum, { amount_fen }) => sum + amount_fen, 0)
  if (open_fen !== refund_fen) return missing(`the case is cleared with ${refund_fen} fen, ${open_fen} fen are payable`)
  return {
    ok: true,
    postings: refunds.flatMap(({ amount_fen, ...place }) => {
      const both = posted(place, [debit("refunds_payable", amount_fen), credit("refunds_paid", amount_fen)])
      return both.ok ? both.postings : []
    }),
  }
}

const inRelation = (event: LedgerEvent, place: Place, line: Amounts | null): Posted => {
  switch (event.type) {
    case "ContributionRecorded":
      return posted(place, lineEntries(event, 1))
    case "ContributionCorrected":
      return line === null
        ? missing(`line ${event.corrects} does not stand`)
        : posted(place, [...lineEntries(line, -1), ...lineEntries(event, 1)])
    case "ContributionReversed":
      return line === null ? missing(`line ${event.reverses} does not stand`) : posted(place, lineEntries(line, -1))
    case "ContributionRefunded":
      return posted(place, [debit("person_account", event.refund_fen), credit("refunds_payable", event.refund_fen)])
    case "SubsidyCredited":
      return posted(place, [debit("subsidies", event.amount_fen, event.payer), credit("person_account", event.amount_fen)])
    case "InterestCredited":
      return posted(place, [debit("interest", event.amount_fen), credit("person_account", event.amount_fen)])
    case "TransferredOut":
      return posted(place, [
        debit("person_account", event.account_fen),
        debit("pooled_fund", event.pooled_fen),
        credit("in_transit_account", event.account_fen),
        credit("in_transit_pooled", event.pooled_fen),
      ])
    case "TransferredIn":
      return posted(place, [
        debit("received_account", event.account_fen),
        debit("received_pooled", event.pooled_fen),
        credit("person_account", event.account_fen),
        credit("pooled_fund", event.pooled_fen),
      ])
    case "BenefitPaid":
      return posted(place, [debit("benefits_paid", event.amount_fen), credit("benefit_outlay", event.amount_fen)])
    case "BenefitOverpaid":
      return posted(place, [debit("recoveries_due", event.amount_fen), credit("benefits_paid", event.amount_fen)])
    case "BenefitRecovered":
      return posted(place, [debit("benefit_outlay", event.amount_fen), credit("recoveries_due", event.amount_fen)])
    default:
      return nothing
  }
}

/** The entries of one event. They sum to zero, except for a line whose split does not add up, which no decision lets in. */
export const postingsOf = (event: LedgerEvent, { place, line, transferTo, refunds }: Known): Posted => {
  if (!movesMoney(event.type)) return nothing
  if (event.type === "MoneyReceived") return moneyReceived(event, transferTo)
  if (event.type === "OverlapCleared") return refundsPaid(refunds, event.refund_fen)
  return place === null ? missing("the facts before do not say in which province") : inRelation(event, place, line)
}

export type PostingRule =
  | { readonly moves: true; readonly debit: string; readonly credit: string; readonly article: string }
  | { readonly moves: false; readonly why: string }

const moves = (debit: string, credit: string, article: string): PostingRule => ({ moves: true, debit, credit, article })
const still = (why: string): PostingRule => ({ moves: false, why })
const status = "a state, no money"

/** Every event type: its entries and the article behind them, or why it has none. */
export const postingRules: Readonly<Record<EventType, PostingRule>> = {
  ContributionRecorded: moves(
    "employer_contributions, personal_contributions, subsidies",
    "person_account, pooled_fund",
    "社会保险法 Art 12; 国发〔2005〕38号",
  ),
  ContributionCorrected: moves("the line as it stood, taken back", "the line as it is now", "社会保险法 Art 12"),
  ContributionReversed: moves(
    "person_account, pooled_fund",
    "employer_contributions, personal_contributions, subsidies",
    "社会保险法 Art 12",
  ),
  ContributionRefunded: moves("person_account", "refunds_payable", "人社部发〔2009〕187号; 人社部发〔2014〕17号 Art 7"),
  SubsidyCredited: moves("subsidies (payer)", "person_account", "国发〔2014〕8号"),
  InterestCredited: moves("interest", "person_account", "社会保险法 Art 14; 人社部发〔2017〕31号"),
  TransferredOut: moves("person_account, pooled_fund", "in_transit (origin)", "国办发〔2009〕66号 Art 4"),
  MoneyReceived: moves("in_transit (origin)", "received (destination)", "国办发〔2009〕66号 Art 8"),
  TransferredIn: moves("received (destination)", "person_account, pooled_fund", "国办发〔2009〕66号 Art 4"),
  OverlapCleared: moves("refunds_payable", "refunds_paid", "人社部发〔2009〕187号; 人社部发〔2014〕17号 Art 7"),
  BenefitPaid: moves("benefits_paid", "benefit_outlay", "社会保险法 Art 16"),
  BenefitOverpaid: moves("recoveries_due", "benefits_paid", "社会保险经办条例 Art 46"),
  BenefitRecovered: moves("benefit_outlay", "recoveries_due", "社会保险经办条例 Art 46"),
  PersonRegistered: still("identity"),
  IdentityCorrected: still("identity"),
  IdentitiesMerged: still("identity; amounts stay with their relations"),
  HukouMoved: still("identity"),
  PersonDied: still("the end of a benefit is an event of its own"),
  EnrollmentOpened: still(status),
  EnrollmentSuspended: still(status),
  EnrollmentResumed: still(status),
  EnrollmentClosed: still(status),
  CapacityChanged: still(status),
  TransferRequested: still("an application"),
  TransferPlanned: still("a plan"),
  ContactLetterIssued: still("a letter"),
  StatementReceived: still("information; the origin's TransferredOut has posted the money"),
  MoneyMismatchFound: still("a finding; the money was posted as it came"),
  LegReconciled: still("a finding"),
  LegDisputed: still(status),
  DisputeSettled: still(status),
  ReminderSent: still("a letter"),
  LegEscalated: still("a letter"),
  LegBooked: still("the relation's TransferredIn has posted the money"),
  LegFailed: still("nothing had left"),
  TransferCompleted: still("a sum of what was posted"),
  TransferReturned: still("nothing had left"),
  OverlapDetected: still("a case"),
  OverlapChanged: still("a case"),
  OverlapDissolved: still("a case"),
  OverlapNotified: still("a letter"),
  ResolutionProposed: still("a proposal"),
  OverlapChoiceRecorded: still("a wish"),
  OverlapApprovalAsked: still("a question to a second officer"),
  OverlapDecisionWithdrawn: still("a decision taken back before any refund"),
  OverlapDecided: still("a decision; the refund is an event of its own"),
  OverlapDismissed: still("a decision"),
  OverlapReopened: still("a case"),
  BenefitClaimed: still("a claim"),
  BenefitAwarded: still("an amount per month, posted when it is paid"),
  BenefitRecalculated: still("an amount per month, posted when it is paid"),
  BenefitHeld: still(status),
  BenefitReleased: still(status),
  BenefitEnded: still(status),
  FeedReceived: still("a file"),
  FeedSettled: still("a sum of the lines that were posted"),
  ReceiptIssued: still("a receipt"),
  BaseLimitsPublished: still("a parameter"),
  ParameterPublished: still("a parameter"),
  ParameterWithdrawn: still("a parameter"),
  RecordRead: still("somebody read; no money moved"),
  EngagementOpened: still("an auditor's paper"),
  SampleDrawn: still("an auditor's paper"),
  NoteWritten: still("an auditor's paper"),
  FindingRaised: still("an auditor's paper"),
  FindingResolved: still("an auditor's paper"),
  FindingWithdrawn: still("an auditor's paper"),
  CheckRecorded: still("an auditor's paper"),
  EngagementReviewed: still("an auditor's paper"),
  EngagementClosed: still("an auditor's paper"),
  EngagementRegistered: still("an auditor's paper"),
  AppealFiled: still("a question"),
  AppealAssigned: still("a question"),
  AppealAnswered: still("an answer; a correction is an event of its own"),
  AppealSupplemented: still("a question"),
  AppealEscalated: still("a letter"),
  AppealWithdrawn: still("a question"),
}

export const movesMoney = (type: EventType): boolean => postingRules[type].moves
