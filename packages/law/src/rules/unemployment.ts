/** Unemployment insurance: months of benefit, what moves between provinces, when the benefit stops. */
import { type Fen, fen, fraction } from "@tongzhang/domain/money"
import { exact } from "../explain/exact.js"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import type { Parameters } from "../parameters/parameter.js"
import { askNumber } from "./asked.js"
import { concluded, op } from "./describe.js"

const art46 = { article: "社会保险法 Art 46", source: "社会保险法, full text", confidence: "official" } as const
const regulation = { article: "失业保险条例 Art 17", source: "失业保险条例, full text", confidence: "official" } as const

export const benefitMonthsRule: Rule = {
  id: "unemployment/benefit-months",
  title: { zh: "领取失业保险金的期限", en: "months of unemployment benefit" },
  summary: {
    zh: "累计缴费满1年不足5年的，最长12个月；满5年不足10年的，最长18个月；10年以上的，最长24个月。",
    en: "1 to under 5 years paid: 12 months at most; 5 to under 10: 18; 10 and more: 24.",
  },
  unit: "months",
  operands: {
    years: op("累计缴费年限", "years paid", "years"),
    benefit: op("各档月数（1、5、10年）", "months from 1, 5 and 10 years on", "months"),
  },
  versions: [
    { from: "1999-01-22", formula: "if(years < 1, 0, lookup(years, [1, 5, 10], [12, 18, 24]))", ...regulation },
    {
      from: "2011-07-01",
      formula: "if(years < 1, 0, lookup(years, [1, 5, 10], benefit))",
      ...art46,
      change_en: "The same steps, by law.",
    },
  ],
  examples: [
    { version: "1999-01-22", operands: { years: "5" }, value: 18, basis: "constructed" },
    { version: "2011-07-01", operands: { years: "4.99", benefit: [12, 18, 24] }, value: 12, basis: "constructed (UNEMP-03)" },
    { version: "2011-07-01", operands: { years: "0.9", benefit: [12, 18, 24] }, value: 0, basis: "constructed (UNEMP-03)" },
  ],
}

export const unemploymentYearsRule: Rule = {
  id: "unemployment/years",
  title: { zh: "累计缴费年限", en: "years paid" },
  summary: { zh: "各地缴费月数累计，除以12。", en: "Months of all places together, over 12." },
  unit: "years",
  operands: { months: op("各地缴费月数", "months of the places", "months") },
  versions: [
    {
      from: "1999-01-22",
      formula: "sum(months) / 12",
      article: "社会保险法 Art 52; 社会保险经办条例 Art 14: 缴费年限累计计算",
      source: "社会保险法, full text",
      confidence: "official",
    },
  ],
  examples: [{ version: "1999-01-22", operands: { months: [30, 29] }, value: "59/12", basis: "constructed" }],
}

const moved = "round(monthly * months_left * 150%, 1, half_up)"
export const unemploymentMoneyRule: Rule = {
  id: "unemployment/transfer-money",
  title: { zh: "失业保险转移费用", en: "unemployment money that moves" },
  summary: {
    zh: "参保失业人员跨省转移：应领未领的失业保险金，加上其一半（医疗补助、职业培训和介绍）。在职职工转移及在转出地缴费不足1年的，只转关系不转费用。",
    en: "An unemployed person who moves to another province takes the benefit still due and half of it for medical cover and training. A worker, and who paid less than a year at the origin, takes the relation without money.",
  },
  unit: "fen",
  operands: {
    unemployed: op("失业人员", "unemployed", "flag"),
    paid_months: op("转出地缴费月数", "months paid at the origin", "months"),
    months_left: op("剩余领取月数", "months of benefit left", "months"),
    monthly: op("转出地月标准", "monthly benefit at the origin", "fen"),
  },
  versions: [
    {
      from: "2001-01-01",
      formula: `if(unemployed, ${moved}, 0)`,
      article: "失业保险金申领发放办法 (部令8号): 医疗补助金和职业培训、职业介绍补贴按失业保险金总额的一半计算",
      source: "excerpts",
      confidence: "secondary",
    },
    {
      from: "2021-11-01",
      formula: `if(not unemployed or paid_months < 12, 0, ${moved})`,
      article: "人社厅发〔2021〕85号: 转出地缴费不足 1 年的只转移关系",
      source: "si12333.cn/qa/mebri",
      confidence: "secondary",
      change_en: "Less than a year at the origin: the relation moves without money.",
    },
  ],
  examples: [
    {
      version: "2001-01-01",
      operands: { unemployed: true, paid_months: 11, months_left: 3, monthly: 60_000 },
      value: 270_000,
      basis: "constructed",
    },
    {
      version: "2021-11-01",
      operands: { unemployed: true, paid_months: 30, months_left: 9, monthly: 180_000 },
      value: 2_430_000,
      basis: "constructed (UNEMP-02)",
    },
    {
      version: "2021-11-01",
      operands: { unemployed: true, paid_months: 11, months_left: 3, monthly: 180_000 },
      value: 0,
      basis: "constructed",
    },
  ],
}

export const benefitStopsRule: Rule = {
  id: "unemployment/benefit-stops",
  title: { zh: "是否停发失业保险金", en: "does the benefit stop" },
  summary: {
    zh: "重新就业的，停止领取失业保险金。",
    en: "It stops when the person works again: a contributed month and a benefit month exclude each other.",
  },
  unit: "flag",
  operands: { employed: op("重新就业", "works again", "flag") },
  versions: [
    {
      from: "1999-01-22",
      formula: "employed",
      article: "失业保险条例 Art 15; 社会保险法 Art 51; 社会保险经办条例 Art 15",
      source: "社会保险法, full text",
      confidence: "official",
    },
  ],
  examples: [{ version: "1999-01-22", operands: { employed: true }, value: true, basis: "constructed" }],
}

/** Months of all places as exact years. */
export const unemploymentYears = (months: readonly Valued<number>[]): Explained<string> =>
  concluded(unemploymentYearsRule, "1999-01-22", { months }, () =>
    exact(months.reduce((sum, one) => sum + one.value, 0))
      .div(12)
      .toFraction(),
  )

const bounds = ["12", "60", "120"] as const

/** Most months of benefit; `years` is exact text. Null where the law of that day has no published steps. */
export const benefitMonths = (parameters: Parameters, on: string, years: Valued<string>): Explained<number> | null => {
  const steps = bounds.flatMap((key) => askNumber(parameters, { family: "unemployment-months", province: null, key, on }) ?? [])
  const known = on < "2011-07-01" ? [] : steps
  const values = on < "2011-07-01" ? [12, 18, 24] : steps.map((step) => step.value)
  if (values.length !== bounds.length) return null
  const paid = exact(years.value)
  const reached = [1, 5, 10].filter((bound) => paid.compare(bound) >= 0).length
  const operands = known.length === 0 ? { years } : { years, benefit: known }
  return concluded(benefitMonthsRule, on, operands, () => (reached === 0 ? 0 : (values[reached - 1] ?? 0)))
}

export type UnemploymentMove = {
  readonly on: string
  readonly unemployed: Valued<boolean>
  readonly paidMonths: Valued<number>
  readonly monthsLeft: Valued<number>
  /** Monthly benefit at the origin, fen. */
  readonly monthly: Valued<number>
}

/** Money that goes with the relation to another province; `on` is 2001-01-01 or later. */
export const unemploymentMoney = (move: UnemploymentMove): Explained<Fen> => {
  const { on, unemployed, paidMonths, monthsLeft, monthly } = move
  const operands = { unemployed, paid_months: paidMonths, months_left: monthsLeft, monthly }
  return concluded(unemploymentMoneyRule, on, operands, (version) => {
    if (!unemployed.value || (version !== "2001-01-01" && paidMonths.value < 12)) return fen(0)
    return fraction(fen(monthly.value * monthsLeft.value), 150, 100, "half_up")
  })
}

export const benefitStops = (on: string, employed: Valued<boolean>): Explained<boolean> =>
  concluded(benefitStopsRule, on, { employed }, () => employed.value)
