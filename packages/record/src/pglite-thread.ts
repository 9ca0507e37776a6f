/** PGlite in a worker thread, seen from outside: one request per statement, answered in order. */
import { Worker } from "node:worker_threads"
import type { PgliteLike } from "./pglite.js"

/** `sql` null: close. */
export type WorkerRequest = {
  readonly id: number
  readonly sql: string | null
  readonly parameters: readonly unknown[]
  readonly blob?: Uint8Array
}
/** Id 0 is the opening itself. */
export type WorkerAnswer = {
  readonly id: number
  readonly rows: readonly unknown[]
  readonly affectedRows?: number
  readonly error?: { readonly message: string; readonly code: string }
}

type Waiting = { readonly resolve: (answer: WorkerAnswer) => void; readonly reject: (error: Error) => void }

/** Whether this is the compiled package: a worker cannot be started from TypeScript sources. */
export const canThread = import.meta.url.endsWith(".js")

const asError = ({ message, code }: NonNullable<WorkerAnswer["error"]>): Error => Object.assign(new Error(message), { code })

/** Opens PGlite in a thread of its own. After the thread died every call rejects. */
export const openPgliteThread = async (path: string | null): Promise<PgliteLike> => {
  const worker = new Worker(new URL("./pglite-worker.js", import.meta.url), { workerData: { path } })
  const waiting = new Map<number, Waiting>()
  let dead: Error | null = null
  let next = 1

  const died = (error: Error): void => {
    dead ??= error
    for (const { reject } of waiting.values()) reject(dead)
    waiting.clear()
  }
  worker.on("error", died)
  worker.on("exit", (code) => died(new Error(`record store: its thread ended with code ${code}`)))
  worker.on("message", (message: WorkerAnswer) => {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) asked?.resolve(message)
    else asked?.reject(asError(message.error))
  })

  const expecting = (id: number): Promise<WorkerAnswer> =>
    new Promise((resolve, reject) => {
      if (dead === null) waiting.set(id, { resolve, reject })
      else reject(dead)
    })
  const ask = (sql: string | null, parameters: readonly unknown[], blob?: Uint8Array): Promise<WorkerAnswer> => {
    const id = next++
    const answer = expecting(id)
    const read = blob === undefined ? {} : { blob }
    if (dead === null) worker.postMessage({ id, sql, parameters, ...read } satisfies WorkerRequest)
    return answer
  }

  await expecting(0)
  return {
    query: async <Row>(sql: string, parameters: unknown[] = [], blob?: Uint8Array) => {
      const { rows, affectedRows } = await ask(sql, parameters, blob)
      return affectedRows === undefined ? { rows: rows as Row[] } : { rows: rows as Row[], affectedRows }
    },
    close: async () => {
      await ask(null, [])
      await worker.terminate()
    },
  }
}
