/**
 * Every refusal an aggregate can give, with the way out in both languages. The compiler fails when a code is missing here, so
 * nobody is ever answered with a bare code.
 */
import type { AppealRefusal } from "@tongzhang/domain/appeal"
import type { BenefitRefusal } from "@tongzhang/domain/benefit"
import type { EnrollmentRefusal } from "@tongzhang/domain/enrollment"
import type { FeedRefusal } from "@tongzhang/domain/feed"
import type { OverlapRefusal } from "@tongzhang/domain/overlap"
import type { PersonRefusal } from "@tongzhang/domain/person"
import type { PolicyRefusal } from "@tongzhang/domain/policy"
import type { TransferRefusal } from "@tongzhang/domain/transfer"
import type { WorkpaperRefusal } from "@tongzhang/domain/workpaper"
import { workpaperRules } from "./refusals-workpaper.js"
import { rule, type RuleText } from "./refusal-rule.js"

export type DomainRefusal =
  | PersonRefusal
  | EnrollmentRefusal
  | BenefitRefusal
  | TransferRefusal
  | OverlapRefusal
  | FeedRefusal
  | PolicyRefusal
  | WorkpaperRefusal
  | AppealRefusal

// 409: the facts on record say otherwise; 422: the content itself breaks a rule; 404: what is named does not exist.
const person = {
  PERSON_NOT_REGISTERED: rule(
    404,
    "该人员尚未登记，请先报送“人员登记”或“参保登记”（须含姓名）",
    "The person is not registered: send a register or open row with the name first",
    { field: "citizenId" },
  ),
  PERSON_DIED: rule(
    409,
    "该人员已于 {on} 登记死亡，如登记有误请先更正",
    "The person is recorded as deceased on {on}: correct that first if it is wrong",
    { field: "citizenId" },
  ),
  DEATH_DATE_DIFFERS: rule(
    409,
    "死亡日期已登记为 {recorded}，与本次不同，请核对死亡证明",
    "The date of death is on record as {recorded}: check the certificate",
    { field: "on" },
  ),
  MERGE_WITH_SELF: rule(
    422,
    "不能与自身合并，请填写另一公民身份号码",
    "A person cannot be merged with themself: name the other ID number",
  ),
} satisfies Record<PersonRefusal["code"], RuleText>

const enrollment = {
  ALREADY_OPEN: rule(
    409,
    "该险种自 {from} 起已参保（身份 {capacity}），变更身份请报“变更”，重新参保请先报“停保”",
    "Already enrolled since {from} as {capacity}: send change for another capacity, or close first",
    { field: "from" },
  ),
  NOT_OPEN: rule(
    409,
    "参保关系当前状态为 {status}，请先报“参保登记”（或“续保”）",
    "The relation's status is {status}: send open (or resume) first",
    { field: "scheme" },
  ),
  MOVED_AWAY: rule(
    409,
    "参保关系或该月份已转出本省，请由转入地办理；如重新在本省参保请先报“参保登记”",
    "The relation or the month has been transferred away: the receiving province must act, or open a new relation",
    { field: "scheme", article: "国办发〔2009〕66号 Art. 8" },
  ),
  CAPACITY_NOT_OF_SCHEME: rule(
    422,
    "参保身份 {capacity} 不能参加险种 {scheme}：居民险种（170、390）只收居民，其余险种不收居民",
    "Capacity {capacity} cannot join scheme {scheme}: 170 and 390 take residents only, the others take none",
    { field: "capacity", article: "社会保险法 Art. 10, 20, 23, 25" },
  ),
  EMPLOYER_MISSING: rule(
    422,
    "职工参保必须填写单位编号（AAB001）；个人参保请将参保身份改为“灵活就业”",
    "An employee needs the employer's number (AAB001); for one who pays alone use the flexible capacity",
    { field: "employer", article: "社会保险法 Art. 58" },
  ),
  BEFORE_OPENING: rule(
    422,
    "月份 {month} 早于参保开始月份 {opened}，请更正月份或先补报参保登记",
    "Month {month} is before the relation opened ({opened}): correct the month, or send the earlier enrollment first",
    { field: "from" },
  ),
  AFTER_CLOSING: rule(
    422,
    "月份 {month} 晚于停保月份 {closed}，请先报“续保”或重新参保登记",
    "Month {month} is after the relation ended ({closed}): resume or open it again first",
    { field: "to" },
  ),
  MONTH_PAID_BY_ANOTHER_LINE: rule(
    409,
    "月份 {month} 已由流水 {line} 缴费；更改金额请报“更正”并填写原流水号，确属重复请勿再报",
    "Month {month} is already paid by line {line}: send a correction that names it, or leave the row out if it is a duplicate",
    { field: "from" },
  ),
  LINE_CONTENT_DIFFERS: rule(
    409,
    "流水号 {line} 已入账但内容不同（{fields}）；已入账的事实不能覆盖，请用新流水号报“更正”",
    "Line {line} is on record with other content ({fields}): facts are not overwritten, send a correction under a new line number",
    { field: "line" },
  ),
  LINE_UNKNOWN: rule(
    404,
    "原流水号 {line} 不存在，请核对险种、人员和流水号",
    "There is no line {line} in this relation: check scheme, person and line number",
    { field: "corrects" },
  ),
  LINE_ALREADY_REVERSED: rule(
    409,
    "流水号 {line} 已冲销或本身为更正流水，请对现行有效流水操作",
    "Line {line} was reversed, or is itself a correction: name the line that stands",
    { field: "corrects" },
  ),
  LINE_REFUNDED: rule(
    409,
    "流水号 {line} 的月份 {months} 已清退，不能再更正或冲销；请人工核对清退记录",
    "Months {months} of line {line} have been refunded, so it can no longer be corrected or reversed: look at the refund first",
    { field: "corrects" },
  ),
  SPLIT_DOES_NOT_ADD_UP: rule(
    422,
    "统筹与个人账户合计 {split_fen} 与实缴合计 {paid_fen} 不符，请核对划入个人账户金额",
    "Pooled and account shares add up to {split_fen} but {paid_fen} was paid: check the account amount",
    { field: "account_fen" },
  ),
  MONTHS_NOT_PAID: rule(
    409,
    "月份 {months} 在本关系中没有可清退的缴费",
    "Months {months} are not paid in this relation, so nothing can be refunded",
  ),
  ACCOUNT_TOO_SMALL: rule(
    409,
    "个人账户余额 {balance_fen} 少于拟支出 {wanted_fen}，请核对",
    "The account holds {balance_fen}, less than the {wanted_fen} asked for: check the amount",
  ),
  RANGE_BACKWARDS: rule(
    422,
    "开始月份 {from} 晚于终止月份 {to}，两列可能填反",
    "The first month {from} is after the last month {to}: the two may be swapped",
    { field: "to" },
  ),
  REFUND_DIFFERS_FROM_LEDGER: rule(
    409,
    "清退金额 {stated_fen} 与账上 {ledger_fen} 不符，请按账重新计算",
    "The refund of {stated_fen} differs from the ledger's {ledger_fen}: compute it anew from the ledger",
    { field: "refund_fen" },
  ),
  TRANSFER_DIFFERS_FROM_LEDGER: rule(
    409,
    "转出内容与账不符：{field} 账上为 {ledger}，申报为 {stated}，请按账重新生成信息表",
    "The transfer differs from the ledger: {field} is {ledger} on record but {stated} was sent; make the statement from the ledger",
    { article: "国办发〔2009〕66号 Art. 8" },
  ),
} satisfies Record<EnrollmentRefusal["code"], RuleText>

const benefit = {
  CLAIM_UNKNOWN: rule(404, "待遇申领号 {claim} 不存在，请先报“待遇申领”", "There is no claim {claim}: send claim_benefit first", {
    field: "claim",
  }),
  CLAIM_DIFFERS: rule(
    409,
    "申领号 {claim} 已由其他省份使用，请换用本省申领号",
    "Claim number {claim} belongs to another province: use a number of your own",
    { field: "claim" },
  ),
  CLAIM_ENDED: rule(409, "待遇 {claim} 已于 {to} 终止，请以新申领号重新申领", "Claim {claim} ended in {to}: make a new claim", {
    field: "claim",
  }),
  NOT_AWARDED: rule(409, "待遇 {claim} 尚未核定，请先报“待遇核定”", "Claim {claim} has no award yet: send award_benefit first", {
    field: "claim",
  }),
  BENEFIT_HELD: rule(
    409,
    "待遇 {claim} 已暂停发放（{reason}），处理完成后方可发放",
    "Claim {claim} is on hold ({reason}): it can be paid once the hold is released",
    { field: "claim", article: "人社部规〔2016〕5号 Art. 5" },
  ),
  AWARD_DOES_NOT_ADD_UP: rule(
    422,
    "各项养老金合计 {sum_fen} 与核发金额 {monthly_fen} 不符（允许进位不足 1 元）",
    "The parts add up to {sum_fen} but the monthly award is {monthly_fen} (rounding up below 1 yuan is allowed)",
    { field: "monthly_fen", article: "国发〔2005〕38号 Art. 6" },
  ),
  MONTH_OUTSIDE_BENEFIT: rule(
    422,
    "发放月份 {month} 不在待遇享受期 {from} 至 {to} 内",
    "Month {month} is outside the benefit's time, {from} to {to}",
    { field: "month" },
  ),
  AMOUNT_NOT_AWARDED: rule(
    422,
    "发放金额 {amount_fen} 与核定金额 {awarded_fen} 不符，调整待遇请先报“待遇核定”",
    "Paid {amount_fen} but {awarded_fen} is awarded: send the new award first",
    { field: "amount_fen" },
  ),
  RECOVERED_TOO_MUCH: rule(
    422,
    "追回金额 {amount_fen} 超过未追回余额 {open_fen}",
    "Recovering {amount_fen} is more than the {open_fen} still open",
    { field: "amount_fen", article: "社会保险经办条例 Art. 46" },
  ),
} satisfies Record<BenefitRefusal["code"], RuleText>

const transfer = {
  TRANSFER_DIFFERS: rule(
    409,
    "该转移申请已登记转入 {to}，与本次不同，请撤回后重新申请",
    "This application already goes to {to}: have it returned before applying anew",
  ),
  TRANSFER_NOT_REQUESTED: rule(404, "该转移申请不存在，请先申请转移", "There is no such application: request the transfer first"),
  TRANSFER_ENDED: rule(409, "该转移已结束（{status}）", "The transfer has ended ({status})"),
  NOTHING_TO_TRANSFER: rule(422, "没有其他省份的参保关系可转移", "There is no relation in another province to transfer", {
    article: "国办发〔2009〕66号 Art. 3",
  }),
  LEG_UNKNOWN: rule(404, "该转移不含 {leg} 的分段，请核对省份", "The transfer has no leg from {leg}: check the province"),
  LEG_ENDED: rule(409, "{leg} 分段已结束（{outcome}）", "The leg from {leg} has ended ({outcome})"),
  LEG_NOT_RECONCILED: rule(
    409,
    "{leg} 分段的信息表与基金尚未核对一致，暂不能入账",
    "Statement and money of the leg from {leg} are not reconciled yet, so it cannot be booked",
  ),
  STATEMENT_DIFFERS: rule(
    409,
    "{leg} 的信息表已接收且内容不同，请以争议处理",
    "A different statement from {leg} has been received: dispute the leg instead",
  ),
  REMITTANCE_DIFFERS: rule(
    409,
    "汇款单号 {remittance} 已入账 {booked_fen}，金额不同，请核对",
    "Remittance {remittance} is booked with {booked_fen}: check the amount",
  ),
  STEP_NOT_OVERDUE: rule(409, "{leg} 分段期限为 {due}，尚未逾期", "The leg from {leg} is due on {due} and not overdue yet", {
    article: "国办发〔2009〕66号 Art. 8",
  }),
} satisfies Record<TransferRefusal["code"], RuleText>

const overlap = {
  CASE_UNKNOWN: rule(404, "没有重复参保案件 {case}", "There is no overlap case {case}"),
  CASE_CLOSED: rule(409, "案件 {case} 已处理（{status}）", "Case {case} is closed ({status})"),
  CASE_NOT_DECIDED: rule(409, "案件 {case} 尚未作出保留决定", "Case {case} has not been decided yet: decide which side to keep"),
  SIDE_NOT_IN_CASE: rule(422, "{side} 不在该案件中，可选：{sides}", "{side} is not a side of this case; choose one of {sides}", {
    field: "keep",
  }),
  DECIDED_DIFFERENTLY: rule(
    409,
    "该案件已决定保留 {keep}，如需更改请先重新立案",
    "The case was decided for {keep}: it must be reopened before another decision",
    { field: "keep" },
  ),
  UNDO_WINDOW_RUNS: rule(
    409,
    "案件 {case} 的决定在 {undoUntil} 前仍可撤回，届时再清退",
    "The decision of {case} may be taken back until {undoUntil}: it is cleared after that",
  ),
  UNDO_WINDOW_OVER: rule(
    409,
    "案件 {case} 的撤回期限已过（{undoUntil}），决定已生效；确有错误的，请按更正程序另行处理",
    "The time to take the decision of {case} back is over ({undoUntil}): it stands; a mistake is mended by a correction of its own",
  ),
} satisfies Record<OverlapRefusal["code"], RuleText>

const feed = {
  FEED_NOT_RECEIVED: rule(404, "该批次尚未接收，请先上传文件", "The feed was never received: upload the file first"),
  FEED_NOT_SETTLED: rule(409, "该批次尚未处理完毕，请稍候", "The feed is still being processed: wait until it has settled"),
} satisfies Record<FeedRefusal["code"], RuleText>

const policy = {
  PARAMETER_PERIOD: rule(
    422,
    "参数 {id} 的有效期止 {validTo} 早于有效期起 {validFrom}",
    "Parameter {id} would end on {validTo}, before it begins on {validFrom}",
    { field: "validTo" },
  ),
  PARAMETER_DIFFERS: rule(
    409,
    "参数 {id} 已发布且内容不同；如原发布有误，请先撤回并说明原因",
    "Parameter {id} is published with other content: withdraw it with the reason first, if it was wrong",
    { field: "id" },
  ),
  PARAMETER_OVERLAPS: rule(
    409,
    "参数 {id} 与已发布的 {other} 在同一时间数值不同；请调整有效期，或先撤回有误的一项",
    "Parameter {id} says another thing than {other} for the same time: mend the validity, or withdraw the wrong one first",
    { field: "validFrom" },
  ),
  PARAMETER_UNKNOWN: rule(404, "没有已发布的参数 {id}，请核对编号", "No parameter {id} has been published: check the id", {
    field: "id",
  }),
} satisfies Record<PolicyRefusal["code"], RuleText>

const appeal = {
  APPEAL_UNKNOWN: rule(404, "没有这件申诉，请核对编号", "There is no such appeal: check its number"),
  APPEAL_DIFFERS: rule(
    409,
    "该编号的申诉针对 {subject}，与本次不同，请重新提交",
    "The appeal of this number is about {subject}: file a new one",
  ),
  APPEAL_ENDED: rule(
    409,
    "该申诉已结束（{status}）；如仍有异议，请就这个数字另行申诉，或依法申请行政复议",
    "The appeal has ended ({status}): file a new one about the number, or ask for administrative reconsideration",
    { article: "社会保险法 Art. 83" },
  ),
  APPEAL_WAITS_FOR_PERSON: rule(
    409,
    "已请申诉人补充材料，补充后才能继续办理；期限同时暂停",
    "The person has been asked for more: the appeal goes on, and its clock with it, once that has come",
  ),
  APPEAL_NOT_WAITING: rule(409, "目前不需要补充材料", "Nothing more has been asked for"),
  APPEAL_NOT_OVERDUE: rule(409, "答复期限为 {due}，尚未逾期", "An answer is due on {due}: the appeal is not overdue yet"),
  APPEAL_ARTICLE_MISSING: rule(422, "不予支持的答复必须写明所依据的条款", "A rejection must name the article it rests on", {
    field: "article",
  }),
  APPEAL_CORRECTION_MISSING: rule(
    422,
    "支持申诉的答复必须写明将更正什么、由谁更正",
    "An upheld appeal must say what will be corrected, and by whom",
    { field: "correction" },
  ),
} satisfies Record<AppealRefusal["code"], RuleText>

export const domainRules = {
  ...person,
  ...enrollment,
  ...benefit,
  ...transfer,
  ...overlap,
  ...feed,
  ...policy,
  ...workpaperRules,
  ...appeal,
} satisfies Record<DomainRefusal["code"], RuleText>
