/**
 * The relay's loop: reads the ledger from the checkpoint, sends, then moves the checkpoint, while the next batch is on its way. A
 * batch is sent when the one before was acknowledged, and remembered when the one before is. A crash in between sends the tail again. Of several relays on one ledger only the newest may move the checkpoint; the others stop when they notice.
 */
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import type { EventStore, Position, RecordedEvent } from "@tongzhang/event-store/port"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { HealthCheck } from "@tongzhang/service-kit/health"
import type { ConsumerState } from "@tongzhang/streams/consumer-state"
import type { Streams } from "@tongzhang/streams/port"
import type { Logger } from "pino"
import { limits } from "./limits.js"
import { claim, type Ownership, Replaced, resume } from "./owner.js"

export type FollowDependencies = {
  readonly store: EventStore
  readonly streams: Streams
  readonly state: ConsumerState
  readonly clock: Clock
  readonly logger: Logger
}

export type Follower = {
  /** Until the signal aborts; fails when an engine does. Once replaced it only waits for the signal. */
  readonly run: (signal: AbortSignal) => Promise<void>
  readonly checks: readonly HealthCheck[]
  /** Resolves when everything in the ledger at the time of the call has been sent. @throws Replaced */
  readonly caughtUp: () => Promise<void>
}

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null)
    else signal.addEventListener("abort", () => resolve(null), { once: true })
  })

export const createFollower = ({ store, streams, state, clock, logger }: FollowDependencies): Follower => {
  let owner: Ownership | null = null
  let replaced: Replaced | null = null
  let confirmedAt = 0
  let sentAt = 0
  let oldestWaiting = 0
  let endRun: (cause: Error) => void = () => undefined
  let remembering: Promise<void> = Promise.resolve()
  const waiting = new Set<() => void>()
  const wakeAll = (): void => {
    for (const wake of waiting) wake()
  }

  /** Runs a step of the owner's; one that finds itself replaced ends the run for good. */
  const asOwner = async <T>(step: () => Promise<T>): Promise<T> => {
    try {
      const result = await step()
      confirmedAt = clock.now()
      return result
    } catch (cause) {
      if (cause instanceof Replaced) {
        if (replaced === null) logger.error({ err: cause }, "replaced by a newer relay: sends nothing more")
        replaced = cause
        endRun(cause)
        wakeAll()
      }
      throw cause
    }
  }

  const remember = async (mine: Ownership, upTo: Position, oldest: number): Promise<void> => {
    await asOwner(() => mine.advance(upTo))
    sentAt = clock.now()
    if (oldestWaiting === oldest) oldestWaiting = 0
    wakeAll()
  }

  const send = async (mine: Ownership, events: readonly RecordedEvent[], upTo: Position): Promise<void> => {
    if (replaced !== null) throw replaced
    const oldest = events[0]?.recordedAt ?? 0
    oldestWaiting = oldest
    // After a pause (of the process, or for want of facts) somebody else may own the ledger by now.
    if (clock.now() - confirmedAt >= limits.confirm_ms) await asOwner(mine.confirm)
    const relayEpoch = String(mine.epoch)
    const messages = events.map(encodeFact).map((message) => ({ ...message, headers: { ...message.headers, relayEpoch } }))
    if (messages.length > 0) await streams.publish(topics.facts, messages)
    await remembering
    remembering = remember(mine, upTo, oldest)
    // There may be no next batch to notice that it failed.
    remembering.catch(endRun)
  }

  const own = async (): Promise<Ownership> => {
    const mine = owner === null ? await claim(state) : await resume(state, owner.epoch)
    if (owner === null) logger.info({ epoch: mine.epoch, position: mine.position() }, "relay owns the ledger")
    owner = mine
    // What was remembered before the answer got lost counts as sent.
    wakeAll()
    return mine
  }

  const follow = async (signal: AbortSignal): Promise<void> => {
    const dropped = new Promise<Error>((resolve) => (endRun = resolve))
    const mine = await asOwner(own)
    remembering = Promise.resolve()
    const subscription = store.subscribe({
      after: mine.position(),
      maxBatch: limits.batch_events_max,
      onEvents: (events, upTo) => send(mine, events, upTo),
      onDropped: endRun,
    })
    const cause = await Promise.race([dropped, aborted(signal)])
    await subscription.stop()
    // Its failure has ended the run already, or nobody waits for it any more.
    await remembering.catch(() => undefined)
    if (cause !== null) throw cause
  }

  const run = async (signal: AbortSignal): Promise<void> => {
    try {
      if (replaced === null) await follow(signal)
    } catch (cause) {
      if (replaced === null) throw cause
    }
    // Starting again would take the ledger back from the newer one, and they would take turns for ever.
    if (replaced !== null) await aborted(signal)
  }

  const checks: readonly HealthCheck[] = [
    {
      name: "relay lag",
      limit_lag_seconds: limits.lag_seconds_max,
      check: async () => {
        const head = await store.head()
        const position = owner?.position() ?? null
        const behind = head !== null && (position === null || position < head)
        const since = oldestWaiting === 0 ? sentAt : oldestWaiting
        return { ok: true, lag_seconds: behind && since > 0 ? Math.max(0, Math.round((clock.now() - since) / 1000)) : 0 }
      },
    },
    {
      name: "relay owner",
      // Asked from outside every few seconds: an idle relay learns here that it was replaced.
      check: async () => {
        if (owner === null) return { ok: false, detail: "not the owner yet" }
        if (replaced === null) await asOwner(owner.confirm).catch(() => undefined)
        if (replaced !== null)
          return { ok: false, detail: `${(replaced as Replaced).message}; start this one again only to take the ledger back` }
        return { ok: true, detail: `epoch ${owner.epoch}` }
      },
    },
  ]

  const caughtUp = async (): Promise<void> => {
    const head = await store.head()
    for (;;) {
      if (replaced !== null) throw replaced
      const position = owner?.position() ?? null
      if (head === null || (position !== null && position >= head)) return
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
      })
    }
  }
  return { run, checks, caughtUp }
}
