/** The read model's tables (PostgreSQL). All of it is a fold of the facts: nothing here is the truth, everything can be dropped. */
import type { Capacity, ProvinceCode, SchemeCode, Sex } from "@tongzhang/domain/codes"
import type { OverlapKind } from "@tongzhang/domain/overlap"
import type { ColumnType, Kysely } from "kysely"

/** bigint comes back as a number: amounts are safe integers by the fold's own check. */
type Fen = number
type Millis = number

export type PersonRecordTable = {
  person_key: string
  /** JSON of `encodeState`. */
  state: ColumnType<string, string, string>
  sex: Sex | null
  hukou: ProvinceCode | null
  birth_month: string | null
  died_on: string | null
  name_index: string | null
  events: number
  position: string
  /** Store time of the newest fact folded, ms since 1970. */
  recorded_at: Millis
}

/** Terms of a relation, for lists and searches; what changes with every payment is in the state and in `coverage`. */
export type RelationTable = {
  person_key: string
  province: ProvinceCode
  scheme: SchemeCode
  revision: number
  status: string
  capacity: Capacity | null
  employer: string | null
  temporary: boolean
  sex: Sex | null
  from_month: string | null
  to_month: string | null
}

/** Statistics, kept by adding differences: exact, because they move with the states and the checkpoint. */
export type CoverageTable = {
  province: ProvinceCode
  scheme: SchemeCode
  /** Empty: enrolled, but not yet registered as a person. */
  sex: Sex | ""
  relations: number
  open: number
  months: number
  account_fen: Fen
}

/** What the facts recorded on one day (in China) changed in the coverage of one month; see coverage-months.ts. */
export type CoverageMonthTable = {
  province: ProvinceCode
  scheme: SchemeCode
  /** Empty: the province never said. */
  capacity: Capacity | ""
  sex: Sex | ""
  month: string
  known_on: string
  /** Relations with this month paid. */
  paid: number
  /** Participations that begin in this month, less those that ended with the month before: summed over the months, those in force. */
  entered: number
}

export type TransferTable = {
  transfer_id: string
  person_key: string
  revision: number
  scheme: SchemeCode
  status: string
  to_province: ProvinceCode
  requested_on: string | null
  ended_on: string | null
  legs: number
  legs_open: number
  escalated: boolean
  /** Earliest due date among the open legs. */
  due: string | null
}

export type TransferLegTable = {
  transfer_id: string
  from_province: ProvinceCode
  revision: number
  outcome: string
  /** What it waits for: letter, statement, money, booking; null when ended. */
  step: string | null
  due: string
  letter_no: string | null
  disputed: string | null
  escalated: boolean
  months: number
  account_fen: Fen
  pooled_fen: Fen
}

export type OverlapCaseTable = {
  person_key: string
  case_id: string
  family: string
  revision: number
  kind: OverlapKind
  status: string
  side_a: string
  side_b: string
  province_a: string
  province_b: string
  months: number
  recommended: string | null
  keep: string | null
  since: Millis
}

export type BenefitClaimTable = {
  person_key: string
  scheme: SchemeCode
  claim: string
  revision: number
  province: ProvinceCode
  status: string
  held: string | null
  held_for: string | null
  from_month: string
  to_month: string | null
  monthly_fen: Fen | null
  paid_fen: Fen
  overpaid_fen: Fen
  recovered_fen: Fen
}

export type FeedTable = {
  province: ProvinceCode
  feed_id: string
  revision: number
  file_name: string | null
  file_hash: string | null
  format: string | null
  encoding: string | null
  size_bytes: number | null
  rows: number | null
  events: number | null
  accepted: number | null
  unchanged: number | null
  refused: number | null
  paid_fen: Fen | null
  receipt_no: string | null
  received_at: Millis | null
  settled_at: Millis | null
}

export type FreshnessTable = {
  province: ProvinceCode
  received_at: Millis | null
  settled_at: Millis | null
  /** Store time of the newest enrollment fact of the province. */
  last_event_at: Millis | null
  feeds: number
  rows: number
}

export type BaseLimitTable = {
  province: ProvinceCode
  from_month: string
  revision: number
  floor_fen: Fen
  ceiling_fen: Fen
  source: string
}

export type QuarantineTable = {
  person_key: string
  stream: string
  revision: number
  cause: string
  since: Millis
  attempts: number
}

export type CheckpointTable = { name: string; position: string }

export type Tables = {
  person_record: PersonRecordTable
  relation: RelationTable
  coverage: CoverageTable
  coverage_month: CoverageMonthTable
  transfer: TransferTable
  transfer_leg: TransferLegTable
  overlap_case: OverlapCaseTable
  benefit_claim: BenefitClaimTable
  feed: FeedTable
  freshness: FreshnessTable
  base_limit: BaseLimitTable
  quarantine: QuarantineTable
  checkpoint: CheckpointTable
}

export type Db = Kysely<Tables>

export const tableNames = [
  "person_record",
  "relation",
  "coverage",
  "coverage_month",
  "transfer",
  "transfer_leg",
  "overlap_case",
  "benefit_claim",
  "feed",
  "freshness",
  "base_limit",
  "quarantine",
  "checkpoint",
] as const satisfies readonly (keyof Tables)[]
