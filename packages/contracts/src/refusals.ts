/**
 * The catalogue of every rule code the ledger answers with, domain and door alike: one text per rule, used by the rows of a
 * result file and by problem+json, so that both say the same thing.
 */
import type { Details, RuleText } from "./refusal-rule.js"
import { type DomainRefusal, domainRules } from "./refusals-domain.js"
import {
  type FileRefusal,
  fileRules,
  type RequestRefusal,
  requestRules,
  type RowRefusal,
  rowRules,
  type RowWarning,
  warningRules,
} from "./refusals-intake.js"
import { type TransferServiceRefusal, transferServiceRules } from "./refusals-transfer.js"

export type Refusal = DomainRefusal | TransferServiceRefusal | RowRefusal | FileRefusal | RequestRefusal
export type RuleCode = Refusal["code"] | RowWarning["code"]

export const ruleCatalogue = {
  ...domainRules,
  ...transferServiceRules,
  ...rowRules,
  ...fileRules,
  ...requestRules,
  ...warningRules,
} satisfies Record<RuleCode, RuleText>

export const isWarning = (code: string): code is RowWarning["code"] => Object.hasOwn(warningRules, code)

export type Described = {
  readonly rule: RuleCode
  readonly status: number
  readonly field?: string
  readonly hint_zh: string
  readonly hint_en: string
  readonly article?: string
}

/**
 * Code, field and hints of a refusal or warning, its values filled in.
 * @param context `field`: what the file or request calls the field, when that is better known than the rule's own.
 */
export const describeRefusal = (refusal: Refusal | RowWarning, context: { readonly field?: string } = {}): Described => {
  const rule: RuleText = ruleCatalogue[refusal.code]
  const details: Details = refusal
  const own = details["field"]
  const field = context.field ?? rule.field ?? (typeof own === "string" ? own : undefined)
  return {
    rule: refusal.code,
    status: rule.status,
    ...(field === undefined ? {} : { field }),
    hint_zh: rule.hint_zh(details),
    hint_en: rule.hint_en(details),
    ...(rule.article === undefined ? {} : { article: rule.article }),
  }
}
