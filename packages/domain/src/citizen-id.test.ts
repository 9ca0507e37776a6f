import { citizenId } from "@tongzhang/testing/arbitraries"
import * as fc from "fast-check"
import { isLeft, isRight, left, right } from "fp-ts/lib/Either.js"
import { describe, expect, it } from "vitest"
import { birthDateOf, checkDigit, type CitizenId, maskId, normaliseCitizenId, sexOf } from "./citizen-id.js"

const published = "11010519491231002X" as CitizenId

describe("reading a citizen ID number", () => {
  it.each([published, "440524188001010014"])("takes %s", (text) => expect(normaliseCitizenId(text)).toEqual(right(text)))

  it("writes x in capitals and forgives spaces around the number", () =>
    expect(normaliseCitizenId(" 11010519491231002x\t")).toEqual(right(published)))

  it("widens the old 15 digits", () => expect(normaliseCitizenId("110105491231002")).toEqual(right(published)))

  it("names the check digit that would be right", () =>
    expect(normaliseCitizenId("110105194912310021")).toEqual(left({ code: "ID_CHECK_DIGIT", expected: "X" })))

  it.each(["4.2E+17", "4.40524E+17", "4.40524e+17", "1.1E17", "4E+17"])("knows %s as a number spoiled by a spreadsheet", (text) =>
    expect(normaliseCitizenId(text)).toEqual(left({ code: "ID_EXCEL_FLOAT" })),
  )

  it.each([
    ["", 0],
    ["1101051949123100", 16],
    ["11010519491231002X0", 19],
  ])("refuses the length of %j", (text, length) => expect(normaliseCitizenId(text)).toEqual(left({ code: "ID_LENGTH", length })))

  it.each(["1101051949123100XX", "11010549123100X", "11010519491231０02X", "11010519491231-02X"])(
    "refuses the characters of %s",
    (text) => expect(normaliseCitizenId(text)).toEqual(left({ code: "ID_CHARACTERS" })),
  )

  it.each([
    ["110105194913310028", "19491331"],
    ["110105194902290024", "19490229"],
    ["110105190002290022", "19000229"],
    ["110105187912310025", "18791231"],
    ["110105194904310021", "19490431"],
    ["110105491331002", "19491331"],
  ])("refuses the birth date of %s", (text, birth) =>
    expect(normaliseCitizenId(text)).toEqual(left({ code: "ID_BIRTH_DATE", birth })),
  )

  it("knows the 29th of February of 2000", () =>
    expect(isRight(normaliseCitizenId(`99010120000229001${checkDigit("99010120000229001")}`))).toBe(true))
})

describe("what the number says", () => {
  it("birth date and sex", () => {
    expect(birthDateOf(published)).toBe("1949-12-31")
    expect(sexOf(published)).toBe("female")
    expect(sexOf("440524188001010014" as CitizenId)).toBe("male")
  })

  it("is masked but for four characters at each end", () => expect(maskId(published)).toBe("1101**********002X"))
  it("is hidden whole when it is too short to mask", () => expect(maskId("12345678")).toBe("********"))
})

it("every number with its right check digit reads back as itself; one wrong digit is found", () =>
  fc.assert(
    fc.property(citizenId, fc.nat(16), fc.integer({ min: 1, max: 9 }), (id, at, shift) => {
      expect(normaliseCitizenId(id)).toEqual(right(id))
      const wrong = `${id.slice(0, at)}${(Number(id.charAt(at)) + shift) % 10}${id.slice(at + 1)}`
      expect(isLeft(normaliseCitizenId(wrong))).toBe(true)
    }),
  ))

it("every neighbouring pair of digits swapped is found", () =>
  fc.assert(
    fc.property(citizenId, fc.nat(15), (id, at) => {
      fc.pre(id.charAt(at) !== id.charAt(at + 1))
      const swapped = `${id.slice(0, at)}${id.charAt(at + 1)}${id.charAt(at)}${id.slice(at + 2)}`
      expect(isLeft(normaliseCitizenId(swapped))).toBe(true)
    }),
  ))
