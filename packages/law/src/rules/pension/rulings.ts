/** Where the texts on pensions are silent, and the reading that is followed until somebody rules (law.md §12). */
import type { Ruling } from "../../explain/explained.js"
import { flexibleRulings } from "../retirement-rules.js"

export const rulings = {
  elsewhere: {
    question: "law.md §12.3",
    question_zh: "在其他省份缴费的月份，计算缴费工资指数时用哪里的平均工资？",
    question_en: "Whose average wage is the denominator of the index for months paid in another province?",
    reading_en: "That of the place of receipt (国办发〔2009〕66号 Art 7).",
  },
  wageUnknown: {
    question: "pension/wage-unknown",
    question_zh: "部分年份的平均工资未取得，当年缴费工资指数无法计算。",
    question_en: "The average wage of some years is not known here: their index cannot be computed.",
    reading_en: "The years whose wage is known speak for the others. To be recomputed when the wages are published here.",
  },
  ownIndex: {
    question: "pension/transitional-index",
    question_zh: "本省计算过渡性养老金另用一个平均指数，其口径未见文件。",
    question_en: "The province uses another average index for the transitional part; no text seen defines it.",
    reading_en: "The index of the basic part is used for both.",
  },
  transitional: {
    question: "pension/transitional-formula",
    question_zh: "本省过渡性养老金的计发办法未见文件，也没有核定表可以验证。",
    question_en: "The province's transitional formula is not known and no form confirms one.",
    reading_en: "The transitional part is left out of the total and named as missing.",
  },
  accountStart: {
    question: "pension/account-start",
    question_zh: "各省建立个人账户的时间不同，未取得本人建账时间。",
    question_en: "Accounts began at different times; the person's own first month is not in the record.",
    reading_en: "1996-01, when 国发〔1995〕6号 introduced accounts, is taken.",
  },
  minimumYear: flexibleRulings.minimumYear,
  interest: {
    question: "law.md §12.4",
    question_zh: "个人账户当年记账本金如何计息、从哪个月起计息？",
    question_en: "How, and from which month, does a year's principal earn interest in that year?",
    reading_en: "Month products (月积数法), from the month that the province's practice names.",
  },
  provisional: {
    question: "pension/provisional",
    question_zh: "退休当年计发基数尚未公布。",
    question_en: "The base of the year of retirement is not published yet.",
    reading_en: "Paid on last year's base (预发) and recalculated when the new one appears (重核).",
  },
} as const satisfies Record<string, Ruling>
