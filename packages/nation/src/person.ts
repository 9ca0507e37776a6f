/** One person of the synthetic country: identity, profile, everything the provinces will report, and what is true about it. */
import type { CitizenId } from "@tongzhang/domain/citizen-id"
import { month } from "@tongzhang/domain/month"
import { openBook, type Book, type Entry, type Relation, sideOf, type Who } from "./book.js"
import { lastResidentYear, type Life, liveResident, liveSegment, type Segment, segmentsOf, type Window } from "./careers.js"
import {
  addReversedOverlap,
  addSecondMedical,
  addSecondPension,
  backToBack,
  type DuplicateLabel,
  labelsWith,
  type NearMiss,
  type NearMissKind,
} from "./duplicates.js"
import type { Geography } from "./geography.js"
import { idOfPerson } from "./ids.js"
import { fictionalName } from "./names.js"
import { type Profile, profileOf } from "./profile.js"
import { diceOf } from "./random.js"
import { retire } from "./retirement.js"
import { creditInterest, liveMedical, liveSmallSchemes, mishaps } from "./schemes.js"

export type NationPerson = Who & {
  readonly index: number
  readonly citizenId: CitizenId
  readonly profile: Profile
  /** In the order the provinces report them. */
  readonly entries: readonly Entry[]
  readonly duplicates: readonly DuplicateLabel[]
  readonly nearMisses: readonly NearMiss[]
}

export type Country = { readonly seed: number; readonly window: Window; readonly geography: Geography }

/** Purposes of dice: independent of each other, so that a change in one leaves the others' throws as they were. */
const purpose = { profile: 1, name: 2, career: 3, twin: 4 } as const

/** The same country and index always make the same person. */
export const generatePerson = (country: Country, index: number): NationPerson => {
  const { seed, geography, window } = country
  const profile = profileOf(seed, index, diceOf(seed, index, purpose.profile), geography)
  const named = nameOf(country, index, profile)
  const citizenId = idOfPerson(index, profile.birth, profile.sex)
  const who: Who = { citizenId, name: named.name, hukou: profile.hukou }
  const book = openBook(who, index)
  const dice = diceOf(seed, index, purpose.career)
  const life: Life = {
    profile,
    window,
    book,
    dice,
    geography,
    level_percent: dice.weighted([
      [115, 5],
      [130, 3],
      [160, 2],
      [220, 1],
    ]),
  }
  const labels = profile.stratum === "retired" ? { duplicates: retire(life, who, index), nearMisses: [] } : work(life, who)
  if (book.entries().length === 0) book.register(month(`${window.to.slice(0, 4)}-03`))
  const twin: readonly NearMiss[] = named.twin ? [{ citizenId, kind: "SAME_NAME", sides: [...book.paid.keys()] }] : []
  return {
    ...who,
    citizenId,
    index,
    profile,
    entries: book.entries(),
    duplicates: labels.duplicates,
    nearMisses: [...labels.nearMisses, ...twin],
  }
}

/** One pair of neighbours in a hundred bears one name: two persons, no duplicate. */
const nameOf = (
  { seed, geography }: Country,
  index: number,
  profile: Profile,
): { readonly name: string; readonly twin: boolean } => {
  const elder = index - (index % 2)
  const other = profileOf(
    seed,
    index === elder ? index + 1 : elder,
    diceOf(seed, index === elder ? index + 1 : elder, purpose.profile),
    geography,
  )
  const twin = other.sex === profile.sex && diceOf(seed, elder, purpose.twin).chance(0.02)
  return { name: fictionalName(diceOf(seed, twin ? elder : index, purpose.name), profile.sex), twin }
}

type Labels = { readonly duplicates: readonly DuplicateLabel[]; readonly nearMisses: readonly NearMiss[] }

const work = (life: Life, who: Who): Labels => {
  const { profile, book, dice } = life
  const near: NearMiss[] = []
  const miss = (kind: NearMissKind, ...relations: Relation[]): void =>
    void near.push({ citizenId: who.citizenId, kind, sides: relations.map(sideOf) })
  const segments = profile.pension === "employee" || profile.pension === "flexible" ? segmentsOf(life) : []
  const last = segments.at(-1)
  const main = last === undefined ? liveResidentPension(life) : liveEmployeePension(life, segments, last, miss)
  const medical = liveMedical(life, last)
  if (last !== undefined && last.capacity === "employee") {
    const other = liveSmallSchemes(life, last)
    if (other !== null)
      miss("SEVERAL_INJURY_COVERS", { province: last.province, scheme: "410" }, { province: other, scheme: "410" })
  }
  const duplicates = main === null ? [] : duplicatesOf(life, who, main, medical)
  if (main?.scheme === "110" && profile.place === "work" && !profile.twoEmployers && dice.chance(0.04)) {
    const reversed = addReversedOverlap(life, main)
    if (reversed !== null) miss("OVERLAP_REVERSED", main, reversed)
  }
  const shared = segments.length < 2 || !profile.twoEmployers ? [] : segmentLabels(book, who, segments)
  return { duplicates: [...shared, ...duplicates], nearMisses: near }
}

const liveResidentPension = (life: Life): Relation | null => {
  const { profile, window, dice } = life
  if (profile.pension !== "resident") return null
  const relation = { province: profile.place === "hukou" ? profile.hukou : profile.work, scheme: "170" as const }
  const lastYear = lastResidentYear(window)
  const years = profile.underFiveYears ? dice.int(1, 4) : dice.int(5, 7)
  liveResident(life, relation, lastYear - years + 1, lastYear)
  return relation
}

type Miss = (kind: NearMissKind, ...relations: Relation[]) => void

const liveEmployeePension = (life: Life, segments: readonly Segment[], last: Segment, miss: Miss): Relation => {
  const { profile, book, dice, window } = life
  const relationOf = (segment: Segment): Relation => ({ province: segment.province, scheme: "110" })
  const first = segments[0] ?? last
  const resident = { province: profile.hukou, scheme: "170" as const }
  const yearBefore = Number(first.from.slice(0, 4)) - 1
  if (profile.place !== "both" && yearBefore - 1 >= Number(window.from.slice(0, 4)) && dice.chance(0.25)) {
    liveResident(life, resident, yearBefore - dice.int(0, 1), yearBefore)
    book.close(resident, month(`${yearBefore}-12`), "转为职工参保")
    miss("RESIDENT_BEFORE_EMPLOYEE", resident, relationOf(first))
  }
  segments.forEach((segment, i) => {
    const lines = liveSegment(life, segment, segment === last)
    if (lines.some((line) => line.paidOn.slice(0, 7) > line.to)) miss("GAP_PAID_LATE", relationOf(segment))
    if (segment === last) mishaps(life, segment, lines)
    const earlier = segments[i - 1]
    if (earlier !== undefined && backToBack(book, relationOf(earlier), relationOf(segment)))
      miss("BACK_TO_BACK", relationOf(earlier), relationOf(segment))
  })
  if (dice.chance(0.15)) creditInterest(life, relationOf(last))
  return relationOf(last)
}

/** A month paid by both employers at the change of job. */
const segmentLabels = (book: Book, who: Who, segments: readonly Segment[]): readonly DuplicateLabel[] => {
  const last = segments.at(-1)
  return last === undefined ? [] : labelsWith(book, who.citizenId, { province: last.province, scheme: "110" })
}

const duplicatesOf = (life: Life, who: Who, main: Relation, medical: Relation | null): readonly DuplicateLabel[] => {
  const { profile, book, dice } = life
  if (profile.place !== "both") return []
  const pension = addSecondPension(life, main)
  const labels = pension === null ? [] : labelsWith(book, who.citizenId, pension)
  if (medical?.scheme !== "310" || !dice.chance(0.5)) return labels
  const second = addSecondMedical(life, medical)
  return second === null ? labels : [...labels, ...labelsWith(book, who.citizenId, second)]
}
