import { birthDateOf, normaliseCitizenId, sexOf } from "@tongzhang/domain/citizen-id"
import { provinceCodes } from "@tongzhang/domain/codes"
import { isRight } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { fictionalId, fictionalRegion, idOfPerson } from "./ids.js"

describe("fictional ID numbers", () => {
  it("pass every check of the standard", () => {
    for (const index of [0, 1, 9_899, 9_900, 123_456, 4_949_999])
      for (const sex of ["male", "female"] as const) {
        const id = idOfPerson(index, "19960229", sex)
        expect(isRight(normaliseCitizenId(id)), id).toBe(true)
        expect(sexOf(id)).toBe(sex)
        expect(birthDateOf(id)).toBe("1996-02-29")
      }
  })

  it("lie in a region that no province has", () => {
    expect((provinceCodes as readonly string[]).includes(fictionalRegion)).toBe(false)
    expect(fictionalId(42, "19880101", 7, "female").startsWith("99")).toBe(true)
  })

  it("are distinct, and never one of the demo's", () => {
    const ids = new Set(Array.from({ length: 30_000 }, (_, index) => idOfPerson(index, "19900101", "male")))
    expect(ids.size).toBe(30_000)
    expect([...ids].some((id) => id.slice(2, 6) >= "9900")).toBe(false)
  })

  it("run out loudly", () => expect(() => idOfPerson(4_950_000, "19900101", "male")).toThrow(/distinct/))
})
