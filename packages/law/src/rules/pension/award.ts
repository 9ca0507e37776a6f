/** Two decisions for one right: a provisional award 预发 on last year's base, and its recalculation 重核 when the year's base is out. */
import { type Explained, type Valued } from "../../explain/explained.js"
import { explained, versionInForce } from "../../explain/rule.js"
import { arrearsRule, recalculationRule } from "./counting-rules.js"
import type { Assessment } from "./question.js"

export type Recalculation = {
  /** What the pension changes by each month, fen; may be negative. */
  readonly monthly: Explained<number>
  /** For the months paid provisionally, fen: paid out, or set off when negative. */
  readonly arrears: Explained<number>
}

/** The first decision stays as it was; this is the second one's own step. `months`: how many were paid on the first. */
export const recalculate = (
  ruleDate: string,
  provisional: Assessment,
  final: Assessment,
  months: Valued<number>,
): Recalculation => {
  const operands = { provisional: provisional.total, final: final.total }
  const change = final.total.value - provisional.total.value
  const monthly = explained(recalculationRule, versionInForce(recalculationRule, ruleDate), operands, change)
  const due = monthly.value * months.value
  return { monthly, arrears: explained(arrearsRule, versionInForce(arrearsRule, ruleDate), { monthly, months }, due) }
}
