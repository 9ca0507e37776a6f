/** Texts, formulas and versions of what counts for a pension: months, years, the minimum (`parts.ts`, `history.ts` compute them). */
import type { Rule } from "../../explain/rule.js"
import { rulings } from "./rulings.js"
import { open, operand, since1998 } from "./versions.js"

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
  examples: [
    { version: since1998, operands: { paid: [276], deemed: [84] }, value: 360, basis: "GB/T 40217-2021 sample (GB-006)" },
  ],
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
    {
      version: since1998,
      operands: { months: 368, practice: "two-decimals-down" },
      value: "30.66",
      basis: "form of 甘肃 2024-09",
    },
    { version: since1998, operands: { months: 493, practice: "exact" }, value: "493/12", basis: "form of 内蒙古 2025-09" },
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
  versions: [{ ...open("months >= minimum", "社会保险法 Art 16", "社会保险法, full text"), confidence: "official" }],
  examples: [
    { version: since1998, operands: { months: 180, minimum: 180 }, value: true, basis: "constructed (LINK-01)" },
    { version: since1998, operands: { months: 197, minimum: 198 }, value: false, basis: "constructed" },
  ],
  openQuestions: [rulings.minimumYear],
}

const published = "计发基数公布前按上年度基数预发, 公布后重新核定并补发差额: provincial notices, visible on determination forms"

export const recalculationRule: Rule = {
  id: "pension/recalculation",
  title: { zh: "重核差额", en: "difference of the recalculation" },
  summary: {
    zh: "退休当年计发基数公布后重新核定，与预发待遇的月差额。原核定不改。",
    en: "When the year's base is published the award is made again; the difference a month. The first decision stays.",
  },
  unit: "fen",
  operands: {
    provisional: operand("fen", "预发待遇", "provisional pension a month"),
    final: operand("fen", "重核待遇", "pension a month on the year's base"),
  },
  versions: [open("final - provisional", published, "forms with 预发 (law.md §6.1)")],
  examples: [{ version: since1998, operands: { provisional: 419960, final: 428430 }, value: 8470, basis: "constructed" }],
}

export const arrearsRule: Rule = {
  id: "pension/arrears",
  title: { zh: "补发金额", en: "arrears" },
  summary: { zh: "月差额乘以已预发月数。", en: "The monthly difference for the months paid provisionally." },
  unit: "fen",
  operands: {
    monthly: operand("fen", "月差额", "difference a month"),
    months: operand("months", "已预发月数", "months paid provisionally"),
  },
  versions: [open("monthly * months", published, "forms with 预发 (law.md §6.1)")],
  examples: [{ version: since1998, operands: { monthly: 8470, months: 7 }, value: 59290, basis: "constructed" }],
}

export const awardDifferenceRule: Rule = {
  id: "pension/award-difference",
  title: { zh: "核定与测算之差", en: "award less assessment" },
  summary: {
    zh: "经办机构核定的金额减账本按同一月份测算的金额。差异由经办机构解释，软件不作决定。",
    en: "What the agency awarded, less what the ledger assesses for the same month. The agency explains a difference; no software decides.",
  },
  unit: "fen",
  operands: {
    awarded: operand("fen", "核定金额", "awarded"),
    assessed: operand("fen", "测算金额", "assessed"),
  },
  versions: [open("awarded - assessed", "社会保险法 Art 8, Art 16: 经办机构核定待遇", "社会保险法, full text")],
  examples: [{ version: since1998, operands: { awarded: 419960, assessed: 419950 }, value: 10, basis: "constructed" }],
}
