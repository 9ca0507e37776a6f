/** What an overlap is asked with: the months a relation has earned, whether it still runs, the months a case would clear. */
import { all, recordRule, scope } from "./shape.js"

const { stream, case: overlapCase } = scope
const months = ["2024-01", "2024-02"]
const cleared = {
  article: "人社部发〔2009〕187号, 〔2014〕17号 Art 7: 按月清理",
  source: "quoted by 缙云 jinyun.gov.cn; full-text mirror",
}

export const earnedMonthsRule = recordRule({
  id: "earned-months",
  title: { zh: "本关系挣得的月数", en: "months a relation has earned" },
  summary: {
    zh: "本关系缴费、未冲正、未清退的月份；已转出的仍算（先转后清）。",
    en: "Months paid in the relation, not reversed and not refunded; those that have moved away are still its own.",
  },
  unit: "months",
  operands: { stream, months: all("月份", "months", "month", { of: "months", which: "earned" }) },
  formula: "count(months)",
  ...cleared,
  example: { stream: "Enrollment-44_110_…", months },
  value: 2,
})

export const activeRule = recordRule({
  id: "active",
  title: { zh: "关系是否在续", en: "does the relation run" },
  summary: {
    zh: "最近一次变动为参保或续保的，关系在续；为暂停、停保、转出的，不在续。",
    en: "It runs when its last change was an opening or a resumption, not a suspension, an end or a transfer away.",
  },
  unit: "flag",
  operands: {
    stream,
    last: all("最近一次变动", "last change", "code", {
      of: "events",
      types: ["EnrollmentOpened", "EnrollmentResumed", "EnrollmentSuspended", "EnrollmentClosed", "TransferredOut"],
      field: "type",
      newest: true,
    }),
  },
  formula: `contains(["EnrollmentOpened", "EnrollmentResumed"], at(last, 1))`,
  example: { stream: "Enrollment-44_110_…", last: ["EnrollmentClosed"] },
  value: false,
})

export const monthsToClearRule = recordRule({
  id: "months-to-clear",
  title: { zh: "应清理的月份", en: "months to clear" },
  summary: {
    zh: "案件认定的重复月份中，被清理一方挣得的月份。",
    en: "Of the months of the case those that the side to be cleared has earned.",
  },
  unit: "month",
  operands: {
    stream,
    case: overlapCase,
    found: { zh: "案件月份", en: "months of the case", unit: "month" },
    months: all("挣得的月份", "months earned", "month", { of: "months", which: "earned" }),
  },
  formula: "both(found, months)",
  ...cleared,
  example: { stream: "Enrollment-44_110_…", case: "EMP-RES_…", found: months, months: ["2024-02", "2024-03"] },
  value: ["2024-02"],
})

export const caseMonthsRule = recordRule({
  id: "case-months",
  title: { zh: "案件月份", en: "months of a case" },
  summary: { zh: "案件最近一次认定的重复月份。", en: "The months that the case was last found to be about." },
  unit: "month",
  operands: {
    stream,
    case: overlapCase,
    months: all("月份", "months", "month", {
      of: "events",
      types: ["OverlapDetected", "OverlapChanged", "OverlapReopened"],
      field: "months",
      where: { case: "case" },
      newest: true,
      ordered: true,
    }),
  },
  formula: "months",
  ...cleared,
  example: { stream: "Overlap-…_pension", case: "EMP-RES_…", months },
  value: months,
})

export const monthsLeftRule = recordRule({
  id: "months-left",
  title: { zh: "清理后剩余月数", en: "months left after clearing" },
  summary: { zh: "原有月数减去清理的月份。", en: "The months there are, less those that are cleared." },
  unit: "months",
  operands: {
    months: { zh: "原有月数", en: "months there are", unit: "months" },
    cleared: { zh: "清理的月份", en: "months cleared", unit: "month" },
  },
  formula: "months - count(cleared)",
  ...cleared,
  example: { months: 61, cleared: months },
  value: 59,
})

export const accountLeftRule = recordRule({
  id: "account-left",
  title: { zh: "清退后个人账户", en: "account left after the refund" },
  summary: { zh: "原余额减去退还本人的金额。", en: "The balance less what goes back to the person." },
  unit: "fen",
  operands: {
    account: { zh: "原余额", en: "balance", unit: "fen" },
    refund: { zh: "退还本人金额", en: "refund to the person", unit: "fen" },
  },
  formula: "account - refund",
  ...cleared,
  example: { account: 1_464_000, refund: 48_000 },
  value: 1_416_000,
})
