/** What money a pension relation takes along, with its reasons: account, pooled money, and their sum (66号 Art 4 and 5). */
import type { YearMonth } from "@tongzhang/domain/month"
import { difference, intersection, ofMonths, ofRange, size } from "@tongzhang/domain/month-set"
import { monthMax } from "@tongzhang/domain/month"
import { type Fen, fen } from "@tongzhang/domain/money"
import { applyRounding, exact, fenOf, toFen } from "../explain/exact.js"
import type { Explained, Valued } from "../explain/explained.js"
import { beginning, concluded, taken } from "./describe.js"
import type { ExplainedRange } from "./months.js"
import { pooledShare, pooledSince } from "./transfer-money.js"
import {
  movedAccountRule,
  movedPooledRule,
  partBasesRule,
  rateCorrectionRule,
  temporaryMoneyRule,
  transferTotalRule,
  yearBasesRule,
} from "./transfer-rules.js"

const total = (amounts: readonly Valued<number>[]): number => amounts.reduce((sum, one) => sum + one.value, 0)
const nothingExcluded = taken<readonly string[]>([], "month", "无不计月份", "no month is left out")

/** Bases of one line of the books since 1998: `base` fen a month, `excluded` months that are cleared or do not travel. */
export const partBases = (
  part: ExplainedRange & { readonly base: Valued<number>; readonly excluded?: Valued<readonly string[]> },
): Explained<number> => {
  const { base, from, to, excluded = nothingExcluded } = part
  const since1998 = intersection(ofRange(from.value as YearMonth, to.value as YearMonth), ofRange(pooledSince, monthMax))
  const months = size(difference(since1998, ofMonths(excluded.value as readonly YearMonth[])))
  return concluded(partBasesRule, beginning, { base, from, to, excluded }, () => fen(base.value * months))
}

const noneHeldBack = taken(0, "months", "无不得转移月份", "no month that may not travel")

/** The same of a yearly row of 信息表(二). */
export const yearBases = (row: {
  readonly year: Valued<number>
  readonly base: Valued<number>
  readonly months: Valued<number>
  readonly untransferable?: Valued<number>
}): Explained<number> => {
  const { year, base, months, untransferable = noneHeldBack } = row
  const paid = Math.max(0, months.value - untransferable.value)
  return concluded(yearBasesRule, beginning, { year, base, months, untransferable }, () =>
    year.value < 1998 ? 0 : fen(base.value * paid),
  )
}

/** Fen by which the account of a year is raised or lowered before it moves; `bookedRate` exact text. */
export const rateCorrection = (
  on: string,
  row: {
    readonly year: Valued<number>
    readonly bookedRate: Valued<string>
    readonly base: Valued<number>
    readonly months: Valued<number>
  },
): Explained<number> => {
  const { year, bookedRate, base, months } = row
  const operands = { year, booked_rate: bookedRate, base, months }
  return concluded(rateCorrectionRule, on, operands, (version) => {
    if (version === beginning || year.value < 1998) return 0
    const missing = exact(year.value < 2006 ? "0.11" : "0.08").sub(exact(bookedRate.value))
    return fenOf(applyRounding(missing.mul(base.value).mul(months.value), toFen))
  })
}

export type MoneyInquiry = {
  /** Day of the transfer: decides the version. */
  readonly on: string
  /** Balances of the account: before 1998 own payments with interest, since then everything. */
  readonly balances: readonly Valued<number>[]
  readonly corrections?: readonly Explained<number>[]
  /** Bases since 1998 paid here: of `partBases` or `yearBases`, or one sum from a statement. */
  readonly bases: readonly Valued<number>[]
  readonly received?: readonly { readonly bases: Valued<number>; readonly pooled: Valued<number> }[]
  readonly sameProvince?: Valued<boolean>
  readonly drawingPension?: Valued<boolean>
}

export type ExplainedMoney = {
  readonly account: Explained<number>
  readonly pooled: Explained<number>
  readonly total: Explained<number>
}

const betweenProvinces = taken(false, "flag", "跨省转移", "between provinces")
const notDrawing = taken(false, "flag", "未领取养老金", "no pension is drawn")

/** The sum of an account and pooled money that are known, as on a statement. */
export const transferTotal = (
  {
    on,
    sameProvince = betweenProvinces,
    drawingPension = notDrawing,
  }: Pick<MoneyInquiry, "on" | "sameProvince" | "drawingPension">,
  account: Valued<number>,
  pooled: Valued<number>,
): Explained<number> => {
  const operands = { account, pooled, same_province: sameProvince, drawing_pension: drawingPension }
  const stays = sameProvince.value || drawingPension.value
  return concluded(transferTotalRule, on, operands, () => (stays ? 0 : fen(account.value + pooled.value)))
}

/** Pooled money of bases paid here and received: never more for received months than came with them. */
const pooledOf = (own_fen: Fen, received: NonNullable<MoneyInquiry["received"]>): Fen => {
  const all_fen = pooledShare(fen(own_fen + total(received.map(({ bases }) => bases))))
  if (received.length === 0) return all_fen
  return fen(Math.min(all_fen, pooledShare(own_fen) + total(received.map(({ pooled }) => pooled))))
}

/** An ordinary relation: the account and 12 % of the bases. Before 2010 the account alone. */
export const explainTransferMoney = (inquiry: MoneyInquiry): ExplainedMoney => {
  const { on, balances, bases, corrections = [], received = [] } = inquiry
  const account = concluded(movedAccountRule, on, { balances, corrections }, () => fen(total(balances) + total(corrections)))
  const operands = { bases, received_bases: received.map((one) => one.bases), received_pooled: received.map((one) => one.pooled) }
  const pooled = concluded(movedPooledRule, on, operands, (version) =>
    version === beginning ? fen(0) : pooledOf(fen(total(bases)), received),
  )
  return { account, pooled, total: transferTotal(inquiry, account, pooled) }
}

/** A temporary account: all contributions of employer and person, and their interest. `on` is 2010-01-01 or later. */
export const explainTemporaryMoney = (on: string, held: readonly Valued<number>[]): Explained<number> =>
  concluded(temporaryMoneyRule, on, { held }, () => fen(total(held)))
