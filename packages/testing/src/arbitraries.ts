/** fast-check arbitraries of the domain's own things. Small ranges on purpose: collisions are what the properties look for. */
import type { CitizenId } from "@tongzhang/domain/citizen-id"
import { checkDigit } from "@tongzhang/domain/citizen-id"
import { type ProvinceCode, type SchemeCode, provinceCodes, schemeCodes } from "@tongzhang/domain/codes"
import type { Amounts } from "@tongzhang/domain/enrollment-ledger"
import type { DateText, LineId, PersonKey } from "@tongzhang/domain/ids"
import { type YearMonth, addMonths, fromIndex, indexOf, month, monthMax, monthMin } from "@tongzhang/domain/month"
import type { MonthRange } from "@tongzhang/domain/month-set"
import type { Fen } from "@tongzhang/domain/money"
import * as fc from "fast-check"
import type { Arbitrary } from "fast-check"

/** Any month between the two, both counted; by default every month the ledger knows. */
export const anyMonth = (from: YearMonth = monthMin, to: YearMonth = monthMax): Arbitrary<YearMonth> =>
  fc.integer({ min: indexOf(from), max: indexOf(to) }).map(fromIndex)

/** A month of 2020 to 2023: near enough to each other to collide. */
export const nearMonth: Arbitrary<YearMonth> = anyMonth(month("2020-01"), month("2023-12"))

/** A closed range of 1 to `longest` months. */
export const anyRange = (start: Arbitrary<YearMonth> = nearMonth, longest = 18): Arbitrary<MonthRange> =>
  fc.tuple(start, fc.integer({ min: 0, max: longest - 1 })).map(([from, more]) => {
    const to = addMonths(from, more)
    return { from, to: to > monthMax ? monthMax : to }
  })

const hex = (length: number): Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...Array.from("0123456789abcdef")), { minLength: length, maxLength: length })
    .map((digits) => digits.join(""))

export const personKey: Arbitrary<PersonKey> = hex(32).map((text) => text as PersonKey)
export const anyProvince: Arbitrary<ProvinceCode> = fc.constantFrom(...provinceCodes)
export const anyScheme: Arbitrary<SchemeCode> = fc.constantFrom(...schemeCodes)

export const anyFen = (max = 10_000_000): Arbitrary<Fen> => fc.integer({ min: 0, max }).map((value) => value as Fen)

/** Amounts of one line: paid = employer + personal + subsidy = pooled + account, as the law of the line demands. */
export const anyAmounts: Arbitrary<Amounts> = fc
  .record({
    base_fen: anyFen(3_000_000),
    employer_fen: anyFen(500_000),
    personal_fen: anyFen(300_000),
    subsidy_fen: anyFen(10_000),
    split: fc.integer({ min: 0, max: 1_000 }),
  })
  .map(({ base_fen, employer_fen, personal_fen, subsidy_fen, split }) => {
    const paid_fen = employer_fen + personal_fen + subsidy_fen
    const account_fen = Math.floor((paid_fen * split) / 1_000) as Fen
    return { base_fen, employer_fen, personal_fen, subsidy_fen, pooled_fen: (paid_fen - account_fen) as Fen, account_fen }
  })

export const lineId = (count = 12): Arbitrary<LineId> => fc.integer({ min: 1, max: count }).map((n) => `L${n}` as LineId)

const pad = (value: number, width: number): string => String(value).padStart(width, "0")

export const anyDate: Arbitrary<DateText> = fc
  .tuple(fc.integer({ min: 1940, max: 2030 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, of, day]) => `${year}-${pad(of, 2)}-${pad(day, 2)}` as DateText)

/** A checksum-correct citizen ID number of a region code that is assigned to nobody (it begins with 99). */
export const citizenId: Arbitrary<CitizenId> = fc
  .tuple(fc.integer({ min: 990_000, max: 999_999 }), anyDate, fc.integer({ min: 1, max: 999 }))
  .map(([region, birth, serial]) => {
    const first17 = `${region}${birth.replaceAll("-", "")}${pad(serial, 3)}`
    return `${first17}${checkDigit(first17)}` as CitizenId
  })
