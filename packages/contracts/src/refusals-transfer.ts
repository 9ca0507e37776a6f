/** Rules of the transfer service that need more than one aggregate to see. */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { TransferId } from "@tongzhang/domain/ids"
import { rule, type RuleText } from "./refusal-rule.js"

export type TransferServiceRefusal =
  | { readonly code: "TRANSFER_ALREADY_RUNNING"; readonly transferId: TransferId }
  | { readonly code: "PENSION_DRAWN"; readonly scheme: SchemeCode }
  | { readonly code: "TEMPORARY_ACCOUNT_PLACE"; readonly to: ProvinceCode }
  | { readonly code: "LETTER_NOT_ISSUED"; readonly leg: ProvinceCode }
  | { readonly code: "LEG_IS_DISPUTED"; readonly leg: ProvinceCode; readonly reason: string }
  | { readonly code: "LEG_SENT"; readonly leg: ProvinceCode }
  | { readonly code: "TASK_NOT_CLEAN"; readonly leg: ProvinceCode; readonly why: string }
  | { readonly code: "PERSON_OR_ID_MISSING" }

export const transferServiceRules = {
  TRANSFER_ALREADY_RUNNING: rule(
    409,
    "已有办理中的转移申请 {transferId}，一次申请即可，无需重复提交；请查看该申请的进度",
    "Application {transferId} is already running; one is enough: look at its progress instead",
  ),
  PENSION_DRAWN: rule(
    422,
    "已按国家规定领取基本养老保险待遇（险种 {scheme}），不再转移养老保险关系",
    "A pension is already drawn (scheme {scheme}): the relation is not transferred any more",
    { article: "国办发〔2009〕66号 Art. 2" },
  ),
  TEMPORARY_ACCOUNT_PLACE: rule(
    422,
    "在 {to} 只能建立临时基本养老保险缴费账户（男满50岁、女满40岁且非户籍地），原参保关系保留在原参保地，不转入",
    "Only a temporary account can be held in {to} (man from 50, woman from 40, not the hukou province): the relation stays where it is",
    { field: "to", article: "国办发〔2009〕66号 Art. 5" },
  ),
  LETTER_NOT_ISSUED: rule(
    409,
    "{leg} 分段的联系函尚未发出，请稍候",
    "The contact letter to {leg} has not been issued yet: wait for it",
    { article: "国办发〔2009〕66号 Art. 8" },
  ),
  LEG_IS_DISPUTED: rule(
    409,
    "{leg} 分段有争议（{reason}），请先结案再发信息表",
    "The leg from {leg} is disputed ({reason}): settle the dispute first",
  ),
  LEG_SENT: rule(
    409,
    "{leg} 已发出信息表并终止关系，该分段不能再作“不能转移”处理",
    "{leg} has sent its statement and ended the relation: the leg can no longer be failed",
  ),
  TASK_NOT_CLEAN: rule(
    409,
    "{leg} 分段须逐件核对，不能批量办理：{why}",
    "The leg from {leg} needs a closer look and is not accepted in a batch: {why}",
  ),
  PERSON_OR_ID_MISSING: rule(422, "请填写公民身份号码（citizenId）或个人标识（person）", "Name the person: citizenId or person", {
    field: "citizenId",
  }),
} satisfies Record<TransferServiceRefusal["code"], RuleText>
