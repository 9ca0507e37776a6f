/** Until when a month can still be paid: deferral 缓缴 of 2020 and 2022, make-up payments 补缴, arrears of employers. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import { beginning, concluded, op, taken } from "./describe.js"
import { laterMonthsOfFlexible } from "./relation-questions.js"

const in2020 = 'month >= "2020-01" and month <= "2020-12"'
const in2022 = 'month >= "2022-01" and month <= "2022-12"'
const doc49 =
  "人社部发〔2020〕49号: 2020 年未缴费月度可于 2021 年底前补缴, 缴费基数在 2021 年当地上下限范围内选择, 缴费年限累计计算"
const doc16 = "人社厅发〔2022〕16号: 2022 年未缴费月度可于 2023 年底前补缴, 缴费基数在 2023 年当地上下限范围内选择"

export const payableUntilRule: Rule = {
  id: "contribution/payable-until",
  title: { zh: "缓缴月份可补缴至", en: "a deferred month can be paid until" },
  summary: {
    zh: "灵活就业人员2020年未缴的月份可在2021年底前补缴，2022年未缴的可在2023年底前补缴，按补缴年度的基数上下限，月份照计。",
    en: "A flexible worker could pay the months of 2020 until the end of 2021 and those of 2022 until the end of 2023, on bases of the year of payment; the months count.",
  },
  unit: "date",
  operands: {
    channel: op("参保身份", "employee or flexible", "code"),
    month: op("费款所属月", "month", "month"),
    on: op("缴费日或查询日", "day of payment or of the question", "date"),
  },
  datedBy: "on",
  versions: [
    { from: beginning, formula: "null", article: "no deferral in force", source: "tongzhang", confidence: "constructed" },
    {
      from: "2020-06-22",
      formula: `if(channel = "flexible" and ${in2020}, "2021-12-31", null)`,
      article: doc49,
      source: "from memory; deferral of 2020 also in features.md B14",
      confidence: "memory",
      change_en: "Months of 2020 can be paid until the end of 2021.",
    },
    {
      from: "2022-04-25",
      formula: `if(channel != "flexible", null, if(${in2020}, "2021-12-31", if(${in2022}, "2023-12-31", null)))`,
      article: `${doc49}; ${doc16}`,
      source: "from memory, not read",
      confidence: "memory",
      change_en: "Months of 2022 can be paid until the end of 2023.",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: null, basis: "constructed" },
    {
      version: "2020-06-22",
      operands: { channel: "flexible", month: "2020-03" },
      value: "2021-12-31",
      basis: "constructed (B14)",
    },
    { version: "2022-04-25", operands: { channel: "flexible", month: "2022-07" }, value: "2023-12-31", basis: "constructed" },
    { version: "2022-04-25", operands: { channel: "employee", month: "2022-07" }, value: null, basis: "constructed" },
  ],
}

export const makeUpRule: Rule = {
  id: "contribution/make-up",
  title: { zh: "该月能否缴费", en: "can the month still be paid" },
  summary: {
    zh: "当月及以前：current；用人单位欠缴：arrears，补缴并加收滞纳金；灵活就业人员在缓缴期限内：deferred；其余：closed。",
    en: "current: not later than the month itself; arrears: an employer pays late, with the late fee; deferred: a flexible worker inside a deferral; else closed.",
  },
  unit: "code",
  operands: {
    channel: op("参保身份", "employee or flexible", "code"),
    month: op("费款所属月", "month", "month"),
    on: op("缴费日", "day of payment", "date"),
    until: op("可补缴至", "payable until", "date"),
  },
  versions: [
    {
      from: beginning,
      formula:
        'if(on < text(month, "-32"), "current", if(channel = "employee", "arrears", ' +
        'if(until = null, "closed", if(on <= until, "deferred", "closed"))))',
      article: "社会保险法 Art 63, Art 86 (employers' arrears); 沪人社规〔2023〕5号 (no back payment of flexible workers)",
      source: "社会保险法, full text",
      confidence: "secondary",
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { channel: "flexible", month: "2020-03", on: "2021-11-05", until: "2021-12-31" },
      value: "deferred",
      basis: "constructed (B14)",
    },
    {
      version: beginning,
      operands: { channel: "flexible", month: "2020-03", on: "2022-01-05", until: "2021-12-31" },
      value: "closed",
      basis: "constructed",
    },
    {
      version: beginning,
      operands: { channel: "employee", month: "2020-03", on: "2022-01-05", until: null },
      value: "arrears",
      basis: "constructed",
    },
    {
      version: beginning,
      operands: { channel: "flexible", month: "2020-03", on: "2020-03-31", until: null },
      value: "current",
      basis: "constructed",
    },
  ],
  openQuestions: [laterMonthsOfFlexible],
}

export const lateMonthRule: Rule = {
  id: "contribution/late-month-counts",
  title: { zh: "补缴月份是否计入", en: "does a month paid late count" },
  summary: { zh: "按规定补缴的月份计入其所属期。", en: "A month paid late by the rules counts for its own period." },
  unit: "flag",
  operands: { make_up: op("缴费方式", "how it was paid", "code") },
  versions: [
    {
      from: beginning,
      formula: 'make_up != "closed"',
      article: "人社部发〔2020〕49号: 缴费年限累计计算; 社会保险法 Art 63",
      source: "from memory",
      confidence: "memory",
    },
  ],
  examples: [
    { version: beginning, operands: { make_up: "deferred" }, value: true, basis: "constructed (B14)" },
    { version: beginning, operands: { make_up: "closed" }, value: false, basis: "constructed" },
  ],
}

export type MakeUp = "current" | "arrears" | "deferred" | "closed"
export type MakeUpInquiry = {
  readonly channel: Valued<"employee" | "flexible">
  readonly month: Valued<string>
  /** Day of the payment, or of the question whether one is still possible. */
  readonly on: Valued<string>
  readonly province: ProvinceCode | null
}

export type ExplainedMakeUp = {
  /** Last day of a deferral that covers the month, by what was in force on the day asked about; null: none does. */
  readonly until: Explained<string | null>
  readonly makeUp: Explained<MakeUp>
  readonly counts: Explained<boolean>
}

const untilOf = (version: string, channel: string, month: string): string | null => {
  if (version === beginning || channel !== "flexible") return null
  if (month >= "2020-01" && month <= "2020-12") return "2021-12-31"
  return version === "2022-04-25" && month >= "2022-01" && month <= "2022-12" ? "2023-12-31" : null
}

const makeUpOf = (channel: string, month: string, on: string, until: string | null): MakeUp => {
  if (on < `${month}-32`) return "current"
  if (channel === "employee") return "arrears"
  return until !== null && on <= until ? "deferred" : "closed"
}

/** Until when a month could or can still be paid, and whether it then counts. */
export const explainMakeUp = ({ channel, month, on, province }: MakeUpInquiry): ExplainedMakeUp => {
  const until = concluded(payableUntilRule, on.value, { channel, month, on }, (version) =>
    untilOf(version, channel.value, month.value),
  )
  const kind = makeUpOf(channel.value, month.value, on.value, until.value)
  // 上海 says that flexible workers cannot pay back; no other province's rule for the running year is known.
  const sameYear = month.value.slice(0, 4) === on.value.slice(0, 4)
  const open = kind === "closed" && sameYear && province !== "31" ? laterMonthsOfFlexible : null
  const makeUp = concluded(makeUpRule, on.value, { channel, month, on, until }, () => kind, open)
  return { until, makeUp, counts: concluded(lateMonthRule, on.value, { make_up: makeUp }, () => kind !== "closed") }
}

/** The day until which a missing month can still be paid on a day, for lists of gaps; null: not any more, or without a limit. */
export const stillPayableUntil = (question: {
  readonly channel: "employee" | "flexible"
  readonly month: string
  readonly on: string
}): string | null => {
  const { channel, month, on } = question
  const { makeUp, until } = explainMakeUp({
    channel: taken(channel, "code", "参保身份", "capacity"),
    month: taken(month, "month", "缺缴月", "missing month"),
    on: taken(on, "date", "查询日", "day of the question"),
    province: null,
  })
  return makeUp.value === "deferred" ? until.value : null
}
