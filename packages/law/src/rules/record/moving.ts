/** What a transfer and a retirement are asked with: the own bases since 1998, what came with earlier transfers, hukou, group. */
import { all, recordRule, scope } from "./shape.js"

const { stream, from, until } = scope
const doc66 = {
  article: "国办发〔2009〕66号 Art 4: 1998年1月1日后各年度实际缴费工资总和的12%",
  source: "国务院办公厅 国办发〔2009〕66号, full-text mirror of beijing.gov.cn",
}

export const ownBasesRule = recordRule({
  id: "own-bases",
  title: { zh: "本地缴费基数之和", en: "bases of months paid here" },
  summary: {
    zh: "本地缴费且仍在本地计算的各月缴费基数之和；问转移金额时只计1998年1月起的月份。",
    en: "The base of every month paid here that still counts here; for a transfer only months from 1998-01 on.",
  },
  unit: "fen",
  operands: {
    stream,
    from,
    bases: all("每月缴费基数", "base of each month", "fen", { of: "lines", field: "base_fen", each: "month", which: "own" }),
  },
  formula: "sum(bases)",
  ...doc66,
  example: { stream: "Enrollment-44_110_…", from: "1998-01", bases: [500_000, 500_000] },
  value: 1_000_000,
})

export const receivedBasesRule = recordRule({
  id: "received-bases",
  title: { zh: "转入月份的缴费基数", en: "bases of months brought in" },
  summary: {
    zh: "全部缴费基数减本地缴费月份的基数；转入月份清退后随之减少。",
    en: "All bases less those of months paid here; refunds of months brought in have lowered it.",
  },
  unit: "fen",
  operands: {
    bases: { zh: "缴费基数之和", en: "sum of all bases", unit: "fen" },
    own: { zh: "本地缴费基数之和", en: "bases of months paid here", unit: "fen" },
  },
  formula: "max(0, bases - own)",
  ...doc66,
  example: { bases: 1_600_000, own: 1_000_000 },
  value: 600_000,
})

export const receivedPooledRule = recordRule({
  id: "received-pooled",
  title: { zh: "转入的统筹资金", en: "pooled money brought in" },
  summary: {
    zh: "本次关系建立以来各次转入的统筹资金之和。",
    en: "Pooled money of the transfers in since the relation last moved away.",
  },
  unit: "fen",
  operands: { stream, pooled: all("统筹资金", "pooled money", "fen", { of: "received", field: "pooled_fen" }) },
  formula: "sum(pooled)",
  ...doc66,
  example: { stream: "Enrollment-44_110_…", pooled: [72_000] },
  value: 72_000,
})

export const pooledHeldRule = recordRule({
  id: "pooled-held",
  title: { zh: "临时账户的统筹部分", en: "pooled part of a temporary account" },
  summary: {
    zh: "临时账户的单位缴费部分，不为负。",
    en: "What the pooled side of a temporary account holds, never below nothing.",
  },
  unit: "fen",
  operands: { pooled: { zh: "统筹部分", en: "pooled part", unit: "fen" } },
  formula: "max(0, pooled)",
  article: "国办发〔2009〕66号 Art 5: 临时基本养老保险缴费账户中的全部缴费本息",
  source: doc66.source,
  example: { pooled: 220_000 },
  value: 220_000,
})

export const hukouRule = recordRule({
  id: "hukou",
  title: { zh: "户籍省份", en: "hukou province" },
  summary: { zh: "登记的户籍省份，迁移后为迁入省份。", en: "The province registered, or the one moved to since." },
  unit: "code",
  operands: {
    stream,
    places: all("登记和迁移", "registered and moved to", "code", {
      of: "events",
      types: ["PersonRegistered", "HukouMoved"],
      field: { byType: { PersonRegistered: "hukou", HukouMoved: "to" } },
      ordered: true,
    }),
  },
  formula: "at(places, count(places))",
  example: { stream: "Person-…", places: ["41", "44"] },
  value: "44",
})

export const groupRule = recordRule({
  id: "retirement-group",
  title: { zh: "退休类别", en: "retirement group" },
  summary: {
    zh: "男职工为一类；女职工按岗位分为原五十五周岁和原五十周岁两类，岗位由询问者说明。",
    en: "Men are one group; for women the post decides (55 or 50), which the asker states.",
  },
  unit: "code",
  operands: {
    sex: { zh: "性别", en: "sex", unit: "code" },
    post: { zh: "女职工岗位类别", en: "group of a woman's post", unit: "code" },
  },
  formula: `if(sex = "male", "male", post)`,
  article: "国发〔1978〕104号 Art 1; 渐进式延迟法定退休年龄办法 Art 1",
  source: "decision of the Standing Committee, printed tables",
  example: { sex: "female", post: "female50" },
  value: "female50",
})

export const paidBasesRule = recordRule({
  id: "bases-before",
  title: { zh: "退休前缴费月数", en: "months paid before retirement" },
  summary: {
    zh: "职工养老保险（企业、机关事业）各关系在退休月之前计算的月份，每个月一次；待遇测算须用全部月份。",
    en: "Months of the employee schemes before the month of retirement, each once; an assessment has to use all of them.",
  },
  unit: "months",
  operands: { until, months: all("月份", "months", "month", { of: "family", which: "any", schemes: ["110", "120"] }) },
  formula: "count(months)",
  article: "社会保险法 Art 19: 跨统筹地区就业的, 缴费年限累计计算",
  example: { until: "2026-10", months: ["2024-01", "2024-02"] },
  value: 2,
})

export const wholeHistoryRule = recordRule({
  id: "whole-history",
  title: { zh: "测算使用全部月份", en: "the assessment uses every month" },
  summary: {
    zh: "待遇测算的缴费月数等于记录的月数加视同缴费月数。",
    en: "The months of an assessment are those of the record and the deemed ones, none left out.",
  },
  unit: "flag",
  operands: {
    assessed: { zh: "测算的月数", en: "months of the assessment", unit: "months" },
    recorded: { zh: "记录的月数", en: "months of the record", unit: "months" },
    deemed: { zh: "视同缴费月数", en: "deemed months", unit: "months" },
  },
  formula: "assessed = recorded + sum(deemed)",
  article: "社会保险法 Art 19: 跨统筹地区就业的, 缴费年限累计计算",
  example: { assessed: 62, recorded: 50, deemed: [12] },
  value: true,
})

const plan = (id: string, zh: string, en: string, unit: "months" | "fen") =>
  recordRule({
    id,
    title: { zh, en },
    summary: { zh: "各转出省份之和。", en: "The legs of the plan, added up." },
    unit,
    operands: { legs: { zh: "各转出省份", en: "legs", unit } },
    formula: "sum(legs)",
    ...doc66,
    example: { legs: [48, 61] },
    value: 109,
  })
export const planMonthsRule = plan("plan-months", "转移方案月数", "months of a transfer plan", "months")
export const planTotalRule = plan("plan-total", "转移方案总额", "money of a transfer plan", "fen")

export const collectedRule = recordRule({
  id: "collected-account",
  title: { zh: "职工养老保险个人账户合计", en: "personal accounts of the employee schemes" },
  summary: {
    zh: "申领前各地职工养老保险关系归集后的个人账户：各关系余额之和。",
    en: "The account once all employee relations are collected before claiming: what the relations hold, added up.",
  },
  unit: "fen",
  operands: {
    relations: all("各关系", "relations", "fen", {
      of: "nodes",
      per: "relation",
      rule: "record/account",
      schemes: ["110", "120"],
    }),
  },
  formula: "sum(relations)",
  article: "国办发〔2009〕66号 Art 4, Art 6: 归集, 个人账户全部储存额",
  source: doc66.source,
  example: { relations: [8_120_000, 400_000] },
  value: 8_520_000,
})

export const partBaseRule = recordRule({
  id: "average-base-brought-in",
  title: { zh: "转入月份的平均缴费基数", en: "average base of months brought in" },
  summary: {
    zh: "转入时只知道基数之和的月份，按平均数计。",
    en: "For months of which only the sum of the bases is known: their average.",
  },
  unit: "fen",
  operands: {
    bases: { zh: "转入的基数之和", en: "sum of bases brought in", unit: "fen" },
    months: { zh: "转入的月份", en: "months brought in", unit: "month" },
  },
  formula: "round(bases / count(months), 1, half_up)",
  ...doc66,
  example: { bases: 1_000_001, months: ["2024-01", "2024-02"] },
  value: 500_001,
})
