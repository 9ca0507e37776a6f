/** Reading one stream, both ways, with every edge of `from` and `max`. */
import { describe, expect } from "vitest"
import { noStream, type ReadStreamOptions } from "../port.js"
import { appended, idsOf, newEvents, newStream, storeCase, type StoreUnderTest } from "./support.js"

type Case = readonly [title: string, options: ReadStreamOptions, revisions: readonly number[]]

/** Of a stream with revisions 0 to 9. */
const cases: readonly Case[] = [
  ["forwards gives the first events", { direction: "forwards", max: 3 }, [0, 1, 2]],
  ["forwards gives all when max is larger", { direction: "forwards", max: 50 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ["forwards from a revision includes it", { direction: "forwards", from: 4, max: 3 }, [4, 5, 6]],
  ["forwards from the last gives the last", { direction: "forwards", from: 9, max: 3 }, [9]],
  ["forwards from beyond the end gives nothing", { direction: "forwards", from: 10, max: 3 }, []],
  ["backwards gives the last events, newest first", { direction: "backwards", max: 3 }, [9, 8, 7]],
  ["backwards gives all when max is larger", { direction: "backwards", max: 50 }, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ["backwards from a revision includes it", { direction: "backwards", from: 4, max: 2 }, [4, 3]],
  ["backwards from the first gives the first", { direction: "backwards", from: 0, max: 5 }, [0]],
  ["backwards from beyond the end starts at the end", { direction: "backwards", from: 99, max: 2 }, [9, 8]],
]

export const readStreamCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("reading a stream", () => {
    for (const [title, options, revisions] of cases) {
      test(title, async (store) => {
        const stream = newStream()
        const events = newEvents(10)
        // Three appends with another stream between them, as in life.
        const neighbour = newStream()
        await appended(store, stream, noStream, events.slice(0, 4))
        await appended(store, neighbour, noStream, newEvents(3))
        await appended(store, stream, 3, events.slice(4, 5))
        await appended(store, neighbour, 2, newEvents(3))
        await appended(store, stream, 4, events.slice(5))
        const read = await store.readStream(stream, options)
        expect(read.map(({ revision }) => revision)).toEqual(revisions)
        expect(idsOf(read)).toEqual(revisions.map((revision) => events[revision]?.id))
      })
    }

    test("gives nothing for a stream that does not exist, either way", async (store) => {
      expect(await store.readStream(newStream(), { direction: "forwards", max: 10 })).toEqual([])
      expect(await store.readStream(newStream(), { direction: "backwards", max: 10 })).toEqual([])
    })

    test("does not take one stream's name for another's that begins with it", async (store) => {
      const stream = newStream()
      const longer = `${stream}0` as typeof stream
      await appended(store, longer, noStream, newEvents(2))
      expect(await store.readStream(stream, { direction: "forwards", max: 10 })).toEqual([])
    })

    test("gives events that later reads and writes leave alone", async (store) => {
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(20))
      const read = await store.readStream(stream, { direction: "forwards", max: 100 })
      const before = read.map(({ data }) => Buffer.from(data).toString("hex"))
      for (let round = 0; round < 20; round += 1) {
        const other = newStream()
        await appended(store, other, noStream, newEvents(20))
        await store.readStream(other, { direction: "backwards", max: 100 })
      }
      expect(read.map(({ data }) => Buffer.from(data).toString("hex"))).toEqual(before)
    })
  })
}
