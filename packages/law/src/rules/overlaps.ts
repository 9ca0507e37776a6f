/**
 * Which pairs of relations are a duplicate and which side the law would keep. A recommendation only: the agency decides
 * (and, between two employee relations, together with the person).
 */
import type { Capacity, ProvinceCode, SchemeCode } from "@tongzhang/domain/codes"
import type { YearMonth } from "@tongzhang/domain/month"
import type { OverlapFamily, OverlapKind, Side } from "@tongzhang/domain/overlap"
import { type Citation, citations } from "../citation.js"

/** Written into overlap events as `ruleVersion`. */
export const ruleVersion = "overlap-2026-10"

export type Overlapping = { readonly kind: OverlapKind; readonly family: OverlapFamily; readonly citation: Citation }

type Rank = "employee" | "public" | "resident"
const pensionRank: Partial<Record<SchemeCode, Rank>> = { "110": "employee", "120": "public", "170": "resident" }

const pensionPair = (a: Rank, b: Rank): Overlapping => {
  const family = "pension"
  if (a === "resident" && b === "resident") return { kind: "RES-RES", family, citation: citations.twoResidents }
  if (a === "resident" || b === "resident") return { kind: "EMP-RES", family, citation: citations.residentOverlap }
  if (a === "employee" && b === "employee") return { kind: "EMP-EMP", family, citation: citations.employeeOverlap }
  return { kind: "EMP-PUB", family, citation: citations.publicOverlap }
}

const isMedical = (scheme: SchemeCode): boolean => scheme === "310" || scheme === "390"

/**
 * What it means that one person counts the same month in both schemes (two relations, in two provinces or in one).
 * Null: no duplicate. Several injury covers in a month are none: each employer or platform covers its own work.
 */
export const classifyOverlap = (a: SchemeCode, b: SchemeCode): Overlapping | null => {
  const [pensionA, pensionB] = [pensionRank[a], pensionRank[b]]
  if (pensionA !== undefined && pensionB !== undefined) return pensionPair(pensionA, pensionB)
  if (isMedical(a) && isMedical(b)) return { kind: "MED-MED", family: "medical", citation: citations.medicalOverlap }
  if (a === "210" && b === "210") return { kind: "UNEMP-UNEMP", family: "unemployment", citation: citations.unemploymentOverlap }
  return null
}

export type SideFacts = {
  readonly side: Side
  readonly scheme: SchemeCode
  readonly capacity: Capacity | null
  /** Months the relation counts in all. */
  readonly months: number
  readonly province: ProvinceCode
  /** The person's household register; null when unknown. */
  readonly hukou: ProvinceCode | null
  readonly openedFrom: YearMonth | null
  /** Still running. */
  readonly active: boolean
  /** Medical: where the person lives, studies, can use benefits now. Left out where no fact tells. */
  readonly livesThere?: boolean
  readonly studiesThere?: boolean
  readonly benefitsUsable?: boolean
  /** Medical: months without a break; left out: `months` stands in. */
  readonly unbroken_months?: number
  /** Resident benefits of both sides are being paid. */
  readonly drawing?: boolean
}

export type Recommendation = {
  readonly keep: Side | null
  /** Article for people to read. */
  readonly legal: string
  /** The law asks for the person's agreement before anybody decides. */
  readonly agreementNeeded: boolean
  readonly citation: Citation
}

type Pair = readonly [SideFacts, SideFacts]

/** The side for which `better` says more; null when they are equal. */
const preferred = ([a, b]: Pair, ...better: readonly ((side: SideFacts) => number)[]): SideFacts | null => {
  for (const rate of better) {
    const difference = rate(a) - rate(b)
    if (difference !== 0) return difference > 0 ? a : b
  }
  return null
}

const inHukou = (side: SideFacts): number => (side.hukou !== null && side.hukou === side.province ? 1 : 0)
const earlier = ([a, b]: Pair): SideFacts | null =>
  a.openedFrom === null || b.openedFrom === null || a.openedFrom === b.openedFrom ? null : a.openedFrom < b.openedFrom ? a : b
const active = (side: SideFacts): number => (side.active ? 1 : 0)
const isResident = (side: SideFacts): boolean => side.scheme === "170" || side.scheme === "390"

const flag = (value: boolean | undefined): number => (value === true ? 1 : 0)

/** Which test of 医保发〔2020〕33号 decides between two medical relations. */
export type MedicalGround =
  | "place of employment"
  | "school"
  | "habitual residence"
  | "employee"
  | "the one whose benefits can be used; the other is suspended"

export const medicalGround = (sides: Pair): MedicalGround => {
  const residents = sides.filter(isResident).length
  if (residents === 0) return "place of employment"
  if (residents === 2) return sides.some((side) => side.studiesThere === true) ? "school" : "habitual residence"
  const worker = sides.find((side) => !isResident(side))
  const unbroken = worker?.unbroken_months ?? worker?.months ?? 0
  const employed = worker?.capacity === "employee" && unbroken >= 12
  return employed ? "employee" : "the one whose benefits can be used; the other is suspended"
}

/** Work beats residence after a year; between two residents the place where one lives, which the ledger's facts do not tell. */
const medical = (sides: Pair): SideFacts | null => {
  const employed = (side: SideFacts): number => (side.capacity === "employee" && side.active ? 1 : 0)
  switch (medicalGround(sides)) {
    case "place of employment":
      return preferred(sides, employed, active)
    case "school":
      return preferred(sides, (side) => flag(side.studiesThere))
    case "habitual residence":
      return preferred(sides, (side) => flag(side.livesThere))
    case "employee":
      return sides.find((side) => !isResident(side)) ?? null
    case "the one whose benefits can be used; the other is suspended":
      return preferred(sides, (side) => flag(side.benefitsUsable ?? side.active))
  }
}

/** While paying in the hukou province; once both pay benefits the first place (青岛). */
const twoResidents = (sides: Pair): SideFacts | null =>
  sides.every((side) => side.drawing === true) ? earlier(sides) : (preferred(sides, inHukou) ?? earlier(sides))

const keep = (kind: OverlapKind, sides: Pair): SideFacts | null => {
  switch (kind) {
    case "EMP-EMP":
    case "EMP-PUB":
    case "PENSION-PENSION":
      return preferred(sides, (side) => side.months, active)
    case "EMP-RES":
    case "PENSION-RES":
      return preferred(sides, (side) => (isResident(side) ? 0 : 1))
    case "RES-RES":
      return twoResidents(sides)
    case "MED-MED":
      return medical(sides)
    case "UNEMP-UNEMP":
      return preferred(sides, active, (side) => side.months)
  }
}

const citationOf: Readonly<Record<OverlapKind, Citation>> = {
  "EMP-EMP": citations.employeeOverlap,
  "EMP-PUB": citations.publicOverlap,
  "EMP-RES": citations.residentOverlap,
  "RES-RES": citations.twoResidents,
  "MED-MED": citations.medicalOverlap,
  "UNEMP-UNEMP": citations.unemploymentOverlap,
  "PENSION-PENSION": citations.twoPensions,
  "PENSION-RES": citations.pensionAndResident,
}

/** Kinds that nobody decides without the person (187号: 与本人协商确定). */
export const agreed: readonly OverlapKind[] = ["EMP-EMP", "EMP-PUB", "PENSION-PENSION"]

export const recommendKeep = (question: { readonly kind: OverlapKind; readonly sides: Pair }): Recommendation => {
  const citation = citationOf[question.kind]
  return {
    keep: keep(question.kind, question.sides)?.side ?? null,
    legal: citation.article,
    agreementNeeded: agreed.includes(question.kind),
    citation,
  }
}
