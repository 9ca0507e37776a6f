/** The LMDB environment: three tables and one atomic, fsynced commit. Nothing else here knows about LMDB. */
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
  const root = open({ path, overlappingSync: false, maxDbs: 4, noSubdir: false, noMemInit: true })
  let meta: Database<number, string>
  try {
    meta = checkFormat(root, path)
  } catch (error) {
    await root.close()
    throw error
  }
  const log: Database<Buffer, number> = root.openDB({ name: "log", encoding: "binary" })
  const streams: Database<Buffer, string> = root.openDB({ name: "streams", encoding: "binary" })

  const commit = async (writes: CommitWrites): Promise<void> => {
    // All puts of one event turn form one transaction; the last promise stands for all of them.
    let done: Promise<boolean> | null = null
    for (const { key, bytes } of writes.blocks) done = log.put(key, bytes)
    for (const [stream, head] of writes.heads) done = streams.put(stream, encodeHead(head))
    if (writes.headsUpTo !== null) done = meta.put("headsUpTo", writes.headsUpTo)
    if (done === null) return
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
      let done: Promise<boolean> | null = null
      const found = Array.from(log.getKeys({ start: key }))
      for (const orphan of found) done = log.remove(orphan)
      if (done !== null) await done
      root.resetReadTxn()
    },
    head: (stream) => streams.getBinaryFast(stream),
    headsUpTo: () => meta.get("headsUpTo") ?? 0,
    close: () => root.close(),
  }
}
