/** A worker whose employer left one month out: 江苏, 浙江, now 广东; 2026-03 never came. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { month, monthsOf } from "@tongzhang/domain/month"
import { baseFor, monthlyPayment } from "@tongzhang/nation/amounts"
import { openBook, type Who } from "@tongzhang/nation/book"
import type { Reported } from "@tongzhang/nation/feeds"
import { fictionalId } from "@tongzhang/nation/ids"

export const careful: Who = { citizenId: fictionalId(9906, "19850718", 7, "male"), name: "程细舟", hukou: "41" }
export const missingMonth = "2026-03"

const stays: readonly (readonly [ProvinceCode, from: string, to: string, employer: string])[] = [
  ["32", "2019-01", "2020-12", "32-E-0101"],
  ["33", "2021-01", "2022-12", "33-E-0202"],
  ["44", "2023-01", "2026-10", "44-E-0303"],
]

export const carefulLife = (): Reported => {
  const personNo = 9_990_020
  const book = openBook(careful, personNo)
  for (const [province, from, to, employer] of stays) {
    const relation = { province, scheme: "110" } as const
    book.open(relation, month(from), "employee", employer)
    for (const at of monthsOf(month(from), month(to)))
      if (at !== missingMonth)
        book.pay(relation, at, at, monthlyPayment("110", "employee", province, at, at, baseFor(province, at, at, 110)))
    if (province !== "44") book.close(relation, month(to), "离职")
  }
  return { index: personNo, citizenId: careful.citizenId, entries: book.entries(), duplicates: [], nearMisses: [], quiet: true }
}
