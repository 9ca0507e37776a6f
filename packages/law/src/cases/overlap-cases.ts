/** Worked cases about the same months in two relations, two benefits at once, and one person under two numbers. */
import type { ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import { normaliseCitizenId } from "@tongzhang/domain/citizen-id"
import { monthMax, monthMin, type YearMonth } from "@tongzhang/domain/month"
import { intersection, months as monthList, ofRange, size } from "@tongzhang/domain/month-set"
import type { OverlapKind } from "@tongzhang/domain/overlap"
import { isRight } from "fp-ts/lib/Either.js"
import type { Explained } from "../explain/explained.js"
import { injuryDuplicate } from "../rules/injury.js"
import { allOverlapMonths, countedMonths, type ExplainedRange, overlapCount, setOf } from "../rules/months.js"
import { explainKeep, type SideInquiry } from "../rules/overlap-keep.js"
import { refundOf, refundPart, residentRefund } from "../rules/overlap-refund.js"
import { classifyOverlap } from "../rules/overlaps.js"
import { expandId, samePerson } from "../rules/same-person.js"
import { pensionsCase } from "./benefit-cases.js"
import type { Amounts, Case, CaseHandler } from "./case.js"
import { sideInquiry, type Sided, sidesOf } from "./overlap-sides.js"
import { type Fields, fieldsOf, pick, textOf, yuanText } from "./read.js"
import {
  amount,
  count,
  fenOf,
  fieldsIn,
  flagOf,
  listOf,
  monthIn,
  provinceIn,
  provinceOf,
  rangesOf,
  ruleDateOf,
  stated,
  unsupported,
  wholeOf,
} from "./relation-input.js"

/** Overlap months as a list or a number, whichever the case asks for. */
const asAsked = (example: Case, name: string, months: readonly string[]): readonly string[] | number => {
  const wanted = fieldsOf(example["expected"])[name]
  return typeof wanted === "number" || typeof wanted === "string" ? months.length : months
}

/** What a side's account held of each month that is cleared; a case states a month's amount, or base and rate. */
const accountRefund = (
  { fields }: Sided,
  ranges: readonly ExplainedRange[],
  cleared: readonly string[],
): Explained<number> | null => {
  const monthly = fenOf(fields, "individual", "monthlyIndividual", "accountMonthly", "individualMonthly")
  if (monthly === null) return null
  const months = stated(cleared, "month")
  return refundOf(
    ranges.flatMap((range) =>
      monthList(setOf([range])).map((month) => {
        const one = stated<string>(month, "month")
        return refundPart({ amount: amount(monthly), from: one, to: one, cleared: months })
      }),
    ),
  )
}

const keptText = (kind: OverlapKind | null): string | null =>
  kind === "EMP-RES" || kind === "PENSION-RES" ? "employee" : kind === null ? null : "by agreement"

/** Relations that are paid into at the same time: employee, public sector, resident. */
const relationsCase =
  (otherwise: SchemeCode): CaseHandler =>
  (example) => {
    if (/receiving|drawing|pension|benefit/i.test(textOf(example, "topic") ?? "")) return pensionsCase(example)
    const input = fieldsOf(example["input"])
    const sides = sidesOf(input, otherwise)
    const resident = sides.find((side) => side.scheme === "170")
    if (sides.length < 2) return unsupported("needs two relations")
    if (resident !== undefined && sides.some((side) => side.scheme !== "170")) return residentYears(input, sides)
    const ranges = sides.map((side) => rangesOf(side.fields))
    if (ranges.some((one) => one.length === 0)) return unsupported("a relation has no months")
    const shared = allOverlapMonths(ranges)
    const [a, b] = sides
    const kind = a === undefined || b === undefined ? null : (classifyOverlap(a.scheme, b.scheme)?.kind ?? null)
    const answer =
      a === undefined || b === undefined || kind === null
        ? null
        : explainKeep({
            on: ruleDateOf(input),
            kind,
            sides: [sideInquiry(a, ranges[0] ?? [], false), sideInquiry(b, ranges[1] ?? [], false)],
            hukou: stated(provinceOf(input, "hukou"), "code"),
          })
    const said = textOf(input, "kept", "keep", "agreed", "keepProvince", "agreedKeep")
    const dropped = said === null ? undefined : sides.find((side) => textOf(side.fields, "province", "place", "id") !== said)
    const refund = dropped === undefined ? null : accountRefund(dropped, ranges[sides.indexOf(dropped)] ?? [], shared.value)
    const overlaps = overlapCount(shared).value
    return {
      got: {
        type: kind,
        kind,
        duplicate: overlaps > 0,
        overlap: overlaps > 0,
        overlapMonths: asAsked(example, "overlapMonths", shared.value),
        overlapCount: overlaps,
        countedMonths: countedMonths(ranges.flat()).value,
        clearedMonths: asAsked(example, "clearedMonths", shared.value),
        kept: said ?? keptText(kind),
        recommended: answer?.kept.value ?? null,
        agreementNeeded: answer?.agreementNeeded.value ?? false,
        ...(refund === null ? {} : { refundToPerson: yuanText(refund.value), refund: yuanText(refund.value) }),
      },
    }
  }

type ResidentYear = {
  readonly range: { readonly from: YearMonth; readonly to: YearMonth }
  readonly individual: number
  readonly collective: number
  readonly subsidy: number
}

/** Resident payments by year; a relation with a range and one payment a year pays it in each year of the range. */
const yearsOf = (resident: Fields): readonly ResidentYear[] => {
  const rows = fieldsIn(pick(resident, "years", "payments"))
  return (rows.length > 0 ? rows : [resident]).flatMap((row) => {
    const year = wholeOf(row, "year")
    const [from, to] = [monthIn(pick(row, "from", "start")), monthIn(pick(row, "to", "end"))]
    const amounts = {
      individual: fenOf(row, "individual", "personal", "individualYearly") ?? 0,
      collective: fenOf(row, "collective", "collectiveSubsidy") ?? 0,
      subsidy: fenOf(row, "governmentSubsidy", "subsidy") ?? 0,
    }
    const first = year ?? (from === null ? null : Number(from.slice(0, 4)))
    const last = year ?? (to === null ? null : Number(to.slice(0, 4)))
    if (first === null || last === null) return []
    return Array.from({ length: last - first + 1 }, (_, i): ResidentYear => {
      const [start, end] = [`${first + i}-01` as YearMonth, `${first + i}-12` as YearMonth]
      return { range: { from: from !== null && from > start ? from : start, to: to !== null && to < end ? to : end }, ...amounts }
    })
  })
}

/** 17号 Art 7: the employee months stay, the resident payments of the same months go back. */
const residentYears = (input: Fields, sides: readonly Sided[]): ReturnType<CaseHandler> => {
  const resident = sides.find((side) => side.scheme === "170")
  const employed = sides.filter((side) => side.scheme !== "170").flatMap((side) => rangesOf(side.fields))
  const years = yearsOf(resident?.fields ?? {})
  if (employed.length === 0 || years.length === 0) return unsupported("no months of one of the relations")
  const worked = setOf(employed)
  const on = ruleDateOf(input)
  const parts = years.map(({ range, individual, collective }) => {
    const shared = size(intersection(worked, ofRange(range.from, range.to)))
    return residentRefund(on, { individual: amount(individual), collective: amount(collective), months: count(shared) })
  })
  const shared = years.reduce((sum, { range }) => sum + size(intersection(worked, ofRange(range.from, range.to))), 0)
  const residentMonths = years.reduce((sum, { range }) => sum + size(ofRange(range.from, range.to)), 0)
  const refund = yuanText(refundOf(parts).value)
  const got: Amounts = {
    type: "EMP-RES",
    duplicate: shared > 0,
    overlapMonths: shared,
    overlapCount: shared,
    employeeMonthsCounted: countedMonths(employed).value,
    residentMonthsCounted: residentMonths - shared,
    countedMonths: countedMonths(employed).value + residentMonths - shared,
    refundToPerson: refund,
    refund,
    subsidyStays: true,
    governmentSubsidyStays: yuanText(years.reduce((sum, year) => sum + year.subsidy, 0)),
    kept: "employee",
    agreementNeeded: false,
  }
  return { got }
}

/** Two resident relations; places may be cities (青岛 3702). */
const residentsCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const topic = textOf(example, "topic") ?? ""
  const drawing = flagOf(input, "bothReceiving", "receiving", "drawing", "bothPaying") ?? /receiving|drawing|benefit/i.test(topic)
  const listed = sidesOf(input, "170").map((side) => side.fields)
  const places = listOf(pick(input, "places", "cities")).map(String)
  const first = textOf(input, "first", "firstPlace", "earlier")
  const sides: readonly Fields[] =
    listed.length > 0 ? listed : places.map((place) => ({ place, since: place === first ? monthMin : monthMax }))
  const [a, b] = sides
  if (a === undefined || b === undefined) return unsupported("needs two places")
  const name = (side: Fields): string => textOf(side, "place", "province", "city", "id") ?? "?"
  const inquiry = (side: Fields): SideInquiry => {
    const ranges = rangesOf(side)
    const since = monthIn(pick(side, "since", "openedFrom", "from"))
    return {
      ...sideInquiry({ name: name(side), fields: { ...side, id: name(side) }, scheme: "170" }, ranges, drawing),
      openedFrom: stated(since, "month"),
    }
  }
  const hukou: ProvinceCode | null = provinceIn(pick(input, "hukou"))
  const { kept, agreementNeeded } = explainKeep({
    on: ruleDateOf(input),
    kind: "RES-RES",
    sides: [inquiry(a), inquiry(b)],
    hukou: stated(hukou, "code"),
  })
  const dropped = [a, b].map(name).find((side) => side !== kept.value) ?? null
  return {
    got: {
      kept: kept.value,
      ended: kept.value === null ? null : dropped,
      dropped: kept.value === null ? null : dropped,
      agreementNeeded: agreementNeeded.value,
      needsRuling: kept.needsRuling !== null,
    },
  }
}

const samePersonCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const ids = [...listOf(pick(input, "ids", "numbers")), input["a"], input["b"]].filter((id) => typeof id === "string")
  const wide = ids.map((id) => normaliseCitizenId(id))
  const old = ids.find((id) => /^\d{15}$/.test(id))
  const [a, b] = wide
  const known = a !== undefined && b !== undefined && isRight(a) && isRight(b)
  const candidate = known && samePerson(stated<string>(a.right, "text"), stated<string>(b.right, "text")).value
  const expandedOld = old === undefined ? null : expandId(old).value
  return {
    got: {
      candidateSamePerson: candidate,
      samePerson: candidate,
      expandedOld,
      expanded: expandedOld,
      valid: wide.every(isRight),
      agencyDecisionNeeded: candidate,
    },
  }
}

const coverCase: CaseHandler = (example) => {
  const input = fieldsOf(example["input"])
  const covers = fieldsIn(pick(input, "orders", "covers", "relations")).length
  const duplicate = injuryDuplicate("2026-01-01", count(covers, "count")).value
  return { got: { duplicate, overlap: duplicate, kept: "both" } }
}

export const overlapCases: Readonly<Record<string, CaseHandler>> = {
  "employee x employee": relationsCase("110"),
  "employee x resident": relationsCase("110"),
  "employee x public": relationsCase("110"),
  "public x employee": relationsCase("120"),
  "resident x employee": relationsCase("110"),
  "enterprise x public": relationsCase("110"),
  overlap: relationsCase("110"),
  duplicate: relationsCase("110"),
  "resident x resident": residentsCase,
  "employee pension x": pensionsCase,
  "employee pension and": pensionsCase,
  "pension x": pensionsCase,
  "pension and": pensionsCase,
  "two pensions": pensionsCase,
  "two employee pensions": pensionsCase,
  "two benefits": pensionsCase,
  "double pension": pensionsCase,
  "benefit x benefit": pensionsCase,
  "employee pension +": pensionsCase,
  "employee and resident": pensionsCase,
  pensions: pensionsCase,
  benefits: pensionsCase,
  "one person, two": samePersonCase,
  "two id numbers": samePersonCase,
  "same person": samePersonCase,
  platform: coverCase,
  "injury x injury": coverCase,
}
