/** The rules on contributions, transfers, overlaps, links and the shorter schemes: for the pages of docs/law and the checker's catalogue. */
import type { Rule } from "../explain/rule.js"
import { accountPartRule, accountShareRule, paidRule, pooledShareRule } from "./account-share.js"
import {
  baseRule,
  employerPartRule,
  flexiblePartRule,
  individualPartRule,
  totalPartRule,
  undeclaredRule,
  unemploymentPartRule,
} from "./contribution-amounts.js"
import { calendarDaysRule, calendarMonthsRule, workingDaysRule } from "./deadlines.js"
import { injuryDuplicateRule, injuryPremiumRule } from "./injury.js"
import {
  employeeCountRule,
  linkDirectionRule,
  linkedMonthsRule,
  linkMoneyRule,
  linkPensionRule,
  residentCountRule,
} from "./link.js"
import { lateMonthRule, makeUpRule, payableUntilRule } from "./make-up.js"
import { gapPayableRule, medicalMoneyRule, residentWaitingRule, waitingRule } from "./medical.js"
import { allOverlapsRule, countedMonthsRule, overlapCountRule, overlapMonthsRule } from "./months.js"
import { agreementRule, keepRules, medicalGroundRule } from "./overlap-keep-rules.js"
import { refundPartRule, refundRule, residentRefundRule } from "./overlap-refund.js"
import { placeBranchRule, placeMonthsRule, placeRule, provinceMonthsRule } from "./place-of-receipt-explained.js"
import { registeredLateRule } from "./registration.js"
import { expandedIdRule, samePersonRule } from "./same-person.js"
import { incomeShareRule, subsidyAmountRule, subsidyRateRule } from "./subsidy.js"
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
  residentBalanceRule,
  residentOverpaidRule,
  setOffRule,
} from "./two-pensions.js"
import { benefitMonthsRule, benefitStopsRule, unemploymentMoneyRule, unemploymentYearsRule } from "./unemployment.js"
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
  residentOverpaidRule,
  residentBalanceRule,
  setOffRule,
  accountBackRule,
  remainderRule,
  instalmentRule,
  instalmentsRule,
]

const contribution: readonly Rule[] = [
  baseRule,
  employerPartRule,
  individualPartRule,
  flexiblePartRule,
  unemploymentPartRule,
  totalPartRule,
  undeclaredRule,
  accountPartRule,
  paidRule,
  accountShareRule,
  pooledShareRule,
  payableUntilRule,
  makeUpRule,
  lateMonthRule,
  registeredLateRule,
  incomeShareRule,
  subsidyRateRule,
  subsidyAmountRule,
]

const otherSchemes: readonly Rule[] = [
  linkDirectionRule,
  linkPensionRule,
  residentCountRule,
  employeeCountRule,
  linkedMonthsRule,
  linkMoneyRule,
  medicalMoneyRule,
  gapPayableRule,
  waitingRule,
  residentWaitingRule,
  benefitMonthsRule,
  unemploymentYearsRule,
  unemploymentMoneyRule,
  benefitStopsRule,
  injuryPremiumRule,
  injuryDuplicateRule,
  expandedIdRule,
  samePersonRule,
]

export const relationRules: readonly Rule[] = [...contribution, ...transfer, ...overlap, ...otherSchemes]
