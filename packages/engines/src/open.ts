/**
 * Opens the real engines that a service's settings name: EventStoreDB, Kafka, PostgreSQL. Adapters are loaded when they are
 * opened, so that a process holds no library of an engine it does not use.
 */
import type { EventStore } from "@tongzhang/event-store/port"
import type { KeyStore } from "@tongzhang/identity/key-store"
import type { RecordDb } from "@tongzhang/record/database"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import type { Streams } from "@tongzhang/streams/port"
import type { Host } from "./host.js"
import { countedStore, countedStreams } from "./observed.js"
import { prefixedStreams } from "./prefixed.js"

export const openEvents = (host: Host<{ readonly EVENT_STORE_URL: string }>): Promise<EventStore> =>
  host.open("event store", async () => {
    const { openEventStoreDb } = await import("@tongzhang/event-store/eventstoredb/store")
    const { clock, random, config, metrics } = host
    return countedStore(await openEventStoreDb({ connectionString: config.EVENT_STORE_URL, now: clock.now, random }), metrics)
  })

export type KafkaSettings = {
  readonly KAFKA_BROKERS: readonly string[]
  readonly KAFKA_REPLICATION?: number | undefined
  readonly KAFKA_PREFIX?: string | undefined
}

export const openStreams = (host: Host<KafkaSettings>): Promise<Streams> =>
  host.open("kafka", async () => {
    const { openKafkaStreams } = await import("@tongzhang/streams/kafka/streams")
    const { KAFKA_BROKERS: brokers, KAFKA_REPLICATION: replication } = host.config
    const onFailure = (cause: unknown): void => host.logger.warn({ err: cause }, "kafka failed under a consumer, it tries again")
    const options = { brokers, clientId: host.name, now: host.clock.now, onFailure }
    const streams = await openKafkaStreams(replication === undefined ? options : { ...options, replication })
    return countedStreams(prefixedStreams(streams, host.config.KAFKA_PREFIX ?? ""), host.metrics)
  })

export type DatabaseSettings = {
  readonly DATABASE_URL: string
  readonly DATABASE_CONNECTIONS_MAX: number
  readonly DATABASE_SILENCE_SECONDS_MAX: number
}
const databaseOf = ({ DATABASE_URL, DATABASE_CONNECTIONS_MAX, DATABASE_SILENCE_SECONDS_MAX }: DatabaseSettings) => ({
  connectionString: DATABASE_URL,
  connections_max: DATABASE_CONNECTIONS_MAX,
  silence_seconds_max: DATABASE_SILENCE_SECONDS_MAX,
})

/** What a consumer keeps for itself; `consumer` names whose it is. */
export const openState = (host: Host<DatabaseSettings>, consumer: string): Promise<ConsumerState> =>
  host.open("consumer state", async () => {
    const { openPostgresConsumerState } = await import("@tongzhang/streams/postgres/consumer-state")
    return openPostgresConsumerState({ ...databaseOf(host.config), consumer })
  })

export const openKeys = (host: Host<DatabaseSettings & { readonly MASTER_SECRET: string }>): Promise<KeyStore> =>
  host.open("key store", async () => {
    const { openPostgresKeyStore } = await import("@tongzhang/identity/postgres/key-store")
    const { MASTER_SECRET: masterSecret } = host.config
    const onFailure = (cause: unknown): void => host.logger.warn({ err: cause }, "key store: a connection broke")
    return openPostgresKeyStore({ ...databaseOf(host.config), masterSecret, now: host.clock.now, onFailure })
  })

export const openRecordStore = (
  host: Host<DatabaseSettings & { readonly RECORD_SCHEMA?: string | undefined; readonly RECORD_PARTITIONS: number }>,
): Promise<RecordDb> =>
  host.open("record", async () => {
    const { openRecord } = await import("@tongzhang/record/database")
    const { RECORD_SCHEMA: schema, RECORD_PARTITIONS: partitions } = host.config
    const config = { kind: "postgres", ...databaseOf(host.config), partitions } as const
    return openRecord(schema === undefined ? config : { ...config, schema })
  })
