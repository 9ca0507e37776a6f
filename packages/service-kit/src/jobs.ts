/** Counted long work inside one process, with progress and time left: batch files, rebuilds. Forgotten at a restart; the facts are not. */
import { randomUUID } from "node:crypto"
import type { Clock } from "./clock.js"
import { createLine, hasEnded, type Job, type JobWork } from "./job-line.js"

export type Jobs = {
  /** Queues the work, runs it when one of `max_running` places is free. The work's value becomes `result`, its throw `error`. */
  readonly start: <R>(
    kind: string,
    total: number | null,
    run: (job: JobWork) => Promise<R>,
    options?: { readonly owner?: string },
  ) => Job<R>
  readonly get: (id: string) => Job | null
  /** Newest first. */
  readonly list: () => readonly Job[]
  /** False when there is no such job or it has ended. */
  readonly cancel: (id: string) => boolean
  /** Called on every change of that job; returns a function that stops it. */
  readonly watch: (id: string, onChange: (job: Job) => void) => () => void
  /** Resolves with the job's last state. Null when there is no such job. */
  readonly wait: (id: string) => Promise<Job | null>
  /** Cancels all and waits until their work has returned. */
  readonly close: () => Promise<void>
}

export type JobsOptions = {
  readonly clock: Clock
  /** Jobs at work at the same time (default 2); the others wait in line. */
  readonly max_running?: number
  /** Ended jobs that are remembered (default 200). */
  readonly max_kept?: number
  readonly newId?: () => string
}

const newJob = (id: string, kind: string, owner: string | null, total: number | null, queuedAt: number): Job => ({
  id,
  kind,
  owner,
  state: "queued",
  done: 0,
  total,
  rate_per_second: 0,
  eta_seconds: null,
  queuedAt,
  startedAt: null,
  endedAt: null,
})

export const createJobs = (options: JobsOptions): Jobs => {
  const { clock } = options
  const line = createLine(clock, options.max_running ?? 2, options.max_kept ?? 200)
  const get = (id: string): Job | null => line.entries.get(id)?.job ?? null
  const watch = (id: string, onChange: (job: Job) => void): (() => void) => {
    const watchers = line.entries.get(id)?.watchers
    watchers?.add(onChange)
    return () => void watchers?.delete(onChange)
  }
  const wait = (id: string): Promise<Job | null> =>
    new Promise((resolve) => {
      const job = get(id)
      if (job === null || hasEnded(job)) return resolve(job)
      const stop = watch(id, (changed) => {
        if (!hasEnded(changed)) return
        stop()
        resolve(changed)
      })
    })
  return {
    start: <R>(
      kind: string,
      total: number | null,
      run: (job: JobWork) => Promise<R>,
      { owner }: { readonly owner?: string } = {},
    ) => {
      const queued = newJob((options.newId ?? randomUUID)(), kind, owner ?? null, total, clock.now())
      line.enter(queued, run)
      return (get(queued.id) ?? queued) as Job<R>
    },
    get,
    list: () => [...line.entries.values()].map((entry) => entry.job).reverse(),
    cancel: line.cancel,
    watch,
    wait,
    close: async () => {
      // Newest first, so that cancelling one at work does not start the next in line.
      for (const id of [...line.entries.keys()].reverse()) line.cancel(id)
      await Promise.all([...line.entries.values()].map((entry) => entry.finished))
    },
  }
}
