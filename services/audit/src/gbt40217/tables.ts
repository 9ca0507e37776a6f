/**
 * Tables of GB/T 40217-2021 §5.2 in the order of their elements, and which of them the ledger's facts can fill. A table or an
 * element that no fact stands for is written empty and named here: an auditor must not take silence for a zero.
 */
export const namespace = "http://sxbw.audit.gov.cn/AppsDataInterfaceStandard/2019/Pension/XMLSchema"

const head = "ZZZ001 ZZZ002 AAB301 AAA146 AAB034 AAB034N"
const paper = "AAA029N AAA029 AAE135"
const scheme = "AAE140 AAE140N"
const done = "AAE011 AAE036"
const employer = "AAB001 AAB004"
const paidPersonal = `${head} EAZ058 AAE002 AAE003 AAA115 AAA115N AAC001 AAC002 ${paper} AAC003 ${employer} ${scheme} AAE058 AAE180 AAA042 AAE020 AAE021 AAA041 AAE022 AAE082 AAE023 AAE025 ZZB004 AAE027 AAE017 AAE078 AAE078N EAD131 ${done} ZZZ003`

/** What the ledger does not know of an employer: everything but the code that relations name. */
const kinds = "AAB019 AAB019N AAB020 AAB020N AAB021 AAB021N"
const paidByUnit = (kinds: string): string =>
  `${head} EAZ058 ${employer} ${kinds} AAE002 AAE003 EAD131 AAB033 AAB033N AAE078 AAE078N AAA115 AAA115N ${scheme} AAB119 AAE058 AAB121 AAB120 AAE020 AAE022 AAB204 AAE021 AAE023 AAE080 AAE081 AAE082 AAE083 ZZZ003`
const publicKinds = "AAB019 AAB019N AAB021 AAB021N"

export type TableNumber = "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "15" | "16" | "17"
/** One row for each employer, or for what an employer paid at once: sums over persons. */
export type UnitTable = "1" | "8" | "9"
/** Of the province, of nobody in it. */
export type ParameterTable = "16" | "17"
export type PersonTable = Exclude<TableNumber, UnitTable | ParameterTable>

export type Table = {
  readonly number: TableNumber
  /** Root element of the file (Appendix B), and its locID where the text read names it. */
  readonly root: string
  /** Element of one row. */
  readonly row: string
  readonly columns: readonly string[]
  /** Columns that no fact of this ledger stands for. */
  readonly notHeld: readonly string[]
}

const table = (number: TableNumber, root: string, row: string, columns: string, notHeld: string): Table => ({
  number,
  root,
  row,
  columns: columns.split(" "),
  notHeld: ["AAB034", "AAB034N", ...notHeld.split(" ").filter((name) => name !== "")],
})

const bank = "EAZ049 AAE010 AAE009"
const offices = "AAF013 AAF031 AAF030 AAF030N"
const ranks = "AAC014 AAC014N AAC015 AAC015N AAC020 AAC020N AAC064 AAC064N"

export const tables: Readonly<Record<TableNumber, Table>> = {
  "1": table(
    "1",
    "单位信息",
    "养老保险单位基本信息表",
    `${head} ${employer} BAB010 AAE045 AAE046 EAC153 ${kinds} AAB022 AAB022N AAE005 AAE006 AAB051 AAB051N AAB050 ZZZ003`,
    `AAB004 BAB010 AAE045 AAE046 EAC153 ${kinds} AAB022 AAB022N AAE005 AAE006 AAB051 AAB051N`,
  ),
  "2": table(
    "2",
    "人员信息",
    "养老保险个人基本信息表",
    `${head} AAC001 AAC002 AAC003 AAA029 AAA029N AAE135 ${bank} AAC004 AAC004N AAC005 AAC005N AAC010 AAC087 AAC087N AAC148 AAC148N AAC012 AAC012N AAE005 AAE006 ${offices} AAC016 AAC016N AAC006 AAC007 AAE200 AIC162 AAE138 ${ranks} ZZZ003`,
    `${bank} AAC005 AAC005N AAC087 AAC087N AAC148 AAC148N AAC012 AAC012N AAE005 AAE006 ${offices} AAC007 AAE200 ${ranks}`,
  ),
  "3": table(
    "3",
    "人员信息",
    "养老保险死亡人员信息表",
    `${head} AAC001 AAC002 AAC003 AAA029 AAA029N AAE135 AAC004 AAC004N AAE138 AAE201 AIC268 AIC249 AIC250 ZZZ003`,
    "AIC249 AIC250",
  ),
  "4": table(
    "4",
    "参保信息",
    "养老保险人员参保信息表",
    `${head} ${scheme} ${employer} AAC001 AAC003 AAC002 ${paper} AAC049 AAC008 AAC031 AAC031N AAE180 AAE030 AAE031 ${done} ZZZ003`,
    "AAB004",
  ),
  "5": table(
    "5",
    "参保信息",
    "养老保险离退休人员基本信息表",
    `${head} AAC001 ${paper} AAC002 AAC003 AAC004 AAC004N ${scheme} AIC161 AIC161N AAE211 AAC007 AIC162 AIC160 AAE200 AAE201 EAE027 EAC047 AAC019 AAC019N EAC065 AIC165 EIC009 AAC158 EAC062 EAC063 ZZZ003`,
    "AIC161 AIC161N AAC007 AIC162 AAE200 EAE027 EAC047 AAC019 AAC019N EAC065 AIC165 AAC158 EAC062 EAC063",
  ),
  "6": table(
    "6",
    "参保信息",
    "养老保险个人账户明细表",
    `${head} AAC001 AAC003 ${paper} AAC016 AAC016N ${scheme} AAE001 AIC200 ZZB001 ZZB002 AIC340 ZZB005 AIC042 EAC039 EAC040 EAC040N ZZZ003`,
    "EAC039",
  ),
  "7": table(
    "7",
    "参保信息",
    "养老保险人员转移信息表",
    `${head} AAC001 AAC003 ${paper} ${scheme} EAC071N EAC071 AAC077 AAC076 AAE200 AAE201 AIC099 AIC100 AIC102 AIC103 ${done} OAA027 OAA027N ZZZ003`,
    "AAC077 AAC076 AAE200 AIC100",
  ),
  "8": table(
    "8",
    "单位缴费",
    "职工基本养老保险单位征缴明细表",
    paidByUnit(kinds),
    `EAZ058 AAB004 ${kinds} AAB033 AAB033N AAB204`,
  ),
  "9": table(
    "9",
    "单位缴费",
    "机关事业单位养老保险单位征缴明细表",
    paidByUnit(publicKinds),
    `EAZ058 AAB004 ${publicKinds} AAB033 AAB033N AAB204`,
  ),
  "10": table(
    "10",
    "人员缴费",
    "城乡居民基本养老保险个人征缴明细表",
    `${head} ${scheme} ${offices} AAC001 AAC002 ${paper} AAC003 AAA115 AAA115N AAE101 AAE002 AAE022 AAE082 AAF027 AAE034 AAE024 AAE026 AAE028 AAE078 AAE078N EAD131 AIC079 AAB033 AAB033N ZZZ003`,
    `${offices} AAE034 AAE024 AAE026 AAE028 AAB033 AAB033N`,
  ),
  "11": table("11", "人员缴费", "职工基本养老保险个人征缴明细表", paidPersonal, "AAB004 ZZB004 AAE027"),
  "12": table("12", "人员缴费", "机关事业单位养老保险个人征缴明细表", paidPersonal, "AAB004 ZZB004 AAE027"),
  "13": table(
    "13",
    "待遇支付",
    "养老保险待遇支付明细表",
    `${head} EAZ048 AAC001 AAC002 ${paper} AAC003 ${employer} ${scheme} AAE002 EAC064 AAA036 AAA037 AIC160 EIC013 AAE019 AAE133 EAE021 AAE136 EAZ049 AAE009 AAE010 AAE145 AAE145N EAE004 EAE004N EAE005 EAE005N ${done} ZZZ003`,
    `${employer} AAA036 AAE133 EAE021 AAE136 ${bank} AAE145 AAE145N EAE005 EAE005N`,
  ),
  "15": table(
    "15",
    "变更转移",
    "养老保险人员参保情况变更信息表",
    `${head} AAE011 AAZ308 AAC001 AAC003 AAC002 ${paper} AAC049 AAC050 AAC050N AAE160 AAE160N AAE123 AAE124 AAE035 ZZZ003`,
    "AAE160",
  ),
  "16": table("16", "参数信息", "参数表", `${head} ${scheme} AAA002 AAA101 AAA102 EAA023 AAE035 AAE100 ZZZ003`, ""),
  "17": table(
    "17",
    "参数信息",
    "养老待遇类型表",
    `${head} ${scheme} AAA036 AAA037 EAE004 EAE004N EAE005 EAE005N AAA157 AAA157N AAE100 ZZZ003`,
    "AAA036 EAE005 EAE005N AAA157 AAA157N ZZZ003",
  ),
}

export const tableNumbers = (Object.keys(tables) as TableNumber[]).toSorted((a, b) => Number(a) - Number(b))
export const isUnitTable = (table: TableNumber): table is UnitTable => table === "1" || table === "8" || table === "9"
export const isParameterTable = (table: TableNumber): table is ParameterTable => table === "16" || table === "17"

/** Tables that are not written, each with the reason. */
export const tablesNotHeld: Readonly<Record<string, string>> = {
  "14 养老保险单位变更信息表":
    "no fact about an employer: a relation that opens or changes names its code, and what happens to the employer itself is told to nobody here",
  "18 会计科目表, 19 科目余额表, 20 凭证明细表": "the ledger is no general ledger; its double-entry view is GET /audit/books",
}
