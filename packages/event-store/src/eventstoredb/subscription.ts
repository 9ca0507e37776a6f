/**
 * Supervised subscription to the log: one server call after another ("sessions"), each from the last position the consumer has
 * handled, so that nothing is lost and nothing comes twice however the calls end. The server and the client library never
 * resume by themselves, and a dead call may say nothing at all: an idle live session is therefore compared with the log.
 *
 * It ends (`onDropped`) when the consumer throws or the server refuses for a reason that does not pass (access, bad position).
 */
import type { Position, SubscribeOptions, Subscription } from "../port.js"
import { type Connection, silent } from "./connection.js"
import { createInbox, type Inbox } from "./inbox.js"
import type { EventStoreDbLimits } from "./limits.js"
import { laterOf } from "./position.js"
import { subscribeRequest } from "./read-wire.js"
import { mayPass, type Reader } from "./reader.js"

export type Lag = {
  /** Events after the last one handled; beyond `counted_max` it is a floor. */
  readonly events: number
  readonly counted_max: number
  /** Age of the oldest event not handled yet, by the server's stamp and our clock; 0 when there is none. */
  readonly seconds: number
}

export type SupervisedSubscription = Omit<Subscription, "state"> & {
  readonly state: () => {
    readonly position: Position | null
    readonly live: boolean
    /** Sessions opened again after a loss, and why the last one was lost. */
    readonly resumed: number
    readonly lastLoss: string | null
  }
  /** Reads the log behind the last handled position: how far behind the consumer is. */
  readonly lag: () => Promise<Lag>
}

type Deps = {
  readonly connection: Connection
  readonly reader: Reader
  readonly limits: EventStoreDbLimits
  readonly sawPosition: (position: Position) => void
  readonly now: () => number
  /** 0 to 1, to spread the tries of many subscribers. */
  readonly random: () => number
  readonly isClosed: () => boolean
  readonly onEnded: (subscription: SupervisedSubscription) => void
}

/** The first event the log holds and the session has not delivered, where the session stood then, and since when. */
type Missing = { position: Position | null; from: Position | null; since: number }

const batchDefault = 500
const lagCounted_max = 1_000

/** Wraps what the consumer threw, to tell it from what the connection threw. */
class ConsumerFailed extends Error {}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

export const superviseSubscription = (deps: Deps, options: SubscribeOptions): SupervisedSubscription => {
  const { connection, reader, limits } = deps
  const max = options.maxBatch ?? batchDefault
  const only = options.prefixes === undefined ? {} : { prefixes: options.prefixes }
  let position = options.after
  let live = false
  let stopped = false
  let resumed = 0
  let lastLoss: string | null = null
  let pause_ms = limits.backoffFirst_ms
  let interrupt: () => void = () => {}

  const isOver = (): boolean => stopped || deps.isClosed()

  const handle = async (events: Parameters<SubscribeOptions["onEvents"]>[0], upTo: Position): Promise<void> => {
    try {
      await options.onEvents(events, upTo)
    } catch (error) {
      throw new ConsumerFailed("the consumer threw", { cause: error })
    }
    position = upTo
  }

  const goLive = (): void => {
    if (live) return
    live = true
    options.onCaughtUp?.()
  }

  /**
   * An idle session: moves past what the filter leaves out, and throws when the log has long held an event of ours that the
   * session does not deliver.
   */
  const probe = async (inbox: Inbox, missing: Missing): Promise<void> => {
    const from = position
    const page = await reader.readAll({ after: from, max: 1, ...only }).catch(() => null)
    if (page === null || !inbox.isEmpty() || position !== from) return
    const [undelivered] = page.events
    if (undelivered === undefined) {
      missing.position = null
      if (!page.atEnd) return
      position = laterOf(position, page.next)
      // Servers before 23.10 never say it themselves.
      goLive()
      return
    }
    // Checkpoints that move on are a sign of life: a long stretch that the filter leaves out is not a stall.
    if (missing.position !== undelivered.position || missing.from !== from) {
      missing.position = undelivered.position
      missing.from = from
      missing.since = deps.now()
    } else if (deps.now() - missing.since >= limits.stalled_ms) {
      throw silent("the subscription does not deliver what the log holds")
    }
  }

  /** One session; returns when stopped, throws when lost. */
  const deliver = async (inbox: Inbox): Promise<void> => {
    const missing: Missing = { position: null, from: null, since: 0 }
    while (!isOver()) {
      const item = await inbox.next(limits.probe_ms)
      if (isOver()) return
      if (item === null) await probe(inbox, missing)
      else if (item.kind === "event") {
        const events = [item.event, ...inbox.moreEvents(max - 1)]
        const upTo = events.at(-1)?.position ?? item.event.position
        deps.sawPosition(upTo)
        await handle(events, upTo)
        pause_ms = limits.backoffFirst_ms
      } else if (item.kind === "checkpoint" || item.kind === "tombstone") position = laterOf(position, item.position)
      else if (item.kind === "caught_up") {
        pause_ms = limits.backoffFirst_ms
        goLive()
      } else if (item.kind === "fell_behind") live = false
      else if (item.kind === "ended") throw item.error
    }
  }

  const session = async (): Promise<void> => {
    const { call, failed } = await connection.openRead(subscribeRequest(position, options.prefixes, limits.searchWindow_events))
    const inbox = createInbox(call, 2 * max)
    interrupt = inbox.wake
    try {
      await deliver(inbox)
    } catch (error) {
      if (!(error instanceof ConsumerFailed)) await failed(asError(error))
      throw error
    } finally {
      interrupt = () => {}
      live = false
      call.cancel()
    }
  }

  const pause = async (): Promise<void> => {
    const wait_ms = pause_ms * (0.5 + deps.random() / 2)
    pause_ms = Math.min(limits.backoffLongest_ms, pause_ms * 2)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait_ms)
      interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    interrupt = () => {}
  }

  const run = async (): Promise<void> => {
    while (!isOver()) {
      try {
        await session()
      } catch (error) {
        if (isOver()) return
        if (error instanceof ConsumerFailed) throw asError(error.cause)
        if (!mayPass(error)) throw error
        lastLoss = asError(error).message
        resumed += 1
        await pause()
      }
    }
  }

  const ended = run()
    .catch((error: unknown) => {
      if (stopped) return
      stopped = true
      options.onDropped?.(asError(error))
    })
    .finally(() => deps.onEnded(subscription))

  const subscription: SupervisedSubscription = {
    stop: async () => {
      stopped = true
      live = false
      interrupt()
      await ended
    },
    state: () => ({ position, live, resumed, lastLoss }),
    lag: async () => {
      const { events } = await reader.readAll({ after: position, max: lagCounted_max, ...only })
      const [oldest] = events
      const seconds = oldest === undefined ? 0 : Math.max(0, (deps.now() - oldest.recordedAt) / 1_000)
      return { events: events.length, counted_max: lagCounted_max, seconds }
    },
  }
  return subscription
}
