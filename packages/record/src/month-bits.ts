/**
 * Mutable months bitmap: the private accumulator of the fold. Same layout as the domain's `MonthSet` (word `i` holds months
 * `32 * (base + i)` …), but edited in place, because a replay adds one month per event.
 */
import { fromIndex } from "@tongzhang/domain/month"
import type { MonthRange, MonthSet } from "@tongzhang/domain/month-set"

export type MonthBits = { base: number; words: number[] }

export const noBits = (): MonthBits => ({ base: 0, words: [] })
export const bitsOf = (set: MonthSet): MonthBits => ({ base: set.base, words: [...set.words] })

const maskOf = (word: number, first: number, last: number): number => {
  const low = Math.max(first - word * 32, 0)
  const high = Math.min(last - word * 32, 31)
  return ((0xffffffff >>> (31 - high)) & (0xffffffff << low)) >>> 0
}

const zeros = (count: number): number[] => (count === 0 ? [] : Array.from({ length: count }, () => 0))

/** Adds the closed range of month indexes (see `indexOf`). */
export const addMonths = (bits: MonthBits, first: number, last: number): void => {
  const low = first >>> 5
  const high = last >>> 5
  if (bits.words.length === 0) bits.base = low
  const missing = high - bits.base - bits.words.length + 1
  if (low < bits.base || missing > 0) {
    const before = Math.max(bits.base - low, 0)
    bits.words = [...zeros(before), ...bits.words, ...zeros(Math.max(missing, 0))]
    bits.base -= before
  }
  for (let word = low; word <= high; word++) {
    const at = word - bits.base
    bits.words[at] = ((bits.words[at] ?? 0) | maskOf(word, first, last)) >>> 0
  }
}

export const removeMonths = (bits: MonthBits, first: number, last: number): void => {
  const high = Math.min(last >>> 5, bits.base + bits.words.length - 1)
  for (let word = Math.max(first >>> 5, bits.base); word <= high; word++) {
    const at = word - bits.base
    bits.words[at] = ((bits.words[at] ?? 0) & ~maskOf(word, first, last)) >>> 0
  }
}

export const clearMonths = (bits: MonthBits): void => {
  bits.base = 0
  bits.words = []
}

const ones = (word: number): number => {
  let value = word - ((word >>> 1) & 0x55555555)
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333)
  return (((value + (value >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

export const countMonths = (bits: MonthSet): number => {
  let count = 0
  for (const word of bits.words) count += ones(word)
  return count
}

export const hasIndex = (bits: MonthSet, index: number): boolean =>
  (((bits.words[(index >>> 5) - bits.base] ?? 0) >>> (index & 31)) & 1) === 1

/** First and last month index; null when empty. */
export const spanOf = (bits: MonthSet): { readonly first: number; readonly last: number } | null => {
  let first = -1
  let last = -1
  bits.words.forEach((word, i) => {
    if (word === 0) return
    if (first < 0) first = (bits.base + i) * 32 + (31 - Math.clz32(word & -word))
    last = (bits.base + i) * 32 + (31 - Math.clz32(word))
  })
  return first < 0 ? null : { first, last }
}

/** In the domain's form: no zero word at either end. */
export const toMonthSet = (bits: MonthSet): MonthSet => {
  let start = 0
  let end = bits.words.length
  while (start < end && bits.words[start] === 0) start++
  while (end > start && bits.words[end - 1] === 0) end--
  return start === end ? { base: 0, words: [] } : { base: bits.base + start, words: bits.words.slice(start, end) }
}

/** Maximal closed ranges in order. */
export const rangesOf = (bits: MonthSet): MonthRange[] => {
  const span = spanOf(bits)
  const result: MonthRange[] = []
  if (span === null) return result
  let from = -1
  for (let index = span.first; index <= span.last + 1; index++) {
    const held = index <= span.last && hasIndex(bits, index)
    if (held && from < 0) from = index
    if (!held && from >= 0) {
      result.push({ from: fromIndex(from), to: fromIndex(index - 1) })
      from = -1
    }
  }
  return result
}
