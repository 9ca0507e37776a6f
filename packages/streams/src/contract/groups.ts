import { describe, expect, it } from "vitest"
import type { Message } from "../port.js"
import { expectInOrder, group, inWorld, recorder, series, until, type Engine } from "./world.js"

export const groupCases = (engine: Engine): void => {
  describe("groups", () => {
    it(
      "gives each of two groups everything",
      inWorld(engine, 3, async ({ publish, consume }) => {
        const readers = [recorder(), recorder()]
        const consumers = [
          await consume({ group: "one", onBatch: readers[0]!.onBatch }),
          await consume({ group: "two", onBatch: readers[1]!.onBatch }),
        ]
        const all = ["a", "b", "c"].flatMap((key) => series(key, 10))
        await publish(...all)
        await Promise.all(consumers.map((consumer) => consumer.idle()))
        for (const reader of readers) expectInOrder(reader.seen, all)
      }),
    )

    it(
      "starts a new group at the earliest message by default",
      inWorld(engine, 2, async ({ publish, consume }) => {
        const all = series("k", 5)
        await publish(...all)
        const reader = recorder()
        await (await consume({ onBatch: reader.onBatch })).idle()
        expectInOrder(reader.seen, all)
      }),
    )

    it(
      "starts a group at latest with what comes after it has joined",
      inWorld(engine, 2, async ({ publish, consume }) => {
        await publish(...series("old", 5))
        const reader = recorder()
        const consumer = await consume({ startAt: "latest", onBatch: reader.onBatch })
        await publish(...series("new", 5))
        await consumer.idle()
        expectInOrder(reader.seen, series("new", 5))
      }),
    )

    it(
      "does not let a group that started at latest skip what was published while it was away",
      inWorld(engine, 2, async ({ publish, consume }) => {
        await publish(...series("old", 3))
        await (await consume({ startAt: "latest", onBatch: recorder().onBatch })).stop()
        await publish(...series("meanwhile", 3))
        const reader = recorder()
        await (await consume({ startAt: "latest", onBatch: reader.onBatch })).idle()
        expectInOrder(reader.seen, series("meanwhile", 3))
      }),
    )

    it("does not let it skip them either when the engine was away", async (context) => {
      await inWorld(engine, 2, async (world) => {
        await world.publish(...series("old", 3))
        await world.consume({ startAt: "latest", onBatch: recorder().onBatch })
        if (!(await world.restart())) context.skip()
        await world.publish(...series("meanwhile", 3))
        const reader = recorder()
        await (await world.consume({ startAt: "latest", onBatch: reader.onBatch })).idle()
        expectInOrder(reader.seen, series("meanwhile", 3))
      })()
    })

    it(
      "goes on after the last commit when the consumer comes back",
      inWorld(engine, 2, async ({ publish, consume }) => {
        await publish(...series("k", 5))
        const first = await consume({ onBatch: recorder().onBatch })
        await first.idle()
        await first.stop()
        await publish(...series("k", 5, 6))
        const reader = recorder()
        await (await consume({ onBatch: reader.onBatch })).idle()
        expect(reader.texts()).toEqual(["k:6", "k:7", "k:8", "k:9", "k:10"])
      }),
    )

    it("goes on after the last commit when the engine comes back", async (context) => {
      await inWorld(engine, 2, async (world) => {
        await world.publish(...series("k", 5))
        await (await world.consume({ onBatch: recorder().onBatch })).idle()
        await world.publish(...series("other", 2))
        if (!(await world.restart())) context.skip()
        await world.publish(...series("k", 5, 6))
        const reader = recorder()
        await (await world.consume({ onBatch: reader.onBatch })).idle()
        expect(reader.texts().filter((text) => text.startsWith("k"))).toEqual(["k:6", "k:7", "k:8", "k:9", "k:10"])
      })()
    })

    it("keeps topics and messages over a restart of the engine", async (context) => {
      await inWorld(engine, 4, async (world) => {
        const all = ["a", "b", "c", "d"].flatMap((key) => series(key, 25))
        await world.publish(...all)
        if (!(await world.restart())) context.skip()
        await world.streams.ensureTopic(world.topic, 4)
        const reader = recorder()
        await (await world.consume({ onBatch: reader.onBatch })).idle()
        expectInOrder(reader.seen, all)
      })()
    })

    it(
      "divides the partitions among two consumers of a group, loses nothing, keeps the order of keys",
      inWorld(engine, 6, async ({ publish, consume }) => {
        const left = recorder()
        const right = recorder()
        const both: typeof left.seen = []
        const sharing = (mine: typeof left) => async (messages: Parameters<typeof mine.onBatch>[0]) => {
          await mine.onBatch(messages)
          both.push(...messages)
        }
        const leftConsumer = await consume({ onBatch: sharing(left) })
        await consume({ onBatch: sharing(right) })
        const keys = Array.from({ length: 30 }, (_, n) => `person-${n}`)
        const all: Message[] = []
        await until("both have work", async () => {
          const round = keys.flatMap((key) => series(key, 1, all.length / keys.length + 1))
          all.push(...round)
          await publish(...round)
          await leftConsumer.idle()
          return left.seen.length > 0 && right.seen.length > 0
        })
        expectInOrder(both, all)
      }),
    )

    it(
      "hands the partitions of a stopped consumer over to the other one, in the middle of the flow",
      inWorld(engine, 4, async ({ publish, consume }) => {
        const both = recorder()
        const leaving = await consume({ maxBatch: 5, onBatch: both.onBatch })
        const staying = await consume({ maxBatch: 5, onBatch: both.onBatch })
        const keys = Array.from({ length: 20 }, (_, n) => `person-${n}`)
        const all = Array.from({ length: 10 }, (_, round) => keys.flatMap((key) => series(key, 1, round + 1)))
        for (const [round, messages] of all.entries()) {
          await publish(...messages)
          if (round === 5) await leaving.stop()
        }
        await staying.idle()
        expectInOrder(both.seen, all.flat())
      }),
    )

    it(
      "gives a second group everything again, from the earliest, while the first goes on",
      inWorld(engine, 2, async ({ publish, consume }) => {
        const first = recorder()
        const consumer = await consume({ onBatch: first.onBatch })
        await publish(...series("k", 20))
        await consumer.idle()
        const again = recorder()
        await (await consume({ group: `${group}-again`, onBatch: again.onBatch })).idle()
        expect(again.texts()).toEqual(first.texts())
      }),
    )
  })
}
