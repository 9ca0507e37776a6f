/**
 * The embedded event store: LMDB, one process, one writer. See `layout.ts` for the bytes, `writer.ts` for durability and
 * `heads.ts` for what is written when.
 */
import { mkdir } from "node:fs/promises"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { AppendOutcome, EventStore, NewEvent } from "../port.js"
import { createDecodedBlocks } from "./decoded.js"
import { openFiles, type Files } from "./files.js"
import { createHeads } from "./heads.js"
import { recordBytesMax } from "./layout.js"
import { defaultLimits, type EmbeddedLimits } from "./limits.js"
import { lockFolder } from "./lock.js"
import { assertStreamName, positionOrNull, readAllPage, readLog, readStream } from "./reader.js"
import { subscribeTo } from "./subscription.js"
import { assertUuid } from "./uuid.js"
import { createWriter } from "./writer.js"

export type EmbeddedStoreOptions = Partial<EmbeddedLimits> & {
  /** Folder of its own; made when it is not there. */
  readonly path: string
  /** Clock for `recordedAt`, ms since 1970. */
  readonly now?: () => number
}

/** Throws on what no caller may send: a bad id, an over-long name, an append over the limits. Returns its bytes, upper bound. */
const checkAppend = (stream: StreamName, expected: number, events: readonly NewEvent[], limits: EmbeddedLimits): number => {
  assertStreamName(stream)
  if (!Number.isInteger(expected) || expected < -1) throw new Error(`expected revision ${expected} of ${stream} is not one`)
  if (events.length > limits.appendEventsMax) {
    throw new Error(`an append takes at most ${limits.appendEventsMax} events, not ${events.length}`)
  }
  let bytesMax = 0
  for (const event of events) {
    assertUuid(event.id)
    if (event.type.length === 0 || event.type.length > 1_000) throw new Error(`event type of ${event.type.length} characters`)
    bytesMax += recordBytesMax(stream, event)
  }
  if (bytesMax > limits.appendBytesMax) throw new Error(`an append takes at most ${limits.appendBytesMax} bytes, not ${bytesMax}`)
  return bytesMax
}

/** `wrap` lets a test make commits fail. Throws when another process holds the folder or it holds a newer format. */
export const openEmbeddedStore = async (
  options: EmbeddedStoreOptions,
  wrap: (files: Files) => Files = (files) => files,
): Promise<EventStore> => {
  const limits: EmbeddedLimits = { ...defaultLimits, ...options }
  await mkdir(options.path, { recursive: true })
  const unlock = lockFolder(options.path)
  try {
    return await openLocked(options.path, limits, options.now ?? Date.now, unlock, wrap)
  } catch (error) {
    unlock()
    throw error
  }
}

const openLocked = async (
  path: string,
  limits: EmbeddedLimits,
  now: () => number,
  unlock: () => void,
  wrap: (files: Files) => Files,
): Promise<EventStore> => {
  const files = wrap(await openFiles(path))
  const heads = createHeads(files, limits)
  const decoded = createDecodedBlocks(limits.eventsDecodedMax)
  let sleepers: (() => void)[] = []
  let closed = false
  const wakeAll = (): void => {
    const woken = sleepers
    sleepers = []
    for (const wake of woken) wake()
  }
  const writer = createWriter({ files, heads, limits, now, committed: await heads.load(), onCommitted: wakeAll })
  const assertOpen = (): void => {
    if (closed) throw new Error(`the event store in ${path} is closed`)
  }

  return {
    append: async (stream, expected, events) => {
      assertOpen()
      const bytesMax = checkAppend(stream, expected, events, limits)
      return new Promise<AppendOutcome>((resolve) => writer.enqueue({ stream, expected, events, bytesMax, resolve }))
    },
    readStream: async (stream, read) => {
      assertOpen()
      return readStream(files, heads.get(stream), read)
    },
    readAll: async (read) => {
      assertOpen()
      return readAllPage(files, writer.committed(), read, limits, decoded)
    },
    subscribe: (subscription) => {
      assertOpen()
      const page = (after: number, max: number, prefixes: readonly Buffer[] | null) =>
        readLog(files, { after, committed: writer.committed(), max, prefixes }, limits, decoded)
      return subscribeTo({ page, onNextCommit: (wake) => sleepers.push(wake), isClosed: () => closed }, subscription)
    },
    head: async () => {
      assertOpen()
      return positionOrNull(writer.committed())
    },
    close: async () => {
      if (closed) return
      closed = true
      wakeAll()
      await writer.close()
      await files.close()
      unlock()
    },
  }
}
