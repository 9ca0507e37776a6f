/**
 * zod schemas of every event in its newest version, checked by the compiler against the domain's types.
 * They guard the door (commands, files, foreign writers); replay trusts what passed it (design/tech.md §0).
 */
import type { AccessEvent } from "@tongzhang/domain/access"
import { type AppealEvent, outcomes } from "@tongzhang/domain/appeal"
import type { BenefitEvent } from "@tongzhang/domain/benefit"
import type { EnrollmentEvent } from "@tongzhang/domain/enrollment"
import type { FeedEvent } from "@tongzhang/domain/feed"
import type { OverlapEvent } from "@tongzhang/domain/overlap"
import type { PersonEvent } from "@tongzhang/domain/person"
import { parameterConfidences, parameterUnits, type ParameterValue, type PolicyEvent } from "@tongzhang/domain/policy"
import type { TransferEvent } from "@tongzhang/domain/transfer"
import type { WorkpaperEvent } from "@tongzhang/domain/workpaper"
import type { RegisterEvent } from "@tongzhang/domain/workpaper-register"
import { z } from "zod"
import { overlapEvents } from "./event-schemas-overlap.js"
import {
  amounts,
  capacity,
  dateText,
  fenAmount,
  fenPositive,
  lineId,
  monthRange,
  monthRanges,
  moved,
  personKey,
  province,
  scheme,
  sex,
  text,
  transferId,
  yearMonth,
} from "./primitives.js"
import { workpaperEvents } from "./workpaper-schemas.js"

const reason = text(200)
const identity = { sealed: text(2000), nameIndex: text(64) }

export const personEvents = {
  PersonRegistered: z.object({
    type: z.literal("PersonRegistered"),
    sex,
    birthMonth: yearMonth,
    hukou: province.nullable(),
    ...identity,
  }),
  IdentityCorrected: z.object({ type: z.literal("IdentityCorrected"), reason, ...identity }),
  IdentitiesMerged: z.object({ type: z.literal("IdentitiesMerged"), other: personKey, reason }),
  HukouMoved: z.object({ type: z.literal("HukouMoved"), to: province, on: dateText }),
  PersonDied: z.object({ type: z.literal("PersonDied"), on: dateText }),
} satisfies { [T in PersonEvent["type"]]: z.ZodType<Extract<PersonEvent, { type: T }>> }

const employer = text(64).nullable()

export const enrollmentEvents = {
  EnrollmentOpened: z.object({
    type: z.literal("EnrollmentOpened"),
    from: yearMonth,
    capacity,
    employer,
    temporary: z.boolean(),
  }),
  EnrollmentSuspended: z.object({ type: z.literal("EnrollmentSuspended"), from: yearMonth, reason }),
  EnrollmentResumed: z.object({ type: z.literal("EnrollmentResumed"), from: yearMonth }),
  EnrollmentClosed: z.object({ type: z.literal("EnrollmentClosed"), to: yearMonth, reason }),
  CapacityChanged: z.object({ type: z.literal("CapacityChanged"), from: yearMonth, capacity, employer }),
  ContributionRecorded: z.object({
    type: z.literal("ContributionRecorded"),
    kind: z.enum(["regular", "late", "lump_sum"]),
    line: lineId,
    ...monthRange.shape,
    ...amounts.shape,
    paidOn: dateText,
  }),
  ContributionCorrected: z.object({
    type: z.literal("ContributionCorrected"),
    line: lineId,
    corrects: lineId,
    reason,
    ...amounts.shape,
  }),
  ContributionReversed: z.object({ type: z.literal("ContributionReversed"), line: lineId, reverses: lineId, reason }),
  ContributionRefunded: z.object({
    type: z.literal("ContributionRefunded"),
    overlapCase: text(120),
    source: province.nullable(),
    months: monthRanges,
    refund_fen: fenPositive,
    bases_fen: fenPositive,
    legal: text(200),
  }),
  SubsidyCredited: z.object({
    type: z.literal("SubsidyCredited"),
    line: lineId,
    year: z.int(),
    payer: text(64),
    amount_fen: fenPositive,
  }),
  InterestCredited: z.object({
    type: z.literal("InterestCredited"),
    year: z.int(),
    rate_bp: z.int().min(0),
    amount_fen: fenPositive,
  }),
  TransferredOut: z.object({ type: z.literal("TransferredOut"), transferId, to: province, ...moved.shape }),
  TransferredIn: z.object({ type: z.literal("TransferredIn"), transferId, from: province, ...moved.shape }),
} satisfies { [T in EnrollmentEvent["type"]]: z.ZodType<Extract<EnrollmentEvent, { type: T }>> }

const leg = province
const step = z.enum(["letter", "statement", "money", "booking"])

export const transferEvents = {
  TransferRequested: z.object({ type: z.literal("TransferRequested"), person: personKey, scheme, to: province, on: dateText }),
  TransferPlanned: z.object({
    type: z.literal("TransferPlanned"),
    legs: z.array(moved.extend({ from: province, temporary: z.boolean() })),
    placeOfReceipt: z.object({ province, rule: text(40) }),
    letterDue: dateText,
  }),
  ContactLetterIssued: z.object({ type: z.literal("ContactLetterIssued"), leg, letterNo: text(64), on: dateText, due: dateText }),
  StatementReceived: z.object({ type: z.literal("StatementReceived"), leg, on: dateText, due: dateText, ...moved.shape }),
  MoneyReceived: z.object({
    type: z.literal("MoneyReceived"),
    leg,
    remittance: text(64),
    account_fen: fenPositive,
    pooled_fen: fenPositive,
    on: dateText,
  }),
  MoneyMismatchFound: z.object({
    type: z.literal("MoneyMismatchFound"),
    leg,
    stated_fen: fenPositive,
    received_fen: fenPositive,
  }),
  LegReconciled: z.object({ type: z.literal("LegReconciled"), leg, on: dateText, due: dateText }),
  LegDisputed: z.object({ type: z.literal("LegDisputed"), leg, reason }),
  DisputeSettled: z.object({ type: z.literal("DisputeSettled"), leg, note: text(200) }),
  ReminderSent: z.object({ type: z.literal("ReminderSent"), leg, step, due: dateText, on: dateText }),
  LegEscalated: z.object({ type: z.literal("LegEscalated"), leg, step, due: dateText, on: dateText }),
  LegBooked: z.object({ type: z.literal("LegBooked"), leg, on: dateText }),
  LegFailed: z.object({ type: z.literal("LegFailed"), leg, reason }),
  TransferCompleted: z.object({
    type: z.literal("TransferCompleted"),
    on: dateText,
    months_total: z.int().min(0),
    account_fen: fenPositive,
    pooled_fen: fenPositive,
    failedLegs: z.array(province),
  }),
  TransferReturned: z.object({ type: z.literal("TransferReturned"), reason, on: dateText }),
} satisfies { [T in TransferEvent["type"]]: z.ZodType<Extract<TransferEvent, { type: T }>> }

const claim = text(64)
const award = { basic_fen: fenPositive, account_fen: fenPositive, transitional_fen: fenPositive, monthly_fen: fenPositive }

export const benefitEvents = {
  BenefitClaimed: z.object({ type: z.literal("BenefitClaimed"), claim, province, from: yearMonth }),
  BenefitAwarded: z.object({ type: z.literal("BenefitAwarded"), claim, from: yearMonth, ...award }),
  BenefitRecalculated: z.object({ type: z.literal("BenefitRecalculated"), claim, from: yearMonth, reason, ...award }),
  BenefitHeld: z.object({
    type: z.literal("BenefitHeld"),
    claim,
    reason: z.enum(["SECOND_BENEFIT", "DEATH_REPORTED", "UNDER_REVIEW"]),
    other: text(120).nullable(),
  }),
  BenefitReleased: z.object({ type: z.literal("BenefitReleased"), claim, reason }),
  BenefitPaid: z.object({ type: z.literal("BenefitPaid"), claim, month: yearMonth, amount_fen: fenPositive }),
  BenefitEnded: z.object({ type: z.literal("BenefitEnded"), claim, to: yearMonth, reason }),
  BenefitOverpaid: z.object({ type: z.literal("BenefitOverpaid"), claim, amount_fen: fenPositive, reason }),
  BenefitRecovered: z.object({ type: z.literal("BenefitRecovered"), claim, receipt: text(64), amount_fen: fenPositive }),
} satisfies { [T in BenefitEvent["type"]]: z.ZodType<Extract<BenefitEvent, { type: T }>> }

const count = z.int().min(0)

export const feedEvents = {
  FeedReceived: z.object({
    type: z.literal("FeedReceived"),
    province,
    fileName: text(255),
    fileHash: text(64),
    size_bytes: count,
    format: text(16),
    encoding: text(16),
    columns: z.record(text(200), text(32)).exactOptional(),
  }),
  FeedSettled: z.object({
    type: z.literal("FeedSettled"),
    rows: count,
    events: count,
    paid_fen: fenAmount,
    accepted: count,
    unchanged: count,
    refused: count,
  }),
  ReceiptIssued: z.object({ type: z.literal("ReceiptIssued"), receiptNo: text(64), resultHash: text(64) }),
} satisfies { [T in FeedEvent["type"]]: z.ZodType<Extract<FeedEvent, { type: T }>> }

const parameterId = text(160)
const monthOrDay = z
  .string()
  .regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/)
  .describe("month YYYY-MM or day YYYY-MM-DD")
const scalar = z.union([text(200), z.number(), z.boolean()])
/** Whole fen or exact text; a list for a scale of tiers. */
const parameterValue: z.ZodType<ParameterValue, ParameterValue> = z.union([scalar, z.null(), z.array(scalar).max(100)])

export const policyEvents = {
  BaseLimitsPublished: z.object({
    type: z.literal("BaseLimitsPublished"),
    from: yearMonth,
    floor_fen: fenPositive,
    ceiling_fen: fenPositive,
    source: text(300),
  }),
  ParameterPublished: z.object({
    type: z.literal("ParameterPublished"),
    id: parameterId,
    family: z.string().regex(/^[a-z][a-z-]{1,39}$/),
    region: text(40).nullable(),
    key: text(60).nullable(),
    validFrom: monthOrDay,
    validTo: monthOrDay.nullable(),
    value: parameterValue,
    unit: z.enum(parameterUnits),
    document: text(80).nullable(),
    source: text(400),
    confidence: z.enum(parameterConfidences),
  }),
  ParameterWithdrawn: z.object({ type: z.literal("ParameterWithdrawn"), id: parameterId, reason }),
} satisfies { [T in PolicyEvent["type"]]: z.ZodType<Extract<PolicyEvent, { type: T }>> }

export const accessEvents = {
  RecordRead: z.object({
    type: z.literal("RecordRead"),
    reader: z.object({
      kind: z.enum(["agency", "center", "auditor", "platform", "person"]),
      id: text(100),
      province: province.nullable(),
    }),
    purpose: text(64),
    what: text(200),
  }),
} satisfies { [T in AccessEvent["type"]]: z.ZodType<Extract<AccessEvent, { type: T }>> }

const holder = z.union([province, z.literal("CN")]).describe("province code, or CN for the national center")

export const appealEvents = {
  AppealFiled: z.object({
    type: z.literal("AppealFiled"),
    person: personKey,
    about: z.object({
      subject: text(160),
      shown: text(120),
      validAt: yearMonth.nullable(),
      knownAt: text(40).nullable(),
      position: text(80).nullable(),
    }),
    sealed: text(8000),
    on: dateText,
  }),
  AppealAssigned: z.object({ type: z.literal("AppealAssigned"), to: holder, reason, on: dateText, due: dateText }),
  AppealAnswered: z.object({
    type: z.literal("AppealAnswered"),
    outcome: z.enum(outcomes),
    by: holder,
    reason: text(1000),
    article: text(200).nullable(),
    correction: text(500).nullable(),
    on: dateText,
  }),
  AppealSupplemented: z.object({ type: z.literal("AppealSupplemented"), sealed: text(8000), on: dateText, due: dateText }),
  AppealEscalated: z.object({ type: z.literal("AppealEscalated"), due: dateText, on: dateText }),
  AppealWithdrawn: z.object({ type: z.literal("AppealWithdrawn"), on: dateText }),
} satisfies { [T in AppealEvent["type"]]: z.ZodType<Extract<AppealEvent, { type: T }>> }

export const eventSchemas = {
  ...personEvents,
  ...enrollmentEvents,
  ...transferEvents,
  ...overlapEvents,
  ...benefitEvents,
  ...feedEvents,
  ...policyEvents,
  ...accessEvents,
  ...workpaperEvents,
  ...appealEvents,
}

export type EventType = keyof typeof eventSchemas
export type LedgerEvent =
  | PersonEvent
  | EnrollmentEvent
  | TransferEvent
  | OverlapEvent
  | BenefitEvent
  | FeedEvent
  | PolicyEvent
  | AccessEvent
  | WorkpaperEvent
  | RegisterEvent
  | AppealEvent
