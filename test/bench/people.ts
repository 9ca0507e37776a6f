/** Persons made for a question: forty years in six provinces, and persons about to become duplicates. */
import type { Command } from "@tongzhang/contracts/commands"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { DateText, LineId } from "@tongzhang/domain/ids"
import { addMonths, month, monthsOf, type YearMonth } from "@tongzhang/domain/month"
import { baseFor, monthlyPayment, type Payment } from "@tongzhang/nation/amounts"
import { openBook, type Relation, type Who } from "@tongzhang/nation/book"
import type { Reported } from "@tongzhang/nation/feeds"
import { fictionalId } from "@tongzhang/nation/ids"

const level_percent = 120
const paymentOf = ({ province, scheme }: Relation, at: YearMonth): Payment =>
  monthlyPayment(scheme, "employee", province, at, at, baseFor(province, at, at, level_percent))

const whoIs = (area: number, serial: number, birth: string): Who => ({
  citizenId: fictionalId(area, birth, serial, "female"),
  name: "测远行",
  hukou: "41",
})

export const longProvinces: readonly ProvinceCode[] = ["41", "32", "33", "31", "44", "11"]
const longFrom = month("1986-11")
const monthsEach = 80

export type Made = { readonly who: Who; readonly reported: Reported }

/** Employee pension and medical insurance for 480 months, 80 in each of six provinces: about 1,000 events. */
export const longPerson = (serial: number): Made => {
  const who = whoIs(9_910, serial, "19661005")
  const book = openBook(who, 9_910_000 + serial)
  longProvinces.forEach((province, i) => {
    const from = addMonths(longFrom, i * monthsEach)
    const to = addMonths(from, monthsEach - 1)
    for (const scheme of ["110", "310"] as const) {
      const relation = { province, scheme }
      book.open(relation, from, "employee", `${province}-E-40`)
      for (const at of monthsOf(from, to)) book.pay(relation, at, at, paymentOf(relation, at))
      if (i < longProvinces.length - 1) book.close(relation, to, "离职")
    }
  })
  return { who, reported: reported(book.entries(), who, 9_910_000 + serial) }
}

const reported = (entries: Reported["entries"], who: Who, index: number): Reported => ({
  index,
  citizenId: who.citizenId,
  entries,
  duplicates: [],
  nearMisses: [],
  quiet: true,
})

export const here: Relation = { province: "31", scheme: "110" }
export const there: Relation = { province: "32", scheme: "110" }
/** The month paid here already that will be paid there, too. */
export const doubled = month("2026-03")

/** Insured in two provinces, paid in one so far: the next payment there opens a case. */
export const almostDuplicate = (serial: number): Made => {
  const who = whoIs(9_911, serial, "19900214")
  const book = openBook(who, 9_911_000 + serial)
  book.open(here, month("2026-01"), "employee", "31-E-1")
  for (const at of monthsOf(month("2026-01"), month("2026-06"))) book.pay(here, at, at, paymentOf(here, at))
  book.open(there, doubled, "employee", "32-E-2")
  return { who, reported: reported(book.entries(), who, 9_911_000 + serial) }
}

/** One month's payment as a single command; `line` makes it a new one. */
export const payment = ({ citizenId }: Who, relation: Relation, at: YearMonth, line: string): Command => ({
  act: "contribute",
  citizenId,
  scheme: relation.scheme,
  line: line as LineId,
  kind: "regular",
  from: at,
  to: at,
  paidOn: "2026-10-20" as DateText,
  ...paymentOf(relation, at),
})
