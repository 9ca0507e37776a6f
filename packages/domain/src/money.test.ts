import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { basisPoints, fen, formatYuan, fraction, isFen, minus, plus, type Rounding, share, sum, zero } from "./money.js"

const roundings: readonly Rounding[] = ["half_up", "down", "up"]
const anyAmount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map(fen)

describe("shares", () => {
  it("golden: 60 % of 12,580 yuan is 7,548 yuan, and 20 % of that is 1,509.60 yuan", () => {
    const base = share(fen(1_258_000), basisPoints(6_000))
    expect(base).toBe(754_800)
    expect(share(base, basisPoints(2_000))).toBe(150_960)
    expect(formatYuan(share(base, basisPoints(2_000)))).toBe("¥1,509.60")
  })

  it.each([
    ["half_up", 2, 1, 3, 1],
    ["half_up", 1, 1, 2, 1],
    ["half_up", 1, 1, 3, 0],
    ["down", 99, 1, 100, 0],
    ["down", 199, 1, 100, 1],
    ["up", 1, 1, 100, 1],
    ["up", 100, 1, 100, 1],
    ["up", 101, 1, 100, 2],
  ] as const)("%s: %d x %d/%d is %d", (rounding, amount, numerator, denominator, expected) =>
    expect(fraction(fen(amount), numerator, denominator, rounding)).toBe(expected),
  )

  it("a reversal is the mirror of what it reverses, for every rounding", () =>
    fc.assert(
      fc.property(anyAmount, fc.nat(20_000), fc.constantFrom(...roundings), (amount, rate, rounding) => {
        const there = fraction(amount, rate, 10_000, rounding)
        const back = fraction(fen(0 - amount), rate, 10_000, rounding)
        expect(there + back).toBe(0)
      }),
    ))

  it("never makes a negative zero, which a digest would tell from zero", () => {
    for (const rounding of ["half_up", "down"] as const) expect(Object.is(fraction(fen(-1), 1, 3, rounding), 0)).toBe(true)
  })

  it("lies within one fen of the exact share, on the side its rounding says", () =>
    fc.assert(
      fc.property(fc.nat(1_000_000_000).map(fen), fc.nat(10_000), (amount, rate) => {
        const exact = (BigInt(amount) * BigInt(rate) * 2n) / 10_000n
        const down = share(amount, basisPoints(rate), "down")
        const up = share(amount, basisPoints(rate), "up")
        const half = share(amount, basisPoints(rate), "half_up")
        expect(BigInt(down) * 2n <= exact && exact < BigInt(down) * 2n + 2n).toBe(true)
        expect(up - down).toBeLessThanOrEqual(1)
        expect(half === up || half === down).toBe(true)
      }),
    ))

  it("a share and its rest make the whole", () =>
    fc.assert(
      fc.property(anyAmount, fc.nat(10_000), (amount, rate) => {
        const part = share(amount, basisPoints(rate))
        expect(plus(part, minus(amount, part))).toBe(amount)
        expect(share(amount, basisPoints(10_000))).toBe(amount)
        expect(share(amount, basisPoints(0)) === 0).toBe(true)
      }),
    ))

  it("is exact where a float is not", () =>
    expect(share(fen(900_719_925_474_099), basisPoints(9_999), "down")).toBe(900_629_853_481_551))
})

describe("whole fen only", () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])("refuses %d", (value) => {
    expect(isFen(value)).toBe(false)
    expect(() => fen(value)).toThrow("not a whole number of fen")
  })

  it("throws when a sum leaves the safe integers, even if a later term would bring it back", () => {
    const most = fen(Number.MAX_SAFE_INTEGER)
    expect(() => plus(most, fen(1))).toThrow()
    expect(() => sum([most, most, fen(-Number.MAX_SAFE_INTEGER)])).toThrow()
    expect(() => fraction(most, 2, 1, "down")).toThrow()
    expect(sum([])).toBe(zero)
    expect(sum([fen(1), fen(2), fen(-4)])).toBe(-1)
  })

  it("takes no negative or broken rate", () => {
    expect(() => basisPoints(-1)).toThrow("not a rate")
    expect(() => basisPoints(8.31)).toThrow("not a rate")
  })
})

it.each([
  [0, "¥0.00"],
  [5, "¥0.05"],
  [-5, "-¥0.05"],
  [123_456_789, "¥1,234,567.89"],
  [-100_000, "-¥1,000.00"],
])("shows %d fen as %s", (amount, text) => expect(formatYuan(fen(amount))).toBe(text))
