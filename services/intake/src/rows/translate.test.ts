import { describe, expect, it } from "vitest"
import { command } from "@tongzhang/contracts/commands"
import { readHeader } from "../reading/header.js"
import { idOf } from "../testing/door.js"
import { createTranslator } from "./translator.js"

const titles = [
  "业务类型",
  "公民身份号码",
  "姓名",
  "户籍地",
  "险种类型",
  "参保身份",
  "单位编号",
  "是否临时账户",
  "流水号",
  "原流水号",
  "应缴类型",
  "费款所属期",
  "开始年月",
  "终止年月",
  "缴费基数",
  "单位实缴",
  "个人实缴",
  "财政补贴",
  "划入个人账户",
  "到账日期",
  "年度",
  "记账利率",
  "金额",
  "缴费主体",
  "待遇申领号",
  "基础养老金",
  "个人账户养老金",
  "过渡性养老金",
  "核发金额",
  "变更日期",
  "备注",
] as const
type Cells = Partial<Record<(typeof titles)[number], string>>

const translate = createTranslator(readHeader(titles, {}))
const of = (cells: Cells) => translate({ row: 1, cells: titles.map((title) => cells[title] ?? "") })
const commandOf = (cells: Cells) => {
  const translated = of(cells)
  if ("refusal" in translated) throw new Error(JSON.stringify(translated.refusal))
  return translated.command
}
const codeOf = (cells: Cells): string => {
  const translated = of(cells)
  return "refusal" in translated ? translated.refusal.code : "taken"
}

const who = { 公民身份号码: idOf(1), 姓名: "张三", 险种类型: "110" }
const money = { 缴费基数: "¥8,000.00", 单位实缴: "1280", 个人实缴: "640.0", 财政补贴: "0" }

/** One row per act, and what the API would have been sent. */
const rows: readonly (readonly [Cells, Record<string, unknown>])[] = [
  [
    { ...who, 业务类型: "人员登记", 户籍地: "310000" },
    { act: "register", hukou: "31" },
  ],
  [
    { ...who, 业务类型: "参保登记", 参保身份: "灵活就业人员", 开始年月: "2024/1" },
    { act: "open", from: "2024-01", capacity: "flexible", employer: null, temporary: false },
  ],
  [
    { ...who, 险种类型: "城乡居民基本养老保险", 业务类型: "参保登记", 开始年月: "2024年1月", 是否临时账户: "否" },
    { act: "open", scheme: "170", capacity: "resident" },
  ],
  [
    { ...who, 业务类型: "暂停", 开始年月: "202405" },
    { act: "suspend", from: "2024-05", reason: "not stated" },
  ],
  [
    { ...who, 业务类型: "续保", 开始年月: "2024.06" },
    { act: "resume", from: "2024-06" },
  ],
  [
    { ...who, 业务类型: "停保", 终止年月: "2024-07-31", 备注: "离职" },
    { act: "close", to: "2024-07", reason: "离职" },
  ],
  [
    { ...who, 业务类型: "变更", 开始年月: "45292", 参保身份: "职工", 单位编号: "E9" },
    { act: "change", from: "2024-01", employer: "E9" },
  ],
  [
    { ...who, ...money, 业务类型: "缴费", 流水号: "L1", 费款所属期: "２０２４０１", 到账日期: "2024/1/5" },
    { act: "contribute", line: "L1", kind: "regular", from: "2024-01", to: "2024-01", base_fen: 800_000, paidOn: "2024-01-05" },
  ],
  [
    { ...who, ...money, 业务类型: "补缴", 流水号: "L2", 费款所属期: "202401-202412", 到账日期: "20250105", 划入个人账户: "640" },
    { act: "contribute", kind: "late", to: "2024-12", account_fen: 64_000 },
  ],
  [
    { ...who, ...money, 流水号: "L3", 应缴类型: "40", 开始年月: "202401", 终止年月: "202403", 到账日期: "45296.5" },
    { act: "contribute", kind: "lump_sum", to: "2024-03", paidOn: "2024-01-05" },
  ],
  [
    { ...who, ...money, 业务类型: "更正", 流水号: "L4", 原流水号: "L1" },
    { act: "correct", corrects: "L1" },
  ],
  [
    { ...who, 应缴类型: "20", 流水号: "L5", 原流水号: "L1" },
    { act: "reverse", reverses: "L1" },
  ],
  [
    { ...who, 业务类型: "补贴", 流水号: "L6", 年度: "2024", 缴费主体: "县财政", 金额: "30" },
    { act: "subsidise", year: 2024, amount_fen: 3_000 },
  ],
  [
    { ...who, 业务类型: "记息", 年度: "2023", 记账利率: "3.97%", 金额: "12.34" },
    { act: "credit_interest", rate_bp: 397, amount_fen: 1_234 },
  ],
  [
    { ...who, 业务类型: "户籍迁移", 户籍地: "广东省", 变更日期: "2024年3月1日" },
    { act: "move_hukou", to: "44", on: "2024-03-01" },
  ],
  [
    { ...who, 业务类型: "死亡", 变更日期: "2024-03-01" },
    { act: "report_death", on: "2024-03-01" },
  ],
  [
    { ...who, 业务类型: "姓名更正", 姓名: "张叁" },
    { act: "correct_name", name: "张叁" },
  ],
  [
    { ...who, 业务类型: "待遇申领", 待遇申领号: "Q1", 开始年月: "202406" },
    { act: "claim_benefit", claim: "Q1" },
  ],
  [
    {
      ...who,
      业务类型: "待遇核定",
      待遇申领号: "Q1",
      开始年月: "202406",
      基础养老金: "1000",
      个人账户养老金: "500",
      核发金额: "1500",
    },
    { act: "award_benefit", transitional_fen: 0, monthly_fen: 150_000 },
  ],
  [
    { ...who, 业务类型: "待遇发放", 待遇申领号: "Q1", 费款所属期: "202406", 金额: "1500" },
    { act: "pay_benefit", month: "2024-06" },
  ],
  [
    { ...who, 业务类型: "待遇终止", 待遇申领号: "Q1", 终止年月: "202412" },
    { act: "end_benefit", to: "2024-12" },
  ],
]

describe("a row and the API", () => {
  it.each(rows)("say the same command: %j", (cells, expected) => {
    const translated = commandOf(cells)
    expect(translated).toMatchObject(expected)
    // The hand-written reading lets nothing through that the schema of the API would refuse, and leaves nothing to its defaults.
    expect(command.parse(translated)).toEqual(translated)
  })

  it("refuse the same things", () => {
    const both = (cells: Cells, field: string, value: unknown): void => {
      expect(codeOf(cells), field).not.toBe("taken")
      expect(command.safeParse({ ...commandOf(rows[7]?.[0] ?? {}), [field]: value }).success, field).toBe(false)
    }
    const pay = rows[7]?.[0] ?? {}
    both({ ...pay, 费款所属期: "2024-13" }, "from", "2024-13")
    both({ ...pay, 个人实缴: "-1" }, "personal_fen", -100)
    both({ ...pay, 险种类型: "999" }, "scheme", "999")
    both({ ...pay, 流水号: "a b" }, "line", "a b")
    both({ ...pay, 到账日期: "2024-02-30" }, "paidOn", "2024-02-30")
    both({ ...pay, 应缴类型: "99" }, "kind", "99")
    both({ ...pay, 姓名: "长".repeat(65) }, "name", "长".repeat(65))
  })

  it("keep blank cells blank: marks for nothing are no values, and a blank amount of a correction stays open", () => {
    const corrected = commandOf({ ...who, 业务类型: "更正", 原流水号: "L1", 缴费基数: "9000", 单位实缴: "—", 个人实缴: "NULL" })
    expect(corrected).toMatchObject({ base_fen: 900_000, employer_fen: null, personal_fen: null, subsidy_fen: null })
  })
})
