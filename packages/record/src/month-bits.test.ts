import { fromIndex, indexOf } from "@tongzhang/domain/month"
import * as domain from "@tongzhang/domain/month-set"
import { nearMonth } from "@tongzhang/testing/arbitraries"
import fc from "fast-check"
import { expect, it } from "vitest"
import { addMonths, countMonths, hasIndex, noBits, rangesOf, removeMonths, spanOf, toMonthSet } from "./month-bits.js"

const step = fc.record({ adds: fc.boolean(), start: nearMonth, more: fc.integer({ min: 0, max: 80 }) })

it("months edited in place are the domain's month set, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const bits = noBits()
      let set = domain.empty
      for (const { adds, start, more } of steps) {
        const first = indexOf(start)
        const last = first + more
        if (adds) addMonths(bits, first, last)
        else removeMonths(bits, first, last)
        set = adds ? domain.add(set, start, fromIndex(last)) : domain.remove(set, start, fromIndex(last))
      }
      expect(toMonthSet(bits)).toEqual(set)
      expect(countMonths(bits)).toBe(domain.size(set))
      expect(rangesOf(bits)).toEqual(domain.ranges(set))
      const months = domain.months(set)
      const [first, last] = [months[0], months.at(-1)]
      expect(spanOf(bits)).toEqual(
        first === undefined || last === undefined ? null : { first: indexOf(first), last: indexOf(last) },
      )
      for (const one of months) expect(hasIndex(bits, indexOf(one))).toBe(true)
    }),
  )
})
