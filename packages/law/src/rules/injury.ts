/** Occupational injury cover of platform workers 新就业形态人员职业伤害保障: premium per order, and why several covers are no duplicate. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { type Fen } from "@tongzhang/domain/money"
import { applyRounding, exact, fenOf, toFen } from "../explain/exact.js"
import type { Explained, Ruling, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import type { Parameters } from "../parameters/parameter.js"
import { askText } from "./asked.js"
import { concluded, op, taken } from "./describe.js"
import { injuryAmountBands, injuryPriceElsewhere } from "./relation-questions.js"
import { parameterOperand } from "../parameters/parameter.js"

const doc24 = {
  article: "人社部发〔2025〕24号: 每单必保, 平台企业按单缴费",
  source: "m.kmwz.net/news/o29xy7LBgd.html",
  confidence: "secondary",
} as const
const doc110 = { article: "人社部发〔2021〕110号: 7 省市试点", source: "law.md §4", confidence: "secondary" } as const

export const injuryPremiumRule: Rule = {
  id: "injury/premium",
  title: { zh: "职业伤害保障费", en: "occupational injury premium" },
  summary: {
    zh: "订单数乘以每单标准，由平台按月向订单所在地缴纳；未实施的省份和时间不缴。",
    en: "Orders times the amount for an order, paid by the platform each month at the place of the orders; nothing where and while the cover is not in force.",
  },
  unit: "fen",
  operands: {
    month: op("订单所属月", "month of the orders", "month"),
    covered: op("该地该月已实施", "in force there and then", "flag"),
    orders: op("订单数", "orders", "count"),
    per_order: op("每单标准（分）", "amount for an order, fen", "fen"),
  },
  datedBy: "month",
  versions: [
    { from: "2022-07-01", formula: "if(covered, round(orders * per_order, 1, half_up), 0)", ...doc110 },
    {
      from: "2025-07-01",
      formula: "if(covered, round(orders * per_order, 1, half_up), 0)",
      ...doc24,
      change_en: "Ten more provinces, three industries; all provinces in 2026.",
    },
  ],
  examples: [
    { version: "2022-07-01", operands: { covered: false, orders: 100, per_order: "4" }, value: 0, basis: "constructed" },
    { version: "2025-07-01", operands: { covered: true, orders: 1_200, per_order: "7" }, value: 8_400, basis: "constructed" },
  ],
  openQuestions: [injuryAmountBands, injuryPriceElsewhere],
}

export const injuryDuplicateRule: Rule = {
  id: "injury/duplicate",
  title: { zh: "多份职业伤害保障是否重复", en: "are several injury covers a duplicate" },
  summary: {
    zh: "每个用人单位或平台各保各的工作，同一月在多个平台、多个省份有保障，不是重复参保。",
    en: "Each employer or platform covers its own work: several covers in one month, in several provinces too, are no duplicate.",
  },
  unit: "flag",
  operands: { covers: op("保障份数", "covers in the month", "count") },
  versions: [{ from: "2022-07-01", formula: "false", ...doc24 }],
  examples: [{ version: "2022-07-01", operands: { covers: 2 }, value: false, basis: "constructed (DUP-06)" }],
}

export const injuryIndustries = ["ride-hailing", "instant-delivery", "city-freight"] as const
export type InjuryIndustry = (typeof injuryIndustries)[number]

export type PremiumInquiry = {
  /** Month of the orders. */
  readonly month: string
  readonly province: ProvinceCode
  readonly industry: InjuryIndustry
  /** Instant delivery has two amounts; which orders each is for is not known. */
  readonly band?: 1 | 2
  readonly orders: Valued<number>
}

/** Verified amounts are 重庆's; asked where a province has none of its own. */
const pricedProvince: ProvinceCode = "50"

/** Premium of a month's orders, fen; null before 2022-07, and where the cover is in force at a price that is not known (2022-2025). */
export const injuryPremium = (parameters: Parameters, inquiry: PremiumInquiry): Explained<Fen> | null => {
  const { month, province, industry, band, orders } = inquiry
  if (month < "2022-07") return null
  const key = industry === "instant-delivery" ? `${industry}-${band ?? 1}` : industry
  const found = parameters.find({ family: "injury-coverage", province, on: month })
  const inForce = found?.value === true
  const covered =
    found === null ? taken(false, "flag", "该地该月尚未实施", "not in force there and then") : parameterOperand(found)
  const own = askText(parameters, { family: "injury-per-order", province, key, on: month })
  const price = own ?? askText(parameters, { family: "injury-per-order", province: pricedProvince, key, on: month })
  if (inForce && price === null) return null
  const per_order = price ?? taken("0", "fen", "尚未实施", "not in force")
  const ruling: Ruling | null =
    !inForce || price === null
      ? null
      : own === null
        ? injuryPriceElsewhere
        : industry === "instant-delivery" && band === undefined
          ? injuryAmountBands
          : null
  const operands = { month: taken(month, "month", "订单所属月", "month of the orders"), covered, orders, per_order }
  return concluded(
    injuryPremiumRule,
    `${month}-01`,
    operands,
    () => (inForce ? fenOf(applyRounding(exact(per_order.value).mul(orders.value), toFen)) : fenOf(exact(0))),
    ruling,
  )
}

/** Always no. */
export const injuryDuplicate = (on: string, covers: Valued<number>): Explained<boolean> =>
  concluded(injuryDuplicateRule, on, { covers }, () => false)
