/**
 * Why a result is what it is: every computed right carries the rule, its version and the article it rests on, and how well the
 * text was known when the rule was written. Months never go into a rule undated: a newer notice replaces a rule by its version.
 */

/** `official` text read; `secondary` a mirror or a quoting source; `low` unofficial; `memory` no source seen; `constructed` ours. */
export type Confidence = "official" | "secondary" | "derived" | "low" | "memory" | "constructed"

export type Citation = {
  /** Stable id of the rule inside this package. */
  readonly rule: string
  /** Date the rule's content took force. */
  readonly version: string
  /** Document and article, as the law names them. */
  readonly article: string
  /** Where the text was read. */
  readonly source: string
  readonly confidence: Confidence
}

/**
 * Version of the whole rule set, written into events as `ruleVersion`. A three-ministry notice on transfers of 2026 was seen by
 * title only; once its text is known the transfer rules get a new version.
 */
export const lawVersion = "2026-10"

const doc66 = "国务院办公厅 国办发〔2009〕66号, full-text mirror of beijing.gov.cn"

export const citations = {
  accountRate: {
    rule: "account-rate",
    version: "2006-01-01",
    article: "国发〔2005〕38号: 个人账户 8%, 灵活就业 20% 其中 8% 记入个人账户",
    source: "国发〔2005〕38号, gov.cn",
    confidence: "official",
  },
  accountRateBefore2006: {
    rule: "account-rate-11",
    version: "1998-01-01",
    article: "人社部发〔2009〕187号: 1998—2005 年个人账户记账规模 11%",
    source: "quoted with 人社厅发〔2017〕7号",
    confidence: "secondary",
  },
  accountBefore1998: {
    rule: "account-personal-only",
    version: "1992-01-01",
    article: "国办发〔2009〕66号 Art 4: 1998 年 1 月 1 日前按个人缴费累计本息",
    source: doc66,
    confidence: "official",
  },
  residentAccount: {
    rule: "resident-account",
    version: "2014-02-21",
    article: "国发〔2014〕8号: 个人缴费、集体补助、政府补贴全部记入个人账户",
    source: "from memory of the decision, not read",
    confidence: "memory",
  },
  medicalAccount: {
    rule: "medical-account",
    version: "2021-04-22",
    article: "国办发〔2021〕14号: 在职职工个人缴费计入个人账户, 单位缴费全部计入统筹基金",
    source: "from memory of the opinion, not read",
    confidence: "memory",
  },
  pooledOnly: {
    rule: "pooled-only",
    version: "2010-10-28",
    article: "社会保险法 Arts 33, 44, 53: no personal account in this scheme",
    source: "社会保险法, full text",
    confidence: "official",
  },
  baseLimits: {
    rule: "contribution-base-limits",
    version: "2019-05-01",
    article: "国办发〔2019〕13号: 缴费基数 60%—300%",
    source: "yearly notices of the provinces, see each record",
    confidence: "secondary",
  },
  steps: {
    rule: "transfer-steps",
    version: "2010-01-01",
    article: "国办发〔2009〕66号 Art 8: 15 + 15 + 15 个工作日",
    source: doc66,
    confidence: "secondary",
  },
  reminder: {
    rule: "transfer-reminder",
    version: "2026-10",
    article: "own rule of the ledger: 5 working days before the limit of 国办发〔2009〕66号 Art 8",
    source: "tongzhang",
    confidence: "constructed",
  },
  placeOfReceipt: {
    rule: "place-of-receipt",
    version: "2010-01-01",
    article: "国办发〔2009〕66号 Art 6, Art 12; MOHRSS clarification 2025-04-16",
    source: doc66,
    confidence: "official",
  },
  temporaryAccount: {
    rule: "temporary-account",
    version: "2010-01-01",
    article: "国办发〔2009〕66号 Art 5; 人社部规〔2016〕5号",
    source: doc66,
    confidence: "official",
  },
  transferMoney: {
    rule: "transfer-money",
    version: "2010-01-01",
    article: "国办发〔2009〕66号 Art 4: 统筹基金按 1998 年 1 月 1 日后各年度实际缴费工资总和的 12% 转移",
    source: doc66,
    confidence: "official",
  },
  pensioners: {
    rule: "transfer-not-for-pensioners",
    version: "2010-01-01",
    article: "国办发〔2009〕66号 Art 2: 已经按国家规定领取基本养老保险待遇的人员, 不再转移基本养老保险关系",
    source: doc66,
    confidence: "official",
  },
  employeeOverlap: {
    rule: "overlap-employee",
    version: "2010-01-01",
    article: "人社部发〔2009〕187号, 〔2010〕70号: 与本人协商确定保留其中一个关系",
    source: "quoted by 缙云 jinyun.gov.cn",
    confidence: "secondary",
  },
  publicOverlap: {
    rule: "overlap-public",
    version: "2017-01-01",
    article: "人社部规〔2017〕1号",
    source: "from memory, not read",
    confidence: "memory",
  },
  residentOverlap: {
    rule: "overlap-employee-resident",
    version: "2014-07-01",
    article: "人社部发〔2014〕17号 Art 7: 按月清理, 保留职工养老保险月份",
    source: "full-text mirror",
    confidence: "secondary",
  },
  twoResidents: {
    rule: "overlap-resident",
    version: "2026-10",
    article: "no national rule found; local practice: 户籍地, 青岛 keeps the first place",
    source: "青岛 practice",
    confidence: "low",
  },
  medicalOverlap: {
    rule: "overlap-medical",
    version: "2020-08-26",
    article: "医保发〔2020〕33号: 职工按就业地, 居民按常住地, 学生按学籍地",
    source: "quoted by carmay.cn",
    confidence: "secondary",
  },
  unemploymentOverlap: {
    rule: "overlap-unemployment",
    version: "2023-12-01",
    article: "社会保险经办条例 Art 14: 关系随就业转移, 缴费年限累计",
    source: "社会保险经办条例, full text",
    confidence: "official",
  },
  twoPensions: {
    rule: "two-pensions",
    version: "2016-11-28",
    article: "人社部规〔2016〕5号 §5; 社会保险经办条例 Art 46",
    source: "szyq.gov.cn",
    confidence: "secondary",
  },
  pensionAndResident: {
    rule: "pension-and-resident-pension",
    version: "2014-07-01",
    article: "人社部发〔2014〕17号 Art 8: 终止居民养老保险关系",
    source: "full-text mirror",
    confidence: "secondary",
  },
} as const satisfies Record<string, Citation>
