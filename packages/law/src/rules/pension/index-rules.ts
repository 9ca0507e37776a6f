/** Texts, formulas and versions of the contribution index 缴费工资指数 (`history.ts` computes them). */
import type { Rule } from "../../explain/rule.js"
import { since1998 } from "./versions.js"
import { rulings } from "./rulings.js"

const basis = "国发〔2005〕38号 Art 6: 本人指数化月平均缴费工资; 国办发〔2009〕66号 Art 7: 待遇领取地各年度在岗职工平均工资"

export const indexYearRule: Rule = {
  id: "pension/index-year",
  title: { zh: "当年缴费工资指数", en: "index of a year" },
  summary: {
    zh: "当年月平均缴费基数除以上年度月平均工资，不低于0.6，不高于3，保留四位小数。",
    en: "Mean monthly base of the year over the average wage of the year before, between 0.6 and 3, to four decimals.",
  },
  unit: "index",
  operands: {
    bases: { zh: "当年各月缴费基数", en: "contribution base of each month of the year", unit: "fen" },
    wage: { zh: "上年度月平均工资", en: "monthly average wage of the year before", unit: "fen" },
  },
  versions: [
    {
      from: since1998,
      formula: "round(min(3, max(0.6, sum(bases) / (count(bases) * wage))), 0.0001, half_up)",
      article: basis,
      source: "full texts; limits and decimals as provincial systems print them (law.md §6.3)",
      confidence: "secondary",
    },
  ],
  examples: [
    { version: since1998, operands: { bases: [600000, 650000], wage: 831000 }, value: "0.7521", basis: "constructed" },
    { version: since1998, operands: { bases: [2700000], wage: 831000 }, value: "3", basis: "constructed" },
  ],
  openQuestions: [rulings.elsewhere],
}

export const gapMonthsRule: Rule = {
  id: "pension/gap-months",
  title: { zh: "中断缴费月数", en: "months not paid" },
  summary: { zh: "首次与末次缴费之间未缴费的月数。", en: "Months between the first and the last paid one that were not paid." },
  unit: "months",
  operands: {
    first: { zh: "首次缴费年月", en: "first paid month", unit: "month" },
    last: { zh: "末次缴费年月", en: "last paid month", unit: "month" },
    paid: { zh: "各年缴费月数", en: "paid months of each year", unit: "months" },
  },
  versions: [
    {
      from: since1998,
      formula: "months_between(first, last) - sum(paid)",
      article: basis,
      source: "definition",
      confidence: "secondary",
    },
  ],
  examples: [
    { version: since1998, operands: { first: "2010-01", last: "2011-12", paid: [12, 9] }, value: 3, basis: "constructed" },
  ],
}

export const indexAverageRule: Rule = {
  id: "pension/index-average",
  title: { zh: "平均缴费工资指数", en: "average index" },
  summary: {
    zh: "各年指数按缴费月数加权平均；中断缴费的月份多数地区不计，部分地区按零计入。",
    en: "Mean of the years' indices weighted by months; months not paid are left out, in some provinces they count as 0.",
  },
  unit: "index",
  operands: {
    indices: { zh: "各年指数", en: "index of each year", unit: "index" },
    months: { zh: "各年缴费月数", en: "paid months of each year", unit: "months" },
    gap: { zh: "中断缴费月数", en: "months not paid", unit: "months" },
    gaps: { zh: "中断月份的处理（本省做法）", en: "how the place treats them", unit: "text" },
    step: { zh: "小数位（本省做法）", en: "decimals that the place keeps", unit: "index" },
  },
  versions: [
    {
      from: since1998,
      formula: `round(dot(indices, months) / (sum(months) + if(gaps = "as-zero", gap, 0)), step, half_up)`,
      article: basis,
      source: "full texts; decimals and gaps are provincial (law.md §6.3)",
      confidence: "secondary",
    },
  ],
  examples: [
    {
      version: since1998,
      operands: { indices: ["0.7521", "1.2"], months: [12, 6], gap: 6, gaps: "left-out", step: "0.0001" },
      value: "0.9014",
      basis: "constructed",
    },
    {
      version: since1998,
      operands: { indices: ["0.7521", "1.2"], months: [12, 6], gap: 6, gaps: "as-zero", step: "0.01" },
      value: "0.68",
      basis: "constructed",
    },
  ],
  openQuestions: [rulings.elsewhere, rulings.wageUnknown],
}
