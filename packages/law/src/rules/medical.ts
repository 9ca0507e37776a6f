/** Medical insurance that moves or was broken off: what moves, whether a gap can be paid back, how long the waiting time is. */
import type { Explained, Ruling, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { concluded, op } from "./describe.js"
import { medicalWaiting } from "./relation-questions.js"

const doc43 = {
  from: "2021-12-01",
  article: "医保办发〔2021〕43号: 中断 3 个月以内可补缴并补享待遇; 超过 3 个月设不超过 6 个月的等待期",
  source: "iamst.cn/35/63",
  confidence: "secondary",
} as const

export const medicalMoneyRule: Rule = {
  id: "medical/transfer-money",
  title: { zh: "医保转移金额", en: "medical money that moves" },
  summary: { zh: "只转移个人账户余额，统筹基金不转移。", en: "The balance of the personal account alone; nothing pooled." },
  unit: "fen",
  operands: { account: op("个人账户余额", "account balance", "fen") },
  versions: [{ ...doc43, formula: "account", article: "医保办发〔2021〕43号: 个人账户余额随转" }],
  examples: [{ version: doc43.from, operands: { account: 123_456 }, value: 123_456, basis: "constructed" }],
}

export const gapPayableRule: Rule = {
  id: "medical/gap-payable",
  title: { zh: "中断期能否补缴", en: "can the gap be paid back" },
  summary: {
    zh: "中断缴费3个月（含）以内，可以补缴，缴费后补享中断期待遇。",
    en: "A gap of up to 3 months can be paid back, and brings the benefits of the gap.",
  },
  unit: "flag",
  operands: { gap: op("中断月数", "months without cover", "months") },
  versions: [{ ...doc43, formula: "gap <= 3" }],
  examples: [
    { version: doc43.from, operands: { gap: 3 }, value: true, basis: "constructed" },
    { version: doc43.from, operands: { gap: 4 }, value: false, basis: "constructed" },
  ],
}

export const waitingRule: Rule = {
  id: "medical/waiting-months",
  title: { zh: "待遇等待期", en: "waiting time" },
  summary: {
    zh: "中断3个月以内、未改变险种或已连续参保2年以上的，没有等待期；否则由各地规定，最长6个月。",
    en: "None after a gap of up to 3 months in the same scheme, or with two unbroken years before a change of scheme; else what the place sets, at most 6 months.",
  },
  unit: "months",
  operands: {
    gap: op("中断月数", "months without cover", "months"),
    changes: op("改变险种", "another scheme than before", "flag"),
    unbroken: op("此前连续参保月数", "unbroken months before", "months"),
  },
  versions: [{ ...doc43, formula: "if(gap <= 3 and (not changes or unbroken >= 24), 0, 6)" }],
  examples: [
    { version: doc43.from, operands: { gap: 3, changes: false, unbroken: 5 }, value: 0, basis: "constructed" },
    { version: doc43.from, operands: { gap: 2, changes: true, unbroken: 24 }, value: 0, basis: "constructed" },
    { version: doc43.from, operands: { gap: 4, changes: false, unbroken: 60 }, value: 6, basis: "constructed" },
  ],
  openQuestions: [medicalWaiting],
}

export const residentWaitingRule: Rule = {
  id: "medical/resident-waiting-months",
  title: { zh: "居民医保待遇等待期", en: "waiting time of resident medical cover" },
  summary: {
    zh: "2025年起，未在集中期参保或未连续参保的，固定等待期3个月；每多断保1年加1个月，每多补缴1年减1个月；连续断缴4年及以上的，合计不少于6个月。",
    en: "From 2025: 3 months when enrolled late or after a break; a month more for each year broken, a month less for each year paid back; never less than 6 after four broken years.",
  },
  unit: "months",
  operands: {
    in_time: op("在集中期参保", "enrolled in time", "flag"),
    broken: op("断保年数", "years broken", "count"),
    repaired: op("补缴年数", "years paid back", "count"),
  },
  versions: [
    {
      from: "2025-01-01",
      formula: "if(in_time and broken = 0, 0, max(if(broken >= 4, 6, 3), 3 + max(0, broken - repaired)))",
      article: "国办发〔2024〕38号",
      source: "from memory; the waiting time is in law.md §3",
      confidence: "memory",
    },
  ],
  examples: [
    { version: "2025-01-01", operands: { in_time: true, broken: 0, repaired: 0 }, value: 0, basis: "constructed" },
    { version: "2025-01-01", operands: { in_time: false, broken: 2, repaired: 1 }, value: 4, basis: "constructed" },
    { version: "2025-01-01", operands: { in_time: false, broken: 5, repaired: 5 }, value: 6, basis: "constructed" },
  ],
}

export type MedicalMove = {
  readonly on: string
  readonly gap: Valued<number>
  readonly changesScheme: Valued<boolean>
  readonly unbroken: Valued<number>
}

export type ExplainedWaiting = { readonly payable: Explained<boolean>; readonly waiting: Explained<number> }

/** Whether a gap can be paid back and how long the waiting time can be; `on` is 2021-12-01 or later. */
export const explainWaiting = ({ on, gap, changesScheme, unbroken }: MedicalMove): ExplainedWaiting => {
  const none = gap.value <= 3 && (!changesScheme.value || unbroken.value >= 24)
  const ruling: Ruling | null = none ? null : medicalWaiting
  return {
    payable: concluded(gapPayableRule, on, { gap }, () => gap.value <= 3),
    waiting: concluded(waitingRule, on, { gap, changes: changesScheme, unbroken }, () => (none ? 0 : 6), ruling),
  }
}

export const medicalMoney = (on: string, account: Valued<number>): Explained<number> =>
  concluded(medicalMoneyRule, on, { account }, () => account.value)

/** Waiting time of resident cover; `on` is 2025-01-01 or later. */
export const residentWaiting = (
  on: string,
  facts: { readonly inTime: Valued<boolean>; readonly broken: Valued<number>; readonly repaired: Valued<number> },
): Explained<number> => {
  const { inTime, broken, repaired } = facts
  const months = Math.max(broken.value >= 4 ? 6 : 3, 3 + Math.max(0, broken.value - repaired.value))
  return concluded(residentWaitingRule, on, { in_time: inTime, broken, repaired }, () =>
    inTime.value && broken.value === 0 ? 0 : months,
  )
}
