import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { allocate, bandOf, drawMonetary, drawStratified, type Item } from "./draw.js"

const item = (n: number, stratum: string, amount_fen: number): Item => ({
  event: `e${n}`,
  type: "ContributionRecorded@1",
  stream: "Enrollment-44_110_x",
  revision: n,
  position: String(n).padStart(6, "0"),
  province: "44",
  scheme: "110",
  amount_fen,
  stratum,
})
const feed = async function* (items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}
const population = fc
  .array(fc.record({ stratum: fc.constantFrom("a", "b", "c"), amount_fen: fc.integer({ min: 0, max: 1_000_000 }) }), {
    maxLength: 200,
  })
  .map((rows) => rows.map(({ stratum, amount_fen }, n) => item(n, stratum, amount_fen)))
const size = fc.integer({ min: 1, max: 40 })

describe("a sample anybody can draw again", () => {
  it("is the same for the same seed whatever order the facts are read in, and has the size asked for", () =>
    fc.assert(
      fc.asyncProperty(population, size, fc.string(), async (all, n, seed) => {
        const [a, b] = [await drawStratified(feed(all), seed, n), await drawStratified(feed([...all].reverse()), seed, n)]
        expect(a).toEqual(b)
        expect(a.items.length).toBe(Math.min(n, all.length))
        expect(new Set(a.items.map(({ event }) => event)).size).toBe(a.items.length)
      }),
    ))

  it("is another one for another seed", async () => {
    const all = Array.from({ length: 500 }, (_, n) => item(n, "a", 100))
    const of = async (seed: string) => (await drawStratified(feed(all), seed, 10)).items.map(({ event }) => event)
    expect(await of("1")).not.toEqual(await of("2"))
  })

  it("gives each stratum its share, within one", () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }), size, (counts, n) => {
        const total = counts.reduce((sum, count) => sum + count, 0)
        const wanted = Math.min(n, total)
        const shares = allocate(new Map(counts.map((count, i) => [`s${i}`, count])), n)
        expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBe(wanted)
        counts.forEach((count, i) => expect(Math.abs((shares.get(`s${i}`) ?? 0) - (wanted * count) / total)).toBeLessThan(1))
      }),
    ))

  it("by monetary units hits as often as asked, a fact once for every interval of fen it holds", () =>
    fc.assert(
      fc.asyncProperty(population, size, fc.string(), async (all, n, seed) => {
        const { items, amount_fen } = await drawMonetary(() => feed(all), seed, n)
        expect(items.reduce((sum, { hits }) => sum + hits, 0)).toBe(amount_fen === 0 ? 0 : n)
        for (const one of items) {
          expect(one.amount_fen).toBeGreaterThan(0)
          expect(Math.abs(one.hits - (one.amount_fen * n) / amount_fen)).toBeLessThanOrEqual(1.0001)
        }
      }),
    ))

  it("bands amounts by the digits of their yuan", () => {
    expect([0, 999, 1_000, 999_999].map(bandOf)).toEqual(["<10^1", "<10^1", "<10^2", "<10^4"])
  })
})
