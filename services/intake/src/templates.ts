/** Files to begin with, one per kind of business: the columns it takes and one row of example. */
import type { Act } from "@tongzhang/contracts/commands"
import type { ColumnKey } from "@tongzhang/contracts/feed-columns"
import { titleOf } from "./reading/header-names.js"

/**
 * The example's ID number has the right form and a false check digit on purpose: an example left in the file is refused by name
 * (ID_CHECK_DIGIT) and never becomes a fact.
 */
const exampleId = "990101199003150019"

type Example = readonly (readonly [ColumnKey, string])[]
export type Template = {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly act: Act
  readonly example: Example
}

const who: Example = [
  ["citizenId", exampleId],
  ["name", "示例"],
]
const pension: Example = [...who, ["scheme", "110"]]
const paid: Example = [
  ["base", "8000.00"],
  ["employerPaid", "1280.00"],
  ["personalPaid", "640.00"],
  ["subsidy", ""],
]

const template = (id: Act | "contribute_late", zh: string, en: string, word: string, example: Example): Template => ({
  id,
  zh,
  en,
  act: id === "contribute_late" ? "contribute" : id,
  example: [["act", word], ...example],
})

export const templates: readonly Template[] = [
  template("open", "参保登记", "Enrolment", "参保登记", [
    ...who,
    ["hukou", "44"],
    ["scheme", "110"],
    ["capacity", "职工"],
    ["employer", "44-E-1001"],
    ["from", "2026-09"],
  ]),
  template("contribute", "缴费", "Contributions", "缴费", [
    ...pension,
    ["line", "44.2026.000001"],
    ["month", "2026-09"],
    ...paid,
    ["paidOn", "2026-09-12"],
  ]),
  template("contribute_late", "补缴", "Late contributions", "补缴", [
    ...pension,
    ["line", "44.2026.000002"],
    ["month", "2025-11"],
    ...paid,
    ["paidOn", "2026-09-12"],
  ]),
  template("suspend", "暂停", "Suspensions", "暂停", [...pension, ["from", "2026-09"], ["reason", "中断就业"]]),
  template("resume", "续保", "Resumptions", "续保", [...pension, ["from", "2026-09"]]),
  template("close", "停保", "Ends of enrolment", "停保", [...pension, ["to", "2026-09"], ["reason", "离职"]]),
  template("change", "身份变更", "Changes of capacity", "变更", [
    ...pension,
    ["capacity", "灵活就业"],
    ["employer", ""],
    ["from", "2026-09"],
  ]),
  template("correct", "更正", "Corrections", "更正", [
    ...pension,
    ["line", "44.2026.000003"],
    ["corrects", "44.2026.000001"],
    ["base", "9000.00"],
    ["employerPaid", "1440.00"],
    ["personalPaid", "720.00"],
    ["reason", "基数更正"],
  ]),
  template("reverse", "冲销", "Reversals", "冲销", [
    ...pension,
    ["line", "44.2026.000004"],
    ["corrects", "44.2026.000001"],
    ["reason", "重复缴费退收"],
  ]),
  template("subsidise", "补贴", "Subsidies", "补贴", [
    ...who,
    ["scheme", "170"],
    ["line", "44.2026.000005"],
    ["year", "2026"],
    ["payer", "县级财政"],
    ["amount", "60.00"],
  ]),
  template("credit_interest", "记息", "Interest", "利息", [
    ...pension,
    ["year", "2025"],
    ["rate", "2.62%"],
    ["amount", "312.45"],
  ]),
  template("move_hukou", "户籍迁移", "Moves of hukou", "户籍迁移", [...who, ["hukou", "31"], ["on", "2026-09-01"]]),
  template("correct_name", "姓名更正", "Corrections of name", "姓名更正", [...who, ["reason", "更名"]]),
  template("report_death", "死亡", "Deaths", "死亡", [...who, ["on", "2026-09-01"]]),
  template("claim_benefit", "待遇申领", "Benefit claims", "待遇申领", [
    ...pension,
    ["claim", "44-Q-2026-0001"],
    ["from", "2026-10"],
  ]),
  template("award_benefit", "待遇核定", "Awards", "待遇核定", [
    ...pension,
    ["claim", "44-Q-2026-0001"],
    ["from", "2026-10"],
    ["basic", "1200.00"],
    ["accountPension", "300.00"],
    ["transitional", "0.00"],
    ["monthly", "1500.00"],
    ["reason", "初次核定"],
  ]),
  template("pay_benefit", "待遇发放", "Benefit payments", "待遇发放", [
    ...pension,
    ["claim", "44-Q-2026-0001"],
    ["month", "2026-10"],
    ["amount", "1500.00"],
  ]),
  template("end_benefit", "待遇终止", "Ends of benefits", "待遇终止", [
    ...pension,
    ["claim", "44-Q-2026-0001"],
    ["to", "2026-10"],
    ["reason", "死亡"],
  ]),
]

/** Header row and example. */
export const templateRows = ({ example }: Template): readonly (readonly string[])[] => [
  example.map(([key]) => titleOf(key)),
  example.map(([, value]) => value),
]
