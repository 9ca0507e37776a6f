import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { describe, expect, it } from "vitest"
import { toHex } from "./bytes.js"
import { fileTiles } from "./files.js"
import { createProofFollower } from "./follow.js"
import { openProofLog, type ProofLog } from "./log.js"
import { bundleAt } from "./positions.js"
import { HistoryRewritten } from "./rewritten.js"
import { sha256 } from "./sha256.js"
import { newSigningKey, openNoteSigner } from "./signer.js"
import { eventAt, eventsUpTo, ledgerOf, uuidOf } from "./testing/ledger.js"
import { origin } from "./testing/published.js"
import { memoryTiles, type NamedBytes, type TileStore } from "./tile-store.js"

const signer = openNoteSigner(newSigningKey(origin))
const now = (): number => 1_700_000_000_000
const limits = { batch_events_max: 100, publish_events_max: 300, publish_ms: 2 }

type Place = { readonly tiles: TileStore; readonly state: TileStore }
const place = (): { tiles: ReturnType<typeof memoryTiles>; state: ReturnType<typeof memoryTiles> } => ({
  tiles: memoryTiles(),
  state: memoryTiles(),
})

/** Follows until everything is published, then stops; fails when the run does. */
const followAll = async (ledger: ReturnType<typeof ledgerOf>, { tiles, state }: Place): Promise<ProofLog> => {
  const open = () => openProofLog({ tiles, state, signer, now })
  const follower = createProofFollower({ store: ledger.store, open, state, limits })
  const stopping = new AbortController()
  const run = follower.run(stopping.signal)
  await Promise.race([follower.caughtUp(), run])
  stopping.abort()
  await run
  return follower.log() as ProofLog
}

/** What everybody can fetch that belongs to this size: partial tiles of earlier checkpoints may lie about. */
const tree = (tiles: ReturnType<typeof memoryTiles>): string[] =>
  [...tiles.files]
    .filter(([path]) => !path.includes(".p/"))
    .map(([path, bytes]) => `${path} ${toHex(sha256(bytes))}`)
    .toSorted()

/** Fails at the n-th file, for good: the process is dead. */
const dyingAfter = (files: number, { tiles, state }: Place) => {
  let left = files
  const mortal = (store: TileStore): TileStore => ({
    ...store,
    write: async (written: readonly NamedBytes[]) => {
      for (const file of written) {
        if (left-- <= 0) throw new Error("killed")
        await store.write([file])
      }
    },
    removeFolder: async (path) => {
      if (left-- <= 0) throw new Error("killed")
      await store.removeFolder(path)
    },
  })
  return { place: { tiles: mortal(tiles), state: mortal(state) }, alive: () => left > 0 }
}

describe("following the ledger", () => {
  const events = eventsUpTo(1_100)

  it("publishes everything, stops, goes on, and ends in the tree of one go", async () => {
    const whole = place()
    const log = await followAll(ledgerOf(events), whole)
    expect(log.published().size).toBe(1_100)
    const halves = place()
    const ledger = ledgerOf(events.slice(0, 517))
    await followAll(ledger, halves)
    ledger.grow(events.slice(517))
    await followAll(ledger, halves)
    expect(tree(halves.tiles)).toEqual(tree(whole.tiles))
  })

  it("killed at any file, it ends in the same tree", async () => {
    const whole = place()
    const some = events.slice(0, 600)
    await followAll(ledgerOf(some), whole)
    const end = tree(whole.tiles)
    for (let files = 0; ; files++) {
      const killed = place()
      const { place: mortal, alive } = dyingAfter(files, killed)
      const outcome = await followAll(ledgerOf(some), mortal).then(
        () => "ended",
        () => "killed",
      )
      if (outcome === "ended" && alive()) {
        expect(files).toBeGreaterThan(20)
        return
      }
      await followAll(ledgerOf(some), killed)
      expect(tree(killed.tiles), `killed at file ${files}`).toEqual(end)
    }
  })

  it("a live event is published soon, and only once", async () => {
    const here = place()
    const ledger = ledgerOf(events.slice(0, 10))
    const sizes: number[] = []
    const open = () => openProofLog({ ...here, signer, now })
    const follower = createProofFollower({
      store: ledger.store,
      open,
      state: here.state,
      limits,
      onPublished: ({ size }) => sizes.push(size),
    })
    const stopping = new AbortController()
    const run = follower.run(stopping.signal)
    await follower.caughtUp()
    ledger.grow(events.slice(10, 11))
    await follower.caughtUp()
    stopping.abort()
    await run
    expect(sizes).toEqual([10, 11])
  })

  it("in a folder: the same bytes as in memory, and it is found again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "proof-"))
    try {
      const [memory, files] = [place(), { tiles: fileTiles(join(folder, "public")), state: fileTiles(join(folder, "state")) }]
      await followAll(ledgerOf(events), memory)
      await followAll(ledgerOf(events.slice(0, 700)), files)
      const log = await followAll(ledgerOf(events), files)
      for (const [path, bytes] of memory.tiles.files)
        if (!path.includes(".p/")) expect(toHex((await files.tiles.read(path)) ?? new Uint8Array(0)), path).toBe(toHex(bytes))
      expect(await files.tiles.list("tile/0")).toContain("004.p")
      expect(await files.tiles.list("tile/0")).not.toContain("000.p")
      expect(toHex(await log.reader().rootAt(1_100))).toBe(toHex(log.published().root))
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it("knows which bundle holds an event, by its position", async () => {
    const here = place()
    await followAll(ledgerOf(events), here)
    const { events: placed } = await ledgerOf(events).store.readAll({ after: null, max: 2_000 })
    for (const n of [0, 1, 255, 256, 1_023, 1_024, 1_099]) {
      const { position } = placed[n] as RecordedEvent
      expect(await bundleAt(here.state, 1_100, position)).toBe(Math.floor(n / 256))
    }
  })
})

describe("a history that was rewritten", () => {
  const events = eventsUpTo(600)
  const failure = (run: Promise<unknown>): Promise<unknown> =>
    run.then(
      () => null,
      (error: unknown) => error,
    )

  it("is not followed on: the last published events must still stand", async () => {
    const here = place()
    await followAll(ledgerOf(events), here)
    const changed = events.with(580, { ...eventAt(580), data: Buffer.from("{}") })
    const error = await failure(followAll(ledgerOf([...changed, eventAt(600)]), here))
    expect(error).toBeInstanceOf(HistoryRewritten)
    expect((error as HistoryRewritten).difference).toMatchObject({ kind: "altered", index: 580, published: { id: uuidOf(580) } })
  })
  it("is not signed anew when the log's own state is gone, wherever it was changed", async () => {
    const here = place()
    await followAll(ledgerOf(events), here)
    const signed = here.tiles.files.get("checkpoint")
    const changed = events.toSpliced(100, 1)
    const error = await failure(followAll(ledgerOf(changed), { tiles: here.tiles, state: memoryTiles() }))
    expect((error as HistoryRewritten).difference).toMatchObject({
      index: 100,
      published: { id: uuidOf(100) },
      found: { id: uuidOf(101) },
    })
    expect(here.tiles.files.get("checkpoint")).toEqual(signed)
  })
  it("nor when its end is missing", async () => {
    const here = place()
    await followAll(ledgerOf(events), here)
    const error = await failure(followAll(ledgerOf(events.slice(0, 550)), { tiles: here.tiles, state: memoryTiles() }))
    expect((error as HistoryRewritten).difference).toMatchObject({ kind: "dropped", index: 550, published: { id: uuidOf(550) } })
  })
  it("an honest ledger whose state is gone comes to the same tree again", async () => {
    const here = place()
    await followAll(ledgerOf(events), here)
    const before = tree(here.tiles)
    await followAll(ledgerOf(events), { tiles: here.tiles, state: memoryTiles() })
    expect(tree(here.tiles)).toEqual(before)
  })
  it("tiles that do not give the kept root are not built upon", async () => {
    const here = place()
    await followAll(ledgerOf(events), here)
    const path = "tile/0/002.p/88"
    here.tiles.files.set(path, here.tiles.files.get(path)?.map((byte) => byte ^ 1) ?? new Uint8Array(0))
    await expect(openProofLog({ ...here, signer, now })).rejects.toThrow("do not give the root")
    await expect(openProofLog({ ...here, signer: openNoteSigner(newSigningKey("another.example")), now })).rejects.toThrow(
      "never changes its name",
    )
  })
})
