/** Which real engines are up, and how a suite says that it did not run. */
import { existsSync, readFileSync } from "node:fs"
import { connect } from "node:net"
import { fileURLToPath } from "node:url"
import { describe, it } from "vitest"

const noteOf = (name: string): Readonly<Record<string, unknown>> | null => {
  const path = fileURLToPath(new URL(`../../.tongzhang-${name}.json`, import.meta.url))
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

/** Brokers from KAFKA_BROKERS (comma between), or those `npm run kafka:up` started. */
export const kafka = async (): Promise<Engine<readonly string[]>> => {
  const named = process.env["KAFKA_BROKERS"]?.split(",").filter((name) => name !== "")
  const brokers = named ?? (noteOf("kafka")?.["brokers"] as readonly string[] | undefined)
  if (!brokers) return { up: false, why: "no Kafka: `npm run kafka:up` starts one, or set KAFKA_BROKERS" }
  for (const broker of brokers) {
    const [host = "", port = "9092"] = broker.split(":")
    if (await answers(host, Number(port))) return { up: true, where: brokers }
  }
  return { up: false, why: `Kafka does not answer at ${brokers.join(",")}` }
}

/** A connection string from POSTGRES_URL, or that of the server `npm run postgres:up` started. */
export const postgres = async (): Promise<Engine<string>> => {
  const url = process.env["POSTGRES_URL"] ?? (noteOf("postgres")?.["url"] as string | undefined)
  if (!url) return { up: false, why: "no PostgreSQL: `npm run postgres:up` starts one, or set POSTGRES_URL" }
  const { hostname, port } = new URL(url)
  if (await answers(hostname, Number(port || 5432))) return { up: true, where: url }
  return { up: false, why: `PostgreSQL does not answer at ${hostname}:${port || 5432}` }
}

/** Runs the suite against the engine, or leaves one skipped test that says why not. */
export const against = <Where>(name: string, engine: Engine<Where>, suite: (where: Where) => void): void => {
  if (engine.up) return suite(engine.where)
  process.stderr.write(`\n${name}: NOT RUN. ${engine.why}\n`)
  describe(name, () => {
    it(`not run: ${engine.why}`, (context) => context.skip())
  })
}
