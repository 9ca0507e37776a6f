/**
 * Money is a whole number of fen (分). No float touches it: shares are computed in BigInt and rounded by a named rule.
 * Safe integers hold 90 trillion yuan, more than all the funds together; every sum is checked.
 */
export type Fen = number & { readonly Fen: unique symbol }
/** A rate in basis points: 8 % is 800, 8.31 % is 831. */
export type BasisPoints = number & { readonly BasisPoints: unique symbol }

export const zero = 0 as Fen

export const isFen = (value: number): value is Fen => Number.isSafeInteger(value)

/** Throws on anything but a safe integer: a broken invariant, not a business outcome. */
export const fen = (value: number): Fen => {
  if (!isFen(value)) throw new Error(`not a whole number of fen: ${value}`)
  return value
}
export const basisPoints = (value: number): BasisPoints => {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`not a rate in basis points: ${value}`)
  return value as BasisPoints
}

export const plus = (a: Fen, b: Fen): Fen => fen(a + b)
export const minus = (a: Fen, b: Fen): Fen => fen(a - b)
export const sum = (values: Iterable<Fen>): Fen => {
  let total = zero
  for (const value of values) total = plus(total, value)
  return total
}

/** `half_up` 四舍五入, `down` 截位, `up` 见分进位. */
export type Rounding = "half_up" | "down" | "up"

/** `numerator / denominator` of an amount, rounded to the fen by the named rule. Amounts may be negative (reversals): mirrored. */
export const fraction = (amount: Fen, numerator: number, denominator: number, rounding: Rounding): Fen => {
  const negative = amount < 0
  const product = BigInt(Math.abs(amount)) * BigInt(numerator)
  const divisor = BigInt(denominator)
  const floor = product / divisor
  const rest = product % divisor
  const roundUp = rounding === "up" ? rest > 0n : rounding === "half_up" ? rest * 2n >= divisor : false
  const value = Number(roundUp ? floor + 1n : floor)
  // Never -0: it is equal to 0 for everybody but a digest and a test.
  return fen(negative && value !== 0 ? -value : value)
}

export const share = (amount: Fen, rate: BasisPoints, rounding: Rounding = "half_up"): Fen =>
  fraction(amount, rate, 10_000, rounding)

/** For people: `¥1,509.60`. */
export const formatYuan = (amount: Fen): string => {
  const absolute = Math.abs(amount)
  const yuan = String(Math.floor(absolute / 100)).replace(/\B(?=(\d{3})+$)/g, ",")
  return `${amount < 0 ? "-" : ""}¥${yuan}.${String(absolute % 100).padStart(2, "0")}`
}
