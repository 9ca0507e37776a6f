/** Entries of event pages, in order, computed by a thread of their own while the caller goes on. */
import { Worker } from "node:worker_threads"
import type { RecordedEvent } from "@tongzhang/event-store/port"
import { entriesOf } from "@tongzhang/proof/compare"
import { entry_bytes } from "@tongzhang/proof/entry"
import type { HashAnswer } from "./hash-worker.js"

export type Hasher = {
  /** Resolves in the order of the calls. */
  readonly entries: (events: readonly RecordedEvent[]) => Promise<readonly Uint8Array[]>
  readonly close: () => Promise<void>
}

/** A worker cannot be started from TypeScript sources. */
const canThread = import.meta.url.endsWith(".js")

const split = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length / entry_bytes }, (_, i) => bytes.subarray(i * entry_bytes, (i + 1) * entry_bytes))

const threaded = (): Hasher => {
  const worker = new Worker(new URL("./hash-worker.js", import.meta.url))
  const waiting = new Map<number, { resolve: (entries: Uint8Array[]) => void; reject: (error: Error) => void }>()
  let next = 0
  const failAll = (error: Error): void => {
    for (const one of waiting.values()) one.reject(error)
    waiting.clear()
  }
  worker.on("message", (answer: HashAnswer) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ("error" in answer) one?.reject(new Error(answer.error))
    else one?.resolve(split(answer.entries))
  })
  worker.on("error", failAll)
  worker.on("exit", (code) => failAll(new Error(`the hashing thread ended with code ${code}`)))
  return {
    entries: (events) =>
      new Promise((resolve, reject) => {
        const id = next++
        waiting.set(id, { resolve, reject })
        // Position and whatever else an engine adds is not hashed, and need not be copied.
        worker.postMessage({
          id,
          events: events.map(({ id, stream, revision, type, data, metadata, recordedAt }) => ({
            id,
            stream,
            revision,
            type,
            data,
            metadata,
            recordedAt,
          })),
        })
      }),
    close: async () => void (await worker.terminate()),
  }
}

/** @param thread default: where the package is compiled */
export const createHasher = (thread = canThread): Hasher =>
  thread ? threaded() : { entries: async (events) => entriesOf(events), close: async () => {} }
