/**
 * A synthetic country. Nothing in it is drawn from a clock or a global random number: the same options give the same persons,
 * rows and bytes. Persons are made one at a time, so a country of any size needs the memory of one.
 */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { month } from "@tongzhang/domain/month"
import { geographyOf } from "./geography.js"
import { type Country, generatePerson, type NationPerson } from "./person.js"

export type NationOptions = {
  readonly seed: number
  readonly persons: number
  /** First and last month of the window, `YYYY-MM`. */
  readonly from?: string
  readonly to?: string
  /** Pension payments are one row a month from here on, one row a year before. */
  readonly monthlyFrom?: string
  /** Provinces that take part; all of them when left out. */
  readonly provinces?: readonly ProvinceCode[]
}

export type Nation = {
  readonly options: Required<Omit<NationOptions, "provinces">> & { readonly provinces: readonly ProvinceCode[] | null }
  readonly country: Country
  /** Persons 0 … persons-1, made as they are asked for; may be walked any number of times. */
  readonly persons: () => Generator<NationPerson>
}

/** @throws on a malformed month or fewer than 3 provinces: a mistake of the caller. */
export const generateNation = (options: NationOptions): Nation => {
  const { seed, persons, from = "2019-01", to = "2026-10", monthlyFrom = "2024-07", provinces = null } = options
  const window = { from: month(from), to: month(to), monthlyFrom: month(monthlyFrom) }
  const country = { seed, window, geography: geographyOf(provinces) }
  return {
    options: { seed, persons, from, to, monthlyFrom, provinces },
    country,
    persons: function* () {
      for (let index = 0; index < persons; index++) yield generatePerson(country, index)
    },
  }
}
