/** Texts, formulas and versions of the parts of the employee pension (`parts.ts` computes them). */
import type { Rule } from "../../explain/rule.js"
import { rulings } from "./rulings.js"
import { in1998, in2006, open, operand, since1998, since2006, since2025 } from "./versions.js"

const rounding = operand("text", "取整方式（本省做法）", "how the place rounds")

/** To fen, to the jiao, or cut to the fen and then any fen up to the jiao (见分进角). */
const part = (amount: string): string =>
  `if(rounding = "jiao-up", round(round(${amount}, 1, down), 10, up), if(rounding = "jiao", round(${amount}, 10, half_up), round(${amount}, 1, half_up)))`

const usual = { lowIndex: "full", indexedWage: "exact", rounding: "fen" }

export const basicRule: Rule = {
  id: "pension/basic",
  title: { zh: "基础养老金", en: "basic pension" },
  summary: {
    zh: "以计发基数和本人指数化月平均缴费工资的平均值为基数，缴费每满一年发给百分之一。",
    en: "Mean of the year's base and of the base times the person's index; one per cent of it for each year.",
  },
  unit: "fen",
  operands: {
    base: operand("fen", "计发基数", "base of the year of retirement"),
    indexBase: operand("fen", "指数化所用基数", "base that the index multiplies: the province's own where a city has another"),
    index: operand("index", "本人平均缴费工资指数", "average index"),
    years: operand("years", "缴费年限", "years that count"),
    lowIndex: operand("text", "指数低于0.6的处理（本省做法）", "how the place treats an index below 0.6"),
    indexedWage: operand("text", "指数化工资取整（本省做法）", "whether the indexed wage is rounded first"),
    rounding,
  },
  versions: [
    in1998("round(base * 20%, 1, half_up)", "缴费年限累计满15年的, 基础养老金月标准为当地上年度职工月平均工资的20%"),
    in2006(
      part(
        `(if(lowIndex = "proportional", base * min(1, round(index / 0.6, 0.0001, half_up)), base) + if(indexedWage = "fen", round(indexBase * index, 1, half_up), indexBase * index)) / 2 * years * 1%`,
      ),
      "基础养老金月标准以当地上年度在岗职工月平均工资和本人指数化月平均缴费工资的平均值为基数, 缴费每满1年发给1%",
      "Pays for every year and for the level of contributions instead of a flat 20 %.",
    ),
  ],
  examples: [
    { version: since1998, operands: { base: 100000 }, value: 20000, basis: "constructed" },
    {
      version: since2006,
      operands: { base: 831000, indexBase: 831000, index: "0.7219", years: "42.83", ...usual },
      value: 306427,
      basis: "form of 浙江 2025-02",
    },
    {
      version: since2006,
      operands: { base: 785258, indexBase: 717850, index: "0.61", years: "42.67", ...usual, indexedWage: "fen" },
      value: 260958,
      basis: "published case of 长春 (PUB-002)",
    },
    {
      version: since2006,
      operands: { base: 949300, indexBase: 949300, index: "0.4665", years: "27.25", ...usual, lowIndex: "proportional" },
      value: 160902,
      basis: "form of 广东 2026-04",
    },
    {
      version: since2006,
      operands: { base: 698300, indexBase: 698300, index: "0.8827", years: "31.75", ...usual, rounding: "jiao-up" },
      value: 208710,
      basis: "form of 广西 2026-05",
    },
  ],
  openQuestions: [rulings.provisional],
}

export const divisorRule: Rule = {
  id: "pension/divisor",
  title: { zh: "计发月数", en: "payout months" },
  summary: {
    zh: "按退休年龄查表；二〇二五年起非整岁的按月内插，保留一位小数。",
    en: "By age at retirement; from 2025 between two whole ages in proportion of the months, to one decimal.",
  },
  unit: "months",
  operands: {
    age: operand("months", "退休时年龄（月）", "age at retirement in whole months"),
    before: operand("months", "整岁计发月数", "divisor of the whole age reached"),
    after: operand("months", "下一整岁计发月数", "divisor of the next whole age"),
    own: operand("months", "本省另行使用的计发月数", "divisor that the province is known to have used instead"),
  },
  versions: [
    in1998("120", "个人账户养老金月标准为个人账户储存额除以120"),
    in2006("before", "计发月数根据职工退休时城镇人口平均预期寿命、本人退休年龄、利息等因素确定 (附件)", "By age."),
    {
      from: since2025,
      formula: "if(own = null, round(before - (before - after) * (age - 12 * floor(age / 12)) / 12, 0.1, half_up), own)",
      article: "国发〔2005〕38号 附件; no national text for ages that are not whole",
      source: "jinan.gov.cn answer art_23076_5018027; determination forms of 2025 and 2026",
      confidence: "secondary",
      change_en: "Statutory ages are no longer whole years.",
    },
  ],
  examples: [
    { version: since1998, operands: {}, value: "120", basis: "constructed" },
    { version: since2006, operands: { age: 601, before: "195", after: "190" }, value: "195", basis: "form of 四川 2024-04" },
    {
      version: since2025,
      operands: { age: 721, before: "139", after: "132", own: null },
      value: "138.4",
      basis: "forms of 四川 2025-10, 黑龙江 2025-02",
    },
    {
      version: since2025,
      operands: { age: 601, before: "195", after: "190", own: "195" },
      value: "195",
      basis: "form of 湖南 2026-06",
    },
  ],
}

export const accountRule: Rule = {
  id: "pension/account",
  title: { zh: "个人账户养老金", en: "account pension" },
  summary: { zh: "个人账户储存额除以计发月数。", en: "Balance of the personal account over the payout months." },
  unit: "fen",
  operands: {
    balance: operand("fen", "个人账户储存额", "balance of the personal account"),
    divisor: operand("months", "计发月数", "payout months"),
    rounding,
  },
  versions: [
    in1998(part("balance / divisor"), "个人账户养老金月标准为个人账户储存额除以120"),
    in2006(part("balance / divisor"), "个人账户养老金月标准为个人账户储存额除以计发月数", "The divisor depends on the age."),
  ],
  examples: [
    { version: since1998, operands: { balance: 1200000, divisor: "120", rounding: "fen" }, value: 10000, basis: "constructed" },
    {
      version: since2006,
      operands: { balance: 9720156, divisor: "170", rounding: "jiao-up" },
      value: 57180,
      basis: "form of 广西 2026-05",
    },
    {
      version: since2006,
      operands: { balance: 7622800, divisor: "170", rounding: "jiao" },
      value: 44840,
      basis: "form of 上海 2026-02",
    },
    {
      version: since2006,
      operands: { balance: 9667871, divisor: "139", rounding: "fen" },
      value: 69553,
      basis: "form of 浙江 2025-02",
    },
  ],
}

export const transitionalRule: Rule = {
  id: "pension/transitional",
  title: { zh: "过渡性养老金", en: "transitional pension" },
  summary: {
    zh: "建立个人账户前的年限（含视同缴费年限），按指数化工资乘以年限和本省计发比例计发。",
    en: "For the years before there were accounts, deemed ones included: base × index × years × the province's rate.",
  },
  unit: "fen",
  operands: {
    base: operand("fen", "计发基数", "base of the year of retirement"),
    index: operand("index", "平均缴费工资指数", "average index"),
    years: operand("years", "建账前年限", "years before the account"),
    rate: operand("rate", "过渡系数", "rate a year"),
    formula: operand("text", "计发办法（本省做法）", "the place's formula"),
    rounding,
    indexedWage: operand("text", "指数化工资取整（本省做法）", "whether the indexed wage is rounded first"),
  },
  versions: [
    {
      from: since1998,
      formula: part(
        `if(formula = "base-only", base, if(indexedWage = "fen", round(base * index, 1, half_up), base * index)) * years * rate`,
      ),
      article: "国发〔2005〕38号 Art 6: 在发给基础养老金和个人账户养老金的基础上, 再发给过渡性养老金; formulas are provincial",
      source: "rates and formulas that reproduce determination forms",
      confidence: "secondary",
    },
  ],
  examples: [
    {
      version: since1998,
      operands: {
        base: 941700,
        index: "1.14",
        years: "10.42",
        rate: "0.01",
        formula: "indexed",
        rounding: "fen",
        indexedWage: "exact",
      },
      value: 111863,
      basis: "form of 天津 2026-03",
    },
    {
      version: since1998,
      operands: {
        base: 817900,
        index: "0.6111",
        years: "34/3",
        rate: "0.012",
        formula: "base-only",
        rounding: "fen",
        indexedWage: "exact",
      },
      value: 111234,
      basis: "form of 内蒙古 2025-09",
    },
  ],
  openQuestions: [rulings.transitional, rulings.ownIndex, rulings.accountStart],
}

export const totalRule: Rule = {
  id: "pension/total",
  title: { zh: "基本养老金", en: "monthly pension" },
  summary: { zh: "各部分之和，按本省做法取整。", en: "Sum of the parts, rounded as the province does." },
  unit: "fen",
  operands: { parts: operand("fen", "各部分", "the parts"), rounding },
  versions: [
    open(
      `if(rounding = "jiao-up", round(sum(parts), 10, up), if(rounding = "yuan-up", round(sum(parts), 100, up), sum(parts)))`,
      "国发〔2005〕38号 Art 6; rounding is provincial",
      "determination forms (law.md §6.4)",
    ),
  ],
  examples: [
    {
      version: since1998,
      operands: { parts: [176913, 56604, 15000, 53249], rounding: "jiao-up" },
      value: 301770,
      basis: "form of 浙江 2025-08",
    },
    {
      version: since1998,
      operands: { parts: [206779, 47723, 21387], rounding: "yuan-up" },
      value: 275900,
      basis: "form of 沈阳",
    },
    { version: since1998, operands: { parts: [348765, 71200], rounding: "fen" }, value: 419965, basis: "constructed" },
  ],
  openQuestions: [rulings.transitional],
}
