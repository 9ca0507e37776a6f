import { mkdtempSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openEmbeddedStore } from "@tongzhang/event-store/embedded/store"
import { describe, expect, it } from "vitest"
import { openJournaledLog } from "./journal.js"
import type { NodeLog } from "./log.js"
import type { ProposedEvent } from "./record.js"

const event = (text: string, contentType = "application/json"): ProposedEvent => ({
  id: crypto.randomUUID(),
  type: "ContributionRecorded@1",
  contentType,
  data: Buffer.from(text),
  customMetadata: Buffer.from(`meta\n${text}`),
})
const contentOf = (log: NodeLog) =>
  log.all.map(({ data, customMetadata, ...rest }) => ({
    ...rest,
    data: Buffer.from(data).toString(),
    customMetadata: Buffer.from(customMetadata).toString(),
  }))

describe("a journaled log", () => {
  it("comes back with the same records at the same positions, deletions and metadata included", async () => {
    const path = mkdtempSync(join(tmpdir(), "tongzhang-journal-"))
    const first = await openEmbeddedStore({ path })
    const log = await openJournaledLog(first)
    const retried = event("{}")
    log.append("s", "no_stream", [retried, event("not json", "text/plain"), event("[]")])
    log.append("$$s", "any", [event('{"$maxCount":2}')])
    for (let n = 0; n < 50; n += 1) log.append(`many-${n % 7}`, "any", [event(`${n}`)])
    log.append("soft", "any", [event("{}")])
    log.softDelete("soft", "any")
    log.append("gone", "any", [event("{}")])
    log.tombstone("gone", "any")
    expect(log.all).toHaveLength(0)
    await log.settled()
    const before = contentOf(log)
    expect(before).toHaveLength(3 + 1 + 50 + 2 + 2)
    await first.close()

    const second = await openEmbeddedStore({ path })
    const again = await openJournaledLog(second)
    expect(contentOf(again)).toEqual(before)
    expect(again.visible("s")?.first).toBe(1)
    expect(again.visible("soft")).toBeNull()
    expect(again.append("gone", "any", [event("{}")])).toEqual({ kind: "stream_deleted" })
    expect(again.append("s", "no_stream", [retried])).toMatchObject({ kind: "idempotent", revision: 0n })
    expect(again.append("s", 2n, [event("{}")])).toMatchObject({ kind: "written", revision: 3n })
    await again.settled()
    expect(again.all).toHaveLength(before.length + 1)
    await second.close()
    await rm(path, { recursive: true })
  })

  it("shows nothing and answers nothing that its store refused", async () => {
    const path = mkdtempSync(join(tmpdir(), "tongzhang-journal-"))
    const store = await openEmbeddedStore({ path })
    const log = await openJournaledLog({ ...store, append: async () => ({ kind: "unknown", cause: "disk" }) })
    log.append("s", "no_stream", [event("{}")])
    await expect(log.settled()).rejects.toThrow(/journal of s.*disk/)
    expect(log.all).toHaveLength(0)
    await store.close()
    await rm(path, { recursive: true })
  })
})
