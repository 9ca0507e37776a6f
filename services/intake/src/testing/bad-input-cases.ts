/** Every kind of bad row, file and request we know of, each as a person would really send it. docs/bad-input.md is made from here. */
import writeXlsxFile from "write-excel-file/node"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { textSheets } from "../feeds/results.js"
import { type Door, idOf } from "./door.js"

export const columns = [
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
  "划入个人账户",
  "到账日期",
  "年度",
  "记账利率",
  "金额",
  "待遇申领号",
  "基础养老金",
  "个人账户养老金",
  "核发金额",
  "变更日期",
  "备注",
] as const
type Column = (typeof columns)[number]
type Row = Partial<Record<Column, string>>

const quote = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const line = (row: Row): string => columns.map((column) => quote(row[column] ?? "")).join(",")
export const csv = (...rows: readonly Row[]): string => `${[columns.join(","), ...rows.map(line)].join("\n")}\n`

const good = (serial: number): { readonly open: Row; readonly pay: Row } => ({
  open: {
    业务类型: "参保登记",
    公民身份号码: idOf(serial),
    姓名: "赵一",
    户籍地: "31",
    险种类型: "110",
    参保身份: "职工",
    单位编号: "E1",
    开始年月: "2024-01",
  },
  pay: {
    业务类型: "缴费",
    公民身份号码: idOf(serial),
    险种类型: "110",
    流水号: `N${serial}`,
    费款所属期: "2024-01",
    缴费基数: "8000",
    单位实缴: "1280",
    个人实缴: "640",
    到账日期: "2024-02-05",
  },
})

export type RowCase = {
  readonly what_zh: string
  readonly what_en: string
  readonly code: string
  /** Rows sent before, all of them good. */
  readonly before?: (serial: number) => readonly Row[]
  readonly row: (serial: number) => Row
}

const onPay =
  (change: Row) =>
  (serial: number): Row => ({ ...good(serial).pay, ...change })
const onOpen =
  (change: Row) =>
  (serial: number): Row => ({ ...good(serial).open, ...change })
const opened = (serial: number): readonly Row[] => [good(serial).open]
const paid = (serial: number): readonly Row[] => [good(serial).open, good(serial).pay]

const rowCase = (what_zh: string, what_en: string, code: string, row: RowCase["row"], before?: RowCase["before"]): RowCase => ({
  what_zh,
  what_en,
  code,
  row,
  ...(before === undefined ? {} : { before }),
})

const fieldCases: readonly RowCase[] = [
  rowCase(
    "身份证号被 Excel 变成科学计数",
    "ID turned into 4.2E+17 by Excel",
    "ID_EXCEL_FLOAT",
    onPay({ 公民身份号码: "4.20104E+17" }),
  ),
  rowCase("身份证号少一位", "ID one digit short", "ID_LENGTH", onPay({ 公民身份号码: "99010119900101001" })),
  rowCase("身份证号夹有字母", "letter inside the ID", "ID_CHARACTERS", onPay({ 公民身份号码: "99O101199001010010" })),
  rowCase(
    "身份证号中的生日不存在",
    "birth date that does not exist",
    "ID_BIRTH_DATE",
    onPay({ 公民身份号码: "990101199002300010" }),
  ),
  rowCase("身份证号校验位不符", "wrong check digit", "ID_CHECK_DIGIT", (n) => ({
    ...good(n).pay,
    公民身份号码: wrongDigit(idOf(n)),
  })),
  rowCase("身份证号为空", "no ID number", "FIELD_MISSING", onPay({ 公民身份号码: "" })),
  rowCase("业务类型写错", "act misspelt", "ACT_UNKNOWN", onPay({ 业务类型: "缴纳费" })),
  rowCase("把参保状态代码当业务类型", "a status code instead of an act", "ACT_IS_STATUS", onPay({ 业务类型: "1" })),
  rowCase("没有业务类型也看不出是什么", "no act, and nothing tells it", "ACT_UNCLEAR", (n) => ({
    公民身份号码: idOf(n),
    险种类型: "110",
  })),
  rowCase("险种代码不存在", "unknown scheme", "SCHEME_UNKNOWN", onPay({ 险种类型: "111" })),
  rowCase("户籍地不是省份", "hukou that is no province", "PROVINCE_UNKNOWN", onOpen({ 户籍地: "东京" })),
  rowCase("参保身份写错", "unknown capacity", "CAPACITY_UNKNOWN", onOpen({ 参保身份: "董事长" })),
  rowCase("应缴类型写错", "unknown kind of payment", "KIND_UNKNOWN", onPay({ 应缴类型: "99" })),
  rowCase("临时账户栏不是“是/否”", "flag that is neither yes nor no", "FLAG_FORMAT", onOpen({ 是否临时账户: "也许" })),
  rowCase("费款所属期不是月份", "month that is none", "MONTH_FORMAT", onPay({ 费款所属期: "2024-13" })),
  rowCase("年份写成 1024", "month far outside the ledger's time", "MONTH_RANGE", onPay({ 费款所属期: "1024-01" })),
  rowCase(
    "起止月份填反",
    "first month after the last",
    "MONTH_ORDER",
    onPay({ 费款所属期: "", 开始年月: "2024-05", 终止年月: "2024-03" }),
  ),
  rowCase("费款所属期在十年以后", "month years ahead", "MONTH_FUTURE", onPay({ 费款所属期: "2036-01" })),
  rowCase("一行覆盖六十年", "sixty years in one row", "MONTHS_TOO_MANY", onPay({ 费款所属期: "196501-202412" })),
  rowCase("到账日期 2 月 30 日", "date that does not exist", "DATE_FORMAT", onPay({ 到账日期: "2024/2/30" })),
  rowCase("死亡日期在明天以后", "death in the future", "DATE_FUTURE", (n) => ({
    业务类型: "死亡",
    公民身份号码: idOf(n),
    变更日期: "2027-01-01",
  })),
  rowCase("缴费基数是文字", "text for an amount", "AMOUNT_FORMAT", onPay({ 缴费基数: "八千元整" })),
  rowCase("金额用逗号作小数点", "decimal comma", "AMOUNT_FORMAT", onPay({ 个人实缴: "640,00" })),
  rowCase("金额有三位小数", "three decimals", "AMOUNT_DECIMALS", onPay({ 个人实缴: "1509.605" })),
  rowCase("金额为负数", "negative amount", "AMOUNT_NEGATIVE", onPay({ 个人实缴: "-640" })),
  rowCase("金额多了许多位", "amount far too large", "AMOUNT_TOO_LARGE", onPay({ 单位实缴: "128000000000000" })),
  rowCase("年度不是数字", "year that is no number", "NUMBER_FORMAT", interest({ 年度: "去年" })),
  rowCase("年度 1024", "implausible year", "YEAR_RANGE", interest({ 年度: "1024" })),
  rowCase("利率写成中文", "interest rate in words", "RATE_FORMAT", interest({ 记账利率: "百分之八" })),
  rowCase("流水号含空格和汉字", "line number with spaces", "LINE_FORMAT", onPay({ 流水号: "流水 1" })),
  rowCase("姓名是乱码", "name turned into garbage", "TEXT_UNREADABLE", onOpen({ 姓名: "\uFFFD\uFFFD" })),
  rowCase("备注超过 200 字", "remark too long", "TEXT_TOO_LONG", (n) => ({
    业务类型: "停保",
    公民身份号码: idOf(n),
    险种类型: "110",
    终止年月: "2024-05",
    备注: "长".repeat(201),
  })),
  rowCase("职工险种没有缴费基数", "no base in an employee scheme", "BASE_MISSING", onPay({ 缴费基数: "" })),
  rowCase("缴费三项都是 0", "a payment of nothing", "NOTHING_PAID", onPay({ 单位实缴: "0", 个人实缴: "0" })),
  rowCase("划入账户多于缴费", "more to the account than was paid", "ACCOUNT_ABOVE_PAID", onPay({ 划入个人账户: "5000" })),
  rowCase("更正流水号与原流水号相同", "a correction with the number of the line it corrects", "CORRECTS_SELF", (n) => ({
    ...good(n).pay,
    业务类型: "更正",
    流水号: "X1",
    原流水号: "X1",
  })),
]

function interest(change: Row): (serial: number) => Row {
  return (serial) => ({
    业务类型: "记息",
    公民身份号码: idOf(serial),
    险种类型: "110",
    年度: "2024",
    记账利率: "2.62%",
    金额: "10",
    ...change,
  })
}

function wrongDigit(id: string): string {
  return id.slice(0, 17) + (id.endsWith("0") ? "1" : "0")
}

const claim = (n: number): Row => ({
  业务类型: "待遇申领",
  公民身份号码: idOf(n),
  险种类型: "110",
  待遇申领号: `Q${n}`,
  开始年月: "2024-06",
})
const award = (n: number): Row => ({
  ...claim(n),
  业务类型: "待遇核定",
  基础养老金: "1000",
  个人账户养老金: "500",
  核发金额: "1500",
})
const payout = (n: number): Row => ({ ...claim(n), 业务类型: "待遇发放", 开始年月: "", 费款所属期: "2024-06", 金额: "1500" })
const death = (n: number): Row => ({ 业务类型: "死亡", 公民身份号码: idOf(n), 变更日期: "2024-03-10" })

const ledgerCases: readonly RowCase[] = [
  rowCase("新人员没有姓名", "a new person without a name", "NAME_MISSING", onOpen({ 姓名: "" })),
  rowCase("对未登记人员报死亡", "death of a person never registered", "PERSON_NOT_REGISTERED", death),
  rowCase("未参保先缴费", "payment before any enrollment", "NOT_OPEN", onPay({ 姓名: "赵一" })),
  rowCase("已参保又参保", "enrolled already", "ALREADY_OPEN", onOpen({ 开始年月: "2024-03" }), opened),
  rowCase("职工参保没有单位", "employee without employer", "EMPLOYER_MISSING", onOpen({ 单位编号: "" })),
  rowCase("居民身份参加职工险种", "a resident in an employee scheme", "CAPACITY_NOT_OF_SCHEME", onOpen({ 参保身份: "居民" })),
  rowCase("缴费月份早于参保", "month before the enrollment", "BEFORE_OPENING", onPay({ 费款所属期: "2023-12" }), opened),
  rowCase("停保以后的月份", "month after the relation ended", "AFTER_CLOSING", onPay({ 费款所属期: "2024-06" }), (n) => [
    good(n).open,
    { 业务类型: "停保", 公民身份号码: idOf(n), 险种类型: "110", 终止年月: "2024-03" },
  ]),
  rowCase(
    "同一月份换流水号再缴",
    "the same month under another line",
    "MONTH_PAID_BY_ANOTHER_LINE",
    onPay({ 流水号: "OTHER" }),
    paid,
  ),
  rowCase("同一流水号内容不同", "the same line with another amount", "LINE_CONTENT_DIFFERS", onPay({ 缴费基数: "9000" }), paid),
  rowCase(
    "更正不存在的流水",
    "correction of an unknown line",
    "LINE_UNKNOWN",
    onPay({ 业务类型: "更正", 流水号: "C1", 原流水号: "NONE" }),
    paid,
  ),
  rowCase(
    "对已冲销的流水再更正",
    "correction of a reversed line",
    "LINE_ALREADY_REVERSED",
    (n) => ({ ...good(n).pay, 业务类型: "更正", 流水号: `K${n}`, 原流水号: `N${n}` }),
    (n) => [...paid(n), { 业务类型: "冲销", 公民身份号码: idOf(n), 险种类型: "110", 流水号: `V${n}`, 原流水号: `N${n}` }],
  ),
  rowCase(
    "死亡日期前后不一",
    "another date of death",
    "DEATH_DATE_DIFFERS",
    (n) => ({ ...death(n), 变更日期: "2024-03-11" }),
    (n) => [good(n).open, death(n)],
  ),
  rowCase("待遇未申领先核定", "award without a claim", "CLAIM_UNKNOWN", award, opened),
  rowCase("待遇未核定先发放", "payment without an award", "NOT_AWARDED", payout, (n) => [...opened(n), claim(n)]),
  rowCase(
    "核定金额各项不合计",
    "award whose parts do not add up",
    "AWARD_DOES_NOT_ADD_UP",
    (n) => ({ ...award(n), 核发金额: "1700" }),
    (n) => [...opened(n), claim(n)],
  ),
  rowCase(
    "发放金额与核定不符",
    "paid other than awarded",
    "AMOUNT_NOT_AWARDED",
    (n) => ({ ...payout(n), 金额: "1400" }),
    (n) => [...opened(n), claim(n), award(n)],
  ),
  rowCase(
    "第二份养老金发放",
    "a second pension",
    "BENEFIT_HELD",
    (n) => ({ ...payout(n), 待遇申领号: `S${n}` }),
    (n) => [...opened(n), claim(n), { ...claim(n), 待遇申领号: `S${n}` }, { ...award(n), 待遇申领号: `S${n}` }],
  ),
  rowCase("向已死亡人员发放", "payment to the dead", "PERSON_DIED", payout, (n) => [...opened(n), claim(n), award(n), death(n)]),
  rowCase(
    "待遇享受期以外的月份",
    "month before the benefit begins",
    "MONTH_OUTSIDE_BENEFIT",
    (n) => ({ ...payout(n), 费款所属期: "2024-05" }),
    (n) => [...opened(n), claim(n), award(n)],
  ),
]

const warningCases: readonly RowCase[] = [
  rowCase("姓名与登记不同", "another name than registered", "NAME_DIFFERS", onPay({ 姓名: "赵乙" }), opened),
  rowCase("户籍地与登记不同", "another hukou than registered", "HUKOU_DIFFERS", onPay({ 户籍地: "320000" }), opened),
  rowCase("基数低于下限", "base below the floor", "BASE_BELOW_FLOOR", onPay({ 缴费基数: "1000" }), opened),
  rowCase("基数高于上限", "base above the ceiling", "BASE_ABOVE_CEILING", onPay({ 缴费基数: "100000" }), opened),
  rowCase("到账早于所属期", "paid before the month it is for", "PAID_BEFORE_MONTH", onPay({ 费款所属期: "2024-06" }), opened),
  rowCase(
    "三年以后才到账",
    "paid more than three years later",
    "PAID_LONG_AFTER",
    onPay({ 应缴类型: "补缴", 费款所属期: "2020-01" }),
    (n) => [{ ...good(n).open, 开始年月: "2020-01" }],
  ),
  rowCase("个人缴费大于基数", "personal payment above the base", "PERSONAL_ABOVE_BASE", onPay({ 个人实缴: "8640" }), opened),
  rowCase("死亡以后的月份", "month after death", "AFTER_DEATH", onPay({ 费款所属期: "2024-06", 到账日期: "2024-07-05" }), (n) => [
    good(n).open,
    death(n),
  ]),
  rowCase("不满 16 周岁参保", "enrolled under 16", "UNDER_AGE", (n) => ({ ...good(n).open, 公民身份号码: idOf(n, "20150101") })),
]

export const rowCases: readonly RowCase[] = [...fieldCases, ...ledgerCases, ...warningCases]

export type FileCase = {
  readonly what_zh: string
  readonly what_en: string
  readonly code: string
  readonly name: string
  readonly content: () => Promise<Buffer> | Buffer
  /** The file is taken and the code is that of its last row. */
  readonly asRow?: boolean
}

const fileCase = (
  what_zh: string,
  what_en: string,
  code: string,
  name: string,
  content: FileCase["content"],
  asRow = false,
): FileCase => ({
  what_zh,
  what_en,
  code,
  name,
  content,
  asRow,
})
const text = (content: string) => () => Buffer.from(content)

export const fileCases: readonly FileCase[] = [
  fileCase("空文件", "empty file", "FILE_EMPTY", "a.csv", text("")),
  fileCase("只有表头", "header only", "FILE_NO_ROWS", "a.csv", text(`${columns.join(",")}\n`)),
  fileCase("旧版 .xls", "old .xls workbook", "FILE_XLS_OLD", "a.xls", () => Buffer.from("d0cf11e0a1b11ae10000", "hex")),
  fileCase("PDF 扫描件", "a PDF", "FILE_FORMAT", "a.pdf", text("%PDF-1.7\n")),
  fileCase("另存为网页的表格", "a web page saved as a table", "FILE_FORMAT", "a.xls", text("<html><table></table></html>")),
  fileCase("损坏的 .xlsx", "damaged .xlsx", "FILE_XLSX_BROKEN", "a.xlsx", () => Buffer.from("504b03040a00000000", "hex")),
  fileCase("缺身份证号列", "no ID column", "HEADER_MISSING", "a.csv", text("身份证号码号,姓名,缴费基数\n1,2,3\n")),
  fileCase("两列都是身份证号", "two columns for the ID", "HEADER_DUPLICATE", "a.csv", text("AAC002,身份证号,缴费基数\n1,2,3\n")),
  fileCase("超过大小限制", "larger than the limit", "FILE_TOO_LARGE", "a.csv", text(csv({ 备注: "x".repeat(80_000) }))),
  fileCase(
    "Excel 文件过大",
    "workbook larger than the limit",
    "FILE_XLSX_TOO_LARGE",
    "a.xlsx",
    async () => await textSheets([{ sheet: "1", rows: Array.from({ length: 900 }, (_, i) => [`${i * 7919}`, `${i * 104729}`]) }]),
  ),
  fileCase(
    "最后有未闭合的引号",
    "a quote never closed",
    "FILE_QUOTE_OPEN",
    "a.csv",
    text(`${csv(good(900).open)}缴费,"${idOf(900)}\n`),
    true,
  ),
  fileCase(
    "一行没有尽头",
    "a row without end",
    "FILE_ROW_TOO_LONG",
    "a.csv",
    text(`${csv(good(901).open)}"${"x\n".repeat(6000)}`),
    true,
  ),
  fileCase(
    "行数超过限制",
    "more rows than the limit",
    "FILE_TOO_MANY_ROWS",
    "a.csv",
    text(csv(...Array.from({ length: 60 }, () => ({})).map((_, i) => good(i + 700).open))),
    true,
  ),
  fileCase(
    "一行多出几格",
    "a row with more cells than columns",
    "ROW_TOO_WIDE",
    "a.csv",
    text(csv(good(902).open).trimEnd() + ",1,2\n"),
    true,
  ),
  fileCase(
    "NDJSON 行不是对象",
    "an NDJSON line that is no object",
    "ROW_NOT_JSON",
    "a.ndjson",
    text('{"AAC002":"1"}\n[1,2]\n'),
    true,
  ),
  fileCase(
    "NDJSON 按接口写但缺字段",
    "an NDJSON command that lacks a field",
    "ROW_SHAPE",
    "a.ndjson",
    text(JSON.stringify({ act: "open", citizenId: idOf(903), scheme: "110" })),
    true,
  ),
  fileCase(
    "NDJSON 中身份证号是数字",
    "an ID as a JSON number",
    "ID_EXCEL_FLOAT",
    "a.ndjson",
    text('{"AAC002":990101199001010010,"YWLX":"缴费"}'),
    true,
  ),
  fileCase(
    "工作簿中身份证号是数值",
    "an ID as a number in a workbook",
    "ID_EXCEL_FLOAT",
    "a.xlsx",
    () =>
      writeXlsxFile([
        [
          { value: "业务类型", type: String },
          { value: "公民身份号码", type: String },
        ],
        [
          { value: "死亡", type: String },
          { value: Number("990101199001010010"), type: Number },
        ],
      ]).toBuffer(),
    true,
  ),
]

export type RequestCase = {
  readonly what_zh: string
  readonly what_en: string
  readonly code: string
  readonly send: (door: Door, token: string) => Promise<{ readonly statusCode: number; readonly body: string }>
}

const auth = (token: string) => ({ authorization: `Bearer ${token}` })
const post = (door: Door, token: string, payload: unknown, headers: Record<string, string> = {}) =>
  door.server.inject({
    method: "POST",
    url: "/intake/commands",
    headers: { ...auth(token), "content-type": "application/json", ...headers },
    payload: typeof payload === "string" ? payload : JSON.stringify(payload),
  })
const register = (serial: number) => ({ act: "register", citizenId: idOf(serial), name: "钱二" })

export const requestCases: readonly RequestCase[] = [
  {
    what_zh: "没有令牌",
    what_en: "no token",
    code: "AUTH_MISSING",
    send: (door) => door.server.inject({ method: "POST", url: "/intake/commands", payload: register(800) }),
  },
  {
    what_zh: "令牌是伪造的",
    what_en: "forged token",
    code: "AUTH_INVALID",
    send: (door) => post(door, "abc.def.ghi", register(800)),
  },
  {
    what_zh: "替外省上传文件",
    what_en: "a file for another province",
    code: "FORBIDDEN_PROVINCE",
    send: (door, token) =>
      door.server.inject({
        method: "POST",
        url: "/intake/feeds?province=44",
        headers: { ...auth(token), "content-type": "text/csv" },
        payload: "x",
      }),
  },
  {
    what_zh: "省份代码不存在",
    what_en: "a province that does not exist",
    code: "PROVINCE_UNKNOWN",
    send: (door, token) =>
      door.server.inject({
        method: "POST",
        url: "/intake/feeds?province=99",
        headers: { ...auth(token), "content-type": "text/csv" },
        payload: "x",
      }),
  },
  {
    what_zh: "请求体不是 JSON",
    what_en: "body that is no JSON",
    code: "JSON",
    send: (door, token) => post(door, token, "{act:"),
  },
  {
    what_zh: "缺少必填字段",
    what_en: "a field missing",
    code: "SCHEMA",
    send: (door, token) => post(door, token, { act: "open", citizenId: idOf(801), scheme: "110" }),
  },
  {
    what_zh: "没有的业务",
    what_en: "an act that does not exist",
    code: "SCHEMA",
    send: (door, token) => post(door, token, { act: "delete", citizenId: idOf(801) }),
  },
  {
    what_zh: "请求体过大",
    what_en: "body too large",
    code: "BODY_TOO_LARGE",
    send: (door, token) => post(door, token, { ...register(801), name: "长".repeat(70_000) }),
  },
  {
    what_zh: "幂等键含身份证号",
    what_en: "an ID number as idempotency-key",
    code: "IDEMPOTENCY_KEY_FORMAT",
    send: (door, token) => post(door, token, register(802), { "idempotency-key": idOf(802) }),
  },
  {
    what_zh: "幂等键用于另一内容",
    what_en: "one idempotency-key for two acts",
    code: "IDEMPOTENCY_KEY_REUSED",
    send: async (door, token) => {
      await post(door, token, register(803), { "idempotency-key": "k-803" })
      return post(door, token, register(804), { "idempotency-key": "k-803" })
    },
  },
  {
    what_zh: "单笔业务被账本拒绝",
    what_en: "a command the ledger refuses",
    code: "NOT_OPEN",
    send: (door, token) =>
      post(door, token, { act: "suspend", citizenId: idOf(805), name: "孙三", scheme: "110", from: "2024-01" }),
  },
  {
    what_zh: "查询不存在的批次",
    what_en: "a feed that does not exist",
    code: "FEED_UNKNOWN",
    send: (door, token) => door.server.inject({ method: "GET", url: "/intake/feeds/0123456789abcdef0123", headers: auth(token) }),
  },
  {
    what_zh: "上传请求没有文件",
    what_en: "an upload without a file",
    code: "UPLOAD_NO_FILE",
    send: (door, token) => door.server.inject({ method: "POST", url: "/intake/feeds", headers: auth(token) }),
  },
  {
    what_zh: "没有这个接口",
    what_en: "an address that does not exist",
    code: "NO_ROUTE",
    send: (door, token) => door.server.inject({ method: "GET", url: "/intake/none", headers: auth(token) }),
  },
]

export const provinceOfCases: ProvinceCode = "31"
