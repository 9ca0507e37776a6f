import { monthsBetween } from "@tongzhang/domain/month"
import { intersection, ranges, size } from "@tongzhang/domain/month-set"
import { caseIdOf } from "@tongzhang/domain/overlap"
import { classifyOverlap } from "@tongzhang/law/rules/overlaps"
import type { SchemeCode } from "@tongzhang/domain/codes"
import { baseLimits } from "@tongzhang/law/rules/contribution"
import { describe, expect, it } from "vitest"
import { generateNation } from "./nation.js"
import type { NationPerson } from "./person.js"
import { testLedger } from "./test-ledger.js"

const nation = generateNation({ seed: 11, persons: 3_000 })
const persons = [...nation.persons()]

const booked = (person: NationPerson) => {
  const ledger = testLedger()
  const refused = person.entries.flatMap(({ province, command }) => {
    const answer = ledger.send(province, command)
    return answer === "accepted" ? [] : [{ citizenId: person.citizenId, answer, command }]
  })
  return { refused, months: ledger.months() }
}
const ledgers = new Map(persons.map((person) => [person, booked(person)]))
const monthsOf = (person: NationPerson) => ledgers.get(person)?.months ?? new Map()

describe("a person's reported history", () => {
  it("is accepted by the domain, every act of it, and repeats nothing", () => {
    expect([...ledgers.values()].flatMap(({ refused }) => refused)).toEqual([])
  })

  it("stands at the end where the profile says", () => {
    for (const person of persons) {
      const { profile } = person
      if (profile.stratum === "retired") continue
      const last = person.entries.findLast(({ command }) => "scheme" in command && ["110", "170"].includes(command.scheme))
      expect(last === undefined, person.citizenId).toBe(profile.pension === "none")
      if (profile.pension === "none" && profile.medical === "none")
        expect(person.entries.map(({ command }) => command.act)).toEqual(["register"])
      if (profile.place !== "both" && (profile.pension === "employee" || profile.pension === "flexible")) {
        const province = profile.place === "hukou" ? profile.hukou : profile.work
        const paid = monthsOf(person).get(`${province}_110`)
        expect(paid !== undefined && ranges(paid).at(-1)?.to, person.citizenId).toBe(nation.country.window.to)
      }
    }
  })

  it("has paid as long as the survey says (Q-15)", () => {
    for (const person of persons) {
      const { pension, underFiveYears, place, stratum, twoEmployers } = person.profile
      if (stratum === "retired" || place === "both" || twoEmployers || (pension !== "employee" && pension !== "flexible"))
        continue
      if (person.nearMisses.some((near) => near.kind === "OVERLAP_REVERSED")) continue
      let months = 0
      for (const [side, paid] of monthsOf(person)) if (side.endsWith("_110")) months += size(paid)
      expect(months < 60, `${person.citizenId} ${months}`).toBe(underFiveYears)
    }
  })

  it("pays on bases between the published limits", () => {
    let checked = 0
    for (const { province, command } of persons.flatMap((person) => person.entries)) {
      if (command.act !== "contribute" || command.scheme !== "110") continue
      const limits = baseLimits(province, command.from)
      if (limits === null) continue
      checked++
      expect(command.base_fen).toBeGreaterThanOrEqual(limits.floor_fen)
      expect(command.base_fen).toBeLessThanOrEqual(limits.ceiling_fen)
      if (monthsBetween(command.from, command.to) === 1 && command.employer_fen > 0)
        expect(command.personal_fen).toBe(Math.round(command.base_fen * 0.08))
    }
    expect(checked).toBeGreaterThan(1_000)
  })

  it("begins at 16 at the earliest (劳动法 Art. 15)", () => {
    for (const { profile, entries } of persons)
      for (const { command } of entries) {
        if (command.act !== "open" || command.scheme === "390") continue
        expect(Number(command.from.slice(0, 4)) - Number(profile.birth.slice(0, 4))).toBeGreaterThan(16)
      }
  })

  it("shows the mishaps of real books", () => {
    const acts = new Set(persons.flatMap((person) => person.entries.map(({ command }) => command.act)))
    for (const act of [
      "suspend",
      "resume",
      "close",
      "change",
      "correct",
      "reverse",
      "subsidise",
      "credit_interest",
      "award_benefit",
      "report_death",
    ])
      expect(acts.has(act as never), act).toBe(true)
    const late = persons
      .flatMap((person) => person.entries)
      .filter(({ command }) => command.act === "contribute" && command.kind === "late")
    expect(late.length).toBeGreaterThan(20)
    expect(late.some(({ on, command }) => command.act === "contribute" && on.slice(0, 7) > command.to)).toBe(true)
  })
})

/** Every pair of a person's relations, compared month by month, knowing nothing of how the person was made. */
const overlapsOf = (person: NationPerson): readonly { case: string; kind: string; months: unknown }[] => {
  const sides = [...monthsOf(person)]
  return sides.flatMap(([x, a], i) =>
    sides.slice(i + 1).flatMap(([y, b]) => {
      const rule = classifyOverlap(x.slice(3) as SchemeCode, y.slice(3) as SchemeCode)
      const months = ranges(intersection(a, b))
      return rule === null || months.length === 0 ? [] : [{ case: caseIdOf(x, y), kind: rule.kind, months }]
    }),
  )
}
const byCase = <T extends { case: string }>(cases: readonly T[]): readonly T[] =>
  cases.toSorted((a, b) => (a.case < b.case ? -1 : 1))

describe("labels", () => {
  it("name exactly the overlaps the booked rows contain", () => {
    for (const person of persons) {
      const labelled = person.duplicates
        .filter(({ kind }) => !kind.startsWith("PENSION"))
        .map(({ kind, sides, months }) => ({ case: caseIdOf(...sides), kind, months }))
      expect(byCase(labelled), person.citizenId).toEqual(byCase(overlapsOf(person)))
    }
  })

  it("cover every kind a detector has to tell apart", () => {
    const large = [
      ...generateNation({ seed: 11, persons: 12_000, provinces: ["11", "31", "32", "33", "34", "41", "44", "51"] }).persons(),
    ]
    const kinds = new Set(large.flatMap((person) => person.duplicates.map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual(["EMP-EMP", "EMP-RES", "MED-MED", "PENSION-PENSION", "PENSION-RES", "RES-RES"])
    const misses = new Set(large.flatMap((person) => person.nearMisses.map(({ kind }) => kind)))
    expect([...misses].sort()).toEqual([
      "BACK_TO_BACK",
      "GAP_PAID_LATE",
      "OVERLAP_REVERSED",
      "RESIDENT_BEFORE_EMPLOYEE",
      "SAME_NAME",
      "SEVERAL_INJURY_COVERS",
    ])
  })

  it("has duplicates in Q-13's share of the insured migrants", () => {
    const insured = persons.filter(
      ({ profile }) =>
        profile.hukou !== profile.work && profile.pension !== "none" && !["regular", "retired"].includes(profile.stratum),
    )
    const both = insured.filter((person) => person.duplicates.length > 0)
    expect(both.length / insured.length).toBeGreaterThan(0.035)
    expect(both.length / insured.length).toBeLessThan(0.065)
  })

  it("two persons of one name are two persons", () => {
    const twins = persons.filter((person) => person.nearMisses.some(({ kind }) => kind === "SAME_NAME"))
    expect(twins.length).toBeGreaterThan(4)
    for (const twin of twins) {
      const others = persons.filter((person) => person.name === twin.name && person.citizenId !== twin.citizenId)
      expect(others.length, twin.name).toBeGreaterThan(0)
    }
  })
})

describe("determinism", () => {
  it("the same seed makes the same persons, another seed others", () => {
    const again = [...generateNation({ seed: 11, persons: 200 }).persons()]
    expect(again).toEqual(persons.slice(0, 200))
    const other = [...generateNation({ seed: 12, persons: 200 }).persons()]
    expect(other).not.toEqual(again)
  })

  it("a larger country begins with the smaller one", () => {
    const [first] = generateNation({ seed: 11, persons: 1_000_000 }).persons()
    expect(first).toEqual(persons[0])
  })

  it("refuses a country too small to move in", () => {
    expect(() => generateNation({ seed: 1, persons: 1, provinces: ["31", "44"] })).toThrow(/3 provinces/)
    expect(() => generateNation({ seed: 1, persons: 1, to: "2026-13" })).toThrow(/not a month/)
  })
})
