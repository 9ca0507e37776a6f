/**
 * Looks for what is wrong in tables of parameters (features X4, N11). Errors are what no table may hold: two values for one place and
 * time, an end before its beginning, a value that cannot be, a document nobody registered. Gaps are what the tables do not know.
 */
import { exact } from "../explain/exact.js"
import { legalDocuments } from "./data/documents.js"
import { type Expected, expectedCoverage } from "./coverage.js"
import { type Parameter, parameterFamilies, type ParameterFamily } from "./parameter.js"
import { saneMedical, saneValues } from "./sane.js"

export type FindingKind =
  "contradiction" | "overlap" | "id" | "period" | "bounds" | "document" | "family" | "limits" | "sum" | "gap" | "unknown_value"

export type Finding = {
  readonly kind: FindingKind
  readonly severity: "error" | "gap" | "notice"
  readonly family: string
  /** Two-digit code, or `CN`. */
  readonly place: string
  readonly parameters: readonly string[]
  /** Months of a gap or overlap. */
  readonly from: string | null
  readonly to: string | null
  readonly text_zh: string
  readonly text_en: string
}

export type LintOptions = {
  /** Month up to which gaps are looked for. */
  readonly until: string
  /** Null: any document may be cited (a ledger publishes notices that this program does not know). */
  readonly documents?: ReadonlySet<string> | null
  readonly coverage?: readonly Expected[]
}

const registered: ReadonlySet<string> = new Set(legalDocuments.map(({ id }) => id))

const place = (parameter: Parameter): string => parameter.province ?? "CN"

const finding = (
  kind: FindingKind,
  severity: Finding["severity"],
  parameters: readonly Parameter[],
  text_zh: string,
  text_en: string,
  period: { readonly from: string; readonly to: string | null } | null = null,
): Finding => ({
  kind,
  severity,
  family: parameters[0]?.family ?? "",
  place: parameters[0] === undefined ? "" : place(parameters[0]),
  parameters: parameters.map(({ id }) => id),
  from: period?.from ?? null,
  to: period?.to ?? null,
  text_zh,
  text_en,
})

// One parameter ------------------------------------------------------------------------------------
const periodText = /^(19|20|21)\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/

const numberOf = ({ value }: Parameter): number | null => {
  if (typeof value === "number") return value
  if (typeof value !== "string" || !/^-?\d+(\.\d+|\/\d+)?$/.test(value)) return null
  return exact(value).valueOf()
}

const saneOf = (parameter: Parameter) =>
  parameter.family === "medical-flexible-rate"
    ? saneMedical[parameter.unit === "fen" ? "amount" : "rate"]
    : saneValues[parameter.family]

const valueFindings = (parameter: Parameter): Finding[] => {
  if (parameter.value === null)
    return [finding("unknown_value", "gap", [parameter], "当地另有规定，数值不详", "a value of its own that nobody has seen")]
  const sane = saneOf(parameter)
  if (sane === undefined) return []
  const value = numberOf(parameter)
  const whole = parameter.unit !== "fen" || typeof parameter.value !== "number" || Number.isSafeInteger(parameter.value)
  if (value !== null && whole && value >= sane.min && value <= sane.max) return []
  const shown = JSON.stringify(parameter.value)
  const range = `${sane.min} … ${sane.max}`
  return [finding("bounds", "error", [parameter], `数值 ${shown} 不在 ${range} 之间`, `value ${shown} is not between ${range}`)]
}

const singleFindings = (parameter: Parameter, documents: ReadonlySet<string> | null): Finding[] => {
  const { validFrom, validTo, document, family } = parameter
  const found = valueFindings(parameter)
  if (!parameterFamilies.includes(family))
    found.push(finding("family", "error", [parameter], `未知参数类别 ${family}`, `unknown family ${family}`))
  if (!periodText.test(validFrom) || (validTo !== null && !periodText.test(validTo)))
    found.push(finding("period", "error", [parameter], "有效期不是年月或日期", "validity is not a month or a date"))
  else if (validTo !== null && validTo < validFrom.slice(0, validTo.length))
    found.push(
      finding("period", "error", [parameter], `有效期止 ${validTo} 早于起 ${validFrom}`, `ends ${validTo} before ${validFrom}`),
    )
  if (document !== null && documents !== null && !documents.has(document))
    found.push(finding("document", "error", [parameter], `文件 ${document} 未登记`, `document ${document} is not registered`))
  return found
}

// Series: one place, key and region in order of time --------------------------------------------------
const seriesOf = (all: readonly Parameter[]): ReadonlyMap<string, readonly Parameter[]> => {
  const series = new Map<string, Parameter[]>()
  for (const parameter of all) {
    const { family, region, key } = parameter
    const name = [family, place(parameter), region ?? "", key ?? ""].join("|")
    const known = series.get(name)
    if (known === undefined) series.set(name, [parameter])
    else known.push(parameter)
  }
  for (const each of series.values()) each.sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0))
  return series
}

const monthOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1
const monthText = (index: number): string => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`

/** Days as text; a month stands for its first or its last day. */
const startDay = (text: string): string => (text.length === 7 ? `${text}-01` : text)
const endDay = (text: string): string => (text.length === 7 ? `${text}-31` : text)

const overlapFindings = (series: readonly Parameter[]): Finding[] => {
  const found: Finding[] = []
  series.forEach((one, i) => {
    for (const other of series.slice(i + 1)) {
      // Without an end it holds until the next one begins; two that begin together do not say which is next.
      const begins = startDay(other.validFrom)
      const meets = one.validTo === null ? startDay(one.validFrom) === begins : begins <= endDay(one.validTo)
      if (!meets) continue
      const same = JSON.stringify(one.value) === JSON.stringify(other.value)
      const period = { from: other.validFrom, to: one.validTo }
      const values = `${JSON.stringify(one.value)} / ${JSON.stringify(other.value)}`
      found.push(
        same
          ? finding(
              "overlap",
              "notice",
              [one, other],
              "同一时间重复登记，数值相同",
              "recorded twice for one time, the same value",
              period,
            )
          : finding(
              "contradiction",
              "error",
              [one, other],
              `同一时间两个数值 ${values}`,
              `two values for one time: ${values}`,
              period,
            ),
      )
    }
  })
  return found
}

/** Stretches between `from` and `to` that no record covers. */
const uncovered = (series: readonly Parameter[], from: string, to: string): { from: string; to: string }[] => {
  const gaps: { from: string; to: string }[] = []
  let next = monthOf(from)
  const end = monthOf(to)
  for (const [i, each] of series.entries()) {
    const begins = monthOf(each.validFrom)
    if (begins > next) gaps.push({ from: monthText(next), to: monthText(Math.min(begins - 1, end)) })
    const following = series[i + 1]
    const ends = each.validTo !== null ? monthOf(each.validTo) : following === undefined ? end : monthOf(following.validFrom) - 1
    next = Math.max(next, ends + 1)
    if (next > end) return gaps.filter((gap) => gap.from <= gap.to)
  }
  return [...gaps, { from: monthText(next), to }].filter((gap) => gap.from <= gap.to)
}

const gapFinding = (
  family: ParameterFamily,
  where: string,
  key: string | null,
  gap: { from: string; to: string },
  why: string,
): Finding => ({
  kind: "gap",
  severity: "gap",
  family,
  place: where,
  parameters: [],
  from: gap.from,
  to: gap.to,
  text_zh: `${gap.from} 至 ${gap.to} 无记录${key === null ? "" : `（${key}）`}`,
  text_en: `no record from ${gap.from} to ${gap.to}${key === null ? "" : ` (${key})`}: ${why}`,
})

const coverageFindings = (
  series: ReadonlyMap<string, readonly Parameter[]>,
  expected: readonly Expected[],
  until: string,
): Finding[] =>
  expected.flatMap(({ family, key, provinces, from, to, why }) =>
    (provinces ?? ["CN"]).flatMap((where) => {
      const named = [...series].flatMap(([name, each]) =>
        name.startsWith(`${family}|${where}||`) && (key === null || name.endsWith(`|${key}`)) ? each : [],
      )
      const ordered = named.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
      return uncovered(ordered, from, to ?? until).map((gap) => gapFinding(family, where, key, gap, why))
    }),
  )

/** Holes inside a series that no expectation covers (a city's limits that stop for a year, a month between two old notices). */
const holeFindings = (series: ReadonlyMap<string, readonly Parameter[]>, expected: readonly Expected[]): Finding[] =>
  [...series].flatMap(([name, each]) => {
    const [family, where, region, key] = name.split("|")
    const looked = expected.find((one) => one.family === family && region === "" && (one.provinces === null) === (where === "CN"))
    const last = each.at(-1)
    const first = each[0]
    if (first === undefined || last === undefined) return []
    const label = [region, key].filter(Boolean).join(" ") || null
    return uncovered(each, first.validFrom.slice(0, 7), last.validFrom.slice(0, 7))
      .filter((gap) => looked === undefined || gap.to < looked.from)
      .map((gap) => gapFinding(first.family, where ?? "", label, gap, "between two records"))
  })

// Families that belong together ---------------------------------------------------------------------
const covering = (all: readonly Parameter[], like: Parameter, family: ParameterFamily, key: string | null): Parameter[] =>
  all.filter(
    (each) =>
      each.family === family &&
      each.key === key &&
      each.province === like.province &&
      each.region === like.region &&
      startDay(each.validFrom) <= endDay(like.validTo ?? "2999-12") &&
      startDay(like.validFrom) <= endDay(each.validTo ?? "2999-12"),
  )

const relationFindings = (all: readonly Parameter[]): Finding[] =>
  all.flatMap((one) => {
    const value = numberOf(one)
    if (value === null) return []
    if (one.family === "base-floor")
      return covering(all, one, "base-ceiling", one.key)
        .filter((ceiling) => (numberOf(ceiling) ?? Infinity) < value)
        .map((ceiling) => finding("limits", "error", [one, ceiling], "下限高于上限", "the floor is above the ceiling"))
    if (one.family !== "contribution-rate" || one.key !== "flexible-pooled") return []
    const accounts = all.filter((each) => each.family === "contribution-rate" && each.key === "flexible-account")
    return covering(all, one, "contribution-rate", "flexible").flatMap((whole) => {
      const account = accounts.find((each) => each.validFrom <= one.validFrom)
      const sum = value + (account === undefined ? 0 : (numberOf(account) ?? 0))
      const total = numberOf(whole)
      return total === null || Math.abs(sum - total) < 1e-9
        ? []
        : [
            finding(
              "sum",
              "error",
              [one, whole],
              "统筹与个人账户之和不等于缴费费率",
              "pooled and account part do not add up to the rate",
            ),
          ]
    })
  })

const idFindings = (all: readonly Parameter[]): Finding[] => {
  const seen = new Map<string, Parameter>()
  return all.flatMap((each) => {
    const twin = seen.get(each.id)
    seen.set(each.id, each)
    return twin === undefined
      ? []
      : [finding("id", "error", [twin, each], `编号 ${each.id} 重复`, `the id ${each.id} is used twice`)]
  })
}

/** All findings, errors first. */
export const lintParameters = (all: readonly Parameter[], options: LintOptions): readonly Finding[] => {
  const { until, documents = registered, coverage = expectedCoverage } = options
  const series = seriesOf(all)
  const found = [
    ...idFindings(all),
    ...all.flatMap((parameter) => singleFindings(parameter, documents)),
    ...[...series.values()].flatMap(overlapFindings),
    ...relationFindings(all),
    ...coverageFindings(series, coverage, until),
    ...holeFindings(series, coverage),
  ]
  const order = { error: 0, notice: 1, gap: 2 } as const
  return found.sort((a, b) => order[a.severity] - order[b.severity])
}
