/** People who draw a pension, or are about to: years of payments, then claim, award and monthly payments. */
import type { SchemeCode } from "@tongzhang/domain/codes"
import type { DateText } from "@tongzhang/domain/ids"
import { addMonths, month, monthsOf, type YearMonth, yearOf } from "@tongzhang/domain/month"
import { awardFor } from "./amounts.js"
import type { Relation, Who } from "./book.js"
import { employerOf, type Life, liveResident, payMonths } from "./careers.js"
import { bothRun, type DuplicateLabel } from "./duplicates.js"

/** Months of pension reported at most: enough for a page, without making the old the largest rows of the country. */
const reported_months = 10

export const retire = (life: Life, who: Who, personNo: number): readonly DuplicateLabel[] => {
  const { profile, book, dice, window } = life
  const scheme: SchemeCode = profile.pension === "resident" ? "170" : "110"
  const relation: Relation = { province: profile.work, scheme }
  const from = month(`${dice.int(2022, yearOf(window.to) - 1)}-${String(dice.int(1, 12)).padStart(2, "0")}`)
  const firstYear = dice.int(yearOf(window.from), yearOf(window.from) + 1)
  if (scheme === "170") liveResident(life, { ...relation, scheme: "170" }, firstYear, yearOf(from) - 1)
  else {
    const employer = employerOf(profile, relation.province, dice)
    const opened = month(`${firstYear}-01`)
    book.open(relation, opened, "employee", employer)
    payMonths(life, relation, "employee", monthsOf(opened, addMonths(from, -1)), "9999-12" as YearMonth)
    book.close(relation, addMonths(from, -1), "退休")
  }
  const first = claim(life, who, relation, `D${personNo}A`, from, profile.place === "both" ? 0 : reported_months)
  if (profile.place !== "both") {
    if (dice.chance(0.05)) reportDeath(life, who, relation)
    return []
  }
  return [secondClaim(life, who, relation, first, personNo)]
}

type Claimed = { readonly side: string; readonly from: YearMonth }

const claim = (life: Life, who: Who, relation: Relation, id: string, from: YearMonth, pay_months: number): Claimed => {
  const { book, window, level_percent } = life
  const about = { citizenId: who.citizenId, name: who.name, scheme: relation.scheme, claim: id }
  const on = (at: YearMonth, day: string): DateText => `${at}-${day}` as DateText
  const award = awardFor(relation.province, from, level_percent)
  book.add(relation.province, on(from, "03"), { act: "claim_benefit", ...about, from })
  book.add(relation.province, on(from, "10"), { act: "award_benefit", ...about, from, ...award, reason: "初次核定" })
  const start = addMonths(window.to, -pay_months + 1)
  if (pay_months > 0)
    for (const each of monthsOf(start > from ? start : from, window.to))
      book.add(relation.province, on(each, "15"), { act: "pay_benefit", ...about, month: each, amount_fen: award.monthly_fen })
  return { side: `${relation.province}_${relation.scheme}_${id}`, from }
}

/**
 * A second pension claimed at home (PENSION-PENSION or PENSION-RES). Neither of the two is reported as paid: which of them is
 * held depends on whose file comes first, and a label must not.
 */
const secondClaim = (life: Life, who: Who, main: Relation, first: Claimed, personNo: number): DuplicateLabel => {
  const { profile, dice, window } = life
  const resident = main.scheme === "170" || dice.chance(0.5)
  const from = addMonths(first.from, dice.int(1, 9))
  const second = claim(
    life,
    who,
    { province: profile.hukou, scheme: resident ? "170" : "110" },
    `D${personNo}B`,
    from < window.to ? from : window.to,
    0,
  )
  const sides = first.side < second.side ? ([first.side, second.side] as const) : ([second.side, first.side] as const)
  const kind = main.scheme === "170" || resident ? "PENSION-RES" : "PENSION-PENSION"
  return { citizenId: who.citizenId, kind, sides, months: bothRun(first.from, second.from) }
}

const reportDeath = (life: Life, who: Who, relation: Relation): void => {
  const on = `${life.window.to}-26` as DateText
  life.book.add(relation.province, on, { act: "report_death", citizenId: who.citizenId, name: who.name, on })
}
