/**
 * A group whose member is killed again and again while it joins. The broker knows of no death: each of them stays in the group until
 * its session ends, and one that had just been made leader holds the others up once more. With sessions of 30 s and rebalances of
 * 60 s, the defaults before, the last one waited up to 58 s here, and on a busier machine longer than the 90 s that `consume` has
 * patience (REJOIN_SESSION_MS=30000 REJOIN_REBALANCE_MS=60000 shows it).
 */
import { randomUUID } from "node:crypto"
import { fileURLToPath } from "node:url"
import { setTimeout as sleep } from "node:timers/promises"
import { defaultLimits } from "@tongzhang/streams/kafka/connection"
import { openKafkaStreams } from "@tongzhang/streams/kafka/streams"
import { expect, it } from "vitest"
import { against, kafka } from "./engines.js"
import { run } from "./processes.js"

const child = fileURLToPath(new URL("faults/member-child.mjs", import.meta.url))
/** From where the connection stands: killed before, in the midst of and after joining. */
const lives_ms = [700, 1_500, 2_500, 900, 3_500, 1_200]

against("a group whose members are killed while they join", await kafka(), (brokers) => {
  const session_ms = Number(process.env["REJOIN_SESSION_MS"] ?? defaultLimits.sessionTimeout_ms)
  const rebalance_ms = Number(process.env["REJOIN_REBALANCE_MS"] ?? defaultLimits.rebalanceTimeout_ms)

  it("gives its partitions to the last one in less than half the patience of `consume`", async () => {
    const limits = { sessionTimeout_ms: session_ms, rebalanceTimeout_ms: rebalance_ms }
    const streams = await openKafkaStreams({ brokers, clientId: "rejoin", ...limits })
    const topic = `rejoin-${randomUUID()}`
    try {
      await streams.ensureTopic(topic, 8)
      for (const life_ms of lives_ms) {
        const member = run(child, [brokers.join(","), topic, JSON.stringify(limits)], {}, (line) =>
          line === "opened" ? line : null,
        )
        await member.url
        await sleep(life_ms)
        member.child.kill("SIGKILL")
        await member.ended
      }
      const began = performance.now()
      await streams.consume({ topic, group: "g", onBatch: async () => undefined })
      const waited_ms = performance.now() - began
      console.log(`the last of ${lives_ms.length + 1} members waited ${Math.round(waited_ms / 100) / 10} s`)
      expect(waited_ms).toBeLessThan(defaultLimits.joinPatience_ms / 2)
    } finally {
      await streams.close()
    }
  }, 240_000)
})
