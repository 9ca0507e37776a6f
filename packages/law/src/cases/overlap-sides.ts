/** The relations or benefits of a case about overlaps: as a list, or named for their scheme. */
import { type Capacity, isScheme, type SchemeCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import { size } from "@tongzhang/domain/month-set"
import { type ExplainedRange, setOf } from "../rules/months.js"
import type { SideInquiry } from "../rules/overlap-keep.js"
import { type Fields, isFields, pick, textOf } from "./read.js"
import { count, fieldsIn, flagOf, monthIn, provinceOf, stated, wholeOf } from "./relation-input.js"

const schemeWords: readonly (readonly [RegExp, SchemeCode])[] = [
  [/resident|居民|170/i, "170"],
  [/public|机关|事业|120/i, "120"],
  [/employee|enterprise|职工|企业|110/i, "110"],
]
const schemeIn = (text: string): SchemeCode | null => schemeWords.find(([pattern]) => pattern.test(text))?.[1] ?? null

export type Sided = { readonly name: string; readonly fields: Fields; readonly scheme: SchemeCode }

/** The relations of a case: a list, or fields named for their scheme (`employee`, `resident`, `a`, `b`). */
export const sidesOf = (input: Fields, otherwise: SchemeCode): readonly Sided[] => {
  const listed = fieldsIn(pick(input, "relations", "pensions", "benefits", "accounts"))
  const named = Object.entries(input).flatMap(([name, value]) => (isFields(value) ? [[name, value] as const] : []))
  const found = listed.length > 0 ? listed.map((fields, i) => [String(i), fields] as const) : named
  return found.map(([name, fields]) => {
    const said = textOf(fields, "scheme", "type", "kind") ?? ""
    return { name, fields, scheme: isScheme(said) ? said : (schemeIn(said) ?? schemeIn(name) ?? otherwise) }
  })
}

/** A side as the rule on keeping one asks for it. */
export const sideInquiry = (
  { name, fields, scheme }: Sided,
  ranges: readonly ExplainedRange[],
  drawing: boolean,
): SideInquiry => {
  const province = provinceOf(fields, "province", "place", "city") ?? "11"
  const first = ranges.map(({ from }) => from.value).sort()[0] ?? null
  const capacity: Capacity = scheme === "170" ? "resident" : "employee"
  const active = flagOf(fields, "active", "running", "current") ?? textOf(fields, "to", "end") === null
  return {
    side:
      textOf(fields, "id", "name") ?? (provinceOf(fields, "province", "place", "city") === null ? name : `${province}_${scheme}`),
    scheme: stated(scheme, "code"),
    capacity: stated(capacity, "code"),
    months: count(wholeOf(fields, "totalMonths") ?? size(setOf(ranges))),
    province: stated(province, "code"),
    openedFrom: stated(monthIn(pick(fields, "openedFrom", "since")) ?? (first as YearMonth | null), "month"),
    active: stated(active, "flag"),
    drawing: stated(drawing, "flag"),
  }
}
