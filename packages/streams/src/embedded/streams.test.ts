import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { Streams } from "../port.js"
import { streamsContract } from "../contract.js"
import { gate, message, recorder, series, until } from "../contract/world.js"
import { openEmbeddedStreams, type EmbeddedStreamsOptions } from "./streams.js"

streamsContract("embedded (LMDB)", {
  open: async () => {
    const path = await mkdtemp(join(tmpdir(), "tongzhang-streams-"))
    let streams = await openEmbeddedStreams({ path })
    return {
      streams,
      reopen: async () => {
        await streams.close()
        streams = await openEmbeddedStreams({ path })
        return streams
      },
      cleanup: async () => {
        await streams.close()
        await rm(path, { recursive: true, force: true })
      },
    }
  },
})

const inFolder = (run: (path: string) => Promise<void>) => async () => {
  const path = await mkdtemp(join(tmpdir(), "tongzhang-streams-"))
  try {
    await run(path)
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

const withStreams = (options: Omit<EmbeddedStreamsOptions, "path">, run: (streams: Streams) => Promise<void>) =>
  inFolder(async (path) => {
    const streams = await openEmbeddedStreams({ path, ...options })
    await streams.ensureTopic("facts", 4)
    await run(streams)
    await streams.close()
  })

describe("embedded streams", () => {
  it(
    "stamps messages and tells the lag by the clock it was given",
    withStreams({ now: () => clock.now }, async (streams) => {
      clock.now = 1_000_000
      const reader = recorder()
      const consumer = await streams.consume({ topic: "facts", group: "g", onBatch: reader.onBatch })
      consumer.pause()
      await streams.publish("facts", [message("k", "first")])
      clock.now += 30_000
      await streams.publish("facts", [message("k", "second"), message("other", "third")])
      clock.now += 12_000
      expect(await consumer.lag()).toEqual({ gap: 3, lag_seconds: 42 })
      consumer.resume()
      await consumer.idle()
      expect(reader.seen.map(({ timestamp }) => timestamp).toSorted((a, b) => a - b)).toEqual([1_000_000, 1_030_000, 1_030_000])
    }),
  )

  it(
    "counts released dead letters as lag until they are handled",
    withStreams({ now: () => clock.now }, async (streams) => {
      clock.now = 5_000
      const consumer = await streams.consume({
        topic: "facts",
        group: "g",
        retries: 0,
        onBatch: async () => {
          throw new Error("never")
        },
      })
      await streams.publish("facts", series("k", 3))
      await consumer.idle()
      expect((await consumer.lag()).gap).toBe(0)
      consumer.pause()
      await streams.replayDeadLetters("facts", "g")
      clock.now += 7_000
      expect(await consumer.lag()).toEqual({ gap: 3, lag_seconds: 7 })
    }),
  )

  it(
    "runs batches of different partitions side by side",
    withStreams({}, async (streams) => {
      const door = gate()
      const partitions = new Set<number>()
      const consumer = await streams.consume({
        topic: "facts",
        group: "g",
        onBatch: async (messages) => {
          for (const { partition } of messages) partitions.add(partition)
          await door.opened
        },
      })
      await streams.publish(
        "facts",
        Array.from({ length: 50 }, (_, n) => message(`person-${n}`, `${n}`)),
      )
      await until("all four partitions run", () => partitions.size === 4)
      door.open()
      await consumer.idle()
    }),
  )

  it(
    "copies what it is given: a buffer may be used again without waiting",
    withStreams({}, async (streams) => {
      const value = Buffer.from("as published")
      const published = streams.publish("facts", [{ key: "k", value, headers: {} }])
      value.fill(0)
      await published
      const reader = recorder()
      await (await streams.consume({ topic: "facts", group: "g", onBatch: reader.onBatch })).idle()
      expect(reader.texts()).toEqual(["as published"])
    }),
  )

  it(
    "refuses a message over the limit, and with it the whole call",
    withStreams({ maxMessage_bytes: 10 }, async (streams) => {
      const reader = recorder()
      const consumer = await streams.consume({ topic: "facts", group: "g", onBatch: reader.onBatch })
      await expect(streams.publish("facts", [message("k", "small"), message("k", "much too large")])).rejects.toThrow(
        /limit of 10/,
      )
      await streams.publish("facts", [message("k", "ten bytes!")])
      await consumer.idle()
      expect(reader.texts()).toEqual(["ten bytes!"])
    }),
  )

  it(
    "refuses names, partitions and offsets that are none",
    withStreams({}, async (streams) => {
      await expect(streams.ensureTopic("a b", 1)).rejects.toThrow(/topic name/)
      await expect(streams.ensureTopic("none", 0)).rejects.toThrow(/partitions/)
      await expect(streams.consume({ topic: "facts", group: "", onBatch: recorder().onBatch })).rejects.toThrow(/group name/)
      const consumer = await streams.consume({ topic: "facts", group: "g", onBatch: recorder().onBatch })
      await expect(consumer.seek(4, 0)).rejects.toThrow(/no partition 4/)
      await expect(consumer.seek(0, -1)).rejects.toThrow(/offset/)
    }),
  )

  it(
    "does not open a group by asking for the replay of one that never was",
    withStreams({}, async (streams) => {
      await streams.publish("facts", series("old", 2))
      expect(await streams.replayDeadLetters("facts", "later")).toBe(0)
      const reader = recorder()
      const consumer = await streams.consume({ topic: "facts", group: "later", startAt: "latest", onBatch: reader.onBatch })
      await streams.publish("facts", series("new", 1))
      await consumer.idle()
      expect(reader.texts()).toEqual(["new:1"])
    }),
  )

  it(
    "ends waiting for idle when the consumer is stopped",
    withStreams({}, async (streams) => {
      const consumer = await streams.consume({ topic: "facts", group: "g", onBatch: recorder().onBatch })
      consumer.pause()
      await streams.publish("facts", series("k", 1))
      const waiting = expect(consumer.idle()).rejects.toThrow(/stopped/)
      await consumer.stop()
      await waiting
      await expect(consumer.idle()).rejects.toThrow(/stopped/)
    }),
  )

  it(
    "has its commits on disk when it says it is idle, and when it says it is stopped",
    inFolder(async (path) => {
      const streams = await openEmbeddedStreams({ path: join(path, "live") })
      await streams.ensureTopic("facts", 2)
      const consumer = await streams.consume({ topic: "facts", group: "g", onBatch: recorder().onBatch })
      await streams.publish("facts", series("k", 3))
      await consumer.idle()
      expect(await unhandledIn(path, "idle")).toEqual([])
      const door = gate()
      let begun = false
      consumer.pause()
      const other = await streams.consume({
        topic: "facts",
        group: "h",
        onBatch: async () => {
          begun = true
          await door.opened
        },
      })
      await until("a batch runs", () => begun)
      const stopping = other.stop()
      door.open()
      await stopping
      expect(await unhandledIn(path, "stopped", "h")).toEqual([])
      await streams.close()
    }),
  )

  it(
    "answers calls after close with an error",
    inFolder(async (path) => {
      const streams = await openEmbeddedStreams({ path })
      await streams.ensureTopic("facts", 1)
      const last = streams.publish("facts", series("k", 2))
      await Promise.all([streams.close(), streams.close()])
      await last
      await expect(streams.publish("facts", series("k", 1))).rejects.toThrow(/closed/)
      await expect(streams.deadLetters("facts", "g", 1)).rejects.toThrow(/closed/)
    }),
  )
})

/** What a process killed now would hand over again: opens a copy of the folder as it lies on the disk. */
const unhandledIn = async (path: string, copy: string, group = "g"): Promise<string[]> => {
  await mkdir(join(path, copy))
  await copyFile(join(path, "live", "data.mdb"), join(path, copy, "data.mdb"))
  const streams = await openEmbeddedStreams({ path: join(path, copy) })
  const reader = recorder()
  await (await streams.consume({ topic: "facts", group, onBatch: reader.onBatch })).idle()
  await streams.close()
  return reader.texts()
}

const clock = { now: 0 }
