import { describe, expect, it } from "vitest"
import type { Delivered } from "../port.js"
import { expectInOrder, group, inWorld, message, recorder, series, textOf, textsOf, until, type Engine } from "./world.js"

/** An effect that refuses the messages with these texts. */
export const refusing =
  (...texts: readonly string[]) =>
  (one: Delivered): void => {
    if (texts.includes(textOf(one))) throw new Error(`cannot handle ${textOf(one)}`)
  }

export const failureCases = (engine: Engine): void => {
  describe("failures", () => {
    it(
      "tries a batch again until it succeeds, and parks nothing",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        let failures = 2
        const reader = recorder(() => {
          if (failures-- > 0) throw new Error("the database is away")
        })
        const consumer = await consume({ retries: 3, onBatch: reader.onBatch })
        await publish(...series("k", 5))
        await consumer.idle()
        expectInOrder(reader.seen, series("k", 5))
        expect(await streams.deadLetters(topic, group, 10)).toEqual([])
      }),
    )

    it(
      "waits out an engine that is away, however long, and tells whom it parks",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        let away = 20
        const told: string[] = []
        const reader = recorder(refusing("bad:1"))
        const consumer = await consume({
          retries: 1,
          backoff_ms: 1,
          waitsOut: (cause) => String(cause).includes("away"),
          onParked: (parked) => void told.push(...parked.map(({ message, attempts }) => `${textOf(message)} ${attempts > 0}`)),
          onBatch: async (messages) => {
            if (away-- > 0) throw new Error("the database is away")
            await reader.onBatch(messages)
          },
        })
        await publish(...series("k", 3), ...series("bad", 2))
        await consumer.idle()
        expectInOrder(reader.seen, series("k", 3))
        expect(textsOf(await streams.deadLetters(topic, group, 10))).toEqual(["bad:1", "bad:2"])
        expect(told).toEqual(["bad:1 true", "bad:2 false"])
      }),
    )

    it(
      "commits after the effect: what a stopped consumer had not done, the next one gets",
      inWorld(engine, 1, async ({ publish, consume }) => {
        let attempts = 0
        const failing = await consume({
          retries: 1_000_000,
          onBatch: async () => {
            attempts++
            throw new Error("no effect")
          },
        })
        await publish(...series("k", 3))
        await until("it was tried", () => attempts > 1)
        await failing.stop()
        const reader = recorder()
        await (await consume({ onBatch: reader.onBatch })).idle()
        expectInOrder(reader.seen, series("k", 3))
      }),
    )

    it("hands over again what had no effect when the engine went down", async (context) => {
      await inWorld(engine, 1, async (world) => {
        let attempts = 0
        await world.consume({
          retries: 1_000_000,
          onBatch: async () => {
            attempts++
            throw new Error("no effect")
          },
        })
        await world.publish(...series("k", 3))
        await until("it was tried", () => attempts > 1)
        if (!(await world.restart())) context.skip()
        const reader = recorder()
        await (await world.consume({ onBatch: reader.onBatch })).idle()
        expectInOrder(reader.seen, series("k", 3))
      })()
    })

    it(
      "stops only the key of a message that cannot be handled",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const reader = recorder(refusing("bad:2"))
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...[1, 2, 3, 4].flatMap((n) => [...series("bad", 1, n), ...series("good", 1, n)]))
        await consumer.idle()
        expectInOrder(reader.seen, [...series("bad", 1), ...series("good", 4)])
        expect(textsOf(await streams.deadLetters(topic, group, 10))).toEqual(["bad:2", "bad:3", "bad:4"])
      }),
    )

    it(
      "parks later messages of a stopped key too, while others pass",
      inWorld(engine, 2, async ({ streams, topic, publish, consume }) => {
        const reader = recorder(refusing("bad:1"))
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...series("bad", 1))
        await consumer.idle()
        await publish(...series("bad", 2, 2), ...series("good", 2))
        await consumer.idle()
        expectInOrder(reader.seen, series("good", 2))
        expect(textsOf(await streams.deadLetters(topic, group, 10))).toEqual(["bad:1", "bad:2", "bad:3"])
      }),
    )

    it(
      "stops several keys independently",
      inWorld(engine, 3, async ({ streams, topic, publish, consume }) => {
        const reader = recorder(refusing("a:2", "c:1"))
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...["a", "b", "c", "d"].flatMap((key) => series(key, 3)))
        await consumer.idle()
        expectInOrder(reader.seen, [...series("a", 1), ...series("b", 3), ...series("d", 3)])
        const parked = textsOf(await streams.deadLetters(topic, group, 10))
        expect(parked.toSorted()).toEqual(["a:2", "a:3", "c:1", "c:2", "c:3"])
      }),
    )

    it(
      "tells what was parked, why, and how often it was tried",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const consumer = await consume({ retries: 2, onBatch: recorder(refusing("odd")).onBatch })
        await publish(message("张三", "odd", { type: "LegClosed@1" }))
        await consumer.idle()
        const [letter, ...more] = await streams.deadLetters(topic, group, 10)
        expect(more).toEqual([])
        expect(letter).toMatchObject({ key: "张三", headers: { type: "LegClosed@1" }, topic, group, partition: 0 })
        expect(textOf(letter!)).toBe("odd")
        expect(letter!.cause).toContain("cannot handle odd")
        expect(letter!.attempts).toBeGreaterThanOrEqual(3)
        expect(letter!.parkedAt).toBeGreaterThanOrEqual(letter!.timestamp)
      }),
    )

    it(
      "lists at most as many dead letters as asked for, the oldest of a key first",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const consumer = await consume({ onBatch: recorder(refusing("k:1")).onBatch })
        await publish(...series("k", 9))
        await consumer.idle()
        expect(textsOf(await streams.deadLetters(topic, group, 4))).toEqual(["k:1", "k:2", "k:3", "k:4"])
      }),
    )

    it(
      "does not let the failure of one group touch another",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const healthy = recorder()
        const failing = await consume({ group: "failing", onBatch: recorder(refusing("k:1")).onBatch })
        const consumer = await consume({ group: "healthy", onBatch: healthy.onBatch })
        await publish(...series("k", 3))
        await Promise.all([failing.idle(), consumer.idle()])
        expectInOrder(healthy.seen, series("k", 3))
        expect(await streams.deadLetters(topic, "healthy", 10)).toEqual([])
        expect((await streams.deadLetters(topic, "failing", 10)).length).toBe(3)
      }),
    )

    it("keeps a key stopped over a restart of the engine", async (context) => {
      await inWorld(engine, 2, async (world) => {
        const first = await world.consume({ onBatch: recorder(refusing("bad:1")).onBatch })
        await world.publish(...series("bad", 2))
        await first.idle()
        if (!(await world.restart())) context.skip()
        const reader = recorder()
        const consumer = await world.consume({ onBatch: reader.onBatch })
        await world.publish(...series("bad", 1, 3), ...series("good", 1))
        await consumer.idle()
        expectInOrder(reader.seen, series("good", 1))
        expect(textsOf(await world.streams.deadLetters(world.topic, group, 10))).toEqual(["bad:1", "bad:2", "bad:3"])
      })()
    })

    it(
      "parks a message once, though it is delivered again",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const reader = recorder(refusing("bad:1"))
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...series("bad", 2), ...series("good", 1))
        await consumer.idle()
        const good = reader.seen.length
        await consumer.seek(0, 0)
        await until("it has come again", () => reader.seen.length > good)
        await consumer.idle()
        const letters = await streams.deadLetters(topic, group, 10)
        expect(textsOf(letters)).toEqual(["bad:1", "bad:2"])
        expect(letters[0]!.cause).toContain("cannot handle bad:1")
      }),
    )
  })
}
