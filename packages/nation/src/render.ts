/** How a province writes an act down: which headers, which date and month forms, which words. Five habits for all provinces. */
import type { Command } from "@tongzhang/contracts/commands"
import { type ColumnKey, feedColumns } from "@tongzhang/contracts/feed-columns"
import { type ProvinceCode, schemes } from "@tongzhang/domain/codes"

export type Habit = {
  readonly encoding: "utf8" | "gbk"
  /** Official codes (AAC002 …) or Chinese words in the header. */
  readonly header: "code" | "zh"
  readonly delimiter: "," | ";" | "\t"
  /** A byte order mark, as Excel writes it. */
  readonly bom: boolean
  readonly month: "dashed" | "compact"
  readonly date: "dashed" | "slashed" | "compact"
  /** Scheme by code or by its full name. */
  readonly scheme: "code" | "zh"
}

const habits: readonly Habit[] = [
  { encoding: "utf8", header: "code", delimiter: ",", bom: false, month: "compact", date: "dashed", scheme: "code" },
  { encoding: "gbk", header: "zh", delimiter: ",", bom: false, month: "compact", date: "slashed", scheme: "code" },
  { encoding: "utf8", header: "zh", delimiter: ",", bom: true, month: "dashed", date: "dashed", scheme: "zh" },
  { encoding: "gbk", header: "code", delimiter: ",", bom: false, month: "compact", date: "compact", scheme: "code" },
  { encoding: "utf8", header: "zh", delimiter: ";", bom: false, month: "dashed", date: "slashed", scheme: "code" },
]

/** A province keeps one habit. */
export const habitOf = (province: ProvinceCode): Habit => {
  const habit = habits[Number(province) % habits.length]
  if (habit === undefined) throw new Error(`no habit for province ${province}`)
  return habit
}

export type Cells = Partial<Record<ColumnKey, string>>

const actNames: Readonly<Record<Command["act"], string>> = {
  register: "人员登记",
  open: "参保登记",
  suspend: "暂停缴费",
  resume: "恢复缴费",
  close: "停保",
  change: "变更",
  contribute: "缴费",
  correct: "更正",
  reverse: "冲销",
  subsidise: "补贴",
  credit_interest: "记息",
  move_hukou: "户籍迁移",
  report_death: "死亡",
  correct_name: "姓名更正",
  claim_benefit: "待遇申领",
  award_benefit: "待遇核定",
  pay_benefit: "待遇发放",
  end_benefit: "待遇终止",
}
const capacityNames = { employee: "职工", flexible: "灵活就业", resident: "居民" } as const
/** AAA115 codes and the words offices write instead. */
const kindNames = {
  regular: ["10", "正常"],
  late: ["31", "补缴"],
  lump_sum: ["40", "一次性"],
} as const

/** Yuan with two decimals. */
const yuan = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`

/** The cells of one act; columns that say nothing about it stay blank. */
export const cellsOf = (command: Command, habit: Habit): Cells => {
  const month = (text: string): string => (habit.month === "compact" ? text.replace("-", "") : text)
  const date = (text: string): string => dateIn(text, habit.date)
  const cells: Cells = {
    act: actNames[command.act],
    citizenId: command.citizenId,
    ...("name" in command && command.name ? { name: command.name } : {}),
  }
  if ("hukou" in command && command.hukou !== undefined) cells.hukou = command.hukou
  if ("scheme" in command) cells.scheme = habit.scheme === "code" ? command.scheme : schemes[command.scheme].zh
  if ("line" in command) cells.line = command.line
  if ("reason" in command && command.reason !== "not stated") cells.reason = command.reason
  if ("claim" in command) cells.claim = command.claim
  if ("base_fen" in command) {
    cells.base = yuan(command.base_fen)
    cells.employerPaid = yuan(command.employer_fen)
    cells.personalPaid = yuan(command.personal_fen)
    cells.subsidy = yuan(command.subsidy_fen)
    if (command.account_fen !== undefined) cells.account = yuan(command.account_fen)
  }
  switch (command.act) {
    case "open":
      Object.assign(cells, {
        from: month(command.from),
        capacity: capacityNames[command.capacity],
        employer: command.employer ?? "",
      })
      cells.temporary = command.temporary ? "是" : "否"
      break
    case "change":
      Object.assign(cells, {
        from: month(command.from),
        capacity: capacityNames[command.capacity],
        employer: command.employer ?? "",
      })
      break
    case "suspend":
    case "resume":
    case "claim_benefit":
      cells.from = month(command.from)
      break
    case "close":
    case "end_benefit":
      cells.to = month(command.to)
      break
    case "contribute":
      cells.kind = kindNames[command.kind][habit.header === "code" ? 0 : 1]
      if (command.from === command.to) cells.month = month(command.from)
      else Object.assign(cells, { from: month(command.from), to: month(command.to) })
      cells.paidOn = date(command.paidOn)
      break
    case "correct":
      cells.corrects = command.corrects
      break
    case "reverse":
      cells.corrects = command.reverses
      break
    case "subsidise":
      Object.assign(cells, { year: String(command.year), payer: command.payer, amount: yuan(command.amount_fen) })
      break
    case "credit_interest":
      Object.assign(cells, { year: String(command.year), rate: `${yuan(command.rate_bp)}%`, amount: yuan(command.amount_fen) })
      break
    case "award_benefit":
      cells.from = month(command.from)
      cells.basic = yuan(command.basic_fen)
      cells.accountPension = yuan(command.account_fen)
      cells.transitional = yuan(command.transitional_fen)
      cells.monthly = yuan(command.monthly_fen)
      break
    case "pay_benefit":
      Object.assign(cells, { month: month(command.month), amount: yuan(command.amount_fen) })
      break
    case "report_death":
    case "move_hukou":
      cells.on = date(command.on)
      break
    case "register":
    case "correct_name":
      break
  }
  return cells
}

const dateIn = (text: string, form: Habit["date"]): string => {
  const [year = "", month = "", day = ""] = text.split("-")
  if (form === "compact") return `${year}${month}${day}`
  return form === "slashed" ? `${year}/${Number(month)}/${Number(day)}` : text
}

export const headerLine = (habit: Habit): string =>
  feedColumns.map((column) => (habit.header === "code" ? column.code : column.zh)).join(habit.delimiter)

/** No cell of ours holds a delimiter, quote or line break; one that would is a mistake here. */
export const cellLine = (cells: Cells, habit: Habit): string =>
  feedColumns
    .map(({ key }) => {
      const cell = cells[key] ?? ""
      if (/[,;\t"\r\n]/.test(cell)) throw new Error(`cell would need quotes: ${cell}`)
      return cell
    })
    .join(habit.delimiter)
