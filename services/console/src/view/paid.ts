/** Who paid which month: one payer's months by year, and what one month was paid with. */
import type { PaidMonth, Payer } from "./types.js"

export type PaidYear = { readonly year: string; readonly cells: readonly (PaidMonth | null)[] }

/** The newest year first; twelve cells, null where the payer had nothing to pay. */
export const yearsOf = ({ months }: Pick<Payer, "months">): readonly PaidYear[] => {
  const byMonth = new Map(months.map((one) => [one.month, one]))
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))].toSorted().toReversed()
  return years.map((year) => ({
    year,
    cells: Array.from({ length: 12 }, (_none, i) => byMonth.get(`${year}-${String(i + 1).padStart(2, "0")}`) ?? null),
  }))
}

export type PaidAmounts = { readonly employer_fen: number; readonly personal_fen: number; readonly subsidy_fen: number }

/** One month's part of a line that may stand for several; rounded to the fen, so twelve of them need not add up to the line. */
export const amountsOf = (one: PaidMonth): PaidAmounts | null => {
  const { employer_fen, personal_fen, subsidy_fen, months_of_line } = one
  if (employer_fen === null || personal_fen === null || subsidy_fen === null) return null
  const part = (fen: number): number => Math.round(fen / months_of_line)
  return { employer_fen: part(employer_fen), personal_fen: part(personal_fen), subsidy_fen: part(subsidy_fen) }
}

/** Months of a payer that stand as paid, and those that somebody owes. */
export const countsOf = ({ months }: Pick<Payer, "months">): { readonly paid: number; readonly missing: number } => ({
  paid: months.filter(({ state }) => state === "credited" || state === "late").length,
  missing: months.filter(({ state }) => state === "missing" || state === "reversed").length,
})
