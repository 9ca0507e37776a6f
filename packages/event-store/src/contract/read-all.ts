/** The log: one order over all streams, readable in pages, resumable from any position, filtered by stream prefix. */
import { describe, expect, it } from "vitest"
import { noStream } from "../port.js"
import {
  appended,
  contentOf,
  idsOf,
  newEvent,
  newEvents,
  newFamily,
  newStream,
  readLogAfter,
  readPages,
  readWhole,
  storeCase,
  type StoreUnderTest,
} from "./support.js"

export const readAllCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("reading the log", () => {
    it.skipIf(subject.shared === true)("of an empty store: no events, no position, at the end", async () => {
      const { store, cleanup } = await subject.open()
      expect(await store.head()).toBeNull()
      expect(await store.readAll({ after: null, max: 10 })).toEqual({ events: [], next: null, atEnd: true })
      await cleanup()
    })

    test("gives events of all streams in the order they became durable", async (store) => {
      const start = await store.head()
      const { streams } = newFamily(3)
      const written = []
      for (let round = 0; round < 4; round += 1) {
        for (const stream of streams) {
          const event = newEvent(`${round}`)
          await appended(store, stream, round - 1, [event])
          written.push(event)
        }
      }
      const read = await readLogAfter(store, start, 1_000)
      expect(read.map(contentOf)).toEqual(written.map(contentOf))
      expect(read.map(({ revision }) => revision)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    })

    test("has strictly rising positions that compare as text", async (store) => {
      const start = await store.head()
      await appended(store, newStream(), noStream, newEvents(12))
      for (let round = 0; round < 12; round += 1) await appended(store, newStream(), noStream, newEvents(1))
      const positions = (await readLogAfter(store, start, 1_000)).map(({ position }) => position)
      expect(positions).toHaveLength(24)
      for (const [index, position] of positions.entries()) {
        const before = index === 0 ? start : positions[index - 1]
        expect(before === null || before === undefined || before < position).toBe(true)
      }
    })

    test("gives the same positions as reading the stream, and the head is the last", async (store) => {
      const start = await store.head()
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(4))
      const fromLog = await readLogAfter(store, start, 100)
      const fromStream = await readWhole(store, stream)
      expect(fromLog.map(({ position }) => position)).toEqual(fromStream.map(({ position }) => position))
      expect(await store.head()).toBe(fromStream.at(-1)?.position)
    })

    for (const max of [1, 3, 7, 1_000]) {
      test(`in pages of ${max} gives every event once`, async (store) => {
        const start = await store.head()
        const written = []
        for (const stream of newFamily(5).streams) {
          const events = newEvents(5)
          await appended(store, stream, noStream, events)
          written.push(...idsOf(events))
        }
        const pages = await readPages(store, start, max)
        expect(pages.every(({ events }) => events.length <= max)).toBe(true)
        expect(pages.flatMap(({ events }) => idsOf(events))).toEqual(written)
      })
    }

    test("resumes after any event's position, which itself is not given again", async (store) => {
      const start = await store.head()
      const { streams } = newFamily(4)
      for (const stream of streams) await appended(store, stream, noStream, newEvents(3))
      const all = await readLogAfter(store, start, 1_000)
      for (const [index, event] of all.entries()) {
        expect(idsOf(await readLogAfter(store, event.position, 1_000))).toEqual(idsOf(all.slice(index + 1)))
      }
    })

    test("goes on from `next` to what was written since", async (store) => {
      await appended(store, newStream(), noStream, newEvents(3))
      const { next } = (await readPages(store, await store.head(), 10)).at(-1) ?? { next: null }
      const later = newEvents(2)
      await appended(store, newStream(), noStream, later)
      expect(idsOf(await readLogAfter(store, next, 10))).toEqual(idsOf(later))
    })

    test("with a prefix gives only the streams that begin with it", async (store) => {
      const start = await store.head()
      const [wanted, other] = [newFamily(3), newFamily(3)]
      const expected: string[] = []
      for (let index = 0; index < 3; index += 1) {
        const events = newEvents(2)
        await appended(store, other.streams[index] ?? newStream(), noStream, newEvents(2))
        await appended(store, wanted.streams[index] ?? newStream(), noStream, events)
        expected.push(...idsOf(events))
      }
      expect(idsOf(await readLogAfter(store, start, 2, [wanted.prefix]))).toEqual(expected)
    })

    test("with several prefixes gives the union in log order", async (store) => {
      const start = await store.head()
      const families = [newFamily(1), newFamily(1), newFamily(1)] as const
      const written: string[][] = []
      for (const { streams } of families) {
        const events = newEvents(2)
        await appended(store, streams[0] ?? newStream(), noStream, events)
        written.push([...idsOf(events)])
      }
      const read = await readLogAfter(store, start, 100, [families[2].prefix, families[0].prefix])
      expect(idsOf(read)).toEqual([...(written[0] ?? []), ...(written[2] ?? [])])
    })

    test("with a prefix that nothing matches still advances to the end", async (store) => {
      await appended(store, newStream(), noStream, newEvents(50))
      const head = await store.head()
      const pages = await readPages(store, null, 10, [newFamily(1).prefix])
      expect(pages.flatMap(({ events }) => events)).toEqual([])
      expect(pages.at(-1)?.next).toBe(head)
    })
  })
}
