/**
 * The single writer. Appends that arrive while a commit is under way form the next one (group commit); the commit itself runs
 * on LMDB's own thread, so this thread goes on parsing and encoding. Exactly one commit is in flight at a time.
 */
import type { AppendOutcome } from "../port.js"
import { createBatch, type WaitingAppend } from "./batch.js"
import type { Files } from "./files.js"
import type { Heads } from "./heads.js"
import type { EmbeddedLimits } from "./limits.js"

export type Writer = {
  readonly enqueue: (append: WaitingAppend) => void
  /** Position of the last event on disk; 0 = none. */
  readonly committed: () => number
  /** Waits for everything enqueued, writes the heads down, and takes no more. */
  readonly close: () => Promise<void>
}

export type WriterParts = {
  readonly files: Files
  readonly heads: Heads
  readonly limits: EmbeddedLimits
  readonly now: () => number
  readonly committed: number
  readonly onCommitted: () => void
}

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A queue that is taken from the front in constant time. */
const createQueue = () => {
  let items: WaitingAppend[] = []
  let front = 0
  return {
    push: (append: WaitingAppend) => items.push(append),
    peek: () => items[front],
    shift: () => {
      front += 1
      if (front > 1024 && front * 2 > items.length) {
        items = items.slice(front)
        front = 0
      }
    },
    size: () => items.length - front,
  }
}

export const createWriter = (parts: WriterParts): Writer => {
  const { files, heads, limits } = parts
  const queue = createQueue()
  const arena = Buffer.allocUnsafeSlow(limits.commitBytesMax)
  let committed = parts.committed
  let running: Promise<void> | null = null
  let mustReload = false

  const reload = async (): Promise<void> => {
    committed = await heads.load()
    mustReload = false
  }

  const fillBatch = () => {
    const batch = createBatch({ committed, headOf: heads.get, blockAt: files.block, recordedAt: parts.now(), limits, arena })
    let failure: unknown = null
    for (let append = queue.peek(); append !== undefined; append = queue.peek()) {
      try {
        if (!batch.take(append)) break
        queue.shift()
      } catch (error) {
        queue.shift()
        append.resolve({ kind: "unknown", cause: causeOf(error) })
        failure = error
        break
      }
    }
    return { ...batch.seal(), failure }
  }

  const refuseWaiting = (cause: string): void => {
    for (let append = queue.peek(); append !== undefined; append = queue.peek()) {
      queue.shift()
      append.resolve({ kind: "unknown", cause })
    }
  }

  const refuseWhenDiskIsFull = (): void => {
    const free = files.diskFree()
    if (free < limits.diskFreeBytesMin)
      refuseWaiting(`only ${free} bytes are free on the disk, ${limits.diskFreeBytesMin} are needed`)
  }

  /** Starts the commit of what waits now; the returned function waits for it and gives back how to answer. */
  const startCommit = (): (() => Promise<() => void>) => {
    refuseWhenDiskIsFull()
    const sealed = fillBatch()
    const slice = sealed.blocks.length > 0 ? heads.nextSlice(committed) : { heads: [], headsUpTo: null }
    const done = sealed.failure === null ? files.commit({ blocks: sealed.blocks, ...slice }) : Promise.reject(sealed.failure)
    return async () => {
      try {
        await done
      } catch (error) {
        mustReload = true
        // Even the conflicts of this batch were judged against heads that may not have come to be.
        const unknown: AppendOutcome = { kind: "unknown", cause: `the commit failed: ${causeOf(error)}` }
        return () => {
          for (const { append } of sealed.answers) append.resolve(unknown)
        }
      }
      for (const [stream, head] of sealed.heads) heads.set(stream, head)
      heads.sliceCommitted()
      committed = sealed.last
      return () => {
        for (const { append, outcome } of sealed.answers) append.resolve(outcome)
      }
    }
  }

  const run = async (): Promise<void> => {
    // Leaves the callers of this turn time to join the first commit.
    await new Promise(setImmediate)
    if (mustReload) await reload()
    let commit = startCommit()
    for (;;) {
      const answer = await commit()
      // With enough waiting, the next commit starts before the answers run their callers' code: the disk stays busy.
      const early = !mustReload && queue.size() >= limits.commitEventsMax / 4 ? startCommit() : null
      answer()
      if (mustReload) await reload()
      parts.onCommitted()
      if (early !== null) commit = early
      else {
        await new Promise(setImmediate)
        if (queue.size() === 0) return
        commit = startCommit()
      }
    }
  }

  const wake = (): void => {
    running ??= run()
      .catch((error: unknown) => {
        mustReload = true
        refuseWaiting(`the store could not be read again after a failed commit: ${causeOf(error)}`)
      })
      .finally(() => {
        running = null
        if (queue.size() > 0) wake()
      })
  }

  return {
    enqueue: (append) => {
      if (queue.size() >= limits.appendsWaitingMax) {
        append.resolve({ kind: "unknown", cause: `${limits.appendsWaitingMax} appends are waiting already: slow down and retry` })
        return
      }
      queue.push(append)
      wake()
    },
    committed: () => committed,
    close: async () => {
      const settled = async (): Promise<void> => {
        if (running === null) return
        await running
        await settled()
      }
      await settled()
      if (mustReload) return
      for (let slice = heads.nextSlice(committed, true); slice.heads.length > 0; slice = heads.nextSlice(committed, true)) {
        await files.commit({ blocks: [], ...slice })
        heads.sliceCommitted()
      }
    },
  }
}
