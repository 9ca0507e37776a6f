/** Load, decide, append on the real embedded store; the four outcomes of an append, two of them made to happen by a wrapper. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Metadata } from "@tongzhang/contracts/envelope"
import * as Person from "@tongzhang/domain/person"
import type { DateText, PersonKey } from "@tongzhang/domain/ids"
import { month } from "@tongzhang/domain/month"
import { isLeft, isRight } from "fp-ts/lib/Either.js"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openAggregateStore, StoreUnavailable, UnreadableStream } from "./aggregate-store.js"
import { openEmbeddedStore } from "./embedded/store.js"
import type { AppendOutcome, EventStore } from "./port.js"

const person = "b".repeat(32) as PersonKey
const stream = Person.streamOf(person)
const metadata = (commandId: string): Metadata => ({
  actor: { kind: "agency", id: "t", province: "31" },
  channel: "api",
  purpose: "test",
  commandId,
  correlationId: commandId,
})
const register = Person.registerPerson({ sex: "female", birthMonth: month("1990-01"), hukou: "31", sealed: "s", nameIndex: "n" })
const die = (on: string) => Person.recordDeath({ on: on as DateText })

describe("changing an aggregate", () => {
  let folder: string
  let store: EventStore
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "aggregates-"))
    store = await openEmbeddedStore({ path: folder })
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const stored = async () => (await store.readStream(stream, { direction: "forwards", max: 100 })).map((event) => event.type)
  /** The store with its next appends answered as scripted; `write` says whether the append really happens. */
  const answering = (script: { outcome: AppendOutcome; write: boolean }[]): EventStore => ({
    ...store,
    append: async (name, expected, events) => {
      const next = script.shift()
      if (next === undefined) return store.append(name, expected, events)
      if (next.write) await store.append(name, expected, events)
      return next.outcome
    },
  })
  const unknown: AppendOutcome = { kind: "unknown", cause: "no answer in time" }

  it("writes what was decided, and nothing when the command comes again", async () => {
    const aggregates = openAggregateStore(store)
    const first = await aggregates.execute(Person, stream, register, metadata("c1"))
    const again = await aggregates.execute(Person, stream, register, metadata("c1"))
    expect(isRight(first) && first.right.events.length).toBe(1)
    expect(isRight(again) && again.right).toMatchObject({ events: [], position: null, revision: 0 })
    expect(await stored()).toEqual(["PersonRegistered@1"])
  })

  it("recognises the same command sent to another process that knew nothing", async () => {
    await openAggregateStore(store).execute(Person, stream, register, metadata("c1"))
    const other = await openAggregateStore(store).execute(Person, stream, register, metadata("c1"))
    expect(isRight(other) && other.right.events).toEqual([])
    expect(await stored()).toHaveLength(1)
  })

  it("decides again on the newer state when somebody else wrote first", async () => {
    const mine = openAggregateStore(store)
    await mine.execute(Person, stream, register, metadata("c1"))
    await openAggregateStore(store).execute(Person, stream, die("2025-01-01"), metadata("c2"))
    const late = await mine.execute(Person, stream, die("2025-02-02"), metadata("c3"))
    expect(isLeft(late) && late.left).toEqual({ code: "DEATH_DATE_DIFFERS", recorded: "2025-01-01" })
    expect(await stored()).toHaveLength(2)
  })

  it("does not refuse on a state that is out of date", async () => {
    const mine = openAggregateStore(store)
    await mine.load(Person, stream)
    await openAggregateStore(store).execute(Person, stream, register, metadata("c1"))
    const done = await mine.execute(Person, stream, die("2025-01-01"), metadata("c2"))
    expect(isRight(done) && done.right.events.length).toBe(1)
  })

  it("finds by reading that an append of unknown outcome had been written", async () => {
    const aggregates = openAggregateStore(answering([{ outcome: unknown, write: true }]))
    const done = await aggregates.execute(Person, stream, register, metadata("c1"))
    expect(isRight(done) && done.right.revision).toBe(0)
    expect(await stored()).toHaveLength(1)
  })

  it("sends an append of unknown outcome again when it had not been written", async () => {
    const aggregates = openAggregateStore(answering([{ outcome: unknown, write: false }]))
    const done = await aggregates.execute(Person, stream, register, metadata("c1"))
    expect(isRight(done) && done.right.revision).toBe(0)
    expect(await stored()).toHaveLength(1)
  })

  it("gives up with an error that may be retried when the store never says", async () => {
    const script = Array.from({ length: 50 }, () => ({ outcome: unknown, write: false }))
    await expect(openAggregateStore(answering(script)).execute(Person, stream, register, metadata("c1"))).rejects.toBeInstanceOf(
      StoreUnavailable,
    )
    const done = await openAggregateStore(store).execute(Person, stream, register, metadata("c1"))
    expect(isRight(done) && done.right.events.length).toBe(1)
  })

  it("stops at an event nobody can read instead of deciding without it", async () => {
    const bytes = Buffer.from("{}")
    await store.append(stream, -1, [
      { id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301", type: "FromTheFuture@9", data: bytes, metadata: bytes },
    ])
    await expect(openAggregateStore(store).execute(Person, stream, register, metadata("c1"))).rejects.toBeInstanceOf(
      UnreadableStream,
    )
  })

  it("lets twenty writers of one stream through one after the other, each event once", async () => {
    const writers = Array.from({ length: 20 }, () => openAggregateStore(store, { tries_max: 100 }))
    await writers[0]?.execute(Person, stream, register, metadata("c0"))
    await Promise.all(
      writers.map((writer, i) =>
        writer.execute(
          Person,
          stream,
          Person.correctIdentity({ sealed: "s", nameIndex: `n${i}`, reason: "test" }),
          metadata(`c${i + 1}`),
        ),
      ),
    )
    expect(await stored()).toHaveLength(21)
  })
})
