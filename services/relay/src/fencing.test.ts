/** Two relays on one ledger: the one that started last owns it, whatever the other was doing when it was paused. */
import { systemClock } from "@tongzhang/service-kit/clock"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import type { Delivered, Streams } from "@tongzhang/streams/port"
import * as fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openWorld, type World } from "./fixtures/world.js"
import { claim, relayedUpTo, Replaced, resume } from "./owner.js"
import type { Relay } from "./relay.js"

const checkOf = async (relay: Relay, name: string) => relay.checks.find((check) => check.name === name)?.check()

const gate = () => {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

/** As a consumer does: a revision already seen has no effect, one that skips is a fault. */
const effectsOf = (messages: readonly Delivered[]): { readonly effects: number; readonly gaps: number } => {
  const seen = new Map<string, number>()
  let [effects, gaps] = [0, 0]
  for (const { headers } of messages) {
    const [stream, revision] = [headers["stream"] ?? "", Number(headers["revision"])]
    const last = seen.get(stream) ?? -1
    if (revision <= last) continue
    if (revision > last + 1) gaps += 1
    effects += 1
    seen.set(stream, revision)
  }
  return { effects, gaps }
}

describe("a relay that was replaced", () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it("never moves the checkpoint again", async () => {
    const old = await claim(world.state)
    await world.fill(1, 3)
    const [first, second, third] = await world.ledger()
    await old.advance(first!.position)
    const young = await claim(world.state)
    expect([old.epoch, young.epoch, young.position()]).toEqual([1, 2, first!.position])
    await expect(old.advance(third!.position)).rejects.toThrow(Replaced)
    await expect(old.confirm()).rejects.toThrow(Replaced)
    await expect(resume(world.state, old.epoch)).rejects.toThrow(Replaced)
    await young.advance(second!.position)
    expect(await relayedUpTo(world.state)).toBe(second!.position)
  })

  it("while it was sending: ends that batch, sends no other, and says so; the newer one loses nothing", async () => {
    await world.fill(3, 4)
    const door = gate()
    let batches = 0
    const paused: Streams = {
      ...world.streams,
      publish: async (topic, messages) => {
        batches += 1
        await door.opened
        await world.streams.publish(topic, messages)
      },
    }
    const old = world.relay({ streams: paused })
    await old.start()
    while (batches === 0) await new Promise(setImmediate)

    const young = world.relay()
    await young.start()
    await young.caughtUp()
    const checkpoint = await relayedUpTo(world.state)
    door.open()
    await expect(old.caughtUp()).rejects.toThrow(Replaced)
    expect(await relayedUpTo(world.state)).toBe(checkpoint)

    await world.suspend(0, 4)
    await young.caughtUp()
    expect(batches).toBe(1)
    expect(await checkOf(old, "relay owner")).toMatchObject({ ok: false, detail: expect.stringContaining("replaced by epoch 2") })
    expect(await checkOf(young, "relay owner")).toEqual({ ok: true, detail: "epoch 2" })
    await Promise.all([old.stop(), young.stop()])

    const messages = await world.topic()
    expect(messages.filter(({ headers }) => headers["relayEpoch"] === "1")).toHaveLength(12)
    expect(messages.filter(({ headers }) => headers["relayEpoch"] === "2")).toHaveLength(13)
    expect(effectsOf(messages)).toEqual({ effects: 13, gaps: 0 })
  })

  it("while it had nothing to do: asks before it sends again, and sends nothing", async () => {
    let ahead_ms = 0
    const old = world.relay({ clock: { ...systemClock, now: () => Date.now() + ahead_ms } })
    await old.start()
    await world.suspend(1, 0)
    await old.caughtUp()
    const young = await claim(world.state)
    ahead_ms = 60_000
    await world.suspend(1, 1)
    await expect(old.caughtUp()).rejects.toThrow(Replaced)
    await old.stop()
    expect(young.epoch).toBe(2)
    expect((await world.topic()).map(({ headers }) => headers["revision"])).toEqual(["0"])
  })

  it("learns it from its health check when no fact comes", async () => {
    const old = world.relay()
    await old.start()
    await world.suspend(1, 0)
    await old.caughtUp()
    await claim(world.state)
    expect(await checkOf(old, "relay owner")).toMatchObject({ ok: false })
    await expect(old.caughtUp()).rejects.toThrow(Replaced)
    await old.stop()
  })
})

describe("relays that overtake each other at any moment", () => {
  it("move the checkpoint forwards only, leave no gap and no fact without effect", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, count) => {
        const world = await openWorld()
        const written: { readonly epoch: number; readonly position: string | null }[] = []
        try {
          const scheduled: ConsumerState = {
            ...world.state,
            getMany: scheduler.scheduleFunction(async (keys: readonly string[]) => world.state.getMany(keys)),
            compareAndPut: scheduler.scheduleFunction(async (key: string, expected: string | null, value: string) => {
              const put = await world.state.compareAndPut(key, expected, value)
              if (put) written.push(JSON.parse(value) as (typeof written)[number])
              return put
            }),
          }
          const streams: Streams = { ...world.streams, publish: scheduler.scheduleFunction(world.streams.publish) }
          const relays = Array.from({ length: count }, () => world.relay({ state: scheduled, streams }))
          const live = async (): Promise<void> => {
            const starting = relays.map(async (relay, n) => {
              await relay.start()
              await world.fill(n === 0 ? 3 : 0, 5)
            })
            await Promise.all(starting)
            const ends = await Promise.allSettled(relays.map((relay) => relay.caughtUp()))
            // One that had sent everything before it was replaced has nothing to complain of.
            expect(ends.some(({ status }) => status === "fulfilled")).toBe(true)
            for (const end of ends) if (end.status === "rejected") expect(end.reason).toBeInstanceOf(Replaced)
            await Promise.all(relays.map((relay) => relay.stop()))
          }
          await scheduler.waitFor(live())
          for (const [n, one] of written.entries()) {
            const before = written[n - 1]
            expect(one.epoch).toBeGreaterThanOrEqual(before?.epoch ?? 0)
            expect((one.position ?? "") >= (before?.position ?? "")).toBe(true)
          }
          expect(await relayedUpTo(world.state)).toBe(await world.store.head())
          expect(effectsOf(await world.topic())).toEqual({ effects: 15, gaps: 0 })
        } finally {
          await world.close()
        }
      }),
      { numRuns: 15 },
    )
  }, 120_000)
})
