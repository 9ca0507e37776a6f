/** Draft of the statement 信息表 from the origin's ledger, with the form's own codes and its control sums. */
import { type ProvinceCode, provinces } from "@tongzhang/domain/codes"
import type { Enrollment, Moved } from "@tongzhang/domain/enrollment"
import { sumOver } from "@tongzhang/domain/enrollment-ledger"
import type { DateText } from "@tongzhang/domain/ids"
import { type YearMonth, month, monthMax, monthMin, yearOf } from "@tongzhang/domain/month"
import { first, intersection, last, type MonthSet, months, ofRange, size } from "@tongzhang/domain/month-set"
import { type Fen, fen, fraction, zero } from "@tongzhang/domain/money"
import { type Citation, citations } from "@tongzhang/law/citation"
import { movedOf } from "./moved.js"

export type ControlSum = { readonly rule: string; readonly left: number; readonly right: number; readonly holds: boolean }

/** One row per place and year of 信息表(二). Money in fen. */
export type YearRow = {
  readonly AAB299: string
  readonly AAB300: string
  readonly AAE001: number
  readonly AAE041: YearMonth
  readonly AAE042: YearMonth
  readonly AAE202: number
  readonly AAE180: Fen
  readonly AAE381: Fen
}

export type StatementDraft = {
  readonly moved: Moved
  readonly form: {
    readonly AAE030: YearMonth | null
    readonly AAE031: YearMonth | null
    readonly AAE201: number
    readonly AAE035: DateText
    readonly AIC093: Fen
    readonly AIC089: Fen
    readonly AIC082: Fen
    readonly AIC083: Fen
    readonly AIC084: Fen
    readonly AIC102: Fen
    readonly AAE473: "0" | "1"
  }
  readonly years: readonly YearRow[]
  readonly controlSums: readonly ControlSum[]
  readonly citation: Citation
}

const ofYear = (set: MonthSet, year: number): MonthSet => intersection(set, ofRange(month(`${year}-01`), month(`${year}-12`)))

const yearRows = (province: ProvinceCode, origin: Enrollment): YearRow[] => {
  const own = origin.ledger.months
  const years = [...new Set(months(own).map(yearOf))]
  return years.flatMap((year) => {
    const set = ofYear(own, year)
    const [from, to] = [first(set), last(set)]
    if (from === null || to === null) return []
    const bases_fen = sumOver(origin.ledger, set, "base_fen")
    return [
      {
        AAB299: `${province}0000`,
        AAB300: provinces[province].zh,
        AAE001: year,
        AAE041: from,
        AAE042: to,
        AAE202: size(set),
        AAE180: fraction(bases_fen, 1, size(set), "half_up"),
        AAE381: sumOver(origin.ledger, set, "account_fen"),
      },
    ]
  })
}

const equal = (rule: string, left: number, right: number): ControlSum => ({ rule, left, right, holds: left === right })

/** @param on day of the draft; its year is the 调转当年 whose principal is kept apart (AIC082) */
export const statementDraft = (province: ProvinceCode, origin: Enrollment, on: DateText): StatementDraft => {
  const moved = movedOf(origin)
  const { ledger } = origin
  const year = Number(on.slice(0, 4))
  const before1998 = intersection(ledger.months, ofRange(monthMin, month("1997-12")))
  const thisYear = intersection(ledger.months, ofRange(month(`${year}-01`), monthMax))
  const AIC083 = moved.account_fen
  const AIC093 = fen(Math.min(sumOver(ledger, before1998, "account_fen"), AIC083))
  const AIC082 = fen(Math.min(sumOver(ledger, thisYear, "account_fen"), AIC083 - AIC093))
  const AIC089 = fen(AIC083 - AIC093 - AIC082)
  const AAE201 = size(ledger.months)
  const AIC102 = fen(moved.account_fen + moved.pooled_fen)
  const years = yearRows(province, origin)
  const [AAE030, AAE031] = [first(ledger.months), last(ledger.months)]
  return {
    moved,
    form: {
      AAE030,
      AAE031,
      AAE201,
      AAE035: on,
      AIC093,
      AIC089: AIC089 < 0 ? zero : AIC089,
      AIC082,
      AIC083,
      AIC084: moved.pooled_fen,
      AIC102,
      AAE473: origin.temporary ? "1" : "0",
    },
    years,
    controlSums: [
      equal("AIC083 = AIC093 + AIC089 + AIC082", AIC083, AIC093 + AIC089 + AIC082),
      equal("AIC102 = AIC083 + AIC084", AIC102, AIC083 + moved.pooled_fen),
      equal(
        "Σ AAE202 = AAE201",
        years.reduce((sum, row) => sum + row.AAE202, 0),
        AAE201,
      ),
    ],
    citation: origin.temporary ? citations.temporaryAccount : citations.transferMoney,
  }
}
