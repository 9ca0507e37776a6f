/** Who a person is at the end of the window: everything that is calibrated. The career that led there is built afterwards. */
import type { ProvinceCode, Sex } from "@tongzhang/domain/codes"
import type { Geography } from "./geography.js"
import {
  bothEmployersOfRegular,
  maleByGroup,
  migrantByGroup,
  type Occupation,
  occupations,
  type Participation,
  type Place,
  placeByGroup,
  platformsAtOnce,
  regular,
  schemesByGroup,
  strata,
  type Stratum,
  type SurveyGroup,
  underFiveYearsByGroup,
} from "./marginals.js"
import { choose, type Dice, type Dimension, evenly, within } from "./random.js"

export type Channel = "employee" | "flexible" | "resident" | "none"

export type Profile = {
  readonly stratum: Stratum
  readonly sex: Sex
  /** `YYYYMMDD`. */
  readonly birth: string
  readonly hukou: ProvinceCode
  /** Province of work or living; the hukou province for those who stayed. */
  readonly work: ProvinceCode
  readonly pension: Channel
  readonly medical: Channel
  readonly unemployment: boolean
  readonly injury: boolean
  readonly maternity: boolean
  /** Where the pension is paid; `both` is a labelled duplicate. */
  readonly place: Place
  /** Regular employees only: one month paid by two employers. */
  readonly twoEmployers: boolean
  readonly underFiveYears: boolean
  /** Platforms at once; 0 for those who work for none. */
  readonly platforms: number
  readonly occupation: Occupation | null
}

/** One number per question, evenly spread over persons. */
type Answers = {
  readonly sex: number
  readonly migrant: number
  readonly pension: number
  readonly place: number
  readonly small: number
  readonly years: number
  readonly platforms: number
  readonly occupation: number
}

const block = strata.reduce((sum, [, count]) => sum + count, 0)

/** Which kind the person is, and the how-manieth of that kind: shares are then exact in every block, and even within a kind. */
export const placeInStratum = (index: number): { readonly stratum: Stratum; readonly ordinal: number } => {
  // 97 shares no factor with the block, so neighbours are of different kinds.
  const position = (index * 97) % block
  let start = 0
  for (const [stratum, count] of strata) {
    if (position < start + count) return { stratum, ordinal: Math.floor(index / block) * count + (position - start) }
    start += count
  }
  throw new Error(`no stratum for position ${position}`)
}

export const profileOf = (seed: number, index: number, dice: Dice, geography: Geography): Profile => {
  const { stratum, ordinal } = placeInStratum(index)
  const even = (dimension: Dimension): number => evenly(seed, dimension, ordinal)
  const answers: Answers = {
    sex: even(1),
    migrant: even(2),
    pension: even(3),
    place: even(4),
    small: even(6),
    years: even(7),
    platforms: even(8),
    occupation: even(9),
  }
  if (stratum === "regular") return regularProfile(answers, dice, geography)
  if (stratum === "retired") return retiredProfile(answers, dice, geography)
  return surveyed(stratum, answers, dice, geography)
}

const birthOf = (dice: Dice, youngest: number, oldest: number): string => {
  const year = 2026 - dice.int(youngest, oldest)
  return `${year}${String(dice.int(1, 12)).padStart(2, "0")}${String(dice.int(1, 28)).padStart(2, "0")}`
}

/** Old enough to have worked that long: nobody pays before the year of the 18th birthday. */
const youngest = (underFiveYears: boolean): number => (underFiveYears ? 23 : 26)

const homeAndWork = (migrant: boolean, dice: Dice, geography: Geography): Pick<Profile, "hukou" | "work"> => {
  if (!migrant) {
    const home = geography.home(dice)
    return { hukou: home, work: home }
  }
  const hukou = geography.homeOfMigrant(dice)
  return { hukou, work: geography.destination(dice, [hukou]) }
}

const surveyed = (group: SurveyGroup, answers: Answers, dice: Dice, geography: Geography): Profile => {
  const shares = schemesByGroup[group]
  const sex = answers.sex < maleByGroup[group] ? "male" : "female"
  const migrant = answers.migrant < migrantByGroup[group]
  const underFiveYears = answers.years < underFiveYearsByGroup[group]
  const pensions = pensionShares(shares)
  const pension = choose(pensions, answers.pension)
  // Questions about one channel's people reuse the channel's own number, so that their shares are as exact as the channel's.
  const inChannel = within(
    pensions.map(([, weight]) => weight),
    answers.pension,
  )
  const medical = medicalOf(shares, pension, (inChannel + 0.31) % 1)
  // The smaller schemes come with an employment: of those insured as employees, the shares that give the group's totals.
  const employed = (share: number): boolean => pension === "employee" && inChannel < share / shares.pensionEmployee
  const platform = group !== "other"
  return {
    stratum: group,
    sex,
    birth: birthOf(dice, youngest(underFiveYears), sex === "male" ? 57 : 48),
    ...homeAndWork(migrant, dice, geography),
    pension,
    medical,
    unemployment: employed(shares.unemployment),
    injury: employed(shares.injury),
    maternity: employed(shares.maternity),
    place: migrant ? placeOf(group, pension, answers.place) : "work",
    twoEmployers: false,
    underFiveYears,
    platforms: platform ? choose(platformsAtOnce, answers.platforms) : 0,
    occupation: platform ? occupationOf(pension, answers.occupation) : null,
  }
}

const pensionShares = (shares: Participation): readonly (readonly [Channel, number])[] => [
  ["employee", shares.pensionEmployee],
  ["flexible", shares.pensionFlexible],
  ["resident", shares.pensionResident],
  ["none", 1 - shares.pensionEmployee - shares.pensionFlexible - shares.pensionResident],
]

/**
 * Medical cover given pension cover, so that the three medical shares and "no scheme at all" come out as surveyed. Those without a
 * pension take resident medical first; an employee's medical cover goes with an employee's pension, and so on.
 */
const medicalOf = (shares: Participation, pension: Channel, at: number): Channel => {
  const noPension = 1 - shares.pensionEmployee - shares.pensionFlexible - shares.pensionResident
  const coveredOnly = noPension - shares.none
  const residentOnly = Math.min(shares.medicalResident, coveredOnly)
  const flexibleOnly = coveredOnly - residentOnly
  switch (pension) {
    case "none":
      return choose(
        [
          ["resident", residentOnly],
          ["flexible", flexibleOnly],
          ["none", shares.none],
        ] as const,
        at,
      )
    case "employee":
      return at < shares.medicalEmployee / shares.pensionEmployee ? "employee" : "none"
    case "flexible":
      return at < (shares.medicalFlexible - flexibleOnly) / shares.pensionFlexible ? "flexible" : "none"
    case "resident":
      return at < (shares.medicalResident - residentOnly) / shares.pensionResident ? "resident" : "none"
  }
}

/** Work or hukou province, given the channel: employees are insured where they work, then flexible workers, residents last. */
const placeOf = (group: SurveyGroup, pension: Channel, at: number): Place => {
  if (pension === "none") return "hukou"
  const shares = schemesByGroup[group]
  const { both, work } = placeByGroup[group]
  if (at < both) return "both"
  const covered = shares.pensionEmployee + shares.pensionFlexible + shares.pensionResident
  let left = (work / (1 - both)) * covered
  for (const [channel, share] of [
    ["employee", shares.pensionEmployee],
    ["flexible", shares.pensionFlexible],
    ["resident", shares.pensionResident],
  ] as const) {
    const here = Math.min(left, share)
    if (channel === pension) return (at - both) / (1 - both) < here / share ? "work" : "hukou"
    left -= here
  }
  return "hukou"
}

/** Bayes: an occupation given the pension cover, so that each occupation's cover is what Q-12 says. */
const occupationOf = (pension: Channel, at: number): Occupation =>
  choose(
    occupations.map(({ occupation, employee, resident, weight }) => {
      const covered = pension === "resident" ? resident : pension === "none" ? 100 - employee - resident : employee
      return [occupation, weight * covered] as const
    }),
    at,
  )

const regularProfile = (answers: Answers, dice: Dice, geography: Geography): Profile => {
  const sex = answers.sex < regular.male ? "male" : "female"
  const underFiveYears = answers.years < regular.underFiveYears
  return {
    stratum: "regular",
    sex,
    birth: birthOf(dice, youngest(underFiveYears), sex === "male" ? 58 : 49),
    ...homeAndWork(answers.migrant < regular.migrant, dice, geography),
    pension: "employee",
    medical: "employee",
    unemployment: answers.small < 0.9,
    injury: answers.small < 0.95,
    maternity: answers.small < 0.6,
    place: "work",
    twoEmployers: answers.place < bothEmployersOfRegular,
    underFiveYears,
    platforms: 0,
    occupation: null,
  }
}

const retiredProfile = (answers: Answers, dice: Dice, geography: Geography): Profile => {
  const sex = answers.sex < 0.5 ? "male" : "female"
  const migrant = answers.migrant < regular.migrant
  return {
    stratum: "retired",
    sex,
    birth: birthOf(dice, 61, 68),
    ...homeAndWork(migrant, dice, geography),
    pension: answers.pension < 0.75 ? "employee" : "resident",
    medical: "none",
    unemployment: false,
    injury: false,
    maternity: false,
    // A second pension needs a second province; assumed at 12 % of the migrants among them.
    place: migrant && answers.place < 0.12 ? "both" : "work",
    twoEmployers: false,
    underFiveYears: false,
    platforms: 0,
    occupation: null,
  }
}
