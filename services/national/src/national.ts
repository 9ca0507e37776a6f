/** National: the center's query service. Reads the record and, for the past, the facts; writes who has read what, and appeals (ADR 12). */
import { openPolicyLog } from "@tongzhang/event-store/policy-log"
import { openAggregateStore } from "@tongzhang/event-store/aggregate-store"
import type { EventStore } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import type { Secret } from "@tongzhang/identity/person-key"
import type { RecordDb } from "@tongzhang/record/database"
import { createProgress } from "@tongzhang/record/progress"
import { createQueries } from "@tongzhang/record/queries"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import { supervise, supervisedCheck, type Supervised } from "@tongzhang/service-kit/supervise"
import type { Logger } from "pino"
import { openAccessLog } from "@tongzhang/engines/access-log"
import { createAppealBook } from "./appeals/book.js"
import { appealClock, tickAppeals } from "./appeals/clocks.js"
import { createAppealCommands } from "./appeals/commands.js"
import { addAppealRoutes } from "./appeals/routes.js"
import { addBoardRoutes } from "./board-routes.js"
import { addParameterRoutes } from "./parameter-routes.js"
import { peopleLimits } from "./people.js"
import { addPersonRoutes } from "./person-routes.js"
import { addRuleRoutes } from "./rule-routes.js"

export type NationalDependencies = {
  readonly record: RecordDb
  readonly store: EventStore
  readonly keys: KeyStore
  /** The secret behind person keys and name indexes: the same as intake's. */
  readonly identitySecret: Secret
  readonly clock: Clock
  readonly logger: Logger
  /** In [0, 1). */
  readonly random: () => number
  /** How long a reader waits for their own write; the default is in people.ts. */
  readonly positionWait_ms?: number
}

export type NationalService = {
  /** Mounted at /national. */
  readonly plugin: ServicePlugin
  /** The routes of a person alone, for `/v1`. */
  readonly v1: ServicePlugin
  readonly checks: readonly HealthCheck[]
  /** Begins to look at the limits of appeals. */
  readonly start: () => void
  /** Looks at them once, now; how many were escalated. */
  readonly tick: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Title and description of the second name in its OpenAPI document. */
export const v1 = {
  prefix: "/v1",
  title: "Persons, v1",
  description: "The routes of a person under the name other systems keep: /v1/persons/… answers as /national/persons/… does",
} as const

export const createNationalService = async (deps: NationalDependencies): Promise<NationalService> => {
  const { record, clock, logger, random, store } = deps
  const queries = createQueries(record)
  const progress = createProgress(record)
  const access = openAccessLog(store)
  const policies = openPolicyLog(store)
  const people = { positionWait_ms: peopleLimits.position_wait_ms, ...deps, queries, progress, policies, access }
  const book = createAppealBook(store)
  const commands = createAppealCommands({ aggregates: openAggregateStore(store), keys: deps.keys, clock })
  const tick = () => tickAppeals({ book, commands, clock, logger })
  const follow = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await tick()
      await clock.sleep(appealClock.tick_ms, signal)
    }
  }
  let loop: Supervised | null = null
  return {
    v1: async (server) => addPersonRoutes(server, people),
    plugin: async (server) => {
      addPersonRoutes(server, people)
      addAppealRoutes(server, { ...people, book, commands })
      addBoardRoutes(server, { db: record.db, store: deps.store, queries, clock })
      addParameterRoutes(server, store)
      addRuleRoutes(server)
    },
    checks: [
      {
        name: "national",
        check: async () => {
          await queries.checkpoint("record")
          return { ok: true }
        },
      },
      { name: "appeal clocks", check: async () => (loop === null ? { ok: true } : supervisedCheck(loop).check()) },
    ],
    start: () => {
      loop = supervise({ name: "appeal clocks", run: follow, clock, logger, random })
    },
    tick,
    close: async () => {
      await loop?.stop()
      progress.close()
      queries.close()
    },
  }
}
