/** The LMDB environment: three tables and one atomic, fsynced commit. Nothing else here knows about LMDB. */
import { statfsSync } from "node:fs"
import { open, type Database, type RootDatabase } from "lmdb"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { encodeHead, type Head } from "./layout.js"

export const formatVersion = 1

export type CommitWrites = {
  readonly blocks: readonly { readonly key: number; readonly bytes: Buffer }[]
  readonly heads: readonly (readonly [StreamName, Head])[]
  /** All heads up to this position stand in the streams table once this commit is done. */
  readonly headsUpTo: number | null
}

export type Files = {
  /**
   * Bytes free on the disk. Asked before each commit: when a write of its own fails, lmdb 3.5.6 sometimes overruns a buffer while
   * it words the error, and the process aborts (seen with a file-size limit). The facts survive that; the process does not.
   */
  readonly diskFree: () => number
  /** Resolves after fdatasync. One at a time. */
  readonly commit: (writes: CommitWrites) => Promise<void>
  /** Bytes are valid until the next call only; undefined when no block has this key. */
  readonly block: (key: number) => Buffer | undefined
  /** Key of the block that holds this position: the greatest not above it. */
  readonly blockKeyAt: (position: number) => number | undefined
  readonly lastBlockKey: () => number | undefined
  readonly removeBlocksFrom: (key: number) => Promise<void>
  readonly head: (stream: StreamName) => Buffer | undefined
  readonly headsUpTo: () => number
  readonly close: () => Promise<void>
}

const checkFormat = (root: RootDatabase, path: string): Database<number, string> => {
  const meta: Database<number, string> = root.openDB({ name: "meta", encoding: "json" })
  const found = meta.get("format")
  if (found === undefined) meta.putSync("format", formatVersion)
  else if (found !== formatVersion) {
    throw new Error(
      `the event store in ${path} has format ${found}, this build reads format ${formatVersion}: use the build that wrote it, or a later one`,
    )
  }
  return meta
}

/** lmdb-js hides the reason of a failed commit behind a second promise. */
const commitFailure = async (error: unknown): Promise<Error> => {
  const hidden = (error as { commitError?: Promise<never> }).commitError
  if (hidden === undefined) return error instanceof Error ? error : new Error(String(error))
  try {
    return await hidden
  } catch (reason) {
    return reason instanceof Error ? reason : new Error(String(reason))
  }
}

/** Throws when the folder holds a newer format. */
export const openFiles = async (path: string): Promise<Files> => {
  // overlappingSync would answer before the fsync; without it the commit thread syncs first (seen with strace).
  // Event-turn batching makes a promise nobody can reach, whose rejection would end the process when a commit fails.
  const options = { path, overlappingSync: false, eventTurnBatching: false, maxDbs: 4, noSubdir: false, noMemInit: true }
  const root = open(options)
  try {
    return filesOf(root, path)
  } catch (error) {
    await root.close()
    throw error
  }
}

const filesOf = (root: RootDatabase, path: string): Files => {
  const meta = checkFormat(root, path)
  const log: Database<Buffer, number> = root.openDB({ name: "log", encoding: "binary" })
  const streams: Database<Buffer, string> = root.openDB({ name: "streams", encoding: "binary" })

  const commit = async (writes: CommitWrites): Promise<void> => {
    if (writes.blocks.length === 0 && writes.heads.length === 0) return
    const done = root.batch(() => {
      for (const { key, bytes } of writes.blocks) void log.put(key, bytes)
      for (const [stream, head] of writes.heads) void streams.put(stream, encodeHead(head))
      if (writes.headsUpTo !== null) void meta.put("headsUpTo", writes.headsUpTo)
    })
    try {
      await done
    } catch (error) {
      throw await commitFailure(error)
    }
    root.resetReadTxn()
    const last = writes.blocks.at(-1)
    if (last !== undefined && !log.doesExist(last.key))
      throw new Error("the commit reported success but its last block is missing")
  }

  return {
    diskFree: () => {
      const { bavail, bsize } = statfsSync(path)
      return bavail * bsize
    },
    commit,
    block: (key) => {
      const bytes = log.getBinaryFast(key)
      return bytes?.subarray(0, bytes.length)
    },
    blockKeyAt: (position) => {
      if (log.doesExist(position)) return position
      for (const key of log.getKeys({ start: position, reverse: true, limit: 1 })) return key
      return undefined
    },
    lastBlockKey: () => {
      for (const key of log.getKeys({ reverse: true, limit: 1 })) return key
      return undefined
    },
    removeBlocksFrom: async (key) => {
      const orphans = Array.from(log.getKeys({ start: key }))
      await root.batch(() => {
        for (const orphan of orphans) void log.remove(orphan)
      })
      root.resetReadTxn()
    },
    head: (stream) => streams.getBinaryFast(stream),
    headsUpTo: () => meta.get("headsUpTo") ?? 0,
    close: () => root.close(),
  }
}
