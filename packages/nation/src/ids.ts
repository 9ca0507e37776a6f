/**
 * Citizen ID numbers that pass every check and can belong to nobody: region 99 exists in no edition of GB/T 2260, so no
 * registry ever gave out such a number.
 */
import { checkDigit, type CitizenId } from "@tongzhang/domain/citizen-id"
import type { Sex } from "@tongzhang/domain/codes"

export const fictionalRegion = "99"

/** @param birth `YYYYMMDD`. @param area 0 … 9999. @param serial 0 … 499: with the sex it makes the three-digit order number. */
export const fictionalId = (area: number, birth: string, serial: number, sex: Sex): CitizenId => {
  const order = serial * 2 + (sex === "male" ? 1 : 0)
  const first17 = `${fictionalRegion}${String(area).padStart(4, "0")}${birth}${String(order).padStart(3, "0")}`
  if (!/^\d{17}$/.test(first17)) throw new Error(`not an id number: ${first17}`)
  return `${first17}${checkDigit(first17)}` as CitizenId
}

/** Areas 9900 … 9999 are kept for the demo's own persons. */
const areas = 9_900

/** Distinct for the first 4.9 million persons, whatever their birth dates. */
export const idOfPerson = (index: number, birth: string, sex: Sex): CitizenId => {
  const serial = Math.floor(index / areas)
  if (serial > 499) throw new Error(`no more than ${areas * 500} persons have distinct numbers`)
  return fictionalId(index % areas, birth, serial, sex)
}
