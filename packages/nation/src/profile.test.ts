import { describe, expect, it } from "vitest"
import { geographyOf } from "./geography.js"
import {
  migrantByGroup,
  maleByGroup,
  occupations,
  placeByGroup,
  schemesByGroup,
  strata,
  surveyGroups,
  type SurveyGroup,
  underFiveYearsByGroup,
} from "./marginals.js"
import { type Profile, profileOf } from "./profile.js"
import { diceOf } from "./random.js"

const persons = 20_000
const geography = geographyOf(null)
const profiles = Array.from({ length: persons }, (_, index) => profileOf(2026, index, diceOf(2026, index, 1), geography))
const of = (group: SurveyGroup): readonly Profile[] => profiles.filter((profile) => profile.stratum === group)
const share = (among: readonly Profile[], test: (profile: Profile) => boolean): number => among.filter(test).length / among.length

/** Half a percentage point, or what three standard errors of so few persons allow. */
const near = (found: number, wanted: number, among: number, what: string): void => {
  const tolerance = Math.max(0.005, 3 * Math.sqrt((wanted * (1 - wanted)) / among))
  expect(Math.abs(found - wanted), `${what}: ${found.toFixed(4)} instead of ${wanted.toFixed(4)}`).toBeLessThanOrEqual(tolerance)
}

describe("the country meets the survey", () => {
  it.each(strata)("stratum %s has its share", (stratum, wanted) => {
    expect(share(profiles, (profile) => profile.stratum === stratum)).toBe(wanted / 250)
  })

  it.each(surveyGroups)("Q-11, schemes of %s within half a point", (group) => {
    const all = of(group)
    const wanted = schemesByGroup[group]
    const found = {
      pensionEmployee: share(all, (p) => p.pension === "employee"),
      pensionFlexible: share(all, (p) => p.pension === "flexible"),
      pensionResident: share(all, (p) => p.pension === "resident"),
      medicalEmployee: share(all, (p) => p.medical === "employee"),
      medicalFlexible: share(all, (p) => p.medical === "flexible"),
      medicalResident: share(all, (p) => p.medical === "resident"),
      unemployment: share(all, (p) => p.unemployment),
      injury: share(all, (p) => p.injury),
      maternity: share(all, (p) => p.maternity),
      none: share(all, (p) => p.pension === "none" && p.medical === "none"),
    }
    for (const [scheme, percent] of Object.entries(wanted))
      expect(
        Math.abs(found[scheme as keyof typeof found] - percent),
        `${group} ${scheme} ${found[scheme as keyof typeof found]}`,
      ).toBeLessThan(0.005)
  })

  it("Q-12, pension cover by occupation", () => {
    for (const { occupation, employee, resident } of occupations) {
      const all = profiles.filter((profile) => profile.occupation === occupation)
      near(
        share(all, (p) => p.pension === "employee" || p.pension === "flexible"),
        employee / 100,
        all.length,
        `${occupation} employee`,
      )
      near(
        share(all, (p) => p.pension === "resident"),
        resident / 100,
        all.length,
        `${occupation} resident`,
      )
    }
  })

  it.each(surveyGroups)("Q-13, where migrants of %s are insured", (group) => {
    const insured = of(group).filter((profile) => profile.hukou !== profile.work && profile.pension !== "none")
    for (const place of ["work", "hukou", "both"] as const)
      near(
        share(insured, (p) => p.place === place),
        placeByGroup[group][place],
        insured.length,
        `${group} ${place}`,
      )
  })

  it("Q-14, platforms at once", () => {
    const workers = profiles.filter((profile) => profile.platforms > 0)
    near(
      share(workers, (p) => p.platforms === 1),
      0.75,
      workers.length,
      "one platform",
    )
    near(
      share(workers, (p) => p.platforms === 2 || p.platforms === 3),
      0.23,
      workers.length,
      "two or three",
    )
    near(
      share(workers, (p) => p.platforms >= 4),
      0.02,
      workers.length,
      "four or more",
    )
  })

  it.each(surveyGroups)("Q-15, sex, migration and years paid of %s", (group) => {
    const all = of(group)
    near(
      share(all, (p) => p.sex === "male"),
      maleByGroup[group],
      all.length,
      "men",
    )
    near(
      share(all, (p) => p.hukou !== p.work),
      migrantByGroup[group],
      all.length,
      "migrants",
    )
    near(
      share(all, (p) => p.underFiveYears),
      underFiveYearsByGroup[group],
      all.length,
      "under five years",
    )
  })

  it("people go where the census says", () => {
    const moved = profiles.filter((profile) => profile.hukou !== profile.work)
    const count = (province: string, side: "hukou" | "work"): number =>
      moved.filter((profile) => profile[side] === province).length
    for (const receiver of ["44", "31", "11", "33", "32"])
      expect(count(receiver, "work"), receiver).toBeGreaterThan(count(receiver, "hukou"))
    for (const sender of ["41", "34", "51"]) expect(count(sender, "hukou"), sender).toBeGreaterThan(2 * count(sender, "work"))
    expect(count("44", "work")).toBeGreaterThan(count("33", "work"))
  })
})
