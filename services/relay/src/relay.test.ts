import { decodeFact } from "@tongzhang/contracts/fact-message"
import { systemClock } from "@tongzhang/service-kit/clock"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openWorld, personOf, relayAll, type World } from "./fixtures/world.js"

describe("relay", () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it("sends every fact, in order per person, with what a consumer needs to recognise it", async () => {
    await world.fill(5, 20)
    await relayAll(world)
    const messages = await world.topic()
    const facts = messages.map(decodeFact)
    expect(facts).toHaveLength(100)
    for (let person = 0; person < 5; person++)
      expect(facts.filter((fact) => fact.stream.includes(personOf(person))).map((fact) => fact.revision)).toEqual([
        ...Array(20).keys(),
      ])
    expect(facts[0]?.decoded).toMatchObject({ ok: true, event: { type: "EnrollmentSuspended" } })
    expect(new Set(messages.map(({ headers }) => headers["relayEpoch"]))).toEqual(new Set(["1"]))
  })

  it("goes on after a restart where it stopped", async () => {
    await world.suspend(1, 0)
    await relayAll(world)
    await world.suspend(1, 1)
    await relayAll(world)
    const messages = await world.topic()
    expect(messages.map(({ headers }) => [headers["revision"], headers["relayEpoch"]])).toEqual([
      ["0", "1"],
      ["1", "2"],
    ])
  })

  it("goes on from a checkpoint of the time before owners", async () => {
    await world.fill(1, 2)
    const [first] = await world.ledger()
    await world.state.putMany([["relay:position", first?.position ?? ""]])
    await relayAll(world)
    expect((await world.topic()).map(({ headers }) => headers["revision"])).toEqual(["1"])
  })

  /** A state whose checkpoint fails once, before or after it is written; the claim is let through. */
  const failingOnce = (when: "before" | "after"): ConsumerState => {
    let failures = 1
    return {
      ...world.state,
      compareAndPut: async (key, expected, value) => {
        const fails = expected !== null && failures-- > 0
        if (fails && when === "before") throw new Error("disk away for a moment")
        const put = await world.state.compareAndPut(key, expected, value)
        if (fails) throw new Error("connection lost before the answer")
        return put
      },
    }
  }

  it.each([
    ["before", 2],
    ["after", 1],
  ] as const)("loses nothing when it fell over between sending and knowing it remembered: %s the write", async (when, copies) => {
    await world.suspend(1, 0)
    const relay = world.relay({ state: failingOnce(when), clock: { ...systemClock, sleep: async () => {} } })
    await relay.start()
    await relay.caughtUp()
    await relay.stop()
    const messages = await world.topic()
    // The same message, byte for byte: a consumer sees that it has it already.
    expect(messages).toHaveLength(copies)
    for (const { key, value, headers } of messages)
      expect({ key, value, headers }).toEqual({ key: messages[0]?.key, value: messages[0]?.value, headers: messages[0]?.headers })
  })
})
