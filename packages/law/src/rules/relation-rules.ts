/** The rules on contributions, transfers, overlaps, links and the shorter schemes: for the pages of docs/law and the checker's catalogue. */
import type { Rule } from "../explain/rule.js"
import { calendarDaysRule, calendarMonthsRule, workingDaysRule } from "./deadlines.js"
import { allOverlapsRule, countedMonthsRule, overlapCountRule, overlapMonthsRule } from "./months.js"
import { agreementRule, keepRules, medicalGroundRule } from "./overlap-keep-rules.js"
import { refundPartRule, refundRule, residentRefundRule } from "./overlap-refund.js"
import { placeBranchRule, placeMonthsRule, placeRule, provinceMonthsRule } from "./place-of-receipt-explained.js"
import { temporaryAccountRule } from "./temporary-account.js"
import {
  movedAccountRule,
  movedPooledRule,
  partBasesRule,
  rateCorrectionRule,
  temporaryMoneyRule,
  transferTotalRule,
  yearBasesRule,
} from "./transfer-rules.js"
import {
  accountBackRule,
  instalmentRule,
  instalmentsRule,
  overpaidMonthsRule,
  overpaidRule,
  remainderRule,
  setOffRule,
} from "./two-pensions.js"
import { untransferableRule } from "./untransferable.js"

const transfer: readonly Rule[] = [
  placeMonthsRule,
  provinceMonthsRule,
  placeBranchRule,
  placeRule,
  temporaryAccountRule,
  partBasesRule,
  yearBasesRule,
  rateCorrectionRule,
  movedAccountRule,
  movedPooledRule,
  temporaryMoneyRule,
  transferTotalRule,
  untransferableRule,
  workingDaysRule,
  calendarDaysRule,
  calendarMonthsRule,
]

const overlap: readonly Rule[] = [
  countedMonthsRule,
  overlapMonthsRule,
  allOverlapsRule,
  overlapCountRule,
  ...Object.values(keepRules),
  medicalGroundRule,
  agreementRule,
  refundPartRule,
  refundRule,
  residentRefundRule,
  overpaidMonthsRule,
  overpaidRule,
  setOffRule,
  accountBackRule,
  remainderRule,
  instalmentRule,
  instalmentsRule,
]

export const relationRules: readonly Rule[] = [...transfer, ...overlap]
