/**
 * The event store on EventStoreDB (21.10 and later; 23.10 and later say when a subscription has caught up). `connection.ts` says
 * what of `@eventstore/db-client` is used, `appender.ts` how an append gets its one outcome, `subscription.ts` how a reader
 * survives; `limits.ts` holds every bound.
 */
import type { AppendOutcome, EventStore, NewEvent, SubscribeOptions } from "../port.js"
import type { StreamName } from "@tongzhang/domain/stream-name"
import { noStream } from "../port.js"
import { type AppenderState, createAppender } from "./appender.js"
import { openConnection } from "./connection.js"
import { defaultLimits, type EventStoreDbLimits } from "./limits.js"
import { createObserved } from "./observed.js"
import { createReader, type Reader } from "./reader.js"
import { type SupervisedSubscription, superviseSubscription } from "./subscription.js"

export type EventStoreDbOptions = Partial<EventStoreDbLimits> & {
  /**
   * `esdb://…` or `esdb+discover://…`. The only place for credentials: given per call they would leave the multiplexed append
   * path (2.2 times slower) and end up in logs.
   */
  readonly connectionString: string
  /** ms since 1970. */
  readonly now?: () => number
  readonly random?: () => number
}

export type EventStoreDb = Omit<EventStore, "subscribe"> & {
  readonly subscribe: (options: SubscribeOptions) => SupervisedSubscription
  readonly appendState: () => AppenderState
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Throws on what no caller may send. */
const checkAppend = (stream: StreamName, expected: number, events: readonly NewEvent[], limits: EventStoreDbLimits): void => {
  if (stream.length === 0 || stream.startsWith("$")) throw new Error(`bad stream name ${JSON.stringify(stream)}`)
  if (!Number.isSafeInteger(expected) || expected < noStream) throw new Error(`expected revision ${expected} of ${stream}`)
  if (events.length > limits.appendEvents_max) {
    throw new Error(`an append takes at most ${limits.appendEvents_max} events, not ${events.length}`)
  }
  let bytes = 0
  for (const { id, type, data, metadata } of events) {
    if (!uuid.test(id)) throw new Error(`event id ${JSON.stringify(id)} is not a UUID`)
    if (type.length === 0 || type.length > 1_000) throw new Error(`event type of ${type.length} characters`)
    bytes += data.length + metadata.length
  }
  if (bytes > limits.appendBytes_max) throw new Error(`an append takes at most ${limits.appendBytes_max} bytes, not ${bytes}`)
}

/** An append of nothing is only a question about the stream's head. */
const appendNothing = async (reader: Reader, stream: StreamName, expected: number): Promise<AppendOutcome> => {
  const [last] = await reader.readStream(stream, { direction: "backwards", max: 1 })
  const revision = last?.revision ?? noStream
  if (expected > revision) return { kind: "conflict", actual: revision }
  return { kind: "already_there", revision, position: last?.position ?? (await reader.head()) ?? ("" as never) }
}

/** What an append that was left unknown has done: null when its events do not stand there (yet). */
const lookFor = async (
  reader: Reader,
  stream: StreamName,
  expected: number,
  events: readonly NewEvent[],
): Promise<AppendOutcome | null> => {
  const standing = await reader.readStream(stream, { direction: "forwards", from: expected + 1, max: events.length })
  const last = standing.at(-1)
  const same = standing.length === events.length && events.every(({ id }, index) => id.toLowerCase() === standing[index]?.id)
  if (!same || last === undefined) return null
  return { kind: "already_there", revision: last.revision, position: last.position }
}

const unreadable = (error: unknown): AppendOutcome => ({
  kind: "unknown",
  cause: `an earlier append is unknown and cannot be read: ${String(error)}`,
})

/**
 * Opens the store and reads the head once, so that a wrong address or a server that is not there is found now.
 * @throws ReadFailed when the server does not answer
 */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStoreDb> => {
  const limits: EventStoreDbLimits = { ...defaultLimits, ...options }
  const now = options.now ?? Date.now
  const connection = openConnection(options.connectionString)
  const observed = createObserved(limits.streamsRemembered_max)
  const reader = createReader(connection, observed, limits)
  const appender = createAppender(connection, observed, limits, now)
  const subscriptions = new Set<SupervisedSubscription>()
  let closed = false
  const assertOpen = (): void => {
    if (closed) throw new Error("the event store is closed")
  }
  try {
    await reader.head()
  } catch (error) {
    await connection.close()
    throw error
  }

  const append = async (stream: StreamName, expected: number, events: readonly NewEvent[]): Promise<AppendOutcome> => {
    if (events.length === 0) return appendNothing(reader, stream, expected)
    if (observed.isDoubtful(stream)) {
      const found = await lookFor(reader, stream, expected, events).catch(unreadable)
      if (found?.kind === "already_there") observed.settled(stream)
      if (found !== null) return found
    }
    const outcome = await appender.append(stream, expected, events)
    if (outcome.kind !== "unknown") observed.settled(stream)
    return outcome
  }

  return {
    append: async (stream, expected, events) => {
      assertOpen()
      checkAppend(stream, expected, events, limits)
      return append(stream, expected, events)
    },
    readStream: async (stream, read) => {
      assertOpen()
      return reader.readStream(stream, read)
    },
    readAll: async (read) => {
      assertOpen()
      return reader.readAll(read)
    },
    head: async () => {
      assertOpen()
      return reader.head()
    },
    subscribe: (wanted) => {
      assertOpen()
      const subscription = superviseSubscription(
        {
          connection,
          reader,
          limits,
          now,
          random: options.random ?? Math.random,
          sawPosition: observed.sawPosition,
          isClosed: () => closed,
          onEnded: (ended) => subscriptions.delete(ended),
        },
        wanted,
      )
      subscriptions.add(subscription)
      return subscription
    },
    appendState: appender.state,
    close: async () => {
      if (closed) return
      closed = true
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()))
      await appender.close()
      await connection.close()
    },
  }
}
