import { describe, expect, it } from "vitest"
import { deliver } from "./delivery.js"
import type { Delivered } from "./port.js"

const at = (offset: number, key = "k"): Delivered => ({
  topic: "t",
  partition: 0,
  offset,
  timestamp: 0,
  key,
  value: new Uint8Array(),
  headers: {},
})

/** Runs a delivery with a handler that refuses some offsets and notes every call. */
const run = async (batch: readonly Delivered[], refused: readonly number[], retries = 2, stop = new AbortController()) => {
  const calls: number[][] = []
  const delivery = await deliver(batch, {
    retries,
    backoff_ms: 0,
    signal: stop.signal,
    onBatch: async (messages) => {
      calls.push(messages.map(({ offset }) => offset))
      if (messages.some(({ offset }) => refused.includes(offset))) throw new RangeError("refused")
    },
  })
  return { calls, delivery }
}

describe("delivery of a batch", () => {
  it("calls the handler once when it succeeds", async () => {
    const { calls, delivery } = await run([at(1), at(2)], [])
    expect(calls).toEqual([[1, 2]])
    expect(delivery).toEqual({ kind: "handled", parked: [] })
  })

  it("tries the whole batch 1 + retries times, then each message alone, and skips followers of a failed key", async () => {
    const { calls, delivery } = await run([at(1), at(2, "bad"), at(3, "bad"), at(4)], [2])
    const whole = [1, 2, 3, 4]
    expect(calls).toEqual([whole, whole, whole, [1], [2], [2], [2], [4]])
    expect(delivery).toEqual({
      kind: "handled",
      parked: [
        { message: at(2, "bad"), cause: "RangeError: refused", attempts: 6 },
        { message: at(3, "bad"), cause: "waits behind offset 2 of the same key", attempts: 0 },
      ],
    })
  })

  it("does not start over with a batch of one", async () => {
    const { calls, delivery } = await run([at(1)], [1], 1)
    expect(calls).toEqual([[1], [1]])
    expect(delivery).toMatchObject({ kind: "handled", parked: [{ attempts: 2 }] })
  })

  it("waits for an engine that is away without using up its retries, and then parks only whom it must", async () => {
    let away = 5
    const calls: number[][] = []
    const delivery = await deliver([at(1), at(2, "bad")], {
      retries: 1,
      backoff_ms: 0,
      signal: new AbortController().signal,
      waitsOut: (cause) => (cause as Error).message === "away",
      onBatch: async (messages) => {
        calls.push(messages.map(({ offset }) => offset))
        if (away-- > 0) throw new Error("away")
        if (messages.some(({ key }) => key === "bad")) throw new RangeError("refused")
      },
    })
    expect(calls).toEqual([...Array.from({ length: 7 }, () => [1, 2]), [1], [2], [2]])
    expect(delivery).toMatchObject({ kind: "handled", parked: [{ message: { key: "bad" }, attempts: 4 }] })
  })

  it("commits nothing when it is stopped while it waits for an engine", async () => {
    const stop = new AbortController()
    const delivering = deliver([at(1)], {
      retries: 0,
      backoff_ms: 3_600_000,
      signal: stop.signal,
      waitsOut: () => true,
      onBatch: async () => {
        setImmediate(() => stop.abort())
        throw new Error("away")
      },
    })
    expect(await delivering).toEqual({ kind: "interrupted" })
  })

  it("commits nothing when it is stopped between attempts, however long the back-off", async () => {
    const stop = new AbortController()
    const delivering = deliver([at(1)], {
      retries: 5,
      backoff_ms: 3_600_000,
      signal: stop.signal,
      onBatch: async () => {
        setImmediate(() => stop.abort())
        throw new Error("refused")
      },
    })
    expect(await delivering).toEqual({ kind: "interrupted" })
  })
})
