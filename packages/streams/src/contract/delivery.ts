import { describe, expect, it } from "vitest"
import { expectInOrder, inWorld, message, recorder, series, until, type Engine } from "./world.js"

export const deliveryCases = (engine: Engine): void => {
  describe("delivery", () => {
    it(
      "hands over key, value, headers, topic and time of a message",
      inWorld(engine, 2, async ({ topic, publish, consume }) => {
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(message("31-person", "hello", { type: "ContributionRecorded@1", revision: "7" }))
        await consumer.idle()
        const [got] = reader.seen
        expect(got).toMatchObject({ key: "31-person", topic, headers: { type: "ContributionRecorded@1", revision: "7" } })
        expect(reader.texts()).toEqual(["hello"])
        expect(got!.timestamp).toBeGreaterThan(Date.UTC(2020, 0, 1))
      }),
    )

    it(
      "keeps every byte of binary values, and values of no bytes",
      inWorld(engine, 1, async ({ publish, consume }) => {
        const everyByte = Uint8Array.from({ length: 256 }, (_, n) => n)
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish({ key: "k", value: everyByte, headers: {} }, { key: "k", value: new Uint8Array(0), headers: {} })
        await consumer.idle()
        expect(reader.seen.map(({ value }) => [...value])).toEqual([[...everyByte], []])
      }),
    )

    it(
      "keeps keys and headers in any script",
      inWorld(engine, 3, async ({ publish, consume }) => {
        const keys = ["张三", "ئۇيغۇر", "བོད་", "𠮷野家", "a\u0301", "á", "key with spaces", "👩‍👩‍👧"]
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(...keys.map((key) => message(key, key, { 姓名: key, "": "no name" })))
        await consumer.idle()
        expect(new Set(reader.seen.map(({ key }) => key))).toEqual(new Set(keys))
        for (const { key, headers } of reader.seen) expect(headers).toEqual({ 姓名: key, "": "no name" })
      }),
    )

    it(
      "carries a value of 500 KB between small ones",
      inWorld(engine, 1, async ({ publish, consume }) => {
        const large = Uint8Array.from({ length: 500_000 }, (_, n) => (n * 31) & 0xff)
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish(message("k", "before"), { key: "k", value: large, headers: {} }, message("k", "after"))
        await consumer.idle()
        expect(reader.seen.map(({ value }) => value.length)).toEqual([6, 500_000, 5])
        expect(Buffer.compare(reader.seen[1]!.value, large)).toBe(0)
      }),
    )

    it(
      "takes an empty publish as nothing to do",
      inWorld(engine, 2, async ({ publish, consume }) => {
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        await publish()
        await consumer.idle()
        await publish(message("k", "first"))
        await consumer.idle()
        expect(reader.texts()).toEqual(["first"])
      }),
    )

    it(
      "keeps one key on one partition, with growing offsets",
      inWorld(engine, 4, async ({ publish, consume }) => {
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        for (let round = 0; round < 5; round++) await publish(...series("a", 3, round * 3), ...series("b", 3, round * 3))
        await consumer.idle()
        for (const key of ["a", "b"]) {
          const mine = reader.seen.filter((one) => one.key === key)
          expect(new Set(mine.map(({ partition }) => partition)).size).toBe(1)
          const offsets = mine.map(({ offset }) => offset)
          expect(offsets).toEqual([...new Set(offsets)].toSorted((a, b) => a - b))
        }
      }),
    )

    it(
      "keeps the order of each key under many keys, partitions and concurrent publishers",
      inWorld(engine, 8, async ({ publish, consume }) => {
        const keys = Array.from({ length: 60 }, (_, n) => `person-${n}`)
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch, maxBatch: 17 })
        await Promise.all(
          keys.map(async (key) => {
            for (let round = 0; round < 5; round++) await publish(...series(key, 4, round * 4 + 1))
          }),
        )
        await consumer.idle()
        expectInOrder(
          reader.seen,
          keys.flatMap((key) => series(key, 20)),
        )
      }),
    )

    it(
      "delivers 10,000 messages",
      inWorld(engine, 4, async ({ publish, consume }) => {
        const all = Array.from({ length: 10_000 }, (_, n) => message(`person-${n % 500}`, `message ${n}`))
        const reader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        for (let at = 0; at < all.length; at += 500) await publish(...all.slice(at, at + 500))
        await consumer.idle()
        expectInOrder(reader.seen, all)
      }),
    )

    it(
      "cuts batches at maxBatch and at the borders of partitions",
      inWorld(engine, 3, async ({ publish, consume }) => {
        const batches: { size: number; partitions: number }[] = []
        const consumer = await consume({
          maxBatch: 7,
          onBatch: async (messages) => {
            batches.push({ size: messages.length, partitions: new Set(messages.map(({ partition }) => partition)).size })
          },
        })
        await publish(...Array.from({ length: 200 }, (_, n) => message(`key ${n}`, `${n}`)))
        await consumer.idle()
        expect(Math.max(...batches.map(({ size }) => size))).toBeLessThanOrEqual(7)
        expect(Math.min(...batches.map(({ size }) => size))).toBeGreaterThan(0)
        expect(batches.every(({ partitions }) => partitions === 1)).toBe(true)
      }),
    )

    it(
      "wakes a waiting consumer for each publish",
      inWorld(engine, 2, async ({ publish, consume }) => {
        const reader = recorder()
        await consume({ onBatch: reader.onBatch })
        for (const text of ["one", "two", "three"]) {
          await publish(message("k", text))
          await until(`${text} has arrived`, () => reader.has(text))
        }
      }),
    )

    it(
      "keeps topics apart",
      inWorld(engine, 1, async ({ streams, topic, publish, consume }) => {
        const other = `${topic}-other`
        await streams.ensureTopic(other, 2)
        const reader = recorder()
        const otherReader = recorder()
        const consumer = await consume({ onBatch: reader.onBatch })
        const otherConsumer = await consume({ topic: other, onBatch: otherReader.onBatch })
        await publish(message("k", "here"))
        await streams.publish(other, [message("k", "there")])
        await Promise.all([consumer.idle(), otherConsumer.idle()])
        expect([reader.texts(), otherReader.texts()]).toEqual([["here"], ["there"]])
      }),
    )

    it(
      "lets a topic be ensured again, but not with other partitions",
      inWorld(engine, 3, async ({ streams, topic, publish, consume }) => {
        await publish(message("k", "kept"))
        await streams.ensureTopic(topic, 3)
        await expect(streams.ensureTopic(topic, 4)).rejects.toThrow(/partitions/)
        const reader = recorder()
        await (await consume({ onBatch: reader.onBatch })).idle()
        expect(reader.texts()).toEqual(["kept"])
      }),
    )

    it(
      "refuses to publish to and to consume from a topic nobody created",
      inWorld(engine, 1, async ({ streams, topic }) => {
        const unknown = `${topic}-unknown`
        await expect(streams.publish(unknown, [message("k", "lost")])).rejects.toThrow(/topic/)
        await expect(streams.consume({ topic: unknown, group: "g", onBatch: async () => undefined })).rejects.toThrow(/topic/)
      }),
    )
  })
}
