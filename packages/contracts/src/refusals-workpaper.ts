/** What an audit's workpaper refuses, with the way out. */
import type { WorkpaperRefusal } from "@tongzhang/domain/workpaper"
import { rule, type RuleText } from "./refusal-rule.js"

export const workpaperRules = {
  ENGAGEMENT_UNKNOWN: rule(
    404,
    "没有该审计项目，请核对编号或先立项",
    "There is no such engagement: check its id, or open it first",
  ),
  ENGAGEMENT_DIFFERS: rule(
    409,
    "该编号已由 {auditor} 立项为“{title}”，内容不同；请另用编号",
    'This id was opened by {auditor} as "{title}" with other content: use another id',
    { field: "id" },
  ),
  ENGAGEMENT_PERIOD: rule(422, "审计期间止 {to} 早于起 {from}", "The period would end on {to}, before it begins on {from}", {
    field: "to",
  }),
  ENGAGEMENT_CLOSED: rule(
    409,
    "该审计项目已结束（结论：{conclusion}），底稿不再增改；如有新情况请另行立项",
    "The engagement is closed ({conclusion}) and takes nothing more in: open another one for what is new",
  ),
  SAMPLE_UNKNOWN: rule(404, "底稿中没有样本 {sample}", "The workpaper holds no sample {sample}", { field: "about" }),
  ITEM_NOT_DRAWN: rule(
    422,
    "事件 {event} 不在样本 {sample} 中；未抽中的事件请按“流@序号”记录",
    "Event {event} was not drawn in {sample}: write about any other event as STREAM@REVISION",
    { field: "about" },
  ),
  FINDING_UNKNOWN: rule(404, "底稿中没有审计发现 {finding}", "The workpaper holds no finding {finding}", { field: "finding" }),
  FINDING_SETTLED: rule(
    409,
    "审计发现 {finding} 已处理（{status}）；如仍存在请重新提出",
    "Finding {finding} is settled ({status}): raise it anew if it stands",
    { field: "finding" },
  ),
  EVIDENCE_MISSING: rule(422, "审计发现须有至少一个事件作为证据", "A finding needs at least one event as its evidence", {
    field: "evidence",
  }),
  REVIEW_BY_WRITER: rule(
    409,
    "{by} 参与了底稿编制，不能复核；请由另一审计人员复核",
    "{by} has written in this workpaper and cannot review it: let another auditor do it",
  ),
  WRITTEN_BY_REVIEWER: rule(
    409,
    "{by} 已复核该底稿，不能再编制；请由编制人员记录",
    "{by} has reviewed this workpaper and cannot write in it: let its writers do it",
  ),
} satisfies Record<WorkpaperRefusal["code"], RuleText>
