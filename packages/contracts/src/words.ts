/** Every fact as one sentence in Chinese and English: an auditor reads a history, not JSON. */
import type { EventType, LedgerEvent } from "./event-schemas.js"
import { provinces, schemes } from "@tongzhang/domain/codes"
import type { MonthRange } from "@tongzhang/domain/month-set"
import { formatYuan, isFen } from "@tongzhang/domain/money"

export type Words = { readonly zh: string; readonly en: string }

export const yuan = (amount: number): string => (isFen(amount) ? formatYuan(amount) : `${amount}`)
export const provinceName = (code: string): Words =>
  Object.hasOwn(provinces, code) ? provinces[code as keyof typeof provinces] : { zh: code, en: code }
export const schemeName = (code: string): Words =>
  Object.hasOwn(schemes, code) ? schemes[code as keyof typeof schemes] : { zh: code, en: code }

const span = ({ from, to }: MonthRange): string => (from === to ? from : `${from}..${to}`)
const spans = (months: readonly MonthRange[]): string => months.map(span).join(", ")

const capacityWords = { employee: "职工", flexible: "灵活就业", resident: "居民" } as const
const stepWords = { letter: "联系函", statement: "信息表", money: "资金", booking: "入账" } as const
const kindWords = { regular: "正常缴费", late: "补缴", lump_sum: "一次性缴费" } as const
const channelWords = { app: "线上", counter: "窗口", phone: "电话", letter: "书面" } as const
const holdWords = { SECOND_BENEFIT: "疑似重复领取", DEATH_REPORTED: "已报死亡", UNDER_REVIEW: "核查中" } as const

const outcomeWords = {
  upheld: { zh: "支持", en: "upheld" },
  rejected: { zh: "不予支持", en: "rejected" },
  more_needed: { zh: "请补充材料", en: "more is needed" },
} as const
const holderWords = (code: string): Words => (code === "CN" ? { zh: "国家平台", en: "the national center" } : provinceName(code))

type Say<T extends EventType> = (event: Extract<LedgerEvent, { type: T }>) => Words
const w = (zh: string, en: string): Words => ({ zh, en })
const p = (code: string): Words => provinceName(code)

const sentences: { readonly [T in EventType]: Say<T> } = {
  PersonRegistered: (e) =>
    w(
      `登记参保人：${e.sex === "male" ? "男" : "女"}，${e.birthMonth} 出生，户籍地${e.hukou === null ? "未报" : p(e.hukou).zh}`,
      `Person registered: ${e.sex}, born ${e.birthMonth}, hukou ${e.hukou === null ? "not told" : p(e.hukou).en}`,
    ),
  IdentityCorrected: (e) => w(`更正身份信息：${e.reason}`, `Identity corrected: ${e.reason}`),
  IdentitiesMerged: (e) => w(`合并身份 ${e.other}：${e.reason}`, `Merged with ${e.other}: ${e.reason}`),
  HukouMoved: (e) => w(`${e.on} 户籍迁至${p(e.to).zh}`, `Hukou moved to ${p(e.to).en} on ${e.on}`),
  PersonDied: (e) => w(`${e.on} 死亡`, `Died on ${e.on}`),
  EnrollmentOpened: (e) =>
    w(
      `${e.from} 起以${capacityWords[e.capacity]}身份参保${e.temporary ? "（临时缴费账户）" : ""}`,
      `Enrolled as ${e.capacity} from ${e.from}${e.temporary ? " (temporary account)" : ""}`,
    ),
  EnrollmentSuspended: (e) => w(`${e.from} 起暂停缴费：${e.reason}`, `Suspended from ${e.from}: ${e.reason}`),
  EnrollmentResumed: (e) => w(`${e.from} 起续保`, `Resumed from ${e.from}`),
  EnrollmentClosed: (e) => w(`${e.to} 止停保：${e.reason}`, `Closed, last month ${e.to}: ${e.reason}`),
  CapacityChanged: (e) => w(`${e.from} 起变更为${capacityWords[e.capacity]}`, `Capacity ${e.capacity} from ${e.from}`),
  ContributionRecorded: (e) =>
    w(
      `${kindWords[e.kind]} ${span(e)}：基数 ${yuan(e.base_fen)}，入统筹 ${yuan(e.pooled_fen)}，入账户 ${yuan(e.account_fen)}`,
      `Contribution (${e.kind}) for ${span(e)}: base ${yuan(e.base_fen)}, pooled ${yuan(e.pooled_fen)}, account ${yuan(e.account_fen)}`,
    ),
  ContributionCorrected: (e) =>
    w(
      `更正流水 ${e.corrects}：入统筹 ${yuan(e.pooled_fen)}，入账户 ${yuan(e.account_fen)}（${e.reason}）`,
      `Line ${e.corrects} corrected: pooled ${yuan(e.pooled_fen)}, account ${yuan(e.account_fen)} (${e.reason})`,
    ),
  ContributionReversed: (e) => w(`冲销流水 ${e.reverses}：${e.reason}`, `Line ${e.reverses} reversed: ${e.reason}`),
  ContributionRefunded: (e) =>
    w(
      `清退 ${spans(e.months)}，退 ${yuan(e.refund_fen)}（${e.legal}）`,
      `Refunded ${spans(e.months)}: ${yuan(e.refund_fen)} (${e.legal})`,
    ),
  SubsidyCredited: (e) =>
    w(`${e.year} 年补贴入账户 ${yuan(e.amount_fen)}`, `Subsidy for ${e.year}: ${yuan(e.amount_fen)} to the account`),
  InterestCredited: (e) =>
    w(
      `${e.year} 年账户利息 ${yuan(e.amount_fen)}（${e.rate_bp / 100}%）`,
      `Interest for ${e.year}: ${yuan(e.amount_fen)} (${e.rate_bp / 100} %)`,
    ),
  TransferredOut: (e) =>
    w(
      `转出至${p(e.to).zh}：${spans(e.months)}，账户 ${yuan(e.account_fen)}，统筹 ${yuan(e.pooled_fen)}`,
      `Transferred out to ${p(e.to).en}: ${spans(e.months)}, account ${yuan(e.account_fen)}, pooled ${yuan(e.pooled_fen)}`,
    ),
  TransferredIn: (e) =>
    w(
      `自${p(e.from).zh}转入：${spans(e.months)}，账户 ${yuan(e.account_fen)}，统筹 ${yuan(e.pooled_fen)}`,
      `Transferred in from ${p(e.from).en}: ${spans(e.months)}, account ${yuan(e.account_fen)}, pooled ${yuan(e.pooled_fen)}`,
    ),
  TransferRequested: (e) =>
    w(
      `${e.on} 申请将${schemeName(e.scheme).zh}转至${p(e.to).zh}`,
      `Applied on ${e.on} to transfer the ${schemeName(e.scheme).en} to ${p(e.to).en}`,
    ),
  TransferPlanned: (e) =>
    w(
      `转移计划：${e.legs.length} 个转出地（${e.legs.map((leg) => p(leg.from).zh).join("、")}），待遇领取地${p(e.placeOfReceipt.province).zh}`,
      `Planned: ${e.legs.length} legs (${e.legs.map((leg) => p(leg.from).en).join(", ")}), place of receipt ${p(e.placeOfReceipt.province).en}`,
    ),
  ContactLetterIssued: (e) => w(`向${p(e.leg).zh}发联系函，${e.due} 前办结`, `Contact letter to ${p(e.leg).en}, due ${e.due}`),
  StatementReceived: (e) =>
    w(`收到${p(e.leg).zh}信息表，账户 ${yuan(e.account_fen)}`, `Statement of ${p(e.leg).en}: account ${yuan(e.account_fen)}`),
  MoneyReceived: (e) =>
    w(
      `收到${p(e.leg).zh}资金 ${yuan(e.account_fen + e.pooled_fen)}`,
      `Money from ${p(e.leg).en}: ${yuan(e.account_fen + e.pooled_fen)}`,
    ),
  MoneyMismatchFound: (e) =>
    w(
      `${p(e.leg).zh}资金不符：信息表 ${yuan(e.stated_fen)}，到账 ${yuan(e.received_fen)}`,
      `${p(e.leg).en}: stated ${yuan(e.stated_fen)}, received ${yuan(e.received_fen)}`,
    ),
  LegReconciled: (e) => w(`${p(e.leg).zh}信息与资金核对一致`, `${p(e.leg).en}: statement and money agree`),
  LegDisputed: (e) => w(`${p(e.leg).zh}提出异议：${e.reason}`, `${p(e.leg).en} disputes: ${e.reason}`),
  DisputeSettled: (e) => w(`${p(e.leg).zh}异议已解决：${e.note}`, `${p(e.leg).en}: dispute settled: ${e.note}`),
  ReminderSent: (e) =>
    w(`提醒${p(e.leg).zh}：${stepWords[e.step]}应于 ${e.due} 前`, `Reminded ${p(e.leg).en}: ${e.step} due ${e.due}`),
  LegEscalated: (e) =>
    w(`${p(e.leg).zh}逾期（${stepWords[e.step]}，${e.due}），已督办`, `${p(e.leg).en} overdue (${e.step}, ${e.due}): escalated`),
  LegBooked: (e) => w(`${p(e.leg).zh}转入已入账`, `${p(e.leg).en}: booked`),
  LegFailed: (e) => w(`${p(e.leg).zh}未能转移：${e.reason}`, `${p(e.leg).en} failed: ${e.reason}`),
  TransferCompleted: (e) =>
    w(
      `转移办结：${e.months_total} 个月，账户 ${yuan(e.account_fen)}，统筹 ${yuan(e.pooled_fen)}`,
      `Completed: ${e.months_total} months, account ${yuan(e.account_fen)}, pooled ${yuan(e.pooled_fen)}`,
    ),
  TransferReturned: (e) => w(`申请退回：${e.reason}`, `Returned: ${e.reason}`),
  OverlapDetected: (e) =>
    w(
      `发现重复（${e.kind}）${e.sides.join(" / ")}：${spans(e.months)}`,
      `Overlap (${e.kind}) ${e.sides.join(" / ")}: ${spans(e.months)}`,
    ),
  OverlapChanged: (e) => w(`重复月份变为 ${spans(e.months)}`, `Overlapping months now ${spans(e.months)}`),
  OverlapDissolved: () => w("重复已消除", "The overlap is gone"),
  OverlapNotified: (e) =>
    w(`已通知${e.provinces.map((one) => p(one).zh).join("、")}`, `Notified ${e.provinces.map((one) => p(one).en).join(", ")}`),
  ResolutionProposed: (e) =>
    w(
      `提出处理建议：${e.recommended === null ? "需人工判断" : `保留 ${e.recommended}`}`,
      `Proposed: ${e.recommended === null ? "a person must rule" : `keep ${e.recommended}`}`,
    ),
  OverlapChoiceRecorded: (e) =>
    w(
      `本人于 ${e.on} 选择保留 ${e.keep}（${channelWords[e.channel]}）`,
      `The person chose on ${e.on} to keep ${e.keep} (${e.channel})`,
    ),
  OverlapApprovalAsked: (e) =>
    w(
      `${e.officer} 提请复核：保留 ${e.keep}，退 ${yuan(e.refund_fen)}（${e.reason}）`,
      `${e.officer} asks a second officer: keep ${e.keep}, refund ${yuan(e.refund_fen)} (${e.reason})`,
    ),
  OverlapDecisionWithdrawn: (e) => w(`撤回决定：${e.reason}`, `Decision withdrawn: ${e.reason}`),
  OverlapDecided: (e) => w(`决定保留 ${e.keep}：${e.reason}`, `Decided to keep ${e.keep}: ${e.reason}`),
  OverlapCleared: (e) =>
    w(`清理完毕 ${spans(e.months)}，退 ${yuan(e.refund_fen)}`, `Cleared ${spans(e.months)}, refund ${yuan(e.refund_fen)}`),
  OverlapDismissed: (e) => w(`不作重复处理：${e.reason}`, `Dismissed: ${e.reason}`),
  OverlapReopened: (e) => w(`重新立案 ${spans(e.months)}：${e.reason}`, `Reopened for ${spans(e.months)}: ${e.reason}`),
  BenefitClaimed: (e) =>
    w(`在${p(e.province).zh}申领待遇，自 ${e.from}`, `Benefit claimed in ${p(e.province).en} from ${e.from}`),
  BenefitAwarded: (e) =>
    w(`核定待遇每月 ${yuan(e.monthly_fen)}，自 ${e.from}`, `Awarded ${yuan(e.monthly_fen)} a month from ${e.from}`),
  BenefitRecalculated: (e) =>
    w(
      `重核为每月 ${yuan(e.monthly_fen)}，自 ${e.from}：${e.reason}`,
      `Recalculated to ${yuan(e.monthly_fen)} a month from ${e.from}: ${e.reason}`,
    ),
  BenefitHeld: (e) => w(`暂缓发放：${holdWords[e.reason]}`, `Held: ${e.reason}`),
  BenefitReleased: (e) => w(`恢复发放：${e.reason}`, `Released: ${e.reason}`),
  BenefitPaid: (e) => w(`发放 ${e.month} 待遇 ${yuan(e.amount_fen)}`, `Paid ${yuan(e.amount_fen)} for ${e.month}`),
  BenefitEnded: (e) => w(`待遇终止于 ${e.to}：${e.reason}`, `Benefit ended with ${e.to}: ${e.reason}`),
  BenefitOverpaid: (e) => w(`多发 ${yuan(e.amount_fen)}：${e.reason}`, `Overpaid ${yuan(e.amount_fen)}: ${e.reason}`),
  BenefitRecovered: (e) => w(`追回 ${yuan(e.amount_fen)}`, `Recovered ${yuan(e.amount_fen)}`),
  FeedReceived: (e) => w(`收到批次 ${e.fileName}`, `Feed ${e.fileName} received`),
  FeedSettled: (e) => w(`批次办结：${e.rows} 行，拒 ${e.refused}`, `Feed settled: ${e.rows} rows, ${e.refused} refused`),
  ReceiptIssued: (e) => w(`出具回执 ${e.receiptNo}`, `Receipt ${e.receiptNo}`),
  BaseLimitsPublished: (e) =>
    w(
      `${e.from} 起基数下限 ${yuan(e.floor_fen)}、上限 ${yuan(e.ceiling_fen)}`,
      `Base limits from ${e.from}: ${yuan(e.floor_fen)} to ${yuan(e.ceiling_fen)}`,
    ),
  ParameterPublished: (e) =>
    w(
      `发布参数 ${e.id}：${JSON.stringify(e.value)}（${e.unit}），${e.validFrom} 至 ${e.validTo ?? "另行公布"}，依据 ${e.document ?? e.source}`,
      `Parameter ${e.id} published: ${JSON.stringify(e.value)} (${e.unit}), ${e.validFrom} to ${e.validTo ?? "the next one"}, by ${e.document ?? e.source}`,
    ),
  ParameterWithdrawn: (e) => w(`撤回参数 ${e.id}：${e.reason}`, `Parameter ${e.id} withdrawn: ${e.reason}`),
  RecordRead: (e) =>
    w(
      `${e.reader.province === null ? "" : p(e.reader.province).zh}${e.reader.kind} ${e.reader.id} 因 ${e.purpose} 查阅 ${e.what}`,
      `${e.reader.kind} ${e.reader.id}${e.reader.province === null ? "" : ` of ${p(e.reader.province).en}`} read ${e.what} for ${e.purpose}`,
    ),
  EngagementOpened: (e) => w(`审计立项：${e.title}（${e.from} 至 ${e.to}）`, `Audit opened: ${e.title} (${e.from} to ${e.to})`),
  SampleDrawn: (e) =>
    w(
      `抽样 ${e.sample}：种子“${e.seed}”，自 ${e.facts} 条中抽取 ${e.items.length} 条`,
      `Sample ${e.sample} drawn by seed "${e.seed}": ${e.items.length} of ${e.facts} facts`,
    ),
  NoteWritten: (e) => w(`底稿记录 ${e.note}：${e.text}`, `Note ${e.note}: ${e.text}`),
  FindingRaised: (e) =>
    w(
      `审计发现 ${e.finding}：${e.title}，涉及 ${yuan(e.amount_fen)}，依据 ${e.rule}`,
      `Finding ${e.finding}: ${e.title}, ${yuan(e.amount_fen)} at stake, by ${e.rule}`,
    ),
  FindingResolved: (e) => w(`审计发现 ${e.finding} 已整改：${e.reason}`, `Finding ${e.finding} resolved: ${e.reason}`),
  FindingWithdrawn: (e) => w(`审计发现 ${e.finding} 撤销：${e.reason}`, `Finding ${e.finding} withdrawn: ${e.reason}`),
  CheckRecorded: (e) =>
    w(
      `核验 ${e.check} ${e.ok ? "一致" : "不一致"}：${e.events} 个事件，${e.persons} 人${e.first === null ? "" : `，首处 ${e.first}`}`,
      `Check ${e.check} ${e.ok ? "found no difference" : "found differences"}: ${e.events} events, ${e.persons} persons${e.first === null ? "" : `, first ${e.first}`}`,
    ),
  EngagementReviewed: (e) => w(`${e.by} 复核：${e.opinion}`, `Reviewed by ${e.by}: ${e.opinion}`),
  EngagementClosed: (e) => w(`审计结论：${e.conclusion}`, `Audit closed: ${e.conclusion}`),
  EngagementRegistered: (e) => w(`登记审计项目 ${e.engagement}`, `Engagement ${e.engagement} registered`),
  AppealFiled: (e) =>
    w(`对 ${e.about.subject} 显示的 ${e.about.shown} 提出申诉`, `Appeal about ${e.about.subject}, shown as ${e.about.shown}`),
  AppealAssigned: (e) =>
    w(
      `申诉交${holderWords(e.to).zh}办理，期限 ${e.due}：${e.reason}`,
      `Appeal assigned to ${holderWords(e.to).en}, due ${e.due}: ${e.reason}`,
    ),
  AppealAnswered: (e) =>
    w(
      `${holderWords(e.by).zh}答复申诉：${outcomeWords[e.outcome].zh}。${e.reason}`,
      `${holderWords(e.by).en} answered: ${outcomeWords[e.outcome].en}. ${e.reason}`,
    ),
  AppealSupplemented: (e) => w(`补充了申诉材料，新期限 ${e.due}`, `Appeal supplemented, due ${e.due}`),
  AppealEscalated: (e) => w(`申诉逾期（${e.due}），转国家平台督办`, `Appeal overdue since ${e.due}: escalated to the center`),
  AppealWithdrawn: () => w("撤回申诉", "Appeal withdrawn"),
}

/** One sentence per language; private fields are never part of it. */
export const describe = (event: LedgerEvent): Words => (sentences[event.type] as (one: LedgerEvent) => Words)(event)
