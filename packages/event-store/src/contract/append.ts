/** The append rules, one case each: what is written, and what a wrong expectation is told. */
import { describe, expect } from "vitest"
import { noStream } from "../port.js"
import {
  appended,
  contentOf,
  idsOf,
  newEvent,
  newEvents,
  newStream,
  readWhole,
  storeCase,
  type StoreUnderTest,
} from "./support.js"

export const appendCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("append", () => {
    test("starts a stream at revision 0", async (store) => {
      const stream = newStream()
      expect(await store.append(stream, noStream, [newEvent()])).toMatchObject({ kind: "appended", revision: 0 })
    })

    test("answers with the revision and position of the last event of the call", async (store) => {
      const stream = newStream()
      const outcome = await appended(store, stream, noStream, newEvents(5))
      const last = (await readWhole(store, stream)).at(-1)
      expect(outcome.revision).toBe(4)
      expect(last).toMatchObject({ revision: 4, position: outcome.position })
    })

    test("goes on from the revision the writer saw", async (store) => {
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(3))
      expect(await store.append(stream, 2, newEvents(2))).toMatchObject({ kind: "appended", revision: 4 })
    })

    test("gives back id, type, data and metadata as they were written", async (store) => {
      const stream = newStream()
      const events = [newEvent("参保"), newEvent("缴费", "ContributionRecorded@2"), newEvent("停保", "EnrollmentSuspended@1")]
      await appended(store, stream, noStream, events)
      const read = await readWhole(store, stream)
      expect(read.map(contentOf)).toEqual(events.map(contentOf))
      expect(read.map(({ revision }) => revision)).toEqual([0, 1, 2])
      expect(new Set(read.map((event) => event.stream))).toEqual(new Set([stream]))
    })

    test("stamps every event with the store's time", async (store) => {
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(2))
      for (const event of await readWhole(store, stream)) expect(event.recordedAt).toBeGreaterThan(Date.UTC(2020, 0))
    })

    test("refuses a second start of a stream and says where it stands", async (store) => {
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(3))
      expect(await store.append(stream, noStream, [newEvent()])).toEqual({ kind: "conflict", actual: 2 })
    })

    test("refuses an expectation ahead of the stream", async (store) => {
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(2))
      expect(await store.append(stream, 2, [newEvent()])).toEqual({ kind: "conflict", actual: 1 })
      expect(await store.append(stream, 900, [newEvent()])).toEqual({ kind: "conflict", actual: 1 })
    })

    test("refuses to continue a stream that has no events", async (store) => {
      expect(await store.append(newStream(), 0, [newEvent()])).toEqual({ kind: "conflict", actual: noStream })
    })

    test("refuses an expectation behind the stream when the events are others", async (store) => {
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(4))
      expect(await store.append(stream, 1, newEvents(2))).toEqual({ kind: "conflict", actual: 3 })
    })

    test("writes nothing when it refuses", async (store) => {
      const stream = newStream()
      const events = newEvents(2)
      await appended(store, stream, noStream, events)
      await store.append(stream, 5, newEvents(3))
      await store.append(stream, noStream, newEvents(1))
      expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
    })

    test("writes all events of a call next to each other or none", async (store) => {
      const stream = newStream()
      const winner = newEvents(10)
      const loser = newEvents(10)
      const outcomes = await Promise.all([store.append(stream, noStream, winner), store.append(stream, noStream, loser)])
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["appended", "conflict"])
      const written = outcomes[0].kind === "appended" ? winner : loser
      expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(written))
    })

    test("takes an append of nothing as already there", async (store) => {
      const stream = newStream()
      const { position } = await appended(store, stream, noStream, newEvents(3))
      expect(await store.append(stream, 2, [])).toEqual({ kind: "already_there", revision: 2, position })
      expect(await store.append(stream, 7, [])).toEqual({ kind: "conflict", actual: 2 })
      expect(await store.append(newStream(), noStream, [])).toMatchObject({ kind: "already_there", revision: noStream })
    })

    test("keeps both when one call carries the same id twice", async (store) => {
      const stream = newStream()
      const event = newEvent()
      expect(await store.append(stream, noStream, [event, event])).toMatchObject({ kind: "appended", revision: 1 })
      expect(idsOf(await readWhole(store, stream))).toEqual([event.id, event.id])
    })

    test("keeps streams apart, even with the same event id", async (store) => {
      const [one, other] = [newStream(), newStream()]
      const event = newEvent()
      await appended(store, one, noStream, [event])
      expect(await store.append(other, noStream, [event])).toMatchObject({ kind: "appended", revision: 0 })
    })

    test("does not keep hold of the caller's bytes", async (store) => {
      const stream = newStream()
      const data = Buffer.from(`{"base_fen":731000}`)
      await appended(store, stream, noStream, [{ ...newEvent(), data }])
      data.fill(0)
      expect(Buffer.from((await readWhole(store, stream))[0]?.data ?? []).toString()).toBe(`{"base_fen":731000}`)
    })
  })
}
