/**
 * Whether a task may be done without a closer look. A statement is clean when the ledger still says what the letter expected, its
 * control sums hold, no month of it is in a case of duplicates and the relation can end today. Everything else names its reason.
 */
import { describeRefusal } from "@tongzhang/contracts/refusals"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import * as enrollment from "@tongzhang/domain/enrollment"
import type { DateText, TransferId } from "@tongzhang/domain/ids"
import { equals, ofRanges, size } from "@tongzhang/domain/month-set"
import { formatYuan } from "@tongzhang/domain/money"
import type { Overlap } from "@tongzhang/domain/overlap"
import { type Leg, stepOf } from "@tongzhang/domain/transfer"
import { isLeft } from "fp-ts/lib/Either.js"
import { type StatementDraft, statementDraft } from "./draft.js"
import type { Words } from "./messages.js"

export type StatementQuestion = {
  readonly id: TransferId
  readonly leg: Leg
  readonly scheme: SchemeCode
  readonly to: ProvinceCode
  /** The relation that the statement would end. */
  readonly origin: enrollment.Enrollment
  readonly overlaps: Overlap
  readonly today: DateText
}

const amountNames = {
  account_fen: { zh: "个人账户", en: "account" },
  pooled_fen: { zh: "统筹基金", en: "pooled fund" },
  bases_fen: { zh: "缴费基数合计", en: "sum of bases" },
} as const

/** What the letter expected when the application was planned, against the ledger of today. */
const changes = ({ planned }: Leg, { moved }: StatementDraft): Words[] => {
  const [before, now] = [ofRanges(planned.months), ofRanges(moved.months)]
  const months = equals(before, now)
    ? []
    : [
        {
          zh: `月份有变：联系函 ${size(before)} 个月，账本现有 ${size(now)} 个月`,
          en: `months changed: ${size(before)} in the letter, ${size(now)} in the ledger now`,
        },
      ]
  const amounts = (Object.keys(amountNames) as (keyof typeof amountNames)[])
    .filter((field) => planned[field] !== moved[field])
    .map((field) => ({
      zh: `${amountNames[field].zh}有变：联系函 ${formatYuan(planned[field])}，账本现有 ${formatYuan(moved[field])}`,
      en: `${amountNames[field].en} changed: ${formatYuan(planned[field])} in the letter, ${formatYuan(moved[field])} in the ledger now`,
    }))
  return [...months, ...amounts]
}

/** Duplicates do not stop a transfer (先转后清), but somebody should have seen them. */
const duplicates = ({ overlaps, leg, scheme }: StatementQuestion): Words[] =>
  [...overlaps.cases.values()]
    .filter(({ status, sides }) => (status === "open" || status === "decided") && sides.includes(`${leg.planned.from}_${scheme}`))
    .map(({ months, status }) => ({
      zh: `有重复参保 ${size(months)} 个月${status === "open" ? "待处理" : "清退中"}（先转后清，可以转移，但请逐件核对）`,
      en: `${size(months)} months of it are a duplicate, ${status === "open" ? "undecided" : "being cleared"} (it may move first, but look at it)`,
    }))

/** Why the statement needs a person's eye; empty: it is clean. Pure. */
export const whyNotClean = (question: StatementQuestion): readonly Words[] => {
  const { id, leg, origin, to, today } = question
  const { from } = leg.planned
  if (stepOf(leg) !== "statement") return [{ zh: "不是待发信息表的任务", en: "no statement is awaited" }]
  if (leg.disputed !== null) return [{ zh: `有争议：${leg.disputed}`, en: `disputed: ${leg.disputed}` }]
  const draft = statementDraft(from, origin, today)
  const sums = draft.controlSums
    .filter(({ holds }) => !holds)
    .map(({ rule, left, right }) => ({
      zh: `勾稽不平：${rule}（${left} ≠ ${right}）`,
      en: `sums differ: ${rule} (${left} ≠ ${right})`,
    }))
  const out = enrollment.transferOut({ transferId: id, to, ...draft.moved })(origin)
  const refused = isLeft(out) ? [describeRefusal(out.left)].map(({ hint_zh: zh, hint_en: en }) => ({ zh, en })) : []
  return [...changes(leg, draft), ...sums, ...duplicates(question), ...refused]
}
