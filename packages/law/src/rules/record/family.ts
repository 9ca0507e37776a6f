/** Numbers over several relations: the months of a family of schemes, each calendar month once, and what the relations add up to. */
import { all, recordRule, scope } from "./shape.js"

const { family, scheme, from, until } = scope
const months = ["2024-01", "2024-02"]

export const familyMonthsRule = recordRule({
  id: "family-months",
  title: { zh: "累计月数", en: "months in all" },
  summary: {
    zh: "同一险种大类各关系计算的月份，不论几处缴费，每个月只算一次。",
    en: "Months that any relation of the family counts; a month paid twice counts once.",
  },
  unit: "months",
  operands: { family, scheme, until, months: all("月份", "months", "month", { of: "family", which: "any" }) },
  formula: "count(months)",
  article: "社会保险法 Art 19: 跨统筹地区就业的, 缴费年限累计计算",
  example: { family: "pension", scheme: null, until: null, months },
  value: 2,
})

export const overlappingMonthsRule = recordRule({
  id: "overlapping-months",
  title: { zh: "重复月数", en: "months paid twice" },
  summary: {
    zh: "两处以上同时计算的月份；工伤、生育保险可以同时有几份，不算重复。",
    en: "Months that several relations count at once; several injury or maternity covers are no duplicate.",
  },
  unit: "months",
  operands: { family, until, months: all("月份", "months", "month", { of: "family", which: "several" }) },
  formula: `if(contains(["pension", "medical", "unemployment"], family), count(months), 0)`,
  article: "人社部发〔2009〕187号; 医保发〔2020〕33号; 人社部发〔2025〕24号",
  source: "quoted by 缙云 jinyun.gov.cn and carmay.cn",
  example: { family: "pension", until: null, months },
  value: 2,
})

export const monthsInTransitRule = recordRule({
  id: "months-in-transit",
  title: { zh: "在途月数", en: "months in transit" },
  summary: {
    zh: "已从一省转出、另一省尚未记入的月份。",
    en: "Months that have left one province and are not booked in another yet.",
  },
  unit: "months",
  operands: { family, until, months: all("月份", "months", "month", { of: "family", which: "transit" }) },
  formula: "count(months)",
  article: "国办发〔2009〕66号 Art 8",
  source: "国务院办公厅 国办发〔2009〕66号, full-text mirror of beijing.gov.cn",
  example: { family: "pension", until: null, months },
  value: 2,
})

const sumOf = (name: "account" | "pooled" | "bases", zh: string, en: string) => ({
  family: recordRule({
    id: `family-${name}`,
    title: { zh: `${zh}合计`, en: `${en}, all relations of a family` },
    summary: { zh: "各关系之和。", en: "The relations' own numbers, added up." },
    unit: "fen",
    operands: {
      family,
      until,
      relations: all("各关系", "relations", "fen", { of: "nodes", per: "relation", rule: `record/${name}` }),
    },
    formula: "sum(relations)",
    example: { family: "pension", until: null, relations: [81_200, 40_000] },
    value: 121_200,
  }),
  total: recordRule({
    id: `total-${name}`,
    title: { zh: `${zh}总计`, en: `${en}, all families` },
    summary: { zh: "各险种大类之和。", en: "The families' sums, added up." },
    unit: "fen",
    operands: {
      until,
      families: all("各险种大类", "families", "fen", { of: "nodes", per: "family", rule: `record/family-${name}` }),
    },
    formula: "sum(families)",
    example: { until: null, families: [121_200, 5_000] },
    value: 126_200,
  }),
})
const account = sumOf("account", "个人账户", "personal accounts")
const pooled = sumOf("pooled", "统筹部分", "pooled parts")
export const familyAccountRule = account.family
export const totalAccountRule = account.total
export const familyPooledRule = pooled.family
export const totalPooledRule = pooled.total
export const familyBasesRule = sumOf("bases", "缴费基数", "contribution bases").family

export const gapRule = recordRule({
  id: "gap",
  title: { zh: "中断月数", en: "months missing" },
  summary: {
    zh: "该段时间内没有任何关系计算的月份：日历月数减去计算的月份。",
    en: "A stretch in which no relation counts a month: its calendar months less those that count.",
  },
  unit: "months",
  operands: { family, from, until, counted: all("计算的月份", "months that count", "month", { of: "family", which: "any" }) },
  formula: "months_between(from, until) - count(counted)",
  example: { family: "pension", from: "2024-01", until: "2024-03", counted: [] },
  value: 3,
})

export const gapsRule = recordRule({
  id: "gaps",
  title: { zh: "中断月数合计", en: "months missing in all" },
  summary: { zh: "各段中断之和。", en: "The gaps of a family, added up." },
  unit: "months",
  operands: { family, gaps: { zh: "各段中断", en: "gaps", unit: "months" } },
  formula: "sum(gaps)",
  example: { family: "pension", gaps: [3, 1] },
  value: 4,
})

export const factsRule = recordRule({
  id: "facts",
  title: { zh: "事件数", en: "facts" },
  summary: {
    zh: "该参保人各事件流的事件数：每流最后一个事件的序号加一。",
    en: "Events of all the person's streams: of each the revision of its last event, and one for the first, which is 0.",
  },
  unit: "count",
  operands: { last: all("各流最后事件的序号", "last revision of each stream", "count", { of: "streams", field: "revision" }) },
  formula: "sum(last) + count(last)",
  example: { last: [2, 0] },
  value: 4,
})

export const recordedAtRule = recordRule({
  id: "recorded-at",
  title: { zh: "最近记账时间", en: "time of the newest fact" },
  summary: { zh: "最近一个事件的记账时间（毫秒）。", en: "When the newest event was recorded, ms since 1970." },
  unit: "count",
  operands: { newest: all("最近事件的记账时间", "time of the newest event", "count", { of: "latest" }) },
  formula: "at(newest, 1)",
  example: { newest: [1_700_000_000_000] },
  value: 1_700_000_000_000,
})
