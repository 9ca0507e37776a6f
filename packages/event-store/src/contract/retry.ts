/** Retries: the same ids at the same expectation are recognised however late they come; anything else is a conflict. */
import { describe, expect } from "vitest"
import { noStream } from "../port.js"
import { appended, idsOf, newEvent, newEvents, newStream, readWhole, storeCase, type StoreUnderTest } from "./support.js"

export const retryCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("retry", () => {
    test("of a whole append answers as the first did and writes nothing", async (store) => {
      const stream = newStream()
      const events = newEvents(4)
      const { revision, position } = await appended(store, stream, noStream, events)
      expect(await store.append(stream, noStream, events)).toEqual({ kind: "already_there", revision, position })
      expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
    })

    test("is recognised after many later events", async (store) => {
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(3))
      const events = newEvents(2)
      const { position } = await appended(store, stream, 2, events)
      await appended(store, stream, 4, newEvents(200))
      expect(await store.append(stream, 2, events)).toEqual({ kind: "already_there", revision: 4, position })
    })

    test("of a prefix answers with the last event that matched", async (store) => {
      const stream = newStream()
      const events = newEvents(5)
      await appended(store, stream, noStream, events)
      const third = (await readWhole(store, stream))[2]
      expect(await store.append(stream, noStream, events.slice(0, 3))).toEqual({
        kind: "already_there",
        revision: 2,
        position: third?.position,
      })
    })

    test("that is longer than what exists is a conflict", async (store) => {
      const stream = newStream()
      const events = newEvents(3)
      await appended(store, stream, noStream, events)
      expect(await store.append(stream, noStream, [...events, newEvent()])).toEqual({ kind: "conflict", actual: 2 })
    })

    test("whose first event differs is a conflict", async (store) => {
      const stream = newStream()
      const events = newEvents(3)
      await appended(store, stream, noStream, events)
      expect(await store.append(stream, noStream, [newEvent(), ...events.slice(1)])).toEqual({ kind: "conflict", actual: 2 })
    })

    test("whose last event differs is a conflict", async (store) => {
      const stream = newStream()
      const events = newEvents(3)
      await appended(store, stream, noStream, events)
      expect(await store.append(stream, noStream, [...events.slice(0, 2), newEvent()])).toEqual({ kind: "conflict", actual: 2 })
    })

    test("in another order is a conflict", async (store) => {
      const stream = newStream()
      const events = newEvents(2)
      await appended(store, stream, noStream, events)
      expect(await store.append(stream, noStream, events.toReversed())).toEqual({ kind: "conflict", actual: 1 })
    })

    test("at another expectation is a conflict", async (store) => {
      const stream = newStream()
      const events = newEvents(4)
      await appended(store, stream, noStream, events)
      expect(await store.append(stream, 0, events.slice(0, 2))).toEqual({ kind: "conflict", actual: 3 })
    })

    test("of the tail alone is recognised at its own expectation", async (store) => {
      const stream = newStream()
      const events = newEvents(4)
      const { position } = await appended(store, stream, noStream, events)
      expect(await store.append(stream, 1, events.slice(2))).toEqual({ kind: "already_there", revision: 3, position })
    })

    test("sent before the first was answered writes once", async (store) => {
      const stream = newStream()
      const events = newEvents(3)
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => store.append(stream, noStream, events)))
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["already_there", "already_there", "already_there", "appended"])
      expect(new Set(outcomes.map((outcome) => ("position" in outcome ? outcome.position : outcome.kind))).size).toBe(1)
      expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
    })
  })
}
