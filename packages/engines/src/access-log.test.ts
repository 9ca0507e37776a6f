import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { streamOf } from "@tongzhang/domain/access"
import type { PersonKey } from "@tongzhang/domain/ids"
import { personOf, subjectOf } from "@tongzhang/domain/stream-name"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type AccessEntry, openAccessLog } from "./access-log.js"

const li = "5f4dcc3b5aa765d61d8327deb882cf99" as PersonKey
const read = (what: string, id = "auditor-1"): AccessEntry => ({
  person: li,
  caller: { kind: "auditor", id },
  purpose: "audit",
  what,
  at: 0,
})

describe("who saw a record", () => {
  let folder: string
  let store: EventStore
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "access-"))
    store = await openEmbeddedStore({ path: folder, now: () => Date.UTC(2026, 0, 5) })
  })
  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  it("is a fact about the person and no part of their record", () => {
    expect(personOf(streamOf(li))).toBeNull()
    expect(subjectOf(streamOf(li))).toBe(li)
  })

  it("stands in the ledger once it resolves, newest first, page by page", async () => {
    const log = openAccessLog(store)
    for (const what of ["record", "events", "record, revealed"]) await log.append(read(what))
    const [first, second] = await log.list(li, { limit: 2 })
    expect([first, second].map((line) => line?.what)).toEqual(["record, revealed", "events"])
    expect(first).toMatchObject({
      id: 2,
      at: "2026-01-05T00:00:00.000Z",
      caller: { kind: "auditor", id: "auditor-1", province: null },
    })
    expect((await log.list(li, { limit: 2, before: second?.id ?? 0 })).map((line) => line.what)).toEqual(["record"])
    expect(await log.list(li, { limit: 2, before: 0 })).toEqual([])
    const stored = await store.readAll({ after: null, max: 10 })
    expect(stored.events.map((event) => event.id)).toContain(first?.event)
  })

  it("loses no read when many come at once through several doors", async () => {
    const doors = [openAccessLog(store), openAccessLog(store), openAccessLog(store)]
    await Promise.all(Array.from({ length: 30 }, (_, i) => doors[i % 3]?.append(read(`r${i}`))))
    const lines = await openAccessLog(store).list(li, { limit: 100 })
    expect(lines.map((line) => line.what).sort()).toEqual(Array.from({ length: 30 }, (_, i) => `r${i}`).sort())
    expect(new Set(lines.map((line) => line.event)).size).toBe(30)
  })

  it("is refused when the ledger does not answer: nobody reads unseen", async () => {
    const mute: EventStore = { ...store, append: async () => ({ kind: "unknown", cause: "no answer" }) }
    await expect(openAccessLog(mute).append(read("record"))).rejects.toThrow("list of readers")
  })
})
