import { createLogger } from "@tongzhang/service-kit/logger"
import { describe, expect, it } from "vitest"
import { openPatiently } from "./host.js"

const world = (patience_ms: number) => {
  let now = 0
  const closed: string[] = []
  const parts: { readonly name: string; readonly close: () => Promise<unknown> }[] = []
  const stopping = new AbortController()
  const clock = { now: () => now, sleep: async (ms: number) => void (now += ms) }
  const shutdown = { add: (name: string, close: () => Promise<unknown>) => void parts.push({ name, close }) }
  const open = openPatiently(
    { clock, logger: createLogger({ service: "t", level: "silent" }) },
    shutdown,
    patience_ms,
    stopping.signal,
  )
  const engine = (answersAt_ms: number) => async () => {
    if (now < answersAt_ms) throw new Error("connect ECONNREFUSED")
    return { close: async () => void closed.push("closed"), openedAt_ms: now }
  }
  return { open, engine, parts, closed, stopping, now: () => now }
}

describe("opening an engine that is not there yet", () => {
  it("tries again with growing pauses, and leaves it to be closed at the stop", async () => {
    const { open, engine, parts, closed } = world(60_000)
    expect((await open("ledger", engine(2_000))).openedAt_ms).toBe(250 + 500 + 1_000 + 2_000)
    expect(parts.map(({ name }) => name)).toEqual(["ledger"])
    await parts[0]?.close()
    expect(closed).toEqual(["closed"])
  })

  it("gives up when the time is over, names the engine and the cause, and leaves nothing to close", async () => {
    const { open, engine, parts, now } = world(10_000)
    await expect(open("kafka", engine(60_000))).rejects.toThrow(
      "kafka: could not be opened within 10 s: Error: connect ECONNREFUSED",
    )
    expect(now()).toBeLessThanOrEqual(10_000)
    expect(parts).toEqual([])
  })

  it("does not go on when the process is told to stop", async () => {
    const { open, engine, stopping, now } = world(60_000)
    stopping.abort()
    await expect(open("record", engine(1_000))).rejects.toThrow(/record/)
    expect(now()).toBe(0)
  })
})
