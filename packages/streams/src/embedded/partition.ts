import type { DeadLetter, Delivered, Lag, Parked } from "../port.js"
import { deliver, parkedBehind, type DeliveryOptions } from "../delivery.js"
import { addParked, isParked, pickReleased, removeParked, stopFor, type MutableQuarantine } from "../quarantine.js"
import type { DeadLetterStore } from "./dead-letters.js"
import type { Log, Topic } from "./log.js"
import type { OffsetStore } from "./offsets.js"
import { openReader, type Reader } from "./reader.js"

/** What a group works with: its topic, its name, and the stores. */
export type GroupParts = {
  readonly topic: Topic
  readonly group: string
  readonly log: Log
  readonly offsets: OffsetStore
  readonly letters: DeadLetterStore
  readonly now: () => number
  /** The store failed under a consumer; the batch is tried again. */
  readonly onFailure: (cause: unknown) => void
}

/** Where a group stands in one partition. */
export type PartitionState = {
  readonly index: number
  readonly reader: Reader
  readonly quarantine: MutableQuarantine
  /** The next offset to handle. */
  position: number
  /** Counts seeks, so that a batch begun before one does not commit over it. */
  seeks: number
}

export const openPartitions = (parts: GroupParts, startAt: "earliest" | "latest"): PartitionState[] => {
  const { topic, group, offsets } = parts
  const quarantines = parts.letters.quarantines(topic, group)
  return topic.heads.map((head, index) => {
    const committed = offsets.get(topic, group, index)
    const position = committed ?? (startAt === "latest" ? head : 0)
    // The start is committed too: a group that began at "latest" and stops before its first message must not skip later ones.
    if (committed === undefined) offsets.set(topic, group, index, position)
    return { index, reader: openReader(parts.log, topic, index), quarantine: quarantines[index]!, position, seeks: 0 }
  })
}

export type Handler = DeliveryOptions & { readonly maxBatch: number }

/** The next thing to do in a partition: released dead letters first, then the log. Undefined when it is caught up. */
export const nextWork = (parts: GroupParts, state: PartitionState, handler: Handler): (() => Promise<void>) | undefined => {
  const released = pickReleased(state.quarantine, handler.maxBatch)
  if (released.length > 0) return () => replay(parts, state, handler, released)
  const batch = state.reader.next(state.position, handler.maxBatch)
  return batch.length > 0 ? () => handleLive(parts, state, handler, batch) : undefined
}

const handleLive = async (parts: GroupParts, state: PartitionState, handler: Handler, batch: readonly Delivered[]) => {
  const { topic, group, letters, offsets } = parts
  const { index, quarantine, seeks } = state
  const open = quarantine.size === 0 ? batch : batch.filter(({ key, offset }) => stopFor(quarantine, key, offset) === undefined)
  const delivery = open.length === 0 ? ({ kind: "handled", parked: [] } as const) : await deliver(open, handler)
  if (delivery.kind === "interrupted") return
  const parked = [...delivery.parked, ...behindStops(batch, quarantine)]
  if (parked.length > 0) {
    // A redelivered message that is parked already keeps its first letter.
    const fresh = parked.filter(({ message }) => !isParked(quarantine, message.key, message.offset))
    const put = fresh.map((one) => letterOf(parts, one))
    await letters.change(topic, group, index, { put })
    for (const { message, attempts } of fresh) {
      addParked(quarantine, message.key, message.offset)
      if (attempts > 0) quarantine.get(message.key)!.released = false
    }
    if (fresh.length > 0) handler.onParked?.(fresh)
  }
  // A seek during the batch has set the position already.
  if (state.seeks !== seeks) return
  state.position = batch.at(-1)!.offset + 1
  offsets.set(topic, group, index, state.position)
}

const behindStops = (batch: readonly Delivered[], quarantine: MutableQuarantine): Parked[] =>
  quarantine.size === 0
    ? []
    : batch.flatMap((message) => {
        const stop = stopFor(quarantine, message.key, message.offset)
        return stop === undefined ? [] : [parkedBehind(message, stop)]
      })

const letterOf = ({ group, now }: GroupParts, { message, cause, attempts }: Parked): DeadLetter => ({
  ...message,
  group,
  cause,
  attempts,
  parkedAt: now(),
})

const replay = async (parts: GroupParts, state: PartitionState, handler: Handler, picked: readonly number[]) => {
  const { topic, group, letters, now } = parts
  const { index, quarantine } = state
  const batch = picked.map((offset) => letters.get(topic, group, index, offset))
  const delivery = await deliver(batch.map(messageOf), handler)
  if (delivery.kind === "interrupted") return
  const failed = new Map(delivery.parked.map((parked) => [parked.message.offset, parked]))
  const done = batch.filter(({ offset }) => !failed.has(offset))
  const again = batch.flatMap((letter) => {
    const { cause = "", attempts = 0 } = failed.get(letter.offset) ?? {}
    return attempts === 0 ? [] : [{ ...letter, cause, attempts: letter.attempts + attempts, parkedAt: now() }]
  })
  const stopped = new Set(again.map(({ key }) => key))
  // The mark of a released key moves on to its new first letter.
  const goOn = [...new Set(batch.map(({ key }) => key))].flatMap((key) =>
    stopped.has(key)
      ? []
      : (quarantine
          .get(key)
          ?.offsets.filter((offset) => !picked.includes(offset))
          .slice(0, 1) ?? []),
  )
  await letters.change(topic, group, index, {
    put: again,
    remove: done.map(({ offset }) => offset),
    hold: again.map(({ offset }) => offset),
    release: goOn,
  })
  for (const { key, offset } of done) removeParked(quarantine, key, offset)
  for (const key of stopped) quarantine.get(key)!.released = false
}

const messageOf = ({ key, value, headers, topic, partition, offset, timestamp }: DeadLetter): Delivered => ({
  key,
  value,
  headers,
  topic,
  partition,
  offset,
  timestamp,
})

/** Marks the stopped keys (or the one) for replay. Returns how many parked messages that newly releases. */
export const releaseKeys = async (parts: GroupParts, state: PartitionState, key?: string): Promise<number> => {
  const held = [...state.quarantine].filter(([name, { released }]) => !released && (key === undefined || name === key))
  if (held.length === 0) return 0
  const firsts = held.map(([, { offsets }]) => offsets[0]!)
  const count = held.reduce((sum, [, { offsets }]) => sum + offsets.length, 0)
  // In memory first: a batch that fails in between writes after us, and its word counts.
  for (const [, stopped] of held) stopped.released = true
  await parts.letters.change(parts.topic, parts.group, state.index, { release: firsts })
  return count
}

export const lagOf = (parts: GroupParts, states: readonly PartitionState[]): Lag => {
  const { topic, log, letters, group } = parts
  let gap = 0
  let oldest = Infinity
  for (const { index, position, quarantine } of states) {
    const released = pickReleased(quarantine, Infinity)
    const behind = topic.heads[index]! - position
    gap += behind + released.length
    if (behind > 0) oldest = Math.min(oldest, log.timestampAt(topic, index, position) ?? Infinity)
    if (released.length > 0) oldest = Math.min(oldest, letters.get(topic, group, index, released[0]!).timestamp)
  }
  return { gap, lag_seconds: oldest === Infinity ? 0 : Math.max(0, (parts.now() - oldest) / 1000) }
}
