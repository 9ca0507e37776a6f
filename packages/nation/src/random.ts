/** Two kinds of chance, both pure functions of the seed: dice for detail, and evenly spread numbers for calibrated shares. */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64"
import { uniformInt } from "pure-rand/distribution/uniformInt"
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"

export type Dice = {
  /** A whole number of the closed range. */
  readonly int: (min: number, max: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
  readonly weighted: <T>(items: readonly (readonly [T, number])[]) => T
}

/** 32-bit finaliser: neighbouring inputs give unrelated outputs. */
const mix = (value: number): number => {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) | 0
}

export const mixed = (...parts: readonly number[]): number =>
  parts.reduce((hash, part) => mix(hash ^ mix(part + 0x9e3779b9)), 0x51ed270b)

/** The dice of one purpose: the same parts always throw the same. */
export const diceOf = (...parts: readonly number[]): Dice => {
  const generator = xoroshiro128plus(mixed(...parts))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[uniformInt(generator, 0, items.length - 1)]
    if (item === undefined) throw new Error("nothing to pick from")
    return item
  }
  const weighted = <T>(items: readonly (readonly [T, number])[]): T => choose(items, uniformFloat64(generator))
  return {
    int: (min, max) => uniformInt(generator, min, max),
    chance: (probability) => uniformFloat64(generator) < probability,
    pick,
    weighted,
  }
}

/** Where in the share of the item chosen `at` falls, 0 … 1: as evenly spread as `at` itself, for questions asked of that item only. */
export const within = (shares: readonly number[], at: number): number => {
  let left = at * shares.reduce((sum, share) => sum + share, 0)
  for (const share of shares) {
    if (left < share) return left / share
    left -= share
  }
  return 0
}

/** The item in whose share `at` (0 … 1) falls; shares need not add up to 1. */
export const choose = <T>(items: readonly (readonly [T, number])[], at: number): T => {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0)
  let left = at * total
  for (const [item, weight] of items) {
    left -= weight
    if (left < 0) return item
  }
  const last = items.findLast(([, weight]) => weight > 0)
  if (last === undefined) throw new Error("nothing to choose from")
  return last[0]
}

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37] as const
export type Dimension = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11

/**
 * Kronecker sequence: the n-th point of a dimension, in 0 … 1. Shares drawn with it differ from the wanted ones by about
 * 1/n instead of 1/√n, so that 20,000 persons meet a survey's percentages within half a point without any counting.
 */
export const evenly = (seed: number, dimension: Dimension, n: number): number => {
  const offset = (mixed(seed, dimension + 1) >>> 0) / 2 ** 32
  const value = offset + n * Math.sqrt(primes[dimension])
  return value - Math.floor(value)
}
