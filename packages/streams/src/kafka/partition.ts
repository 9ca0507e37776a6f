import type { Delivered, Parked } from "../port.js"
import { deliver, parkedBehind, type DeliveryOptions } from "../delivery.js"
import { isParked, pickReleased, stopFor } from "../quarantine.js"
import { messageOf } from "./letter-codec.js"
import type { Letters } from "./letters.js"

/** Where this member stands in one partition it was given. */
export type PartitionState = {
  readonly index: number
  /** Fetched and not yet handled, in order. */
  readonly queue: Queue
  /** The next offset to handle. */
  position: number
  /** The next offset the broker shall send. */
  fetched: number
  /** Counts seeks, so that a batch begun before one does not commit over it. */
  seeks: number
  /** Its start is known and its dead letters have been read. */
  ready: boolean
  /** The broker is not asked for more until the queue has shrunk. */
  held: boolean
  pumping: boolean
  /** Settles when the last pump has ended; it never rejects. */
  running: Promise<void>
}

export const newPartition = (index: number): PartitionState => ({
  index,
  queue: newQueue(),
  position: 0,
  fetched: 0,
  seeks: 0,
  ready: false,
  held: true,
  pumping: false,
  running: Promise.resolve(),
})

export type Queue = {
  readonly push: (message: Delivered) => void
  readonly take: (max: number) => readonly Delivered[]
  readonly first: () => Delivered | undefined
  readonly clear: () => void
  readonly bytes: () => number
}

const newQueue = (): Queue => {
  let messages: Delivered[] = []
  let at = 0
  let bytes = 0
  return {
    push: (message) => {
      messages.push(message)
      bytes += message.value.length
    },
    take: (max) => {
      const taken = messages.slice(at, at + max)
      at += taken.length
      for (const { value } of taken) bytes -= value.length
      if (at === messages.length) {
        messages = []
        at = 0
      } else if (at > 10_000) {
        messages = messages.slice(at)
        at = 0
      }
      return taken
    },
    first: () => messages[at],
    clear: () => {
      messages = []
      at = 0
      bytes = 0
    },
    bytes: () => bytes,
  }
}

export type Work = {
  readonly group: string
  readonly letters: Letters
  readonly handler: DeliveryOptions & { readonly maxBatch: number }
  readonly now: () => number
  /** The group may hand out everything below this offset of the partition as done. */
  readonly commit: (state: PartitionState) => void
}

/** The next thing to do in a partition: released dead letters first, then the log. Undefined when there is nothing. */
export const nextWork = (work: Work, state: PartitionState): (() => Promise<void>) | undefined => {
  const released = pickReleased(work.letters.quarantineOf(state.index), work.handler.maxBatch)
  if (released.length > 0) return () => replay(work, state, released)
  return state.queue.first() ? () => handleLive(work, state) : undefined
}

const handleLive = async (work: Work, state: PartitionState) => {
  const { letters, handler, group, now } = work
  const { index, seeks } = state
  const quarantine = letters.quarantineOf(index)
  const batch = state.queue.take(handler.maxBatch)
  // Both halves are told apart at one moment: the quarantine follows the dead-letter topic while the handler runs.
  const open: Delivered[] = []
  const behind: Parked[] = []
  for (const message of batch) {
    const stop = stopFor(quarantine, message.key, message.offset)
    if (stop === undefined) open.push(message)
    else behind.push(parkedBehind(message, stop))
  }
  const delivery = open.length === 0 ? ({ kind: "handled", parked: [] } as const) : await deliver(open, handler)
  if (delivery.kind === "interrupted") return
  // A redelivered message that is parked already keeps its first letter.
  const fresh = [...delivery.parked, ...behind].filter(({ message }) => !isParked(quarantine, message.key, message.offset))
  if (fresh.length > 0) {
    const put = fresh.map(({ message, cause, attempts }) => ({ ...message, group, cause, attempts, parkedAt: now() }))
    const failed = put.filter(({ key, attempts }) => attempts > 0 && quarantine.get(key)?.released === true)
    await letters.change(index, { put, hold: [...new Set(failed.map(({ key }) => key))] })
    handler.onParked?.(fresh)
  }
  // A seek during the batch has set the position already.
  if (state.seeks !== seeks) return
  state.position = batch.at(-1)!.offset + 1
  work.commit(state)
}

const replay = async ({ letters, handler, now }: Work, { index }: PartitionState, picked: readonly number[]) => {
  const batch = picked.map((offset) => letters.get(index, offset))
  const delivery = await deliver(batch.map(messageOf), handler)
  if (delivery.kind === "interrupted") return
  const failed = new Map(delivery.parked.map((parked) => [parked.message.offset, parked]))
  const handled = picked.filter((offset) => !failed.has(offset))
  const again = batch.flatMap((letter) => {
    const { cause = "", attempts = 0 } = failed.get(letter.offset) ?? {}
    return attempts === 0 ? [] : [{ ...letter, cause, attempts: letter.attempts + attempts, parkedAt: now() }]
  })
  const stopped = new Set(again.map(({ key }) => key))
  const quarantine = letters.quarantineOf(index)
  // A key with nothing left must not stay released, or its next failure would be handed over again at once.
  const drained = [...new Set(batch.map(({ key }) => key))].filter(
    (key) => !stopped.has(key) && (quarantine.get(key)?.offsets.every((offset) => handled.includes(offset)) ?? true),
  )
  await letters.change(index, { put: again, handled, hold: [...stopped, ...drained] })
}
