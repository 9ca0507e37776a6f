/** Many writers at once: one stream has one order, and nobody pays for another's conflict. */
import { describe, expect } from "vitest"
import { noStream } from "../port.js"
import {
  appended,
  idsOf,
  newEvent,
  newEvents,
  newFamily,
  newStream,
  readWhole,
  storeCase,
  type StoreUnderTest,
} from "./support.js"

export const concurrencyCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("concurrent appends", () => {
    test("to one new stream: exactly one wins", async (store) => {
      const stream = newStream()
      const rivals = Array.from({ length: 50 }, () => [newEvent()])
      const outcomes = await Promise.all(rivals.map((events) => store.append(stream, noStream, events)))
      expect(outcomes.filter(({ kind }) => kind === "appended")).toHaveLength(1)
      expect(outcomes.filter(({ kind }) => kind === "conflict")).toHaveLength(49)
      expect(await readWhole(store, stream)).toHaveLength(1)
    })

    test("that retry after a conflict all get in, once each", async (store) => {
      const stream = newStream()
      const events = newEvents(12)
      const insist = async (event: (typeof events)[number]): Promise<void> => {
        for (let expected = noStream; ;) {
          const outcome = await store.append(stream, expected, [event])
          if (outcome.kind !== "conflict") return
          expected = outcome.actual
        }
      }
      await Promise.all(events.map(insist))
      expect([...idsOf(await readWhole(store, stream))].sort()).toEqual([...idsOf(events)].sort())
    })

    test("sent in order to one stream without waiting see each other", async (store) => {
      const stream = newStream()
      const events = newEvents(30)
      const outcomes = await Promise.all(events.map((event, index) => store.append(stream, index - 1, [event])))
      expect(outcomes.map(({ kind }) => kind)).toEqual(events.map(() => "appended"))
      expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
    })

    test("to many streams all succeed", async (store) => {
      const { streams } = newFamily(300)
      const written = streams.map((stream, index) => ({ stream, events: newEvents(1 + (index % 4)) }))
      await Promise.all(written.map(({ stream, events }) => appended(store, stream, noStream, events)))
      for (const { stream, events } of written) expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
    })

    test("are not hurt by a neighbour's conflict", async (store) => {
      const taken = newStream()
      await appended(store, taken, noStream, newEvents(2))
      const { streams } = newFamily(40)
      const outcomes = await Promise.all(
        streams.flatMap((stream) => [store.append(taken, noStream, [newEvent()]), store.append(stream, noStream, [newEvent()])]),
      )
      expect(outcomes.filter((_, index) => index % 2 === 0).every(({ kind }) => kind === "conflict")).toBe(true)
      expect(outcomes.filter((_, index) => index % 2 === 1).every(({ kind }) => kind === "appended")).toBe(true)
    })

    test("are visible to a read made after the answer", async (store) => {
      const { streams } = newFamily(60)
      const seen = await Promise.all(
        streams.map(async (stream) => {
          await appended(store, stream, noStream, newEvents(2))
          return (await store.readStream(stream, { direction: "backwards", max: 10 })).length
        }),
      )
      expect(new Set(seen)).toEqual(new Set([2]))
    })
  })
}
