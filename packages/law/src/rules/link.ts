/** Linking the employee and the resident pension scheme 城乡养老保险制度衔接 (人社部发〔2014〕17号). */
import type { Explained, Valued } from "../explain/explained.js"
import type { Rule, RuleVersion } from "../explain/rule.js"
import type { Parameters } from "../parameters/parameter.js"
import { askNumber } from "./asked.js"
import { beginning, concluded, op } from "./describe.js"
import { linkThreshold } from "./relation-questions.js"

/** Fifteen years 满15年（含延长缴费至满15年）. */
export const linkThreshold_months = 180

const art16: Pick<RuleVersion, "article" | "source" | "confidence"> = {
  article: "社会保险法 Art 16; 人社部令第13号 Art 3: 累计缴费不足 15 年的, 可转入居民养老保险",
  source: "社会保险法, full text; 令13号 from memory",
  confidence: "memory",
}
const doc17: Pick<RuleVersion, "article" | "source" | "confidence"> = {
  article: "人社部发〔2014〕17号 Arts 3-6",
  source: "full-text mirror",
  confidence: "secondary",
}
const before: RuleVersion = {
  from: beginning,
  formula: "null",
  article: "before 社会保险法 no national rule linked the two schemes",
  source: "from memory, not read",
  confidence: "memory",
}

const operands = {
  employee: op("职工养老月数", "months in the employee scheme", "months"),
  resident: op("居民养老月数", "months in the resident scheme", "months"),
  at_age: op("已达法定退休年龄", "statutory age reached", "flag"),
  drawing: op("已领取养老待遇", "draws a pension already", "flag"),
  minimum: op("最低缴费月数", "minimum months of the year", "months"),
} as const
const open = (inner: string): string => `if(not at_age or drawing, null, ${inner})`
const joins = 'if(resident > 0, "resident->employee", null)'
const person = (employee: number, resident: number, minimum: number) => ({
  employee,
  resident,
  at_age: true,
  drawing: false,
  minimum,
})

export const linkDirectionRule: Rule = {
  id: "link/direction",
  title: { zh: "城乡养老衔接方向", en: "which way the schemes are joined" },
  summary: {
    zh: "达到法定退休年龄后：职工养老满15年的，居民养老转入职工养老；不足15年的，职工养老转入居民养老。已领取待遇的不办理。满15年而未达当年最低缴费年限的，转入居民养老还是继续缴费，待明确。",
    en: "From the statutory age on: with 15 years the resident relation joins the employee scheme, with fewer the employee relation joins the resident scheme; never once a pension is drawn. With 15 years but less than the new minimum it is not settled.",
  },
  unit: "text",
  operands,
  versions: [
    before,
    { from: "2011-07-01", formula: open('if(employee > 0 and employee < 180, "employee->resident", null)'), ...art16 },
    {
      from: "2014-07-01",
      formula: open(`if(employee >= 180, ${joins}, if(employee > 0, "employee->resident", null))`),
      ...doc17,
      change_en: "Both directions, by months of the employee scheme.",
    },
    {
      from: "2025-01-01",
      formula: open(
        `if(employee >= max(180, minimum), ${joins}, if(employee >= 180, text("employee->resident or continue to ", minimum), ` +
          'if(employee > 0, "employee->resident", null)))',
      ),
      ...doc17,
      change_en: "The minimum for a pension rises from 2030 on; the link's 15 years were not changed with it.",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: null, basis: "constructed" },
    { version: "2011-07-01", operands: person(100, 40, 180), value: "employee->resident", basis: "constructed" },
    { version: "2014-07-01", operands: person(180, 60, 180), value: "resident->employee", basis: "constructed (LINK-01)" },
    { version: "2014-07-01", operands: person(179, 60, 180), value: "employee->resident", basis: "constructed" },
    { version: "2025-01-01", operands: person(240, 0, 192), value: null, basis: "constructed (LINK-03)" },
    {
      version: "2025-01-01",
      operands: person(186, 36, 198),
      value: "employee->resident or continue to 198",
      basis: "constructed (LINK-04)",
    },
  ],
  openQuestions: [linkThreshold],
}

export const linkPensionRule: Rule = {
  id: "link/pension",
  title: { zh: "由哪种制度发放养老金", en: "which scheme pays the pension" },
  summary: {
    zh: "职工养老达到最低缴费年限的，领取职工养老金；职工养老不足15年的，领取居民养老金。",
    en: "The employee scheme with the minimum months; the resident scheme below 15 employee years.",
  },
  unit: "code",
  operands,
  versions: [
    before,
    {
      from: "2011-07-01",
      formula: 'if(not at_age, null, if(employee >= max(180, minimum), "employee", if(employee >= 180, null, "resident")))',
      ...art16,
      confidence: "official",
      article: "社会保险法 Art 16",
      source: "社会保险法, full text",
    },
  ],
  examples: [
    { version: beginning, operands: {}, value: null, basis: "constructed" },
    { version: "2011-07-01", operands: person(180, 60, 180), value: "employee", basis: "constructed (LINK-01)" },
    { version: "2011-07-01", operands: person(186, 36, 198), value: null, basis: "constructed (LINK-04)" },
    { version: "2011-07-01", operands: person(179, 60, 180), value: "resident", basis: "constructed" },
  ],
  openQuestions: [linkThreshold],
}

const counts = (id: "resident" | "employee", zh: string, en: string, formula: string, article: string): Rule => ({
  id: `link/${id}-months-count`,
  title: { zh, en },
  summary: { zh: `${zh}：${article}`, en: `${en}: ${article}` },
  unit: "flag",
  operands: { pension: op("发放养老金的制度", "scheme that pays", "code") },
  versions: [{ from: beginning, formula, article, source: "full-text mirror", confidence: "secondary" }],
  examples: [
    { version: beginning, operands: { pension: "resident" }, value: true, basis: "constructed" },
    { version: beginning, operands: { pension: "employee" }, value: id === "employee", basis: "constructed (LINK-01)" },
  ],
})

export const residentCountRule = counts(
  "resident",
  "居民缴费年限是否计入所领养老金",
  "do resident months count for the pension that is paid",
  'pension = "resident"',
  "人社部发〔2014〕17号 Art 5: 居民养老缴费年限不合并计算或折算为职工养老缴费年限",
)
export const employeeCountRule = counts(
  "employee",
  "职工缴费年限是否计入所领养老金",
  "do employee months count for the pension that is paid",
  "pension != null",
  "人社部发〔2014〕17号 Art 6: 职工养老缴费年限合并计算为居民养老缴费年限",
)

export const linkedMonthsRule: Rule = {
  id: "link/months",
  title: { zh: "衔接后的缴费月数", en: "months after the link" },
  summary: {
    zh: "居民转入职工：只计职工月数；职工转入居民：合并计算，重复月份只计一次。",
    en: "Resident into employee: the employee months alone. Employee into resident: both, shared months once.",
  },
  unit: "months",
  operands: {
    direction: op("衔接方向", "direction", "text"),
    employee: operands.employee,
    resident: operands.resident,
    shared: op("重复月数", "shared months", "months"),
  },
  versions: [
    {
      from: beginning,
      formula: 'if(direction = null or direction = "resident->employee", employee, employee + resident - shared)',
      ...doc17,
      article: "人社部发〔2014〕17号 Arts 5-7",
    },
  ],
  examples: [
    {
      version: beginning,
      operands: { direction: "employee->resident", employee: 179, resident: 60, shared: 8 },
      value: 231,
      basis: "constructed",
    },
    {
      version: beginning,
      operands: { direction: "resident->employee", employee: 180, resident: 60, shared: 0 },
      value: 180,
      basis: "constructed (LINK-01)",
    },
  ],
}

export const linkMoneyRule: Rule = {
  id: "link/money",
  title: { zh: "衔接转移额", en: "money that moves with a link" },
  summary: {
    zh: "个人账户全部储存额转移合并；统筹基金不转移。",
    en: "The whole account moves and merges; the pooled part does not.",
  },
  unit: "fen",
  operands: { account: op("个人账户储存额", "account balance", "fen") },
  versions: [{ from: beginning, formula: "account", ...doc17, article: "人社部发〔2014〕17号 Arts 5-6" }],
  examples: [{ version: beginning, operands: { account: 5_000_000 }, value: 5_000_000, basis: "constructed" }],
}

export type LinkInquiry = {
  /** Day of the link: decides the version. */
  readonly on: string
  /** Month or year of the statutory age: decides the minimum. */
  readonly reached: string
  readonly employee: Valued<number>
  readonly resident: Valued<number>
  readonly atAge: Valued<boolean>
  readonly drawing: Valued<boolean>
  readonly shared: Valued<number>
}

export type Link = {
  readonly direction: Explained<string | null>
  readonly pension: Explained<"employee" | "resident" | null>
  readonly minimum: Valued<number>
  readonly residentCounts: Explained<boolean>
  readonly employeeCounts: Explained<boolean>
  readonly months: Explained<number>
}

const directionOf = (version: string, { employee, resident, atAge, drawing }: LinkInquiry, minimum: number): string | null => {
  if (version === beginning || !atAge.value || drawing.value) return null
  const enough = version === "2025-01-01" ? Math.max(linkThreshold_months, minimum) : linkThreshold_months
  if (employee.value >= enough) return resident.value > 0 && version !== "2011-07-01" ? "resident->employee" : null
  if (employee.value >= linkThreshold_months) return `employee->resident or continue to ${minimum}`
  return employee.value > 0 ? "employee->resident" : null
}

const pensionOf = (version: string, { employee, atAge }: LinkInquiry, minimum: number): "employee" | "resident" | null => {
  if (version === beginning || !atAge.value) return null
  if (employee.value >= Math.max(linkThreshold_months, minimum)) return "employee"
  return employee.value >= linkThreshold_months ? null : "resident"
}

/** Which way the relations of a person at the statutory age are joined, what counts, who pays; null: no minimum known for the year. */
export const explainLink = (parameters: Parameters, inquiry: LinkInquiry): Link | null => {
  const { on, reached, employee, resident, atAge, drawing, shared } = inquiry
  const minimum = askNumber(parameters, { family: "minimum-months", province: null, on: reached })
  if (minimum === null) return null
  const facts = { employee, resident, at_age: atAge, drawing, minimum }
  const unsettled = atAge.value && employee.value >= linkThreshold_months && employee.value < minimum.value
  const ruling = unsettled ? linkThreshold : null
  const direction = concluded(linkDirectionRule, on, facts, (version) => directionOf(version, inquiry, minimum.value), ruling)
  const pension = concluded(linkPensionRule, on, facts, (version) => pensionOf(version, inquiry, minimum.value), ruling)
  const merges = direction.value !== null && direction.value !== "resident->employee"
  const months = merges ? employee.value + resident.value - shared.value : employee.value
  return {
    direction,
    pension,
    minimum,
    residentCounts: concluded(residentCountRule, on, { pension }, () => pension.value === "resident"),
    employeeCounts: concluded(employeeCountRule, on, { pension }, () => pension.value !== null),
    months: concluded(linkedMonthsRule, on, { direction, employee, resident, shared }, () => months),
  }
}

/** What moves with a link: the account, never pooled money. */
export const linkMoney = (on: string, account: Valued<number>): Explained<number> =>
  concluded(linkMoneyRule, on, { account }, () => account.value)
