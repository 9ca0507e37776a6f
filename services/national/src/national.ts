/** National: the center's query service. Reads the record and, for the past, the facts; writes nothing but who has read what. */
import { openPolicyLog } from "@tongzhang/event-store/policy-log"
import type { EventStore } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import type { Secret } from "@tongzhang/identity/person-key"
import type { RecordDb } from "@tongzhang/record/database"
import { createProgress } from "@tongzhang/record/progress"
import { createQueries } from "@tongzhang/record/queries"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { ServicePlugin } from "@tongzhang/service-kit/mount"
import type { Logger } from "pino"
import { openAccessLog } from "@tongzhang/engines/access-log"
import { addBoardRoutes } from "./board-routes.js"
import { addParameterRoutes } from "./parameter-routes.js"
import { peopleLimits } from "./people.js"
import { addPersonRoutes } from "./person-routes.js"

export type NationalDependencies = {
  readonly record: RecordDb
  readonly store: EventStore
  readonly keys: KeyStore
  /** The secret behind person keys and name indexes: the same as intake's. */
  readonly identitySecret: Secret
  readonly clock: Clock
  readonly logger: Logger
  /** How long a reader waits for their own write; the default is in people.ts. */
  readonly positionWait_ms?: number
}

export type NationalService = {
  /** Mounted at /national. */
  readonly plugin: ServicePlugin
  readonly checks: readonly HealthCheck[]
  readonly close: () => void
}

export const createNationalService = async (deps: NationalDependencies): Promise<NationalService> => {
  const { record, clock } = deps
  const queries = createQueries(record)
  const progress = createProgress(record)
  const access = openAccessLog(deps.store)
  const policies = openPolicyLog(deps.store)
  return {
    plugin: async (server) => {
      addPersonRoutes(server, { positionWait_ms: peopleLimits.position_wait_ms, ...deps, queries, progress, policies, access })
      addBoardRoutes(server, { db: record.db, queries, clock })
      addParameterRoutes(server, deps.store)
    },
    checks: [
      {
        name: "national",
        check: async () => {
          await queries.checkpoint("record")
          return { ok: true }
        },
      },
    ],
    close: () => {
      progress.close()
      queries.close()
    },
  }
}
