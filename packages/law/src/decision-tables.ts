/** The tables of this package. Those of the studies stand as the studies print them, with what they leave open (features X4). */
import { between, bounds, type DecisionTable, only } from "./decision-table.js"

const { closed, open, unstated } = bounds

/**
 * Fiscal subsidy to flexible workers by income as a share of the floor of the base (B12): "<50 % → 50 %, 50-80 % → 30 %". The floor is
 * where the subsidy is about: a person who earns it needs none.
 */
export const subsidyTiers: DecisionTable = {
  id: "subsidy-tiers",
  zh: "灵活就业人员缴费财政补贴",
  en: "fiscal subsidy by income",
  article: "proposal of a study, §5.2: 收入低于下限 50% 补贴 50%, 50%–80% 补贴 30%",
  axes: {
    income: {
      zh: "收入占缴费基数下限的比例",
      en: "income as a share of the floor",
      unit: "%",
      domain: between(closed("0"), open("100")),
      whole: false,
    },
  },
  rows: [
    { when: { income: between(null, open("50")) }, outcome: "50%" },
    { when: { income: between(unstated("50"), unstated("80")) }, outcome: "30%" },
  ],
}

/** Months of waiting before a medical relation pays again after a break, by months of the break. */
export const medicalRecovery: DecisionTable = {
  id: "medical-recovery",
  zh: "医保中断后待遇恢复等待期",
  en: "waiting months after a break in medical insurance",
  article: "proposal of a study, §5.3: 中断 1–3 个月等待 1 个月, 3–6 个月等待 2 个月",
  axes: {
    break: {
      zh: "中断月数",
      en: "months of the break",
      unit: "months",
      domain: between(closed("1"), closed("6")),
      whole: true,
    },
  },
  rows: [
    { when: { break: between(closed("1"), closed("3")) }, outcome: "1" },
    { when: { break: between(closed("3"), closed("6")) }, outcome: "2" },
  ],
}

/** Share of the full benefit by years paid: three points, and nothing between them. */
export const pensionSegments: DecisionTable = {
  id: "pension-segments",
  zh: "分段计发比例",
  en: "share of the benefit by years paid",
  article: "proposal of a study, §5.3: 缴费满 5/10/15 年, 计发 20%/50%/100%",
  axes: {
    years: { zh: "缴费年限", en: "years paid", unit: "years", domain: between(closed("5"), closed("15")), whole: false },
  },
  rows: [
    { when: { years: only("5") }, outcome: "20%" },
    { when: { years: only("10") }, outcome: "50%" },
    { when: { years: only("15") }, outcome: "100%" },
  ],
}

/** 社会保险法 Art 46: a table that leaves nothing open, beside the three that do. */
export const unemploymentBenefit: DecisionTable = {
  id: "unemployment-months",
  zh: "失业保险金领取月数",
  en: "months of unemployment benefit",
  article: "社会保险法 Art 45, Art 46: 满一年不足五年 12 个月, 满五年不足十年 18 个月, 十年以上 24 个月",
  axes: {
    months: { zh: "累计缴费月数", en: "months paid", unit: "months", domain: between(closed("0"), null), whole: true },
  },
  rows: [
    { when: { months: between(closed("0"), open("12")) }, outcome: "0" },
    { when: { months: between(closed("12"), open("60")) }, outcome: "12" },
    { when: { months: between(closed("60"), open("120")) }, outcome: "18" },
    { when: { months: between(closed("120"), null) }, outcome: "24" },
  ],
}

/** 国办发〔2009〕66号 Art 5: who gets a temporary account at a new place, by sex and age. */
const temporaryFrom = (sex: "male" | "female", age: string): DecisionTable => ({
  id: `temporary-account-${sex}`,
  zh: sex === "male" ? "临时缴费账户（男）" : "临时缴费账户（女）",
  en: `temporary account at a place that is not the hukou's, ${sex === "male" ? "men" : "women"}`,
  article: "国办发〔2009〕66号 Art 5: 男性年满 50 周岁和女性年满 40 周岁",
  axes: { age: { zh: "年龄", en: "age", unit: "years", domain: between(closed("16"), null), whole: false } },
  rows: [
    { when: { age: between(null, open(age)) }, outcome: "ordinary" },
    { when: { age: between(closed(age), null) }, outcome: "temporary" },
  ],
})

/** 医保办发〔2021〕43号: a break of the employee medical relation when it moves. */
export const medicalTransferBreak: DecisionTable = {
  id: "medical-transfer-break",
  zh: "医保关系转移中断缴费",
  en: "break of a medical relation that moves",
  article: "医保办发〔2021〕43号: 中断不超过 3 个月可补缴并享受待遇, 超过 3 个月等待期不超过 6 个月",
  axes: {
    break: { zh: "中断月数", en: "months of the break", unit: "months", domain: between(closed("0"), null), whole: true },
  },
  rows: [
    { when: { break: between(closed("0"), closed("3")) }, outcome: "pay back, no waiting" },
    { when: { break: between(open("3"), null) }, outcome: "wait, at most 6 months" },
  ],
}

export const decisionTables: readonly DecisionTable[] = [
  subsidyTiers,
  medicalRecovery,
  pensionSegments,
  unemploymentBenefit,
  temporaryFrom("male", "50"),
  temporaryFrom("female", "40"),
  medicalTransferBreak,
]
