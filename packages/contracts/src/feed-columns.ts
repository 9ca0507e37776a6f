/**
 * Columns of a province's file and the names they go by: official codes (GB/T 40217-2021, LD/T 92-2013 as seen in vendors'
 * forms), the usual Chinese headers, and ours where no official code was found. Order is that of the template file.
 */
export type ColumnKey =
  | "act"
  | "citizenId"
  | "name"
  | "hukou"
  | "scheme"
  | "capacity"
  | "employer"
  | "temporary"
  | "line"
  | "corrects"
  | "kind"
  | "month"
  | "from"
  | "to"
  | "base"
  | "employerPaid"
  | "personalPaid"
  | "subsidy"
  | "account"
  | "paidOn"
  | "year"
  | "rate"
  | "amount"
  | "payer"
  | "claim"
  | "basic"
  | "accountPension"
  | "transitional"
  | "monthly"
  | "on"
  | "reason"

export type Column = { readonly key: ColumnKey; readonly code: string; readonly zh: string; readonly aliases: readonly string[] }

const column = (key: ColumnKey, code: string, zh: string, ...aliases: string[]): Column => ({ key, code, zh, aliases })

/** Money columns are in yuan with at most two decimals; months `YYYY-MM` or `YYYYMM`; dates `YYYY-MM-DD`. */
export const feedColumns: readonly Column[] = [
  column("act", "YWLX", "业务类型", "业务类别", "act"),
  column("citizenId", "AAC002", "公民身份号码", "身份证号", "身份证号码", "社会保障号码", "证件号码", "AAE135"),
  column("name", "AAC003", "姓名"),
  column("hukou", "AAC010", "户籍地", "户籍所在地", "户籍省份"),
  column("scheme", "AAE140", "险种类型", "险种"),
  column("capacity", "AAC012", "参保身份", "个人身份"),
  column("employer", "AAB001", "单位编号"),
  column("temporary", "AAE473", "是否临时账户", "临时账户"),
  column("line", "EAZ058", "流水号", "结算单号", "缴费流水号"),
  column("corrects", "YSLSH", "原流水号", "更正流水号"),
  column("kind", "AAA115", "应缴类型", "缴费类型"),
  column("month", "AAE003", "费款所属期", "对应费款所属期", "所属期", "待遇年月", "EAC064"),
  column("from", "AAE041", "开始年月", "起始年月", "AAE030", "开始日期", "待遇享受开始年月", "AAE210"),
  column("to", "AAE042", "终止年月", "截止年月", "AAE031", "终止日期"),
  column("base", "AAE180", "缴费基数", "月缴费基数"),
  column("employerPaid", "AAE080", "单位实缴", "单位缴费", "单位缴纳"),
  column("personalPaid", "AAE082", "个人实缴", "个人缴费", "个人缴纳"),
  column("subsidy", "CZBT", "财政补贴", "政府补贴"),
  column("account", "AAE381", "划入个人账户", "记账金额", "当年记账金额"),
  column("paidOn", "AAB191", "到账日期", "缴费日期"),
  column("year", "AAE001", "年度"),
  column("rate", "JZLL", "记账利率"),
  column("amount", "AAE019", "金额", "发放金额", "补贴金额"),
  column("payer", "AAE341", "缴费主体", "筹资项目"),
  column("claim", "DYSLH", "待遇申领号", "申领编号"),
  column("basic", "AIC240", "基础养老金"),
  column("accountPension", "AIC242", "个人账户养老金"),
  column("transitional", "AIC241", "过渡性养老金"),
  column("monthly", "AAE129", "核发金额", "月养老金"),
  column("on", "AAE035", "变更日期", "日期"),
  column("reason", "AAE013", "备注", "变更原因", "AAE160", "原因"),
]

/** Words of the act column, Chinese first; AAC031 status codes are not acts and are refused with a hint. */
export const actWords: Readonly<Record<string, string>> = {
  人员登记: "register",
  参保登记: "open",
  初次参保: "open",
  新增: "open",
  暂停: "suspend",
  暂停缴费: "suspend",
  续保: "resume",
  恢复缴费: "resume",
  停保: "close",
  终止: "close",
  变更: "change",
  身份变更: "change",
  缴费: "contribute",
  正常缴费: "contribute",
  补缴: "contribute",
  更正: "correct",
  基数更正: "correct",
  冲销: "reverse",
  退收: "reverse",
  补贴: "subsidise",
  利息: "credit_interest",
  记息: "credit_interest",
  户籍迁移: "move_hukou",
  死亡: "report_death",
  姓名更正: "correct_name",
  待遇申领: "claim_benefit",
  待遇核定: "award_benefit",
  待遇发放: "pay_benefit",
  待遇终止: "end_benefit",
}

/** Words and codes of the capacity column. */
export const capacityWords: Readonly<Record<string, "employee" | "flexible" | "resident">> = {
  职工: "employee",
  企业职工: "employee",
  灵活就业: "flexible",
  灵活就业人员: "flexible",
  个体工商户: "flexible",
  居民: "resident",
  城乡居民: "resident",
}
