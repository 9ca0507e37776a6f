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

/** 医保发〔2020〕33号: work beats residence after a year; between two residents the place where one lives, which no fact here tells. */
const medical = (sides: Pair): SideFacts | null => {
  const residents = sides.filter(isResident).length
  if (residents === 2) return null
  const employed = (side: SideFacts): number => (side.capacity === "employee" && side.active ? 1 : 0)
  if (residents === 0) return preferred(sides, employed, active)
  const worker = sides.find((side) => !isResident(side)) ?? sides[0]
  if (worker.capacity === "employee" && worker.months >= 12) return worker
  return preferred(sides, active)
}

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
      return preferred(sides, inHukou) ?? earlier(sides)
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

const agreed: readonly OverlapKind[] = ["EMP-EMP", "EMP-PUB", "PENSION-PENSION"]

export const recommendKeep = (question: { readonly kind: OverlapKind; readonly sides: Pair }): Recommendation => {
  const citation = citationOf[question.kind]
  return {
    keep: keep(question.kind, question.sides)?.side ?? null,
    legal: citation.article,
    agreementNeeded: agreed.includes(question.kind),
    citation,
  }
}
