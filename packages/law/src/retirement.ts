/** Statutory retirement month and minimum contribution months (渐进式延迟法定退休年龄, decision of 2024-09-13, in force 2025-01-01). */
import { addMonths, month, monthsBetween, type YearMonth, yearOf } from "@tongzhang/domain/month"
import { type Citation, citations } from "./citation.js"

/** Men; women who retired at 55 (干部, 管理技术岗); women who retired at 50. The women's group is a fact about the job: an input. */
export type RetirementGroup = "male" | "female55" | "female50"

type Table = { readonly age_months: number; readonly startBirth: YearMonth; readonly step: number; readonly cap_months: number }

const tables: Readonly<Record<RetirementGroup, Table>> = {
  male: { age_months: 720, startBirth: month("1965-01"), step: 4, cap_months: 36 },
  female55: { age_months: 660, startBirth: month("1970-01"), step: 4, cap_months: 36 },
  female50: { age_months: 600, startBirth: month("1975-01"), step: 2, cap_months: 60 },
}

export type Retirement = {
  readonly month: YearMonth
  readonly age_months: number
  readonly delay_months: number
  readonly minimum_months: number
  readonly citation: Citation
}

/** 180 months to 2029, then 6 more each year, 240 from 2039. */
export const minimumMonths = (year: number): number => Math.min(240, 180 + 6 * Math.max(0, year - 2029))

/** One month later for every 4 (women of 50: 2) months of birth after the start, up to 3 (5) years. */
export const statutoryRetirement = (group: RetirementGroup, birth: YearMonth): Retirement => {
  const { age_months, startBirth, step, cap_months } = tables[group]
  const after = monthsBetween(startBirth, birth) - 1
  const delay_months = after < 0 ? 0 : Math.min(cap_months, Math.floor(after / step) + 1)
  const at = addMonths(birth, age_months + delay_months)
  return {
    month: at,
    age_months: age_months + delay_months,
    delay_months,
    minimum_months: minimumMonths(yearOf(at)),
    citation: citations.retirement,
  }
}
