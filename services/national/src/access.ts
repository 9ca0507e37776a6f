/** Who may read a person, for what, and who may see their name. Every read that passes is written down before it is answered. */
import type { PersonKey } from "@tongzhang/domain/ids"
import type { PersonState } from "@tongzhang/record/person-state"
import { requireCaller, requirePersonAccess, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Caller, CallerKind, Purpose } from "@tongzhang/service-kit/caller"
import type { Clock } from "@tongzhang/service-kit/clock"
import { problem } from "@tongzhang/service-kit/problem"
import type { AccessLog } from "@tongzhang/engines/access-log"
import { provincesOf } from "./people.js"

export type Reader = { readonly caller: Caller; readonly purpose: Purpose }

const readers = ["agency", "center", "auditor", "person"] as const satisfies readonly CallerKind[]
/** Statistics are about nobody: a single record is never read for them. */
const personal = ["service", "transfer", "duplicate-check", "audit", "self"] as const satisfies readonly Purpose[]

/** The caller and purpose of a read of this person; throws FORBIDDEN_KIND, FORBIDDEN_PERSON, PURPOSE_MISSING … */
export const readerOf = (request: WithCaller, person: PersonKey): Reader => {
  requireCaller(request, ...readers)
  return { caller: requirePersonAccess(request, person), purpose: requirePurpose(request, ...personal) }
}

/** An agency sees the name only of persons its province holds something of. Throws REVEAL_FORBIDDEN (403). */
export const requireReveal = ({ caller }: Reader, state: PersonState): void => {
  if (caller.kind !== "agency" || provincesOf(state).has(caller.province)) return
  throw problem({
    status: 403,
    rule: "REVEAL_FORBIDDEN",
    field: "reveal",
    article: "个人信息保护法 Art. 6",
    hint_zh: "该参保人与本省无参保、转移或户籍关系，只能查看脱敏身份",
    hint_en: "This person has no relation, transfer or hukou in your province: only the masked identity can be shown",
  })
}

export const note = (log: AccessLog, clock: Clock, { caller, purpose }: Reader, person: PersonKey, what: string): Promise<void> =>
  log.append({ person, caller, purpose, what, at: clock.now() })
