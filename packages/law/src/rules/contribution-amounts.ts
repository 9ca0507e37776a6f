/** What is owed for a month: the base between its limits, the parts of employer and person, the amount set for an undeclared month. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { type Fen, fen } from "@tongzhang/domain/money"
import { applyRounding, exact, fenOf, toFen } from "../explain/exact.js"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import type { Parameters } from "../parameters/parameter.js"
import { askNumber, askText } from "./asked.js"
import { beginning, concluded, op, taken } from "./describe.js"

const baseFormula = "max(if(floor = null, wage, floor), min(wage, if(ceiling = null, wage, ceiling)))"

export const baseRule: Rule = {
  id: "contribution/base",
  title: { zh: "缴费基数", en: "contribution base" },
  summary: {
    zh: "本人工资低于下限的按下限、高于上限的按上限；该月没有公布上下限的，按工资。",
    en: "The wage, raised to the floor or cut to the ceiling of the month; where no limit was published, the wage.",
  },
  unit: "fen",
  operands: {
    month: op("费款所属月", "month", "month"),
    wage: op("申报工资", "declared wage", "fen"),
    floor: op("基数下限", "floor", "fen"),
    ceiling: op("基数上限", "ceiling", "fen"),
  },
  datedBy: "month",
  versions: [
    {
      from: beginning,
      formula: baseFormula,
      article: "国发〔1997〕26号 and yearly notices of the provinces: 缴费基数 60%—300%",
      source: "yearly notices, see each limit",
      confidence: "secondary",
    },
    {
      from: "2019-05-01",
      formula: baseFormula,
      article: "国办发〔2019〕13号: 以全口径城镇单位就业人员平均工资核定上下限",
      source: "yearly notices, see each limit",
      confidence: "secondary",
      change_en: "The limits follow the wage of the full scope 全口径; flexible workers choose between them.",
    },
  ],
  examples: [
    { version: beginning, operands: { wage: 300_000, floor: 338_700, ceiling: null }, value: 338_700, basis: "constructed" },
    {
      version: "2019-05-01",
      operands: { wage: 5_000_000, floor: 716_200, ceiling: 3_581_100 },
      value: 3_581_100,
      basis: "北京 2025-07",
    },
    { version: "2019-05-01", operands: { wage: 900_000, floor: null, ceiling: null }, value: 900_000, basis: "constructed" },
  ],
}

const part = (id: string, zh: string, en: string, article: string, example: readonly [number, string, number, string]): Rule => ({
  id: `contribution/${id}`,
  title: { zh, en },
  summary: { zh: "缴费基数乘以比例，四舍五入到分。", en: "Base times rate, half up to the fen." },
  unit: "fen",
  operands: { base: op("缴费基数", "base", "fen"), rate: op("比例", "rate", "rate") },
  versions: [
    {
      from: beginning,
      formula: "round(base * rate, 1, half_up)",
      article,
      source: "the document named by the rate",
      confidence: "official",
    },
  ],
  examples: [{ version: beginning, operands: { base: example[0], rate: example[1] }, value: example[2], basis: example[3] }],
})

const law = "社会保险法 Art 12, Art 60"
export const employerPartRule = part("employer", "单位缴费", "employer's part", law, [
  450_000,
  "0.14",
  63_000,
  "GB/T 40217-2021 (GB-002)",
])
export const individualPartRule = part("individual", "个人缴费", "person's part", law, [
  450_000,
  "0.08",
  36_000,
  "GB/T 40217-2021 (GB-002)",
])
export const flexiblePartRule = part(
  "flexible",
  "灵活就业人员缴费",
  "a flexible worker's payment",
  "国发〔2005〕38号: 缴费比例 20%",
  [716_200, "0.2", 143_240, "京人社发〔2025〕11号 (PUB-006)"],
)
export const unemploymentPartRule = part("unemployment", "失业保险缴费", "unemployment contribution", "失业保险条例 Art 6", [
  716_200,
  "0.01",
  7_162,
  "京人社发〔2025〕11号 (PUB-006)",
])

export const totalPartRule: Rule = {
  id: "contribution/total",
  title: { zh: "缴费合计", en: "contribution in all" },
  summary: { zh: "各方缴费之和。", en: "All parts together." },
  unit: "fen",
  operands: { parts: op("各方缴费", "parts", "fen") },
  versions: [{ from: beginning, formula: "sum(parts)", article: law, source: "社会保险法, full text", confidence: "official" }],
  examples: [{ version: beginning, operands: { parts: [63_000, 36_000] }, value: 99_000, basis: "GB/T 40217-2021 (GB-002)" }],
}

const undeclared = "round(previous * 110%, 1, half_up)"
export const undeclaredRule: Rule = {
  id: "contribution/undeclared",
  title: { zh: "未申报月份应缴额", en: "amount set for an undeclared month" },
  summary: {
    zh: "用人单位未按规定申报的，按上月缴费额的110%确定应缴数额。",
    en: "An employer that does not declare owes 110 % of what it owed for the month before.",
  },
  unit: "fen",
  operands: {
    month: op("费款所属月", "month", "month"),
    previous: op("上月缴费额", "amount of the month before", "fen"),
  },
  datedBy: "month",
  versions: [
    {
      from: "1999-01-22",
      formula: undeclared,
      article: "社会保险费征缴暂行条例 Art 10",
      source: "from memory, not read again",
      confidence: "memory",
    },
    {
      from: "2011-07-01",
      formula: undeclared,
      article: "社会保险法 Art 62",
      source: "社会保险法, full text",
      confidence: "official",
    },
  ],
  examples: (["1999-01-22", "2011-07-01"] as const).map((version) => ({
    version,
    operands: { previous: 990_005 },
    value: 1_089_006,
    basis: "constructed",
  })),
}

const noLimit = (zh: string, en: string) => taken(null, "fen", `该月没有公布${zh}`, `no ${en} was published for the month`)

/** The base a wage counts as. `on` is the month; the limits are the province's. */
export const explainBase = (
  parameters: Parameters,
  question: { readonly on: string; readonly province: ProvinceCode; readonly wage: Valued<number> },
): Explained<Fen> => {
  const { on, province, wage } = question
  const floor = askNumber(parameters, { family: "base-floor", province, on }) ?? noLimit("下限", "floor")
  const ceiling = askNumber(parameters, { family: "base-ceiling", province, on }) ?? noLimit("上限", "ceiling")
  const cut = Math.min(wage.value, ceiling.value ?? wage.value)
  return concluded(baseRule, dayOf(on), { month: monthPaid(on), wage, floor, ceiling }, () =>
    fen(Math.max(floor.value ?? wage.value, cut)),
  )
}

const monthPaid = (on: string) => taken(on.slice(0, 7), "month", "费款所属月", "month the contribution is for")

/** A month stands for its first day. */
const dayOf = (on: string): string => (on.length === 7 ? `${on}-01` : on)

const partOf = (rule: Rule, base: Valued<number>, rate: Valued<string>): Explained<Fen> =>
  concluded(rule, beginning, { base, rate }, () => fenOf(applyRounding(exact(rate.value).mul(base.value), toFen)))

export const employerPart = (base: Valued<number>, rate: Valued<string>): Explained<Fen> => partOf(employerPartRule, base, rate)
export const individualPart = (base: Valued<number>, rate: Valued<string>): Explained<Fen> =>
  partOf(individualPartRule, base, rate)
export const flexiblePart = (base: Valued<number>, rate: Valued<string>): Explained<Fen> => partOf(flexiblePartRule, base, rate)
export const unemploymentPart = (base: Valued<number>, rate: Valued<string>): Explained<Fen> =>
  partOf(unemploymentPartRule, base, rate)

export const totalPart = (parts: readonly Valued<number>[]): Explained<Fen> =>
  concluded(totalPartRule, beginning, { parts }, () => fen(parts.reduce((sum, one) => sum + one.value, 0)))

/** Amount of a month that the employer did not declare; `on` is the month, 1999-02 or later. */
export const undeclaredAmount = (on: string, previous: Valued<number>): Explained<Fen> =>
  concluded(undeclaredRule, dayOf(on), { month: monthPaid(on), previous }, () =>
    fenOf(applyRounding(exact("1.1").mul(previous.value), toFen)),
  )

export type RateKey = "employer" | "individual" | "flexible" | "flexible-pooled" | "flexible-account" | "account"

/** A published rate of employee pension; null where none is known for the place and month. */
export const pensionRate = (
  parameters: Parameters,
  key: RateKey,
  province: ProvinceCode | null,
  on: string,
): Valued<string> | null => askText(parameters, { family: "contribution-rate", province, key, on })

export type MonthOwed = {
  readonly base: Explained<Fen>
  /** Employee: employer's and person's part; flexible worker: one payment. */
  readonly parts: readonly Explained<Fen>[]
  readonly total: Explained<Fen>
}

/** What an employee's or a flexible worker's month costs in a province; null where a rate of that month is not known. */
export const owedForMonth = (
  parameters: Parameters,
  question: {
    readonly on: string
    readonly province: ProvinceCode
    readonly channel: "employee" | "flexible"
    readonly wage: Valued<number>
  },
): MonthOwed | null => {
  const { on, province, channel } = question
  const base = explainBase(parameters, question)
  const rate = (key: RateKey) => pensionRate(parameters, key, province, on)
  if (channel === "flexible") {
    const flexible = rate("flexible")
    if (flexible === null) return null
    const parts = [flexiblePart(base, flexible)]
    return { base, parts, total: totalPart(parts) }
  }
  const [employer, individual] = [rate("employer"), rate("individual")]
  if (employer === null || individual === null) return null
  const parts = [employerPart(base, employer), individualPart(base, individual)]
  return { base, parts, total: totalPart(parts) }
}
