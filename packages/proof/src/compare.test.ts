import type { RecordedEvent } from "@tongzhang/event-store/port"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { describe, expect, it } from "vitest"
import { sameBytes, utf8 } from "./bytes.js"
import { compareWithLog, entriesOf } from "./compare.js"
import { tilePath } from "./tile-path.js"
import { eventAt, eventsUpTo, uuidOf } from "./testing/ledger.js"
import { publish } from "./testing/published.js"

const count = 2_500
const at = 1_234
const all = eventsUpTo(count)

/** What a run over the ledger as it now is says, event batch by event batch. */
const look = async (events: readonly RecordedEvent[], world: Awaited<ReturnType<typeof publish>>) => {
  const comparer = await compareWithLog(world.tiles, world.published.size)
  for (let i = 0; i < events.length; i += 300) await comparer.take(entriesOf(events.slice(i, i + 300)))
  return comparer.finish()
}
const changed = (change: Partial<RecordedEvent>): RecordedEvent[] =>
  all.map((event, n) => (n === at ? { ...event, ...change } : event))
const event = eventAt(at)
const data = JSON.parse(Buffer.from(event.data).toString()) as Record<string, unknown>
const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

describe("the ledger against the published log", async () => {
  const world = await publish(all)

  it("an untouched ledger gives the published root, and events not yet published are left alone", async () => {
    const report = await look([...all, eventAt(count)], world)
    expect(report).toMatchObject({ differences: [], tiles_differing: [], entries: count })
    expect(sameBytes(report.root ?? new Uint8Array(0), world.published.root)).toBe(true)
  })

  const fields: readonly (readonly [string, Partial<RecordedEvent>])[] = [
    ["stream", { stream: `Enrollment-44_110_${"0".repeat(32)}` as StreamName }],
    ["revision", { revision: event.revision + 1 }],
    ["type", { type: "ContributionReversed@1" }],
    ["data, one fen", { data: bytes({ ...data, base_fen: Number(data["base_fen"]) + 1 }) }],
    ["data, one field more", { data: bytes({ ...data, extra: null }) }],
    ["data, no JSON any more", { data: Buffer.from("{") }],
    ["metadata", { metadata: Buffer.from(Buffer.from(event.metadata).toString().replace("agency", "center")) }],
    ["recorded time, one ms", { recordedAt: event.recordedAt + 1 }],
  ]
  it.each(fields)("names the event whose %s was altered", async (_field, change) => {
    const { differences, root } = await look(changed(change), world)
    expect(differences).toEqual([expect.objectContaining({ kind: "altered", index: at })])
    expect(differences[0]?.published?.id).toBe(event.id)
    expect(sameBytes(root ?? new Uint8Array(0), world.published.root)).toBe(false)
  })
  it("every field of an event is among them, but its place in this engine", () => {
    const named = new Set(fields.flatMap(([, change]) => Object.keys(change)))
    expect(Object.keys(event).filter((key) => !named.has(key))).toEqual(["id", "position"])
  })
  it("names both when the id was altered", async () => {
    const { differences } = await look(changed({ id: uuidOf(77_777) }), world)
    expect(differences.map(({ kind, index }) => [kind, index])).toEqual([
      ["dropped", at],
      ["inserted", at + 1],
    ])
    expect([differences[0]?.published?.id, differences[1]?.found?.id]).toEqual([event.id, uuidOf(77_777)])
  })
  it("says the same of data whose keys or spaces came otherwise: it means the same", async () => {
    const turned = Object.fromEntries(Object.entries(data).reverse())
    const spaced = changed({ data: Buffer.from(JSON.stringify(turned, null, 2)) })
    expect((await look(spaced, world)).differences).toEqual([])
  })

  it.each([0, 1, at, 255, 256, count - 1])("names the one event that was dropped, at %i", async (place) => {
    const { differences } = await look(all.toSpliced(place, 1), world)
    expect(differences).toEqual([
      { kind: "dropped", index: place, published: expect.objectContaining({ id: uuidOf(place) }), found: null },
    ])
  })
  it("names an event that was inserted", async () => {
    const { differences } = await look(all.toSpliced(at, 0, eventAt(88_888)), world)
    expect(differences).toEqual([
      { kind: "inserted", index: at, published: null, found: expect.objectContaining({ id: uuidOf(88_888) }) },
    ])
  })
  it.each([1, 7, 600])("names an event that changed places with one %i further on", async (by) => {
    const swapped = all.toSpliced(at, 1, eventAt(at + by)).toSpliced(at + by, 1, eventAt(at))
    const { differences } = await look(swapped, world)
    expect(differences[0]).toMatchObject({
      kind: "moved",
      index: at,
      published: { id: uuidOf(at) },
      found: { id: uuidOf(at + by) },
    })
    expect(differences.length).toBeLessThanOrEqual(2)
  })
  it("names each of several, and the events that are gone from the end", async () => {
    const several = all
      .toSpliced(count - 2, 2)
      .toSpliced(900, 1)
      .toSpliced(100, 1)
    const { differences } = await look(several, world)
    expect(differences.map(({ kind, published }) => [kind, published?.id])).toEqual(
      [100, 900, count - 2, count - 1].map((n) => ["dropped", uuidOf(n)]),
    )
  })
  it("names a tile that is not what the entries give", async () => {
    const damaged = await publish(all)
    const path = tilePath(0, 3, 256)
    damaged.tiles.files.set(path, damaged.tiles.files.get(path)?.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) ?? utf8(""))
    expect((await look(all, damaged)).tiles_differing).toEqual([path])
  })
  it("goes on where an earlier run stopped, with the same end", async () => {
    const first = await compareWithLog(world.tiles, count)
    await first.take(entriesOf(all.slice(0, 1_300)))
    const from = first.agreedUpTo()
    expect(from).toBe(1_280)
    const second = await compareWithLog(world.tiles, count, from)
    await second.take(entriesOf(all.slice(from)))
    const report = await second.finish()
    expect(report).toMatchObject({ differences: [], tiles_differing: [], entries: count - from })
    expect(sameBytes(report.root ?? new Uint8Array(0), world.published.root)).toBe(true)
  })
})
