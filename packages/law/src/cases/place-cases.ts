/** Worked cases about the place of benefit receipt and temporary accounts. */
import { type ProvinceCode, provinceCodes, type Sex } from "@tongzhang/domain/codes"
import { addMonths, monthMax, monthMin, monthsBetween, type YearMonth } from "@tongzhang/domain/month"
import type { Valued } from "../explain/explained.js"
import { explainPlaceOfReceipt, type ReceiptStay } from "../rules/place-of-receipt-explained.js"
import { explainTemporaryAccount } from "../rules/temporary-account.js"
import { untransferableMonths } from "../rules/untransferable.js"
import type { CaseHandler } from "./case.js"
import { type Fields, fieldsOf, isFields, pick, textOf } from "./read.js"
import {
  count,
  dayIn,
  fieldsIn,
  flagOf,
  listOf,
  monthIn,
  provinceIn,
  provinceOf,
  ruleDateOf,
  stated,
  unsupported,
  wholeOf,
} from "./relation-input.js"

const sexOf = (input: Fields): Sex | null => {
  const text = (textOf(input, "sex", "gender") ?? "").toLowerCase()
  return /^(male|man|m$|男)/.test(text) ? "male" : /^(female|woman|f$|女)/.test(text) ? "female" : null
}

/** Months of a one-off payment in a stay that the rule holds back; a document before the payment or a commitment lets them travel. */
const heldBack = (segment: Fields, on: string, to: YearMonth): Valued<number> | null => {
  const without = wholeOf(segment, "lumpSumWithoutLegalDocument", "oneOffWithoutDocument", "lumpSumWithoutDocument")
  const payment = isFields(segment["lumpSum"]) ? segment["lumpSum"] : segment
  const months =
    without ?? wholeOf(payment, "lumpSum", "lumpSumMonths", "oneOff", "oneOffMonths", ...(payment === segment ? [] : ["months"]))
  if (months === null) return null
  const paidOn = dayIn(pick(payment, "paidOn", "lumpSumPaidOn", "paid", "oneOffPaidOn")) ?? `${to}-28`
  const document = pick(payment, "documentOn", "documentDate", "legalDocumentDate")
  const documented =
    without === null && flagOf(payment, "legalDocument", "document", "hasDocument", "lumpSumWithLegalDocument") === true
  const documentOn = dayIn(document) ?? (documented ? `${addMonths(monthIn(paidOn) ?? to, -1)}-01` : null)
  return untransferableMonths(on, {
    months: count(months),
    paidOn: stated(paidOn, "date"),
    committed: stated(flagOf(payment, "commitment", "committed", "writtenCommitment") ?? false, "flag"),
    documentOn: stated(documentOn, "date"),
  })
}

/** Months of the stay that were cleared as an overlap, or are said not to travel. */
const removed = (segment: Fields): number =>
  ["clearedOverlap", "clearedMonths", "overlapCleared", "cleared", "untransferable", "untransferableMonths", "notCounted"]
    .map((name) => (Array.isArray(segment[name]) ? listOf(segment[name]).length : (wholeOf(segment, name) ?? 0)))
    .reduce((a, b) => a + b, 0)

type Person = { readonly on: string; readonly hukou: ProvinceCode; readonly sex: Sex | null; readonly birth: YearMonth | null }

/** As the case says; else by the rule, from sex, age and what stands there already. */
const temporaryOf = (
  segment: Fields,
  from: YearMonth,
  province: ProvinceCode,
  person: Person,
  before: readonly ReceiptStay[],
): Valued<boolean> => {
  const official = flagOf(segment, "officialTransfer", "transferByOrganisation", "调动") ?? false
  const said = flagOf(segment, "temporary", "temporaryAccount")
  if (said !== null) return stated(said && !official, "flag", "temporary account")
  if (person.sex === null || person.birth === null) return stated(false, "flag", "ordinary account")
  const here = before.filter((stay) => stay.province.value === province)
  return explainTemporaryAccount({
    on: person.on,
    sex: stated(person.sex, "code"),
    birthMonth: stated(person.birth, "month"),
    from: stated(from, "month"),
    province: stated(province, "code"),
    hukou: stated(person.hukou, "code"),
    officialTransfer: stated(official, "flag"),
    ordinaryAccountHere: stated(
      here.some((stay) => !stay.temporary.value),
      "flag",
    ),
    insuredHereSince: stated(monthIn(pick(segment, "insuredHereSince")) ?? here[0]?.from ?? null, "month"),
  })
}

const stayOf = (segment: Fields, person: Person, before: readonly ReceiptStay[]): ReceiptStay | null => {
  const province = provinceOf(segment, "province", "place", "city", "region")
  if (province === null) return null
  const from = monthIn(pick(segment, "from", "start")) ?? monthMin
  const to = monthIn(pick(segment, "to", "end")) ?? monthMax
  const said = wholeOf(segment, "months", "paidMonths", "actualMonths")
  const counted = said ?? (from === monthMin || to === monthMax ? null : monthsBetween(from, to))
  if (counted === null) return null
  const months = Math.max(0, counted + (wholeOf(segment, "deemedMonths", "deemed") ?? 0) - removed(segment))
  const held = heldBack(segment, person.on, to)
  const temporary = temporaryOf(segment, from, province, person, before)
  return {
    province: stated(province, "code"),
    from,
    to,
    months: count(months),
    temporary,
    ...(held === null ? {} : { untransferable: held }),
  }
}

/** Months by province, without dates: in the order of a list `order`, else as written. */
const staysByProvince = (input: Fields): readonly ReceiptStay[] => {
  const months = fieldsOf(pick(input, "months", "monthsByProvince"))
  const temporary = new Set(listOf(pick(input, "temporary", "temporaryAt")).map((one) => provinceIn(one)))
  const order = listOf(pick(input, "order", "sequence"))
  const names = order.length > 0 ? order : Object.keys(months)
  return names.flatMap((name, i): readonly ReceiptStay[] => {
    const province = provinceIn(name)
    const counted = wholeOf(months, String(name))
    if (province === null || counted === null) return []
    const at = addMonths(monthMin, i)
    return [
      {
        province: stated(province, "code"),
        from: at,
        to: at,
        months: count(counted),
        temporary: stated(temporary.has(province), "flag"),
      },
    ]
  })
}

const latest = (stays: readonly ReceiptStay[]): ProvinceCode | null =>
  stays.reduce<ReceiptStay | null>((best, stay) => (best === null || stay.to >= best.to ? stay : best), null)?.province.value ??
  null

const placeCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const hukou = provinceOf(input, "hukou", "hukouProvince", "household")
  if (hukou === null) return unsupported("no hukou province: people without a mainland hukou have rules of their own, not found")
  const on = ruleDateOf(input)
  const person: Person = { on, hukou, sex: sexOf(input), birth: monthIn(pick(input, "birth", "birthMonth", "born")) }
  const segments = fieldsIn(pick(input, "segments", "stays", "relations", "periods"))
  const stays: ReceiptStay[] = []
  for (const segment of segments) {
    const stay = stayOf(segment, person, stays)
    if (stay === null) return unsupported("a segment names no province, or neither months nor both ends")
    stays.push(stay)
  }
  if (stays.length === 0) stays.push(...staysByProvince(input))
  const marked = segments.find((segment) => flagOf(segment, "current") === true)
  const said =
    provinceOf(input, "current", "currentProvince", "relation") ??
    (marked === undefined ? null : provinceOf(marked, "province", "place", "city", "region"))
  const current = flagOf(input, "relationInHukou") === true ? hukou : (said ?? latest(stays))
  if (current === null || !provinceCodes.includes(current)) return unsupported("nothing says where the relation is")
  const { place, branch } = explainPlaceOfReceipt({ on, hukou: stated(hukou, "code"), current: stated(current, "code"), stays })
  const temporary = stays.findLast((stay) => stay.province.value === current)?.temporary.value ?? false
  return { got: { place: place.value, province: place.value, rule: branch.value, branch: branch.value, temporary } }
}

const ageIn_months = (input: Fields): number | null => {
  const months = wholeOf(input, "ageMonths")
  const years = wholeOf(input, "age", "ageYears")
  return months ?? (years === null ? null : years * 12)
}

/** Is a temporary account opened; a case gives the month of birth, or the age at the start. */
const temporaryCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const sex = sexOf(input)
  const province = provinceOf(input, "province", "place", "newProvince", "to", "workProvince")
  const from = monthIn(pick(input, "month", "start", "since", "on", "date")) ?? monthIn(pick(input, "from")) ?? monthIn("2025-01")
  const age = ageIn_months(input)
  const birth =
    monthIn(pick(input, "birth", "birthMonth", "born")) ?? (age === null || from === null ? null : addMonths(from, -age))
  if (sex === null || province === null || from === null || birth === null)
    return unsupported("needs the sex, the age or month of birth, and the province of the new work")
  const since = monthIn(pick(input, "insuredHereSince", "insuredThereSince", "firstInsuredHere", "insuredHereBefore"))
  const before2010 = flagOf(input, "insuredHereBefore2010", "insuredBefore2010")
  const { value } = explainTemporaryAccount({
    on: ruleDateOf(input, `${from}-01`),
    sex: stated(sex, "code"),
    birthMonth: stated(birth, "month"),
    from: stated(from, "month"),
    province: stated(province, "code"),
    hukou: stated(provinceOf(input, "hukou", "hukouProvince"), "code"),
    officialTransfer: stated(flagOf(input, "officialTransfer", "transferByOrganisation") ?? false, "flag"),
    ordinaryAccountHere: stated(
      flagOf(input, "ordinaryAccountHere", "ordinaryAccount", "continuesOrdinaryAccount") ?? false,
      "flag",
    ),
    insuredHereSince: stated(since ?? (before2010 === true ? monthIn("2009-12") : null), "month"),
  })
  return {
    got: { temporary: value, temporaryAccount: value, account: value ? "temporary" : "ordinary", placeOfReceiptPossible: !value },
  }
}

export const placeCases: Readonly<Record<string, CaseHandler>> = {
  "place of receipt": placeCase,
  "place of benefit receipt": placeCase,
  "temporary account": temporaryCase,
}
