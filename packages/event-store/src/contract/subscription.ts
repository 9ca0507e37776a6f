/** Subscriptions: everything once and in order across the change from catching up to live, at the consumer's own pace. */
import { describe, expect } from "vitest"
import { noStream, type RecordedEvent, type SubscribeOptions } from "../port.js"
import {
  appended,
  collect,
  eventually,
  gate,
  idsOf,
  newEvents,
  newFamily,
  newStream,
  readLogAfter,
  storeCase,
  type StoreUnderTest,
} from "./support.js"

export const subscriptionCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("subscription", () => {
    test("gives what is there, says that it has caught up, then gives what comes", async (store) => {
      const start = await store.head()
      const [past, future] = [newEvents(7), newEvents(3)]
      const stream = newStream()
      await appended(store, stream, noStream, past)
      let receivedAtCatchUp = -1
      const { received, subscription } = collect(store, {
        after: start,
        onCaughtUp: () => {
          receivedAtCatchUp = received.length
        },
      })
      await eventually("caught up", () => receivedAtCatchUp >= 0)
      expect(receivedAtCatchUp).toBe(7)
      expect(subscription.state().live).toBe(true)
      await appended(store, stream, 6, future)
      await eventually("ten events", () => received.length === 10)
      expect(idsOf(received)).toEqual(idsOf([...past, ...future]))
      await subscription.stop()
    })

    test("from the head gives only what is new", async (store) => {
      await appended(store, newStream(), noStream, newEvents(5))
      const { received, subscription } = collect(store, { after: await store.head() })
      const events = newEvents(2)
      await appended(store, newStream(), noStream, events)
      await eventually("two events", () => received.length >= 2)
      expect(idsOf(received)).toEqual(idsOf(events))
      await subscription.stop()
    })

    test("gives each event once and in log order while others write", async (store) => {
      const start = await store.head()
      const { streams } = newFamily(20)
      await Promise.all(streams.map((stream) => appended(store, stream, noStream, newEvents(10))))
      const { received, subscription } = collect(store, { after: start, maxBatch: 7 })
      for (let round = 0; round < 15; round += 1) {
        await Promise.all(streams.map((stream) => appended(store, stream, 9 + round * 2, newEvents(2))))
      }
      await eventually("800 events", () => received.length >= 800)
      expect(idsOf(received)).toEqual(idsOf(await readLogAfter(store, start, 1_000)))
      await subscription.stop()
    })

    test("with prefixes gives only their streams, live too", async (store) => {
      const start = await store.head()
      const [wanted, other] = [newFamily(2), newFamily(2)]
      const [first, second] = [newEvents(2), newEvents(2)]
      await appended(store, other.streams[0] ?? newStream(), noStream, newEvents(4))
      await appended(store, wanted.streams[0] ?? newStream(), noStream, first)
      const { received, subscription } = collect(store, { after: start, prefixes: [wanted.prefix] })
      await eventually("live", () => subscription.state().live)
      await appended(store, other.streams[1] ?? newStream(), noStream, newEvents(4))
      await appended(store, wanted.streams[1] ?? newStream(), noStream, second)
      await eventually("four events", () => received.length >= 4)
      expect(idsOf(received)).toEqual(idsOf([...first, ...second]))
      await subscription.stop()
    })

    test("moves its position past events that its prefixes leave out", async (store) => {
      const { subscription } = collect(store, { after: await store.head(), prefixes: [newFamily(1).prefix] })
      const { position } = await appended(store, newStream(), noStream, newEvents(3))
      await eventually("position at the head", () => subscription.state().position === position)
      await subscription.stop()
    })

    test("never hands over more than maxBatch, nor an empty batch", async (store) => {
      const start = await store.head()
      await appended(store, newStream(), noStream, newEvents(23))
      const sizes: number[] = []
      const subscription = store.subscribe({
        after: start,
        maxBatch: 5,
        onEvents: async (events) => {
          sizes.push(events.length)
        },
      })
      await eventually("23 events", () => sizes.reduce((sum, size) => sum + size, 0) === 23)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(5)
      expect(Math.min(...sizes)).toBeGreaterThan(0)
      await subscription.stop()
    })

    test("says up to where each batch goes: resuming there loses and repeats nothing", async (store) => {
      const start = await store.head()
      await appended(store, newStream(), noStream, newEvents(20))
      const all = await readLogAfter(store, start, 100)
      const marks: { upTo: Parameters<SubscribeOptions["onEvents"]>[1]; seen: number }[] = []
      let seen = 0
      const subscription = store.subscribe({
        after: start,
        maxBatch: 6,
        onEvents: async (events, upTo) => {
          seen += events.length
          marks.push({ upTo, seen })
        },
      })
      await eventually("20 events", () => seen === 20)
      await subscription.stop()
      for (const mark of marks) expect(idsOf(await readLogAfter(store, mark.upTo, 100))).toEqual(idsOf(all.slice(mark.seen)))
    })

    test("waits for the consumer before it gives the next batch", async (store) => {
      const start = await store.head()
      await appended(store, newStream(), noStream, newEvents(30))
      const slow = gate()
      let running = 0
      let runningMost = 0
      let seen = 0
      const subscription = store.subscribe({
        after: start,
        maxBatch: 10,
        onEvents: async (events) => {
          running += 1
          runningMost = Math.max(runningMost, running)
          await slow.opened
          seen += events.length
          running -= 1
        },
      })
      await eventually("the first batch", () => running === 1)
      // Later writes must not push a second batch past the one that is held up.
      await appended(store, newStream(), noStream, newEvents(5))
      await readLogAfter(store, start, 100)
      expect([running, seen]).toEqual([1, 0])
      slow.open()
      await eventually("35 events", () => seen === 35)
      expect(runningMost).toBe(1)
      await subscription.stop()
    })

    test("lets several consumers go at their own pace", async (store) => {
      const start = await store.head()
      const slow = gate()
      const lagging: RecordedEvent[] = []
      const laggard = store.subscribe({
        after: start,
        onEvents: async (events) => {
          await slow.opened
          lagging.push(...events)
        },
      })
      const quick = collect(store, { after: start })
      const events = newEvents(5)
      await appended(store, newStream(), noStream, events)
      await eventually("the quick one has five", () => quick.received.length === 5)
      expect(lagging).toEqual([])
      slow.open()
      await eventually("the slow one has five", () => lagging.length === 5)
      expect(idsOf(lagging)).toEqual(idsOf(quick.received))
      await Promise.all([laggard.stop(), quick.subscription.stop()])
    })
  })
}
