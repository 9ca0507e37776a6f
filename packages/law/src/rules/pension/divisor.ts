/** 计发月数 of an age: the published divisors of the whole ages around it, and the place's own where one is known. */
import type { ProvinceCode } from "@tongzhang/domain/codes"
import { type Explained, given, type Valued } from "../../explain/explained.js"
import { type Parameter, type Parameters, parameterOperand } from "../../parameters/parameter.js"
import { since2006, since2025 } from "./versions.js"
import { type DivisorOperands, payoutDivisor } from "./parts.js"

/** The published table: 40 to 70; who is older is paid as at 70. */
const oldest_months = 840

export type DivisorParameters = { readonly before: Parameter; readonly after: Parameter; readonly own: Parameter | null }

const wholeAge = (parameters: Parameters, age_months: number, on: string): Parameter | null =>
  parameters.find({ family: "payout-months", province: null, key: String(Math.min(age_months, oldest_months)), on })

/**
 * Null: no divisor is published for that age. `on` is the month of retirement, `YYYY-MM`: a province's own divisors hold for a time. The
 * table is that of the rules' date.
 */
export const divisorParameters = (
  parameters: Parameters,
  province: ProvinceCode | null,
  ruleDate: string,
  age_months: number,
  on: string,
): DivisorParameters | null => {
  const whole = Math.min(age_months, oldest_months) - (Math.min(age_months, oldest_months) % 12)
  const before = wholeAge(parameters, whole, ruleDate)
  const after = wholeAge(parameters, whole + 12, ruleDate)
  if (before === null || after === null) return null
  const asked = ruleDate < since2025 || province === null
  const found = asked ? null : parameters.find({ family: "payout-months", province, key: String(age_months), on })
  return { before, after, own: found?.province === province ? found : null }
}

const noOwn = given(null, "months", "本省未见另行规定", "no divisor of the province's own is known")

export const divisorOperands = (age: Valued<number>, { before, after, own }: DivisorParameters): DivisorOperands => ({
  age,
  before: parameterOperand(before) as Valued<string>,
  after: parameterOperand(after) as Valued<string>,
  own: own === null ? noOwn : (parameterOperand(own) as Valued<string>),
})

export const divisorOf = (
  parameters: Parameters,
  province: ProvinceCode | null,
  ruleDate: string,
  age: Valued<number>,
  on: string,
): Explained<string> | null => {
  if (ruleDate < since2006) return payoutDivisor(ruleDate, null)
  const found = divisorParameters(parameters, province, ruleDate, age.value, on)
  return found === null ? null : payoutDivisor(ruleDate, divisorOperands(age, found))
}
