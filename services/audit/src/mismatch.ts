/** What a verification can find, each with its name and its words. */
import type { StreamName } from "@tongzhang/domain/stream-name"

export const mismatchRules = {
  REVISION_GAP: "事件流版本号不连续，有事件缺失或重复",
  EVENT_ID_TWICE: "同一事件流中事件标识重复",
  EVENT_UNREADABLE: "事件内容不符合其版本的格式",
  FOLD_BROKEN: "事件与之前的事实矛盾",
  ROW_MISSING: "记录库缺少该参保人",
  ROW_WITHOUT_FACTS: "记录库有该参保人，账本没有任何事件",
  ROW_BEHIND: "记录库落后于账本",
  ROW_UNREADABLE: "记录库内容无法读取",
  STATE_DIFFERS: "记录库内容与账本重放结果不一致",
  TABLE_DIFFERS: "记录库明细行与账本重放结果不一致",
  COVERAGE_DIFFERS: "统计表与记录库重新计数结果不一致",
  BALANCE_DIFFERS: "记录库余额与独立核算不一致",
  MONTH_COUNTED_TWICE: "同一月份在同一参保关系中计了两次",
  SPLIT_DOES_NOT_ADD_UP: "缴费金额与入账金额不相等",
  LINE_NOT_STANDING: "更正或冲销的流水不存在或已冲销",
  TRANSFER_MONTHS_DIFFER: "转出月份与账面不符",
  TRANSFER_ACCOUNT_DIFFERS: "转出个人账户金额与账面不符",
  TRANSFER_AMOUNTS_DIFFER: "转入与转出金额或月份不符",
  IN_WITHOUT_OUT: "有转入而无对应转出",
  SENT_TWICE: "同一转移重复转出",
  BOOKED_TWICE: "同一转移重复入账",
  BOOKED_WITHOUT_IN: "转移标记已入账，但没有转入事件",
  FAILED_LEG_LET_GO: "转移失败，但资金已转出",
  ACCOUNT_NEGATIVE: "个人账户余额为负",
  NOT_CONSERVED: "全国月数或金额不守恒",
} as const
export type MismatchRule = keyof typeof mismatchRules

export type Mismatch = {
  readonly rule: MismatchRule
  readonly rule_zh: string
  /** Null for what concerns no single person. */
  readonly person: string | null
  readonly stream: string | null
  readonly revision: number | null
  /** What exactly, in English, with numbers. */
  readonly what: string
}

export const mismatchOf = (
  rule: MismatchRule,
  person: string | null,
  at: { readonly stream: StreamName; readonly revision: number } | null,
  what: string,
): Mismatch => ({ rule, rule_zh: mismatchRules[rule], person, stream: at?.stream ?? null, revision: at?.revision ?? null, what })
