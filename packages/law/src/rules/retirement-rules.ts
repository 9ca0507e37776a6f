/** Texts, formulas and versions of the retirement rules (`retirement.ts` computes them). */
import type { Ruling } from "../explain/explained.js"
import type { Rule, RuleText, RuleVersion } from "../explain/rule.js"

/** 关于实施渐进式延迟法定退休年龄的决定, in force from this day. */
export const reform = "2025-01-01"
const old = "1978-06-02"

const before: Omit<RuleVersion, "formula"> = {
  from: old,
  article: "国发〔1978〕104号 Art 1: 男年满六十周岁, 女工人年满五十周岁, 女干部年满五十五周岁",
  source: "from memory of the rules, not read",
  confidence: "memory",
}
const since: Omit<RuleVersion, "formula"> = {
  from: reform,
  article: "关于实施渐进式延迟法定退休年龄的决定 (2024-09-13) 及办法 Art 1",
  source: "decision of the Standing Committee, printed tables",
  confidence: "official",
}

const group: RuleText & { readonly unit: "code" } = {
  zh: "职工类别（男，女干部或管理技术岗，女工人）",
  en: "group: male, female55 or female50; a fact about the job",
  unit: "code",
}
const birth: RuleText & { readonly unit: "month" } = { zh: "出生年月", en: "month of birth", unit: "month" }
const statutory: RuleText & { readonly unit: "month" } = { zh: "法定退休年月", en: "statutory month", unit: "month" }

const later = (start: string, cap: number, step: number): string =>
  `if(birth < "${start}", 0, min(${cap}, floor((months_between("${start}", birth) - 1) / ${step}) + 1))`
const oldAge = `if(group = "male", 720, if(group = "female55", 660, 600))`

export const delayRule: Rule = {
  id: "retirement/delay",
  title: { zh: "延迟月数", en: "months of delay" },
  summary: {
    zh: "男职工和原五十五周岁退休的女职工每四个月延迟一个月，至六十三、五十八周岁；原五十周岁退休的女职工每二个月延迟一个月，至五十五周岁。",
    en: "One month for every four months of birth after the start (women of 50: every two), up to three years (five).",
  },
  unit: "months",
  operands: { group, birth },
  versions: [
    { ...before, formula: "0" },
    {
      ...since,
      formula: `if(group = "male", ${later("1965-01", 36, 4)}, if(group = "female55", ${later("1970-01", 36, 4)}, ${later("1975-01", 60, 2)}))`,
      change_en: "The statutory age rises step by step from 2025.",
    },
  ],
  examples: [
    { version: old, operands: { group: "male", birth: "1966-05" }, value: 0, basis: "constructed" },
    { version: reform, operands: { group: "male", birth: "1966-05" }, value: 5, basis: "table printed with the decision" },
    { version: reform, operands: { group: "female50", birth: "1984-11" }, value: 60, basis: "table printed with the decision" },
  ],
}

export const statutoryMonthRule: Rule = {
  id: "retirement/statutory-month",
  title: { zh: "法定退休年月", en: "statutory month of retirement" },
  summary: {
    zh: "出生年月加原法定退休年龄，再加延迟月数。",
    en: "Month of birth, plus the old statutory age, plus the delay.",
  },
  unit: "month",
  operands: { group, birth, delay: { zh: "延迟月数", en: "months of delay", unit: "months" } },
  versions: [
    { ...before, formula: `add_months(birth, ${oldAge} + delay)` },
    { ...since, formula: `add_months(birth, ${oldAge} + delay)` },
  ],
  examples: [
    { version: old, operands: { group: "male", birth: "1960-03", delay: 0 }, value: "2020-03", basis: "constructed" },
    { version: reform, operands: { group: "male", birth: "1966-05", delay: 5 }, value: "2026-10", basis: "printed sample" },
  ],
}

export const minimumMonthsRule: Rule = {
  id: "retirement/minimum-months",
  title: { zh: "最低缴费年限", en: "minimum months of contribution" },
  summary: {
    zh: "二〇三〇年起最低缴费年限由十五年逐步提高至二十年，每年提高六个月。",
    en: "180 months up to 2029, six more each year from 2030, 240 from 2039.",
  },
  unit: "months",
  operands: { month: statutory },
  versions: [
    {
      ...before,
      from: "1997-07-16",
      article: "国发〔1997〕26号; 社会保险法 Art 16: 缴费满十五年",
      formula: "180",
      confidence: "official",
    },
    {
      ...since,
      article: "办法 Art 2 及附表4: 最低缴费年限",
      formula: "min(240, 180 + 6 * max(0, year(month) - 2029))",
      change_en: "The minimum rises from 15 to 20 years between 2030 and 2039.",
    },
  ],
  examples: [
    { version: "1997-07-16", operands: { month: "2035-02" }, value: 180, basis: "constructed" },
    { version: reform, operands: { month: "2031-02" }, value: 192, basis: "table 4 of the decision (LINK-03)" },
    { version: reform, operands: { month: "2039-07" }, value: 240, basis: "table 4 of the decision" },
  ],
}

const flexible: Omit<RuleVersion, "formula"> = {
  ...since,
  article: "办法 Art 3; 实施弹性退休制度暂行办法 Arts 2-4",
}

export const earliestRule: Rule = {
  id: "retirement/earliest-month",
  title: { zh: "弹性提前退休最早年月", en: "earliest month by choice" },
  summary: {
    zh: "达到最低缴费年限的，可以自愿提前退休，最长不超过三年，且不得低于原法定退休年龄，至少提前三个月书面告知。",
    en: "With the minimum months met: up to three years early, never before the old age; written notice three months before.",
  },
  unit: "month",
  operands: { group, birth, statutory },
  versions: [
    { ...before, formula: "null" },
    {
      ...flexible,
      formula: `if(statutory < "2025-01", null, if(add_months(birth, ${oldAge}) > add_months(statutory, 0 - 36), add_months(birth, ${oldAge}), add_months(statutory, 0 - 36)))`,
      change_en: "Retiring early by choice exists from 2025.",
    },
  ],
  examples: [
    {
      version: reform,
      operands: { group: "male", birth: "1976-08", statutory: "2039-07" },
      value: "2036-08",
      basis: "printed sample",
    },
    { version: old, operands: { group: "male", birth: "1960-03", statutory: "2020-03" }, value: null, basis: "constructed" },
  ],
}

export const latestRule: Rule = {
  id: "retirement/latest-month",
  title: { zh: "弹性延迟退休最晚年月", en: "latest month by agreement" },
  summary: {
    zh: "所在单位与职工协商一致的，可以弹性延迟退休，最长不超过三年，提前一个月书面约定。",
    en: "By agreement with the employer up to three years later, in writing one month before.",
  },
  unit: "month",
  operands: { statutory },
  versions: [
    { ...before, formula: "null" },
    {
      ...flexible,
      formula: `if(statutory < "2025-01", null, add_months(statutory, 36))`,
      change_en: "Retiring later by agreement exists from 2025.",
    },
  ],
  examples: [
    { version: reform, operands: { statutory: "2026-10" }, value: "2029-10", basis: "printed sample" },
    { version: old, operands: { statutory: "2020-03" }, value: null, basis: "constructed" },
  ],
}

export const noticeRule: Rule = {
  id: "retirement/notice-month",
  title: { zh: "弹性退休告知期限", en: "last month for the written notice" },
  summary: {
    zh: "提前退休的至少提前三个月书面告知单位；延迟退休的提前一个月书面约定。",
    en: "Three months before an early retirement, one month before a late one.",
  },
  unit: "month",
  operands: { statutory, chosen: { zh: "选择的退休年月", en: "chosen month", unit: "month" } },
  versions: [{ ...flexible, formula: "add_months(chosen, 0 - if(chosen < statutory, 3, if(chosen > statutory, 1, 0)))" }],
  examples: [
    { version: reform, operands: { statutory: "2026-10", chosen: "2026-05" }, value: "2026-02", basis: "constructed" },
    { version: reform, operands: { statutory: "2026-10", chosen: "2027-10" }, value: "2027-09", basis: "constructed" },
  ],
}

const minimumYear: Ruling = {
  question: "law.md §5",
  question_zh: "弹性提前退休时，最低缴费年限按所选退休年份还是法定退休年份？",
  question_en: "Retiring early by choice: do the minimum months go by the chosen year or by the statutory one?",
  reading_en: "By the chosen year.",
}

export const choiceRule: Rule = {
  id: "retirement/choice",
  title: { zh: "所选退休年月是否允许", en: "whether a chosen month is allowed" },
  summary: {
    zh: "在最早与最晚年月之间；提前的须已达到最低缴费年限。",
    en: "Between the earliest and the latest month; an early one only with the minimum months.",
  },
  unit: "code",
  operands: {
    chosen: { zh: "选择的退休年月", en: "chosen month", unit: "month" },
    statutory,
    earliest: { zh: "最早年月", en: "earliest month", unit: "month" },
    latest: { zh: "最晚年月", en: "latest month", unit: "month" },
    months: { zh: "累计缴费月数", en: "months that count", unit: "months" },
    minimum: { zh: "最低缴费月数", en: "minimum months", unit: "months" },
  },
  versions: [
    {
      ...flexible,
      formula: `if(chosen = statutory, "statutory", if(earliest = null or latest = null, "no-choice", if(chosen < earliest, "too-early", if(chosen > latest, "too-late", if(chosen > statutory, "late", if(months >= minimum, "early", "minimum-not-met"))))))`,
    },
  ],
  examples: [
    {
      version: reform,
      operands: {
        chosen: "2026-06",
        statutory: "2026-10",
        earliest: "2026-05",
        latest: "2029-10",
        months: 179,
        minimum: 180,
      },
      value: "minimum-not-met",
      basis: "constructed",
    },
    {
      version: reform,
      operands: {
        chosen: "2029-11",
        statutory: "2026-10",
        earliest: "2026-05",
        latest: "2029-10",
        months: 300,
        minimum: 180,
      },
      value: "too-late",
      basis: "constructed",
    },
  ],
  openQuestions: [minimumYear],
}

export const residentMonthRule: Rule = {
  id: "retirement/resident-month",
  title: { zh: "居民养老金领取年月", en: "month of the resident pension" },
  summary: { zh: "年满六十周岁，男女相同，不适用延迟退休。", en: "60 for men and women; the reform does not touch it." },
  unit: "month",
  operands: { birth },
  versions: [
    {
      from: "2009-09-01",
      formula: "add_months(birth, 720)",
      article: "国发〔2009〕32号; 国发〔2014〕8号 Art 7: 年满60周岁",
      source: "quoted by provincial rules",
      confidence: "secondary",
    },
  ],
  examples: [{ version: "2009-09-01", operands: { birth: "1966-05" }, value: "2026-05", basis: "constructed" }],
}

export const flexibleRulings = {
  minimumYear,
  disability: {
    question: "retirement/disability-age",
    question_zh: "延迟退休后，因病或非因工致残完全丧失劳动能力提前退休的年龄是否改变？",
    question_en: "Does the age of early retirement for total loss of working capacity change under the reform?",
    reading_en: "The ages of 国发〔1978〕104号 (men 50, women 45) are kept.",
  },
} as const satisfies Record<string, Ruling>

export const specialEarlyRule: Rule = {
  id: "retirement/special-early-month",
  title: { zh: "特殊情形提前退休最早年月", en: "earliest month on special grounds" },
  summary: {
    zh: "从事井下、高空、高温、特别繁重体力劳动等特殊工种以及在高海拔地区工作的，可以申请提前退休；因病完全丧失劳动能力的按原规定。",
    en: "Hazardous work or high altitude: men 55, women 45; total loss of working capacity: men 50, women 45. Established by an agency.",
  },
  unit: "month",
  operands: { group, birth, ground: { zh: "提前退休情形", en: "ground, as established", unit: "code" } },
  versions: [
    {
      ...before,
      formula: `add_months(birth, if(group = "male", if(ground = "disability", 600, 660), 540))`,
    },
    {
      ...since,
      article: "办法 Art 8: 特殊工种, 高海拔地区; 国发〔1978〕104号 Art 1",
      formula: `add_months(birth, if(group = "male", if(ground = "disability", 600, 660), 540))`,
      confidence: "secondary",
    },
  ],
  examples: [
    {
      version: old,
      operands: { group: "female50", birth: "1970-04", ground: "hazardous-work" },
      value: "2015-04",
      basis: "constructed",
    },
    {
      version: reform,
      operands: { group: "male", birth: "1970-04", ground: "high-altitude" },
      value: "2025-04",
      basis: "constructed",
    },
  ],
  openQuestions: [flexibleRulings.disability],
}

export const ageRule: Rule = {
  id: "retirement/age",
  title: { zh: "年龄（月）", en: "age in whole months" },
  summary: { zh: "自出生年月起的整月数。", en: "Whole calendar months since the month of birth." },
  unit: "months",
  operands: { birth, at: { zh: "年月", en: "month", unit: "month" } },
  versions: [{ ...before, formula: "months_between(birth, at) - 1" }],
  examples: [{ version: old, operands: { birth: "1964-12", at: "2024-12" }, value: 720, basis: "constructed" }],
}
