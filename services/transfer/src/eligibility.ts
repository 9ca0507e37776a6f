/** Who may transfer where (66号 Art 2 and 5). Asked when the application comes in and again when it is planned. */
import type { Refusal } from "@tongzhang/contracts/refusals"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import { streamOf as benefitStream } from "@tongzhang/domain/benefit"
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { type Enrollment, streamOf as enrollmentStream } from "@tongzhang/domain/enrollment"
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import { monthOfDate } from "@tongzhang/domain/month"
import { type Person, streamOf as personStream } from "@tongzhang/domain/person"
import { temporaryAccount } from "@tongzhang/law/rules/temporary-account"
import { benefits, enrollments, persons } from "./aggregates.js"

/** Schemes whose pension ends the right to transfer. */
const pensions: readonly SchemeCode[] = ["110", "120"]

export type Application = {
  readonly person: PersonKey
  readonly scheme: SchemeCode
  readonly to: ProvinceCode
  readonly on: DateText
}

/** True when the receiving province could only keep a temporary account: it takes no relation in. */
const onlyTemporary = (application: Application, person: Person, here: Enrollment): boolean => {
  if (here.status !== "none" && here.status !== "moved") return here.temporary
  if (person.sex === null || person.birthMonth === null) return false
  const { temporary } = temporaryAccount({
    sex: person.sex,
    birthMonth: person.birthMonth,
    from: monthOfDate(application.on),
    province: application.to,
    hukou: person.hukou,
  })
  return temporary
}

/** Null when nothing speaks against it. */
export const eligibility = async (aggregates: AggregateStore, application: Application): Promise<Refusal | null> => {
  const { person: key, scheme, to } = application
  const { state: person } = await aggregates.load(persons, personStream(key))
  if (!person.registered) return { code: "PERSON_NOT_REGISTERED" }
  if (person.diedOn !== null) return { code: "PERSON_DIED", on: person.diedOn }
  for (const pension of pensions) {
    const { state } = await aggregates.load(benefits, benefitStream(key, pension))
    if ([...state.claims.values()].some((claim) => claim.status === "awarded")) return { code: "PENSION_DRAWN", scheme: pension }
  }
  const { state: here } = await aggregates.load(enrollments, enrollmentStream({ province: to, scheme, person: key }))
  return onlyTemporary(application, person, here) ? { code: "TEMPORARY_ACCOUNT_PLACE", to } : null
}
