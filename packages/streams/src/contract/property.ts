import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Consumer, Message } from "../port.js"
import { expectInOrder, group, inWorld, message, recorder, until, type Engine, type World } from "./world.js"

type Step =
  /** Publishes one message of each of these keys, in one call. */
  | { readonly kind: "publish"; readonly keys: readonly string[] }
  | { readonly kind: "restart_consumer" }
  | { readonly kind: "restart_engine" }
  | { readonly kind: "replay" }
  | { readonly kind: "idle" }

const key = fc.constantFrom("甲", "乙", "丙", "丁", "戊")
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("publish" as const), keys: fc.array(key, { maxLength: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("idle" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart_consumer" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart_engine" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("replay" as const) }) },
)

/** A history: steps, which effects fail (by count), how large batches are. */
const history = fc.record({
  steps: fc.array(step, { minLength: 3, maxLength: 25 }),
  failures: fc.array(fc.boolean(), { maxLength: 60 }),
  partitions: fc.integer({ min: 1, max: 4 }),
  maxBatch: fc.integer({ min: 1, max: 8 }),
})

export const propertyCases = (engine: Engine): void => {
  describe("any history", () => {
    it("has every effect at least once, and the first effects of each key in order", { timeout: 300_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(history, ({ steps, failures, partitions, maxBatch }) =>
          inWorld(engine, partitions, (world) => live(world, steps, failures, maxBatch))(),
        ),
        { numRuns: engine.runs ?? 30 },
      )
    })
  })
}

const live = async (world: World, steps: readonly Step[], failures: readonly boolean[], maxBatch: number): Promise<void> => {
  const published: Message[] = []
  let healed = false
  let effects = 0
  // A failure in the middle of a batch leaves the effects before it done: they will be seen twice.
  const reader = recorder(() => {
    if (!healed && failures[effects++]) throw new Error("no effect this time")
  })
  const start = () => world.consume({ maxBatch, onBatch: reader.onBatch })
  let consumer = await start()
  for (const one of steps) consumer = await take(world, one, published, consumer, start)
  healed = true
  await consumer.idle()
  await until("no message is parked", async () => {
    await world.streams.replayDeadLetters(world.topic, group)
    await consumer.idle()
    return (await world.streams.deadLetters(world.topic, group, 1)).length === 0
  })
  expectInOrder(reader.seen, published)
  expect((await consumer.lag()).gap).toBe(0)
}

const take = async (
  world: World,
  one: Step,
  published: Message[],
  consumer: Consumer,
  start: () => Promise<Consumer>,
): Promise<Consumer> => {
  switch (one.kind) {
    case "publish": {
      const messages = one.keys.map((name, n) => message(name, `${published.length + n}`))
      published.push(...messages)
      await world.publish(...messages)
      return consumer
    }
    case "idle":
      await consumer.idle()
      return consumer
    case "replay":
      await world.streams.replayDeadLetters(world.topic, group)
      return consumer
    case "restart_consumer":
      await consumer.stop()
      return start()
    case "restart_engine":
      return (await world.restart()) ? start() : consumer
  }
}
