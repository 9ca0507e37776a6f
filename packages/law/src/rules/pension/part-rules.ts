/** Texts, formulas and versions of the parts of the employee pension (`parts.ts` computes them). */
import type { Rule, RuleText, RuleVersion } from "../../explain/rule.js"
import type { Unit } from "../../explain/explained.js"
import { rulings } from "./rulings.js"

/** 国发〔1997〕26号: accounts everywhere, new formula; 国发〔2005〕38号: index and divisor; 2025: ages that are not whole. */
export const since1998 = "1998-01-01"
export const since2006 = "2006-01-01"
export const since2025 = "2025-01-01"

const doc38 = "国发〔2005〕38号, gov.cn"
const in1998 = (formula: string, article: string): RuleVersion => ({
  from: since1998,
  formula,
  article: `国发〔1997〕26号: ${article}`,
  source: "from memory of the decision, not read",
  confidence: "memory",
})
const in2006 = (formula: string, article: string, change_en: string): RuleVersion => ({
  from: since2006,
  formula,
  article: `国发〔2005〕38号 Art 6: ${article}`,
  source: doc38,
  confidence: "official",
  change_en,
})
const open = (formula: string, article: string, source: string): RuleVersion => ({
  from: since1998,
  formula,
  article,
  source,
  confidence: "secondary",
})

type Operand = RuleText & { readonly unit: Unit }
const operand = (unit: Unit, zh: string, en: string): Operand => ({ unit, zh, en })
const rounding = operand("text", "取整方式（本省做法）", "how the place rounds")

/** To fen, to the jiao, or cut to the fen and then any fen up to the jiao (见分进角). */
const part = (amount: string): string =>
  `if(rounding = "jiao-up", round(round(${amount}, 1, down), 10, up), if(rounding = "jiao", round(${amount}, 10, half_up), round(${amount}, 1, half_up)))`

const usual = { lowIndex: "full", indexedWage: "exact", rounding: "fen" }

export const monthsOfYearRule: Rule = {
  id: "pension/months-of-year",
  title: { zh: "当年缴费月数", en: "months paid in the year" },
  summary: { zh: "当年有缴费基数的月数，每月只计一次。", en: "Months of the year with a contribution base, each counted once." },
  unit: "months",
  operands: { bases: operand("fen", "各月缴费基数", "contribution base of each month") },
  versions: [open("count(bases)", "社会保险法 Art 16: 累计缴费", "社会保险法, full text")],
  examples: [{ version: since1998, operands: { bases: [500000, 500000, 520000] }, value: 3, basis: "constructed" }],
}

export const monthsRule: Rule = {
  id: "pension/months",
  title: { zh: "累计缴费月数", en: "months that count" },
  summary: {
    zh: "实际缴费月数加视同缴费月数。",
    en: "Months paid and months deemed to be paid 视同缴费.",
  },
  unit: "months",
  operands: {
    paid: operand("months", "各年缴费月数", "paid months of each year"),
    deemed: operand("months", "视同缴费月数", "deemed months"),
  },
  versions: [
    open("sum(paid) + sum(deemed)", "国办发〔2009〕66号 Art 7; 国发〔2005〕38号 Art 6: 缴费年限（含视同缴费年限）", "full texts"),
  ],
  examples: [{ version: since1998, operands: { paid: [276], deemed: [84] }, value: 360, basis: "GB/T 40217-2021 sample (GB-006)" }],
}

export const yearsRule: Rule = {
  id: "pension/years",
  title: { zh: "缴费年限", en: "years that count" },
  summary: {
    zh: "月数除以十二，按本省做法取小数。",
    en: "Months over twelve, with the decimals that the province keeps.",
  },
  unit: "years",
  operands: {
    months: operand("months", "月数", "months"),
    practice: operand("text", "年限取整（本省做法）", "how the place rounds years"),
  },
  versions: [
    open(
      [
        `if(practice = "two-decimals", round(months / 12, 0.01, half_up)`,
        `if(practice = "two-decimals-down", round(months / 12, 0.01, down)`,
        `if(practice = "two-decimals-up", round(months / 12, 0.01, up)`,
        `if(practice = "four-decimals", round(months / 12, 0.0001, half_up)`,
        `if(practice = "tenth-up", round(months / 12, 0.1, up), months / 12)))))`,
      ].join(", "),
      "no national text; provincial practice",
      "determination forms (law.md §6.4)",
    ),
  ],
  examples: [
    { version: since1998, operands: { months: 367, practice: "two-decimals" }, value: "30.58", basis: "constructed" },
    { version: since1998, operands: { months: 509, practice: "tenth-up" }, value: "42.5", basis: "form of 安徽 2026-02" },
    { version: since1998, operands: { months: 368, practice: "two-decimals-down" }, value: "30.66", basis: "form of 甘肃 2024-09" },
    { version: since1998, operands: { months: 493, practice: "exact" }, value: "493/12", basis: "form of 内蒙古 2025-09" },
  ],
}

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
    in1998(
      "round(base * 20%, 1, half_up)",
      "缴费年限累计满15年的, 基础养老金月标准为当地上年度职工月平均工资的20%",
    ),
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
  openQuestions: [rulings.elsewhere],
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
    { version: since1998, operands: { parts: [206779, 47723, 21387], rounding: "yuan-up" }, value: 275900, basis: "form of 沈阳" },
    { version: since1998, operands: { parts: [348765, 71200], rounding: "fen" }, value: 419965, basis: "constructed" },
  ],
}

export const eligibleRule: Rule = {
  id: "pension/eligible",
  title: { zh: "是否达到最低缴费年限", en: "whether the minimum months are met" },
  summary: {
    zh: "达到法定退休年龄时累计缴费达到最低缴费年限的，按月领取基本养老金。",
    en: "A monthly pension takes the minimum months at the statutory age.",
  },
  unit: "flag",
  operands: {
    months: operand("months", "累计缴费月数", "months that count"),
    minimum: operand("months", "最低缴费月数", "minimum months"),
  },
  versions: [
    { ...open("months >= minimum", "社会保险法 Art 16", "社会保险法, full text"), confidence: "official" },
  ],
  examples: [
    { version: since1998, operands: { months: 180, minimum: 180 }, value: true, basis: "constructed (LINK-01)" },
    { version: since1998, operands: { months: 197, minimum: 198 }, value: false, basis: "constructed" },
  ],
  openQuestions: [rulings.minimumYear],
}
