import { describe, expect, it } from "vitest"
import type { Delivered } from "../port.js"
import { expectInOrder, group, inWorld, recorder, series, textOf, textsOf, until, type Engine } from "./world.js"

/** An effect that refuses some messages until it is healed. */
const healable = (...texts: readonly string[]) => {
  const refused = new Set(texts)
  return {
    refused,
    effect: (one: Delivered) => {
      if (refused.has(textOf(one))) throw new Error(`cannot handle ${textOf(one)}`)
    },
  }
}

export const replayCases = (engine: Engine): void => {
  describe("replay of dead letters", () => {
    it(
      "hands parked messages over again in order, and the key goes on",
      inWorld(engine, 2, async ({ streams, topic, publish, consume }) => {
        const { refused, effect } = healable("bad:2")
        const reader = recorder(effect)
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...series("bad", 5), ...series("good", 2))
        await consumer.idle()
        refused.clear()
        expect(await streams.replayDeadLetters(topic, group)).toBe(4)
        await until("nothing is parked", async () => (await streams.deadLetters(topic, group, 1)).length === 0)
        await publish(...series("bad", 2, 6))
        await consumer.idle()
        expectInOrder(reader.seen, [...series("bad", 7), ...series("good", 2)])
      }),
    )

    it(
      "replays one key and leaves the others parked",
      inWorld(engine, 2, async ({ streams, topic, publish, consume }) => {
        const { refused, effect } = healable("a:1", "b:1")
        const reader = recorder(effect)
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...series("a", 2), ...series("b", 2))
        await consumer.idle()
        refused.clear()
        expect(await streams.replayDeadLetters(topic, group, "b")).toBe(2)
        await until("b has been handled", () => reader.has("b:2"))
        await consumer.idle()
        expectInOrder(reader.seen, series("b", 2))
        expect(textsOf(await streams.deadLetters(topic, group, 10))).toEqual(["a:1", "a:2"])
      }),
    )

    it(
      "parks again what still cannot be handled, and what follows it",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const { refused, effect } = healable("k:1")
        const reader = recorder(effect)
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...series("k", 4))
        await consumer.idle()
        refused.clear()
        refused.add("k:3")
        await streams.replayDeadLetters(topic, group)
        await until("the first two are through", () => reader.has("k:2"))
        await consumer.idle()
        await until("two are left", async () => (await streams.deadLetters(topic, group, 10)).length === 2)
        await publish(...series("k", 1, 5))
        await consumer.idle()
        expect(textsOf(await streams.deadLetters(topic, group, 10))).toEqual(["k:3", "k:4", "k:5"])
        refused.clear()
        await streams.replayDeadLetters(topic, group)
        await until("the last is through", () => reader.has("k:5"))
        expectInOrder(reader.seen, series("k", 5))
      }),
    )

    it(
      "says 0 when nothing is parked",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const consumer = await consume({ onBatch: recorder().onBatch })
        await publish(...series("k", 2))
        await consumer.idle()
        expect(await streams.replayDeadLetters(topic, group)).toBe(0)
        expect(await streams.replayDeadLetters(topic, group, "k")).toBe(0)
      }),
    )

    it(
      "keeps released messages until a consumer runs",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const failing = await consume({ onBatch: recorder(healable("k:1").effect).onBatch })
        await publish(...series("k", 3))
        await failing.idle()
        await failing.stop()
        expect(await streams.replayDeadLetters(topic, group)).toBe(3)
        const reader = recorder()
        await consume({ onBatch: reader.onBatch })
        await until("all are handled", () => reader.has("k:3"))
        expectInOrder(reader.seen, series("k", 3))
      }),
    )

    it("replays after a restart of the engine", async (context) => {
      await inWorld(engine, 2, async (world) => {
        const failing = await world.consume({ onBatch: recorder(healable("k:1").effect).onBatch })
        await world.publish(...series("k", 3))
        await failing.idle()
        if (!(await world.restart())) context.skip()
        expect(await world.streams.replayDeadLetters(world.topic, group)).toBe(3)
        if (!(await world.restart())) context.skip()
        const reader = recorder()
        await world.consume({ onBatch: reader.onBatch })
        await until("all are handled", () => reader.has("k:3"))
        expectInOrder(reader.seen, series("k", 3))
      })()
    })

    it("goes on with a replay that a restart of the engine interrupted", async (context) => {
      await inWorld(engine, 1, async (world) => {
        const { refused, effect } = healable("k:1")
        const before = recorder(effect)
        const consumer = await world.consume({ onBatch: before.onBatch })
        await world.publish(...series("k", 6))
        await consumer.idle()
        await consumer.stop()
        refused.clear()
        let tries = 0
        await world.consume({
          maxBatch: 2,
          onBatch: async (messages) => {
            if (before.has("k:2")) {
              tries++
              throw new Error("the database is away")
            }
            await before.onBatch(messages)
          },
          retries: 1_000_000,
        })
        await world.streams.replayDeadLetters(world.topic, group)
        await until("the first two are through and the rest is tried", () => tries > 0)
        if (!(await world.restart())) context.skip()
        const after = recorder()
        await world.consume({ onBatch: after.onBatch })
        await until("the rest is through", () => after.has("k:6"))
        expectInOrder([...before.seen, ...after.seen], series("k", 6))
      })()
    })

    it(
      "replays more messages than fit one batch",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const { refused, effect } = healable("a:1", "b:5")
        const reader = recorder(effect)
        const consumer = await consume({ maxBatch: 4, onBatch: reader.onBatch })
        await publish(...series("a", 15), ...series("b", 15))
        await consumer.idle()
        refused.clear()
        await streams.replayDeadLetters(topic, group)
        await until("nothing is parked", async () => (await streams.deadLetters(topic, group, 1)).length === 0)
        expectInOrder(reader.seen, [...series("a", 15), ...series("b", 15)])
      }),
    )
  })
}
