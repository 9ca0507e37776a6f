/** Composes the N 到 1 service: process manager on `ledger.facts`, clocks, HTTP. One instance holds it all; state is in the ledger. */
import type { AccessLog } from "@tongzhang/engines/access-log"
import { topics } from "@tongzhang/contracts/fact-message"
import type { AggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import type { PersonKeys } from "@tongzhang/identity/person-key"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { engineIsAway } from "@tongzhang/service-kit/engine-away"
import { createStopped, lagOf } from "@tongzhang/service-kit/stopped"
import { supervise, supervisedCheck, type Supervised } from "@tongzhang/service-kit/supervise"
import type { Consumer, Streams } from "@tongzhang/streams/port"
import type { Logger } from "pino"
import type { Find } from "./access.js"
import { createCaseIndex } from "./case-index.js"
import { createClocks, type Ticked } from "./clocks.js"
import { createCommands, type Commands } from "./commands.js"
import { createFactHandler } from "./facts.js"
import { limits } from "./limits.js"
import { createLocks } from "./locks.js"
import { createPreviews } from "./preview.js"
import { createProcess } from "./process.js"
import type { RelationIndex } from "./relations.js"
import { addApplicationRoutes } from "./routes-application.js"
import { addBoardRoutes } from "./routes-board.js"
import { addLegRoutes } from "./routes-legs.js"
import { addPreviewRoutes } from "./routes-preview.js"

export type TransferDependencies = {
  readonly store: EventStore
  readonly aggregates: AggregateStore
  readonly streams: Streams
  readonly relations: RelationIndex
  readonly personKeys: PersonKeys
  /** Reads of an application are in the person's list of readers; durable when it resolves. */
  readonly logAccess: AccessLog["append"]
  readonly clock: Clock
  readonly logger: Logger
  /** In [0, 1). */
  readonly random: () => number
  /** How often the clocks are looked at; null: only when `tick` is called (tests). */
  readonly tick_ms?: number | null
}

export type TransferService = {
  /** Mount under `/transfer`. */
  readonly plugin: ServicePlugin
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly checks: readonly HealthCheck[]
  readonly commands: Commands
  /** Looks at every open leg's clock once, now. */
  readonly tick: () => Promise<Ticked>
  /** Resolves when every fact published before the call has been dealt with. */
  readonly idle: () => Promise<void>
}

export const createTransferService = (deps: TransferDependencies): TransferService => {
  const { store, aggregates, streams, relations, personKeys, clock, logger, random } = deps
  const tick_ms = deps.tick_ms === undefined ? limits.tick_ms : deps.tick_ms
  const index = createCaseIndex(store)
  const locks = createLocks()
  const process = createProcess({ store, aggregates, relations, index, locks, clock, logger })
  const clocks = createClocks({ aggregates, index, process, locks, clock, logger })
  const commands = createCommands({ aggregates, index, locks, clock })
  const stopped = createStopped({ streams, topic: topics.facts, group: "transfer", logger })
  let consumer: Consumer | null = null
  let loop: Supervised | null = null

  const find: Find = async (id) => {
    const found = await index.refresh(id)
    return found.revision < 0 ? undefined : found
  }

  const follow = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await clocks.tick()
      await clock.sleep(tick_ms ?? limits.tick_ms, signal)
    }
  }

  const checks: readonly HealthCheck[] = [
    {
      name: "transfer facts",
      limit_lag_seconds: limits.lag_seconds_max,
      check: async () => (consumer === null ? { ok: false, detail: "not started" } : { ok: true, ...(await lagOf(consumer)) }),
    },
    { name: "transfer clocks", check: async () => (loop === null ? { ok: tick_ms === null } : supervisedCheck(loop).check()) },
    {
      name: "transfer steps",
      check: async () => {
        const [first] = process.stuck
        return first === undefined ? { ok: true } : { ok: true, detail: first[1], stuck_key: first[0] }
      },
    },
    stopped.check,
  ]

  return {
    plugin: async (server) => {
      // Before `/:id`, which would take any name for an application.
      const previews = createPreviews({ aggregates, relations, index })
      addPreviewRoutes(server, { previews, clock, logAccess: deps.logAccess })
      addApplicationRoutes(server, { commands, find, store, personKeys, clock, logAccess: deps.logAccess })
      addLegRoutes(server, { commands, find, clock, logAccess: deps.logAccess })
      stopped.addRoutes(server)
      addBoardRoutes(server, { index, clock, whyNotClean: commands.whyNotClean })
    },
    start: async () => {
      await streams.ensureTopic(topics.facts, limits.partitions_facts)
      for (const topic of [topics.letters, topics.escalations]) await streams.ensureTopic(topic, limits.partitions_small)
      for (const [id, cause] of await index.rebuild()) process.noteStuck(id, cause)
      const handle = createFactHandler({ aggregates, streams, relations, index, process })
      consumer = await streams.consume({
        topic: topics.facts,
        group: "transfer",
        maxBatch: limits.batch_messages_max,
        retries: limits.retries,
        onBatch: handle,
        waitsOut: engineIsAway,
        onParked: stopped.onParked,
      })
      if (tick_ms !== null) loop = supervise({ name: "transfer clocks", run: follow, clock, logger, random })
    },
    stop: async () => {
      await loop?.stop()
      await consumer?.stop()
      loop = null
      consumer = null
    },
    checks,
    commands,
    tick: clocks.tick,
    idle: async () => {
      await consumer?.idle()
    },
  }
}
