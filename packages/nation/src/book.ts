/**
 * The books of one person: every act a province will report, with the day it is reported, and the months that stand paid.
 * Days are chosen so that a relation's acts arrive in an order its rules accept: open, pay, suspend or close, resume, open again.
 */
import type { Command } from "@tongzhang/contracts/commands"
import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { DateText, LineId } from "@tongzhang/domain/ids"
import { addMonths, type YearMonth, yearOf } from "@tongzhang/domain/month"
import { add, empty, type MonthSet, remove } from "@tongzhang/domain/month-set"
import { type Fen, fen } from "@tongzhang/domain/money"
import type { Payment } from "./amounts.js"
import type { Expected } from "./noise.js"

export type Entry = {
  readonly province: ProvinceCode
  readonly on: DateText
  readonly command: Command
  /** Only where intake must not accept the row. */
  readonly expected?: Expected
}

/** Who the books are about. */
export type Who = { readonly citizenId: string; readonly name: string; readonly hukou: ProvinceCode }

export type Relation = { readonly province: ProvinceCode; readonly scheme: SchemeCode }
export const sideOf = ({ province, scheme }: Relation): string => `${province}_${scheme}`

export type PaidLine = { readonly line: LineId; readonly from: YearMonth; readonly to: YearMonth; readonly paidOn: DateText }

export type Book = {
  readonly entries: () => readonly Entry[]
  /** By side: months that stand paid. */
  readonly paid: ReadonlyMap<string, MonthSet>
  readonly account: ReadonlyMap<string, ReadonlyMap<number, Fen>>
  readonly has: (relation: Relation) => boolean
  readonly register: (on: YearMonth) => void
  readonly open: (relation: Relation, from: YearMonth, capacity: Capacity, employer: string | null, temporary?: boolean) => void
  readonly change: (relation: Relation, from: YearMonth, capacity: Capacity, employer: string | null) => void
  readonly suspend: (relation: Relation, from: YearMonth) => void
  readonly resume: (relation: Relation, from: YearMonth) => void
  readonly close: (relation: Relation, to: YearMonth, reason: string) => void
  readonly pay: (relation: Relation, from: YearMonth, to: YearMonth, payment: Payment, late?: YearMonth) => PaidLine
  readonly correct: (relation: Relation, wrong: PaidLine, payment: Payment, on: YearMonth) => void
  readonly reverse: (relation: Relation, wrong: PaidLine, on: YearMonth, reason: string) => void
  readonly subsidise: (relation: Relation, year: number, payer: string, amount_fen: Fen) => void
  readonly interest: (relation: Relation, year: number, rate_bp: number, amount_fen: Fen) => void
  /** An act of the benefit side; it has no rule of order with the payments. */
  readonly add: (province: ProvinceCode, on: DateText, command: Command, expected?: Expected) => void
}

const day = (month: YearMonth, dayOfMonth: number): DateText => `${month}-${String(dayOfMonth).padStart(2, "0")}` as DateText

export const openBook = (who: Who, personNo: number): Book => {
  const entries: Entry[] = []
  const paid = new Map<string, MonthSet>()
  const account = new Map<string, Map<number, Fen>>()
  const { citizenId, name, hukou } = who
  let lines = 0
  const report = (province: ProvinceCode, on: DateText, command: Command, expected?: Expected): void =>
    void entries.push({ province, on, command, ...(expected === undefined ? {} : { expected }) })
  const about = ({ scheme }: Relation) => ({ citizenId, name, scheme })
  const newLine = ({ province, scheme }: Relation): LineId =>
    `${province}${scheme}-${String(personNo).padStart(7, "0")}-${String(++lines).padStart(3, "0")}` as LineId
  const credit = (relation: Relation, year: number, amount_fen: number): void => {
    const years = account.get(sideOf(relation)) ?? new Map<number, Fen>()
    years.set(year, fen((years.get(year) ?? 0) + amount_fen))
    account.set(sideOf(relation), years)
  }
  return {
    entries: () =>
      entries
        .map((entry, i) => ({ entry, i }))
        .sort((a, b) => (a.entry.on < b.entry.on ? -1 : a.entry.on > b.entry.on ? 1 : a.i - b.i))
        .map(({ entry }) => entry),
    paid,
    account,
    has: (relation) => paid.has(sideOf(relation)),
    register: (on) => report(hukou, day(on, 1), { act: "register", citizenId, name, hukou }),
    open: (relation, from, capacity, employer, temporary = false) => {
      paid.set(sideOf(relation), paid.get(sideOf(relation)) ?? empty)
      report(relation.province, day(from, 2), { act: "open", ...about(relation), hukou, from, capacity, employer, temporary })
    },
    change: (relation, from, capacity, employer) =>
      report(relation.province, day(from, 3), { act: "change", ...about(relation), from, capacity, employer }),
    suspend: (relation, from) =>
      report(relation.province, day(addMonths(from, -1), 28), { act: "suspend", ...about(relation), from, reason: "中断就业" }),
    resume: (relation, from) => report(relation.province, day(from, 1), { act: "resume", ...about(relation), from }),
    close: (relation, to, reason) => report(relation.province, day(to, 28), { act: "close", ...about(relation), to, reason }),
    pay: (relation, from, to, payment, late) => {
      const line = newLine(relation)
      const paidOn = day(late ?? to, 6 + (lines % 20))
      const kind = late === undefined ? "regular" : "late"
      paid.set(sideOf(relation), add(paid.get(sideOf(relation)) ?? empty, from, to))
      credit(relation, yearOf(to), payment.account_fen)
      report(relation.province, paidOn, { act: "contribute", ...about(relation), line, kind, from, to, paidOn, ...payment })
      return { line, from, to, paidOn }
    },
    correct: (relation, wrong, payment, on) =>
      report(relation.province, day(on, 27), {
        act: "correct",
        ...about(relation),
        line: newLine(relation),
        corrects: wrong.line,
        reason: "基数申报有误",
        ...payment,
      }),
    reverse: (relation, wrong, on, reason) => {
      const side = sideOf(relation)
      paid.set(side, remove(paid.get(side) ?? empty, wrong.from, wrong.to))
      report(relation.province, day(on, 27), {
        act: "reverse",
        ...about(relation),
        line: newLine(relation),
        reverses: wrong.line,
        reason,
      })
    },
    subsidise: (relation, year, payer, amount_fen) => {
      const line = newLine(relation)
      credit(relation, year, amount_fen)
      report(relation.province, `${year}-12-28` as DateText, {
        act: "subsidise",
        ...about(relation),
        line,
        year,
        payer,
        amount_fen,
      })
    },
    interest: (relation, year, rate_bp, amount_fen) => {
      credit(relation, year, amount_fen)
      report(relation.province, `${year + 1}-07-01` as DateText, {
        act: "credit_interest",
        ...about(relation),
        year,
        rate_bp,
        amount_fen,
      })
    },
    add: report,
  }
}
