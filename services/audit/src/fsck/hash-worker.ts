/** Hashes events beside the thread that folds them. */
import { parentPort } from "node:worker_threads"
import { entry_bytes, type Sealed, writeEntry } from "@tongzhang/proof/entry"

export type HashRequest = { readonly id: number; readonly events: readonly Sealed[] }
export type HashAnswer = { readonly id: number; readonly entries: Uint8Array } | { readonly id: number; readonly error: string }

parentPort?.on("message", ({ id, events }: HashRequest) => {
  try {
    const entries = Buffer.allocUnsafeSlow(events.length * entry_bytes)
    for (const [i, event] of events.entries()) writeEntry(entries, i * entry_bytes, event)
    parentPort?.postMessage({ id, entries } satisfies HashAnswer, [entries.buffer])
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) } satisfies HashAnswer)
  }
})
