import { describe, expect, it } from "vitest"
import type { Consumer } from "../port.js"
import { expectInOrder, gate, group, inWorld, message, recorder, series, textsOf, until, type Engine } from "./world.js"

export const positionCases = (engine: Engine): void => {
  describe("flow and position", () => {
    it(
      "rests while paused and goes on when resumed, losing nothing",
      inWorld(engine, 2, async ({ publish, consume }) => {
        const paused = recorder()
        const witness = recorder()
        const consumer = await consume({ onBatch: paused.onBatch })
        const witnessing = await consume({ group: "witness", onBatch: witness.onBatch })
        await publish(...series("k", 3))
        await consumer.idle()
        consumer.pause()
        await publish(...series("k", 3, 4))
        await witnessing.idle()
        expect(witness.seen.length).toBe(6)
        expect(paused.texts()).toEqual(["k:1", "k:2", "k:3"])
        consumer.resume()
        await consumer.idle()
        expectInOrder(paused.seen, series("k", 6))
      }),
    )

    it(
      "waits for the handler: one batch of a partition at a time, however much is published",
      inWorld(engine, 1, async ({ publish, consume }) => {
        const door = gate()
        const begun: number[] = []
        let inFlight = 0
        let most = 0
        const consumer = await consume({
          maxBatch: 10,
          onBatch: async (messages) => {
            begun.push(messages.length)
            most = Math.max(most, ++inFlight)
            await door.opened
            inFlight--
          },
        })
        await publish(...series("k", 50))
        await until("the first batch has begun", () => begun.length > 0)
        const witness = recorder()
        await publish(...series("k", 50, 51))
        await (await consume({ group: "witness", onBatch: witness.onBatch })).idle()
        expect(begun.length).toBe(1)
        door.open()
        await consumer.idle()
        expect(most).toBe(1)
        expect(begun.reduce((sum, size) => sum + size, 0)).toBe(100)
      }),
    )

    it(
      "goes back to an offset and hands over everything from there again",
      inWorld(engine, 1, async ({ publish, consume }) => {
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...series("k", 6))
        await consumer.idle()
        const fourth = reader.seen[3]!
        const before = reader.seen.length
        await consumer.seek(fourth.partition, fourth.offset)
        await until("three messages came again", () => reader.seen.length >= before + 3)
        expect(textsOf(reader.seen.slice(before))).toEqual(["k:4", "k:5", "k:6"])
      }),
    )

    it(
      "goes back to the beginning of every partition",
      inWorld(engine, 3, async ({ publish, consume }) => {
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        const all = ["a", "b", "c", "d", "e"].flatMap((key) => series(key, 4))
        await publish(...all)
        await consumer.idle()
        const before = reader.seen.length
        for (const partition of [0, 1, 2]) await consumer.seek(partition, 0)
        await until("everything came again", () => reader.seen.length >= before + all.length)
        expectInOrder(reader.seen.slice(before), all)
      }),
    )

    it(
      "goes forward to an offset and skips what lies between",
      inWorld(engine, 1, async ({ publish, consume }) => {
        const started = gate()
        const scout = recorder()
        await publish(...series("k", 6))
        await (await consume({ group: "scout", onBatch: scout.onBatch })).idle()
        const fifth = scout.seen[4]!
        const reader = recorder()
        const consumer: Consumer = await consume({
          maxBatch: 1,
          onBatch: async (messages) => {
            await started.opened
            await reader.onBatch(messages)
            if (reader.seen.length === 1) await consumer.seek(fifth.partition, fifth.offset)
          },
        })
        started.open()
        await until("the last one has come", () => reader.has("k:6"))
        expect(reader.texts()).toEqual(["k:1", "k:5", "k:6"])
      }),
    )

    it(
      "takes a seek made inside a batch before the next one",
      inWorld(engine, 1, async ({ publish, consume }) => {
        const reader = recorder()
        let seeks = 0
        const consumer = await consume({
          maxBatch: 2,
          onBatch: async (messages) => {
            await reader.onBatch(messages)
            if (reader.has("k:4") && seeks++ === 0) await consumer.seek(0, reader.seen[0]!.offset)
          },
        })
        await publish(...series("k", 4))
        await until("everything came twice", () => reader.seen.length >= 8)
        expect(reader.texts()).toEqual([...textsOf(series("k", 4)), ...textsOf(series("k", 4))])
      }),
    )

    it(
      "counts the messages behind and their age, and says 0 when caught up",
      inWorld(engine, 3, async ({ publish, consume }) => {
        const consumer = await consume({ onBatch: recorder().onBatch })
        expect(await consumer.lag()).toEqual({ gap: 0, lag_seconds: 0 })
        consumer.pause()
        await publish(...["a", "b", "c"].flatMap((key) => series(key, 3)))
        const behind = await consumer.lag()
        // Engines may count records of their own between messages.
        expect(behind.gap).toBeGreaterThanOrEqual(9)
        await until("the lag has grown", async () => (await consumer.lag()).lag_seconds > Math.max(0, behind.lag_seconds))
        consumer.resume()
        await consumer.idle()
        expect(await consumer.lag()).toEqual({ gap: 0, lag_seconds: 0 })
      }),
    )

    it(
      "is idle at once when there is nothing, and not before a running batch has ended",
      inWorld(engine, 2, async ({ publish, consume }) => {
        const door = gate()
        const reader = recorder(() => door.opened)
        const consumer = await consume({ onBatch: reader.onBatch })
        await consumer.idle()
        await publish(message("k", "slow"))
        let idle = false
        const becoming = consumer.idle().then(() => (idle = true))
        await (await consume({ group: "witness", onBatch: recorder().onBatch })).idle()
        expect(idle).toBe(false)
        door.open()
        await becoming
        expect(reader.texts()).toEqual(["slow"])
      }),
    )

    it(
      "stops only when the running batch has ended, and takes no other",
      inWorld(engine, 1, async ({ publish, consume }) => {
        const door = gate()
        let begun = 0
        const reader = recorder()
        const consumer = await consume({
          maxBatch: 1,
          onBatch: async (messages) => {
            begun++
            await door.opened
            await reader.onBatch(messages)
          },
        })
        await publish(...series("k", 3))
        await until("a batch runs", () => begun > 0)
        const stopping = consumer.stop()
        door.open()
        await stopping
        expect(reader.texts()).toEqual(["k:1"])
        const next = recorder()
        await (await consume({ group, onBatch: next.onBatch })).idle()
        expectInOrder([...reader.seen, ...next.seen], series("k", 3))
        expect(begun).toBe(1)
      }),
    )
  })
}
