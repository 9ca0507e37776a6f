import canonicalize from "canonicalize"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { canonical } from "./canonical.js"

describe("RFC 8785", () => {
  it("writes the example of §3.2.2 and §3.2.3 as the RFC does", () => {
    const given = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as unknown
    expect(canonical(given)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })
  it("sorts keys by UTF-16 code units", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\u{1f600}", "\u0080", "\u00f6"]
    const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\u{1f600}", "\ufb33"]
    const object = Object.fromEntries(keys.map((key) => [key, 0]))
    expect(canonical(object)).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(",")}}`)
  })
  it("agrees with the reference library on any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }), (value) => {
        const parsed = JSON.parse(JSON.stringify(value)) as unknown
        expect(canonical(parsed)).toBe(canonicalize(parsed))
      }),
      { numRuns: 500 },
    )
  })
  it("does not care in which order the keys came, shape after shape", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer(), { maxKeys: 6 }), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse())
        expect(canonical(turned)).toBe(canonical(object))
      }),
    )
  })
  it("refuses what has no canonical form", () => {
    expect(() => canonical(JSON.parse(String.raw`"\ud800"`))).toThrow("lone surrogate")
    expect(() => canonical(JSON.parse(String.raw`{"\udc00":1}`))).toThrow("lone surrogate")
    expect(() => canonical(JSON.parse("1e999"))).toThrow("no canonical form")
    expect(canonical(-0)).toBe("0")
  })
})
