/** The published log against the ledger, event by event, and every checkpoint that was ever kept against the tree of today. */
import { setImmediate } from "node:timers/promises"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import { sameBytes, textOf, toBase64, utf8 } from "@tongzhang/proof/bytes"
import { openCheckpoint } from "@tongzhang/proof/checkpoint"
import { type Comparer, compareWithLog } from "@tongzhang/proof/compare"
import { witnessedPath } from "@tongzhang/proof/cosign"
import type { Hash } from "@tongzhang/proof/merkle"
import type { NoteKey } from "@tongzhang/proof/note"
import { positionBefore } from "@tongzhang/proof/positions"
import { readLog } from "@tongzhang/proof/reader"
import { type Difference, explain } from "@tongzhang/proof/rewritten"
import { checkpointPath, tileWidth } from "@tongzhang/proof/tile-path"
import type { TileStore } from "@tongzhang/proof/tile-store"
import { createHasher } from "./hasher.js"

export type LogDeps = { readonly store: EventStore; readonly tiles: TileStore; readonly state: TileStore; readonly key: NoteKey }

/** The tree that the ledger is compared with. */
export type Against = { readonly size: number; readonly root: Hash }

export type LogReport = {
  readonly ok: boolean
  /** Entries compared in this run, and from where: an earlier run had found the ones before to agree. */
  readonly entries: number
  readonly from: number
  readonly size: number
  /** Of the events, base 64; null when there are fewer than were published. */
  readonly root: string | null
  readonly root_published: string
  readonly differences: readonly (Difference & { readonly what: string })[]
  readonly tiles_differing: readonly string[]
  readonly checkpoints: number
  /** Kept checkpoints that are not of this tree, each with its reason. */
  readonly checkpoints_false: readonly { readonly path: string; readonly what: string }[]
}

export type LogStage = {
  /** Read the ledger from here: exclusive, null from the beginning. */
  readonly after: Position | null
  readonly from: number
  readonly size: number
  readonly take: (events: readonly RecordedEvent[]) => Promise<void>
  readonly done: () => boolean
  readonly finish: () => Promise<LogReport>
  readonly close: () => Promise<void>
}

/** Pages that may be on their way to the hashing thread: bounds memory. */
const pages_inflight_max = 8
const savePath = "fsck.json"
const save_every_entries = 65_536

type Saved = { readonly root: string; readonly size: number; readonly agreed: number }

/** How far an earlier run came; 0 when there was none, or the tree it looked at is not this one's beginning. */
const resumeAt = async ({ tiles, state }: LogDeps, size: number): Promise<number> => {
  const bytes = await state.read(savePath)
  if (bytes === null) return 0
  const saved = JSON.parse(textOf(bytes)) as Saved
  if (saved.size > size || saved.agreed > saved.size) return 0
  return toBase64(await readLog(tiles, size).rootAt(saved.size)) === saved.root ? saved.agreed : 0
}

const checkCheckpoints = async (
  deps: LogDeps,
  compared: number,
): Promise<Pick<LogReport, "checkpoints" | "checkpoints_false">> => {
  const { tiles, key } = deps
  const days = (await tiles.list("checkpoints")).map((day) => `checkpoints/${day}`)
  const promises: { path: string; opened: Awaited<ReturnType<typeof openCheckpoint>> }[] = []
  for (const path of [checkpointPath, witnessedPath, ...days]) {
    const bytes = await tiles.read(path)
    if (bytes !== null) promises.push({ path, opened: await openCheckpoint(textOf(bytes), key) })
  }
  // Read last: a log that grows meanwhile is never smaller than what its checkpoints promised before.
  const size = (await publishedTree(deps))?.size ?? compared
  const found: { path: string; what: string }[] = []
  for (const { path, opened } of promises) {
    if (typeof opened === "string") found.push({ path, what: opened })
    else if (opened.checkpoint.size > size)
      found.push({ path, what: `promises ${opened.checkpoint.size} entries, the log has ${size}` })
    else if (!sameBytes(await readLog(tiles, size).rootAt(opened.checkpoint.size), opened.checkpoint.root))
      found.push({ path, what: `the tree of ${opened.checkpoint.size} entries has another root` })
  }
  return { checkpoints: promises.length, checkpoints_false: found }
}

/** The published tree; null when nothing is published yet. Throws when the checkpoint is not this log's. */
export const publishedTree = async ({ tiles, key }: LogDeps): Promise<Against | null> => {
  const bytes = await tiles.read(checkpointPath)
  if (bytes === null) return null
  const opened = await openCheckpoint(textOf(bytes), key)
  if (typeof opened === "string") throw new Error(`the published checkpoint is not this log's: ${opened}`)
  return opened.checkpoint
}

export const openLogStage = async (deps: LogDeps, { size, root }: Against, resume: boolean): Promise<LogStage> => {
  const { tiles, state } = deps
  const from = resume ? await resumeAt(deps, size) : 0
  const after = from === 0 ? null : await positionBefore(state, from / tileWidth)
  const comparer: Comparer = await compareWithLog(tiles, size, from)
  const hasher = createHasher()
  let inflight: Promise<void>[] = []
  let line: Promise<void> = Promise.resolve()
  let saved = from

  const write = (agreed: number): Promise<void> =>
    state.write([{ path: savePath, bytes: utf8(JSON.stringify({ root: toBase64(root), size, agreed } satisfies Saved)) }])
  // What an earlier run has seen is no evidence for this one, should this one be broken off in its turn.
  if (!resume) await write(0)
  const save = async (): Promise<void> => {
    const agreed = comparer.agreedUpTo()
    if (agreed - saved < save_every_entries) return
    saved = agreed
    await write(agreed)
  }
  const take = async (events: readonly RecordedEvent[]): Promise<void> => {
    if (comparer.done()) return
    const hashing = hasher.entries(events)
    // Settled later, in order; a failure comes out at `finish`.
    hashing.catch(() => undefined)
    line = line.then(async () => {
      await comparer.take(await hashing)
      await save()
    })
    line.catch(() => undefined)
    inflight.push(line)
    if (inflight.length >= pages_inflight_max) await inflight[0]
    inflight = inflight.slice(-pages_inflight_max + 1)
  }
  return {
    after,
    from,
    size,
    take,
    done: comparer.done,
    close: hasher.close,
    finish: async () => {
      await line
      const { differences, tiles_differing, root: computed, entries } = await comparer.finish()
      // Those published since the run began are of a larger tree.
      const checkpoints = await checkCheckpoints(deps, size)
      const same = computed !== null && sameBytes(computed, root)
      return {
        ok: same && differences.length === 0 && tiles_differing.length === 0 && checkpoints.checkpoints_false.length === 0,
        entries,
        from,
        size,
        root: computed === null ? null : toBase64(computed),
        root_published: toBase64(root),
        differences: differences.map((difference) => ({ ...difference, what: explain(difference) })),
        tiles_differing,
        ...checkpoints,
      }
    },
  }
}

/** The log stage alone, with a scan of its own. @param onProgress entries compared so far */
export const compareLog = async (
  deps: LogDeps,
  options: {
    /** Default: the published tree of now. */
    readonly against?: Against
    readonly resume: boolean
    readonly signal: AbortSignal
    readonly onProgress: (events: number) => void
  },
): Promise<LogReport | null> => {
  const against = options.against ?? (await publishedTree(deps))
  if (against === null) return null
  const stage = await openLogStage(deps, against, options.resume)
  try {
    options.onProgress(stage.from)
    let after = stage.after
    for (let atEnd = false; !atEnd && !stage.done() && !options.signal.aborted;) {
      const page = await deps.store.readAll({ after, max: 2_000 })
      await stage.take(page.events)
      options.onProgress(page.events.length)
      after = page.next
      atEnd = page.atEnd
      await setImmediate()
    }
    return await stage.finish()
  } finally {
    await stage.close()
  }
}
