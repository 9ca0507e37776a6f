/** The unified record as people and programs read it. Months `YYYY-MM`, money in fen, names of parties as GB/T 2260 codes. */
import { capacities, type Family } from "@tongzhang/domain/codes"
import { z } from "zod"

export const families = ["pension", "medical", "unemployment", "injury", "maternity"] as const satisfies readonly Family[]

const family = z.enum(families)
const month = z.string()
const fen = z.int()
const count = z.int().min(0)
const range = z.object({ from: month, to: month })
const ranges = z.array(range)
const province = z.string()
const scheme = z.string()
const capacity = z.enum(capacities).nullable()

const moved = z.object({
  transferId: z.string(),
  province,
  months: count,
  ranges,
  account_fen: fen,
  pooled_fen: fen,
  bases_fen: fen,
})

export const relationView = z.object({
  province,
  scheme,
  family,
  /** Status at the valid date, where one was asked for. */
  status: z.enum(["none", "open", "suspended", "closed", "moved"]),
  capacity,
  employer: z.string().nullable(),
  temporary: z.boolean(),
  from: month.nullable(),
  to: month.nullable(),
  months_paid: count,
  months_standing: count,
  ranges,
  account_fen: fen,
  pooled_fen: fen,
  bases_fen: fen,
  interest_fen: fen,
  subsidy_fen: fen,
  transferredIn: z.array(moved),
  transferredOut: z.array(moved),
  lastLine: z.object({ line: z.string(), from: month, to: month, base_fen: fen, paidOn: z.string() }).nullable(),
})

const party = z.object({ province, scheme, capacity })

export const cell = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  party.extend({ kind: z.literal("counted") }),
  /** Counted in `province`, paid in `paidIn`. */
  party.extend({ kind: z.literal("transferred"), paidIn: province }),
  /** Left one province and not yet booked in the other. */
  z.object({ kind: z.literal("in_transit"), from: province, to: province, scheme }),
  z.object({ kind: z.literal("overlap"), parties: z.array(party) }),
])

export const segment = z.object({
  family,
  province,
  scheme,
  capacity,
  employer: z.string().nullable(),
  from: month,
  to: month,
  months: count,
  /** Where it was paid, when another province brought it in. */
  paidIn: province.nullable(),
})

export const gapReasons = ["NOT_PAID", "SUSPENDED", "CLOSED", "REFUNDED", "IN_TRANSIT", "NOT_ENROLLED"] as const

export const gap = z.object({
  family,
  from: month,
  to: month,
  months: count,
  why: z.enum(gapReasons),
  zh: z.string(),
  en: z.string(),
  /** The relation that stopped, if any. */
  province: province.nullable(),
  /** First month of the whole stretch without a counted month. */
  since: month,
  /** The province's own words. */
  reason: z.string().nullable(),
})

const familyTotals = z.object({
  family,
  /** Each calendar month once, however many relations paid it. */
  months_total: count,
  months_by_scheme: z.record(z.string(), count),
  months_overlapping: count,
  months_in_transit: count,
  account_fen: fen,
  pooled_fen: fen,
  bases_fen: fen,
})

export const legView = z.object({
  from: province,
  outcome: z.enum(["open", "booked", "failed"]),
  waitsFor: z.enum(["letter", "statement", "money", "booking"]).nullable(),
  due: z.string(),
  escalated: z.boolean(),
  letterNo: z.string().nullable(),
  months: count,
  account_fen: fen,
  pooled_fen: fen,
  received_fen: fen,
  mismatch_fen: fen.nullable(),
  disputed: z.string().nullable(),
  failure: z.string().nullable(),
  lettered: z.string().nullable(),
  stated: z.string().nullable(),
  received: z.string().nullable(),
  reconciled: z.string().nullable(),
  booked: z.string().nullable(),
})

export const transferView = z.object({
  transferId: z.string(),
  scheme,
  to: province,
  status: z.enum(["none", "requested", "planned", "completed", "returned"]),
  open: z.boolean(),
  requestedOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  returned: z.string().nullable(),
  placeOfReceipt: z.object({ province, rule: z.string() }).nullable(),
  legs: z.array(legView),
})

export const overlapView = z.object({
  case: z.string(),
  family: z.string(),
  kind: z.string(),
  status: z.enum(["open", "decided", "cleared", "dismissed", "dissolved"]),
  open: z.boolean(),
  sides: z.array(z.string()),
  months: count,
  ranges,
  recommended: z.string().nullable(),
  options: z.array(z.object({ keep: z.string(), drop: z.string(), months: ranges, refund_fen: fen, legal: z.string() })),
  keep: z.string().nullable(),
  refunded_fen: fen.nullable(),
})

export const benefitView = z.object({
  scheme,
  claim: z.string(),
  province,
  status: z.enum(["claimed", "awarded", "ended"]),
  held: z.enum(["SECOND_BENEFIT", "DEATH_REPORTED", "UNDER_REVIEW"]).nullable(),
  heldFor: z.string().nullable(),
  from: month,
  to: month.nullable(),
  monthly_fen: fen.nullable(),
  basic_fen: fen.nullable(),
  account_fen: fen.nullable(),
  transitional_fen: fen.nullable(),
  months_paid: count,
  paid_fen: fen,
  overpaid_fen: fen,
  recovered_fen: fen,
})

export const indicatorCodes = [
  "LATE_PAYMENT",
  "GAP",
  "OVERLAP",
  "LOW_BASE",
  "TEMPORARY_ACCOUNT",
  "TRANSFER_OPEN",
  "TRANSFER_ESCALATED",
  "BENEFIT_HELD",
  "DECEASED_STILL_ENROLLED",
  "NOT_REGISTERED",
] as const

export const indicator = z.object({
  code: z.enum(indicatorCodes),
  zh: z.string(),
  en: z.string(),
  /** What it is about: family, province, transfer or claim. */
  subject: z.string().nullable(),
  months: count.nullable(),
})

export const unifiedRecordSchema = z.object({
  person: z.object({
    key: z.string(),
    registered: z.boolean(),
    sex: z.enum(["male", "female"]).nullable(),
    birthMonth: month.nullable(),
    hukou: province.nullable(),
    diedOn: z.string().nullable(),
    merged: z.array(z.string()),
  }),
  asOf: z.object({
    /** Months after it are left out; null: everything known. */
    validAt: month.nullable(),
    /** Facts folded, the newest one's position in the ledger and its time, ms since 1970. */
    events: count,
    position: z.string().nullable(),
    recordedAt: z.int(),
  }),
  relations: z.array(relationView),
  /** family -> year -> twelve cells, January first. */
  months: z.record(z.string(), z.record(z.string(), z.array(cell))),
  segments: z.array(segment),
  gaps: z.array(gap),
  totals: z.object({ families: z.array(familyTotals), account_fen: fen, pooled_fen: fen }),
  cases: z.object({
    transfers: z.array(transferView),
    overlaps: z.array(overlapView),
    holds: z.array(z.object({ scheme, claim: z.string(), province, reason: z.string(), other: z.string().nullable() })),
  }),
  benefits: z.array(benefitView),
  indicators: z.array(indicator),
})

export type UnifiedRecord = z.infer<typeof unifiedRecordSchema>
export type Cell = z.infer<typeof cell>
export type RelationView = z.infer<typeof relationView>
export type Segment = z.infer<typeof segment>
export type Gap = z.infer<typeof gap>
export type FamilyTotals = z.infer<typeof familyTotals>
export type TransferView = z.infer<typeof transferView>
export type OverlapView = z.infer<typeof overlapView>
export type BenefitView = z.infer<typeof benefitView>
export type Indicator = z.infer<typeof indicator>
