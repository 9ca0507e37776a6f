/**
 * Relay: every fact of the ledger onto the topic `ledger.facts`, in ledger order, keyed by person. It sends, then remembers the
 * position; a crash in between sends the tail again. So: at-least-once delivery, and each consumer makes the effect exactly
 * once by ignoring revisions it has seen (engineering.md B4).
 */
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import type { EventStore, Position, RecordedEvent, Subscription } from "@tongzhang/event-store/port"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { Logger } from "pino"
import { supervise, supervisedCheck, type Supervised } from "@tongzhang/service-kit/supervise"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import type { Streams } from "@tongzhang/streams/port"

export const limits = {
  /** Partitions of `ledger.facts`: more than any group has members. */
  partitions_facts: 8,
  partitions_small: 4,
  batch_events_max: 500,
  lag_seconds_max: 60,
} as const

const positionKey = "relay:position"

export type RelayDependencies = {
  readonly store: EventStore
  readonly streams: Streams
  readonly state: ConsumerState
  readonly clock: Clock
  readonly logger: Logger
  readonly random: () => number
}

export type Relay = {
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly checks: readonly HealthCheck[]
  /** Resolves when everything in the ledger at the time of the call has been sent. */
  readonly caughtUp: () => Promise<void>
}

/** Creates the topics every service expects; safe to call by each of them. */
export const ensureTopics = async (streams: Streams): Promise<void> => {
  await streams.ensureTopic(topics.facts, limits.partitions_facts)
  for (const topic of [topics.letters, topics.escalations, topics.notices])
    await streams.ensureTopic(topic, limits.partitions_small)
}

export const createRelay = ({ store, streams, state, clock, logger, random }: RelayDependencies): Relay => {
  let position: Position | null = null
  let sentAt = 0
  let oldestWaiting = 0
  let loop: Supervised | null = null
  const waiting = new Set<() => void>()

  const send = async (events: readonly RecordedEvent[], upTo: Position): Promise<void> => {
    oldestWaiting = events[0]?.recordedAt ?? 0
    if (events.length > 0) await streams.publish(topics.facts, events.map(encodeFact))
    await state.putMany([[positionKey, upTo]])
    position = upTo
    sentAt = clock.now()
    oldestWaiting = 0
    for (const wake of waiting) wake()
  }

  const follow = async (signal: AbortSignal): Promise<void> => {
    position = ((await state.getMany([positionKey])).get(positionKey) as Position | undefined) ?? null
    let subscription: Subscription | null = null
    const dropped = new Promise<Error | null>((resolve) => {
      subscription = store.subscribe({ after: position, maxBatch: limits.batch_events_max, onEvents: send, onDropped: resolve })
      signal.addEventListener("abort", () => resolve(null), { once: true })
    })
    const cause = await dropped
    await (subscription as Subscription | null)?.stop()
    if (cause !== null) throw cause
  }

  const lag: HealthCheck = {
    name: "relay lag",
    limit_lag_seconds: limits.lag_seconds_max,
    check: async () => {
      const head = await store.head()
      const behind = head !== null && (position === null || position < head)
      const since = oldestWaiting === 0 ? sentAt : oldestWaiting
      return { ok: true, lag_seconds: behind && since > 0 ? Math.max(0, Math.round((clock.now() - since) / 1000)) : 0 }
    },
  }

  return {
    start: async () => {
      await ensureTopics(streams)
      loop = supervise({ name: "relay", run: follow, clock, logger, random })
    },
    stop: async () => {
      await loop?.stop()
    },
    checks: [
      lag,
      {
        name: "relay loop",
        check: async () => (loop === null ? { ok: false, detail: "not started" } : supervisedCheck(loop).check()),
      },
    ],
    caughtUp: async () => {
      const head = await store.head()
      if (head === null) return
      while (position === null || position < head)
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
    },
  }
}
