/** What a store must still know after it was closed, and what it must be able to hold. */
import { createHash } from "node:crypto"
import { describe, expect } from "vitest"
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
  readWhole,
  storeCase,
} from "./support.js"
import type { StoreUnderTest } from "./support.js"

const digest = (bytes: Uint8Array | undefined): string =>
  createHash("sha256")
    .update(bytes ?? "")
    .digest("hex")

export const durabilityCases = (subject: StoreUnderTest): void => {
  const test = storeCase(subject)

  describe("reopened", () => {
    test("the store has the same events at the same positions", async (store, { reopen }) => {
      if (reopen === undefined) return
      const start = await store.head()
      const { streams } = newFamily(20)
      await Promise.all(streams.map((stream) => appended(store, stream, noStream, newEvents(3))))
      const before = await readLogAfter(store, start, 100)
      const head = await store.head()
      const again = await reopen()
      const after = await readLogAfter(again, start, 100)
      expect(after.map(contentOf)).toEqual(before.map(contentOf))
      expect(after.map(({ position }) => position)).toEqual(before.map(({ position }) => position))
      expect(await again.head()).toBe(head)
    })

    test("it goes on at the revision where it stood", async (store, { reopen }) => {
      if (reopen === undefined) return
      const stream = newStream()
      await appended(store, stream, noStream, newEvents(3))
      const again = await reopen()
      expect(await again.append(stream, noStream, [newEvent()])).toEqual({ kind: "conflict", actual: 2 })
      expect(await again.append(stream, 2, [newEvent()])).toMatchObject({ kind: "appended", revision: 3 })
    })

    test("it recognises a retry of what was written before", async (store, { reopen }) => {
      if (reopen === undefined) return
      const stream = newStream()
      const events = newEvents(2)
      const { position } = await appended(store, stream, noStream, events)
      const again = await reopen()
      expect(await again.append(stream, noStream, events)).toEqual({ kind: "already_there", revision: 1, position })
    })
  })

  describe("content", () => {
    test("an event of 900 KB comes back whole, among small ones", async (store) => {
      const start = await store.head()
      const stream = newStream()
      const data = Buffer.alloc(900 * 1024, "职工基本养老保险")
      const events = [newEvent(), { ...newEvent(), data }, newEvent()]
      for (const [index, event] of events.entries()) await appended(store, stream, index - 1, [event])
      const read = await readWhole(store, stream)
      expect(read.map((event) => digest(event.data))).toEqual(events.map((event) => digest(event.data)))
      const fromLog = await readLogAfter(store, start, 2)
      expect(fromLog.map((event) => digest(event.data))).toEqual(events.map((event) => digest(event.data)))
    })

    test("Chinese, emoji and rare characters in type, data and metadata come back", async (store) => {
      const stream = newStream()
      const text = "张𠮷野 · 灵活就业 · 🧧 · \u0000 · é"
      const event = { ...newEvent(text, "缴费已记录@1"), metadata: Buffer.from(JSON.stringify({ 经办人: "王㐂" })) }
      await appended(store, stream, noStream, [event])
      expect((await readWhole(store, stream)).map(contentOf)).toEqual([contentOf(event)])
    })

    test("an event with the smallest of contents comes back", async (store) => {
      const stream = newStream()
      const event = { ...newEvent(), data: Buffer.from("{}"), metadata: new Uint8Array(0) }
      await appended(store, stream, noStream, [event])
      expect((await readWhole(store, stream)).map(contentOf)).toEqual([contentOf(event)])
    })

    test("a stream of 5,000 events reads whole, in part and from its end", async (store) => {
      const stream = newStream()
      const events = newEvents(5_000)
      for (let at = 0; at < events.length; at += 250) await appended(store, stream, at - 1, events.slice(at, at + 250))
      expect(idsOf(await readWhole(store, stream))).toEqual(idsOf(events))
      const middle = await store.readStream(stream, { direction: "forwards", from: 2_400, max: 300 })
      expect(idsOf(middle)).toEqual(idsOf(events.slice(2_400, 2_700)))
      const end = await store.readStream(stream, { direction: "backwards", max: 2 })
      expect(end.map(({ revision }) => revision)).toEqual([4_999, 4_998])
    })
  })
}
