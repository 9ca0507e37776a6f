/** Who may see and do what with an application. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { TransferId } from "@tongzhang/domain/ids"
import { requireCaller, requirePersonAccess, requirePurpose, type WithCaller } from "@tongzhang/service-kit/auth"
import type { Caller, Purpose } from "@tongzhang/service-kit/caller"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { AccessLog } from "@tongzhang/engines/access-log"
import { type Problem, problem } from "@tongzhang/service-kit/problem"
import type { TransferCase } from "./case.js"
import { refuse } from "./refusals.js"

const notInvolved = (province: ProvinceCode): Problem =>
  problem({
    status: 403,
    rule: "FORBIDDEN_PROVINCE",
    detail: `agency of ${province}`,
    hint_zh: `该申请不涉及本省（${province}），无权查看或办理`,
    hint_en: `The application does not concern this province (${province})`,
  })

/** True when the province receives or sends in this application. */
export const concerns = ({ transfer }: TransferCase, province: ProvinceCode): boolean =>
  transfer.to === province || transfer.legs.has(province)

/** Reads: the person, agencies concerned, the center, auditors. Throws 401, 403, 404. */
export const requireReader = (request: WithCaller, found: TransferCase | undefined): Caller => {
  const caller = requireCaller(request, "person", "agency", "center", "auditor")
  if (found === undefined || found.transfer.person === null) throw refuse({ code: "TRANSFER_NOT_REQUESTED" })
  if (caller.kind === "person") return requirePersonAccess(request, found.transfer.person)
  if (caller.kind === "agency" && !concerns(found, caller.province)) throw notInvolved(caller.province)
  return caller
}

export type Role = "origin" | "receiver" | "center"

/** Acts on a leg: the agency in one of the roles. Throws 401, 403, 404. */
export const requireRole = (
  request: WithCaller,
  found: TransferCase | undefined,
  leg: ProvinceCode,
  ...roles: readonly Role[]
): Caller => {
  const caller = requireCaller(request, "agency", "center")
  if (found === undefined || found.transfer.to === null) throw refuse({ code: "TRANSFER_NOT_REQUESTED" })
  if (caller.kind === "center") return roles.includes("center") ? caller : requireCaller(request, "agency")
  if (!found.transfer.legs.has(leg) && concerns(found, caller.province)) throw refuse({ code: "LEG_UNKNOWN", leg })
  const allowed =
    (roles.includes("origin") && caller.province === leg) || (roles.includes("receiver") && caller.province === found.transfer.to)
  if (allowed) return caller
  throw problem({
    status: 403,
    rule: "FORBIDDEN_PROVINCE",
    detail: `agency of ${caller.province}`,
    hint_zh: `此步骤须由${roles.includes("origin") ? `原参保地（${leg}）` : `转入地（${found.transfer.to}）`}经办机构办理`,
    hint_en: `This step belongs to the agency of ${roles.includes("origin") ? leg : found.transfer.to}`,
  })
}

/** Finds the application in memory, or in the ledger when it finished long ago. */
export type Find = (id: TransferId) => Promise<TransferCase | undefined>

/** What an application is read for when the reader does not say: it is not asked for here, because the route itself says it. */
const purposeOf = (request: WithCaller, caller: Caller): Purpose => {
  if (request.headers["x-purpose"] !== undefined) return requirePurpose(request)
  return caller.kind === "person" ? "self" : caller.kind === "auditor" ? "audit" : "transfer"
}

/** Enters the read in the person's list of readers; answer only when it resolves. */
export const noteRead = async (
  { logAccess, clock }: { readonly logAccess: AccessLog["append"]; readonly clock: Clock },
  request: WithCaller,
  found: TransferCase | undefined,
  what: string,
): Promise<void> => {
  const person = found?.transfer.person ?? null
  if (found === undefined || person === null) return
  const caller = requireCaller(request)
  await logAccess({ person, caller, purpose: purposeOf(request, caller), what: `${what} ${found.id}`, at: clock.now() })
}
