import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openEmbeddedStreams } from "@tongzhang/streams/embedded/streams"
import { describe, expect, it } from "vitest"
import { prefixedStreams } from "./prefixed.js"

describe("streams with a prefix", () => {
  it("keeps two ledgers on one cluster apart, and neither sees its prefix", async () => {
    const path = mkdtempSync(join(tmpdir(), "prefixed-"))
    const cluster = await openEmbeddedStreams({ path, now: () => 1_000 })
    const seen: Record<string, string[]> = { a: [], b: [] }
    const consumers = await Promise.all(
      (["a", "b"] as const).map(async (name) => {
        const streams = prefixedStreams(cluster, `${name}.`)
        await streams.ensureTopic("facts", 2)
        const onBatch = async (messages: readonly { readonly topic: string; readonly key: string }[]): Promise<void> => {
          for (const { topic, key } of messages) {
            if (key === "bad") throw new Error("refused")
            seen[name]?.push(`${topic}/${key}`)
          }
        }
        const consumer = await streams.consume({ topic: "facts", group: "detector", onBatch, retries: 0, backoff_ms: 1 })
        const send = (key: string) => streams.publish("facts", [{ key, value: new Uint8Array(), headers: {} }])
        await send(`from ${name}`)
        await send("bad")
        return { streams, consumer }
      }),
    )
    for (const { streams, consumer } of consumers) {
      await consumer.idle()
      expect(await streams.deadLetters("facts", "detector", 10)).toMatchObject([
        { topic: "facts", group: "detector", key: "bad" },
      ])
      expect(await streams.replayDeadLetters("facts", "detector", "nobody")).toBe(0)
    }
    expect(seen).toEqual({ a: ["facts/from a"], b: ["facts/from b"] })
    await cluster.close()
    rmSync(path, { recursive: true, force: true })
  })
})
