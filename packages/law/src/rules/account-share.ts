/** Where a payment goes, with its reasons: personal account or pooled fund. `contribution.ts` gives the same without explanation. */
import type { Capacity, SchemeCode } from "@tongzhang/domain/codes"
import { addMonths, monthsBetween, type YearMonth } from "@tongzhang/domain/month"
import { type Fen, fen } from "@tongzhang/domain/money"
import { applyRounding, exact, fenOf, toFen } from "../explain/exact.js"
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule } from "../explain/rule.js"
import type { Parameters } from "../parameters/parameter.js"
import { pensionRate } from "./contribution-amounts.js"
import { beginning, concluded, op, taken } from "./describe.js"

const own = "round(personal * count / months, 1, half_up)"
const byRate = "round(base * count * rate, 1, half_up)"

export const accountPartRule: Rule = {
  id: "contribution/account-part",
  title: { zh: "记入个人账户（同一比例的月份）", en: "to the account, for months under one rate" },
  summary: {
    zh: "1998年前为个人缴费；1998—2005年按基数的11%，个人缴费不足的由单位缴费补足；2006年起职工为个人缴费，灵活就业人员为基数的8%。",
    en: "Before 1998 the own payment; 1998-2005 11 % of the base, topped up from the employer's part; from 2006 an employee's own payment, a flexible worker's 8 % of the base.",
  },
  unit: "fen",
  operands: {
    month: op("首月", "first of the months", "month"),
    count: op("月数", "how many months", "months"),
    months: op("该笔缴费月数", "months of the payment", "months"),
    base: op("月缴费基数", "monthly base", "fen"),
    personal: op("该笔个人缴费", "own payment of all its months", "fen"),
    flexible: op("灵活就业人员", "a flexible worker", "flag"),
    rate: op("记账比例", "account rate", "rate"),
  },
  datedBy: "month",
  versions: [
    {
      from: "1950-01-01",
      formula: own,
      article: "国办发〔2009〕66号 Art 4: 1998 年 1 月 1 日前按个人缴费累计本息",
      source: "full-text mirror of beijing.gov.cn",
      confidence: "official",
    },
    {
      from: "1998-01-01",
      formula: `if(flexible, ${byRate}, max(${own}, ${byRate}))`,
      article: "人社部发〔2009〕187号: 1998—2005 年个人账户记账规模 11%",
      source: "quoted with 人社厅发〔2017〕7号",
      confidence: "secondary",
      change_en: "11 % of the base, filled up from the employer's part.",
    },
    {
      from: "2006-01-01",
      formula: `if(flexible, ${byRate}, ${own})`,
      article: "国发〔2005〕38号: 个人账户 8%, 灵活就业 20% 其中 8% 记入个人账户",
      source: "国发〔2005〕38号, gov.cn",
      confidence: "official",
      change_en: "The account holds the own 8 % alone.",
    },
  ],
  examples: [
    { version: "1950-01-01", operands: { personal: 1_500, count: 1, months: 1 }, value: 1_500, basis: "constructed" },
    {
      version: "1998-01-01",
      operands: { flexible: false, base: 100_000, count: 1, rate: "0.11", personal: 8_000, months: 1 },
      value: 11_000,
      basis: "constructed",
    },
    {
      version: "2006-01-01",
      operands: { flexible: true, base: 754_800, count: 1, rate: "0.08", personal: 150_960, months: 1 },
      value: 60_384,
      basis: "constructed",
    },
  ],
}

export const paidRule: Rule = {
  id: "contribution/paid",
  title: { zh: "实缴合计", en: "paid in all" },
  summary: { zh: "单位、个人缴费与补贴之和。", en: "Employer's, person's and subsidised part." },
  unit: "fen",
  operands: {
    employer: op("单位缴费", "employer's part", "fen"),
    personal: op("个人缴费", "own payment", "fen"),
    subsidy: op("补贴", "subsidy", "fen"),
  },
  versions: [
    {
      from: beginning,
      formula: "employer + personal + subsidy",
      article: "社会保险法 Art 12",
      source: "社会保险法, full text",
      confidence: "official",
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { employer: 63_000, personal: 36_000, subsidy: 0 },
      value: 99_000,
      basis: "GB/T 40217-2021 (GB-002)",
    },
  ],
}

export const accountShareRule: Rule = {
  id: "contribution/account",
  title: { zh: "记入个人账户", en: "to the personal account" },
  summary: {
    zh: "职工养老：各比例月份之和，不超过实缴；居民养老：全部；职工医保：在职职工个人缴费；其他险种没有个人账户。",
    en: "Employee pension: the months under each rate together, never more than was paid; resident pension: everything; employee medical: an employee's own payment; other schemes have no account.",
  },
  unit: "fen",
  operands: {
    scheme: op("险种", "scheme", "code"),
    employee: op("在职职工", "an employee", "flag"),
    paid: op("实缴合计", "paid in all", "fen"),
    personal: op("个人缴费", "own payment", "fen"),
    parts: op("各比例月份", "months under each rate", "fen"),
  },
  versions: [
    {
      from: beginning,
      formula:
        'if(scheme = "170", paid, if(scheme = "310", if(employee, max(0, min(personal, paid)), 0), ' +
        'if(contains(["110", "120"], scheme), max(0, min(sum(parts), paid)), 0)))',
      article: "国发〔2005〕38号; 国发〔2014〕8号; 国办发〔2021〕14号; 社会保险法 Arts 33, 44, 53",
      source: "国发〔2005〕38号 read; the resident and medical decisions from memory",
      confidence: "secondary",
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { scheme: "110", employee: true, paid: 99_000, personal: 36_000, parts: [36_000] },
      value: 36_000,
      basis: "constructed",
    },
    {
      version: beginning,
      operands: { scheme: "170", employee: false, paid: 132_000, personal: 120_000, parts: [] },
      value: 132_000,
      basis: "constructed",
    },
  ],
}

export const pooledShareRule: Rule = {
  id: "contribution/pooled",
  title: { zh: "记入统筹基金", en: "to the pooled fund" },
  summary: { zh: "实缴合计减去记入个人账户的部分。", en: "What was paid, less what went to the account." },
  unit: "fen",
  operands: { paid: op("实缴合计", "paid in all", "fen"), account: op("个人账户", "account", "fen") },
  versions: [{ ...accountShareRule.versions[0], formula: "paid - account" }],
  examples: [{ version: beginning, operands: { paid: 99_000, account: 36_000 }, value: 63_000, basis: "constructed" }],
}

export type SplitInquiry = {
  readonly scheme: Valued<SchemeCode>
  readonly capacity: Capacity
  readonly from: YearMonth
  readonly to: YearMonth
  readonly base: Valued<number>
  readonly employer: Valued<number>
  readonly personal: Valued<number>
  readonly subsidy: Valued<number>
}

export type ExplainedSplit = { readonly account: Explained<Fen>; readonly pooled: Explained<Fen> }

/** Where a new account rate begins. */
const changes = ["1998-01", "2006-01"] as const
type Stretch = { readonly from: YearMonth; readonly to: YearMonth }

/** The months of a payment, cut where the rate changes. */
const stretches = (from: YearMonth, to: YearMonth): readonly Stretch[] => {
  const starts = [from, ...changes.filter((change) => change > from && change <= to)] as readonly YearMonth[]
  return starts.map((start, i) => {
    const next = starts[i + 1]
    return { from: start, to: next === undefined ? to : addMonths(next, -1) }
  })
}

const noRate = taken(null, "rate", "1998年前没有记账比例", "no account rate before 1998")

const partOf = (parameters: Parameters, payment: SplitInquiry, { from, to }: Stretch): Explained<Fen> => {
  const { base, personal, capacity } = payment
  const count = monthsBetween(from, to)
  const months = monthsBetween(payment.from, payment.to)
  const rate = pensionRate(parameters, "account", null, from)
  const operands = {
    month: taken(from, "month", "该笔缴费所属月份", "month paid for"),
    count: taken(count, "months", "该比例下的月数", "months under this rate"),
    months: taken(months, "months", "该笔缴费月数", "months of the payment"),
    base,
    personal,
    // The flag is named, so that no other assumption with the opposite answer can stand for it.
    flexible: taken(capacity === "flexible", "flag", `灵活就业人员否：${capacity}`, `flexible worker? ${capacity}`),
    rate: rate ?? noRate,
  }
  const rounded = (value: ReturnType<typeof exact>): number => fenOf(applyRounding(value, toFen))
  const ownPart = rounded(exact(personal.value).mul(count).div(months))
  return concluded(accountPartRule, `${from}-01`, operands, () => {
    if (from < "1998-01" || rate === null) return fen(ownPart)
    const rated = rounded(exact(rate.value).mul(base.value).mul(count))
    if (capacity === "flexible") return fen(rated)
    return fen(from < "2006-01" ? Math.max(ownPart, rated) : ownPart)
  })
}

/** Account and pooled share of one payment; together they are what was paid, to the fen. */
export const explainSplit = (parameters: Parameters, payment: SplitInquiry): ExplainedSplit => {
  const { scheme, capacity, employer, personal, subsidy, from, to } = payment
  const ofBase = scheme.value === "110" || scheme.value === "120"
  const parts = ofBase ? stretches(from, to).map((stretch) => partOf(parameters, payment, stretch)) : []
  const paid = concluded(paidRule, beginning, { employer, personal, subsidy }, () =>
    fen(employer.value + personal.value + subsidy.value),
  )
  const employee = taken(capacity === "employee", "flag", `在职职工否：${capacity}`, `employee? ${capacity}`)
  const wanted = (): number => {
    if (scheme.value === "170") return paid.value
    if (scheme.value === "310") return capacity === "employee" ? Math.max(0, Math.min(personal.value, paid.value)) : 0
    return Math.max(
      0,
      Math.min(
        parts.reduce((sum, one) => sum + one.value, 0),
        paid.value,
      ),
    )
  }
  const account = concluded(accountShareRule, beginning, { scheme, employee, paid, personal, parts }, () => fen(wanted()))
  return { account, pooled: concluded(pooledShareRule, beginning, { paid, account }, () => fen(paid.value - account.value)) }
}
