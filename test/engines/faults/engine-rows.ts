/** Engines that die, stand still and are started again, and a network that resets, holds up, forgets and thins connections. */
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import * as broker from "../../../infra/kafka/fault.mjs"
import * as server from "../../../infra/postgres/fault.mjs"
import { type Row, someMoment } from "./row.js"
import { type EngineName, engineNames } from "./world.js"

const victim = 1

/** A process that was killed is there for a moment longer. */
const restartBroker = async (): Promise<void> => {
  for (let tries = 50; ; tries--) {
    try {
      return broker.restart(victim)
    } catch (error) {
      if (tries === 0) throw error
      await sleep(100)
    }
  }
}

const kafka = (name: string, kind: string, answer: string, hurt: () => Promise<void>): Row => ({
  theme: "kafka",
  name,
  kind,
  where: "Apache Kafka, its process",
  answer,
  during: async (_world, dice) => {
    await someMoment(dice)
    await hurt()
  },
})
const paused = (seconds: number): Row =>
  kafka(
    `broker stands still for ${seconds} s (SIGSTOP)`,
    "broker pause",
    seconds > 10
      ? "requests time out and are made again; the groups have expired meanwhile and are joined again"
      : "requests wait or are made again",
    async () => {
      broker.pause(victim)
      await sleep(seconds * 1_000)
      broker.resume(victim)
    },
  )
export const kafkaRows: readonly Row[] = [
  kafka(
    "broker is killed (SIGKILL) and comes back after 2 s",
    "broker kill",
    "publishing is tried again with a new producer, consumers join again behind the last commit",
    async () => {
      broker.kill(victim)
      await sleep(2_000)
      await restartBroker()
    },
  ),
  kafka(
    "broker is killed (SIGKILL) twice, 6 s apart",
    "broker kill",
    "as before; whatever was unknown is sent again and counts once",
    async () => {
      for (const pause_ms of [6_000, 0]) {
        broker.kill(victim)
        await restartBroker()
        await sleep(pause_ms)
      }
    },
  ),
  paused(5),
  paused(13),
]

const postgres = (name: string, kind: string, hurt: (url: string) => Promise<void>): Row => ({
  theme: "postgresql",
  name,
  kind,
  where: "PostgreSQL, its process",
  answer:
    "the transaction is gone whole; loops start again from their checkpoint, consumers wait for the database, requests answer 503",
  during: async ({ engines }, dice) => {
    await someMoment(dice)
    await hurt(engines.server)
  },
})
export const postgresRows: readonly Row[] = [
  postgres("server is restarted in order (fast)", "postgresql restart fast", async () => {
    server.stop("fast")
    server.start()
  }),
  postgres("server crashes and recovers (immediate)", "postgresql restart immediate", async () => {
    server.stop("immediate")
    server.start()
  }),
  postgres("server is away for 8 s", "postgresql away", async () => {
    server.stop("fast")
    await sleep(8_000)
    server.start()
  }),
  postgres("every session is ended by an administrator, three times", "postgresql sessions ended", async (url) => {
    for (let time = 0; time < 3; time++) {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname like 'faults_%'",
      )
      await client.end()
      await sleep(500)
    }
  }),
]

const hold_ms = 6_000
const network = (engine: EngineName): readonly Row[] => {
  const row = (name: string, kind: string, answer: string, hurt: Row["during"]): Row => ({
    theme: "network",
    name: `${engine}: ${name}`,
    kind: `network ${kind}`,
    where: `TCP proxy between the services and the ${engine}`,
    answer,
    during: async (world, dice, chapter) => {
      await someMoment(dice)
      await hurt?.(world, dice, chapter)
    },
  })
  return [
    row(
      "every connection is reset, three times",
      "reset",
      "connects again; what was under way is unknown and settled by reading",
      async ({ proxies }) => {
        for (let time = 0; time < 3; time++) {
          proxies[engine].reset()
          await sleep(400)
        }
      },
    ),
    row(
      `nothing passes for ${hold_ms / 1_000} s, then all of it`,
      "hold",
      "waits or tries again; late answers change nothing",
      async ({ proxies }) => {
        proxies[engine].hold()
        await sleep(hold_ms)
        proxies[engine].release()
      },
    ),
    row(
      "every connection goes silent for ever",
      "silence",
      "its own timer finds the dead connection and takes a new one",
      async ({ proxies }) => {
        proxies[engine].lose()
      },
    ),
    row("4 kB/s per connection for 6 s", "trickle", "slow, and nothing else", async ({ proxies }) => {
      proxies[engine].trickle(4_000)
      await sleep(6_000)
      proxies[engine].trickle(null)
    }),
  ]
}
export const networkRows: readonly Row[] = engineNames.flatMap(network)
