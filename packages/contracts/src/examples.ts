/** One real-looking event of each type: golden bytes, JSON Schema examples and documentation are made of them. */
import { isProvince, type ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText, LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { fen } from "@tongzhang/domain/money"
import type { EngagementId } from "@tongzhang/domain/workpaper"
import { overlapCase, overlapExamples, overlapMonths } from "./examples-overlap.js"
import type { EventType, LedgerEvent } from "./event-schemas.js"

const date = (text: string): DateText => text as DateText
const line = (text: string): LineId => text as LineId
const province = (text: string): ProvinceCode => {
  if (!isProvince(text)) throw new Error(`not a province: ${text}`)
  return text
}

const person = "0123456789abcdef0123456789abcdef" as PersonKey
const transferId = `${person}_7f3a` as TransferId
const months = [{ from: month("2019-01"), to: month("2021-06") }]
const moved = { months, account_fen: fen(1_200_000), pooled_fen: fen(1_800_000), bases_fen: fen(15_000_000) }
/** One month on a base of 5,000 yuan: 16 % employer, 8 % own. */
const paid = {
  base_fen: fen(500_000),
  employer_fen: fen(80_000),
  personal_fen: fen(40_000),
  subsidy_fen: fen(0),
  pooled_fen: fen(80_000),
  account_fen: fen(40_000),
}
const award = { basic_fen: fen(311_632), account_fen: fen(124_492), transitional_fen: fen(111_863), monthly_fen: fen(547_987) }
const leg = province("32")
const fact = {
  event: "3e4a7c52-6d1b-5f0e-9c8a-2b7d4f6a1c03",
  stream: `Enrollment-44_110_${person}`,
  revision: 17,
}
const on = date("2026-03-02")
const due = date("2026-03-23")

export const examples: { readonly [T in EventType]: Extract<LedgerEvent, { type: T }> } = {
  PersonRegistered: {
    type: "PersonRegistered",
    sex: "female",
    birthMonth: month("1988-04"),
    hukou: province("41"),
    sealed: "s1.k.bm90IGEgbmFtZQ",
    nameIndex: "5e0c1f",
  },
  IdentityCorrected: {
    type: "IdentityCorrected",
    reason: "name misspelt at first registration",
    sealed: "s1.k.bm90IGEgbmFtZQ",
    nameIndex: "77aa01",
  },
  IdentitiesMerged: {
    type: "IdentitiesMerged",
    other: "fedcba9876543210fedcba9876543210" as PersonKey,
    reason: "15-digit and 18-digit number of one person",
  },
  HukouMoved: { type: "HukouMoved", to: province("44"), on: date("2022-05-17") },
  PersonDied: { type: "PersonDied", on: date("2025-11-30") },
  EnrollmentOpened: {
    type: "EnrollmentOpened",
    from: month("2019-01"),
    capacity: "employee",
    employer: "E440001",
    temporary: false,
  },
  EnrollmentSuspended: { type: "EnrollmentSuspended", from: month("2020-02"), reason: "work stopped" },
  EnrollmentResumed: { type: "EnrollmentResumed", from: month("2020-06") },
  EnrollmentClosed: { type: "EnrollmentClosed", to: month("2021-06"), reason: "contract ended" },
  CapacityChanged: { type: "CapacityChanged", from: month("2020-07"), capacity: "flexible", employer: null },
  ContributionRecorded: {
    type: "ContributionRecorded",
    kind: "regular",
    line: line("44.2019.000001"),
    from: month("2019-01"),
    to: month("2019-01"),
    ...paid,
    paidOn: date("2019-01-15"),
  },
  ContributionCorrected: {
    type: "ContributionCorrected",
    line: line("44.2019.000001-1"),
    corrects: line("44.2019.000001"),
    reason: "base misreported",
    ...paid,
  },
  ContributionReversed: {
    type: "ContributionReversed",
    line: line("44.2019.000001-2"),
    reverses: line("44.2019.000001"),
    reason: "booked to the wrong person",
  },
  ContributionRefunded: {
    type: "ContributionRefunded",
    overlapCase,
    source: null,
    months: overlapMonths,
    refund_fen: fen(40_000),
    bases_fen: fen(500_000),
    legal: "人社部发〔2009〕187号",
  },
  SubsidyCredited: { type: "SubsidyCredited", line: line("41.2019.S1"), year: 2019, payer: "province", amount_fen: fen(12_000) },
  InterestCredited: { type: "InterestCredited", year: 2019, rate_bp: 761, amount_fen: fen(36_528) },
  TransferredOut: { type: "TransferredOut", transferId, to: province("44"), ...moved },
  TransferredIn: { type: "TransferredIn", transferId, from: leg, ...moved },
  TransferRequested: { type: "TransferRequested", person, scheme: "110", to: province("44"), on },
  TransferPlanned: {
    type: "TransferPlanned",
    legs: [{ from: leg, temporary: false, ...moved }],
    placeOfReceipt: { province: province("41"), rule: "HUKOU_FALLBACK" },
    letterDue: due,
  },
  ContactLetterIssued: { type: "ContactLetterIssued", leg, letterNo: "LXH-44-32-7f3a", on, due },
  StatementReceived: { type: "StatementReceived", leg, on, due, ...moved },
  MoneyReceived: { type: "MoneyReceived", leg, remittance: "R-1", account_fen: fen(1_200_000), pooled_fen: fen(1_800_000), on },
  MoneyMismatchFound: { type: "MoneyMismatchFound", leg, stated_fen: fen(3_000_000), received_fen: fen(2_900_000) },
  LegReconciled: { type: "LegReconciled", leg, on, due },
  LegDisputed: { type: "LegDisputed", leg, reason: "2020 is being checked by the audit office" },
  DisputeSettled: { type: "DisputeSettled", leg, note: "audit finished, nothing to change" },
  ReminderSent: { type: "ReminderSent", leg, step: "statement", due, on: date("2026-03-16") },
  LegEscalated: { type: "LegEscalated", leg, step: "statement", due, on: date("2026-03-24") },
  LegBooked: { type: "LegBooked", leg, on },
  LegFailed: { type: "LegFailed", leg, reason: "one-off payment without the document of 人社厅发〔2019〕94号" },
  TransferCompleted: {
    type: "TransferCompleted",
    on,
    months_total: 30,
    account_fen: fen(1_200_000),
    pooled_fen: fen(1_800_000),
    failedLegs: [],
  },
  TransferReturned: { type: "TransferReturned", reason: "already draws a pension (66号 Art 2)", on },
  ...overlapExamples,
  BenefitClaimed: { type: "BenefitClaimed", claim: "C-1", province: province("44"), from: month("2026-03") },
  BenefitAwarded: { type: "BenefitAwarded", claim: "C-1", from: month("2026-03"), ...award },
  BenefitRecalculated: {
    type: "BenefitRecalculated",
    claim: "C-1",
    from: month("2026-03"),
    reason: "pension base published",
    ...award,
  },
  BenefitHeld: { type: "BenefitHeld", claim: "C-2", reason: "SECOND_BENEFIT", other: "44_110_C-1" },
  BenefitReleased: { type: "BenefitReleased", claim: "C-2", reason: "other claim ended" },
  BenefitPaid: { type: "BenefitPaid", claim: "C-1", month: month("2026-03"), amount_fen: fen(547_987) },
  BenefitEnded: { type: "BenefitEnded", claim: "C-2", to: month("2026-02"), reason: "one pension only" },
  BenefitOverpaid: { type: "BenefitOverpaid", claim: "C-2", amount_fen: fen(30_000), reason: "paid after the end" },
  BenefitRecovered: { type: "BenefitRecovered", claim: "C-2", receipt: "RC-1", amount_fen: fen(30_000) },
  FeedReceived: {
    type: "FeedReceived",
    province: province("44"),
    fileName: "44-2019.csv",
    fileHash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    size_bytes: 1_048_576,
    format: "csv",
    encoding: "gb18030",
  },
  FeedSettled: {
    type: "FeedSettled",
    rows: 1000,
    events: 1210,
    paid_fen: fen(120_000_000),
    accepted: 990,
    unchanged: 5,
    refused: 5,
  },
  ReceiptIssued: {
    type: "ReceiptIssued",
    receiptNo: "HZ-44-9f86d081",
    resultHash: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
  },
  BaseLimitsPublished: {
    type: "BaseLimitsPublished",
    from: month("2025-07"),
    floor_fen: fen(451_500),
    ceiling_fen: fen(2_654_100),
    source: "yearly notice of the province",
  },
  ParameterPublished: {
    type: "ParameterPublished",
    id: "pension-base/11/2025",
    family: "pension-base",
    region: null,
    key: null,
    validFrom: "2025-01",
    validTo: "2025-12",
    value: 1_204_900,
    unit: "fen",
    document: "京人社发〔2025〕13号",
    source: "notice of the province",
    confidence: "official",
  },
  ParameterWithdrawn: { type: "ParameterWithdrawn", id: "pension-base/11/2025", reason: "a digit of the notice was misread" },
  RecordRead: {
    type: "RecordRead",
    reader: { kind: "auditor", id: "auditor-7", province: null },
    purpose: "audit",
    what: "record, revealed",
  },
  EngagementOpened: {
    type: "EngagementOpened",
    title: "2025 年度养老保险转移接续审计",
    scope: "转出金额、重复缴费清退与欠费补缴",
    province: province("44"),
    scheme: "110",
    from: date("2025-01-01"),
    to: date("2025-12-31"),
    auditor: "auditor-7",
  },
  SampleDrawn: {
    type: "SampleDrawn",
    sample: "S1",
    seed: "2026-审-01",
    method: "monetary",
    size: 1,
    upTo: "0000000000000001c2",
    province: province("44"),
    scheme: "110",
    recorded: { from: date("2025-01-01"), to: date("2025-12-31") },
    facts: 412,
    amount_fen: fen(98_765_432),
    items: [
      {
        ...fact,
        type: "ContributionRecorded@1",
        position: "00000000000000009f",
        amount_fen: fen(120_000),
        stratum: "44 110 ContributionRecorded <10^4",
        hits: 1,
      },
    ],
    by: "auditor-7",
  },
  NoteWritten: {
    type: "NoteWritten",
    note: "N1",
    about: { kind: "item", sample: "S1", event: fact.event },
    result: "exception",
    text: "缴费基数低于当年下限，单位未提供工资台账",
    by: "auditor-7",
  },
  FindingRaised: {
    type: "FindingRaised",
    finding: "F1",
    severity: "moderate",
    title: "缴费基数低于下限",
    rule: "社会保险法 Art 12",
    evidence: [fact],
    amount_fen: fen(23_400),
    recommendation: "补足差额并核对同单位其他职工",
    by: "auditor-7",
  },
  FindingResolved: { type: "FindingResolved", finding: "F1", reason: "已补缴，见 2026-04 更正流水", by: "auditor-7" },
  FindingWithdrawn: { type: "FindingWithdrawn", finding: "F2", reason: "所引文件当时尚未施行", by: "auditor-7" },
  CheckRecorded: {
    type: "CheckRecorded",
    job: "0b1f6a34-83ce-4a49-a2a4-0d2b7a3b6c55",
    check: "fsck",
    ok: true,
    upTo: "0000000000000001c8",
    events: 73_512,
    persons: 2_000,
    first: null,
    by: "auditor-7",
  },
  EngagementReviewed: { type: "EngagementReviewed", opinion: "样本可重抽，证据与结论相符", by: "auditor-9" },
  EngagementClosed: {
    type: "EngagementClosed",
    conclusion: "除 F1 外未发现重大差异",
    position: "0000000000000001d0",
    checkpoint: null,
    by: "auditor-7",
  },
  EngagementRegistered: { type: "EngagementRegistered", engagement: "AUD2026.01" as EngagementId },
  AppealFiled: {
    type: "AppealFiled",
    person,
    about: {
      subject: "relation:44_110:account_fen",
      shown: "¥12,480.00",
      validAt: null,
      knownAt: null,
      position: "000000000042",
    },
    sealed: "s1.k.bm90IGEgbmFtZQ",
    on,
  },
  AppealAssigned: {
    type: "AppealAssigned",
    to: province("44"),
    reason: "reported the number's newest fact",
    on,
    due: date("2026-05-01"),
  },
  AppealAnswered: {
    type: "AppealAnswered",
    outcome: "upheld",
    by: province("44"),
    reason: "the employer's payment of 2026-01 was booked to another line",
    article: "社会保险法 Art 63",
    correction: "2026-01 will be booked with the next monthly file",
    on: date("2026-03-20"),
  },
  AppealSupplemented: {
    type: "AppealSupplemented",
    sealed: "s1.k.bm90IGEgbmFtZQ",
    on: date("2026-03-25"),
    due: date("2026-05-24"),
  },
  AppealEscalated: { type: "AppealEscalated", due: date("2026-05-24"), on: date("2026-05-25") },
  AppealWithdrawn: { type: "AppealWithdrawn", on: date("2026-03-26") },
}
