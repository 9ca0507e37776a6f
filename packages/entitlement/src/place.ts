/** Place of benefit receipt 待遇领取地 of a person, from the months of every relation (66号 Art 6). */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import { type Explained, type FactOperand, given, type Valued } from "@tongzhang/law/explain/explained"
import { type ExplainedPlace, explainPlaceOfReceipt, type ReceiptStay } from "@tongzhang/law/rules/place-of-receipt-explained"
import type { Facts } from "./facts.js"
import { asked, leaf } from "./leaves.js"
import { hukouOf } from "./person.js"
import { monthsPaid, partMonths } from "./record/relation.js"
import type { RelationFacts } from "./relation-facts.js"

/** Months that no event holds: deemed years 视同缴费年限, told by the asker with the province in which they arose. */
export type DeemedStay = {
  readonly province: ProvinceCode
  readonly from: YearMonth
  readonly to: YearMonth
  readonly months: number
}

const ends = (months: Iterable<YearMonth>): { readonly from: YearMonth; readonly to: YearMonth } | null => {
  const all = [...months].sort()
  const [from, to] = [all[0], all.at(-1)]
  return from === undefined || to === undefined ? null : { from, to }
}

const ordinary = given(false, "flag", "转入的月份按一般账户计", "months brought in count as ordinary ones")

const code = (value: ProvinceCode): Valued<ProvinceCode> => ({ ...asked.province(value), value })

export const temporaryOf = ({ opened }: RelationFacts): Valued<boolean> =>
  opened === null
    ? ordinary
    : ({ ...leaf(opened, "temporary", opened.event.temporary, "flag"), value: opened.event.temporary } satisfies FactOperand)

/** Months count where they were paid: those received from another province stay that province's. */
const staysOf = (relation: RelationFacts, on: string): ReceiptStay[] => {
  const own = ends(relation.own.keys())
  const here: ReceiptStay[] =
    own === null
      ? []
      : [{ province: code(relation.province), ...own, months: monthsPaid(relation, on), temporary: temporaryOf(relation) }]
  const brought = relation.received.flatMap(({ fact, months }): ReceiptStay[] => {
    const range = ends(months)
    if (range === null) return []
    const { transferId, from } = fact.event
    const counted = partMonths(relation, on, { transferId, province: from, direction: "in" })
    const province = { ...leaf(fact, "from", from, "code"), value: from }
    return [{ province, ...range, months: counted, temporary: ordinary }]
  })
  return [...here, ...brought]
}

const deemedStay = ({ province, from, to, months }: DeemedStay): ReceiptStay => ({
  province: code(province),
  from,
  to,
  months: given(months, "months", "视同缴费月数", "deemed months"),
  temporary: given(false, "flag", "视同缴费年限", "deemed months"),
})

export type PlaceAsked = {
  readonly facts: Facts
  readonly on: string
  readonly schemes: readonly SchemeCode[]
  /** Where the relation is, or goes by the transfer asked about. */
  readonly current: ProvinceCode
  readonly deemed?: readonly DeemedStay[]
  /** Stays that a simulation supposes. */
  readonly future?: readonly ReceiptStay[]
}

/** The province that is asked for in place of an unknown hukou, and why. */
const unknownHukou = (current: ProvinceCode): Valued<ProvinceCode> =>
  given(current, "code", "户籍地不详，以现参保地代替", "hukou not known: the current province stands in")

/** As `placeOfReceipt`, with its tests in words; `hukou` is null when nobody has said. */
export const placeOf = ({ facts, on, schemes, current, deemed = [], future = [] }: PlaceAsked) => {
  const relations = [...facts.relations.values()].filter((relation) => schemes.includes(relation.scheme))
  const stays = [...relations.flatMap((relation) => staysOf(relation, on)), ...deemed.map(deemedStay), ...future]
  const hukou: Explained<ProvinceCode> | null = hukouOf(facts, on)
  const found: ExplainedPlace = explainPlaceOfReceipt({
    on,
    hukou: hukou ?? unknownHukou(current),
    current: code(current),
    stays,
  })
  return { ...found, hukou }
}

/** Where the relation is now: the open one with the latest month, else the one with the latest month at all; null without a month. */
export const currentProvince = (facts: Facts, schemes: readonly SchemeCode[]): ProvinceCode | null => {
  let best: { readonly province: ProvinceCode; readonly rank: string } | null = null
  for (const relation of facts.relations.values()) {
    if (!schemes.includes(relation.scheme) || relation.movedAway) continue
    const last = ends([...relation.own.keys(), ...relation.received.flatMap(({ months }) => [...months])])
    const rank = last?.to ?? relation.from ?? ""
    if (rank !== "" && (best === null || rank >= best.rank)) best = { province: relation.province, rank }
  }
  return best?.province ?? null
}
