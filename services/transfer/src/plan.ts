/** The plan of an application: one leg per origin relation that has something to carry, and the place of receipt. Pure. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { Enrollment } from "@tongzhang/domain/enrollment"
import type { DateText } from "@tongzhang/domain/ids"
import { first, last, type MonthSet, size } from "@tongzhang/domain/month-set"
import type { PlannedLeg } from "@tongzhang/domain/transfer"
import { dueDate } from "@tongzhang/law/rules/deadlines"
import { placeOfReceipt, type ReceiptSegment } from "@tongzhang/law/rules/place-of-receipt"
import { isEmptyMove, movedOf } from "./moved.js"

export type Relation = { readonly province: ProvinceCode; readonly enrollment: Enrollment }

export type Plan = {
  readonly legs: readonly PlannedLeg[]
  readonly placeOfReceipt: { readonly province: ProvinceCode; readonly rule: string }
  readonly letterDue: DateText
}

const segment = (province: ProvinceCode, months: MonthSet, temporary: boolean): ReceiptSegment[] => {
  const [from, to] = [first(months), last(months)]
  return from === null || to === null ? [] : [{ province, months: size(months), from, to, temporary }]
}

/** Months count where they were paid: those received from another province stay that province's (66号 Art 6). */
const segmentsOf = ({ province, enrollment }: Relation): ReceiptSegment[] => [
  ...segment(province, enrollment.ledger.months, enrollment.temporary),
  ...enrollment.ledger.received.flatMap((part) => segment(part.from, part.months, false)),
]

/** Relations that have gone away or never held anything give no leg. */
const legOf = ({ province, enrollment }: Relation): PlannedLeg[] => {
  if (enrollment.status === "none" || enrollment.status === "moved") return []
  const moved = movedOf(enrollment)
  return isEmptyMove(moved) ? [] : [{ ...moved, from: province, temporary: enrollment.temporary }]
}

/**
 * @param relations every relation of the person in the scheme, the receiving province's too
 * @param hukou null when no feed has said: the receiving province then stands in, and the rule says so
 */
export const planOf = (input: {
  readonly to: ProvinceCode
  readonly on: DateText
  readonly hukou: ProvinceCode | null
  readonly relations: readonly Relation[]
}): Plan => {
  const { to, on, hukou, relations } = input
  const legs = relations.filter((relation) => relation.province !== to).flatMap(legOf)
  const receipt = placeOfReceipt({ hukou: hukou ?? to, segments: relations.flatMap(segmentsOf), current: to })
  return {
    legs: legs.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    placeOfReceipt: { province: receipt.province, rule: hukou === null ? "HUKOU_UNKNOWN" : receipt.rule },
    letterDue: dueDate("letter", on),
  }
}
