/** Rules of the provinces' door: cells, rows, files, requests; and the warnings of rows that are taken all the same. */
import type { IdProblem } from "@tongzhang/domain/citizen-id"
import { rule, type RuleText } from "./refusal-rule.js"

/** A cell's rule names the column as the file calls it. */
type Cell<Code extends string> = { readonly code: Code; readonly field: string; readonly value?: string }

export type RowRefusal =
  | IdProblem
  | Cell<
      | "FIELD_MISSING"
      | "SCHEME_UNKNOWN"
      | "PROVINCE_UNKNOWN"
      | "CAPACITY_UNKNOWN"
      | "KIND_UNKNOWN"
      | "FLAG_FORMAT"
      | "MONTH_FORMAT"
      | "MONTH_RANGE"
      | "DATE_FORMAT"
      | "AMOUNT_FORMAT"
      | "AMOUNT_DECIMALS"
      | "AMOUNT_NEGATIVE"
      | "AMOUNT_TOO_LARGE"
      | "NUMBER_FORMAT"
      | "RATE_FORMAT"
      | "LINE_FORMAT"
      | "TEXT_UNREADABLE"
    >
  | { readonly code: "TEXT_TOO_LONG"; readonly field: string; readonly length: number; readonly max: number }
  | { readonly code: "ACT_UNKNOWN"; readonly value: string }
  | { readonly code: "ACT_IS_STATUS"; readonly value: string }
  | { readonly code: "ACT_UNCLEAR" }
  | { readonly code: "MONTH_ORDER"; readonly from: string; readonly to: string }
  | { readonly code: "MONTH_FUTURE"; readonly month: string; readonly limit: string }
  | { readonly code: "MONTHS_TOO_MANY"; readonly months: number; readonly max: number }
  | { readonly code: "YEAR_RANGE"; readonly year: number }
  | { readonly code: "DATE_FUTURE"; readonly date: string; readonly today: string }
  | { readonly code: "BASE_MISSING" }
  | { readonly code: "NOTHING_PAID" }
  | { readonly code: "ACCOUNT_ABOVE_PAID"; readonly account_fen: number; readonly paid_fen: number }
  | { readonly code: "CORRECTS_SELF"; readonly line: string }
  | { readonly code: "NAME_MISSING" }
  | { readonly code: "PERSON_ERASED" }
  | { readonly code: "ROW_TOO_WIDE"; readonly cells: number; readonly columns: number }
  | { readonly code: "ROW_NOT_JSON" }
  | { readonly code: "ROW_SHAPE"; readonly detail: string }
  | { readonly code: "STORE_BUSY" }

export const rowRules = {
  ID_EXCEL_FLOAT: rule(
    422,
    "公民身份号码被 Excel 转成了科学计数（如 4.2E+17），末三位已丢失无法恢复；请先将该列设为“文本”格式，再从原系统重新导出",
    "Excel has turned the ID number into 4.2E+17 and lost its last digits: format the column as text and export again from the source",
    { field: "citizenId" },
  ),
  ID_LENGTH: rule(
    422,
    "公民身份号码应为 18 位（旧号 15 位），现为 {length} 位，请核对是否缺位或多字",
    "A citizen ID number has 18 characters (old ones 15), this has {length}: look for missing or extra digits",
    { field: "citizenId", article: "GB 11643-1999" },
  ),
  ID_CHARACTERS: rule(
    422,
    "公民身份号码只能含数字，末位可为 X，请删去其他字符",
    "A citizen ID number holds digits only, the last may be X: remove everything else",
    { field: "citizenId", article: "GB 11643-1999" },
  ),
  ID_BIRTH_DATE: rule(
    422,
    "公民身份号码中的出生日期 {birth} 不存在，请核对证件",
    "The birth date {birth} inside the ID number does not exist: check the card",
    { field: "citizenId", article: "GB 11643-1999" },
  ),
  ID_CHECK_DIGIT: rule(
    422,
    "公民身份号码校验位不符（应为 {expected}），通常是某一位录错，请核对证件",
    "The ID number's check digit should be {expected}: a digit is mistyped, check the card",
    { field: "citizenId", article: "GB 11643-1999" },
  ),
  FIELD_MISSING: rule(422, "“{field}”不能为空，请补填", "{field} is empty: fill it in"),
  SCHEME_UNKNOWN: rule(
    422,
    "险种“{value}”无法识别，请填 AAE140 代码（110、120、170、210、310、390、410、510）或险种全称",
    "Scheme {value} is unknown: give the AAE140 code (110, 120, 170, 210, 310, 390, 410, 510) or the full Chinese name",
    { field: "scheme", article: "GB/T 31594-2015" },
  ),
  PROVINCE_UNKNOWN: rule(
    422,
    "省份“{value}”无法识别，请填 2 位或 6 位行政区划代码或省名",
    "Province {value} is unknown: give the 2- or 6-digit division code or the name",
    { article: "GB/T 2260" },
  ),
  CAPACITY_UNKNOWN: rule(
    422,
    "参保身份“{value}”无法识别，请填 职工、灵活就业 或 居民",
    "Capacity {value} is unknown: give 职工 (employee), 灵活就业 (flexible) or 居民 (resident)",
    { field: "capacity" },
  ),
  KIND_UNKNOWN: rule(
    422,
    "应缴类型“{value}”无法识别，请填 正常、补缴 或 一次性",
    "Contribution kind {value} is unknown: give 正常 (regular), 补缴 (late) or 一次性 (lump_sum)",
    { field: "kind" },
  ),
  FLAG_FORMAT: rule(422, "“{field}”的值“{value}”应为 是 或 否", "{field} is {value}: give 是/否 (yes/no)"),
  MONTH_FORMAT: rule(
    422,
    "“{field}”的值“{value}”不是月份，请写成 2024-01 或 202401（区间 202401-202412）",
    "{field} is {value}, not a month: write 2024-01 or 202401 (a range 202401-202412)",
  ),
  MONTH_RANGE: rule(
    422,
    "“{field}”的月份 {value} 超出 1950-01 至 2149-12，请核对年份",
    "{field} is {value}, outside 1950-01 to 2149-12: check the year",
  ),
  MONTH_ORDER: rule(
    422,
    "开始月份 {from} 晚于终止月份 {to}，两列可能填反",
    "The first month {from} is after the last month {to}: the two may be swapped",
    { field: "to" },
  ),
  MONTH_FUTURE: rule(
    422,
    "月份 {month} 过于靠后（最晚 {limit}），请核对年份",
    "Month {month} lies too far ahead (latest {limit}): check the year",
    { field: "from" },
  ),
  MONTHS_TOO_MANY: rule(
    422,
    "一行含 {months} 个月，最多 {max} 个月，请拆分",
    "The row covers {months} months, at most {max} are taken: split it",
    { field: "to" },
  ),
  DATE_FORMAT: rule(
    422,
    "“{field}”的值“{value}”不是有效日期，请写成 2024-01-05、2024/1/5 或 20240105",
    "{field} is {value}, not a date: write 2024-01-05, 2024/1/5 or 20240105",
  ),
  DATE_FUTURE: rule(422, "日期 {date} 晚于今天（{today}），请核对", "Date {date} is after today ({today}): check it"),
  YEAR_RANGE: rule(422, "年度 {year} 不合理，请填 4 位年份", "Year {year} is not plausible: give four digits", { field: "year" }),
  AMOUNT_FORMAT: rule(
    422,
    "“{field}”的值“{value}”不是金额，请以元填写，如 1509.60",
    "{field} is {value}, not an amount: write yuan, e.g. 1509.60",
  ),
  AMOUNT_DECIMALS: rule(
    422,
    "“{field}”的值“{value}”小数超过两位，金额须精确到分，请核对后四舍五入",
    "{field} is {value}, with more than two decimals: money is kept to the fen, round it at the source",
  ),
  AMOUNT_NEGATIVE: rule(
    422,
    "“{field}”为负数 {value}；退收请报“冲销”并填写原流水号",
    "{field} is negative ({value}): to take money back send a reversal that names the original line",
  ),
  AMOUNT_TOO_LARGE: rule(
    422,
    "“{field}”的值“{value}”过大，请核对单位是否为元",
    "{field} is {value}, too large: check that the unit is yuan",
  ),
  NUMBER_FORMAT: rule(422, "“{field}”的值“{value}”不是整数", "{field} is {value}, not a whole number"),
  RATE_FORMAT: rule(
    422,
    "利率“{value}”无法识别，请写成 8.31% 或 8.31",
    "Rate {value} is not readable: write 8.31% or 8.31 (percent)",
    { field: "rate" },
  ),
  LINE_FORMAT: rule(
    422,
    "“{field}”的值“{value}”只能含字母、数字和 . : / -，最长 64 位",
    "{field} is {value}: letters, digits and . : / - only, at most 64",
  ),
  TEXT_UNREADABLE: rule(
    422,
    "“{field}”含无法识别的字符（乱码），请以 UTF-8 或 GBK 重新导出",
    "{field} holds unreadable characters: export again as UTF-8 or GBK",
  ),
  TEXT_TOO_LONG: rule(422, "“{field}”有 {length} 字，最多 {max} 字", "{field} has {length} characters, at most {max} are taken"),
  ACT_UNKNOWN: rule(
    422,
    "业务类型“{value}”无法识别，请填 参保登记、缴费、更正、停保 等（见模板）",
    "Act {value} is unknown: give 参保登记 (open), 缴费 (contribute), 更正 (correct), 停保 (close) … (see the template)",
    { field: "act" },
  ),
  ACT_IS_STATUS: rule(
    422,
    "“{value}”是参保状态（AAC031）而不是业务；请填发生的业务，如 参保登记、暂停、停保",
    "{value} is a status (AAC031), not an act: say what happened, e.g. 参保登记 (open), 暂停 (suspend), 停保 (close)",
    { field: "act" },
  ),
  ACT_UNCLEAR: rule(
    422,
    "该行没有业务类型，且无法从其他列判断，请填写“业务类型”",
    "The row says no act and the other columns do not tell: fill in 业务类型 (act)",
    { field: "act" },
  ),
  BASE_MISSING: rule(422, "职工险种的缴费基数必须大于 0", "A contribution to this scheme needs a base above 0", {
    field: "base_fen",
    article: "GB/T 40217-2021 (AAE180)",
  }),
  NOTHING_PAID: rule(
    422,
    "单位、个人、补贴金额均为 0，没有缴费；暂停缴费请报“暂停”",
    "Employer, personal and subsidy amounts are all 0: for a month without payment send suspend",
    { field: "personal_fen" },
  ),
  ACCOUNT_ABOVE_PAID: rule(
    422,
    "划入个人账户 {account_fen} 大于实缴合计 {paid_fen}，请核对",
    "{account_fen} to the account is more than the {paid_fen} paid: check both",
    { field: "account_fen" },
  ),
  CORRECTS_SELF: rule(
    422,
    "更正流水号与原流水号相同（{line}），请为更正使用新的流水号",
    "The correction has the number of the line it corrects ({line}): give it a number of its own",
    { field: "line" },
  ),
  NAME_MISSING: rule(422, "首次出现的人员必须填写姓名（AAC003）", "A person not seen before needs a name (AAC003)", {
    field: "name",
  }),
  PERSON_ERASED: rule(
    410,
    "该人员的身份信息已依法删除，不再接收其个人数据",
    "This person's identity was erased by law: no personal data is taken any more",
    { field: "citizenId", article: "个人信息保护法 Art. 47" },
  ),
  ROW_TOO_WIDE: rule(
    422,
    "该行有 {cells} 格而表头只有 {columns} 列，可能金额含未加引号的逗号",
    "The row has {cells} cells under {columns} columns: an amount may hold a comma without quotes",
  ),
  ROW_NOT_JSON: rule(422, "该行不是合法的 JSON 对象，每行应为一个对象", "The line is not a JSON object: one object per line"),
  ROW_SHAPE: rule(422, "该行内容不合格式：{detail}", "The row does not fit the schema: {detail}"),
  STORE_BUSY: rule(
    503,
    "系统暂未写入该行，请稍后重新上传（不会重复入账）",
    "The row could not be written yet: send it again later, nothing is booked twice",
  ),
} satisfies Record<RowRefusal["code"], RuleText>

export type RowWarning =
  | { readonly code: "NAME_DIFFERS" }
  | { readonly code: "HUKOU_DIFFERS"; readonly recorded: string; readonly stated: string }
  | { readonly code: "BASE_BELOW_FLOOR"; readonly base_fen: number; readonly floor_fen: number; readonly month: string }
  | { readonly code: "BASE_ABOVE_CEILING"; readonly base_fen: number; readonly ceiling_fen: number; readonly month: string }
  | { readonly code: "PAID_BEFORE_MONTH"; readonly paidOn: string; readonly month: string }
  | { readonly code: "PAID_LONG_AFTER"; readonly paidOn: string; readonly month: string }
  | { readonly code: "UNDER_AGE"; readonly month: string; readonly birthMonth: string }
  | { readonly code: "AFTER_DEATH"; readonly month: string; readonly diedOn: string }
  | { readonly code: "PERSONAL_ABOVE_BASE"; readonly personal_fen: number; readonly base_fen: number }

export const warningRules = {
  NAME_DIFFERS: rule(
    200,
    "姓名与已登记的不同，已按公民身份号码入账；如姓名有误请报“姓名更正”，如号码有误请更正",
    "The name differs from the registered one; the row was booked by ID number. Send correct_name, or correct the number",
    { field: "name" },
  ),
  HUKOU_DIFFERS: rule(
    200,
    "户籍地 {stated} 与已登记的 {recorded} 不同，未更改；迁移请报“户籍迁移”",
    "Hukou {stated} differs from {recorded} on record and was left: send move_hukou if the person moved",
    { field: "hukou" },
  ),
  BASE_BELOW_FLOOR: rule(
    200,
    "缴费基数 {base_fen} 低于 {month} 下限 {floor_fen}，已入账，请核对",
    "Base {base_fen} is below the floor {floor_fen} of {month}; booked, please check",
    { field: "base_fen", article: "国发〔2005〕38号" },
  ),
  BASE_ABOVE_CEILING: rule(
    200,
    "缴费基数 {base_fen} 高于 {month} 上限 {ceiling_fen}，已入账，请核对",
    "Base {base_fen} is above the ceiling {ceiling_fen} of {month}; booked, please check",
    { field: "base_fen", article: "国发〔2005〕38号" },
  ),
  PAID_BEFORE_MONTH: rule(
    200,
    "到账日期 {paidOn} 早于费款所属期 {month}，已按预缴入账，请核对",
    "Paid on {paidOn}, before the month {month} it is for; booked as paid ahead, please check",
    { field: "paidOn" },
  ),
  PAID_LONG_AFTER: rule(
    200,
    "费款所属期 {month} 于 {paidOn} 才到账（超过三年的补缴），请备齐补缴依据",
    "Month {month} was paid on {paidOn}, more than three years later: keep the grounds at hand",
    { field: "paidOn", article: "人社厅发〔2016〕132号" },
  ),
  UNDER_AGE: rule(
    200,
    "{month} 时该人员（{birthMonth} 出生）不满 16 周岁，已入账，请核对",
    "In {month} the person (born {birthMonth}) was under 16; booked, please check",
    { field: "from", article: "劳动法 Art. 15" },
  ),
  AFTER_DEATH: rule(
    200,
    "该人员已于 {diedOn} 死亡登记，{month} 在其后，已入账，请核对并退收",
    "The person is recorded as deceased on {diedOn}, {month} is later; booked, please check and reverse",
    { field: "from" },
  ),
  PERSONAL_ABOVE_BASE: rule(
    200,
    "个人缴费 {personal_fen} 大于缴费基数 {base_fen}，已入账，请核对两列是否填反",
    "Personal payment {personal_fen} is more than the base {base_fen}; booked, check whether the columns are swapped",
    { field: "personal_fen" },
  ),
} satisfies Record<RowWarning["code"], RuleText>

export type FileRefusal =
  | { readonly code: "FILE_EMPTY" | "FILE_NO_ROWS" | "FILE_ENCODING" | "FILE_XLS_OLD" | "FILE_XLSX_BROKEN" }
  | { readonly code: "FILE_FORMAT"; readonly fileName: string }
  | { readonly code: "FILE_TOO_LARGE"; readonly limit: string }
  | { readonly code: "FILE_TOO_MANY_ROWS"; readonly limit: number }
  | { readonly code: "FILE_XLSX_TOO_LARGE"; readonly limit: string }
  | { readonly code: "FILE_QUOTE_OPEN"; readonly row: number }
  | { readonly code: "FILE_ROW_TOO_LONG"; readonly row: number; readonly limit: number }
  | { readonly code: "HEADER_MISSING"; readonly missing: readonly string[]; readonly guesses: readonly string[] }
  | { readonly code: "HEADER_DUPLICATE"; readonly column: string; readonly headers: readonly string[] }

export const fileRules = {
  FILE_EMPTY: rule(422, "文件是空的，请检查导出", "The file is empty: check the export"),
  FILE_NO_ROWS: rule(422, "文件只有表头没有数据行", "The file has a header but no rows"),
  FILE_ENCODING: rule(
    422,
    "文件编码无法识别，请另存为 UTF-8 或 GBK",
    "The file's encoding cannot be read: save it as UTF-8 or GBK",
  ),
  FILE_FORMAT: rule(
    415,
    "文件“{fileName}”不是 CSV、XLSX 或 NDJSON，请另存为其中一种",
    "The file {fileName} is neither CSV, XLSX nor NDJSON: save it as one of them",
  ),
  FILE_XLS_OLD: rule(
    415,
    "旧版 Excel（.xls）或加密的工作簿无法读取，请另存为未加密的 .xlsx 或 CSV",
    "Old Excel files (.xls) and encrypted workbooks cannot be read: save as plain .xlsx or CSV",
  ),
  FILE_XLSX_BROKEN: rule(422, "Excel 文件已损坏，请重新保存后上传", "The Excel file is damaged: save it again and send it"),
  FILE_TOO_LARGE: rule(413, "文件超过 {limit}，请拆分后上传", "The file is larger than {limit}: split it"),
  FILE_XLSX_TOO_LARGE: rule(
    413,
    "Excel 文件超过 {limit}，请另存为 CSV 上传",
    "The Excel file is larger than {limit}: save it as CSV",
  ),
  FILE_TOO_MANY_ROWS: rule(413, "文件超过 {limit} 行，请拆分后上传", "The file has more than {limit} rows: split it"),
  FILE_QUOTE_OPEN: rule(
    422,
    "第 {row} 行起有未闭合的引号，请检查该行的双引号",
    "A quote opened in row {row} is never closed: check the quotes of that row",
  ),
  FILE_ROW_TOO_LONG: rule(
    422,
    "第 {row} 行超过 {limit} 字符，可能缺少换行或引号未闭合",
    "Row {row} is longer than {limit} characters: a line break or a closing quote is missing",
  ),
  HEADER_MISSING: rule(
    422,
    "表头缺少必需列：{missing}；相近的列：{guesses}。请对照模板修改表头",
    "The header lacks required columns: {missing}; columns that come near: {guesses}. Compare with the template",
  ),
  HEADER_DUPLICATE: rule(
    422,
    "多列都表示“{column}”：{headers}，请只保留一列",
    "Several columns mean {column}: {headers}; keep one",
  ),
} satisfies Record<FileRefusal["code"], RuleText>

export type RequestRefusal =
  | { readonly code: "FEED_UNKNOWN" | "FEED_NO_RECEIPT" | "FEED_NOT_CONTINUED"; readonly feedId: string }
  | { readonly code: "UPLOAD_UNKNOWN"; readonly uploadId: string }
  | { readonly code: "FEED_RUNNING"; readonly feedId: string }
  | { readonly code: "FEED_RESULT_GONE"; readonly feedId: string }
  | { readonly code: "UPLOAD_NO_FILE" | "PROVINCE_NOT_TOLD" | "SERVICE_STOPPING" }
  | { readonly code: "FEEDS_WAITING"; readonly limit: number }
  | { readonly code: "FEED_FAILED"; readonly feedId: string }
  | { readonly code: "RESULT_TOO_LARGE_FOR_XLSX"; readonly limit: number }
  | { readonly code: "IDEMPOTENCY_KEY_FORMAT" }
  | { readonly code: "IDEMPOTENCY_KEY_REUSED" }
  | { readonly code: "PARAMETER_UNSOUND"; readonly id: string; readonly problem: string }

export const requestRules = {
  FEED_UNKNOWN: rule(404, "没有批次 {feedId}，请核对编号", "There is no feed {feedId}: check the id"),
  FEED_NO_RECEIPT: rule(
    409,
    "批次 {feedId} 尚无回执：全部行处理完毕后出具；试算不出回执",
    "Feed {feedId} has no receipt yet: it is issued when every row is settled; a dry run has none",
  ),
  FEED_NOT_CONTINUED: rule(
    409,
    "批次 {feedId} 没有中断，无需继续",
    "Feed {feedId} was not interrupted: there is nothing to go on with",
  ),
  UPLOAD_UNKNOWN: rule(
    404,
    "没有上传 {uploadId}：上传的文件只保留一天，请重新选择文件",
    "There is no upload {uploadId}: a file is kept for a day, choose it again",
  ),
  FEED_RUNNING: rule(
    409,
    "批次 {feedId} 仍在处理，完成后可下载结果",
    "Feed {feedId} is still running: fetch the result when it has ended",
  ),
  FEED_RESULT_GONE: rule(
    410,
    "批次 {feedId} 的结果文件已不在，请重新上传同一文件（不会重复入账）",
    "The result file of feed {feedId} is gone: upload the same file again, nothing is booked twice",
  ),
  FEED_FAILED: rule(
    409,
    "批次 {feedId} 处理中断，请重新上传同一文件，将从中断处继续",
    "Feed {feedId} broke off: upload the same file again and it goes on where it stopped",
  ),
  RESULT_TOO_LARGE_FOR_XLSX: rule(
    413,
    "结果超过 {limit} 行，请下载 CSV 格式",
    "The result has more than {limit} rows: take it as CSV",
  ),
  UPLOAD_NO_FILE: rule(
    400,
    "请求中没有文件，请以请求体或 multipart 的文件字段上传",
    "No file came along: send it as the body or as a multipart file",
  ),
  PROVINCE_NOT_TOLD: rule(400, "请以 province 参数注明省份", "Name the province in the query", { field: "province" }),
  SERVICE_STOPPING: rule(503, "服务正在停止，请稍后重试", "The service is stopping: try again shortly"),
  FEEDS_WAITING: rule(429, "排队的批次已达 {limit} 个，请稍后再上传", "{limit} feeds are waiting already: upload again later"),
  IDEMPOTENCY_KEY_FORMAT: rule(
    400,
    "idempotency-key 应为 1 至 100 个字母、数字或 . _ : -，且不得含公民身份号码",
    "idempotency-key takes 1 to 100 letters, digits or . _ : - and no citizen ID number",
    { field: "idempotency-key" },
  ),
  IDEMPOTENCY_KEY_REUSED: rule(
    422,
    "该 idempotency-key 已用于不同内容，请为新业务使用新键",
    "This idempotency-key was used for other content: use a new key for a new act",
    { field: "idempotency-key" },
  ),
  PARAMETER_UNSOUND: rule(
    422,
    "参数 {id} 有误：{problem}，请核对公文后重新发布",
    "Parameter {id} cannot be: {problem}; check the notice and publish it again",
  ),
} satisfies Record<RequestRefusal["code"], RuleText>
