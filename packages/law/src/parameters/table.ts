/**
 * Parameters by family, province, key and region, each list in order of time. A rule asks about a hundred times an assessment, an
 * assessment is made for a million persons: nothing is built while asking.
 */
import type { Parameter, ParameterFamily, ParameterQuestion, Parameters } from "./parameter.js"

export type ParameterTable = Parameters & { readonly all: readonly Parameter[] }

/** Of one place and key, by `validFrom`; later ones win. */
type Series = readonly Parameter[]
type Regions = ReadonlyMap<string, Series>
type Keys = ReadonlyMap<string, Regions>
type Places = ReadonlyMap<string, Keys>

const none = ""
const national = "CN"

/** What the nation sets is only the least a province may pay: a province without a record has none here. */
const nationalIsMinimum: ReadonlySet<ParameterFamily> = new Set(["resident-basic", "resident-subsidy", "resident-tiers"])

/** The first day of a month or year that is asked for. */
const firstDay = (on: string): string => (on.length === 4 ? `${on}-01-01` : on.length === 7 ? `${on}-01` : on)

/** In force on a day or month; text of any of the three lengths on both sides. */
export const holdsOn = ({ validFrom, validTo }: Pick<Parameter, "validFrom" | "validTo">, on: string): boolean => {
  const asked = validFrom.length > on.length ? firstDay(on) : on
  if (validFrom > asked) return false
  if (validTo === null) return true
  return asked.length > validTo.length ? asked.slice(0, validTo.length) <= validTo : asked <= validTo
}

const begun = (validFrom: string, on: string): boolean => validFrom <= (validFrom.length > on.length ? firstDay(on) : on)

/** The last that had begun and has not ended: a temporary one gives way to what was in force before it. */
const at = (series: Series, on: string): Parameter | null => {
  let low = 0
  let high = series.length
  while (low < high) {
    const middle = (low + high) >> 1
    const candidate = series[middle]
    if (candidate !== undefined && begun(candidate.validFrom, on)) low = middle + 1
    else high = middle
  }
  for (let i = low - 1; i >= 0; i--) {
    const candidate = series[i]
    if (candidate !== undefined && holdsOn(candidate, on)) return candidate
  }
  return null
}

/** One for the region, else for the whole place; one for the key, else one that holds for every key. */
const inPlace = (keys: Keys | undefined, question: ParameterQuestion): Parameter | null => {
  if (keys === undefined) return null
  const { key = none, region = none, on } = question
  for (const regions of key === none ? [keys.get(none)] : [keys.get(key), keys.get(none)]) {
    const own = region === none ? undefined : regions?.get(region)
    const found = (own === undefined ? null : at(own, on)) ?? at(regions?.get(none) ?? [], on)
    if (found !== null) return found
  }
  return null
}

const child = <K, V extends Map<string, unknown>>(map: Map<K, V>, key: K, make: () => V): V => {
  let found = map.get(key)
  if (found === undefined) map.set(key, (found = make()))
  return found
}

const byStart = (a: Parameter, b: Parameter): number => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0)

export const tableOf = (all: readonly Parameter[]): ParameterTable => {
  const families = new Map<ParameterFamily, Map<string, Map<string, Map<string, Parameter[]>>>>()
  for (const parameter of all) {
    const places = child(families, parameter.family, () => new Map())
    const keys = child(places, parameter.province ?? national, () => new Map())
    const regions = child(keys, parameter.key ?? none, () => new Map<string, Parameter[]>())
    const series = regions.get(parameter.region ?? none) ?? []
    regions.set(parameter.region ?? none, series)
    series.push(parameter)
  }
  // A stable sort: of two that begin together the one given later comes later, and wins.
  for (const places of families.values())
    for (const keys of places.values())
      for (const regions of keys.values()) for (const series of regions.values()) series.sort(byStart)
  return { all, find: (question) => findIn(families, question) }
}

const findIn = (families: ReadonlyMap<ParameterFamily, Places>, question: ParameterQuestion): Parameter | null => {
  const places = families.get(question.family)
  if (places === undefined) return null
  const { province, family } = question
  const found =
    (province === null ? null : inPlace(places.get(province), question)) ??
    (province !== null && nationalIsMinimum.has(family) ? null : inPlace(places.get(national), question))
  // A record without a value: the place had one of its own that nobody here has seen, so nothing else may answer for it.
  return found === null || found.value === null ? null : found
}

/**
 * The parameter in force before the one asked for, for a provisional award (预发): a person whose year has no published base yet is paid
 * on the base of the nearest earlier year, at most `years_max` back, and recalculated when the new one appears (重核). Null also when the
 * year asked for has its own: then there is nothing provisional about it.
 */
export const latestBefore = (parameters: Parameters, question: ParameterQuestion, years_max = 1): Parameter | null => {
  if (parameters.find(question) !== null) return null
  for (let back = 1; back <= years_max; back++) {
    const year = String(Number(question.on.slice(0, 4)) - back)
    const found = parameters.find({ ...question, on: year + question.on.slice(4) })
    if (found !== null) return found
  }
  return null
}

/** The first that answers: what a ledger has published, then what this program was built with. */
export const firstOf = (...parts: readonly Parameters[]): Parameters => ({
  find: (question) => {
    for (const part of parts) {
      const found = part.find(question)
      if (found !== null) return found
    }
    return null
  },
})
