/** Counted long work inside one process, with progress and time left: batch files, rebuilds. Forgotten at a restart; the facts are not. */
import { randomUUID } from "node:crypto"
import type { Clock } from "./clock.js"
import { createRate, type Rate } from "./rate.js"

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled"

export type Job<R = unknown> = {
  readonly id: string
  readonly kind: string
  /** Whose job it is, as the caller that started it names itself; null = nobody's in particular. */
  readonly owner: string | null
  readonly state: JobState
  readonly done: number
  /** Null while unknown. */
  readonly total: number | null
  readonly rate_per_second: number
  /** Null while unknown, and when the job has ended. */
  readonly eta_seconds: number | null
  /** ms since 1970 */
  readonly queuedAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly error?: string
  readonly result?: R
}

/** What the work itself holds on to. */
export type JobWork = {
  readonly id: string
  /** Aborts when the job is cancelled or the process stops. */
  readonly signal: AbortSignal
  readonly advance: (count?: number) => void
  readonly setTotal: (total: number) => void
}

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

type Entry = {
  job: Job
  readonly rate: Rate
  readonly abort: AbortController
  readonly run: (work: JobWork) => Promise<unknown>
  readonly watchers: Set<(job: Job) => void>
  finished: Promise<void>
}

const ended = (job: Job): boolean => job.state === "done" || job.state === "failed" || job.state === "cancelled"

export const createJobs = (options: JobsOptions): Jobs => {
  const { clock } = options
  const max_running = options.max_running ?? 2
  const max_kept = options.max_kept ?? 200
  const entries = new Map<string, Entry>()

  const change = (entry: Entry, changes: Partial<Job>): void => {
    entry.job = { ...entry.job, ...changes }
    for (const watcher of entry.watchers) watcher(entry.job)
  }
  const measure = (entry: Entry, done: number, total: number | null): Partial<Job> => {
    const rate_per_second = entry.rate.at(clock.now(), done)
    const eta_seconds = total === null || rate_per_second === 0 ? null : Math.ceil(Math.max(total - done, 0) / rate_per_second)
    return { done, total, rate_per_second, eta_seconds }
  }
  const forget = (): void => {
    const old = [...entries.values()].filter((entry) => ended(entry.job))
    for (const entry of old.slice(0, Math.max(old.length - max_kept, 0))) entries.delete(entry.job.id)
  }
  const work = async (entry: Entry): Promise<void> => {
    const handle: JobWork = {
      id: entry.job.id,
      signal: entry.abort.signal,
      advance: (count = 1) => change(entry, measure(entry, entry.job.done + count, entry.job.total)),
      setTotal: (total) => change(entry, measure(entry, entry.job.done, total)),
    }
    try {
      const result = await entry.run(handle)
      finish(entry, { state: entry.abort.signal.aborted ? "cancelled" : "done", result })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      finish(entry, entry.abort.signal.aborted ? { state: "cancelled" } : { state: "failed", error: message })
    }
  }
  const finish = (entry: Entry, changes: Partial<Job>): void => {
    change(entry, {
      ...changes,
      rate_per_second: entry.rate.overall(clock.now(), entry.job.done),
      eta_seconds: null,
      endedAt: clock.now(),
    })
    forget()
    next()
  }
  const next = (): void => {
    const all = [...entries.values()]
    const places = max_running - all.filter((entry) => entry.job.state === "running").length
    for (const entry of all.filter((entry) => entry.job.state === "queued").slice(0, Math.max(places, 0))) {
      entry.rate.start(clock.now())
      change(entry, { state: "running", startedAt: clock.now() })
      entry.finished = work(entry)
    }
  }
  const cancel = (id: string): boolean => {
    const entry = entries.get(id)
    if (entry === undefined || ended(entry.job)) return false
    entry.abort.abort()
    // A running job ends when its work notices; a queued one never starts.
    if (entry.job.state === "queued") finish(entry, { state: "cancelled" })
    return true
  }
  const watch = (id: string, onChange: (job: Job) => void): (() => void) => {
    const entry = entries.get(id)
    if (entry === undefined) return () => {}
    entry.watchers.add(onChange)
    return () => void entry.watchers.delete(onChange)
  }
  return {
    start: <R>(
      kind: string,
      total: number | null,
      run: (job: JobWork) => Promise<R>,
      { owner }: { readonly owner?: string } = {},
    ) => {
      const id = (options.newId ?? randomUUID)()
      const job: Job = {
        id,
        kind,
        owner: owner ?? null,
        state: "queued",
        done: 0,
        total,
        rate_per_second: 0,
        eta_seconds: null,
        queuedAt: clock.now(),
        startedAt: null,
        endedAt: null,
      }
      entries.set(id, {
        job,
        rate: createRate(),
        abort: new AbortController(),
        run,
        watchers: new Set(),
        finished: Promise.resolve(),
      })
      next()
      return entries.get(id)?.job as Job<R>
    },
    get: (id) => entries.get(id)?.job ?? null,
    list: () => [...entries.values()].map((entry) => entry.job).reverse(),
    cancel,
    watch,
    wait: (id) =>
      new Promise((resolve) => {
        const job = entries.get(id)?.job ?? null
        if (job === null || ended(job)) return resolve(job)
        const stop = watch(id, (changed) => {
          if (!ended(changed)) return
          stop()
          resolve(changed)
        })
      }),
    close: async () => {
      for (const id of [...entries.keys()].reverse()) cancel(id)
      await Promise.all([...entries.values()].map((entry) => entry.finished))
    },
  }
}
