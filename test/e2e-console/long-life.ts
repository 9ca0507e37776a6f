/** A working life of forty years in six provinces, reported as provinces report: what the record page must draw quickly. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { month, monthsOf } from "@tongzhang/domain/month"
import { baseFor, monthlyPayment } from "@tongzhang/nation/amounts"
import { openBook, type Who } from "@tongzhang/nation/book"
import type { Reported } from "@tongzhang/nation/feeds"
import { fictionalId } from "@tongzhang/nation/ids"

export const longLiver: Who = { citizenId: fictionalId(9905, "19660315", 41, "male"), name: "岳长川", hukou: "51" }

/** 480 months, a gap of half a year at every move. */
const stays: readonly (readonly [ProvinceCode, from: string, to: string])[] = [
  ["51", "1986-07", "1993-12"],
  ["61", "1994-07", "2000-06"],
  ["41", "2001-01", "2007-12"],
  ["32", "2008-07", "2014-06"],
  ["33", "2015-01", "2020-06"],
  ["44", "2021-01", "2026-06"],
]

/** The same life lived by somebody else: for a test that needs a person of its own. */
export const longLife = (who: Who = longLiver, personNo = 9_990_010): Reported => {
  const book = openBook(who, personNo)
  for (const [province, from, to] of stays) {
    const relation = { province, scheme: "110" } as const
    book.open(relation, month(from), "employee", `${province}-E-4040`)
    for (const at of monthsOf(month(from), month(to)))
      book.pay(relation, at, at, monthlyPayment("110", "employee", province, at, at, baseFor(province, at, at, 110)))
    book.close(relation, month(to), "离职")
  }
  const { citizenId } = who
  return { index: personNo, citizenId, entries: book.entries(), duplicates: [], nearMisses: [], quiet: true }
}
