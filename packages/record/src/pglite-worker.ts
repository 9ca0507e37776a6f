/** Entry of the worker thread that runs PGlite: a batch of rows takes a core for a tenth of a second, requests should not wait for it. */
import { parentPort, workerData } from "node:worker_threads"
import type { WorkerAnswer, WorkerRequest } from "./pglite-thread.js"
import { createPglite } from "./pglite.js"

if (parentPort === null) throw new Error("pglite-worker runs as a worker thread only")
const port = parentPort
const answer = (message: WorkerAnswer): void => port.postMessage(message)

const failure = (error: unknown): NonNullable<WorkerAnswer["error"]> => {
  if (!(error instanceof Error)) return { message: String(error), code: "" }
  const { code } = error as Error & { readonly code?: unknown }
  return { message: error.message, code: typeof code === "string" ? code : "" }
}

const opened = createPglite((workerData as { readonly path: string | null }).path)
opened.then(
  () => answer({ id: 0, rows: [] }),
  (error: unknown) => answer({ id: 0, rows: [], error: failure(error) }),
)

const serve = async ({ id, sql, parameters, blob }: WorkerRequest): Promise<void> => {
  try {
    const pglite = await opened
    if (sql === null) {
      await pglite.close()
      answer({ id, rows: [] })
      return
    }
    const { rows, affectedRows } = await pglite.query<unknown>(sql, [...parameters], blob)
    answer(affectedRows === undefined ? { id, rows } : { id, rows, affectedRows })
  } catch (error) {
    answer({ id, rows: [], error: failure(error) })
  }
}

port.on("message", (request: WorkerRequest) => void serve(request))
