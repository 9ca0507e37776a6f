/**
 * Coverage by province, scheme and sex: sex always (I1), every figure with its denominator and the age of its data. Cells that
 * would name somebody are held back from all but the center.
 */
import { provinces, type ProvinceCode, schemes, type SchemeCode } from "@tongzhang/domain/codes"
import type { CoverageRow } from "@tongzhang/record/queries"
import { z } from "zod"
import type { Freshness } from "./freshness.js"

export const statisticsLimits = {
  /** A cell of fewer persons is not published (1 to 4). */
  smallest_cell: 5,
} as const

const hidden = z.int().nullable().describe("null: held back because fewer than 5 relations stand behind it")

export const statisticsSchema = z.object({
  /** Date of the figures: the newest fact folded, ISO 8601. */
  dataOf: z.iso.datetime().nullable(),
  position: z.string().nullable(),
  definitions: z.object({ zh: z.string(), en: z.string() }),
  denominator: z.object({ what: z.string(), persons: z.int(), male: z.int(), female: z.int(), unregistered: z.int() }),
  cells: z.array(
    z.object({
      province: z.string(),
      province_zh: z.string(),
      scheme: z.string(),
      scheme_zh: z.string(),
      sex: z.enum(["male", "female", "unregistered"]),
      relations: hidden,
      open: hidden,
      months: hidden,
      account_fen: hidden,
      suppressed: z.boolean(),
      freshness: z.enum(["fresh", "stale", "never"]),
      dataOf: z.iso.datetime().nullable(),
    }),
  ),
  /** Sums of the cells shown, so that a difference gives none away. */
  totals: z.array(
    z.object({
      scheme: z.string(),
      scheme_zh: z.string(),
      sex: z.string(),
      relations: z.int(),
      open: z.int(),
      months: z.int(),
      account_fen: z.int(),
      cells: z.int(),
      suppressed: z.int(),
    }),
  ),
  /** Provinces that have sent nothing, or nothing lately: missing, not zero. */
  stale: z.array(z.string()),
})
export type Statistics = z.infer<typeof statisticsSchema>
type Cell = Statistics["cells"][number]

const sexes = ["male", "female", "unregistered"] as const

type Options = {
  readonly rows: readonly CoverageRow[]
  readonly persons: { readonly persons: number; readonly male: number; readonly female: number }
  readonly freshness: readonly Freshness[]
  readonly newest: { readonly position: string; readonly recordedAt: number } | null
  /** True for the center: it runs the ledger and sees every record anyway. */
  readonly whole: boolean
  readonly province?: ProvinceCode
  readonly scheme?: SchemeCode
}

const cellOf = (
  options: Options,
  province: ProvinceCode,
  scheme: SchemeCode,
  sex: (typeof sexes)[number],
  row: CoverageRow | undefined,
): Cell => {
  const relations = row?.relations ?? 0
  const suppressed = !options.whole && relations > 0 && relations < statisticsLimits.smallest_cell
  const shown = (value: number | undefined): number | null => (suppressed ? null : (value ?? 0))
  const fresh = options.freshness.find((one) => one.province === province)
  return {
    province,
    province_zh: provinces[province].zh,
    scheme,
    scheme_zh: schemes[scheme].zh,
    sex,
    relations: shown(row?.relations),
    // A small part of a large cell says as much as a small cell.
    open: !options.whole && (row?.open ?? 0) > 0 && (row?.open ?? 0) < statisticsLimits.smallest_cell ? null : shown(row?.open),
    months: shown(row?.months),
    account_fen: shown(row?.account_fen),
    suppressed,
    freshness: fresh?.state ?? "never",
    dataOf: fresh?.lastHeard ?? null,
  }
}

const totalsOf = (cells: readonly Cell[]): Statistics["totals"] => {
  const totals = new Map<string, Statistics["totals"][number]>()
  for (const cell of cells) {
    const key = `${cell.scheme} ${cell.sex}`
    const { scheme, scheme_zh, sex } = cell
    const total = totals.get(key) ?? {
      scheme,
      scheme_zh,
      sex,
      relations: 0,
      open: 0,
      months: 0,
      account_fen: 0,
      cells: 0,
      suppressed: 0,
    }
    totals.set(key, total)
    total.cells++
    if (cell.suppressed) total.suppressed++
    for (const name of ["relations", "open", "months", "account_fen"] as const) total[name] += cell[name] ?? 0
  }
  return [...totals.values()]
}

const definitions = {
  zh: "relations：参保关系数（一人可有多个）；open：正常参保或暂停缴费；months：现计缴费月数之和；分母为账本中的参保人数；少于 5 的单元不公布",
  en: "relations: participation relations (a person may have several); open: open or suspended; months: months now counted; the denominator is the persons in the ledger; cells below 5 are held back",
}

/** Both sexes in every cell of province and scheme, even where one has nobody. */
export const statisticsOf = (options: Options): Statistics => {
  const { persons, freshness, newest } = options
  const wanted = options.rows.filter(
    (row) => (options.province ?? row.province) === row.province && (options.scheme ?? row.scheme) === row.scheme,
  )
  const keyed = new Map(wanted.map((row) => [`${row.province} ${row.scheme} ${row.sex ?? "unregistered"}`, row]))
  const pairs = new Map(wanted.map((row) => [`${row.province} ${row.scheme}`, row]))
  const cells = [...pairs.values()].flatMap(({ province, scheme }) =>
    sexes.flatMap((sex) => {
      const row = keyed.get(`${province} ${scheme} ${sex}`)
      return row === undefined && sex === "unregistered" ? [] : [cellOf(options, province, scheme, sex, row)]
    }),
  )
  const { male, female } = persons
  return {
    dataOf: newest === null ? null : new Date(newest.recordedAt).toISOString(),
    position: newest?.position ?? null,
    definitions,
    denominator: {
      what: "persons in the ledger",
      persons: persons.persons,
      male,
      female,
      unregistered: persons.persons - male - female,
    },
    cells,
    totals: totalsOf(cells),
    stale: freshness.filter((one) => one.state !== "fresh").map((one) => one.province),
  }
}
