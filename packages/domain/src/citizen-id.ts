/**
 * Citizen ID number 公民身份号码 (GB 11643-1999), which is also the social security number (社会保险经办条例 Art 6).
 * Old 15-digit numbers are widened: 19 goes in after digit 6 and a check digit at the end.
 */
import { type Either, left, right } from "fp-ts/lib/Either.js"
import type { Sex } from "./codes.js"
import type { DateText } from "./ids.js"

export type CitizenId = string & { readonly CitizenId: unique symbol }

export type IdProblem =
  | { readonly code: "ID_EXCEL_FLOAT" }
  | { readonly code: "ID_LENGTH"; readonly length: number }
  | { readonly code: "ID_CHARACTERS" }
  | { readonly code: "ID_BIRTH_DATE"; readonly birth: string }
  | { readonly code: "ID_CHECK_DIGIT"; readonly expected: string }

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checkMap = "10X98765432"

/** Check digit for the first 17 digits. */
export const checkDigit = (first17: string): string => {
  let total = 0
  for (let i = 0; i < 17; i++) total += (first17.charCodeAt(i) - 48) * (weights[i] ?? 0)
  return checkMap.charAt(total % 11)
}

const isRealDate = (year: number, month: number, day: number): boolean => {
  if (year < 1880 || year > 2100 || month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0)
}

/** The 18-character form with an upper-case X, or what is wrong with the text. */
export const normaliseCitizenId = (text: string): Either<IdProblem, CitizenId> => {
  const compact = text.trim().toUpperCase()
  // Excel shows an 18-digit number as 4.2E+17 and has then already lost the last three digits: nothing can repair it.
  if (/^\d(\.\d+)?E\+?\d+$/.test(compact)) return left({ code: "ID_EXCEL_FLOAT" })
  if (compact.length !== 15 && compact.length !== 18) return left({ code: "ID_LENGTH", length: compact.length })
  if (!/^(\d{15}|\d{17}[\dX])$/.test(compact)) return left({ code: "ID_CHARACTERS" })
  const first17 = compact.length === 15 ? `${compact.slice(0, 6)}19${compact.slice(6)}` : compact.slice(0, 17)
  const birth = first17.slice(6, 14)
  if (!isRealDate(Number(birth.slice(0, 4)), Number(birth.slice(4, 6)), Number(birth.slice(6, 8))))
    return left({ code: "ID_BIRTH_DATE", birth })
  const expected = checkDigit(first17)
  if (compact.length === 18 && compact.charAt(17) !== expected) return left({ code: "ID_CHECK_DIGIT", expected })
  return right(`${first17}${expected}` as CitizenId)
}

export const birthDateOf = (id: CitizenId): DateText => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}` as DateText
/** Digit 17: odd male, even female. */
export const sexOf = (id: CitizenId): Sex => (Number(id.charAt(16)) % 2 === 1 ? "male" : "female")
/** `3101**********1234`: the form shown unless a purpose reveals it; a text too short to hide anything in is hidden whole. */
export const maskId = (id: string): string =>
  id.length < 12 ? "*".repeat(id.length) : `${id.slice(0, 4)}${"*".repeat(id.length - 8)}${id.slice(-4)}`
