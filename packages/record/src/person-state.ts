/**
 * What one person's facts have come to: the private mutable accumulator of the fold. Enrollment facts are many, so they are folded
 * in place here; the rare ones (transfer, overlap, benefit) are kept as the domain's own states.
 */
import type { Benefit } from "@tongzhang/domain/benefit"
import type { Capacity, ProvinceCode, SchemeCode, Sex } from "@tongzhang/domain/codes"
import type { Enrollment } from "@tongzhang/domain/enrollment"
import type { DateText, LineId, PersonKey, TransferId } from "@tongzhang/domain/ids"
import type { YearMonth } from "@tongzhang/domain/month"
import type { MonthSet } from "@tongzhang/domain/month-set"
import type { Overlap } from "@tongzhang/domain/overlap"
import type { Transfer } from "@tongzhang/domain/transfer"
import type { Position } from "@tongzhang/event-store/port"
import { type MonthBits, noBits } from "./month-bits.js"

/** Amounts in fen, of the whole line; months as indexes. `standing` is false once reversed, and for a line that only corrects. */
export type KeptLine = {
  readonly line: LineId
  first: number
  last: number
  base_fen: number
  pooled_fen: number
  account_fen: number
  standing: boolean
}

/** A stretch of participation on the same terms; `to` null while it goes on. */
export type Spell = {
  readonly from: number
  to: number | null
  readonly capacity: Capacity
  readonly employer: string | null
  readonly temporary: boolean
  /** Why it ended: reason given by the province, or the kind of event. */
  ended: "suspended" | "closed" | "changed" | "moved" | null
  reason: string | null
}

export type MovedPart = {
  readonly transferId: TransferId
  /** Other province: where it went, or where it came from. */
  readonly province: ProvinceCode
  months: MonthSet
  readonly account_fen: number
  readonly pooled_fen: number
  readonly bases_fen: number
}

export type LastLine = {
  readonly line: LineId
  readonly from: YearMonth
  readonly to: YearMonth
  readonly base_fen: number
  readonly paidOn: DateText
}

/** One relation's share of the coverage statistics. */
export type Counted = { readonly sex: Sex | null; readonly open: number; readonly months: number; readonly account_fen: number }

export type Relation = {
  readonly province: ProvinceCode
  readonly scheme: SchemeCode
  revision: number
  status: Enrollment["status"]
  capacity: Capacity | null
  employer: string | null
  temporary: boolean
  from: YearMonth | null
  to: YearMonth | null
  months: MonthBits
  account_fen: number
  pooled_fen: number
  bases_fen: number
  received: MovedPart[]
  sent: MovedPart[]
  spells: Spell[]
  /** Months paid late (补缴) and months paid back (清退); null while there are none. */
  late: MonthBits | null
  refunded: MonthBits | null
  lastLine: LastLine | null
  interest_fen: number
  subsidy_fen: number
  /**
   * The lines kept in memory, newest last: a correction names its line, not the old amounts. Not stored: an older line is read
   * from its stream again (measured: corrections are a few in a hundred, and a 40-year relation has 480 lines).
   */
  lines: KeptLine[]
  /** Changed since it was last written; `terms` when its row in the relation table is touched too. Not stored. */
  dirty: "no" | "payment" | "terms"
  /** What the coverage table counts for it, as last written; null before that. Not stored. */
  counted: Counted | null
}

export type LegDates = {
  lettered: DateText | null
  stated: DateText | null
  received: DateText | null
  reconciled: DateText | null
  booked: DateText | null
  escalatedOn: DateText | null
  remindedOn: DateText | null
  mismatch_fen: number | null
  failure: string | null
}

export type TransferPart = {
  revision: number
  state: Transfer
  requestedOn: DateText | null
  endedOn: DateText | null
  placeOfReceipt: { readonly province: ProvinceCode; readonly rule: string } | null
  returned: string | null
  readonly dates: Map<ProvinceCode, LegDates>
}
export type OverlapPart = {
  revision: number
  state: Overlap
  /** Store time of the first and the latest event of each case, ms since 1970; not part of the digest. */
  readonly seen: Map<string, { readonly since: number; last: number }>
  /** Refund paid when a case was cleared. */
  readonly refunds: Map<string, number>
}
export type BenefitPart = { revision: number; state: Benefit; readonly heldFor: Map<string, string> }

export type PersonState = {
  readonly key: PersonKey
  /** Facts folded so far: grows with every one, so the larger count is the newer state. */
  events: number
  /** Of the newest fact folded. */
  position: Position | null
  recordedAt: number
  readonly person: {
    revision: number
    registered: boolean
    sex: Sex | null
    birthMonth: YearMonth | null
    hukou: ProvinceCode | null
    nameIndex: string | null
    /** Name and ID number, sealed under the person's own key. */
    sealed: string | null
    merged: PersonKey[]
    diedOn: DateText | null
  }
  /** By `{province}_{scheme}`. */
  readonly relations: Map<string, Relation>
  readonly transfers: Map<TransferId, TransferPart>
  /** By family. */
  readonly overlaps: Map<string, OverlapPart>
  /** By scheme. */
  readonly benefits: Map<string, BenefitPart>
  /** How many of a relation's newest lines stay in memory. */
  readonly linesKept_max: number
  /** Kinds of part changed since the rows were last written (`touch`); not stored. */
  touched: number
}

/** Bits of `touched`. */
export const touch = { person: 1, relation: 2, transfer: 4, overlap: 8, benefit: 16 } as const
export const touchedAll = 31

export const linesKept_default = 4

export const newState = (key: PersonKey, linesKept_max: number = linesKept_default): PersonState => ({
  key,
  events: 0,
  position: null,
  recordedAt: 0,
  person: {
    revision: -1,
    registered: false,
    sex: null,
    birthMonth: null,
    hukou: null,
    nameIndex: null,
    sealed: null,
    merged: [],
    diedOn: null,
  },
  relations: new Map(),
  transfers: new Map(),
  overlaps: new Map(),
  benefits: new Map(),
  linesKept_max,
  touched: 0,
})

export const newRelation = (province: ProvinceCode, scheme: SchemeCode): Relation => ({
  province,
  scheme,
  revision: -1,
  status: "none",
  capacity: null,
  employer: null,
  temporary: false,
  from: null,
  to: null,
  months: noBits(),
  account_fen: 0,
  pooled_fen: 0,
  bases_fen: 0,
  received: [],
  sent: [],
  spells: [],
  late: null,
  refunded: null,
  lastLine: null,
  interest_fen: 0,
  subsidy_fen: 0,
  lines: [],
  dirty: "no",
  counted: null,
})
