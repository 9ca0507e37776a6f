/** The three engines as containers, with the settings their official images take; each is ready when this returns. */
import { createServer } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import { GenericContainer, type StartedTestContainer, Wait } from "testcontainers"

const start_ms = 180_000

export type Started = { readonly container: StartedTestContainer; readonly where: string }

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))))
    })
  })

export const startPostgres = async (image: string): Promise<Started> => {
  const container = await new GenericContainer(image)
    .withEnvironment({ POSTGRES_USER: "tongzhang", POSTGRES_PASSWORD: "of a test", POSTGRES_DB: "tongzhang" })
    .withExposedPorts(5432)
    // Over TCP: while the image makes its database, the server answers on its socket only.
    .withWaitStrategy(Wait.forSuccessfulCommand("pg_isready -h 127.0.0.1 -p 5432 -U tongzhang"))
    .withStartupTimeout(start_ms)
    .start()
  const where = `postgres://tongzhang:of%20a%20test@${container.getHost()}:${container.getMappedPort(5432)}/tongzhang`
  return { container, where }
}

/** One node, broker and controller. Its port is chosen before the start, because the broker must tell clients its outer address. */
export const startKafka = async (image: string, host: string): Promise<Started> => {
  const port = await freePort()
  const starting = new GenericContainer(image)
    .withEnvironment({
      KAFKA_NODE_ID: "1",
      KAFKA_PROCESS_ROLES: "broker,controller",
      KAFKA_CONTROLLER_QUORUM_VOTERS: "1@localhost:9093",
      KAFKA_CONTROLLER_LISTENER_NAMES: "CONTROLLER",
      KAFKA_LISTENERS: "PLAINTEXT://:9092,CONTROLLER://:9093",
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
      KAFKA_INTER_BROKER_LISTENER_NAME: "PLAINTEXT",
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: "false",
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: "1",
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: "8",
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: "1",
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: "1",
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: "0",
    })
    .withExposedPorts({ container: 9092, host: port })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(start_ms)
  return { container: await starting.start(), where: `${host}:${port}` }
}

/** Asks until the store reads: its port is open before it leads. */
const untilItReads = async (connectionString: string): Promise<void> => {
  for (const giveUpAt = Date.now() + start_ms; ;) {
    try {
      return await (await openEventStoreDb({ connectionString })).close()
    } catch (error) {
      if (Date.now() > giveUpAt) throw error
      await sleep(500)
    }
  }
}

export const startEventStore = async (image: string): Promise<Started> => {
  const container = await new GenericContainer(image)
    .withEnvironment({ EVENTSTORE_CLUSTER_SIZE: "1", EVENTSTORE_INSECURE: "true", EVENTSTORE_RUN_PROJECTIONS: "None" })
    .withExposedPorts(2113)
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(start_ms)
    .start()
  const where = `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`
  await untilItReads(where)
  return { container, where }
}
