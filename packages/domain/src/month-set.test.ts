import { anyMonth, anyRange } from "@tongzhang/testing/arbitraries"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addMonths, month, monthMax, monthMin, monthsOf, type YearMonth } from "./month.js"
import {
  add,
  difference,
  empty,
  equals,
  first,
  has,
  intersection,
  isEmpty,
  last,
  type MonthRange,
  type MonthSet,
  months,
  ofMonths,
  ofRange,
  ofRanges,
  ranges,
  remove,
  size,
  union,
} from "./month-set.js"

// The model: a plain set of texts.
type Model = ReadonlySet<YearMonth>
const modelOf = (parts: readonly MonthRange[]): Model => new Set(parts.flatMap(({ from, to }) => monthsOf(from, to)))
const sorted = (model: Model): YearMonth[] => [...model].toSorted()

// Near months meet inside one word of the bitmap, far ones leave words between them empty.
const someRanges = fc.array(fc.oneof(anyRange(), anyRange(anyMonth(), 120)), { maxLength: 6 })
const sets = someRanges.map((parts) => ({ parts, set: ofRanges(parts), model: modelOf(parts) }))

const agrees = (set: MonthSet, model: Model): void => {
  expect(months(set)).toEqual(sorted(model))
  expect(size(set)).toBe(model.size)
  expect(isEmpty(set)).toBe(model.size === 0)
  expect(first(set)).toBe(sorted(model)[0] ?? null)
  expect(last(set)).toBe(sorted(model).at(-1) ?? null)
  // One form for one set: no zero word at either end, every word an unsigned 32-bit number.
  expect(equals(set, ofMonths(model))).toBe(true)
  expect(set).toEqual(ofMonths(model))
  for (const word of set.words) expect(word).toBe(word >>> 0)
}

describe("a month set against a set of texts", () => {
  it("holds what was put in", () => fc.assert(fc.property(sets, ({ set, model }) => agrees(set, model))))

  it("union, intersection, difference", () =>
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        agrees(union(a.set, b.set), new Set([...a.model, ...b.model]))
        agrees(intersection(a.set, b.set), new Set([...a.model].filter((value) => b.model.has(value))))
        agrees(difference(a.set, b.set), new Set([...a.model].filter((value) => !b.model.has(value))))
      }),
    ))

  it("has, add, remove", () =>
    fc.assert(
      fc.property(
        sets,
        anyRange(),
        fc.oneof(
          anyMonth(),
          anyRange().map((range) => range.from),
        ),
        (a, range, value) => {
          expect(has(a.set, value)).toBe(a.model.has(value))
          agrees(add(a.set, value), new Set([...a.model, value]))
          agrees(add(a.set, range.from, range.to), new Set([...a.model, ...modelOf([range])]))
          const rest = modelOf([range])
          agrees(remove(a.set, range.from, range.to), new Set([...a.model].filter((kept) => !rest.has(kept))))
          expect(has(remove(a.set, value), value)).toBe(false)
        },
      ),
    ))

  it("is equal exactly when it holds the same months", () =>
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(equals(a.set, b.set)).toBe(sorted(a.model).join() === sorted(b.model).join())
        expect(equals(a.set, a.set)).toBe(true)
      }),
    ))

  it("writes itself as maximal ranges that read back as the same set", () =>
    fc.assert(
      fc.property(sets, ({ set }) => {
        const written = ranges(set)
        expect(ofRanges(written)).toEqual(set)
        written.forEach((range, i) => {
          expect(range.from <= range.to).toBe(true)
          const next = written[i + 1]
          if (next !== undefined) expect(next.from > addMonths(range.to, 1)).toBe(true)
        })
      }),
    ))
})

describe("the edges", () => {
  it("holds every month the ledger knows", () => {
    const all = ofRange(monthMin, monthMax)
    expect(size(all)).toBe(2_400)
    expect(ranges(all)).toEqual([{ from: monthMin, to: monthMax }])
  })

  it("holds nothing of a range written backwards", () => expect(ofRange(month("2024-02"), month("2024-01"))).toEqual(empty))

  it("is empty, and equal to empty, when the last month is taken out", () =>
    expect(remove(ofRange(month("2024-02"), month("2024-02")), month("2024-02"))).toEqual(empty))

  it("does not change the set it is given", () => {
    const year = ofRange(month("2024-01"), month("2024-12"))
    remove(year, month("2024-06"))
    add(year, month("2030-06"))
    expect(size(year)).toBe(12)
  })
})
