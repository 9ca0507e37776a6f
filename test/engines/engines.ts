/** Which real engines are up, and how a suite says that it did not run. */
import { existsSync, readFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, it } from "vitest"

/** What `npm run {name}:up` noted about the engine it started; null when it started none. */
export const noteOf = (name: "kafka" | "postgres"): Readonly<Record<string, unknown>> | null => {
  const folder = process.env["ENGINES_NOTES"] ?? fileURLToPath(new URL("../..", import.meta.url))
  const path = join(folder, `.tongzhang-${name}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>) : null
}

/** Where an engine answers, or why nobody knows. */
export type Engine<Where> = { readonly up: true; readonly where: Where } | { readonly up: false; readonly why: string }

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    const end = (up: boolean) => () => {
      socket.destroy()
      resolve(up)
    }
    socket.on("connect", end(true)).on("error", end(false)).on("timeout", end(false))
  })

/** Why nothing may run although engines of this machine might answer: `test:containers` without a container engine. */
const barred = process.env["TEST_ENGINES_MISSING"]

/** What whoever tried to start the engine was told; in its absence, how to start it. */
const whyNo = (variable: string, otherwise: string): string => process.env[variable] ?? otherwise

/** Brokers from KAFKA_BROKERS (comma between), or those `npm run kafka:up` started. */
export const kafka = async (): Promise<Engine<readonly string[]>> => {
  if (barred !== undefined) return { up: false, why: barred }
  const named = process.env["KAFKA_BROKERS"]?.split(",").filter((name) => name !== "")
  const brokers = named ?? (noteOf("kafka")?.["brokers"] as readonly string[] | undefined)
  if (!brokers)
    return { up: false, why: whyNo("NO_KAFKA_BECAUSE", "no Kafka: `npm run kafka:up` starts one, or set KAFKA_BROKERS") }
  for (const broker of brokers) {
    const [host = "", port = "9092"] = broker.split(":")
    if (await answers(host, Number(port))) return { up: true, where: brokers }
  }
  return { up: false, why: `Kafka does not answer at ${brokers.join(",")}` }
}

/** A connection string from POSTGRES_URL, or that of the server `npm run postgres:up` started. */
export const postgres = async (): Promise<Engine<string>> => {
  if (barred !== undefined) return { up: false, why: barred }
  const url = process.env["POSTGRES_URL"] ?? (noteOf("postgres")?.["url"] as string | undefined)
  const usual = "no PostgreSQL: `npm run postgres:up` starts one, or set POSTGRES_URL"
  if (!url) return { up: false, why: whyNo("NO_POSTGRESQL_BECAUSE", usual) }
  const { hostname, port } = new URL(url)
  if (await answers(hostname, Number(port || 5432))) return { up: true, where: url }
  return { up: false, why: `PostgreSQL does not answer at ${hostname}:${port || 5432}` }
}

export type EventStoreEngine = { readonly connectionString: string; readonly is: string }

const eventStoreAt = async (variable: string): Promise<Engine<EventStoreEngine>> => {
  if (barred !== undefined) return { up: false, why: barred }
  const connectionString = process.env[variable]
  if (connectionString === undefined || connectionString === "")
    return { up: false, why: `no event store: set ${variable} (esdb://…) to one that may be filled with test events` }
  const [, host = "", port = "2113"] = /^esdb(?:\+discover)?:\/\/(?:[^@/]*@)?([^:/?,]+)(?::(\d+))?/u.exec(connectionString) ?? []
  if (!(await answers(host, Number(port)))) return { up: false, why: `no event store answers at ${host}:${port} (${variable})` }
  return { up: true, where: { connectionString, is: process.env["TEST_EVENT_STORE_IS"] ?? `${variable} at ${host}:${port}` } }
}

/**
 * An event store on which the contract is run, from TEST_EVENT_STORE_URL. Not EVENT_STORE_URL, which the services read: the
 * contract fills `$all` with streams that no ledger may see. TEST_EVENT_STORE_IS says what it is (a test node is no database).
 */
export const eventStore = (): Promise<Engine<EventStoreEngine>> => eventStoreAt("TEST_EVENT_STORE_URL")
/** An empty one for the services' story, from TEST_EVENT_STORE_EMPTY_URL: they fold everything that is in it. */
export const emptyEventStore = (): Promise<Engine<EventStoreEngine>> => eventStoreAt("TEST_EVENT_STORE_EMPTY_URL")

/** Runs the suite against the engine, or leaves one skipped test that says why not. */
export const against = <Where>(name: string, engine: Engine<Where>, suite: (where: Where) => void): void => {
  if (engine.up) return suite(engine.where)
  if (barred === undefined) process.stderr.write(`\n${name}: NOT RUN. ${engine.why}\n`)
  describe(name, () => {
    it(`not run: ${engine.why}`, (context) => context.skip())
  })
}
