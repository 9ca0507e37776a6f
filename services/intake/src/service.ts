/** The provinces' door as one part: HTTP under /intake, files by name, and whatever was interrupted is continued at the start. */
import type { Actor } from "@tongzhang/contracts/envelope"
import type { ProvinceCode } from "@tongzhang/domain/codes"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import type { Secret } from "@tongzhang/identity/person-key"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { Job } from "@tongzhang/service-kit/job-line"
import { createJobs, type Jobs } from "@tongzhang/service-kit/jobs"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import type { Logger } from "pino"
import { createEngine, type Engine } from "./batch/engine.js"
import type { Tally } from "./batch/tally.js"
import { createFeeds, type Feeds, type Upload } from "./feeds/feeds.js"
import { type ColumnMemory, openColumnMemory } from "./feeds/column-memory.js"
import { type FeedFolder, type FeedNote, openFeedFolder } from "./feeds/folder.js"
import { openUploads, type Uploads } from "./feeds/uploads.js"
import { intakePlugin } from "./http/plugin.js"
import { intakeLimits, type IntakeLimits } from "./limits.js"
import { createPolicies, type Policies } from "./policies/policies.js"
import { createIdentities, type Identities } from "./rows/prepare.js"

export type IntakeDeps = {
  readonly store: EventStore
  readonly aggregates: AggregateStore
  readonly keys: KeyStore
  /** Secret of person keys and blind indexes, the same in every service. */
  readonly identitySecret: Secret
  readonly clock: Clock
  readonly logger: Logger
  /** Folder for feeds; made when missing. */
  readonly dataDir: string
  readonly limits?: Partial<IntakeLimits>
}

export type FeedFile = {
  readonly path: string
  readonly province: ProvinceCode
  readonly actor: Actor
  readonly dryRun?: boolean
  /** Name written into the ledger; default the path's last part. */
  readonly fileName?: string
  readonly onProgress?: (tally: Tally, lines: number | null) => void
  readonly signal?: AbortSignal
}

export type IntakeService = {
  readonly plugin: ServicePlugin
  /** Continues feeds that were interrupted. Resolves when they are queued. */
  readonly start: () => Promise<readonly Job[]>
  readonly stop: () => Promise<void>
  readonly healthChecks: readonly HealthCheck[]
  readonly jobs: Jobs
  /** Parameters in force: published, withdrawn, read. */
  readonly policies: Policies
  /** Runs a local file to its end. Throws `FileProblem` (its `refusal` goes to `describeRefusal`) when it cannot be read. */
  readonly feedFile: (file: FeedFile) => Promise<FeedNote>
}

/** What the routes need. */
export type IntakeParts = {
  readonly store: EventStore
  readonly engine: Engine
  readonly identities: Identities
  readonly clock: Clock
  readonly limits: IntakeLimits
  readonly folder: FeedFolder
  readonly feeds: Feeds
  readonly jobs: Jobs
  readonly policies: Policies
  readonly submit: (upload: Upload, owner: string) => Promise<{ readonly note: FeedNote; readonly job: Job }>
  readonly jobOf: (feedId: string) => Job | null
  /** Counts of a feed that is being worked on; null when none is. */
  readonly tallyOf: (feedId: string) => Tally | null
  readonly uploads: Uploads
  readonly columnMemory: ColumnMemory
}

export const createIntakeService = (deps: IntakeDeps): IntakeService => {
  const { store, aggregates, keys, clock, logger } = deps
  const limits: IntakeLimits = { ...intakeLimits, ...deps.limits }
  const identities = createIdentities(deps.identitySecret, limits)
  const engine = createEngine({ store, keys, nameIndex: identities.nameIndex, limits, writes: true })
  const folder = openFeedFolder(deps.dataDir)
  const policies = createPolicies({ store, aggregates, clock })
  const feeds = createFeeds({ store, aggregates, keys, engine, identities, policies, clock, logger, folder, limits })
  const jobs = createJobs({ clock, max_running: limits.feeds_running_max })
  const jobIds = new Map<string, string>()
  const running = new Map<string, Promise<FeedNote>>()
  const tallies = new Map<string, Tally>()
  const uploads = openUploads({ dataDir: deps.dataDir, clock, limits })
  const columnMemory = openColumnMemory(deps.dataDir, limits.headersRemembered_max)

  /** The same feed is never run twice at a time: who comes second waits for the first. */
  const runOnce = (feedId: string, onProgress: (tally: Tally) => void, signal: AbortSignal): Promise<FeedNote> => {
    const known = running.get(feedId)
    if (known !== undefined) return known
    const run = feeds
      .run(
        feedId,
        (tally) => {
          tallies.set(feedId, tally)
          onProgress(tally)
        },
        signal,
      )
      .catch(async (error: unknown) => {
        const note = await folder.note(feedId)
        const failure = error instanceof Error ? error.message : String(error)
        logger.error({ feedId, err: error }, "feed broke off")
        if (note !== null) await folder.writeNote({ ...note, failure })
        throw error
      })
      .finally(() => {
        running.delete(feedId)
        tallies.delete(feedId)
      })
    running.set(feedId, run)
    return run
  }

  const jobOf = (feedId: string): Job | null => jobs.get(jobIds.get(feedId) ?? "")

  const queue = (note: FeedNote, owner: string): Job => {
    const current = jobOf(note.feedId)
    if (current !== null && current.endedAt === null) return current
    const { lines } = note.facts
    const total = lines === null ? null : lines
    const job = jobs.start(
      note.dryRun ? "feed-dry-run" : "feed",
      total,
      async (work) => {
        let done = 0
        const progress = (tally: Tally): void => {
          work.advance(tally.rows - done)
          done = tally.rows
        }
        const { result } = await runOnce(note.feedId, progress, work.signal)
        if (result !== null) work.setTotal(result.rows)
        return { feedId: note.feedId, ...result }
      },
      { owner },
    )
    jobIds.set(note.feedId, job.id)
    return job
  }

  const submit: IntakeParts["submit"] = async (upload, owner) => {
    const note = await feeds.takeIn(upload, (feedId) => running.has(feedId))
    return { note, job: queue(note, owner) }
  }

  const feedFile: IntakeService["feedFile"] = async ({ path, province, actor, dryRun = false, fileName, onProgress, signal }) => {
    const incoming = await folder.copyIn(path)
    const upload = { incoming, fileName: fileName ?? path, province, actor, dryRun }
    const note = await feeds.takeIn(upload, (feedId) => running.has(feedId))
    const progress = (tally: Tally): void => onProgress?.(tally, note.facts.lines)
    return runOnce(note.feedId, progress, signal ?? new AbortController().signal)
  }

  const tallyOf = (feedId: string): Tally | null => tallies.get(feedId) ?? null
  const doors = { submit, jobOf, tallyOf, uploads, columnMemory }
  const parts: IntakeParts = { store, engine, identities, clock, limits, folder, feeds, jobs, policies, ...doors }
  return {
    plugin: intakePlugin(parts),
    start: async () => {
      const open = await feeds.unfinished()
      if (open.length > 0) logger.warn({ feeds: open.length }, "continuing interrupted feeds")
      return open.map((note) => queue(note, `agency:${note.province}`))
    },
    stop: () => jobs.close(),
    healthChecks: [
      {
        name: "intake",
        check: async () => {
          const waiting = jobs.list().filter((job) => job.state === "queued").length
          const failed = jobs.list().filter((job) => job.state === "failed").length
          return { ok: waiting < limits.feeds_waiting_max, detail: `${waiting} feeds waiting, ${failed} broke off` }
        },
      },
    ],
    jobs,
    policies,
    feedFile,
  }
}
