/**
 * Compares the ledger with the topic `ledger.facts`: every event up to the relay's checkpoint has its copy there, and every
 * message there is a copy of an event. One pass over both; memory is bounded by the events that wait for their copy.
 */
import { encodeFact, topics } from "@tongzhang/contracts/fact-message"
import type { StreamName } from "@tongzhang/domain/stream-name"
import type { EventStore, Position } from "@tongzhang/event-store/port"
import type { Clock } from "@tongzhang/service-kit/clock"
import type { Delivered, Streams } from "@tongzhang/streams/port"
import type { Difference } from "./copies.js"
import { createJudge, type Tally } from "./judge.js"
import { limits } from "./limits.js"
import { readTopic } from "./topic-reader.js"
import { type LedgerWindow, openWindow, sliceOfLog, TooManyWaiting } from "./window.js"

export type ReconcileProgress = {
  readonly events: number
  readonly messages: number
  readonly slice: number
  readonly slices: number
}

export type ReconcileOptions = {
  readonly store: EventStore
  readonly streams: Streams
  readonly clock: Clock
  /** The relay's checkpoint, read before the call: everything up to here must be on the topic. Null: nothing must. */
  readonly upTo: Position | null
  /** Sends what is missing, and what follows it in its stream. Default false. */
  readonly repair?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReconcileProgress) => void
  /** Differences named in the report; all are counted. */
  readonly named_max?: number
  /** Events that may wait for their copy at a time: 300 bytes each. */
  readonly waiting_max?: number
  readonly partitions?: number
}

export type ReconcileReport = {
  /** Nothing missing, foreign, conflicting or altered when it was looked at (a repair comes after the look). */
  readonly ok: boolean
  readonly cancelled: boolean
  /** ms since 1970 */
  readonly startedAt: number
  readonly seconds: number
  readonly upTo: string | null
  /** In the ledger up to there. */
  readonly events: number
  readonly streams: number
  /** On the topic. */
  readonly messages: number
  readonly matched: number
  readonly resent: number
  readonly late: number
  readonly missing: number
  readonly foreign: number
  readonly conflicting: number
  readonly altered: number
  /** Messages sent to mend it. */
  readonly repaired: number
  /** In how many parts the nation was compared, one after the other: more than one when too many events waited for their copy. */
  readonly passes: number
  readonly differences: readonly Difference[]
}

type Found = Tally & {
  events: number
  streams: number
  missing: number
  foreign: number
  conflicting: number
  altered: number
  differences: Difference[]
}

const nothing = (): Found => ({
  messages: 0,
  matched: 0,
  resent: 0,
  late: 0,
  events: 0,
  streams: 0,
  missing: 0,
  foreign: 0,
  conflicting: 0,
  altered: 0,
  differences: [],
})

type Pass = Required<
  Pick<ReconcileOptions, "store" | "streams" | "clock" | "repair" | "named_max" | "waiting_max" | "partitions">
> & {
  readonly upTo: Position
  readonly signal: AbortSignal | undefined
  readonly slice: number
  readonly slices: number
  readonly page_events: number
  readonly onProgress: (progress: ReconcileProgress) => void
}

/** What a repair must send, in ledger order. */
type Lost = {
  /** Revisions from here on, of these streams. */
  readonly from: Map<StreamName, number>
  /** Reading the log after this finds them all; undefined when `from` is empty. */
  after: Position | null | undefined
  /** And everything behind this position: the topic ended here. */
  readonly tail: Position | null
}

const noteMissing = (
  found: Found,
  named_max: number,
  stream: string,
  revision: number,
  event: { readonly id: string; readonly position: string },
): void => {
  found.missing += 1
  if (found.differences.length >= named_max) return
  const { id: eventId, position } = event
  const reason = "no copy on the topic"
  found.differences.push({ kind: "missing", stream, revision, eventId, position, partition: null, offset: null, reason })
}

/** After the topic's end: what still waits, and what was not even asked for. */
const collectMissing = async (pass: Pass, window: LedgerWindow, found: Found): Promise<Lost> => {
  const lost: Lost = { from: new Map(), after: undefined, tail: window.horizon() }
  for (const [stream, revision, event] of window.left()) {
    noteMissing(found, pass.named_max, stream, revision, event)
    lost.from.set(stream, Math.min(revision, lost.from.get(stream) ?? revision))
    if (lost.after === undefined || (lost.after !== null && (event.after === null || event.after < lost.after)))
      lost.after = event.after
  }
  const { events, streams } = window.counts()
  found.events += events
  found.streams += streams
  if (lost.tail !== null && lost.tail >= pass.upTo) return lost
  for await (const page of sliceOfLog(pass, lost.tail)) {
    const due = page.events.filter(({ position }) => position <= pass.upTo)
    for (const event of due) {
      found.events += 1
      if (event.revision === 0) found.streams += 1
      noteMissing(found, pass.named_max, event.stream, event.revision, event)
    }
    if (pass.signal?.aborted === true || (page.next !== null && page.next >= pass.upTo)) break
  }
  return lost
}

/** Resolves to how many messages it sent. */
const sendAgain = async (pass: Pass, lost: Lost): Promise<number> => {
  const tail = lost.tail ?? ""
  let sent = 0
  for await (const page of sliceOfLog(pass, lost.after === undefined ? lost.tail : lost.after)) {
    if (pass.signal?.aborted === true) break
    // With what follows it in its stream: a consumer that stood still before the gap needs those after it once more.
    const due = page.events.filter(
      ({ stream, revision, position }) =>
        position <= pass.upTo && (position > tail || revision >= (lost.from.get(stream) ?? Number.POSITIVE_INFINITY)),
    )
    const messages = due
      .map(encodeFact)
      .map((message) => ({ ...message, headers: { ...message.headers, sentBy: "reconciliation" } }))
    if (messages.length > 0) await pass.streams.publish(topics.facts, messages)
    sent += messages.length
    if (page.next !== null && page.next >= pass.upTo) break
  }
  return sent
}

const breathing_ms = 50

/** One comparison of one slice. @throws TooManyWaiting */
const comparePass = async (pass: Pass): Promise<{ readonly found: Found; readonly repaired: number }> => {
  const { store, streams, clock, slice, slices, waiting_max, signal } = pass
  const found = nothing()
  let events = 0
  const onEvents = (count: number): void => void (events += count)
  const window = openWindow({ ...pass, onEvents })
  const report = (difference: Difference): void => {
    found[difference.kind] += 1
    if (found.differences.length < pass.named_max) found.differences.push(difference)
  }
  // The engine may hand over partitions at different speeds: one that is ahead waits for as long as others still find theirs.
  const breathe = async (): Promise<void> => {
    for (let before = -1; window.waiting() > waiting_max / 2 && found.matched !== before;) {
      before = found.matched
      await clock.sleep(breathing_ms, signal)
    }
  }
  const judge = createJudge({ store, window, slice, slices, tally: found, report, breathe, waiting_high: waiting_max / 2 })
  const onMessages = async (messages: readonly Delivered[]): Promise<void> => {
    await judge(messages)
    pass.onProgress({ events, messages: found.messages, slice, slices })
  }
  const { partitions } = pass
  const topic = { streams, topic: topics.facts, group: "reconciliation", partitions, maxBatch: limits.batch_events_max }
  const whole = await readTopic({ ...topic, onMessages, signal })
  if (!whole) return { found: { ...found, ...window.counts() }, repaired: 0 }
  const lost = await collectMissing(pass, window, found)
  const repaired = pass.repair && found.missing > 0 ? await sendAgain(pass, lost) : 0
  return { found, repaired }
}

const add = (sum: Found, one: Found, named_max: number): Found => {
  const total = { ...sum, differences: [...sum.differences, ...one.differences].slice(0, named_max) }
  for (const key of Object.keys(one) as (keyof Found)[]) if (key !== "differences") total[key] = sum[key] + one[key]
  return total
}

const slices_max = 4_096

/**
 * @throws what the engines throw; an engine that fails in the middle leaves nothing half-judged: run it again
 */
export const reconcile = async (options: ReconcileOptions): Promise<ReconcileReport> => {
  const { clock, upTo, signal, onProgress = () => undefined } = options
  const startedAt = clock.now()
  const pass = {
    ...options,
    // Nothing must be on the topic; what is there is compared all the same.
    upTo: upTo ?? ("" as Position),
    signal,
    onProgress,
    repair: options.repair ?? false,
    named_max: options.named_max ?? limits.named_max,
    waiting_max: options.waiting_max ?? limits.waiting_max,
    partitions: options.partitions ?? limits.partitions_facts,
    page_events: Math.min(limits.page_events, options.waiting_max ?? limits.waiting_max),
  }
  let found = nothing()
  let repaired = 0
  let passes = 0
  const parts = [{ slice: 0, slices: 1 }]
  for (let part = parts.pop(); part !== undefined && signal?.aborted !== true; part = parts.pop()) {
    const { slice, slices } = part
    try {
      const one = await comparePass({ ...pass, slice, slices })
      passes += 1
      found = add(found, one.found, pass.named_max)
      repaired += one.repaired
    } catch (cause) {
      if (!(cause instanceof TooManyWaiting) || slices >= slices_max) throw cause
      // What is `slice` modulo `slices` is one of these modulo four times as many.
      for (let n = 3; n >= 0; n--) parts.push({ slice: slice + n * slices, slices: slices * 4 })
    }
  }
  const { missing, foreign, conflicting, altered } = found
  const cancelled = signal?.aborted === true
  return {
    ok: !cancelled && missing + foreign + conflicting + altered === 0,
    cancelled,
    startedAt,
    seconds: Math.round((clock.now() - startedAt) / 100) / 10,
    upTo,
    ...found,
    repaired,
    passes,
  }
}
