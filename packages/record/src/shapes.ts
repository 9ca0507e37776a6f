/** Shape of each table: columns, key, and which rows may overwrite which. */
import type { Tables } from "./tables.js"

export type TableShape = {
  readonly table: keyof Tables
  /** Column -> PostgreSQL type. A `json` column's value is text that is JSON already. */
  readonly columns: Readonly<Record<string, string>>
  readonly key: readonly string[]
  /** A row is overwritten only when this column grows or stays. */
  readonly guard?: string
  /** Columns that keep what they had where the new row says null. */
  readonly keepIfNull?: boolean
  /** Columns are added to what they had. */
  readonly adds?: boolean
}

/** One row, column -> value; taken at one moment, so that it may be written later. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

const money = "bigint"
export const shapes = {
  person: {
    table: "person_record",
    columns: {
      person_key: "text",
      state: "json",
      sex: "text",
      hukou: "text",
      birth_month: "text",
      died_on: "text",
      name_index: "text",
      events: "integer",
      position: "text",
      recorded_at: "bigint",
    },
    key: ["person_key"],
    guard: "events",
  },
  relation: {
    table: "relation",
    columns: {
      person_key: "text",
      province: "text",
      scheme: "text",
      revision: "integer",
      status: "text",
      capacity: "text",
      employer: "text",
      temporary: "boolean",
      sex: "text",
      from_month: "text",
      to_month: "text",
    },
    key: ["person_key", "province", "scheme"],
    guard: "revision",
  },
  coverage: {
    table: "coverage",
    columns: {
      province: "text",
      scheme: "text",
      sex: "text",
      relations: "bigint",
      open: "bigint",
      months: "bigint",
      account_fen: money,
    },
    key: ["province", "scheme", "sex"],
    adds: true,
  },
  coverageMonth: {
    table: "coverage_month",
    columns: {
      province: "text",
      scheme: "text",
      capacity: "text",
      sex: "text",
      month: "text",
      known_on: "text",
      paid: "bigint",
      entered: "bigint",
    },
    key: ["scheme", "month", "known_on", "province", "capacity", "sex"],
    adds: true,
  },
  transfer: {
    table: "transfer",
    columns: {
      transfer_id: "text",
      person_key: "text",
      revision: "integer",
      scheme: "text",
      status: "text",
      to_province: "text",
      requested_on: "text",
      ended_on: "text",
      legs: "integer",
      legs_open: "integer",
      escalated: "boolean",
      due: "text",
    },
    key: ["transfer_id"],
    guard: "revision",
  },
  leg: {
    table: "transfer_leg",
    columns: {
      transfer_id: "text",
      from_province: "text",
      revision: "integer",
      outcome: "text",
      step: "text",
      due: "text",
      letter_no: "text",
      disputed: "text",
      escalated: "boolean",
      months: "integer",
      account_fen: money,
      pooled_fen: money,
    },
    key: ["transfer_id", "from_province"],
    guard: "revision",
  },
  overlap: {
    table: "overlap_case",
    columns: {
      person_key: "text",
      case_id: "text",
      family: "text",
      revision: "integer",
      kind: "text",
      status: "text",
      side_a: "text",
      side_b: "text",
      province_a: "text",
      province_b: "text",
      months: "integer",
      recommended: "text",
      keep: "text",
      since: "bigint",
    },
    key: ["person_key", "case_id"],
    guard: "revision",
  },
  claim: {
    table: "benefit_claim",
    columns: {
      person_key: "text",
      scheme: "text",
      claim: "text",
      revision: "integer",
      province: "text",
      status: "text",
      held: "text",
      held_for: "text",
      from_month: "text",
      to_month: "text",
      monthly_fen: money,
      paid_fen: money,
      overpaid_fen: money,
      recovered_fen: money,
    },
    key: ["person_key", "scheme", "claim"],
    guard: "revision",
  },
  feed: {
    table: "feed",
    columns: {
      province: "text",
      feed_id: "text",
      revision: "integer",
      file_name: "text",
      file_hash: "text",
      format: "text",
      encoding: "text",
      size_bytes: "bigint",
      rows: "integer",
      events: "integer",
      accepted: "integer",
      unchanged: "integer",
      refused: "integer",
      paid_fen: money,
      receipt_no: "text",
      received_at: "bigint",
      settled_at: "bigint",
    },
    key: ["province", "feed_id"],
    guard: "revision",
    keepIfNull: true,
  },
  freshness: {
    table: "freshness",
    columns: {
      province: "text",
      received_at: "bigint",
      settled_at: "bigint",
      last_event_at: "bigint",
      feeds: "integer",
      rows: "bigint",
    },
    key: ["province"],
  },
  limit: {
    table: "base_limit",
    columns: { province: "text", from_month: "text", revision: "integer", floor_fen: money, ceiling_fen: money, source: "text" },
    key: ["province", "from_month"],
    guard: "revision",
  },
  quarantine: {
    table: "quarantine",
    columns: { person_key: "text", stream: "text", revision: "integer", cause: "text", since: "bigint", attempts: "integer" },
    key: ["person_key"],
  },
} as const satisfies Readonly<Record<string, TableShape>>
