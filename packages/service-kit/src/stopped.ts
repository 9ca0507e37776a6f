/**
 * Persons a consumer has stopped at, because a message of theirs could not be handled: the alarm, the list, and the way out. Everybody
 * else goes on, so the service stays ready. A person goes on once the cause is mended (a version that can read the fact, a fact
 * that was missing) and the parked messages are replayed; each was kept, in order.
 */
import type { Consumer, Parked, Streams } from "@tongzhang/streams/port"
import type { Logger } from "pino"
import { z } from "zod"
import { requireCaller } from "./auth.js"
import type { CheckResult, HealthCheck } from "./health.js"
import type { Server } from "./http.js"

export type StoppedOptions = {
  readonly streams: Pick<Streams, "deadLetters" | "replayDeadLetters">
  readonly topic: string
  readonly group: string
  readonly logger: Logger
}

export type Stopped = {
  /** Give it to `consume`: logs each person who stops, with the cause. */
  readonly onParked: (parked: readonly Parked[]) => void
  /** Names who has stopped longest; well all the same, for the others go on. */
  readonly check: HealthCheck
  /** `GET /stopped`, `POST /stopped/replay`. */
  readonly addRoutes: (server: Server) => void
}

const listed_max = 10_000

/** For the health check of a consumer. */
export const lagOf = async (
  consumer: Pick<Consumer, "lag">,
): Promise<Pick<CheckResult, "lag_seconds" | "lag_events" | "detail">> => {
  const { gap, lag_seconds } = await consumer.lag()
  return { lag_seconds, lag_events: gap, detail: `${gap} facts behind` }
}

const stoppedPerson = z.object({
  key: z.string().describe("person key; the province for facts about no person"),
  cause: z.string(),
  since: z.number().describe("ms since 1970"),
  attempts: z.int(),
  messages: z.int().describe("parked: the one that failed and those behind it"),
  event: z.string().nullable().describe("id of the fact that failed"),
  type: z.string().nullable(),
  stream: z.string().nullable(),
  revision: z.int().nullable(),
})
type StoppedPerson = z.infer<typeof stoppedPerson>

const factOf = (headers: Readonly<Record<string, string>>): Pick<StoppedPerson, "event" | "type" | "stream" | "revision"> => {
  const { eventId: event = null, type = null, stream = null, revision } = headers
  return { event, type, stream, revision: revision === undefined ? null : Number(revision) }
}

export const createStopped = ({ streams, topic, group, logger }: StoppedOptions): Stopped => {
  const list = async (): Promise<readonly StoppedPerson[]> => {
    const persons = new Map<string, StoppedPerson>()
    for (const { key, cause, attempts, parkedAt, headers } of await streams.deadLetters(topic, group, listed_max)) {
      const known = persons.get(key)
      if (known === undefined) persons.set(key, { key, cause, since: parkedAt, attempts, messages: 1, ...factOf(headers) })
      else persons.set(key, { ...known, messages: known.messages + 1 })
    }
    return [...persons.values()].sort((a, b) => a.since - b.since)
  }
  return {
    onParked: (parked) => {
      for (const { message, cause, attempts } of parked) {
        const { key, headers, offset, partition } = message
        if (attempts > 0)
          logger.error(
            { person: key, stream: headers["stream"], revision: headers["revision"], cause, partition, offset },
            "person stopped: a message could not be handled, later ones wait behind it",
          )
      }
    },
    check: {
      name: `${group} stopped persons`,
      check: async () => {
        const persons = await list()
        const [oldest] = persons
        return oldest === undefined
          ? { ok: true, detail: "nobody stopped" }
          : { ok: true, stuck_key: oldest.key, detail: `${persons.length} stopped, the oldest: ${oldest.cause}` }
      },
    },
    addRoutes: (server) => {
      server.get(
        "/stopped",
        {
          schema: {
            tags: ["integrity"],
            summary: "Persons whose facts wait because one could not be handled, longest first",
            response: { 200: z.object({ stopped: z.array(stoppedPerson) }) },
          },
        },
        async (request) => {
          requireCaller(request, "center", "auditor")
          return { stopped: [...(await list())] }
        },
      )
      server.post(
        "/stopped/replay",
        {
          schema: {
            tags: ["integrity"],
            summary: "Hand the parked facts over again, in order; who fails again stops again",
            body: z.object({ key: z.string().max(80).optional().describe("one person; absent: all") }).default({}),
            response: { 200: z.object({ messages: z.int() }) },
          },
        },
        async (request) => {
          requireCaller(request, "center")
          const { key } = request.body
          const messages = await streams.replayDeadLetters(topic, group, key)
          logger.warn({ person: key ?? "all", messages }, "parked facts are handed over again")
          return { messages }
        },
      )
    },
  }
}
