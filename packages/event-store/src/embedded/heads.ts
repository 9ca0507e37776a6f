/**
 * Heads of the streams. In memory they are exact; on disk they are written down now and then, in key order, because a write per
 * commit dirties a page per stream and costs five times the log itself (measured: 93k against 500k events/s). What the disk
 * lacks is replayed from the log at opening, at most `eventsBetweenHeadsMax` events and a round of write-down.
 */
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { Files } from "./files.js"
import {
  blockCount,
  blockHeaderBytes,
  decodeHead,
  recordIndex,
  recordLength,
  recordRevision,
  recordStream,
  type Head,
} from "./layout.js"
import type { EmbeddedLimits } from "./limits.js"

export type HeadsSlice = { readonly heads: readonly (readonly [StreamName, Head])[]; readonly headsUpTo: number | null }

export type Heads = {
  readonly get: (stream: StreamName) => Head | undefined
  readonly set: (stream: StreamName, head: Head) => void
  /** Next part of a write-down that is due, to go along with a commit. `all` begins one whatever is due. */
  readonly nextSlice: (committed: number, all?: boolean) => HeadsSlice
  /** The slice last given is on disk. */
  readonly sliceCommitted: () => void
  /** Forgets what memory holds and reads it again. Returns the position of the last event. */
  readonly load: () => Promise<number>
}

type WriteDown = { readonly names: readonly StreamName[]; readonly pending: Set<StreamName>; readonly upTo: number; done: number }

const emptySlice: HeadsSlice = { heads: [], headsUpTo: null }

/** Cheap agreement of log and heads: the last block ends where the count says, and its last event is its stream's head. */
const checkTail = (files: Files, headOf: (stream: StreamName) => Head | undefined, last: number): void => {
  const key = files.lastBlockKey() ?? 0
  const block = files.block(key)
  if (block === undefined && last === 0) return
  if (block === undefined || key + blockCount(block) - 1 !== last) {
    throw new Error(`the log ends in block ${key} but the stream heads say event ${last}: the store is damaged`)
  }
  let offset = blockHeaderBytes
  while (offset + recordLength(block, offset) < block.length) offset += recordLength(block, offset)
  const [stream, revision] = [recordStream(block, offset), recordRevision(block, offset)]
  const head = headOf(stream)
  if (head?.block !== key || head.revision !== revision) {
    throw new Error(
      `event ${last} is revision ${revision} of ${stream} but its head says ${head?.revision ?? "nothing"}: damaged`,
    )
  }
}

export const createHeads = (files: Files, limits: EmbeddedLimits): Heads => {
  const cached = new Map<StreamName, Head>()
  let dirty = new Set<StreamName>()
  let writeDown: WriteDown | null = null
  let slice: readonly StreamName[] = []
  let onDiskUpTo = 0

  const evict = (): void => {
    let excess = cached.size - limits.headsCachedMax
    for (const stream of cached.keys()) {
      if (excess <= 0) return
      if (dirty.has(stream) || writeDown?.pending.has(stream) === true) continue
      cached.delete(stream)
      excess -= 1
    }
  }

  const get = (stream: StreamName): Head | undefined => {
    const known = cached.get(stream)
    if (known !== undefined) return known
    const value = files.head(stream)
    if (value === undefined) return undefined
    const head = decodeHead(value)
    cached.set(stream, head)
    return head
  }

  const set = (stream: StreamName, head: Head): void => {
    cached.set(stream, head)
    dirty.add(stream)
  }

  const nextSlice = (committed: number, all = false): HeadsSlice => {
    if (writeDown === null) {
      const due = dirty.size >= limits.headsDirtyMax || committed - onDiskUpTo >= limits.eventsBetweenHeadsMax
      if (dirty.size === 0 || !(due || all)) return emptySlice
      writeDown = { names: [...dirty].sort(), pending: dirty, upTo: committed, done: 0 }
      dirty = new Set()
    }
    slice = writeDown.names.slice(writeDown.done, writeDown.done + limits.headsPerCommitMax)
    const heads = slice.map((stream) => [stream, cached.get(stream) as Head] as const)
    return { heads, headsUpTo: writeDown.done + slice.length === writeDown.names.length ? writeDown.upTo : null }
  }

  const sliceCommitted = (): void => {
    if (writeDown === null) return
    for (const stream of slice) writeDown.pending.delete(stream)
    writeDown.done += slice.length
    slice = []
    if (writeDown.done === writeDown.names.length) {
      onDiskUpTo = writeDown.upTo
      writeDown = null
    }
    // Some slack, so that the walk over the map is paid for by many evictions.
    if (cached.size > limits.headsCachedMax * 1.1) evict()
  }

  const load = async (): Promise<number> => {
    cached.clear()
    dirty = new Set()
    writeDown = null
    slice = []
    onDiskUpTo = files.headsUpTo()
    let next = onDiskUpTo + 1
    for (let block = files.block(next); block !== undefined; block = files.block(next)) {
      const count = blockCount(block)
      for (let offset = blockHeaderBytes; offset < block.length; offset += recordLength(block, offset)) {
        const head = { block: next, offset, revision: recordRevision(block, offset), index: recordIndex(block, offset) }
        set(recordStream(block, offset), head)
      }
      next += count
    }
    // Blocks after a gap belong to a commit that failed half-way: nobody was told of them, so they go.
    if ((files.lastBlockKey() ?? 0) >= next) await files.removeBlocksFrom(next)
    checkTail(files, get, next - 1)
    return next - 1
  }

  return { get, set, nextSlice, sliceCommitted, load }
}
