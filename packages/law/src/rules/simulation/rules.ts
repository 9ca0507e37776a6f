/** Texts and formulas of what a simulation adds to the law: amounts that nobody has published yet, a future account, two futures compared. */
import type { Unit, Value } from "../../explain/explained.js"
import type { Rule, RuleText } from "../../explain/rule.js"
import { beginning, op } from "../describe.js"

type Shape = {
  readonly id: string
  readonly title: RuleText
  readonly summary: RuleText
  readonly unit: Unit
  readonly operands: Rule["operands"]
  readonly formula: string
  readonly examples: readonly (readonly [operands: Readonly<Record<string, Value>>, value: Value])[]
}

/** No text of law stands behind these: they are how this program supposes a future, and say so. */
const supposed = ({ formula, examples, ...rest }: Shape): Rule => ({
  ...rest,
  id: `simulation/${rest.id}`,
  versions: [
    {
      from: beginning,
      formula,
      article: "none: an assumption of the simulation, stated with its result",
      source: "tongzhang",
      confidence: "constructed",
    },
  ],
  examples: examples.map(([operands, value]) => ({ version: beginning, operands, value, basis: "constructed" })),
})

const from = op("起始月", "first month", "month")
const to = op("末月", "last month", "month")

export const grownRule = supposed({
  id: "grown-amount",
  title: { zh: "按假定增长率推算的金额", en: "amount grown at a supposed rate" },
  summary: {
    zh: "已知金额按假定年增长率复利推算到所问年度，四舍五入到分。",
    en: "A known amount, grown by the supposed yearly rate for every calendar year in between, half up to the fen.",
  },
  unit: "fen",
  operands: {
    amount: op("已知金额", "known amount", "fen"),
    growth: op("假定年增长率", "supposed growth a year", "rate"),
    from: op("已知金额所属月", "month of the known amount", "month"),
    month: op("所问月份", "month asked about", "month"),
  },
  formula: "round(amount * power(1 + growth, max(0, year(month) - year(from))), 1, half_up)",
  examples: [
    [{ amount: 949_300, growth: "0.03", from: "2025-12", month: "2027-05" }, 1_007_112],
    [{ amount: 949_300, growth: "0.03", from: "2025-12", month: "2025-12" }, 949_300],
  ],
})

export const futureAccountRule = supposed({
  id: "account-after",
  title: { zh: "推算的个人账户余额", en: "account after months to come" },
  summary: {
    zh: "期初余额加每月记账额；期初余额按月计息，每月记账额自次月起计息，利息期末入账。",
    en: "Opening balance and what is booked each month; the opening earns every month, a payment from the month after, interest is credited at the end of the part of a year.",
  },
  unit: "fen",
  operands: {
    opening: op("期初余额", "opening balance", "fen"),
    payment: op("每月记账额", "booked each month", "fen"),
    from,
    to,
    rate: op("记账利率", "rate of interest a year", "rate"),
  },
  formula:
    "opening + payment * months_between(from, to) + round((opening * months_between(from, to) + payment * months_between(from, to) * (months_between(from, to) - 1) / 2) * rate / 12, 1, half_up)",
  examples: [[{ opening: 1_000_000, payment: 40_000, from: "2027-01", to: "2027-12", rate: "0.03" }, 1_516_600]],
})

export const futureResidentAccountRule = supposed({
  id: "resident-account-after",
  title: { zh: "推算的居民个人账户余额", en: "resident account after a year to come" },
  summary: {
    zh: "期初余额按月计息，加年末缴费和补贴。",
    en: "The opening balance earns every month; the year's payment and subsidy are booked at its end.",
  },
  unit: "fen",
  operands: {
    opening: op("期初余额", "opening balance", "fen"),
    payment: op("当年缴费", "paid for the year", "fen"),
    subsidy: op("当年补贴", "subsidy of the year", "fen"),
    from,
    to,
    rate: op("记账利率", "rate of interest a year", "rate"),
  },
  formula: "opening + payment + subsidy + round(opening * months_between(from, to) * rate / 12, 1, half_up)",
  examples: [[{ opening: 1_000_000, payment: 200_000, subsidy: 6_000, from: "2027-01", to: "2027-12", rate: "0.03" }, 1_236_000]],
})

export const futureMonthsRule = supposed({
  id: "months",
  title: { zh: "将缴月数", en: "months to come" },
  summary: { zh: "假定继续缴费的月数，首末月均计。", en: "Months supposed to be paid, both ends counted." },
  unit: "months",
  operands: { from, to },
  formula: "months_between(from, to)",
  examples: [[{ from: "2027-01", to: "2027-12" }, 12]],
})

const sum = (id: string, zh: string, en: string, unit: "fen" | "months"): Rule =>
  supposed({
    id,
    title: { zh, en },
    summary: { zh: `${zh}：各项之和。`, en: `The parts added up: ${en}.` },
    unit,
    operands: { parts: op("各项", "parts", unit) },
    formula: "sum(parts)",
    examples: [[{ parts: [60, 12] }, 72]],
  })
export const allMonthsRule = sum("all-months", "累计月数", "months recorded and to come", "months")
export const allAccountsRule = sum("accounts", "个人账户合计", "accounts together", "fen")

export const futurePaidRule = supposed({
  id: "paid",
  title: { zh: "本人将缴金额", en: "what the person pays" },
  summary: { zh: "各段每次缴费额乘以次数之和。", en: "Each payment times how often it is made." },
  unit: "fen",
  operands: { payments: op("每次缴费额", "each payment", "fen"), times: op("次数", "how often", "count") },
  formula: "dot(payments, times)",
  examples: [[{ payments: [40_000, 41_600], times: [12, 6] }, 729_600]],
})

export const monthlyCostRule = supposed({
  id: "monthly-cost",
  title: { zh: "折合每月缴费", en: "cost a month" },
  summary: {
    zh: "首次缴费额折合每月，四舍五入到分。",
    en: "The first payment, for each of the months it is for, half up to the fen.",
  },
  unit: "fen",
  operands: { payment: op("首次缴费额", "first payment", "fen"), months: op("所缴月数", "months it is for", "months") },
  formula: "round(payment / months, 1, half_up)",
  examples: [[{ payment: 200_000, months: 12 }, 16_667]],
})

const less = (id: string, zh: string, en: string): Rule =>
  supposed({
    id,
    title: { zh, en },
    summary: { zh: `${zh}：所问方案减对照方案。`, en: `The scenario less what it is compared with: ${en}.` },
    unit: "fen",
    operands: { scenario: op("所问方案", "scenario", "fen"), compared: op("对照方案", "compared with", "fen") },
    formula: "scenario - compared",
    examples: [[{ scenario: 320_000, compared: 300_000 }, 20_000]],
  })
export const gainRule = less("gain", "每月待遇增减", "pension a month")
export const extraPaidRule = less("extra-paid", "本人多缴合计", "what the person pays in all")
export const extraMonthlyRule = less("extra-monthly", "每月多缴", "what the person pays a month")

export const leadRule = supposed({
  id: "to-make-up",
  title: { zh: "待补回金额", en: "what has to be made up" },
  summary: {
    zh: "多缴金额，加推迟领取期间对照方案已发的待遇，或减提前领取期间所问方案已发的待遇；未计待遇调整和资金时间价值。",
    en: "What is paid more, and the pension that the other one has paid by then when this one starts later; less what this one has paid by then when it starts earlier. Nothing is discounted or adjusted.",
  },
  unit: "fen",
  operands: {
    extra: op("多缴合计", "paid more in all", "fen"),
    scenario: op("所问方案月待遇", "pension of the scenario", "fen"),
    compared: op("对照方案月待遇", "pension compared with", "fen"),
    start: op("所问方案开始领取月", "first month of the scenario's pension", "month"),
    compared_start: op("对照方案开始领取月", "first month of the pension compared with", "month"),
  },
  formula:
    "extra + if(start > compared_start, compared * (months_between(compared_start, start) - 1), if(start < compared_start, 0 - scenario * (months_between(start, compared_start) - 1), 0))",
  examples: [
    [{ extra: 480_000, scenario: 340_000, compared: 300_000, start: "2030-01", compared_start: "2029-01" }, 4_080_000],
    [{ extra: -480_000, scenario: 280_000, compared: 300_000, start: "2028-01", compared_start: "2029-01" }, -3_840_000],
  ],
})

export const breakEvenRule = supposed({
  id: "break-even-months",
  title: { zh: "回本月数", en: "months to break even" },
  summary: {
    zh: "待补回金额除以每月待遇增减，向上取整；领先者始终领先的没有回本月。",
    en: "What has to be made up over the gain a month, rounded up: from then on the other one is ahead. Nothing where one of them is ahead from the first month to the last.",
  },
  unit: "months",
  operands: { lead: op("待补回金额", "what has to be made up", "fen"), gain: op("每月增减", "gain a month", "fen") },
  formula: "if(gain = 0, null, if(lead / gain <= 0, null, round(lead / gain, 1, up)))",
  examples: [
    [{ lead: 4_080_000, gain: 40_000 }, 102],
    [{ lead: -3_840_000, gain: -20_000 }, 192],
    [{ lead: 4_080_000, gain: -1 }, null],
    [{ lead: 4_080_000, gain: 0 }, null],
  ],
})

export const breakEvenMonthRule = supposed({
  id: "break-even-month",
  title: { zh: "回本月份", en: "break-even month" },
  summary: {
    zh: "两方案中较晚开始领取之月起加回本月数；超过一百年的不计。",
    en: "From the later of the two first months, as many months on; nothing beyond a hundred years.",
  },
  unit: "month",
  operands: {
    start: op("所问方案开始领取月", "first month of the scenario's pension", "month"),
    compared_start: op("对照方案开始领取月", "first month of the pension compared with", "month"),
    months: op("回本月数", "months to break even", "months"),
  },
  formula: "if(months = null, null, if(months > 1200, null, add_months(max(start, compared_start), months)))",
  examples: [[{ start: "2030-01", compared_start: "2029-01", months: 102 }, "2038-07"]],
})

export const shortRule = supposed({
  id: "months-short",
  title: { zh: "距最低缴费年限所差月数", en: "months short of the minimum" },
  summary: { zh: "最低缴费月数减累计月数，不小于零。", en: "Minimum months less the months that count, not below nothing." },
  unit: "months",
  operands: { minimum: op("最低缴费月数", "minimum months", "months"), months: op("累计月数", "months that count", "months") },
  formula: "max(0, minimum - months)",
  examples: [[{ minimum: 198, months: 190 }, 8]],
})
