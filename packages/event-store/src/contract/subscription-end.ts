/** How a subscription ends: by the consumer's failure or by `stop`, and never with a batch after that. */
import { describe, expect } from "vitest"
import { noStream } from "../port.js"
import { appended, collect, eventually, gate, newEvent, newEvents, newStream, storeCase, type StoreUnderTest } from "./support.js"

export const subscriptionEndCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("a subscription's end", () => {
    test("ends when the consumer throws, says why, and gives nothing more", async (store) => {
      const start = await store.head()
      await appended(store, newStream(), noStream, newEvents(10))
      const causes: string[] = []
      let calls = 0
      const subscription = store.subscribe({
        after: start,
        maxBatch: 4,
        onEvents: async () => {
          calls += 1
          if (calls === 2) throw new Error("投影失败")
        },
        onDropped: (cause) => causes.push(cause.message),
      })
      await eventually("dropped", () => causes.length > 0)
      await appended(store, newStream(), noStream, newEvents(3))
      const witness = collect(store, { after: start })
      await eventually("a second subscription has seen it all", () => witness.received.length === 13)
      expect(causes).toEqual(["投影失败"])
      expect(calls).toBe(2)
      expect(subscription.state().live).toBe(false)
      await Promise.all([subscription.stop(), witness.subscription.stop()])
    })

    test("keeps its position at the last batch that was handled", async (store) => {
      const start = await store.head()
      await appended(store, newStream(), noStream, newEvents(10))
      let dropped = false
      let handled: unknown = null
      const subscription = store.subscribe({
        after: start,
        maxBatch: 4,
        onEvents: async (_events, upTo) => {
          if (handled !== null) throw new Error("second batch")
          handled = upTo
        },
        onDropped: () => {
          dropped = true
        },
      })
      await eventually("dropped", () => dropped)
      expect(subscription.state().position).toBe(handled)
      await subscription.stop()
    })

    test("waits, when stopped, for the running batch and gives no other", async (store) => {
      const start = await store.head()
      await appended(store, newStream(), noStream, newEvents(10))
      const slow = gate()
      let began = 0
      let finished = 0
      const subscription = store.subscribe({
        after: start,
        maxBatch: 2,
        onEvents: async () => {
          began += 1
          await slow.opened
          finished += 1
        },
      })
      await eventually("the first batch", () => began === 1)
      const stopping = subscription.stop().then(() => finished)
      slow.open()
      expect(await stopping).toBe(1)
      expect(began).toBe(1)
    })

    test("stops at once when idle, and a second stop is harmless", async (store) => {
      const { received, subscription } = collect(store, { after: await store.head() })
      await eventually("live", () => subscription.state().live)
      await subscription.stop()
      await subscription.stop()
      await appended(store, newStream(), noStream, [newEvent()])
      const witness = collect(store, { after: null })
      await eventually("a second subscription has seen it", () => witness.received.length > 0)
      expect(received).toEqual([])
      await witness.subscription.stop()
    })
  })
}
