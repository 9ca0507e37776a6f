/**
 * One ledger as seven processes on the test node (a process), Kafka and PostgreSQL, each engine behind a proxy that can cut and
 * delay; and the looks by which two such ledgers are compared. The table itself looks at the engines directly.
 */
import { randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { PersonKey } from "@tongzhang/domain/ids"
import { personOf as personOfStream } from "@tongzhang/domain/stream-name"
import { openEventStoreDb } from "@tongzhang/event-store/eventstoredb/store"
import type { EventStore, Position } from "@tongzhang/event-store/port"
import { openRecord, type RecordDb } from "@tongzhang/record/database"
import { recordDigest } from "@tongzhang/record/digest"
import { recordCheckpoint } from "@tongzhang/record/progress"
import { createQueries, type Queries } from "@tongzhang/record/queries"
import { decodeState } from "@tongzhang/record/state-codec"
import { openTcpProxy, type TcpProxy } from "@tongzhang/testing/tcp-proxy"
import { topics } from "@tongzhang/contracts/fact-message"
import pg from "pg"
import { type Folder, temporaryFolder } from "../../e2e/support.js"
import type { Environment, ServiceName } from "../processes.js"
import { type Place, secrets } from "../story.js"
import type { Chapter } from "./chapter.js"
import { type Kept, keepServices } from "./kept.js"
import { type NodeProcess, startNodeProcess } from "./node-process.js"
import { followTopics, type Tail } from "./tail.js"

export type Engines = { readonly brokers: readonly string[]; readonly server: string }
export const engineNames = ["event store", "kafka", "postgresql"] as const
export type EngineName = (typeof engineNames)[number]

export type World = {
  readonly node: NodeProcess
  readonly proxies: Readonly<Record<EngineName, TcpProxy>>
  readonly kept: Kept
  readonly place: Place
  readonly engines: Engines
  readonly tail: Tail
  /** A connection of its own to the ledger, for what a test writes there by hand. */
  readonly store: EventStore
  readonly queries: Queries
  /** Everything is relayed, read by every group, folded, and nothing came of it. @throws after the patience, saying what is behind */
  readonly settled: () => Promise<void>
  readonly look: (chapter: Chapter) => Promise<Look>
  /** Digest over everybody in these chapters. */
  readonly whole: (chapters: readonly Chapter[]) => Promise<string>
  readonly close: () => Promise<void>
}

/** What a chapter came to. Two of the same chapter are equal, or a fault has changed the record. */
export type Look = {
  readonly digest: string
  /** By stream: types of its events in order. Cases of duplicates are told by the digest: the detector may tell in one step or in several. */
  readonly streams: Readonly<Record<string, readonly string[]>>
  readonly cases: readonly string[]
  /** Contact letters and notices about these persons, each once. */
  readonly said: readonly string[]
  /** Events of the ledger that the topic lacks, and what lies there that should not. */
  readonly topicWrong: readonly string[]
  /** Events that stand twice in the ledger. */
  readonly twice: readonly string[]
  /** Persons set aside by the projector or parked by a consumer. */
  readonly aside: readonly string[]
}

const patience_ms = 120_000
const settledEvery_ms = 100

export type Ledger = {
  readonly streams: Map<string, string[]>
  /** `stream@revision` -> event id. */
  readonly ids: Map<string, string>
  readonly twice: string[]
  readonly catchUp: () => Promise<void>
}

/** The ledger as far as it has been read; each look reads on. */
const readLedger = (store: EventStore): Ledger => {
  const streams = new Map<string, string[]>()
  const ids = new Map<string, string>()
  const known = new Set<string>()
  const twice: string[] = []
  let after: Position | null = null
  const catchUp = async (): Promise<void> => {
    for (;;) {
      const page = await store.readAll({ after, max: 2_000 })
      for (const { id, stream, revision, type } of page.events) {
        const types = streams.get(stream)
        if (types === undefined) streams.set(stream, [type])
        else types.push(type)
        ids.set(`${stream}@${revision}`, id)
        if (known.has(id)) twice.push(`${stream}@${revision}`)
        known.add(id)
      }
      after = page.next
      if (page.atEnd) return
    }
  }
  return { streams, ids, twice, catchUp }
}

const runSql = async (url: string, text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

const casesOf = (states: readonly ReturnType<typeof decodeState>[]): string[] =>
  states.flatMap((state) =>
    [...state.overlaps.values()].flatMap(({ state: { cases } }) =>
      [...cases]
        .filter(([, { status }]) => status !== "dissolved")
        .map(([id, { kind, status }]) => `${state.key} ${id} ${kind} ${status}`),
    ),
  )

const portOf = (address: string): number => Number(new URL(address.includes("://") ? address : `tcp://${address}`).port)

/** Each engine's proxy. A broker tells clients by its third door that it lives at the port above: the proxy stands there. */
const openProxies = async (node: NodeProcess, { brokers, server }: Engines): Promise<World["proxies"]> => {
  const broker_port = portOf(brokers[0] ?? "")
  return {
    "event store": await openTcpProxy({ port: node.port }),
    kafka: await openTcpProxy({ port: broker_port + 2 }, { port: broker_port + 3 }),
    postgresql: await openTcpProxy({ port: portOf(server) }),
  }
}

const environments = (proxies: World["proxies"], name: string, databasePath: string, folder: Folder) => {
  return (service: ServiceName): Environment => ({
    PORT: "0",
    LOG_LEVEL: "info",
    EVENT_STORE_URL: `esdb://127.0.0.1:${proxies["event store"].port}?tls=false`,
    KAFKA_BROKERS: `127.0.0.1:${proxies.kafka.port}`,
    KAFKA_PREFIX: `${name}.`,
    DATABASE_URL: `postgres://tongzhang@127.0.0.1:${proxies.postgresql.port}${databasePath}`,
    DATABASE_CONNECTIONS_MAX: "3",
    // The default is a minute; what is waited for here is only the same, later.
    DATABASE_SILENCE_SECONDS_MAX: "5",
    IDENTITY_SECRET: secrets.identity,
    MASTER_SECRET: secrets.master,
    TOKEN_SECRET: secrets.token,
    // The story waits for refunds, not for the time to think again.
    UNDO_SECONDS: "0",
    DATA_DIR: join(folder.path, service),
  })
}

export const openWorld = async (engines: Engines): Promise<World> => {
  const name = `faults_${randomBytes(4).toString("hex")}`
  const folder = temporaryFolder("faults")
  mkdirSync(join(folder.path, "events"))
  const database = new URL(engines.server)
  database.pathname = `/${name}`
  await runSql(engines.server, `create database ${name}`)
  const node = await startNodeProcess(join(folder.path, "events"))
  const proxies = await openProxies(node, engines)
  const kept = keepServices(environments(proxies, name, database.pathname, folder))
  await kept.start().catch(async (cause: unknown) => {
    await Promise.all([kept.stop(), node.stop()])
    throw cause
  })
  const store = await openEventStoreDb({ connectionString: `esdb://127.0.0.1:${node.port}?tls=false` })
  const record: RecordDb = await openRecord({ kind: "postgres", connectionString: database.href })
  const queries = createQueries(record)
  const tail = await followTopics(engines.brokers, `${name}.`)
  const ledger = readLedger(store)
  kept.observe()

  /** Null when settled, else what is not. Every effect comes before its commit, and the head is looked at last. */
  const unsettled = async (): Promise<string | null> => {
    const head = await store.head()
    await ledger.catchUp()
    for (const at of ledger.ids.keys()) {
      const [stream = "", revision = ""] = at.split("@")
      if (!tail.has({ stream, revision: Number(revision) } as never)) return `${at} is not on the topic`
    }
    if (!(await tail.allRead())) return "a group has not read the whole topic"
    const folded = await queries.checkpoint(recordCheckpoint)
    if (head !== null && (folded === null || folded < head)) return `the record is at ${folded}, the ledger at ${head}`
    return (await store.head()) === head ? null : "the ledger grows"
  }
  const settled = async (): Promise<void> => {
    let why: string | null = ""
    for (const giveUpAt = Date.now() + patience_ms; why !== null;) {
      why = await unsettled().catch(String)
      if (why !== null && Date.now() > giveUpAt) throw new Error(`not settled within ${patience_ms} ms: ${why}`)
      if (why !== null) await sleep(settledEvery_ms)
    }
  }
  const statesOf = async (persons: Iterable<PersonKey>) => {
    const rows = await record.db
      .selectFrom("person_record")
      .select("state")
      .where("person_key", "in", [...persons])
      .execute()
    return rows.map(({ state }) => decodeState(state))
  }
  const asideOf = async (): Promise<string[]> => {
    const aside = (await queries.quarantined(1_000)).map(({ person_key, cause }) => `projector: ${person_key}: ${cause}`)
    for (const group of ["transfer", "duplicates"])
      for (const { key, cause } of await tail.streams.deadLetters(topics.facts, group, 1_000))
        aside.push(`${group}: ${key}: ${cause}`)
    return aside
  }
  const look = async (chapter: Chapter): Promise<Look> => {
    const states = await statesOf(chapter.persons)
    const concerns = (stream: string): boolean => chapter.persons.has(personOfStream(stream as never) as never)
    const streams = [...ledger.streams].filter(([stream]) => concerns(stream) && !stream.startsWith("Overlap-"))
    return {
      digest: recordDigest(states).digest,
      streams: Object.fromEntries(
        streams.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([stream, types]) => [stream, [...types]]),
      ),
      cases: casesOf(states).toSorted(),
      said: [...tail.said()].filter((text) => chapter.persons.has((text.split(" ")[0] ?? "") as never)).toSorted(),
      topicWrong: tail.wrong(ledger.ids),
      twice: ledger.twice,
      aside: (await asideOf()).filter((text) => [...chapter.persons].some((person) => text.includes(person))),
    }
  }

  return {
    node,
    proxies,
    kept,
    place: { base: (service) => kept.base(service as ServiceName), settled },
    engines,
    tail,
    store,
    queries,
    settled,
    look,
    whole: async (chapters) => recordDigest(await statesOf(chapters.flatMap(({ persons }) => [...persons]))).digest,
    close: async () => {
      await kept.stop()
      await tail.close()
      await record.close()
      await store.close()
      await node.stop()
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()))
      await runSql(engines.server, `drop database ${name} with (force)`)
      folder.remove()
    },
  }
}
