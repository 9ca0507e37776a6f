/**
 * Relay: every fact of the ledger onto the topic `ledger.facts`, in ledger order, keyed by person. At-least-once delivery, and
 * each consumer makes the effect exactly once by ignoring revisions it has seen (docs/relay.md).
 */
import { topics } from "@tongzhang/contracts/fact-message"
import type { EventStore } from "@tongzhang/event-store/port"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import { createJobs } from "@tongzhang/service-kit/jobs"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { supervise, supervisedCheck, type Supervised } from "@tongzhang/service-kit/supervise"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import type { Streams } from "@tongzhang/streams/port"
import type { Logger } from "pino"
import { createFollower } from "./follow.js"
import { limits } from "./limits.js"
import { everyNight, lastReport, reconciliationCheck, rememberReport } from "./nightly.js"
import { relayedUpTo } from "./owner.js"
import { reconcile, type ReconcileOptions, type ReconcileReport } from "./reconcile.js"
import { addRelayRoutes } from "./routes.js"

export type Nightly = {
  /** Of the day in China, 0-23. */
  readonly hour: number
  /** Sends what is missing, too. */
  readonly repair: boolean
}

export type RelayDependencies = {
  readonly store: EventStore
  readonly streams: Streams
  readonly state: ConsumerState
  readonly clock: Clock
  readonly logger: Logger
  readonly random: () => number
  /** The daily reconciliation; absent: only when asked. */
  readonly nightly?: Nightly | undefined
}

export type ReconcileChoices = Pick<ReconcileOptions, "repair" | "signal" | "onProgress">

export type Relay = {
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly checks: readonly HealthCheck[]
  /** Resolves when everything in the ledger at the time of the call has been sent. */
  readonly caughtUp: () => Promise<void>
  /** Compares the ledger with the topic up to the checkpoint; one run at a time. With `repair`, the report is of a second look after it. */
  readonly reconcile: (options?: ReconcileChoices) => Promise<ReconcileReport>
  /** Mounted at /relay. */
  readonly plugin: ServicePlugin
}

/** Creates the topics every service expects; safe to call by each of them. */
export const ensureTopics = async (streams: Streams): Promise<void> => {
  await streams.ensureTopic(topics.facts, limits.partitions_facts)
  for (const topic of [topics.letters, topics.escalations, topics.notices])
    await streams.ensureTopic(topic, limits.partitions_small)
}

const differencesLogged_max = 20

export const createRelay = (deps: RelayDependencies): Relay => {
  const { store, streams, state, clock, logger, random, nightly } = deps
  const follower = createFollower(deps)
  const jobs = createJobs({ clock, max_running: 1 })
  let loops: readonly Supervised[] = []
  let line: Promise<unknown> = Promise.resolve()
  let stopping = new AbortController()
  const createdAt = clock.now()

  const compare = async ({ repair = false, signal, onProgress }: ReconcileChoices): Promise<ReconcileReport> => {
    const end = signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal])
    const look = async (repair: boolean): Promise<ReconcileReport> => {
      const upTo = await relayedUpTo(state)
      return reconcile({ store, streams, clock, repair, upTo, signal: end, ...(onProgress === undefined ? {} : { onProgress }) })
    }
    const first = await look(repair)
    // A repair is believed when it is seen.
    const report = first.repaired === 0 ? first : { ...(await look(false)), repaired: first.repaired }
    if (!report.cancelled) await rememberReport(state, report, clock.now())
    const { differences, ...counts } = report
    const level = report.ok || report.cancelled ? "info" : "error"
    logger[level]({ ...counts, first: differences.slice(0, differencesLogged_max) }, "ledger and topic compared")
    return report
  }
  /** One at a time: all runs read the topic as the same group. */
  const inLine: Relay["reconcile"] = (options = {}) => {
    const run = line.then(() => compare(options))
    line = run.catch(() => undefined)
    return run
  }
  const startLoops = (): readonly Supervised[] => {
    const relay = supervise({ name: "relay", run: follower.run, clock, logger, random })
    if (nightly === undefined) return [relay]
    const { hour, repair } = nightly
    const lastRun = async () => (await lastReport(state))?.endedAt ?? createdAt
    const run = (signal: AbortSignal) => everyNight(clock, hour, lastRun, () => inLine({ repair, signal }), signal)
    return [relay, supervise({ name: "relay nightly", run, clock, logger, random })]
  }

  return {
    start: async () => {
      stopping = new AbortController()
      await ensureTopics(streams)
      loops = startLoops()
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([jobs.close(), ...loops.map((loop) => loop.stop())])
      await line
    },
    checks: [
      ...follower.checks,
      {
        name: "relay loop",
        check: async () => (loops[0] === undefined ? { ok: false, detail: "not started" } : supervisedCheck(loops[0]).check()),
      },
      reconciliationCheck(state, clock, nightly === undefined ? null : { since: createdAt }),
    ],
    caughtUp: follower.caughtUp,
    reconcile: inLine,
    plugin: async (server) => addRelayRoutes(server, { clock, jobs, reconcile: inLine, last: () => lastReport(state) }),
  }
}
