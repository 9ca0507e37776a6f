/** One ledger of seven service processes on named engines, and how a test waits until nothing moves in it any more. */
import { setTimeout as sleep } from "node:timers/promises"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import type { EventStore } from "@tongzhang/event-store/port"
import { openRecord } from "@tongzhang/record/database"
import { createQueries, type Queries } from "@tongzhang/record/queries"
import { createFleet, type Environment, type Fleet, type ServiceName, services } from "./processes.js"
import { type Place, secrets } from "./story.js"

const patience_ms = 120_000

type Check = { readonly name: string; readonly ok: boolean; readonly detail?: string; readonly lag_seconds?: number }
export type Ready = { readonly ok: boolean; readonly checks: readonly Check[] }

/** What `/ready` of an address answers; null when nobody does. */
export const readyAt = async (base: Promise<string>): Promise<Ready | null> => {
  try {
    return (await (await fetch(new URL("/ready", await base))).json()) as Ready
  } catch {
    return null
  }
}
export const readiness = (fleet: Fleet, name: ServiceName): Promise<Ready | null> => readyAt(fleet.base(name))

export const until = async (what: string, met: () => Promise<boolean>): Promise<void> => {
  for (const giveUpAt = Date.now() + patience_ms; !(await met()); await sleep(200))
    if (Date.now() > giveUpAt) throw new Error(`${what}: not within ${patience_ms / 1_000} s`)
}

type Watched = { readonly fleet: Fleet; readonly store: EventStore; readonly queries: Queries }

/** Nothing waits anywhere, five looks long (a lag is told in whole seconds), and nothing new has come meanwhile. */
export const settledIn = async ({ fleet, store, queries }: Watched): Promise<void> => {
  let quiet = 0
  let before: string | null = null
  let last: unknown = null
  const look = async (): Promise<boolean> => {
    const head = (await store.head()) ?? ""
    const folded = (await queries.checkpoint("record")) ?? ""
    const followers = await Promise.all((["relay", "transfer", "duplicates"] as const).map((name) => readiness(fleet, name)))
    const done = followers.every((ready) => ready?.ok === true && ready.checks.every(({ lag_seconds = 0 }) => lag_seconds === 0))
    last = { head, folded, followers }
    quiet = done && folded >= head && head === before ? quiet + 1 : 0
    before = head
    return quiet >= 5
  }
  await until("settled", look).catch((cause: unknown) => {
    throw new Error(JSON.stringify(last), { cause })
  })
}

export type Engines = { readonly events: string; readonly brokers: readonly string[]; readonly database: string }
export type LedgerPlan = Engines & {
  /** Before topics and groups. */
  readonly prefix: string
  /** Under it each service has a folder of its own. */
  readonly folder: string
  readonly schema?: string
}

export const environmentOf = (plan: LedgerPlan, service: ServiceName): Environment => ({
  PORT: "0",
  LOG_LEVEL: "info",
  EVENT_STORE_URL: plan.events,
  KAFKA_BROKERS: plan.brokers.join(","),
  KAFKA_PREFIX: plan.prefix,
  DATABASE_URL: plan.database,
  DATABASE_CONNECTIONS_MAX: "4",
  IDENTITY_SECRET: secrets.identity,
  MASTER_SECRET: secrets.master,
  TOKEN_SECRET: secrets.token,
  // The story waits for refunds, not for the time to think again.
  UNDO_SECONDS: "0",
  DATA_DIR: `${plan.folder}/${service}`,
  ...(plan.schema === undefined ? {} : { RECORD_SCHEMA: plan.schema }),
})

export type Ledger = Watched & { readonly place: Place; readonly close: () => Promise<void> }

/** Starts all services and waits until each is ready. */
export const openLedger = async (plan: LedgerPlan): Promise<Ledger> => {
  const store = await openEventStoreDb({ connectionString: plan.events })
  const schema = plan.schema === undefined ? {} : { schema: plan.schema }
  const record = await openRecord({ kind: "postgres", connectionString: plan.database, ...schema })
  const queries = createQueries(record)
  const fleet = createFleet((service) => environmentOf(plan, service))
  const close = async (): Promise<void> => {
    await fleet.stop()
    await record.close()
    await store.close()
  }
  try {
    await Promise.all(services.map((service) => fleet.start(service)))
    for (const service of services) await until(`${service} ready`, async () => (await readiness(fleet, service))?.ok === true)
  } catch (error) {
    await close()
    throw error
  }
  const settled = () => settledIn({ fleet, store, queries })
  const place: Place = { base: (service) => fleet.base(service as ServiceName), settled }
  return { fleet, store, queries, place, close }
}
