/**
 * Percentages of the survey of platform and other flexible workers (features.md §1b, Q-11 … Q-15), the only published joint
 * picture of who is insured how and where. Retold as data with the figure they come from; † marks a position in the figure that
 * was inferred when the text was extracted, `assumed` marks what no source says.
 */
export const surveyGroups = ["platformEmployee", "platformFlexible", "other"] as const
export type SurveyGroup = (typeof surveyGroups)[number]
/** `regular`: employees outside the survey; `retired`: people who draw, or are about to. */
export type Stratum = SurveyGroup | "regular" | "retired"

/**
 * Persons of each kind in every 250. Assumed: the survey does not say how large its groups are; platform employees to flexible
 * workers as 21 : 79 fits Q-12's average.
 */
export const strata: readonly (readonly [Stratum, number])[] = [
  ["regular", 70],
  ["platformEmployee", 26],
  ["platformFlexible", 99],
  ["other", 40],
  ["retired", 15],
]

export type Participation = {
  readonly pensionEmployee: number
  readonly pensionFlexible: number
  readonly pensionResident: number
  readonly medicalEmployee: number
  readonly medicalFlexible: number
  readonly medicalResident: number
  readonly unemployment: number
  readonly injury: number
  readonly maternity: number
  readonly none: number
}

const participation = (percents: readonly number[]): Participation => {
  const at = (i: number): number => (percents[i] ?? 0) / 100
  return {
    pensionEmployee: at(0),
    pensionFlexible: at(1),
    pensionResident: at(2),
    medicalEmployee: at(3),
    medicalFlexible: at(4),
    medicalResident: at(5),
    unemployment: at(6),
    injury: at(7),
    maternity: at(8),
    none: at(9),
  }
}

/** Q-11 (S4 F14): ten answers, several possible. The order of the medical and smaller schemes is inferred. † 1.9, 1.9, 0.7. */
export const schemesByGroup: Readonly<Record<SurveyGroup, Participation>> = {
  platformEmployee: participation([55.4, 7.4, 15.7, 20.1, 3.4, 28.6, 16.5, 12.4, 9.5, 4.6]),
  platformFlexible: participation([16.0, 22.1, 19.0, 7.9, 12.8, 20.5, 11.9, 7.2, 5.5, 16.3]),
  other: participation([5.8, 15.8, 19.5, 1.9, 10.6, 32.4, 3.8, 1.9, 0.7, 28.7]),
}

export type Occupation = "rider" | "car" | "teaching" | "culture" | "skilled" | "unnamed1" | "unnamed2" | "unnamed3"

/**
 * Q-12 (S4 F16): pension cover of platform workers by occupation, as employee (flexible included) and as resident, in percent.
 * Three occupations lost their names in the extraction. `weight` is ours (no source): non-negative weights that give the
 * platform strata's own shares, so that both figures can hold at once.
 */
export const occupations: readonly {
  readonly occupation: Occupation
  readonly employee: number
  readonly resident: number
  readonly weight: number
}[] = [
  { occupation: "unnamed1", employee: 46.3, resident: 19.5, weight: 0.11555 },
  { occupation: "unnamed2", employee: 49.2, resident: 12.1, weight: 0.02 },
  { occupation: "unnamed3", employee: 50.6, resident: 10.6, weight: 0.02 },
  { occupation: "rider", employee: 35.3, resident: 17.2, weight: 0.56374 },
  { occupation: "car", employee: 55.9, resident: 16.7, weight: 0.02 },
  { occupation: "teaching", employee: 67.8, resident: 12.4, weight: 0.02 },
  { occupation: "culture", employee: 55.8, resident: 22.6, weight: 0.22071 },
  { occupation: "skilled", employee: 60.1, resident: 17.0, weight: 0.02 },
]

export type Place = "work" | "hukou" | "both"
/** Q-13 (S4 F18): where cross-province workers are insured, in shares. `both` is the base rate of duplicates. */
export const placeByGroup: Readonly<Record<SurveyGroup, Readonly<Record<Place, number>>>> = {
  platformEmployee: { work: 0.656, hukou: 0.299, both: 0.045 },
  platformFlexible: { work: 0.399, hukou: 0.545, both: 0.056 },
  other: { work: 0.228, hukou: 0.737, both: 0.034 },
}
/** Assumed for employees outside the survey: one month paid by both employers at a change of job (law.md §1.7). */
export const bothEmployersOfRegular = 0.01

/** Q-14 (S4 F8): platforms at once. */
export const platformsAtOnce: readonly (readonly [1 | 2 | 3 | 4, number])[] = [
  [1, 75],
  [2, 15],
  [3, 8],
  [4, 2],
]

/** Q-15 (S4 F1-F3, F20). Men 47 %, 52 %, 50 % (which sex is named first is inferred); migrants and years paid: series order inferred. */
export const maleByGroup: Readonly<Record<SurveyGroup, number>> = { platformEmployee: 0.47, platformFlexible: 0.52, other: 0.5 }
export const migrantByGroup: Readonly<Record<SurveyGroup, number>> = {
  platformEmployee: 0.714,
  platformFlexible: 0.662,
  other: 0.554,
}
export const underFiveYearsByGroup: Readonly<Record<SurveyGroup, number>> = {
  platformEmployee: 0.703,
  platformFlexible: 0.675,
  other: 0.574,
}
/** Assumed for employees outside the survey; 376 million of 1,412 million people live outside their registered place (census 2020). */
export const regular = { male: 0.55, migrant: 0.27, underFiveYears: 0.45 } as const
