/** The months matrix: year by month, one colour per province, what every cell says and which relation it leads to. */
import { isResident, type Language, provinceName, provinceShort, schemeName } from "./places.js"
import type { Cell, Gap, UnifiedRecord } from "./types.js"

export type MonthKind = Cell["kind"] | "gap"

export type MonthCell = {
  /** `YYYY-MM` */
  readonly month: string
  readonly kind: MonthKind
  /** Provinces that colour the cell: none, one, or the parties of an overlap. */
  readonly provinces: readonly string[]
  readonly scheme: string | null
  readonly resident: boolean
  /** `44_110`: whose months the cell is explained by; null where nothing was counted. */
  readonly relation: string | null
  readonly gap: Gap | null
  readonly cell: Cell
}
export type MatrixRow = { readonly year: string; readonly cells: readonly MonthCell[] }
export type LegendEntry = { readonly province: string; readonly scheme: string; readonly months: number }
export type Matrix = {
  readonly rows: readonly MatrixRow[]
  readonly legend: readonly LegendEntry[]
  /** Kinds that occur beside plainly counted months, for the second half of the legend. */
  readonly kinds: readonly MonthKind[]
}

const placeOf = (cell: Cell): Pick<MonthCell, "provinces" | "scheme" | "relation"> => {
  switch (cell.kind) {
    case "none":
      return { provinces: [], scheme: null, relation: null }
    case "counted":
    case "transferred":
      return { provinces: [cell.province], scheme: cell.scheme, relation: `${cell.province}_${cell.scheme}` }
    case "in_transit":
      return { provinces: [cell.to], scheme: cell.scheme, relation: null }
    case "overlap": {
      const [first] = cell.parties
      return {
        provinces: cell.parties.map((party) => party.province),
        scheme: first?.scheme ?? null,
        relation: first === undefined ? null : `${first.province}_${first.scheme}`,
      }
    }
  }
}

const cellAt = (month: string, cell: Cell, gaps: readonly Gap[]): MonthCell => {
  const place = placeOf(cell)
  const gap = cell.kind === "none" ? (gaps.find(({ from, to }) => from <= month && month <= to) ?? null) : null
  const resident = place.scheme !== null && isResident(place.scheme)
  return { month, kind: gap === null ? cell.kind : "gap", ...place, resident, gap, cell }
}

/** Newest year last; years without a cell between the first and the last are there too, so that a gap of years is seen. */
export const matrixOf = (record: Pick<UnifiedRecord, "months" | "gaps">, family: string): Matrix => {
  const years = record.months[family] ?? {}
  const gaps = record.gaps.filter((gap) => gap.family === family)
  const known = Object.keys(years).map(Number)
  const none: Cell = { kind: "none" }
  const rows: MatrixRow[] = []
  for (let year = Math.min(...known); known.length > 0 && year <= Math.max(...known); year++) {
    const cells = years[String(year)] ?? []
    rows.push({
      year: String(year),
      cells: Array.from({ length: 12 }, (_none, i) =>
        cellAt(`${year}-${String(i + 1).padStart(2, "0")}`, cells[i] ?? none, gaps),
      ),
    })
  }
  return { rows, ...legendOf(rows) }
}

const legendOf = (rows: readonly MatrixRow[]): Pick<Matrix, "legend" | "kinds"> => {
  const counts = new Map<string, LegendEntry>()
  const kinds = new Set<MonthKind>()
  for (const { cell, kind } of rows.flatMap((row) => row.cells)) {
    kinds.add(kind)
    const parties = cell.kind === "overlap" ? cell.parties : cell.kind === "counted" || cell.kind === "transferred" ? [cell] : []
    for (const { province, scheme } of parties) {
      const side = `${province}_${scheme}`
      counts.set(side, { province, scheme, months: (counts.get(side)?.months ?? 0) + 1 })
    }
  }
  const order: readonly MonthKind[] = ["transferred", "in_transit", "overlap", "gap"]
  return { legend: [...counts.values()], kinds: order.filter((kind) => kinds.has(kind)) }
}

/** Colours are given to provinces in the order in which they appear; after the last the first comes again, the text still tells. */
export const colourOf = (provinces: readonly string[], colours: number): ReadonlyMap<string, number> =>
  new Map([...new Set(provinces)].map((province, i) => [province, i % colours]))

/** Every province of a record, the earliest first. */
export const provincesInOrder = (record: Pick<UnifiedRecord, "segments" | "relations">): string[] => [
  ...new Set([
    ...record.segments.toSorted((a, b) => a.from.localeCompare(b.from)).map((segment) => segment.province),
    ...record.relations.map((relation) => relation.province),
  ]),
]

const monthWords = (month: string, language: Language): string => {
  const [year = "", number = ""] = month.split("-")
  return language === "zh" ? `${year}年${Number(number)}月` : `${year}-${number}`
}

const say = (language: Language, zh: string, en: string): string => (language === "zh" ? zh : en)

/** What a cell says when it is read aloud or pointed at. */
export const cellWords = ({ month, cell, gap }: MonthCell, language: Language): string => {
  const at = monthWords(month, language)
  const party = (one: { readonly province: string; readonly scheme: string }): string =>
    `${provinceName(one.province, language)} ${schemeName(one.scheme, language)}`
  switch (cell.kind) {
    case "none":
      return gap === null
        ? `${at} ${say(language, "无记录", "no record")}`
        : `${at} ${say(language, "缺口：", "gap: ")}${gap[language]}`
    case "counted":
      return `${at} ${party(cell)}`
    case "transferred":
      return `${at} ${party(cell)}${say(language, `（${provinceName(cell.paidIn, "zh")}缴费转入）`, `, paid in ${provinceName(cell.paidIn, "en")}`)}`
    case "in_transit":
      return `${at} ${say(language, "转移在途：", "in transit: ")}${provinceName(cell.from, language)} → ${provinceName(cell.to, language)}`
    case "overlap":
      return `${at} ${say(language, "重复参保：", "overlap: ")}${cell.parties.map(party).join(say(language, "、", ", "))}`
  }
}

/** What stands inside a cell. */
export const cellText = ({ kind, provinces }: MonthCell, language: Language): string => {
  switch (kind) {
    case "none":
      return ""
    case "gap":
      return "–"
    case "in_transit":
      return "→"
    case "counted":
    case "transferred":
    case "overlap":
      return provinces
        .slice(0, 2)
        .map((code) => provinceShort(code, language))
        .join("")
  }
}
