/** Limits of the contribution base as a row's checks ask for them: what the province has published, else what this program knows. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import { type BaseLimits, baseLimits } from "@tongzhang/law/rules/contribution"
import { parametersKnown, type PolicyFact } from "@tongzhang/law/parameters/known"
import type { Parameters } from "@tongzhang/law/parameters/parameter"

export type Limits = Pick<BaseLimits, "floor_fen" | "ceiling_fen">

export type LimitBook = {
  readonly limitsOf: (month: YearMonth) => Limits | null
  /** `Policy-31@117`, for the metadata of what is decided with it; null when the province has published nothing. */
  readonly policy: string | null
}

const published = (known: Parameters, province: ProvinceCode, on: YearMonth): Limits | null => {
  const floor = known.find({ family: "base-floor", province, on })?.value
  const ceiling = known.find({ family: "base-ceiling", province, on })?.value
  // Both or neither: a published floor says nothing of the ceiling beside it.
  return typeof floor === "number" && typeof ceiling === "number"
    ? { floor_fen: floor as Limits["floor_fen"], ceiling_fen: ceiling as Limits["ceiling_fen"] }
    : null
}

/** @param facts of the province's own policy stream, in order */
export const limitBookOf = (province: ProvinceCode, facts: readonly PolicyFact[]): LimitBook => {
  const known = parametersKnown(facts)
  // Every row of a monthly file asks for the same month.
  const remembered = new Map<YearMonth, Limits | null>()
  const last = facts.at(-1)
  return {
    policy: last === undefined ? null : `${last.stream}@${last.revision}`,
    limitsOf: (month) => {
      let found = remembered.get(month)
      if (found === undefined) {
        found = published(known, province, month) ?? baseLimits(province, month)
        remembered.set(month, found)
      }
      return found
    },
  }
}
