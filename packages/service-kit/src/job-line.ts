/** The line of jobs: who works, who waits, who is forgotten. */
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

type Entry = {
  job: Job
  readonly rate: Rate
  readonly abort: AbortController
  readonly run: (work: JobWork) => Promise<unknown>
  readonly watchers: Set<(job: Job) => void>
  finished: Promise<void>
}

export type Line = {
  readonly entries: ReadonlyMap<string, Entry>
  readonly enter: (job: Job, run: Entry["run"]) => void
  readonly cancel: (id: string) => boolean
}

export const hasEnded = (job: Job): boolean => job.state === "done" || job.state === "failed" || job.state === "cancelled"

const change = (entry: Entry, changes: Partial<Job>): void => {
  entry.job = { ...entry.job, ...changes }
  for (const watcher of entry.watchers) watcher(entry.job)
}

const measured = (entry: Entry, now: number, done: number, total: number | null): Partial<Job> => {
  const rate_per_second = entry.rate.at(now, done)
  const eta_seconds = total === null || rate_per_second === 0 ? null : Math.ceil(Math.max(total - done, 0) / rate_per_second)
  return { done, total, rate_per_second, eta_seconds }
}

/** Runs the work to its end; what it returns or throws decides the state, unless it was cancelled. */
const outcomeOf = async (entry: Entry, clock: Clock): Promise<Partial<Job>> => {
  const { signal } = entry.abort
  const work: JobWork = {
    id: entry.job.id,
    signal,
    advance: (count = 1) => change(entry, measured(entry, clock.now(), entry.job.done + count, entry.job.total)),
    setTotal: (total) => change(entry, measured(entry, clock.now(), entry.job.done, total)),
  }
  try {
    const result = await entry.run(work)
    return { state: signal.aborted ? "cancelled" : "done", result }
  } catch (error) {
    return signal.aborted
      ? { state: "cancelled" }
      : { state: "failed", error: error instanceof Error ? error.message : String(error) }
  }
}

export const createLine = (clock: Clock, max_running: number, max_kept: number): Line => {
  const entries = new Map<string, Entry>()
  const forget = (): void => {
    const old = [...entries.values()].filter((entry) => hasEnded(entry.job))
    for (const entry of old.slice(0, Math.max(old.length - max_kept, 0))) entries.delete(entry.job.id)
  }
  const finish = (entry: Entry, changes: Partial<Job>): void => {
    const now = clock.now()
    change(entry, { ...changes, rate_per_second: entry.rate.overall(now, entry.job.done), eta_seconds: null, endedAt: now })
    forget()
    next()
  }
  const next = (): void => {
    const all = [...entries.values()]
    const places = max_running - all.filter((entry) => entry.job.state === "running").length
    for (const entry of all.filter((entry) => entry.job.state === "queued").slice(0, Math.max(places, 0))) {
      entry.rate.start(clock.now())
      change(entry, { state: "running", startedAt: clock.now() })
      entry.finished = outcomeOf(entry, clock).then((changes) => finish(entry, changes))
    }
  }
  return {
    entries,
    enter: (job, run) => {
      entries.set(job.id, {
        job,
        rate: createRate(),
        abort: new AbortController(),
        run,
        watchers: new Set(),
        finished: Promise.resolve(),
      })
      next()
    },
    cancel: (id) => {
      const entry = entries.get(id)
      if (entry === undefined || hasEnded(entry.job)) return false
      entry.abort.abort()
      // A running job ends when its work notices; a queued one never starts.
      if (entry.job.state === "queued") finish(entry, { state: "cancelled" })
      return true
    },
  }
}
