/**
 * Where and since when a parameter has to exist, whether or not somebody has seen it. What is missing of it is a known gap: a rule that
 * meets one answers "not known", and the lint says which notices are to be looked for.
 */
import { type ProvinceCode, provinceCodes } from "@tongzhang/domain/codes"
import type { ParameterFamily } from "./parameter.js"

export type Expected = {
  readonly family: ParameterFamily
  readonly key: string | null
  /** Null: the nation sets it. */
  readonly provinces: readonly ProvinceCode[] | null
  /** First month it has to exist for; null `to`: until the day of the lint. */
  readonly from: string
  readonly to: string | null
  readonly why: string
}

const perProvince = (family: ParameterFamily, from: string, to: string | null, why: string): Expected => ({
  family,
  key: null,
  provinces: provinceCodes,
  from,
  to,
  why,
})
const national = (family: ParameterFamily, key: string | null, from: string, why: string): Expected => ({
  family,
  key,
  provinces: null,
  from,
  to: null,
  why,
})

export const expectedCoverage: readonly Expected[] = [
  perProvince("base-floor", "2019-05", null, "国办发〔2019〕13号: limits of the whole province from 2019-05"),
  perProvince("base-ceiling", "2019-05", null, "国办发〔2019〕13号: limits of the whole province from 2019-05"),
  perProvince(
    "average-wage",
    "2019-01",
    "2025-12",
    "国办发〔2019〕13号: wage of all urban units, statistical years 2019 to 2025",
  ),
  perProvince("pension-base", "2020-01", null, "计发基数 of each year since the provinces pool"),
  perProvince("account-interest", "1998-01", "2015-12", "before 人社部发〔2017〕31号 every province set its own"),
  perProvince("transitional-rate", "2006-01", null, "国发〔2005〕38号: the rate is the province's"),
  perProvince("resident-basic", "2014-02", null, "国发〔2014〕8号: what the province pays"),
  perProvince("injury-per-order", "2025-07", null, "人社部发〔2025〕24号: prices of the place of the order"),
  national("account-interest", null, "2016-01", "人社部发〔2017〕31号: one rate a year"),
  national("contribution-rate", "individual", "1998-01", "国发〔1997〕26号 and later"),
  national("contribution-rate", "account", "1998-01", "国发〔1997〕26号 and later"),
  national("contribution-rate", "employer", "2019-05", "国办发〔2019〕13号"),
  national("contribution-rate", "flexible", "2006-01", "国发〔2005〕38号"),
  national("minimum-months", null, "2006-01", "国发〔2005〕38号"),
  national("resident-basic", null, "2009-01", "national minimum"),
  national("unemployment-rate", "temporary-total", "2019-05", "reduction extended year by year; no text for 2026 was found"),
]
