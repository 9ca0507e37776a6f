/** Flags in words: what a clerk should look at first. */
import { isProvince, provinces, schemes } from "@tongzhang/domain/codes"
import { countMonths } from "./month-bits.js"
import type { PersonState } from "./person-state.js"
import type { FamilyTotals, Gap, Indicator, UnifiedRecord } from "./view-schema.js"

/** Contribution floor in force in a province at a month, in fen; null when unknown. */
export type FloorOf = (province: string, month: string) => number | null

type Parts = {
  readonly totals: readonly FamilyTotals[]
  readonly gaps: readonly Gap[]
  readonly cases: UnifiedRecord["cases"]
  readonly floorOf: FloorOf | null
}

const flag = (
  code: Indicator["code"],
  zh: string,
  en: string,
  subject: string | null,
  months: number | null = null,
): Indicator => ({
  code,
  zh,
  en,
  subject,
  months,
})

const relationFlags = (state: PersonState, floorOf: FloorOf | null): Indicator[] => {
  const flags: Indicator[] = []
  for (const [key, relation] of [...state.relations].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const place = provinces[relation.province]
    const scheme = schemes[relation.scheme]
    const late = relation.late === null ? 0 : countMonths(relation.late)
    if (late > 0)
      flags.push(
        flag("LATE_PAYMENT", `${place.zh}${scheme.zh}补缴${late}个月`, `${late} months paid late in ${place.en}`, key, late),
      )
    if (relation.temporary && relation.status !== "moved")
      flags.push(flag("TEMPORARY_ACCOUNT", `${place.zh}为临时缴费账户`, `temporary account in ${place.en}`, key))
    const last = relation.lastLine
    const floor_fen = last === null || floorOf === null ? null : floorOf(relation.province, last.to)
    if (last !== null && floor_fen !== null && last.base_fen < floor_fen)
      flags.push(
        flag("LOW_BASE", `${place.zh}${last.to}缴费基数低于下限`, `base below the floor in ${place.en}, ${last.to}`, key),
      )
    if (state.person.diedOn !== null && relation.status === "open")
      flags.push(
        flag("DECEASED_STILL_ENROLLED", `已死亡，${place.zh}参保关系未终止`, `deceased, still enrolled in ${place.en}`, key),
      )
  }
  return flags
}

const monthFlags = ({ totals, gaps }: Parts): Indicator[] =>
  totals.flatMap(({ family, months_overlapping }) => {
    const missing = gaps.reduce((sum, gap) => (gap.family === family ? sum + gap.months : sum), 0)
    const flags: Indicator[] = []
    if (missing > 0) flags.push(flag("GAP", `中断${missing}个月`, `${missing} months missing`, family, missing))
    if (months_overlapping > 0)
      flags.push(
        flag(
          "OVERLAP",
          `重复缴费${months_overlapping}个月`,
          `${months_overlapping} months paid twice`,
          family,
          months_overlapping,
        ),
      )
    return flags
  })

const nameOf = (province: string, language: "zh" | "en"): string =>
  isProvince(province) ? provinces[province][language] : province

const transferFlag = ({ transferId, to, legs }: UnifiedRecord["cases"]["transfers"][number]): Indicator => {
  const late = legs.filter((leg) => leg.escalated && leg.outcome === "open").map((leg) => leg.from)
  if (late.length === 0)
    return flag("TRANSFER_OPEN", `转移至${nameOf(to, "zh")}办理中`, `transfer to ${nameOf(to, "en")} under way`, transferId)
  const [zh, en] = [late.map((from) => nameOf(from, "zh")).join("、"), late.map((from) => nameOf(from, "en")).join(", ")]
  return flag("TRANSFER_ESCALATED", `转移超期，已上报：${zh}`, `transfer overdue in ${en}`, transferId)
}

const caseFlags = ({ cases }: Parts): Indicator[] => [
  ...cases.transfers.filter((transfer) => transfer.open).map(transferFlag),
  ...cases.holds.map(({ scheme, claim, reason }) =>
    flag("BENEFIT_HELD", "待遇暂缓发放", `benefit held: ${reason}`, `${scheme}_${claim}`),
  ),
]

export const indicatorsOf = (state: PersonState, parts: Parts): Indicator[] => [
  ...(state.person.registered ? [] : [flag("NOT_REGISTERED", "尚无人员登记信息", "no registration of the person yet", null)]),
  ...relationFlags(state, parts.floorOf),
  ...monthFlags(parts),
  ...caseFlags(parts),
]
