import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { open } from "lmdb"
import { afterEach, describe, expect, it } from "vitest"
import { eventStoreContract } from "../contract.js"
import { appended, idsOf, newEvent, newEvents, newFamily, newStream, readLogAfter, readWhole } from "../contract/support.js"
import { noStream, type EventStore } from "../port.js"
import type { CommitWrites, Files } from "./files.js"
import { openEmbeddedStore } from "./store.js"

const newFolder = (): string => mkdtempSync(join(tmpdir(), "tongzhang-events-"))

eventStoreContract("embedded", {
  open: async () => {
    const path = newFolder()
    let store = await openEmbeddedStore({ path })
    return {
      store,
      reopen: async () => {
        await store.close()
        store = await openEmbeddedStore({ path })
        return store
      },
      cleanup: async () => {
        await store.close()
        await rm(path, { recursive: true })
      },
    }
  },
})

/** Small enough that a few hundred events pass every bound. */
const tightLimits = {
  commitEventsMax: 20,
  blockBytes: 1_000,
  headsCachedMax: 10,
  headsDirtyMax: 15,
  eventsBetweenHeadsMax: 40,
  headsPerCommitMax: 4,
  pageScanEventsMax: 10,
  pageBytesMax: 2_000,
  eventsDecodedMax: 7,
}

eventStoreContract("embedded with every limit tight", {
  open: async () => {
    const path = newFolder()
    let store = await openEmbeddedStore({ path, ...tightLimits })
    return {
      store,
      reopen: async () => {
        await store.close()
        store = await openEmbeddedStore({ path, ...tightLimits })
        return store
      },
      cleanup: async () => {
        await store.close()
        await rm(path, { recursive: true })
      },
    }
  },
})

describe("embedded store", () => {
  const folders: string[] = []
  const folder = (): string => {
    const path = newFolder()
    folders.push(path)
    return path
  }
  afterEach(async () => {
    for (const path of folders.splice(0)) await rm(path, { recursive: true })
  })

  it("stamps events with the clock it was given", async () => {
    const store = await openEmbeddedStore({ path: folder(), now: () => 1_742_000_000_000 })
    const stream = newStream()
    await appended(store, stream, noStream, newEvents(2))
    expect((await readWhole(store, stream)).map(({ recordedAt }) => recordedAt)).toEqual([1_742_000_000_000, 1_742_000_000_000])
    await store.close()
  })

  it("refuses to open a folder that is open already, and leaves the first one working", async () => {
    const path = folder()
    const store = await openEmbeddedStore({ path })
    await expect(openEmbeddedStore({ path })).rejects.toThrow(/already open in process/)
    await appended(store, newStream(), noStream, newEvents(1))
    await store.close()
    await (await openEmbeddedStore({ path })).close()
  })

  it("takes over the lock of a dead process", async () => {
    const path = folder()
    const gone = spawn(process.execPath, ["-e", ""])
    await new Promise((resolve) => gone.once("exit", resolve))
    writeFileSync(join(path, "owner.lock"), `${gone.pid} 1\n`)
    const store = await openEmbeddedStore({ path })
    expect(readFileSync(join(path, "owner.lock"), "utf8")).toMatch(new RegExp(`^${process.pid} `))
    await store.close()
    expect(existsSync(join(path, "owner.lock"))).toBe(false)
  })

  it("refuses a folder of a later format in words, and lets go of it", async () => {
    const path = folder()
    await (await openEmbeddedStore({ path })).close()
    const root = open({ path, maxDbs: 4, overlappingSync: false })
    await root.openDB({ name: "meta", encoding: "json" }).put("format", 99)
    await root.close()
    await expect(openEmbeddedStore({ path })).rejects.toThrow(/has format 99, this build reads format 1/)
    expect(existsSync(join(path, "owner.lock"))).toBe(false)
  })

  it("says so when the log lacks the events its heads speak of", async () => {
    const path = folder()
    const store = await openEmbeddedStore({ path })
    for (let round = 0; round < 3; round += 1) await appended(store, newStream(), noStream, newEvents(2))
    await store.close()
    const root = open({ path, maxDbs: 4, overlappingSync: false })
    await root.openDB<Buffer, number>({ name: "log", encoding: "binary" }).remove(5)
    await root.close()
    await expect(openEmbeddedStore({ path })).rejects.toThrow(/damaged/)
  })

  it("throws on an id that is not a UUID, and on use after close", async () => {
    const store = await openEmbeddedStore({ path: folder() })
    await expect(store.append(newStream(), noStream, [{ ...newEvent(), id: "7" }])).rejects.toThrow(/not a UUID/)
    await store.close()
    await expect(store.append(newStream(), noStream, [newEvent()])).rejects.toThrow(/closed/)
    await expect(store.readAll({ after: null, max: 1 })).rejects.toThrow(/closed/)
  })

  it("decodes an event once for followers that run side by side, in steps of whatever size", async () => {
    const path = newFolder()
    const store = await openEmbeddedStore({ path, eventsDecodedMax: 40 })
    for (let n = 0; n < 60; n++) await store.append(newStream(), noStream, newEvents(1))
    const whole = await store.readAll({ after: null, max: 1_000 })
    const late = (await store.readAll({ after: whole.events[49]?.position ?? null, max: 3 })).events
    expect(late.map((event) => whole.events.indexOf(event))).toEqual([50, 51, 52])
    const early = (await store.readAll({ after: null, max: 3 })).events
    expect(early).toEqual(whole.events.slice(0, 3))
    expect(early[0]).not.toBe(whole.events[0])
    await store.close()
    await rm(path, { recursive: true })
  })

  it("writes what was waiting when it is closed", async () => {
    const path = folder()
    const store = await openEmbeddedStore({ path })
    const { streams } = newFamily(200)
    const outcomes = Promise.all(streams.map((stream) => store.append(stream, noStream, newEvents(1))))
    await store.close()
    expect((await outcomes).every(({ kind }) => kind === "appended")).toBe(true)
    const again = await openEmbeddedStore({ path })
    expect(await readLogAfter(again, null, 1_000)).toHaveLength(200)
    await again.close()
  })

  it("refuses with `unknown` what would overfill its queue", async () => {
    const store = await openEmbeddedStore({ path: folder(), appendsWaitingMax: 3 })
    const outcomes = await Promise.all(newFamily(5).streams.map((stream) => store.append(stream, noStream, newEvents(1))))
    expect(outcomes.map(({ kind }) => kind)).toEqual(["appended", "appended", "appended", "unknown", "unknown"])
    await store.close()
  })

  it("answers `unknown` while the disk is nearly full, goes on reading, and recovers", async () => {
    let free = Number.MAX_SAFE_INTEGER
    const store = await openEmbeddedStore({ path: folder() }, (files) => ({ ...files, diskFree: () => free }))
    const stream = newStream()
    const events = newEvents(2)
    await appended(store, stream, noStream, newEvents(1))
    free = 1_000
    expect(await store.append(stream, 0, events)).toMatchObject({
      kind: "unknown",
      cause: expect.stringContaining("1000 bytes") as string,
    })
    expect(await readWhole(store, stream)).toHaveLength(1)
    free = Number.MAX_SAFE_INTEGER
    expect(await store.append(stream, 0, events)).toMatchObject({ kind: "appended", revision: 2 })
    await store.close()
  })

  describe("when a commit fails", () => {
    /** The second commit fails: before anything was written, after half of its blocks, or after all. */
    const openFailing = async (path: string, written: (writes: CommitWrites) => CommitWrites | null): Promise<EventStore> => {
      let commits = 0
      const failing = (files: Files): Files => ({
        ...files,
        commit: async (writes) => {
          commits += 1
          if (commits !== 2) return files.commit(writes)
          const part = written(writes)
          if (part !== null) await files.commit(part)
          throw new Error("MDB_MAP_FULL")
        },
      })
      return openEmbeddedStore({ path, blockBytes: 1_000 }, failing)
    }

    const failures: readonly [string, (writes: CommitWrites) => CommitWrites | null, number][] = [
      ["with nothing written", () => null, 0],
      ["with its first block missing", (writes) => ({ ...writes, blocks: writes.blocks.slice(1) }), 0],
      ["after all was written", (writes) => writes, 40],
    ]
    for (const [title, written, survivors] of failures) {
      it(`${title}: the outcome is unknown, the retry settles it, nothing is twice`, async () => {
        const store = await openFailing(folder(), written)
        const first = newStream()
        await appended(store, first, noStream, newEvents(2))
        const appends = newFamily(20).streams.map((stream) => ({ stream, events: newEvents(2) }))
        const outcomes = await Promise.all(appends.map(({ stream, events }) => store.append(stream, noStream, events)))
        expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["unknown"]))
        expect(outcomes[0]).toMatchObject({ cause: expect.stringContaining("MDB_MAP_FULL") as string })

        const retried = await Promise.all(appends.map(({ stream, events }) => store.append(stream, noStream, events)))
        const expected = survivors === 0 ? "appended" : "already_there"
        expect(new Set(retried.map(({ kind }) => kind))).toEqual(new Set([expected]))
        await appended(store, first, 1, newEvents(1))
        const log = await readLogAfter(store, null, 1_000)
        expect(log).toHaveLength(43)
        expect(new Set(idsOf(log)).size).toBe(43)
        await store.close()
      })
    }
  })
})
